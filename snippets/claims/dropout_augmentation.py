"""드롭아웃과 데이터 증강 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, is_tie, with_sign
from runs.dropout_augmentation import (
    FEW,
    LONG,
    SIZES,
    gap,
    of,
    shares,
    tuned_accuracy,
)

# ---------------------------------------------------------------- 드롭아웃이 하는 일


def claim_scaling(scaling):
    """드롭아웃은 평균을 지키지만 제곱의 평균은 1/(1 − p)배로 키웁니다.

    위의 NumPy 두 줄과 Keras의 층이 모두 그렇고, 추론할 때 Keras의 층은 입력을 그대로
    내보냅니다. 유닛 8개, 2만 번, 허용 오차 3 %.
    """
    mean = max(
        abs(row[key] - 1)
        for row in scaling["rows"]
        for key in ("mean_ratio", "keras_mean_ratio")
    )
    square = max(
        abs(row[key] * (1 - row["p"]) - 1)
        for row in scaling["rows"]
        for key in ("square_ratio", "keras_square_ratio")
    )
    still = max(row["changed_at_rest"] for row in scaling["rows"])
    evidence = (
        f"평균은 최대 {mean:.1%}, 제곱의 평균은 최대 {square:.1%} 어긋났습니다. "
        f"추론할 때 바뀐 크기는 {still:g}입니다."
    )
    return bool(mean < 0.03 and square < 0.03 and still == 0), evidence


def claim_dropped(mask):
    """p = 0.2인 드롭아웃은 훈련할 때 유닛을 평균 20 % 끕니다.

    유닛마다 따로 주사위를 던지므로 한 장에서 꺼지는 수는 20 %의 앞뒤로 흔들리고, 어느
    유닛이 꺼지는지도 사진마다 다릅니다. 유닛 512개, 사진 5000장. 허용 오차는 평균 0.5 % 포인트,
    흔들림의 표준편차는 이항분포의 10 %입니다.

    원문: (C38) 드롭아웃은 훈련할 때 뉴런의 20 %를 무작위로 끕니다.
    판정: 재현됨
    """
    expected = np.sqrt(mask["units"] * mask["p"] * (1 - mask["p"]))
    evidence = (
        f"평균 {mask['share']:.2%}, 한 장에서는 {mask['lowest']}개부터 "
        f"{mask['highest']}개까지입니다. 표준편차는 {mask['spread']:.1f}개이고 "
        f"이항분포라면 {expected:.1f}개입니다."
    )
    close = abs(mask["share"] - mask["p"]) < 0.005
    return bool(close and abs(mask["spread"] / expected - 1) < 0.1), evidence


# ---------------------------------------------------------------- 더 재는 것들


def claim_modes(modes):
    """추론할 때 드롭아웃이 있는 신경망의 점수는 없는 신경망의 점수와 똑같고, 매개변수의 수도
    같습니다.

    가중치가 같은 784-128-64-10 두 개, MNIST 500장. 반올림까지 같습니다. `model(x)`는
    training=False입니다. 훈련하는 동안 모델이 얼마나 단순해지는지는 여기서 재지 않았습니다.

    원문: (T16) 드롭아웃은 연결을 일부 없애서 모델을 단순하게 합니다.
    판정: 조건부
    """
    evidence = (
        f"추론의 차이 {modes['rest_difference']:g}, training을 적지 않았을 때의 차이 "
        f"{modes['default_difference']:g}, 훈련 상태로 두 번 계산한 점수의 차이 평균 "
        f"{modes['training_difference']:.2f}. 매개변수 {modes['parameters_with']:,d}개와 "
        f"{modes['parameters_without']:,d}개."
    )
    still = modes["rest_difference"] == modes["default_difference"] == 0
    equal = modes["parameters_with"] == modes["parameters_without"]
    return bool(still and equal and modes["training_difference"] > 0), evidence


# ---------------------------------------------------------------- 드롭아웃의 결과


def claim_logged(fit):
    """학습하면서 기록된 훈련 정확도는 드롭아웃을 켠 채 잰 값이라, 격차가 실제보다 작아 보입니다.

    p = 0.5인 실행은 모두 기록된 값이 다시 잰 값보다 낮습니다. MNIST 1000장, 5000장,
    1만 장, 784-128-64-10, 시드 5개. 견준 것은 마지막 한 바퀴의 기록입니다.
    """
    text, lower = [], True
    for samples in SIZES:
        gaps = {
            (train, rate): gap(fit, train, samples=samples, rate=rate).mean()
            for train in ("logged", "train_accuracy")
            for rate in (0.0, 0.5)
        }
        logged = of(fit, "logged", samples=samples, rate=0.5)
        again = of(fit, "train_accuracy", samples=samples, rate=0.5)
        lower &= bool((logged < again).all())
        text.append(
            f"{samples}장의 격차는 기록으로 {gaps['logged', 0.0]:.3f} → "
            f"{gaps['logged', 0.5]:.3f}, 다시 재면 {gaps['train_accuracy', 0.0]:.3f} → "
            f"{gaps['train_accuracy', 0.5]:.3f}"
        )
    return lower, "p = 0 → 0.5일 때 " + ". ".join(text) + "."


def claim_cure(fit):
    """5000장에서 p = 0.2는 검증 손실을 줄이지만, p = 0.5는 5000장과 1만 장에서 검증 정확도를
    낮춥니다.

    MNIST, 784-128-64-10, 두 은닉층 뒤에 드롭아웃, 모두 Adam(0.002)으로 6만 장을 보며 학습,
    시드 5개의 짝 차이와 95 % 신뢰 구간.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    text, pairs = [], {}
    for rate, key, label in ((0.2, "loss", "손실"), (0.5, "accuracy", "정확도")):
        for samples in SIZES:
            pair = (
                of(fit, key, samples=samples, rate=rate),
                of(fit, key, samples=samples),
            )
            pairs[rate, samples] = pair
            change = with_sign(difference(*pair), 3)
            text.append(f"p = {rate}, {samples}장의 {label} {change}")
    lower = [pairs[key] for key in ((0.2, 5000), (0.5, 5000), (0.5, 10000))]
    holds = all(is_higher(plain, dropped) for dropped, plain in lower)
    return holds, "p = 0과의 차이: " + "; ".join(text) + "."


def claim_tuned_rate(tuned):
    """학습률을 저마다 맞추어도 p = 0.5의 테스트 정확도는 드롭아웃이 없을 때보다 낮습니다.

    학습률은 0.001, 0.002, 0.004 가운데 검증 정확도의 평균이 가장 높은 것입니다. MNIST 5000장,
    784-128-64-10, Adam, 6만 장을 보며 학습, 시드 3개의 짝 차이와 95 % 신뢰 구간.
    """
    (lr, dropped), (plain_lr, plain) = (
        tuned_accuracy(tuned, samples=5000, rate=rate) for rate in (0.5, 0.0)
    )
    evidence = (
        f"p = 0.5(학습률 {lr:g}) − p = 0(학습률 {plain_lr:g}): "
        f"{with_sign(difference(dropped, plain))}."
    )
    return is_higher(plain, dropped), evidence


def claim_long(fit):
    """세 배로 오래 학습하면 p = 0.5의 손해가 줄어, 드롭아웃이 없을 때와의 정확도 차이가 0.01보다
    작습니다.

    같은 5000장을 18만 장(36바퀴) 보며 학습해서 6만 장짜리 학습과 견줍니다. 두 차이와, 손해가
    준 만큼을 짝 차이의 95 % 신뢰 구간으로 말합니다. MNIST, 784-128-64-10, Adam(0.002), 두
    은닉층 뒤에 드롭아웃, 시드 5개.
    """
    text, pairs = [], {}
    for seen, rate in ((60000, 0.5), (LONG, 0.5), (LONG, 0.2)):
        runs = dict(samples=5000, seen=seen)
        loss, accuracy = (
            (of(fit, key, rate=rate, **runs), of(fit, key, **runs))
            for key in ("loss", "accuracy")
        )
        pairs[seen, rate] = accuracy
        text.append(
            f"{seen // 10000}만 장, p = {rate}: 손실 {with_sign(difference(*loss), 3)}, "
            f"정확도 {with_sign(difference(*accuracy))}"
        )
    short, long = ((a - b) for a, b in (pairs[60000, 0.5], pairs[LONG, 0.5]))
    holds = is_tie(*pairs[LONG, 0.5], margin=0.01) and is_higher(long, short)
    return holds, "p = 0과의 차이는 " + "; ".join(text) + "."


def claim_small(fit):
    """작은 신경망에 p = 0.5를 넣으면 훈련 정확도부터 떨어지고, 검증 정확도도 큰 신경망보다 더 많이
    잃습니다.

    784-16-8-10과 784-128-64-10에서 검증 정확도가 얼마나 달라지는지 견줍니다. MNIST 5000장,
    Adam(0.002), 6만 장을 보며 학습, 시드 5개의 짝 차이와 95 % 신뢰 구간.
    """
    small, large = (
        of(fit, samples=5000, width=width, rate=0.5)
        - of(fit, samples=5000, width=width)
        for width in (16, 128)
    )
    dropped, plain = (
        of(fit, "train_accuracy", samples=5000, width=16, rate=rate)
        for rate in (0.5, 0.0)
    )
    evidence = (
        f"검증 정확도의 변화: 유닛 16-8개 {small.mean():+.3f}, 128-64개 "
        f"{large.mean():+.3f}, 둘의 차이 {with_sign(difference(small, large), 3)}. "
        f"작은 신경망의 훈련 정확도 {plain.mean():.3f} → {dropped.mean():.3f}."
    )
    return is_higher(large, small) and is_higher(plain, dropped), evidence


def claim_last(fit):
    """마지막 은닉층 뒤에 넣은 p = 0.5는 검증 정확도를 0.005도 바꾸지 않습니다.

    MNIST 1만 장, 784-128-64-10, Adam(0.002), 6만 장을 보며 학습, 시드 5개의 짝 차이와 95 %
    신뢰 구간. 원문의 데이터는 여섯 배이고 옵티마이저와 에폭은 알 수 없으므로, 0.9785라는 수는
    여기서 확인하지 않습니다.

    원문: (C14) 드롭아웃 층을 더해 다시 만들어도 성능이 거의 오르지 않습니다(0.9785).
    판정: 재현됨
    """
    last = dict(samples=10000, rate=0.5, where="last")
    accuracy = of(fit, **last), of(fit, samples=10000)
    loss = of(fit, "loss", **last), of(fit, "loss", samples=10000)
    evidence = (
        f"정확도 {accuracy[1].mean():.4f} → {accuracy[0].mean():.4f}, 차이 "
        f"{with_sign(difference(*accuracy))}. 손실의 차이 {with_sign(difference(*loss))}."
    )
    return is_tie(*accuracy, margin=0.005), evidence


def claim_many(ensemble):
    """유닛이 빠진 신경망 40개를 평균하면 하나일 때보다 훨씬 낫고, 드롭아웃을 끈 신경망 하나와
    비슷합니다.

    강조

    시드마다 정확도의 차이가 0.01보다 작으면 비슷하다고, 0.02보다 크면 훨씬 낫다고 합니다. MNIST 1000장으로 학습한 p = 0.5,
    검증 데이터 3000장, 시드 3개.
    """
    thinned, whole = np.array(ensemble["thinned"]), np.array(ensemble["whole"])
    one, many = thinned[:, 0], thinned[:, -1]  # (시드 수,)
    evidence = (
        f"하나 {one.mean():.3f}, {ensemble['members'][-1]}개의 평균 {many.mean():.3f}, "
        f"드롭아웃을 끈 신경망 {whole.mean():.3f}."
    )
    close = np.abs(many - whole).max() < 0.01
    return bool(close and (many - one).min() > 0.02), evidence


# ---------------------------------------------------------------- 데이터 증강의 결과


def claim_still(grid):
    """옮기기, 돌리기, 크기, 밝기를 바꾸는 Keras의 증강 층은 추론할 때 입력을 한 픽셀도 바꾸지
    않습니다.

    RandomTranslation, RandomRotation, RandomZoom, RandomBrightness를 training=False로
    부르고 입력과 뺀 값의 최댓값입니다.
    """
    largest = grid["changed_at_rest"]
    return largest == 0, f"가장 크게 바뀐 픽셀의 차이는 {largest:g}입니다."


def gains(fit, a, b):
    """훈련 데이터의 수마다, 두 처방 a와 b의 검증 정확도."""
    return {n: (of(fit, samples=n, **a), of(fit, samples=n, **b)) for n in FEW}


def gains_text(pairs):
    return ", ".join(
        f"{n}장 {with_sign(difference(*pair), 3)}" for n, pair in pairs.items()
    )


def claim_shift(fit):
    """훈련 데이터가 300장이나 1000장일 때에는 조금씩 옮기기만 해도 정확도가 오르고, 5000장일
    때보다 더 오릅니다.

    MNIST, 784-128-64-10, 모두 Adam(0.002)으로 6만 장을 보며 학습, 시드 5개의
    짝 차이와 95 % 신뢰 구간.
    """
    pairs = gains(fit, dict(augment="shift"), dict())
    gained = [a - b for a, b in pairs.values()]
    holds = is_higher(*pairs[300]) and is_higher(*pairs[1000])
    holds &= all(is_higher(few, gained[-1]) for few in gained[:-1])
    return holds, "옮기기 − 증강 없음: " + gains_text(pairs) + "."


def claim_flip(fit):
    """숫자를 좌우로 뒤집는 증강은 정확도를 떨어뜨립니다.

    사진의 절반을 뒤집되 정답은 그대로 두었습니다. 검증 데이터는 뒤집지 않습니다. MNIST 300장,
    1000장, 5000장, 784-128-64-10, Adam(0.002), 6만 장을 보며 학습, 시드 5개의 짝 차이와 95 %
    신뢰 구간.
    """
    pairs = gains(fit, dict(augment="flip"), dict())
    harmful = all(is_higher(plain, flipped) for flipped, plain in pairs.values())
    return harmful, "좌우 뒤집기 − 증강 없음: " + gains_text(pairs) + "."


def claim_compare(fit):
    """데이터가 적을 때에는 같은 예산에서 증강이 드롭아웃보다 훨씬 많이 돕고, 5000장에서는 차이가
    0.02보다 작습니다.

    강조

    300장과 1000장에서는 0.01 넘게 높습니다. 증강은 옮기기 + 돌리기이고, 드롭아웃은 두 은닉층
    뒤의 0.2입니다. MNIST, 784-128-64-10, 모두 Adam(0.002)으로 6만 장을 보며 학습, 시드 5개의 짝
    차이와 95 % 신뢰 구간.
    """
    pairs = gains(fit, dict(augment="shift_rotation"), dict(rate=0.2))
    holds = all(is_higher(*pairs[n], by=0.01) for n in (300, 1000))
    return holds and is_tie(*pairs[5000], margin=0.02), (
        "증강 − 드롭아웃: " + gains_text(pairs) + "."
    )


def claim_tuned_compare(tuned):
    """학습률을 저마다 맞추어도 300장에서는 증강의 테스트 정확도가 드롭아웃보다 0.01 넘게
    높습니다.

    학습률은 0.001, 0.002, 0.004 가운데 검증 정확도의 평균이 가장 높은 것입니다. 증강은 옮기기 +
    돌리기, 드롭아웃은 0.2입니다. 784-128-64-10, Adam, 6만 장을 보며 학습, 시드 3개의 짝 차이와
    95 % 신뢰 구간.
    """
    (lr, augmented), (other_lr, dropped) = (
        tuned_accuracy(tuned, samples=300, **cure)
        for cure in (dict(augment="shift_rotation"), dict(rate=0.2))
    )
    evidence = (
        f"증강(학습률 {lr:g}) − 드롭아웃(학습률 {other_lr:g}): "
        f"{with_sign(difference(augmented, dropped), 3)}."
    )
    return is_higher(augmented, dropped, by=0.01), evidence


def claim_half_turn(mirror):
    """6을 반 바퀴 돌리면 신경망은 9라고, 9를 돌리면 6이라고 가장 많이 답합니다.

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10 다섯 개의 답을 더했습니다. 검증 데이터 1만 장.
    """
    half = np.sum(mirror["half"], axis=0)  # (10, 10)
    share = half / half.sum(axis=1, keepdims=True)
    evidence = f"6 → 9는 {share[6, 9]:.0%}, 9 → 6은 {share[9, 6]:.0%}입니다."
    return bool(half[6].argmax() == 9 and half[9].argmax() == 6), evidence


LOOK_ALIKE = (0, 1, 8)  # 눈으로 보면 뒤집어도 그대로인 숫자


def claim_eyes(mirror):
    """눈으로 보면 뒤집어도 그대로인 0, 1, 8도 신경망은 원래 사진보다 0.1 넘게 덜 알아봅니다.

    강조

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10, 검증 데이터 1만 장, 시드 5개의 짝 차이와 95 %
    신뢰 구간.
    """
    upright, mirrored = shares(mirror["original"]), shares(mirror["mirror"])
    evidence = ", ".join(
        f"숫자 {digit} {upright[:, digit].mean():.0%} → {mirrored[:, digit].mean():.0%}"
        for digit in LOOK_ALIKE
    )
    holds = all(
        is_higher(upright[:, digit], mirrored[:, digit], by=0.1) for digit in LOOK_ALIKE
    )
    return holds, evidence + "."

"""드롭아웃과 데이터 증강 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from dropout_augmentation import answer_mirrored
from runs.dropout_augmentation import (
    FEW,
    LONG,
    SIZES,
    difference_text,
    gap,
    paired,
    pick,
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
    """추론할 때 드롭아웃이 있는 신경망의 점수는 없는 신경망의 점수와 똑같습니다.

    가중치가 같은 784-128-64-10 두 개, MNIST 500장. 반올림까지 같습니다. 매개변수의 수도
    같으므로 드롭아웃은 모델을 작게 만들지 않습니다. `model(x)`는 training=False입니다.

    원문: (T16) 드롭아웃은 연결을 일부 없애서 모델을 단순하게 합니다.
    판정: 반증
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
        logged = pick(fit, "logged", samples=samples, rate=0.5)
        again = pick(fit, "train_accuracy", samples=samples, rate=0.5)
        lower &= bool((logged < again).all())
        text.append(
            f"{samples}장의 격차는 기록으로 {gaps['logged', 0.0]:.3f} → "
            f"{gaps['logged', 0.5]:.3f}, 다시 재면 {gaps['train_accuracy', 0.0]:.3f} → "
            f"{gaps['train_accuracy', 0.5]:.3f}"
        )
    return lower, "p = 0 → 0.5일 때 " + ". ".join(text) + "."


def claim_cure(fit):
    """드롭아웃은 비율이 알맞으면 과적합을 줄이지만, 비율이 지나치면 같은 예산에서 도리어 해롭습니다.

    5000장에서 p = 0.2는 검증 손실을 줄이고, p = 0.5는 5000장과 1만 장에서 검증 정확도를
    낮춥니다. MNIST, 784-128-64-10, 두 은닉층 뒤에 드롭아웃, 모두 6만 장을 보며 학습,
    시드 5개의 짝 차이와 95 % 신뢰 구간.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    text, effects = [], {}
    for rate, value, label in ((0.2, "loss", "손실"), (0.5, "accuracy", "정확도")):
        for samples in SIZES:
            pair = (
                pick(fit, value, samples=samples, rate=rate),
                pick(fit, value, samples=samples),
            )
            effects[rate, samples] = paired(*pair)
            text.append(
                f"p = {rate}, {samples}장의 {label} {difference_text(*pair, 3)}"
            )
    below = {key: mean + half < 0 for key, (mean, half) in effects.items()}
    holds = below[0.2, 5000] and below[0.5, 5000] and below[0.5, 10000]
    return bool(holds), "p = 0과의 차이: " + "; ".join(text) + "."


def claim_long(fit):
    """오래 학습하면 p = 0.5의 손해가 줄어, 드롭아웃이 없을 때와의 정확도 차이가 0.01보다
    작습니다.

    같은 5000장을 세 배(18만 장, 36바퀴)로 길게 학습해서 짧은 학습과 견줍니다. 긴 학습에서는 짝
    차이의 95 % 신뢰 구간이 ±0.01 안에 있고, 짧은 학습에서는 평균이 그보다 더 낮습니다.
    MNIST, 784-128-64-10, 두 은닉층 뒤에 드롭아웃, 시드 5개.
    """
    text, effects = [], {}
    for seen, rate in ((60000, 0.5), (LONG, 0.5), (LONG, 0.2)):
        runs = dict(samples=5000, seen=seen)
        loss, accuracy = (
            (pick(fit, value, rate=rate, **runs), pick(fit, value, **runs))
            for value in ("loss", "accuracy")
        )
        effects[seen, rate] = paired(*accuracy)
        text.append(
            f"{seen // 10000}만 장, p = {rate}: 손실 {difference_text(*loss, 3)}, "
            f"정확도 {difference_text(*accuracy, 3)}"
        )
    short, (mean, half) = effects[60000, 0.5], effects[LONG, 0.5]
    holds = abs(mean) + half < 0.01 and short[0] < min(mean, 0)
    return bool(holds), "p = 0과의 차이는 " + "; ".join(text) + "."


def claim_small(fit):
    """작은 신경망에 p = 0.5를 넣으면 훈련 정확도부터 떨어지고, 검증 정확도도 큰 신경망보다 더 많이
    잃습니다.

    784-16-8-10과 784-128-64-10에서 검증 정확도가 얼마나 달라지는지 견줍니다. 작은
    신경망에서는 시드 5개 모두, 큰 신경망의 가장 큰 손해보다 더 많이 잃습니다.
    MNIST 5000장, 6만 장을 보며 학습, 시드 5개.
    """
    small, large = (
        pick(fit, samples=5000, width=width, rate=0.5)
        - pick(fit, samples=5000, width=width)
        for width in (16, 128)
    )
    train = [
        pick(fit, "train_accuracy", samples=5000, width=16, rate=rate)
        for rate in (0.0, 0.5)
    ]
    evidence = (
        f"검증 정확도의 변화: 유닛 16-8개 {small.min():+.3f}에서 {small.max():+.3f}, "
        f"128-64개 {large.min():+.3f}에서 {large.max():+.3f}. 작은 신경망의 훈련 정확도는 "
        f"평균 {train[0].mean():.3f} → {train[1].mean():.3f}입니다."
    )
    return bool(small.max() < min(large.min(), 0) and (train[1] < train[0]).all()), (
        evidence
    )


def claim_last(fit):
    """마지막 은닉층 뒤에 넣은 p = 0.5는 검증 정확도를 거의 바꾸지 않습니다.

    차이의 평균이 0.005보다 작다는 뜻입니다. MNIST 1만 장, 784-128-64-10, Adam(0.002),
    6만 장을 보며 학습, 시드 5개. 원문의 데이터는 여섯 배이고 옵티마이저와 에폭은 알 수
    없으므로, 0.9785라는 수는 여기서 확인하지 않습니다.

    원문: (C14) 드롭아웃 층을 더해 다시 만들어도 성능이 거의 오르지 않습니다(0.9785).
    판정: 재현됨
    """
    last = dict(samples=10000, rate=0.5, where="last")
    accuracy = pick(fit, **last), pick(fit, samples=10000)
    loss = pick(fit, "loss", **last), pick(fit, "loss", samples=10000)
    evidence = (
        f"정확도 {accuracy[1].mean():.4f} → {accuracy[0].mean():.4f}, 차이 "
        f"{difference_text(*accuracy)}. 손실의 차이 {difference_text(*loss)} "
        "(시드 5개의 짝 차이, 95 % 신뢰 구간)."
    )
    return bool(abs(paired(*accuracy)[0]) < 0.005), evidence


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
    """Keras의 증강 층은 추론할 때 입력을 한 픽셀도 바꾸지 않습니다.

    RandomTranslation, RandomRotation, RandomZoom, RandomBrightness를 training=False로
    부르고 입력과 뺀 값의 최댓값입니다.
    """
    largest = grid["changed_at_rest"]
    return largest == 0, f"가장 크게 바뀐 픽셀의 차이는 {largest:g}입니다."


def claim_shift(fit):
    """훈련 데이터가 적을 때에는 조금씩 옮기기만 해도 정확도가 크게 오르고, 적을수록 더 오릅니다.

    300장과 1000장에서는 신뢰 구간이 0 위에 있습니다. 적을수록 더 오른다는 것도 시드끼리 뺀 이득의 차이가 신뢰 구간에서 0보다 크다는 뜻입니다.
    MNIST, 784-128-64-10, 모두 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [(pick(fit, samples=n, augment="shift"), pick(fit, samples=n)) for n in FEW]
    evidence = "옮기기 − 증강 없음: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    (few, few_half), (some, some_half), _ = (paired(*pair) for pair in pairs)
    sure = few > few_half and some > some_half
    gains = [a - b for a, b in pairs]
    for more, less in zip(gains, gains[1:]):
        mean, half = paired(more, less)
        sure &= mean > half
    return bool(sure), evidence + " (짝 차이, 95 % 신뢰 구간)."


def claim_flip(fit):
    """숫자를 좌우로 뒤집는 증강은 정확도를 떨어뜨립니다.

    사진의 절반을 뒤집되 정답은 그대로 두었습니다. 검증 데이터는 뒤집지 않습니다.
    MNIST 300장, 1000장, 5000장, 784-128-64-10, 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [(pick(fit, samples=n, augment="flip"), pick(fit, samples=n)) for n in FEW]
    evidence = "좌우 뒤집기 − 증강 없음: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    harmful = all(paired(*pair)[0] + paired(*pair)[1] < 0 for pair in pairs)
    return bool(harmful), evidence + " (짝 차이, 95 % 신뢰 구간)."


def claim_compare(fit):
    """데이터가 적을 때에는 같은 예산에서 증강이 드롭아웃보다 훨씬 많이 돕습니다.

    강조

    300장과 1000장에서는 신뢰 구간이 0.01보다 위에 있고, 5000장에서는 ±0.02 안에 있습니다. 증강은
    옮기기 + 돌리기이고, 드롭아웃은 두 은닉층 뒤의 0.2입니다.
    MNIST, 784-128-64-10, 모두 6만 장을 보며 학습, 시드 5개.
    """
    pairs = [
        (
            pick(fit, samples=n, augment="shift_rotation"),
            pick(fit, samples=n, rate=0.2),
        )
        for n in FEW
    ]
    evidence = "증강 − 드롭아웃: " + ", ".join(
        f"{n}장 {difference_text(*pair, 3)}" for n, pair in zip(FEW, pairs)
    )
    (few, few_half), (some, some_half), (many, many_half) = (
        paired(*pair) for pair in pairs
    )
    holds = (
        min(few - few_half, some - some_half) > 0.01 and abs(many) + many_half < 0.02
    )
    return bool(holds), evidence + " (짝 차이, 95 % 신뢰 구간)."


def claim_half_turn(mirror):
    """6을 반 바퀴 돌리면 신경망은 9라고, 9를 돌리면 6이라고 가장 많이 답합니다.

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10 다섯 개의 답을 더했습니다. 검증 데이터 1만 장.
    """
    half = np.array(mirror["half"])  # (10, 10)
    share = half / half.sum(axis=1, keepdims=True)
    evidence = f"6 → 9는 {share[6, 9]:.0%}, 9 → 6은 {share[9, 6]:.0%}입니다."
    return bool(half[6].argmax() == 9 and half[9].argmax() == 6), evidence


def claim_eyes(mirror):
    """뒤집은 사진에서 신경망이 가장 잘 알아본 세 숫자는 눈으로 고른 0, 1, 8이 아닙니다. 4를 0이나
    1보다 잘 알아봅니다.

    강조

    증강 없이 MNIST 1만 장으로 학습한 784-128-64-10 다섯 개의 답을 더했습니다. 검증 데이터 1만 장.
    """
    kept = answer_mirrored(mirror["mirror"])
    table = np.array(mirror["mirror"])
    share = table.diagonal() / table.sum(axis=1)
    evidence = f"가장 잘 알아본 숫자 {kept}. " + ", ".join(
        f"숫자 {digit} {share[digit]:.0%}" for digit in (0, 1, 4, 8)
    )
    return bool({*kept} != {0, 1, 8} and share[4] > max(share[:2])), evidence + "."

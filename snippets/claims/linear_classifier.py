"""선형 분류기 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, is_open, is_tie, pick, with_sign
from runs.linear_classifier import (
    FULL,
    PIXELS,
    RACERS,
    at_rate,
    best_pixels,
    best_runs,
    wobbling,
)

# ---------------------------------------------------------------- 벡터화


def claim_draws(draws):
    """randint(0, 255)에서는 255가 나오지 않고, rng.integers(256)에서는 나옵니다.

    백만 번 뽑아 가장 큰 값을 보았습니다. NumPy의 randint는 끝값을 넣지 않습니다.

    원문: randint(0, 255)는 0부터 255까지의 픽셀값을 만듭니다.
    판정: 반증
    """
    evidence = (
        f"가장 큰 값은 randint(0, 255) {draws['randint']}, "
        f"rng.integers(256) {draws['integers']}입니다."
    )
    return draws["randint"] == 254 and draws["integers"] == 255, evidence


def claim_dense(dense):
    """펴지 않은 (28, 28) 이미지를 Dense(10)에 넣어도 오류가 나지 않습니다. 다만 28줄에 따로따로 같은 작은 행렬을 곱할 뿐입니다.

    Keras의 Dense는 마지막 축에만 행렬을 곱합니다. 모든 픽셀을 함께 보려면 펴야 합니다.

    원문: (C02) 선형 모델의 입력은 1차원 벡터여야 하므로 반드시 펴야 합니다.
    판정: 조건부
    """
    flat, square = dense["flat"], dense["square"]
    evidence = (
        f"펴면 출력 {shape_text(flat['output'])}, 매개변수 {flat['parameters']:,d}개. "
        f"펴지 않으면 출력 {shape_text(square['output'])}, "
        f"매개변수 {square['parameters']:,d}개."
    )
    holds = square["output"] == [28, 10] and square["parameters"] == 28 * 10 + 10
    return holds and flat["parameters"] == 7850, evidence


def shape_text(shape):
    inside = ", ".join(str(size) for size in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


# ---------------------------------------------------------------- 점수


def claim_conventions(conventions):
    """W를 (특징, 클래스)로 두든 (클래스, 특징)으로 두든 점수는 같습니다. Keras의 Dense도 같은 점수를 냅니다.

    Fashion-MNIST 100장, 무작위 가중치, float32. 점수의 크기에 견준 차이가
    십만분의 일보다 작으면 같다고 봅니다.
    """
    size = conventions["size"]
    evidence = (
        f"가장 큰 점수는 {size:.1f}, 두 방식의 차이는 최대 {conventions['rows']:.1g}, "
        f"Keras와의 차이는 최대 {conventions['keras']:.1g}입니다."
    )
    worst = max(conventions["rows"], conventions["keras"])
    return bool(worst < 1e-5 * size), evidence


# ---------------------------------------------------------------- 소프트맥스


def claim_overflow(overflow):
    """모든 점수에 같은 수를 더해도 소프트맥스는 달라지지 않습니다. 그래서 가장 큰 점수를 빼면 값은 그대로이고 넘치지 않습니다.

    앞 문장은 난수 점수 1000줄에 100을 더해서, 뒤 문장은 점수 (s, 0, 0)을 float32로
    계산해서 확인했습니다.
    """
    rows = overflow["rows"]
    broken = [row["top"] for row in rows if row["naive"] == "nan"]
    finite = all(np.isfinite(row["stable"]) for row in rows)
    evidence = (
        f"100을 더했을 때 확률의 차이는 최대 {overflow['shift']:.0e}입니다. "
        f"정의대로 계산해서 nan이 된 점수는 {broken}이고, 뺀 뒤에는 하나도 없습니다."
    )
    holds = overflow["shift"] < 1e-12 and broken and min(broken) > 88 and finite
    return bool(holds), evidence


# ---------------------------------------------------------------- 교차 엔트로피


def claim_first(first):
    """가중치가 0이면 첫 손실은 ln 10이고, Keras의 기본인 Glorot 초기화에서도 그 근처에서 출발합니다. 픽셀을 255로 나누지 않으면 열 배도 넘습니다.

    학습하기 전의 손실입니다. Fashion-MNIST 2000장, 클래스 열 개, Glorot 초기화, 시드 5개.
    근처는 ln 10과의 차이가 1보다 작다는 뜻입니다.
    """
    zeros = pick(first, "loss", start="zeros", pixels="0–1")
    usual = pick(first, "loss", start="keras", pixels="0–1")
    raw = pick(first, "loss", start="keras", pixels="0–255")
    target = np.log(10)
    evidence = (
        f"ln 10 = {target:.4f}. 가중치 0 {zeros.mean():.4f}, Glorot "
        f"{usual.min():.2f}–{usual.max():.2f}, 255로 나누지 않은 Glorot "
        f"{raw.min():.0f}–{raw.max():.0f}."
    )
    close = np.abs(zeros - target).max() < 1e-5 and np.abs(usual - target).max() < 1
    return bool(close and raw.min() > 10 * target), evidence


def claim_keras_loss(first):
    """정답 확률의 −ln을 평균한 손실은 Keras의 SparseCategoricalCrossentropy와 같습니다.

    학습하기 전의 열다섯 모델에서 견주었습니다. 상대 차이가 십만분의 일보다 작으면
    같다고 봅니다.

    원문: (C19) 정답 클래스의 확률이 높아지면 손실이 줄어듭니다.
    판정: 재현됨
    """
    worst = (first["loss"] / first["keras"] - 1).abs().max()
    return bool(worst < 1e-5), f"상대 차이는 최대 {worst:.0e}입니다."


# ---------------------------------------------------------------- 기울기


def claim_slopes(slopes):
    """손으로 구한 기울기는 중심 차분과도, TensorFlow의 자동 미분과도 백만분의 일 안에서 같습니다.

    Fashion-MNIST 32장, 무작위 가중치, float64. 중심 차분은 픽셀 100개의 가중치 1000개에서
    h = 1e-5로 쟀고, 자동 미분은 7850개 모두 견주었습니다.
    """
    tape = max(slopes["tape"], slopes["tape_bias"])
    evidence = (
        f"가장 큰 기울기는 {slopes['size']:.3f}입니다. 차이는 중심 차분과 최대 "
        f"{slopes['numerical']:.0e}, 자동 미분과 최대 {tape:.0e}입니다."
    )
    holds = slopes["numerical"] < 1e-6 and tape < 1e-6 and slopes["size"] > 1e-3
    return bool(holds), evidence


# ---------------------------------------------------------------- 학습


def claim_likeness(learn):
    """0에서 출발해 전체 데이터로 한 걸음을 떼면, 가중치는 그 클래스의 평균 이미지에서 전체 평균 이미지를 뺀 것과 같은 모양이 됩니다. 더 배우면 그 모양에서 멀어집니다.

    강조

    두 그림의 상관계수로 쟀고, 한 걸음 뒤에는 열 클래스 모두 0.99보다 크다는 뜻입니다.
    Fashion-MNIST 10000장. 클래스의 장수가 조금씩 달라서 정확히 1은 아닙니다. 더 배운 것은
    배치 크기 50, 학습률 0.03, 10에폭, 시드 하나입니다.
    """
    first, learned = np.array(learn["first_step"]), np.array(learn["learned"])
    evidence = (
        f"상관계수는 한 걸음 뒤 {first.min():.4f}–{first.max():.4f}, "
        f"10에폭 뒤 {learned.min():.2f}–{learned.max():.2f}입니다."
    )
    holds = first.min() > 0.99 and (learned < first).all() and learned.min() > 0
    return bool(holds), evidence


# ------------------------------------------------ 전체 배치, 미니배치, 한 장씩


def rates_text(best):
    return ", ".join(f"{RACERS[size]} {best[size]['lr'].iloc[0]:g}" for size in RACERS)


def claim_race(race):
    """같은 장수를 보았을 때 미니배치의 훈련 손실은 전체 배치보다 0.5 넘게 낮습니다. 전체 배치의 한 걸음에는 미니배치 오십 걸음보다 긴 CPU 시간이 듭니다.

    Fashion-MNIST 10000장을 다섯 바퀴. 전체 배치는 5걸음, 미니배치 50장은 1000걸음입니다.
    학습률은 배치 크기마다 셋 가운데 다섯 바퀴 뒤의 훈련 손실이 가장 낮은 것, 시드 3개.

    원문: (C18) 전체 데이터를 쓰는 경사 하강법은 비용이 크고, 미니배치는 손실을 조금씩 줄여 갑니다.
    판정: 재현됨
    """
    best = best_runs(race)
    full, mini = best[FULL], best[50]
    gain = difference(full["end"], mini["end"])
    ratio = full["milliseconds"].median() / mini["milliseconds"].median()
    evidence = (
        f"손실은 전체 배치 {full['end'].mean():.3f}, 미니배치 {mini['end'].mean():.3f}, "
        f"차이 {with_sign(gain, 3)}입니다. "
        f"한 걸음의 CPU 시간은 전체 배치가 {ratio:.0f}배입니다. "
        f"학습률: {rates_text(best)}."
    )
    return bool(is_higher(full["end"], mini["end"], by=0.5) and ratio > 50), evidence


def claim_single(race):
    """같은 장수를 본 뒤에는 한 장씩과 미니배치 가운데 어느 쪽의 손실이 낮은지 가릴 수 없습니다. 그러나 한 장씩 배우면 이미지 한 장에 드는 CPU 시간이 열 배를 넘어서, 같은 CPU 시간을 쓴 뒤의 손실은 미니배치가 더 낮습니다.

    Fashion-MNIST 10000장, 배치 크기 1과 50. 같은 CPU 시간은 미니배치가 예순 바퀴를
    도는 시간입니다. 학습률은 배치 크기마다 셋 가운데 다섯 바퀴 뒤의
    훈련 손실이 가장 낮은 것, 시드 3개.
    """
    best = best_runs(race)
    single, mini = best[1], best[50]
    saved = difference(mini["end"], single["end"])
    late, early = [], []
    for a, b in zip(single["curve"], mini["curve"], strict=True):
        limit = b[-1][1]  # 미니배치가 쓴 CPU 시간
        early.append(b[-1][2])
        late.append(next((loss for _, used, loss in a if used >= limit), a[-1][2]))
    per_image = single["milliseconds"].median() / (mini["milliseconds"].median() / 50)
    evidence = (
        f"다섯 바퀴 뒤의 손실은 미니배치 − 한 장씩 {with_sign(saved, 3)}, "
        f"같은 CPU 시간에서는 한 장씩 − 미니배치 "
        f"{with_sign(difference(late, early), 3)}입니다. "
        f"이미지 한 장에 드는 CPU 시간은 한 장씩이 {per_image:.0f}배입니다."
    )
    same = is_open(mini["end"], single["end"])
    return bool(same and per_image > 10 and is_higher(late, early)), evidence


def claim_wobble(wobble):
    """작은 학습률의 전체 배치는 걸음마다 손실이 내려가지만, 미니배치와 한 장씩은 열 걸음에 세 걸음 넘게 오릅니다. 전체 배치도 학습률이 크면 오릅니다.

    한 바퀴 배운 다음의 60걸음. 걸음마다 훈련 이미지 10000장의 손실을 쟀습니다. 학습률은
    전체 배치 0.03과 0.3, 미니배치 0.03, 한 장씩 0.003, 시드 3개.

    원문: (C56) 전체 배치 경사 하강법은 안정적이지만 비싸고, SGD는 갱신이 빠르지만 출렁일 수 있습니다.
    판정: 조건부
    """
    full, fast, mini, single = wobbling(wobble).values()
    evidence = "손실이 오른 걸음: " + ", ".join(
        f"{label} {rises.mean():.0%}" for label, rises in wobbling(wobble).items()
    )
    shaky = min(mini.min(), single.min(), fast.min()) > 0.3
    return bool(full.max() == 0 and shaky), evidence + "."


# ---------------------------------------------------------------- 픽셀의 크기


def claim_scaling(scaling):
    """학습률이 0.01로 같을 때 픽셀을 255로 나누면 손실이 십분의 일도 되지 않습니다. 그러나 정확도는 어느 쪽이 높은지 가릴 수 없습니다. 표준화하면 255로만 나눈 것보다 손실은 낮고 정확도는 높습니다.

    Fashion-MNIST 10000장, 배치 크기 50, 5에폭, 시드 5개. 손실은 검증 이미지 10000장,
    정확도는 테스트 이미지 10000장에서 쟀습니다.

    원문: (C36) 픽셀을 0–1로 바꾸면 학습이 더 잘되고 효율이 좋습니다.
    판정: 조건부
    """
    loss = {pixels: at_rate(scaling, pixels, 0.01, "loss") for pixels in PIXELS}
    accuracy = {pixels: at_rate(scaling, pixels, 0.01) for pixels in PIXELS}
    evidence = ", ".join(
        f"{pixels}: 손실 {loss[pixels].mean():.3f}, 정확도 {accuracy[pixels].mean():.3f} "
        f"(시드마다 {accuracy[pixels].min():.3f}–{accuracy[pixels].max():.3f})"
        for pixels in PIXELS
    )
    raw, unit, standard = loss.values()
    lower = 10 * unit.max() < raw.min() and is_higher(unit, standard)
    unclear = is_open(accuracy["0–1"], accuracy["0–255"])
    best = is_higher(accuracy["표준화"], accuracy["0–1"])
    return bool(lower and unclear and best), evidence + "."


def claim_scaling_rate(scaling):
    """255로 나누지 않고 학습률을 255²으로 나누어도 정확도의 차이는 0.02보다 작습니다.

    강조

    0–1에서 쓴 일곱 학습률과, 그것을 255²으로 나누어 0–255에서 쓴 일곱 학습률을 짝지었습니다.
    짝마다 차이의 95 % 신뢰 구간이 ±0.02 안에 있습니다. 나머지 조건은 위와 같습니다.
    """
    pairs = {
        lr: (at_rate(scaling, "0–255", lr / 255**2), at_rate(scaling, "0–1", lr))
        for lr in sorted(scaling[scaling["pixels"] == "0–1"]["lr"].unique())
    }
    gaps = {lr: difference(*pair) for lr, pair in pairs.items()}
    worst = max(gaps, key=lambda lr: abs(gaps[lr][0]) + gaps[lr][1])
    evidence = f"가장 큰 차이는 학습률 {worst:g}에서 {with_sign(gaps[worst])}입니다."
    return all(is_tie(*pair, 0.02) for pair in pairs.values()), evidence


def claim_standardised(scaling):
    """학습률을 저마다 맞추어도, 표준화한 것이 255로 나누기만 한 것보다 정확합니다.

    학습률은 일곱 가운데 검증 정확도가 가장 높은 것을 고르고, 테스트 정확도를 견주었습니다.
    나머지 조건은 위와 같습니다.
    """
    best = best_pixels(scaling)
    (lr, standard), (other, unit) = best["표준화"], best["0–1"]
    evidence = (
        f"표준화(학습률 {lr:g}) {standard.mean():.4f}, 0–1(학습률 {other:g}) "
        f"{unit.mean():.4f}, 차이 {with_sign(difference(standard, unit))}."
    )
    return is_higher(standard, unit), evidence


# ---------------------------------------------------------- 로지스틱 회귀


def claim_logistic(logistic):
    """소프트맥스 회귀를 경사 하강법으로 끝까지 학습하면, 통계학의 다항 로지스틱 회귀를 뉴턴법으로 푼 것과 같은 답에 닿습니다.

    Fashion-MNIST를 7×7로 줄인 2000장, 두 방법에 똑같은 가중치 감쇠 0.003, 경사 하강법 4000걸음.
    새 이미지 2000장의 확률이 0.01 안에서 같고 고른 클래스가 99 % 넘게 같으면
    같은 답으로 봅니다.

    원문: (C17) 층이 하나뿐인 모델은 아주 단순하고 로지스틱 회귀와 비슷합니다.
    판정: 재현됨
    """
    evidence = (
        f"확률의 차이는 최대 {logistic['probability']:.4f}, 같은 클래스를 고른 이미지는 "
        f"{logistic['same']:.2%}, 정확도는 뉴턴법 {logistic['newton']:.4f}, "
        f"경사 하강법 {logistic['descent']:.4f}입니다."
    )
    converged = logistic["slope"] < 1e-8
    close = logistic["probability"] < 0.01 and logistic["same"] > 0.99
    return bool(converged and close), evidence


# ---------------------------------------------------------- 못하는 일


def claim_balanced(balanced):
    """원본과 반전을 같은 수만큼 섞고 클래스마다 장수도 같으면, 가중치와 편향이 모두 0인 곳에서 기울기가 0입니다. 그때의 손실은 ln 10입니다.

    클래스마다 400장과 그 반전, float64. 원본만 있을 때의 기울기에 견주어 1조분의 일보다
    작으면 0으로 봅니다.
    """
    plain, both, loss = balanced["plain"], balanced["both"], balanced["loss"]
    evidence = (
        f"기울기의 가장 큰 성분은 원본만 {plain:.3f}, 섞으면 {both:.0e}입니다. "
        f"손실은 {loss:.4f}입니다."
    )
    return bool(both < 1e-12 * plain and abs(loss - np.log(10)) < 1e-5), evidence


def claim_inverted(inverted):
    """명암을 뒤집은 이미지를 똑같이 섞으면 선형 분류기의 정확도는 찍은 것과 다르다고 할 수 없습니다. 은닉층을 하나 넣으면 원본과 반전을 모두 알아봅니다.

    강조

    Fashion-MNIST 원본 5000장과 반전 5000장, 배치 크기 50, 5에폭, 학습률 0.1. 시드는 섞은
    선형 분류기가 10개, 나머지가 3개입니다. 찍으면 0.1이고, 정확도가 0.55보다 높으면 둘 다
    알아본다고 봅니다. 은닉층은 ReLU 유닛 128개.
    """
    plain = pick(inverted, "accuracy", model="linear", data="plain")
    both = pick(inverted, "accuracy", model="linear", data="both")
    hidden = pick(inverted, "accuracy", model="hidden", data="both")
    chance = np.full(len(both), 0.1)
    evidence = (
        f"테스트 정확도는 원본만 {plain.mean():.3f}, 섞으면 {both.mean():.3f}, "
        f"은닉층을 넣으면 {hidden.mean():.3f}입니다."
    )
    evidence += f" 섞은 것에서 0.1을 뺀 차이는 {with_sign(difference(both, chance))}."
    return bool(is_open(both, chance) and hidden.min() > 0.55), evidence

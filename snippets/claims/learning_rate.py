"""학습률 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, interval, is_higher, is_open, with_sign
from runs.learning_rate import (
    OPTIMIZERS,
    SCHEDULES,
    STALLS,
    best_rates,
    of_case,
    tuned,
    turning_points,
)

# ---------------------------------------------------------------- 확인합니다


def claim_border(border):
    """발산하지 않는 가장 큰 학습률은 2/λ_max입니다.

    강조

    이분법으로 찾은 값이 식과 만분의 일 안에서 같습니다. 그릇 셋, 1000걸음.
    """
    error = max(
        abs(found / theory - 1)
        for found, theory in zip(border["measured"], border["theory"], strict=True)
    )
    evidence = ", ".join(
        f"λ_max {largest:g}: 잰 값 {found:.5f}, 식 {theory:g}"
        for largest, found, theory in zip(*border.values(), strict=True)
    )
    return bool(error < 1e-4), evidence + "."


def claim_basin(sweep):
    """쓸 만한 학습률(손실이 최저의 1.15배 이내)은 여덟 개 가운데 셋을 넘지 않고, Adam에서 쓸 만한 학습률은 모두 SGD에서 쓸 만한 학습률보다 작습니다.

    훑은 학습률의 양 끝에서는 손실이 가장 낮은 값의 두 배를 넘습니다.
    Fashion-MNIST 5000장, 784-64-10, 3에폭 뒤의 훈련 손실, 시드 3개의 중앙값. 학습률은
    서너 배씩 떨어진 여덟 개씩만 훑었습니다(Adam의 가장 작은 두 개만 열 배).
    """
    best = best_rates(sweep)
    evidence = ". ".join(
        f"{OPTIMIZERS[name]}: 가장 낮은 손실 {b['loss']:.3f}, 쓸 만한 학습률 "
        f"{b['good_low']:g}–{b['good_high']:g}({b['good']}개), 양 끝의 손실 "
        f"{b['slow']:.2f}, {b['fast']:.3g}"
        for name, b in best.items()
    )
    ends = all(min(b["slow"], b["fast"]) > 2 * b["loss"] for b in best.values())
    few = all(b["good"] <= 3 for b in best.values())
    below = best["adam"]["good_high"] < best["sgd"]["good_low"]
    return bool(ends and few and below), evidence + "."


def claim_found(finder, sweep):
    """학습률 찾기로 얻은 값과 세 에폭씩 훑어 얻은 값은 네 배 넘게 차이 나지 않습니다.

    학습률 찾기는 손실이 바닥인 학습률(시드 5개의 중앙값), 훑기는 SGD의 훈련 손실이 가장 낮은
    학습률입니다. Fashion-MNIST 5000장, 784-64-10, 배치 크기 50. 시드 하나하나는 이보다 더
    벗어날 수 있습니다.
    """
    turns, best = turning_points(finder), best_rates(sweep)["sgd"]["lr"]
    middle = float(np.median(turns))
    evidence = (
        f"바닥의 학습률 중앙값 {middle:.2g}(시드마다 {min(turns):.2g}–{max(turns):.2g}), "
        f"훑어 찾은 학습률 {best:g}."
    )
    return bool(1 / 4 <= middle / best <= 4), evidence


def claim_rescue(warmup):
    """처음 가중치가 너무 클 때에는 워밍업을 넣으면 테스트 정확도가 오릅니다. He로 시작하면 오르는지 가릴 수 없습니다.

    학습률은 조건마다 다섯(0.003–0.3) 가운데 검증 정확도가 가장 높은 것을 골랐습니다.
    Fashion-MNIST 5000장, 784-64-64-64-10, SGD, 워밍업 100걸음, 3에폭, 시드 5개.
    """
    text, with_it, without = [], {}, {}
    for scale, name in ((1, "He"), (2, "He의 2배")):
        lr, with_it[scale] = tuned(warmup, scale=scale, warmup=100)
        other, without[scale] = tuned(warmup, scale=scale, warmup=0)
        effect = with_sign(difference(with_it[scale], without[scale]), 3)
        text.append(f"{name} {effect} (학습률 {lr:g}, 없을 때 {other:g})")
    rescued = is_higher(with_it[2], without[2])
    return rescued and is_open(
        with_it[1], without[1]
    ), f"워밍업 − 없음: {', '.join(text)}."


def claim_decayed(decay):
    """처음 학습률을 저마다 맞추면, 코사인이나 계단으로 줄인 것은 그대로 걷는 것보다 테스트 정확도가 높습니다. 지수로 빨리 줄인 것은 낮습니다.

    강조

    처음 학습률은 스케줄마다 넷(0.05–0.4) 가운데 검증 정확도가 가장 높은 것입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 8에폭, 시드 5개.
    """
    best = {name: tuned(decay, name=name)[1] for name in SCHEDULES}
    constant = best.pop("constant")
    evidence = "정확도의 차이(그대로에 견주어): " + ", ".join(
        f"{SCHEDULES[name]} {with_sign(difference(accuracy, constant))}"
        for name, accuracy in best.items()
    )
    slow = all(is_higher(best[name], constant) for name in ("cosine", "step"))
    return slow and is_higher(constant, best["exponential"]), evidence + "."


def claim_stalled(plateau):
    """큰 학습률로 출렁이는 곡선은 학습률을 낮추면 나아지지만, 작은 학습률로 기는 곡선은 낮추면 더 나빠지고 높이면 나아집니다. 한 에폭만 더 걸어 보아도 검증 손실에서 어느 쪽인지 보입니다.

    나아진다는 것은 학습률을 그대로 둔 것보다 세 에폭 뒤의 테스트 정확도가 높다는 뜻입니다.
    낮춘 것은 0.1배, 높인 것은 3배. Fashion-MNIST 5000장, 784-64-10, 배치 크기 16, SGD(0.3)과
    SGD(0.0003), 6에폭 뒤 3에폭, 시드 10개.

    원문: (C12) 학습 곡선이 중간에 멈추면 학습률을 낮추어 다시 나아가게 할 수 있습니다.
    판정: 조건부
    """
    holds, text = [], []
    for label, lr in STALLS.items():
        accuracy = of_case(plateau, "accuracy", lr=lr)  # (시드, 셋)
        loss = of_case(plateau, "after", lr=lr)[:, :, 0]  # (시드, 셋) 한 에폭 뒤
        good, bad = (0, 2) if lr == max(STALLS.values()) else (2, 0)
        for name, score in (("정확도", accuracy), ("한 에폭의 손실", -loss)):
            same = score[:, 1]
            holds += [is_higher(score[:, good], same), is_higher(same, score[:, bad])]
            sign = -1 if name != "정확도" else 1
            low, high = (sign * (score[:, k] - same) for k in (0, 2))  # (시드 수,)
            text.append(
                f"{label}, {name}: ×0.1은 {with_sign(interval(low), 3)}, "
                f"×3은 {with_sign(interval(high), 3)}"
            )
    return all(holds), "그대로 둔 것과의 차이. " + ". ".join(text) + "."


def claim_batch(batch):
    """배치를 다섯 배로 키우면 같은 에폭 동안 덜 배우고, 학습률도 다섯 배로 키우면 뒤처진 것을 얼마쯤 따라잡지만 다 따라잡지는 못합니다.

    마지막 에폭의 훈련 손실로 견줍니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 4에폭, 시드 5개.
    """
    small, large, scaled = (
        of_case(batch, "loss", batch_size=size, lr=lr)[:, -1]
        for size, lr in ((50, 0.05), (250, 0.05), (250, 0.25))
    )
    evidence = (
        f"마지막 에폭의 훈련 손실: 배치 50과 0.05 {small.mean():.3f}, 250과 0.05 "
        f"{large.mean():.3f}, 250과 0.25 {scaled.mean():.3f}. "
    )
    parts = {
        "뒤처진 것": (large, small),
        "따라잡은 것": (large, scaled),
        "남은 것": (scaled, small),
    }
    evidence += ", ".join(
        f"{name} {with_sign(difference(*pair), 3)}" for name, pair in parts.items()
    )
    return all(is_higher(*pair) for pair in parts.values()), evidence + "."

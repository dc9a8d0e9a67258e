"""학습률 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from runs.learning_rate import OPTIMIZERS, SCHEDULES, best_rates, pick, turning_points

T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)


# ---------------------------------------------------------------- 결과를 고르는 도우미


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


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
    """손실이 가장 낮은 값의 1.15배 안에 드는 학습률은 열 배가 넘지 않는 구간이고, Adam의
    구간은 SGD의 구간보다 적어도 열 배 아래에 있습니다.

    훑은 학습률의 양 끝에서는 손실이 가장 낮은 값의 두 배를 넘습니다.
    Fashion-MNIST 5000장, 784-64-10, 3에폭 뒤의 훈련 손실, 시드 3개의 중앙값. 학습률은
    서너 배씩 떨어진 여덟 개씩만 훑었습니다(Adam의 가장 작은 두 개만 열 배).
    """
    best = best_rates(sweep)
    evidence = ". ".join(
        f"{OPTIMIZERS[name]}: 가장 낮은 손실 {b['loss']:.3f}, 구간 {b['good_low']:g}–"
        f"{b['good_high']:g}, 양 끝의 손실 {b['slow']:.2f}, {b['fast']:.3g}"
        for name, b in best.items()
    )
    ends = all(min(b["slow"], b["fast"]) > 2 * b["loss"] for b in best.values())
    narrow = all(b["good_high"] / b["good_low"] < 10.01 for b in best.values())
    below = best["sgd"]["good_low"] / best["adam"]["good_high"] > 9.99
    return bool(ends and narrow and below), evidence + "."


def claim_found(finder, sweep):
    """150걸음의 학습률 찾기에서 손실이 바닥인 학습률은, 세 에폭씩 훑어 찾은 SGD의 가장 좋은
    학습률과 네 배 안에서 같습니다.

    Fashion-MNIST 5000장, 784-64-10, 배치 크기 50, 시드 5개의 중앙값. 한 시드의 바닥은 이
    범위를 벗어날 수 있습니다.
    """
    turns, best = turning_points(finder), best_rates(sweep)["sgd"]["lr"]
    middle = float(np.median(turns))
    evidence = (
        f"바닥의 학습률 중앙값 {middle:.2g}(시드마다 {min(turns):.2g}–{max(turns):.2g}), "
        f"훑어 찾은 학습률 {best:g}."
    )
    return bool(1 / 4 < middle / best < 4), evidence


def claim_rescue(warmup):
    """처음 가중치가 너무 클 때에는 워밍업이 학습을 살리지만, He로 시작하면 도움이 된다고
    할 수 없습니다.

    도움이 된다는 것은 테스트 정확도의 짝 차이가 95 % 신뢰 구간에서 0보다 크다는 뜻입니다.
    Fashion-MNIST 5000장, 784-64-64-64-10, SGD(0.1), 워밍업 100걸음, 3에폭, 시드 5개.
    """
    effects = {
        scale: paired(
            pick(warmup, "accuracy", scale=scale, warmup=100),
            pick(warmup, "accuracy", scale=scale, warmup=0),
        )
        for scale in (1, 2)
    }
    evidence = "워밍업 − 없음: " + ", ".join(
        f"{'He' if scale == 1 else 'He의 2배'} {mean:+.3f} ± {half:.3f}"
        for scale, (mean, half) in effects.items()
    )
    rescued = effects[2][0] - effects[2][1] > 0
    return bool(rescued and effects[1][0] - effects[1][1] <= 0), evidence + "."


def claim_decayed(decay):
    """0.2에서 코사인으로 줄이면 그대로 걷는 것보다 훈련 손실은 낮지만, 테스트 정확도는 가장
    좋은 일정한 학습률과 평균 0.02도 차이 나지 않습니다. 지수로 빨리 줄이면 코사인으로 줄일
    때보다 정확도가 낮습니다.

    강조

    낮다는 것은 짝 차이의 95 % 신뢰 구간이 0보다 아래에 있다는 뜻입니다. 가장 좋은 일정한
    학습률은 0.05, 0.1, 0.2 가운데 정확도의 평균이 가장 높은 것입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 8에폭, 시드 5개.
    """
    constant = {
        lr: pick(decay, "accuracy", name="constant", lr=lr) for lr in (0.05, 0.1, 0.2)
    }
    best = max(constant, key=lambda lr: constant[lr].mean())
    loss = paired(
        pick(decay, "loss", name="cosine")[:, -1],
        pick(decay, "loss", name="constant", lr=0.2)[:, -1],
    )
    effects = {
        name: paired(pick(decay, "accuracy", name=name), constant[best])
        for name in ("step", "exponential", "cosine")
    }
    evidence = f"훈련 손실 코사인 − 그대로 {loss[0]:+.3f} ± {loss[1]:.3f}. "
    evidence += f"정확도의 차이(일정한 {best:g}에 견주어): " + ", ".join(
        f"{SCHEDULES[name]} {mean:+.4f} ± {half:.4f}"
        for name, (mean, half) in effects.items()
    )
    fast, half = paired(
        pick(decay, "accuracy", name="exponential"),
        pick(decay, "accuracy", name="cosine"),
    )
    evidence += f". 지수 − 코사인 {fast:+.4f} ± {half:.4f}"
    holds = loss[0] + loss[1] < 0 and abs(effects["cosine"][0]) < 0.02
    return bool(holds and fast + half < 0), evidence + "."


def claim_stalled(plateau):
    """큰 학습률로 출렁이는 곡선은 학습률을 낮추면 나아지지만, 작은 학습률로 기는 곡선은
    낮추면 더 나빠지고 높이면 나아집니다.

    나아진다는 것은 학습률을 그대로 둔 것보다 검증 손실(바꾼 뒤 세 에폭의 평균)이 낮고, 짝
    차이의 95 % 신뢰 구간이 0을 품지 않는다는 뜻입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD(0.3)과 SGD(0.0003), 6에폭 뒤 3에폭, 시드 5개.

    원문: (C12) 학습 곡선이 중간에 멈추면 학습률을 낮추어 다시 나아가게 할 수 있습니다.
    판정: 조건부
    """
    effects = {}
    for label, lr in (("큰 학습률", 0.3), ("작은 학습률", 0.0003)):
        losses = np.array(pick(plateau, "after", lr=lr))  # (시드, 셋, 에폭)
        lower, same, higher = losses.mean(axis=2).T  # (시드,) 셋
        effects[label] = paired(lower, same), paired(higher, same)
    evidence = "검증 손실의 차이. " + ". ".join(
        f"{label}: ×0.1은 {low[0]:+.3f} ± {low[1]:.3f}, ×10은 {high[0]:+.3f} ± {high[1]:.3f}"
        for label, (low, high) in effects.items()
    )
    (noisy_low, noisy_high), (slow_low, slow_high) = effects.values()
    holds = noisy_low[0] + noisy_low[1] < 0 < noisy_high[0] - noisy_high[1]
    holds &= slow_high[0] + slow_high[1] < 0 < slow_low[0] - slow_low[1]
    return bool(holds), evidence + "."


def claim_batch(batch):
    """배치를 다섯 배로 키우면 같은 에폭 동안 덜 배우고, 학습률도 다섯 배로 키우면 뒤처진 것을
    평균 절반 넘게 따라잡지만 다 따라잡지는 못합니다.

    마지막 에폭의 훈련 손실로 견줍니다. 뒤처진 것, 따라잡은 것, 남은 것은 모두 짝 차이의
    95 % 신뢰 구간이 0보다 큽니다. 절반이라는 몫은 평균만 본 것입니다.
    Fashion-MNIST 5000장, 784-64-10, SGD, 4에폭, 시드 3개.
    """
    small, large, scaled = (
        pick(batch, "loss", batch_size=size, lr=lr)[:, -1]
        for size, lr in ((50, 0.05), (250, 0.05), (250, 0.25))
    )
    evidence = (
        f"마지막 에폭의 훈련 손실: 배치 50과 0.05 {small.mean():.3f}, 250과 0.05 "
        f"{large.mean():.3f}, 250과 0.25 {scaled.mean():.3f}. "
    )
    parts = {
        "뒤처진 것": paired(large, small),
        "따라잡은 것": paired(large, scaled),
        "남은 것": paired(scaled, small),
    }
    evidence += ", ".join(
        f"{name} {mean:.3f} ± {half:.3f}" for name, (mean, half) in parts.items()
    )
    sure = all(mean - half > 0 for mean, half in parts.values())
    (behind, _), _, (left, _) = parts.values()
    return bool(sure and left < behind / 2), evidence + "."

"""학습률: 그릇에서 걸어 보고, 알맞은 값을 찾고, 학습하는 동안 줄여 갑니다."""

import keras
import numpy as np

# ---------------------------------------------------------------- 그릇 모양의 손실


# --8<-- [start:quadratic]
def descend(lr, curvatures=(1.0, 25.0), steps=60):
    """L(w) = ½ Σ λᵢ wᵢ²에서 경사 하강법으로 걸은 손실."""
    curvatures = np.array(curvatures)  # (2,): λ₁, λ₂
    w = np.ones(2)  # (2,)
    losses = []
    for _ in range(steps):
        losses.append(0.5 * np.sum(curvatures * w**2))
        w = w - lr * curvatures * w  # 기울기는 λᵢ wᵢ
    return losses


# --8<-- [end:quadratic]


# ---------------------------------------------------------------- 학습률 찾기


# --8<-- [start:finder]
def find_rates(
    model, x, y, low=1e-4, high=10, steps=150, batch_size=50, seed=0
):
    """걸음마다 학습률을 조금씩 키우며 미니배치 손실을 적습니다."""
    rng = np.random.default_rng(seed)
    rates = np.geomspace(low, high, steps)  # (steps,)
    losses = []
    for lr in rates:
        rows = rng.choice(len(x), batch_size)  # (50,)
        model.optimizer.learning_rate = lr
        losses.append(float(model.train_on_batch(x[rows], y[rows])))
        if (
            not losses[-1] < 4 * losses[0]
        ):  # 크게 오르거나 NaN이면 그만둡니다
            break
    return rates[: len(losses)], losses


# --8<-- [end:finder]


# ---------------------------------------------------------------- 줄여 가며 걷기


# --8<-- [start:schedule]
def schedule(name, lr, steps):
    schedules = keras.optimizers.schedules
    if name == "step":  # 절반과 4분의 3에서 10분의 1로
        bounds = [steps // 2, steps * 3 // 4]
        return schedules.PiecewiseConstantDecay(
            bounds, [lr, lr / 10, lr / 100]
        )
    if name == "exponential":  # 끝까지 100분의 1로
        return schedules.ExponentialDecay(lr, steps, 0.01)
    if name == "cosine":  # 끝에서 0
        return schedules.CosineDecay(lr, steps)
    return lr  # 그대로


# --8<-- [end:schedule]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_largest]
def answer_largest(curvatures=(1.0, 25.0)):
    return 2 / max(curvatures)  # |1 − η λ| < 1이 모든 λ에서 성립하려면


# --8<-- [end:answer_largest]


# --8<-- [start:answer_steps]
def answer_steps(lr=0.0769, curvature=1.0, target=0.01):
    """w가 처음의 target배보다 작아지는 첫 걸음."""
    per_step = abs(1 - lr * curvature)
    return int(np.ceil(np.log(target) / np.log(per_step)))


# --8<-- [end:answer_steps]


# --8<-- [start:answer_cosine]
def answer_cosine(t, steps=800, lr=0.2):
    return lr * (1 + np.cos(np.pi * t / steps)) / 2


# --8<-- [end:answer_cosine]

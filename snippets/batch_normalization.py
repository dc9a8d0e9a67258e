"""배치 정규화: 층을 지나는 값을 미니배치의 평균과 표준편차로 다시 맞춥니다."""

import numpy as np


# --8<-- [start:normalize]
def normalize(z, gamma, beta, mean, var, eps=1e-3):
    z_hat = (z - mean) / np.sqrt(var + eps)  # (n, 유닛 수)
    return gamma * z_hat + beta  # (n, 유닛 수)


def batch_norm(z, gamma, beta, running, training, momentum=0.9):
    if not training:  # 추론: 모아 둔 통계
        return normalize(z, gamma, beta, *running), running
    mean, var = z.mean(axis=0), z.var(axis=0)  # (유닛 수,) 열마다 하나
    old_mean, old_var = running
    running = (
        momentum * old_mean + (1 - momentum) * mean,
        momentum * old_var + (1 - momentum) * var,
    )
    return normalize(z, gamma, beta, mean, var), running


# --8<-- [end:normalize]


# --8<-- [start:try_it]
def try_it(seed=0):
    rng = np.random.default_rng(seed)
    z = rng.normal(
        [0, 50], [1, 20], (64, 2)
    )  # (64, 2) 크기가 딴판인 유닛 두 개
    gamma, beta = np.ones(2), np.zeros(2)  # (2,)
    running = np.zeros(2), np.ones(2)  # 평균 0, 분산 1에서 시작
    h, running = batch_norm(z, gamma, beta, running, training=True)
    return (
        z.std(axis=0),
        h.mean(axis=0),
        h.std(axis=0),
        running[0],
    )  # 모두 (2,)


# --8<-- [end:try_it]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_steps]
def answer_steps(momentum, left=0.01):
    """처음 값의 몫이 left 아래로 내려가는 데 걸리는 걸음."""
    steps = 0
    while momentum**steps >= left:
        steps += 1
    return steps


# --8<-- [end:answer_steps]


# --8<-- [start:answer_pair]
def answer_pair(a, b):
    """크기 2인 미니배치에서 유닛 하나의 출력."""
    z = np.array([[a], [b]], dtype=float)  # (2, 1)
    return normalize(z, 1.0, 0.0, z.mean(axis=0), z.var(axis=0), eps=0)[
        :, 0
    ]  # (2,)


# --8<-- [end:answer_pair]

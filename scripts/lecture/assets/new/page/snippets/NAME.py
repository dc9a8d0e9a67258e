"""미니배치: 데이터를 몇 개만 보고 기울기를 어림합니다."""

import numpy as np


# --8<-- [start:estimate]
def estimate(batch_size, seed, draws=2000):
    """미니배치를 draws번 뽑아 어림한 기울기."""
    rng = np.random.default_rng(seed)
    gradients = rng.normal(1, 2, (draws, batch_size))  # 평균 1, 표준편차 2
    return gradients.mean(axis=1)  # (draws,)


# --8<-- [end:estimate]


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_times]
def answer_times(shrink=10):
    return shrink**2  # 1 / √(k B)가 1 / (shrink √B)이려면 k = shrink²


# --8<-- [end:answer_times]

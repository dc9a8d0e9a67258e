"""비교의 규칙: 시드가 같은 실행끼리 빼고, 95 % 신뢰 구간으로 말합니다.

- "더 높다"는 짝 차이의 구간이 모두 0보다 클 때만 말합니다.
- "비긴다"는 구간이 미리 정한 폭 안에 모두 들 때만 말합니다.
- 그 밖은 가릴 수 없는 것이고, 틀렸다는 뜻이 아닙니다.
- 하이퍼파라미터는 검증 데이터로 고르고, 테스트 데이터는 알릴 때만 씁니다.
"""

import numpy as np

# 자유도 1, 2, …, 29에서 t 분포의 97.5 % 지점
T95 = (
    *(
        12.706,
        4.303,
        3.182,
        2.776,
        2.571,
        2.447,
        2.365,
        2.306,
        2.262,
        2.228,
    ),
    *(
        2.201,
        2.179,
        2.160,
        2.145,
        2.131,
        2.120,
        2.110,
        2.101,
        2.093,
        2.086,
    ),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045),
)


def pick(table, key, **where):
    """조건에 맞는 행의 값을 시드 차례로 돌려줍니다. (시드 수,)"""
    for knob, wanted in where.items():
        table = table[table[knob] == wanted]
    return table.sort_values("seed")[key].to_numpy(float)


def interval(values):
    """평균과 95 % 신뢰 구간의 반폭. 값이 셋보다 적으면 반폭은 무한대입니다."""
    values = np.asarray(values, dtype=float)  # (시드 수,)
    n = len(values)
    if n < 3:
        return float(values.mean()), float("inf")
    t = T95[min(n - 1, len(T95)) - 1]
    return float(values.mean()), float(
        t * values.std(ddof=1) / np.sqrt(n)
    )


# --8<-- [start:difference]
def difference(a, b):
    """시드가 같은 실행끼리 뺀 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    a, b = (
        np.asarray(a, dtype=float),
        np.asarray(b, dtype=float),
    )  # (시드 수,)
    if a.shape != b.shape:
        raise ValueError(f"시드의 수가 다릅니다: {a.shape}, {b.shape}")
    return interval(a - b)


def is_higher(a, b, by=0.0):
    """a가 b보다 by 넘게 높다고 말할 수 있는지."""
    mean, half = difference(a, b)
    return mean - half > by


def is_tie(a, b, margin):
    """a와 b의 차이가 margin보다 작다고 말할 수 있는지."""
    mean, half = difference(a, b)
    return abs(mean) + half < margin


def is_open(a, b):
    """어느 쪽이 높은지 가릴 수 없는지."""
    return not is_higher(a, b) and not is_higher(b, a)


# --8<-- [end:difference]


def chosen(table, knob, by="val_accuracy", lowest=False):
    """검증 점수의 평균이 가장 좋은 하이퍼파라미터의 값을 돌려줍니다.

    비기면 더 작은 값을 고릅니다.
    """
    means = table.groupby(knob)[by].mean().sort_index()
    return means.index[(means if lowest else -means).argmin()]


def with_sign(mean_and_half, digits=4):
    """차이를 글로 적습니다: +0.0123 ± 0.0045"""
    mean, half = mean_and_half
    mean = round(mean, digits) + 0.0  # -0.0000으로 적지 않습니다
    return f"{mean:+.{digits}f} ± {half:.{digits}f}".replace("-", "−")


def mean_and_sd(values, digits=4):
    """평균과 시드의 표준편차를 글로 적습니다: 0.9123 ± 0.0010"""
    values = np.asarray(values, dtype=float)
    sd = values.std(ddof=1) if len(values) > 1 else 0.0
    return f"{values.mean():.{digits}f} ± {sd:.{digits}f}"

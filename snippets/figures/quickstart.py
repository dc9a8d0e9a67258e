"""Keras 빠른 시작 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import mean_and_sd, pick
from runs.quickstart import MEASURES, RATES, WRITTEN

LABELS = {0.2: "드롭아웃 0.2", 0.0: "드롭아웃 없음"}


# ---------------------------------------------------------------- 드롭아웃의 있고 없음


def figure_gap(fit):
    """마지막 에폭의 손실을 세 가지로 쟀습니다. 점 하나가 시드 하나이고, 가로줄은 평균입니다.

    대체 텍스트: 가로로 학습 중 기록, 훈련 데이터 다시 잼, 테스트 데이터가 놓여 있습니다.
    두 신경망 모두 다시 재면 훈련 손실이 내려갑니다. 훈련 손실은 드롭아웃을 쓴 쪽이 더
    높고, 테스트 손실은 둘 다 훈련 손실보다 훨씬 높으며 서로 겹칩니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.4), layout="constrained")
    styles = zip(RATES, ("C0", "C1"), ("o", "s"), (-0.08, 0.08), strict=True)
    for rate, color, marker, shift in styles:
        means = []
        for place, name in enumerate(MEASURES):
            values = pick(fit, f"{name}_loss", dropout=rate)
            ax.plot([place + shift] * len(values), values, color + marker, alpha=0.7)
            means.append(values.mean())
        places = np.arange(len(means)) + shift
        ax.plot(places, means, color + "_", markersize=24, label=LABELS[rate])
    ax.set_xticks(range(len(MEASURES)), list(MEASURES.values()))
    ax.set_ylabel("손실")
    ax.set_ylim(bottom=0)
    ax.legend()
    return fig


def table_fit(fit):
    """훈련 사진 6,000장, 5에폭, 시드 5개의 평균 ± 표준편차."""
    rows = []
    for what, title in (("loss", "손실"), ("accuracy", "정확도")):
        for name, label in MEASURES.items():
            row = {"잰 것": f"{label} · {title}"}
            for rate in RATES:
                row[LABELS[rate]] = mean_and_sd(
                    pick(fit, f"{name}_{what}", dropout=rate)
                )
            rows.append(row)
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- 저장하고 읽기


def table_written(saving):
    """활성화 함수를 적는 네 가지 방법과 파일에 적힌 이름. 넷 다 학습과 저장은 됩니다."""
    rows = []
    for name, text in WRITTEN.items():
        row = saving[name]
        rows.append(
            {
                "activation=": text,
                "적힌 이름": row["stored"],
                "읽기": row["error"] or "됨",
            }
        )
    return pd.DataFrame(rows)

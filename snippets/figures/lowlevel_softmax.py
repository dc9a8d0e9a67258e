"""저수준 소프트맥스 회귀 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import pandas as pd
from runs.lowlevel_softmax import FORMS, SCALES, broken_count

# ---------------------------------------------------------------- 비용 함수의 세 가지 꼴


def table_broken(start):
    """배우기 전의 비용이나 기울기가 inf 또는 nan이 된 시드의 수(열 개 가운데).
    σ는 가중치의 표준편차이고, 훈련 사진 60,000장을 모두 썼습니다.
    """
    rows = []
    for form, label in FORMS.items():
        row = {"비용의 꼴": label}
        for scale in SCALES:
            row[f"σ = {scale:g}"] = broken_count(start, form, scale)
        rows.append(row)
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- 즉시 실행과 그래프


def figure_seconds(graph):
    """같은 학습에 쓴 CPU 시간. 두 방식을 번갈아 쟀고, 점 하나가 한 번입니다.

    대체 텍스트: 그래프의 점들은 모두 아래에, 즉시 실행의 점들은 모두 위에 있고, 두 무리는
    겹치지 않습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3), layout="constrained")
    for place, (mode, color) in enumerate((("graph", "C0"), ("eager", "C1"))):
        seconds = graph[mode]["seconds"]
        ax.plot([place] * len(seconds), seconds, color + "o", alpha=0.7)
    ax.set_xticks([0, 1], ["그래프(fit의 기본값)", "run_eagerly=True"])
    ax.set(ylabel="CPU 시간(초)", xlim=(-0.5, 1.5))
    ax.set_ylim(bottom=0)
    return fig


# ---------------------------------------------------------------- 처음 가중치의 크기


def table_comparison(summary):
    """처음 가중치에 따른 테스트 정확도. 훈련 사진 10,000장, 100걸음, 학습률 0.5.
    N(0, 1)은 시드 3개의 평균 ± 표준편차이고, 0에서 시작하면 시드와 관계없이 같습니다.
    """
    large = f"{summary['large']:.4f} ± {summary['large_spread']:.4f}"
    return pd.DataFrame(
        [
            {"처음 가중치": "0", "테스트 정확도": f"{summary['zeros']:.4f}"},
            {"처음 가중치": "N(0, 1)", "테스트 정확도": large},
        ]
    )

"""MNIST 다층 퍼셉트론 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import pandas as pd
from runs.mnist_mlp import (
    CONFIGS,
    SOURCE,
    accuracies,
    compare,
    curves,
    longer,
    name_of,
)


def table_source(fit):
    """노트에 적힌 0.9785와 견준 테스트 정확도. 훈련 데이터 60,000장을 모두 쓰고 시드 5개의
    평균 ± 표준편차를 적었습니다.
    """
    rows = []
    for name, row in compare(fit).items():
        low, high = row["mean"] - row["half"], row["mean"] + row["half"]
        rows.append(
            {
                "설정": name,
                "0.9785": "나올 만함" if row["fits"] else "어긋남",
                "정확도": f"{row['mean']:.4f} ± {row['deviation']:.4f}",
                "95% 예측 구간": f"{low:.4f}–{high:.4f}",
            }
        )
    return pd.DataFrame(rows)


def figure_reach(fit):
    """다섯 가지 설정의 테스트 정확도. 네 배는 30에폭 뒤에 90에폭을 더한 것입니다. 점 하나가 시드 하나이고,
    세로선이 노트에 적힌 0.9785입니다.

    대체 텍스트: 세로로 다섯 설정이 놓여 있습니다. SGD로 30에폭 학습한 두 설정의 점들은
    세로선의 왼쪽에 멀리 떨어져 있고, Adam을 쓴 점의 대부분과 네 배 오래 학습한 점은 세로선
    가까이에 모여 있습니다.
    """
    found = accuracies(fit) | {"드롭아웃, SGD 네 배": longer(fit)}
    fig, ax = plt.subplots(figsize=(4.6, 3), layout="constrained")
    for place, group in enumerate(found.values()):
        color = f"C{place % 10}"
        ax.plot(group, [place] * len(group), "o", color=color, alpha=0.7)
    ax.axvline(SOURCE, color="C7", linestyle="--", label="노트 0.9785")
    ax.set_yticks(range(len(found)), list(found))
    ax.invert_yaxis()
    ax.set_xlabel("테스트 정확도")
    ax.margins(y=0.12)
    ax.legend(loc="lower left")
    return fig


def figure_validation(fit):
    """에폭에 따른 검증 정확도(위)와 검증 손실(아래). 시드 5개의 평균입니다.

    대체 텍스트: 위에서 Adam의 두 곡선은 첫 에폭부터 높고 SGD의 두 곡선은 천천히
    따라옵니다. 아래에서 SGD의 두 곡선은 계속 내려가지만, Adam의 두 곡선은 일찍
    가장 낮아졌다가 다시 올라갑니다. 드롭아웃이 있어도 없어도 비슷하게 올라갑니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 6), layout="constrained")
    for ax, key, label in (
        (axes[0], "val_accuracy", "검증 정확도"),
        (axes[1], "val_loss", "검증 손실"),
    ):
        for color, config in enumerate(CONFIGS):
            mean = curves(fit, key, *config).mean(axis=0)  # (에폭,)
            style = "--" if config[0] else "-"
            x = range(1, len(mean) + 1)
            ax.plot(x, mean, style, color=f"C{color}", label=name_of(*config))
        ax.set(xlabel="에폭", ylabel=label)
    axes[0].set_ylim(bottom=0.9)
    axes[1].set_ylim(top=0.35)
    axes[0].legend()
    return fig

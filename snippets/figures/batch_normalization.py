"""배치 정규화 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import chosen, difference, with_sign
from runs.batch_normalization import ARMS, DEPTHS, SIZES, of_arm, rows_of, tuned


def figure_scales(scale):
    """층마다 ReLU에 들어가는 값의 표준편차, 학습하기 전과 5에폭 뒤. 은닉층 16개,
    학습률 0.03, 시드 5개의 평균이고 띠는 최소와 최대입니다. 아래에서는 두 선이 겹칩니다.

    대체 텍스트: 위는 배치 정규화가 없고 아래는 있습니다. 위는 학습한 뒤의 선이 뒤쪽
    층으로 갈수록 위로 올라가고, 아래는 두 선이 모두 1 근처에서 수평입니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.8), sharey=True, layout="constrained"
    )
    for ax, arm in zip(axes, ARMS, strict=True):
        row = of_arm(scale, arm).iloc[0]
        for when, label, style in (
            ("before", "학습 전", "o--"),
            ("after", "학습 뒤", "s-"),
        ):
            std = np.array(row[when])  # (시드 수, 층의 수)
            layer = np.arange(1, std.shape[1] + 1)
            ax.plot(layer, std.mean(axis=0), style, markersize=4, label=label)
            ax.fill_between(layer, std.min(axis=0), std.max(axis=0), alpha=0.2)
        ax.set(title=ARMS[arm], ylabel="들어가는 값의 표준편차")
        ax.set(xticks=[1, 4, 8, 12, 16], xlabel="층 번호")
        ax.set_ylim(bottom=0)
    axes[0].legend()
    return fig


def figure_rates(depth):
    """학습률에 따른 검증 정확도. 은닉층이 2개, 8개, 16개일 때이고, 선은 시드 5개의 평균,
    띠는 최소와 최대입니다.

    대체 텍스트: 은닉층이 2개이면 두 선이 가깝습니다. 깊어질수록 배치 정규화가 없는 선은
    낮아지고 큰 학습률에서 0.1까지 떨어지며, 배치 정규화의 선은 큰 학습률에서 더 높습니다.
    """
    fig, axes = plt.subplots(
        3, 1, figsize=(4.6, 7.4), sharex=True, layout="constrained"
    )
    for ax, layers in zip(axes, DEPTHS, strict=True):
        for arm, marker in zip(ARMS, "os", strict=True):
            rows = rows_of(of_arm(depth, arm), depth=layers)
            found = rows.groupby("lr")["val_accuracy"].agg(["mean", "min", "max"])
            ax.semilogx(found.index, found["mean"], marker + "-", label=ARMS[arm])
            ax.fill_between(found.index, found["min"], found["max"], alpha=0.2)
        ax.set(title=f"은닉층 {layers}개", ylabel="검증 정확도", ylim=(0, 1))
    axes[-1].set_xlabel("학습률")
    axes[0].legend(loc="lower left")
    return fig


def figure_sizes(small):
    """미니배치의 크기와 테스트 정확도. 학습률은 크기마다 저마다 검증 데이터로 골랐고,
    점은 시드 5개의 평균, 막대는 최소와 최대입니다. 띄엄띄엄한 선은 추론할 때도 미니배치의
    통계를 썼습니다.

    대체 텍스트: 정규화가 없는 선은 미니배치가 작아도 거의 수평입니다. 배치 정규화의 두
    선은 미니배치가 2장일 때 크게 떨어지고, 미니배치의 통계를 쓴 선이 더 낮습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.4), layout="constrained")
    for arm, key, label, style in (
        ("plain", "test_accuracy", "없음", "o-"),
        ("batch", "test_accuracy", "배치 정규화, 모아 둔 통계", "s-"),
        ("batch", "batch_accuracy", "배치 정규화, 미니배치의 통계", "^--"),
    ):
        cases = of_arm(small, arm)
        found = np.array([tuned(cases, key, batch_size=size) for size in SIZES])
        mean = found.mean(axis=1)  # (크기의 수,)
        reach = [mean - found.min(axis=1), found.max(axis=1) - mean]
        ax.errorbar(SIZES, mean, reach, fmt=style, capsize=3, label=label)
    ax.set_xscale("log", base=2)
    ax.set_xticks(SIZES, SIZES)
    ax.set(xlabel="미니배치의 크기", ylabel="테스트 정확도")
    ax.legend(loc="lower right")
    return fig


def table_tuned(depth):
    """검증 정확도로 고른 학습률과, 그때의 마지막 훈련 손실과 테스트 정확도. 시드 5개의
    평균이고, 차이는 배치 정규화에서 없음을 뺀 것과 95 % 신뢰 구간의 반폭입니다.
    """
    rows = []
    for layers in DEPTHS:
        scores = [tuned(of_arm(depth, arm), depth=layers) for arm in ARMS]
        for arm, score in zip(ARMS, scores, strict=True):
            cases = of_arm(depth, arm)
            rows.append(
                {
                    "은닉층": layers,
                    "정규화": ARMS[arm].replace(" ", "\u00a0"),
                    "정확도": score.mean(),
                    "차이": with_sign(difference(scores[1], scores[0]), 3)
                    if arm == "batch"
                    else "",
                    "학습률": chosen(rows_of(cases, depth=layers), "lr"),
                    "훈련 손실": tuned(cases, "loss", depth=layers).mean(),
                }
            )
    return pd.DataFrame(rows).round(3)

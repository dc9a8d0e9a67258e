"""Fashion-MNIST 심층 신경망 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import mean_and_sd, pick
from runs.fashion_deep import (
    NAMES,
    PROGRAMS,
    RATES,
    SOURCE,
    best_rate,
    by_epoch,
    last,
    select,
    z_scores,
)

# ---------------------------------------------------------------- 그림


def figure_bars(fit):
    """에폭별 정확도. 점은 원본 노트의 값, 실선은 옛 진행 막대를 되살린 값, 파선은 한 에폭의
    평균(에폭 평균)입니다. 띠는 시드들의 최솟값과 최댓값입니다.

    대체 텍스트: 칸이 셋이고 위에서부터 Sigmoid와 RMSProp, ReLU와 RMSProp, ReLU와 Adam의
    학습입니다. 칸마다 첫 에폭에서 원본의 점은 되살린 막대 가까이에 있고, 에폭 평균은 그보다
    훨씬 높습니다. 에폭이 지날수록 두 선이 붙습니다.
    """
    fig, axes = plt.subplots(
        3, 1, figsize=(4.6, 7.8), sharex=True, layout="constrained"
    )
    for ax, (program, title) in zip(axes, NAMES.items()):
        rows = select(fit, program)
        for key, style, label in (
            ("bar_accuracy", "C0-", "되살린 막대"),
            ("accuracy", "C1--", "에폭 평균"),
        ):
            values = by_epoch(rows, key)  # (에폭 수, 시드 수)
            epochs = np.arange(1, len(values) + 1)
            ax.plot(epochs, values.mean(axis=1), style, label=label)
            ax.fill_between(
                epochs,
                values.min(axis=1),
                values.max(axis=1),
                color=style[:2],
                alpha=0.25,
                linewidth=0,
            )
        ax.plot(epochs, SOURCE[program]["accuracy"], "C3o", label="원본 노트")
        ax.set(title=title, ylabel="훈련 정확도", xticks=epochs)
    axes[0].legend(loc="lower right")
    axes[-1].set_xlabel("에폭")
    return fig


def figure_final(fit):
    """5에폭 뒤의 검증 정확도와 테스트 정확도. 가는 선은 시드가 같은 학습을 잇고, 굵은 점은
    평균입니다.

    대체 텍스트: 칸이 둘이고 위는 검증, 아래는 테스트입니다. 칸마다 가로축에 세
    프로그램이 있습니다. 시드에 따른 흩어짐이 세 평균의 차이와 비슷한 크기입니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 6.2), sharey=True, layout="constrained"
    )
    values = {
        "검증": np.array([last(select(fit, p), "val_accuracy") for p in NAMES]),
        "테스트": np.array([select(fit, p)["test_accuracy"] for p in NAMES]),
    }  # (3, 시드 수)
    for ax, (name, table) in zip(axes, values.items()):
        ax.plot(table, "C0.-", alpha=0.4)
        ax.plot(table.mean(axis=1), "C1o", markersize=9)
        ax.set_xticks(range(3), [label.replace(", ", "\n") for label in NAMES.values()])
        ax.set(title=f"{name} 정확도", xlim=(-0.4, 2.4))
    return fig


# ---------------------------------------------------------------- 표


def table_epochs(fit):
    """에폭별 정확도. 원본 노트의 값, 옛 진행 막대를 되살린 값의 평균, 원본이 거기서 떨어진
    정도 z, 에폭 평균입니다. Sigmoid와 ReLU는 RMSProp으로, Adam은 ReLU로
    학습했습니다.
    """
    rows = []
    for program, name in zip(PROGRAMS, ("Sigmoid", "ReLU", "Adam")):
        runs = select(fit, program)
        bars, means = by_epoch(runs, "bar_accuracy"), by_epoch(runs, "accuracy")
        zs = z_scores(fit, program, "bar_accuracy")
        for epoch, source in enumerate(SOURCE[program]["accuracy"]):
            rows.append(
                {
                    "학습": name if epoch == 0 else "",
                    "에폭": epoch + 1,
                    "원본": source,
                    "막대": bars[epoch].mean(),
                    "z": zs[epoch],
                    "에폭 평균": means[epoch].mean(),
                }
            )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "원본": ".4f",
        "막대": ".4f",
        "z": "+.1f",
        "에폭 평균": ".4f",
    }
    return frame


def table_results(fit):
    """5에폭 뒤의 성적. 시드 열 개의 평균 ± 표준편차입니다."""

    rows = [
        {
            "학습": name,
            "검증 정확도": mean_and_sd(last(select(fit, program), "val_accuracy")),
            "테스트 정확도": mean_and_sd(select(fit, program)["test_accuracy"]),
        }
        for program, name in NAMES.items()
    ]
    return pd.DataFrame(rows)


def table_rates(rates):
    """학습률에 따른 5에폭 뒤의 정확도. 시드 5개의 평균 ± 표준편차. ★는 검증 정확도로 고른
    학습률입니다.
    """
    rows = []
    for program, name in NAMES.items():
        for lr in RATES[program]:
            star = "★" if lr == best_rate(rates, program) else ""
            row = {"학습": name, "학습률": lr, "고름": star}
            for part, label in (("val", "검증 정확도"), ("test", "테스트 정확도")):
                values = pick(rates, f"{part}_accuracy", program=program, lr=lr)
                row[label] = mean_and_sd(values)
            rows.append(row)
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g"}
    return frame


def table_counts(split):
    """검증 데이터 12,000장에 든 클래스마다의 장수. 세 가지 방법으로 나누었습니다."""
    return pd.DataFrame(
        {
            "클래스": range(10),
            "섞어서": split["permuted"],
            "뒤쪽 20 %": split["tail"],
            "층화": split["stratified"],
        }
    )


def table_again(again):
    """다시 부르기 직전의 걸음 수와 훈련 손실. 손실은 시드 세 개의 평균입니다."""
    names = {
        "first": "처음",
        "again": "fit을 다시",
        "recompiled": "compile하고 fit",
        "cloned": "clone_model하고 fit",
    }
    rows = [
        {
            "부른 것": name,
            "걸음 수": int(again[f"{key}_steps"].iloc[0]),
            "그때의 손실": again[f"{key}_before"].mean(),
        }
        for key, name in names.items()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"걸음 수": "d", "그때의 손실": ".3f"}
    return frame

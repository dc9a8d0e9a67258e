"""두 MNIST 프로그램 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import mean_and_sd, with_sign
from runs.mnist_two_programs import (
    FILES,
    RUNGS,
    best_rate,
    gains,
    on_rung,
    run_of,
)

# ---------------------------------------------------------------- 두 프로그램


def table_programs(programs):
    """두 프로그램의 다른 점. 만든 모델에서 읽어 적었습니다."""
    rows = {
        "모델 구조": lambda p: " → ".join(["784"] + [str(u) for u in p["units"]]),
        "은닉층의 활성화": lambda p: (
            " · ".join(sorted(set(p["activations"][:-1]))) or "–"
        ),
        "출력층의 활성화": lambda p: p["activations"][-1],
        "드롭아웃": lambda p: " · ".join(str(rate) for rate in p["dropout"]) or "–",
        "옵티마이저": lambda p: f"{p['optimizer']}({p['lr']:g})",
        "에폭": lambda p: str(p["epochs"]),
        "배치 크기": lambda p: str(p["batch_size"]),
        "매개변수": lambda p: f"{p['parameters']:,}",
    }
    return pd.DataFrame(
        {
            "다른 점": name,
            **{FILES[program]: show(programs[program]) for program in FILES},
        }
        for name, show in rows.items()
    )


# ---------------------------------------------------------------- 끝까지 학습하기


def figure_full_curves(full):
    """끝까지 학습한 두 프로그램의 검증 정확도(위)와 손실(아래). 손실의 실선은 검증
    데이터, 점선은 훈련 데이터에서 잰 값이고, 동그라미는 검증 손실이 가장 낮은 에폭입니다.

    대체 텍스트: 위에서 op_mnist.py의 곡선은 처음부터 mnist.py의 곡선보다 높습니다.
    아래에서 mnist.py의 두 곡선은 끝까지 함께 천천히 내려갑니다. op_mnist.py의 훈련
    손실은 계속 내려가지만 검증 손실은 도중에 가장 낮아진 뒤 더 내려가지 않습니다.
    """
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(4.6, 5.8), layout="constrained")
    for color, program in (("C0", "mnist"), ("C1", "op_mnist")):
        run = run_of(full, program)
        x = np.arange(1, len(run["val_loss"]) + 1)
        best = int(np.argmin(run["val_loss"]))
        top.plot(x, run["val_accuracy"], color, label=FILES[program])
        bottom.plot(x, run["val_loss"], color)
        bottom.plot(x, run["loss"], color, linestyle=":")
        bottom.plot(x[best], run["val_loss"][best], color + "o")
    top.set(xlabel="에폭", ylabel="검증 정확도")
    bottom.set(xlabel="에폭", ylabel="손실", ylim=(0, 0.6))
    top.legend()
    return fig


def table_full_results(full):
    """끝까지 학습한 두 프로그램. 훈련 데이터 60,000장(그 가운데 20%는 검증), 시드 하나."""
    rows = []
    for program in FILES:
        run = run_of(full, program)
        rows.append(
            {
                "프로그램": FILES[program],
                "검증 정확도": run["val_accuracy"][-1],
                "테스트 정확도": run["test_accuracy"],
                "테스트 손실": run["test_loss"],
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = dict.fromkeys(frame.columns[1:], ".4f")
    return frame


# ---------------------------------------------------------------- 한 칸씩 더하기


def figure_ladder(ladder):
    """한 칸씩 더할 때의 테스트 정확도. 동그라미는 학습률을 저마다 고른 것, 네모는 두 프로그램에
    적힌 학습률(SGD 0.01, Adam 0.0003)을 쓴 것입니다. 점 하나가 시드 하나이고 선은 평균을
    이었습니다.

    대체 텍스트: 가로로 소프트맥스, 은닉층, Adam, 드롭아웃을 더한 네 칸이 놓여 있습니다.
    적힌 학습률의 선은 은닉층과 Adam에서 두 번 오릅니다. 학습률을 고른 선은 은닉층을 더한
    칸에서 거의 다 오르고 그 뒤로는 거의 평평합니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.6), layout="constrained")
    for given, style, label in (
        (False, "C0o", "학습률을 고름"),
        (True, "C1s", "적힌 학습률"),
    ):
        groups = [on_rung(ladder, rung, given=given) for rung in RUNGS]
        means = [group.mean() for group in groups]
        ax.plot(means, style[:2] + "-", linewidth=1)
        for place, group in enumerate(groups):
            only = {"label": label} if place == 0 else {}
            ax.plot([place] * len(group), group, style, alpha=0.7, **only)
    ax.set_xticks(
        range(len(RUNGS)), [label.replace(", ", ",\n") for label in RUNGS.values()]
    )
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="lower right")
    return fig


def table_rungs(ladder):
    """한 칸씩 더할 때 오른 만큼과 테스트 정확도. 학습률은 칸마다 검증 데이터로 골랐습니다.
    MNIST 12,000장, 15에폭, 시드 3개의 평균 ± 표준편차이고, 오른 만큼은 짝 차이의 평균 ±
    95% 신뢰 구간의 반폭입니다.
    """
    found = gains(ladder)
    return pd.DataFrame(
        {
            "칸": label,
            "오른 만큼": with_sign(found[rung]) if rung in found else "–",
            "정확도": mean_and_sd(on_rung(ladder, rung)),
            "학습률": f"{best_rate(ladder, rung):g}",
        }
        for rung, label in RUNGS.items()
    )

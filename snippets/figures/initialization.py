"""가중치 초기화 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from runs.initialization import FLOWS, LABELS, LN10, runs_of

SHORT = {  # 좁은 표에서 줄이 갈라지지 않게 붙임 빈칸을 씁니다
    name: label.replace(", 0.", ", .").replace(" ", "\u00a0")
    for name, label in LABELS.items()
}


def figure_fates(fit):
    """처음 가중치만 다른 같은 신경망의 훈련 손실. 선은 시드 5개의 중앙값, 띠는 최소와
    최대, 0에폭은 학습하기 전의 손실입니다. N(0, 1²)은 그림보다 훨씬 높은 곳에서
    시작하여 더 높아졌다가, 둘째 에폭에 ln 10 가까이로 떨어집니다.

    대체 텍스트: He의 손실은 곧바로 0.1 근처까지 내려갑니다. N(0, 0.01²)은 첫 에폭을
    평평하게 가다가 뒤늦게 내려가고, 모두 0인 경우는 ln 10의 파선에 붙어 있습니다. N(0, 1²)은
    그림 위에 있다가 둘째 에폭부터 파선 가까이에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    shown = {"he": "o", "normal_001": "s", "zeros": "^", "normal_1": "x"}
    for init, marker in shown.items():
        first = runs_of(fit, "first", init=init)[:, None]  # (시드 수, 1)
        curve = np.hstack([first, runs_of(fit, "loss", init=init)])
        epoch = np.arange(curve.shape[1])
        ax.plot(epoch, np.median(curve, axis=0), marker + "-", label=LABELS[init])
        ax.fill_between(epoch, curve.min(axis=0), curve.max(axis=0), alpha=0.2)
    ax.axhline(LN10, color="C6", linestyle="--", linewidth=1)
    ax.text(5, LN10 + 0.06, "ln 10", ha="right")
    ax.set(ylim=(0, 3), xlabel="에폭", ylabel="훈련 손실", xticks=range(6))
    ax.legend(loc=(0.64, 0.4))
    return fig


def draw_flow(spread, part, title):
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 6.6), sharex=True, sharey=True, layout="constrained"
    )
    for ax, activation in zip(axes, ("tanh", "relu"), strict=True):
        for init, marker in zip(FLOWS, "x^so", strict=True):
            std = spread[f"{activation}_{init}"][part]
            layer = np.arange(1, len(std) + 1)
            ax.semilogy(layer, std, marker + "-", markersize=4, label=LABELS[init])
        ax.set(title=activation.replace("relu", "ReLU"), ylabel=title)
        ax.set(xticks=[1, 5, 10, 15, 20], ylim=(1e-5, 1e5))
    axes[1].set_xlabel("층 번호")
    fig.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2
    )
    return fig


def figure_forward(spread):
    """층을 지나는 값 z의 표준편차. 학습하기 전, 폭 128인 은닉층 20개, 시드 3개의
    중앙값입니다. N(0, 1²)과 N(0, 0.01²)은 그림 밖으로 나갑니다.

    대체 텍스트: ReLU에서 He의 선만 1 근처에서 수평입니다. N(0, 1²)은 로그 눈금에서 곧게
    올라가고, N(0, 0.01²)은 곧게 떨어지며, Glorot는 천천히 내려갑니다. tanh에서는
    N(0, 1²)이 10 남짓에서 멈추고 He는 1 근처에 남으며 Glorot는 천천히 줄어듭니다.
    """
    return draw_flow(spread, "forward", "z의 표준편차")


def figure_backward(spread):
    """거꾸로 흐르는 기울기 ∂L/∂z의 표준편차. 20층의 출력에 크기 1인 기울기를 넣고 1층까지
    거슬러 갔습니다. 오른쪽에서 왼쪽으로 읽고, 앞의 그림과 눈금이 같습니다.

    대체 텍스트: 왼쪽 1층으로 갈수록 N(0, 1²)은 커지고 N(0, 0.01²)은 작아집니다.
    He는 두 그림 모두 거의 수평이고, Glorot는 tanh에서 완만하게 작아집니다.
    """
    return draw_flow(spread, "backward", "∂L/∂z의 표준편차")


def figure_histogram(spread):
    """Tanh 신경망에서 10층의 출력 h. 위는 거의 모두 0이고, 가운데는 거의 모두 −1이나 1이며,
    아래만 그 사이에 퍼져 있습니다.

    대체 텍스트: N(0, 0.01²)의 막대는 0 하나에, N(0, 1²)의 막대는 양 끝에 몰려 있고,
    Glorot의 막대는 종 모양입니다.
    """
    fig, axes = plt.subplots(
        3, 1, figsize=(4.6, 5.4), sharex=True, layout="constrained"
    )
    for ax, init in zip(axes, ("normal_001", "normal_1", "glorot"), strict=True):
        share = spread[f"tanh_{init}"]["histogram"]
        edges = np.linspace(-1, 1, len(share) + 1)
        ax.bar(edges[:-1], share, np.diff(edges), align="edge")
        ax.set(title=LABELS[init], ylabel="비율", yticks=[])
    axes[-1].set_xlabel("$h$")
    return fig


def figure_cosines(likeness):
    """처음에 꽤 닮은 두 입력이 층을 지나며 얼마나 닮았는지. 1이면 같은 방향이고 0이면 서로
    무관합니다. 학습하기 전, 폭 128, 시드 20개의 평균입니다.

    대체 텍스트: 두 선 모두 0.9 근처에서 시작합니다. Tanh와 N(0, 1²)의 선은 다섯 층쯤에
    0.2 언저리로, 열 층 뒤에는 0으로 떨어집니다. ReLU와 He의 선은 1로 다가갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    labels = {"tanh_normal_1": "Tanh, N(0, 1²)", "relu_he": "ReLU, He"}
    for (name, label), marker in zip(labels.items(), "os", strict=True):
        ax.plot(likeness[name]["mean"], marker + "-", markersize=4, label=label)
    ax.axhline(0, color="C6", linestyle="--", linewidth=1)
    ax.set(xlabel="지나온 층의 수", ylabel="두 출력의 코사인", xticks=range(0, 21, 5))
    ax.legend()
    return fig


def table_first(fit):
    """학습하기 전의 손실과 첫 층 기울기의 크기, 5에폭 뒤의 테스트 정확도. MNIST 5000장,
    시드 5개의 평균입니다.
    """
    rows = [
        {
            "초기화": SHORT[init],
            "처음 손실": runs_of(fit, "first", init=init).mean(),
            "첫 층 기울기": runs_of(fit, "gradients", init=init)[:, 0].mean(),
            "정확도": runs_of(fit, "accuracy", init=init).mean(),
        }
        for init in fit["init"]
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "처음 손실": ".3f",
        "첫 층 기울기": ".2g",
        "정확도": ".3f",
    }
    return frame


def table_depth(deep):
    """은닉층이 여섯인 신경망의 테스트 정확도. MNIST 5000장, SGD(0.2), 4에폭, 시드
    5개의 평균과 표준편차입니다.
    """
    rows = [
        {
            "초기화": SHORT[row.init],
            "배치 정규화": "씀" if row.normalize else "안 씀",
            "정확도": np.mean(row.accuracy),
            "표준편차": np.std(row.accuracy, ddof=1),
        }
        for row in deep.itertuples()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"정확도": ".3f", "표준편차": ".3f"}
    return frame


def table_stuck(fit, stuck):
    """초기화와 학습률을 바꾼 세 에폭의 훈련 손실. 기울기는 학습하기 전 첫 층에서
    잰 크기입니다. MNIST 5000장, 시드 평균입니다.
    """
    rows = []
    for frame, init, lr in (
        (fit, "zeros", 0.2),
        (stuck, "zeros", 2.0),
        (fit, "normal_0001", 0.2),
        (stuck, "normal_0001", 2.0),
        (stuck, "he", 0.0002),
        (stuck, "he", 0.002),
        (stuck, "he", 0.02),
        (fit, "normal_1", 0.2),
        (stuck, "normal_1", 0.002),
    ):
        where = {"init": init} | ({"lr": lr} if "lr" in frame else {})
        rows.append(
            {
                "초기화": SHORT[init],
                "학습률": lr,
                "기울기": runs_of(frame, "gradients", **where)[:, 0].mean(),
                "1에폭": runs_of(frame, "loss", **where)[:, 0].mean(),
                "3에폭": runs_of(frame, "loss", **where)[:, 2].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "학습률": "g",
        "기울기": ".2g",
        "1에폭": ".3g",
        "3에폭": ".3g",
    }
    return frame

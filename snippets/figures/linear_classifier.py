"""선형 분류기 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import pick
from matplotlib.patches import FancyBboxPatch
from runs.linear_classifier import PASSES, PIXELS, RACERS, best_runs

CLOTHES = (
    *("티셔츠", "바지", "스웨터", "원피스", "외투"),
    *("샌들", "셔츠", "운동화", "가방", "앵클부츠"),
)


# ---------------------------------------------------------------- 벡터화


def figure_vector(vector):
    """4×4 이미지를 한 줄로 편 벡터. 같은 행에서 온 칸은 같은 색입니다.

    대체 텍스트: 위에 숫자가 적힌 네 줄짜리 격자가 있고, 아래에 첫 줄, 둘째 줄, 셋째 줄,
    넷째 줄의 숫자를 차례로 이어 붙인 열여섯 칸의 띠가 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.1))
    for (row, column), value in np.ndenumerate(np.array(vector["image"])):
        cell(ax, 5.2 + 1.4 * column, 7 - 1.2 * row, 1.4, 1.2, row, str(value), 10)
    for place, value in enumerate(vector["flatten"]):
        cell(ax, place, 0, 1, 1.1, place // 4, str(value), 9)
    ax.annotate(
        "",
        (8, 1.3),
        (8, 3.2),
        arrowprops={"arrowstyle": "-|>", "linewidth": 2, "color": "C6"},
    )
    ax.text(8.4, 2.25, "x.reshape(-1)", va="center", family="monospace")
    ax.text(4.8, 5.8, "(4, 4)", ha="right", va="center")
    ax.text(0, 1.6, "(16,)", va="center")
    ax.set(xlim=(-0.1, 16.1), ylim=(-0.2, 8.4))
    ax.axis("off")
    return fig


def cell(ax, left, bottom, width, height, color, text, size):
    ax.add_patch(
        plt.Rectangle((left, bottom), width, height, color=f"C{color}", alpha=0.25)
    )
    ax.add_patch(
        plt.Rectangle((left, bottom), width, height, fill=False, linewidth=0.8)
    )
    place = (left + width / 2, bottom + height / 2)
    ax.text(*place, text, ha="center", va="center", fontsize=size)


# ---------------------------------------------------------------- 점수


PATTERNS = ("가로줄", "세로줄", "대각선")


def table_steps(example):
    """2×2 이미지 (1, 0.75, 0.25, 0)의 점수가 확률과 손실이 되기까지. 손실은 정답이
    그 클래스일 때의 값입니다.
    """
    frame = pd.DataFrame(
        {
            "클래스": PATTERNS,
            "점수 s": example["scores"],
            "e^s": example["exp"],
            "확률 p": example["p"],
            "손실 −ln p": example["losses"],
        }
    )
    frame.attrs["format"] = {
        "점수 s": ".1f",
        "e^s": ".3f",
        "확률 p": ".3f",
        "손실 −ln p": ".3f",
    }
    return frame


def figure_tiny():
    """2×2 이미지 하나와 세 클래스의 가중치. 이미지는 밝을수록 1, 가중치는 파란 칸이 +1,
    주황 칸이 −1입니다.

    대체 텍스트: 입력은 윗줄 두 칸이 밝습니다. 가로줄의 가중치는 윗줄이 +1, 아랫줄이 −1이고,
    세로줄은 왼쪽 열이 +1, 대각선은 왼쪽 위와 오른쪽 아래가 +1입니다.
    """
    image = np.array([[1.0, 0.75], [0.25, 0.0]])
    signs = [[[1, 1], [-1, -1]], [[1, -1], [1, -1]], [[1, -1], [-1, 1]]]
    fig, axes = plt.subplots(1, 4, figsize=(4.6, 1.8))
    axes[0].imshow(image, cmap="gray", vmin=-0.3, vmax=1)
    axes[0].set_title("입력 $x$", fontsize=11)
    for (row, column), value in np.ndenumerate(image):
        color = "black" if value > 0.5 else "white"
        axes[0].text(column, row, f"{value:g}", ha="center", va="center", color=color)
    for ax, sign, name in zip(axes[1:], signs, PATTERNS, strict=True):
        for (row, column), value in np.ndenumerate(np.array(sign)):
            text = "+1" if value > 0 else "−1"
            color = 0 if value > 0 else 1
            cell(ax, column - 0.5, row - 0.5, 1, 1, color, text, 11)
        ax.set(xlim=(-0.5, 1.5), ylim=(1.5, -0.5), aspect="equal")
        ax.set_title(name, fontsize=11)
    for ax in axes:
        ax.axis("off")
    return fig


def figure_shapes():
    """점수 계산의 모양. 위는 이미지 한 장, 아래는 이미지 n장을 한꺼번에 계산합니다.
    안쪽의 두 784가 맞닿아 사라집니다.

    대체 텍스트: 784칸짜리 가로 띠에 세로 784, 가로 10인 행렬을 곱하고 10칸짜리 띠를 더하면
    10칸짜리 띠가 됩니다. 아래 줄에서는 띠가 n줄로 두꺼워지지만 가중치와 편향은 그대로입니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 4.4))
    for ax, height, (x, s), rows in (
        (axes[0], 0.35, ("$x$", "$s$"), ""),
        (axes[1], 1.4, ("$X$", "$S$"), "n, "),
    ):
        box(ax, 0, height, 3.0, x, f"({rows}784)" if rows else "(784,)", "C0")
        box(ax, 3.8, 3.0, 0.9, "$W$", "(784, 10)", "C1")
        box(ax, 6.0, 0.35, 0.9, "$b$", "(10,)", "C2")
        box(ax, 8.2, height, 0.9, s, f"({rows}10)" if rows else "(10,)", "C3")
        for place, sign in ((3.4, "·"), (5.35, "+"), (7.55, "=")):
            ax.text(place, 0, sign, ha="center", va="center", fontsize=16)
        ax.set(xlim=(-0.1, 9.8), ylim=(-2.35, 1.7))
        ax.axis("off")
    axes[0].set_title("이미지 한 장", fontsize=11)
    axes[1].set_title("이미지 n장", fontsize=11)
    return fig


def box(ax, left, height, width, name, shape, color):
    corner = (left, -height / 2)
    ax.add_patch(plt.Rectangle(corner, width, height, color=color, alpha=0.3))
    ax.add_patch(plt.Rectangle(corner, width, height, fill=False, edgecolor=color))
    middle = left + width / 2
    ax.text(middle, 0, name, ha="center", va="center", fontsize=12)
    ax.text(middle, -height / 2 - 0.15, shape, ha="center", va="top", fontsize=9.5)


# ---------------------------------------------------------------- 소프트맥스


def table_overflow_rows(overflow):
    """점수 (s, 0, 0)에서 첫째 클래스의 확률을 float32로 계산한 값. inf는 무한대, nan은
    수가 아니라는 뜻입니다.
    """
    frame = pd.DataFrame(overflow["rows"])[["top", "exp", "naive", "stable"]]
    frame["exp"] = [f"{float(value):.3g}" for value in frame["exp"]]
    frame["naive"] = [f"{float(value):.3g}" for value in frame["naive"]]
    frame.columns = ["점수 s", "e^s", "정의대로", "가장 큰 점수를 빼고"]
    frame.attrs["format"] = {"가장 큰 점수를 빼고": ".3g"}
    return frame


# ---------------------------------------------------------------- 교차 엔트로피


def figure_surprise():
    """정답 클래스에 준 확률과 손실. 점은 열 클래스에 똑같이 0.1씩 주었을 때입니다.

    대체 텍스트: 확률이 1이면 손실은 0이고, 확률이 0으로 갈수록 곡선이 가파르게 치솟습니다.
    """
    p = np.linspace(0.005, 1, 400)
    fig, ax = plt.subplots(figsize=(4.6, 3))
    ax.plot(p, -np.log(p), "C0")
    ax.plot(0.1, np.log(10), "C1o", markersize=8)
    ax.annotate("$p_y = 0.1$, $L = \\ln 10$", (0.1, np.log(10)), (0.15, 2.4))
    ax.set(xlabel="정답 클래스의 확률 $p_y$", ylabel="손실 $L$", ylim=(-0.1, 5.3))
    return fig


# ---------------------------------------------------------------- 학습


def figure_opening(learn):
    """테스트 이미지 열 장을 행렬곱 한 번으로 알아본 결과. 클래스마다 첫 이미지를 골랐고,
    백분율은 분류기가 그 답에 준 확률입니다. ×는 틀린 답입니다.

    대체 텍스트: 옷과 신발과 가방의 흑백 이미지 열 장이 두 줄로 있고, 이미지마다 위에
    분류기의 답과 확률이 적혀 있습니다.
    """
    fig, axes = plt.subplots(2, 5, figsize=(4.6, 3))
    for ax, image, guess, answer, sure in zip(
        axes.flat,
        learn["images"],
        learn["guesses"],
        learn["answers"],
        learn["confidence"],
        strict=False,
    ):
        ax.imshow(np.reshape(image, (28, 28)), cmap="gray", vmin=0, vmax=255)
        mark = "" if guess == answer else " ×"
        color = {} if guess == answer else {"color": "C1"}
        ax.set_title(f"{CLOTHES[guess]}{mark}\n{sure:.0%}", fontsize=10, **color)
    for ax in axes.flat:
        ax.axis("off")
    return fig


def figure_flow():
    """선형 분류기의 다섯 단계. 갱신한 가중치로 다시 점수를 매기고, 이것을 되풀이합니다.

    대체 텍스트: 이미지에서 벡터, 벡터에서 점수, 점수에서 확률, 확률과 정답에서 손실,
    손실에서 갱신으로 화살표가 이어지고, 갱신에서 점수로 화살표가 되돌아갑니다.
    """
    places = {
        "이미지": (0, 2, "(28, 28)", "C6"),
        "벡터": (1, 2, "$x$: (784,)", "C0"),
        "점수": (1, 1, "$s = xW + b$", "C1"),
        "확률": (0, 1, "$p$ = softmax($s$)", "C2"),
        "손실": (0, 0, r"$L = -\ln p_y$", "C3"),
        "갱신": (1, 0, r"$W - \eta\,\partial L/\partial W$", "C7"),
    }
    steps = ("① 펴기", "② 곱하기", "③ 소프트맥스", "④ 정답과 견주기", "⑤ SGD")
    fig, ax = plt.subplots(figsize=(4.6, 4.2))
    for name, (column, row, note, color) in places.items():
        corner = (column - 0.36, row - 0.25)
        patch = {"boxstyle": "round,pad=0.02", "edgecolor": color, "linewidth": 1.6}
        ax.add_patch(FancyBboxPatch(corner, 0.72, 0.5, facecolor="none", **patch))
        ax.text(column, row + 0.1, name, ha="center", va="center", fontsize=13)
        ax.text(column, row - 0.11, note, ha="center", va="center")
    names = list(places)
    for label, one, two in zip(steps, names[:-1], names[1:], strict=True):
        (x0, y0, *_), (x1, y1, *_) = places[one], places[two]
        side = 0.39 * np.sign(x1 - x0), 0.28 * np.sign(y1 - y0)
        arrow(ax, (x0 + side[0], y0 + side[1]), (x1 - side[0], y1 - side[1]), "C6")
        if y0 == y1:
            ax.text(0.5, y0 + 0.36, label, ha="center", va="center")
        else:
            ax.text(x0 - 0.04, (y0 + y1) / 2, label, ha="right", va="center")
    arrow(ax, (1, 0.28), (1, 0.72), "C7")
    ax.text(0.96, 0.5, "새 $W$로 다시", ha="right", va="center", color="C7")
    ax.set(xlim=(-0.42, 1.42), ylim=(-0.3, 2.45))
    ax.axis("off")
    return fig


def arrow(ax, start, end, color):
    style = {"arrowstyle": "-|>", "linewidth": 1.6, "color": color}
    ax.annotate("", end, start, arrowprops={**style, "shrinkA": 0, "shrinkB": 0})


def figure_learning(learn):
    """학습하는 동안의 손실. 흐린 선은 미니배치 50장의 손실, 점은 에폭이 끝날 때마다 잰
    훈련 데이터 전체의 손실입니다.

    대체 텍스트: 흐린 선은 위아래로 크게 흔들리고, 점을 이은 선은 처음에 가파르게, 나중에
    완만하게 내려갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2))
    batches = np.array(learn["batches"])
    turns = len(learn["epochs"]) - 1
    place = np.arange(len(batches)) * turns / len(batches)
    ax.plot(place, batches, "C0", linewidth=0.5, alpha=0.45, label="미니배치의 손실")
    ax.plot(range(turns + 1), learn["epochs"], "C1o-", label="훈련 손실")
    ax.axhline(np.log(10), color="C6", linestyle="--", linewidth=1)
    ax.text(turns, np.log(10) + 0.03, "ln 10", ha="right", va="bottom")
    ax.set(xlabel="에폭", ylabel="손실", ylim=(0, 2.6))
    ax.legend()
    return fig


def figure_templates(learn):
    """배운 가중치 열 벌을 28×28로 다시 접은 그림. 밝은 곳이 양수, 어두운 곳이 음수입니다.

    대체 텍스트: 티셔츠는 짧은 소매, 스웨터와 외투는 긴 소매의 윤곽이 보입니다. 바지는 두
    다리 사이가 어둡고, 운동화와 앵클부츠는 신발 모양이 밝습니다. 나머지는 흐릿한 얼룩입니다.
    """
    fig, axes = plt.subplots(2, 5, figsize=(4.6, 2.7))
    for ax, template, name in zip(axes.flat, learn["templates"], CLOTHES, strict=True):
        edge = np.abs(template).max()
        image = np.reshape(template, (28, 28))
        ax.imshow(image, cmap="gray", vmin=-edge, vmax=edge)
        ax.set_title(name, fontsize=11)
        ax.axis("off")
    return fig


# ------------------------------------------------ 전체 배치, 미니배치, 한 장씩


def figure_race_curves(race):
    """배치 크기에 따른 훈련 손실. 위는 본 이미지의 수, 아래는 CPU 시간에 견주었습니다.
    선 하나가 시드 하나이고, 학습률은 배치 크기마다 가장 좋았던 것입니다.

    대체 텍스트: 위에서는 한 장씩과 미니배치의 선이 빠르게 내려가고 전체 배치의 선은
    천천히 내려갑니다. 아래에서는 미니배치의 선이 가장 왼쪽 아래에 있습니다.
    """
    best = best_runs(race)
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 5.8), sharey=True)
    for color, (size, label) in enumerate(RACERS.items()):
        for number, curve in enumerate(best[size]["curve"]):
            seen, seconds, losses = np.array(curve).T
            near = seen <= PASSES
            name = label if number == 0 else None
            style = {"color": f"C{color}", "linewidth": 1.2, "alpha": 0.8}
            axes[0].plot(seen[near], losses[near], label=name, **style)
            axes[1].plot(seconds[1:], losses[1:], **style)
    axes[0].set(xlabel="데이터를 본 바퀴 수", ylabel="훈련 손실")
    axes[1].set(xlabel="CPU 시간 (초)", ylabel="훈련 손실", xscale="log")
    axes[0].legend(loc="lower right", bbox_to_anchor=(1, 0.2))
    return fig


def figure_valley_steps(valley):
    """손실의 골짜기를 내려가는 세 가지 걸음. 가중치가 둘인 작은 문제이고, 등고선이
    손실입니다. 세모에서 출발해 전체 배치는 20걸음, 미니배치(20장)는 30걸음, 한 장씩은
    200걸음을 갔습니다.

    대체 텍스트: 타원 모양 등고선 위에서 전체 배치의 길은 매끄럽게 바닥으로 가고, 미니배치의
    길은 조금 흔들리며, 한 장씩의 길은 이리저리 꺾이면서 같은 바닥으로 갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.6))
    lines = np.quantile(valley["loss"], np.linspace(0.02, 0.9, 12))
    grid = valley["u"], valley["v"], valley["loss"]
    ax.contour(*grid, lines, colors="C6", linewidths=0.7, alpha=0.7)
    names = ("전체 배치", "미니배치", "한 장씩")
    for (_, path), name, width in zip(
        sorted(valley["paths"].items(), key=lambda item: -int(item[0])),
        names,
        (2.2, 1.2, 0.8),
        strict=True,
    ):
        ax.plot(
            *np.array(path).T, "o-", markersize=width + 0.6, linewidth=width, label=name
        )
    ax.plot(*valley["paths"]["1"][0], "^", color="C3", markersize=9)
    ax.grid(False)
    ax.set(xlabel="$w_1$", ylabel="$w_2$")
    ax.legend(loc="upper right")
    return fig


# ---------------------------------------------------------------- 픽셀의 크기


def figure_scaling_rates(scaling):
    """픽셀의 크기와 학습률에 따른 검증 정확도. 점 하나가 시드 하나, 선은 평균이고,
    세로 파선은 학습률 0.01입니다.

    대체 텍스트: 세 곡선이 모두 산 모양이고 꼭대기의 높이는 비슷합니다. 픽셀이 0–255이면
    산이 훨씬 작은 학습률 쪽으로 옮겨 가 있고, 산에서 멀리 떨어진 학습률 0.01에는 점만 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.8))
    for color, pixels in enumerate(PIXELS):
        runs = scaling[scaling["pixels"] == pixels]
        mean = runs.groupby("lr")["val_accuracy"].mean().iloc[:7]  # 0–255의 0.01은 점만
        ax.plot(mean.index, mean, f"C{color}", label=pixels)
        ax.plot(runs["lr"], runs["val_accuracy"], f"C{color}o", markersize=3, alpha=0.5)
    ax.axvline(0.01, color="C6", linestyle="--", linewidth=1)
    ax.set(xscale="log", xlabel="학습률", ylabel="검증 정확도")
    fig.legend(title="픽셀", ncols=3, loc="outside upper center")
    return fig


# ---------------------------------------------------------- 못하는 일


def figure_inverted_bars(inverted):
    """명암을 뒤집은 이미지를 섞기 전과 뒤의 테스트 정확도. 점 하나가 시드 하나이고, 파선은
    선형 분류기가 넘을 수 없는 0.55입니다.

    대체 텍스트: 뒤집은 이미지가 섞이면 선형 분류기의 막대가 파선 아래로 뚝 떨어지고, 은닉층을
    하나 넣은 신경망의 막대는 다시 높아집니다.
    """
    rows = {
        "선형 분류기\n원본만": ("linear", "plain"),
        "선형 분류기\n원본 + 반전": ("linear", "both"),
        "은닉층 하나\n원본 + 반전": ("hidden", "both"),
    }
    fig, ax = plt.subplots(figsize=(4.6, 3.2))
    for place, (model, data) in enumerate(rows.values()):
        runs = pick(inverted, "accuracy", model=model, data=data)
        bar = ax.bar(place, runs.mean(), 0.6, color="C1" if model == "hidden" else "C0")
        ax.bar_label(bar, fmt="%.3f", padding=4)
        ax.plot(np.full(len(runs), place), runs, "C3o", markersize=3)
    ax.axhline(0.55, color="C6", linestyle="--", linewidth=1)
    ax.set_xticks(range(3), list(rows))
    ax.set(ylabel="테스트 정확도", ylim=(0, 1))
    ax.grid(axis="x", visible=False)
    return fig

"""신경망 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import pick
from runs.neural_network import NETWORKS, at_best_rate

CLOTHES = (
    "티셔츠",
    "바지",
    "스웨터",
    "원피스",
    "코트",
    "샌들",
    "셔츠",
    "운동화",
    "가방",
    "부츠",
)


# ------------------------------------------------------------- 소용돌이와 층의 수


def figure_border(border, spiral):
    """한 층, 두 층, 세 층 신경망이 소용돌이를 나눈 모습. 색이 신경망이 답한 클래스이고 점이
    데이터, 퍼센트는 테스트 정확도입니다. 은닉층마다 유닛이 32개이고, 오른쪽 아래는 ReLU를 뺀
    세 층입니다. 학습률은 모두 0.1입니다.

    대체 텍스트: 한 층은 평면을 부채꼴 셋으로 나누고, 두 층은 경계가 굽어 소용돌이를 대강
    따라가며, 세 층은 소용돌이의 팔을 끝까지 따라갑니다. ReLU를 뺀 세 층은 다시 부채꼴 셋입니다.
    """
    fig, axes = plt.subplots(2, 2, figsize=(4.6, 5.4), layout="constrained")
    x, y = np.array(border["points"]).T / 1000  # (240,), (240,)
    labels = np.array(border["labels"])
    panels = [key for key in border if key in NETWORKS]
    for ax, network in zip(axes.flat, panels, strict=True):
        classes = np.array([[int(c) for c in row] for row in border[network]])
        side = np.linspace(-1.15, 1.15, len(classes))
        for k, marker in enumerate("o^s"):
            ax.contourf(
                side, side, classes == k, [0.5, 1.5], colors=[f"C{k}"], alpha=0.25
            )
            chosen = labels == k
            ax.plot(x[chosen], y[chosen], f"C{k}{marker}", markersize=3)
        accuracy = pick(spiral, "accuracy", network=network, turns=1.0, lr=0.1)[0]
        ax.set(title=f"{network}: {accuracy:.1%}", xticks=[], yticks=[], aspect="equal")
    return fig


def table_spiral_accuracy(spiral):
    """소용돌이 데이터의 테스트 정확도. 시드 5개의 평균이고, 괄호 안은 0.1, 0.3, 1, 3 가운데
    검증 데이터로 고른 학습률입니다. 클래스가 셋이라 찍으면 3분의 1입니다.
    """
    rows = []
    for network in NETWORKS:
        row = {
            "신경망": network,
            "매개변수": int(pick(spiral, "parameters", network=network)[0]),
        }
        for turns, name in ((1.0, "한 바퀴"), (0.4, "0.4바퀴")):
            where = dict(network=network, turns=turns)
            fixed = pick(spiral, "accuracy", lr=0.1, **where)
            lr, best = at_best_rate(spiral, **where)
            row[f"{name}, 0.1"] = fixed.mean()
            row[f"{name}, 고른 것"] = f"{best.mean():.3f} ({lr:g})"
        rows.append(row)
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "매개변수": ",d",
        "한 바퀴, 0.1": ".3f",
        "0.4바퀴, 0.1": ".3f",
    }
    return frame


# ------------------------------------------------------------- 신경망의 과정


def figure_process():
    """세 층 신경망의 과정. 왼쪽 화살표가 순전파, 오른쪽 화살표가 역전파입니다. 괄호 안은
    이미지 n장을 한꺼번에 넣을 때의 모양입니다.

    대체 텍스트: 위에서 아래로 입력, W1과 b1, ReLU, W2와 b2, ReLU, W3과 b3, 소프트맥스, 손실
    상자가 이어집니다. 왼쪽에는 내려가는 순전파 화살표, 오른쪽에는 올라가는 역전파 화살표가
    있고, 가중치 상자마다 그 가중치의 기울기가 옆으로 나옵니다.
    """
    boxes = (
        ("입력 $X$", "$X$ (n, 784)", "", ""),
        ("$\\cdot\\,W_1 + b_1$", "$Z_1$ (n, 128)", "dZ_1", "dW_1,\\ db_1"),
        ("ReLU", "$H_1$ (n, 128)", "dH_1", ""),
        ("$\\cdot\\,W_2 + b_2$", "$Z_2$ (n, 64)", "dZ_2", "dW_2,\\ db_2"),
        ("ReLU", "$H_2$ (n, 64)", "dH_2", ""),
        ("$\\cdot\\,W_3 + b_3$", "점수 $S$ (n, 10)", "dS", "dW_3,\\ db_3"),
        ("소프트맥스", "확률 $P$ (n, 10)", "dP", ""),
        ("손실 $L$", "", "", ""),
    )
    fig, ax = plt.subplots(figsize=(4.6, 6.8), layout="constrained")
    for row, (name, output, slope, weights) in enumerate(boxes):
        y = -1.15 * row
        draw_box(ax, 0, y, name, "C0" if weights else "C6")
        if output:
            draw_arrow(ax, (-0.35, y - 0.32), (-0.35, y - 0.83), "C0")
            ax.text(-0.5, y - 0.58, output, ha="right", va="center")
        if slope:
            draw_arrow(ax, (0.35, y - 0.83), (0.35, y - 0.32), "C1")
            ax.text(0.5, y - 0.58, f"${slope}$", ha="left", va="center")
        if weights:
            draw_arrow(ax, (0.85, y), (1.25, y), "C1")
            ax.text(1.35, y, f"${weights}$", ha="left", va="center")
    ax.text(-0.5, 0.55, "순전파 ↓", ha="right", color="C0", weight="bold")
    ax.text(0.5, 0.55, "↑ 역전파", ha="left", color="C1", weight="bold")
    ax.set(xlim=(-2.2, 2.4), ylim=(-8.5, 0.9))
    ax.axis("off")
    return fig


def draw_box(ax, x, y, text, color, half_width=0.85, half_height=0.32):
    corner = (x - half_width, y - half_height)
    size = (2 * half_width, 2 * half_height)
    ax.add_patch(plt.Rectangle(corner, *size, facecolor=color, alpha=0.15))
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor=color))
    ax.text(x, y, text, ha="center", va="center")


def draw_arrow(ax, start, end, color):
    style = dict(arrowstyle="-|>", color=color, linewidth=1.5, shrinkA=0, shrinkB=0)
    ax.annotate("", end, start, arrowprops=style)


# ----------------------------------------------------- Keras로 쌓기와 매개변수 세기


def table_layers(ways):
    """`model.summary()`가 보여 주는 층마다의 출력 모양과 매개변수의 수."""
    rows = [
        {"층": row["type"], "출력 모양": row["shape"], "매개변수": row["parameters"]}
        for row in ways["layers"]
    ]
    rows.append({"층": "합계", "출력 모양": "", "매개변수": ways["total"]})
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"매개변수": ",d"}
    return frame


def table_parameters(counts):
    """신경망의 크기와 매개변수의 수. 편향은 그 가운데 편향만 센 것입니다."""
    frame = pd.DataFrame(
        {
            "신경망": name,
            "공식": row["formula"],
            "Keras": row["keras"],
            "편향": row["biases"],
        }
        for name, row in counts.items()
    )
    frame.attrs["format"] = {"공식": ",d", "Keras": ",d", "편향": ",d"}
    return frame


# ------------------------------------------------------- 손으로 하는 역전파


def figure_graph(worked):
    """숫자를 넣은 계산 그래프. 상자의 윗줄이 순전파의 값, 아랫줄(∂)이 그 값에 대한 손실의
    기울기입니다. 선 옆은 가중치이고, 파선은 ReLU가 막은 길입니다.

    대체 텍스트: 맨 위의 입력 두 개가 가중합 두 개로, 다시 ReLU 두 개로, 점수 하나와 손실
    하나로 내려옵니다. 둘째 가중합은 음수라서 ReLU의 출력이 0이고, 거슬러 오던 기울기도
    그곳에서 0이 됩니다.
    """
    places, boxes = {}, []
    for row, (name, slope) in enumerate((("x", "dx"), ("z", "dz"), ("h", "dh"))):
        for unit, column in enumerate((-1, 1)):
            places[name, unit] = (column, -1.6 * row)
            label = f"{name}_{unit + 1}"
            boxes.append(((name, unit), label, worked[name][unit], worked[slope][unit]))
    places |= {"s": (0, -4.8), "L": (0, -6.2)}
    boxes += [("s", "s", worked["s"], worked["ds"]), ("L", "L", worked["loss"], 1)]
    fig, ax = plt.subplots(figsize=(4.6, 6.2), layout="constrained")
    for unit in (0, 1):
        style = "-" if worked["z"][unit] > 0 else "--"
        for i in (0, 1):
            along = 0.5 if i == unit else 0.28
            weight = worked["W"][i][unit]
            join(ax, places["x", i], places["z", unit], f"{weight:g}", "-", along)
        join(ax, places["z", unit], places["h", unit], "ReLU", style)
        join(ax, places["h", unit], places["s"], f"{worked['v'][unit]:g}", style)
    join(ax, places["s"], places["L"], "$\\frac{1}{2}(s - t)^2$", "-")
    for key, label, value, slope in boxes:
        x, y = places[key]
        draw_box(ax, x, y, "", "C0", half_width=0.55, half_height=0.38)
        ax.text(x, y + 0.17, f"${label} = {value:g}$", ha="center", va="center")
        text = f"$\\partial = {slope:g}$"
        ax.text(x, y - 0.19, text, ha="center", va="center", color="C1")
    ax.text(0.65, -4.98, f"$c = {worked['c']:g}$", ha="left", va="center")
    ax.text(0.65, -4.62, f"$t = {worked['t']:g}$", ha="left", va="center")
    ax.set(xlim=(-1.8, 1.8), ylim=(-6.7, 0.5))
    ax.axis("off")
    return fig


def join(ax, start, end, text, style, along=0.5):
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 - 0.38, y2 + 0.38
    ax.plot([x1, x2], [y1, y2], "C6", linestyle=style, linewidth=1.2, zorder=0)
    x, y = x1 + along * (x2 - x1), y1 + along * (y2 - y1)
    side = -1 if x2 < x1 else 1  # 비스듬한 선에서는 글자를 선의 바깥쪽에 놓습니다
    lift = 0.12 if x1 != x2 else 0
    align = "right" if side < 0 else "left"
    text = text if "$" in text else text.replace("-", "−")
    ax.text(x + 0.08 * side, y + lift, text, ha=align, va="center")


# ------------------------------------------------------- Keras와 견주기


def table_gradient_check(check):
    """역전파로 구한 기울기의 검사. 가장 큰 기울기와, Keras의 자동 미분 및 중심 차분과의
    가장 큰 차이입니다. 중심 차분은 행렬마다 20개 원소를 골라 계산했습니다.
    """
    frame = pd.DataFrame(
        {
            "기울기": f"d{name}",
            "모양": row["shape"],
            "가장 큰 값": row["largest"],
            "자동 미분": row["keras"],
            "중심 차분": row["numeric"],
        }
        for name, row in sorted(check["rows"].items(), key=lambda item: item[0][::-1])
    )
    columns = ("자동 미분", "중심 차분")
    frame.attrs["format"] = {"가장 큰 값": ".3f", **dict.fromkeys(columns, ".0e")}
    return frame


def figure_twins_gap(twins):
    """손으로 쓴 신경망과 Keras의 손실. 위는 손으로 쓴 신경망의 미니배치 손실, 아래는 같은
    걸음에서 두 손실의 차이입니다. 784-128-64-10, 2000장, 배치 크기 50, SGD(0.1), 다섯 에폭.

    대체 텍스트: 위의 손실은 오르내리며 내려갑니다. 아래의 차이는 float64에서 끝까지 바닥에
    붙어 있고, float32에서는 바닥에서 시작하여 걸음이 쌓일수록 커집니다.
    """
    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(4.6, 4.6), sharex=True, layout="constrained"
    )
    for color, (_, row) in zip(("C0", "C1"), twins.iterrows(), strict=False):
        gap = np.maximum(row["gap"], 1e-9)  # 0은 로그 눈금에 그릴 수 없습니다
        bottom.semilogy(gap, color, label=row["dtype"], linewidth=1)
    top.plot(twins["ours"].iloc[0], "C0", linewidth=1)
    top.set_ylabel("미니배치 손실")
    bottom.set(xlabel="걸음", ylabel="손실의 차이")
    bottom.legend()
    return fig


# ------------------------------------------------- 은닉층


def figure_hidden_layers(fit):
    """은닉층의 수와 유닛의 수에 따른 검증 정확도. 점 하나가 시드 하나이고 선은 평균, 가로
    파선은 은닉층이 없는 신경망의 평균입니다. Fashion-MNIST 10000장, SGD(0.1), 20에폭.

    대체 텍스트: 유닛이 8개이면 은닉층이 하나이든 둘이든 파선보다 낮고, 32개이면 조금 높고,
    128개이면 더 높습니다. 은닉층 하나의 선과 둘의 선은 거의 붙어 있습니다. 은닉층을 무작위로
    둔 선은 한참 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 4), layout="constrained")
    lines = (
        (1, "learned", "C0", "o-", "은닉층 1개"),
        (2, "learned", "C1", "s-", "은닉층 2개"),
        (1, "random", "C2", "^:", "은닉층 1개, 무작위로 고정"),
    )
    for hidden, features, color, style, label in lines:
        runs = fit[(fit["hidden"] == hidden) & (fit["features"] == features)]
        mean = runs.groupby("width")["accuracy"].mean()
        ax.plot(runs["width"], runs["accuracy"], color + style[0], alpha=0.3)
        ax.plot(mean.index, mean, color + style, label=label)
    base = fit[fit["hidden"] == 0]["accuracy"].mean()
    ax.axhline(base, color="C6", linestyle="--", label="은닉층 없음")
    ax.set(xscale="log", xlabel="은닉층의 유닛 수", ylabel="검증 정확도")
    ax.set_xticks([8, 32, 128], ["8", "32", "128"], minor=False)
    ax.minorticks_off()
    fig.legend(loc="outside lower center", ncols=2)
    return fig


def figure_narrow_runs(narrow, fit):
    """유닛이 8개인 은닉층의 검증 정확도. 점 하나가 시드 하나이고, 가로 파선은 은닉층이 없는
    신경망의 평균입니다. ×는 죽은 유닛이 있는 시드입니다. Fashion-MNIST 10000장, SGD(0.1),
    20에폭.

    대체 텍스트: ReLU를 뺀 것의 점들은 파선 바로 아래에 모여 있습니다. ReLU를 쓴 것의 점들은
    그 높이에서 훨씬 아래까지 흩어져 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    for place, relu in enumerate((False, True)):
        rows = narrow[narrow["relu"] == relu]
        alive, gone = rows[rows["dead"] == 0], rows[rows["dead"] > 0]
        ax.plot(np.full(len(alive), place), alive["accuracy"], "C0o", alpha=0.5)
        ax.plot(np.full(len(gone), place), gone["accuracy"], "C3x", alpha=0.8)
    base = fit[fit["hidden"] == 0]["accuracy"].mean()
    ax.axhline(base, color="C6", linestyle="--", linewidth=1)
    ax.set_xticks([0, 1], ["ReLU 없이 줄이기만", "ReLU를 쓴 것"])
    ax.set_ylabel("검증 정확도")
    ax.margins(x=0.4, y=0.15)
    return fig


def figure_epoch_curves(fit):
    """에폭에 따른 훈련 손실(실선)과 검증 손실(점선). 가는 선이 시드 하나, 굵은 선이 시드
    5개의 평균입니다.

    대체 텍스트: 두 신경망 모두 훈련 손실은 매끄럽게 내려갑니다. 검증 손실은 처음 몇 에폭에
    크게 내려간 다음 오르내리고, 뒤로 갈수록 훈련 손실과 벌어집니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 5.8), sharex=True, sharey=True, layout="constrained"
    )
    titles = {(0, 0): "은닉층 없음", (2, 128): "은닉층 2개 × 128"}
    for ax, ((hidden, width), title) in zip(axes, titles.items(), strict=True):
        runs = fit[(fit["hidden"] == hidden) & (fit["width"] == width)]
        for key, style, label in (("loss", "C0-", "훈련"), ("val_loss", "C1:", "검증")):
            losses = np.stack(runs[key])  # (시드 수, 에폭 수)
            epoch = np.arange(1, losses.shape[1] + 1)
            ax.plot(epoch, losses.T, style, alpha=0.5, linewidth=0.8)
            ax.plot(epoch, losses.mean(axis=0), style, linewidth=2, label=label)
        ax.set(title=title, ylabel="손실", ylim=(0.15, 1))
        ax.set_xticks([1, 5, 10, 15, 20])
    axes[1].set_xlabel("에폭")
    axes[0].legend()
    return fig


def figure_first_weights(filters):
    """784-16-10 신경망의 첫 은닉층 유닛 12개의 가중치. 제목은 그 유닛의 출력이 평균으로 가장
    컸던 옷입니다. 붉은 곳의 가중치는 양수, 푸른 곳은 음수입니다.

    대체 텍스트: 바지의 두 다리 사이나 티셔츠의 윤곽이 어렴풋이 보이는 유닛이 있고, 아무
    모양도 보이지 않는 잡음 같은 유닛도 있습니다.
    """
    fig, axes = plt.subplots(3, 4, figsize=(4.6, 4.4), layout="constrained")
    for ax, image, like in zip(
        axes.flat, filters["images"], filters["likes"], strict=True
    ):
        pixels = np.array(image).reshape(28, 28)
        ax.imshow(pixels, cmap="RdBu_r", vmin=-127, vmax=127)
        ax.set_title(CLOTHES[like])
        ax.axis("off")
    return fig


# ------------------------------------------- 소용돌이를 배우는 동안 움직이는 경계


def frames_border_path(border_path):
    """세 층 신경망이 소용돌이를 배우는 동안 결정 경계가 움직이는 모습. 색이 신경망이 답한
    클래스이고 점이 훈련 데이터, 손실은 훈련 데이터 600개의 평균입니다.

    대체 텍스트: 처음에는 세 색이 팔과 상관없이 평면을 나눕니다. 손실이 내려가는 동안 경계가
    가운데를 따라 돌기 시작하고, 끝에는 소용돌이의 세 팔을 끝까지 따라갑니다.
    """
    x, y = np.array(border_path["points"]).T / 1000  # (240,), (240,)
    labels = np.array(border_path["labels"])
    for epoch, loss, rows in zip(
        border_path["epochs"], border_path["loss"], border_path["classes"], strict=True
    ):
        classes = np.array([[int(c) for c in row] for row in rows])  # (60, 60)
        side = np.linspace(-1.15, 1.15, len(classes))
        fig, ax = plt.subplots(figsize=(4, 4), layout="constrained")
        for k, marker in enumerate("o^s"):
            ax.contourf(
                side, side, classes == k, [0.5, 1.5], colors=[f"C{k}"], alpha=0.25
            )
            chosen = labels == k
            ax.plot(x[chosen], y[chosen], f"C{k}{marker}", markersize=3)
        ax.set(xticks=[], yticks=[], aspect="equal")
        yield f"{epoch}에폭, 손실 {loss:.2f}", fig

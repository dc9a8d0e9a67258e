"""드롭아웃과 데이터 증강 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from comparison import difference, with_sign
from runs.dropout_augmentation import (
    AUGMENTS,
    FEW,
    LONG,
    RATES,
    SIZES,
    gap,
    of,
    shares,
)

MARKERS = dict(zip(AUGMENTS, "osD^"))


# ---------------------------------------------------------------- 그림으로 볼 사진들


def figure_pictures(pictures):
    """같은 사진을 네 가지로 바꾼 여덟 장. 왼쪽 끝이 원래 사진입니다.

    대체 텍스트: 윗줄의 앵클부츠는 옮기거나 돌리고 줄이거나 뒤집어도 앵클부츠입니다.
    아랫줄의 숫자 6은 옮기거나 조금 돌리면 6이지만, 좌우로 뒤집으면 글자가 아니고
    반 바퀴 돌리면 9로 보입니다.
    """
    titles = {
        "original": "원래",
        "shift": "옮기기",
        "turn": "조금 돌리고\n줄이기",
        "mirror": "좌우\n뒤집기",
        "half": "반 바퀴\n돌리기",
    }
    fig, axes = plt.subplots(2, 5, figsize=(4.6, 2.7), layout="constrained")
    for column, (name, title) in zip(axes.T, titles.items(), strict=True):
        column[0].set_title(title)
        for ax, image in zip(column, pictures[name], strict=True):
            draw_image(ax, image)
    return fig


def draw_image(ax, image):
    ax.imshow(image, cmap="gray", vmin=0, vmax=255)
    ax.set(xticks=[], yticks=[])


# ---------------------------------------------------------------- 드롭아웃이 하는 일


def table_scaled(scaling):
    """드롭아웃을 지난 값을 원래 값으로 나눈 비율. 유닛 8개를 2만 번씩 뽑아 평균했습니다.
    제곱의 평균은 1/(1 − p)배가 됩니다.
    """
    frame = pd.DataFrame(
        {
            "비율 p": row["p"],
            "평균 (NumPy)": row["mean_ratio"],
            "평균 (Keras)": row["keras_mean_ratio"],
            "제곱의 평균 (NumPy)": row["square_ratio"],
            "제곱의 평균 (Keras)": row["keras_square_ratio"],
            "1/(1 − p)": 1 / (1 - row["p"]),
        }
        for row in scaling["rows"]
    )
    frame.attrs["format"] = {"비율 p": "g"} | dict.fromkeys(frame.columns[1:], ".3f")
    return frame


def figure_share(mask):
    """유닛 512개에 p = 0.2인 드롭아웃을 적용했을 때 사진마다 꺼진 유닛의 수. 막대는 사진
    5000장에서 센 것이고, 세로선은 512의 20 %입니다.

    대체 텍스트: 막대는 가운데가 높은 종 모양이고, 세로선이 가운데를 지납니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 2.8), layout="constrained")
    ax.bar(mask["number"], mask["times"], width=1, alpha=0.7)
    ax.axvline(mask["p"] * mask["units"], color="C1", linewidth=2)
    ax.set(xlabel="꺼진 유닛의 수", ylabel="사진의 수")
    return fig


def figure_network():
    """드롭아웃의 한 걸음. 위는 원래 신경망, 아래는 유닛 몇 개가 빠진 신경망입니다.
    빠진 유닛에 이어진 선도 모두 일을 쉽니다.

    대체 텍스트: 입력 4개, 은닉층 6개와 5개, 출력 3개인 신경망입니다. 아래에서는 두
    은닉층의 유닛 가운데 다섯 개에 가위표가 있고, 그 유닛에 닿는 선이 없습니다.
    """
    sizes = (4, 6, 5, 3)
    fig, axes = plt.subplots(2, 1, figsize=(4.6, 5.6), layout="constrained")
    for ax, gone in zip(axes, (set(), {(1, 1), (1, 2), (1, 4), (2, 0), (2, 3)})):
        at = {
            (layer, unit): (layer, unit - (size - 1) / 2)
            for layer, size in enumerate(sizes)
            for unit in range(size)
        }
        for a, start in at.items():
            for b, end in at.items():
                if b[0] == a[0] + 1 and not {a, b} & gone:
                    ax.plot(*zip(start, end), "C0", linewidth=0.8, alpha=0.5)
        kept = [place for unit, place in at.items() if unit not in gone]
        ax.plot(*zip(*kept), "C0o", markersize=13)
        if gone:
            ax.plot(*zip(*(at[unit] for unit in gone)), "C1x", markersize=12, mew=3)
        ax.set(xlim=(-0.4, 3.4), ylim=(-3, 3))
        ax.axis("off")
        ax.set_title("훈련의 한 걸음 (드롭아웃)" if gone else "추론 (모두 씁니다)")
    return fig


# ---------------------------------------------------------------- 드롭아웃의 결과


def figure_gap(fit):
    """훈련 정확도에서 검증 정확도를 뺀 격차. 위는 학습하면서 기록된 훈련 정확도를, 아래는
    학습이 끝난 뒤 드롭아웃을 끄고 다시 잰 훈련 정확도를 썼습니다. 작은 점 하나가 시드
    하나이고 선은 평균입니다.

    대체 텍스트: 위에서는 비율이 커질수록 격차가 가파르게 줄어 0보다 작아지기도 합니다.
    아래에서는 훨씬 완만하게 줄거나 그대로입니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(4.6, 6.2), sharey=True, layout="constrained"
    )
    panels = {"logged": "기록된 훈련 정확도", "train_accuracy": "다시 잰 훈련 정확도"}
    for ax, (train, title) in zip(axes, panels.items()):
        for color, (samples, marker) in enumerate(zip(SIZES, "osD")):
            runs = [gap(fit, train, samples=samples, rate=rate) for rate in RATES]
            style = f"C{color}{marker}"
            for rate, run in zip(RATES, runs):
                ax.plot([rate] * len(run), run, style, alpha=0.35, markersize=3)
            means = [run.mean() for run in runs]
            ax.plot(RATES, means, style + "-", label=f"{samples}장")
        ax.axhline(0, color="C6", linewidth=1)
        ax.set(title=title, ylabel="훈련 − 검증 정확도", xticks=RATES)
    axes[1].set_xlabel("드롭아웃 비율 $p$")
    axes[1].legend()
    return fig


def table_rates(fit):
    """드롭아웃 비율과 검증 데이터의 손실·정확도. MNIST, 784-128-64-10, 두 은닉층 뒤에
    드롭아웃, 모두 6만 장을 보며 학습했습니다('길게'는 18만 장). 시드 5개의 평균입니다.
    """
    rows = []
    for seen, samples in [(60000, size) for size in SIZES] + [(LONG, 5000)]:
        for rate in RATES:
            runs = dict(samples=samples, rate=rate, seen=seen)
            accuracy = of(fit, **runs)
            if len(accuracy):
                rows.append(
                    {
                        "훈련 데이터": f"{samples}장"
                        + (" (길게)" if seen == LONG else ""),
                        "p": rate,
                        "검증 손실": of(fit, "loss", **runs).mean(),
                        "검증 정확도": accuracy.mean(),
                        "훈련 정확도": of(fit, "train_accuracy", **runs).mean(),
                    }
                )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "p": "g",
        "검증 손실": ".3f",
        "검증 정확도": ".4f",
        "훈련 정확도": ".4f",
    }
    return frame


def figure_averaged(ensemble):
    """유닛이 빠진 신경망 여럿의 확률을 평균했을 때의 검증 정확도. 색 하나가 시드 하나이고,
    파선은 같은 시드에서 드롭아웃을 끈 신경망 하나입니다.

    대체 텍스트: 유닛이 빠진 신경망 하나의 정확도는 낮지만, 여럿을 평균할수록 올라가서
    드롭아웃을 끈 신경망의 파선에 닿습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2), layout="constrained")
    pairs = zip(ensemble["thinned"], ensemble["whole"])
    for color, (accuracy, whole) in enumerate(pairs):
        style, label = f"C{color}o-", f"시드 {color}"
        ax.plot(ensemble["members"], accuracy, style, markersize=4, label=label)
        ax.axhline(whole, color=f"C{color}", linestyle="--", linewidth=1)
    ax.set_xscale("log")
    ax.set_xticks(ensemble["members"], ensemble["members"])
    ax.minorticks_off()
    ax.set(xlabel="평균한 신경망의 수", ylabel="검증 정확도")
    ax.legend()
    return fig


# ---------------------------------------------------------------- 데이터 증강의 결과


def figure_grid(grid):
    """숫자 5 한 장에서 만든 스무 장. 한 줄이 증강 층 하나이고 왼쪽 끝이 원래 사진입니다.

    대체 텍스트: 줄마다 위치, 기울기, 크기, 밝기가 조금씩 다른 숫자 5가 다섯 장씩
    있습니다. 모두 5로 보입니다.
    """
    columns = 1 + len(grid["rows"]["옮기기"])
    fig, axes = plt.subplots(4, columns, figsize=(4.6, 3.4), layout="constrained")
    for row, name in zip(axes, ("옮기기", "돌리기", "크기", "밝기"), strict=True):
        row[0].set_ylabel(name)
        images = [grid["original"], *grid["rows"][name]]
        for ax, image in zip(row, images, strict=True):
            draw_image(ax, image)
    return fig


def figure_effect(fit):
    """훈련 데이터의 수와 증강 방법에 따른 검증 정확도. 작은 점 하나가 시드 하나이고 선은
    평균입니다. 어느 점이나 6만 장을 보며 학습했습니다.

    대체 텍스트: 훈련 데이터가 적을수록 선들이 벌어집니다. 300장과 1,000장에서 옮기기와
    옮기기 + 돌리기의 선은 증강 없음보다 위에 있고, 5,000장에서는 거의 겹칩니다. 좌우 뒤집기의
    선은 늘 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
    for color, (augment, label) in enumerate(AUGMENTS.items()):
        style = f"C{color}{MARKERS[augment]}"
        runs = [of(fit, samples=samples, augment=augment) for samples in FEW]
        for samples, run in zip(FEW, runs):
            ax.plot([samples] * len(run), run, style, alpha=0.35, markersize=3)
        ax.plot(FEW, [run.mean() for run in runs], style + "-", label=label)
    ax.set_xscale("log")
    ax.set_xticks(FEW, [f"{samples}" for samples in FEW])
    ax.minorticks_off()
    ax.set(xlabel="훈련 데이터의 수", ylabel="검증 정확도")
    ax.legend()
    return fig


def table_cures(fit):
    """같은 예산에서 견준 다섯 가지 처방. 값은 아무것도 쓰지 않았을 때와의 검증 정확도 차이이고,
    ± 뒤는 시드 5개의 짝 차이로 구한 95 % 신뢰 구간의 반폭입니다. –는 재지 않은 칸입니다.
    """
    cures = {
        "드롭아웃 0.2": dict(rate=0.2),
        "드롭아웃 0.5": dict(rate=0.5),
        "옮기기": dict(augment="shift"),
        "옮기기 + 돌리기": dict(augment="shift_rotation"),
        "돌리기까지 + 드롭아웃 0.2": dict(augment="shift_rotation", rate=0.2),
    }
    rows = []
    for name, cure in cures.items():
        row = {"처방": name}
        for samples in FEW:
            runs = of(fit, samples=samples, **cure)
            plain = of(fit, samples=samples)
            row[f"{samples}장"] = (
                with_sign(difference(runs, plain), 3) if len(runs) else None
            )
        rows.append(row)
    return pd.DataFrame(rows)


def table_mirrored(mirror):
    """원래 사진 1만 장으로 학습한 신경망 다섯 개가 뒤집거나 돌린 검증 사진을 제 이름으로 알아본
    비율과, 반 바퀴 돌렸을 때 가장 많이 답한 숫자입니다.
    """
    kept = {name: shares(tables).mean(axis=0) for name, tables in mirror.items()}
    frame = pd.DataFrame(
        {
            "숫자": range(10),
            "원래": kept["original"],
            "좌우 뒤집기": kept["mirror"],
            "반 바퀴": kept["half"],
            "반 바퀴에서 최다 답": np.sum(mirror["half"], axis=0).argmax(axis=1),
        }
    )
    frame.attrs["format"] = dict.fromkeys(("원래", "좌우 뒤집기", "반 바퀴"), ".0%")
    return frame

"""손글씨 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import base64
import zlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from runs.handwriting import SHIFTS, SIDE

# ------------------------------------------------------------------------ 학습


def unpack_images(text):
    raw = zlib.decompress(base64.b64decode(text))
    return np.frombuffer(raw, "uint8").reshape(-1, SIDE, SIDE)


# ------------------------------------------------------------- 그림과 표


def draw_digit(ax, image):
    ax.imshow(image, cmap="gray", vmin=0, vmax=255)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)


def figure_centre(centre):
    """MNIST 훈련 그림 6만 장의 평균. 네모는 한 변이 20픽셀이고, 십자는 무게 중심의
    평균입니다.

    대체 텍스트: 숫자 6만 장을 겹치면 한가운데가 밝고 둥근 얼룩이 되고, 얼룩은 20픽셀
    네모 안에 거의 다 들어갑니다. 28픽셀 그림의 가장자리는 까맣게 비어 있습니다.
    """
    fig, ax = plt.subplots(figsize=(3.6, 3.4))
    mean = np.array(centre["mean"])
    ax.imshow(mean, cmap="gray", vmin=0, vmax=mean.max())
    ax.grid(False)
    corner = centre["column"] - 10, centre["row"] - 10
    ax.add_patch(plt.Rectangle(corner, 20, 20, fill=False, edgecolor="C1", linewidth=2))
    ax.plot(centre["column"], centre["row"], "C1+", markersize=14, markeredgewidth=2)
    ax.set(xlabel="열", ylabel="행", xticks=[0, 14, 27], yticks=[0, 14, 27])
    return fig


def figure_shift(shift_summary):
    """테스트 그림을 위, 아래, 왼쪽, 오른쪽으로 옮겼을 때의 정확도. 훈련 그림은
    1만 장이고, 선은 시드 셋의 평균, 띠는 가장 낮은 값부터 가장 높은 값까지입니다.

    대체 텍스트: 두 선 모두 옮긴 거리가 길수록 내려갑니다. 흔들지 않은 그림으로 배운
    신경망이 더 일찍, 더 가파르게 내려갑니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 4.2))
    for name, label, line in (
        ("augmented", "흔든 그림으로 배운 신경망", "C0-o"),
        ("plain", "있는 그대로 배운 신경망", "C1--s"),
    ):
        run = shift_summary[name]
        ax.plot(SHIFTS, run["mean"], line, label=label)
        ax.fill_between(
            SHIFTS, run["low"], run["high"], color=line[:2], alpha=0.25, linewidth=0
        )
    ax.axhline(0.1, color="C6", linestyle=":", label="아무렇게나 찍기")
    ax.set(xlabel="옮긴 거리(픽셀)", ylabel="테스트 정확도", ylim=(0, 1.02))
    fig.legend(loc="outside upper left")
    return fig


def figure_mistakes(mistakes):
    """판의 신경망이 가장 높은 확률로 틀린 테스트 그림 열 장. 위의 글자는 신경망의 대답과
    그 확률이고, 괄호 안은 데이터에 적힌 정답입니다.

    대체 텍스트: 획이 끊기거나 뭉개져서 사람이 보아도 헷갈리는 숫자와, 사람이라면 쉽게
    알아볼 숫자가 섞여 있습니다.
    """
    images = unpack_images(mistakes["images"])
    fig, axes = plt.subplots(2, 5, figsize=(4.6, 3.4))
    for ax in axes.flat:
        ax.axis("off")
    columns = (mistakes["answers"], mistakes["confidence"], mistakes["labels"])
    for ax, image, answer, p, label in zip(axes.flat, images, *columns, strict=False):
        draw_digit(ax, image)
        ax.set_title(f"{answer}, {p:.0%}\n(정답 {label})")
    return fig


def figure_strangers(strangers):
    """가장 큰 확률의 분포. 세로는 그 구간에 든 그림의 비율입니다.

    대체 텍스트: 숫자 그림은 거의 모두 오른쪽 끝 구간에 몰려 있습니다. 옷 사진과
    무작위 점도 오른쪽 끝 구간이 가장 높습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.4))
    edges = np.linspace(0, 1, 21)
    for name, label, line in (
        ("digits", "테스트 숫자", "C0-"),
        ("clothes", "옷 사진", "C1--"),
        ("noise", "무작위 점", "C2:"),
    ):
        counts = np.array(strangers[name]["histogram"])
        style = {"color": line[:2], "linestyle": line[2:], "linewidth": 2.5}
        ax.stairs(counts / counts.sum(), edges, label=label, **style)
    ax.set(xlabel="가장 큰 확률", ylabel="그림의 비율")
    ax.legend()
    return fig


def table_bits(network):
    """가중치 하나를 몇 비트로 적느냐에 따른 테스트 정확도. 눈금을 유닛마다 따로 둔 것과
    층 전체에 하나만 둔 것을 견줍니다.
    """
    frame = pd.DataFrame(
        {
            "비트": row["bits"],
            "유닛마다 눈금": row["column"],
            "층마다 눈금": row["whole"],
        }
        for row in network["bits"]
    )
    frame.attrs["format"] = {"유닛마다 눈금": ".4f", "층마다 눈금": ".4f"}
    return frame

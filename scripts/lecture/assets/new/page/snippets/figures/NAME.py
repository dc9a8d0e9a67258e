"""NAME 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt


def figure_falls(noise):
    """미니배치의 크기에 따른 기울기의 흔들림. 점은 시드마다 잰 값이고 점선은 식입니다.

    대체 텍스트: 두 축이 로그 눈금이고, 점들이 오른쪽 아래로 뻗은 점선 위에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3.2))
    sizes = noise["batch_size"]
    ax.loglog(sizes, 2 / sizes**0.5, "--", label="식")
    ax.loglog(sizes, noise["noise"], "o", label="잰 값")
    ax.set(xlabel="미니배치의 크기", ylabel="기울기의 표준편차")
    ax.legend()
    return fig


def table_sizes(noise):
    """미니배치의 크기마다 시드 3개의 평균."""
    means = noise.groupby("batch_size", as_index=False)["noise"].mean()
    return means.rename(columns={"batch_size": "미니배치", "noise": "표준편차"})

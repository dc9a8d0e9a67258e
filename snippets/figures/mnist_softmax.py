"""MNIST 소프트맥스 회귀 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
from runs.mnist_softmax import many_and_few


def figure_more(fit):
    """훈련 사진의 수에 따른 테스트 정확도. 점 하나가 시드 하나이고 선은 평균입니다. 걸음의
    수는 거의 같습니다.

    대체 텍스트: 12,000장의 점 셋은 0.91 바로 아래에, 48,000장의 점 셋은 0.92 바로 아래에
    모여 있습니다. 시드에 따른 차이는 두 무리의 차이보다 훨씬 작습니다.
    """
    fig, ax = plt.subplots(figsize=(4.6, 3), layout="constrained")
    sizes = ("12,000장", "48,000장")
    many, few = many_and_few(fit)
    for size, group in zip(sizes, (few, many)):
        ax.plot([size] * len(group), group, "C0o", alpha=0.6)
    ax.plot(sizes, [few.mean(), many.mean()], "C0-")
    ax.set(xlabel="훈련 사진", ylabel="테스트 정확도", ylim=(0.9, 0.93))
    ax.margins(x=0.5)
    return fig

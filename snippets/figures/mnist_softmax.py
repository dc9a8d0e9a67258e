"""MNIST 소프트맥스 회귀 쪽의 그림과 표: 잰 결과를 눈에 보이게 합니다."""

import matplotlib.pyplot as plt
import pandas as pd
from runs.mnist_softmax import ALL, FEW, column, last, spread


def table_source(fit):
    """원본 mnist.py와 이 실습. 우리 값은 시드 3개의 평균 ± 표준편차입니다."""
    accuracy = column(fit, "test_accuracy", ALL).astype(float)
    val = last(column(fit, "val_accuracy", ALL))
    rows = {
        "층": ("Dense 10, 소프트맥스", "같음"),
        "매개변수": ("7,850", f"{column(fit, 'parameters', ALL)[0]:,d}"),
        "옵티마이저": ("SGD, 학습률 0.01", "같음"),
        "에폭, 배치": ("30에폭, 64장", "같음"),
        "걸음": ("적혀 있지 않음", f"{column(fit, 'steps', ALL)[0]:,d}"),
        "검증 정확도": ("그림뿐", spread(val)),
        "테스트 정확도": ("출력하지 않음", spread(accuracy)),
    }
    return pd.DataFrame(
        {"항목": list(rows), "원본": [a for a, _ in rows.values()]}
        | {"우리": [b for _, b in rows.values()]}
    )


def figure_more(fit):
    """훈련 사진의 수에 따른 테스트 정확도. 점 하나가 시드 하나이고 선은 평균입니다. 걸음의
    수는 거의 같습니다.

    대체 텍스트: 12,000장의 점 셋은 0.91 바로 아래에, 48,000장의 점 셋은 0.92 바로 아래에
    모여 있습니다. 시드에 따른 차이는 두 무리의 차이보다 훨씬 작습니다.
    """
    fig, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    sizes = ("12,000장", "48,000장")
    groups = [column(fit, "test_accuracy", n).astype(float) for n in (FEW, ALL)]
    for size, group in zip(sizes, groups, strict=True):
        ax.plot([size] * len(group), group, "C0o", alpha=0.6)
    ax.plot(sizes, [group.mean() for group in groups], "C0-")
    ax.set(xlabel="훈련 사진", ylabel="테스트 정확도", ylim=(0.9, 0.93))
    ax.margins(x=0.5)
    return fig

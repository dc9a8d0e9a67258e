"""MNIST 소프트맥스 회귀 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from runs.mnist_softmax import ALL, FEW, column, gain, last, spread


def claim_not_memorised(fit):
    """훈련 정확도와 검증 정확도는 0.01도 벌어지지 않습니다.

    훈련 사진 48,000장, SGD(0.01), 30에폭, 시드 3개. 시드마다 마지막 에폭의 두 값을
    견주었습니다. 훈련 정확도는 에폭 동안의 평균이라 조금 낮게 적힙니다.
    """
    train = column(fit, "train_accuracy", ALL).astype(float)
    val = last(column(fit, "val_accuracy", ALL))
    gaps = np.abs(train - val)
    return bool(gaps.max() < 0.01), f"훈련 {spread(train)}, 검증 {spread(val)}."


def claim_more_images(fit):
    """훈련 사진을 네 배로 늘리면 테스트 정확도가 오르지만, 0.02도 오르지 않습니다.

    강조

    12,000장과 48,000장, 걸음의 수는 거의 같게 두었습니다(120에폭과 30에폭). 시드가 같은
    두 실행의 차이를 시드 3개로 재고, 95% 신뢰 구간이 0과 0.02 사이에 있는지 보았습니다.
    """
    mean, half = gain(fit)
    few, many = (spread(column(fit, "test_accuracy", n)) for n in (FEW, ALL))
    evidence = f"{few} → {many}, 차이 {mean:+.4f} ± {half:.4f} (95% 신뢰 구간)."
    return bool(mean - half > 0 and mean + half < 0.02), evidence

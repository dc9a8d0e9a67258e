"""Fashion-MNIST 이미지 분류 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, with_sign
from runs.fashion_mnist import (
    CLASSES,
    best_epoch,
    curves,
    recall_and_precision,
    select,
    shirt_recalls,
)


def claim_gap(fit):
    """20에폭을 배우면 훈련 정확도가 테스트 정확도보다 0.03 넘게 높습니다.

    사진 60,000장, Adam(0.001), 배치 크기 32, 에폭마다 새로 섞음. 시드 5개의 차이의 95 %
    신뢰 구간이 0.03보다 위에 있는지 보았습니다.
    """
    train = curves(fit, "whole", "accuracy")[:, -1]  # (시드 수,)
    test = curves(fit, "whole", "test_accuracy")[:, -1]
    evidence = f"차이 {with_sign(difference(train, test))} (95 % 신뢰 구간)"
    return is_higher(train, test, by=0.03), evidence


def claim_too_long(fit):
    """손실로 보면 20에폭은 지나치게 오래 학습한 것입니다. 검증 손실이 가장 낮은 에폭에 멈춘
    것보다 끝까지 간 것의 테스트 손실이 높습니다.

    강조

    사진 48,000장으로 배우고 12,000장으로 검증했습니다. 시드 5개의 짝 차이의 95 % 신뢰
    구간이 0보다 위에 있는지 보았습니다.

    원문: (S08) 검증 데이터 없이 20에폭을 학습한다.
    판정: 조건부
    """
    val, test = (curves(fit, "split", key) for key in ("val_loss", "test_loss"))
    stops = [
        best_epoch(line) for line in val
    ]  # 고르는 데 테스트 데이터는 쓰지 않습니다
    stopped = test[range(len(test)), np.array(stops) - 1]  # (시드 수,)
    holds = max(stops) < val.shape[1] and is_higher(test[:, -1], stopped)
    return bool(holds), (
        f"멈출 에폭 {', '.join(map(str, stops))}, "
        f"테스트 손실의 차이 {with_sign(difference(test[:, -1], stopped))}"
    )


TOPS = ("티셔츠", "스웨터", "코트", "셔츠")


def claim_tops(fit):
    """재현율이 가장 낮은 클래스는 시드마다 다를 수 있지만 늘 윗옷입니다. 평균에서는 셔츠가
    가장 낮습니다.

    강조

    사진 60,000장, 20에폭, 시드 5개. 테스트 사진은 클래스마다 1,000장입니다. 윗옷은 티셔츠,
    스웨터, 코트, 셔츠입니다.
    """
    recalls = np.array(
        [recall_and_precision(each)[0] for each in select(fit, "whole")["confusion"]]
    )  # (시드 수, 10)
    worst = [CLASSES[k] for k in recalls.argmin(axis=1)]
    holds = set(worst) <= set(TOPS) and CLASSES[recalls.mean(axis=0).argmin()] == "셔츠"
    shirt = shirt_recalls(fit)
    return bool(holds), (
        f"가장 낮은 클래스 {', '.join(worst)}, "
        f"셔츠의 재현율 {shirt.min():.3f}–{shirt.max():.3f}"
    )

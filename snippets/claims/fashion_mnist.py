"""Fashion-MNIST 이미지 분류 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from runs.fashion_mnist import (
    CLASSES,
    best_epoch,
    curves,
    mean_confusion,
    parameters,
    recall_and_precision,
    select,
)

T95 = {2: 4.303, 3: 3.182, 4: 2.776}  # t 분포의 97.5 % 점, 자유도마다


def half_width(values):
    """평균의 95 % 신뢰 구간의 반폭."""
    values = np.asarray(values, dtype=float)
    return T95[len(values) - 1] * values.std(ddof=1) / len(values) ** 0.5


def claim_parameters(fit):
    """Flatten, 128, 10으로 쌓은 신경망의 매개변수는 101,770개입니다.

    원문: (S08) 784칸의 사진을 유닛 128개의 은닉층과 유닛 10개의 출력층으로 나눈다.
    판정: 재현됨
    """
    counts = set(fit["parameters"])
    return counts == {101_770} == {parameters(128)}, f"{max(counts):,d}개"


def claim_gap(fit):
    """20에폭을 배우면 훈련 정확도가 테스트 정확도보다 0.03 넘게 높습니다. 시드 다섯 개 모두
    그렇습니다.

    사진 60,000장, Adam(0.001), 배치 크기 32, 에폭마다 새로 섞음. 원본 노트에는 정확도가
    적혀 있지 않아 견줄 숫자가 없습니다.
    """
    train = curves(fit, "whole", "accuracy")[:, -1]
    gaps = train - curves(fit, "whole", "test_accuracy")[:, -1]
    return bool(gaps.min() > 0.03), (
        f"차이 {gaps.mean():.4f} ± {gaps.std(ddof=1):.4f} (시드 {len(gaps)}개의 표준편차)"
    )


def claim_too_long(fit):
    """손실로 보면 20에폭은 깁니다. 검증 손실이 가장 낮은 에폭에 멈춘 것보다 끝까지 간 것의
    테스트 손실이 높습니다. 짝 차이의 95 % 신뢰 구간이 0보다 위에 있습니다.

    강조

    사진 48,000장으로 배우고 12,000장으로 검증했습니다. 시드 5개.

    원문: (S08) 검증 데이터 없이 20에폭을 학습한다.
    판정: 조건부
    """
    val, test = (curves(fit, "split", key) for key in ("val_loss", "test_loss"))
    stops = [
        best_epoch(line) for line in val
    ]  # 테스트 데이터는 고르는 데 쓰지 않습니다
    rise = test[:, -1] - test[range(len(test)), np.array(stops) - 1]  # (시드,)
    holds = max(stops) < val.shape[1] and rise.mean() > half_width(rise)
    return bool(holds), (
        f"가장 낮은 에폭 {', '.join(map(str, stops))}, "
        f"테스트 손실의 차이 {rise.mean():+.4f} ± {half_width(rise):.4f}"
    )


TOPS = ("티셔츠", "스웨터", "코트", "셔츠")


def claim_tops(fit):
    """재현율이 가장 낮은 클래스는 시드마다 다를 수 있지만 늘 윗옷입니다. 평균에서는 셔츠가
    가장 낮습니다. 시드를 바꾸면 셔츠의 재현율은 정확도보다 다섯 배 넘게 크게 달라집니다.

    강조

    사진 60,000장, 20에폭, 시드 5개. 테스트 사진은 클래스마다 1,000장입니다. 윗옷은 티셔츠,
    스웨터, 코트, 셔츠입니다.
    """
    recalls = np.array(
        [recall_and_precision(each)[0] for each in select(fit, "whole")["confusion"]]
    )  # (시드 수, 10)
    worst = [CLASSES[k] for k in recalls.argmin(axis=1)]
    shirt = recalls[:, CLASSES.index("셔츠")]
    accuracy = curves(fit, "whole", "test_accuracy")[:, -1]
    holds = set(worst) <= set(TOPS) and CLASSES[recalls.mean(axis=0).argmin()] == "셔츠"
    holds = holds and np.ptp(shirt) > 5 * np.ptp(accuracy)
    return bool(holds), (
        f"가장 낮은 클래스 {', '.join(worst)}, 셔츠의 재현율 {shirt.min():.3f}–"
        f"{shirt.max():.3f}, 정확도 {accuracy.min():.4f}–{accuracy.max():.4f}"
    )


def claim_argument_order(fit):
    """정답과 예측을 바꾸어 넣어도 정확도는 같지만, 셔츠의 재현율과 정밀도는 서로 뒤바뀝니다.

    원문: (E30) accuracy_score에 예측을 먼저, 정답을 나중에 넣는다.
    판정: 조건부
    """
    confusion = mean_confusion(fit)
    recall, precision = recall_and_precision(confusion)
    swapped, _ = recall_and_precision(confusion.T)
    shirt = CLASSES.index("셔츠")
    same = np.trace(confusion) == np.trace(confusion.T)
    holds = same and swapped[shirt] == precision[shirt] != recall[shirt]
    return bool(holds), f"재현율 {recall[shirt]:.3f}, 정밀도 {precision[shirt]:.3f}"

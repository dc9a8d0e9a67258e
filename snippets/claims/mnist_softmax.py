"""MNIST 소프트맥스 회귀 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from comparison import difference, is_tie, mean_and_sd, pick, with_sign
from runs.mnist_softmax import ALL, many_and_few


def claim_not_memorised(fit):
    """훈련 정확도와 검증 정확도의 차이는 0.01보다 작습니다.

    훈련 사진 48,000장, SGD(0.01), 30에폭, 시드 3개. 마지막 에폭의 두 값을 시드마다 빼고,
    95% 신뢰 구간이 ±0.01 안에 있는지 보았습니다. 훈련 정확도는 에폭 동안의 평균이라 조금
    낮게 적힙니다.
    """
    train = pick(fit, "train_accuracy", samples=ALL)  # (시드 수,)
    runs = fit[fit["samples"] == ALL].sort_values("seed")
    val = [curve[-1] for curve in runs["val_accuracy"]]  # (시드 수,)
    evidence = (
        f"훈련 {mean_and_sd(train)}, 검증 {mean_and_sd(val)}, "
        f"차이 {with_sign(difference(train, val))}."
    )
    return is_tie(train, val, margin=0.01), evidence


def claim_more_images(fit):
    """훈련 사진을 네 배로 늘리면 테스트 정확도가 오르지만, 0.02까지는 오르지 않습니다.

    강조

    12,000장과 48,000장, 걸음의 수는 거의 같게 두었습니다(120에폭과 30에폭). 학습률은 둘 다
    0.01입니다. 시드가 같은 두 실행의 차이를 시드 3개로 재고, 95% 신뢰 구간이 0과 0.02
    사이에 있는지 보았습니다.
    """
    many, few = many_and_few(fit)
    mean, half = difference(many, few)
    evidence = (
        f"{mean_and_sd(few)} → {mean_and_sd(many)}, "
        f"차이 {with_sign((mean, half))} (95% 신뢰 구간)."
    )
    return bool(mean - half > 0 and mean + half < 0.02), evidence

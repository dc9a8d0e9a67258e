"""MNIST 다층 퍼셉트론 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from runs.mnist_mlp import (
    OPTIMIZERS,
    SOURCE,
    accuracies,
    adam_effects,
    compare,
    dropout_effects,
)


def z_text(rows, names):
    return ", ".join(
        f"{name} {rows[name]['mean']:.4f} (|z| = {abs(rows[name]['z']):.1f})"
        for name in names
    )


def claim_slides(fit):
    """드롭아웃이 없는 모델에 적힌 설정(SGD, 30에폭)으로는 드롭아웃이 있든 없든
    0.9785에 이르지 못합니다.

    훈련 데이터 60,000장 가운데 20%를 검증에 쓰고, 배치 크기 64, SGD(0.01), 시드 5개.
    시드마다의 정확도가 모두 0.9785보다 낮고, |z|가 자유도 16인 t 분포의 95% 한계 2.1보다
    큽니다. 표준편차는 네 설정의 것을 모아 구했습니다.

    원문: (N13) 드롭아웃을 더한 다층 퍼셉트론의 정확도는 0.9785입니다.
    판정: 조건부
    """
    rows, found = compare(fit), accuracies(fit)
    names = ("기본, SGD", "드롭아웃, SGD")
    holds = all(found[name].max() < SOURCE and not rows[name]["fits"] for name in names)
    return bool(holds), z_text(rows, names) + "."


def claim_compatible(fit):
    """드롭아웃을 더한 모델을 Adam으로 30에폭 학습하거나 SGD로 120에폭 학습하면 0.9785와
    들어맞습니다.

    Adam(0.001)은 시드 5개, SGD 120에폭은 시드 하나입니다. 드롭아웃 없이 Adam만 써도
    들어맞습니다. 들어맞는다는 것은 |z|가 2.1보다 작다는 뜻입니다. 원본이 어느 쪽이었는지,
    테스트 데이터로 잰 수인지 검증 데이터로 잰 수인지는 알 수 없습니다.

    원문: (N13) 드롭아웃을 더한 다층 퍼셉트론의 정확도는 0.9785입니다.
    판정: 조건부
    """
    rows = compare(fit)
    names = ("드롭아웃, Adam", "드롭아웃, SGD 네 배", "기본, Adam")
    return all(rows[name]["fits"] for name in names), z_text(rows, names) + "."


def claim_dropout(fit):
    """드롭아웃을 더해도 테스트 정확도는 0.01만큼도 오르지 않습니다.

    강조

    시드가 같은 두 실행의 차이(드롭아웃 − 기본)를 시드 5개로 재고, 95% 신뢰 구간의 위쪽
    끝이 SGD와 Adam 모두에서 0.01보다 작은지 보았습니다. 128-64-10, 드롭아웃 0.5, 30에폭.

    원문: (C14) 드롭아웃 층을 넣어 모델을 다시 만들어도 성능은 거의 좋아지지 않습니다.
    판정: 재현됨
    """
    effects = dropout_effects(fit)
    evidence = ", ".join(
        f"{OPTIMIZERS[name]} {mean:+.4f} ± {half:.4f}"
        for name, (mean, half) in effects.items()
    )
    holds = all(mean + half < 0.01 for mean, half in effects.values())
    return bool(holds), evidence + " (시드 5개의 짝 차이, 95% 신뢰 구간)."


def claim_optimizer(fit):
    """30에폭 안에서 정확도를 더 크게 끌어올린 것은 드롭아웃이 아니라 Adam입니다.

    강조

    옵티마이저를 SGD(0.01)에서 Adam(0.001)으로 바꾼 짝 차이는 드롭아웃이 있든 없든 95%
    신뢰 구간이 0보다 크고, 그 평균은 드롭아웃이 준 차이의 평균보다 큽니다. 시드 5개.
    """
    adam, dropout = adam_effects(fit), dropout_effects(fit)
    largest = max(mean for mean, _ in dropout.values())
    holds = all(mean - half > 0 and mean > largest for mean, half in adam.values())
    evidence = ", ".join(
        f"{'드롭아웃' if rate else '기본'} 모델에서 {mean:+.4f} ± {half:.4f}"
        for rate, (mean, half) in adam.items()
    )
    return bool(
        holds
    ), f"Adam − SGD: {evidence}. 드롭아웃이 준 차이의 평균은 커도 {largest:+.4f}."

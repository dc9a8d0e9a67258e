"""MNIST 다층 퍼셉트론 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from comparison import difference, is_higher, with_sign
from runs.mnist_mlp import (
    OPTIMIZERS,
    SOURCE,
    accuracies,
    compare,
    dropout_effects,
    of,
)


def ranges(rows, names):
    return ", ".join(
        f"{name} {rows[name]['mean']:.4f} ± {rows[name]['half']:.4f}" for name in names
    )


def claim_slides(fit):
    """노트에 남은 설정(SGD, 30에폭)으로는 드롭아웃을 넣어도 빼도 0.9785에 이르지
    못합니다.

    훈련 데이터 60,000장 가운데 20%를 검증에 쓰고, 배치 크기 64, SGD(0.01), 시드 5개.
    시드마다의 정확도가 모두 0.9785보다 낮고, 0.9785가 95% 예측 구간 밖에 있습니다.

    원문: (N13) 드롭아웃을 더한 다층 퍼셉트론의 정확도는 0.9785입니다.
    판정: 조건부
    """
    rows, found = compare(fit), accuracies(fit)
    names = ("기본, SGD", "드롭아웃, SGD")
    holds = all(found[name].max() < SOURCE and not rows[name]["fits"] for name in names)
    return bool(holds), ranges(rows, names) + " (95% 예측 구간)."


def claim_compatible(fit):
    """옵티마이저를 Adam으로 바꾸어 30에폭 학습하면 드롭아웃을 넣어도 빼도 0.9785가 나올
    만합니다.

    나올 만하다는 것은 새로 한 번 학습한 정확도의 95% 예측 구간에 0.9785가 든다는 뜻입니다.
    Adam(0.001), 시드 5개. 원본이 어느 것이었는지, 테스트 데이터로 잰 수인지 검증 데이터로
    잰 수인지는 알 수 없습니다.

    원문: (N13) 드롭아웃을 더한 다층 퍼셉트론의 정확도는 0.9785입니다.
    판정: 조건부
    """
    rows = compare(fit)
    names = ("드롭아웃, Adam", "기본, Adam")
    holds = all(rows[name]["fits"] for name in names)
    return holds, ranges(rows, names) + " (95% 예측 구간)."


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
        f"{OPTIMIZERS[name]} {with_sign(effect)}" for name, effect in effects.items()
    )
    holds = all(mean + half < 0.01 for mean, half in effects.values())
    return bool(holds), evidence + " (시드 5개의 짝 차이, 95% 신뢰 구간)."


def claim_optimizer(fit):
    """SGD(0.01)를 Adam(0.001)으로 바꾸면 30에폭 뒤의 정확도가 오르고, 그 차이는 드롭아웃이
    준 것보다 큽니다.

    강조

    드롭아웃이 없는 모델, 시드 5개의 짝 차이. 차이의 95% 신뢰 구간이 0보다 큰지 보았습니다.
    학습률은 저마다 Keras의 기본값입니다.
    """
    plain, adam = (of(fit, "test_accuracy", 0.0, name) for name in ("sgd", "adam"))
    dropout = of(fit, "test_accuracy", 0.5, "sgd")
    holds = is_higher(adam, plain) and is_higher(adam - plain, dropout - plain)
    evidence = (
        f"Adam {with_sign(difference(adam, plain))}, "
        f"드롭아웃 {with_sign(difference(dropout, plain))} (95% 신뢰 구간)."
    )
    return bool(holds), evidence

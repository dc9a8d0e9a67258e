"""Fashion-MNIST 심층 신경망 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_tie, with_sign
from runs.fashion_deep import (
    NAMES,
    SOURCE,
    best_rate,
    by_epoch,
    last,
    moments,
    select,
    tuned,
    z_scores,
)

SOURCE_EVALUATION = {"accuracy": 0.87133, "loss": 0.37257}  # evaluate가 돌려준 값
SOURCE_BAR = {"accuracy": 0.8723, "loss": 0.3749}  # 같은 평가의 진행 막대
TOLERANCE = 3  # 원본의 값이 표준편차의 몇 배 안에 있으면 재현되었다고 할지


# ---------------------------------------------------------------- 결과를 고르는 도우미


def z_text(zs):
    return ", ".join(f"{z:+.1f}" for z in zs)


# ---------------------------------------------------------------- 주장


def claim_sigmoid_log(fit):
    """Sigmoid와 RMSProp의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 표준편차의
    세 배 안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다.

    원문: (S13, N18) 에폭별 정확도가 0.7526, 0.8493, 0.8634, 0.8742, 0.8780이다.
    판정: 재현됨
    """
    zs = z_scores(fit, "sigmoid", "bar_accuracy")
    return bool(np.abs(zs).max() <= TOLERANCE), f"에폭별 z: {z_text(zs)}"


def claim_relu_log(fit):
    """ReLU와 RMSProp의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 표준편차의 세 배
    안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다. 뒤쪽 에폭의 기록이
    우리 평균보다 낮은데, 까닭은 이 실험으로 알 수 없습니다.

    원문: (S14, N19) 에폭별 정확도가 0.7661, 0.8554, 0.8671, 0.8756, 0.8825이다.
    판정: 재현됨
    """
    zs = z_scores(fit, "relu", "bar_accuracy")
    return bool(np.abs(zs).max() <= TOLERANCE), f"에폭별 z: {z_text(zs)}"


def claim_adam_log(fit):
    """ReLU와 Adam의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 표준편차의 세 배
    안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다.

    원문: (S15, N21) 에폭별 정확도가 0.7698, 0.8549, 0.8744, 0.8819, 0.8867이다.
    판정: 재현됨
    """
    zs = z_scores(fit, "adam", "bar_accuracy")
    return bool(np.abs(zs).max() <= TOLERANCE), f"에폭별 z: {z_text(zs)}"


def claim_history_high(fit):
    """에폭 평균으로는 첫 에폭의 기록을 설명할 수 없습니다. 세 학습 모두에서 원본의 첫
    정확도가 에폭 평균보다 0.03 넘게, 표준편차의 다섯 배 넘게 낮습니다.

    원문: (E19, N18, N19, N21) 진행 막대의 정확도를 한 에폭의 정확도로 적었다.
    판정: 반증
    """
    zs = np.array([z_scores(fit, program, "accuracy")[0] for program in NAMES])
    gaps = np.array(
        [
            SOURCE[program]["accuracy"][0]
            - by_epoch(select(fit, program), "accuracy")[0].mean()
            for program in NAMES
        ]
    )
    evidence = (
        f"차이 {gaps.min():+.4f}부터 {gaps.max():+.4f}, 첫 에폭의 z: {z_text(zs)}"
    )
    return bool(gaps.max() < -0.03 and zs.max() < -5), evidence


def claim_evaluation(fit):
    """원본의 검증 정확도와 검증 손실은 우리 시드들의 평균에서 표준편차의 세 배 안에
    있습니다.

    ReLU와 RMSProp, 5에폭, 시드 10개. 검증 데이터는 같은 크기이지만 같은 사진은 아닙니다.

    원문: (N20) 검증 데이터에서 evaluate가 돌려준 값은 손실 0.37257, 정확도 0.87133이다.
    판정: 재현됨
    """
    rows = select(fit, "relu")
    zs = {}
    for name, key in (("정확도", "accuracy"), ("손실", "loss")):
        ours = moments(last(rows, f"val_{key}"))
        zs[name] = (SOURCE_EVALUATION[key] - ours["mean"]) / ours["sd"]
    evidence = ", ".join(f"{name} z = {z:+.1f}" for name, z in zs.items())
    return bool(max(map(abs, zs.values())) <= TOLERANCE), evidence


def claim_two_numbers(fit):
    """한 번의 평가에 적힌 두 숫자의 차이는, 사진의 순서를 무작위로 바꿀 때 되살린 막대와
    에폭 평균이 벌어지는 정도의 두 배 안에 있습니다.

    ReLU와 RMSProp 모델 열 개에서 순서를 200번씩 바꾸어 잰 표준편차로 견줍니다.

    원문: (N20, E19) 같은 평가의 진행 막대에는 정확도 0.8723과 손실 0.3749가 적혀 있다.
    판정: 재현됨
    """
    rows = select(fit, "relu")
    ratios = {}
    for name, key in (("정확도", "accuracy"), ("손실", "loss")):
        gap = SOURCE_BAR[key] - SOURCE_EVALUATION[key]
        ratios[name] = gap / rows[f"gap_{key}"].mean()
    evidence = ", ".join(
        f"{name}의 차이는 표준편차의 {ratio:+.1f}배" for name, ratio in ratios.items()
    )
    return bool(max(map(abs, ratios.values())) <= 2), evidence


def claim_parameters(fit):
    """은닉층은 78,500개, 출력층은 1,010개이고 Flatten은 0개라서 모두 79,510개입니다.

    원문: (N23, T38) 매개변수는 78,500개와 1,010개, 모두 79,510개이다.
    판정: 재현됨
    """
    counts = fit["parameters"].iloc[0]
    return counts == [78_500, 1_010], f"{counts[0]:,d} + {counts[1]:,d}"


def claim_steps(fit):
    """한 에폭은 1500걸음이고, 검증 데이터의 평가는 375걸음입니다.

    한 걸음에 걸리는 시간은 컴퓨터마다 달라 견주지 않았습니다.

    원문: (N24) 한 에폭에 1500걸음, 평가에 375걸음, 한 걸음에 3–5 ms가 걸린다.
    판정: 재현됨
    """
    steps, evaluation = set(fit["steps"]), set(fit["evaluation_steps"])
    return (steps, evaluation) == ({1500}, {375}), (
        f"학습 {max(steps)}걸음, 평가 {max(evaluation)}걸음"
    )


def claim_same_split(split):
    """시드가 같으면 검증 데이터 12,000장이 순서까지 똑같고, 시드가 다르면 다섯 장에 한 장
    남짓만 겹칩니다.

    NumPy의 난수로 확인했습니다. 훈련 데이터와 검증 데이터에 함께 든 사진은 없습니다.

    원문: (C41, T36) random_state를 정하면 나누기가 재현된다.
    판정: 재현됨
    """
    held = split["val"]
    holds = split["same_seed"] == held and split["overlap"] == 0
    shared = split["shared"] / held
    return bool(holds and 0.17 < shared < 0.23), (
        f"같은 시드 {split['same_seed']:,d}장 일치, 다른 시드 {split['shared']:,d}장 겹침"
    )


MARGIN = 0.015


def tuned_text(rates, a, b):
    rates_used = " 대 ".join(f"{best_rate(rates, one):g}" for one in (a, b))
    gap = difference(tuned(rates, a), tuned(rates, b))
    return f"테스트 차이 {with_sign(gap)} (학습률 {rates_used}, 95% 신뢰 구간)"


def claim_relu_or_sigmoid(rates):
    """학습률을 저마다 골라도 ReLU와 Sigmoid의 테스트 정확도는 0.015만큼도 다르지 않습니다.

    강조

    옵티마이저는 둘 다 RMSprop, 5에폭, 시드 5개의 짝 차이. 학습률은 검증 정확도의 평균으로
    골랐고, 95% 신뢰 구간이 ±0.015 안에 있는지 보았습니다.

    원문: (C45) 같은 신경망에서 ReLU가 Sigmoid보다 낫다.
    판정: 조건부
    """
    relu, sigmoid = (tuned(rates, program) for program in ("relu", "sigmoid"))
    evidence = tuned_text(rates, "relu", "sigmoid")
    return is_tie(relu, sigmoid, margin=MARGIN), evidence


def claim_adam_or_rmsprop(rates):
    """학습률을 저마다 골라도 Adam과 RMSProp의 테스트 정확도는 0.015만큼도 다르지 않습니다.

    강조

    활성화 함수는 둘 다 ReLU, 5에폭, 시드 5개의 짝 차이. 학습률은 검증 정확도의 평균으로
    골랐고, 95% 신뢰 구간이 ±0.015 안에 있는지 보았습니다. 이보다 작은 차이가 있는지는 보지
    않았습니다.

    원문: (C46) Adam이 기본값인 RMSProp보다 낫다.
    판정: 확인 불가
    """
    adam, rmsprop = (tuned(rates, program) for program in ("adam", "relu"))
    return is_tie(adam, rmsprop, margin=MARGIN), tuned_text(rates, "adam", "relu")


def claim_goes_on(again):
    """fit을 다시 불러도, compile을 다시 해도 배운 가중치에서 이어집니다. compile은 옵티마이저를
    새로 만들어 걸음 수가 0으로 돌아가지만, clone_model은 가중치까지 새로 시작합니다.

    사진 5,000장, 한 에폭씩, 시드 3개에서 모두 그렇습니다.

    원문: (E31) fit의 칸을 다시 실행하면 학습이 처음부터 다시 시작된다고 여기기 쉽다.
    판정: 재현됨
    """
    learnt = again["first_before"] > 2 * again["again_before"]
    kept = again["recompiled_before"] < again["again_before"]
    fresh = again["cloned_before"] > 2 * again["again_before"]
    counts = (again["again_steps"] > 0) & (again["recompiled_steps"] == 0)
    return bool((learnt & kept & fresh & counts).all()), (
        f"손실 {again['first_before'].mean():.3f} → {again['again_before'].mean():.3f} → "
        f"compile 뒤 {again['recompiled_before'].mean():.3f}, "
        f"clone 뒤 {again['cloned_before'].mean():.3f}"
    )


def claim_blank_name(name):
    """이름에 빈칸이 있는 모델은 만들 수는 있지만 fit에서 ValueError로 멈추고, 빈칸을 밑줄로
    바꾸면 학습됩니다.

    원문: (E12, S12) 모델의 이름을 ‘fashion MNIST model’로 짓고 summary까지만 불렀다.
    판정: 조건부
    """
    holds = name["plain"] == "ok" and "not a valid root scope name" in name["blank"]
    holds = holds and name["blank_parameters"] == name["plain_parameters"]
    return holds, name["blank"]

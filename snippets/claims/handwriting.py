"""손글씨 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, mean_and_sd, with_sign


def claim_accuracy(network):
    """판의 신경망은 int8로 줄인 다음에도 테스트 숫자의 97% 넘게 맞힙니다.

    테스트 그림 1만 장으로 잰 값이고, 학습은 시드 하나로 한 번 했습니다.
    """
    return (
        network["accuracy"] > 0.97,
        f"줄인 다음의 정확도는 {network['accuracy']:.4f}입니다.",
    )


def claim_quantised(network):
    """가중치를 int8로 줄여도 테스트 정확도는 0.002 안에서 그대로입니다."""
    change = network["accuracy"] - network["float_accuracy"]
    evidence = (
        f"실수 가중치는 {network['float_accuracy']:.4f}, "
        f"int8 가중치는 {network['accuracy']:.4f}입니다."
    )
    return abs(change) <= 0.002, evidence


def claim_same_forward(reference):
    """NumPy로 쓴 순전파의 확률은 Keras와 0.0001 안에서 같습니다.

    테스트 그림 100장의 확률 1,000개를 견줍니다. 같은 그림을 브라우저의 JavaScript에
    넣어 Keras와 견주는 시험도 이 노트에 들어 있습니다.
    """
    difference = reference["numpy_difference"]
    return difference < 1e-4, f"가장 큰 차이는 {difference:.1e}입니다."


def claim_mnist_is_centred(centre):
    """MNIST 훈련 그림은 모두 무게 중심의 행과 열이 저마다 14에서 0.55픽셀 안에 있습니다.

    행과 열은 0부터 셉니다. 픽셀 단위로 옮겼다면 반 픽셀까지는 벗어나기 마련입니다.
    """
    return (
        centre["farthest"] <= 0.55,
        f"행이나 열에서 가장 크게 벗어난 그림도 {centre['farthest']:.3f}픽셀입니다.",
    )


def claim_shift_hurts(shift_summary):
    """네 픽셀만 옮겨도, 있는 그대로 배운 신경망의 정확도는 0.5 아래로 떨어집니다.
    흔든 그림으로 배운 신경망은 그보다 높습니다.

    강조

    훈련 그림 1만 장, 시드 3개. 학습률은 둘 다 0.003입니다. 정확도가 0.5보다 낮고, 시드가
    같은 두 실행의 차이가 0보다 크다는 것을 95% 신뢰 구간으로 확인했습니다.
    """
    plain, augmented = (
        np.array(shift_summary[name]["four"]) for name in ("plain", "augmented")
    )  # (시드 수,), 네 픽셀 옮긴 그림의 정확도
    holds = is_higher(np.full(len(plain), 0.5), plain) and is_higher(augmented, plain)
    evidence = (
        f"있는 그대로 {mean_and_sd(plain, 3)}, 흔든 그림 {mean_and_sd(augmented, 3)}, "
        f"차이 {with_sign(difference(augmented, plain), 3)}입니다."
    )
    return holds, evidence


def claim_centring_restores(moved):
    """네 픽셀 옮긴 그림도 무게 중심을 다시 맞추면 옮기지 않은 그림만큼 맞힙니다.

    강조

    옮길 때 그림 밖으로 잘려 나간 획은 되살릴 수 없어서, 정확도의 차이 0.005까지를
    같다고 봅니다.
    """
    before, after = moved["restored"][0], moved["restored"][4]
    evidence = (
        f"옮기지 않으면 {before:.4f}, 네 픽셀 옮기면 {moved['shift'][4]:.4f}, "
        f"다시 맞추면 {after:.4f}입니다."
    )
    return abs(after - before) <= 0.005, evidence


def claim_sure_of_clothes(strangers):
    """숫자가 아닌 옷 사진에도 신경망은 다섯 가운데 하나 넘게 90% 이상의 확률을 줍니다.

    강조
    """
    share = strangers["clothes"]["over_90"]
    return share > 1 / 5, f"옷 사진 1만 장 가운데 {share:.1%}입니다."

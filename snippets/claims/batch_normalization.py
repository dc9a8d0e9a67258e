"""배치 정규화 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from comparison import difference, is_higher, with_sign
from runs.batch_normalization import DEPTHS, of_arm, tuned


def claim_deep(depth):
    """은닉층이 8개나 16개이면, 학습률을 저마다 맞추어도 배치 정규화를 넣은 신경망의 테스트
    정확도가 더 높습니다.

    강조

    은닉층이 2개일 때도 그런지는 말하지 않습니다. 5에폭만 배웠고, 더 오래 배우면 어떻게
    되는지는 재지 않았습니다.
    MNIST 2000장, ReLU 64개씩, He 초기화, SGD, 미니배치 50장, 시드 5개. 학습률은
    다섯 가지 가운데 검증 정확도로 골랐습니다.
    """
    pairs = {
        layers: [tuned(of_arm(depth, arm), depth=layers) for arm in ("batch", "plain")]
        for layers in DEPTHS
    }
    evidence = "배치 정규화 − 없음: " + ", ".join(
        f"{layers}개 {with_sign(difference(*pair), 3)}"
        for layers, pair in pairs.items()
    )
    return is_higher(*pairs[8]) and is_higher(*pairs[16]), evidence + "."


def claim_small(small):
    """미니배치가 2장이면, 학습률을 저마다 맞추어도 배치 정규화를 넣은 신경망의 테스트
    정확도가 더 낮습니다. 추론할 때도 미니배치의 통계를 쓰면 그보다 더 낮아집니다.

    강조

    MNIST 1024장, 은닉층 2개, ReLU 64개씩, SGD, 4에폭, 시드 5개. 학습률은 여섯 가지
    가운데 모아 둔 통계로 잰 검증 정확도로 골랐습니다.
    """
    plain, batch = (
        tuned(of_arm(small, arm), batch_size=2) for arm in ("plain", "batch")
    )
    grouped = tuned(of_arm(small, "batch"), "batch_accuracy", batch_size=2)
    evidence = (
        f"배치 정규화 − 없음 {with_sign(difference(batch, plain), 3)}, "
        f"미니배치의 통계 − 모아 둔 통계 {with_sign(difference(grouped, batch), 3)}."
    )
    return is_higher(plain, batch) and is_higher(batch, grouped), evidence

"""두 MNIST 프로그램 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from runs.mnist_two_programs import (
    EPOCHS,
    experiment_full_summary,
    gains,
    on_rung,
    paired,
)


def claim_complexity(programs, bend):
    """mnist.py의 모델은 로지스틱 회귀와 같은 일차식이고, op_mnist.py의 모델은 일차식이
    아니며 매개변수가 70배가 넘습니다.

    두 숫자의 로그 확률의 차가 픽셀의 일차식이면 로지스틱 회귀입니다. 일차식이라면 두
    사진을 반씩 섞은 사진에서 그 값은 두 사진의 평균과 같아야 합니다. 3,000장으로 2에폭 학습한
    두 모델에서, 테스트 사진 500쌍의 어긋난 크기의 평균을 쟀습니다. 0.001보다 작으면
    일차식으로, 0.1보다 크면 일차식이 아닌 것으로 보았습니다.

    원문: (C17) op_mnist.py는 복잡하고, mnist.py는 로지스틱 회귀와 비슷한 아주 단순한 모델입니다.
    판정: 재현됨
    """
    bent = {row["program"]: row["bend"] for _, row in bend.iterrows()}
    ratio = programs["op_mnist"]["parameters"] / programs["mnist"]["parameters"]
    evidence = (
        f"어긋난 크기는 mnist.py {bent['mnist']:.1e}, op_mnist.py {bent['op_mnist']:.2f}. "
        f"매개변수는 {ratio:.0f}배입니다."
    )
    holds = bent["mnist"] < 1e-3 and bent["op_mnist"] > 0.1 and ratio > 70
    return bool(holds), evidence


def claim_minimum(full):
    """op_mnist.py의 검증 손실은 정해 둔 35에폭의 3분의 2가 지나기 전에 가장 낮고, 마지막
    에폭에서는 그보다 높습니다.

    훈련 데이터 60,000장 가운데 20%를 검증에 썼습니다. 시드 하나의 결과입니다.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    run = experiment_full_summary(full)["op_mnist"]
    evidence = (
        f"검증 손실은 {run['lowest_epoch']}에폭에서 가장 낮은 {run['lowest']:.4f}이고, "
        f"마지막 에폭에서 {run['last']:.4f}입니다."
    )
    early = run["lowest_epoch"] < EPOCHS["op_mnist"] * 2 / 3
    return bool(early and run["last"] > run["lowest"]), evidence


def claim_steps(ladder):
    """은닉층을 더하고 Adam으로 바꾼 두 칸이 정확도를 0.02보다 많이 올렸고, 드롭아웃의 몫은
    그 4분의 1보다 작습니다.

    강조

    두 칸의 몫은 짝 차이의 95% 신뢰 구간 아래쪽 끝이 0.02보다 크고, 드롭아웃의 몫은 신뢰
    구간의 위쪽 끝까지 두 칸의 평균의 4분의 1보다 작습니다. MNIST 12,000장, 15에폭, 시드 3개.
    """
    together, half = paired(on_rung(ladder, "adam"), on_rung(ladder, "softmax"))
    dropout, dropout_half = gains(ladder)["dropout"]
    evidence = (
        f"은닉층과 Adam {together:+.4f} ± {half:.4f}, "
        f"드롭아웃 {dropout:+.4f} ± {dropout_half:.4f} "
        "(시드 3개의 짝 차이, 95% 신뢰 구간)."
    )
    holds = together - half > 0.02 and dropout + dropout_half < together / 4
    return bool(holds), evidence

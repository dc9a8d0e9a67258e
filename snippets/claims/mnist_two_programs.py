"""두 MNIST 프로그램 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from comparison import difference, is_higher, is_open, with_sign
from runs.mnist_two_programs import best_rate, experiment_full_summary, gains, on_rung


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
    """op_mnist.py의 검증 손실은 {{ mnist_two_programs.full_summary.op_mnist.lowest_epoch }}에폭에
    가장 낮고, 마지막 35에폭에는 그보다 높습니다.

    훈련 데이터 60,000장 가운데 20%를 검증에 썼습니다. 시드 하나의 결과입니다.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    run = experiment_full_summary(full)["op_mnist"]
    evidence = (
        f"가장 낮을 때 {run['lowest']:.4f}, 마지막 에폭에 {run['last']:.4f}입니다."
    )
    return bool(run["lowest_epoch"] < 35 and run["last"] > run["lowest"]), evidence


def claim_given(ladder):
    """두 프로그램에 적힌 학습률을 그대로 쓰면 은닉층도 Adam도 정확도를 올립니다.

    SGD는 0.01, Adam은 0.0003. 바로 아래 칸과의 짝 차이의 95% 신뢰 구간이 0보다 큰지
    보았습니다. MNIST 12,000장, 15에폭, 시드 3개.
    """
    found = gains(ladder, given=True)
    holds = all(found[rung][0] > found[rung][1] for rung in ("hidden", "adam"))
    return bool(holds), (
        f"은닉층 {with_sign(found['hidden'])}, Adam {with_sign(found['adam'])} "
        "(시드 3개의 짝 차이, 95% 신뢰 구간)."
    )


def claim_steps(ladder):
    """학습률을 칸마다 고르면 정확도를 올린 것은 은닉층입니다. 거기서 Adam으로 바꾸면 더
    오른다고는 말할 수 없습니다.

    강조

    학습률은 검증 정확도의 평균으로 골랐습니다. 은닉층을 더한 짝 차이는 95% 신뢰 구간이 0보다
    크고, Adam으로 바꾼 짝 차이는 그렇지 않습니다. MNIST 12,000장, 15에폭, 시드 3개.
    """
    values = {rung: on_rung(ladder, rung) for rung in ("softmax", "hidden", "adam")}
    holds = is_higher(values["hidden"], values["softmax"])
    holds = holds and not is_higher(values["adam"], values["hidden"])
    found = gains(ladder)
    rates = ", ".join(f"{best_rate(ladder, rung):g}" for rung in values)
    return holds, (
        f"은닉층 {with_sign(found['hidden'])}, Adam {with_sign(found['adam'])} "
        f"(고른 학습률은 차례로 {rates})."
    )


def claim_dropout_open(ladder):
    """학습률을 고른 다음에 드롭아웃을 더한 것이 정확도를 올리는지는 가릴 수 없습니다.

    짝 차이의 95% 신뢰 구간에 0이 들어 있습니다. MNIST 12,000장, 15에폭, 시드 3개.
    """
    with_dropout, without = (on_rung(ladder, rung) for rung in ("dropout", "adam"))
    evidence = f"차이는 {with_sign(difference(with_dropout, without))}입니다."
    return is_open(with_dropout, without), evidence

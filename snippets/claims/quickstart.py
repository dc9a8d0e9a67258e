"""Keras 빠른 시작 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

from comparison import difference, interval, is_higher, is_tie, pick, with_sign
from runs.quickstart import WRITTEN, gap

# ---------------------------------------------------------------- 드롭아웃의 있고 없음


def claim_logged(fit):
    """마지막 에폭에 기록된 훈련 손실은, 학습을 마친 뒤 같은 데이터로 다시 잰 손실보다
    큽니다. 드롭아웃이 없어도 그렇습니다.

    강조

    MNIST 6,000장, 512유닛, Adam, 5에폭, 배치 크기 32, 시드 5개. 기록에서 다시 잰 값을 뺀
    차이의 95% 신뢰 구간이 0보다 큰지 보았습니다. 기록은 가중치가 바뀌는 동안의 평균이고,
    다시 잰 값은 마지막 가중치의 값입니다.
    """
    gaps = interval(gap(fit, 0.2)), interval(gap(fit, 0.0))
    evidence = (
        f"드롭아웃 0.2에서 {with_sign(gaps[0])}, 드롭아웃 없음에서 "
        f"{with_sign(gaps[1])} (95% 신뢰 구간)."
    )
    return all(mean - half > 0 for mean, half in gaps), evidence


def claim_gain(fit):
    """훈련 사진 6,000장, 5에폭에서는 드롭아웃이 테스트 정확도를 0.01만큼도 바꾸지
    않습니다.

    같은 시드끼리 드롭아웃 0.2의 정확도에서 드롭아웃 없음의 정확도를 빼고, 95% 신뢰 구간이
    ±0.01 안에 있는지 보았습니다. 시드 5개. 이보다 작은 차이가 있는지는 보지 않았습니다.
    """
    dropped, plain = (pick(fit, "test_accuracy", dropout=rate) for rate in (0.2, 0.0))
    evidence = f"차이는 {with_sign(difference(dropped, plain))}입니다."
    return is_tie(dropped, plain, margin=0.01), evidence


# ---------------------------------------------------------------- 켜고 재기, 끄고 재기


def claim_switched(switched):
    """같은 가중치라도 드롭아웃을 켜고 재면 훈련 손실이 더 큽니다.

    MNIST 3,000장, 512유닛, 드롭아웃 0.2, Adam, 5에폭을 마친 가중치에서 시드 5개로 쟀습니다.
    켜고 잰 값은 열 번의 평균이고, 켠 손실에서 끈 손실을 뺀 차이의 95% 신뢰 구간이 0보다
    큰지 보았습니다.
    """
    on, off = switched["on"], switched["off"]  # (시드 수,)
    evidence = (
        f"켜고 재면 평균 {on.mean():.4f}, 끄고 재면 평균 {off.mean():.4f}, "
        f"차이는 {with_sign(difference(on, off))}입니다."
    )
    return is_higher(on, off), evidence


# ---------------------------------------------------------------- 드롭아웃이 하는 일


def claim_mask(mask):
    """드롭아웃 0.2는 학습할 때 유닛의 20%쯤을 무작위로 끄고, 남은 유닛을 1.25배로
    키웁니다. 학습하지 않을 때에는 아무 일도 하지 않습니다.

    1,000장 × 512유닛에 모두 1을 넣고 시드 5개로 쟀습니다. 꺼진 비율은 0.2에서
    0.005보다 적게 벗어나고, 끄는 유닛은 사진마다 다릅니다. 꼭 20%를 끄는 것이 아니라
    유닛마다 따로 20%의 확률로 끕니다.

    원문: (C38) 드롭아웃은 학습할 때 뉴런의 20%를 무작위로 끕니다.
    판정: 재현됨
    """
    rate, rows = mask["rate"], mask["rows"]
    dropped = [row["dropped"] for row in rows]
    holds = all(
        abs(row["dropped"] - rate) < 0.005
        and abs(row["survivor"] - 1 / (1 - rate)) < 1e-5
        and row["unchanged"]
        and not row["same_units"]
        for row in rows
    )
    evidence = (
        f"꺼진 비율은 {min(dropped):.4f}–{max(dropped):.4f}, "
        f"남은 유닛의 값은 {rows[0]['survivor']:.4f}입니다. "
        "학습하지 않을 때의 출력은 입력과 "
        + ("같습니다." if rows[0]["unchanged"] else "다릅니다.")
    )
    return holds, evidence


# ---------------------------------------------------------------- 저장하고 읽기


def claim_saving(saving):
    """`tf.nn.softmax`를 활성화 함수로 적은 모델은 저장한 뒤 읽을 때 TypeError가 납니다.

    강조

    Keras 3.15, TensorFlow 2.21에서 그렇습니다. 같은 함수를 문자열 `"softmax"`나
    `keras.activations.softmax`로 적으면 읽은 모델의 출력이 저장하기 전과 같습니다.
    `tf.nn.relu`는 이름이 Keras의 것과 같아서 문제가 없습니다.

    원문: (E13) 출력층의 활성화 함수를 `tf.nn.softmax`로 적었습니다. 이렇게 적은 모델은 저장한 뒤 읽을 수 없습니다.
    판정: 조건부
    """
    failed = [name for name in WRITTEN if saving[name]["error"]]
    others = [saving[name]["difference"] for name in WRITTEN if name not in failed]
    holds = failed == ["tf"] and saving["tf"]["error"] == "TypeError"
    evidence = (
        f"읽지 못한 것: {', '.join(WRITTEN[name] for name in failed) or '없음'}. "
        f"파일에 적힌 이름은 {saving['tf']['stored']}입니다. "
        f"나머지의 출력 차이는 최대 {max(others, default=0):g}입니다."
    )
    return bool(holds and max(others, default=0) == 0), evidence

"""저수준 소프트맥스 회귀 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, is_higher, pick, with_sign
from runs.lowlevel_softmax import FORMS, SCALES, broken_count, ratios

# ---------------------------------------------------------------- 비용 함수의 세 가지 꼴


def claim_start(start):
    """가중치를 N(0, 2²)에서 뽑으면 확률에 로그를 씌운 두 꼴은 열 시드 모두 비용이나 기울기가
    inf나 nan이 되지만, 점수에서 바로 구한 꼴은 모두 무사합니다.

    강조

    MNIST 훈련 사진 60,000장, 배우기 전, 32비트 실수, 시드 10개. 비용과 기울기가 모두
    유한해야 무사한 것으로 셌습니다. 표준편차를 0.1로 줄이면 세 꼴이 모두 무사하고, 1이면
    시드에 따라 망가지기도 합니다.
    """
    counts = {
        form: [broken_count(start, form, scale) for scale in SCALES] for form in FORMS
    }
    total = int(start["seeds"].iloc[0])
    safe = sum(counts["logits"]) == 0
    naive = [counts[form] for form in ("naive", "log_softmax")]
    breaks = all(row[0] == 0 and row[2] == total for row in naive)
    evidence = f"망가진 시드는 {total}개 가운데 " + ", ".join(
        f"{FORMS[form]} {row[2]}개(N(0, 1)이면 {row[1]}개)"
        for form, row in counts.items()
    )
    return bool(safe and breaks), evidence + "입니다."


def claim_descent(descent):
    """가중치를 N(0, 2²)에서 뽑으면, `tf.nn.softmax`에 로그를 씌운 비용은 세 시드 모두 첫
    걸음에 망가지고, 점수에서 바로 구한 비용은 100걸음 뒤에 처음보다 줄어 있습니다.

    MNIST 10,000장, 훈련 데이터 전체로 100걸음, 학습률 0.5, 시드 3개. 망가진 뒤의
    가중치에는 nan이 들어 있어 다시는 돌아오지 않습니다.
    """
    wide = descent[descent["scale"] == 2.0]
    naive, logits = (wide[wide["form"] == form] for form in ("log_softmax", "logits"))
    lost = not naive["finite"].any() and naive["steps"].max() == 1
    kept = logits["finite"].all() and (logits["last"] < logits["first"]).all()
    evidence = (
        f"로그를 씌운 꼴은 {naive['steps'].max()}걸음째에 망가지고 "
        f"가중치의 {naive['nan_weights'].mean():.0%}가 nan입니다. "
        f"점수에서 바로 구한 꼴의 비용은 평균 {logits['first'].mean():.1f}에서 "
        f"{logits['last'].mean():.1f}으로 줄었습니다."
    )
    return bool(lost and kept and (naive["nan_weights"] > 0).all()), evidence


# ---------------------------------------------------------------- Keras와 걸음마다 견주기


def claim_same(same):
    """같은 시작에서 손으로 짠 반복문과 Keras의 비용은 걸음마다 0.00001 안에서 같습니다.

    MNIST 10,000장을 한꺼번에 쓰는 경사 하강법, 학습률 0.5, 100걸음. 0에서 시작한 것
    하나와 N(0, 0.05²)에서 뽑은 시드 2개.
    """
    worst = same["difference"].max()
    evidence = (
        f"{len(same)}번 × {same['steps'].min()}걸음에서 가장 큰 차이는 {worst:.1e}, "
        f"마지막 가중치의 차이는 {same['weights'].max():.1e}입니다."
    )
    return bool(worst < 1e-5 and same["steps"].min() == 100), evidence


# ---------------------------------------------------------------- 즉시 실행과 그래프


def claim_graph(graph):
    """즉시 실행이 켜져 있어도 Keras의 `fit`은 그래프를 만듭니다. 손실은 즉시 실행과 같고,
    CPU 시간은 더 적게 듭니다.

    층 하나, MNIST 2,000장, 배치 크기 20으로 100걸음을 두 방식으로 번갈아 네 번 했습니다.
    두 방식 모두 Keras의 `fit` 그대로이고, 걸음마다 파이썬으로 돌아옵니다
    (`steps_per_execution=1`). 그래프를 만드는 첫 번째 실행은 시간에서 뺐습니다. 손실은
    0.00001 안에서 같고, 시간의 비는 네 번 모두 3배보다 큽니다.

    원문: (C39) 즉시 실행에서는 그래프를 만들지 않고 연산을 바로 실행합니다.
    판정: 조건부
    """
    compiled, eager = graph["graph"], graph["eager"]
    apart = np.abs(np.subtract(compiled["losses"], eager["losses"])).max()
    ratio = ratios(graph)
    evidence = (
        f"{graph['steps']}걸음 동안 파이썬이 손실 함수를 부른 횟수는 그래프 {compiled['calls']}번, "
        f"즉시 실행 {eager['calls']}번입니다. 손실의 차이는 최대 {apart:g}, "
        f"CPU 시간의 비는 {ratio.min():.1f}–{ratio.max():.1f}배입니다."
    )
    holds = (
        graph["eager_on"]
        and not compiled["called_eagerly"]
        and eager["called_eagerly"]
        and compiled["calls"] < graph["steps"] <= eager["calls"]
    )
    return bool(holds and apart < 1e-5 and ratio.min() > 3), evidence


# ---------------------------------------------------------------- TensorFlow 1의 스위치


def claim_switch(switch):
    """TensorFlow 2에는 `tf.enable_eager_execution`이 없고, 즉시 실행은 처음부터 켜져
    있습니다.

    TensorFlow 2.21에서 부르면 AttributeError가 납니다. 옛 이름은 `tf.compat.v1` 아래에만
    남아 있습니다.

    원문: (E14) 즉시 실행을 확인하는 코드가 그림 속에 있습니다. TensorFlow 1의 스위치를 썼다면 지금은 오류가 납니다.
    판정: 조건부
    """
    holds = switch["error"] == "AttributeError" and switch["eager"]
    evidence = (
        f"부른 결과는 {switch['error']}, "
        f"tf.executing_eagerly()는 {switch['eager']}입니다."
    )
    return bool(holds and switch["compat"]), evidence


# ---------------------------------------------------------------- 처음 가중치의 크기


def claim_large_start(same, descent):
    """가중치를 N(0, 1)에서 시작하면, 같은 100걸음 뒤의 테스트 정확도가 0에서 시작할 때보다
    0.1 넘게 낮습니다.

    MNIST 10,000장, 훈련 데이터 전체로 100걸음, 학습률은 둘 다 0.5. 0에서 시작하면 시드와
    관계없이 같으므로, 거기서 N(0, 1)의 시드 3개를 뺀 차이의 95% 신뢰 구간을 보았습니다.
    학습률을 저마다 고르거나 더 오래 학습하면 차이가 줄 수 있습니다.
    """
    large = pick(descent, "test_accuracy", form="logits", scale=1.0)  # (시드 수,)
    zeros = np.full_like(large, pick(same, "test_accuracy", start="zeros")[0])
    evidence = (
        f"0에서 시작하면 {zeros[0]:.4f}, N(0, 1)에서 시작하면 평균 {large.mean():.4f}, "
        f"차이는 {with_sign(difference(zeros, large))}입니다."
    )
    return is_higher(zeros, large, by=0.1), evidence

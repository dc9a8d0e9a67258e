"""가중치 초기화 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import difference, interval, is_higher, with_sign
from runs.initialization import LABELS, LN10, runs_of

# ---------------------------------------------------------------- 확인합니다


def claim_symmetry(fit):
    """행렬을 모두 같은 값으로 채우면 첫 층의 유닛 128개는 학습이 끝나도 모두 같은 유닛입니다.

    강조

    학습한 W₁의 열끼리 뺀 값 가운데 가장 큰 것을 잽니다. 부동소수점 오차보다 큰
    1e-3을 넘으면 다르다고 봅니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 5에폭, 시드 5개.
    """
    apart = {
        init: runs_of(fit, "apart", init=init) for init in ("zeros", "constant", "he")
    }
    evidence = "열끼리의 가장 큰 차이: " + ", ".join(
        f"{LABELS[init]}: {value.max():.1g}" for init, value in apart.items()
    )
    same = max(apart["zeros"].max(), apart["constant"].max())
    return bool(same < 1e-3 and apart["he"].min() > 0.01), evidence + "."


def claim_zeros(fit):
    """0과 N(0, 0.001²)에서 시작하면 다섯 에폭이 지나도 손실이 ln 10에 머뭅니다.

    강조

    머문다는 것은 훈련 손실이 ln 10과 0.02 안에서 같다는 뜻입니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 시드 5개 모두.
    """
    last = [runs_of(fit, "loss", init=i)[:, -1] for i in ("zeros", "normal_0001")]
    worst = max(np.abs(values - LN10).max() for values in last)
    evidence = f"마지막 훈련 손실과 ln 10의 차이는 최대 {worst:.4f}입니다."
    return bool(worst < 0.02), evidence


def claim_small(fit):
    """N(0, 0.01²)의 평평한 구간은 저절로 끝나지만, 그만큼 He보다 정확도가 낮습니다.

    첫 에폭의 손실은 ln 10과 0.02 안에서 같고, 다섯째 에폭에는 1보다 작습니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 5에폭, 시드 5개.
    """
    loss = runs_of(fit, "loss", init="normal_001")
    he, small = (runs_of(fit, "accuracy", init=i) for i in ("he", "normal_001"))
    flat = np.abs(loss[:, 0] - LN10).max() < 0.02
    evidence = (
        f"훈련 손실 {loss[:, 0].mean():.3f} → {loss[:, -1].mean():.3f}, "
        f"정확도 차이 He − N(0, 0.01²) {with_sign(difference(he, small), 3)} "
        "(95 % 신뢰 구간)."
    )
    return bool(flat and loss[:, -1].max() < 1 and is_higher(he, small)), evidence


def claim_large(fit, stuck):
    """N(0, 1²)은 학습률 0.2에서 배우지 못하고, 0.002로 낮추면 반쯤 배웁니다.

    처음 손실이 백을 넘습니다. 반쯤 배운다는 것은 정확도가 0.4와 0.8 사이라는 뜻입니다.
    MNIST 5000장, 784-128-64-10. 0.2는 5에폭에 시드 5개, 0.002는 3에폭에 시드 3개.
    """
    first = runs_of(fit, "first", init="normal_1")
    bad = runs_of(fit, "accuracy", init="normal_1")
    slow = runs_of(stuck, "accuracy", init="normal_1", lr=0.002)
    evidence = (
        f"처음 손실 {first.min():.0f}–{first.max():.0f}, 정확도는 0.2에서 "
        f"{bad.mean():.3f}, 0.002에서 {slow.mean():.3f}입니다."
    )
    holds = (
        first.min() > 100 and bad.max() < 0.2 and 0.4 < slow.min() <= slow.max() < 0.8
    )
    return bool(holds), evidence


def claim_growth(growth):
    """ReLU 층을 지날 때 z와 기울기는 모두 √(n/2)·σ배가 됩니다.

    은닉층 20개의 기하평균이 식과 2 % 안에서 같으면 맞다고 봅니다. n은 폭 128, σ는 가중치의
    표준편차입니다. 학습 전, 시드 3개의 중앙값.
    """
    error = max(
        abs(row[part] / row["theory"] - 1)
        for row in growth.values()
        for part in ("measured", "backward")
    )
    evidence = ", ".join(
        f"{LABELS[init]} 앞으로 {row['measured']:.3f}배, 뒤로 {row['backward']:.3f}배"
        f"(식 {row['theory']:.3f})"
        for init, row in growth.items()
    )
    return bool(error < 0.02), evidence + "."


def claim_unrelated(likeness):
    """N(0, 1²)의 Tanh는 꽤 닮은 두 입력을 스무 층 뒤에 서로 무관하게 만들고, He의 ReLU는 더
    닮게 만듭니다.

    닮음은 코사인입니다. 무관하다는 것은 시드 20개의 평균의 95 % 신뢰 구간이 ±0.1 안에 든다는
    뜻이고, 더 닮는다는 것은 시드끼리 짝지은 차이의 구간이 0보다 크다는 뜻입니다.
    학습 전, 폭 128인 은닉층 20개, 처음 코사인은 평균 0.9에 가깝습니다.
    """
    apart, together = likeness["tanh_normal_1"], likeness["relu_he"]
    mean, half = interval(apart["last"])
    evidence = (
        f"처음 {np.mean(apart['first']):.3f}, 스무 층 뒤 Tanh와 N(0, 1²) "
        f"{with_sign((mean, half), 3)}, ReLU와 He {np.mean(together['last']):.3f}"
        f"(차이 {with_sign(difference(together['last'], together['first']), 3)})."
    )
    closer = is_higher(together["last"], together["first"])
    return bool(abs(mean) + half < 0.1 and closer), evidence


def claim_deep(deep):
    """은닉층이 여섯이면 N(0, 0.01²)은 배우지 못하고 Glorot와 He는 배웁니다.

    배우지 못한다는 것은 시드마다 정확도가 0.2보다 낮다는 뜻이고, 배운다는 것은 0.7보다 높다는
    뜻입니다. Glorot와 He 가운데 어느 쪽이 나은지는 말하지 않습니다.
    MNIST 5000장, ReLU 64개씩 은닉층 여섯, SGD(0.2), 4에폭, 시드 5개.
    """
    where = {"normalize": False}
    small, glorot, he = (
        runs_of(deep, "accuracy", init=init, **where)
        for init in ("normal_001", "glorot", "he")
    )
    evidence = (
        f"정확도 N(0, 0.01²) {small.mean():.3f}, Glorot {glorot.mean():.3f}, "
        f"He {he.mean():.3f}, He − Glorot {with_sign(difference(he, glorot), 3)}."
    )
    learned = min(glorot.min(), he.min()) > 0.7
    return bool(small.max() < 0.2 and learned), evidence


def claim_normalised(deep):
    """배치 정규화를 넣으면 N(0, 0.01²)에서 시작한 여섯 은닉층도 배웁니다.

    강조

    배운다는 것은 시드마다 정확도가 0.7보다 높다는 뜻입니다. He만 쓴 것보다 나은지는 말하지
    않습니다.
    MNIST 5000장, ReLU 64개씩 은닉층 여섯, SGD(0.2), 4에폭, 시드 5개.
    """
    accuracy = runs_of(deep, "accuracy", init="normal_001", normalize=True)
    without = runs_of(deep, "accuracy", init="normal_001", normalize=False)
    against_he = difference(accuracy, runs_of(deep, "accuracy", init="he"))
    evidence = (
        f"정확도 {without.mean():.3f} → {accuracy.mean():.3f}, "
        f"배치 정규화 − He {with_sign(against_he, 3)}."
    )
    return bool(accuracy.min() > 0.7 > without.max()), evidence


def claim_diagnosis(fit, stuck):
    """시작하지 않는 곡선은 초기화 탓일 수도, 학습률이 너무 작은 탓일 수도 있습니다.

    N(0, 0.001²)과 학습률 0.0002인 He는 셋째 에폭에도 손실이 2.2보다 큽니다. 앞의 것은
    시드를 바꾸어 같은 분포에서 다시 뽑아도, 학습률을 10배로 올려도 풀리지 않고
    분포를 He로 바꾸면 풀립니다. 뒤의 것은 학습률만 올리면 풀립니다.
    MNIST 5000장, 784-128-64-10, 시드 3–5개 모두.

    원문: (C09) 학습 곡선이 처음부터 나아지지 않으면 초기 가중치가 잘못된 것이니 다시
    정합니다.
    판정: 조건부
    """
    redrawn = runs_of(fit, "loss", init="normal_0001")[:, 2]
    raised = runs_of(stuck, "loss", init="normal_0001", lr=2.0)[:, 2]
    crawling = runs_of(stuck, "loss", init="he", lr=0.0002)[:, 2]
    faster = runs_of(stuck, "loss", init="he", lr=0.02)[:, 2]
    cured = runs_of(fit, "loss", init="he")[:, 2]
    evidence = (
        f"셋째 에폭의 훈련 손실: N(0, 0.001²) {redrawn.mean():.2f}, 학습률 10배 "
        f"{raised.mean():.2f}, He로 바꾸면 {cured.mean():.2f}. He에 학습률 0.0002 "
        f"{crawling.mean():.2f}, 100배로 올리면 {faster.mean():.2f}."
    )
    flat = min(redrawn.min(), raised.min(), crawling.min()) > 2.2
    return bool(flat and max(faster.max(), cured.max()) < 1), evidence


def claim_rerun(rerun):
    """fit을 다시 부르거나 compile을 다시 해도 가중치는 이어지고, 새 모델만 처음부터입니다.

    compile은 옵티마이저의 걸음 수를 0으로 되돌리지만 가중치는 하나도 바꾸지 않습니다.
    MNIST 5000장, 784-32-10, Adam(0.002), 1에폭씩, 시드 3개의 첫 에폭 훈련 손실.
    """
    mean = {k: np.mean(rerun[k]) for k in ("new", "again", "compiled", "cloned")}
    evidence = (
        f"처음 {mean['new']:.2f}, 다시 fit {mean['again']:.2f}, 다시 compile하고 fit "
        f"{mean['compiled']:.2f}, clone_model {mean['cloned']:.2f}. compile 전후의 걸음 수 "
        f"{rerun['before'][0]} → {rerun['after'][0]}."
    )
    continued = max(rerun["again"] + rerun["compiled"]) < 0.7 * min(rerun["new"])
    fresh = abs(mean["cloned"] / mean["new"] - 1) < 0.1
    reset = set(rerun["after"]) == {0} and min(rerun["before"]) > 0
    return bool(continued and fresh and reset and rerun["kept"]), evidence


def claim_keras_default(keras_default):
    """Keras의 Dense는 Glorot 균등분포로 가중치를, 0으로 편향을 시작합니다.

    784-128 층에서 균등분포의 끝은 √(6 / (784 + 128))입니다.
    """
    limit = np.sqrt(6 / (784 + 128))
    evidence = (
        f"{keras_default['name']}, 가중치의 가장 큰 크기 {keras_default['limit']:.4f}"
        f"(식 {limit:.4f}), 표준편차 {keras_default['std']:.4f}, "
        f"편향 {keras_default['bias']:.0f}."
    )
    named = keras_default["name"] == "GlorotUniform" and keras_default["bias"] == 0
    return bool(named and 0.99 < keras_default["limit"] / limit <= 1), evidence

"""신경망 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import (
    chosen,
    difference,
    is_higher,
    is_open,
    is_tie,
    mean_and_sd,
    pick,
    with_sign,
)
from runs.neural_network import at_best_rate

# ------------------------------------------------------------- 소용돌이와 층의 수


def claim_more_layers(spiral):
    """한 바퀴 감긴 소용돌이에서 학습률을 모두 0.1로 두면 층을 늘릴 때마다 정확도가 오르지만,
    학습률을 저마다 고르면 두 층과 세 층의 차이는 0.02보다 작습니다.

    고른 학습률에서도 두 층은 한 층보다 0.4 넘게 높습니다.
    학습률은 0.1, 0.3, 1, 3 가운데 검증 정확도가 가장 높은 것입니다. 은닉층마다 유닛 32개, 훈련
    600개, 테스트 3000개, SGD, 배치 크기 30, 100에폭, 시드 5개의 짝 차이의 95 % 신뢰 구간.
    """
    names = ("1층", "2층", "3층")
    one, two, three = (
        pick(spiral, "accuracy", network=name, turns=1.0, lr=0.1) for name in names
    )
    best = [at_best_rate(spiral, name, 1.0)[1] for name in names]
    evidence = (
        f"학습률 0.1: 2층 − 1층 {with_sign(difference(two, one))}, "
        f"3층 − 2층 {with_sign(difference(three, two))}. 고른 학습률: 2층 − 1층 "
        f"{with_sign(difference(best[1], best[0]))}, "
        f"3층 − 2층 {with_sign(difference(best[2], best[1]))}."
    )
    fixed = is_higher(two, one) and is_higher(three, two)
    tuned = is_higher(best[1], best[0], by=0.4) and is_tie(best[2], best[1], 0.02)
    return fixed and tuned, evidence


def claim_same_size(spiral):
    """매개변수의 수를 똑같이 맞추고 학습률도 저마다 고르면, 세 층과 두 층의 차이는 0.01보다
    작습니다. 학습률을 0.1로 똑같이 두면 한 바퀴 소용돌이에서 세 층이 앞섭니다.

    강조

    두 층은 2-208-3, 세 층은 2-32-32-3으로 매개변수가 같고, 0.01은 한 바퀴와 0.4바퀴 소용돌이
    모두에 해당합니다. 나머지 조건은 위와 같습니다.
    """
    names = ("3층", "2층, 넓게")
    fixed = [
        pick(spiral, "accuracy", network=name, turns=1.0, lr=0.1) for name in names
    ]
    tight, loose = (
        [at_best_rate(spiral, name, turns)[1] for name in names] for turns in (1.0, 0.4)
    )
    evidence = (
        f"3층 − 넓은 2층: 고른 학습률의 한 바퀴 {with_sign(difference(*tight))}, "
        f"0.4바퀴 {with_sign(difference(*loose))}. "
        f"학습률 0.1의 한 바퀴 {with_sign(difference(*fixed))}."
    )
    even = is_tie(*tight, 0.01) and is_tie(*loose, 0.01)
    return even and is_higher(*fixed), evidence


def claim_linear_layers(spiral):
    """ReLU가 없으면 세 층을 쌓아도 한 층으로 합쳐지고, 정확도도 한 층과 비깁니다.

    강조

    합쳐진다는 것은 세 행렬을 미리 곱한 행렬 하나가 $10^{-12}$ 안에서 같은 점수를 낸다는 뜻입니다.
    비긴다는 것은 두 소용돌이 모두에서 짝 차이의 95 % 신뢰 구간이 ±0.02 안에 든다는 뜻입니다.
    학습률 0.1, 시드 5개.

    원문: (C01) 비선형 활성화 함수가 층과 층을 나눕니다. 그것이 없으면 새 층이 아닙니다.
    판정: 재현됨
    """
    pairs = [
        [
            pick(spiral, "accuracy", network=name, turns=turns, lr=0.1)
            for name in ("3층, ReLU 없음", "1층")
        ]
        for turns in (1.0, 0.4)
    ]
    scores = pick(spiral, "difference", network="3층, ReLU 없음", lr=0.1).max()
    evidence = (
        f"점수의 차이는 최대 {scores:.0e}. 정확도의 차이는 한 바퀴에서 "
        f"{with_sign(difference(*pairs[0]))}, 0.4바퀴에서 "
        f"{with_sign(difference(*pairs[1]))}입니다."
    )
    return bool(scores < 1e-12 and all(is_tie(*pair, 0.02) for pair in pairs)), evidence


# ----------------------------------------------------- Keras로 쌓기와 매개변수 세기


def claim_counted(counts, ways):
    """층마다 $(d + 1) k$개를 더한 수는 Keras가 센 매개변수의 수와 같고, Flatten의 매개변수는
    0개입니다.

    원문: (T38) 은닉층 78,500개와 출력층 1,010개를 더해 79,510개이고, Flatten은 0개입니다.
    판정: 재현됨
    """
    same = all(row["formula"] == row["keras"] for row in counts.values())
    printed = [row["parameters"] for row in ways["layers"]] == [0, 78500, 1010]
    evidence = ", ".join(f"{name}: {row['keras']:,d}" for name, row in counts.items())
    return same and printed and ways["total"] == 79510, evidence + "."


def claim_ways_equal(ways):
    """목록, 이름을 붙인 목록, `add()` 세 방법으로 만든 신경망은 시드가 같으면 똑같은 점수를
    냅니다.

    784-100-10, 이미지 4장.

    원문: (T37) Sequential 모델을 만드는 방법은 세 가지입니다.
    판정: 재현됨
    """
    return ways["difference"] == 0, f"점수의 가장 큰 차이 {ways['difference']:.1g}."


# ------------------------------------------------------- 손으로 하는 역전파


def claim_by_hand(worked):
    """손으로 구한 기울기 여섯 개는 가중치를 조금씩 움직여 본 중심 차분과 같습니다.

    중심 차분의 폭은 $10^{-5}$이고, $10^{-6}$ 안에서 견줍니다.
    """
    pairs = [(worked["dW"], worked["dW_numeric"]), (worked["dv"], worked["dv_numeric"])]
    error = max(np.abs(np.subtract(a, b)).max() for a, b in pairs)
    return bool(error < 1e-6), f"소수 여섯째 자리까지 견준 가장 큰 차이 {error:.1g}."


# ------------------------------------------------------- Keras와 견주기


def claim_gradients(check):
    """열두 줄로 쓴 역전파의 기울기는 Keras의 자동 미분과도, 중심 차분과도 같습니다.

    강조

    784-128-64-10, Fashion-MNIST 64장, float64, 시드 0. $10^{-8}$ 안에서 견줍니다.
    """
    rows = check["rows"].values()
    keras_gap = max(row["keras"] for row in rows)
    numeric_gap = max(row["numeric"] for row in rows)
    evidence = f"가장 큰 차이는 자동 미분 {keras_gap:.0e}, 중심 차분 {numeric_gap:.0e}."
    return bool(max(keras_gap, numeric_gap, check["loss"]) < 1e-8), evidence


def claim_twins(twins):
    """float64로 계산하면, 같은 가중치에서 출발하여 같은 차례로 배운 두 신경망(손으로 쓴 것과
    Keras)의 손실은 모든 걸음에서 $10^{-6}$ 안에서 같습니다.

    784-128-64-10, Fashion-MNIST 2000장, 배치 크기 50, SGD(0.1), 다섯 에폭, 시드 0.
    Keras가 알려 주는 손실과 Keras의 학습률 0.1은 float32로 반올림한 값입니다.
    float32로 계산하면 처음 열 걸음까지는 $10^{-5}$ 안에서 같고, 그 뒤로 벌어집니다.
    """
    runs = {row["dtype"]: row for _, row in twins.iterrows()}
    exact, rounded = runs["float64"], runs["float32"]
    evidence = (
        f"float64: {len(exact['gap'])}걸음의 가장 큰 차이 {max(exact['gap']):.0e}, "
        f"마지막 가중치의 차이 {exact['weights']:.0e}. "
        f"float32: 처음 열 걸음 {max(rounded['gap'][:10]):.0e}, "
        f"전체 {max(rounded['gap']):.0e}."
    )
    same = max(exact["gap"]) < 1e-6 and exact["weights"] < 1e-7
    return bool(same and max(rounded["gap"][:10]) < 1e-5), evidence


# ------------------------------------------------- 은닉층


def claim_hidden_layer(fit):
    """SGD(0.1)로 스무 에폭을 학습하면, 유닛 128개짜리 은닉층 하나는 정확도를 올리지만 둘째
    은닉층이 더 올리는지는 가릴 수 없습니다. 유닛이 8개뿐이면 0.01도 올리지 못합니다.

    Fashion-MNIST 10000장, 배치 크기 50, 시드 5개의 짝 차이의 95 % 신뢰 구간.
    정확도는 마지막 다섯 에폭의 검증 정확도(5000장)의 평균입니다.
    학습률은 신경망마다 따로 맞추지 않았습니다.
    """
    learned = fit[fit["features"] == "learned"]
    none, one, two, small = (
        pick(learned, "accuracy", hidden=hidden, width=width)
        for hidden, width in ((0, 0), (1, 128), (2, 128), (1, 8))
    )
    evidence = (
        f"128개 한 층 − 없음 {with_sign(difference(one, none))}, "
        f"두 층 − 한 층 {with_sign(difference(two, one))}, "
        f"8개 한 층 − 없음 {with_sign(difference(small, none))}."
    )
    useless = is_higher(none, small, by=-0.01)  # 올리더라도 0.01에 미치지 못합니다
    return is_higher(one, none) and is_open(two, one) and useless, evidence


def claim_narrow(narrow, fit):
    """ReLU 없이 8개로 줄이기만 하면 은닉층이 없을 때와 0.02 안에서 비기고, ReLU를 쓰면 그보다
    낮습니다. 죽은 유닛이 없는 시드에서는 ReLU를 쓴 것도 쓰지 않은 것과 0.01 안에서 같습니다.

    죽은 유닛은 훈련 이미지 10000장 가운데 어느 것에서도 켜지지 않는 유닛입니다.
    Fashion-MNIST 10000장, SGD(0.1), 배치 크기 50, 20에폭, 시드 8개의 짝 차이의 95 % 신뢰 구간.
    은닉층이 없는 것과는 시드 5개로 견줍니다.
    """
    none = pick(fit, "accuracy", hidden=0)
    flat, bent = (pick(narrow, "accuracy", relu=relu) for relu in (False, True))
    dead = pick(narrow, "dead", relu=True) > 0
    same = flat[: len(none)]
    evidence = (
        f"ReLU 없이 − 은닉층 없음 {with_sign(difference(same, none))}, "
        f"ReLU − ReLU 없이 {with_sign(difference(bent, flat))}. "
        f"죽은 유닛이 있는 시드 {dead.sum()}개 {mean_and_sd(bent[dead], 3)}, "
        f"없는 시드 {(~dead).sum()}개 {mean_and_sd(bent[~dead], 3)}."
    )
    alive = np.abs(bent - flat)[~dead]
    holds = is_tie(same, none, 0.02) and is_higher(flat, bent)
    return bool(holds and len(alive) and alive.max() < 0.01), evidence


def claim_gradual(fit):
    """훈련 손실은 거의 모든 에폭에서 내려가지만, 검증 손실은 내려가는 에폭과 오르는 에폭이
    비슷하게 섞여 있습니다.

    은닉층까지 학습한 일곱 신경망, 20에폭, 시드 5개. '거의 모든'은 90 % 넘게, '비슷하게'는
    내려간 에폭이 40 %에서 75 %라는 뜻입니다.
    그래도 모든 실행에서 마지막 검증 손실은 첫 에폭의 검증 손실보다 낮습니다.

    원문: (C44) 에폭을 여러 번 되풀이하면 모델이 점점 나아집니다.
    판정: 조건부
    """
    learned = fit[fit["features"] == "learned"]
    losses, val_losses = (np.stack(learned[key]) for key in ("loss", "val_loss"))
    falls, val_falls = ((np.diff(x) < 0).mean() for x in (losses, val_losses))
    better = (val_losses[:, -1] < val_losses[:, 0]).mean()
    evidence = (
        f"앞 에폭보다 내려간 비율: 훈련 손실 {falls:.1%}, 검증 손실 {val_falls:.1%}. "
        f"끝이 처음보다 낮은 실행 {better:.0%}."
    )
    return bool(falls > 0.9 and 0.4 < val_falls < 0.75 and better == 1), evidence


def claim_features(fit, random):
    """은닉층까지 학습하면, 은닉층을 무작위로 고정하고 출력층에 가장 유리한 학습률을 골라 준
    것보다 정확도가 높습니다.

    유닛 32개와 128개, 은닉층 한 개, 20에폭, 시드 5개의 짝 차이의 95 % 신뢰 구간. 무작위로 고정한
    은닉층도 ReLU를 쓰고 학습률은 0.1, 0.3, 1 가운데 검증 정확도가 가장 높은 것이며, 은닉층까지
    학습할 때에는 0.1 하나만 썼습니다.
    '중요한 특징'이 무엇인지는 정해 두지 않았으므로, 그것을 뽑아내는지는 말하지 않습니다.

    원문: (C43) ReLU 층이 중요한 특징을 뽑아냅니다.
    판정: 확인 불가
    """
    holds, texts = True, []
    for width in (32, 128):
        learned = pick(fit, "accuracy", hidden=1, width=width, features="learned")
        rows = random[random["width"] == width]
        lr = chosen(rows, "lr", by="accuracy")
        fixed = pick(rows, "accuracy", lr=lr)
        holds &= is_higher(learned, fixed)
        gain = with_sign(difference(learned, fixed))
        texts.append(f"유닛 {width}개(무작위 쪽의 학습률 {lr:g}): {gain}")
    return holds, f"학습 − 무작위, {', '.join(texts)}."

"""신경망 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from runs.neural_network import paired, pick

# ------------------------------------------------------------- 소용돌이와 층의 수


def gain_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f}"


def claim_more_layers(spiral):
    """한 바퀴 감긴 소용돌이에서는 층을 한 층에서 두 층으로, 두 층에서 세 층으로 늘릴 때마다
    정확도가 오릅니다.

    은닉층마다 유닛 32개, 훈련 600개, 테스트 3000개, SGD(0.1), 배치 크기 30, 100에폭, 시드 5개.
    차이는 같은 시드끼리 짝지은 95 % 신뢰 구간으로 봅니다.
    """
    one, two, three = (
        pick(spiral, network=key, turns=1.0) for key in ("1층", "2층", "3층")
    )
    evidence = f"2층 − 1층 {gain_text(two, one)}, 3층 − 2층 {gain_text(three, two)}."
    steps = paired(two, one), paired(three, two)
    return all(mean - half > 0 for mean, half in steps), evidence


def claim_same_size(spiral):
    """매개변수의 수를 똑같이 맞추면, 한 바퀴 소용돌이에서는 세 층이 두 층보다 낫고 0.4바퀴
    소용돌이에서는 차이가 없습니다.

    강조

    두 층은 2-208-3, 세 층은 2-32-32-3으로 매개변수가 같습니다. 차이가 없다는 것은 95 % 신뢰
    구간이 ±0.01 안에 든다는 뜻입니다. 나머지 조건은 위와 같습니다.
    """
    gains = {}
    for turns in (1.0, 0.4):
        gains[turns] = [
            pick(spiral, network=key, turns=turns) for key in ("3층", "2층, 넓게")
        ]
    tight, loose = paired(*gains[1.0]), paired(*gains[0.4])
    evidence = (
        f"3층 − 넓은 2층: 한 바퀴 {gain_text(*gains[1.0])}, "
        f"0.4바퀴 {gain_text(*gains[0.4])}."
    )
    even = abs(loose[0]) + loose[1] < 0.01
    return bool(tight[0] - tight[1] > 0 and even), evidence


def claim_linear_layers(spiral):
    """ReLU가 없으면 세 층을 쌓아도 한 층으로 합쳐지고, 정확도도 한 층과 같습니다.

    강조

    합쳐진다는 것은 세 행렬을 미리 곱한 행렬 하나가 $10^{-12}$ 안에서 같은 점수를 낸다는 뜻입니다.
    정확도는 두 소용돌이 모두에서 시드 5개의 평균이 0.01 안에서 같으면 같다고 봅니다.

    원문: (C01) 비선형 활성화 함수가 층과 층을 나눕니다. 그것이 없으면 새 층이 아닙니다.
    판정: 재현됨
    """
    gaps = {
        turns: pick(spiral, network="3층, ReLU 없음", turns=turns)
        - pick(spiral, network="1층", turns=turns)
        for turns in (1.0, 0.4)
    }
    difference = float(spiral["difference"].astype(float).max())
    evidence = (
        f"점수의 차이는 최대 {difference:.0e}. 정확도의 차이는 한 바퀴에서 "
        f"{gaps[1.0].mean():+.4f}, 0.4바퀴에서 {gaps[0.4].mean():+.4f}입니다."
    )
    close = max(abs(gap.mean()) for gap in gaps.values()) < 0.01
    return bool(difference < 1e-12 and close), evidence


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
    """유닛 128개짜리 은닉층 하나는 정확도를 올리지만, 둘째 은닉층이 더 올리는지는 가릴 수
    없습니다. 유닛이 8개뿐이면 은닉층이 없을 때보다 낫지 않습니다.

    Fashion-MNIST 10000장, SGD(0.1), 배치 크기 50, 20에폭, 시드 5개.
    정확도는 마지막 다섯 에폭의 검증 정확도(5000장)의 평균입니다.
    학습률은 신경망마다 따로 맞추지 않았습니다.
    """
    learned = fit[fit["features"] == "learned"]
    none, one, two, small = (
        pick(learned, hidden=hidden, width=width)
        for hidden, width in ((0, 0), (1, 128), (2, 128), (1, 8))
    )
    gain, more, less = paired(one, none), paired(two, one), paired(small, none)
    evidence = (
        f"128개 한 층 − 없음 {gain_text(one, none)}, "
        f"두 층 − 한 층 {gain_text(two, one)}, "
        f"8개 한 층 − 없음 {gain_text(small, none)}."
    )
    undecided = abs(more[0]) < more[1]
    return bool(gain[0] > gain[1] and undecided and sum(less) < 0.01), evidence


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


def claim_features(fit):
    """은닉층까지 학습하면 은닉층을 무작위로 고정했을 때보다 정확도가 높습니다.

    유닛 32개와 128개, 은닉층 한 개, 시드 5개의 짝 차이의 95 % 신뢰 구간. 무작위로 고정한
    은닉층도 ReLU를 쓰고, 출력층만 학습합니다.
    '중요한 특징'이 무엇인지 정해 두지 않으면 원문은 확인할 수 없습니다.

    원문: (C43) ReLU 층이 중요한 특징을 뽑아냅니다.
    판정: 확인 불가
    """
    gains, texts = [], []
    for width in (32, 128):
        runs = [
            pick(fit, hidden=1, width=width, features=features)
            for features in ("learned", "random")
        ]
        gains.append(paired(*runs))
        texts.append(f"유닛 {width}개: {gain_text(*runs)}")
    holds = all(mean > half for mean, half in gains)
    return holds, f"학습 − 무작위, {', '.join(texts)}."

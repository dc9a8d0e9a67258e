"""활성화 함수 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from activations import paired
from runs.activations import (
    LABELS,
    NAMES,
    OPTIMIZERS,
    PRINTED,
    dead_units,
    experiment_centre_summary,
    pick,
)

# ---------------------------------------------------------------- 공식과 도함수


def claim_formulas(shapes):
    """이 쪽에 적은 도함수 아홉 개는 Keras가 자동 미분으로 구한 값과 같습니다.

    -10에서 10까지 20001개 점에서 x = 0을 빼고 견줍니다.
    """
    worst = max(shapes, key=lambda name: shapes[name]["error"])
    error = shapes[worst]["error"]
    return error < 1e-4, f"가장 큰 차이는 {LABELS[worst]}의 {error:.1e}입니다."


# ---------------------------------------------------------------- 3×3 행렬


def claim_printed(example):
    """ReLU를 적용한 행렬의 마지막 원소는 max(1, 0) = 1입니다.

    나머지 여덟 원소와 Tanh의 아홉 원소는 인쇄된 값과 같습니다.

    원문: (E01) ReLU 예제의 마지막 원소가 4로 인쇄되어 있습니다.
    판정: 반증
    """
    ours, printed = np.array(example["relu"]), np.array(PRINTED)
    tanh = [[-0.762, 0.995, 0.964], [0, 0.964, -0.995], [-0.762, -0.999, 0.762]]
    holds = ours[2, 2] == 1 and (ours != printed).sum() == 1
    close = np.abs(np.array(example["tanh"]) - tanh).max()
    evidence = (
        f"계산한 값은 {ours[2, 2]:.0f}, 인쇄된 값은 {printed[2, 2]}입니다. "
        f"Tanh 행렬은 인쇄된 값과 {close:.4f} 안에서 같습니다."
    )
    return bool(holds and close < 0.0006), evidence


# ------------------------------------------------------- 층을 둘로 만드는 것


def claim_product(product):
    """활성화 함수가 없는 두 층은 행렬 하나와 같고, ReLU를 넣으면 달라집니다."""
    same = product["two_layers"] == product["one_layer"]
    differs = product["with_relu"] != product["one_layer"]
    evidence = (
        f"두 층은 {product['two_layers']}, 곱한 행렬 하나는 {product['one_layer']}, "
        f"ReLU를 넣은 두 층은 {product['with_relu']}입니다."
    )
    return same and differs, evidence


def difference_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f} (시드 {len(a)}개의 짝 차이, 95 % 신뢰 구간)"


def claim_layers(layers):
    """활성화 함수 없이 쌓은 세 층은 한 층으로 합쳐지고, ReLU가 정확도를 올립니다.

    Fashion-MNIST 10000장, Adam(0.001), 5에폭, 시드 5개.
    합쳐진다는 것은 세 행렬을 곱한 행렬 하나가 같은 확률을 낸다는 뜻입니다.

    원문: (C01) 비선형 활성화 함수가 층과 층을 나눕니다. 그것이 없으면 새 층이 아닙니다.
    판정: 재현됨
    """
    linear, softmax_ = pick(layers, model="linear"), pick(layers, model="softmax")
    with_relu = pick(layers, model="relu")
    same = pick(layers, "difference", model="linear").max()
    gain, half = paired(with_relu, linear)
    extra, _ = paired(linear, softmax_)
    evidence = (
        f"합친 행렬과의 확률 차이는 최대 {same:.0e}입니다. "
        f"정확도 차이는 ReLU − 활성화 없음 {difference_text(with_relu, linear)}, "
        f"활성화 없음 − 소프트맥스 회귀 {difference_text(linear, softmax_)}입니다."
    )
    return bool(same < 1e-3 and gain - half > 0 and abs(extra) < gain), evidence


# ------------------------------------------------------------- 깊이와 기울기


def claim_vanishing(norms):
    """은닉층 20개를 지나면 Sigmoid의 기울기는 백만분의 일보다 작아집니다.

    첫 은닉층의 기울기 크기를 마지막 은닉층의 것으로 나눈 값입니다. Tanh와 ReLU에서는
    천분의 일보다 큽니다. 학습 전, 유닛 64개, Fashion-MNIST 256장, 시드 5개의 중앙값.
    Sigmoid와 Tanh는 Glorot, ReLU는 He 초기화.
    """
    ratios = {}
    for name in ("sigmoid", "tanh", "relu"):
        middle = np.median(norms[name], axis=0)
        ratios[name] = middle[0] / middle[-1]
    evidence = "첫 층 ÷ 마지막 은닉층: " + ", ".join(
        f"{LABELS[name]} {value:.2g}" for name, value in ratios.items()
    )
    others = min(ratios["tanh"], ratios["relu"])
    return bool(ratios["sigmoid"] < 1e-6 and others > 1e-3), evidence + "."


def claim_depth(depth):
    """은닉층이 10개이면 Tanh와 ReLU는 학습하지만 Sigmoid는 배우지 못합니다.

    강조

    Fashion-MNIST 10000장, 층마다 유닛 64개, Adam(0.001), 5에폭, 시드 3개.

    원문: (C04) Sigmoid는 계산이 많아서 특별한 경우가 아니면 쓰지 않습니다.
    판정: 조건부
    """
    deep = {n: pick(depth, activation=n, depth=10) for n in ("sigmoid", "tanh", "relu")}
    shallow = pick(depth, activation="sigmoid", depth=1)
    evidence = (
        f"은닉층 10개에서 평균 정확도는 Sigmoid {deep['sigmoid'].mean():.3f}, "
        f"Tanh {deep['tanh'].mean():.3f}, ReLU {deep['relu'].mean():.3f}이고, "
        f"Sigmoid도 은닉층이 1개이면 {shallow.mean():.3f}입니다."
    )
    learned = min(deep["tanh"].min(), deep["relu"].min()) > 0.7
    return bool(learned and deep["sigmoid"].max() < 0.5), evidence


# ------------------------------------------------------------- 모두 견주기


def claim_relu_or_sigmoid(compare):
    """SGD로 학습하면 ReLU의 정확도가 Sigmoid보다 높습니다. Adam에서는 그 차이가 반의반도 되지 않습니다.

    Fashion-MNIST 10000장, 784-128-64-10, 5에폭, SGD(0.05)와 Adam(0.001), 시드 5개.

    원문: (C45) 같은 신경망에서 ReLU가 Sigmoid보다 낫습니다.
    판정: 조건부
    """
    return larger_with_sgd(compare, "relu", "sigmoid")


def claim_tanh(compare):
    """SGD로 학습하면 Tanh의 정확도가 Sigmoid보다 높습니다. Adam에서는 그 차이가 반의반도 되지 않습니다.

    Fashion-MNIST 10000장, 784-128-64-10, 5에폭, SGD(0.05)와 Adam(0.001), 시드 5개.

    원문: (C05) Tanh는 Sigmoid를 개선한 함수입니다.
    판정: 조건부
    """
    return larger_with_sgd(compare, "tanh", "sigmoid")


def larger_with_sgd(compare, name, other):
    """SGD에서는 앞의 것이 뚜렷이 낫고, Adam에서는 차이가 반의반보다 작은지 봅니다."""
    text, effects = [], {}
    for optimizer, label in OPTIMIZERS.items():
        a = pick(compare, activation=name, optimizer=optimizer)
        b = pick(compare, activation=other, optimizer=optimizer)
        effects[optimizer] = paired(a, b)
        text.append(f"{label} {difference_text(a, b)}")
    mean, half = effects["sgd"]
    holds = mean - half > 0 and abs(effects["adam"][0]) < mean / 4
    return bool(holds), f"{LABELS[name]} − {LABELS[other]}: " + ", ".join(text) + "."


def claim_centre(centre):
    """SGD로 학습할 때 Tanh가 앞서는 것은 원점 대칭보다 0에서의 기울기가 1인 덕분입니다.

    Sigmoid를 ½만큼 내리거나(원점 대칭) x를 4배 하여(0에서의 기울기 ¼ → 1) 견줍니다.
    Fashion-MNIST 10000장, 784-128-64-10, SGD(0.05), 5에폭, 시드 5개.

    원문: (C05) Tanh가 Sigmoid보다 나은 것은 원점 대칭 덕분입니다.
    판정: 반증
    """
    effects = experiment_centre_summary(centre)
    labels = {
        "centred_flat": "기울기 ¼에서 ½만큼 내리면",
        "centred_steep": "기울기 1에서 ½만큼 내리면",
        "steeper": "내리지 않고 가파르게 하면",
        "steeper_centred": "내린 것을 가파르게 하면",
    }
    evidence = ", ".join(
        f"{label} {effects[key]['mean']:+.4f} ± {effects[key]['half']:.4f}"
        for key, label in labels.items()
    )
    centred = max(effects["centred_flat"]["mean"], effects["centred_steep"]["mean"])
    steeper = min(effects["steeper"]["mean"], effects["steeper_centred"]["mean"])
    holds = steeper > 0.05 and centred < steeper / 2
    return bool(holds), f"{evidence} (시드 5개의 짝 차이, 95 % 신뢰 구간)."


def claim_flat(compare):
    """학습한 신경망에서 기울기가 거의 없는 값은 Tanh보다 ReLU에 더 많습니다.

    강조

    Tanh에서는 다섯에 하나도 되지 않습니다. 은닉층에 들어가는 값 z 가운데 도함수의
    크기가 0.01보다 작은 것의 비율입니다.
    검증 이미지 10000장, 유닛 192개, Adam(0.001), 5에폭, 시드 5개.

    원문: (C06) Tanh에는 학습이 되지 않는 구간이 여전히 넓습니다.
    판정: 조건부
    """
    share = {
        name: pick(compare, "flat", activation=name, optimizer="adam")
        for name in ("sigmoid", "tanh", "relu")
    }
    evidence = "비율: " + ", ".join(
        f"{LABELS[name]} {runs.mean():.1%}" for name, runs in share.items()
    )
    holds = share["tanh"].max() < 0.2 and (share["relu"] > share["tanh"]).all()
    return bool(holds), evidence + "."


def claim_best(compare):
    """ReLU의 평균 정확도는 1위가 아니고, 1위와의 차이는 0.05보다 작습니다.

    1위는 결과를 보고 골랐으므로 그 신뢰 구간은 실제보다 유리하게 나옵니다.
    아홉 함수, Fashion-MNIST 10000장, 784-128-64-10, 5에폭, SGD(0.05)와 Adam(0.001),
    시드 5개.

    원문: (C07) ReLU의 성능이 가장 좋습니다.
    판정: 반증
    """
    text, holds = [], True
    for optimizer, label in OPTIMIZERS.items():
        runs = {n: pick(compare, activation=n, optimizer=optimizer) for n in NAMES}
        best = max(runs, key=lambda name: runs[name].mean())
        holds &= 0 < runs[best].mean() - runs["relu"].mean() < 0.05
        text.append(
            f"{label}: 1위 {LABELS[best]}, ReLU와의 차이 "
            f"{difference_text(runs[best], runs['relu'])}"
        )
    return bool(holds), ". ".join(text) + "."


# ------------------------------------------------------------- 계산 시간


def claim_cost(cost, epochs):
    """Sigmoid는 원소마다 보면 ReLU보다 비싸지만, 한 에폭의 시간은 거의 같습니다.

    강조

    원소 백만 개의 함수와 도함수, 그리고 784-128-64-10 신경망의 한 에폭(10000장)을
    차례를 섞어 번갈아 잰 CPU 시간의 비(중앙값). 에폭의 비가 0.7과 1.4 사이이면 같다고
    봅니다.

    원문: (C04) Sigmoid는 계산을 많이 차지해서 거의 쓰지 않습니다.
    판정: 반증
    """
    element, epoch = cost["sigmoid"]["both_ratio"], epochs["sigmoid"]["ratio"]
    evidence = (
        f"Sigmoid ÷ ReLU: 원소 {element:.2f}배, 에폭 {epoch:.2f}배 "
        f"(가운데 절반 {epochs['sigmoid']['low']:.2f}–{epochs['sigmoid']['high']:.2f})."
    )
    return bool(element > 1.1 and 0.7 < epoch < 1.4), evidence


# ------------------------------------------------------------- 죽은 ReLU


def claim_dead(dead):
    """어떤 이미지에서 음수인 ReLU 유닛은 죽은 것이 아니고, 큰 학습률이 유닛을 죽입니다.

    Fashion-MNIST 10000장, 784-128-64-10, SGD, 3에폭, 시드 5개.

    원문: (C08) ReLU는 입력이 음수이면 학습하지 않습니다(제외됩니다).
    판정: 조건부
    """
    healthy, burnt = dead_units(dead, "relu", 0.1), dead_units(dead, "relu", 1.0)
    negative = healthy["negative"].astype(float)
    alive, gone = healthy["dead"].astype(float), burnt["dead"].astype(float)
    evidence = (
        f"학습률 0.1: 음수인 (이미지, 유닛) 쌍 {negative.mean():.1%}, "
        f"죽은 유닛 {alive.mean():.1%}, 정확도 {healthy['accuracy'].mean():.3f}. "
        f"학습률 1.0: 죽은 유닛 {gone.mean():.1%}, "
        f"정확도 {burnt['accuracy'].mean():.3f}."
    )
    mostly_alive = negative.min() > 0.2 and alive.max() < 0.05
    return bool(mostly_alive and gone.mean() > alive.mean() + 0.1), evidence


def claim_leaky(dead):
    """Leaky ReLU로 바꾸어도 지나치게 큰 학습률에서는 학습이 되지 않습니다.

    Fashion-MNIST 10000장, 784-128-64-10, SGD, 3에폭, 시드 5개.
    """
    good, bad = (dead_units(dead, "leaky_relu", lr)["accuracy"] for lr in (0.1, 1.0))
    plain = dead_units(dead, "relu", 1.0)["accuracy"]
    evidence = (
        f"학습률 1.0의 평균 정확도는 Leaky ReLU {bad.mean():.3f}, "
        f"ReLU {plain.mean():.3f}입니다. "
        f"학습률 0.1에서는 Leaky ReLU도 {good.mean():.3f}입니다."
    )
    return bool(bad.mean() < good.mean() - 0.1), evidence


# ------------------------------------------------------------- 출력층


def claim_stability(stability):
    """점수 89에서는 정의대로 계산한 손실이 넘치지만, 가장 큰 점수를 빼면 정확합니다.

    점수 (s, 0, 0), float32. 넘친 손실은 NaN이나 무한대가 됩니다.
    """
    rows = stability["rows"]
    broken = [row["top"] for row in rows if row["naive_right"] == "nan"]
    exact = max(abs(row["stable_wrong"] - row["top"]) for row in rows)
    evidence = f"NaN이 된 점수: {broken}. 안정한 계산의 오차는 최대 {exact:.1e}입니다."
    return bool(broken and min(broken) > 88 and exact < 1e-3), evidence

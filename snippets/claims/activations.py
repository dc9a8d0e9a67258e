"""활성화 함수 쪽의 주장: 본문의 문장이 잰 결과와 맞는지 확인합니다."""

import numpy as np
from comparison import (
    difference,
    is_higher,
    is_open,
    mean_and_sd,
    pick,
    with_sign,
)
from runs.activations import (
    LABELS,
    NAMES,
    OPTIMIZERS,
    SHIFTS,
    at_best_rate,
    dead_units,
)

EPSILON = 2.0**-23  # float32에서 1 다음 수와 1의 차이, 약 1.2e-7

# ---------------------------------------------------------------- 공식과 도함수


def claim_formulas(shapes):
    """여기에 적은 도함수 아홉 개는 Keras가 자동 미분으로 구한 값과 같습니다.

    -10에서 10까지 20001개 점에서 x = 0을 빼고 견줍니다.
    """
    worst = max(shapes, key=lambda name: shapes[name]["error"])
    error = shapes[worst]["error"]
    return error < 1e-4, f"가장 큰 차이는 {LABELS[worst]}의 {error:.1e}입니다."


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
    return f"{with_sign(difference(a, b))} (시드 {len(a)}개의 짝 차이)"


def claim_layers(layers):
    """활성화 함수 없이 쌓은 세 층은 한 층으로 합쳐지고, ReLU가 정확도를 올립니다.

    Fashion-MNIST 10000장, Adam(0.001), 5에폭, 시드 5개.
    합쳐진다는 것은 세 행렬을 곱한 행렬 하나가 0.001 안에서 같은 확률을 낸다는 뜻입니다.

    원문: (C01) 비선형 활성화 함수가 층과 층을 나눕니다. 그것이 없으면 새 층이 아닙니다.
    판정: 재현됨
    """
    linear, softmax_, with_relu = (
        pick(layers, "accuracy", model=model) for model in ("linear", "softmax", "relu")
    )
    same = pick(layers, "difference", model="linear").max()
    evidence = (
        f"합친 행렬과의 확률 차이는 최대 {same:.0e}입니다. "
        f"정확도 차이는 ReLU − 활성화 없음 {difference_text(with_relu, linear)}, "
        f"활성화 없음 − 소프트맥스 회귀 {difference_text(linear, softmax_)}입니다."
    )
    return bool(same < 1e-3 and is_higher(with_relu, linear)), evidence


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
    """Adam(0.001)으로 다섯 에폭을 학습하면, 은닉층이 10개일 때 Tanh와 ReLU는 배우지만
    Sigmoid는 배우지 못합니다.

    강조

    배운다는 것은 시드마다 검증 정확도가 0.7보다 높다는 뜻이고, 배우지 못한다는 것은 0.3보다
    낮다는 뜻입니다.
    Fashion-MNIST 10000장, 층마다 유닛 64개, 시드 3개. 학습률은 깊이마다 맞추지 않았습니다.

    원문: (C04) Sigmoid는 계산이 많아서 특별한 경우가 아니면 쓰지 않습니다.
    판정: 조건부
    """
    deep = {
        name: pick(depth, "accuracy", activation=name, depth=10)
        for name in ("sigmoid", "tanh", "relu")
    }
    shallow = pick(depth, "accuracy", activation="sigmoid", depth=1)
    evidence = (
        f"은닉층 10개에서 평균 정확도는 Sigmoid {deep['sigmoid'].mean():.3f}, "
        f"Tanh {deep['tanh'].mean():.3f}, ReLU {deep['relu'].mean():.3f}이고, "
        f"Sigmoid도 은닉층이 1개이면 {shallow.mean():.3f}입니다."
    )
    learned = min(deep["tanh"].min(), deep["relu"].min()) > 0.7
    return bool(learned and deep["sigmoid"].max() < 0.3), evidence


# ------------------------------------------------------------- 모두 견주기


def claim_relu_or_sigmoid(centre, tuned, compare):
    """Adam(0.001)에서는 ReLU의 정확도가 Sigmoid보다 높지만, 학습률을 저마다 맞춘 SGD에서는
    어느 쪽이 높은지 가릴 수 없습니다.

    SGD의 학습률은 셋 가운데 검증 정확도가 가장 높은 것이고, 테스트 이미지 10000장으로
    견줍니다. Adam의 학습률은 맞추지 않고 검증 이미지 10000장으로 견줍니다.
    Fashion-MNIST 10000장, 784-128-64-10, 5에폭, 시드 5개의 짝 차이의 95 % 신뢰 구간.

    원문: (C45) 같은 신경망에서 ReLU가 Sigmoid보다 낫습니다.
    판정: 조건부
    """
    sgd, adam, evidence = against_sigmoid("relu", centre, tuned, compare)
    return is_open(*sgd) and is_higher(*adam), evidence


def claim_tanh(centre, tuned, compare):
    """학습률을 저마다 맞춘 SGD에서는 Tanh의 정확도가 Sigmoid보다 높지만, Adam(0.001)에서는
    어느 쪽이 높은지 가릴 수 없습니다.

    조건은 ReLU와 Sigmoid의 비교와 같습니다.

    원문: (C05) Tanh는 Sigmoid를 개선한 함수입니다.
    판정: 조건부
    """
    sgd, adam, evidence = against_sigmoid("tanh", centre, tuned, compare)
    return is_higher(*sgd) and is_open(*adam), evidence


def against_sigmoid(name, centre, tuned, compare):
    """고른 학습률의 SGD와 Adam에서, 그 함수와 Sigmoid의 정확도 (시드 수,)와 근거."""
    lr, mine = at_best_rate(tuned, activation=name)
    sigmoid_lr, sigmoid = at_best_rate(centre, **SHIFTS["σ(x)"])
    adam = [
        pick(compare, "accuracy", activation=function, optimizer="adam")
        for function in (name, "sigmoid")
    ]
    evidence = (
        f"{LABELS[name]} − Sigmoid: SGD(학습률 {lr:g}과 {sigmoid_lr:g}) "
        f"{with_sign(difference(mine, sigmoid))}, Adam {with_sign(difference(*adam))}."
    )
    return (mine, sigmoid), adam, evidence


def claim_centre(centre):
    """저마다 알맞은 학습률의 SGD에서는, Sigmoid를 원점으로 옮기기만 해도 정확도가 오르고
    가파르게 하기만 해도 오릅니다.

    ½만큼 내리거나(원점 대칭) x를 4배 합니다(0에서의 기울기 ¼ → 1). 학습률은 셋 가운데 검증
    정확도가 가장 높은 것이고, 정확도는 테스트 이미지 10000장으로 잽니다.
    Fashion-MNIST 10000장, 784-128-64-10, 5에폭, 시드 5개의 짝 차이의 95 % 신뢰 구간.

    원문: (C05) Tanh가 Sigmoid보다 나은 것은 원점 대칭 덕분입니다.
    판정: 조건부
    """
    runs = {name: at_best_rate(centre, **where) for name, where in SHIFTS.items()}
    base = runs["σ(x)"][1]
    evidence = ", ".join(
        f"{name}(학습률 {lr:g}) {with_sign(difference(accuracy, base))}"
        for name, (lr, accuracy) in runs.items()
        if name != "σ(x)"
    )
    holds = is_higher(runs["σ(x) − ½"][1], base) and is_higher(runs["σ(4x)"][1], base)
    return holds, f"σ(x)(학습률 {runs['σ(x)'][0]:g})와의 차이: {evidence}."


def claim_flat(compare):
    """학습한 신경망에서 기울기가 거의 없는 값은 Tanh보다 ReLU에 더 많습니다.

    강조

    Tanh에서는 열에 하나도 되지 않습니다. 은닉층에 들어가는 값 z 가운데 도함수의
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
    holds = share["tanh"].max() < 0.1 and (share["relu"] > share["tanh"]).all()
    return bool(holds), evidence + "."


def claim_best(compare):
    """이 비교로는 ReLU의 성능이 가장 좋다고 말할 수 없습니다.

    그렇게 말하려면 다른 여덟 함수 모두에서 짝 차이의 95 % 신뢰 구간이 0보다 커야 합니다.
    학습률을 함수마다 맞추지 않았으므로, 가장 좋지 않다고 말할 수도 없습니다.
    Fashion-MNIST 10000장, 784-128-64-10, 5에폭, SGD(0.05)와 Adam(0.001), 시드 5개.

    원문: (C07) ReLU의 성능이 가장 좋습니다.
    판정: 확인 불가
    """
    text, holds = [], True
    for optimizer, label in OPTIMIZERS.items():
        runs = {
            name: pick(compare, "accuracy", activation=name, optimizer=optimizer)
            for name in NAMES
        }
        relu = runs.pop("relu")
        beaten = [LABELS[n] for n, other in runs.items() if is_higher(relu, other)]
        best = max(runs, key=lambda name: runs[name].mean())
        holds &= len(beaten) < len(runs)
        text.append(
            f"{label}: ReLU가 뚜렷이 앞선 것은 {', '.join(beaten) or '없음'}, 나머지 가운데 "
            f"1위인 {LABELS[best]}의 차이는 {with_sign(difference(runs[best], relu))}"
        )
    return bool(holds), ". ".join(text) + "."


# ------------------------------------------------------------- 계산 시간


def claim_cost(cost, epochs):
    """Sigmoid는 원소마다 보면 ReLU보다 비싸지만, 한 에폭의 시간은 거의 같습니다.

    강조

    원소 백만 개의 함수와 도함수, 그리고 784-128-64-10 신경망의 한 에폭(10000장)을
    차례를 섞어 번갈아 잰 CPU 시간의 비(중앙값). 에폭의 비의 가운데 절반이 0.7과 1.4
    사이에 들면 거의 같다고 봅니다.

    원문: (C04) Sigmoid는 계산을 많이 차지해서 거의 쓰지 않습니다.
    판정: 반증
    """
    element, epoch = cost["sigmoid"]["both_ratio"], epochs["sigmoid"]["ratio"]
    evidence = (
        f"Sigmoid ÷ ReLU: 원소 {element:.2f}배, 에폭 {epoch:.2f}배 "
        f"(가운데 절반 {epochs['sigmoid']['low']:.2f}–{epochs['sigmoid']['high']:.2f})."
    )
    low, high = epochs["sigmoid"]["low"], epochs["sigmoid"]["high"]
    return bool(element > 1.1 and low > 0.7 and high < 1.4), evidence


# ------------------------------------------------------------- 죽은 ReLU


def claim_dead(dead):
    """어떤 이미지에서 음수인 ReLU 유닛은 죽은 것이 아니고, 큰 학습률이 유닛을 죽입니다.

    학습률 0.1에서는 쌍의 5분의 1이 넘게 음수여도 죽은 유닛은 20분의 1이 되지 않고, 학습률
    1.0에서는 죽은 유닛의 비율이 거기에서 0.1 넘게 높아집니다.
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
    return bool(mostly_alive and is_higher(gone, alive, by=0.1)), evidence


def claim_leaky(dead):
    """Leaky ReLU로 바꾸어도 지나치게 큰 학습률에서는 학습이 되지 않습니다.

    학습률 0.1에서는 시드마다 정확도가 0.6보다 높지만, 1.0에서는 0.2보다 낮습니다.
    Fashion-MNIST 10000장, 784-128-64-10, SGD, 3에폭, 시드 5개.
    """
    good, bad = (dead_units(dead, "leaky_relu", lr)["accuracy"] for lr in (0.1, 1.0))
    plain = dead_units(dead, "relu", 1.0)["accuracy"]
    evidence = (
        f"학습률 1.0의 정확도는 Leaky ReLU {mean_and_sd(bad, 3)}, "
        f"ReLU {mean_and_sd(plain, 3)}이고, "
        f"학습률 0.1에서는 Leaky ReLU도 {mean_and_sd(good, 3)}입니다."
    )
    return bool(bad.max() < 0.2 and good.min() > 0.6), evidence


# ------------------------------------------------------------- 출력층


def claim_stability(stability):
    """점수가 89이면 정의대로 계산한 손실은 NaN이나 무한대가 되지만, 가장 큰 점수를 먼저
    빼면 float32의 정밀도만큼 정확합니다.

    점수 (s, 0, 0), s는 10, 88, 89, 1000. 88까지는 정의대로 계산해도 넘치지 않습니다. 참값은
    float64로 구했고, 정밀도는 $2^{-23}$(약 $1.2 \\times 10^{-7}$)에 1과 참값 가운데 큰 것을
    곱한 값입니다.
    """
    rows = stability["rows"]
    broken = {
        row["top"]: not np.isfinite([row["naive_right"], row["naive_wrong"]]).any()
        for row in rows
    }
    error = max(
        row[f"error_{answer}"] / max(1, row[f"exact_{answer}"])
        for row in rows
        for answer in ("right", "wrong")
    )
    names = ", ".join(str(top) for top, over in broken.items() if over)
    evidence = (
        f"넘친 점수: {names}. 가장 큰 점수를 뺀 계산의 오차는 최대 {error:.0e}입니다."
    )
    overflow = all(over == (top >= 89) for top, over in broken.items())
    return bool(overflow and error <= EPSILON), evidence

"""신경망: 층을 쌓고, 거슬러 오며 기울기를 구하고, 손으로 학습시킵니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)
CLOTHES = (
    "티셔츠",
    "바지",
    "스웨터",
    "원피스",
    "코트",
    "샌들",
    "셔츠",
    "운동화",
    "가방",
    "부츠",
)


# ------------------------------------------------------- NumPy로 쓴 세 층 신경망


# --8<-- [start:forward]
def forward(params, X):
    W1, b1, W2, b2, W3, b3 = params
    h1 = np.maximum(X @ W1 + b1, 0)  # (n, 128)
    h2 = np.maximum(h1 @ W2 + b2, 0)  # (n, 64)
    scores = h2 @ W3 + b3  # (n, 10) 마지막 층에는 ReLU가 없습니다
    return h1, h2, scores


# --8<-- [end:forward]


# --8<-- [start:loss]
def softmax_loss(scores, y):
    """교차 엔트로피의 평균과, 점수에 대한 그 기울기."""
    n = len(y)
    s = scores - scores.max(axis=1, keepdims=True)  # (n, k) 넘치지 않게
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))  # (n, k)
    loss = -log_p[np.arange(n), y].mean()  # 숫자 하나
    ds = np.exp(log_p)  # (n, k) 확률 p
    ds[np.arange(n), y] -= 1  # (n, k) p − 원-핫
    return loss, ds / n


# --8<-- [end:loss]


# --8<-- [start:backward]
def backward(params, X, h1, h2, ds):
    W1, b1, W2, b2, W3, b3 = params
    dW3 = h2.T @ ds  # (64, 10)
    db3 = ds.sum(axis=0)  # (10,)
    dh2 = ds @ W3.T  # (n, 64)
    dz2 = dh2 * (h2 > 0)  # (n, 64) 꺼진 유닛에서 멈춥니다
    dW2 = h1.T @ dz2  # (128, 64)
    db2 = dz2.sum(axis=0)  # (64,)
    dh1 = dz2 @ W2.T  # (n, 128)
    dz1 = dh1 * (h1 > 0)  # (n, 128)
    dW1 = X.T @ dz1  # (784, 128)
    db1 = dz1.sum(axis=0)  # (128,)
    return dW1, db1, dW2, db2, dW3, db3


# --8<-- [end:backward]


# --8<-- [start:run_layers]
def run_layers(params, X, relu=True):
    h = [X]  # h[l]: l번째 은닉층의 출력
    for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
        z = h[-1] @ W + b
        h.append(np.maximum(z, 0) if relu else z)
    return h, h[-1] @ params[-2] + params[-1]


# --8<-- [end:run_layers]


# --8<-- [start:gradients]
def gradients(params, X, y, relu=True):
    h, scores = run_layers(params, X, relu)
    loss, d = softmax_loss(scores, y)
    grads = []
    for i in reversed(range(len(h))):
        grads = [h[i].T @ d, d.sum(axis=0), *grads]
        if i > 0:
            d = (d @ params[2 * i].T) * (h[i] > 0 if relu else 1)
    return loss, grads


# --8<-- [end:gradients]


# --8<-- [start:he_normal]
def he_normal(sizes, rng, dtype="float64"):
    params = []
    for d, k in zip(sizes, sizes[1:], strict=False):
        W = rng.normal(0, np.sqrt(2 / d), (d, k))  # (d, k)
        params += [W.astype(dtype), np.zeros(k, dtype)]  # 편향은 (k,)
    return params


# --8<-- [end:he_normal]


# --8<-- [start:one_epoch]
def one_epoch(params, X, y, lr, batch_size, rng, relu=True):
    order, losses = rng.permutation(len(y)), []
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        loss, grads = gradients(params, X[batch], y[batch], relu)
        params = [p - lr * g for p, g in zip(params, grads, strict=True)]
        losses.append(float(loss))
    return params, losses


# --8<-- [end:one_epoch]


def accuracy_of(params, X, y, relu=True):
    _, scores = run_layers(params, X, relu)
    return float(np.mean(scores.argmax(axis=1) == y))


# ------------------------------------------------------------- 소용돌이와 층의 수


# --8<-- [start:spiral]
def make_spiral(samples, turns, rng, noise=0.2):
    y = np.arange(samples) % 3  # (n,) 팔이 세 개, 클래스도 세 개
    r = rng.uniform(0.05, 1, samples)  # (n,) 가운데에서 떨어진 거리
    angle = 2 * np.pi * (turns * r + y / 3) + rng.normal(0, noise, samples)  # (n,)
    return np.stack([r * np.cos(angle), r * np.sin(angle)], axis=1), y  # (n, 2)


# --8<-- [end:spiral]


NETWORKS = {  # 층의 크기, ReLU를 쓰는지
    "1층": ((2, 3), True),
    "2층": ((2, 32, 3), True),
    "3층": ((2, 32, 32, 3), True),
    "2층, 넓게": ((2, 208, 3), True),  # 매개변수가 3층과 똑같이 1,251개
    "3층, ReLU 없음": ((2, 32, 32, 3), False),
}


def train_spiral(network, turns, seed, samples=600, epochs=100, lr=0.1, batch_size=30):
    sizes, relu = NETWORKS[network]
    X, y = make_spiral(samples, turns, np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    params = he_normal(sizes, rng)
    for _ in range(epochs):
        params, _ = one_epoch(params, X, y, lr, batch_size, rng, relu)
    return params, relu


cases_spiral = [
    dict(network=network, turns=turns, seed=seed)
    for network in NETWORKS
    for turns in (1.0, 0.4)
    for seed in SEEDS
]


def experiment_spiral(network="3층", turns=1.0, seed=0, epochs=100):
    params, relu = train_spiral(network, turns, seed, epochs=epochs)
    X, y = make_spiral(3000, turns, np.random.default_rng(1000 + seed))
    result = {
        "accuracy": accuracy_of(params, X, y, relu),
        "parameters": sum(p.size for p in params),
    }
    if not relu:
        W, b = collapse(params)
        _, scores = run_layers(params, X, relu)
        result["difference"] = float(np.abs(X @ W + b - scores).max())
    return result


# --8<-- [start:collapse]
def collapse(params):
    W, b = params[0], params[1]  # (2, 32), (32,)
    for W_next, b_next in zip(params[2::2], params[3::2], strict=True):
        W, b = W @ W_next, b @ W_next + b_next  # 다음 층을 미리 곱해 둡니다
    return W, b  # (2, 3), (3,)


# --8<-- [end:collapse]


def experiment_border(turns=1.0, seed=0, side=60, epochs=100):
    axis = np.linspace(-1.15, 1.15, side)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)  # (3600, 2)
    result = {}
    for network in ("1층", "2층", "3층", "3층, ReLU 없음"):
        params, relu = train_spiral(network, turns, seed, epochs=epochs)
        classes = run_layers(params, grid, relu)[1].argmax(axis=1).reshape(side, side)
        result[network] = ["".join(map(str, row)) for row in classes]
    points, labels = make_spiral(600, turns, np.random.default_rng(seed))
    result["points"] = (1000 * points[:240]).round().astype(int).tolist()
    result["labels"] = labels[:240].tolist()
    return result


def pick(frame, value="accuracy", **where):
    """조건에 맞는 행의 값을 시드 차례로 돌려줍니다."""
    for key, wanted in where.items():
        frame = frame[frame[key] == wanted]
    return frame.sort_values("seed")[value].to_numpy(float)


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    half = T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)
    return float(difference.mean()), float(half)


def gain_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f}"


def experiment_spiral_summary(spiral):
    def mean(network, turns):
        return float(pick(spiral, network=network, turns=turns).mean())

    tight = {key: mean(key, 1.0) for key in NETWORKS}
    loose = {key: mean(key, 0.4) for key in NETWORKS}
    names = ("one", "two", "three", "wide", "linear")
    pairs = {
        name: (tight[k], loose[k]) for name, k in zip(names, NETWORKS, strict=True)
    }
    three, wide = (pick(spiral, network=key, turns=0.4) for key in ("3층", "2층, 넓게"))
    return {
        "tight": {name: pair[0] for name, pair in pairs.items()},
        "loose": {name: pair[1] for name, pair in pairs.items()},
        "loose_gain": dict(zip(("mean", "half"), paired(three, wide), strict=True)),
        "difference": float(spiral["difference"].astype(float).max()),
        "parameters": int(pick(spiral, "parameters", network="3층")[0]),
    }


def figure_border(border, spiral):
    """한 층, 두 층, 세 층 신경망이 소용돌이를 나눈 모습. 색이 신경망이 답한 클래스이고 점이
    데이터, 퍼센트는 테스트 정확도입니다. 은닉층마다 유닛이 32개이고, 오른쪽 아래는 ReLU를 뺀
    세 층입니다.

    대체 텍스트: 한 층은 평면을 부채꼴 셋으로 나누고, 두 층은 경계가 굽어 소용돌이를 대강
    따라가며, 세 층은 소용돌이의 팔을 끝까지 따라갑니다. ReLU를 뺀 세 층은 다시 부채꼴 셋입니다.
    """
    fig, axes = plt.subplots(2, 2, figsize=(5, 5.4), layout="constrained")
    x, y = np.array(border["points"]).T / 1000  # (240,), (240,)
    labels = np.array(border["labels"])
    panels = [key for key in border if key in NETWORKS]
    for ax, network in zip(axes.flat, panels, strict=True):
        classes = np.array([[int(c) for c in row] for row in border[network]])
        side = np.linspace(-1.15, 1.15, len(classes))
        for k, marker in enumerate("o^s"):
            ax.contourf(
                side, side, classes == k, [0.5, 1.5], colors=[f"C{k}"], alpha=0.25
            )
            chosen = labels == k
            ax.plot(x[chosen], y[chosen], f"C{k}{marker}", markersize=3)
        accuracy = pick(spiral, network=network, turns=1.0)[0]
        ax.set(title=f"{network}: {accuracy:.1%}", xticks=[], yticks=[], aspect="equal")
    return fig


def table_spiral_accuracy(spiral):
    """소용돌이 데이터의 테스트 정확도. 시드 5개의 평균이고, 세 팔이 한 바퀴 감긴 것과
    0.4바퀴 감긴 것에서 따로 학습했습니다. 클래스가 셋이라 찍으면 3분의 1입니다.
    """
    frame = pd.DataFrame(
        {
            "신경망": network,
            "매개변수": int(pick(spiral, "parameters", network=network)[0]),
            "한 바퀴": pick(spiral, network=network, turns=1.0).mean(),
            "0.4바퀴": pick(spiral, network=network, turns=0.4).mean(),
        }
        for network in NETWORKS
    )
    frame.attrs["format"] = {"매개변수": ",d", "한 바퀴": ".3f", "0.4바퀴": ".3f"}
    return frame


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


# ------------------------------------------------------------- 신경망의 과정


def figure_process():
    """세 층 신경망의 과정. 왼쪽 화살표가 순전파, 오른쪽 화살표가 역전파입니다. 괄호 안은
    이미지 n장을 한꺼번에 넣을 때의 모양입니다.

    대체 텍스트: 위에서 아래로 입력, W1과 b1, ReLU, W2와 b2, ReLU, W3과 b3, 소프트맥스, 손실
    상자가 이어집니다. 왼쪽에는 내려가는 순전파 화살표, 오른쪽에는 올라가는 역전파 화살표가
    있고, 가중치 상자마다 그 가중치의 기울기가 옆으로 나옵니다.
    """
    boxes = (
        ("입력 $X$", "$X$ (n, 784)", "", ""),
        ("$\\cdot\\,W_1 + b_1$", "$Z_1$ (n, 128)", "dZ_1", "dW_1,\\ db_1"),
        ("ReLU", "$H_1$ (n, 128)", "dH_1", ""),
        ("$\\cdot\\,W_2 + b_2$", "$Z_2$ (n, 64)", "dZ_2", "dW_2,\\ db_2"),
        ("ReLU", "$H_2$ (n, 64)", "dH_2", ""),
        ("$\\cdot\\,W_3 + b_3$", "점수 $S$ (n, 10)", "dS", "dW_3,\\ db_3"),
        ("소프트맥스", "확률 $P$ (n, 10)", "dP", ""),
        ("손실 $L$", "", "", ""),
    )
    fig, ax = plt.subplots(figsize=(4.8, 6.8), layout="constrained")
    for row, (name, output, slope, weights) in enumerate(boxes):
        y = -1.15 * row
        draw_box(ax, 0, y, name, "C0" if weights else "C6")
        if output:
            draw_arrow(ax, (-0.35, y - 0.32), (-0.35, y - 0.83), "C0")
            ax.text(-0.5, y - 0.58, output, ha="right", va="center")
        if slope:
            draw_arrow(ax, (0.35, y - 0.83), (0.35, y - 0.32), "C1")
            ax.text(0.5, y - 0.58, f"${slope}$", ha="left", va="center")
        if weights:
            draw_arrow(ax, (0.85, y), (1.25, y), "C1")
            ax.text(1.35, y, f"${weights}$", ha="left", va="center")
    ax.text(-0.5, 0.55, "순전파 ↓", ha="right", color="C0", weight="bold")
    ax.text(0.5, 0.55, "↑ 역전파", ha="left", color="C1", weight="bold")
    ax.set(xlim=(-2.2, 2.4), ylim=(-8.5, 0.9))
    ax.axis("off")
    return fig


def draw_box(ax, x, y, text, color, half_width=0.85, half_height=0.32):
    corner = (x - half_width, y - half_height)
    size = (2 * half_width, 2 * half_height)
    ax.add_patch(plt.Rectangle(corner, *size, facecolor=color, alpha=0.15))
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor=color))
    ax.text(x, y, text, ha="center", va="center")


def draw_arrow(ax, start, end, color):
    style = dict(arrowstyle="-|>", color=color, linewidth=1.5, shrinkA=0, shrinkB=0)
    ax.annotate("", end, start, arrowprops=style)


# ----------------------------------------------------- Keras로 쌓기와 매개변수 세기


# --8<-- [start:ways]
def build_from_list():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# --8<-- [end:ways]


# --8<-- [start:ways_named]
def build_with_names():
    hidden = keras.layers.Dense(100, activation="relu", name="hidden")
    scores = keras.layers.Dense(10, name="scores")
    layers = [keras.Input((28, 28)), keras.layers.Flatten(), hidden, scores]
    return keras.Sequential(layers, name="clothes")


def build_by_adding():
    model = keras.Sequential()
    model.add(keras.Input((28, 28)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(100, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# --8<-- [end:ways_named]


def experiment_ways(seed=0):
    x = np.random.default_rng(seed).random((4, 28, 28), dtype="float32")  # (4, 28, 28)
    outputs = []
    for build in (build_from_list, build_with_names, build_by_adding):
        keras.utils.set_random_seed(seed)
        model = build()
        outputs.append(np.asarray(model(x)))  # (4, 10)
    return {
        "difference": float(max(np.abs(o - outputs[0]).max() for o in outputs)),
        "layers": [
            {
                "type": type(layer).__name__,
                "shape": str(layer.output.shape),
                "parameters": layer.count_params(),
            }
            for layer in model.layers
        ],
        "total": model.count_params(),
    }


SHAPES = ((784, 10), (784, 100, 10), (784, 128, 64, 10), (784, 512, 256, 128, 10))


# --8<-- [start:count]
def count_parameters(sizes):
    pairs = zip(sizes, sizes[1:], strict=False)
    return sum(d * k + k for d, k in pairs)  # 가중치 (d, k)와 편향 (k,)


# --8<-- [end:count]


def dense_network(sizes, dtype="float32"):
    model = keras.Sequential([keras.Input((sizes[0],), dtype=dtype)])
    for units in sizes[1:-1]:
        layer = keras.layers.Dense(
            units, "relu", kernel_initializer="he_normal", dtype=dtype
        )
        model.add(layer)
    model.add(keras.layers.Dense(sizes[-1], dtype=dtype))
    return model


def experiment_counts():
    return {
        "-".join(map(str, sizes)): {
            "formula": count_parameters(sizes),
            "keras": dense_network(sizes).count_params(),
            "biases": sum(sizes[1:]),
        }
        for sizes in SHAPES
    }


def table_layers(ways):
    """`model.summary()`가 보여 주는 층마다의 출력 모양과 매개변수의 수."""
    rows = [
        {"층": row["type"], "출력 모양": row["shape"], "매개변수": row["parameters"]}
        for row in ways["layers"]
    ]
    rows.append({"층": "합계", "출력 모양": "", "매개변수": ways["total"]})
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"매개변수": ",d"}
    return frame


def table_parameters(counts):
    """신경망의 크기와 매개변수의 수. 편향은 그 가운데 편향만 센 것입니다."""
    frame = pd.DataFrame(
        {
            "신경망": name,
            "공식": row["formula"],
            "Keras": row["keras"],
            "편향": row["biases"],
        }
        for name, row in counts.items()
    )
    frame.attrs["format"] = {"공식": ",d", "Keras": ",d", "편향": ",d"}
    return frame


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


# --8<-- [start:worked]
def experiment_worked(lr=0.02):
    x, t = np.array([2.0, 1.0]), 3.0  # (2,) 입력과 정답 값
    W, b = np.array([[1.0, -2.0], [1.0, 3.0]]), np.array([0.0, 0.0])  # (2, 2), (2,)
    v, c = np.array([2.0, -1.0]), -1.0  # (2,) 둘째 층의 가중치와 편향
    z = x @ W + b  # (2,)
    h = np.maximum(z, 0)  # (2,)
    s = h @ v + c  # 숫자 하나
    loss = (s - t) ** 2 / 2
    ds = s - t  # 여기서부터 거꾸로
    dv, dc, dh = ds * h, ds, ds * v  # (2,), 숫자, (2,)
    dz = dh * (z > 0)  # (2,)
    dW, db, dx = np.outer(x, dz), dz, W @ dz  # (2, 2), (2,), (2,)
    # --8<-- [end:worked]
    after = np.maximum(x @ (W - lr * dW) + b - lr * db, 0) @ (v - lr * dv) + c - lr * dc

    def loss_at(W, v):
        return (np.maximum(x @ W + b, 0) @ v + c - t) ** 2 / 2

    numbers = {
        "x": x,
        "t": t,
        "W": W,
        "v": v,
        "c": c,
        "z": z,
        "h": h,
        "s": s,
        "loss": loss,
        "ds": ds,
        "dv": dv,
        "dh": dh,
        "dz": dz,
        "dW": dW,
        "dx": dx,
        "s_after": after,
        "loss_after": (after - t) ** 2 / 2,
        "dW_numeric": slopes(lambda W: loss_at(W, v), W),
        "dv_numeric": slopes(lambda v: loss_at(W, v), v),
    }
    return {key: (np.asarray(value) + 0.0).tolist() for key, value in numbers.items()}


# --8<-- [start:slopes]
def slopes(f, p, step=1e-5):
    """중심 차분: 원소를 하나씩 양쪽으로 조금 움직여 본 f의 기울기."""
    result = np.zeros_like(p)
    for i in np.ndindex(p.shape):
        up, down = p.copy(), p.copy()
        up[i] += step
        down[i] -= step
        result[i] = (f(up) - f(down)) / (2 * step)
    return result


# --8<-- [end:slopes]


def figure_graph(worked):
    """숫자를 넣은 계산 그래프. 상자의 윗줄이 순전파의 값, 아랫줄(∂)이 그 값에 대한 손실의
    기울기입니다. 선 옆은 가중치이고, 파선은 ReLU가 막은 길입니다.

    대체 텍스트: 맨 위의 입력 두 개가 가중합 두 개로, 다시 ReLU 두 개로, 점수 하나와 손실
    하나로 내려옵니다. 둘째 가중합은 음수라서 ReLU의 출력이 0이고, 거슬러 오던 기울기도
    그곳에서 0이 됩니다.
    """
    places, boxes = {}, []
    for row, (name, slope) in enumerate((("x", "dx"), ("z", "dz"), ("h", "dh"))):
        for unit, column in enumerate((-1, 1)):
            places[name, unit] = (column, -1.6 * row)
            label = f"{name}_{unit + 1}"
            boxes.append(((name, unit), label, worked[name][unit], worked[slope][unit]))
    places |= {"s": (0, -4.8), "L": (0, -6.2)}
    boxes += [("s", "s", worked["s"], worked["ds"]), ("L", "L", worked["loss"], 1)]
    fig, ax = plt.subplots(figsize=(4.8, 6.2), layout="constrained")
    for unit in (0, 1):
        style = "-" if worked["z"][unit] > 0 else "--"
        for i in (0, 1):
            along = 0.5 if i == unit else 0.28
            weight = worked["W"][i][unit]
            join(ax, places["x", i], places["z", unit], f"{weight:g}", "-", along)
        join(ax, places["z", unit], places["h", unit], "ReLU", style)
        join(ax, places["h", unit], places["s"], f"{worked['v'][unit]:g}", style)
    join(ax, places["s"], places["L"], "$\\frac{1}{2}(s - t)^2$", "-")
    for key, label, value, slope in boxes:
        x, y = places[key]
        draw_box(ax, x, y, "", "C0", half_width=0.55, half_height=0.38)
        ax.text(x, y + 0.17, f"${label} = {value:g}$", ha="center", va="center")
        text = f"$\\partial = {slope:g}$"
        ax.text(x, y - 0.19, text, ha="center", va="center", color="C1")
    ax.text(0.65, -4.98, f"$c = {worked['c']:g}$", ha="left", va="center")
    ax.text(0.65, -4.62, f"$t = {worked['t']:g}$", ha="left", va="center")
    ax.set(xlim=(-1.8, 1.8), ylim=(-6.7, 0.5))
    ax.axis("off")
    return fig


def join(ax, start, end, text, style, along=0.5):
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 - 0.38, y2 + 0.38
    ax.plot([x1, x2], [y1, y2], "C6", linestyle=style, linewidth=1.2, zorder=0)
    x, y = x1 + along * (x2 - x1), y1 + along * (y2 - y1)
    side = -1 if x2 < x1 else 1  # 비스듬한 선에서는 글자를 선의 바깥쪽에 놓습니다
    lift = 0.12 if x1 != x2 else 0
    align = "right" if side < 0 else "left"
    text = text if "$" in text else text.replace("-", "−")
    ax.text(x + 0.08 * side, y + lift, text, ha=align, va="center")


def claim_by_hand(worked):
    """손으로 구한 기울기 여섯 개는 가중치를 조금씩 움직여 본 중심 차분과 같습니다.

    중심 차분의 폭은 $10^{-5}$이고, $10^{-6}$ 안에서 견줍니다.
    """
    pairs = [(worked["dW"], worked["dW_numeric"]), (worked["dv"], worked["dv_numeric"])]
    error = max(np.abs(np.subtract(a, b)).max() for a, b in pairs)
    return bool(error < 1e-6), f"소수 여섯째 자리까지 견준 가장 큰 차이 {error:.1g}."


# ------------------------------------------------------- Keras와 견주기


def load_images(samples, dtype="float32"):
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    x = x[: samples + 5000].reshape(-1, 784).astype(dtype) / 255
    y = y[: samples + 5000].astype(int)
    return (x[:samples], y[:samples]), (x[samples:], y[samples:])  # 훈련, 검증


def experiment_check(samples=64, entries=20, seed=0, step=1e-5):
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    model = dense_network((784, 128, 64, 10), "float64")
    X, y = load_images(samples, "float64")[0]  # (64, 784), (64,)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float64")
    with tf.GradientTape() as tape:
        value = loss(y, model(X))
    theirs = tape.gradient(value, [w.value for w in model.trainable_weights])
    params = model.get_weights()
    h1, h2, scores = forward(params, X)
    ours_loss, ds = softmax_loss(scores, y)
    ours = backward(params, X, h1, h2, ds)
    rng, rows = np.random.default_rng(seed), {}
    for i, name in enumerate(("W1", "b1", "W2", "b2", "W3", "b3")):
        numeric = []
        for flat in rng.choice(ours[i].size, min(entries, ours[i].size), replace=False):
            place, around = np.unravel_index(flat, ours[i].shape), []
            for sign in (1, -1):
                moved = [p.copy() for p in params]
                moved[i][place] += sign * step
                around.append(softmax_loss(forward(moved, X)[2], y)[0])
            slope = (around[0] - around[1]) / (2 * step)
            numeric.append(abs(slope - ours[i][place]))
        rows[name] = {
            "shape": str(ours[i].shape),
            "largest": float(np.abs(ours[i]).max()),
            "keras": float(np.abs(ours[i] - theirs[i].numpy()).max()),
            "numeric": float(max(numeric)),
        }
    return {"loss": abs(float(ours_loss) - float(value)), "rows": rows}


def table_gradient_check(check):
    """역전파로 구한 기울기의 검사. 가장 큰 기울기와, Keras의 자동 미분 및 중심 차분과의
    가장 큰 차이입니다. 중심 차분은 행렬마다 20개 원소를 골라 계산했습니다.
    """
    frame = pd.DataFrame(
        {
            "기울기": f"d{name}",
            "모양": row["shape"],
            "가장 큰 값": row["largest"],
            "자동 미분": row["keras"],
            "중심 차분": row["numeric"],
        }
        for name, row in sorted(check["rows"].items(), key=lambda item: item[0][::-1])
    )
    columns = ("자동 미분", "중심 차분")
    frame.attrs["format"] = {"가장 큰 값": ".3f", **dict.fromkeys(columns, ".0e")}
    return frame


def claim_gradients(check):
    """열두 줄로 쓴 역전파의 기울기는 Keras의 자동 미분과도, 중심 차분과도 같습니다.

    784-128-64-10, Fashion-MNIST 64장, float64, 시드 0. $10^{-8}$ 안에서 견줍니다.
    """
    rows = check["rows"].values()
    keras_gap = max(row["keras"] for row in rows)
    numeric_gap = max(row["numeric"] for row in rows)
    evidence = f"가장 큰 차이는 자동 미분 {keras_gap:.0e}, 중심 차분 {numeric_gap:.0e}."
    return bool(max(keras_gap, numeric_gap, check["loss"]) < 1e-8), evidence


def train_twins(samples, epochs, batch_size, lr, seed, dtype):
    X, y = load_images(samples)[0]  # (2000, 784), (2000,)
    X = X.astype(dtype)
    model = dense_network((784, 128, 64, 10), dtype)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype=dtype)
    model.compile(keras.optimizers.SGD(lr), loss)
    # --8<-- [start:twins]
    params = model.get_weights()  # NumPy도 같은 가중치에서 출발합니다
    rng, ours, theirs = np.random.default_rng(seed), [], []
    for _ in range(epochs):
        order = rng.permutation(len(y))  # 미니배치의 차례도 같습니다
        for batch in np.split(order, range(batch_size, len(y), batch_size)):
            value, grads = gradients(params, X[batch], y[batch])
            params = [p - lr * g for p, g in zip(params, grads, strict=True)]
            ours.append(float(value))
            model.reset_metrics()
            theirs.append(float(model.train_on_batch(X[batch], y[batch])))
    # --8<-- [end:twins]
    return ours, theirs, params, model.get_weights()


cases_twins = [dict(dtype="float64"), dict(dtype="float32")]


def experiment_twins(
    dtype="float32", samples=2000, epochs=5, batch_size=50, lr=0.1, seed=0
):
    keras.utils.set_random_seed(seed)
    ours, theirs, mine, keras_weights = train_twins(
        samples, epochs, batch_size, lr, seed, dtype
    )
    pairs = zip(mine, keras_weights, strict=True)
    return {
        "ours": ours,
        "gap": np.abs(np.array(ours) - theirs).tolist(),
        "weights": float(max(np.abs(p - q).max() for p, q in pairs)),
    }


def experiment_twins_summary(twins):
    return {
        row["dtype"]: {
            "steps": len(row["gap"]),
            "gap": max(row["gap"]),
            "early": max(row["gap"][:10]),
            "weights": row["weights"],
            "first": row["ours"][0],
            "last": float(np.mean(row["ours"][-40:])),
        }
        for _, row in twins.iterrows()
    }


def figure_twins_gap(twins):
    """손으로 쓴 신경망과 Keras의 손실. 위는 손으로 쓴 신경망의 미니배치 손실, 아래는 같은
    걸음에서 두 손실의 차이입니다. 784-128-64-10, 2000장, 배치 크기 50, SGD(0.1), 다섯 에폭.

    대체 텍스트: 위의 손실은 오르내리며 내려갑니다. 아래의 차이는 float64에서 끝까지 바닥에
    붙어 있고, float32에서는 바닥에서 시작하여 걸음이 쌓일수록 커집니다.
    """
    fig, (top, bottom) = plt.subplots(
        2, 1, figsize=(4.8, 4.6), sharex=True, layout="constrained"
    )
    for color, (_, row) in zip(("C0", "C1"), twins.iterrows(), strict=False):
        gap = np.maximum(row["gap"], 1e-9)  # 0은 로그 눈금에 그릴 수 없습니다
        bottom.semilogy(gap, color, label=row["dtype"], linewidth=1)
    top.plot(twins["ours"].iloc[0], "C0", linewidth=1)
    top.set_ylabel("미니배치 손실")
    bottom.set(xlabel="걸음", ylabel="손실의 차이")
    bottom.legend()
    return fig


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


# ------------------------------------------------- 은닉층이 실제로 가져다주는 것


cases_fit = [
    dict(hidden=hidden, width=width, features=features, seed=seed)
    for hidden, width, features in (
        (0, 0, "learned"),
        (1, 8, "learned"),
        (1, 32, "learned"),
        (1, 128, "learned"),
        (2, 8, "learned"),
        (2, 32, "learned"),
        (2, 128, "learned"),
        (1, 32, "random"),
        (1, 128, "random"),
    )
    for seed in SEEDS
]


def experiment_fit(
    hidden=1,
    width=32,
    features="learned",
    seed=0,
    samples=10000,
    epochs=20,
    batch_size=50,
    lr=0.1,
    last=5,
):
    (X, y), (X_val, y_val) = load_images(samples)  # (10000, 784), (5000, 784)
    rng = np.random.default_rng(seed)
    params = he_normal((784, *[width] * hidden, 10), rng, "float32")
    if features == "random":  # 은닉층은 처음 그대로 두고 출력층만 학습합니다
        X, X_val = run_layers(params, X)[0][1], run_layers(params, X_val)[0][1]
        params = params[-2:]
    result = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        params, losses = one_epoch(params, X, y, lr, batch_size, rng)
        scores = run_layers(params, X_val)[1]  # (5000, 10)
        result["loss"].append(float(np.mean(losses)))
        result["val_loss"].append(float(softmax_loss(scores, y_val)[0]))
        result["val_accuracy"].append(float(np.mean(scores.argmax(axis=1) == y_val)))
    return {**result, "accuracy": float(np.mean(result["val_accuracy"][-last:]))}


def experiment_filters(width=16, samples=10000, epochs=12, lr=0.1, seed=0, shown=12):
    X, y = load_images(samples)[0]  # (10000, 784), (10000,)
    rng = np.random.default_rng(seed)
    params = he_normal((784, width, 10), rng, "float32")
    for _ in range(epochs):
        params, _ = one_epoch(params, X, y, lr, 50, rng)
    h = run_layers(params, X)[0][1]  # (10000, 16)
    means = np.array([h[y == k].mean(axis=0) for k in np.unique(y)])  # (10, 16)
    W = params[0]  # (784, 16)
    return {
        "images": (127 * W / np.abs(W).max(axis=0))
        .round()
        .astype(int)
        .T[:shown]
        .tolist(),
        "likes": means.argmax(axis=0)[:shown].tolist(),
        "active": (h > 0).mean(axis=0)[:shown].tolist(),
    }


# ------------------------------------------------- 은닉층: 그림과 주장


def experiment_fit_summary(fit):
    learned = fit[fit["features"] == "learned"]
    guessed = fit[fit["features"] == "random"]

    def stats(a, b):
        return dict(zip(("mean", "half"), paired(a, b), strict=True))

    none, one, two, small = (
        pick(learned, hidden=hidden, width=width)
        for hidden, width in ((0, 0), (1, 128), (2, 128), (1, 8))
    )
    losses, val_losses = (np.stack(learned[key]) for key in ("loss", "val_loss"))
    return {
        "none": float(none.mean()),
        "one": float(one.mean()),
        "two": float(two.mean()),
        "small": float(small.mean()),
        "small_two": float(pick(learned, hidden=2, width=8).mean()),
        "random": float(pick(guessed, width=128).mean()),
        "random_32": float(pick(guessed, width=32).mean()),
        "gain_one": stats(one, none),
        "gain_two": stats(two, one),
        "gain_small": stats(small, none),
        "falls": float((np.diff(losses) < 0).mean()),
        "val_falls": float((np.diff(val_losses) < 0).mean()),
    }


def figure_hidden_layers(fit):
    """은닉층의 수와 유닛의 수에 따른 검증 정확도. 점 하나가 시드 하나이고 선은 평균, 가로
    파선은 은닉층이 없는 신경망의 평균입니다. Fashion-MNIST 10000장, SGD(0.1), 20에폭.

    대체 텍스트: 유닛이 8개이면 은닉층이 하나이든 둘이든 파선보다 낮고, 32개이면 조금 높고,
    128개이면 더 높습니다. 은닉층 하나의 선과 둘의 선은 거의 붙어 있습니다. 은닉층을 무작위로
    둔 선은 한참 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(4.8, 4), layout="constrained")
    lines = (
        (1, "learned", "C0", "o-", "은닉층 1개"),
        (2, "learned", "C1", "s-", "은닉층 2개"),
        (1, "random", "C2", "^:", "은닉층 1개, 무작위로 고정"),
    )
    for hidden, features, color, style, label in lines:
        runs = fit[(fit["hidden"] == hidden) & (fit["features"] == features)]
        mean = runs.groupby("width")["accuracy"].mean()
        ax.plot(runs["width"], runs["accuracy"], color + style[0], alpha=0.3)
        ax.plot(mean.index, mean, color + style, label=label)
    base = fit[fit["hidden"] == 0]["accuracy"].mean()
    ax.axhline(base, color="C6", linestyle="--", label="은닉층 없음")
    ax.set(xscale="log", xlabel="은닉층의 유닛 수", ylabel="검증 정확도")
    ax.set_xticks([8, 32, 128], ["8", "32", "128"], minor=False)
    ax.minorticks_off()
    fig.legend(loc="outside lower center", ncols=2)
    return fig


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


def figure_epoch_curves(fit):
    """에폭에 따른 훈련 손실(실선)과 검증 손실(점선). 가는 선이 시드 하나, 굵은 선이 시드
    5개의 평균입니다.

    대체 텍스트: 두 신경망 모두 훈련 손실은 매끄럽게 내려갑니다. 검증 손실은 처음 몇 에폭에
    크게 내려간 다음 오르내리고, 뒤로 갈수록 훈련 손실과 벌어집니다.
    """
    fig, axes = plt.subplots(
        1, 2, figsize=(5.4, 3.2), sharey=True, layout="constrained"
    )
    titles = {(0, 0): "은닉층 없음", (2, 128): "은닉층 2개 × 128"}
    for ax, ((hidden, width), title) in zip(axes, titles.items(), strict=True):
        runs = fit[(fit["hidden"] == hidden) & (fit["width"] == width)]
        for key, style, label in (("loss", "C0-", "훈련"), ("val_loss", "C1:", "검증")):
            losses = np.stack(runs[key])  # (시드 수, 에폭 수)
            epoch = np.arange(1, losses.shape[1] + 1)
            ax.plot(epoch, losses.T, style, alpha=0.5, linewidth=0.8)
            ax.plot(epoch, losses.mean(axis=0), style, linewidth=2, label=label)
        ax.set(title=title, xlabel="에폭", ylim=(0.15, 1))
        ax.set_xticks([1, 5, 10, 15, 20])
    axes[0].set_ylabel("손실")
    axes[0].legend()
    return fig


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


def figure_first_weights(filters):
    """784-16-10 신경망의 첫 은닉층 유닛 12개의 가중치. 제목은 그 유닛의 출력이 평균으로 가장
    컸던 옷입니다. 두 색은 가중치의 부호입니다.

    대체 텍스트: 바지의 두 다리 사이나 티셔츠의 윤곽이 어렴풋이 보이는 유닛이 있고, 아무
    모양도 보이지 않는 잡음 같은 유닛도 있습니다.
    """
    fig, axes = plt.subplots(3, 4, figsize=(5.2, 4.4), layout="constrained")
    for ax, image, like in zip(
        axes.flat, filters["images"], filters["likes"], strict=True
    ):
        pixels = np.array(image).reshape(28, 28)
        ax.imshow(pixels, cmap="RdBu_r", vmin=-127, vmax=127)
        ax.set_title(CLOTHES[like])
        ax.axis("off")
    return fig


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


# ------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_width]
def answer_width(total, d=784, k=10):
    """매개변수가 total개에 가장 가까운 d-h-k 신경망의 유닛 수 h."""
    return round((total - k) / (d + 1 + k))  # h(d + 1) + k(h + 1) = total


# --8<-- [end:answer_width]


# --8<-- [start:answer_relu]
def answer_relu(z, dh):
    return np.where(z > 0, dh, 0)  # 켜진 유닛은 그대로, 꺼진 유닛은 0


# --8<-- [end:answer_relu]


# --8<-- [start:answer_xor]
def answer_xor(X):
    W1, b1 = np.array([[1, 1], [1, 1]]), np.array([0, -1])  # (2, 2), (2,)
    w2 = np.array([1, -2])  # (2,)
    return np.maximum(X @ W1 + b1, 0) @ w2  # (n,) 켜진 개수 − 2 × (둘 다 켜짐)


# --8<-- [end:answer_xor]


# --8<-- [start:answer_shapes]
def answer_shapes(n=64, d=784, k=128):
    X, W, dZ = np.zeros((n, d)), np.zeros((d, k)), np.zeros((n, k))
    return [(X.T @ dZ).shape, dZ.sum(axis=0).shape, (dZ @ W.T).shape]


# --8<-- [end:answer_shapes]


def experiment_answers():
    width = answer_width(109386)
    dz = answer_relu(np.array([3.0, -1.0, 0.5, 0.0]), np.array([2.0, 5.0, -4.0, 1.0]))
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (4, 2)
    return {
        "width": width,
        "parameters": count_parameters((784, width, 10)),
        "relu": dz.tolist(),
        "xor": answer_xor(corners).tolist(),
        "shapes": [str(shape) for shape in answer_shapes()],
    }


# ------------------------------------------- 소용돌이를 배우는 동안 움직이는 경계


def experiment_border_path(
    network="3층",
    turns=1.0,
    seed=0,
    samples=600,
    lr=0.1,
    batch_size=30,
    side=60,
    epochs=(0, 1, 2, 4, 7, 11, 16, 22, 30, 40, 60, 100),
):
    sizes, relu = NETWORKS[network]
    X, y = make_spiral(samples, turns, np.random.default_rng(seed))  # (600, 2), (600,)
    rng = np.random.default_rng(seed)
    params = he_normal(sizes, rng)
    axis = np.linspace(-1.15, 1.15, side)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)  # (3600, 2)
    result = {"epochs": list(epochs), "loss": [], "accuracy": [], "classes": []}
    for epoch in range(epochs[-1] + 1):
        if epoch in epochs:
            classes = run_layers(params, grid, relu)[1].argmax(axis=1)  # (3600,)
            rows = classes.reshape(side, side)
            result["classes"].append(["".join(map(str, row)) for row in rows])
            scores = run_layers(params, X, relu)[1]  # (600, 3)
            result["loss"].append(float(softmax_loss(scores, y)[0]))
            result["accuracy"].append(accuracy_of(params, X, y, relu))
        params, _ = one_epoch(params, X, y, lr, batch_size, rng, relu)
    result["points"] = (1000 * X[:240]).round().astype(int).tolist()
    result["labels"] = y[:240].tolist()
    return result


def frames_border_path(border_path):
    """세 층 신경망이 소용돌이를 배우는 동안 결정 경계가 움직이는 모습. 색이 신경망이 답한
    클래스이고 점이 훈련 데이터, 손실은 훈련 데이터 600개의 평균입니다.

    대체 텍스트: 처음에는 세 색이 팔과 상관없이 평면을 나눕니다. 손실이 내려가는 동안 경계가
    가운데를 따라 돌기 시작하고, 끝에는 소용돌이의 세 팔을 끝까지 따라갑니다.
    """
    x, y = np.array(border_path["points"]).T / 1000  # (240,), (240,)
    labels = np.array(border_path["labels"])
    for epoch, loss, rows in zip(
        border_path["epochs"], border_path["loss"], border_path["classes"], strict=True
    ):
        classes = np.array([[int(c) for c in row] for row in rows])  # (60, 60)
        side = np.linspace(-1.15, 1.15, len(classes))
        fig, ax = plt.subplots(figsize=(4, 4), layout="constrained")
        for k, marker in enumerate("o^s"):
            ax.contourf(
                side, side, classes == k, [0.5, 1.5], colors=[f"C{k}"], alpha=0.25
            )
            chosen = labels == k
            ax.plot(x[chosen], y[chosen], f"C{k}{marker}", markersize=3)
        ax.set(xticks=[], yticks=[], aspect="equal")
        yield f"{epoch}에폭, 손실 {loss:.2f}", fig

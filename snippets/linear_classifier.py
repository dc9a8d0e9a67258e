"""선형 분류기: 행렬곱 한 번으로 이미지를 가려내고, 그 행렬을 데이터에서 배웁니다."""

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import FancyBboxPatch

SEEDS = (0, 1, 2, 3, 4)
CLOTHES = (
    *("티셔츠", "바지", "스웨터", "원피스", "외투"),
    *("샌들", "셔츠", "운동화", "가방", "앵클부츠"),
)
T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


def pick(frame, value, **where):
    """조건에 맞는 행의 값을 시드 차례로 돌려줍니다."""
    for key, wanted in where.items():
        frame = frame[frame[key] == wanted]
    return frame.sort_values("seed")[value].to_numpy(float)


def load_images(samples=10000):
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x[: 2 * samples].reshape(-1, 784).astype("float32")
    y = y[: 2 * samples]
    x_test = x_test[:10000].reshape(-1, 784).astype("float32")
    return {  # 픽셀은 아직 0–255입니다
        "train": (x[:samples], y[:samples]),
        "validation": (x[samples:], y[samples:]),
        "test": (x_test, y_test),
    }


# ---------------------------------------------------------------- 벡터화


# --8<-- [start:vector]
def experiment_vector(seed=0):
    rng = np.random.default_rng(seed)
    image = rng.integers(256, size=(4, 4))  # (4, 4) 0부터 255까지
    return {
        "image": image.tolist(),
        "flatten": image.flatten().tolist(),  # (16,)
        "reshape": image.reshape(-1).tolist(),  # (16,) −1은 "나머지 전부"
        "batch": list(np.zeros((60, 28, 28)).reshape(60, -1).shape),  # (60, 784)
        "columns": list(image.reshape(2, -1).shape),  # (2, 8)
    }


# --8<-- [end:vector]


def figure_vector(vector):
    """4×4 이미지를 한 줄로 편 벡터. 같은 행에서 온 칸은 같은 색입니다.

    대체 텍스트: 위에 숫자가 적힌 네 줄짜리 격자가 있고, 아래에 첫 줄, 둘째 줄, 셋째 줄,
    넷째 줄의 숫자를 차례로 이어 붙인 열여섯 칸의 띠가 있습니다.
    """
    fig, ax = plt.subplots(figsize=(5.2, 3.1))
    for (row, column), value in np.ndenumerate(np.array(vector["image"])):
        cell(ax, 5.2 + 1.4 * column, 7 - 1.2 * row, 1.4, 1.2, row, str(value), 10)
    for place, value in enumerate(vector["flatten"]):
        cell(ax, place, 0, 1, 1.1, place // 4, str(value), 7.5)
    ax.annotate(
        "",
        (8, 1.3),
        (8, 3.2),
        arrowprops={"arrowstyle": "-|>", "linewidth": 2, "color": "C6"},
    )
    ax.text(8.4, 2.25, "x.reshape(-1)", va="center", family="monospace")
    ax.text(4.8, 5.8, "(4, 4)", ha="right", va="center")
    ax.text(0, 1.6, "(16,)", va="center")
    ax.set(xlim=(-0.1, 16.1), ylim=(-0.2, 8.4))
    ax.axis("off")
    return fig


def cell(ax, left, bottom, width, height, color, text, size):
    ax.add_patch(
        plt.Rectangle((left, bottom), width, height, color=f"C{color}", alpha=0.25)
    )
    ax.add_patch(
        plt.Rectangle((left, bottom), width, height, fill=False, linewidth=0.8)
    )
    place = (left + width / 2, bottom + height / 2)
    ax.text(*place, text, ha="center", va="center", fontsize=size)


def experiment_draws(draws=1_000_000, seed=0):
    old, rng = np.random.RandomState(seed), np.random.default_rng(seed)
    return {
        "randint": int(old.randint(0, 255, draws).max()),
        "integers": int(rng.integers(256, size=draws).max()),
    }


def claim_draws(draws):
    """randint(0, 255)에서는 255가 나오지 않고, rng.integers(256)에서는 나옵니다.

    백만 번 뽑아 가장 큰 값을 보았습니다. NumPy의 randint는 끝값을 넣지 않습니다.

    원문: randint(0, 255)는 0부터 255까지의 픽셀값을 만듭니다.
    판정: 반증
    """
    evidence = (
        f"가장 큰 값은 randint(0, 255) {draws['randint']}, "
        f"rng.integers(256) {draws['integers']}입니다."
    )
    return draws["randint"] == 254 and draws["integers"] == 255, evidence


# --8<-- [start:dense]
def experiment_dense():
    sizes = {}
    for name, layers in {
        "flat": [keras.layers.Flatten(), keras.layers.Dense(10)],
        "square": [keras.layers.Dense(10)],  # 펴지 않았습니다
    }.items():
        model = keras.Sequential([keras.Input((28, 28)), *layers])
        sizes[name] = {
            "output": list(model.output_shape[1:]),
            "parameters": model.count_params(),
        }
    return sizes


# --8<-- [end:dense]


def claim_dense(dense):
    """펴지 않은 (28, 28) 이미지를 Dense(10)에 넣어도 오류가 나지 않습니다. 다만 28줄에 따로따로 같은 작은 행렬을 곱할 뿐입니다.

    Keras의 Dense는 마지막 축에만 행렬을 곱합니다. 모든 픽셀을 함께 보려면 펴야 합니다.

    원문: (C02) 선형 모델의 입력은 1차원 벡터여야 하므로 반드시 펴야 합니다.
    판정: 조건부
    """
    flat, square = dense["flat"], dense["square"]
    evidence = (
        f"펴면 출력 {shape_text(flat['output'])}, 매개변수 {flat['parameters']:,d}개. "
        f"펴지 않으면 출력 {shape_text(square['output'])}, "
        f"매개변수 {square['parameters']:,d}개."
    )
    holds = square["output"] == [28, 10] and square["parameters"] == 28 * 10 + 10
    return holds and flat["parameters"] == 7850, evidence


def shape_text(shape):
    inside = ", ".join(str(size) for size in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


# ---------------------------------------------------------------- 점수


# --8<-- [start:example]
def experiment_example():
    x = np.array([1.0, 0.75, 0.25, 0.0])  # (4,) 2×2 이미지를 편 벡터
    W = np.array(  # (4, 3) 열마다 가로줄, 세로줄, 대각선
        [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]
    )
    b = np.zeros(3)  # (3,)
    s = x @ W + b  # (3,) 점수
    p = np.exp(s) / np.exp(s).sum()  # (3,) 확률
    return {
        "scores": s.tolist(),
        "exp": np.exp(s).tolist(),
        "p": p.tolist(),
        "losses": (-np.log(p)).tolist(),  # 정답이 그 클래스일 때의 손실
    }


# --8<-- [end:example]

PATTERNS = ("가로줄", "세로줄", "대각선")


def table_steps(example):
    """2×2 이미지 (1, 0.75, 0.25, 0)의 점수가 확률과 손실이 되기까지. 손실은 정답이
    그 클래스일 때의 값입니다.
    """
    frame = pd.DataFrame(
        {
            "클래스": PATTERNS,
            "점수 s": example["scores"],
            "e^s": example["exp"],
            "확률 p": example["p"],
            "손실 −ln p": example["losses"],
        }
    )
    frame.attrs["format"] = {
        "점수 s": ".1f",
        "e^s": ".3f",
        "확률 p": ".3f",
        "손실 −ln p": ".3f",
    }
    return frame


def figure_tiny():
    """2×2 이미지 하나와 세 클래스의 가중치. 이미지는 밝을수록 1, 가중치는 파란 칸이 +1,
    주황 칸이 −1입니다.

    대체 텍스트: 입력은 윗줄 두 칸이 밝습니다. 가로줄의 가중치는 윗줄이 +1, 아랫줄이 −1이고,
    세로줄은 왼쪽 열이 +1, 대각선은 왼쪽 위와 오른쪽 아래가 +1입니다.
    """
    image = np.array([[1.0, 0.75], [0.25, 0.0]])
    signs = [[[1, 1], [-1, -1]], [[1, -1], [1, -1]], [[1, -1], [-1, 1]]]
    fig, axes = plt.subplots(1, 4, figsize=(5.4, 1.8))
    axes[0].imshow(image, cmap="gray", vmin=-0.3, vmax=1)
    axes[0].set_title("입력 $x$", fontsize=11)
    for (row, column), value in np.ndenumerate(image):
        color = "black" if value > 0.5 else "white"
        axes[0].text(column, row, f"{value:g}", ha="center", va="center", color=color)
    for ax, sign, name in zip(axes[1:], signs, PATTERNS, strict=True):
        for (row, column), value in np.ndenumerate(np.array(sign)):
            text = "+1" if value > 0 else "−1"
            color = 0 if value > 0 else 1
            cell(ax, column - 0.5, row - 0.5, 1, 1, color, text, 11)
        ax.set(xlim=(-0.5, 1.5), ylim=(1.5, -0.5), aspect="equal")
        ax.set_title(name, fontsize=11)
    for ax in axes:
        ax.axis("off")
    return fig


def figure_shapes():
    """점수 계산의 모양. 위는 이미지 한 장, 아래는 이미지 n장을 한꺼번에 계산합니다.
    안쪽의 두 784가 맞닿아 사라집니다.

    대체 텍스트: 784칸짜리 가로 띠에 세로 784, 가로 10인 행렬을 곱하고 10칸짜리 띠를 더하면
    10칸짜리 띠가 됩니다. 아래 줄에서는 띠가 n줄로 두꺼워지지만 가중치와 편향은 그대로입니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(5.2, 4.4))
    for ax, height, (x, s), rows in (
        (axes[0], 0.35, ("$x$", "$s$"), ""),
        (axes[1], 1.4, ("$X$", "$S$"), "n, "),
    ):
        box(ax, 0, height, 3.0, x, f"({rows}784)" if rows else "(784,)", "C0")
        box(ax, 3.8, 3.0, 0.9, "$W$", "(784, 10)", "C1")
        box(ax, 6.0, 0.35, 0.9, "$b$", "(10,)", "C2")
        box(ax, 8.2, height, 0.9, s, f"({rows}10)" if rows else "(10,)", "C3")
        for place, sign in ((3.4, "·"), (5.35, "+"), (7.55, "=")):
            ax.text(place, 0, sign, ha="center", va="center", fontsize=16)
        ax.set(xlim=(-0.1, 9.8), ylim=(-2.35, 1.7))
        ax.axis("off")
    axes[0].set_title("이미지 한 장", fontsize=11)
    axes[1].set_title("이미지 n장", fontsize=11)
    return fig


def box(ax, left, height, width, name, shape, color):
    corner = (left, -height / 2)
    ax.add_patch(plt.Rectangle(corner, width, height, color=color, alpha=0.3))
    ax.add_patch(plt.Rectangle(corner, width, height, fill=False, edgecolor=color))
    middle = left + width / 2
    ax.text(middle, 0, name, ha="center", va="center", fontsize=12)
    ax.text(middle, -height / 2 - 0.15, shape, ha="center", va="top", fontsize=9.5)


# --8<-- [start:conventions]
def experiment_conventions(samples=100, seed=0):
    x = load_images()["test"][0][:samples] / 255  # (100, 784)
    rng = np.random.default_rng(seed)
    W = rng.normal(size=(784, 10)).astype("float32")  # (784, 10) Keras의 방식
    b = rng.normal(size=10).astype("float32")  # (10,)
    ours = x @ W + b  # (100, 10)

    W_rows = W.T  # (10, 784) 클래스마다 한 행
    rows = np.dot(x, W_rows.T) + b  # (100, 10)

    layer = keras.layers.Dense(10)
    layer.build((None, 784))
    layer.set_weights([W, b])
    theirs = np.asarray(layer(x))  # (100, 10)
    return {
        "rows": float(np.abs(ours - rows).max()),
        "keras": float(np.abs(ours - theirs).max()),
        "size": float(np.abs(ours).max()),
    }


# --8<-- [end:conventions]


def claim_conventions(conventions):
    """W를 (특징, 클래스)로 두든 (클래스, 특징)으로 두든 점수는 같습니다. Keras의 Dense도 같은 점수를 냅니다.

    Fashion-MNIST 100장, 무작위 가중치, float32. 점수의 크기에 견준 차이가
    십만분의 일보다 작으면 같다고 봅니다.
    """
    size = conventions["size"]
    evidence = (
        f"가장 큰 점수는 {size:.1f}, 두 방식의 차이는 최대 {conventions['rows']:.1g}, "
        f"Keras와의 차이는 최대 {conventions['keras']:.1g}입니다."
    )
    worst = max(conventions["rows"], conventions["keras"])
    return bool(worst < 1e-5 * size), evidence


# ---------------------------------------------------------------- 소프트맥스


# --8<-- [start:softmax]
def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))  # (n, 10) 지수가 0을 넘지 않습니다
    return e / e.sum(axis=1, keepdims=True)  # (n, 10) 한 행의 합은 1


# --8<-- [end:softmax]


# --8<-- [start:overflow]
def naive_softmax(s):
    e = np.exp(s)  # 점수가 크면 여기서 넘칩니다
    return e / e.sum(axis=1, keepdims=True)


# --8<-- [end:overflow]


def experiment_overflow(tops=(1, 88, 89, 1000), shift=100.0, seed=0):
    rows = []
    for top in tops:
        s = np.array([[top, 0, 0]], dtype="float32")  # (1, 3)
        with np.errstate(all="ignore"):
            rows.append(
                {
                    "top": top,
                    "exp": str(np.exp(s)[0, 0]),
                    "naive": str(naive_softmax(s)[0, 0]),
                    "stable": float(softmax(s)[0, 0]),
                }
            )
    s = np.random.default_rng(seed).normal(size=(1000, 10))  # (1000, 10)
    moved = np.abs(softmax(s + shift) - softmax(s)).max()
    return {"rows": rows, "shift": float(moved)}


def table_overflow_rows(overflow):
    """점수 (s, 0, 0)에서 첫째 클래스의 확률을 float32로 계산한 값. inf는 무한대, nan은
    수가 아니라는 뜻입니다.
    """
    frame = pd.DataFrame(overflow["rows"])[["top", "exp", "naive", "stable"]]
    frame["exp"] = [f"{float(value):.3g}" for value in frame["exp"]]
    frame["naive"] = [f"{float(value):.3g}" for value in frame["naive"]]
    frame.columns = ["점수 s", "e^s", "정의대로", "가장 큰 점수를 빼고"]
    frame.attrs["format"] = {"가장 큰 점수를 빼고": ".3g"}
    return frame


def claim_overflow(overflow):
    """모든 점수에 같은 수를 더해도 소프트맥스는 달라지지 않습니다. 그래서 가장 큰 점수를 빼면 값은 그대로이고 넘치지 않습니다.

    앞 문장은 난수 점수 1000줄에 100을 더해서, 뒤 문장은 점수 (s, 0, 0)을 float32로
    계산해서 확인했습니다.
    """
    rows = overflow["rows"]
    broken = [row["top"] for row in rows if row["naive"] == "nan"]
    finite = all(np.isfinite(row["stable"]) for row in rows)
    evidence = (
        f"100을 더했을 때 확률의 차이는 최대 {overflow['shift']:.0e}입니다. "
        f"정의대로 계산해서 nan이 된 점수는 {broken}이고, 뺀 뒤에는 하나도 없습니다."
    )
    holds = overflow["shift"] < 1e-12 and broken and min(broken) > 88 and finite
    return bool(holds), evidence


# ---------------------------------------------------------------- 교차 엔트로피


# --8<-- [start:loss]
def cross_entropy(s, y):
    top = s.max(axis=1)  # (n,)
    total = top + np.log(np.exp(s - top[:, None]).sum(axis=1))  # (n,) ln Σ e^s
    return (total - s[np.arange(len(y)), y]).mean()  # −ln p의 평균


# --8<-- [end:loss]


def figure_surprise():
    """정답 클래스에 준 확률과 손실. 점은 열 클래스에 똑같이 0.1씩 주었을 때입니다.

    대체 텍스트: 확률이 1이면 손실은 0이고, 확률이 0으로 갈수록 곡선이 가파르게 치솟습니다.
    """
    p = np.linspace(0.005, 1, 400)
    fig, ax = plt.subplots(figsize=(5, 3))
    ax.plot(p, -np.log(p), "C0")
    ax.plot(0.1, np.log(10), "C1o", markersize=8)
    ax.annotate("$p_y = 0.1$, $L = \\ln 10$", (0.1, np.log(10)), (0.15, 2.4))
    ax.set(xlabel="정답 클래스의 확률 $p_y$", ylabel="손실 $L$", ylim=(-0.1, 5.3))
    return fig


cases_first = [
    dict(start=start, pixels=pixels, seed=seed)
    for start, pixels in (("zeros", "0–1"), ("keras", "0–1"), ("keras", "0–255"))
    for seed in SEEDS
]


def experiment_first(start="zeros", pixels="0–1", seed=0, samples=2000):
    x, y = load_images()["train"]
    x, y = x[:samples] / (255 if pixels == "0–1" else 1), y[:samples]
    keras.utils.set_random_seed(seed)
    kernel = "zeros" if start == "zeros" else "glorot_uniform"
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, kernel_initializer=kernel)]
    )
    scores = np.asarray(model(x))  # (2000, 10)
    function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return {
        "loss": float(cross_entropy(scores.astype("float64"), y)),
        "keras": float(function(y, scores)),
    }


def experiment_first_summary(first):
    summary = {
        name: float(pick(first, "loss", start=start, pixels=pixels).mean())
        for name, (start, pixels) in {
            "zeros": ("zeros", "0–1"),
            "keras": ("keras", "0–1"),
            "raw": ("keras", "0–255"),
        }.items()
    }
    return {**summary, "ln10": float(np.log(10))}


def claim_first(first):
    """가중치가 0이면 첫 손실은 ln 10이고, Keras의 기본인 Glorot 초기화에서도 그 근처에서 출발합니다. 픽셀을 255로 나누지 않으면 열 배도 넘습니다.

    학습하기 전의 손실입니다. Fashion-MNIST 2000장, 클래스 열 개, Glorot 초기화, 시드 5개.
    근처는 ln 10과의 차이가 1보다 작다는 뜻입니다.
    """
    zeros = pick(first, "loss", start="zeros", pixels="0–1")
    usual = pick(first, "loss", start="keras", pixels="0–1")
    raw = pick(first, "loss", start="keras", pixels="0–255")
    target = np.log(10)
    evidence = (
        f"ln 10 = {target:.4f}. 가중치 0 {zeros.mean():.4f}, Glorot "
        f"{usual.min():.2f}–{usual.max():.2f}, 255로 나누지 않은 Glorot "
        f"{raw.min():.0f}–{raw.max():.0f}."
    )
    close = np.abs(zeros - target).max() < 1e-5 and np.abs(usual - target).max() < 1
    return bool(close and raw.min() > 10 * target), evidence


def claim_keras_loss(first):
    """우리가 쓴 손실은 Keras의 SparseCategoricalCrossentropy와 같습니다.

    학습하기 전의 열다섯 모델에서 견주었습니다. 상대 차이가 십만분의 일보다 작으면
    같다고 봅니다.
    """
    worst = (first["loss"] / first["keras"] - 1).abs().max()
    return bool(worst < 1e-5), f"상대 차이는 최대 {worst:.0e}입니다."


# ---------------------------------------------------------------- 기울기


# --8<-- [start:gradient]
def gradients(W, b, x, Y):
    P = softmax(x @ W + b)  # (n, 10)
    error = (P - Y) / len(x)  # (n, 10) 준 확률 − 주었어야 할 확률
    return x.T @ error, error.sum(axis=0)  # (784, 10), (10,)


# --8<-- [end:gradient]


# --8<-- [start:central]
def central_difference(loss, W, h=1e-5):
    slope = np.zeros_like(W)  # (784, 10)
    for place in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[place] += h
        down[place] -= h
        slope[place] = (loss(up) - loss(down)) / (2 * h)
    return slope


# --8<-- [end:central]


def experiment_slopes(samples=32, seed=0):
    import tensorflow as tf

    x, y = load_images()["train"]
    x, y = x[:samples].astype("float64") / 255, y[:samples]  # (32, 784), (32,)
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.1, (784, 10)), rng.normal(0, 0.1, 10)
    dW, db = gradients(W, b, x, np.eye(10)[y])
    part = rng.choice(784, 100, replace=False)  # 픽셀 100개의 가중치 1000개만 잽니다

    def loss(W_part):
        V = W.copy()
        V[part] = W_part
        return cross_entropy(x @ V + b, y)

    W_tf, b_tf = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        scores = tf.constant(x) @ W_tf + b_tf  # (32, 10)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
            y.astype(int), scores
        )  # (32,)
        mean = tf.reduce_mean(losses)
    dW_tf, db_tf = tape.gradient(mean, [W_tf, b_tf])
    return {
        "size": float(np.abs(dW).max()),
        "numerical": float(np.abs(dW[part] - central_difference(loss, W[part])).max()),
        "tape": float(np.abs(dW - dW_tf.numpy()).max()),
        "tape_bias": float(np.abs(db - db_tf.numpy()).max()),
    }


def claim_slopes(slopes):
    """손으로 구한 기울기는 중심 차분과도, TensorFlow의 자동 미분과도 백만분의 일 안에서 같습니다.

    Fashion-MNIST 32장, 무작위 가중치, float64. 중심 차분은 픽셀 100개의 가중치 1000개에서
    h = 1e-5로 쟀고, 자동 미분은 7850개 모두 견주었습니다.
    """
    tape = max(slopes["tape"], slopes["tape_bias"])
    evidence = (
        f"가장 큰 기울기는 {slopes['size']:.3f}입니다. 차이는 중심 차분과 최대 "
        f"{slopes['numerical']:.0e}, 자동 미분과 최대 {tape:.0e}입니다."
    )
    holds = slopes["numerical"] < 1e-6 and tape < 1e-6 and slopes["size"] > 1e-3
    return bool(holds), evidence


# ---------------------------------------------------------------- 학습


# --8<-- [start:train]
def step(W, b, x, Y, lr):
    dW, db = gradients(W, b, x, Y)
    W -= lr * dW  # (784, 10) 기울기의 반대쪽으로 조금
    b -= lr * db  # (10,)


def train(x, y, lr=0.03, epochs=10, batch_size=50, seed=0):
    rng = np.random.default_rng(seed)
    W, b = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    Y = np.eye(10, dtype="float32")[y]  # (n, 10) 원-핫
    for _ in range(epochs):
        order = rng.permutation(len(x))  # 에폭마다 새로 섞습니다
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]  # (50,)
            step(W, b, x[rows], Y[rows], lr)
    return W, b


# --8<-- [end:train]


def loss_and_accuracy(W, b, x, y):
    s = x @ W + b  # (n, 10)
    return float(cross_entropy(s, y)), float(np.mean(s.argmax(axis=1) == y))


def experiment_learn(samples=10000, lr=0.03, epochs=10, batch_size=50, seed=0):
    data = load_images(samples)
    x, y = data["train"][0] / 255, data["train"][1]  # (10000, 784), (10000,)
    x_test, y_test = data["test"][0] / 255, data["test"][1]
    rng = np.random.default_rng(seed)
    W, b = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    Y = np.eye(10, dtype="float32")[y]
    batches, epochs_loss = [], [loss_and_accuracy(W, b, x, y)[0]]
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            batches.append(loss_and_accuracy(W, b, x[rows], y[rows])[0])
            step(W, b, x[rows], Y[rows], lr)
        epochs_loss.append(loss_and_accuracy(W, b, x, y)[0])
    shown = np.unique(y_test, return_index=True)[1]  # 클래스마다 첫 이미지
    p = softmax(x_test[shown] @ W + b)  # (10, 10)
    return {
        "batches": batches,
        "epochs": epochs_loss,
        "train": loss_and_accuracy(W, b, x, y)[1],
        "test": loss_and_accuracy(W, b, x_test, y_test)[1],
        "templates": np.round(127 * W.T / np.abs(W).max()).astype(int).tolist(),
        "images": np.round(255 * x_test[shown]).astype(int).tolist(),
        "answers": y_test[shown].tolist(),
        "guesses": p.argmax(axis=1).tolist(),
        "confidence": p.max(axis=1).tolist(),
        **likeness(W, x, y, lr),
    }


def likeness(W, x, y, lr):
    """가중치 그림이 '클래스의 평균 이미지 − 전체 평균 이미지'와 얼마나 닮았는지 잽니다."""
    overall = x.mean(axis=0)  # (784,)
    means = np.array([x[y == k].mean(axis=0) - overall for k in range(10)])  # (10, 784)
    first, bias = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    step(first, bias, x, np.eye(10, dtype="float32")[y], lr)  # 전체 데이터로 한 걸음
    return {
        "first_step": [float(np.corrcoef(m, w)[0, 1]) for m, w in zip(means, first.T)],
        "learned": [float(np.corrcoef(m, w)[0, 1]) for m, w in zip(means, W.T)],
    }


def experiment_learn_summary(learn):
    return {
        "first": learn["epochs"][0],
        "one": learn["epochs"][1],
        "last": learn["epochs"][-1],
        "train": learn["train"],
        "test": learn["test"],
        "right": int(np.sum(np.equal(learn["guesses"], learn["answers"]))),
        "first_step": float(np.min(learn["first_step"])),
        "learned": float(np.mean(learn["learned"])),
        "learned_min": float(np.min(learn["learned"])),
        "learned_max": float(np.max(learn["learned"])),
    }


def figure_opening(learn):
    """테스트 이미지 열 장을 행렬곱 한 번으로 알아본 결과. 클래스마다 첫 이미지를 골랐고,
    백분율은 분류기가 그 답에 준 확률입니다. ×는 틀린 답입니다.

    대체 텍스트: 옷과 신발과 가방의 흑백 이미지 열 장이 두 줄로 있고, 이미지마다 위에
    분류기의 답과 확률이 적혀 있습니다.
    """
    fig, axes = plt.subplots(2, 5, figsize=(5, 3))
    for ax, image, guess, answer, sure in zip(
        axes.flat,
        learn["images"],
        learn["guesses"],
        learn["answers"],
        learn["confidence"],
        strict=False,
    ):
        ax.imshow(np.reshape(image, (28, 28)), cmap="gray", vmin=0, vmax=255)
        mark = "" if guess == answer else " ×"
        color = {} if guess == answer else {"color": "C1"}
        ax.set_title(f"{CLOTHES[guess]}{mark}\n{sure:.0%}", fontsize=10, **color)
    for ax in axes.flat:
        ax.axis("off")
    return fig


def figure_flow():
    """선형 분류기의 다섯 단계. 갱신한 가중치로 다시 점수를 매기고, 이것을 되풀이합니다.

    대체 텍스트: 이미지에서 벡터, 벡터에서 점수, 점수에서 확률, 확률과 정답에서 손실,
    손실에서 갱신으로 화살표가 이어지고, 갱신에서 점수로 화살표가 되돌아갑니다.
    """
    places = {
        "이미지": (0, 1, "(28, 28)", "C6"),
        "벡터": (1, 1, "$x$: (784,)", "C0"),
        "점수": (2, 1, "$s = xW + b$", "C1"),
        "확률": (2, 0, "$p$ = softmax($s$)", "C2"),
        "손실": (1, 0, r"$L = -\ln p_y$", "C3"),
        "갱신": (0, 0, r"$W - \eta\,\partial L/\partial W$", "C7"),
    }
    steps = ("① 펴기", "② 곱하기", "③ 소프트맥스", "④ 정답과 견주기", "⑤ SGD")
    fig, ax = plt.subplots(figsize=(4.7, 3.1))
    for name, (column, row, note, color) in places.items():
        corner = (column - 0.36, row - 0.2)
        patch = {"boxstyle": "round,pad=0.02", "edgecolor": color, "linewidth": 1.6}
        ax.add_patch(FancyBboxPatch(corner, 0.72, 0.4, facecolor="none", **patch))
        ax.text(column, row + 0.07, name, ha="center", va="center", fontsize=13)
        ax.text(column, row - 0.1, note, ha="center", va="center", fontsize=9)
    names = list(places)
    for label, one, two in zip(steps, names[:-1], names[1:], strict=True):
        (x0, y0, *_), (x1, y1, *_) = places[one], places[two]
        side = 0.39 * np.sign(x1 - x0), 0.23 * np.sign(y1 - y0)
        arrow(ax, (x0 + side[0], y0 + side[1]), (x1 - side[0], y1 - side[1]), "C6")
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        if y0 == y1:
            height = y0 + 0.34 if y0 else -0.34
            ax.text(middle[0], height, label, ha="center", va="center", fontsize=9.5)
        else:
            ax.text(middle[0] + 0.05, middle[1], label, va="center", fontsize=9.5)
    arrow(ax, (0.2, 0.23), (1.72, 0.77), "C7")
    ax.text(0.85, 0.56, "새 $W$로 다시", ha="right", fontsize=9.5, color="C7")
    ax.set(xlim=(-0.42, 2.78), ylim=(-0.45, 1.45))
    ax.axis("off")
    return fig


def arrow(ax, start, end, color):
    style = {"arrowstyle": "-|>", "linewidth": 1.6, "color": color}
    ax.annotate("", end, start, arrowprops={**style, "shrinkA": 0, "shrinkB": 0})


def figure_learning(learn):
    """학습하는 동안의 손실. 흐린 선은 미니배치 50장의 손실, 점은 에폭이 끝날 때마다 잰
    훈련 데이터 전체의 손실입니다.

    대체 텍스트: 흐린 선은 위아래로 크게 흔들리고, 점을 이은 선은 처음에 가파르게, 나중에
    완만하게 내려갑니다.
    """
    fig, ax = plt.subplots(figsize=(5.4, 3.2))
    batches = np.array(learn["batches"])
    turns = len(learn["epochs"]) - 1
    place = np.arange(len(batches)) * turns / len(batches)
    ax.plot(place, batches, "C0", linewidth=0.5, alpha=0.45, label="미니배치의 손실")
    ax.plot(range(turns + 1), learn["epochs"], "C1o-", label="훈련 손실")
    ax.axhline(np.log(10), color="C6", linestyle="--", linewidth=1)
    ax.text(turns, np.log(10) + 0.03, "ln 10", ha="right", va="bottom")
    ax.set(xlabel="에폭", ylabel="손실", ylim=(0, 2.6))
    ax.legend()
    return fig


def figure_templates(learn):
    """배운 가중치 열 벌을 28×28로 다시 접은 그림. 밝은 곳이 양수, 어두운 곳이 음수입니다.

    대체 텍스트: 티셔츠는 짧은 소매, 스웨터와 외투는 긴 소매의 윤곽이 보입니다. 바지는 두
    다리 사이가 어둡고, 운동화와 앵클부츠는 신발 모양이 밝습니다. 나머지는 흐릿한 얼룩입니다.
    """
    fig, axes = plt.subplots(2, 5, figsize=(5, 2.7))
    for ax, template, name in zip(axes.flat, learn["templates"], CLOTHES, strict=True):
        edge = np.abs(template).max()
        image = np.reshape(template, (28, 28))
        ax.imshow(image, cmap="gray", vmin=-edge, vmax=edge)
        ax.set_title(name, fontsize=11)
        ax.axis("off")
    return fig


def claim_likeness(learn):
    """0에서 출발해 전체 데이터로 한 걸음을 떼면, 가중치는 그 클래스의 평균 이미지에서 전체 평균 이미지를 뺀 것과 같은 모양이 됩니다. 더 배우면 그 모양에서 멀어집니다.

    두 그림의 상관계수로 쟀고, 한 걸음 뒤에는 열 클래스 모두 0.99보다 크다는 뜻입니다.
    Fashion-MNIST 10000장. 클래스의 장수가 조금씩 달라서 정확히 1은 아닙니다. 더 배운 것은
    배치 크기 50, 학습률 0.03, 10에폭, 시드 하나입니다.
    """
    first, learned = np.array(learn["first_step"]), np.array(learn["learned"])
    evidence = (
        f"상관계수는 한 걸음 뒤 {first.min():.4f}–{first.max():.4f}, "
        f"10에폭 뒤 {learned.min():.2f}–{learned.max():.2f}입니다."
    )
    holds = first.min() > 0.99 and (learned < first).all() and learned.min() > 0
    return bool(holds), evidence


def claim_likely(example):
    """정답 클래스에 준 확률이 커지면 손실은 작아집니다.

    2×2 이미지의 세 클래스를 확률이 큰 차례로 늘어놓고 손실을 견주었습니다. −ln p는
    p의 감소함수이므로 이미지 한 장의 손실에서는 언제나 그렇습니다.

    원문: (C19) 정답 클래스의 확률이 높아지면 손실이 줄어듭니다.
    판정: 재현됨
    """
    order = np.argsort(example["p"])[::-1]
    p, losses = (np.array(example[key])[order] for key in ("p", "losses"))
    evidence = ", ".join(
        f"확률 {a:.3f} → 손실 {b:.3f}" for a, b in zip(p, losses, strict=True)
    )
    return bool((np.diff(p) < 0).all() and (np.diff(losses) > 0).all()), evidence + "."


# ------------------------------------------------ 전체 배치, 미니배치, 한 장씩

FULL = 10000
RACES = (
    *((10000, 0.1), (10000, 0.2), (10000, 0.4)),
    *((50, 0.03), (50, 0.1), (50, 0.2)),
    *((1, 0.003), (1, 0.01), (1, 0.03)),
)
PASSES = 5
cases_race = [
    dict(batch_size=size, lr=lr, seed=seed) for size, lr in RACES for seed in (0, 1, 2)
]


def experiment_race(batch_size=50, lr=0.03, seed=0, samples=10000, passes=5):
    """같은 장수를 보는 동안의 손실과 CPU 시간. 손실을 재는 시간은 빼고 셉니다."""
    data = load_images(samples)
    x, y = data["train"][0] / 255, data["train"][1]
    Y = np.eye(10, dtype="float32")[y]
    later = 12 if batch_size > 1 else 1  # 한 장씩은 느려서 다섯 바퀴만 봅니다
    rng = np.random.default_rng(seed)
    W, b = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    seconds, updates = 0.0, 0
    curve = [[0.0, 0.0, loss_and_accuracy(W, b, x, y)[0]]]
    for turn in range(1, later * passes + 1):
        order = rng.permutation(len(x))
        xs, Ys = x[order], Y[order]
        pieces = 5 if turn <= passes and batch_size <= len(x) // 5 else 1
        for piece, rows in enumerate(np.split(np.arange(len(x)), pieces), 1):
            began = time.process_time()
            for start in range(rows[0], rows[-1] + 1, batch_size):
                step(
                    W,
                    b,
                    xs[start : start + batch_size],
                    Ys[start : start + batch_size],
                    lr,
                )
                updates += 1
            seconds += time.process_time() - began
            if turn <= passes or turn % passes == 0:
                loss = loss_and_accuracy(W, b, x, y)[0]
                curve.append([turn - 1 + piece / pieces, seconds, loss])
    x_test, y_test = data["test"]
    return {
        "curve": curve,  # 본 바퀴 수, CPU 시간, 훈련 데이터 전체의 손실
        "milliseconds": 1000 * seconds / updates,
        "test": loss_and_accuracy(W, b, x_test / 255, y_test)[1],
    }


def loss_after(curve, passes):
    return next(loss for seen, _, loss in curve if seen > passes - 1e-6)


def best_runs(race):
    """배치 크기마다, 다섯 바퀴 뒤의 평균 훈련 손실이 가장 낮은 학습률의 실행."""
    race = race.assign(end=[loss_after(curve, PASSES) for curve in race["curve"]])
    best = {}
    for size, runs in race.groupby("batch_size"):
        lr = runs.groupby("lr")["end"].mean().idxmin()
        best[size] = runs[runs["lr"] == lr].sort_values("seed")
    return best


def experiment_race_summary(race):
    return {
        str(size): {
            "lr": float(runs["lr"].iloc[0]),
            "end": float(runs["end"].mean()),
            "last": float(np.mean([curve[-1][2] for curve in runs["curve"]])),
            "milliseconds": float(runs["milliseconds"].median()),
            "pass_seconds": float(runs["milliseconds"].median() * FULL / size / 1000),
        }
        for size, runs in best_runs(race).items()
    }


def rates_text(best):
    return ", ".join(f"{RACERS[size]} {best[size]['lr'].iloc[0]:g}" for size in RACERS)


def claim_race(race):
    """같은 장수를 보았을 때 미니배치는 전체 배치보다 손실을 훨씬 낮춥니다. 전체 배치의 한 걸음은 미니배치의 오십 걸음보다도 오래 걸립니다.

    Fashion-MNIST 10000장을 다섯 바퀴. 전체 배치는 5걸음, 미니배치 50장은 1000걸음입니다.
    학습률은 배치 크기마다 셋 가운데 훈련 손실이 가장 낮은 것, 시드 3개.

    원문: (C18) 전체 데이터를 쓰는 경사 하강법은 비용이 크고, 미니배치는 손실을 조금씩 줄여 갑니다.
    판정: 재현됨
    """
    best = best_runs(race)
    full, mini = best[FULL], best[50]
    gain, half = paired(full["end"], mini["end"])
    ratio = full["milliseconds"].median() / mini["milliseconds"].median()
    evidence = (
        f"손실은 전체 배치 {full['end'].mean():.3f}, 미니배치 {mini['end'].mean():.3f}, "
        f"차이 {gain:.3f} ± {half:.3f} (시드 3개의 짝 차이, 95 % 신뢰 구간)입니다. "
        f"한 걸음의 CPU 시간은 전체 배치가 {ratio:.0f}배입니다. "
        f"학습률: {rates_text(best)}."
    )
    return bool(gain - half > 0.3 and ratio > 50), evidence


def claim_single(race):
    """한 장씩 배우면 이미지 한 장에 드는 CPU 시간이 미니배치의 열 배를 넘고, 같은 CPU 시간을 쓴 뒤의 손실은 미니배치가 더 낮습니다.

    Fashion-MNIST 10000장, 배치 크기 1과 50. 같은 CPU 시간은 미니배치가 예순 바퀴를
    도는 시간입니다. 학습률은 배치 크기마다 셋 가운데 다섯 바퀴 뒤의
    훈련 손실이 가장 낮은 것, 시드 3개.
    """
    best = best_runs(race)
    single, mini = best[1], best[50]
    saved, half = paired(mini["end"], single["end"])
    late, early = [], []
    for a, b in zip(single["curve"], mini["curve"], strict=True):
        limit = b[-1][1]  # 미니배치가 쓴 CPU 시간
        early.append(b[-1][2])
        late.append(next((loss for _, used, loss in a if used >= limit), a[-1][2]))
    behind, other = paired(late, early)
    per_image = single["milliseconds"].median() / (mini["milliseconds"].median() / 50)
    evidence = (
        f"다섯 바퀴 뒤의 손실은 미니배치 − 한 장씩 {saved:+.3f} ± {half:.3f}, "
        f"같은 CPU 시간에서는 한 장씩 − 미니배치 {behind:+.3f} ± {other:.3f} "
        f"(시드 3개의 짝 차이, 95 % 신뢰 구간)입니다. "
        f"이미지 한 장에 드는 CPU 시간은 한 장씩이 {per_image:.0f}배입니다."
    )
    return bool(per_image > 10 and behind - other > 0), evidence


RACERS = {FULL: "전체 10000장", 50: "미니배치 50장", 1: "한 장씩"}


def figure_race_curves(race):
    """배치 크기에 따른 훈련 손실. 왼쪽은 본 이미지의 수, 오른쪽은 CPU 시간에 견주었습니다.
    선 하나가 시드 하나이고, 학습률은 배치 크기마다 가장 좋았던 것입니다.

    대체 텍스트: 왼쪽에서는 한 장씩과 미니배치의 선이 빠르게 내려가고 전체 배치의 선은
    천천히 내려갑니다. 오른쪽에서는 미니배치의 선이 가장 왼쪽 아래에 있습니다.
    """
    best = best_runs(race)
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True)
    for color, (size, label) in enumerate(RACERS.items()):
        for number, curve in enumerate(best[size]["curve"]):
            seen, seconds, losses = np.array(curve).T
            near = seen <= PASSES
            name = label if number == 0 else None
            style = {"color": f"C{color}", "linewidth": 1.2, "alpha": 0.8}
            axes[0].plot(seen[near], losses[near], label=name, **style)
            axes[1].plot(seconds[1:], losses[1:], **style)
    axes[0].set(xlabel="데이터를 본 바퀴 수", ylabel="훈련 손실")
    axes[1].set(xlabel="CPU 시간 (초)", xscale="log")
    axes[0].legend()
    return fig


WOBBLES = (
    ("전체 10000장", 10000, 0.03),
    ("전체 10000장, 큰 학습률", 10000, 0.3),
    ("미니배치 50장", 50, 0.03),
    ("한 장씩", 1, 0.003),
)
cases_wobble = [
    dict(batch_size=size, lr=lr, seed=seed)
    for _, size, lr in WOBBLES
    for seed in (0, 1, 2)
]


def experiment_wobble(batch_size=50, lr=0.03, seed=0, samples=10000, steps=60):
    """한 바퀴 배운 가중치에서 60걸음을 더 가며, 걸음마다 전체 훈련 손실을 잽니다."""
    x, y = load_images(samples)["train"]
    x, Y = x / 255, np.eye(10, dtype="float32")[y]
    W, b = train(x, y, epochs=1, seed=seed)
    rng = np.random.default_rng(seed)
    losses = [loss_and_accuracy(W, b, x, y)[0]]
    for _ in range(steps):
        rows = rng.choice(len(x), min(batch_size, len(x)), replace=False)
        step(W, b, x[rows], Y[rows], lr)
        losses.append(loss_and_accuracy(W, b, x, y)[0])
    return {"losses": losses, "rises": float(np.mean(np.diff(losses) > 0))}


def wobbling(wobble):
    return {
        label: pick(wobble, "rises", batch_size=size, lr=lr)
        for label, size, lr in WOBBLES
    }


def experiment_wobble_summary(wobble):
    names = ("full", "full_fast", "mini", "single")
    rises = wobbling(wobble).values()
    return {name: float(r.mean()) for name, r in zip(names, rises, strict=True)}


def claim_wobble(wobble):
    """작은 학습률의 전체 배치는 걸음마다 손실이 내려가지만, 미니배치와 한 장씩은 열 걸음에 세 걸음 넘게 오릅니다. 전체 배치도 학습률이 크면 오릅니다.

    한 바퀴 배운 다음의 60걸음. 걸음마다 훈련 이미지 10000장의 손실을 쟀습니다. 학습률은
    전체 배치 0.03과 0.3, 미니배치 0.03, 한 장씩 0.003, 시드 3개.

    원문: (C56) 전체 배치 경사 하강법은 안정적이지만 비싸고, SGD는 갱신이 빠르지만 출렁일 수 있습니다.
    판정: 조건부
    """
    full, fast, mini, single = wobbling(wobble).values()
    evidence = "손실이 오른 걸음: " + ", ".join(
        f"{label} {rises.mean():.0%}" for label, rises in wobbling(wobble).items()
    )
    shaky = min(mini.min(), single.min(), fast.min()) > 0.3
    return bool(full.max() == 0 and shaky), evidence + "."


def experiment_valley(samples=200, lr=1.0, seed=3):
    """특징이 둘, 클래스가 둘인 작은 문제의 손실과 세 가지 걸음."""
    rng = np.random.default_rng(seed)
    y = np.arange(samples) % 2  # (n,)
    x = rng.normal(size=(samples, 2)) * [1, 2.2]  # (n, 2)
    x = x + np.outer(2 * y - 1, [0.8, 0.6])

    def slope(w, rows):
        p = 1 / (1 + np.exp(-x[rows] @ w))  # (m,)
        return x[rows].T @ (p - y[rows]) / len(rows)  # (2,)

    paths = {}
    for size, passes in ((samples, 20), (20, 3), (1, 1)):
        w, path = np.array([-0.8, 1.6]), []
        rate = lr if size > 1 else lr / 10
        for _ in range(passes):
            order = rng.permutation(samples)
            for start in range(0, samples, size):
                path.append(w.tolist())
                w = w - rate * slope(w, order[start : start + size])
        paths[str(size)] = path
    axis_u, axis_v = np.linspace(-1.3, 3.2, 46), np.linspace(-0.6, 2.0, 40)
    w = np.stack(np.meshgrid(axis_u, axis_v), axis=-1)  # (40, 46, 2)
    margin = (2 * y - 1) * (w @ x.T)  # (40, 46, n)
    loss = np.log1p(np.exp(-margin)).mean(axis=-1)  # (40, 46)
    return {
        "u": axis_u.tolist(),
        "v": axis_v.tolist(),
        "loss": loss.tolist(),
        "paths": paths,
    }


def figure_valley_steps(valley):
    """손실의 골짜기를 내려가는 세 가지 걸음. 가중치가 둘인 작은 문제이고, 등고선이
    손실입니다. 세모에서 출발해 전체 배치는 20걸음, 미니배치(20장)는 30걸음, 한 장씩은
    200걸음을 갔습니다.

    대체 텍스트: 타원 모양 등고선 위에서 전체 배치의 길은 매끄럽게 바닥으로 가고, 미니배치의
    길은 조금 흔들리며, 한 장씩의 길은 이리저리 꺾이면서 같은 바닥으로 갑니다.
    """
    fig, ax = plt.subplots(figsize=(5, 3.6))
    lines = np.quantile(valley["loss"], np.linspace(0.02, 0.9, 12))
    grid = valley["u"], valley["v"], valley["loss"]
    ax.contour(*grid, lines, colors="C6", linewidths=0.7, alpha=0.7)
    names = ("전체 배치", "미니배치", "한 장씩")
    for (_, path), name, width in zip(
        sorted(valley["paths"].items(), key=lambda item: -int(item[0])),
        names,
        (2.2, 1.2, 0.8),
        strict=True,
    ):
        ax.plot(
            *np.array(path).T, "o-", markersize=width + 0.6, linewidth=width, label=name
        )
    ax.plot(*valley["paths"]["1"][0], "^", color="C3", markersize=9)
    ax.grid(False)
    ax.set(xlabel="$w_1$", ylabel="$w_2$")
    ax.legend(loc="upper right")
    return fig


# ---------------------------------------------------------------- 픽셀의 크기

PIXELS = ("0–255", "0–1", "표준화")
SCALES = (("0–255", 1 / 255**2), ("0–1", 1.0), ("표준화", 1.0))
cases_scaling = [
    dict(pixels=pixels, lr=lr * scale, seed=seed)
    for pixels, scale in SCALES
    for lr in (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
    for seed in (0, 1, 2)
] + [dict(pixels="0–255", lr=0.01, seed=seed) for seed in (0, 1, 2)]


# --8<-- [start:scaling]
def prepare(x, pixels, mean, std):
    if pixels == "0–1":
        return x / 255
    if pixels == "표준화":
        return (x - mean) / std  # 평균과 표준편차는 훈련 데이터에서 잰 수 하나씩
    return x


# --8<-- [end:scaling]


def experiment_scaling(pixels="0–1", lr=0.01, seed=0, samples=10000, epochs=5):
    data = load_images(samples)
    (x, y), (x_val, y_val) = data["train"], data["validation"]
    mean, std = x.mean(), x.std()
    x, x_val = (prepare(part, pixels, mean, std) for part in (x, x_val))
    W, b = train(x, y, lr, epochs, seed=seed)
    loss, accuracy = loss_and_accuracy(W, b, x_val, y_val)
    return {"loss": loss, "accuracy": accuracy}


def at_rate(scaling, pixels, lr, value="accuracy"):
    near = np.isclose(scaling["lr"].to_numpy(float), lr, rtol=1e-3, atol=0)
    return pick(scaling[near], value, pixels=pixels)


def experiment_scaling_summary(scaling):
    summary = {}
    for key, pixels in zip(("raw", "unit", "standard"), PIXELS, strict=True):
        means = scaling[scaling["pixels"] == pixels].groupby("lr")["accuracy"].mean()
        summary[key] = {
            "accuracy": float(at_rate(scaling, pixels, 0.01).mean()),
            "loss": float(at_rate(scaling, pixels, 0.01, "loss").mean()),
            "best": float(means.max()),
            "best_lr": float(means.idxmax()),
        }
    return summary


def figure_scaling_rates(scaling):
    """픽셀의 크기와 학습률에 따른 검증 정확도. 점 하나가 시드 하나, 선은 평균이고,
    세로 파선은 학습률 0.01입니다.

    대체 텍스트: 세 곡선이 모두 산 모양이고 꼭대기의 높이는 비슷합니다. 픽셀이 0–255이면
    꼭대기가 훨씬 작은 학습률 쪽으로 옮겨 가 있습니다.
    """
    fig, ax = plt.subplots(figsize=(5.4, 3.4))
    for color, pixels in enumerate(PIXELS):
        runs = scaling[scaling["pixels"] == pixels]
        mean = runs.groupby("lr")["accuracy"].mean()
        ax.plot(mean.index, mean, f"C{color}", label=pixels)
        ax.plot(runs["lr"], runs["accuracy"], f"C{color}o", markersize=3, alpha=0.5)
    ax.axvline(0.01, color="C6", linestyle="--", linewidth=1)
    ax.set(xscale="log", xlabel="학습률", ylabel="검증 정확도")
    ax.legend(title="픽셀")
    return fig


def claim_scaling(scaling):
    """학습률이 0.01로 같을 때 픽셀을 0–1로 나누면 손실이 0–255일 때의 십분의 일도 되지 않습니다. 그러나 정확도는 나눈 쪽이 뚜렷이 높지 않습니다. 표준화하면 둘 다 좋아집니다.

    Fashion-MNIST 10000장, 배치 크기 50, 5에폭, 시드 3개, 검증 이미지 10000장.
    정확도의 평균이 0.05 넘게 높으면 뚜렷이 높다고 봅니다.

    원문: (C36) 픽셀을 0–1로 바꾸면 학습이 더 잘되고 효율이 좋습니다.
    판정: 조건부
    """
    loss = {pixels: at_rate(scaling, pixels, 0.01, "loss") for pixels in PIXELS}
    accuracy = {pixels: at_rate(scaling, pixels, 0.01) for pixels in PIXELS}
    evidence = ", ".join(
        f"{pixels}: 손실 {loss[pixels].mean():.3f}, 정확도 {accuracy[pixels].mean():.3f} "
        f"(시드마다 {accuracy[pixels].min():.3f}–{accuracy[pixels].max():.3f})"
        for pixels in PIXELS
    )
    raw, unit, standard = loss.values()
    lower = 10 * unit.max() < raw.min() and standard.max() < unit.min()
    not_better = accuracy["0–1"].mean() < accuracy["0–255"].mean() + 0.05
    best = accuracy["표준화"].mean() > accuracy["0–1"].max()
    return bool(lower and not_better and best), evidence + "."


def claim_scaling_rate(scaling):
    """255로 나누지 않아도 학습률을 255²으로 나누면 정확도가 거의 같습니다. 0–1의 이득은 학습률을 맞춘 것과 같습니다.

    0–1에서 쓴 일곱 학습률과, 그것을 255²으로 나누어 0–255에서 쓴 일곱 학습률을 짝지었습니다.
    평균 정확도의 차이가 모두 0.02보다 작으면 거의 같다고 봅니다. 나머지 조건은 위와 같습니다.
    """
    gaps, rates = [], sorted(scaling[scaling["pixels"] == "0–1"]["lr"].unique())
    for lr in rates:
        raw = at_rate(scaling, "0–255", lr / 255**2)
        gaps.append(raw.mean() - at_rate(scaling, "0–1", lr).mean())
    worst = int(np.abs(gaps).argmax())
    evidence = (
        f"차이가 가장 큰 학습률은 {rates[worst]:g}이고 그 차이는 {gaps[worst]:+.4f}입니다. "
        f"일곱 차이의 크기의 평균은 {np.abs(gaps).mean():.4f}입니다."
    )
    return bool(np.abs(gaps).max() < 0.02), evidence


# ---------------------------------------------------------- 로지스틱 회귀


def pooled(samples):
    """28×28을 4×4씩 평균한 7×7 이미지. 맨 끝의 1은 편향의 몫입니다."""
    data = load_images()
    parts = []
    for name in ("train", "test"):
        x, y = data[name][0][:samples], data[name][1][:samples]
        small = x.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49) / 255
        parts.append((np.hstack([small, np.ones((len(x), 1))]).astype("float64"), y))
    return parts


def newton(x, Y, ridge, rounds=12):
    """통계학의 다항 로지스틱 회귀: 헤세 행렬을 풀어 최솟값까지 갑니다."""
    n, d = x.shape
    k = Y.shape[1]
    W = np.zeros((d, k))  # (50, 10)
    for _ in range(rounds):
        P = softmax(x @ W)  # (n, 10)
        slope = (x.T @ (P - Y) / n + ridge * W).T.ravel()  # (500,)
        H = ridge * np.eye(d * k)  # (500, 500)
        for i, j in np.ndindex(k, k):
            weight = P[:, i] * ((i == j) - P[:, j])  # (n,)
            H[i * d : (i + 1) * d, j * d : (j + 1) * d] += (
                x.T @ (weight[:, None] * x) / n
            )
        W = W - np.linalg.solve(H, slope).reshape(k, d).T
    return W, float(np.abs(slope).max())


def descent(x, Y, ridge, lr, steps):
    W = np.zeros((x.shape[1], Y.shape[1]))  # (50, 10)
    for _ in range(steps):
        W -= lr * (x.T @ (softmax(x @ W) - Y) / len(x) + ridge * W)
    return W


def experiment_logistic(samples=2000, ridge=0.003, lr=0.3, steps=4000):
    (x, y), (x_test, y_test) = pooled(samples)  # (2000, 50), (2000,)
    Y = np.eye(10)[y]  # (2000, 10)
    exact, slope = newton(x, Y, ridge)
    walked = descent(x, Y, ridge, lr, steps)
    P, Q = softmax(x_test @ exact), softmax(x_test @ walked)  # (2000, 10)
    return {
        "slope": slope,
        "probability": float(np.abs(P - Q).max()),
        "same": float(np.mean(P.argmax(axis=1) == Q.argmax(axis=1))),
        "newton": float(np.mean(P.argmax(axis=1) == y_test)),
        "descent": float(np.mean(Q.argmax(axis=1) == y_test)),
    }


def claim_logistic(logistic):
    """소프트맥스 회귀를 경사 하강법으로 끝까지 학습하면, 통계학의 다항 로지스틱 회귀를 뉴턴법으로 푼 것과 같은 답에 닿습니다.

    Fashion-MNIST를 7×7로 줄인 2000장, 두 쪽에 똑같은 가중치 감쇠 0.003, 경사 하강법 4000걸음.
    새 이미지 2000장의 확률이 0.01 안에서 같고 고른 클래스가 99 % 넘게 같으면
    같은 답으로 봅니다.

    원문: (C17) 층이 하나뿐인 모델은 아주 단순하고 로지스틱 회귀와 비슷합니다.
    판정: 재현됨
    """
    evidence = (
        f"확률의 차이는 최대 {logistic['probability']:.4f}, 같은 클래스를 고른 이미지는 "
        f"{logistic['same']:.2%}, 정확도는 뉴턴법 {logistic['newton']:.4f}, "
        f"경사 하강법 {logistic['descent']:.4f}입니다."
    )
    converged = logistic["slope"] < 1e-8
    close = logistic["probability"] < 0.01 and logistic["same"] > 0.99
    return bool(converged and close), evidence


# ---------------------------------------------------------- 못하는 일

cases_inverted = [
    dict(model=model, data=data, seed=seed)
    for model, data in (("linear", "plain"), ("linear", "both"), ("hidden", "both"))
    for seed in (0, 1, 2)
]


# --8<-- [start:inverted]
def with_inverted(x, y):
    x = x / 255
    return np.concatenate([x, 1 - x]), np.concatenate([y, y])  # (2n, 784), (2n,)


# --8<-- [end:inverted]


def experiment_inverted(
    model="linear", data="both", seed=0, samples=5000, epochs=5, lr=0.1
):
    images = load_images(samples)
    (x, y), (x_test, y_test) = images["train"], images["test"]
    if data == "both":
        (x, y), (x_test, y_test) = with_inverted(x, y), with_inverted(x_test, y_test)
    else:
        x, x_test = x / 255, x_test / 255
    if model == "linear":
        W, b = train(x, y, lr, epochs, seed=seed)
        return {"accuracy": loss_and_accuracy(W, b, x_test, y_test)[1]}
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(128, "relu", kernel_initializer="he_normal"),
            keras.layers.Dense(10),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.SGD(lr), loss)
    network.fit(x, y, batch_size=50, epochs=epochs, verbose=0)
    scores = np.asarray(network(x_test))  # (20000, 10)
    return {"accuracy": float(np.mean(scores.argmax(axis=1) == y_test))}


def experiment_inverted_summary(inverted):
    return {
        "plain": float(pick(inverted, "accuracy", model="linear", data="plain").mean()),
        "both": float(pick(inverted, "accuracy", model="linear", data="both").mean()),
        "hidden": float(pick(inverted, "accuracy", model="hidden", data="both").mean()),
    }


def figure_inverted_bars(inverted):
    """명암을 뒤집은 이미지를 섞기 전과 뒤의 테스트 정확도. 점 하나가 시드 하나이고, 파선은
    선형 분류기가 넘을 수 없는 0.55입니다.

    대체 텍스트: 뒤집은 이미지가 섞이면 선형 분류기의 막대가 파선 아래로 뚝 떨어지고, 은닉층을
    하나 넣은 신경망의 막대는 다시 높아집니다.
    """
    rows = {
        "선형 분류기\n원본만": ("linear", "plain"),
        "선형 분류기\n원본 + 반전": ("linear", "both"),
        "은닉층 하나\n원본 + 반전": ("hidden", "both"),
    }
    fig, ax = plt.subplots(figsize=(5, 3.2))
    for place, (model, data) in enumerate(rows.values()):
        runs = pick(inverted, "accuracy", model=model, data=data)
        bar = ax.bar(place, runs.mean(), 0.6, color="C1" if model == "hidden" else "C0")
        ax.bar_label(bar, fmt="%.3f", padding=4)
        ax.plot(np.full(len(runs), place), runs, "C3o", markersize=3)
    ax.axhline(0.55, color="C6", linestyle="--", linewidth=1)
    ax.set_xticks(range(3), list(rows))
    ax.set(ylabel="테스트 정확도", ylim=(0, 1))
    ax.grid(axis="x", visible=False)
    return fig


def claim_inverted(inverted):
    """명암을 뒤집은 이미지를 똑같이 섞으면 선형 분류기의 정확도는 0.55를 넘지 못합니다. 은닉층을 하나 넣으면 넘습니다.

    Fashion-MNIST 원본 5000장과 반전 5000장, 배치 크기 50, 5에폭, 학습률 0.1, 시드 3개.
    은닉층은 ReLU 유닛 128개.
    """
    plain = pick(inverted, "accuracy", model="linear", data="plain")
    both = pick(inverted, "accuracy", model="linear", data="both")
    hidden = pick(inverted, "accuracy", model="hidden", data="both")
    evidence = (
        f"테스트 정확도는 원본만 {plain.mean():.3f}, 섞으면 {both.mean():.3f}, "
        f"은닉층을 넣으면 {hidden.mean():.3f}입니다."
    )
    return bool(both.max() < 0.55 < min(hidden.min(), plain.min())), evidence


# ---------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_parameters]
def answer_parameters(features, classes):
    return features * classes + classes  # 가중치 + 편향


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_softmax]
def answer_softmax():
    s = np.log([[1, 2, 5]])  # (1, 3) e^s가 1, 2, 5가 되는 점수
    p = softmax(s)  # (1, 3) 1/8, 2/8, 5/8
    return p[0].tolist(), float(cross_entropy(s, np.array([2])))


# --8<-- [end:answer_softmax]


# --8<-- [start:answer_reshape]
def answer_reshape():
    x = np.zeros((100, 32, 32, 3))
    return list(x.reshape(100, -1).shape), list(x.reshape(-1, 3).shape)


# --8<-- [end:answer_reshape]


# --8<-- [start:answer_gradient]
def answer_gradient():
    x = np.array([[2.0, 0.0]])  # (1, 2) 이미지 한 장
    P = np.array([[0.125, 0.25, 0.625]])  # (1, 3)
    Y = np.array([[0.0, 1.0, 0.0]])  # (1, 3) 정답은 둘째 클래스
    return (x.T @ (P - Y)).tolist()  # (2, 3)


# --8<-- [end:answer_gradient]


def experiment_answers():
    p, loss = answer_softmax()
    images, colours = answer_reshape()
    return {
        "mnist": answer_parameters(28 * 28, 10),
        "cifar": answer_parameters(32 * 32 * 3, 10),
        "p": p,
        "loss": loss,
        "images": images,
        "colours": colours,
        "gradient": answer_gradient(),
    }

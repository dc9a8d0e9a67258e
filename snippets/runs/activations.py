"""활성화 함수 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import math
import time

import keras
import numpy as np
from activations import (
    FUNCTIONS,
    answer_parameters,
    answer_shrink,
    build_mlp,
    collapse,
    count_dead,
    d_relu,
    d_sigmoid,
    d_tanh,
    forward,
    load_images,
    naive_loss,
    normal_cdf,
    relu,
    sigmoid,
    stable_loss,
    train,
)
from comparison import chosen, difference, is_higher, pick
from training import fit

SEEDS = (0, 1, 2, 3, 4)
NAMES = (
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
)
LABELS = {
    "linear": "활성화 없음",
    "softmax": "소프트맥스 한 층",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "relu": "ReLU",
    "leaky_relu": "Leaky ReLU",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "Swish(SiLU)",
    "mish": "Mish",
}
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


# ---------------------------------------------------------------- 공식과 도함수


def d_leaky_relu(x, slope=0.2):
    return np.where(x > 0, 1.0, slope)


def d_elu(x, alpha=1.0):
    return np.where(x < 0, alpha * np.exp(np.minimum(x, 0)), 1.0)


def d_selu(x, scale=1.05070098, alpha=1.67326324):
    return scale * d_elu(x, alpha)


def d_gelu(x):
    return normal_cdf(x) + x * np.exp(-(x**2) / 2) / math.sqrt(
        2 * math.pi
    )


def d_silu(x):
    return sigmoid(x) * (1 + x * (1 - sigmoid(x)))


def d_mish(x):
    t = np.tanh(np.log1p(np.exp(x)))
    return t + x * sigmoid(x) * (1 - t**2)


DERIVATIVES = {
    "sigmoid": d_sigmoid,
    "tanh": d_tanh,
    "relu": d_relu,
    "leaky_relu": d_leaky_relu,
    "elu": d_elu,
    "selu": d_selu,
    "gelu": d_gelu,
    "silu": d_silu,
    "mish": d_mish,
}


def gradient(f, x):
    """자동 미분으로 구한 f의 도함수 f'(x)."""
    import tensorflow as tf

    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x).numpy()


def experiment_shapes(limit=10.0, points=20001):
    x = np.linspace(-limit, limit, points)
    shapes = {}
    for name in NAMES:
        value, slope = FUNCTIONS[name](x), DERIVATIVES[name](x)
        automatic = gradient(keras.activations.get(name), x)
        zero = gradient(keras.activations.get(name), np.zeros(1))
        smooth = x != 0
        shapes[name] = {
            "minimum": value.min(),
            "minimum_at": x[value.argmin()],
            "maximum": value.max(),
            "slope_at_zero": float(zero[0]),
            "slope_max": slope.max(),
            "flat_share": np.mean(np.abs(slope[np.abs(x) <= 5]) < 0.01),
            "error": np.abs(automatic - slope)[smooth].max(),
        }
    edge = x[np.abs(d_tanh(x)) >= 0.01].max()
    shapes["tanh"]["flat_from"] = edge
    shapes["sigmoid"]["flat_from"] = x[d_sigmoid(x) >= 0.01].max()
    return {key: tidy(value) for key, value in shapes.items()}


def tidy(numbers):
    return {key: float(value) for key, value in numbers.items()}


# ---------------------------------------------------------------- 3×3 행렬


def experiment_example():
    x = np.array(
        [[-1, 3, 2], [0, 2, -3], [-1, -4, 1]], dtype="float32"
    )  # (3, 3)
    return {
        "input": x.tolist(),
        "relu": keras.ops.relu(x)
        .numpy()
        .tolist(),  # 원소마다 max(x, 0)
        "tanh": keras.ops.tanh(x).numpy().tolist(),
    }


PRINTED = [
    [0, 3, 2],
    [0, 2, 0],
    [0, 0, 4],
]  # 원래 노트에 인쇄된 ReLU의 결과


# ------------------------------------------------------- 층을 둘로 만드는 것


# --8<-- [start:product]
def experiment_product():
    x = np.array([1, 2])  # (2,)
    W1 = np.array(
        [[1, 2, -1], [-1, 0, 1]]
    )  # (2, 3): 입력 2개 → 유닛 3개
    W2 = np.array(
        [[1, -1], [0, 1], [2, 0]]
    )  # (3, 2): 유닛 3개 → 출력 2개
    return {
        "hidden": (x @ W1).tolist(),  # (3,)
        "two_layers": (x @ W1 @ W2).tolist(),  # (2,)
        "product": (W1 @ W2).tolist(),  # (2, 2) 두 행렬의 곱
        "one_layer": (x @ (W1 @ W2)).tolist(),  # (2,) 두 층과 같습니다
        "relu_hidden": relu(x @ W1).tolist(),  # (3,)
        "with_relu": (relu(x @ W1) @ W2).tolist(),  # (2,) 달라집니다
    }


# --8<-- [end:product]


def make_moons(samples, noise, seed):
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, np.pi, samples)  # (n,)
    label = np.arange(samples) % 2  # (n,)
    x = np.where(label, 1 - np.cos(angle), np.cos(angle))
    y = np.where(label, 0.5 - np.sin(angle), np.sin(angle))
    points = np.stack([x, y], axis=1)  # (n, 2)
    return points + rng.normal(0, noise, points.shape), label


smoke_border = dict(samples=200, epochs=1)


def experiment_border(
    samples=2000, noise=0.15, epochs=15, lr=0.01, seed=0
):
    x, y = make_moons(samples, noise, seed)
    networks = {}
    for name in ("linear", "relu", "tanh"):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input((2,)),
                keras.layers.Dense(16, activation=name),
                keras.layers.Dense(16, activation=name),
                keras.layers.Dense(1),
            ]
        )
        loss = keras.losses.BinaryCrossentropy(from_logits=True)
        model.compile(keras.optimizers.Adam(lr), loss)
        fit(model, x, y, epochs, batch_size=20, seed=seed)
        weights = [w.tolist() for w in model.get_weights()]
        score = forward(weights, name, x)[:, 0]  # (n,)
        accuracy = float(np.mean((score > 0) == y))
        networks[name] = {"weights": weights, "accuracy": accuracy}
    return networks


cases_layers = [
    dict(model=model, seed=seed)
    for model in ("softmax", "linear", "relu")
    for seed in SEEDS
]
smoke_layers = dict(samples=200, epochs=1)


def experiment_layers(
    model="linear",
    seed=0,
    samples=10000,
    epochs=5,
    batch_size=64,
    lr=0.001,
):
    keras.utils.set_random_seed(seed)
    data = load_images(samples)
    activation = "relu" if model == "relu" else "linear"
    network = build_mlp(
        activation, () if model == "softmax" else (128, 64)
    )
    accuracy = train(
        network, data, "adam", lr, epochs, batch_size, seed
    )
    result = {
        "accuracy": accuracy,
        "parameters": network.count_params(),
    }
    if model == "linear":
        x = data[1][0]  # (10000, 784)
        W, b = collapse(network.get_weights())
        scores = np.asarray(network(x))  # (10000, 10)
        result["rank"] = int(np.linalg.matrix_rank(W, tol=1e-4))
        result["difference"] = float(
            np.abs(softmax(x @ W + b) - softmax(scores)).max()
        )
    return result


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))  # (n, 10)
    return e / e.sum(axis=1, keepdims=True)  # (n, 10) 한 행의 합은 1


def experiment_layers_summary(layers):
    models = ("softmax", "linear", "relu")
    means = {
        m: pick(layers, "accuracy", model=m).mean() for m in models
    }
    return {
        **{key: float(value) for key, value in means.items()},
        "difference": float(
            pick(layers, "difference", model="linear").max()
        ),
        "rank": int(pick(layers, "rank", model="linear").max()),
    }


# ------------------------------------------------------------- 깊이와 기울기


smoke_norms = dict(depth=4, images=32, seeds=(0, 1, 2))


# --8<-- [start:norms]
def experiment_norms(
    depth=20, width=64, images=256, seeds=(0, 1, 2, 3, 4)
):
    import tensorflow as tf

    x, y = load_images(images)[0]  # (256, 784), (256,)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    norms = {}
    for name in ("sigmoid", "tanh", "relu"):
        norms[name] = []
        for seed in seeds:
            keras.utils.set_random_seed(seed)
            model = build_mlp(name, (width,) * depth)
            with tf.GradientTape() as tape:
                value = loss(y, model(x))
            kernels = [
                layer.kernel.value for layer in model.layers[:-1]
            ]
            gradients = tape.gradient(
                value, kernels
            )  # 층마다 (입력 수, 유닛 수)
            norms[name].append(
                [float(tf.norm(g)) for g in gradients]
            )  # (depth,)
    return norms


# --8<-- [end:norms]


def experiment_norms_summary(norms):
    summary = {}
    for name, runs in norms.items():
        middle = np.median(runs, axis=0)  # (depth,)
        per_layer = (middle[0] / middle[-1]) ** (1 / (len(middle) - 1))
        summary[name] = {
            "first": float(middle[0]),
            "last": float(middle[-1]),
            "ratio": float(middle[0] / middle[-1]),
            "orders": float(-np.log10(middle[0] / middle[-1])),
            "per_layer": float(per_layer),
        }
    return summary


DEPTHS = (1, 3, 6, 10)
cases_depth = [
    dict(activation=activation, depth=depth, seed=seed)
    for activation in ("sigmoid", "tanh", "relu")
    for depth in DEPTHS
    for seed in SEEDS[:3]
]
smoke_depth = dict(samples=200, epochs=1)


def experiment_depth(
    activation="relu",
    depth=1,
    seed=0,
    width=64,
    samples=10000,
    epochs=5,
    batch_size=64,
    lr=0.001,
):
    keras.utils.set_random_seed(seed)
    model = build_mlp(activation, (width,) * depth)
    data = load_images(samples)
    return {
        "accuracy": train(
            model, data, "adam", lr, epochs, batch_size, seed
        )
    }


def experiment_depth_summary(depth):
    return {
        name: {
            str(d): float(
                pick(depth, "accuracy", activation=name, depth=d).mean()
            )
            for d in DEPTHS
        }
        for name in ("sigmoid", "tanh", "relu")
    }


# ------------------------------------------------------- 원점 대칭인가, 기울기인가


GENTLE = (0.1, 0.3, 1.0)  # 기울기가 ¼일 때 견줄 학습률
STEEP = (0.01, 0.03, 0.1)  # 기울기가 1일 때 견줄 학습률
cases_centre = [
    dict(steepness=steepness, shift=shift, lr=lr, seed=seed)
    for steepness, rates in ((1, GENTLE), (4, STEEP))
    for shift in (0.0, 0.5)
    for lr in rates
    for seed in SEEDS
]
smoke_centre = dict(samples=200, epochs=1)


# --8<-- [start:centre]
def experiment_centre(
    steepness=1,
    shift=0.0,
    lr=0.1,
    seed=0,
    samples=10000,
    epochs=5,
    batch_size=64,
):
    def activation(x):
        return keras.ops.sigmoid(steepness * x) - shift

    keras.utils.set_random_seed(seed)
    model = build_mlp(activation, initializer="glorot_normal")
    data = load_images(samples)
    chosen_by = train(model, data, "sgd", lr, epochs, batch_size, seed)
    return {"val_accuracy": chosen_by, "accuracy": test_accuracy(model)}


# --8<-- [end:centre]


def test_accuracy(model):
    _, (x, y) = (
        keras.datasets.fashion_mnist.load_data()
    )  # (10000, 28, 28), (10000,)
    scores = np.asarray(
        model(x.reshape(-1, 784).astype("float32") / 255)
    )
    return float(np.mean(scores.argmax(axis=1) == y))


cases_tuned = [
    dict(activation=activation, lr=lr, seed=seed)
    for activation in ("tanh", "relu")
    for lr in STEEP
    for seed in SEEDS
]
smoke_tuned = dict(samples=200, epochs=1)


def experiment_tuned(
    activation="relu",
    lr=0.1,
    seed=0,
    samples=10000,
    epochs=5,
    batch_size=64,
):
    keras.utils.set_random_seed(seed)
    model = build_mlp(activation)
    data = load_images(samples)
    chosen_by = train(model, data, "sgd", lr, epochs, batch_size, seed)
    return {"val_accuracy": chosen_by, "accuracy": test_accuracy(model)}


SHIFTS = {
    "σ(x)": dict(steepness=1, shift=0.0),
    "σ(x) − ½": dict(steepness=1, shift=0.5),
    "σ(4x)": dict(steepness=4, shift=0.0),
    "σ(4x) − ½": dict(steepness=4, shift=0.5),
}


def at_best_rate(frame, **where):
    """검증 데이터로 고른 학습률과, 그 학습률의 테스트 정확도 (시드 수,)."""
    for knob, wanted in where.items():
        frame = frame[frame[knob] == wanted]
    lr = chosen(frame, "lr")
    return lr, pick(frame, "accuracy", lr=lr)


def experiment_centre_summary(centre, tuned):
    best = {
        name: at_best_rate(centre, **where)
        for name, where in SHIFTS.items()
    }
    best |= {
        name: at_best_rate(tuned, activation=name)
        for name in ("tanh", "relu")
    }
    pairs = {
        "centred": ("σ(x) − ½", "σ(x)"),
        "steeper": ("σ(4x)", "σ(x)"),
        "both": ("σ(4x) − ½", "σ(x)"),
        "tanh": ("tanh", "σ(x)"),
        "relu": ("relu", "σ(x)"),
    }
    result = {"rates": {name: lr for name, (lr, _) in best.items()}}
    for key, (new, old) in pairs.items():
        a, b = best[new][1], best[old][1]
        mean, half = difference(a, b)
        result[key] = {
            "mean": mean,
            "half": half,
            "higher": is_higher(a, b),
        }
    return result


# ------------------------------------------------------------- 모두 견주기


RATES = {"sgd": 0.05, "adam": 0.001}
cases_compare = [
    dict(activation=activation, optimizer=optimizer, seed=seed)
    for activation in NAMES
    for optimizer in ("sgd", "adam")
    for seed in SEEDS
]
smoke_compare = dict(samples=200, epochs=1)


def experiment_compare(
    activation="relu",
    optimizer="adam",
    seed=0,
    samples=10000,
    epochs=5,
    batch_size=64,
):
    keras.utils.set_random_seed(seed)
    model = build_mlp(activation)
    data = load_images(samples)
    lr = RATES[optimizer]
    accuracy = train(
        model, data, optimizer, lr, epochs, batch_size, seed
    )
    layers = preactivations(
        model, data[1][0]
    )  # (10000, 128), (10000, 64)
    flat = [np.abs(DERIVATIVES[activation](z)) < 0.01 for z in layers]
    return {"accuracy": accuracy, "flat": float(np.hstack(flat).mean())}


def preactivations(model, x):
    """은닉층마다 활성화 함수에 들어가는 값 z = hW + b를 구합니다."""
    h, layers = x, []
    for layer in model.layers[:-1]:
        W, b = layer.get_weights()
        z = h @ W + b  # (n, 유닛 수)
        h = np.asarray(layer.activation(z))  # (n, 유닛 수)
        layers.append(z)
    return layers


def experiment_compare_summary(compare):
    summary = {}
    for optimizer in OPTIMIZERS:
        means = {
            name: pick(
                compare,
                "accuracy",
                activation=name,
                optimizer=optimizer,
            ).mean()
            for name in NAMES
        }
        best = max(means, key=means.get)
        summary[optimizer] = {
            **tidy(means),
            "best": LABELS[best],
            "best_mean": float(means[best]),
            "relu_rank": 1
            + sum(mean > means["relu"] for mean in means.values()),
        }
    summary["flat"] = {
        name: float(
            pick(
                compare, "flat", activation=name, optimizer="adam"
            ).mean()
        )
        for name in NAMES
    }
    return summary


# ------------------------------------------------------------- 계산 시간


smoke_cost = dict(elements=10_000, rounds=4)


# --8<-- [start:cost]
def experiment_cost(elements=1_000_000, rounds=40, seed=0):
    x = keras.random.normal((1000, elements // 1000), seed=seed)
    programs = {
        name: compiled(keras.activations.get(name)) for name in NAMES
    }
    times = {name: ([], []) for name in NAMES}
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        for name in rng.permutation(
            NAMES
        ):  # 차례를 섞어 가며 번갈아 잽니다
            for program, seconds in zip(
                programs[name], times[name], strict=True
            ):
                start = time.process_time()
                program(x, x)
                seconds.append(time.process_time() - start)
    return {
        name: summarize(times[name], times["relu"]) for name in NAMES
    }


# --8<-- [end:cost]


def compiled(f):
    import tensorflow as tf

    @tf.function
    def forward(x, upstream):
        return f(x)

    @tf.function
    def forward_and_backward(x, upstream):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        return y, tape.gradient(y, x, output_gradients=upstream)

    return forward, forward_and_backward


def summarize(times, base):
    result = {}
    for part, mine, theirs in zip(
        ("forward", "both"), times, base, strict=True
    ):
        mine, theirs = (
            np.array(mine)[2:],
            np.array(theirs)[2:],
        )  # 처음 둘은 준비 운동
        result[f"{part}_ms"] = float(1000 * np.median(mine))
        result[f"{part}_ratio"] = float(np.median(mine / theirs))
    return result


smoke_epochs = dict(rounds=2, samples=200)


def experiment_epochs(rounds=12, samples=10000, batch_size=64, seed=0):
    (x, y), _ = load_images(samples)
    models, times = {}, {"relu": [], "sigmoid": [], "mish": []}
    for name in times:
        keras.utils.set_random_seed(seed)
        models[name] = build_mlp(name)
        loss = keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        )
        models[name].compile(keras.optimizers.SGD(0.01), loss)
    rng = np.random.default_rng(seed)
    for _ in range(rounds + 1):
        for name in rng.permutation(list(times)):
            start = time.process_time()
            models[name].fit(
                x, y, batch_size=batch_size, epochs=1, verbose=0
            )
            times[name].append(time.process_time() - start)
    base = np.array(times["relu"])[
        1:
    ]  # 첫 바퀴에는 그래프를 만드는 시간이 듭니다
    result = {}
    for name, seconds in times.items():
        ratio = np.array(seconds)[1:] / base
        result[name] = {
            "seconds": float(np.median(seconds[1:])),
            "ratio": float(np.median(ratio)),
            "low": float(np.quantile(ratio, 0.25)),
            "high": float(np.quantile(ratio, 0.75)),
        }
    return result


# ------------------------------------------------------------- 죽은 ReLU


cases_dead = [
    dict(activation=activation, lr=lr, seed=seed)
    for activation in ("relu", "leaky_relu")
    for lr in (0.1, 0.3, 0.5, 1.0)
    for seed in SEEDS
]
smoke_dead = dict(samples=200, epochs=1)


def experiment_dead(
    activation="relu",
    lr=0.1,
    seed=0,
    samples=10000,
    epochs=3,
    batch_size=64,
):
    keras.utils.set_random_seed(seed)
    model = build_mlp(activation)
    data = load_images(samples)
    accuracy = train(model, data, "sgd", lr, epochs, batch_size, seed)
    result = {
        "accuracy": accuracy,
        "diverged": False,
        "dead": 0.0,
        "negative": 0.0,
    }
    if not all(np.isfinite(w).all() for w in model.get_weights()):
        return {
            **result,
            "diverged": True,
            "dead": None,
            "negative": None,
        }
    z = np.hstack(preactivations(model, data[0][0]))  # (10000, 192)
    return {**result, **count_dead(z)}


def dead_units(dead, activation, lr):
    runs = dead[(dead["activation"] == activation) & (dead["lr"] == lr)]
    return runs.sort_values("seed")


def experiment_dead_summary(dead):
    summary = {}
    for activation in ("relu", "leaky_relu"):
        for lr in sorted(dead["lr"].unique()):
            runs = dead_units(dead, activation, lr)
            key = f"{activation}_{round(100 * lr)}"
            summary[key] = {
                "dead": float(runs["dead"].astype(float).mean()),
                "negative": float(
                    runs["negative"].astype(float).mean()
                ),
                "accuracy": float(runs["accuracy"].mean()),
                "diverged": int(runs["diverged"].sum()),
            }
    return summary


# ------------------------------------------------------------- 출력층


def experiment_stability(tops=(10, 88, 89, 1000)):
    rows = []
    for top in tops:
        scores = np.array([top, 0, 0], dtype="float32")  # (3,)
        exact = {
            0: math.log1p(2 * math.exp(-top))
        }  # float64로 구한 참값
        exact[1] = top + exact[0]
        row = {"top": top}
        for label, answer in ((0, "right"), (1, "wrong")):
            with np.errstate(all="ignore"):
                row[f"naive_{answer}"] = (
                    float(naive_loss(scores, label)) + 0.0
                )
            row[f"stable_{answer}"] = (
                float(stable_loss(scores, label)) + 0.0
            )
            row[f"exact_{answer}"] = exact[label]
            row[f"error_{answer}"] = abs(
                row[f"stable_{answer}"] - exact[label]
            )
        rows.append(row)
    return {"rows": rows}


# ------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    return {
        "parameters": answer_parameters((784, 128, 64, 10)),
        "collapsed": answer_parameters((784, 10)),
        "shrink_10": answer_shrink(10),
        "shrink_19": answer_shrink(19),
    }

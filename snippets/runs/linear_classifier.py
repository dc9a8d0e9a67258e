"""선형 분류기 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import time

import keras
import numpy as np
from comparison import chosen, pick
from linear_classifier import (
    answer_gradient,
    answer_parameters,
    answer_reshape,
    answer_softmax,
    central_difference,
    cross_entropy,
    gradients,
    naive_softmax,
    prepare,
    softmax,
    step,
    train,
    with_inverted,
)
from training import fit

SEEDS = (0, 1, 2, 3, 4)


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
        "reshape": image.reshape(
            -1
        ).tolist(),  # (16,) −1은 "나머지 전부"
        "batch": list(
            np.zeros((60, 28, 28)).reshape(60, -1).shape
        ),  # (60, 784)
        "columns": list(image.reshape(2, -1).shape),  # (2, 8)
    }


# --8<-- [end:vector]


def experiment_draws(draws=1_000_000, seed=0):
    old, rng = np.random.RandomState(seed), np.random.default_rng(seed)
    return {
        "randint": int(old.randint(0, 255, draws).max()),
        "integers": int(rng.integers(256, size=draws).max()),
    }


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


# --8<-- [start:conventions]
def experiment_conventions(samples=100, seed=0):
    x = load_images()["test"][0][:samples] / 255  # (100, 784)
    rng = np.random.default_rng(seed)
    W = rng.normal(size=(784, 10)).astype(
        "float32"
    )  # (784, 10) Keras의 방식
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


# ---------------------------------------------------------------- 소프트맥스


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
    s = np.random.default_rng(seed).normal(
        size=(1000, 10)
    )  # (1000, 10)
    moved = np.abs(softmax(s + shift) - softmax(s)).max()
    return {"rows": rows, "shift": float(moved)}


# ---------------------------------------------------------------- 교차 엔트로피


cases_first = [
    dict(start=start, pixels=pixels, seed=seed)
    for start, pixels in (
        ("zeros", "0–1"),
        ("keras", "0–1"),
        ("keras", "0–255"),
    )
    for seed in SEEDS
]


def experiment_first(start="zeros", pixels="0–1", seed=0, samples=2000):
    x, y = load_images()["train"]
    x, y = x[:samples] / (255 if pixels == "0–1" else 1), y[:samples]
    keras.utils.set_random_seed(seed)
    kernel = "zeros" if start == "zeros" else "glorot_uniform"
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, kernel_initializer=kernel),
        ]
    )
    scores = np.asarray(model(x))  # (2000, 10)
    function = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True
    )
    return {
        "loss": float(cross_entropy(scores.astype("float64"), y)),
        "keras": float(function(y, scores)),
    }


def experiment_first_summary(first):
    summary = {
        name: float(
            pick(first, "loss", start=start, pixels=pixels).mean()
        )
        for name, (start, pixels) in {
            "zeros": ("zeros", "0–1"),
            "keras": ("keras", "0–1"),
            "raw": ("keras", "0–255"),
        }.items()
    }
    return {**summary, "ln10": float(np.log(10))}


# ---------------------------------------------------------------- 기울기


def experiment_slopes(samples=32, seed=0):
    import tensorflow as tf

    x, y = load_images()["train"]
    x, y = (
        x[:samples].astype("float64") / 255,
        y[:samples],
    )  # (32, 784), (32,)
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.1, (784, 10)), rng.normal(0, 0.1, 10)
    dW, db = gradients(W, b, x, np.eye(10)[y])
    part = rng.choice(
        784, 100, replace=False
    )  # 픽셀 100개의 가중치 1000개만 잽니다

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
        "numerical": float(
            np.abs(dW[part] - central_difference(loss, W[part])).max()
        ),
        "tape": float(np.abs(dW - dW_tf.numpy()).max()),
        "tape_bias": float(np.abs(db - db_tf.numpy()).max()),
    }


# ---------------------------------------------------------------- 학습


def loss_and_accuracy(W, b, x, y):
    s = x @ W + b  # (n, 10)
    return float(cross_entropy(s, y)), float(
        np.mean(s.argmax(axis=1) == y)
    )


smoke_learn = dict(samples=200, epochs=1)


def experiment_learn(
    samples=10000, lr=0.03, epochs=10, batch_size=50, seed=0
):
    data = load_images(samples)
    x, y = (
        data["train"][0] / 255,
        data["train"][1],
    )  # (10000, 784), (10000,)
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
    shown = np.unique(y_test, return_index=True)[
        1
    ]  # 클래스마다 첫 이미지
    p = softmax(x_test[shown] @ W + b)  # (10, 10)
    return {
        "batches": batches,
        "epochs": epochs_loss,
        "train": loss_and_accuracy(W, b, x, y)[1],
        "test": loss_and_accuracy(W, b, x_test, y_test)[1],
        "templates": np.round(127 * W.T / np.abs(W).max())
        .astype(int)
        .tolist(),
        "images": np.round(255 * x_test[shown]).astype(int).tolist(),
        "answers": y_test[shown].tolist(),
        "guesses": p.argmax(axis=1).tolist(),
        "confidence": p.max(axis=1).tolist(),
        **likeness(W, x, y, lr),
    }


def likeness(W, x, y, lr):
    """가중치 그림이 '클래스의 평균 이미지 − 전체 평균 이미지'와 얼마나 닮았는지 잽니다."""
    overall = x.mean(axis=0)  # (784,)
    means = np.array(
        [x[y == k].mean(axis=0) - overall for k in range(10)]
    )  # (10, 784)
    first, bias = (
        np.zeros((784, 10), "float32"),
        np.zeros(10, "float32"),
    )
    step(
        first, bias, x, np.eye(10, dtype="float32")[y], lr
    )  # 전체 데이터로 한 걸음
    return {
        "first_step": [
            float(np.corrcoef(m, w)[0, 1])
            for m, w in zip(means, first.T)
        ],
        "learned": [
            float(np.corrcoef(m, w)[0, 1]) for m, w in zip(means, W.T)
        ],
    }


def experiment_learn_summary(learn):
    return {
        "first": learn["epochs"][0],
        "one": learn["epochs"][1],
        "last": learn["epochs"][-1],
        "train": learn["train"],
        "test": learn["test"],
        "right": int(
            np.sum(np.equal(learn["guesses"], learn["answers"]))
        ),
        "first_step": float(np.min(learn["first_step"])),
        "learned": float(np.mean(learn["learned"])),
        "learned_min": float(np.min(learn["learned"])),
        "learned_max": float(np.max(learn["learned"])),
    }


# ------------------------------------------------ 전체 배치, 미니배치, 한 장씩


FULL = 10000
RACES = (
    *((10000, 0.1), (10000, 0.2), (10000, 0.4)),
    *((50, 0.03), (50, 0.1), (50, 0.2)),
    *((1, 0.001), (1, 0.003), (1, 0.01)),
)
PASSES = 5
cases_race = [
    dict(batch_size=size, lr=lr, seed=seed)
    for size, lr in RACES
    for seed in (0, 1, 2)
]
smoke_race = dict(samples=200)


def experiment_race(
    batch_size=50, lr=0.03, seed=0, samples=10000, passes=5
):
    """같은 장수를 보는 동안의 손실과 CPU 시간. 손실을 재는 시간은 빼고 셉니다."""
    data = load_images(samples)
    x, y = data["train"][0] / 255, data["train"][1]
    Y = np.eye(10, dtype="float32")[y]
    later = (
        12 if batch_size > 1 else 1
    )  # 한 장씩은 느려서 다섯 바퀴만 봅니다
    rng = np.random.default_rng(seed)
    W, b = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    seconds, updates = 0.0, 0
    curve = [[0.0, 0.0, loss_and_accuracy(W, b, x, y)[0]]]
    for turn in range(1, later * passes + 1):
        order = rng.permutation(len(x))
        xs, Ys = x[order], Y[order]
        pieces = (
            5 if turn <= passes and batch_size <= len(x) // 5 else 1
        )
        for piece, rows in enumerate(
            np.split(np.arange(len(x)), pieces), 1
        ):
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
    race = race.assign(
        end=[loss_after(curve, PASSES) for curve in race["curve"]]
    )
    best = {}
    for size, runs in race.groupby("batch_size"):
        lr = chosen(runs, "lr", by="end", lowest=True)
        best[size] = runs[runs["lr"] == lr].sort_values("seed")
    return best


def experiment_race_summary(race):
    return {
        str(size): {
            "lr": float(runs["lr"].iloc[0]),
            "end": float(runs["end"].mean()),
            "last": float(
                np.mean([curve[-1][2] for curve in runs["curve"]])
            ),
            "milliseconds": float(runs["milliseconds"].median()),
            "pass_seconds": float(
                runs["milliseconds"].median() * FULL / size / 1000
            ),
        }
        for size, runs in best_runs(race).items()
    }


RACERS = {FULL: "전체 10000장", 50: "미니배치 50장", 1: "한 장씩"}
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
smoke_wobble = dict(samples=200, steps=10)


def experiment_wobble(
    batch_size=50, lr=0.03, seed=0, samples=10000, steps=60
):
    """한 바퀴 배운 가중치에서 60걸음을 더 가며, 걸음마다 전체 훈련 손실을 잽니다."""
    x, y = load_images(samples)["train"]
    x, Y = x / 255, np.eye(10, dtype="float32")[y]
    W, b = train(x, y, epochs=1, seed=seed)
    rng = np.random.default_rng(seed)
    losses = [loss_and_accuracy(W, b, x, y)[0]]
    for _ in range(steps):
        rows = rng.choice(
            len(x), min(batch_size, len(x)), replace=False
        )
        step(W, b, x[rows], Y[rows], lr)
        losses.append(loss_and_accuracy(W, b, x, y)[0])
    return {
        "losses": losses,
        "rises": float(np.mean(np.diff(losses) > 0)),
    }


def wobbling(wobble):
    return {
        label: pick(wobble, "rises", batch_size=size, lr=lr)
        for label, size, lr in WOBBLES
    }


def experiment_wobble_summary(wobble):
    names = ("full", "full_fast", "mini", "single")
    rises = wobbling(wobble).values()
    return {
        name: float(r.mean())
        for name, r in zip(names, rises, strict=True)
    }


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
    axis_u, axis_v = (
        np.linspace(-1.3, 3.2, 46),
        np.linspace(-0.6, 2.0, 40),
    )
    w = np.stack(np.meshgrid(axis_u, axis_v), axis=-1)  # (40, 46, 2)
    margin = (2 * y - 1) * (w @ x.T)  # (40, 46, n)
    loss = np.log1p(np.exp(-margin)).mean(axis=-1)  # (40, 46)
    return {
        "u": axis_u.tolist(),
        "v": axis_v.tolist(),
        "loss": loss.tolist(),
        "paths": paths,
    }


# ---------------------------------------------------------------- 픽셀의 크기


PIXELS = ("0–255", "0–1", "표준화")
SCALES = (("0–255", 1 / 255**2), ("0–1", 1.0), ("표준화", 1.0))
cases_scaling = [
    dict(pixels=pixels, lr=lr * scale, seed=seed)
    for pixels, scale in SCALES
    for lr in (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
    for seed in SEEDS
] + [dict(pixels="0–255", lr=0.01, seed=seed) for seed in SEEDS]
smoke_scaling = dict(samples=200, epochs=1)


def experiment_scaling(
    pixels="0–1", lr=0.01, seed=0, samples=10000, epochs=5
):
    data = load_images(samples)
    (x, y), (x_val, y_val), (x_test, y_test) = data.values()
    mean, std = x.mean(), x.std()
    x, x_val, x_test = (
        prepare(part, pixels, mean, std) for part in (x, x_val, x_test)
    )
    W, b = train(x, y, lr, epochs, seed=seed)
    loss, accuracy = loss_and_accuracy(W, b, x_val, y_val)
    test = loss_and_accuracy(W, b, x_test, y_test)[1]
    return {"loss": loss, "val_accuracy": accuracy, "accuracy": test}


def best_pixels(scaling):
    """픽셀의 크기마다, 검증 정확도가 가장 높은 학습률과 그때의 테스트 정확도."""
    best = {}
    for pixels, runs in scaling.groupby("pixels"):
        lr = chosen(runs, "lr")
        best[pixels] = lr, pick(runs, "accuracy", lr=lr)  # (시드 수,)
    return best


def at_rate(scaling, pixels, lr, value="accuracy"):
    near = np.isclose(
        scaling["lr"].to_numpy(float), lr, rtol=1e-3, atol=0
    )
    return pick(scaling[near], value, pixels=pixels)


def experiment_scaling_summary(scaling):
    summary, best = {}, best_pixels(scaling)
    for key, pixels in zip(
        ("raw", "unit", "standard"), PIXELS, strict=True
    ):
        lr, accuracy = best[pixels]
        summary[key] = {
            "accuracy": float(at_rate(scaling, pixels, 0.01).mean()),
            "loss": float(
                at_rate(scaling, pixels, 0.01, "loss").mean()
            ),
            "best": float(accuracy.mean()),
            "best_lr": float(lr),
        }
    return summary


# ---------------------------------------------------------- 로지스틱 회귀


def pooled(samples):
    """28×28을 4×4씩 평균한 7×7 이미지. 맨 끝의 1은 편향의 몫입니다."""
    data = load_images()
    parts = []
    for name in ("train", "test"):
        x, y = data[name][0][:samples], data[name][1][:samples]
        small = (
            x.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49)
            / 255
        )
        parts.append(
            (
                np.hstack([small, np.ones((len(x), 1))]).astype(
                    "float64"
                ),
                y,
            )
        )
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


smoke_logistic = dict(samples=200, steps=200)


def experiment_logistic(samples=2000, ridge=0.003, lr=0.3, steps=4000):
    (x, y), (x_test, y_test) = pooled(samples)  # (2000, 50), (2000,)
    Y = np.eye(10)[y]  # (2000, 10)
    exact, slope = newton(x, Y, ridge)
    walked = descent(x, Y, ridge, lr, steps)
    P, Q = (
        softmax(x_test @ exact),
        softmax(x_test @ walked),
    )  # (2000, 10)
    return {
        "slope": slope,
        "probability": float(np.abs(P - Q).max()),
        "same": float(np.mean(P.argmax(axis=1) == Q.argmax(axis=1))),
        "newton": float(np.mean(P.argmax(axis=1) == y_test)),
        "descent": float(np.mean(Q.argmax(axis=1) == y_test)),
    }


# ---------------------------------------------------------- 못하는 일


cases_inverted = [
    dict(model=model, data=data, seed=seed)
    for model, data, seeds in (
        *(("linear", "plain", 3), ("linear", "both", 10)),
        ("hidden", "both", 3),
    )
    for seed in range(seeds)
]
smoke_inverted = dict(samples=200, epochs=1)


def experiment_inverted(
    model="linear", data="both", seed=0, samples=5000, epochs=5, lr=0.1
):
    images = load_images(samples)
    (x, y), (x_test, y_test) = images["train"], images["test"]
    if data == "both":
        (x, y), (x_test, y_test) = (
            with_inverted(x, y),
            with_inverted(x_test, y_test),
        )
    else:
        x, x_test = x / 255, x_test / 255
    if model == "linear":
        W, b = train(x, y, lr, epochs, seed=seed)
        loss, _ = loss_and_accuracy(W, b, x, y)
        accuracy = loss_and_accuracy(W, b, x_test, y_test)[1]
        return {"loss": loss, "accuracy": accuracy}
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(
                128, "relu", kernel_initializer="he_normal"
            ),
            keras.layers.Dense(10),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.SGD(lr), loss)
    fit(network, x, y, epochs, batch_size=50, seed=seed)
    scores = np.asarray(network(x_test))  # (20000, 10)
    return {"accuracy": float(np.mean(scores.argmax(axis=1) == y_test))}


def experiment_inverted_summary(inverted):
    both = pick(inverted, "accuracy", model="linear", data="both")
    return {
        "plain": float(
            pick(
                inverted, "accuracy", model="linear", data="plain"
            ).mean()
        ),
        "both": float(both.mean()),
        "both_low": float(both.min()),
        "both_high": float(both.max()),
        "both_loss": float(
            pick(inverted, "loss", model="linear", data="both").mean()
        ),
        "hidden": float(
            pick(
                inverted, "accuracy", model="hidden", data="both"
            ).mean()
        ),
    }


smoke_balanced = dict(per_class=10)


# --8<-- [start:balanced]
def experiment_balanced(per_class=400):
    x, y = load_images()["train"]
    rows = np.concatenate(
        [np.flatnonzero(y == k)[:per_class] for k in range(10)]
    )
    x, y = x[rows].astype("float64"), y[rows]  # 클래스마다 같은 장수
    both, labels = with_inverted(x, y)
    W, b = np.zeros((784, 10)), np.zeros(10)
    return {
        "plain": steepest(gradients(W, b, x / 255, np.eye(10)[y])),
        "both": steepest(gradients(W, b, both, np.eye(10)[labels])),
        "loss": float(cross_entropy(both @ W + b, labels)),
    }


def steepest(parts):
    return float(max(np.abs(part).max() for part in parts))


# --8<-- [end:balanced]


# ---------------------------------------------------------- 연습 문제의 답


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

"""신경망 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
from comparison import chosen, difference, is_higher, pick
from neural_network import (
    answer_relu,
    answer_shapes,
    answer_width,
    answer_xor,
    backward,
    build_by_adding,
    build_from_list,
    build_with_names,
    collapse,
    count_parameters,
    dense_network,
    forward,
    he_normal,
    load_images,
    make_spiral,
    one_epoch,
    run_layers,
    slopes,
    softmax_loss,
    train_twins,
)

SEEDS = (0, 1, 2, 3, 4)


# ------------------------------------------------------- NumPy로 쓴 세 층 신경망


def accuracy_of(params, X, y, relu=True):
    _, scores = run_layers(params, X, relu)
    return float(np.mean(scores.argmax(axis=1) == y))


# ------------------------------------------------------------- 소용돌이와 층의 수


NETWORKS = {  # 층의 크기, ReLU를 쓰는지
    "1층": ((2, 3), True),
    "2층": ((2, 32, 3), True),
    "3층": ((2, 32, 32, 3), True),
    "2층, 넓게": ((2, 208, 3), True),  # 매개변수가 3층과 똑같이 1,251개
    "3층, ReLU 없음": ((2, 32, 32, 3), False),
}


def train_spiral(
    network, turns, seed, samples=600, epochs=100, lr=0.1, batch_size=30
):
    sizes, relu = NETWORKS[network]
    X, y = make_spiral(samples, turns, np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    params = he_normal(sizes, rng)
    for _ in range(epochs):
        params, _ = one_epoch(params, X, y, lr, batch_size, rng, relu)
    return params, relu


cases_spiral = [
    dict(network=network, turns=turns, lr=lr, seed=seed)
    for network in NETWORKS
    for turns in (1.0, 0.4)
    for lr in (0.1, 0.3, 1.0, 3.0)
    for seed in SEEDS
]
smoke_spiral = dict(epochs=1)


def experiment_spiral(
    network="3층", turns=1.0, lr=0.1, seed=0, epochs=100
):
    params, relu = train_spiral(
        network, turns, seed, epochs=epochs, lr=lr
    )
    validation = make_spiral(
        1000, turns, np.random.default_rng(2000 + seed)
    )
    X, y = make_spiral(3000, turns, np.random.default_rng(1000 + seed))
    result = {
        "val_accuracy": accuracy_of(params, *validation, relu),
        "accuracy": accuracy_of(params, X, y, relu),
        "parameters": sum(p.size for p in params),
    }
    if not relu:
        W, b = collapse(params)
        _, scores = run_layers(params, X, relu)
        result["difference"] = float(np.abs(X @ W + b - scores).max())
    return result


smoke_border = dict(side=12, epochs=1)


def experiment_border(turns=1.0, seed=0, side=60, epochs=100):
    axis = np.linspace(-1.15, 1.15, side)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(
        -1, 2
    )  # (3600, 2)
    result = {}
    for network in ("1층", "2층", "3층", "3층, ReLU 없음"):
        params, relu = train_spiral(network, turns, seed, epochs=epochs)
        classes = (
            run_layers(params, grid, relu)[1]
            .argmax(axis=1)
            .reshape(side, side)
        )
        result[network] = ["".join(map(str, row)) for row in classes]
    points, labels = make_spiral(
        600, turns, np.random.default_rng(seed)
    )
    result["points"] = (
        (1000 * points[:240]).round().astype(int).tolist()
    )
    result["labels"] = labels[:240].tolist()
    return result


def at_best_rate(spiral, network, turns):
    """검증 데이터로 고른 학습률과, 그 학습률의 테스트 정확도 (시드 수,)."""
    rows = spiral[
        (spiral["network"] == network) & (spiral["turns"] == turns)
    ]
    lr = chosen(rows, "lr")
    return lr, pick(rows, "accuracy", lr=lr)


KEYS = dict(
    zip(
        NETWORKS, ("one", "two", "three", "wide", "linear"), strict=True
    )
)


def experiment_spiral_summary(spiral):
    def means(turns, lr=None):
        """학습률을 하나로 두거나, 신경망마다 고른 테스트 정확도의 평균."""
        rows = spiral[
            (spiral["turns"] == turns) & (spiral["lr"] == (lr or 0.1))
        ]
        accuracy = {
            name: pick(rows, "accuracy", network=name)
            if lr
            else at_best_rate(spiral, name, turns)[1]
            for name in NETWORKS
        }
        return {
            KEYS[name]: float(runs.mean())
            for name, runs in accuracy.items()
        }

    return {
        "fixed": means(1.0, lr=0.1),
        "tight": means(1.0),
        "loose": means(0.4),
        "rates": {
            KEYS[name]: at_best_rate(spiral, name, 1.0)[0]
            for name in NETWORKS
        },
        "difference": float(
            pick(
                spiral, "difference", network="3층, ReLU 없음", lr=0.1
            ).max()
        ),
        "parameters": int(pick(spiral, "parameters", network="3층")[0]),
    }


# ----------------------------------------------------- Keras로 쌓기와 매개변수 세기


def experiment_ways(seed=0):
    x = np.random.default_rng(seed).random(
        (4, 28, 28), dtype="float32"
    )  # (4, 28, 28)
    outputs = []
    for build in (build_from_list, build_with_names, build_by_adding):
        keras.utils.set_random_seed(seed)
        model = build()
        outputs.append(np.asarray(model(x)))  # (4, 10)
    return {
        "difference": float(
            max(np.abs(o - outputs[0]).max() for o in outputs)
        ),
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


SHAPES = (
    (784, 10),
    (784, 100, 10),
    (784, 128, 64, 10),
    (784, 512, 256, 128, 10),
)


def experiment_counts():
    return {
        "-".join(map(str, sizes)): {
            "formula": count_parameters(sizes),
            "keras": dense_network(sizes).count_params(),
            "biases": sum(sizes[1:]),
        }
        for sizes in SHAPES
    }


# ------------------------------------------------------- 손으로 하는 역전파


# --8<-- [start:worked]
def experiment_worked(lr=0.02):
    x, t = np.array([2.0, 1.0]), 3.0  # (2,) 입력과 정답 값
    W, b = (
        np.array([[1.0, -2.0], [1.0, 3.0]]),
        np.array([0.0, 0.0]),
    )  # (2, 2), (2,)
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
    after = (
        np.maximum(x @ (W - lr * dW) + b - lr * db, 0) @ (v - lr * dv)
        + c
        - lr * dc
    )

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
    return {
        key: (np.asarray(value) + 0.0).tolist()
        for key, value in numbers.items()
    }


# ------------------------------------------------------- Keras와 견주기


smoke_check = dict(samples=8, entries=3)


def experiment_check(samples=64, entries=20, seed=0, step=1e-5):
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    model = dense_network((784, 128, 64, 10), "float64")
    X, y = load_images(samples, "float64")[0]  # (64, 784), (64,)
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, dtype="float64"
    )
    with tf.GradientTape() as tape:
        value = loss(y, model(X))
    theirs = tape.gradient(
        value, [w.value for w in model.trainable_weights]
    )
    params = model.get_weights()
    h1, h2, scores = forward(params, X)
    ours_loss, ds = softmax_loss(scores, y)
    ours = backward(params, X, h1, h2, ds)
    rng, rows = np.random.default_rng(seed), {}
    for i, name in enumerate(("W1", "b1", "W2", "b2", "W3", "b3")):
        numeric = []
        for flat in rng.choice(
            ours[i].size, min(entries, ours[i].size), replace=False
        ):
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


cases_twins = [dict(dtype="float64"), dict(dtype="float32")]
smoke_twins = dict(samples=200, epochs=1)


def experiment_twins(
    dtype="float32",
    samples=2000,
    epochs=5,
    batch_size=50,
    lr=0.1,
    seed=0,
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
smoke_fit = dict(samples=200, epochs=2)


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
    (X, y), (X_val, y_val) = load_images(
        samples
    )  # (10000, 784), (5000, 784)
    rng = np.random.default_rng(seed)
    params = he_normal((784, *[width] * hidden, 10), rng, "float32")
    if (
        features == "random"
    ):  # 은닉층은 처음 그대로 두고 출력층만 학습합니다
        X, X_val = (
            run_layers(params, X)[0][1],
            run_layers(params, X_val)[0][1],
        )
        params = params[-2:]
    result = {"loss": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        params, losses = one_epoch(params, X, y, lr, batch_size, rng)
        scores = run_layers(params, X_val)[1]  # (5000, 10)
        result["loss"].append(float(np.mean(losses)))
        result["val_loss"].append(float(softmax_loss(scores, y_val)[0]))
        result["val_accuracy"].append(
            float(np.mean(scores.argmax(axis=1) == y_val))
        )
    return {
        **result,
        "accuracy": float(np.mean(result["val_accuracy"][-last:])),
    }


smoke_filters = dict(samples=200, epochs=1)


def experiment_filters(
    width=16, samples=10000, epochs=12, lr=0.1, seed=0, shown=12
):
    X, y = load_images(samples)[0]  # (10000, 784), (10000,)
    rng = np.random.default_rng(seed)
    params = he_normal((784, width, 10), rng, "float32")
    for _ in range(epochs):
        params, _ = one_epoch(params, X, y, lr, 50, rng)
    h = run_layers(params, X)[0][1]  # (10000, 16)
    means = np.array(
        [h[y == k].mean(axis=0) for k in np.unique(y)]
    )  # (10, 16)
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


cases_random = [
    dict(width=width, lr=lr, seed=seed)
    for width in (32, 128)
    for lr in (0.1, 0.3, 1.0)
    for seed in SEEDS
]
smoke_random = dict(samples=200, epochs=2)


def experiment_random(
    width=128, lr=0.1, seed=0, samples=10000, epochs=20
):
    """무작위로 고정한 은닉층에서 출력층만 학습합니다. 학습률도 바꾸어 봅니다."""
    knobs = dict(samples=samples, epochs=epochs, lr=lr)
    result = experiment_fit(1, width, "random", seed, **knobs)
    return {"accuracy": result["accuracy"]}


# ------------------------------------------------- 유닛이 여덟뿐인 은닉층


cases_narrow = [
    dict(relu=relu, seed=seed)
    for relu in (True, False)
    for seed in range(8)
]
smoke_narrow = dict(samples=200, epochs=2)


# --8<-- [start:narrow]
def experiment_narrow(
    relu=True, seed=0, samples=10000, epochs=20, lr=0.1, last=5
):
    (X, y), (X_val, y_val) = load_images(
        samples
    )  # (10000, 784), (5000, 784)
    rng = np.random.default_rng(seed)
    params = he_normal((784, 8, 10), rng, "float32")
    scores = []
    for _ in range(epochs):
        params, _ = one_epoch(params, X, y, lr, 50, rng, relu)
        scores.append(accuracy_of(params, X_val, y_val, relu))
    z = X @ params[0] + params[1]  # (10000, 8)
    dead = int((z <= 0).all(axis=0).sum()) if relu else 0
    return {"accuracy": float(np.mean(scores[-last:])), "dead": dead}


# --8<-- [end:narrow]


# ------------------------------------------------- 은닉층의 결과를 모읍니다


def experiment_fit_summary(fit, random):
    learned = fit[fit["features"] == "learned"]
    guessed = fit[fit["features"] == "random"]
    fixed = random[random["width"] == 128]

    def stats(a, b):
        mean, half = difference(a, b)
        return {"mean": mean, "half": half, "higher": is_higher(a, b)}

    none, one, two, small = (
        pick(learned, "accuracy", hidden=hidden, width=width)
        for hidden, width in ((0, 0), (1, 128), (2, 128), (1, 8))
    )
    losses, val_losses = (
        np.stack(learned[key]) for key in ("loss", "val_loss")
    )
    return {
        "none": float(none.mean()),
        "one": float(one.mean()),
        "two": float(two.mean()),
        "small": float(small.mean()),
        "small_two": float(
            pick(learned, "accuracy", hidden=2, width=8).mean()
        ),
        "random": float(pick(guessed, "accuracy", width=128).mean()),
        "random_best": float(
            fixed.groupby("lr")["accuracy"].mean().max()
        ),
        "random_rate": float(chosen(fixed, "lr", by="accuracy")),
        "gain_one": stats(one, none),
        "gain_two": stats(two, one),
        "gain_small": stats(small, none),
        "falls": float((np.diff(losses) < 0).mean()),
        "val_falls": float((np.diff(val_losses) < 0).mean()),
    }


# ------------------------------------------- 소용돌이를 배우는 동안 움직이는 경계


smoke_border_path = dict(side=12, epochs=(0, 1, 2))


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
    X, y = make_spiral(
        samples, turns, np.random.default_rng(seed)
    )  # (600, 2), (600,)
    rng = np.random.default_rng(seed)
    params = he_normal(sizes, rng)
    axis = np.linspace(-1.15, 1.15, side)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(
        -1, 2
    )  # (3600, 2)
    result = {
        "epochs": list(epochs),
        "loss": [],
        "accuracy": [],
        "classes": [],
    }
    for epoch in range(epochs[-1] + 1):
        if epoch in epochs:
            classes = run_layers(params, grid, relu)[1].argmax(
                axis=1
            )  # (3600,)
            rows = classes.reshape(side, side)
            result["classes"].append(
                ["".join(map(str, row)) for row in rows]
            )
            scores = run_layers(params, X, relu)[1]  # (600, 3)
            result["loss"].append(float(softmax_loss(scores, y)[0]))
            result["accuracy"].append(accuracy_of(params, X, y, relu))
        params, _ = one_epoch(params, X, y, lr, batch_size, rng, relu)
    result["points"] = (1000 * X[:240]).round().astype(int).tolist()
    result["labels"] = y[:240].tolist()
    return result


# ------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    width = answer_width(109386)
    dz = answer_relu(
        np.array([3.0, -1.0, 0.5, 0.0]), np.array([2.0, 5.0, -4.0, 1.0])
    )
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (4, 2)
    return {
        "width": width,
        "parameters": count_parameters((784, width, 10)),
        "relu": dz.tolist(),
        "xor": answer_xor(corners).tolist(),
        "shapes": [str(shape) for shape in answer_shapes()],
    }

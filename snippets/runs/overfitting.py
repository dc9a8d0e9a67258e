"""과적합 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
import pandas as pd
from comparison import chosen, difference, pick
from overfitting import (
    answer_images,
    answer_shrunk,
    answer_stop,
    answer_variance,
    early_stopping,
    fit_polynomial,
    predict,
    split,
    stratified_split,
    truth,
)

SEEDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)  # 금방 끝나는 학습
FEW_SEEDS = (0, 1, 2)
SOME_SEEDS = (0, 1, 2, 3, 4)
WIDTHS = (2, 8, 32, 128, 512)
SIZES = (500, 2000, 8000)
DECAYS = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2)


# ---------------------------------------------------------------- 다항식


def experiment_fits(
    degrees=16, samples=20, noise=0.3, tests=1000, seed=3
):
    rng = np.random.default_rng(seed)
    x = np.linspace(-0.97, 0.97, samples) + rng.uniform(
        -0.03, 0.03, samples
    )  # (20,)
    x_test = rng.uniform(-1, 1, tests)  # (1000,)
    y = truth(x) + rng.normal(0, noise, samples)  # (20,)
    y_test = truth(x_test) + rng.normal(0, noise, tests)  # (1000,)
    thetas = [fit_polynomial(x, y, degree) for degree in range(degrees)]
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "thetas": [theta.tolist() for theta in thetas],
        "train": [
            float(np.mean((predict(t, x) - y) ** 2)) for t in thetas
        ],
        "test": [
            float(np.mean((predict(t, x_test) - y_test) ** 2))
            for t in thetas
        ],
    }


# --8<-- [start:resample]
def experiment_resampled(
    degrees=13, samples=30, noise=0.3, repeats=200, seed=0
):
    rng = np.random.default_rng(seed)
    x, grid = np.linspace(-1, 1, samples), np.linspace(-1, 1, 200)
    y = truth(x) + rng.normal(
        0, noise, (repeats, samples)
    )  # (200, 30) 데이터 200벌
    fresh = truth(grid) + rng.normal(
        0, noise, (repeats, 200)
    )  # (200, 200) 새 데이터
    rows = []
    for degree in range(degrees):
        thetas = [fit_polynomial(x, one, degree) for one in y]
        fits = np.array(
            [predict(theta, grid) for theta in thetas]
        )  # (200, 200)
        mean = fits.mean(axis=0)  # (200,) 평균 곡선
        rows.append(
            {
                "bias": np.mean((mean - truth(grid)) ** 2),
                "variance": np.mean((fits - mean) ** 2),
                "distance": np.mean((fits - truth(grid)) ** 2),
                "test": np.mean((fits - fresh) ** 2),
            }
        )
        # --8<-- [end:resample]
        at_data = np.array(
            [predict(theta, x) for theta in thetas]
        )  # (200, 30)
        rows[-1]["train"] = np.mean((at_data - y) ** 2)
        rows[-1]["variance_at_data"] = np.mean(
            (at_data - at_data.mean(axis=0)) ** 2
        )
    rows = [
        {key: float(value) for key, value in row.items()}
        for row in rows
    ]
    return {"noise": noise**2, "samples": samples, "rows": rows}


# ---------------------------------------------------------------- 데이터와 신경망


def shrink(images):
    """28×28 사진을 2×2씩 평균 내어 14×14로 줄이고 폅니다. 계산이 네 배 가벼워집니다."""
    blocks = images.reshape(-1, 14, 2, 14, 2).mean(
        axis=(2, 4)
    )  # (n, 14, 14)
    return blocks.reshape(-1, 196).astype("float32") / 255  # (n, 196)


def load_images(samples, seed=0, validation=2000):
    """훈련 48000장에서 뽑은 사진, 검증 데이터, 테스트 데이터를 돌려줍니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    cut = len(x) * 4 // 5  # 60000장 → 훈련 48000장, 검증 12000장
    chosen = np.random.default_rng(seed).permutation(cut)[:samples]
    held_out = slice(cut, cut + validation)
    return (
        (shrink(x[chosen]), y[chosen].astype("int64")),
        (shrink(x[held_out]), y[held_out].astype("int64")),
        (shrink(x_test), y_test.astype("int64")),
    )


def forward(theta, x):
    W1, b1, W2, b2 = theta  # (196, 너비), (너비,), (너비, 10), (10,)
    h = np.maximum(x @ W1 + b1, 0)  # (n, 너비)
    return h, h @ W2 + b2  # 은닉층 출력과 점수 (n, 10)


def gradients(theta, x, y, decay):
    W1, b1, W2, b2 = theta
    h, scores = forward(theta, x)
    d = softmax(scores)  # (n, 10)
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    dh = d @ W2.T * (h > 0)  # (n, 너비)
    return [
        x.T @ dh + 2 * decay * W1,  # 가중치 감쇠: ‖W‖²의 기울기는 2W
        dh.sum(axis=0),
        h.T @ d + 2 * decay * W2,
        d.sum(axis=0),
    ]


def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))  # (n, 10)
    return e / e.sum(axis=1, keepdims=True)


def measure(theta, data):
    """교차 엔트로피와 정확도. 가중치 감쇠의 벌은 넣지 않습니다."""
    x, y = data
    scores = forward(theta, x)[1]  # (n, 10)
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return {
        "loss": float(-log_p[np.arange(len(y)), y].mean()),
        "accuracy": float(np.mean(scores.argmax(axis=1) == y)),
    }


def initial_weights(width, seed, inputs=196, classes=10):
    rng = np.random.default_rng(seed)
    theta = []
    for rows, columns in ((inputs, width), (width, classes)):
        limit = np.sqrt(6 / (rows + columns))  # Glorot
        theta.append(
            rng.uniform(-limit, limit, (rows, columns)).astype(
                "float32"
            )
        )
        theta.append(np.zeros(columns, dtype="float32"))
    return theta


def adam_step(theta, slopes, m, v, step, lr):
    """Adam 한 걸음. theta, m, v를 제자리에서 고칩니다. Keras의 식을 그대로 씁니다."""
    rate = lr * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    for w, g, first, second in zip(theta, slopes, m, v, strict=True):
        first += 0.1 * (g - first)
        second += 0.001 * (g * g - second)
        w -= (
            np.float32(rate)
            * first
            / (np.sqrt(second) + np.float32(1e-7))
        )


def train_network(
    data,
    width=128,
    steps=2000,
    batch_size=50,
    lr=0.001,
    decay=0.0,
    seed=0,
    every=100,
):
    """은닉층 하나를 Adam으로 학습하며, every걸음마다 검증 데이터로 채점합니다."""
    (x, y), validation, _ = data
    rng = np.random.default_rng(seed)
    theta = initial_weights(width, seed)
    m, v = ([np.zeros_like(w) for w in theta] for _ in range(2))
    history, best = [], {"loss": np.inf}
    batches = max(1, len(y) // batch_size)
    for step in range(steps):
        if step % batches == 0:
            order = rng.permutation(len(y))  # 에폭마다 새로 섞습니다
        start = step % batches * batch_size
        batch = order[start : start + batch_size]
        adam_step(
            theta,
            gradients(theta, x[batch], y[batch], decay),
            m,
            v,
            step + 1,
            lr,
        )
        if (step + 1) % every == 0:
            score = {"step": step + 1, **measure(theta, validation)}
            history.append(score)
            if (
                score["loss"] < best["loss"]
            ):  # 조기 종료가 돌려줄 가중치
                best = {**score, "theta": [w.copy() for w in theta]}
    return theta, history, best


def scores_of(theta, data):
    parts = zip(("train", "validation", "test"), data, strict=True)
    return {
        f"{part}_{key}": value
        for part, images in parts
        for key, value in measure(theta, images).items()
    }


# ---------------------------------------------------------------- 크기와 데이터


cases_capacity = [
    dict(samples=samples, width=width, seed=seed)
    for samples in SIZES
    for width in WIDTHS
    for seed in SEEDS
]
smoke_capacity = dict(samples=500, steps=100)


def experiment_capacity(width=128, samples=2000, seed=0, steps=3000):
    data = load_images(samples, seed)
    theta, history, best = train_network(data, width, steps, seed=seed)
    stopped = scores_of(best["theta"], data)
    return {
        **scores_of(theta, data),
        "history": [score["loss"] for score in history],
        "best_step": best["step"],
        **{f"best_{key}": value for key, value in stopped.items()},
    }


cases_growth = [
    dict(samples=samples, seed=seed)
    for samples in (
        125,
        250,
        1000,
        4000,
        16000,
    )  # 나머지 크기는 capacity에 있습니다
    for seed in SEEDS
]
smoke_growth = dict(samples=500, steps=100)


def experiment_growth(samples=2000, seed=0, width=128, steps=3000):
    return experiment_capacity(width, samples, seed, steps)


cases_shuffled = [dict(seed=seed) for seed in FEW_SEEDS]
smoke_shuffled = dict(width=32, steps=100)


def experiment_shuffled(seed=0, samples=500, width=512, steps=2000):
    """훈련 데이터의 정답을 무작위로 바꾸어 붙이고 학습합니다."""
    (x, y), validation, test = load_images(samples, seed)
    lots = np.random.default_rng(seed).integers(0, 10, len(y))
    data = (x, lots), validation, test
    return scores_of(
        train_network(data, width, steps, seed=seed)[0], data
    )


cases_decay = [
    dict(decay=decay, seed=seed)
    for decay in DECAYS
    for seed in SOME_SEEDS
]
smoke_decay = dict(samples=200, steps=100)


def experiment_decay(
    decay=0.0, seed=0, samples=1000, width=128, steps=1500
):
    data = load_images(samples, seed)
    theta, _, best = train_network(
        data, width, steps, decay=decay, seed=seed
    )
    norm = float(
        np.sqrt(sum((W**2).sum() for W in theta[::2]))
    )  # 두 행렬의 크기
    stopped = {
        f"best_{key}": value
        for key, value in scores_of(best["theta"], data).items()
    }
    return {**scores_of(theta, data), "norm": norm, **stopped}


# ---------------------------------------------------------------- Keras로 학습하기


def build_model(width=128, decay=0.0, lr=0.001):
    model = keras.Sequential(
        [
            keras.Input((196,)),
            keras.layers.Dense(
                width,
                activation="relu",
                kernel_regularizer=keras.regularizers.L2(decay),
            ),
            keras.layers.Dense(
                10, kernel_regularizer=keras.regularizers.L2(decay)
            ),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(lr), loss, metrics=["accuracy"])
    return model


cases_training = [
    dict(stop=stop, seed=seed)
    for stop in (False, True)
    for seed in SOME_SEEDS
]
smoke_training = dict(samples=200, epochs=3, patience=1)


def experiment_training(
    stop=False, seed=0, samples=1000, epochs=50, patience=5, lr=0.003
):
    train, validation, test = load_images(samples, seed)
    keras.utils.set_random_seed(seed)
    model = build_model(lr=lr)
    history = model.fit(
        *train,
        batch_size=50,
        epochs=epochs,
        validation_data=validation,
        validation_batch_size=1000,
        callbacks=[early_stopping(patience)] if stop else [],
        verbose=0,
    ).history
    return {
        **scores_of(model.get_weights(), (train, validation, test)),
        "history": history,
        "epochs_run": len(history["loss"]),
    }


# ---------------------------------------------------------------- 검증 데이터가 하는 일


def fit_weights(x, y, epochs, seed, **options):
    keras.utils.set_random_seed(seed)
    model = build_model(32)
    history = model.fit(
        x, y, batch_size=50, epochs=epochs, verbose=0, **options
    )
    return model.get_weights(), history.history


cases_watched = [dict(seed=seed) for seed in FEW_SEEDS]
smoke_watched = dict(samples=200, epochs=1)


# --8<-- [start:watched]
def experiment_watched(samples=1000, epochs=5, seed=0):
    (x, y), other, _ = load_images(samples, seed)
    cut = len(x) * 4 // 5  # 앞의 80 %로 학습합니다
    runs = {
        "none": fit_weights(x[:cut], y[:cut], epochs, seed),
        "split": fit_weights(x, y, epochs, seed, validation_split=0.2),
        "other": fit_weights(
            x[:cut], y[:cut], epochs, seed, validation_data=other
        ),
    }
    base = runs["none"][0]
    # --8<-- [end:watched]
    model = build_model(32)
    model.set_weights(runs["split"][0])
    last = measure(model.get_weights(), (x[cut:], y[cut:]))
    return {
        "differences": {
            name: max(
                float(np.abs(a - b).max())
                for a, b in zip(weights, base, strict=True)
            )
            for name, (weights, _) in runs.items()
        },
        "reported": runs["split"][1]["val_loss"][-1],
        "last_share": last["loss"],
        "first_share": measure(
            model.get_weights(), (x[:-cut], y[:-cut])
        )["loss"],
    }


def experiment_splits(share=0.2):
    (x, y), (x_test, _) = keras.datasets.fashion_mnist.load_data()
    n = len(y)
    train, validation = split(n, share)
    ways = {
        "last": y[n - round(share * n) :],
        "shuffled": y[validation],
        "stratified": y[stratified_split(y, share)[1]],
        "sorted": np.sort(y)[n - round(share * n) :],
    }
    again = split(n, share)[1]
    return {
        "train": len(train),
        "validation": len(validation),
        "counts": {
            k: np.bincount(v, minlength=10).tolist()
            for k, v in ways.items()
        },
        "same_seed": bool((validation == again).all()),
        "shared": len(
            np.intersect1d(validation, split(n, share, seed=43)[1])
        ),
        "overlap": len(np.intersect1d(train, validation)),
        "means": {
            "train": float(x[train].mean() / 255),
            "test": float(x_test.mean() / 255),
        },
    }


# ---------------------------------------------------------------- 가장 좋은 것을 고르기


# --8<-- [start:guessers]
def experiment_guessers(accuracy=0.8, images=500, repeats=2000, seed=0):
    """실력이 똑같은 k개 가운데 검증 점수가 가장 높은 것을 고릅니다."""
    rng = np.random.default_rng(seed)
    rows = []
    for k in (1, 2, 5, 10, 20, 50, 100, 200):
        right = rng.binomial(
            images, accuracy, (repeats, k)
        )  # (2000, k) 맞힌 수
        chosen = (
            right.max(axis=1) / images
        )  # (2000,) 고른 것의 검증 정확도
        rows.append(
            {"k": k, "optimism": float(chosen.mean() - accuracy)}
        )
    return {
        "error": float(np.sqrt(accuracy * (1 - accuracy) / images)),
        "rows": rows,
    }


# --8<-- [end:guessers]


smoke_candidates = dict(candidates=3, samples=200, steps=20, repeats=20)


def experiment_candidates(
    candidates=40,
    samples=2000,
    steps=300,
    pool=12000,
    repeats=1000,
    seed=0,
):
    """하이퍼파라미터를 무작위로 뽑은 신경망들 가운데 하나를 검증 데이터로 고릅니다."""
    data = load_images(samples, seed, pool)
    rng = np.random.default_rng(seed)
    right = {"validation": [], "test": []}
    for number in range(candidates):
        width, lr = (
            int(rng.choice([32, 64, 128])),
            10 ** rng.uniform(-3.3, -2.3),
        )
        theta = train_network(
            data, width, steps, lr=lr, seed=1000 + number, every=steps
        )[0]
        for part, (x, y) in zip(right, data[1:], strict=True):
            right[part].append(forward(theta, x)[1].argmax(axis=1) == y)
    right = {
        part: np.array(rows) for part, rows in right.items()
    }  # (40, 장수)
    test = right["test"].mean(axis=1)  # (40,) 테스트 정확도
    return {
        "test": test.tolist(),
        "validation": right["validation"].mean(axis=1).tolist(),
        "unused": unused_accuracy(theta, samples, seed, pool),
        "selection": select(right["validation"], test, repeats, rng),
        "sampling": sample(right["validation"], test, repeats, rng),
    }


def unused_accuracy(theta, samples, seed, pool):
    """마지막 후보를, 훈련 48000장 가운데 학습에 쓰지 않은 사진으로 채점합니다."""
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    order = np.random.default_rng(seed).permutation(len(x) * 4 // 5)
    chosen = order[samples : samples + pool]
    return measure(
        theta, (shrink(x[chosen]), y[chosen].astype("int64"))
    )["accuracy"]


def select(right, test, repeats, rng):
    """검증 사진 n장과 후보 k개를 거듭 뽑아, 고른 후보의 검증 − 테스트를 잽니다."""
    rows = []
    for n in (100, 500, 2000):
        for k in (1, 2, 5, 10, 20, 40):
            gaps, scores = [], []
            for _ in range(repeats):
                images = rng.choice(
                    right.shape[1], min(n, right.shape[1]), False
                )
                models = rng.choice(
                    len(right), min(k, len(right)), False
                )
                validation = right[np.ix_(models, images)].mean(
                    axis=1
                )  # (k,)
                best = validation.argmax()
                gaps.append(validation[best] - test[models[best]])
                scores.append(test[models[best]])
            rows.append(
                {
                    "n": n,
                    "k": k,
                    "gap": float(np.mean(gaps)),
                    "chosen_test": float(np.mean(scores)),
                }
            )
    return rows


def sample(right, test, repeats, rng):
    """후보 하나를 그때그때 새로 뽑은 검증 사진 n장으로 채점합니다."""
    rows = []
    for n in (100, 300, 1000, 3000):
        models = rng.integers(0, len(right), repeats)
        scores = np.array(
            [
                right[
                    one,
                    rng.choice(
                        right.shape[1], min(n, right.shape[1]), False
                    ),
                ]
                for one in models
            ]
        ).mean(axis=1)  # (repeats,)
        p = right.mean(axis=1)[models]  # 12000장 모두로 잰 정확도
        error = np.sqrt(p * (1 - p) / n)
        rows.append(
            {
                "n": n,
                "spread": float((scores - p).std()),
                "formula": float(error.mean()),
                "inside": float(
                    (np.abs(scores - p) <= 1.96 * error).mean()
                ),
                "inside_test": float(
                    (
                        np.abs(scores - test[models]) <= 1.96 * error
                    ).mean()
                ),
            }
        )
    return rows


# ---------------------------------------------------------------- 본문이 인용할 숫자


def averages(frame, by):
    """조건마다 시드의 평균을, 점으로 부를 수 있는 이름으로 모읍니다."""
    means = (
        frame.groupby(by).mean(numeric_only=True).drop(columns="seed")
    )
    means["gap"] = (
        means["train_accuracy"] - means["validation_accuracy"]
    )
    means["best_gap"] = means.get("best_train_accuracy", 0) - means.get(
        "best_validation_accuracy", 0
    )
    return means


def experiment_capacity_summary(capacity):
    means = averages(capacity, ["samples", "width"])
    return {
        f"n{samples}_w{width}": row.to_dict()
        for (samples, width), row in means.iterrows()
    }


def experiment_growth_summary(growth, capacity):
    frame = pd.concat([growth, capacity[capacity["width"] == 128]])
    means = averages(
        frame.drop(columns=["history", "width"]), ["samples"]
    )
    return {
        f"n{samples}": row.to_dict()
        for samples, row in means.iterrows()
    }


def experiment_decay_summary(decay):
    """만분의 일을 단위로 한 세기마다의 평균과, 멈추기 − 감쇠의 짝 차이.

    감쇠의 세기는 검증 손실로 고르고, 차이는 테스트 손실로 잽니다.
    """
    means = averages(decay, ["decay"])
    best = chosen(decay, "decay", by="validation_loss", lowest=True)
    mean, half = difference(
        pick(decay, "best_test_loss", decay=0.0),
        pick(decay, "test_loss", decay=best),
    )
    return {
        **{
            f"l{round(1e4 * name)}": row.to_dict()
            for name, row in means.iterrows()
        },
        "chosen": float(best),
        "stop_or_decay": mean,
        "half": half,
    }


def experiment_training_summary(training):
    summary = {}
    for stop, runs in training.groupby("stop"):
        first = runs.sort_values("seed").iloc[0]
        loss = np.array(first["history"]["val_loss"])
        summary["stopped" if stop else "full"] = {
            **averages(runs, ["stop"]).iloc[0].to_dict(),
            "best_epoch": int(loss.argmin()) + 1,
            "epochs_first": int(first["epochs_run"]),
        }
    return summary


def experiment_candidates_summary(candidates):
    gaps = {
        (row["n"], row["k"]): row for row in candidates["selection"]
    }
    test, validation = (
        np.array(candidates["test"]),
        np.array(candidates["validation"]),
    )
    p = test.mean()
    return {
        **{
            f"n{n}_k{k}": row["gap"] - gaps[n, 1]["gap"]
            for (n, k), row in gaps.items()
        },
        **{
            f"test_n{n}_k{k}": row["chosen_test"]
            for (n, k), row in gaps.items()
        },
        "shift": float((validation - test).mean()),
        "shift_low": float((validation - test).min()),
        "shift_error": float(
            np.sqrt(p * (1 - p) * (1 / 12000 + 1 / 10000))
        ),
    }


# ---------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    stop, best = answer_stop(
        [0.9, 0.7, 0.6, 0.62, 0.58, 0.61, 0.6, 0.59, 0.5], 3
    )
    return {
        "variance_4": float(answer_variance(4)),
        "variance_12": float(answer_variance(12)),
        "images": answer_images(),
        "stop": stop,
        "best": best,
        "factor": float(answer_shrunk(1.0, 0.0, 0.1, 0.001)[0]),
    }

"""과적합(overfitting)을 만들고, 재고, 고쳐 봅니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2)
MORE_SEEDS = (0, 1, 2, 3, 4)
WIDTHS = (2, 8, 32, 128, 512)
SIZES = (500, 2000, 8000)
DECAYS = (0.0, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2)


# ---------------------------------------------------------------- 다항식


# --8<-- [start:polynomial]
def truth(x):
    return np.sin(np.pi * x)  # 우리는 모른다고 칩니다


def fit_polynomial(x, y, degree):
    powers = np.polynomial.legendre.legvander(x, degree)  # (n, degree + 1)
    theta, *_ = np.linalg.lstsq(powers, y, rcond=None)  # (degree + 1,)
    return theta


def predict(theta, x):
    return np.polynomial.legendre.legval(x, theta)  # (n,)


# --8<-- [end:polynomial]


def experiment_fits(degrees=16, samples=20, noise=0.3, tests=1000, seed=3):
    rng = np.random.default_rng(seed)
    x = np.linspace(-0.97, 0.97, samples) + rng.uniform(-0.03, 0.03, samples)  # (20,)
    x_test = rng.uniform(-1, 1, tests)  # (1000,)
    y = truth(x) + rng.normal(0, noise, samples)  # (20,)
    y_test = truth(x_test) + rng.normal(0, noise, tests)  # (1000,)
    thetas = [fit_polynomial(x, y, degree) for degree in range(degrees)]
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "thetas": [theta.tolist() for theta in thetas],
        "train": [float(np.mean((predict(t, x) - y) ** 2)) for t in thetas],
        "test": [float(np.mean((predict(t, x_test) - y_test) ** 2)) for t in thetas],
    }


# --8<-- [start:resample]
def experiment_resampled(degrees=13, samples=30, noise=0.3, repeats=200, seed=0):
    rng = np.random.default_rng(seed)
    x, grid = np.linspace(-1, 1, samples), np.linspace(-1, 1, 200)
    y = truth(x) + rng.normal(0, noise, (repeats, samples))  # (200, 30) 데이터 200벌
    fresh = truth(grid) + rng.normal(0, noise, (repeats, 200))  # (200, 200) 새 데이터
    rows = []
    for degree in range(degrees):
        thetas = [fit_polynomial(x, one, degree) for one in y]
        fits = np.array([predict(theta, grid) for theta in thetas])  # (200, 200)
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
        at_data = np.array([predict(theta, x) for theta in thetas])  # (200, 30)
        rows[-1]["train"] = np.mean((at_data - y) ** 2)
        rows[-1]["variance_at_data"] = np.mean((at_data - at_data.mean(axis=0)) ** 2)
    rows = [{key: float(value) for key, value in row.items()} for row in rows]
    return {"noise": noise**2, "samples": samples, "rows": rows}


# ---------------------------------------------------------------- 데이터와 신경망


def shrink(images):
    """28×28 사진을 2×2씩 평균 내어 14×14로 줄이고 폅니다. 계산이 네 배 가벼워집니다."""
    blocks = images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4))  # (n, 14, 14)
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


# --8<-- [start:gradients]
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


# --8<-- [end:gradients]


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
        theta.append(rng.uniform(-limit, limit, (rows, columns)).astype("float32"))
        theta.append(np.zeros(columns, dtype="float32"))
    return theta


def adam_step(theta, slopes, m, v, step, lr):
    """Adam 한 걸음. theta, m, v를 제자리에서 고칩니다. Keras의 식을 그대로 씁니다."""
    rate = lr * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    for w, g, first, second in zip(theta, slopes, m, v, strict=True):
        first += 0.1 * (g - first)
        second += 0.001 * (g * g - second)
        w -= np.float32(rate) * first / (np.sqrt(second) + np.float32(1e-7))


def train_network(
    data, width=128, steps=2000, batch_size=50, lr=0.001, decay=0.0, seed=0, every=100
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
            theta, gradients(theta, x[batch], y[batch], decay), m, v, step + 1, lr
        )
        if (step + 1) % every == 0:
            score = {"step": step + 1, **measure(theta, validation)}
            history.append(score)
            if score["loss"] < best["loss"]:  # 조기 종료가 돌려줄 가중치
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
    for samples in (125, 250, 1000, 4000, 16000)  # 나머지 크기는 capacity에 있습니다
    for seed in SEEDS
]


def experiment_growth(samples=2000, seed=0, width=128, steps=3000):
    return experiment_capacity(width, samples, seed, steps)


cases_shuffled = [dict(seed=seed) for seed in SEEDS]


def experiment_shuffled(seed=0, samples=500, width=512, steps=2000):
    """훈련 데이터의 레이블을 제비로 뽑아 붙이고 학습합니다."""
    (x, y), validation, test = load_images(samples, seed)
    lots = np.random.default_rng(seed).integers(0, 10, len(y))
    data = (x, lots), validation, test
    return scores_of(train_network(data, width, steps, seed=seed)[0], data)


cases_decay = [dict(decay=decay, seed=seed) for decay in DECAYS for seed in MORE_SEEDS]


def experiment_decay(decay=0.0, seed=0, samples=1000, width=128, steps=1500):
    data = load_images(samples, seed)
    theta, _, best = train_network(data, width, steps, decay=decay, seed=seed)
    norm = float(np.sqrt(sum((W**2).sum() for W in theta[::2])))  # 두 행렬의 크기
    stopped = {
        f"best_{key}": value for key, value in scores_of(best["theta"], data).items()
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
            keras.layers.Dense(10, kernel_regularizer=keras.regularizers.L2(decay)),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(lr), loss, metrics=["accuracy"])
    return model


cases_training = [
    dict(stop=stop, seed=seed) for stop in (False, True) for seed in MORE_SEEDS
]


def experiment_training(
    stop=False, seed=0, samples=1000, epochs=50, patience=5, lr=0.003
):
    train, validation, test = load_images(samples, seed)
    keras.utils.set_random_seed(seed)
    model = build_model(lr=lr)
    again = []

    def measure_again(epoch, logs):
        again.append(measure(model.get_weights(), train))

    callbacks = [keras.callbacks.LambdaCallback(on_epoch_end=measure_again)]
    if stop:
        callbacks.append(early_stopping(patience))
    history = model.fit(
        *train,
        batch_size=50,
        epochs=epochs,
        validation_data=validation,
        validation_batch_size=1000,
        callbacks=callbacks,
        verbose=0,
    ).history
    return {
        **scores_of(model.get_weights(), (train, validation, test)),
        "history": history,
        "again": [score["accuracy"] for score in again],
        "epochs_run": len(again),
    }


# --8<-- [start:stopping]
def early_stopping(patience=5):
    return keras.callbacks.EarlyStopping(
        monitor="val_loss",  # 검증 손실을 지켜보다가
        patience=patience,  # 5에폭 동안 나아지지 않으면 멈추고
        restore_best_weights=True,  # 가장 좋았던 에폭의 가중치로 되돌립니다
    )


# --8<-- [end:stopping]


# ---------------------------------------------------------------- 검증 데이터가 하는 일


def fit_weights(x, y, epochs, seed, **options):
    keras.utils.set_random_seed(seed)
    model = build_model(32)
    history = model.fit(x, y, batch_size=50, epochs=epochs, verbose=0, **options)
    return model.get_weights(), history.history


# --8<-- [start:watched]
def experiment_watched(samples=1000, epochs=5, seed=0):
    (x, y), other, _ = load_images(samples, seed)
    cut = len(x) * 4 // 5  # 앞의 80 %로 학습합니다
    runs = {
        "none": fit_weights(x[:cut], y[:cut], epochs, seed),
        "split": fit_weights(x, y, epochs, seed, validation_split=0.2),
        "other": fit_weights(x[:cut], y[:cut], epochs, seed, validation_data=other),
    }
    base = runs["none"][0]
    # --8<-- [end:watched]
    model = build_model(32)
    model.set_weights(runs["split"][0])
    last = measure(model.get_weights(), (x[cut:], y[cut:]))
    return {
        "differences": {
            name: max(
                float(np.abs(a - b).max()) for a, b in zip(weights, base, strict=True)
            )
            for name, (weights, _) in runs.items()
        },
        "reported": runs["split"][1]["val_loss"][-1],
        "last_share": last["loss"],
        "first_share": measure(model.get_weights(), (x[:-cut], y[:-cut]))["loss"],
    }


# --8<-- [start:split]
def split(n, share=0.2, seed=42):
    order = np.random.default_rng(seed).permutation(n)  # 섞은 번호 (n,)
    held_out = round(share * n)
    return order[held_out:], order[:held_out]  # 훈련 번호, 검증 번호


def stratified_split(y, share=0.2, seed=42):
    """클래스마다 같은 비율로 나눕니다."""
    parts = [np.flatnonzero(y == label) for label in np.unique(y)]
    chosen = [part[split(len(part), share, seed)[1]] for part in parts]
    validation = np.concatenate(chosen)
    return np.setdiff1d(np.arange(len(y)), validation), validation


# --8<-- [end:split]


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
        "counts": {k: np.bincount(v, minlength=10).tolist() for k, v in ways.items()},
        "same_seed": bool((validation == again).all()),
        "shared": len(np.intersect1d(validation, split(n, share, seed=43)[1])),
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
        right = rng.binomial(images, accuracy, (repeats, k))  # (2000, k) 맞힌 수
        chosen = right.max(axis=1) / images  # (2000,) 고른 것의 검증 정확도
        rows.append({"k": k, "optimism": float(chosen.mean() - accuracy)})
    return {"error": float(np.sqrt(accuracy * (1 - accuracy) / images)), "rows": rows}


# --8<-- [end:guessers]


def experiment_candidates(
    candidates=40, samples=2000, steps=300, pool=12000, repeats=1000, seed=0
):
    """하이퍼파라미터를 제비로 뽑은 신경망들 가운데 하나를 검증 데이터로 고릅니다."""
    data = load_images(samples, seed, pool)
    rng = np.random.default_rng(seed)
    right = {"validation": [], "test": []}
    for number in range(candidates):
        width, lr = int(rng.choice([32, 64, 128])), 10 ** rng.uniform(-3.3, -2.3)
        theta = train_network(
            data, width, steps, lr=lr, seed=1000 + number, every=steps
        )[0]
        for part, (x, y) in zip(right, data[1:], strict=True):
            right[part].append(forward(theta, x)[1].argmax(axis=1) == y)
    right = {part: np.array(rows) for part, rows in right.items()}  # (40, 장수)
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
    return measure(theta, (shrink(x[chosen]), y[chosen].astype("int64")))["accuracy"]


def select(right, test, repeats, rng):
    """검증 사진 n장과 후보 k개를 거듭 뽑아, 고른 후보의 검증 − 테스트를 잽니다."""
    rows = []
    for n in (100, 500, 2000):
        for k in (1, 2, 5, 10, 20, 40):
            gaps, scores = [], []
            for _ in range(repeats):
                images = rng.choice(right.shape[1], min(n, right.shape[1]), False)
                models = rng.choice(len(right), min(k, len(right)), False)
                validation = right[np.ix_(models, images)].mean(axis=1)  # (k,)
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
                right[one, rng.choice(right.shape[1], min(n, right.shape[1]), False)]
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
                "inside": float((np.abs(scores - p) <= 1.96 * error).mean()),
                "inside_test": float(
                    (np.abs(scores - test[models]) <= 1.96 * error).mean()
                ),
            }
        )
    return rows


# ---------------------------------------------------------------- 견주기

T95 = {2: 4.303, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)


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


def difference_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f}"


def averages(frame, by):
    """조건마다 시드의 평균을, 점으로 부를 수 있는 이름으로 모읍니다."""
    means = frame.groupby(by).mean(numeric_only=True).drop(columns="seed")
    means["gap"] = means["train_accuracy"] - means["validation_accuracy"]
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
    means = averages(frame.drop(columns=["history", "width"]), ["samples"])
    return {f"n{samples}": row.to_dict() for samples, row in means.iterrows()}


def experiment_decay_summary(decay):
    """만분의 일을 단위로 한 세기마다의 평균과, 멈추기 − 감쇠의 짝 차이."""
    means = averages(decay, ["decay"])
    best = means["test_loss"].idxmin()
    mean, half = paired(
        pick(decay, "best_test_loss", decay=0.0), pick(decay, "test_loss", decay=best)
    )
    return {
        **{f"l{round(1e4 * name)}": row.to_dict() for name, row in means.iterrows()},
        "stop_or_decay": float(mean),
        "half": float(half),
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
            "logged_1": float(np.mean([h["accuracy"][0] for h in runs["history"]])),
            "again_1": float(np.mean([again[0] for again in runs["again"]])),
            "validation_1": float(
                np.mean([h["val_accuracy"][0] for h in runs["history"]])
            ),
        }
    return summary


def experiment_candidates_summary(candidates):
    gaps = {(row["n"], row["k"]): row for row in candidates["selection"]}
    test, validation = np.array(candidates["test"]), np.array(candidates["validation"])
    p = test.mean()
    return {
        **{
            f"n{n}_k{k}": row["gap"] - gaps[n, 1]["gap"] for (n, k), row in gaps.items()
        },
        **{f"test_n{n}_k{k}": row["chosen_test"] for (n, k), row in gaps.items()},
        "shift": float((validation - test).mean()),
        "shift_low": float((validation - test).min()),
        "shift_error": float(np.sqrt(p * (1 - p) * (1 / 12000 + 1 / 10000))),
    }


# ---------------------------------------------------------------- 그림


def figure_fits(fits):
    """같은 점 20개에 맞춘 1차, 4차, 15차 다항식(왼쪽)과, 차수에 따른 훈련 오차와 테스트
    오차(오른쪽). 오차는 제곱 오차의 평균이고 세로축은 로그 눈금입니다.

    대체 텍스트: 1차는 점을 따라가지 못하는 직선, 4차는 점선으로 그린 참 곡선에 가까운
    곡선, 15차는 점을 거의 다 지나며 크게 출렁이는 곡선입니다. 차수가 커질수록 훈련 오차는
    계속 내려가지만 테스트 오차는 내려갔다가 다시 올라갑니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained")
    grid = np.linspace(-1, 1, 400)
    left.plot(grid, truth(grid), "C7:", linewidth=1.5, label="참 곡선")
    for color, degree in (("C0", 1), ("C2", 4), ("C3", 15)):
        left.plot(
            grid, predict(fits["thetas"][degree], grid), color, label=f"{degree}차"
        )
    left.plot(fits["x"], fits["y"], "C4o", markersize=4)
    left.set(ylim=(-3, 3), xlabel="$x$", ylabel="$y$")
    left.legend(ncols=2, loc="lower right")
    degrees = np.arange(len(fits["train"]))
    right.semilogy(degrees, fits["train"], "C0o-", markersize=3, label="훈련 오차")
    right.semilogy(degrees, fits["test"], "C1s-", markersize=3, label="테스트 오차")
    right.set(xlabel="다항식의 차수", ylabel="제곱 오차의 평균")
    right.set_xticks([1, 4, 8, 12, 15])
    right.legend(loc="lower left")
    return fig


def figure_tradeoff(resampled):
    """차수에 따른 편향², 분산, 그리고 테스트 오차. 점 30개짜리 데이터를 200벌 새로 뽑아
    맞추었습니다. 마름모는 따로 잰 테스트 오차이고, 굵은 선은 편향² + 분산 + 잡음입니다.

    대체 텍스트: 편향²은 1차와 3차, 5차에서 계단처럼 떨어지고 분산은 꾸준히 올라갑니다. 둘에
    잡음을 더한 굵은 선은 3차에서 5차 사이가 가장 낮고, 따로 잰 테스트 오차의 마름모가 그
    선 위에 놓입니다.
    """
    rows = pd.DataFrame(resampled["rows"])
    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    total = rows["bias"] + rows["variance"] + resampled["noise"]
    ax.semilogy(rows.index, rows["bias"], "C0o-", markersize=4, label="편향²")
    ax.semilogy(rows.index, rows["variance"], "C1s-", markersize=4, label="분산")
    ax.axhline(resampled["noise"], color="C7", linestyle=":", label="잡음 $\\sigma^2$")
    ax.semilogy(rows.index, total, "C2", linewidth=3, alpha=0.6, label="셋의 합")
    ax.semilogy(rows.index, rows["test"], "C3D", markersize=4, label="잰 테스트 오차")
    ax.set(xlabel="다항식의 차수", ylabel="제곱 오차의 평균", ylim=(3e-5, 10))
    ax.legend(ncols=2, loc="upper right")
    return fig


def figure_sizes(capacity):
    """신경망의 너비와 데이터의 양을 바꾼 정확도(왼쪽)와 검증 손실(오른쪽). 시드 3개의
    평균입니다. 왼쪽의 파선은 훈련, 실선은 검증 정확도이고, 오른쪽의 실선은 끝까지 학습한
    손실, 점선은 검증 손실이 가장 낮았던 때의 손실입니다.

    대체 텍스트: 너비 2에서는 훈련과 검증이 모두 낮고 붙어 있습니다. 너비가 커질수록 두
    정확도가 오르고, 데이터가 적을수록 사이가 많이 벌어집니다. 데이터가 500장과
    2000장일 때 끝까지 학습한 검증 손실은 내려갔다가 올라가지만 점선은 계속 내려갑니다.
    """
    means = averages(capacity, ["samples", "width"])
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.5), layout="constrained")
    for color, (samples, part) in zip(
        ("C3", "C0", "C2"), means.groupby("samples"), strict=True
    ):
        width = part.index.get_level_values("width")
        left.plot(width, part["train_accuracy"], color + "o--", markersize=3)
        left.plot(
            width,
            part["validation_accuracy"],
            color + "o-",
            markersize=3,
            label=f"{samples}장",
        )
        right.plot(width, part["validation_loss"], color + "o-", markersize=3)
        right.plot(width, part["best_validation_loss"], color + "o:", markersize=3)
    left.set_ylabel("정확도 (파선은 훈련)")
    right.set_ylabel("검증 손실 (점선은 가장 낮은 때)")
    for ax in (left, right):
        ax.set_xscale("log", base=2)
        ax.set_xticks(list(WIDTHS), [str(width) for width in WIDTHS])
        ax.set_xlabel("은닉층의 너비")
    left.legend(loc="lower right")
    return fig


def table_gaps(capacity):
    """일반화 격차(훈련 정확도 − 검증 정확도)를 끝까지 학습한 뒤에 잰 값. 시드 3개의
    평균입니다.
    """
    gaps = averages(capacity, ["samples", "width"])["gap"].unstack("samples")
    frame = pd.DataFrame({"너비": gaps.index})
    for samples in SIZES:
        frame[f"{samples}장"] = gaps[samples].to_numpy()
    frame.attrs["format"] = {f"{samples}장": "+.3f" for samples in SIZES}
    return frame


def figure_curves(training):
    """한 번의 학습에서 잰 세 정확도(시드 0). 훈련 로그의 정확도는 에폭이 도는 동안의 평균이고,
    다시 잰 훈련 정확도는 에폭이 끝난 뒤의 가중치로 훈련 데이터를 다시 채점한 값입니다.

    대체 텍스트: 처음 몇 에폭에서는 로그의 훈련 정확도가 가장 낮아 검증 정확도보다도
    아래에 있습니다. 다시 잰 훈련 정확도는 처음부터 검증 정확도와 비슷하거나 높습니다.
    """
    run = training[~training["stop"]].sort_values("seed").iloc[0]
    epochs = np.arange(1, 16)
    fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    for values, style, label in (
        (run["history"]["accuracy"], "C3o--", "훈련: 로그에 찍힌 값"),
        (run["again"], "C0o-", "훈련: 에폭 끝에 다시 잰 값"),
        (run["history"]["val_accuracy"], "C1s-", "검증"),
    ):
        ax.plot(epochs, values[: len(epochs)], style, markersize=4, label=label)
    ax.set(xlabel="에폭", ylabel="정확도")
    ax.set_xticks([1, 5, 10, 15])
    ax.legend()
    return fig


def figure_stopped(training):
    """끝까지 학습한 손실 곡선과 조기 종료가 한 일(시드 0). 동그라미가 되돌아간 에폭,
    세로선이 멈춘 에폭입니다.

    대체 텍스트: 훈련 손실은 끝까지 내려갑니다. 검증 손실은 초반에 가장 낮아졌다가 다시
    올라갑니다. 동그라미는 검증 손실의 바닥 근처에, 세로선은 그보다 다섯 에폭 뒤에 있습니다.
    """
    runs = training.sort_values("seed")
    full = runs[~runs["stop"]].iloc[0]["history"]
    stopped = runs[runs["stop"]].iloc[0]
    epochs = np.arange(1, len(full["loss"]) + 1)
    best = int(np.argmin(stopped["history"]["val_loss"]))
    fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    ax.plot(epochs, full["loss"], "C0", label="훈련 손실")
    ax.plot(epochs, full["val_loss"], "C1", label="검증 손실")
    ax.axvline(stopped["epochs_run"], color="C3", linestyle="--", label="멈춘 에폭")
    ax.plot(
        best + 1,
        stopped["history"]["val_loss"][best],
        "C3o",
        markersize=10,
        fillstyle="none",
        markeredgewidth=2,
        label="되돌아간 에폭",
    )
    ax.set(xlabel="에폭", ylabel="교차 엔트로피", ylim=(0, 1.2))
    ax.legend()
    return fig


def table_stopping(training):
    """끝까지 학습한 것과 조기 종료한 것. 시드 5개의 평균입니다."""
    rows = []
    for stop, label in ((False, "50에폭 끝까지"), (True, "조기 종료")):
        runs = training[training["stop"] == stop]
        rows.append(
            {
                "학습": label,
                "에폭": runs["epochs_run"].mean(),
                "훈련 정확도": runs["train_accuracy"].mean(),
                "테스트 정확도": runs["test_accuracy"].mean(),
                "테스트 손실": runs["test_loss"].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "에폭": ".1f",
        "훈련 정확도": ".3f",
        "테스트 정확도": ".3f",
        "테스트 손실": ".3f",
    }
    return frame


def figure_penalty(decay):
    """가중치 감쇠의 세기 λ에 따른 손실(왼쪽)과 가중치의 크기(오른쪽). 점 하나가 시드
    하나이고 선은 평균입니다. 파선은 검증 손실이 가장 낮았던 때로 되돌린 테스트 손실입니다.

    대체 텍스트: 왼쪽에서 테스트 손실은 중간 세기까지 조금 내려갔다가 센 쪽에서 크게
    오릅니다. 훈련 손실은 계속 오릅니다. 조기 종료한 파선은 약한 세기에서 실선보다
    낮습니다. 오른쪽에서 가중치의 크기는 세기가 커질수록 줄어듭니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained")
    strengths = sorted(decay["decay"].unique())
    place = decay["decay"].map(strengths.index)
    for ax, key, style, label in (
        (left, "train_loss", "C0o-", "훈련"),
        (left, "test_loss", "C1o-", "테스트"),
        (left, "best_test_loss", "C1o--", "테스트, 조기 종료"),
        (right, "norm", "C2o-", "가중치의 크기"),
    ):
        mean = decay.groupby("decay")[key].mean()
        ax.plot(place, decay[key], style[:3].rstrip("-"), markersize=3, alpha=0.4)
        ax.plot(range(len(mean)), mean, style.replace("o", ""), label=label)
    for ax in (left, right):
        ax.set_xticks(range(len(strengths)), [f"{value:g}" for value in strengths])
        ax.tick_params(axis="x", labelrotation=40)
        ax.set_xlabel("세기 $\\lambda$")
    left.set_ylabel("교차 엔트로피 (벌 제외)")
    right.set(ylabel="$\\sqrt{\\|W_1\\|^2 + \\|W_2\\|^2}$", ylim=(0, None))
    left.legend()
    return fig


def figure_more(growth_summary):
    """훈련 데이터의 양에 따른 정확도(왼쪽)와 손실(오른쪽). 너비 128, 갱신 3000번, 시드 3개의
    평균입니다. 점선은 검증 손실이 가장 낮았던 때입니다.

    대체 텍스트: 데이터가 늘수록 훈련 정확도는 1에서 내려오고 검증 정확도는 올라가 둘
    사이가 좁아집니다. 끝까지 학습한 검증 손실도 데이터가 늘수록 크게 내려갑니다.
    """
    rows = {int(name[1:]): row for name, row in growth_summary.items()}
    frame = pd.DataFrame(rows).T.sort_index()
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.4), layout="constrained")
    left.plot(frame.index, frame["train_accuracy"], "C0o-", markersize=4, label="훈련")
    left.plot(
        frame.index, frame["validation_accuracy"], "C1s-", markersize=4, label="검증"
    )
    left.fill_between(
        frame.index,
        frame["train_accuracy"],
        frame["validation_accuracy"],
        color="C1",
        alpha=0.15,
        label="일반화 격차",
    )
    right.plot(frame.index, frame["train_loss"], "C0o-", markersize=4, label="훈련")
    right.plot(
        frame.index, frame["validation_loss"], "C1s-", markersize=4, label="검증"
    )
    right.plot(
        frame.index,
        frame["best_validation_loss"],
        "C1s:",
        markersize=4,
        label="검증, 조기 종료",
    )
    for ax in (left, right):
        ax.set_xscale("log", base=2)
        ax.set_xticks([125, 500, 2000, 8000], ["125", "500", "2000", "8000"])
        ax.set_xlabel("훈련 사진의 수")
        ax.legend()
    left.set_ylabel("정확도")
    right.set_ylabel("교차 엔트로피")
    return fig


def figure_optimism(guessers, candidates):
    """k개 가운데 검증 점수가 가장 높은 것을 골랐을 때, 그 점수가 실력보다 얼마나 부풀려졌는지.
    왼쪽은 실력이 똑같은 가짜 모델, 오른쪽은 진짜 신경망 40개에서 뽑은 후보입니다.

    대체 텍스트: 두 그림 모두 후보가 많아질수록 부풀림이 커집니다. 오른쪽에서는 검증
    사진이 적을수록 부풀림이 크고, 2000장이면 거의 없습니다.
    """
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7, 3.4), sharey=True, layout="constrained"
    )
    rows = pd.DataFrame(guessers["rows"])
    left.plot(rows["k"], rows["optimism"], "C0o-", markersize=4, label="잰 값")
    bound = guessers["error"] * np.sqrt(2 * np.log(rows["k"]))
    left.plot(rows["k"], bound, "C7:", label="$\\sqrt{2\\ln k}\\cdot$표준오차")
    left.set_title("가짜 모델, 검증 500장")
    left.set_ylabel("고른 것의 부풀림")
    selection = pd.DataFrame(candidates["selection"])
    for color, (n, part) in zip(
        ("C3", "C0", "C2"), selection.groupby("n"), strict=True
    ):
        inflation = part["gap"] - part["gap"].iloc[0]
        right.plot(part["k"], inflation, color + "o-", markersize=4, label=f"{n}장")
    right.set_title("진짜 신경망")
    for ax in (left, right):
        ax.set(xscale="log", xlabel="후보의 수 $k$")
        ax.set_xticks([1, 10, 100], ["1", "10", "100"])
        ax.legend()
    right.set_xticks([1, 10, 40], ["1", "10", "40"])
    return fig


def table_counts(splits):
    """검증 데이터 12000장에 든 클래스별 장수의 범위. Fashion-MNIST 60000장을 네 가지로
    나누었습니다.
    """
    labels = {
        "last": "마지막 20 %",
        "shuffled": "섞어서 (시드 42)",
        "stratified": "층화",
        "sorted": "정렬된 데이터의 마지막",
    }
    return pd.DataFrame(
        {
            "나누는 법": label,
            "가장 적은 클래스": min(splits["counts"][key]),
            "가장 많은 클래스": max(splits["counts"][key]),
        }
        for key, label in labels.items()
    )


def table_sampling(candidates):
    """검증 사진 n장으로 잰 정확도의 표준오차. 사진을 1000번 새로 뽑아 잰 값과 식의 값,
    그리고 검증 전체와 테스트에서의 정확도가 ±1.96 표준오차 안에 든 비율입니다.
    """
    rows = pd.DataFrame(candidates["sampling"])
    frame = pd.DataFrame(
        {
            "검증 n": rows["n"],
            "식": rows["formula"],
            "잰 값": rows["spread"],
            "검증 전체": rows["inside"],
            "테스트": rows["inside_test"],
        }
    )
    frame.attrs["format"] = {
        "식": ".4f",
        "잰 값": ".4f",
        "검증 전체": ".1%",
        "테스트": ".1%",
    }
    return frame


# ---------------------------------------------------------------- 주장


def claim_turns(resampled):
    """차수를 올리면 훈련 오차는 끝까지 줄지만, 테스트 오차는 3차와 5차 사이에서 가장 작고
    그 뒤로는 계속 커집니다.

    점 30개, 잡음의 표준편차 0.3, 데이터 200벌의 평균, 0차에서 12차까지.
    """
    rows = pd.DataFrame(resampled["rows"])
    falls = (rows["train"].diff()[1:] < 0).all()
    best = int(rows["test"].idxmin())
    rises = (rows["test"].diff()[6:] > 0).all()
    last = rows.iloc[-1]
    evidence = (
        f"테스트 오차가 가장 작은 차수는 {best}차({rows['test'].min():.4f})이고, "
        f"12차에서 훈련 오차는 {last['train']:.4f}, 테스트 오차는 {last['test']:.4f}입니다."
    )
    return bool(falls and 3 <= best <= 5 and rises), evidence


def claim_decomposition(resampled):
    """평균 곡선으로 나눈 편향²과 분산을 더하면 참 곡선과의 거리와 같고, 잡음까지 더하면
    따로 잰 테스트 오차와 2 % 안에서 같습니다.

    앞의 등식은 항등식이라 반올림 오차만 남고, 뒤의 것은 새 잡음을 뽑아 잰 값이라 어림입니다.
    """
    rows = pd.DataFrame(resampled["rows"])
    total = rows["bias"] + rows["variance"]
    exact = (total - rows["distance"]).abs().max()
    measured = ((total + resampled["noise"]) / rows["test"] - 1).abs().max()
    evidence = f"항등식의 오차 {exact:.1e}, 테스트 오차와의 상대 오차 {measured:.1%}."
    return bool(exact < 1e-5 and measured < 0.02), evidence


def claim_memorised(shuffled):
    """레이블을 제비로 뽑아 붙여도 신경망은 훈련 데이터를 99% 넘게 외우고, 새 사진에서는 찍는
    것과 같습니다.

    500장, 너비 512, 갱신 2000번, 시드 3개 모두. 찍으면 0.1이고 0.05보다 작은 차이는 같다고
    봅니다.
    """
    train, test = shuffled["train_accuracy"], shuffled["test_accuracy"]
    evidence = (
        f"가장 낮은 훈련 정확도 {train.min():.3f}, 테스트 정확도 {test.mean():.3f}."
    )
    return bool(train.min() > 0.99 and (test - 0.1).abs().max() < 0.05), evidence


def claim_underfit(capacity):
    """과소적합한 신경망을 키우면 훈련 정확도와 검증 정확도가 함께 오릅니다.

    너비 2를 32로 키웁니다. 데이터 500·2000·8000장, 갱신 3000번, 시드 3개의 짝마다
    견주고, 가장 적게 오른 짝도 0.05 넘게 올라야 합니다.

    원문: (C10) 과소적합한 곡선이면 모델을 더 복잡하게 만듭니다.
    판정: 재현됨
    """
    gains = {
        key: [
            pick(capacity, key, samples=samples, width=32)
            - pick(capacity, key, samples=samples, width=2)
            for samples in SIZES
        ]
        for key in ("train_accuracy", "validation_accuracy")
    }
    train, validation = (np.array(rows) for rows in gains.values())  # (3, 시드 수)
    evidence = f"가장 적게 오른 짝도 훈련 {train.min():+.3f}, 검증 {validation.min():+.3f}입니다."
    return bool(train.min() > 0.05 and validation.min() > 0.05), evidence


def claim_simpler(capacity):
    """과적합한 신경망을 줄이면 검증 손실은 내려가지만, 검증 정확도가 오른다고는 할 수 없습니다.

    너비 512를 32로 줄입니다. 데이터 500장과 2000장, 갱신 3000번 끝까지, 시드 3개. 손실은 시드
    셋에서 모두 내려갔습니다. 정확도는 짝 차이의 95 % 신뢰 구간이 0 위에 있지 않습니다.

    원문: (C11) 과적합한 곡선이면 모델을 더 단순하게 만듭니다.
    판정: 조건부
    """
    text, holds = [], True
    for samples in (500, 2000):
        differences = {
            key: pick(capacity, key, samples=samples, width=32)
            - pick(capacity, key, samples=samples, width=512)
            for key in ("validation_loss", "validation_accuracy")
        }
        loss, accuracy = differences.values()
        mean, half = paired(accuracy, 0)
        holds &= loss.max() < 0 and mean - half <= 0
        text.append(
            f"{samples}장: 손실 {difference_text(loss, 0)}, "
            f"정확도 {difference_text(accuracy, 0)}"
        )
    return bool(holds), "너비 32 − 너비 512. " + "; ".join(text) + "."


def claim_stop_or_shrink(capacity):
    """줄이는 것보다 멈추는 것이 낫습니다. 너비 512를 알맞은 때에 멈추면, 끝까지 학습한 어느
    작은 신경망보다도 테스트 손실이 낮습니다.

    멈출 때는 검증 손실로 고르고 테스트 손실로 견줍니다. 500장과 2000장, 시드 3개 모두.
    """
    text, holds = [], True
    for samples in (500, 2000):
        stopped = pick(capacity, "best_test_loss", samples=samples, width=512)
        small = np.array(
            [pick(capacity, "test_loss", samples=samples, width=w) for w in WIDTHS[:-1]]
        ).min(axis=0)  # (시드 수,) 시드마다 가장 나은 작은 신경망
        holds &= (stopped < small).all()
        text.append(
            f"{samples}장: 멈춘 512는 {stopped.mean():.3f}, "
            f"가장 나은 작은 것은 {small.mean():.3f}"
        )
    return bool(holds), "; ".join(text) + "."


def claim_running(training):
    """로그에 찍힌 훈련 정확도는 에폭이 도는 동안의 평균이라, 처음 다섯 에폭의 평균이 다시
    잰 값보다 낮고 첫 에폭에는 검증 정확도보다도 낮습니다.

    1000장, 너비 128, Adam(0.003), 시드 5개 모두에서. 드롭아웃은 쓰지 않았습니다.
    """
    runs = training[~training["stop"]]
    logged = np.array([h["accuracy"][:5] for h in runs["history"]])  # (5, 5)
    again = np.array([values[:5] for values in runs["again"]])
    validation = np.array([h["val_accuracy"][:5] for h in runs["history"]])
    lower = (logged.mean(axis=1) < again.mean(axis=1)).all()
    lower &= (logged[:, 0] < validation[:, 0]).all()
    evidence = (
        f"첫 에폭: 로그 {logged[:, 0].mean():.3f}, 다시 재면 {again[:, 0].mean():.3f}, "
        f"검증 {validation[:, 0].mean():.3f}. 다섯 에폭의 평균: 로그 {logged.mean():.3f}, "
        f"다시 재면 {again.mean():.3f}."
    )
    return bool(lower), evidence


def claim_epochs(training):
    """에폭을 거듭하면 처음에는 좋아지지만, 검증 손실은 바닥을 지나 다시 올라갑니다.

    1000장, 너비 128, Adam(0.003), 50에폭, 시드 5개 모두. 바닥은 40에폭보다 앞이고, 끝의 검증
    손실은 바닥보다 0.03 넘게 높습니다.

    원문: (C44) 여러 에폭을 거치며 모델이 조금씩 나아집니다.
    판정: 조건부
    """
    losses = np.array([h["val_loss"] for h in training[~training["stop"]]["history"]])
    bottom = losses.argmin(axis=1) + 1
    rise = losses[:, -1] - losses.min(axis=1)
    early = (losses[:, 4] < losses[:, 0]).all()
    evidence = (
        f"바닥은 {bottom.min()}–{bottom.max()}에폭이고, 50에폭의 검증 손실은 바닥보다 "
        f"평균 {rise.mean():.3f} 높습니다."
    )
    return bool(early and bottom.max() < 40 and rise.min() > 0.03), evidence


def claim_halted(training):
    """조기 종료는 테스트 손실을 낮추지만 테스트 정확도를 올린다고는 할 수 없습니다.

    EarlyStopping(patience=5, restore_best_weights=True). 1000장, 너비 128, Adam(0.003),
    시드 5개의 짝 차이와 95 % 신뢰 구간. 멈추기 전까지의 기록은 끝까지 학습한 것과 같습니다.
    """
    differences = {
        key: paired(pick(training, key, stop=True), pick(training, key, stop=False))
        for key in ("test_loss", "test_accuracy")
    }
    loss, accuracy = differences.values()
    same = all(
        stopped["val_loss"] == full["val_loss"][: len(stopped["val_loss"])]
        for stopped, full in zip(
            *(
                training[training["stop"] == stop].sort_values("seed")["history"]
                for stop in (True, False)
            ),
            strict=True,
        )
    )
    evidence = (
        f"조기 종료 − 끝까지: 테스트 손실 {loss[0]:+.3f} ± {loss[1]:.3f}, "
        f"테스트 정확도 {accuracy[0]:+.4f} ± {accuracy[1]:.4f}."
    )
    return bool(
        loss[0] + loss[1] < 0 and accuracy[0] - accuracy[1] < 0 and same
    ), evidence


def claim_decay(decay):
    """알맞은 가중치 감쇠는 가중치와 테스트 손실을 줄이지만, 테스트 정확도를 올리지는
    않습니다.

    λ = 0.001과 0을 견줍니다. 0.001은 시험한 여섯 세기 가운데 검증 손실의 평균이 가장 낮은
    것입니다. 1000장, 너비 128, 갱신 1500번, 시드 5개의 짝 차이와 95 % 신뢰 구간. 손실에는
    벌을 넣지 않았습니다.
    """
    some, none = ({"decay": value} for value in (1e-3, 0.0))
    loss, accuracy = (
        paired(pick(decay, key, **some), pick(decay, key, **none))
        for key in ("test_loss", "test_accuracy")
    )
    norms = np.array([pick(decay, "norm", decay=value) for value in DECAYS])  # (6, 5)
    shrinks = (np.diff(norms, axis=0) < 0).all()
    evidence = (
        f"가중치의 크기 {norms[0].mean():.1f} → {norms[3].mean():.1f}. "
        f"테스트 손실 {loss[0]:+.3f} ± {loss[1]:.3f}, "
        f"테스트 정확도 {accuracy[0]:+.4f} ± {accuracy[1]:.4f}."
    )
    holds = shrinks and loss[0] + loss[1] < 0 and accuracy[0] - accuracy[1] < 0
    holds &= decay.groupby("decay")["validation_loss"].mean().idxmin() == 1e-3
    return bool(holds), evidence


def claim_larger(growth, capacity):
    """데이터를 두 배로 늘릴 때마다 일반화 격차가 줄고, 4000장까지는 네 배로 늘릴 때마다 검증
    정확도가 0.01 넘게 오릅니다.

    시드 3개의 평균이 그렇습니다. 4000장을 넘으면 오르는 폭이 작아 판정하지 않았습니다.
    125장에서 16000장까지, 너비 128, 갱신 3000번. 갱신 횟수가 같으므로 데이터가 많을수록
    에폭은 적습니다.
    """
    runs = pd.concat([growth, capacity[capacity["width"] == 128]])
    sizes = sorted(runs["samples"].unique())  # 두 배씩 여덟 가지
    train, accuracy = (
        np.array([pick(runs, f"{part}_accuracy", samples=n) for n in sizes])
        for part in ("train", "validation")
    )  # (8, 시드 수)
    judged = accuracy[: sizes.index(4000) + 1]
    gap, step = train - accuracy, np.diff(judged, axis=0)
    fourfold = judged[2:] - judged[:-2]
    evidence = (
        f"평균 격차 {gap[0].mean():.3f} → {gap[-1].mean():.3f}, 검증 정확도 "
        f"{accuracy[0].mean():.3f} → {accuracy[-1].mean():.3f}. 4000장까지 네 배에 가장 적게 오른 것은 "
        f"{fourfold.min():+.3f}, 두 배에 내려간 것은 {step.size}번 가운데 {(step < 0).sum()}번입니다."
    )
    narrows = np.diff(gap.mean(axis=1)).max() < 0
    grows = fourfold.mean(axis=1).min() > 0.01
    return bool(narrows and grows), evidence


def claim_watched(watched):
    """검증 데이터를 지켜보기만 하면 아무것도 달라지지 않습니다. 검증 없이, 마지막 20 %로,
    다른 사진으로 검증하며 학습한 세 신경망의 가중치는 마지막 자리까지 같습니다.

    훈련 사진 800장과 시드가 같을 때. 너비 32, 5에폭.

    원문: (C40) 검증 세트는 학습하는 동안 평가에 쓰이고 과적합을 막아 줍니다.
    판정: 반증
    """
    worst = max(watched["differences"].values())
    return worst == 0, f"가중치의 가장 큰 차이는 {worst:g}입니다."


def claim_last(watched):
    """validation_split은 섞지 않고 데이터의 마지막 몫을 떼어 냅니다.

    1000장에 validation_split=0.2를 주고, 기록된 val_loss를 마지막 200장으로 직접 잰 값과
    견줍니다. 소수 다섯째 자리까지 같아야 합니다.
    """
    error = abs(watched["reported"] - watched["last_share"])
    other = abs(watched["reported"] - watched["first_share"])
    evidence = f"마지막 200장과의 차이 {error:.1g}, 처음 200장과의 차이 {other:.3f}."
    return bool(error < 1e-5 and other > 1e-3), evidence


def claim_reproducible(splits):
    """시드를 정하면 똑같이 나뉘고, 시드를 바꾸면 다르게 나뉩니다.

    60000장의 번호를 NumPy로 섞어 12000장을 뗍니다.

    원문: (C41) random_state를 정하면 같은 분할을 다시 얻습니다.
    판정: 재현됨
    """
    share = splits["shared"] / splits["validation"]
    evidence = f"시드 42를 두 번 쓰면 모두 같고, 시드 43과는 {share:.0%}만 겹칩니다."
    apart = splits["overlap"] == 0 and 0.15 < share < 0.25
    return bool(splits["same_seed"] and apart), evidence


def claim_inflated(guessers, candidates_summary):
    """여럿 가운데 검증 점수가 가장 높은 것을 고르면 그 점수는 실력보다 높게 나오고, 검증
    사진이 많으면 그 부풀림이 줄어듭니다.

    가짜 모델: 실력이 모두 0.8인 것 100개를 500장으로 2000번, 표준오차의 두 배 넘게
    부풀어야 합니다. 신경망: 너비와 학습률을 제비로 뽑은 40개를 100장과 2000장으로 1000번,
    2000장의 부풀림이 100장의 3분의 1보다 작아야 합니다.
    """
    fake = {row["k"]: row["optimism"] for row in guessers["rows"]}
    few, many = candidates_summary["n100_k40"], candidates_summary["n2000_k40"]
    evidence = (
        f"가짜 100개 {fake[100]:+.3f} (표준오차의 {fake[100] / guessers['error']:.1f}배), "
        f"신경망 40개 100장 {few:+.3f}, 2000장 {many:+.4f}."
    )
    fair = abs(fake[1]) < 0.002
    return bool(
        fair and fake[100] > 2 * guessers["error"] and few > 3 * many > 0
    ), evidence


def claim_shifted(candidates, candidates_summary):
    """검증 정확도는 같은 곳에서 뽑은 사진에서의 정확도를 √(p(1−p)/n)만큼의 오차로 맞히지만,
    Fashion-MNIST의 테스트 데이터에서는 평균 0.005 넘게 낮게 나옵니다.

    신경망 40개, 검증 n장을 1000번 뽑기. 참값이 95 % 구간에 드는 비율이 90 %에서 99.5 %이면
    맞힌다고 봅니다. 테스트와의 어긋남은 신경망 40개의 평균입니다.

    원문: (C47) 훈련 데이터가 아니라 검증 데이터로 평가하면 일반화를 볼 수 있습니다.
    판정: 조건부
    """
    inside = [row["inside"] for row in candidates["sampling"]]
    shift, error = candidates_summary["shift"], candidates_summary["shift_error"]
    evidence = (
        f"참값이 든 비율 {min(inside):.1%}–{max(inside):.1%}. "
        f"검증 12000장 − 테스트 10000장은 {shift:+.4f}이고 표본 오차는 {error:.4f}입니다."
    )
    holds = min(inside) > 0.9 and max(inside) < 0.995 and shift > 0.005
    return bool(holds), evidence


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_variance]
def answer_variance(degree, samples=30, noise=0.3):
    x = np.linspace(-1, 1, samples)
    A = np.polynomial.legendre.legvander(x, degree)  # (n, degree + 1)
    H = A @ np.linalg.pinv(A)  # (n, n) 예측값 = H y
    return noise**2 * np.trace(H) / samples  # = σ²(degree + 1)/n


# --8<-- [end:answer_variance]


# --8<-- [start:answer_images]
def answer_images(accuracy=0.85, half=0.01):
    n = 1.96**2 * accuracy * (1 - accuracy) / half**2
    return int(np.ceil(n))


# --8<-- [end:answer_images]


# --8<-- [start:answer_stop]
def answer_stop(losses, patience):
    """멈추는 에폭과 되돌아갈 에폭을 1부터 세어 돌려줍니다."""
    best, waited = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best] or epoch == 0:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch + 1, best + 1


# --8<-- [end:answer_stop]


# --8<-- [start:answer_shrunk]
def answer_shrunk(W, slope, lr, decay):
    penalty = 2 * decay * W  # λ‖W‖²의 기울기
    return (1 - 2 * lr * decay) * W - lr * slope, W - lr * (slope + penalty)


# --8<-- [end:answer_shrunk]


def experiment_answers():
    stop, best = answer_stop([0.9, 0.7, 0.6, 0.62, 0.58, 0.61, 0.6, 0.59, 0.5], 3)
    return {
        "variance_4": float(answer_variance(4)),
        "variance_12": float(answer_variance(12)),
        "images": answer_images(),
        "stop": stop,
        "best": best,
        "factor": float(answer_shrunk(1.0, 0.0, 0.1, 0.001)[0]),
    }

"""학습 곡선 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
from learning_curves import (
    answer_logged,
    answer_size,
    build_mlp,
    diagnose,
    is_copy,
    measure,
    memorise,
    standard_error,
)
from training import fit

SEEDS = (0, 1, 2, 3, 4)

# 실행마다 기본값과 다른 하이퍼파라미터만 적습니다.
RUNS = {
    "healthy": dict(),
    "init": dict(scale=0.001),
    "init_fast": dict(scale=0.001, lr=0.3, epochs=10),
    "crawl": dict(lr=0.0001, epochs=10),
    "burst": dict(lr=1.0, epochs=10),
    "under": dict(
        units=(2,), activation="tanh", optimizer="adam", lr=0.01
    ),
    "wide": dict(
        units=(32,), activation="tanh", optimizer="adam", lr=0.01
    ),
    "over": dict(samples=500, optimizer="adam", lr=0.003, epochs=30),
    "small": dict(
        samples=500, optimizer="adam", lr=0.003, epochs=30, units=(32,)
    ),
    "more": dict(samples=2000, optimizer="adam", lr=0.003, epochs=30),
    "stall": dict(lr=0.3, batch_size=16, epochs=16),
    "stall_drop": dict(
        lr=0.3, batch_size=16, epochs=16, switch_at=8, factor=0.1
    ),
    "high": dict(lr=0.5, epochs=16),
    "low": dict(lr=0.001, epochs=16),
    "low_drop": dict(lr=0.001, epochs=16, switch_at=8, factor=0.1),
    "low_raise": dict(lr=0.001, epochs=16, switch_at=8, factor=10),
    "leak": dict(
        samples=500, optimizer="adam", lr=0.003, epochs=30, copies=500
    ),
    "sorted": dict(shuffle=False, epochs=16),
}


# ---------------------------------------------------------------- 데이터와 모델


def load(samples, validation, copies=0, test=2000):
    """훈련, 검증, 테스트 데이터. 검증 데이터의 앞 copies장은 훈련 데이터의 사본입니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x_val, y_val = x[-validation:].copy(), y[-validation:].copy()
    copies = min(copies, samples, len(x_val) // 2)
    x_val[:copies], y_val[:copies] = x[:copies], y[:copies]
    return (
        as_vectors(x[:samples], y[:samples]),
        as_vectors(x_val, y_val),
        as_vectors(x_test[:test], y_test[:test]),
    )


def as_vectors(images, labels):
    return images.reshape(-1, 784).astype(
        "float32"
    ) / 255, labels.astype("int32")


# ---------------------------------------------------------------- 모든 학습


cases_fit = [
    dict(run=run, seed=seed, **RUNS[run])
    for run in RUNS
    for seed in SEEDS
]
smoke_fit = dict(samples=200, epochs=4)


def experiment_fit(
    run="healthy",
    seed=0,
    lr=0.03,
    units=(128, 64),
    scale=None,
    samples=2000,
    epochs=20,
    batch_size=32,
    shuffle=True,
    optimizer="sgd",
    activation="relu",
    switch_at=0,
    factor=1.0,
    copies=0,
):
    keras.utils.set_random_seed(seed)
    train, val, test = load(
        samples, validation=1000 if copies else 2000, copies=copies
    )
    if not shuffle:
        order = np.argsort(
            train[1], kind="stable"
        )  # 클래스 차례로 늘어놓습니다
        train = train[0][order], train[1][order]
    sets = {"train": train, "val": val, "test": test}
    if copies:
        fresh = ~is_copy(val[0], train[0])
        sets["clean"] = val[0][fresh], val[1][fresh]
    model = build_mlp(units, scale, lr, optimizer, activation)
    history = {"loss": [], "accuracy": []}
    for name in sets:
        history |= {f"{name}_loss": [], f"{name}_accuracy": []}

    def watch(epoch, logs=None):
        for name, (x, y) in sets.items():
            loss, accuracy = measure(model, x, y)
            history[f"{name}_loss"].append(loss)
            history[f"{name}_accuracy"].append(accuracy)
        if logs:  # 첫 에폭 전에는 기록된 평균이 없습니다
            history["loss"].append(round(logs["loss"], 5))
            history["accuracy"].append(round(logs["accuracy"], 5))
        if epoch + 1 == switch_at:
            model.optimizer.learning_rate = lr * factor

    watch(-1)
    fit(
        model,
        *train,
        epochs,
        batch_size,
        seed,
        shuffle,
        after_epoch=watch,
    )
    return history


# ---------------------------------------------------------------- 학습하기 전의 점검


smoke_first_loss = dict(samples=200, seeds=(0,))


def experiment_first_loss(samples=2000, seeds=(0, 1, 2, 3, 4)):
    (x, y), _, _ = load(samples, validation=10)
    result = {"he": [], "tiny": [], "pixels": []}
    for seed in seeds:
        for name, scale, factor in (
            ("he", None, 1),
            ("tiny", 0.001, 1),
            ("pixels", None, 255),
        ):
            keras.utils.set_random_seed(seed)
            model = build_mlp(scale=scale)
            result[name].append(measure(model, factor * x, y)[0])
    return result


smoke_memorise = dict(steps=5, seeds=(0,))


def experiment_memorise(steps=150, seeds=(0, 1, 2)):
    (x, y), _, _ = load(20, validation=10)
    result = {}
    for name, scale in (("he", None), ("tiny", 0.001)):
        runs = [
            memorise(x, y, scale, steps=steps, seed=seed)
            for seed in seeds
        ]
        result[name] = {
            "losses": [
                [round(value, 5) for value in losses]
                for losses, _ in runs
            ],
            "accuracies": [accuracy for _, accuracy in runs],
        }
    return result


smoke_gradients = dict(samples=200, seeds=(0,))


def experiment_gradients(samples=2000, seeds=(0, 1, 2)):
    """학습하기 전, 층마다의 가중치에 대한 기울기의 크기."""
    import tensorflow as tf

    (x, y), _, _ = load(samples, validation=10)
    result = {"he": [], "tiny": []}
    for seed in seeds:
        for name, scale in (("he", None), ("tiny", 0.001)):
            keras.utils.set_random_seed(seed)
            model = build_mlp(scale=scale)
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(model.loss(y, model(x)))
            kernels = [layer.kernel.value for layer in model.layers]
            sizes = [
                float(tf.norm(g)) for g in tape.gradient(loss, kernels)
            ]
            result[name].append(sizes)
    return result


# ---------------------------------------------------------------- 작은 검증 데이터


SIZES = (50, 100, 250, 500, 1000)
cases_levels = [dict(seed=seed) for seed in SEEDS]
smoke_levels = dict(validation=2000, epochs=4)


def experiment_levels(seed=0, validation=5000, epochs=20):
    """학습 한 번을, 서로 겹치지 않는 크고 작은 검증 데이터로 에폭마다 채점합니다."""
    keras.utils.set_random_seed(seed)
    train, (x, y), test = load(2000, validation)
    model = build_mlp()
    losses, right = [], []  # 에폭마다 (n,)

    def watch(epoch, logs):
        s = np.asarray(
            model(x, training=False), dtype="float64"
        )  # (n, 10)
        s = s - s.max(axis=1, keepdims=True)
        losses.append(
            np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y]
        )
        right.append(s.argmax(axis=1) == y)

    logged = fit(model, *train, epochs, seed=seed, after_epoch=watch)
    right, losses = (
        np.array(right, dtype=float),
        np.array(losses),
    )  # (epochs, n)
    return {
        "loss": [round(value, 5) for value in logged["loss"]],
        "accuracy": [round(value, 5) for value in logged["accuracy"]],
        "test": measure(model, *test)[1],
        "whole": right.mean(axis=1).round(5).tolist(),
        "whole_loss": losses.mean(axis=1).round(5).tolist(),
        "parts": {
            str(size): in_parts(right, losses, size) for size in SIZES
        },
    }


def in_parts(right, losses, size):
    """겹치지 않게 size장씩 나누어 채점한 곡선들의 마지막 높이와 톱니."""
    count = max(1, right.shape[1] // size)

    def cut(
        values,
    ):  # (epochs, n) → 검증 데이터마다의 곡선 (epochs, count)
        return (
            values[:, : count * size]
            .reshape(len(values), count, -1)
            .mean(axis=2)
        )

    curves = cut(right)
    return {
        "last": curves[-1]
        .round(5)
        .tolist(),  # 마지막 에폭의 정확도, (count,)
        "zigzag": zigzag(curves),
        "curves": curves[:, :4].T.round(5).tolist(),  # 그릴 것만
        "loss_curves": cut(losses)[:, :4].T.round(5).tolist(),
    }


def zigzag(curves):
    """뒤쪽 절반에서, 이웃한 에폭의 차이의 표준편차."""
    late = np.asarray(curves)[len(curves) // 2 :]  # (에폭 수, …)
    return (
        float(np.diff(late, axis=0).std(axis=0).mean())
        if len(late) > 1
        else 0.0
    )


# ---------------------------------------------------------------- 섞지 않은 데이터


cases_steps = [dict(shuffle=shuffle) for shuffle in (False, True)]
smoke_steps = dict(samples=320, epochs=2)


def experiment_steps(
    shuffle=True, every=5, epochs=4, samples=2000, seed=0
):
    """클래스 차례로 줄 세운 데이터를 배우며, every걸음마다 검증 손실을 잽니다."""
    keras.utils.set_random_seed(seed)
    (x, y), val, _ = load(samples, validation=1000)
    order = np.argsort(y, kind="stable")
    model = build_mlp()
    steps, losses = [0], [measure(model, *val)[0]]

    def watch(batch, logs):
        steps.append(steps[-1] + 1)
        if steps[-1] % every == 0:
            losses.append(measure(model, *val)[0])

    model.fit(
        x[order],
        y[order],
        batch_size=32,
        epochs=epochs,
        shuffle=shuffle,
        callbacks=[
            keras.callbacks.LambdaCallback(on_train_batch_end=watch)
        ],
        verbose=0,
    )
    return {"losses": losses, "steps": steps[-1], "epochs": epochs}


# ---------------------------------------------------------------- 결과를 고르는 도우미


def curves(fit, run, key):
    """실행 하나의 곡선을 시드마다 한 줄로. (시드 수, 에폭 수)."""
    rows = fit[fit["run"] == run].sort_values("seed")
    return np.array(rows[key].tolist(), dtype=float)


def last(fit, run, key, epochs=1):
    """마지막 에폭의 값, 또는 마지막 몇 에폭의 평균. (시드 수,)."""
    return curves(fit, run, key)[:, -epochs:].mean(axis=1)


# ---------------------------------------------------------------- 여덟 곡선


NAMES = {
    "init": "나쁜 처음 가중치",
    "under": "과소적합",
    "over": "과적합",
    "stall": "큰 학습률",
    "high": "큰 학습률",
    "low": "작은 학습률",
    "small_val": "작은 검증 데이터",
    "leak": "데이터 누출",
    "sorted": "섞지 않음",
    "fine": "이상 없음",
}


def as_seen(fit, levels, name, seed=0):
    """Keras의 history가 보여 주는 두 곡선: 기록된 훈련 손실과 검증 손실."""
    if name == "small_val":
        row = levels[levels["seed"] == seed].iloc[0]
        val = row["parts"][str(SIZES[0])]["loss_curves"][0]
        return {"loss": row["loss"], "val_loss": val}
    row = fit[(fit["run"] == name) & (fit["seed"] == seed)].iloc[0]
    return {"loss": row["loss"], "val_loss": row["val_loss"][1:]}


# ---------------------------------------------------------------- 3. 과적합


def early(fit, run="over"):
    """검증 손실이 가장 낮은 에폭과, 그때의 테스트 손실과 테스트 정확도. (시드 수,)."""
    best = curves(fit, run, "val_loss").argmin(axis=1)
    rows = np.arange(len(best))
    loss = curves(fit, run, "test_loss")[rows, best]
    return best, loss, curves(fit, run, "test_accuracy")[rows, best]


# ---------------------------------------------------------------- 6. 작은 검증 데이터


def of_size(levels, size, key):
    """시드마다의 값. size장짜리 검증 데이터들에서 잰 것입니다."""
    return [
        row[str(size)][key]
        for row in levels.sort_values("seed")["parts"]
    ]


def together(levels, size):
    """시드마다, 겹치지 않는 검증 데이터에서 잰 에폭 차이의 상관계수. (시드 수,)."""
    result = []
    for curves in of_size(levels, size, "curves"):  # (4, 에폭 수)
        steps = np.diff(
            np.array(curves)[:, len(curves[0]) // 2 :]
        )  # (4, 걸음 수)
        table = np.corrcoef(steps)  # (4, 4)
        result.append(table[np.triu_indices(len(table), 1)].mean())
    return np.array(result)


# ---------------------------------------------------------------- 연습 문제의 답


TOLD = NAMES | {"stall": "큰 학습률(D)", "high": "큰 학습률(G)"}
SICK = (
    "init",
    "under",
    "over",
    "stall",
    "high",
    "small_val",
    "leak",
    "sorted",
)


def experiment_diagnoses(fit, levels):
    """diagnose의 답. 문턱값은 시드 0만 보고 정했습니다."""
    rows = []
    for name in (*SICK, "low", "healthy", "wide", "stall_drop"):
        truth = NAMES.get(name, NAMES["fine"])
        for seed in SEEDS:
            history = as_seen(fit, levels, name, seed)
            curves_seen = {
                k: np.array(v, dtype=float) for k, v in history.items()
            }
            answer = diagnose(curves_seen)
            rows.append(
                {
                    "run": name,
                    "seed": seed,
                    "truth": truth,
                    "answer": answer,
                }
            )
    return {"rows": rows}


def experiment_answers():
    logged, end = answer_logged(2.0, 1.0)
    return {
        "size_1": answer_size(0.8, 0.01),
        "size_half": answer_size(0.8, 0.005),
        "error_50": float(standard_error(0.8, 50)),
        "logged": float(logged),
        "end": float(end),
    }


# ---------------------------------------------------------------- 본문이 인용할 숫자


def experiment_summary(fit):
    keys = ("loss", "train_loss", "val_loss", "test_loss", "accuracy")
    keys += ("train_accuracy", "val_accuracy", "test_accuracy")
    result = {}
    for run in RUNS:
        val = curves(fit, run, "val_loss")
        result[run] = {
            key: float(last(fit, run, key).mean()) for key in keys
        }
        result[run]["lowest"] = float(val.min(axis=1).mean())
        result[run]["lowest_at"] = float(val.argmin(axis=1).mean())
        result[run]["first_logged"] = float(
            np.median(curves(fit, run, "loss")[:, 0])
        )
        result[run]["after_first"] = float(val[:, 1].mean())
    best, loss, accuracy = early(fit)
    result["early"] = {
        "epoch": float(best.mean()),
        "test_loss": float(loss.mean()),
        "test_accuracy": float(accuracy.mean()),
    }
    result["leak"]["clean"] = float(
        last(fit, "leak", "clean_accuracy").mean()
    )
    ends = last(fit, "healthy", "val_accuracy")
    result["seeds"] = {
        "low": float(ends.min()),
        "high": float(ends.max()),
    }
    return result


def experiment_levels_summary(levels):
    """시드 0의 마지막 정확도가, 서로 다른 작은 검증 데이터에서 어디부터 어디까지인지."""
    ends = {n: of_size(levels, n, "last")[0] for n in SIZES}
    return {
        str(n): {"low": min(last), "high": max(last)}
        for n, last in ends.items()
    }

"""mnist.py와 op_mnist.py를 끝까지 학습하고, 무엇이 얼마나 바꾸었는지 한 칸씩 재어 봅니다."""

import math

import keras
import numpy as np
from comparison import chosen, difference, pick
from training import fit

time_limit = 1800

SEEDS = (0, 1, 2)
FILES = {"mnist": "mnist.py", "op_mnist": "op_mnist.py"}
EPOCHS = {"mnist": 30, "op_mnist": 35}
BATCH_SIZES = {"mnist": 64, "op_mnist": 128}


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = (
        x_test.reshape(-1, 784).astype("float32") / 255
    )  # (10000, 784)
    return x, y[:samples], x_test, y_test


# ---------------------------------------------------------------- 두 프로그램


# --8<-- [start:mnist]
def build_mnist():
    model = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="sgd",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# --8<-- [end:mnist]


# --8<-- [start:op_mnist]
def build_op_mnist():
    model = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=3e-4),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# --8<-- [end:op_mnist]


def build(program):
    return build_mnist() if program == "mnist" else build_op_mnist()


def describe(model):
    """Keras 모델에게 물어 얻은 구조와 설정."""
    dense = [
        one
        for one in model.layers
        if isinstance(one, keras.layers.Dense)
    ]
    dropout = [
        one
        for one in model.layers
        if isinstance(one, keras.layers.Dropout)
    ]
    return {
        "units": [one.units for one in dense],
        "activations": [one.activation.__name__ for one in dense],
        "dropout": [one.rate for one in dropout],
        "optimizer": type(model.optimizer).__name__,
        "lr": float(model.optimizer.learning_rate),
        "loss": model.loss,
        "parameters": model.count_params(),
    }


def experiment_programs():
    return {
        program: {
            **describe(build(program)),
            "epochs": EPOCHS[program],
            "batch_size": BATCH_SIZES[program],
        }
        for program in FILES
    }


# ---------------------------------------------------------------- 끝까지 학습하기


cases_full = [dict(program=program) for program in FILES]
smoke_full = dict(samples=200)


def experiment_full(program="mnist", seed=0, samples=60_000):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(program)
    kept = len(x) * 4 // 5  # 뒤의 20%는 검증에 씁니다
    log = fit(
        model,
        x[:kept],
        y[:kept],
        epochs=EPOCHS[program],
        batch_size=BATCH_SIZES[program],
        seed=seed,
        validation=(x[kept:], y[kept:]),
    )
    loss, accuracy = model.evaluate(
        x_test, y_test, batch_size=500, verbose=0
    )
    return {**log, "test_loss": loss, "test_accuracy": accuracy}


def run_of(full, program):
    return full[full["program"] == program].iloc[0]


def experiment_full_summary(full):
    summary = {}
    for program in FILES:
        run = run_of(full, program)
        val_loss = np.array(run["val_loss"])  # (에폭,)
        summary[program] = {
            "test_accuracy": run["test_accuracy"],
            "test_loss": run["test_loss"],
            "train_accuracy": run["accuracy"][-1],
            "val_accuracy": run["val_accuracy"][-1],
            "lowest_epoch": int(val_loss.argmin()) + 1,
            "lowest": val_loss.min(),
            "last": val_loss[-1],
        }
    errors = [
        1 - summary[program]["test_accuracy"] for program in FILES
    ]
    summary["error_ratio"] = errors[0] / errors[1]
    return summary


# ---------------------------------------------------------------- 일차식인가


# --8<-- [start:bend]
def log_odds(model, x):
    log_p = np.log(model.predict(x, verbose=0) + 1e-30)  # (n, 10)
    return log_p - log_p[:, :1]  # 숫자 0에 견준 로그 확률의 차


def bend_between(model, a, b):
    """두 사진의 한가운데에서, 양 끝의 평균과 얼마나 다른지 잽니다."""
    ends = (log_odds(model, a) + log_odds(model, b)) / 2  # (n, 10)
    return np.abs(log_odds(model, (a + b) / 2) - ends).mean()


# --8<-- [end:bend]


cases_bend = [dict(program=program) for program in FILES]
smoke_bend = dict(samples=200, pairs=50)


def experiment_bend(program="mnist", seed=0, samples=3000, pairs=500):
    x, y, x_test, _ = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(program)
    fit(
        model,
        x,
        y,
        epochs=2,
        batch_size=BATCH_SIZES[program],
        seed=seed,
    )
    a, b = x_test[:pairs], x_test[pairs : 2 * pairs]  # (pairs, 784)
    count = min(len(a), len(b))
    return {
        "bend": bend_between(model, a[:count], b[:count]),
        "parameters": model.count_params(),
    }


# ---------------------------------------------------------------- 한 칸씩 더하기


# --8<-- [start:ladder]
RUNGS = {
    "softmax": "소프트맥스, SGD",
    "hidden": "+ 은닉층 셋",
    "adam": "+ Adam, 배치 128",
    "dropout": "+ 드롭아웃",
}
RATES = {  # 칸마다 견주어 볼 학습률
    "softmax": (0.01, 0.1, 0.3, 1.0),
    "hidden": (0.01, 0.1, 0.3, 1.0),
    "adam": (3e-4, 1e-3, 3e-3),
    "dropout": (3e-4, 1e-3, 3e-3),
}


def build_rung(rung, lr):
    step = list(RUNGS).index(rung)
    model = keras.Sequential([keras.Input(shape=(784,))])
    for units in (512, 256, 128) if step >= 1 else ():
        model.add(keras.layers.Dense(units, activation="relu"))
        if step >= 3:
            model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    optimizer = (
        keras.optimizers.Adam if step >= 2 else keras.optimizers.SGD
    )
    model.compile(
        optimizer=optimizer(learning_rate=lr),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model, 128 if step >= 2 else 64  # 모델과 배치 크기


# --8<-- [end:ladder]


cases_ladder = [
    dict(rung=rung, lr=lr, seed=seed)
    for rung in RUNGS
    for lr in RATES[rung]
    for seed in SEEDS
]
smoke_ladder = dict(samples=200, epochs=1)


def experiment_ladder(
    rung="softmax", lr=0.01, seed=0, samples=15_000, epochs=15
):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model, batch_size = build_rung(rung, lr)
    kept = len(x) * 4 // 5  # 뒤의 20%로 학습률을 고릅니다
    fit(
        model,
        x[:kept],
        y[:kept],
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
    )
    train = model.evaluate(
        x[:kept], y[:kept], batch_size=500, verbose=0
    )
    val = model.evaluate(x[kept:], y[kept:], batch_size=500, verbose=0)
    test = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "parameters": model.count_params(),
        "train_accuracy": train[1],
        "val_accuracy": val[1],
        "test_accuracy": test[1],
    }


GIVEN = {"softmax": 0.01, "hidden": 0.01, "adam": 3e-4, "dropout": 3e-4}


def best_rate(ladder, rung):
    """검증 정확도의 평균이 가장 높은 학습률."""
    return chosen(ladder[ladder["rung"] == rung], "lr")


def on_rung(ladder, rung, key="test_accuracy", given=False):
    """한 칸의 값. 학습률은 고른 것이거나, 두 프로그램에 적힌 것입니다. (시드 수,)"""
    lr = GIVEN[rung] if given else best_rate(ladder, rung)
    return pick(ladder, key, rung=rung, lr=lr)


def gains(ladder, given=False):
    """칸마다 바로 아래 칸보다 오른 만큼의 평균과 반폭."""
    values = {
        rung: on_rung(ladder, rung, given=given) for rung in RUNGS
    }
    names = list(RUNGS)
    return {
        upper: difference(values[upper], values[lower])
        for lower, upper in zip(names[:-1], names[1:], strict=True)
    }


def experiment_ladder_summary(ladder):
    summary = {
        rung: {
            "lr": best_rate(ladder, rung),
            "mean": on_rung(ladder, rung).mean(),
            "given": on_rung(ladder, rung, given=True).mean(),
            "given_train": on_rung(
                ladder, rung, "train_accuracy", given=True
            ).mean(),
        }
        for rung in RUNGS
    }
    for rung, (mean, half) in gains(ladder).items():
        summary[rung].update(gain=mean, half=half)
    for rung, (mean, half) in gains(ladder, given=True).items():
        summary[rung].update(given_gain=mean, given_half=half)
    return summary


# ---------------------------------------------------------------- 연습의 답


# --8<-- [start:answer_parameters]
def answer_parameters(sizes=(784, 512, 256, 128, 10)):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(epochs, batch_size, images=48_000):
    return epochs * math.ceil(images / batch_size)


# --8<-- [end:answer_steps]


# --8<-- [start:answer_all_alive]
def answer_all_alive(rate=0.3, layers=3):
    """유닛이 층마다 하나씩 놓인 길 하나가
    한 걸음 동안 끊기지 않을 확률.
    """
    return (1 - rate) ** layers


# --8<-- [end:answer_all_alive]


def experiment_answers():
    return {
        "mnist_parameters": answer_parameters((784, 10)),
        "op_parameters": answer_parameters(),
        "ratio": answer_parameters() / answer_parameters((784, 10)),
        "first_layer": answer_parameters((784, 512))
        / answer_parameters(),
        "mnist_steps": answer_steps(30, 64),
        "op_steps": answer_steps(35, 128),
        "alive": answer_all_alive(),
    }

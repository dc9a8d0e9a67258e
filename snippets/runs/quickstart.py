"""Keras 빠른 시작을 여러 시드로 되풀이하고, 드롭아웃과 저장을 확인합니다."""

import tempfile
from pathlib import Path

import keras
import numpy as np
from comparison import pick

SEEDS = (0, 1, 2, 3, 4)
RATES = (0.2, 0.0)
MEASURES = {
    "logged": "학습 중 기록",
    "train": "훈련 데이터 다시 잼",
    "test": "테스트 데이터",
}


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].astype("float32") / 255  # (n, 28, 28)
    x_test = x_test.astype("float32") / 255  # (10000, 28, 28)
    return x, y[:samples], x_test, y_test


def build(dropout=0.2, units=512):
    model = keras.Sequential(
        [keras.Input(shape=(28, 28)), keras.layers.Flatten()]
    )
    model.add(keras.layers.Dense(units, activation="relu"))
    if dropout:
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# ---------------------------------------------------------------- 드롭아웃의 있고 없음


cases_fit = [
    dict(dropout=dropout, seed=seed)
    for dropout in RATES
    for seed in SEEDS
]
smoke_fit = dict(samples=200, epochs=1)


def experiment_fit(
    dropout=0.2, seed=0, samples=6000, epochs=5, batch_size=32
):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(dropout)
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    # Keras의 기록을 재는 실험이므로 Keras의 fit을 그대로 씁니다
    history = model.fit(
        x, y, epochs=epochs, batch_size=batch_size, verbose=0
    )
    train = model.evaluate(x, y, batch_size=500, verbose=0)
    test = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "logged_loss": history.history["loss"][-1],
        "logged_accuracy": history.history["accuracy"][-1],
        "train_loss": train[0],
        "train_accuracy": train[1],
        "test_loss": test[0],
        "test_accuracy": test[1],
    }


def gap(fit, dropout):
    """학습 중에 기록된 손실에서 다시 잰 손실을 뺀 값. (시드 수,)"""
    logged = pick(fit, "logged_loss", dropout=dropout)
    return logged - pick(fit, "train_loss", dropout=dropout)


# ---------------------------------------------------------------- 켜고 재기, 끄고 재기


cases_switched = [dict(seed=seed) for seed in SEEDS]


# --8<-- [start:switched]
def measure(model, x, y, training):
    p = np.asarray(model(x, training=training))  # (n, 10)
    return float(-np.log(p[np.arange(len(y)), y]).mean())


# --8<-- [end:switched]


smoke_switched = dict(samples=200, epochs=1)


def experiment_switched(seed=0, samples=3000, epochs=5, batch_size=32):
    """배운 가중치는 그대로 두고, 드롭아웃을 켜고 끄며 훈련 손실을 잽니다."""
    x, y, _, _ = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(0.2)
    model.compile(
        optimizer="adam", loss="sparse_categorical_crossentropy"
    )
    history = model.fit(
        x, y, epochs=epochs, batch_size=batch_size, verbose=0
    )
    on = [measure(model, x, y, training=True) for _ in range(10)]
    return {
        "logged": history.history["loss"][-1],
        "on": float(np.mean(on)),
        "on_spread": float(np.std(on)),
        "off": measure(model, x, y, training=False),
    }


# ---------------------------------------------------------------- 드롭아웃이 하는 일


def experiment_mask(rate=0.2, units=512, images=1000, seeds=SEEDS):
    """모두 1인 입력을 드롭아웃에 넣고, 꺼진 비율과 남은 값을 잽니다."""
    ones = np.ones((images, units), dtype="float32")  # (n, 512)
    rows = []
    for seed in seeds:
        layer = keras.layers.Dropout(rate, seed=seed)
        on = np.asarray(layer(ones, training=True))  # (n, 512)
        off = np.asarray(layer(ones, training=False))  # (n, 512)
        rows.append(
            {
                "seed": seed,
                "dropped": np.mean(on == 0),
                "survivor": on.max(),
                "mean": on.mean(),
                "same_units": bool((on == on[0]).all()),
                "unchanged": bool((off == ones).all()),
            }
        )
    return {"rate": rate, "values": images * units, "rows": rows}


# ---------------------------------------------------------------- 저장하고 읽기


WRITTEN = {
    "string": '"softmax"',
    "keras": "keras.activations.softmax",
    "tf": "tf.nn.softmax",
    "tf_relu": "tf.nn.relu",
}


def activation_called(name):
    import tensorflow as tf

    return {
        "string": "softmax",
        "keras": keras.activations.softmax,
        "tf": tf.nn.softmax,
        "tf_relu": tf.nn.relu,
    }[name]


# --8<-- [start:round_trip]
def round_trip(model, x):
    """저장하고 읽은 모델의 출력이 얼마나 다른지 돌려줍니다."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        loaded = keras.models.load_model(path)
    before, after = (
        model(x, training=False),
        loaded(x, training=False),
    )  # (n, 10)
    return float(np.abs(np.asarray(before) - np.asarray(after)).max())


# --8<-- [end:round_trip]


smoke_saving = dict(samples=100)


def experiment_saving(samples=1000, seed=0):
    """활성화 함수를 네 가지로 적은 모델을 한 에폭 배우고, 저장하고, 읽습니다."""
    x, y, _, _ = load_mnist(samples)
    results = {}
    for name in WRITTEN:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input(shape=(28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(
                    10, activation=activation_called(name)
                ),
            ]
        )
        model.compile(
            optimizer="adam", loss="sparse_categorical_crossentropy"
        )
        model.fit(x, y, epochs=1, verbose=0)
        stored = model.layers[-1].get_config()["activation"]
        result = {
            "stored": stored
            if isinstance(stored, str)
            else stored["config"],
            "difference": None,
            "error": None,
        }
        try:
            result["difference"] = round_trip(model, x)
        except (
            Exception
        ) as error:  # 어떤 오류가 나는지 기록하는 것이 목적입니다
            result["error"] = type(error).__name__
        results[name] = result
    return results


# ---------------------------------------------------------------- 연습


# --8<-- [start:answer_parameters]
def answer_parameters(sizes):
    pairs = zip(sizes, sizes[1:])
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(images=60000, batch_size=32, epochs=5):
    return -(-images // batch_size) * epochs  # 올림 나눗셈 × 에폭


# --8<-- [end:answer_steps]


# --8<-- [start:answer_loss]
def answer_loss():
    p = np.array([[0.1, 0.7, 0.2]], dtype="float32")  # (1, 3)
    integer = keras.losses.sparse_categorical_crossentropy(
        np.array([1]), p
    )
    one_hot = keras.losses.categorical_crossentropy(
        np.array([[0.0, 1.0, 0.0]]), p
    )
    return float(integer[0]), float(one_hot[0])


# --8<-- [end:answer_loss]


def experiment_answers():
    integer, one_hot = answer_loss()
    return {
        "parameters": answer_parameters((784, 512, 10)),
        "half": answer_parameters((784, 256, 10)),
        "steps": answer_steps(),
        "integer": integer,
        "one_hot": one_hot,
    }

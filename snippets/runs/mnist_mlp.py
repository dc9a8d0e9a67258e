"""다층 퍼셉트론을 여러 시드로 되풀이하고, 설정을 모르는 정확도 0.9785를 찾아봅니다."""

import math

import keras
import numpy as np
from comparison import difference, interval, pick
from training import fit

time_limit = 1800

SEEDS = (0, 1, 2, 3, 4)
SOURCE = 0.9785  # 설정 없이 적혀 있던 정확도
CONFIGS = ((0.0, "sgd"), (0.5, "sgd"), (0.0, "adam"), (0.5, "adam"))
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = (
        x_test.reshape(-1, 784).astype("float32") / 255
    )  # (10000, 784)
    return x, y[:samples], x_test, y_test


# --8<-- [start:build]
def build(dropout=0.0):
    model = keras.Sequential([keras.Input(shape=(784,))])
    model.add(keras.layers.Dense(128, activation="relu"))
    model.add(keras.layers.Dense(64, activation="relu"))
    if dropout:
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# --8<-- [end:build]


# ---------------------------------------------------------------- 되풀이한 학습


# 드롭아웃과 SGD의 첫 시드는 30에폭을 재고 나서 90에폭을 더 이어 갑니다
cases_fit = [
    dict(
        dropout=dropout,
        optimizer=optimizer,
        seed=seed,
        more=90 if (dropout, optimizer, seed) == (0.5, "sgd", 0) else 0,
    )
    for dropout, optimizer in CONFIGS
    for seed in SEEDS
]
smoke_fit = dict(samples=200, epochs=1, more=1)


def experiment_fit(
    dropout=0.0,
    optimizer="sgd",
    seed=0,
    more=0,
    samples=60_000,
    epochs=30,
    batch_size=64,
):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(dropout)
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    kept = len(x) * 4 // 5  # 뒤의 20%는 검증에 씁니다
    data = dict(x=x[:kept], y=y[:kept], validation=(x[kept:], y[kept:]))
    log = fit(
        model, **data, epochs=epochs, batch_size=batch_size, seed=seed
    )
    test_loss, test_accuracy = model.evaluate(
        x_test, y_test, batch_size=500, verbose=0
    )
    result = {
        "parameters": model.count_params(),
        "train_accuracy": log["accuracy"],
        "val_accuracy": log["val_accuracy"],
        "val_loss": log["val_loss"],
        "test_loss": test_loss,
        "test_accuracy": test_accuracy,
        "longer_accuracy": None,
    }
    if more:
        # 순서의 시드를 바꾸어, 앞에서와 다른 순서로 이어 배웁니다
        fit(
            model,
            **data,
            epochs=more,
            batch_size=batch_size,
            seed=seed + 1,
        )
        longer = model.evaluate(
            x_test, y_test, batch_size=500, verbose=0
        )
        result["longer_accuracy"] = longer[1]
    return result


# ---------------------------------------------------------------- 결과를 모으기


def accuracies(fit):
    """설정마다 시드별 테스트 정확도."""
    return {
        name_of(*config): of(fit, "test_accuracy", *config)
        for config in CONFIGS
    }


def longer(fit):
    """SGD로 네 배 오래 배운 정확도. 시드 하나뿐이라 예측 구간은 없습니다."""
    found = of(
        fit, "longer_accuracy", 0.5, "sgd"
    )  # 더 배우지 않은 시드는 nan
    return found[~np.isnan(found)]


def of(fit, key, dropout, optimizer):
    """설정 하나의 값을 시드 차례로 늘어놓습니다. (시드 수,)"""
    return pick(fit, key, dropout=dropout, optimizer=optimizer)


def curves(fit, key, dropout, optimizer):
    """설정 하나의 곡선. (시드 수, 에폭 수)"""
    rows = fit[
        (fit["dropout"] == dropout) & (fit["optimizer"] == optimizer)
    ]
    return np.array(rows.sort_values("seed")[key].tolist())


def name_of(dropout, optimizer):
    return (
        f"{'드롭아웃' if dropout else '기본'}, {OPTIMIZERS[optimizer]}"
    )


# --8<-- [start:prediction]
def prediction(accuracies):
    """새로 한 번 학습한 정확도가 95 %로 드는 구간의 가운데와 반폭."""
    mean, half = interval(accuracies)  # 평균의 신뢰 구간
    return mean, half * np.sqrt(len(accuracies) + 1)


# --8<-- [end:prediction]


def compare(fit):
    """설정마다 평균과 표준편차, 예측 구간과 SOURCE가 거기에 드는지."""
    rows = {}
    for name, group in accuracies(fit).items():
        mean, half = prediction(group)
        rows[name] = {
            "mean": mean,
            "deviation": group.std(ddof=1),
            "half": half,
            "fits": bool(abs(SOURCE - mean) < half),
        }
    return rows


def dropout_effects(fit):
    """옵티마이저마다 드롭아웃이 바꾼 정확도의 평균과 반폭."""
    return {
        optimizer: difference(
            of(fit, "test_accuracy", 0.5, optimizer),
            of(fit, "test_accuracy", 0.0, optimizer),
        )
        for optimizer in OPTIMIZERS
    }


KEYS = {
    "기본, SGD": "plain_sgd",
    "드롭아웃, SGD": "dropout_sgd",
    "기본, Adam": "plain_adam",
    "드롭아웃, Adam": "dropout_adam",
}


def experiment_summary(fit):
    summary = {KEYS[name]: row for name, row in compare(fit).items()}
    for config in CONFIGS:
        row = summary[KEYS[name_of(*config)]]
        losses = curves(fit, "val_loss", *config).mean(
            axis=0
        )  # (에폭,)
        row["val_loss"] = losses[-1]
        row["lowest"] = losses.min()
        row["lowest_epoch"] = int(losses.argmin()) + 1
    summary["longer"] = longer(fit).max()
    for optimizer, (mean, half) in dropout_effects(fit).items():
        summary[f"dropout_effect_{optimizer}"] = {
            "mean": mean,
            "half": half,
        }
    return summary


# ---------------------------------------------------------------- 연습의 답


# --8<-- [start:answer_parameters]
def answer_parameters(sizes=(784, 128, 64, 10)):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(
    epochs, images=60_000, validation_split=0.2, batch_size=64
):
    training = round(images * (1 - validation_split))
    return epochs * math.ceil(training / batch_size)


# --8<-- [end:answer_steps]


# --8<-- [start:answer_alive]
def answer_alive(units=64, rate=0.5, at_most=24):
    """꺼지지 않은 유닛의 평균, 표준편차, at_most개 이하일 확률."""
    keep = 1 - rate
    chances = [
        math.comb(units, k) * keep**k * rate ** (units - k)
        for k in range(at_most + 1)
    ]
    return units * keep, math.sqrt(units * keep * rate), sum(chances)


# --8<-- [end:answer_alive]


# --8<-- [start:answer_error]
def answer_error(accuracy=0.9785, images=10_000):
    return math.sqrt(accuracy * (1 - accuracy) / images)


# --8<-- [end:answer_error]


def experiment_answers():
    mean, deviation, few = answer_alive()
    return {
        "parameters": answer_parameters(),
        "steps": answer_steps(30),
        "longer_steps": answer_steps(120),
        "alive": mean,
        "alive_deviation": deviation,
        "few": few,
        "error": answer_error(),
        "error_images": 10_000 * answer_error(),
    }

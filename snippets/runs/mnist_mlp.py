"""다층 퍼셉트론과 드롭아웃을 여러 시드로 되풀이하여 원본의 0.9785를 찾아봅니다."""

import math

import keras
import numpy as np
from training import fit

time_limit = 1800

SEEDS = (0, 1, 2, 3, 4)
SOURCE = 0.9785  # 원본 노트에 적힌 정확도
CONFIGS = ((0.0, "sgd"), (0.5, "sgd"), (0.0, "adam"), (0.5, "adam"))
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}
T95 = {4: 2.776, 16: 2.120}  # 스튜던트 t의 97.5 % 점 (자유도별)


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = x_test.reshape(-1, 784).astype("float32") / 255  # (10000, 784)
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
smoke_fit = dict(samples=200, epochs=1)


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
    log = fit(model, **data, epochs=epochs, batch_size=batch_size, seed=seed)
    test_loss, test_accuracy = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
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
        fit(model, **data, epochs=more, batch_size=batch_size, seed=seed + 1)
        longer = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
        result["longer_accuracy"] = longer[1]
    return result


def column(fit, key, dropout, optimizer):
    """설정 하나의 값을 시드 차례로 늘어놓습니다."""
    rows = fit[(fit["dropout"] == dropout) & (fit["optimizer"] == optimizer)]
    return rows.sort_values("seed")[key].to_numpy()


def accuracies(fit):
    """이름마다 시드별 테스트 정확도. 오래 학습한 것은 시드가 하나입니다."""
    found = {
        name_of(*config): column(fit, "test_accuracy", *config).astype(float)
        for config in CONFIGS
    }
    longer = column(fit, "longer_accuracy", 0.5, "sgd").astype(float)
    found["드롭아웃, SGD 네 배"] = longer[~np.isnan(longer)]
    return {name: group for name, group in found.items() if len(group)}


def name_of(dropout, optimizer):
    return f"{'드롭아웃' if dropout else '기본'}, {OPTIMIZERS[optimizer]}"


# --8<-- [start:z]
def pooled_deviation(groups):
    """묶음마다 제 평균에서 벗어난 정도를 모아 구한 표준편차와 자유도."""
    squares = sum(((g - g.mean()) ** 2).sum() for g in groups)
    freedom = sum(len(g) - 1 for g in groups)
    return math.sqrt(squares / freedom), freedom


def z_of(value, group, deviation):
    """새로 한 번 학습한 값이 value라면 평균에서 표준편차의 몇 배만큼 떨어졌는지."""
    return (value - group.mean()) / (deviation * math.sqrt(1 + 1 / len(group)))


# --8<-- [end:z]


def compare(fit):
    """설정마다 평균, 표준편차, z와 원본의 수가 들어맞는지."""
    found = accuracies(fit)
    deviation, freedom = pooled_deviation(list(found.values()))
    rows = {}
    for name, group in found.items():
        z = z_of(SOURCE, group, deviation)
        rows[name] = {
            "seeds": len(group),
            "mean": group.mean(),
            "deviation": group.std(ddof=1) if len(group) > 1 else None,
            "z": z,
            "fits": bool(abs(z) < T95[freedom]),
        }
    return rows


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a, float) - np.asarray(b, float)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / math.sqrt(n)


def dropout_effects(fit):
    """옵티마이저마다 드롭아웃이 바꾼 정확도의 평균과 반폭."""
    return {
        optimizer: paired(
            column(fit, "test_accuracy", 0.5, optimizer),
            column(fit, "test_accuracy", 0.0, optimizer),
        )
        for optimizer in OPTIMIZERS
    }


def adam_effects(fit):
    """드롭아웃이 없을 때와 있을 때, Adam이 바꾼 정확도의 평균과 반폭."""
    return {
        dropout: paired(
            column(fit, "test_accuracy", dropout, "adam"),
            column(fit, "test_accuracy", dropout, "sgd"),
        )
        for dropout in (0.0, 0.5)
    }


KEYS = {
    "기본, SGD": "plain_sgd",
    "드롭아웃, SGD": "dropout_sgd",
    "기본, Adam": "plain_adam",
    "드롭아웃, Adam": "dropout_adam",
    "드롭아웃, SGD 네 배": "longer",
}


def experiment_summary(fit):
    summary = {KEYS[name]: row for name, row in compare(fit).items()}
    for config in CONFIGS:
        row = summary[KEYS[name_of(*config)]]
        losses = np.array(list(column(fit, "val_loss", *config)))  # (시드, 에폭)
        row["val_accuracy"] = last_mean(fit, "val_accuracy", config)
        row["train_accuracy"] = last_mean(fit, "train_accuracy", config)
        row["val_loss"] = losses[:, -1].mean()
        row["lowest"] = losses.mean(axis=0).min()
        row["lowest_epoch"] = int(losses.mean(axis=0).argmin()) + 1
    for optimizer, (mean, half) in dropout_effects(fit).items():
        summary[f"dropout_effect_{optimizer}"] = {"mean": mean, "half": half}
    summary["adam_effect"] = {"mean": adam_effects(fit)[0.0][0]}
    return summary


def last_mean(fit, key, config):
    return np.mean([curve[-1] for curve in column(fit, key, *config)])


# ---------------------------------------------------------------- 연습의 답


# --8<-- [start:answer_parameters]
def answer_parameters(sizes=(784, 128, 64, 10)):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(epochs, images=60_000, validation_split=0.2, batch_size=64):
    training = round(images * (1 - validation_split))
    return epochs * math.ceil(training / batch_size)


# --8<-- [end:answer_steps]


# --8<-- [start:answer_alive]
def answer_alive(units=64, rate=0.5, at_most=24):
    """꺼지지 않은 유닛의 평균, 표준편차, at_most개 이하일 확률."""
    keep = 1 - rate
    chances = [
        math.comb(units, k) * keep**k * rate ** (units - k) for k in range(at_most + 1)
    ]
    return units * keep, math.sqrt(units * keep * rate), sum(chances)


# --8<-- [end:answer_alive]


# --8<-- [start:answer_error]
def answer_error(accuracy=SOURCE, images=10_000):
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

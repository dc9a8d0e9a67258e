"""소프트맥스 회귀를 여러 시드로 되풀이하고, 사진을 늘리면 나아지는지 봅니다."""

import math

import keras
import numpy as np
from comparison import difference, pick
from training import fit

time_limit = 1800

SEEDS = (0, 1, 2)
FEW, ALL = 15_000, 60_000  # 앞의 80%로 배우고 뒤의 20%로 검증합니다
EPOCHS = {FEW: 120, ALL: 30}  # 걸음의 수가 같아지는 에폭


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = (
        x_test.reshape(-1, 784).astype("float32") / 255
    )  # (10000, 784)
    return x, y[:samples], x_test, y_test


def build():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


cases_fit = [
    dict(samples=samples, epochs=EPOCHS[samples], seed=seed)
    for samples in (ALL, FEW)
    for seed in SEEDS
]
smoke_fit = dict(epochs=1)


def experiment_fit(samples=ALL, epochs=30, batch_size=64, seed=0):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build()
    kept = len(x) * 4 // 5  # 뒤의 20%는 검증에 씁니다
    log = fit(
        model,
        x[:kept],
        y[:kept],
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        validation=(x[kept:], y[kept:]),
    )
    test_loss, test_accuracy = model.evaluate(
        x_test, y_test, batch_size=500, verbose=0
    )
    return {
        "parameters": model.count_params(),
        "steps": int(model.optimizer.iterations),
        "train_accuracy": log["accuracy"][-1],
        "val_accuracy": log["val_accuracy"],
        "test_loss": test_loss,
        "test_accuracy": test_accuracy,
    }


def many_and_few(fit):
    """사진이 많을 때와 적을 때의 테스트 정확도. 저마다 (시드 수,)"""
    return [
        pick(fit, "test_accuracy", samples=samples)
        for samples in (ALL, FEW)
    ]


def experiment_summary(fit):
    many, few = many_and_few(fit)
    mean, half = difference(many, few)
    return {
        "mean": many.mean(),
        "deviation": many.std(ddof=1),
        "gain": mean,
        "gain_half": half,
    }


# ---------------------------------------------------------------- 연습의 답


# --8<-- [start:answer_parameters]
def answer_parameters(inputs=32 * 32 * 3, classes=10):
    return inputs * classes + classes  # 가중치 + 편향


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_softmax]
def answer_softmax(scores):
    e = np.exp(
        scores - np.max(scores)
    )  # (10,): 가장 큰 점수를 빼도 비는 그대로
    return e / e.sum()  # (10,)


# --8<-- [end:answer_softmax]


# --8<-- [start:answer_steps]
def answer_steps(images=48_000, batch_size=64, epochs=30):
    return math.ceil(images / batch_size) * epochs


# --8<-- [end:answer_steps]


def experiment_answers():
    scores = np.arange(10.0)
    shifted = answer_softmax(scores + 100) - answer_softmax(scores)
    return {
        "parameters": answer_parameters(),
        "shifted": float(np.abs(shifted).max()),
        "large": float(answer_softmax(scores + 1000).sum()),
        "steps": answer_steps(),
        "full_steps": answer_steps(batch_size=48_000),
    }

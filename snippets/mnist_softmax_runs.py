"""소프트맥스 회귀를 여러 시드로 되풀이하고, 사진을 늘리면 나아지는지 봅니다."""

import math

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

time_limit = 1800

SEEDS = (0, 1, 2)
FEW, ALL = 15_000, 60_000  # 앞의 80%로 배우고 뒤의 20%로 검증합니다
EPOCHS = {FEW: 120, ALL: 30}  # 걸음의 수가 같아지는 에폭
T95 = 4.303  # 자유도가 2인 스튜던트 t의 97.5 % 점


# --8<-- [start:load]
def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = x_test.reshape(-1, 784).astype("float32") / 255  # (10000, 784)
    return x, y[:samples], x_test, y_test


# --8<-- [end:load]


def build():
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, activation="softmax")]
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


def experiment_fit(samples=ALL, epochs=30, batch_size=64, seed=0):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build()
    log = model.fit(
        x, y, epochs=epochs, batch_size=batch_size, validation_split=0.2, verbose=0
    ).history
    test_loss, test_accuracy = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "parameters": model.count_params(),
        "steps": int(model.optimizer.iterations),
        "train_accuracy": log["accuracy"][-1],
        "val_accuracy": log["val_accuracy"],
        "test_loss": test_loss,
        "test_accuracy": test_accuracy,
    }


def column(fit, key, samples):
    """사진의 수가 같은 실행의 값을 시드 차례로 늘어놓습니다."""
    rows = fit[fit["samples"] == samples].sort_values("seed")
    return rows[key].to_numpy()


def last(curves):
    return np.array([curve[-1] for curve in curves])


def spread(values):
    return f"{np.mean(values):.4f} ± {np.std(values, ddof=1):.4f}"


def gain(fit):
    """사진이 네 배일 때 오른 테스트 정확도: 짝 차이의 평균과 95 % 신뢰 구간의 반폭."""
    many, few = (
        column(fit, "test_accuracy", n).astype(float) for n in (ALL, FEW)
    )  # (시드,)
    difference = many - few  # (시드,)
    return difference.mean(), T95 * difference.std(ddof=1) / math.sqrt(len(SEEDS))


def table_source(fit):
    """원본 mnist.py와 이 실습. 우리 값은 시드 3개의 평균 ± 표준편차입니다."""
    accuracy = column(fit, "test_accuracy", ALL).astype(float)
    val = last(column(fit, "val_accuracy", ALL))
    rows = {
        "층": ("Dense 10, 소프트맥스", "같음"),
        "매개변수": ("7,850", f"{column(fit, 'parameters', ALL)[0]:,d}"),
        "옵티마이저": ("SGD, 학습률 0.01", "같음"),
        "에폭, 배치": ("30에폭, 64장", "같음"),
        "걸음": ("적혀 있지 않음", f"{column(fit, 'steps', ALL)[0]:,d}"),
        "검증 정확도": ("그림뿐", spread(val)),
        "테스트 정확도": ("출력하지 않음", spread(accuracy)),
    }
    return pd.DataFrame(
        {"항목": list(rows), "원본": [a for a, _ in rows.values()]}
        | {"우리": [b for _, b in rows.values()]}
    )


def figure_more(fit):
    """훈련 사진의 수에 따른 테스트 정확도. 점 하나가 시드 하나이고 선은 평균입니다. 걸음의
    수는 거의 같습니다.

    대체 텍스트: 12,000장의 점 셋은 0.91 바로 아래에, 48,000장의 점 셋은 0.92 바로 아래에
    모여 있습니다. 시드에 따른 차이는 두 무리의 차이보다 훨씬 작습니다.
    """
    fig, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    sizes = ("12,000장", "48,000장")
    groups = [column(fit, "test_accuracy", n).astype(float) for n in (FEW, ALL)]
    for size, group in zip(sizes, groups, strict=True):
        ax.plot([size] * len(group), group, "C0o", alpha=0.6)
    ax.plot(sizes, [group.mean() for group in groups], "C0-")
    ax.set(xlabel="훈련 사진", ylabel="테스트 정확도", ylim=(0.9, 0.93))
    ax.margins(x=0.5)
    return fig


def claim_not_memorised(fit):
    """훈련 정확도와 검증 정확도는 0.01도 벌어지지 않습니다.

    훈련 사진 48,000장, SGD(0.01), 30에폭, 시드 3개. 시드마다 마지막 에폭의 두 값을
    견주었습니다. 훈련 정확도는 에폭 동안의 평균이라 조금 낮게 적힙니다.
    """
    train = column(fit, "train_accuracy", ALL).astype(float)
    val = last(column(fit, "val_accuracy", ALL))
    gaps = np.abs(train - val)
    return bool(gaps.max() < 0.01), f"훈련 {spread(train)}, 검증 {spread(val)}."


def claim_more_images(fit):
    """훈련 사진을 네 배로 늘리면 테스트 정확도가 오르지만, 0.02도 오르지 않습니다.

    12,000장과 48,000장, 걸음의 수는 거의 같게 두었습니다(120에폭과 30에폭). 시드가 같은
    두 실행의 차이를 시드 3개로 재고, 95% 신뢰 구간이 0과 0.02 사이에 있는지 보았습니다.
    """
    mean, half = gain(fit)
    few, many = (spread(column(fit, "test_accuracy", n)) for n in (FEW, ALL))
    evidence = f"{few} → {many}, 차이 {mean:+.4f} ± {half:.4f} (95% 신뢰 구간)."
    return bool(mean - half > 0 and mean + half < 0.02), evidence


def experiment_summary(fit):
    accuracy = column(fit, "test_accuracy", ALL).astype(float)
    mean, half = gain(fit)
    return {
        "mean": accuracy.mean(),
        "deviation": accuracy.std(ddof=1),
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
    e = np.exp(scores - np.max(scores))  # (10,): 가장 큰 점수를 빼도 비는 그대로
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

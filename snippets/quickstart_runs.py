"""Keras 빠른 시작을 여러 시드로 되풀이하고, 드롭아웃과 저장을 확인합니다."""

import tempfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
RATES = (0.2, 0.0)
LABELS = {0.2: "드롭아웃 0.2", 0.0: "드롭아웃 없음"}
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


# --8<-- [start:build]
def build(dropout=0.2, units=512):
    model = keras.Sequential([keras.Input(shape=(28, 28)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(units, activation="relu"))
    if dropout:
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


# --8<-- [end:build]


# ---------------------------------------------------------------- 드롭아웃의 있고 없음

cases_fit = [dict(dropout=dropout, seed=seed) for dropout in RATES for seed in SEEDS]


def experiment_fit(dropout=0.2, seed=0, samples=6000, epochs=5, batch_size=32):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(dropout)
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
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


def column(fit, key, dropout):
    """시드 차례로 늘어놓은 값."""
    rows = fit[fit["dropout"] == dropout].sort_values("seed")
    return rows[key].to_numpy()


def gap(fit, dropout):
    """학습 중에 기록된 손실에서 다시 잰 손실을 뺀 값을 시드마다 구합니다."""
    return column(fit, "logged_loss", dropout) - column(fit, "train_loss", dropout)


def experiment_summary(fit):
    keys = [f"{name}_{what}" for name in MEASURES for what in ("loss", "accuracy")]
    summary = {}
    for name, rate in (("dropout", 0.2), ("plain", 0.0)):
        summary[name] = {key: column(fit, key, rate).mean() for key in keys}
        summary[name]["gap"] = gap(fit, rate).mean()
    summary["reversed"] = int((gap(fit, 0.2) <= gap(fit, 0.0)).sum())
    return summary


def figure_gap(fit):
    """마지막 에폭의 손실을 세 가지로 쟀습니다. 점 하나가 시드 하나이고, 가로줄은 평균입니다.

    대체 텍스트: 가로로 학습 중 기록, 훈련 데이터 다시 잼, 테스트 데이터가 놓여 있습니다.
    두 신경망 모두 다시 재면 훈련 손실이 내려갑니다. 훈련 손실은 드롭아웃을 쓴 쪽이 더
    높고, 테스트 손실은 둘 다 훈련 손실보다 훨씬 높으며 서로 겹칩니다.
    """
    fig, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
    styles = zip(RATES, ("C0", "C1"), ("o", "s"), (-0.08, 0.08), strict=True)
    for rate, color, marker, shift in styles:
        means = []
        for place, name in enumerate(MEASURES):
            values = column(fit, f"{name}_loss", rate)
            ax.plot([place + shift] * len(values), values, color + marker, alpha=0.7)
            means.append(values.mean())
        places = np.arange(len(means)) + shift
        ax.plot(places, means, color + "_", markersize=24, label=LABELS[rate])
    ax.set_xticks(range(len(MEASURES)), list(MEASURES.values()))
    ax.set_ylabel("손실")
    ax.set_ylim(bottom=0)
    ax.legend()
    return fig


def table_fit(fit):
    """훈련 사진 6,000장, 5에폭, 시드 5개의 평균 ± 표준편차."""
    rows = []
    for what, title in (("loss", "손실"), ("accuracy", "정확도")):
        for name, label in MEASURES.items():
            row = {"잰 것": f"{label} · {title}"}
            for rate in RATES:
                row[LABELS[rate]] = spread(column(fit, f"{name}_{what}", rate))
            rows.append(row)
    return pd.DataFrame(rows)


def spread(values):
    return f"{np.mean(values):.4f} ± {np.std(values, ddof=1):.4f}"


def claim_logged(fit):
    """마지막 에폭에 기록된 훈련 손실은, 학습을 마친 뒤 같은 데이터로 다시 잰 손실보다
    큽니다. 드롭아웃이 없어도 그렇습니다.

    MNIST 6,000장, 512유닛, Adam, 5에폭, 배치 크기 32, 시드 5개에서 시드마다 그렇습니다.
    기록은 가중치가 바뀌는 동안의 평균이고, 다시 잰 값은 마지막 가중치의 값입니다.
    """
    with_dropout, without = gap(fit, 0.2), gap(fit, 0.0)
    evidence = (
        f"기록에서 다시 잰 값을 뺀 차이는 드롭아웃 0.2에서 {spread(with_dropout)}, "
        f"드롭아웃 없음에서 {spread(without)}입니다."
    )
    return bool((with_dropout > 0).all() and (without > 0).all()), evidence


def claim_gain(fit):
    """훈련 사진 6,000장, 5에폭에서는 드롭아웃이 테스트 정확도를 평균 0.01만큼도 바꾸지
    않습니다.

    같은 시드끼리 드롭아웃 0.2의 정확도에서 드롭아웃 없음의 정확도를 빼고 시드 5개를
    평균했습니다. 이보다 작은 차이가 있는지는 판정하지 않았습니다.
    """
    change = column(fit, "test_accuracy", 0.2) - column(fit, "test_accuracy", 0.0)
    each = ", ".join(f"{value:+.4f}" for value in change)
    evidence = f"평균 {change.mean():+.4f}, 시드마다의 차이는 {each}입니다."
    return bool(abs(change.mean()) < 0.01), evidence


# ---------------------------------------------------------------- 켜고 재기, 끄고 재기

cases_switched = [dict(seed=seed) for seed in SEEDS]


# --8<-- [start:switched]
def measure(model, x, y, training):
    p = np.asarray(model(x, training=training))  # (n, 10)
    return float(-np.log(p[np.arange(len(y)), y]).mean())


# --8<-- [end:switched]


def experiment_switched(seed=0, samples=3000, epochs=5, batch_size=32):
    """배운 가중치는 그대로 두고, 드롭아웃을 켜고 끄며 훈련 손실을 잽니다."""
    x, y, _, _ = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(0.2)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    history = model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    on = [measure(model, x, y, training=True) for _ in range(10)]
    return {
        "logged": history.history["loss"][-1],
        "on": float(np.mean(on)),
        "on_spread": float(np.std(on)),
        "off": measure(model, x, y, training=False),
    }


def claim_switched(switched):
    """같은 가중치라도 드롭아웃을 켜고 재면 훈련 손실이 더 큽니다.

    MNIST 3,000장, 512유닛, 드롭아웃 0.2, Adam, 5에폭을 마친 가중치에서 시드 5개로 쟀습니다.
    켜고 잰 값은 열 번의 평균이고, 시드마다 차이가 그 열 번의 표준편차의 두 배보다 큽니다.
    """
    more = switched["on"] - switched["off"]
    evidence = (
        f"켜고 재면 평균 {switched['on'].mean():.4f}, "
        f"끄고 재면 평균 {switched['off'].mean():.4f}이고, "
        f"차이는 시드마다 {more.min():.4f} 이상입니다."
    )
    return bool((more > 2 * switched["on_spread"]).all()), evidence


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


def claim_mask(mask):
    """드롭아웃 0.2는 학습할 때 유닛의 20%쯤을 무작위로 끄고, 남은 유닛을 1.25배로
    키웁니다. 학습하지 않을 때에는 아무 일도 하지 않습니다.

    1,000장 × 512유닛에 모두 1을 넣고 시드 5개로 쟀습니다. 꺼진 비율은 0.2에서
    0.005보다 적게 벗어나고, 끄는 유닛은 사진마다 다릅니다. 꼭 20%를 끄는 것이 아니라
    유닛마다 따로 20%의 확률로 끕니다.

    원문: (C38) 드롭아웃은 학습할 때 뉴런의 20%를 무작위로 끕니다.
    판정: 재현됨
    """
    rate, rows = mask["rate"], mask["rows"]
    dropped = [row["dropped"] for row in rows]
    holds = all(
        abs(row["dropped"] - rate) < 0.005
        and abs(row["survivor"] - 1 / (1 - rate)) < 1e-5
        and row["unchanged"]
        and not row["same_units"]
        for row in rows
    )
    evidence = (
        f"꺼진 비율은 {min(dropped):.4f}–{max(dropped):.4f}, "
        f"남은 유닛의 값은 {rows[0]['survivor']:.4f}입니다. "
        "학습하지 않을 때의 출력은 입력과 "
        + ("같습니다." if rows[0]["unchanged"] else "다릅니다.")
    )
    return holds, evidence


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
    before, after = model(x, training=False), loaded(x, training=False)  # (n, 10)
    return float(np.abs(np.asarray(before) - np.asarray(after)).max())


# --8<-- [end:round_trip]


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
                keras.layers.Dense(10, activation=activation_called(name)),
            ]
        )
        model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
        model.fit(x, y, epochs=1, verbose=0)
        stored = model.layers[-1].get_config()["activation"]
        result = {
            "stored": stored if isinstance(stored, str) else stored["config"],
            "difference": None,
            "error": None,
        }
        try:
            result["difference"] = round_trip(model, x)
        except Exception as error:  # 어떤 오류가 나는지 기록하는 것이 목적입니다
            result["error"] = type(error).__name__
        results[name] = result
    return results


def table_written(saving):
    """활성화 함수를 적는 네 가지 방법과 파일에 적힌 이름. 넷 다 학습과 저장은 됩니다."""
    rows = []
    for name, text in WRITTEN.items():
        row = saving[name]
        rows.append(
            {
                "activation=": text,
                "적힌 이름": row["stored"],
                "읽기": row["error"] or "됨",
            }
        )
    return pd.DataFrame(rows)


def claim_saving(saving):
    """`tf.nn.softmax`를 활성화 함수로 적은 모델은 저장한 뒤 읽을 때 TypeError가 납니다.

    Keras 3.15, TensorFlow 2.21에서 그렇습니다. 같은 함수를 문자열 `"softmax"`나
    `keras.activations.softmax`로 적으면 읽은 모델의 출력이 저장하기 전과 같습니다.
    `tf.nn.relu`는 이름이 Keras의 것과 같아서 문제가 없습니다.

    원문: (E13) 출력층의 활성화 함수를 `tf.nn.softmax`로 적었습니다. 이렇게 적은 모델은 저장한 뒤 읽을 수 없습니다.
    판정: 재현됨
    """
    failed = [name for name in WRITTEN if saving[name]["error"]]
    others = [saving[name]["difference"] for name in WRITTEN if name not in failed]
    holds = failed == ["tf"] and saving["tf"]["error"] == "TypeError"
    evidence = (
        f"읽지 못한 것: {', '.join(WRITTEN[name] for name in failed) or '없음'}. "
        f"파일에 적힌 이름은 {saving['tf']['stored']}입니다. "
        f"나머지의 출력 차이는 최대 {max(others, default=0):g}입니다."
    )
    return bool(holds and max(others, default=0) == 0), evidence


# ---------------------------------------------------------------- 원본과 비교


def table_comparison(fit):
    """원본 노트와 이 쪽. 우리 값은 훈련 사진 6,000장, 시드 5개의 평균 ± 표준편차입니다."""
    accuracy, loss = (column(fit, f"test_{key}", 0.2) for key in ("accuracy", "loss"))
    return pd.DataFrame(
        [
            {"테스트 데이터": "정확도", "원본": "없음", "우리": spread(accuracy)},
            {"테스트 데이터": "손실", "원본": "없음", "우리": spread(loss)},
        ]
    )


def claim_source(fit):
    """훈련 사진을 6,000장만 써도 테스트 정확도는 시드마다 0.9를 넘습니다.

    512유닛, 드롭아웃 0.2, Adam, 5에폭, 배치 크기 32, 시드 5개.

    원문: (N17) 빠른 시작의 결과는 화면을 찍은 그림에만 있고 글에는 숫자가 없습니다.
    판정: 확인 불가
    """
    accuracy = column(fit, "test_accuracy", 0.2)
    evidence = f"테스트 정확도는 {spread(accuracy)}이고 견줄 원본의 숫자는 없습니다."
    return bool(accuracy.min() > 0.9), evidence


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
    integer = keras.losses.sparse_categorical_crossentropy(np.array([1]), p)
    one_hot = keras.losses.categorical_crossentropy(np.array([[0.0, 1.0, 0.0]]), p)
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

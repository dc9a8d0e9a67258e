"""가중치 초기화 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
from initialization import (
    answer_fade,
    answer_scales,
    answer_zero_output,
    deviation,
    flow,
    likeness,
    restart,
)
from training import fit

SEEDS = (0, 1, 2, 3, 4)
SHALLOW = (784, 128, 64, 10)
DEEP = (784, 64, 64, 64, 64, 64, 64, 10)
LABELS = {
    "zeros": "모두 0",
    "constant": "모두 0.01",
    "normal_0001": "N(0, 0.001²)",
    "normal_001": "N(0, 0.01²)",
    "normal_1": "N(0, 1²)",
    "lecun": "LeCun",
    "glorot": "Glorot",
    "he": "He",
}


# ---------------------------------------------------------------- 처음 가중치


def load_digits(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x, x_test = (
        a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test)
    )
    return (x[:samples], y[:samples]), (x_test, y_test)


def build(sizes, lr, normalize=False):
    model = keras.Sequential([keras.Input((sizes[0],))])
    for units in sizes[1:-1]:
        model.add(keras.layers.Dense(units))
        if normalize:
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(sizes[-1]))  # (n, 10) 점수
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(lr), loss)
    return model


def first_look(model, x, y):
    """학습하기 전의 손실과, 행렬마다 기울기의 크기를 가중치의 크기로 나눈 값."""
    import tensorflow as tf

    kernels = [
        w.value for w in model.trainable_weights if len(w.shape) == 2
    ]
    with tf.GradientTape() as tape:
        loss = model.loss(y, model(x))
    norms = [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
    return float(loss), norms


def learn(
    sizes, init, lr, seeds, samples, epochs, batch_size, normalize=False
):
    """초기화 하나를 시드마다 학습합니다. 신경망은 하나를 만들어 거듭 씁니다."""
    (x, y), (x_test, y_test) = load_digits(samples)
    keras.utils.set_random_seed(
        0
    )  # 처음 행렬은 시드마다 아래에서 다시 뽑습니다
    model = build(sizes, lr, normalize)
    blank = model.get_weights()
    result = {
        key: []
        for key in ("first", "gradients", "loss", "accuracy", "apart")
    }
    for seed in seeds:
        restart(model, blank, init, seed)
        loss, norms = first_look(model, x[:1000], y[:1000])
        history = fit(model, x, y, epochs, batch_size, seed)
        scores = np.asarray(model(x_test))  # (10000, 10)
        W = model.get_weights()[
            0
        ]  # (784, 128): 열 하나가 유닛 하나의 가중치
        result["first"].append(loss)
        result["gradients"].append(norms)
        result["loss"].append(history["loss"])
        result["accuracy"].append(
            float(np.mean(scores.argmax(axis=1) == y_test))
        )
        result["apart"].append(
            float(np.ptp(W, axis=1).max())
        )  # 열끼리의 차이
    return result


# ------------------------------------------------------- 처음 가중치만 다른 여덟 학습


cases_fit = [dict(init=init) for init in LABELS if init != "lecun"]
smoke_fit = dict(samples=200, epochs=1, seeds=(0,))


def experiment_fit(
    init="he",
    lr=0.2,
    epochs=5,
    batch_size=50,
    samples=5000,
    seeds=SEEDS,
):
    return learn(SHALLOW, init, lr, seeds, samples, epochs, batch_size)


cases_deep = [
    dict(init=init, normalize=normalize)
    for init, normalize in (
        ("normal_001", False),
        ("glorot", False),
        ("he", False),
        ("normal_001", True),
    )
]
smoke_deep = dict(samples=200, epochs=1, seeds=(0,))


def experiment_deep(
    init="he",
    normalize=False,
    lr=0.2,
    epochs=4,
    batch_size=50,
    samples=5000,
    seeds=SEEDS,
):
    return learn(
        DEEP, init, lr, seeds, samples, epochs, batch_size, normalize
    )


cases_stuck = [
    dict(init=init, lr=lr)
    for init, lr in (
        ("he", 0.0002),
        ("he", 0.002),
        ("he", 0.02),
        ("normal_0001", 2.0),
        ("zeros", 2.0),
        ("normal_1", 0.002),
    )
]
smoke_stuck = dict(samples=200, epochs=1, seeds=(0,))


def experiment_stuck(
    init="he",
    lr=0.002,
    epochs=3,
    batch_size=50,
    samples=5000,
    seeds=SEEDS[:3],
):
    return learn(SHALLOW, init, lr, seeds, samples, epochs, batch_size)


# ---------------------------------------------------------------- 층을 지나는 크기


FLOWS = ("normal_1", "normal_001", "glorot", "he")


smoke_spread = dict(depth=4, seeds=(0,))


def experiment_spread(depth=20, width=128, seeds=SEEDS[:3]):
    result = {}
    for activation in ("tanh", "relu"):
        for init in FLOWS:
            forward, backward, outputs = [], [], []
            for seed in seeds:
                rng = np.random.default_rng(seed)
                zs, gradients = flow(
                    activation, init, depth, width, rng
                )
                forward.append([float(z.std()) for z in zs])
                backward.append([float(g.std()) for g in gradients])
                outputs.append(np.tanh(zs[depth // 2 - 1]).ravel())
            counts, _ = np.histogram(
                np.concatenate(outputs), np.linspace(-1, 1, 42)
            )
            result[f"{activation}_{init}"] = {
                "forward": np.median(forward, axis=0).tolist(),
                "backward": np.median(backward, axis=0).tolist(),
                "histogram": (counts / counts.sum()).tolist(),
            }
    return result


ALIKE = {
    "tanh_normal_1": ("tanh", "normal_1"),
    "relu_he": ("relu", "he"),
}
smoke_likeness = dict(seeds=(0, 1, 2))


def experiment_likeness(depth=20, width=128, seeds=tuple(range(20))):
    result = {}
    for name, (activation, init) in ALIKE.items():
        runs = [
            likeness(
                activation,
                init,
                depth,
                width,
                np.random.default_rng(seed),
            )
            for seed in seeds
        ]  # (시드 수, depth + 1)
        result[name] = {
            "mean": np.mean(runs, axis=0).tolist(),
            "last": [run[-1] for run in runs],
            "first": [run[0] for run in runs],
        }
    return result


# ---------------------------------------------------------------- Keras의 기본값


# --8<-- [start:keras_default]
def experiment_keras_default(inputs=784, units=128, seed=0):
    keras.utils.set_random_seed(seed)
    layer = keras.layers.Dense(units)
    layer.build((None, inputs))
    W, b = layer.get_weights()  # (784, 128), (128,)
    return {
        "name": layer.kernel_initializer.__class__.__name__,
        "limit": float(np.abs(W).max()),
        "std": float(W.std()),
        "bias": float(np.abs(b).max()),
    }


# --8<-- [end:keras_default]


# ---------------------------------------------------------------- 다시 실행하면


smoke_rerun = dict(samples=200, seeds=(0,))


def experiment_rerun(
    epochs=1, batch_size=50, samples=5000, lr=0.002, seeds=SEEDS[:3]
):
    (x, y), _ = load_digits(samples)
    result = {
        key: []
        for key in (
            "new",
            "again",
            "compiled",
            "cloned",
            "before",
            "after",
        )
    }

    def compile_and_fit(model, compile=True):
        if compile:
            loss = keras.losses.SparseCategoricalCrossentropy(
                from_logits=True
            )
            model.compile(keras.optimizers.Adam(lr), loss)
        history = model.fit(
            x, y, batch_size=batch_size, epochs=epochs, verbose=0
        )
        return history.history["loss"][0]  # 첫 에폭의 훈련 손실

    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build((784, 32, 10), lr)
        result["new"].append(compile_and_fit(model))
        result["again"].append(compile_and_fit(model, compile=False))
        result["before"].append(int(model.optimizer.iterations))
        weights = model.get_weights()
        model.compile(keras.optimizers.Adam(lr), model.loss)
        kept = all(
            np.array_equal(a, b)
            for a, b in zip(weights, model.get_weights(), strict=True)
        )
        result["after"].append(int(model.optimizer.iterations))
        result["compiled"].append(compile_and_fit(model))
        result["cloned"].append(
            compile_and_fit(keras.models.clone_model(model))
        )
        result["kept"] = bool(kept and result.get("kept", True))
    return result


# ---------------------------------------------------------------- 결과를 모읍니다


LN10 = float(np.log(10))


def runs_of(frame, key, **where):
    """조건에 맞는 사례 하나의 값을 배열로 돌려줍니다. (시드 수, …)"""
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    return np.array(frame[key].iloc[0], dtype=float)


def experiment_summary(fit, deep, stuck):
    return {
        "fit": {
            init: {
                "first": float(runs_of(fit, "first", init=init).mean()),
                "first_max": float(
                    runs_of(fit, "first", init=init).max()
                ),
                "gradient": float(
                    runs_of(fit, "gradients", init=init)[:, 0].mean()
                ),
                "accuracy": float(
                    runs_of(fit, "accuracy", init=init).mean()
                ),
                "apart": float(runs_of(fit, "apart", init=init).max()),
                "loss": runs_of(fit, "loss", init=init)
                .mean(axis=0)
                .tolist(),
            }
            for init in fit["init"]
        },
        "deep": {
            ("batch" if row.normalize else row.init): float(
                np.mean(row.accuracy)
            )
            for row in deep.itertuples()
        },
        "stuck": {
            f"{row.init}_{row.lr:g}".replace(".", ""): {
                "loss": float(np.mean(row.loss, axis=0)[-1]),
                "accuracy": float(np.mean(row.accuracy)),
            }
            for row in stuck.itertuples()
        },
    }


# ---------------------------------------------------------------- 식과 견줍니다


def experiment_growth(spread, width=128):
    """ReLU에서 한 층을 지날 때 z의 표준편차가 몇 배가 되는지, 잰 값과 식의 값."""
    rows = {}
    for init in FLOWS:
        std = spread[f"relu_{init}"]["forward"]
        back = spread[f"relu_{init}"]["backward"]
        rows[init] = {
            "measured": float(
                (std[-1] / std[0]) ** (1 / (len(std) - 1))
            ),
            "backward": float(
                (back[0] / back[-1]) ** (1 / (len(back) - 1))
            ),
            "theory": float(
                np.sqrt(width / 2) * deviation(init, width, width)
            ),
            "last": float(std[-1]),
        }
    return rows


# ---------------------------------------------------------------- 연습 문제의 답


def experiment_answers():
    return {
        "scales": {
            key: float(value) for key, value in answer_scales().items()
        },
        "fade": {
            key: float(value) for key, value in answer_fade().items()
        },
        "zero_output": answer_zero_output(),
    }

"""저수준 소프트맥스 회귀를 Keras와 견주고, 즉시 실행과 그래프, 비용 함수의 꼴을 재어 봅니다."""

import time

import keras
import numpy as np
from comparison import pick

SEEDS = (0, 1, 2)


def load_mnist(samples):
    """펴서 0과 1 사이로 옮긴 사진과 정답."""
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = (
        x_test.reshape(-1, 784).astype("float32") / 255
    )  # (10000, 784)
    return (
        x,
        y[:samples].astype("int32"),
        x_test,
        y_test.astype("int32"),
    )


def draw_weights(scale, seed):
    """평균 0, 표준편차 scale인 가중치 (784, 10)."""
    rng = np.random.default_rng(seed)
    return rng.normal(0, 1, (784, 10)).astype("float32") * np.float32(
        scale
    )


# ---------------------------------------------------------------- 비용 함수의 세 가지 꼴


FORMS = {
    "naive": "log(exp ÷ 합)",
    "log_softmax": "log(tf.nn.softmax)",
    "logits": "점수에서 바로",
}


# --8<-- [start:costs]
def cost(form, s, y):  # s는 점수 (n, 10), y는 원-핫 (n, 10)
    import tensorflow as tf

    if form == "logits":
        each = tf.nn.softmax_cross_entropy_with_logits(y, s)  # (n,)
        return tf.reduce_mean(each)
    if form == "naive":
        p = tf.exp(s) / tf.reduce_sum(
            tf.exp(s), axis=1, keepdims=True
        )  # (n, 10)
    else:
        p = tf.nn.softmax(s)  # (n, 10)
    return -tf.reduce_mean(tf.reduce_sum(y * tf.math.log(p), axis=1))


# --8<-- [end:costs]


# --8<-- [start:descend]
def descend(x, y, weights, form="logits", lr=0.5, steps=100):
    import tensorflow as tf

    X, Y = tf.constant(x), tf.one_hot(y, 10)  # (n, 784), (n, 10)
    W, b = (
        tf.Variable(weights),
        tf.Variable(tf.zeros(10)),
    )  # (784, 10), (10,)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = cost(form, X @ W + b, Y)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(lr * dW)
        b.assign_sub(lr * db)
        losses.append(float(loss))
        if not np.isfinite(
            losses[-1]
        ):  # nan이 된 가중치는 되돌아오지 않습니다
            break
    return losses, W.numpy(), b.numpy()


# --8<-- [end:descend]


def accuracy(x, y, W, b):
    return float(np.mean((x @ W + b).argmax(axis=1) == y))


SCALES = (0.1, 1.0, 2.0)
STARTS = tuple(range(10))
cases_start = [dict(scale=scale) for scale in SCALES]
smoke_start = dict(seeds=(0, 1, 2), samples=200)


def experiment_start(scale=1.0, seeds=STARTS, samples=60000):
    """배우기 전의 비용이나 기울기가 유한하지 않은 시드의 수를 세 가지 꼴로 셉니다."""
    import tensorflow as tf

    x, y, _, _ = load_mnist(samples)
    Y = tf.one_hot(y, 10)  # (n, 10)
    broken = dict.fromkeys(FORMS, 0)
    largest = []
    for seed in seeds:
        s = tf.constant(x @ draw_weights(scale, seed))  # (n, 10)
        largest.append(float(np.abs(s).max()))
        for form in FORMS:
            with tf.GradientTape() as tape:
                tape.watch(s)
                loss = cost(form, s, Y)
            slope = tape.gradient(loss, s).numpy()  # (n, 10)
            broken[form] += not (
                np.isfinite(loss.numpy()) and np.isfinite(slope).all()
            )
    return {"seeds": len(seeds), "largest": max(largest), **broken}


PAIRS = (("logits", 1.0), ("logits", 2.0), ("log_softmax", 2.0))
cases_descent = [
    dict(form=form, scale=scale, seed=seed)
    for form, scale in PAIRS
    for seed in SEEDS
]
smoke_descent = dict(samples=200, steps=5)


def experiment_descent(
    form="logits", scale=1.0, seed=0, samples=10000, lr=0.5, steps=100
):
    """가중치 N(0, scale²)에서 시작해 배우고, 비용이 처음 망가진 걸음을 적습니다."""
    x, y, x_test, y_test = load_mnist(samples)
    losses, W, b = descend(
        x, y, draw_weights(scale, seed), form, lr, steps
    )
    finite = bool(np.isfinite(losses[-1]) and np.isfinite(W).all())
    return {
        "finite": finite,
        "steps": len(losses),
        "first": losses[0] if np.isfinite(losses[0]) else None,
        "last": losses[-1] if finite else None,
        "nan_weights": float(np.isnan(W).mean()),
        "test_accuracy": accuracy(x_test, y_test, W, b),
    }


def broken_count(start, form, scale):
    return int(start.loc[start["scale"] == scale, form].iloc[0])


# ---------------------------------------------------------------- Keras와 걸음마다 견주기


cases_same = [dict(start="zeros", seed=0)] + [
    dict(start="normal", seed=seed) for seed in (0, 1)
]
smoke_same = dict(samples=200, steps=5)


def linear_model(run_eagerly=None, lr=0.5, loss=None):
    model = keras.Sequential(
        [keras.Input(shape=(784,)), keras.layers.Dense(10)]
    )
    loss = loss or keras.losses.SparseCategoricalCrossentropy(
        from_logits=True
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=lr),
        loss=loss,
        run_eagerly=run_eagerly,
        steps_per_execution=1,  # 기본값: 걸음마다 파이썬으로 돌아옵니다
    )
    return model


def experiment_same(
    start="zeros", seed=0, samples=10000, lr=0.5, steps=100
):
    """같은 시작에서 손으로 짠 반복문과 Keras의 fit을 한 걸음씩 견줍니다."""
    x, y, x_test, y_test = load_mnist(samples)
    weights = draw_weights(0.0 if start == "zeros" else 0.05, seed)
    ours, W, b = descend(x, y, weights, lr=lr, steps=steps)
    keras.utils.set_random_seed(seed)
    model = linear_model(lr=lr)
    model.layers[0].set_weights(
        [weights, np.zeros(10, dtype="float32")]
    )
    theirs = []  # 걸음마다 fit이 알려 주는 비용
    each = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: theirs.append(
            float(logs["loss"])
        )
    )
    model.fit(
        x,
        y,
        batch_size=len(x),
        epochs=steps,
        verbose=0,
        callbacks=[each],
    )
    return {
        "steps": len(theirs),
        "difference": np.abs(
            np.subtract(ours[: len(theirs)], theirs)
        ).max(),
        "weights": np.abs(model.layers[0].get_weights()[0] - W).max(),
        "first": ours[0],
        "last": ours[-1],
        "test_accuracy": accuracy(x_test, y_test, W, b),
    }


# ---------------------------------------------------------------- 즉시 실행과 그래프


# --8<-- [start:watched]
def watched_loss(calls):
    """불릴 때마다 즉시 실행인지 적어 두는 손실 함수를 만듭니다."""
    import tensorflow as tf

    def loss(y, s):  # 원-핫 (n, 10), 점수 (n, 10)
        calls.append(tf.executing_eagerly())
        return tf.nn.softmax_cross_entropy_with_logits(y, s)  # (n,)

    return loss


# --8<-- [end:watched]


smoke_graph = dict(samples=200, rounds=2)


def experiment_graph(samples=2000, batch_size=20, rounds=4, lr=0.1):
    """Keras의 fit을 그래프와 즉시 실행으로 번갈아 돌리며 CPU 시간을 잽니다."""
    x, y, _, _ = load_mnist(samples)
    Y = np.eye(10, dtype="float32")[y]  # (n, 10)
    modes = {"graph": False, "eager": True}
    result = {"eager_on": is_eager(), "steps": -(-len(x) // batch_size)}
    models, calls = {}, {mode: [] for mode in modes}
    for mode, run_eagerly in modes.items():
        keras.utils.set_random_seed(0)
        models[mode] = linear_model(
            run_eagerly, lr, watched_loss(calls[mode])
        )
        restart(models[mode])
        models[mode].fit(
            x, Y, batch_size=batch_size, shuffle=False, verbose=0
        )
        result[mode] = {
            "calls": len(calls[mode]),
            "called_eagerly": all(calls[mode]),
            "seconds": [],
            "losses": [],
        }
    for _ in range(rounds):
        for mode, model in models.items():
            restart(model)
            began = time.process_time()
            history = model.fit(
                x, Y, batch_size=batch_size, shuffle=False, verbose=0
            ).history
            result[mode]["seconds"].append(time.process_time() - began)
            result[mode]["losses"].append(history["loss"][-1])
    return result


def is_eager():
    import tensorflow as tf

    return tf.executing_eagerly()


def restart(model):
    model.layers[0].set_weights([np.zeros((784, 10)), np.zeros(10)])


def ratios(graph):
    eager, compiled = (
        graph["eager"]["seconds"],
        graph["graph"]["seconds"],
    )
    return np.divide(eager, compiled)


def experiment_graph_summary(graph):
    ratio = ratios(graph)
    return {
        "ratio": ratio.mean(),
        "ratio_min": ratio.min(),
        "ratio_max": ratio.max(),
        "graph_seconds": np.mean(graph["graph"]["seconds"]),
        "eager_seconds": np.mean(graph["eager"]["seconds"]),
    }


# ---------------------------------------------------------------- TensorFlow 1의 스위치


def experiment_switch():
    import tensorflow as tf

    try:
        tf.enable_eager_execution()
        error = None
    except AttributeError as problem:
        error = type(problem).__name__
    return {
        "error": error,
        "eager": tf.executing_eagerly(),
        "compat": hasattr(tf.compat.v1, "enable_eager_execution"),
    }


# ---------------------------------------------------------------- 처음 가중치의 크기


def experiment_summary(same, descent):
    zeros = same[same["start"] == "zeros"].iloc[0]
    large = pick(
        descent, "test_accuracy", form="logits", scale=1.0
    )  # (시드 수,)
    return {
        "zeros": zeros["test_accuracy"],
        "small": same.loc[
            same["start"] == "normal", "test_accuracy"
        ].mean(),
        "large": large.mean(),
        "large_spread": large.std(ddof=1),
        "large_first": pick(
            descent, "first", form="logits", scale=1.0
        ).mean(),
        "lost": pick(
            descent, "test_accuracy", form="log_softmax"
        ).mean(),
        "difference": same["difference"].max(),
    }


# ---------------------------------------------------------------- 연습


# --8<-- [start:answer_shift]
def answer_shift(s=(1000.0, 1001.0, 1002.0)):
    z = np.array(s, dtype="float32") - max(s)  # (3,)
    return (np.exp(z) / np.exp(z).sum()).tolist()


# --8<-- [end:answer_shift]


# --8<-- [start:answer_gradient]
def answer_gradient(x, label, lr=0.5):
    p = np.full(10, 0.1)  # W = 0, b = 0이면 열 숫자의 확률이 같습니다
    db = p - np.eye(10)[label]  # (10,)
    dW = np.outer(x, db)  # (784, 10)
    return -lr * dW, -lr * db  # 첫 걸음


# --8<-- [end:answer_gradient]


# --8<-- [start:answer_calls]
def answer_calls(steps=5):
    import tensorflow as tf

    calls = []

    @tf.function
    def double(x):
        calls.append(1)  # 파이썬의 일이므로 그래프에 들어가지 않습니다
        return 2 * x

    for step in range(steps):
        double(tf.constant(float(step)))
    with_tensors = len(calls)
    for step in range(steps):
        double(
            float(step)
        )  # 파이썬의 수는 값이 다를 때마다 그래프를 새로 만듭니다
    return with_tensors, len(calls) - with_tensors


# --8<-- [end:answer_calls]


def experiment_answers():
    _, db = answer_gradient(np.zeros(784), 3)
    tensors, numbers = answer_calls()
    return {
        "shift": answer_shift(),
        "own": float(db[3]),
        "other": float(db[0]),
        "tensors": tensors,
        "numbers": numbers,
    }

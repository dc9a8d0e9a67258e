"""저수준 소프트맥스 회귀를 Keras와 견주고, 즉시 실행과 그래프, 비용 함수의 꼴을 재어 봅니다."""

import time

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2)


def load_mnist(samples):
    """펴서 0과 1 사이로 옮긴 사진과 정답."""
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = x_test.reshape(-1, 784).astype("float32") / 255  # (10000, 784)
    return x, y[:samples].astype("int32"), x_test, y_test.astype("int32")


def draw_weights(scale, seed):
    """평균 0, 표준편차 scale인 가중치 (784, 10)."""
    rng = np.random.default_rng(seed)
    return rng.normal(0, 1, (784, 10)).astype("float32") * np.float32(scale)


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
        p = tf.exp(s) / tf.reduce_sum(tf.exp(s), axis=1, keepdims=True)  # (n, 10)
    else:
        p = tf.nn.softmax(s)  # (n, 10)
    return -tf.reduce_mean(tf.reduce_sum(y * tf.math.log(p), axis=1))


# --8<-- [end:costs]


# --8<-- [start:descend]
def descend(x, y, weights, form="logits", lr=0.5, steps=100):
    import tensorflow as tf

    X, Y = tf.constant(x), tf.one_hot(y, 10)  # (n, 784), (n, 10)
    W, b = tf.Variable(weights), tf.Variable(tf.zeros(10))  # (784, 10), (10,)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = cost(form, X @ W + b, Y)
        dW, db = tape.gradient(loss, [W, b])
        W.assign_sub(lr * dW)
        b.assign_sub(lr * db)
        losses.append(float(loss))
        if not np.isfinite(losses[-1]):  # nan이 된 가중치는 되돌아오지 않습니다
            break
    return losses, W.numpy(), b.numpy()


# --8<-- [end:descend]


def accuracy(x, y, W, b):
    return float(np.mean((x @ W + b).argmax(axis=1) == y))


SCALES = (0.1, 1.0, 2.0)
STARTS = tuple(range(10))
cases_start = [dict(scale=scale) for scale in SCALES]


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
            broken[form] += not (np.isfinite(loss.numpy()) and np.isfinite(slope).all())
    return {"seeds": len(seeds), "largest": max(largest), **broken}


PAIRS = (("logits", 1.0), ("logits", 2.0), ("log_softmax", 2.0))
cases_descent = [
    dict(form=form, scale=scale, seed=seed) for form, scale in PAIRS for seed in SEEDS
]


def experiment_descent(
    form="logits", scale=1.0, seed=0, samples=10000, lr=0.5, steps=100
):
    """가중치 N(0, scale²)에서 시작해 배우고, 비용이 처음 망가진 걸음을 적습니다."""
    x, y, x_test, y_test = load_mnist(samples)
    losses, W, b = descend(x, y, draw_weights(scale, seed), form, lr, steps)
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


def table_broken(start):
    """배우기 전의 비용이나 기울기가 inf 또는 nan이 된 시드의 수(열 개 가운데).
    σ는 가중치의 표준편차이고, 훈련 사진 60,000장을 모두 썼습니다.
    """
    rows = []
    for form, label in FORMS.items():
        row = {"비용의 꼴": label}
        for scale in SCALES:
            row[f"σ = {scale:g}"] = broken_count(start, form, scale)
        rows.append(row)
    return pd.DataFrame(rows)


def claim_start(start):
    """가중치를 N(0, 2²)에서 뽑으면 확률에 로그를 씌운 두 꼴은 열 시드 모두 비용이나 기울기가
    inf나 nan이 되지만, 점수에서 바로 구한 꼴은 모두 무사합니다.

    MNIST 훈련 사진 60,000장, 배우기 전, 32비트 실수, 시드 10개. 비용과 기울기가 모두
    유한해야 무사한 것으로 셌습니다. 표준편차를 0.1로 줄이면 세 꼴이 모두 무사하고, 1이면
    시드에 따라 망가지기도 합니다.
    """
    counts = {
        form: [broken_count(start, form, scale) for scale in SCALES] for form in FORMS
    }
    total = int(start["seeds"].iloc[0])
    safe = sum(counts["logits"]) == 0
    naive = [counts[form] for form in ("naive", "log_softmax")]
    breaks = all(row[0] == 0 and row[2] == total for row in naive)
    evidence = f"망가진 시드는 {total}개 가운데 " + ", ".join(
        f"{FORMS[form]} {row[2]}개(N(0, 1)이면 {row[1]}개)"
        for form, row in counts.items()
    )
    return bool(safe and breaks), evidence + "입니다."


def pick(descent, form, scale):
    rows = descent[(descent["form"] == form) & (descent["scale"] == scale)]
    return rows.sort_values("seed")


def claim_descent(descent):
    """가중치를 N(0, 2²)에서 뽑으면, `tf.nn.softmax`에 로그를 씌운 비용은 세 시드 모두 첫
    걸음에 망가지고, 점수에서 바로 구한 비용은 100걸음 뒤에 처음보다 줄어 있습니다.

    MNIST 10,000장, 훈련 데이터 전체로 100걸음, 학습률 0.5, 시드 3개. 망가진 뒤의
    가중치에는 nan이 들어 있어 다시는 돌아오지 않습니다.
    """
    naive, logits = pick(descent, "log_softmax", 2.0), pick(descent, "logits", 2.0)
    lost = not naive["finite"].any() and naive["steps"].max() == 1
    kept = logits["finite"].all() and (logits["last"] < logits["first"]).all()
    evidence = (
        f"로그를 씌운 꼴은 {naive['steps'].max()}걸음째에 망가지고 "
        f"가중치의 {naive['nan_weights'].mean():.0%}가 nan입니다. "
        f"점수에서 바로 구한 꼴의 비용은 평균 {logits['first'].mean():.1f}에서 "
        f"{logits['last'].mean():.1f}으로 줄었습니다."
    )
    return bool(lost and kept and (naive["nan_weights"] > 0).all()), evidence


# ---------------------------------------------------------------- Keras와 걸음마다 견주기

cases_same = [dict(start="zeros", seed=0)] + [
    dict(start="normal", seed=seed) for seed in (0, 1)
]


class LossEachStep(keras.callbacks.Callback):
    """걸음마다 fit이 알려 주는 비용을 모읍니다."""

    def on_train_begin(self, logs=None):
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def linear_model(run_eagerly=None, lr=0.5, loss=None):
    model = keras.Sequential([keras.Input(shape=(784,)), keras.layers.Dense(10)])
    loss = loss or keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=lr),
        loss=loss,
        run_eagerly=run_eagerly,
    )
    return model


def experiment_same(start="zeros", seed=0, samples=10000, lr=0.5, steps=100):
    """같은 시작에서 손으로 짠 반복문과 Keras의 fit을 한 걸음씩 견줍니다."""
    x, y, x_test, y_test = load_mnist(samples)
    weights = draw_weights(0.0 if start == "zeros" else 0.05, seed)
    ours, W, b = descend(x, y, weights, lr=lr, steps=steps)
    keras.utils.set_random_seed(seed)
    model = linear_model(lr=lr)
    model.layers[0].set_weights([weights, np.zeros(10, dtype="float32")])
    each = LossEachStep()
    model.fit(x, y, batch_size=len(x), epochs=steps, verbose=0, callbacks=[each])
    theirs = each.losses
    return {
        "steps": len(theirs),
        "difference": np.abs(np.subtract(ours[: len(theirs)], theirs)).max(),
        "weights": np.abs(model.layers[0].get_weights()[0] - W).max(),
        "first": ours[0],
        "last": ours[-1],
        "test_accuracy": accuracy(x_test, y_test, W, b),
    }


def claim_same(same):
    """같은 시작에서 손으로 짠 반복문과 Keras의 비용은 걸음마다 0.00001 안에서 같습니다.

    MNIST 10,000장을 한꺼번에 쓰는 경사 하강법, 학습률 0.5, 100걸음. 0에서 시작한 것
    하나와 N(0, 0.05²)에서 뽑은 시드 2개.
    """
    worst = same["difference"].max()
    evidence = (
        f"{len(same)}번 × {same['steps'].min()}걸음에서 가장 큰 차이는 {worst:.1e}, "
        f"마지막 가중치의 차이는 {same['weights'].max():.1e}입니다."
    )
    return bool(worst < 1e-5 and same["steps"].min() == 100), evidence


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


def experiment_graph(samples=2000, batch_size=20, rounds=4, lr=0.1):
    """같은 학습을 그래프와 즉시 실행으로 번갈아 하며 CPU 시간을 잽니다."""
    x, y, _, _ = load_mnist(samples)
    Y = np.eye(10, dtype="float32")[y]  # (n, 10)
    modes = {"graph": False, "eager": True}
    result = {"eager_on": is_eager(), "steps": -(-len(x) // batch_size)}
    models, calls = {}, {mode: [] for mode in modes}
    for mode, run_eagerly in modes.items():
        models[mode] = linear_model(run_eagerly, lr, watched_loss(calls[mode]))
        restart(models[mode])
        models[mode].fit(x, Y, batch_size=batch_size, shuffle=False, verbose=0)
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
    eager, compiled = graph["eager"]["seconds"], graph["graph"]["seconds"]
    return np.divide(eager, compiled)


def figure_seconds(graph):
    """같은 학습에 쓴 CPU 시간. 두 방식을 번갈아 쟀고, 점 하나가 한 번입니다.

    대체 텍스트: 그래프의 점들은 모두 아래에, 즉시 실행의 점들은 모두 위에 있고, 두 무리는
    겹치지 않습니다.
    """
    fig, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    for place, (mode, color) in enumerate((("graph", "C0"), ("eager", "C1"))):
        seconds = graph[mode]["seconds"]
        ax.plot([place] * len(seconds), seconds, color + "o", alpha=0.7)
    ax.set_xticks([0, 1], ["그래프(fit의 기본값)", "run_eagerly=True"])
    ax.set(ylabel="CPU 시간(초)", xlim=(-0.5, 1.5))
    ax.set_ylim(bottom=0)
    return fig


def experiment_graph_summary(graph):
    ratio = ratios(graph)
    return {
        "ratio": ratio.mean(),
        "ratio_min": ratio.min(),
        "ratio_max": ratio.max(),
        "graph_seconds": np.mean(graph["graph"]["seconds"]),
        "eager_seconds": np.mean(graph["eager"]["seconds"]),
    }


def claim_graph(graph):
    """즉시 실행이 켜져 있어도 Keras의 `fit`은 그래프를 만듭니다. 손실은 즉시 실행과 같고,
    CPU 시간은 더 적게 듭니다.

    층 하나, MNIST 2,000장, 배치 크기 20으로 100걸음을 두 방식으로 번갈아 네 번 했습니다.
    그래프를 만드는 첫 번째 실행은 시간에서 뺐습니다. 손실은 0.00001 안에서 같고, 시간의
    비는 네 번 모두 2배보다 큽니다.

    원문: (C39) 즉시 실행에서는 그래프를 만들지 않고 연산을 바로 실행합니다.
    판정: 조건부
    """
    compiled, eager = graph["graph"], graph["eager"]
    apart = np.abs(np.subtract(compiled["losses"], eager["losses"])).max()
    ratio = ratios(graph)
    evidence = (
        f"{graph['steps']}걸음 동안 파이썬이 손실 함수를 부른 횟수는 그래프 {compiled['calls']}번, "
        f"즉시 실행 {eager['calls']}번입니다. 손실의 차이는 최대 {apart:g}, "
        f"CPU 시간의 비는 {ratio.min():.1f}–{ratio.max():.1f}배입니다."
    )
    holds = (
        graph["eager_on"]
        and not compiled["called_eagerly"]
        and eager["called_eagerly"]
        and compiled["calls"] < graph["steps"] <= eager["calls"]
    )
    return bool(holds and apart < 1e-5 and ratio.min() > 2), evidence


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


def claim_switch(switch):
    """TensorFlow 2에는 `tf.enable_eager_execution`이 없고, 즉시 실행은 처음부터 켜져
    있습니다.

    TensorFlow 2.21에서 부르면 AttributeError가 납니다. 옛 이름은 `tf.compat.v1` 아래에만
    남아 있습니다.

    원문: (E14) 즉시 실행을 확인하는 코드가 그림 속에 있습니다. TensorFlow 1의 스위치를 썼다면 지금은 오류가 납니다.
    판정: 조건부
    """
    holds = switch["error"] == "AttributeError" and switch["eager"]
    evidence = (
        f"부른 결과는 {switch['error']}, "
        f"tf.executing_eagerly()는 {switch['eager']}입니다."
    )
    return bool(holds and switch["compat"]), evidence


# ---------------------------------------------------------------- 원본과 비교


def experiment_summary(same, descent):
    zeros = same[same["start"] == "zeros"].iloc[0]
    large, lost = pick(descent, "logits", 1.0), pick(descent, "log_softmax", 2.0)
    return {
        "zeros": zeros["test_accuracy"],
        "small": same.loc[same["start"] == "normal", "test_accuracy"].mean(),
        "large": large["test_accuracy"].mean(),
        "large_spread": large["test_accuracy"].std(),
        "large_first": large["first"].mean(),
        "larger": pick(descent, "logits", 2.0)["test_accuracy"].mean(),
        "lost": lost["test_accuracy"].mean(),
        "difference": same["difference"].max(),
    }


def table_comparison(summary):
    """시작하는 가중치에 따른 테스트 정확도. 훈련 사진 10,000장, 100걸음, 학습률 0.5.
    N(0, 1)은 시드 3개의 평균 ± 표준편차이고, 0에서 시작하면 시드와 관계없이 같습니다.
    """
    large = f"{summary['large']:.4f} ± {summary['large_spread']:.4f}"
    return pd.DataFrame(
        [
            {"시작하는 가중치": "0", "원본": "없음", "우리": f"{summary['zeros']:.4f}"},
            {"시작하는 가중치": "N(0, 1)", "원본": "없음", "우리": large},
        ]
    )


def claim_source(summary):
    """가중치를 N(0, 1)에서 시작하면 0에서 시작할 때보다 테스트 정확도가 0.1 넘게
    낮습니다.

    MNIST 10,000장, 훈련 데이터 전체로 100걸음, 학습률 0.5, 시드 3개의 평균.

    원문: (N17) 저수준 프로그램의 결과는 그림에만 있고 글에는 숫자가 없습니다.
    판정: 확인 불가
    """
    gap = summary["zeros"] - summary["large"]
    evidence = (
        f"0에서 시작하면 {summary['zeros']:.4f}, N(0, 1)에서 시작하면 "
        f"평균 {summary['large']:.4f}입니다. 견줄 원본의 숫자는 없습니다."
    )
    return bool(gap - 2 * summary["large_spread"] > 0.1), evidence


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
        double(float(step))  # 파이썬의 수는 값이 다를 때마다 그래프를 새로 만듭니다
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

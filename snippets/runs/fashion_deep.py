"""Fashion-MNIST 100-10 신경망을 시드를 바꾸어 여러 번 학습하고 원본 노트와 견줍니다."""

import keras
import numpy as np
import tensorflow as tf
from comparison import chosen, pick
from training import fit as train

time_limit = 1800

SEEDS = tuple(range(10))
PROGRAMS = {  # 은닉층의 활성화 함수와 옵티마이저
    "sigmoid": ("sigmoid", "rmsprop"),
    "relu": ("relu", "rmsprop"),
    "adam": ("relu", "adam"),
}
NAMES = {
    "sigmoid": "Sigmoid, RMSProp",
    "relu": "ReLU, RMSProp",
    "adam": "ReLU, Adam",
}

# 원본 노트에 적힌 에폭별 정확도와 손실 (진행 막대의 값)
SOURCE = {
    "sigmoid": {
        "accuracy": (0.7526, 0.8493, 0.8634, 0.8742, 0.8780),
        "loss": (0.7656, 0.4233, 0.3837, 0.3433, 0.3376),
    },
    "relu": {
        "accuracy": (0.7661, 0.8554, 0.8671, 0.8756, 0.8825),
        "loss": (0.6706, 0.4062, 0.3627, 0.3436, 0.3215),
    },
    "adam": {
        "accuracy": (0.7698, 0.8549, 0.8744, 0.8819, 0.8867),
        "loss": (0.6675, 0.3997, 0.3510, 0.3227, 0.3080),
    },
}


# ---------------------------------------------------------------- 데이터와 모델


# --8<-- [start:split]
def split(x, y, part=0.2, seed=42):
    """섞은 뒤 앞쪽 part만큼을 검증 데이터로 뗍니다."""
    order = np.random.default_rng(seed).permutation(len(x))  # (n,)
    held = round(part * len(x))
    val, train = order[:held], order[held:]
    return x[train], y[train], x[val], y[val]


# --8<-- [end:split]


# --8<-- [start:stratified]
def stratified_split(x, y, part=0.2, seed=42):
    """클래스마다 똑같은 비율을 검증 데이터로 뗍니다."""
    rng = np.random.default_rng(seed)
    held = np.zeros(len(x), dtype=bool)  # (n,)
    for label in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == label))
        held[members[: round(part * len(members))]] = True
    return x[~held], y[~held], x[held], y[held]


# --8<-- [end:stratified]


def load(samples):
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x[:samples].astype("float32") / 255  # (n, 28, 28)
    y = y[:samples]  # (n,)
    x_test = x_test.astype("float32") / 255  # (10000, 28, 28)
    return *split(x, y), x_test, y_test


def build(activation, name=None):
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),  # (n, 784)
            keras.layers.Dense(100, activation=activation),  # (n, 100)
            keras.layers.Dense(10, activation="softmax"),  # (n, 10)
        ],
        name=name,
    )


def make_epoch(model, x, y, batch_size):
    """fit의 한 에폭과 같은 계산을 하고, 걸음마다의 손실과 정확도를 돌려주는 함수."""
    x, y = tf.constant(x), tf.constant(y.astype("int32"))
    steps = -(-len(x) // batch_size)
    weights = model.trainable_variables
    model.optimizer.build(weights)

    @tf.function
    def epoch(order):  # (n,): 이번 에폭에서 사진을 볼 순서
        losses = tf.TensorArray(tf.float32, steps)
        rights = tf.TensorArray(tf.float32, steps)
        for t in tf.range(steps):
            chosen = order[
                t * batch_size : (t + 1) * batch_size
            ]  # (batch,)
            images, labels = tf.gather(x, chosen), tf.gather(y, chosen)
            with tf.GradientTape() as tape:
                p = model(images, training=True)  # (batch, 10)
                loss = keras.losses.sparse_categorical_crossentropy(
                    labels, p
                )
                loss = tf.reduce_mean(loss)
            gradients = tape.gradient(loss, [w.value for w in weights])
            model.optimizer.apply(gradients, weights)
            right = tf.equal(
                tf.argmax(p, axis=1, output_type=tf.int32), labels
            )
            losses = losses.write(t, loss)
            rights = rights.write(
                t, tf.reduce_mean(tf.cast(right, tf.float32))
            )
        return losses.stack(), rights.stack()  # (steps,), (steps,)

    return epoch


# --8<-- [start:running]
def running(values):
    """걸음마다의 값에서: '지금까지의 평균'들,
    그 평균(옛 진행 막대), 에폭 평균.
    """
    so_far = np.cumsum(values) / np.arange(
        1, len(values) + 1
    )  # (steps,)
    return so_far, so_far.mean(), so_far[-1]


# --8<-- [end:running]


def rounded(values):
    return [round(float(value), 5) for value in values]


def measure(model, x, y):
    """사진마다의 손실과 맞았는지. (n,), (n,)."""
    p = model.predict(x, batch_size=1000, verbose=0)  # (n, 10)
    losses = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-7))
    return losses.astype("float64"), (p.argmax(axis=1) == y).astype(
        "float64"
    )


# ---------------------------------------------------------------- 세 프로그램


cases_fit = [
    dict(program=program, seed=seed)
    for program in PROGRAMS
    for seed in SEEDS
]
smoke_fit = dict(epochs=2, samples=640)


def experiment_fit(
    program="sigmoid",
    seed=0,
    epochs=5,
    batch_size=32,
    samples=60_000,
):
    x, y, x_val, y_val, x_test, y_test = load(samples)
    activation, optimizer = PROGRAMS[program]
    keras.utils.set_random_seed(seed)
    model = build(activation)
    model.compile(optimizer=optimizer)  # 이름으로 적으면 학습률은 0.001
    epoch = make_epoch(model, x, y, batch_size)
    rng = np.random.default_rng(seed)
    keys = (
        "loss",
        "accuracy",
        "bar_loss",
        "bar_accuracy",
        "val_loss",
        "val_accuracy",
    )
    log = {key: [] for key in keys}
    for _ in range(epochs):
        order = rng.permutation(len(x))  # 에폭마다 새로 섞습니다
        losses, rights = (values.numpy() for values in epoch(order))
        if not log["loss"]:
            first = running(rights)[
                0
            ]  # 첫 에폭의 걸음마다, 지금까지의 평균
        for key, values in (("loss", losses), ("accuracy", rights)):
            _, bar, mean = running(values)
            log[key].append(mean)
            log[f"bar_{key}"].append(bar)
        losses, rights = measure(model, x_val, y_val)
        log["val_loss"].append(losses.mean())
        log["val_accuracy"].append(rights.mean())
    test_losses, test_rights = measure(model, x_test, y_test)
    return {
        **{key: rounded(values) for key, values in log.items()},
        "first": rounded(first[::10]) if seed == 0 else [],
        "test_loss": float(test_losses.mean()),
        "test_accuracy": float(test_rights.mean()),
        "steps": int(model.optimizer.iterations) // epochs,
        "evaluation_steps": -(-len(y_val) // batch_size),
        "parameters": [
            layer.count_params() for layer in model.layers[1:]
        ],
        "gap_accuracy": bar_gaps(rights, batch_size, seed),
        "gap_loss": bar_gaps(losses, batch_size, seed),
    }


def bar_gaps(values, batch_size, seed, orders=200):
    """사진의 순서만 바꾸어 평가할 때, 옛 진행 막대 − 에폭 평균의 표준편차."""
    rng = np.random.default_rng(seed)
    gaps = []
    for _ in range(orders):
        batches = rng.permutation(values)[
            : len(values) // batch_size * batch_size
        ]
        _, bar, mean = running(
            batches.reshape(-1, batch_size).mean(axis=1)
        )
        gaps.append(bar - mean)
    return float(np.std(gaps))


# ---------------------------------------------------------------- 알맞은 학습률


RATES = {  # 프로그램마다 견주어 볼 학습률
    "sigmoid": (0.001, 0.003, 0.01),
    "relu": (0.0003, 0.001, 0.003),
    "adam": (0.0003, 0.001, 0.003),
}
cases_rates = [
    dict(program=program, lr=lr, seed=seed)
    for program in RATES
    for lr in RATES[program]
    for seed in SEEDS[:5]
]
smoke_rates = dict(epochs=1, samples=640)


# --8<-- [start:rates]
def experiment_rates(
    program="sigmoid", lr=0.001, seed=0, epochs=5, samples=60_000
):
    x, y, x_val, y_val, x_test, y_test = load(samples)
    activation, optimizer = PROGRAMS[program]
    keras.utils.set_random_seed(seed)
    model = build(activation)
    kinds = {
        "rmsprop": keras.optimizers.RMSprop,
        "adam": keras.optimizers.Adam,
    }
    model.compile(
        optimizer=kinds[optimizer](lr),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    log = train(model, x, y, epochs=epochs, seed=seed)
    val = model.evaluate(x_val, y_val, batch_size=500, verbose=0)
    test = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "train_accuracy": log["accuracy"][-1],
        "val_accuracy": val[1],
        "test_accuracy": test[1],
    }


# --8<-- [end:rates]


def best_rate(rates, program):
    """검증 정확도의 평균이 가장 높은 학습률."""
    return chosen(rates[rates["program"] == program], "lr")


def tuned(rates, program, key="test_accuracy"):
    """검증 정확도로 고른 학습률의 값. (시드 수,)"""
    return pick(
        rates, key, program=program, lr=best_rate(rates, program)
    )


def experiment_tuned(rates):
    return {
        program: {
            "lr": best_rate(rates, program),
            "mean": tuned(rates, program).mean(),
        }
        for program in RATES
    }


# ---------------------------------------------------------------- 빈칸이 든 이름


def experiment_name():
    """모델의 이름에 빈칸이 있으면 어디까지 되고 어디에서 멈추는가."""
    x, y = np.zeros((64, 28, 28), "float32"), np.zeros(64, "int32")
    result = {}
    for name in ("fashion_mnist_model", "fashion MNIST model"):
        keras.utils.set_random_seed(0)
        model = build("relu", name)
        model.compile("adam", "sparse_categorical_crossentropy")
        key = "blank" if " " in name else "plain"
        result[f"{key}_parameters"] = (
            model.count_params()
        )  # 만들기까지는 됩니다
        try:
            model.fit(x, y, verbose=0)
            result[key] = "ok"
        except ValueError as error:
            result[key] = str(error).split(". ")[0]
    return result


# ---------------------------------------------------------------- 데이터 나누기


def experiment_split():
    """나누는 방법 셋이 검증 데이터에 남긴 클래스마다의 장수."""
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    where = np.arange(len(y))  # 사진 대신 번호를 나눕니다
    once = split(where, y)
    again = split(where, y)
    other = split(where, y, seed=43)
    tail = y[-round(0.2 * len(y)) :]
    return {
        "train": len(once[0]),
        "val": len(once[2]),
        "same_seed": int((once[2] == again[2]).sum()),
        "other_seed": int((once[2] == other[2]).sum()),
        "shared": int(np.isin(once[2], other[2]).sum()),
        "overlap": int(np.isin(once[0], once[2]).sum()),
        "permuted": np.bincount(once[3], minlength=10).tolist(),
        "tail": np.bincount(tail, minlength=10).tolist(),
        "stratified": np.bincount(
            stratified_split(where, y)[3], minlength=10
        ).tolist(),
    }


# ---------------------------------------------------------------- 두 번 부르기


cases_again = [dict(seed=seed) for seed in SEEDS[:3]]
smoke_again = dict(samples=320)


def experiment_again(seed=0, samples=5000):
    """fit을 부르기 직전의 걸음 수와 손실. 손실은 훈련 데이터 전체에서 다시 잽니다."""
    keras.utils.set_random_seed(seed)
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    x, y = x[:samples].astype("float32") / 255, y[:samples]
    model = build("relu")
    result = {}

    def compile_and_fit(model, name, recompile=True):
        if recompile:
            model.compile("adam", "sparse_categorical_crossentropy")
        result[f"{name}_steps"] = int(model.optimizer.iterations)
        result[f"{name}_before"] = float(
            model.evaluate(x, y, 500, verbose=0)
        )
        model.fit(x, y, batch_size=32, verbose=0)

    compile_and_fit(model, "first")
    compile_and_fit(model, "again", recompile=False)
    compile_and_fit(model, "recompiled")
    compile_and_fit(keras.models.clone_model(model), "cloned")
    return result


# ---------------------------------------------------------------- 연습


# --8<-- [start:answer_parameters]
def dense_parameters(*widths):
    """이웃한 두 층마다 (들어오는 수 + 편향 하나) × 나가는 수."""
    return sum((n + 1) * m for n, m in zip(widths, widths[1:]))


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def steps_per_epoch(images, batch_size):
    full, rest = divmod(images, batch_size)
    return full + (1 if rest else 0)  # 남은 사진은 작은 묶음이 됩니다


# --8<-- [end:answer_steps]


# --8<-- [start:answer_weights]
def old_bar_weights(steps):
    """옛 진행 막대가 걸음마다의 값에 준 무게. 모두 더하면 1입니다."""
    t = np.arange(1, steps + 1)  # (steps,)
    later = np.cumsum((1 / t)[::-1])[
        ::-1
    ]  # s번째 값: 1/s + … + 1/steps
    return later / steps


# --8<-- [end:answer_weights]


def experiment_answers():
    weights = old_bar_weights(1500)
    return {
        "parameters": dense_parameters(784, 100, 10),
        "deeper": dense_parameters(784, 300, 100, 10),
        "steps_64": steps_per_epoch(48_000, 64),
        "steps_all": steps_per_epoch(54_000, 32),
        "last_batch": 54_000 % 32,
        "first_times": float(weights[0] * 1500),
        "half": float(weights[:150].sum()),
        "last_times": float(weights[-1] * 1500),
    }


def experiment_summary(fit):
    """본문이 인용하는 평균과 표준편차."""
    result = {}
    for program, rows in fit.groupby("program"):
        result[program] = {
            "val": moments(last(rows, "val_accuracy")),
            "val_loss": moments(last(rows, "val_loss")),
            "test": moments(rows["test_accuracy"]),
            "test_loss": moments(rows["test_loss"]),
            "accuracy": [
                moments(values) for values in by_epoch(rows, "accuracy")
            ],
            "bar": [
                moments(values)
                for values in by_epoch(rows, "bar_accuracy")
            ],
        }
    return result


def by_epoch(rows, key):
    """에폭마다 시드들의 값. (에폭 수, 시드 수)."""
    return np.array(rows[key].tolist(), dtype=float).T


def last(rows, key):
    return by_epoch(rows, key)[-1]  # (시드 수,)


def moments(values):
    values = np.asarray(values, dtype=float)  # (시드 수,)
    return {"mean": values.mean(), "sd": values.std(ddof=1)}


# ---------------------------------------------------------------- 결과를 고르는 도우미


def select(fit, program):
    return fit[fit["program"] == program].sort_values("seed")


def z_scores(fit, program, key):
    """원본의 에폭별 값이 우리 시드들의 평균에서 표준편차의 몇 배 떨어져 있는가. (5,)."""
    ours = by_epoch(select(fit, program), key)  # (에폭 수, 시드 수)
    source = np.array(SOURCE[program][key.removeprefix("bar_")])
    return (source - ours.mean(axis=1)) / ours.std(axis=1, ddof=1)

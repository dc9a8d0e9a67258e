"""Fashion-MNIST 100-10 신경망을 시드를 바꾸어 여러 번 학습하고 원본 노트와 견줍니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf

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
SOURCE_EVALUATION = {"accuracy": 0.87133, "loss": 0.37257}  # evaluate가 돌려준 값
SOURCE_BAR = {"accuracy": 0.8723, "loss": 0.3749}  # 같은 평가의 진행 막대
TOLERANCE = 3  # 원본의 값이 표준편차의 몇 배 안에 있으면 재현되었다고 할지


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


def load():
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x.astype("float32") / 255  # (60000, 28, 28)
    x_test = x_test.astype("float32") / 255  # (10000, 28, 28)
    return *split(x, y), x_test, y_test


# --8<-- [start:build]
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


# --8<-- [end:build]


# --8<-- [start:epoch]
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
            chosen = order[t * batch_size : (t + 1) * batch_size]  # (batch,)
            images, labels = tf.gather(x, chosen), tf.gather(y, chosen)
            with tf.GradientTape() as tape:
                p = model(images, training=True)  # (batch, 10)
                loss = keras.losses.sparse_categorical_crossentropy(labels, p)
                loss = tf.reduce_mean(loss)
            gradients = tape.gradient(loss, [w.value for w in weights])
            model.optimizer.apply(gradients, weights)
            right = tf.equal(tf.argmax(p, axis=1, output_type=tf.int32), labels)
            losses = losses.write(t, loss)
            rights = rights.write(t, tf.reduce_mean(tf.cast(right, tf.float32)))
        return losses.stack(), rights.stack()  # (steps,), (steps,)

    return epoch


# --8<-- [end:epoch]


# --8<-- [start:running]
def running(values):
    """걸음마다의 값에서: '지금까지의 평균'들, 그 평균(옛 진행 막대), 진짜 평균."""
    so_far = np.cumsum(values) / np.arange(1, len(values) + 1)  # (steps,)
    return so_far, so_far.mean(), so_far[-1]


# --8<-- [end:running]


def rounded(values):
    return [round(float(value), 5) for value in values]


def measure(model, x, y):
    """사진마다의 손실과 맞았는지. (n,), (n,)."""
    p = model.predict(x, batch_size=1000, verbose=0)  # (n, 10)
    losses = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-7))
    return losses.astype("float64"), (p.argmax(axis=1) == y).astype("float64")


# ---------------------------------------------------------------- 세 프로그램

cases_fit = [dict(program=program, seed=seed) for program in PROGRAMS for seed in SEEDS]


# --8<-- [start:fit]
def experiment_fit(program="sigmoid", seed=0, epochs=5, batch_size=32):
    keras.utils.set_random_seed(seed)
    x, y, x_val, y_val, x_test, y_test = load()
    activation, optimizer = PROGRAMS[program]
    model = build(activation)
    model.compile(optimizer=optimizer)  # 이름으로 적으면 학습률은 0.001
    epoch = make_epoch(model, x, y, batch_size)
    rng = np.random.default_rng(seed)
    keys = ("loss", "accuracy", "bar_loss", "bar_accuracy", "val_loss", "val_accuracy")
    log = {key: [] for key in keys}
    for _ in range(epochs):
        order = rng.permutation(len(x))  # 에폭마다 새로 섞습니다
        losses, rights = (values.numpy() for values in epoch(order))
        if not log["loss"]:
            first = running(rights)[0]  # 첫 에폭의 걸음마다, 지금까지의 평균
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
        "parameters": [layer.count_params() for layer in model.layers[1:]],
        "gap_accuracy": bar_gaps(rights, batch_size, seed),
        "gap_loss": bar_gaps(losses, batch_size, seed),
    }


# --8<-- [end:fit]


def bar_gaps(values, batch_size, seed, orders=200):
    """사진의 순서만 바꾸어 평가할 때, 옛 진행 막대 − 진짜 평균의 표준편차."""
    rng = np.random.default_rng(seed)
    gaps = []
    for _ in range(orders):
        batches = rng.permutation(values)[: len(values) // batch_size * batch_size]
        _, bar, mean = running(batches.reshape(-1, batch_size).mean(axis=1))
        gaps.append(bar - mean)
    return float(np.std(gaps))


# ---------------------------------------------------------------- 빈칸이 든 이름


def experiment_name():
    """모델의 이름에 빈칸이 있으면 어디까지 되고 어디에서 멈추는가."""
    x, y = np.zeros((64, 28, 28), "float32"), np.zeros(64, "int32")
    result = {}
    for name in ("fashion_mnist_model", "fashion MNIST model"):
        model = build("relu", name)
        model.compile("adam", "sparse_categorical_crossentropy")
        key = "blank" if " " in name else "plain"
        result[f"{key}_parameters"] = model.count_params()  # 만들기까지는 됩니다
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
        "stratified": np.bincount(stratified_split(where, y)[3], minlength=10).tolist(),
    }


# ---------------------------------------------------------------- 두 번 부르기

cases_again = [dict(seed=seed) for seed in SEEDS[:3]]


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
        result[f"{name}_before"] = float(model.evaluate(x, y, 500, verbose=0))
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
    later = np.cumsum((1 / t)[::-1])[::-1]  # s번째 값: 1/s + … + 1/steps
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
            "val": spread(last(rows, "val_accuracy")),
            "val_loss": spread(last(rows, "val_loss")),
            "test": spread(rows["test_accuracy"]),
            "test_loss": spread(rows["test_loss"]),
            "accuracy": [spread(values) for values in by_epoch(rows, "accuracy")],
            "bar": [spread(values) for values in by_epoch(rows, "bar_accuracy")],
        }
    return result


def by_epoch(rows, key):
    """에폭마다 시드들의 값. (에폭 수, 시드 수)."""
    return np.array(rows[key].tolist(), dtype=float).T


def last(rows, key):
    return by_epoch(rows, key)[-1]  # (시드 수,)


def spread(values):
    values = np.asarray(values, dtype=float)
    sd = values.std(ddof=1) if len(values) > 1 else 0.0
    return {"mean": float(values.mean()), "sd": float(sd)}


# ---------------------------------------------------------------- 결과를 고르는 도우미

T95 = {2: 4.303, 4: 2.776, 9: 2.262}  # t 분포의 97.5 % 점, 자유도마다


def select(fit, program):
    return fit[fit["program"] == program].sort_values("seed")


def z_scores(fit, program, key):
    """원본의 에폭별 값이 우리 시드들의 평균에서 표준편차의 몇 배 떨어져 있는가. (5,)."""
    ours = by_epoch(select(fit, program), key)  # (에폭 수, 시드 수)
    source = np.array(SOURCE[program][key.removeprefix("bar_")])
    return (source - ours.mean(axis=1)) / ours.std(axis=1, ddof=1)


def z_text(zs):
    return ", ".join(f"{z:+.1f}" for z in zs)


def paired(a, b):
    """시드가 같은 학습끼리의 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)  # (시드 수,)
    half = T95[len(difference) - 1] * difference.std(ddof=1) / len(difference) ** 0.5
    return difference.mean(), half


def differences(fit, better, worse):
    """검증 정확도와 테스트 정확도에서, 두 프로그램의 짝 차이."""
    return {
        "검증": paired(
            last(select(fit, better), "val_accuracy"),
            last(select(fit, worse), "val_accuracy"),
        ),
        "테스트": paired(
            select(fit, better)["test_accuracy"], select(fit, worse)["test_accuracy"]
        ),
    }


def differences_text(fit, better, worse):
    parts = (
        f"{name} 차이 {mean:+.4f} ± {half:.4f}"
        for name, (mean, half) in differences(fit, better, worse).items()
    )
    return ", ".join(parts) + f" (시드 {fit['seed'].nunique()}개, 95 % 신뢰 구간)"


# ---------------------------------------------------------------- 그림


def figure_bars(fit):
    """에폭별 정확도. 점은 원본 노트의 값, 실선은 옛 진행 막대를 되살린 값, 파선은 한 에폭의
    진짜 평균입니다. 띠는 시드들의 최솟값과 최댓값입니다.

    대체 텍스트: 칸이 셋이고 위에서부터 Sigmoid와 RMSProp, ReLU와 RMSProp, ReLU와 Adam의
    학습입니다. 칸마다 첫 에폭에서 원본의 점은 되살린 막대 위에 있고, 진짜 평균은 그보다
    훨씬 높습니다. 에폭이 지날수록 두 선이 붙습니다.
    """
    fig, axes = plt.subplots(
        3, 1, figsize=(5.4, 7.8), sharex=True, layout="constrained"
    )
    for ax, (program, title) in zip(axes, NAMES.items()):
        rows = select(fit, program)
        for key, style, label in (
            ("bar_accuracy", "C0-", "되살린 막대"),
            ("accuracy", "C1--", "진짜 평균"),
        ):
            values = by_epoch(rows, key)  # (에폭 수, 시드 수)
            epochs = np.arange(1, len(values) + 1)
            ax.plot(epochs, values.mean(axis=1), style, label=label)
            ax.fill_between(
                epochs,
                values.min(axis=1),
                values.max(axis=1),
                color=style[:2],
                alpha=0.25,
                linewidth=0,
            )
        ax.plot(epochs, SOURCE[program]["accuracy"], "C3o", label="원본 노트")
        ax.set(title=title, ylabel="훈련 정확도", xticks=epochs)
    axes[0].legend(loc="lower right")
    axes[-1].set_xlabel("에폭")
    return fig


def figure_running_average(fit):
    """ReLU와 Adam의 첫 에폭. 곡선은 걸음마다의 ‘지금까지의 평균’이고, 곡선의 오른쪽 끝이
    한 에폭의 진짜 평균, 곡선 전체의 평균 높이가 옛 진행 막대의 값입니다. 시드 0입니다.

    대체 텍스트: 곡선은 낮은 곳에서 가파르게 올라 점점 완만해집니다. 파선으로 그린 진짜
    평균은 곡선의 끝 높이에 있고, 점선으로 그린 옛 진행 막대의 값은 그보다 낮습니다.
    """
    row = select(fit, "adam").iloc[0]
    steps = np.arange(len(row["first"])) * 10 + 1
    fig, ax = plt.subplots(figsize=(5.4, 3.4), layout="constrained")
    ax.plot(steps, row["first"], "C0", label="지금까지의 평균")
    ax.axhline(row["accuracy"][0], color="C1", linestyle="--", label="진짜 평균")
    ax.axhline(row["bar_accuracy"][0], color="C3", linestyle=":", label="옛 진행 막대")
    ax.axhline(
        SOURCE["adam"]["accuracy"][0], color="C2", linestyle="-.", label="원본 노트"
    )
    ax.set(xlabel="걸음", ylabel="정확도", ylim=(0.4, 0.88))
    ax.legend(loc="lower right")
    return fig


def figure_final(fit):
    """5에폭 뒤의 검증 정확도와 테스트 정확도. 가는 선은 시드가 같은 학습을 잇고, 굵은 점은
    평균입니다.

    대체 텍스트: 칸이 둘이고 왼쪽은 검증, 오른쪽은 테스트입니다. 칸마다 가로축에 세
    프로그램이 있습니다. 시드에 따른 흩어짐이 세 평균의 차이와 비슷한 크기입니다.
    """
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.4), sharey=True, layout="constrained")
    values = {
        "검증": np.array([last(select(fit, p), "val_accuracy") for p in NAMES]),
        "테스트": np.array([select(fit, p)["test_accuracy"] for p in NAMES]),
    }  # (3, 시드 수)
    for ax, (name, table) in zip(axes, values.items()):
        ax.plot(table, "C0.-", alpha=0.4)
        ax.plot(table.mean(axis=1), "C1o", markersize=9)
        ax.set_xticks(range(3), [label.replace(", ", "\n") for label in NAMES.values()])
        ax.set(title=f"{name} 정확도", xlim=(-0.4, 2.4))
    return fig


# ---------------------------------------------------------------- 표


def table_epochs(fit):
    """에폭별 정확도. 원본 노트의 값, 옛 진행 막대를 되살린 값의 평균, 원본이 거기서 떨어진
    정도 z, 한 에폭의 진짜 평균의 평균입니다. Sigmoid와 ReLU는 RMSProp으로, Adam은 ReLU로
    학습했습니다.
    """
    rows = []
    for program, name in zip(PROGRAMS, ("Sigmoid", "ReLU", "Adam")):
        runs = select(fit, program)
        bars, true = by_epoch(runs, "bar_accuracy"), by_epoch(runs, "accuracy")
        zs = z_scores(fit, program, "bar_accuracy")
        for epoch, source in enumerate(SOURCE[program]["accuracy"]):
            rows.append(
                {
                    "학습": name if epoch == 0 else "",
                    "에폭": epoch + 1,
                    "원본": source,
                    "막대": bars[epoch].mean(),
                    "z": zs[epoch],
                    "진짜": true[epoch].mean(),
                }
            )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "원본": ".4f",
        "막대": ".4f",
        "z": "+.1f",
        "진짜": ".4f",
    }
    return frame


def table_results(fit):
    """5에폭 뒤의 성적. 시드 열 개의 평균 ± 표준편차입니다."""

    def text(values):
        found = spread(values)
        return f"{found['mean']:.4f} ± {found['sd']:.4f}"

    rows = [
        {
            "학습": name,
            "검증 정확도": text(last(select(fit, program), "val_accuracy")),
            "테스트 정확도": text(select(fit, program)["test_accuracy"]),
        }
        for program, name in NAMES.items()
    ]
    return pd.DataFrame(rows)


def table_counts(split):
    """검증 데이터 12,000장에 든 클래스마다의 장수. 세 가지 방법으로 나누었습니다."""
    return pd.DataFrame(
        {
            "클래스": range(10),
            "섞어서": split["permuted"],
            "뒤쪽 20 %": split["tail"],
            "층화": split["stratified"],
        }
    )


def table_again(again):
    """다시 부르기 직전의 걸음 수와 훈련 손실. 손실은 시드 세 개의 평균입니다."""
    names = {
        "first": "처음",
        "again": "fit을 다시",
        "recompiled": "compile하고 fit",
        "cloned": "clone_model하고 fit",
    }
    rows = [
        {
            "부른 것": name,
            "걸음 수": int(again[f"{key}_steps"].iloc[0]),
            "그때의 손실": again[f"{key}_before"].mean(),
        }
        for key, name in names.items()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"걸음 수": "d", "그때의 손실": ".3f"}
    return frame


# ---------------------------------------------------------------- 주장


def claim_sigmoid_log(fit):
    """Sigmoid와 RMSProp의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 표준편차의
    세 배 안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다.

    원문: (S13, N18) 에폭별 정확도가 0.7526, 0.8493, 0.8634, 0.8742, 0.8780이다.
    판정: 재현됨
    """
    zs = z_scores(fit, "sigmoid", "bar_accuracy")
    return bool(np.abs(zs).max() <= TOLERANCE), f"에폭별 z: {z_text(zs)}"


def claim_relu_log(fit):
    """ReLU와 RMSProp의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 0.01 안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다. 뒤쪽 에폭의 기록이 우리
    평균보다 낮은데, 까닭은 이 실험으로 알 수 없습니다.

    원문: (S14, N19) 에폭별 정확도가 0.7661, 0.8554, 0.8671, 0.8756, 0.8825이다.
    판정: 재현됨
    """
    ours = by_epoch(select(fit, "relu"), "bar_accuracy").mean(axis=1)
    gaps = np.array(SOURCE["relu"]["accuracy"]) - ours  # (5,)
    evidence = ", ".join(f"{gap:+.4f}" for gap in gaps)
    zs = z_text(z_scores(fit, "relu", "bar_accuracy"))
    return bool(np.abs(gaps).max() < 0.01), f"에폭별 차이 {evidence} (z는 {zs})"


def claim_adam_log(fit):
    """ReLU와 Adam의 기록은 다섯 에폭 모두, 되살린 진행 막대의 평균에서 표준편차의 세 배
    안에 있습니다.

    시드 10개, 5에폭, 배치 크기 32, 사진 48,000장. 정확도만 견주었습니다.

    원문: (S15, N21) 에폭별 정확도가 0.7698, 0.8549, 0.8744, 0.8819, 0.8867이다.
    판정: 재현됨
    """
    zs = z_scores(fit, "adam", "bar_accuracy")
    return bool(np.abs(zs).max() <= TOLERANCE), f"에폭별 z: {z_text(zs)}"


def claim_history_high(fit):
    """한 에폭의 진짜 평균으로는 첫 에폭의 기록을 설명할 수 없습니다. 세 학습 모두에서 원본의
    첫 정확도가 진짜 평균보다 0.03 넘게, 표준편차의 다섯 배 넘게 낮습니다.

    원문: (E19, N18, N19, N21) 진행 막대의 정확도를 한 에폭의 정확도로 적었다.
    판정: 반증
    """
    zs = np.array([z_scores(fit, program, "accuracy")[0] for program in NAMES])
    gaps = np.array(
        [
            SOURCE[program]["accuracy"][0]
            - by_epoch(select(fit, program), "accuracy")[0].mean()
            for program in NAMES
        ]
    )
    evidence = (
        f"차이 {gaps.min():+.4f}부터 {gaps.max():+.4f}, 첫 에폭의 z: {z_text(zs)}"
    )
    return bool(gaps.max() < -0.03 and zs.max() < -5), evidence


def claim_evaluation(fit):
    """원본의 검증 정확도와 검증 손실은 우리 시드들의 평균에서 표준편차의 세 배 안에
    있습니다.

    ReLU와 RMSProp, 5에폭, 시드 10개. 검증 데이터는 같은 크기이지만 같은 사진은 아닙니다.

    원문: (N20) 검증 데이터에서 evaluate가 돌려준 값은 손실 0.37257, 정확도 0.87133이다.
    판정: 재현됨
    """
    rows = select(fit, "relu")
    zs = {}
    for name, key in (("정확도", "accuracy"), ("손실", "loss")):
        ours = spread(last(rows, f"val_{key}"))
        zs[name] = (SOURCE_EVALUATION[key] - ours["mean"]) / ours["sd"]
    evidence = ", ".join(f"{name} z = {z:+.1f}" for name, z in zs.items())
    return bool(max(map(abs, zs.values())) <= TOLERANCE), evidence


def claim_two_numbers(fit):
    """한 번의 평가에 적힌 두 숫자의 차이는, 사진의 순서를 무작위로 바꿀 때 되살린 막대와
    진짜 평균이 벌어지는 정도의 두 배 안에 있습니다.

    ReLU와 RMSProp 모델 열 개에서 순서를 200번씩 바꾸어 잰 표준편차로 견줍니다.

    원문: (N20, E19) 같은 평가의 진행 막대에는 정확도 0.8723과 손실 0.3749가 적혀 있다.
    판정: 재현됨
    """
    rows = select(fit, "relu")
    ratios = {}
    for name, key in (("정확도", "accuracy"), ("손실", "loss")):
        gap = SOURCE_BAR[key] - SOURCE_EVALUATION[key]
        ratios[name] = gap / rows[f"gap_{key}"].mean()
    evidence = ", ".join(
        f"{name}의 차이는 표준편차의 {ratio:+.1f}배" for name, ratio in ratios.items()
    )
    return bool(max(map(abs, ratios.values())) <= 2), evidence


def claim_parameters(fit):
    """은닉층은 78,500개, 출력층은 1,010개이고 Flatten은 0개라서 모두 79,510개입니다.

    원문: (N23, T38) 매개변수는 78,500개와 1,010개, 모두 79,510개이다.
    판정: 재현됨
    """
    counts = fit["parameters"].iloc[0]
    return counts == [78_500, 1_010], f"{counts[0]:,d} + {counts[1]:,d}"


def claim_steps(fit):
    """한 에폭은 1500걸음이고, 검증 데이터의 평가는 375걸음입니다.

    한 걸음에 걸리는 시간은 컴퓨터마다 달라 견주지 않았습니다.

    원문: (N24) 한 에폭에 1500걸음, 평가에 375걸음, 한 걸음에 3–5 ms가 걸린다.
    판정: 재현됨
    """
    steps, evaluation = set(fit["steps"]), set(fit["evaluation_steps"])
    return (steps, evaluation) == ({1500}, {375}), (
        f"학습 {max(steps)}걸음, 평가 {max(evaluation)}걸음"
    )


def claim_same_split(split):
    """시드가 같으면 검증 데이터 12,000장이 순서까지 똑같고, 시드가 다르면 다섯 장에 한 장
    남짓만 겹칩니다.

    NumPy의 난수로 확인했습니다. 훈련 데이터와 검증 데이터에 함께 든 사진은 없습니다.

    원문: (C41, T36) random_state를 정하면 나누기가 재현된다.
    판정: 재현됨
    """
    held = split["val"]
    holds = split["same_seed"] == held and split["overlap"] == 0
    shared = split["shared"] / held
    return bool(holds and 0.17 < shared < 0.23), (
        f"같은 시드 {split['same_seed']:,d}장 일치, 다른 시드 {split['shared']:,d}장 겹침"
    )


SMALL = 0.015  # 짝 차이의 신뢰 구간이 이 안에 있으면 차이가 작다고 합니다


def is_small(found):
    return all(abs(mean) + half < SMALL for mean, half in found.values())


def claim_relu_undecided(fit):
    """ReLU는 Sigmoid보다 훈련 정확도가 높지만, 검증 정확도와 테스트 정확도의 차이는 0.015보다
    작습니다.

    옵티마이저는 둘 다 RMSprop(0.001), 5에폭, 시드 10개. 훈련 정확도는 마지막 에폭의
    평균입니다. 높다는 것은 짝 차이의 95 % 신뢰 구간이 0보다 위에 있다는 뜻이고, 작다는 것은
    신뢰 구간이 ±0.015 안에 있다는 뜻입니다.

    원문: (C45) 같은 신경망에서 ReLU가 Sigmoid보다 낫다.
    판정: 조건부
    """
    mean, half = paired(
        last(select(fit, "relu"), "accuracy"), last(select(fit, "sigmoid"), "accuracy")
    )
    holds = mean > half and is_small(differences(fit, "relu", "sigmoid"))
    evidence = differences_text(fit, "relu", "sigmoid")
    return bool(holds), f"훈련 차이 {mean:+.4f} ± {half:.4f}, {evidence}"


def claim_adam_not_better(fit):
    """Adam과 RMSProp의 차이는 검증 정확도에서도 테스트 정확도에서도 0.015보다 작습니다.

    활성화 함수는 둘 다 ReLU, 학습률은 둘 다 0.001, 5에폭, 시드 10개. 짝 차이의 95 % 신뢰
    구간이 ±0.015 안에 있다는 뜻입니다. 이보다 작은 차이가 있는지는 판정하지 않았습니다.

    원문: (C46) Adam이 기본값인 RMSProp보다 낫다.
    판정: 확인 불가
    """
    holds = is_small(differences(fit, "adam", "relu"))
    return bool(holds), differences_text(fit, "adam", "relu")


def claim_goes_on(again):
    """fit을 다시 불러도, compile을 다시 해도 배운 가중치에서 이어집니다. compile은 옵티마이저를
    새로 만들어 걸음 수가 0으로 돌아가지만, clone_model은 가중치까지 새로 시작합니다.

    사진 5,000장, 한 에폭씩, 시드 3개에서 모두 그렇습니다.

    원문: (E31) fit의 칸을 다시 실행하면 학습이 처음부터 다시 시작된다고 여기기 쉽다.
    판정: 반증
    """
    learnt = again["first_before"] > 2 * again["again_before"]
    kept = again["recompiled_before"] < again["again_before"]
    fresh = again["cloned_before"] > 2 * again["again_before"]
    counts = (again["again_steps"] > 0) & (again["recompiled_steps"] == 0)
    return bool((learnt & kept & fresh & counts).all()), (
        f"손실 {again['first_before'].mean():.3f} → {again['again_before'].mean():.3f} → "
        f"compile 뒤 {again['recompiled_before'].mean():.3f}, "
        f"clone 뒤 {again['cloned_before'].mean():.3f}"
    )


def claim_blank_name(name):
    """이름에 빈칸이 있는 모델은 만들 수는 있지만 fit에서 ValueError로 멈추고, 빈칸을 밑줄로
    바꾸면 학습됩니다.

    원문: (E12, S12) 모델의 이름을 ‘fashion MNIST model’로 짓고 summary까지만 불렀다.
    판정: 조건부
    """
    holds = name["plain"] == "ok" and "not a valid root scope name" in name["blank"]
    holds = holds and name["blank_parameters"] == name["plain_parameters"]
    return holds, name["blank"]

"""학습 곡선(learning curve): 여덟 가지 병을 진짜 학습으로 앓아 보고 고칩니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

LN10 = float(np.log(10))  # 열 클래스를 똑같은 확률로 찍을 때의 손실
SEEDS = (0, 1, 2, 3, 4)

# 실행마다 기본값과 다른 하이퍼파라미터만 적습니다.
RUNS = {
    "healthy": dict(),
    "init": dict(scale=0.001),
    "init_fast": dict(scale=0.001, lr=0.3, epochs=10),
    "crawl": dict(lr=0.0001, epochs=10),
    "burst": dict(lr=1.0, epochs=10),
    "under": dict(units=(2,), activation="tanh", optimizer="adam", lr=0.01),
    "wide": dict(units=(32,), activation="tanh", optimizer="adam", lr=0.01),
    "over": dict(samples=500, optimizer="adam", lr=0.003, epochs=30),
    "small": dict(samples=500, optimizer="adam", lr=0.003, epochs=30, units=(8,)),
    "more": dict(samples=2000, optimizer="adam", lr=0.003, epochs=30),
    "stall": dict(lr=0.3, batch_size=16, epochs=16),
    "stall_drop": dict(lr=0.3, batch_size=16, epochs=16, switch_at=8, factor=0.1),
    "high": dict(lr=0.5, epochs=16),
    "low": dict(lr=0.001, epochs=16),
    "low_drop": dict(lr=0.001, epochs=16, switch_at=8, factor=0.1),
    "low_raise": dict(lr=0.001, epochs=16, switch_at=8, factor=10),
    "leak": dict(samples=500, optimizer="adam", lr=0.003, epochs=30, copies=500),
    "sorted": dict(shuffle=False, epochs=16),
}


# ---------------------------------------------------------------- 데이터와 모델


def load(samples, validation, copies=0, test=2000):
    """훈련, 검증, 테스트 데이터. 검증 데이터의 앞 copies장은 훈련 데이터의 사본입니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x_val, y_val = x[-validation:].copy(), y[-validation:].copy()
    copies = min(copies, samples, len(x_val) // 2)
    x_val[:copies], y_val[:copies] = x[:copies], y[:copies]
    return (
        as_vectors(x[:samples], y[:samples]),
        as_vectors(x_val, y_val),
        as_vectors(x_test[:test], y_test[:test]),
    )


def as_vectors(images, labels):
    return images.reshape(-1, 784).astype("float32") / 255, labels.astype("int32")


def build_mlp(units=(128, 64), scale=None, lr=0.03, optimizer="sgd", activation="relu"):
    """scale이 없으면 He 초기화, 있으면 표준편차가 scale인 정규분포로 시작합니다."""
    start = "he_normal" if scale is None else keras.initializers.RandomNormal(0, scale)
    model = keras.Sequential([keras.Input((784,))])
    for width in units:
        model.add(keras.layers.Dense(width, activation, kernel_initializer=start))
    model.add(keras.layers.Dense(10, kernel_initializer=start))  # 점수 (n, 10)
    kind = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[optimizer]
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(kind(lr), loss, metrics=["accuracy"])
    return model


# --8<-- [start:measure]
def measure(model, x, y):
    """멈춘 가중치로 다시 잰 손실과 정확도."""
    s = np.asarray(model(x, training=False), dtype="float64")  # (n, 10)
    s = s - s.max(axis=1, keepdims=True)
    losses = np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y]  # (n,)
    return round(float(losses.mean()), 5), float((s.argmax(axis=1) == y).mean())


# --8<-- [end:measure]


# --8<-- [start:is_copy]
def is_copy(images, others):
    """images의 사진마다, others에 바이트까지 똑같은 사진이 있는가."""
    known = {image.tobytes() for image in others}
    return np.array([image.tobytes() in known for image in images])  # (n,)


# --8<-- [end:is_copy]


# ---------------------------------------------------------------- 모든 학습

cases_fit = [dict(run=run, seed=seed, **RUNS[run]) for run in RUNS for seed in SEEDS]


def experiment_fit(
    run="healthy",
    seed=0,
    lr=0.03,
    units=(128, 64),
    scale=None,
    samples=2000,
    epochs=20,
    batch_size=32,
    shuffle=True,
    optimizer="sgd",
    activation="relu",
    switch_at=0,
    factor=1.0,
    copies=0,
):
    keras.utils.set_random_seed(seed)
    train, val, test = load(samples, validation=1000 if copies else 2000, copies=copies)
    if not shuffle:
        order = np.argsort(train[1], kind="stable")  # 클래스 차례로 늘어놓습니다
        train = train[0][order], train[1][order]
    sets = {"train": train, "val": val, "test": test}
    if copies:
        fresh = ~is_copy(val[0], train[0])
        sets["clean"] = val[0][fresh], val[1][fresh]
    model = build_mlp(units, scale, lr, optimizer, activation)
    history = {"loss": [], "accuracy": []}
    for name in sets:
        history |= {f"{name}_loss": [], f"{name}_accuracy": []}

    def watch(epoch, logs=None):
        for name, (x, y) in sets.items():
            loss, accuracy = measure(model, x, y)
            history[f"{name}_loss"].append(loss)
            history[f"{name}_accuracy"].append(accuracy)
        if logs:  # 첫 에폭 전에는 기록된 평균이 없습니다
            history["loss"].append(round(logs["loss"], 5))
            history["accuracy"].append(round(logs["accuracy"], 5))
        if epoch + 1 == switch_at:
            model.optimizer.learning_rate = lr * factor

    watch(-1)
    model.fit(
        *train,
        batch_size=batch_size,
        epochs=epochs,
        shuffle=shuffle,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=watch)],
        verbose=0,
    )
    return history


# ---------------------------------------------------------------- 학습하기 전의 점검


def experiment_first_loss(samples=2000, seeds=(0, 1, 2, 3, 4)):
    (x, y), _, _ = load(samples, validation=10)
    result = {"he": [], "tiny": [], "pixels": []}
    for seed in seeds:
        for name, scale, factor in (
            ("he", None, 1),
            ("tiny", 0.001, 1),
            ("pixels", None, 255),
        ):
            keras.utils.set_random_seed(seed)
            model = build_mlp(scale=scale)
            result[name].append(measure(model, factor * x, y)[0])
    return result


# --8<-- [start:memorise]
def memorise(x, y, scale=None, lr=0.03, steps=150, seed=0):
    keras.utils.set_random_seed(seed)
    model = build_mlp(scale=scale, lr=lr)
    x, y = x[:20], y[:20]  # (20, 784), (20,)
    history = model.fit(x, y, batch_size=20, epochs=steps, verbose=0)
    return history.history["loss"], measure(model, x, y)[1]


# --8<-- [end:memorise]


def experiment_memorise(steps=150, seeds=(0, 1, 2)):
    (x, y), _, _ = load(20, validation=10)
    result = {}
    for name, scale in (("he", None), ("tiny", 0.001)):
        runs = [memorise(x, y, scale, steps=steps, seed=seed) for seed in seeds]
        result[name] = {
            "losses": [[round(value, 5) for value in losses] for losses, _ in runs],
            "accuracies": [accuracy for _, accuracy in runs],
        }
    return result


def experiment_gradients(samples=2000, seeds=(0, 1, 2)):
    """학습하기 전, 층마다의 가중치에 대한 기울기의 크기."""
    import tensorflow as tf

    (x, y), _, _ = load(samples, validation=10)
    result = {"he": [], "tiny": []}
    for seed in seeds:
        for name, scale in (("he", None), ("tiny", 0.001)):
            keras.utils.set_random_seed(seed)
            model = build_mlp(scale=scale)
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(model.loss(y, model(x)))
            kernels = [layer.kernel.value for layer in model.layers]
            sizes = [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
            result[name].append(sizes)
    return result


# ---------------------------------------------------------------- 작은 검증 데이터

SIZES = (50, 100, 250, 500, 1000)
cases_levels = [dict(seed=seed) for seed in SEEDS]


def experiment_levels(seed=0, validation=5000, epochs=20):
    """학습 한 번을, 서로 겹치지 않는 크고 작은 검증 데이터로 에폭마다 채점합니다."""
    keras.utils.set_random_seed(seed)
    train, (x, y), test = load(2000, validation)
    model = build_mlp()
    losses, right = [], []  # 에폭마다 (n,)

    def watch(epoch, logs):
        s = np.asarray(model(x, training=False), dtype="float64")  # (n, 10)
        s = s - s.max(axis=1, keepdims=True)
        losses.append(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])
        right.append(s.argmax(axis=1) == y)

    logged = model.fit(
        *train,
        batch_size=32,
        epochs=epochs,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=watch)],
        verbose=0,
    ).history
    right, losses = np.array(right, dtype=float), np.array(losses)  # (epochs, n)
    return {
        "loss": [round(value, 5) for value in logged["loss"]],
        "accuracy": [round(value, 5) for value in logged["accuracy"]],
        "test": measure(model, *test)[1],
        "whole": right.mean(axis=1).round(5).tolist(),
        "whole_loss": losses.mean(axis=1).round(5).tolist(),
        "parts": {str(size): in_parts(right, losses, size) for size in SIZES},
    }


def in_parts(right, losses, size):
    """겹치지 않게 size장씩 나누어 채점한 곡선들의 높이와 톱니."""
    count = max(1, right.shape[1] // size)
    cut = right[:, : count * size].reshape(len(right), count, -1)
    curves = cut.mean(axis=2)  # (epochs, count)
    cut = losses[:, : count * size].reshape(len(right), count, -1).mean(axis=2)
    return {
        "count": count,
        "last": curves[-1].round(5).tolist(),  # 마지막 에폭의 정확도, (count,)
        "level": float(curves[-1].std()),
        "zigzag": zigzag(curves),
        "curves": curves[:, :4].T.round(5).tolist(),  # 그릴 것만
        "loss_curves": cut[:, :4].T.round(5).tolist(),
    }


def zigzag(curves):
    """뒤쪽 절반에서, 이웃한 에폭의 차이의 표준편차."""
    late = np.asarray(curves)[len(curves) // 2 :]  # (에폭 수, …)
    return float(np.diff(late, axis=0).std(axis=0).mean()) if len(late) > 1 else 0.0


# ---------------------------------------------------------------- 섞지 않은 데이터


cases_steps = [dict(shuffle=shuffle) for shuffle in (False, True)]


def experiment_steps(shuffle=True, every=5, epochs=4, samples=2000, seed=0):
    """클래스 차례로 줄 세운 데이터를 배우며, every걸음마다 검증 손실을 잽니다."""
    keras.utils.set_random_seed(seed)
    (x, y), val, _ = load(samples, validation=1000)
    order = np.argsort(y, kind="stable")
    model = build_mlp()
    steps, losses = [0], [measure(model, *val)[0]]

    def watch(batch, logs):
        steps.append(steps[-1] + 1)
        if steps[-1] % every == 0:
            losses.append(measure(model, *val)[0])

    model.fit(
        x[order],
        y[order],
        batch_size=32,
        epochs=epochs,
        shuffle=shuffle,
        callbacks=[keras.callbacks.LambdaCallback(on_train_batch_end=watch)],
        verbose=0,
    )
    return {"losses": losses, "steps": steps[-1], "epochs": epochs}


# ---------------------------------------------------------------- 결과를 고르는 도우미

T95 = {2: 4.303, 4: 2.776}  # t 분포의 97.5 % 점, 자유도마다


def curves(fit, run, key):
    """실행 하나의 곡선을 시드마다 한 줄로. (시드 수, 에폭 수)."""
    rows = fit[fit["run"] == run].sort_values("seed")
    return np.array(rows[key].tolist(), dtype=float)


def last(fit, run, key, epochs=1):
    """마지막 에폭의 값, 또는 마지막 몇 에폭의 평균. (시드 수,)."""
    return curves(fit, run, key)[:, -epochs:].mean(axis=1)


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


def surely_below(a, b):
    mean, half = paired(a, b)
    return bool(mean + half < 0)


def difference_text(a, b):
    mean, half = paired(a, b)
    return f"{np.mean(b):.3f} → {np.mean(a):.3f} (짝 차이 {mean:+.3f} ± {half:.3f})"


def spread_text(values):
    return f"{np.min(values):.3f}–{np.max(values):.3f}"


# ---------------------------------------------------------------- 그림의 도우미


def draw(ax, lines, color, label, style="-", first=0):
    """첫 시드는 굵게, 나머지 시드는 흐리게 그립니다."""
    for i, line in enumerate(lines):
        ax.plot(
            np.arange(first, first + len(line)),
            line,
            color + style,
            alpha=1 if i == 0 else 0.25,
            linewidth=2 if i == 0 else 1,
            label=label if i == 0 else None,
        )


def draw_both(ax, fit, run, color, name):
    """훈련 손실(파선)과 검증 손실(실선)을 함께 그립니다."""
    draw(ax, curves(fit, run, "train_loss"), color, f"{name}: 훈련", "--")
    draw(ax, curves(fit, run, "val_loss"), color, f"{name}: 검증")


def finish(ax, ylabel="손실", **settings):
    ax.set(xlabel="에폭", ylabel=ylabel, **settings)
    ax.xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    ax.legend()


# ---------------------------------------------------------------- 여덟 곡선

GALLERY = ("sorted", "under", "small_val", "stall", "leak", "init", "high", "over")
NAMES = {
    "init": "나쁜 처음 가중치",
    "under": "과소적합",
    "over": "과적합",
    "stall": "정체",
    "high": "큰 학습률",
    "low": "작은 학습률",
    "small_val": "작은 검증 데이터",
    "leak": "데이터 누출",
    "sorted": "섞지 않음",
    "fine": "이상 없음",
}


def as_seen(fit, levels, name, seed=0):
    """Keras의 history가 보여 주는 두 곡선: 기록된 훈련 손실과 검증 손실."""
    if name == "small_val":
        row = levels[levels["seed"] == seed].iloc[0]
        val = row["parts"][str(SIZES[0])]["loss_curves"][0]
        return {"loss": row["loss"], "val_loss": val}
    row = fit[(fit["run"] == name) & (fit["seed"] == seed)].iloc[0]
    return {"loss": row["loss"], "val_loss": row["val_loss"][1:]}


def figure_gallery(fit, levels):
    """여덟 학습의 곡선. 파선은 훈련 손실, 실선은 검증 손실이고, 가로축은 에폭, 세로축은
    손실입니다. 눈금이 칸마다 다릅니다.

    대체 텍스트: A는 두 곡선이 크게 벌어진 채 검증이 높습니다. B는 두 곡선이 높은 곳에서
    붙어 있습니다. C는 훈련만 매끄럽고 검증은 삐죽합니다. D는 내려오다가 멈추어
    출렁입니다. E는 두 곡선이 모두 낮습니다. F는 수평선입니다. G는 위아래로 크게 뜁니다.
    H는 훈련은 0으로 가는데 검증은 다시 올라갑니다.
    """
    fig, axes = plt.subplots(4, 2, figsize=(6.4, 9.6), layout="constrained")
    for ax, name, letter in zip(axes.flat, GALLERY, "ABCDEFGH"):
        history = as_seen(fit, levels, name)
        epochs = np.arange(1, len(history["loss"]) + 1)
        ax.plot(epochs, np.array(history["loss"], dtype=float), "C0--", label="훈련")
        ax.plot(epochs, np.array(history["val_loss"], dtype=float), "C1", label="검증")
        ax.set_title(letter, loc="left", fontweight="bold")
        ax.set_ylim(0, 1.05 * ax.get_ylim()[1])
    axes[0, 0].legend()
    for ax in axes[:, 0]:
        ax.set_ylabel("손실")
    for ax in axes[-1]:
        ax.set_xlabel("에폭")
    return fig


# ---------------------------------------------------------------- 세 곡선과 시드


def figure_three(fit):
    """같은 학습의 세 곡선. 왼쪽은 처음 여섯 에폭, 오른쪽은 20에폭 전체입니다. 시드 0입니다.

    대체 텍스트: 첫 에폭에서는 기록된 훈련 손실이 가장 높고, 다시 잰 훈련 손실과 검증 손실은
    그보다 한참 아래에 붙어 있습니다. 나중에는 검증 손실만 위에 남습니다.
    """
    logged = curves(fit, "healthy", "loss")[0]
    again = curves(fit, "healthy", "train_loss")[0][1:]
    val = curves(fit, "healthy", "val_loss")[0][1:]
    fig, axes = plt.subplots(1, 2, figsize=(7, 3.4), sharey=True, layout="constrained")
    for ax, end in zip(axes, (6, len(val))):
        epochs = np.arange(1, end + 1)
        ax.plot(epochs, logged[:end], "C0--", label="기록된 훈련")
        ax.plot(epochs, again[:end], "C2", label="다시 잰 훈련")
        ax.plot(epochs, val[:end], "C1", label="검증")
        ax.set_xlabel("에폭")
    axes[0].set_ylabel("손실")
    axes[1].legend()
    return fig


def claim_first_epoch(fit):
    """첫 에폭의 검증 손실은 기록된 훈련 손실보다 낮지만, 같은 가중치로 다시 잰 훈련
    손실보다는 높습니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 시드 5개 모두에서. 검증 데이터는
    2000장입니다.
    """
    logged = curves(fit, "healthy", "loss")[:, 0]
    again = curves(fit, "healthy", "train_loss")[:, 1]
    val = curves(fit, "healthy", "val_loss")[:, 1]
    evidence = (
        f"시드 5개의 평균: 기록된 훈련 {logged.mean():.3f}, 다시 잰 훈련 "
        f"{again.mean():.3f}, 검증 {val.mean():.3f}."
    )
    return bool((val < logged).all() and surely_below(again, val)), evidence


def claim_gradual(fit):
    """에폭을 되풀이하면 손실이 줄지만, 에폭마다 줄지는 않고 끝없이 줄지도 않습니다.

    정상 학습: Fashion-MNIST 2000장, SGD(0.03), 20에폭, 시드 5개. 과적합 학습: 500장,
    Adam(0.003), 30에폭, 시드 5개.

    원문: (C44) 여러 에폭을 거치며 모델이 점점 나아집니다.
    판정: 조건부
    """
    val = curves(fit, "healthy", "val_loss")
    over = curves(fit, "over", "val_loss")
    rises = np.diff(val[:, 1:], axis=1) > 0
    falls = surely_below(val[:, -1], val[:, 1])
    turns = surely_below(over.min(axis=1), over[:, -1])
    evidence = (
        f"정상 학습의 검증 손실은 1에폭 {val[:, 1].mean():.3f}에서 20에폭 "
        f"{val[:, -1].mean():.3f}로 줄지만, 에폭의 {rises.mean():.0%}에서는 오히려 "
        f"늘었습니다. 과적합 학습은 가장 낮을 때 {over.min(axis=1).mean():.3f}, "
        f"끝에서 {over[:, -1].mean():.3f}입니다."
    )
    return bool(falls and rises.any() and turns), evidence


# --8<-- [start:smooth]
def smooth(values, keep=0.8):
    result = [values[0]]
    for value in values[1:]:
        result.append(keep * result[-1] + (1 - keep) * value)  # 지수 이동 평균
    return np.array(result)


# --8<-- [end:smooth]


def figure_spread_curves(fit):
    """시드만 다른 다섯 학습의 검증 손실(왼쪽)과, 그 가운데 하나를 매끄럽게 한
    곡선(오른쪽)입니다.

    대체 텍스트: 왼쪽의 다섯 곡선은 함께 내려가지만 서로 다른 에폭에서 솟습니다. 오른쪽의
    매끄러운 곡선은 솟은 곳이 사라지는 대신 원래 곡선보다 늦게 내려옵니다.
    """
    val = curves(fit, "healthy", "val_loss")[:, 1:]
    epochs = np.arange(1, val.shape[1] + 1)
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7, 3.4), sharey=True, layout="constrained"
    )
    for seed, line in enumerate(val):
        left.plot(epochs, line, f"C{seed}", linewidth=1.5, label=f"시드 {seed}")
    right.plot(epochs, val[0], "C0", alpha=0.4, label="시드 0")
    right.plot(epochs, smooth(val[0]), "C1", label="매끄럽게")
    left.set(xlabel="에폭", ylabel="검증 손실")
    right.set_xlabel("에폭")
    left.legend(fontsize=9)
    right.legend()
    return fig


def claim_spread(fit):
    """시드만 바꾸어도 마지막 검증 정확도가 1 % 포인트보다 크게 달라집니다.

    같은 데이터, 같은 하이퍼파라미터, 시드 5개의 최댓값과 최솟값의 차이. 검증 데이터
    2000장, 20에폭째.
    """
    accuracy = last(fit, "healthy", "val_accuracy")
    gap = accuracy.max() - accuracy.min()
    evidence = f"마지막 검증 정확도 {spread_text(accuracy)}, 차이 {gap:.3f}."
    return bool(gap > 0.01), evidence


# ---------------------------------------------------------------- 시작하기 전


def figure_memorise_curves(memorise):
    """사진 20장의 훈련 손실. 시드 3개, 로그 눈금입니다.

    대체 텍스트: He로 시작한 세 곡선은 끝까지 크게 내려가고, 표준편차 0.001로 시작한
    곡선은 ln 10 근처에 머뭅니다.
    """
    fig, ax = plt.subplots()
    draw(ax, memorise["he"]["losses"], "C0", "He 초기화", first=1)
    draw(ax, memorise["tiny"]["losses"], "C1", "표준편차 0.001", first=1)
    finish(ax, "훈련 손실", yscale="log")
    ax.set_xlabel("걸음")
    return fig


def claim_memorise(memorise):
    """멀쩡한 신경망은 사진 20장을 150걸음 안에 모두 외우고, 처음 가중치가 나쁜 신경망은
    거의 배우지 못합니다.

    784-128-64-10, SGD(0.03), 20장을 한꺼번에, 시드 3개. 배우지 못했다는 것은 손실이 처음
    손실의 90 %보다 높다는 뜻입니다.
    """
    good, bad = memorise["he"], memorise["tiny"]
    ends = [losses[-1] for losses in good["losses"]]
    stuck = [losses[-1] / losses[0] for losses in bad["losses"]]
    evidence = (
        f"He: 정확도 {spread_text(good['accuracies'])}, 손실 {spread_text(ends)}. "
        f"표준편차 0.001: 처음 손실의 {min(stuck):.0%}–{max(stuck):.0%}."
    )
    return bool(min(good["accuracies"]) == 1 and min(stuck) > 0.9), evidence


def claim_first_loss(first_loss):
    """처음 손실은 ln 10 근처에서 시작하고, 픽셀을 255로 나누지 않으면 그 열 배가 넘습니다.

    학습하기 전, Fashion-MNIST 2000장, 784-128-64-10, 시드 5개. 근처란 차이가 0.5보다
    작다는 뜻입니다.
    """
    he, tiny, pixels = (np.array(first_loss[k]) for k in ("he", "tiny", "pixels"))
    evidence = (
        f"ln 10 = {LN10:.3f}. He {spread_text(he)}, 표준편차 0.001 {spread_text(tiny)}, "
        f"He에 0–255 픽셀 {pixels.min():.0f}–{pixels.max():.0f}."
    )
    near = np.abs(he - LN10).max() < 0.5 and np.abs(tiny - LN10).max() < 0.01
    return bool(near and pixels.min() > 10 * LN10), evidence


# ---------------------------------------------------------------- 1. 처음 가중치


def figure_start_curves(fit):
    """시작하지 못하는 세 곡선과 정상 곡선의 검증 손실. 왼쪽은 처음 가중치가 나쁜 학습과
    그것을 고친 학습, 오른쪽은 처음 가중치는 좋지만 학습률이 잘못된 학습입니다.

    대체 텍스트: 왼쪽의 나쁜 처음 가중치는 ln 10에서 수평선이고, 학습률을 열 배로 하면 한참
    수평이다가 뒤늦게 내려갑니다. 오른쪽의 작은 학습률은 처음부터 아주 조금씩 내려가고, 큰
    학습률은 수평선입니다.
    """
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7, 3.6), sharey=True, layout="constrained"
    )
    draw(left, curves(fit, "init", "val_loss"), "C1", "표준편차 0.001")
    draw(left, curves(fit, "init_fast", "val_loss"), "C3", "학습률만 10배", ":")
    draw(left, curves(fit, "healthy", "val_loss"), "C0", "He로 고침")
    draw(right, curves(fit, "crawl", "val_loss"), "C1", "lr = 0.0001")
    draw(right, curves(fit, "burst", "val_loss"), "C3", "lr = 1", ":")
    draw(right, curves(fit, "healthy", "val_loss"), "C0", "lr = 0.03으로 고침")
    left.set_title("처음 가중치 탓")
    right.set_title("학습률 탓")
    finish(left, "검증 손실", ylim=(0, 4))
    right.set_xlabel("에폭")
    right.legend()
    return fig


def table_gradients(gradients):
    """학습하기 전에 잰, 층마다의 가중치에 대한 기울기의 크기. 시드 3개의 평균입니다."""
    frame = pd.DataFrame(
        {
            "층": ["첫째", "둘째", "셋째"],
            "He": np.mean(gradients["he"], axis=0),
            "표준편차 0.001": np.mean(gradients["tiny"], axis=0),
        }
    )
    frame.attrs["format"] = {"He": ".2g", "표준편차 0.001": ".1e"}
    return frame


def claim_start(fit):
    """표준편차 0.001로 시작한 학습은 20에폭 내내 ln 10에 머물고, He로 시작하면 내려갑니다.
    그러나 He로 시작해도 학습률이 너무 크면 ln 10에 머뭅니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 시드 5개. 머문다는 것은 에폭마다 잰 훈련
    손실이 모두 ln 10에서 0.05 안에 있다는 뜻입니다. 큰 학습률은 1이고 마지막 다섯 에폭(6–10)을 봅니다. 작은
    학습률 0.0001은 10에폭 뒤에도 검증 손실이 1.8보다 높아야 합니다.

    원문: (C09, T14, F11) 학습 곡선이 시작하지 못하면 처음 가중치가 나쁜 것이니 다시
    정합니다.
    판정: 조건부
    """
    stuck, cured = last(fit, "init", "train_loss"), last(fit, "init", "val_loss")
    good = last(fit, "healthy", "val_loss")
    crawl, burst = last(fit, "crawl", "val_loss"), last(fit, "burst", "val_loss")
    evidence = (
        f"마지막 훈련 손실 {spread_text(stuck)}. He로 바꾼 검증 손실 "
        f"{difference_text(good, cured)}. 그런데 He로 시작해도 10에폭째의 검증 손실은 "
        f"lr=0.0001에서 {crawl.mean():.2f}, lr=1에서 {burst.mean():.2f}입니다."
    )
    flat = max(
        np.abs(curves(fit, "init", "train_loss")[:, 1:] - LN10).max(),
        np.abs(curves(fit, "burst", "train_loss")[:, -5:] - LN10).max(),
    )
    holds = flat < 0.05 and surely_below(good, cured) and crawl.min() > 1.8
    return bool(holds), evidence


def claim_tell(fit, gradients):
    """처음 가중치가 나쁘면 첫 층의 기울기가 He의 천분의 일도 안 됩니다. 학습률을 열 배로
    하면 여섯 에폭 넘게 수평이다가 그제야 내려가기 시작합니다. 학습률이 작을 뿐이면 첫
    에폭부터 에폭마다 조금씩 내려갑니다.

    기울기는 학습하기 전 2000장에서 쟀습니다. 곡선은 훈련 손실이고, 수평이란 ln 10과의 차이가
    0.02보다 작다는 뜻입니다. 내려가기 시작했다면 10에폭째의 중앙값이 2보다 작아야 합니다. 기울기는 시드 3개, 곡선은 시드 5개.
    """
    he, tiny = (np.array(gradients[k])[:, 0] for k in ("he", "tiny"))
    fast = curves(fit, "init_fast", "train_loss")
    crawl = curves(fit, "crawl", "train_loss")
    evidence = (
        f"첫 층의 기울기: He {he.mean():.2g}, 표준편차 0.001 {tiny.mean():.1e}. "
        f"학습률을 10배로 한 훈련 손실: 6에폭째 {fast[:, 6].mean():.3f}, 10에폭째 "
        f"{fast[:, -1].mean():.3f}. He에 lr=0.0001: 처음 {crawl[:, 0].mean():.3f}, "
        f"6에폭째 {crawl[:, 6].mean():.3f}, 10에폭째 {crawl[:, -1].mean():.3f}."
    )
    flat = np.abs(fast[:, :7] - LN10).max() < 0.02
    wakes = np.median(fast[:, -1]) < 2
    steady = (np.diff(crawl, axis=1) < 0).all()
    return bool((tiny / he).max() < 1e-3 and flat and wakes and steady), evidence


# ---------------------------------------------------------------- 2. 과소적합


def figure_simple_curves(fit):
    """은닉 유닛이 2개인 신경망(고치기 전)과 32개인 신경망(고친 뒤)의 손실입니다.

    대체 텍스트: 유닛이 2개이면 훈련과 검증 곡선이 높은 곳에 나란히 붙어 있고, 32개이면 둘 다
    훨씬 낮아지면서 사이가 벌어집니다.
    """
    fig, ax = plt.subplots()
    draw_both(ax, fit, "under", "C1", "2개")
    draw_both(ax, fit, "wide", "C0", "32개")
    finish(ax, ylim=(0, None))
    return fig


def claim_simple(fit):
    """유닛이 2개이면 훈련과 검증이 나란히 나쁘고, 32개로 늘리면 둘 다 좋아집니다.

    Fashion-MNIST 2000장, 은닉층 하나(Tanh), Adam(0.01), 20에폭, 시드 5개. 나란하다는 것은
    검증 손실이 훈련 손실의 1.25배보다 작다는 뜻이고, 좋아진다는 것은 짝 차이의 95 % 신뢰
    구간이 0보다 아래라는 뜻입니다.

    원문: (C10, F12) 훈련과 검증이 모두 나쁘면 모델을 더 복잡하게 합니다.
    판정: 재현됨
    """
    train, val = last(fit, "under", "train_loss"), last(fit, "under", "val_loss")
    cured = last(fit, "wide", "val_loss")
    ratio = (val / train).max()
    evidence = (
        f"2개: 훈련 {train.mean():.3f}, 검증 {val.mean():.3f}. 32개로 늘린 검증 손실 "
        f"{difference_text(cured, val)}, 훈련 손실 "
        f"{difference_text(last(fit, 'wide', 'train_loss'), train)}."
    )
    better = surely_below(cured, val)
    better &= surely_below(last(fit, "wide", "train_loss"), train)
    return bool(ratio < 1.25 and better), evidence


# ---------------------------------------------------------------- 3. 과적합


def early(fit, run="over"):
    """검증 손실이 가장 낮은 에폭과, 그때의 테스트 손실과 테스트 정확도. (시드 수,)."""
    best = curves(fit, run, "val_loss").argmin(axis=1)
    rows = np.arange(len(best))
    loss = curves(fit, run, "test_loss")[rows, best]
    return best, loss, curves(fit, run, "test_accuracy")[rows, best]


def figure_complex_curves(fit):
    """과적합한 학습과 세 가지 처방. 왼쪽은 손실, 오른쪽은 검증 정확도이고, 동그라미는 조기
    종료가 멈추는 곳(시드 0)입니다. 왼쪽의 파선은 과적합한 학습의 훈련 손실입니다.

    대체 텍스트: 과적합한 학습의 검증 손실은 일찍 가장 낮아졌다가 계속 올라가는데, 검증
    정확도는 거의 내려가지 않습니다. 데이터를 늘린 학습만 정확도가 뚜렷하게 높습니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.8), layout="constrained")
    draw(left, curves(fit, "over", "train_loss"), "C1", None, "--")
    named = {"over": "고치기 전", "small": "유닛 8개", "more": "4배 데이터"}
    for color, (run, label) in zip(("C1", "C2", "C0"), named.items()):
        draw(left, curves(fit, run, "val_loss"), color, label)
        draw(right, curves(fit, run, "val_accuracy"), color, label)
    stop = int(early(fit)[0][0])
    for ax, key in ((left, "val_loss"), (right, "val_accuracy")):
        ax.plot(stop, curves(fit, "over", key)[0, stop], "C3o", markersize=9, zorder=5)
    left.set(xlabel="에폭", ylabel="손실", ylim=(0, 2.2))
    right.set(xlabel="에폭", ylabel="검증 정확도", ylim=(0.55, 0.9))
    right.legend(loc="lower right")
    return fig


def table_cures(fit):
    """과적합의 네 가지 결말을 테스트 데이터로 채점한 값. 시드 5개의 평균입니다."""
    _, loss, accuracy = early(fit)
    rows = [("조기 종료", loss.mean(), accuracy.mean())]
    for run, name in (
        ("over", "그대로"),
        ("small", "유닛 8개"),
        ("more", "4배 데이터"),
    ):
        values = (last(fit, run, f"test_{k}").mean() for k in ("loss", "accuracy"))
        rows.append((name, *values))
    frame = pd.DataFrame(rows, columns=["처방", "테스트 손실", "테스트 정확도"])
    frame = frame.iloc[[1, 2, 0, 3]].reset_index(drop=True)
    frame.attrs["format"] = {"테스트 손실": ".3f", "테스트 정확도": ".3f"}
    return frame


def claim_complex(fit):
    """조기 종료는 정확도를 지키면서 테스트 손실을 줄이고, 데이터를 4배로 늘리면 손실과 정확도의
    평균이 함께 좋아집니다. 유닛을 8개로 줄이면 정확도는 시드 다섯에서 모두 떨어집니다.

    Fashion-MNIST 500장(4배는 2000장), 784-128-64-10(유닛 8개는 784-8-10), Adam(0.003),
    30에폭, 테스트 2000장, 시드 5개. 지킨다는 것은 정확도 차이의 평균이 3 % 포인트보다 작다는 뜻입니다.
    유닛을 줄였을 때의 손실은 시드에 따라 오르내려서 판정하지 않았습니다.

    원문: (C11, F12) 훈련은 좋은데 검증이 나쁘면 모델을 더 단순하게 합니다.
    판정: 조건부
    """
    loss = {run: last(fit, run, "test_loss") for run in ("over", "small", "more")}
    right = {run: last(fit, run, "test_accuracy") for run in ("over", "small", "more")}
    _, loss["early"], right["early"] = early(fit)
    cures = {"early": "조기 종료", "more": "4배 데이터", "small": "유닛 8개"}
    evidence = " ".join(
        f"{name}: 손실 {difference_text(loss[run], loss['over'])}, "
        f"정확도 {difference_text(right[run], right['over'])}."
        for run, name in cures.items()
    )
    stopped = surely_below(loss["early"], loss["over"])
    stopped &= abs((right["early"] - right["over"]).mean()) < 0.03
    more = loss["more"].mean() < loss["over"].mean()
    more &= right["more"].mean() > right["over"].mean()
    shrunk = (right["small"] < right["over"]).all()
    return bool(stopped and more and shrunk), evidence


# ---------------------------------------------------------------- 4. 정체


def figure_stall_curves(fit):
    """중간에 멈춘 두 학습의 검증 손실. 8에폭 뒤에(세로선) 학습률을 바꾸어 보았습니다.

    대체 텍스트: 왼쪽의 출렁이는 곡선은 학습률을 낮추자 곧바로 낮은 곳에서 평평해집니다.
    오른쪽의 느린 곡선은 학습률을 낮추면 멈추고, 높이면 빠르게 내려갑니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.6), layout="constrained")
    draw(left, curves(fit, "stall", "val_loss"), "C1", "lr = 0.3 그대로")
    draw(left, curves(fit, "stall_drop", "val_loss"), "C0", "0.03으로 낮춤")
    draw(right, curves(fit, "low", "val_loss"), "C1", "lr = 0.001 그대로")
    draw(right, curves(fit, "low_drop", "val_loss"), "C3", "0.0001로 낮춤", ":")
    draw(right, curves(fit, "low_raise", "val_loss"), "C0", "0.01로 높임")
    for ax in (left, right):
        ax.axvline(8, color="C6", linewidth=1)
    left.set_title("출렁이는 정체")
    right.set_title("느린 걸음")
    finish(left, "검증 손실", ylim=(0.3, 1.6))
    right.set(xlabel="에폭", ylim=(0.3, 2.6))
    right.legend()
    return fig


def claim_stall(fit):
    """출렁이며 멈춘 곡선은 학습률을 낮추면 내려가지만, 느리게 내려가던 곡선은 학습률을
    낮추면 오히려 나빠집니다.

    Fashion-MNIST 2000장, SGD, 8에폭 뒤에 학습률을 바꾸고 마지막 네 에폭(13–16)의 검증 손실의
    평균을 견줍니다. 시드 5개에서 모두 그렇습니다. 출렁이는 학습은 lr=0.3(배치 크기 16), 느린 학습은
    lr=0.001(배치 크기 32)입니다.

    원문: (C12, F13) 중간에 멈추면 학습률을 낮추어 학습을 이어 가게 합니다.
    판정: 조건부
    """
    stall, drop, low, lower, raised = (
        last(fit, run, "val_loss", epochs=4)
        for run in ("stall", "stall_drop", "low", "low_drop", "low_raise")
    )
    evidence = (
        f"출렁임: 낮추면 {difference_text(drop, stall)}. "
        f"느린 걸음: 낮추면 {difference_text(lower, low)}, "
        f"10배로 높이면 {difference_text(raised, low)}."
    )
    holds = (drop < stall).all() and (low < lower).all() and (raised < low).all()
    return bool(holds), evidence


# ---------------------------------------------------------------- 5. 학습률


def figure_rates_curves(fit):
    """학습률만 다른 세 학습. 파선은 훈련 손실, 실선은 검증 손실입니다.

    대체 텍스트: 학습률이 크면 손실이 위아래로 크게 뛰고, 작으면 매끄럽지만 느리게 내려가며,
    알맞으면 빠르게 내려갑니다.
    """
    fig, ax = plt.subplots()
    for run, color, name in (
        ("high", "C1", "0.5"),
        ("low", "C3", "0.001"),
        ("healthy", "C0", "0.03"),
    ):
        draw_both(ax, fit, run, color, name)
    ax.set(xlabel="에폭", ylabel="손실", ylim=(0, 4), xlim=(0, 16))
    ax.legend(ncols=3, fontsize=9, loc="upper right")
    return fig


def claim_rates(fit):
    """학습률이 크면 검증 손실이 정상보다 두 배 넘게 출렁이고, 작으면 출렁이지 않지만
    늦습니다. 알맞은 학습률로 고치면 시드 다섯에서 모두 검증 손실이 0.2 넘게 낮아집니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD, 시드 5개, 16에폭째. 출렁임은 뒤쪽 절반에서
    이웃한 에폭의 차이의 표준편차입니다. 학습률은 0.5, 0.001, 0.03(정상)입니다.
    """
    shake = {
        k: zigzag(curves(fit, k, "val_loss").T) for k in ("high", "low", "healthy")
    }
    good = curves(fit, "healthy", "val_loss")[:, 16]
    high, low = last(fit, "high", "val_loss"), last(fit, "low", "val_loss")
    evidence = (
        f"출렁임: 0.5에서 {shake['high']:.3f}, 0.03에서 {shake['healthy']:.3f}, 0.001에서 "
        f"{shake['low']:.3f}. 16에폭째의 검증 손실: 0.5에서 {spread_text(high)}, "
        f"0.001에서 {spread_text(low)}, 0.03에서 {spread_text(good)}."
    )
    shaken = shake["high"] > 2 * shake["healthy"] and shake["low"] < shake["healthy"]
    better = min((high - good).min(), (low - good).min()) > 0.2
    return bool(shaken and better), evidence


# ---------------------------------------------------------------- 6. 작은 검증 데이터


def of_size(levels, size, key):
    """시드마다의 값. size장짜리 검증 데이터들에서 잰 것입니다."""
    return [row[str(size)][key] for row in levels.sort_values("seed")["parts"]]


def scatter(levels, size):
    """높이의 표준편차. 5000장을 나눈 것이라 분산이 (m − 1)/m배로 작아진 몫을 되돌립니다."""
    m = of_size(levels, size, "count")[0]
    return np.mean(of_size(levels, size, "level")) * np.sqrt(m / (m - 1))


# --8<-- [start:standard_error]
def standard_error(p, n):
    return np.sqrt(p * (1 - p) / n)  # n장으로 잰 정확도 p의 오차


# --8<-- [end:standard_error]


def figure_small_curves(levels):
    """학습 한 번을 여러 검증 데이터로 채점한 정확도. 왼쪽은 서로 다른 50장 네 벌과 5000장,
    오른쪽은 크기에 따른 높이의 흩어짐과 톱니의 크기입니다.

    대체 텍스트: 왼쪽에서 50장짜리 곡선 네 개는 높이가 제각각이고 5000장짜리 곡선은 그
    가운데를 지납니다. 오른쪽에서 높이의 흩어짐은 식의 선을 따라 곧게 내려가지만, 톱니는
    내려가다가 평평해집니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.6), layout="constrained")
    for i, line in enumerate(of_size(levels, SIZES[0], "curves")[0]):
        epochs = np.arange(1, len(line) + 1)
        left.plot(
            epochs, line, "C1", alpha=0.6, linewidth=1, label=None if i else "50장"
        )
    whole = np.array(levels.sort_values("seed")["whole"].tolist())  # (시드, 에폭)
    left.plot(epochs, whole[0], "C0", linewidth=2.5, label="5000장")
    left.set(xlabel="에폭", ylabel="검증 정확도", ylim=(0.5, 1))
    left.legend(loc="lower right")
    level = [scatter(levels, n) for n in SIZES]
    saw = [np.mean(of_size(levels, n, "zigzag")) for n in SIZES]
    right.plot(SIZES, level, "C1o", label="높이")
    right.plot(SIZES, standard_error(whole[:, -1].mean(), np.array(SIZES)), "C1:")
    right.plot([*SIZES, 5000], [*saw, zigzag(whole.T)], "C0s-", label="톱니")
    right.set(xscale="log", yscale="log", xlabel="검증 사진의 수", ylabel="표준편차")
    right.legend()
    return fig


def claim_small(levels):
    """검증 데이터가 작으면 곡선의 높이가 식 √(p(1−p)/n)만큼 어긋나고, 열 배로 늘리면 어긋남이
    절반 아래로 줄어듭니다.

    한 학습의 마지막 가중치를, 서로 겹치지 않는 50장짜리 100벌부터 500장짜리 10벌까지로
    채점한 표준편차입니다. 시드 5개의 평균이고, 벌의 수 m에 따른 두 표준오차(식의 2/√(2(m−1))배)
    안이면 맞다고 봅니다. 다섯 벌뿐인 1000장은 뺐습니다.
    """
    p = np.mean([whole[-1] for whole in levels["whole"]])
    checked = [n for n in SIZES if n < 1000]
    level = {n: scatter(levels, n) for n in checked}
    ratio = {n: level[n] / standard_error(p, n) for n in checked}
    room = {n: 2 / np.sqrt(2 * (of_size(levels, n, "count")[0] - 1)) for n in checked}
    evidence = f"정확도 {p:.3f}. 잰 어긋남(÷ 식): " + ", ".join(
        f"{n}장 {level[n]:.3f}({ratio[n]:.2f} ± {room[n]:.2f})" for n in checked
    )
    good = all(abs(ratio[n] - 1) < room[n] for n in checked)
    return bool(good and level[500] < level[50] / 2), evidence + "."


def claim_zigzag(levels):
    """검증 데이터를 100배로 늘려도 톱니는 열 배로 줄지 않습니다. 남는 톱니는 가중치가 오르내린
    것입니다.

    톱니는 뒤쪽 절반에서 이웃한 에폭의 정확도 차이의 표준편차입니다. 50장과 5000장을
    견주었고 시드 5개의 평균입니다. 사진 탓뿐이라면 √100 = 10배로 줄어야 합니다. 5배보다
    덜 줄면 성립으로 봅니다.
    """
    small = np.mean(of_size(levels, 50, "zigzag"))
    whole = np.mean([zigzag(line) for line in levels["whole"]])
    evidence = f"50장 {small:.4f}, 5000장 {whole:.4f}: {small / whole:.1f}분의 1."
    return bool(1 < small / whole < 5), evidence


# ---------------------------------------------------------------- 7. 누출


def figure_leak_curves(fit):
    """훈련 사진의 사본이 절반인 검증 데이터(고치기 전), 사본을 지운 검증 데이터(고친 뒤),
    테스트 데이터로 잰 정확도. 학습은 하나입니다.

    대체 텍스트: 사본이 섞인 검증 곡선은 훨씬 높은 곳에 있고, 사본을 지운 검증 곡선은 테스트
    곡선과 겹칩니다.
    """
    fig, ax = plt.subplots()
    draw(ax, curves(fit, "leak", "val_accuracy"), "C1", "검증: 사본이 섞임")
    draw(ax, curves(fit, "leak", "clean_accuracy"), "C0", "검증: 사본을 지움")
    draw(ax, curves(fit, "leak", "test_accuracy"), "C2", "테스트", "--")
    finish(ax, "정확도", ylim=(0.5, 1))
    return fig


def claim_leak(fit):
    """훈련 사진의 사본이 절반 섞인 검증 데이터는 테스트보다 훨씬 높게 나오고, 사본을 지우면
    테스트와 가까워집니다.

    Fashion-MNIST 500장으로 학습, 검증 1000장 가운데 500장이 사본, 테스트 2000장, 30에폭째,
    시드 5개. 훨씬 높다는 것은 시드 다섯에서 모두 5 % 포인트 넘게 높다는 뜻이고, 가깝다는 것은
    차이의 평균이 3 % 포인트보다 작다는 뜻입니다.
    """
    leaky, clean = (
        last(fit, "leak", "val_accuracy"),
        last(fit, "leak", "clean_accuracy"),
    )
    test = last(fit, "leak", "test_accuracy")
    evidence = (
        f"테스트 {test.mean():.3f}. 사본이 섞이면 {leaky.mean():.3f}, 지우면 "
        f"{clean.mean():.3f}."
    )
    same = curves(fit, "leak", "train_loss") == curves(fit, "over", "train_loss")
    evidence += f" 훈련 손실이 과적합한 학습과 같은 에폭: {same.mean():.0%}."
    near = abs((clean - test).mean()) < 0.03
    return bool(near and same.all() and (leaky - test).min() > 0.05), evidence


# ---------------------------------------------------------------- 8. 섞지 않은 데이터


def figure_order_curves(fit, steps):
    """클래스 차례로 줄 세운 데이터의 학습(고치기 전)과 섞은 학습(고친 뒤). 왼쪽은 에폭마다,
    오른쪽은 다섯 걸음마다 잰 손실입니다.

    대체 텍스트: 왼쪽에서 줄 세운 학습의 기록된 훈련 손실은 낮지만, 다시 잰 훈련 손실과 검증
    손실은 그보다 훨씬 높습니다. 오른쪽에서 줄 세운 학습의 검증 손실은 크게 오르내리고,
    섞은 학습은 훨씬 매끄럽게 내려갑니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.8), layout="constrained")
    draw(left, curves(fit, "sorted", "loss")[:1], "C1", "기록된 훈련", "--", first=1)
    draw(left, curves(fit, "sorted", "train_loss")[:1], "C3", "다시 잰 훈련", ":")
    draw(left, curves(fit, "sorted", "val_loss"), "C1", "검증")
    draw(left, curves(fit, "healthy", "val_loss"), "C0", "검증: 섞음")
    left.set(xlabel="에폭", ylabel="손실", xlim=(0, 16), ylim=(0, 4.5))
    left.legend(fontsize=10)
    for shuffle, color, label in ((False, "C1", "줄 세움"), (True, "C0", "섞음")):
        row = steps[steps["shuffle"] == shuffle].iloc[0]
        at = 5 * np.arange(len(row["losses"])) * row["epochs"] / row["steps"]
        right.plot(at, row["losses"], color, linewidth=1.5, label=label)
    right.set(xlabel="에폭", ylabel="검증 손실")
    right.legend()
    return fig


def claim_order(fit):
    """클래스 차례로 줄 세워 섞지 않으면 기록된 훈련 손실은 낮은데 다시 잰 훈련 손실과 검증
    손실은 두 배가 넘고, 섞으면 검증 손실이 크게 줄어듭니다.

    Fashion-MNIST 2000장, 784-128-64-10, SGD(0.03), 16에폭째, 시드 5개.
    """
    logged, again = last(fit, "sorted", "loss"), last(fit, "sorted", "train_loss")
    val = last(fit, "sorted", "val_loss")
    good = curves(fit, "healthy", "val_loss")[:, 16]
    evidence = (
        f"기록된 훈련 {logged.mean():.3f}, 다시 잰 훈련 {again.mean():.3f}, 검증 "
        f"{val.mean():.3f}. 섞은 검증 손실 {difference_text(good, val)}."
    )
    doubled = (again > 2 * logged).all() and (val > 2 * logged).all()
    return bool(doubled and surely_below(good, val)), evidence


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:diagnose]
def diagnose(history):
    train, val = np.array(history["loss"]), np.array(history["val_loss"])
    late = val[len(val) // 2 :]
    bumps = np.diff(late).std()  # 이웃한 에폭의 차이가 얼마나 고르지 않은가
    if abs(train[-1] - np.log(10)) < 0.05:
        return "나쁜 처음 가중치"
    if bumps > 0.3 and train[-1] > 1:
        return "큰 학습률"
    if val[0] > 1.5 * train[0] and val[-1] > 2 * train[-1]:
        return "섞지 않음"
    if val[-1] > 1.2 * val.min() and train[-1] < 0.3 * val[-1]:
        return "과적합"
    if train[-1] > 1 and bumps < 0.05:
        return "과소적합" if late[0] - late[-1] < 0.15 * late[0] else "작은 학습률"
    return "정체" if bumps > 0.08 and train[-1] > 0.3 else "이상 없음"


# --8<-- [end:diagnose]

SICK = ("init", "under", "over", "stall", "high", "small_val", "leak", "sorted")


def experiment_diagnoses(fit, levels):
    """diagnose의 답. 문턱값은 시드 0만 보고 정했습니다."""
    rows = []
    for name in (*SICK, "low", "healthy", "wide", "stall_drop"):
        truth = NAMES.get(name, NAMES["fine"])
        for seed in SEEDS:
            history = as_seen(fit, levels, name, seed)
            curves_seen = {k: np.array(v, dtype=float) for k, v in history.items()}
            answer = diagnose(curves_seen)
            rows.append({"run": name, "seed": seed, "truth": truth, "answer": answer})
    return {"rows": rows}


def claim_named(diagnoses):
    """두 곡선만 보는 규칙은 나쁜 처음 가중치, 과적합, 섞지 않음을 알아보지만, 작은 검증 데이터와
    누출은 한 번도 알아보지 못합니다.

    문턱값은 시드 0의 예비 실험을 보고 정했고, 여기서는 다른 시드로 채점했습니다. 그 시드를 모두
    맞혀야 알아본 것입니다. 나머지 셋은 시드에 따라 맞히기도 하고 놓치기도 해서 판정하지
    않았습니다. 같은 설정의 학습이라서 다른 데이터에서도 이만큼 맞힌다는 뜻은 아닙니다.
    """
    frame = pd.DataFrame(diagnoses["rows"])
    frame = frame[frame["seed"] > 0]
    right = (frame["truth"] == frame["answer"]).groupby(frame["run"])
    always, ever = right.all(), right.any()
    fine = frame[frame["truth"] == NAMES["fine"]]
    alarms = int((fine["answer"] != NAMES["fine"]).sum())
    evidence = ", ".join(f"{NAMES[name]} {right.sum()[name]}번" for name in SICK)
    evidence = (
        f"시드 {frame['seed'].nunique()}개에서 맞힌 것: {evidence}. 아프지 않은 학습 {len(fine)}번 가운데 "
        f"{alarms}번을 병이라고 했습니다."
    )
    seen = always[["init", "over", "sorted"]].all()
    return bool(seen and not ever[["small_val", "leak"]].any()), evidence


def table_diagnoses(diagnoses):
    """diagnose의 답. 시드 0은 규칙을 정할 때 본 것이고, 다른 시드는 보지 않은 것입니다."""
    frame = pd.DataFrame(diagnoses["rows"])
    rows = []
    for name in dict.fromkeys(frame["run"]):
        runs = frame[frame["run"] == name]
        answers = runs["answer"].tolist()
        rows.append(
            {
                "정답": runs["truth"].iloc[0],
                "시드 0의 답": answers[0],
                "다른 시드의 답": " · ".join(dict.fromkeys(answers[1:])),
            }
        )
    return pd.DataFrame(rows)


# --8<-- [start:answer_size]
def answer_size(p, error):
    return int(np.ceil(p * (1 - p) / error**2))  # √(p(1−p)/n) = error를 n으로 풉니다


# --8<-- [end:answer_size]


# --8<-- [start:answer_logged]
def answer_logged(first, end, steps=1000):
    losses = np.linspace(first, end, steps)  # 걸음마다의 손실, (steps,)
    return losses.mean(), losses[-1]  # 기록된 값, 에폭이 끝났을 때의 값


# --8<-- [end:answer_logged]


def experiment_answers():
    logged, end = answer_logged(2.0, 1.0)
    return {
        "size_1": answer_size(0.8, 0.01),
        "size_half": answer_size(0.8, 0.005),
        "error_50": float(standard_error(0.8, 50)),
        "logged": float(logged),
        "end": float(end),
    }


# ---------------------------------------------------------------- 본문이 인용할 숫자


def experiment_summary(fit):
    keys = ("loss", "train_loss", "val_loss", "test_loss", "accuracy")
    keys += ("train_accuracy", "val_accuracy", "test_accuracy")
    result = {}
    for run in RUNS:
        val = curves(fit, run, "val_loss")
        result[run] = {key: float(last(fit, run, key).mean()) for key in keys}
        result[run]["lowest"] = float(val.min(axis=1).mean())
        result[run]["lowest_at"] = float(val.argmin(axis=1).mean())
        result[run]["first_logged"] = float(curves(fit, run, "loss")[:, 0].mean())
        result[run]["after_first"] = float(val[:, 1].mean())
    best, loss, accuracy = early(fit)
    result["early"] = {
        "epoch": float(best.mean()),
        "test_loss": float(loss.mean()),
        "test_accuracy": float(accuracy.mean()),
    }
    result["leak"]["clean"] = float(last(fit, "leak", "clean_accuracy").mean())
    ends = last(fit, "healthy", "val_accuracy")
    result["seeds"] = {"low": float(ends.min()), "high": float(ends.max())}
    return result


def experiment_levels_summary(levels):
    whole = np.array(levels["whole"].tolist())  # (시드 수, 에폭 수)
    p = float(whole[:, -1].mean())
    result = {"p": p, "zigzag": float(np.mean([zigzag(line) for line in whole]))}
    for n in SIZES:
        ends = np.array(of_size(levels, n, "last")[0])
        result[str(n)] = {
            "level": float(np.mean(of_size(levels, n, "level"))),
            "formula": float(standard_error(p, n)),
            "zigzag": float(np.mean(of_size(levels, n, "zigzag"))),
            "low": float(ends.min()),
            "high": float(ends.max()),
        }
    return result

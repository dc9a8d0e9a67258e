"""CIFAR-10을 소프트맥스 층 하나로 나누며 SGD와 Adam을 견줍니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf

time_limit = 1800

SEEDS = (0, 1, 2, 3, 4)
FEW_SEEDS = SEEDS[:3]
SPLITS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
LRS = {"SGD": 0.01, "Adam": 0.001}  # Keras의 기본 학습률


# --8<-- [start:data]
def load():
    (x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
    x_train = x_train.reshape(-1, 3072) / np.float32(255)  # (50000, 3072)
    x_test = x_test.reshape(-1, 3072) / np.float32(255)  # (10000, 3072)
    return x_train, y_train.ravel(), x_test, y_test.ravel()  # y: (50000,), (10000,)


# --8<-- [end:data]


# --8<-- [start:model]
def softmax_classifier():
    return keras.Sequential(
        [
            keras.Input((3072,)),
            keras.layers.Dense(10, activation="softmax"),  # (n, 3072) → (n, 10)
        ]
    )


# --8<-- [end:model]


# --8<-- [start:train]
def make_optimizer(name, lr, steps=None):
    if steps:  # 코사인 감쇠: 마지막 걸음에서 학습률이 0
        lr = keras.optimizers.schedules.CosineDecay(lr, decay_steps=steps)
    return {"SGD": keras.optimizers.SGD, "Adam": keras.optimizers.Adam}[name](lr)


def judge(model, images, labels):
    p = keras.ops.convert_to_numpy(model(images))  # (n, 10): 클래스마다의 확률
    likelihood = p[np.arange(len(p)), labels]  # (n,): 정답 클래스의 확률
    loss = -np.log(np.maximum(likelihood, np.finfo("float32").tiny)).mean()
    accuracy = (p.argmax(axis=1) == labels).mean()
    return float(loss), float(accuracy)


def train(model, optimizer, x, y, judges, batch_size, epochs):
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    judges = {
        name: (keras.ops.convert_to_tensor(images), labels)
        for name, (images, labels) in judges.items()
    }
    judged = {name: [] for name in judges}

    def judge_all(epoch, logs):
        for name, (images, labels) in judges.items():
            judged[name].append(judge(model, images, labels))

    history = model.fit(
        x,
        y,
        batch_size=batch_size,
        epochs=epochs,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=judge_all)],
        verbose=0,
    ).history
    for name, scores in judged.items():
        history[f"{name}_loss"] = [loss for loss, _ in scores]
        history[f"{name}_accuracy"] = [accuracy for _, accuracy in scores]
    return history  # 에폭마다 값 하나


# --8<-- [end:train]


def four_decimals(values):
    return [round(float(value), 4) for value in values]


def four_digits(values):
    return [float(f"{value:.4g}") for value in values]


def each_seed(seeds, run):
    """시드마다 한 번씩 학습한 결과를 이름별로, 시드의 차례대로 모읍니다."""
    results = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        results.append(run(seed))
    names = dict.fromkeys(name for result in results for name in result)
    return {"seed": list(seeds)} | {
        name: [result.get(name) for result in results] for name in names
    }


def as_tensors(*arrays):
    """시드마다 다시 옮기지 않도록, 한 번만 텐서로 바꿉니다."""
    return [keras.ops.convert_to_tensor(x) for x in arrays]


def accuracies(history, names):
    return {name: four_decimals(history[name]) for name in names}


def losses(history, names):
    return {name: four_digits(history[name]) for name in names}


cases_fit = [
    dict(optimizer=optimizer, batch_size=batch_size, validation_split=split)
    for optimizer in ("SGD", "Adam")
    for batch_size in (64, 128)
    for split in SPLITS
]


def experiment_fit(
    optimizer="SGD", batch_size=64, validation_split=0.2, epochs=30, seeds=SEEDS
):
    x_train, y_train, x_test, y_test = load()
    kept = int(len(x_train) * (1 - validation_split))  # 마지막 몇 %는 검증에 씁니다
    x, x_val, x_test = as_tensors(x_train[:kept], x_train[kept:], x_test)

    def run(seed):
        history = train(
            softmax_classifier(),
            make_optimizer(optimizer, LRS[optimizer]),
            x,
            y_train[:kept],
            {"val": (x_val, y_train[kept:]), "test": (x_test, y_test)},
            batch_size,
            epochs,
        )
        result = accuracies(history, ("accuracy", "val_accuracy", "test_accuracy"))
        result["test_loss"] = four_digits(history["test_loss"])[-1]
        if seed == 0:  # 손실 곡선은 시드 하나만 남깁니다
            result |= losses(history, ("loss", "val_loss"))
        return result

    return each_seed(seeds, run)


def centre(x_train, *others):
    mean = x_train.mean(axis=0)  # (3072,)
    return [x - mean for x in (x_train, *others)]


cases_last_batch = [
    dict(optimizer=optimizer, images=images, change="none")
    for optimizer in ("SGD", "Adam")
    for images in (44_992, 45_024, 45_000, 44_996, 44_993)
] + [
    dict(optimizer="SGD", images=45_000, change=change)
    for change in ("small", "cosine", "centred")
]


def experiment_last_batch(
    optimizer="SGD",
    images=45_000,
    change="none",
    batch_size=64,
    epochs=15,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    x, y = x_train[:images], y_train[:images]  # (images, 3072), (images,)
    if change == "centred":
        x, x_test = centre(x, x_test)
    x, x_test = as_tensors(x, x_test)
    lr = LRS[optimizer] / (10 if change == "small" else 1)
    steps = epochs * -(-images // batch_size) if change == "cosine" else None

    def run(seed):
        history = train(
            softmax_classifier(),
            make_optimizer(optimizer, lr, steps),
            x,
            y,
            {"test": (x_test, y_test)},
            batch_size,
            epochs,
        )
        return accuracies(history, ("accuracy", "test_accuracy"))

    return each_seed(seeds, run)


cases_rates = [
    dict(optimizer=optimizer, lr=lr, change="none")
    for optimizer, lrs in (
        ("SGD", (0.001, 0.003, 0.01, 0.03)),
        ("Adam", (0.0001, 0.0003, 0.001, 0.003)),
    )
    for lr in lrs
] + [
    dict(optimizer=optimizer, lr=lr, change=change)
    for optimizer, lr, change in (
        ("SGD", 0.01, "cosine"),
        ("Adam", 0.001, "cosine"),
        ("SGD", 0.01, "centred"),
        ("Adam", 0.001, "centred"),
        ("Adam", 0.001, "dropout"),
        ("Adam", 0.001, "l2"),
    )
]


def changed_classifier(change):
    l2 = keras.regularizers.L2(1e-3) if change == "l2" else None
    layers = [
        keras.Input((3072,)),
        keras.layers.Dense(10, activation="softmax", kernel_regularizer=l2),
    ]
    if change == "dropout":  # 학습할 때 픽셀 값의 20%를 끕니다
        layers.insert(1, keras.layers.Dropout(0.2))
    return keras.Sequential(layers)


def experiment_rates(
    optimizer="SGD",
    lr=0.01,
    change="none",
    images=40_000,  # 64로 나누어떨어지는 수
    batch_size=64,
    epochs=30,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    x, y = x_train[:images], y_train[:images]
    x_val, y_val = x_train[-10_000:], y_train[-10_000:]
    if change == "centred":
        x, x_val, x_test = centre(x, x_val, x_test)
    x, x_val, x_test = as_tensors(x, x_val, x_test)
    steps = epochs * (images // batch_size) if change == "cosine" else None

    def run(seed):
        history = train(
            changed_classifier(change),
            make_optimizer(optimizer, lr, steps),
            x,
            y,
            {
                "seen": (x[:10_000], y[:10_000]),
                "val": (x_val, y_val),
                "test": (x_test, y_test),
            },
            batch_size,
            epochs,
        )
        result = accuracies(history, ("accuracy", "val_accuracy", "test_accuracy"))
        # 학습에 쓴 그림 1만 장을, 검증과 똑같이 에폭이 끝난 가중치로 다시 잰 값
        seen = np.mean(history["seen_accuracy"][-10:])
        result["seen_accuracy"] = round(float(seen), 5)
        if seed == 0:
            result |= losses(history, ("loss", "val_loss"))
        return result

    return each_seed(seeds, run)


cases_network = [
    dict(optimizer=optimizer, lr=lr)
    for optimizer, lr in (("SGD", 0.01), ("Adam", 0.001))
]


def experiment_network(
    optimizer="SGD", lr=0.01, images=40_064, batch_size=128, epochs=10, seeds=FEW_SEEDS
):
    x_train, y_train, x_test, y_test = load()
    x, x_test = as_tensors(x_train[:images], x_test)

    def run(seed):
        layers = [
            keras.Input((3072,)),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
        history = train(
            keras.Sequential(layers),
            make_optimizer(optimizer, lr),
            x,
            y_train[:images],
            {"test": (x_test, y_test)},
            batch_size,
            epochs,
        )
        return accuracies(history, ("accuracy", "test_accuracy"))

    return each_seed(seeds, run)


cases_nested = [dict(optimizer=optimizer) for optimizer in ("SGD", "Adam")]


def experiment_nested(
    optimizer="SGD", images=34_944, batch_size=64, epochs=30, seeds=FEW_SEEDS
):
    x_train, y_train, x_test, y_test = load()
    held_x = np.array_split(x_train[-15_000:], 6)  # 마지막 30%를 5%씩 여섯 토막으로
    held_y = np.array_split(y_train[-15_000:], 6)
    judges = {
        f"block{k}": (held_x[-k], held_y[-k])  # block1이 맨 끝 5%
        for k in range(1, 7)
    }
    x, x_test = as_tensors(x_train[:images], x_test)

    def run(seed):
        history = train(
            softmax_classifier(),
            make_optimizer(optimizer, LRS[optimizer]),
            x,
            y_train[:images],
            judges | {"test": (x_test, y_test)},
            batch_size,
            epochs,
        )
        blocks = [history[f"block{k}_accuracy"] for k in range(1, 7)]  # (6, epochs)
        sizes = np.arange(1, 7)[:, None]  # (6, 1)
        nested = np.cumsum(blocks, axis=0) / sizes  # (6, epochs): 뒤쪽 5%, …, 30%
        return {
            "val_accuracy": [four_decimals(row) for row in nested],
            "test_accuracy": four_decimals(history["test_accuracy"]),
        }

    return each_seed(seeds, run)


def experiment_samples(per_class=1):
    (x_train, y_train), _ = keras.datasets.cifar10.load_data()
    labels = y_train.ravel()
    chosen = [i for c in range(10) for i in np.flatnonzero(labels == c)[:per_class]]
    return {
        "index": [int(i) for i in chosen],
        "label": [int(labels[i]) for i in chosen],
        "pixels": [x_train[i].ravel().tolist() for i in chosen],  # (10, 3072)
        "per_class": np.bincount(labels, minlength=10).tolist(),
    }


def largest_eigenvalue(x, steps=50):
    v = np.ones(x.shape[1], "float32")
    for _ in range(steps):
        v = x.T @ (x @ (v / np.linalg.norm(v))) / len(x)  # XᵀX v / n
    return float(np.linalg.norm(v))


def experiment_pixels(images=40_000):
    x = load()[0][:images]  # (images, 3072)
    (centred,) = centre(x)
    return {
        name: {
            "norm2": float((data**2).sum(axis=1).mean()),  # ‖x‖²의 평균
            "eigenvalue": largest_eigenvalue(data),
            "mean": float(data.mean(dtype="float64")),
        }
        for name, data in (("raw", x), ("centred", centred))
    }


def experiment_templates(lr=0.001, images=40_000, batch_size=64, epochs=20, seed=0):
    keras.utils.set_random_seed(seed)
    x_train, y_train, x_test, y_test = load()
    model = keras.Sequential(
        [
            keras.Input((3072,)),
            # 처음 값의 무늬가 그림에 남지 않도록 0에서 출발합니다
            keras.layers.Dense(10, activation="softmax", kernel_initializer="zeros"),
        ]
    )
    history = train(
        model,
        keras.optimizers.SGD(lr),
        x_train[:images],
        y_train[:images],
        {"test": (x_test, y_test)},
        batch_size,
        epochs,
    )
    weights = model.get_weights()[0].T  # (10, 3072)
    low = weights.min(axis=1, keepdims=True)  # (10, 1)
    high = weights.max(axis=1, keepdims=True)
    return {
        "pixels": np.round((weights - low) / (high - low) * 255).astype(int).tolist(),
        "test_accuracy": round(history["test_accuracy"][-1], 4),
        "predicted": np.bincount(
            model.predict(x_test, batch_size=2500, verbose=0).argmax(axis=1),
            minlength=10,
        ).tolist(),
    }


# ------------------------------------------------------------- 원 노트의 열두 수

# 원 노트의 결과 표: 옵티마이저, 배치, 검증 비율, 테스트 정확도, 테스트 손실
SOURCE = (
    ("SGD", 64, 0.2, 0.4045, 1.7288),
    ("SGD", 128, 0.2, 0.3945, 1.7484),
    ("SGD", 64, 0.1, 0.3430, 1.8638),
    ("SGD", 128, 0.1, 0.4017, 1.7334),
    ("SGD", 64, 0.3, 0.3939, 1.7393),
    ("SGD", 128, 0.3, 0.3965, 1.7414),
    ("Adam", 64, 0.15, 0.3892, 1.7702),
    ("Adam", 128, 0.15, 0.3517, 1.8472),
    ("Adam", 64, 0.05, 0.3892, 1.7702),
    ("Adam", 128, 0.05, 0.3737, 1.8149),
    ("Adam", 64, 0.25, 0.3822, 1.7803),
    ("Adam", 128, 0.25, 0.3738, 1.7920),
)
COPIED = ("Adam", 64, 0.05)  # 정확도와 손실이 모두 Adam 64 0.15와 같은 행
CLASSES = (
    "비행기",
    "자동차",
    "새",
    "고양이",
    "사슴",
    "개",
    "개구리",
    "말",
    "배",
    "트럭",
)


# ------------------------------------------------------------------ 학생용 짧은 코드


# --8<-- [start:one_run]
def one_run(optimizer="sgd", batch_size=64, validation_split=0.1, epochs=30):
    x_train, y_train, x_test, y_test = load()
    model = softmax_classifier()
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    history = model.fit(
        x_train,
        y_train,
        batch_size=batch_size,
        epochs=epochs,
        validation_split=validation_split,
    )
    test_loss, test_accuracy = model.evaluate(x_test, y_test)
    return history.history, test_loss, test_accuracy


# --8<-- [end:one_run]


# --8<-- [start:whole_batches]
def whole_batches(x, y, batch_size):
    count = len(x) // batch_size * batch_size  # 묶음이 꽉 차는 만큼만
    return x[:count], y[:count]


# --8<-- [end:whole_batches]


# --8<-- [start:epoch_orders]
def epoch_orders(n=8, epochs=3, seed=0):
    seen = []

    def remember(y_true, y_pred):
        seen.extend(keras.ops.convert_to_numpy(y_true).ravel().astype(int).tolist())
        return keras.ops.mean(y_pred**2, axis=-1)

    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", loss=remember, run_eagerly=True)
    model.fit(np.zeros((n, 1)), np.arange(n), batch_size=2, epochs=epochs, verbose=0)
    return np.reshape(seen, (epochs, n))  # 한 행이 한 에폭에서 본 순서


# --8<-- [end:epoch_orders]


# --8<-- [start:reshuffled]
def reshuffled(x, y, batch_size, seed):
    order = tf.data.Dataset.range(len(x)).shuffle(
        len(x), seed=seed, reshuffle_each_iteration=True
    )
    # 꽉 차지 않은 마지막 묶음은 이번 에폭에서 뺍니다
    batches = order.batch(batch_size, drop_remainder=True)
    return batches.map(lambda i: (tf.gather(x, i), tf.gather(y, i)))


# --8<-- [end:reshuffled]


# --------------------------------------------------------------------------- 통계

T_LIMITS = {2: 4.303, 4: 2.776}  # 자유도 → 양쪽 5% 한계 (스튜던트의 t 분포)


def rest(validation_split, batch_size, total=50_000):
    return round(total * (1 - validation_split)) % batch_size


# --8<-- [start:statistics]
def select(frame, **conditions):
    if (
        frame["seed"].dtype == object
    ):  # 시드의 목록이면, 한 줄이 시드 하나가 되게 폅니다
        by_seed = [name for name in frame if isinstance(frame[name].iloc[0], list)]
        frame = frame.explode(by_seed).infer_objects()
    for name, value in conditions.items():
        frame = frame[frame[name] == value]
    return frame.sort_values("seed")


def late_mean(frame, column="test_accuracy", epochs=10):
    return np.array([np.mean(run[-epochs:]) for run in frame[column]])  # (시드,)


def jitter(frame, column="test_accuracy", epochs=10):
    return np.array([np.std(run[-epochs:], ddof=1) for run in frame[column]])


def pooled(frame, epochs=10):
    return np.concatenate([run[-epochs:] for run in frame["test_accuracy"]])


def paired_t(a, b):
    d = np.asarray(a) - np.asarray(b)  # (시드,): 같은 시드끼리의 차
    return d.mean(), d.mean() / (d.std(ddof=1) / np.sqrt(len(d)))


# --8<-- [end:statistics]


def slope(run, epochs=20):
    y = np.array(run[-epochs:])
    x = np.arange(len(y)) - (len(y) - 1) / 2
    return 10 * (x @ y) / (x @ x)  # 열 에폭에 얼마나 오르는가


def slopes_of(frame, column):
    return np.array([slope(run) for run in frame[column]])  # (시드,)


def higher(a, b):
    difference, t = paired_t(a, b)
    return bool(difference > 0 and t > T_LIMITS.get(len(a) - 1, np.inf))


def spread(values):
    return f"{np.mean(values):.4f} ± {np.std(values, ddof=1):.4f}"


def cell(values):
    return spread(values).replace(" ", "")  # 표의 칸에서 줄이 나뉘지 않게


def seeds(frame):
    return f"시드 {frame['seed'].explode().nunique()}개"


def t_text(a, b):
    difference, t = paired_t(a, b)
    df = len(a) - 1
    limit = T_LIMITS.get(df, np.inf)
    return f"차 {difference:+.4f}, t = {t:.1f} (자유도 {df}, 5% 한계 ±{limit:.2f})"


def grid_mean(fit, optimizer, settings, column="test_accuracy", of=late_mean):
    runs = [
        of(
            select(fit, optimizer=optimizer, batch_size=size, validation_split=split),
            column,
        )
        for size, split in settings
    ]
    return np.mean(runs, axis=0)  # (시드,): 설정들의 평균


SETTINGS = [(size, split) for size in (64, 128) for split in SPLITS]
TINY = [(size, split) for size, split in SETTINGS if rest(split, size) in range(1, 16)]
ROOMY = [setting for setting in SETTINGS if setting not in TINY]


# --------------------------------------------------------------------------- 그림


def show_images(pixels, titles):
    fig, axes = plt.subplots(2, 5, figsize=(6.4, 3.1))
    for ax, image, title in zip(axes.flat, pixels, titles, strict=True):
        ax.imshow(np.array(image, "uint8").reshape(32, 32, 3))
        ax.set_title(title)
        ax.axis("off")
    return fig


def figure_samples(samples):
    """CIFAR-10 (JPEG)의 클래스마다 처음 나오는 그림 한 장. 모두 32×32 픽셀입니다."""
    return show_images(samples["pixels"], [CLASSES[i] for i in samples["label"]])


def figure_templates(templates):
    """클래스마다 배운 가중치 3072개를 다시 32×32 컬러 그림으로 접은 것. CIFAR-10
    (JPEG). 가중치를 클래스마다 가장 작은 값이 0, 가장 큰 값이 255가 되도록 옮겨
    그렸습니다.

    대체 텍스트: 비행기와 배는 푸르고, 개구리는 가운데가 누렇고, 자동차는 윗부분에 앞
    유리 같은 푸른 얼룩이 있으며, 말은 가운데에 붉은 몸통이 좌우로 길게 놓여 있습니다.
    """
    return show_images(templates["pixels"], CLASSES)


def setting_name(optimizer, batch_size, split):
    return f"{optimizer} {batch_size}, {split}"


def figure_twelve(fit):
    """원 노트의 열두 설정을 다섯 시드로 다시 돌린 결과. CIFAR-10 (JPEG). 흐린 점은 시드
    다섯 개의 마지막 열 에폭(21–30)에 잰 테스트 정확도 50개, 진한 점은 30에폭의 값 다섯
    개, 마름모는 원 노트에 적힌 수입니다. 이름은 옵티마이저, 배치 크기, 검증 비율의
    차례입니다.

    대체 텍스트: SGD 64, 0.1 행의 점들이 0.23에서 0.38까지 가장 넓게 퍼져 있고, 원 노트의
    0.3430도 그 안에 있습니다. 다음으로 넓은 것은 Adam 128, 0.15 행입니다. 다른 행의
    점들은 대부분 0.34와 0.40 사이에 모여 있습니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 5.2))
    for y, (optimizer, size, split, accuracy, _) in enumerate(SOURCE):
        runs = select(fit, optimizer=optimizer, batch_size=size, validation_split=split)
        values = pooled(runs)  # (50,)
        final = [run[-1] for run in runs["test_accuracy"]]  # (5,)
        colour = "C0" if optimizer == "SGD" else "C1"
        ax.plot(values, [y] * len(values), "o", color=colour, alpha=0.15, mew=0)
        ax.plot(final, [y] * len(final), "o", color=colour)
        ax.plot(accuracy, y, "D", color="C3", markersize=8)
    names = [setting_name(*row[:3]) for row in SOURCE]
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    ax.set_xlabel("테스트 정확도")
    ax.plot([], [], "o", color="C0", label="SGD, 30에폭")
    ax.plot([], [], "o", color="C1", label="Adam, 30에폭")
    ax.plot([], [], "D", color="C3", label="원 노트")
    ax.legend(loc="lower left")
    return fig


def band(ax, runs, colour, label):
    runs = np.array(runs.tolist())  # (시드, epochs)
    epochs = np.arange(1, runs.shape[1] + 1)
    ax.plot(epochs, runs.mean(axis=0), color=colour, label=label)
    ax.fill_between(
        epochs, runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.2, lw=0
    )


def figure_curves(fit):
    """배치 64의 학습 곡선: 왼쪽은 45,000장(나머지 8장), 오른쪽은 40,000장(나머지 0장).
    CIFAR-10 (JPEG). 선은 다섯 시드의 평균, 띠는 다섯 시드의 최솟값과 최댓값입니다. 훈련
    정확도는 에폭 동안의 평균이고, 검증 정확도는 에폭이 끝난 가중치로 잰 값입니다.

    대체 텍스트: 왼쪽 위 SGD의 검증 곡선만 훈련 곡선보다 훨씬 아래에서 크게 출렁이고,
    오른쪽 위에서는 두 곡선이 붙어 있습니다. 아래의 Adam은 왼쪽과 오른쪽이 비슷합니다.
    """
    fig, axes = plt.subplots(2, 2, figsize=(6.4, 5.2), sharex=True, sharey=True)
    for row, optimizer in zip(axes, ("SGD", "Adam"), strict=True):
        for ax, split in zip(row, (0.1, 0.2), strict=True):
            runs = select(
                fit, optimizer=optimizer, batch_size=64, validation_split=split
            )
            band(ax, runs["accuracy"], "C0", "훈련")
            band(ax, runs["val_accuracy"], "C1", "검증")
            ax.set_title(f"{optimizer}, 나머지 {rest(split, 64)}장")
    axes[0, 1].legend(loc="lower right")
    for ax in axes[1]:
        ax.set_xlabel("에폭")
    for ax in axes[:, 0]:
        ax.set_ylabel("정확도")
    return fig


def figure_losses(fit):
    """배치 64, 시드 0의 손실 곡선: 왼쪽은 45,000장(나머지 8장), 오른쪽은
    40,000장(나머지 0장). CIFAR-10 (JPEG). 두 번째 곡선은 테스트가 아니라 검증
    손실입니다."""
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
    for ax, split in zip(axes, (0.1, 0.2), strict=True):
        for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
            runs = select(
                fit, optimizer=optimizer, batch_size=64, validation_split=split, seed=0
            )
            run = runs.iloc[0]
            epochs = range(1, len(run["loss"]) + 1)
            ax.plot(epochs, run["loss"], color=colour, label=f"{optimizer} 훈련")
            ax.plot(
                epochs, run["val_loss"], "--", color=colour, label=f"{optimizer} 검증"
            )
        ax.set_title(f"나머지 {rest(split, 64)}장")
        ax.set_xlabel("에폭")
    axes[0].set_ylabel("손실")
    axes[1].legend(loc="upper right")
    return fig


RESTS = {44_992: 0, 45_024: 32, 45_000: 8, 44_996: 4, 44_993: 1}


def figure_leftovers(last_batch):
    """마지막 묶음에 남은 그림의 수에 따른 테스트 정확도(6–15에폭 평균). 배치 64,
    CIFAR-10 (JPEG). 점 하나가 시드 하나이고 선은 평균입니다. 학습에 쓴 그림의 수는
    44,992장에서 45,024장 사이로 거의 같습니다.

    대체 텍스트: SGD의 정확도는 나머지가 없을 때 0.38쯤이고 32장, 8장, 4장, 1장으로
    줄수록 뚝뚝 떨어져 0.15에 이르며, Adam은 8장부터 조금씩 낮아져 1장에서 0.31에
    머뭅니다.
    """
    fig, ax = plt.subplots()
    plain = select(last_batch, change="none")
    for optimizer, colour, shift in (("SGD", "C0", -0.08), ("Adam", "C1", 0.08)):
        means = []
        for x, images in enumerate(RESTS):
            late = late_mean(select(plain, optimizer=optimizer, images=images))
            ax.plot([x + shift] * len(late), late, "o", color=colour, alpha=0.5, mew=0)
            means.append(late.mean())
        ax.plot(np.arange(5) + shift, means, color=colour, label=optimizer)
    ax.set_xticks(
        range(5), [f"{left}장" if left else "없음" for left in RESTS.values()]
    )
    ax.set_xlabel("마지막 묶음에 남은 그림")
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="lower left")
    return fig


def figure_zigzag(last_batch):
    """나머지가 다른 세 학습의 에폭별 테스트 정확도. SGD, 배치 64, 시드 0, CIFAR-10
    (JPEG). 점선은 Keras가 기록한 나머지 1장의 훈련 정확도로, 에폭 동안의 평균이라
    마지막 걸음의 피해가 드러나지 않습니다."""
    fig, ax = plt.subplots()
    runs = select(last_batch, optimizer="SGD", change="none", seed=0)
    for i, images in enumerate((44_992, 45_000, 44_993)):
        run = select(runs, images=images).iloc[0]
        epochs = range(1, len(run["test_accuracy"]) + 1)
        label = f"{images:,}장 (나머지 {RESTS[images]}장)"
        ax.plot(epochs, run["test_accuracy"], "o-", color=f"C{i}", label=label)
    ax.plot(epochs, run["accuracy"], ":", color="C2", label="44,993장의 훈련 정확도")
    ax.set_xlabel("에폭")
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.46))
    return fig


def figure_rates(rates):
    """학습률에 따른 테스트 정확도(21–30에폭 평균). 40,000장, 배치 64, CIFAR-10 (JPEG).
    선은 세 시드의 평균, 막대는 표준편차입니다. 별은 그 자리의 학습률에서 시작해 0까지
    코사인으로 줄인 학습입니다.

    대체 텍스트: SGD는 0.003에서, Adam은 가장 작은 0.0001에서 가장 높고 두 높이는 거의
    같습니다. 기본 학습률에서는 SGD가 높습니다. 별 두 개는 두 곡선보다 높은 곳에 나란히
    있습니다.
    """
    fig, ax = plt.subplots()
    for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
        runs = select(rates, optimizer=optimizer)
        lrs = sorted(set(runs[runs["change"] == "none"]["lr"]))
        late = [late_mean(select(runs, lr=lr, change="none")) for lr in lrs]
        means, sds = np.mean(late, axis=1), np.std(late, axis=1, ddof=1)
        ax.errorbar(lrs, means, sds, fmt="o-", color=colour, label=optimizer)
        decayed = late_mean(select(runs, change="cosine"))
        label = f"{optimizer}, 코사인 감쇠"
        ax.plot(LRS[optimizer], decayed.mean(), "*", color=colour, ms=13, label=label)
        ax.axvline(LRS[optimizer], color=colour, ls=":", lw=1)
    ax.set_xscale("log")
    ax.set_xlabel("학습률 (점선은 Keras의 기본값)")
    ax.set_ylabel("테스트 정확도")
    ax.legend(loc="lower left")
    return fig


def figure_nested(nested):
    """같은 학습을 크기가 다른 검증 데이터로 채점한 결과. CIFAR-10 (JPEG). 왼쪽은 SGD
    시드 0의 검증 정확도, 오른쪽은 검증 정확도와 테스트 정확도의 차가 에폭 사이에서
    흔들리는 표준편차(세 시드의 평균)입니다. 회색 점선은 장수의 제곱근에 반비례하는
    곡선입니다."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4))
    run = select(nested, optimizer="SGD", seed=0).iloc[0]
    epochs = range(1, len(run["test_accuracy"]) + 1)
    left.plot(epochs, run["val_accuracy"][0], color="C0", label="5% (2,500장)")
    left.plot(epochs, run["val_accuracy"][-1], color="C1", label="30% (15,000장)")
    left.set_xlabel("에폭")
    left.set_ylabel("검증 정확도")
    left.legend(loc="lower right")
    for optimizer, colour in (("SGD", "C0"), ("Adam", "C1")):
        sds = sampling_sd(select(nested, optimizer=optimizer)).mean(axis=0)  # (6,)
        right.plot(np.array(SPLITS) * 100, sds, "o-", color=colour, label=optimizer)
    right.plot(
        np.array(SPLITS) * 100, sds[0] / np.sqrt(np.arange(1, 7)), ":", color="C6"
    )
    right.set_xlabel("검증 비율 (%)")
    right.set_ylabel("(검증 − 테스트)의 표준편차")
    right.set_ylim(bottom=0)
    right.legend()
    return fig


def sampling_sd(nested, epochs=20):
    gaps = [
        np.array(val) - np.array(test)  # (6, 에폭)
        for val, test in zip(
            nested["val_accuracy"], nested["test_accuracy"], strict=True
        )
    ]
    return np.array(
        [np.std(gap[:, -epochs:], axis=1, ddof=1) for gap in gaps]
    )  # (시드, 6)


def curve_sd(nested, epochs=20):
    return np.array(
        [
            np.std(np.array(val)[:, -epochs:], axis=1, ddof=1)
            for val in nested["val_accuracy"]
        ]
    )  # (시드, 6)


# --------------------------------------------------------------------------- 표


def source_z(fit, optimizer, size, split, accuracy):
    runs = select(fit, optimizer=optimizer, batch_size=size, validation_split=split)
    values = pooled(runs)  # (50,): 시드 5개 × 마지막 열 에폭
    return (accuracy - values.mean()) / values.std(ddof=1)


def table_source(fit):
    """원 노트의 열두 수와, 같은 설정을 다섯 시드로 다시 돌린 결과. CIFAR-10 (JPEG)"""
    rows = []
    for optimizer, size, split, accuracy, loss in SOURCE:
        runs = select(fit, optimizer=optimizer, batch_size=size, validation_split=split)
        copied = (optimizer, size, split) == COPIED
        rows.append(
            {
                "옵티마이저": f"{optimizer} (복사)" if copied else optimizer,
                "배치": size,
                "검증 비율": split,
                "나머지": rest(split, size),
                "원 노트 정확도": accuracy,
                "우리 정확도": cell([run[-1] for run in runs["test_accuracy"]]),
                "z": source_z(fit, optimizer, size, split, accuracy),
                "원 노트 손실": loss,
                "우리 손실": runs["test_loss"].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "원 노트 정확도": ".4f",
        "원 노트 손실": ".4f",
        "우리 손실": ".4f",
        "검증 비율": ".2f",
        "z": "+.1f",
    }
    return frame


def table_grid(fit):
    """같은 조건으로 맞춘 스물네 설정의 정확도(21–30에폭 평균, 시드 5개의 평균 ±
    표준편차). CIFAR-10 (JPEG)"""
    rows = [
        {
            "배치": size,
            "검증 비율": split,
            "나머지": rest(split, size),
            **{
                f"{optimizer} {what}": cell(
                    late_mean(
                        select(
                            fit,
                            optimizer=optimizer,
                            batch_size=size,
                            validation_split=split,
                        ),
                        column,
                    )
                )
                for what, column in (
                    ("검증", "val_accuracy"),
                    ("테스트", "test_accuracy"),
                )
                for optimizer in ("SGD", "Adam")
            },
        }
        for size, split in SETTINGS
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"검증 비율": ".2f"}
    return frame


CHANGES = {
    "none": "그대로",
    "small": "학습률을 10분의 1로",
    "cosine": "코사인 감쇠",
    "centred": "픽셀을 평균 0으로",
    "dropout": "입력 드롭아웃 0.2",
    "l2": "L2 규제 0.001",
}


def table_remedies(last_batch):
    """그림 몇 장의 차이와 세 가지 처방. 배치 64, 6–15에폭 평균, 시드 3개의 평균 ±
    표준편차. CIFAR-10 (JPEG)"""
    keys = last_batch[["optimizer", "images", "change"]].drop_duplicates()
    rows = []
    for optimizer, images, change in keys.itertuples(index=False):
        runs = select(last_batch, optimizer=optimizer, images=images, change=change)
        rows.append(
            {
                "옵티마이저": optimizer,
                "그림": images,
                "나머지": RESTS[images],
                "바꾼 것": CHANGES[change],
                "테스트 정확도": cell(late_mean(runs)),
                "기록된 훈련 정확도": cell(late_mean(runs, "accuracy")),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"그림": ",d"}
    return frame


def table_conditions(rates):
    """나머지 없는 40,000장에서 학습률과 조건을 바꾼 결과. 배치 64, 21–30에폭 평균, 시드
    3개의 평균 ± 표준편차. CIFAR-10 (JPEG). ‘학습한 그림’은 훈련 데이터 가운데 1만 장을
    에폭이 끝난 가중치로 다시 잰 정확도이고, ‘흔들림’은 마지막 열 에폭의 테스트 정확도의
    표준편차입니다."""
    keys = rates[["optimizer", "lr", "change"]].drop_duplicates()
    rows = []
    for optimizer, lr, change in keys.itertuples(index=False):
        runs = select(rates, optimizer=optimizer, lr=lr, change=change)
        rows.append(
            {
                "옵티마이저": optimizer,
                "학습률": lr,
                "바꾼 것": CHANGES[change],
                "학습한 그림": cell(runs["seen_accuracy"]),
                "검증": cell(late_mean(runs, "val_accuracy")),
                "테스트": cell(late_mean(runs)),
                "흔들림": jitter(runs).mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g", "흔들림": ".4f"}
    return frame


def table_deeper(network):
    """은닉층이 둘인 3072-256-128-10 신경망의 테스트 정확도(6–10에폭 평균, 시드 3개의
    평균 ± 표준편차). CIFAR-10 (JPEG)"""
    keys = network[["optimizer", "lr"]].drop_duplicates()
    rows = []
    for optimizer, lr in keys.itertuples(index=False):
        runs = select(network, optimizer=optimizer, lr=lr)
        rows.append(
            {
                "옵티마이저": optimizer,
                "학습률": lr,
                "테스트 정확도": cell(late_mean(runs, epochs=5)),
                "1에폭": cell([run[0] for run in runs["test_accuracy"]]),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"학습률": "g"}
    return frame


# ----------------------------------------------------- 주장: 숫자 하나와 마지막 묶음


def claim_reproduced(fit):
    """원 노트의 수 가운데 붙여 넣은 한 행을 뺀 열한 개는 모두, 우리가 다시 돌려 얻은
    값들의 평균에서 표준편차의 세 배 안에 있습니다.

    비교한 값들은 설정마다 시드 5개의 마지막 열 에폭에 잰 테스트 정확도 50개입니다.
    """
    zs = [source_z(fit, *row[:4]) for row in SOURCE if row[:3] != COPIED]
    return bool(np.abs(zs).max() < 3), (
        f"z가 {min(zs):+.1f}에서 {max(zs):+.1f}까지, 열한 설정, {seeds(fit)}씩"
    )


def claim_source_high(fit):
    """원 노트의 SGD 여섯 수는 모두 우리 평균보다 0.005 이상 높습니다. 까닭은 이
    실험으로 알 수 없습니다.

    여러 번 돌려 좋은 것을 적었거나, 손실 없는 원본 픽셀을 썼기 때문일 수 있습니다. 우리
    평균은 시드 5개의 마지막 열 에폭에 잰 50개의 평균입니다.
    """
    gaps = [
        accuracy
        - pooled(
            select(fit, optimizer=name, batch_size=size, validation_split=split)
        ).mean()
        for name, size, split, accuracy, _ in SOURCE
        if name == "SGD"
    ]
    return bool(min(gaps) > 0.005), (
        f"차이 {min(gaps):+.4f}에서 {max(gaps):+.4f}까지, 평균 {np.mean(gaps):+.4f}, "
        f"여섯 설정, {seeds(fit)}씩"
    )


def claim_outlier(fit):
    """0.3430은 오타가 아닙니다. 같은 설정을 다시 돌리면 마지막 열 에폭의 테스트 정확도
    가운데 절반이 넘는 값이 그보다도 낮습니다.

    원문: (N03, E23) SGD, 배치 64, 검증 비율 0.1의 테스트 정확도는 0.3430이다.
    판정: 재현됨
    """
    runs = select(fit, optimizer="SGD", batch_size=64, validation_split=0.1)
    values = pooled(runs)
    below = (values < 0.3430).sum()
    return bool(below > len(values) / 2), (
        f"값 {len(values)}개 가운데 {below}개가 0.3430보다 낮음, "
        f"평균 {values.mean():.4f}, 범위 {values.min():.4f}–{values.max():.4f}, "
        f"{seeds(fit)}"
    )


def claim_noise(fit):
    """정확도 하나의 표준편차는, 조건이 가장 좋은 설정에서도 0.005보다 큽니다.

    설정마다 시드 5개의 마지막 열 에폭에 잰 테스트 정확도 50개의 표준편차이고, 마지막
    묶음에 열다섯 장 이하가 남는 설정은 뺐습니다.
    """
    sds = [
        pooled(select(fit, optimizer=o, batch_size=b, validation_split=v)).std(ddof=1)
        for o in ("SGD", "Adam")
        for b, v in ROOMY
    ]
    return bool(min(sds) > 0.005), (
        f"열네 설정의 표준편차가 {min(sds):.4f}에서 {max(sds):.4f}까지, {seeds(fit)}씩"
    )


def claim_rest(fit):
    """SGD의 열두 설정 가운데 정확도가 가장 낮은 다섯은, 마지막 묶음에 남는 그림이
    열다섯 장 이하인 바로 그 다섯 설정입니다."""
    means = {
        setting: grid_mean(fit, "SGD", [setting]).mean()
        for setting in sorted(SETTINGS, key=lambda s: grid_mean(fit, "SGD", [s]).mean())
    }
    lowest, others = list(means)[:5], list(means.values())[5:]
    return set(lowest) == set(TINY), (
        "낮은 차례로 "
        + ", ".join(
            f"배치 {size} 비율 {split} (나머지 {rest(split, size)}장) "
            f"{means[size, split]:.4f}"
            for size, split in lowest
        )
        + f"; 나머지 일곱 설정은 {min(others):.4f} 이상, {seeds(fit)}씩"
    )


def claim_eight_images(last_batch):
    """배치가 64인 SGD에서 그림을 45,000장에서 여덟 장만 덜어 내면 테스트 정확도가 0.03
    넘게 오릅니다.

    45,000을 64로 나눈 나머지가 8이어서, 에폭마다 마지막 걸음은 그림 여덟 장으로 떼고
    곧바로 채점을 받습니다. 학습률 0.01, 6–15에폭 평균입니다.
    """
    sgd = select(last_batch, optimizer="SGD", change="none")
    whole = late_mean(select(sgd, images=44_992))
    eight = late_mean(select(sgd, images=45_000))
    gain, t = paired_t(whole, eight)
    return bool(gain > 0.03 and higher(whole, eight)), (
        f"44,992장 {spread(whole)}, 45,000장 {spread(eight)}, {t_text(whole, eight)}, "
        f"{seeds(last_batch)}"
    )


def claim_smaller_is_worse(last_batch):
    """마지막 묶음이 32장, 8장, 4장, 1장으로 작아질수록 SGD의 테스트 정확도는 차례로
    낮아집니다."""
    sgd = select(last_batch, optimizer="SGD", change="none")
    means = {
        RESTS[images]: late_mean(select(sgd, images=images)).mean() for images in RESTS
    }
    ordered = [means[left] for left in (0, 32, 8, 4, 1)]
    return bool(np.all(np.diff(ordered) < 0)), (
        "나머지 0, 32, 8, 4, 1장의 평균 "
        + ", ".join(f"{value:.4f}" for value in ordered)
        + f", {seeds(last_batch)}"
    )


def claim_adam_suffers_less(last_batch):
    """나머지가 8장일 때 Adam이 잃는 정확도는 SGD가 잃는 것의 절반도 되지 않습니다."""
    plain = select(last_batch, change="none")
    loss = {
        name: late_mean(select(plain, optimizer=name, images=44_992))
        - late_mean(select(plain, optimizer=name, images=45_000))
        for name in ("SGD", "Adam")
    }
    holds = loss["Adam"].mean() < loss["SGD"].mean() / 2
    return bool(holds and higher(loss["SGD"], loss["Adam"])), (
        f"잃은 정확도 SGD {spread(loss['SGD'])}, Adam {spread(loss['Adam'])}, "
        f"{t_text(loss['SGD'], loss['Adam'])}, {seeds(last_batch)}"
    )


def claim_hidden(last_batch):
    """Keras가 기록하는 훈련 정확도만 보아서는 이 사고를 알 수 없습니다. 나머지가 0장일
    때와 8장일 때의 차이가 0.01도 되지 않습니다.

    기록된 훈련 정확도는 에폭 동안의 모든 묶음을 평균한 값이어서 마지막 걸음 뒤의
    가중치를 보여 주지 않습니다. SGD, 학습률 0.01, 6–15에폭 평균입니다.
    """
    sgd = select(last_batch, optimizer="SGD", change="none")
    whole = late_mean(select(sgd, images=44_992), "accuracy")
    eight = late_mean(select(sgd, images=45_000), "accuracy")
    return bool(abs(np.mean(whole - eight)) < 0.01), (
        f"기록된 훈련 정확도 {spread(whole)}과 {spread(eight)}, {seeds(last_batch)}"
    )


def claim_remedied(last_batch):
    """학습률을 10분의 1로 낮추거나, 코사인으로 줄이거나, 픽셀의 평균을 0으로 옮기면
    여덟 장이 남아도 정확도가 0.03 넘게 돌아옵니다.

    SGD, 45,000장, 배치 64. 코사인 감쇠는 끝에 가야 학습률이 작아지므로 마지막 다섯
    에폭의 평균으로 견줍니다.
    """
    sgd = select(last_batch, optimizer="SGD", images=45_000)
    before = late_mean(select(sgd, change="none"), epochs=5)
    after = {
        change: late_mean(select(sgd, change=change), epochs=5)
        for change in ("small", "cosine", "centred")
    }
    holds = all(
        (values - before).mean() > 0.03 and higher(values, before)
        for values in after.values()
    )
    return bool(holds), (
        f"그대로 {spread(before)}; "
        + "; ".join(f"{CHANGES[change]} {spread(v)}" for change, v in after.items())
        + f"; {seeds(last_batch)}"
    )


# ----------------------------------------------------- 주장: 원 노트의 해석을 다시 재기


def claim_sgd_steady(rates):
    """SGD의 훈련 정확도는 열 에폭 전보다 늘 높지만, 검증 정확도는 에폭마다 오르는 때와
    내리는 때가 거의 반반입니다.

    40,000장(나머지 0장), 배치 64, 학습률 0.01입니다. 훈련은 11–30에폭을 열 에폭 전과,
    검증은 2–30에폭을 바로 앞 에폭과 견주었고, 거의 반반이라는 것은 40–60%라는 뜻입니다.

    원문: (C20) SGD는 학습률이 고정되어 느리게 수렴하지만 훈련 정확도와 손실이 점차 안정되게 나아진다.
    판정: 조건부
    """
    runs = select(rates, optimizer="SGD", lr=0.01, change="none")
    train = np.array(runs["accuracy"].tolist())  # (시드, epochs)
    val = np.array(runs["val_accuracy"].tolist())
    rising = np.mean(train[:, 10:] > train[:, :-10])
    up = np.mean(np.diff(val) > 0)
    return bool(rising == 1 and 0.4 < up < 0.6), (
        f"훈련 정확도가 열 에폭 전보다 높은 비율 {rising:.0%}, "
        f"검증 정확도가 앞 에폭보다 높은 비율 {up:.0%}, 검증의 흔들림(마지막 열 에폭의 "
        f"표준편차) {jitter(runs, 'val_accuracy').mean():.4f}, {seeds(rates)}"
    )


def claim_adam_start(rates):
    """기본 학습률에서는 첫 에폭의 훈련 정확도가 Adam 쪽이 높지만, Adam의 학습률을
    0.0001로 낮추면 순서가 뒤집힙니다.

    40,000장(나머지 0장), 배치 64. 빠른 것은 옵티마이저라기보다 걸음의 크기입니다.

    원문: (C21) Adam은 초반에 빠르게 학습된다.
    판정: 조건부
    """
    first = {
        (name, lr): np.array(
            [
                run[0]
                for run in select(rates, optimizer=name, lr=lr, change="none")[
                    "accuracy"
                ]
            ]
        )
        for name, lr in (("SGD", 0.01), ("Adam", 0.001), ("Adam", 0.0001))
    }
    sgd, adam, slow = first.values()
    return higher(adam, sgd) and higher(sgd, slow), (
        f"첫 에폭의 훈련 정확도: SGD 0.01 {spread(sgd)}, Adam 0.001 {spread(adam)}, "
        f"Adam 0.0001 {spread(slow)}; Adam 0.001과 SGD의 {t_text(adam, sgd)}, {seeds(rates)}"
    )


def claim_adam_validation(fit):
    """기본 학습률의 Adam에서 검증 정확도는 11–30에폭 동안 떨어지지 않습니다. 다만
    SGD보다 1.3배 넘게 출렁입니다.

    나머지가 없거나 열다섯 장보다 많은 일곱 설정의 평균입니다. 기울기는 열 에폭에 오르는
    양이고, 흔들림은 마지막 열 에폭의 표준편차입니다.

    원문: (C22) Adam은 검증 정확도가 떨어지거나 불안정하다.
    판정: 조건부
    """
    slopes = grid_mean(fit, "Adam", ROOMY, "val_accuracy", slopes_of)
    adam, sgd = (
        grid_mean(fit, name, ROOMY, "val_accuracy", jitter) for name in ("Adam", "SGD")
    )
    falling = higher(np.zeros(len(slopes)), slopes)
    wider = adam.mean() > 1.3 * sgd.mean() and higher(adam, sgd)
    return bool(not falling and wider), (
        f"기울기 {spread(slopes)}; 흔들림 Adam {spread(adam)}, SGD {spread(sgd)}, "
        f"{t_text(adam, sgd)}, {seeds(fit)}"
    )


def claim_adam_overfit(rates):
    """기본 학습률에서 Adam의 테스트 정확도가 낮은 까닭은 과적합이 아닙니다. 학습한
    그림에서도 Adam의 정확도가 SGD보다 낮습니다.

    과적합(overfitting)이라면 학습한 그림은 더 잘 맞히면서 처음 보는 그림을 더 틀려야
    합니다. 40,000장, 배치 64, 21–30에폭 평균. 학습한 그림 1만 장은 드롭아웃 없이 에폭이
    끝난 가중치로 쟀습니다.

    원문: (C23) 층이 하나인 선형 모델에서 Adam은 과적합으로 이어진다.
    판정: 반증
    """
    adam = select(rates, optimizer="Adam", lr=0.001, change="none")
    sgd = select(rates, optimizer="SGD", lr=0.01, change="none")
    seen_a, seen_s = adam["seen_accuracy"].to_numpy(), sgd["seen_accuracy"].to_numpy()
    test_a, test_s = late_mean(adam), late_mean(sgd)
    return higher(seen_s, seen_a) and higher(test_s, test_a), (
        f"학습한 그림: Adam {spread(seen_a)}, SGD {spread(seen_s)}; "
        f"테스트: Adam {spread(test_a)}, SGD {spread(test_s)}, {seeds(rates)}"
    )


def claim_centred_overfit(rates):
    """픽셀의 평균을 0으로 옮긴 Adam에서는 시드 셋 모두 과적합의 모습이 보입니다.
    4–8에폭보다 마지막 열 에폭에서 훈련 정확도는 높고 검증 정확도는 낮습니다.

    40,000장, 배치 64, 학습률 0.001. 시드가 셋뿐이라 방향만 말하고, 크기는 말하지
    않습니다.
    """
    runs = select(rates, optimizer="Adam", change="centred")
    early = np.array([np.mean(run[3:8]) for run in runs["val_accuracy"]])
    late = late_mean(runs, "val_accuracy")
    train_early = np.array([np.mean(run[3:8]) for run in runs["accuracy"]])
    train_late = late_mean(runs, "accuracy")
    same_way = (early > late).all() and (train_late > train_early).all()
    return bool(same_way), (
        f"검증: 4–8에폭 {spread(early)}, 21–30에폭 {spread(late)}, "
        f"{t_text(early, late)}; "
        f"훈련: {train_early.mean():.4f} → {train_late.mean():.4f}, {seeds(rates)}"
    )


def claim_overshoot(rates):
    """Adam의 손해는 보폭이 커서 골짜기를 넘나든 탓입니다. 학습률을 코사인으로 줄이면
    학습한 그림과 테스트의 정확도가 함께 오릅니다.

    과적합을 고친 것이라면 학습한 그림의 정확도는 내려가야 합니다. 40,000장, 배치 64,
    시작 학습률 0.001, 21–30에폭 평균입니다.

    원문: (C24) 층이 하나인 선형 모델에서 Adam은 최적점을 지나친다(overshooting).
    판정: 재현됨
    """
    adam = select(rates, optimizer="Adam", lr=0.001)
    before, after = select(adam, change="none"), select(adam, change="cosine")
    seen_b, seen_a = (
        before["seen_accuracy"].to_numpy(),
        after["seen_accuracy"].to_numpy(),
    )
    test_b, test_a = late_mean(before), late_mean(after)
    return higher(seen_a, seen_b) and higher(test_a, test_b), (
        f"학습한 그림 {spread(seen_b)} → {spread(seen_a)}; "
        f"테스트 {spread(test_b)} → {spread(test_a)}, {t_text(test_a, test_b)}, "
        f"{seeds(rates)}"
    )


def claim_network(network):
    """은닉층이 둘인 신경망에서는 기본 학습률의 Adam이 기본 학습률의 SGD보다 테스트
    정확도가 높습니다.

    3072-256-128-10, ReLU, 40,064장, 배치 128, 10에폭 가운데 마지막 다섯의 평균, 시드는
    3개뿐이고 학습률은 따로 맞추지 않았습니다. 원문의 나머지 반인 규제는 층 하나짜리
    모델에서 듣지 않았습니다.

    원문: (C25) Adam은 더 복잡한 모델이나 규제가 있을 때 강점을 보인다.
    판정: 조건부
    """
    adam = late_mean(select(network, optimizer="Adam", lr=0.001), epochs=5)
    sgd = late_mean(select(network, optimizer="SGD", lr=0.01), epochs=5)
    return higher(adam, sgd), (
        f"Adam 0.001 {spread(adam)}, SGD 0.01 {spread(sgd)}, {t_text(adam, sgd)}, "
        f"{seeds(network)}"
    )


def claim_steps(fit):
    """검증 비율이 0.2이면 가중치를 한 에폭에 배치 64는 625번, 배치 128은 313번
    고칩니다.

    원문: (C26) 배치 64는 더 자주 갱신한다.
    판정: 재현됨
    """
    steps = {
        size: -(-40_000 // size) for size in sorted({int(b) for b in fit["batch_size"]})
    }
    return steps == {64: 625, 128: 313}, (
        "40,000장을 나누어 올림: "
        + ", ".join(f"배치 {size}에서 {count}걸음" for size, count in steps.items())
    )


LARGE_REST = (0.2, 0.25, 0.3)  # 배치 64와 128 모두 나머지가 0이거나 56장 이상


def claim_adam_small_batch(fit):
    """Adam은 배치 64에서 128보다 테스트 정확도가 낮지만, 훈련 정확도도 함께 낮으므로
    과적합이 아닙니다.

    나머지가 0이거나 넉넉한 검증 비율 0.2, 0.25, 0.3의 평균, 21–30에폭입니다.

    원문: (C27) 배치 64와 Adam은 빠르게 반응하고 과적합이 더 심하다.
    판정: 반증
    """
    (test64, test128), (train64, train128) = (
        [
            grid_mean(fit, "Adam", [(size, split) for split in LARGE_REST], column)
            for size in (64, 128)
        ]
        for column in ("test_accuracy", "accuracy")
    )
    return higher(test128, test64) and higher(train128, train64), (
        f"테스트: 64 {spread(test64)}, 128 {spread(test128)}, "
        f"{t_text(test128, test64)}; 훈련: 64 {spread(train64)}, "
        f"128 {spread(train128)}, {t_text(train128, train64)}, {seeds(fit)}"
    )


def claim_sgd_small_batch(fit):
    """나머지가 넉넉하면 SGD는 배치 64에서도 128과 비슷하게 출렁이고, 배치 64에 나머지가
    여덟 장이면 크게 흔들립니다.

    넉넉한 경우는 검증 비율 0.2, 0.25, 0.3의 평균, 여덟 장은 배치 64, 비율 0.1입니다.
    흔들림은 마지막 열 에폭의 테스트 정확도의 표준편차입니다.

    원문: (C28) 배치 64와 SGD는 안정되고 완만하게 수렴한다.
    판정: 조건부
    """
    roomy64, roomy128 = (
        grid_mean(
            fit, "SGD", [(size, split) for split in LARGE_REST], "test_accuracy", jitter
        )
        for size in (64, 128)
    )
    tiny = grid_mean(fit, "SGD", [(64, 0.1)], "test_accuracy", jitter)
    ratio = roomy64.mean() / roomy128.mean()
    return bool(2 / 3 < ratio < 3 / 2 and tiny.mean() > 2 * roomy64.mean()), (
        f"흔들림: 64 {spread(roomy64)}, 128 {spread(roomy128)} (비 {ratio:.2f}), "
        f"나머지 8장 {spread(tiny)}, {seeds(fit)}"
    )


def claim_small_validation(nested):
    """검증 데이터를 30%에서 5%로 줄이면 눈에 보이는 흔들림은 1.5배도 커지지 않지만,
    검증과 테스트의 차가 에폭마다 흔들리는 폭은 1.5배 넘게 커집니다.

    SGD 0.01로 34,944장(나머지 0장)을 한 번 학습하면서 같은 가중치를 크기가 다른 검증
    데이터로 채점했습니다. 흔들림은 11–30에폭의 표준편차입니다. 곡선의 톱니는 대부분
    검증 데이터가 아니라 가중치가 움직인 탓입니다.

    원문: (C29) 검증 비율이 0.05이면 검증 정확도의 변동이 크다.
    판정: 조건부
    """
    runs = select(nested, optimizer="SGD")
    curve, sampling = curve_sd(runs), sampling_sd(runs)  # (5, 6), (5, 6)
    ratio = curve[:, 0].mean() / curve[:, -1].mean()
    sampled = sampling[:, 0].mean() / sampling[:, -1].mean()
    return bool(ratio < 1.5 < sampled), (
        f"곡선의 흔들림 5% {spread(curve[:, 0])}, 30% {spread(curve[:, -1])} "
        f"(비 {ratio:.2f}); 검증 − 테스트의 흔들림 {spread(sampling[:, 0])}, "
        f"{spread(sampling[:, -1])} (비 {sampled:.2f}), {seeds(nested)}"
    )


def claim_small_validation_adam(nested):
    """검증 데이터를 5%로 줄일 때 흔들림이 커지는 비율은 Adam과 SGD가 거의 같습니다.

    거의 같다는 것은 두 비율의 비가 0.8과 1.25 사이라는 뜻입니다. 34,944장, 배치 64,
    기본 학습률, 11–30에폭입니다.

    원문: (C30) 검증 비율이 작으면 일찍 과적합되는 옵티마이저(Adam)의 약점이 두드러진다.
    판정: 반증
    """
    ratios = {}
    for name in ("SGD", "Adam"):
        curve = curve_sd(select(nested, optimizer=name))
        ratios[name] = (curve[:, 0] / curve[:, -1]).mean()
    relative = ratios["Adam"] / ratios["SGD"]
    return bool(0.8 < relative < 1.25), (
        f"5%와 30%의 흔들림의 비: SGD {ratios['SGD']:.2f}, Adam {ratios['Adam']:.2f}, "
        f"{seeds(nested)}"
    )


def claim_steady_end(fit, rates):
    """기본 학습률에서는 마지막 열 에폭의 테스트 정확도가 SGD에서 덜 출렁이지만, Adam의
    학습률을 0.0001로 낮추면 SGD보다도 덜 출렁입니다.

    앞은 나머지가 없거나 열다섯 장보다 많은 일곱 설정의 평균이고, 뒤는 40,000장(나머지
    0장), 배치 64에서 잰 것입니다.

    원문: (C31) SGD가 마지막에 더 안정적이다.
    판정: 조건부
    """
    sgd, adam = (
        grid_mean(fit, name, ROOMY, "test_accuracy", jitter) for name in ("SGD", "Adam")
    )
    default = jitter(select(rates, optimizer="SGD", lr=0.01, change="none"))
    slow = jitter(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    return higher(adam, sgd) and higher(default, slow), (
        f"일곱 설정: SGD 0.01 {spread(sgd)}, Adam 0.001 {spread(adam)}, "
        f"{t_text(adam, sgd)}, {seeds(fit)}; 40,000장: SGD 0.01 {spread(default)}, "
        f"Adam 0.0001 {spread(slow)}, {t_text(default, slow)}, {seeds(rates)}"
    )


def claim_default_rates(rates):
    """기본 학습률을 그대로 쓰면 SGD의 테스트 정확도가 Adam보다 높지만, Adam의 학습률을
    0.0001로 낮추면 기본 학습률의 SGD에 뒤지지 않습니다.

    40,000장(나머지 0장), 배치 64, 21–30에폭 평균입니다. 뒤지지 않는다는 것은 평균이 더
    낮지 않다는 뜻이고, 시드 세 개로는 더 높다고까지 말할 수 없습니다.

    원문: (C32) SGD가 일반화를 더 잘한다.
    판정: 조건부
    """
    sgd = late_mean(select(rates, optimizer="SGD", lr=0.01, change="none"))
    adam = late_mean(select(rates, optimizer="Adam", lr=0.001, change="none"))
    slow = late_mean(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    return higher(sgd, adam) and bool(slow.mean() >= sgd.mean()), (
        f"SGD 0.01 {spread(sgd)}, Adam 0.001 {spread(adam)}, "
        f"Adam 0.0001 {spread(slow)}; SGD − Adam 0.001의 {t_text(sgd, adam)}; "
        f"Adam 0.0001 − SGD의 {t_text(slow, sgd)}, {seeds(rates)}"
    )


def claim_grid_order(fit):
    """같은 조건끼리 견준 격자에서 SGD와 Adam의 순서는 마지막 묶음이 정합니다. 나머지가
    넉넉한 일곱 설정에서는 SGD가, 나머지가 열다섯 장 이하인 다섯 설정에서는 Adam이
    높습니다.

    기본 학습률, 21–30에폭의 테스트 정확도를 설정들에 걸쳐 평균했습니다.

    원문: (C33) 층이 하나인 단순한 모델에서는 SGD가 더 안정된 선택일 수 있다.
    판정: 조건부
    """
    sgd, adam = (grid_mean(fit, name, ROOMY) for name in ("SGD", "Adam"))
    sgd_tiny, adam_tiny = (grid_mean(fit, name, TINY) for name in ("SGD", "Adam"))
    return higher(sgd, adam) and higher(adam_tiny, sgd_tiny), (
        f"일곱 설정: SGD {spread(sgd)}, Adam {spread(adam)}, {t_text(sgd, adam)}; "
        f"다섯 설정: SGD {spread(sgd_tiny)}, Adam {spread(adam_tiny)}, "
        f"{t_text(adam_tiny, sgd_tiny)}, {seeds(fit)}"
    )


def claim_cosine(rates):
    """학습률을 코사인으로 줄이면 SGD와 Adam의 테스트 정확도 차이가 0.005보다 작아지고,
    둘 다 줄이기 전보다 높습니다.

    40,000장(나머지 0장), 배치 64, 시작 학습률은 기본값, 21–30에폭 평균입니다.
    """
    late = {
        (name, change): late_mean(
            select(rates, optimizer=name, lr=LRS[name], change=change)
        )
        for name in ("SGD", "Adam")
        for change in ("none", "cosine")
    }
    sgd, adam = late["SGD", "cosine"], late["Adam", "cosine"]
    better = higher(sgd, late["SGD", "none"]) and higher(adam, late["Adam", "none"])
    return bool(abs(np.mean(adam - sgd)) < 0.005 and better), (
        f"SGD {spread(late['SGD', 'none'])} → {spread(sgd)}; "
        f"Adam {spread(late['Adam', 'none'])} → {spread(adam)}; "
        f"코사인끼리 {t_text(adam, sgd)}, {seeds(rates)}"
    )


def claim_adam_rate(rates):
    """Adam의 학습률을 0.0001로 낮추거나 코사인으로 줄이면 테스트 정확도가 0.01 넘게
    오릅니다.

    40,000장(나머지 0장), 배치 64, 21–30에폭 평균입니다.

    원문: (C34) Adam을 쓰려면 학습률을 따로 맞추어야 한다.
    판정: 재현됨
    """
    before = late_mean(select(rates, optimizer="Adam", lr=0.001, change="none"))
    slow = late_mean(select(rates, optimizer="Adam", lr=0.0001, change="none"))
    decayed = late_mean(select(rates, optimizer="Adam", change="cosine"))
    holds = all(
        (after - before).mean() > 0.01 and higher(after, before)
        for after in (slow, decayed)
    )
    return bool(holds), (
        f"0.0001의 {t_text(slow, before)}; 코사인의 {t_text(decayed, before)}, {seeds(rates)}"
    )


def claim_adam_regularised(rates):
    """입력 드롭아웃 0.2나 L2 규제 0.001을 더해도 Adam의 테스트 정확도는 0.01만큼도
    오르지 않습니다.

    40,000장(나머지 0장), 배치 64, 학습률 0.001, 21–30에폭 평균입니다. 과적합이
    아니었으니 과적합을 막는 약도 듣지 않습니다.

    원문: (C34) Adam을 쓰려면 드롭아웃이나 규제를 더해야 한다.
    판정: 반증
    """
    adam = select(rates, optimizer="Adam", lr=0.001)
    before = late_mean(select(adam, change="none"))
    dropout = late_mean(select(adam, change="dropout"))
    l2 = late_mean(select(adam, change="l2"))
    return bool(max((dropout - before).mean(), (l2 - before).mean()) < 0.01), (
        f"그대로 {spread(before)}; 드롭아웃의 {t_text(dropout, before)}; "
        f"L2의 {t_text(l2, before)}, {seeds(rates)}"
    )


def claim_rate_matters_more(rates):
    """두 옵티마이저의 차이보다 학습률의 차이가 큽니다. 시험한 네 학습률 가운데 가장 좋은
    것으로 맞춘 SGD와 Adam의 차이는, 한 옵티마이저 안에서 학습률만 바꾸어 생기는 차이의 4분의 1도
    되지 않습니다.

    40,000장(나머지 0장), 배치 64, 학습률은 SGD 0.001–0.03, Adam 0.0001–0.003의 네
    가지씩, 21–30에폭 평균입니다.

    원문: (C35) 옵티마이저의 성능은 모델과 하이퍼파라미터에 민감하므로 모델의 복잡도에 맞추어 골라야 한다.
    판정: 재현됨
    """
    means = {
        name: [
            late_mean(select(rates, optimizer=name, lr=lr, change="none")).mean()
            for lr in sorted(set(rates[rates["optimizer"] == name]["lr"]))
        ]
        for name in ("SGD", "Adam")
    }
    best = {name: max(values) for name, values in means.items()}
    ranges = {name: max(values) - min(values) for name, values in means.items()}
    between = abs(best["SGD"] - best["Adam"])
    return bool(between < min(ranges.values()) / 4), (
        f"가장 좋은 학습률끼리의 차 {between:.4f} "
        f"(SGD {best['SGD']:.4f}, Adam {best['Adam']:.4f}); 학습률만 바꾼 차 "
        f"SGD {ranges['SGD']:.4f}, Adam {ranges['Adam']:.4f}, {seeds(rates)}의 평균"
    )


# ------------------------------------------------------------------------ 판정의 요약


def said(claim):
    doc = " ".join(claim.__doc__.split())
    sentence, verdict = doc.split("원문: ")[1].split(" 판정: ")
    return sentence.split(") ", 1)[-1], verdict  # 앞의 번호는 뺍니다


def table_verdicts(fit, rates, network, nested):
    """원 노트의 해석 열일곱 문장과 판정. CIFAR-10 (JPEG). 판정은 위의 검사를 그
    자리에서 다시 불러 얻습니다. 검사가 하나라도 어긋나면 그 행의 판정은 ‘다시 볼 것’이
    됩니다."""
    checks = [
        (claim_sgd_steady, rates),
        (claim_adam_start, rates),
        (claim_adam_validation, fit),
        (claim_adam_overfit, rates),
        (claim_overshoot, rates),
        (claim_network, network),
        (claim_steps, fit),
        (claim_adam_small_batch, fit),
        (claim_sgd_small_batch, fit),
        (claim_small_validation, nested),
        (claim_small_validation_adam, nested),
        (claim_steady_end, fit, rates),
        (claim_default_rates, rates),
        (claim_grid_order, fit),
        (claim_adam_rate, rates),
        (claim_adam_regularised, rates),
        (claim_rate_matters_more, rates),
    ]
    rows = []
    for claim, *received in checks:
        sentence, verdict = said(claim)
        holds, _ = claim(*received)
        rows.append(
            {"원 노트의 문장": sentence, "판정": verdict if holds else "다시 볼 것"}
        )
    return pd.DataFrame(rows)


# --------------------------------------------------------------------- 본문의 숫자


def experiment_summary(fit, last_batch, rates, nested, pixels):
    def late(frame, **conditions):
        values = late_mean(select(frame, **conditions))
        return {"mean": values.mean(), "sd": values.std(ddof=1)}

    zs = [source_z(fit, *row[:4]) for row in SOURCE if row[:3] != COPIED]
    outlier = pooled(select(fit, optimizer="SGD", batch_size=64, validation_split=0.1))
    raw = pixels["raw"]
    return {
        "z_min": min(zs),
        "z_max": max(zs),
        "outlier": {"min": outlier.min(), "max": outlier.max(), "mean": outlier.mean()},
        "rest": {
            str(RESTS[images]): late(
                last_batch, optimizer="SGD", change="none", images=images
            )
            for images in RESTS
        },
        "rest_adam": {
            str(RESTS[images]): late(
                last_batch, optimizer="Adam", change="none", images=images
            )
            for images in RESTS
        },
        "rates": {
            f"{name}_{lr:g}": late(rates, optimizer=name, lr=lr, change="none")
            for name, lr in rates[["optimizer", "lr"]]
            .drop_duplicates()
            .itertuples(index=False)
        },
        "changes": {
            f"{name}_{change}": late(rates, optimizer=name, change=change)
            for name, change in rates[rates["change"] != "none"][
                ["optimizer", "change"]
            ]
            .drop_duplicates()
            .itertuples(index=False)
        },
        "logit_step": LRS["SGD"] * (raw["norm2"] + 1),
        "logit_step_8": LRS["SGD"] * (raw["norm2"] + 1) / 8,
        "logit_step_centred": LRS["SGD"] * (pixels["centred"]["norm2"] + 1),
        "largest_rate": {
            name: [2 / (0.5 * values["eigenvalue"]), 2 / (0.1 * values["eigenvalue"])]
            for name, values in pixels.items()
        },
        "binomial": {
            str(size): float(np.sqrt(0.4 * 0.6 / size))
            for size in (2_500, 10_000, 15_000)
        },
        "nested": {
            name: float(np.mean(curve_sd(select(nested, optimizer=name))[:, 0]))
            for name in ("SGD", "Adam")
        },
    }

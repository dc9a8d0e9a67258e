"""CIFAR-10을 소프트맥스 층 하나로 나누는 학습을 설정과 시드를 바꾸어 되풀이합니다."""

import keras
import numpy as np
from comparison import interval
from training import as_tensors, fit

time_limit = 1800

SEEDS = (0, 1, 2, 3, 4)
FEW_SEEDS = SEEDS[:3]
SPLITS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
LRS = {"SGD": 0.01, "Adam": 0.001}  # Keras의 기본 학습률


def load():
    (x_train, y_train), (x_test, y_test) = (
        keras.datasets.cifar10.load_data()
    )
    x_train = x_train.reshape(-1, 3072) / np.float32(
        255
    )  # (50000, 3072)
    x_test = x_test.reshape(-1, 3072) / np.float32(255)  # (10000, 3072)
    return (
        x_train,
        y_train.ravel(),
        x_test,
        y_test.ravel(),
    )  # y: (50000,), (10000,)


def classifier(*units):
    """은닉층의 유닛을 차례로 적습니다. 적지 않으면 소프트맥스 층 하나입니다."""
    hidden = [
        keras.layers.Dense(width, activation="relu") for width in units
    ]
    return keras.Sequential(
        [
            keras.Input((3072,)),
            *hidden,
            keras.layers.Dense(
                10, activation="softmax"
            ),  # (n, 3072) → (n, 10)
        ]
    )


def make_optimizer(name, lr, steps=None):
    if steps:  # 코사인 감쇠: 마지막 걸음에서 학습률이 0
        lr = keras.optimizers.schedules.CosineDecay(
            lr, decay_steps=steps
        )
    return {"SGD": keras.optimizers.SGD, "Adam": keras.optimizers.Adam}[
        name
    ](lr)


def judge(model, images, labels):
    p = keras.ops.convert_to_numpy(
        model(images)
    )  # (n, 10): 클래스마다의 확률
    likelihood = p[
        np.arange(len(p)), labels
    ]  # (n,): 정답 클래스의 확률
    loss = -np.log(
        np.maximum(likelihood, np.finfo("float32").tiny)
    ).mean()
    accuracy = (p.argmax(axis=1) == labels).mean()
    return float(loss), float(accuracy)


def train(model, optimizer, x, y, judges, batch_size, epochs, seed):
    model.compile(
        optimizer=optimizer,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    judged = {name: [] for name in judges}

    def judge_all(epoch, logs):
        for name, (images, labels) in judges.items():
            judged[name].append(judge(model, images, labels))

    history = fit(
        model,
        x,
        y,
        epochs=epochs,
        batch_size=batch_size,
        seed=seed,
        after_epoch=judge_all,
    )
    for name, scores in judged.items():
        history[f"{name}_loss"] = [loss for loss, _ in scores]
        history[f"{name}_accuracy"] = [
            accuracy for _, accuracy in scores
        ]
    return history  # 에폭마다 값 하나


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


def accuracies(history, names):
    return {name: four_decimals(history[name]) for name in names}


def losses(history, names):
    return {name: four_digits(history[name]) for name in names}


cases_fit = [
    dict(
        optimizer=optimizer,
        batch_size=batch_size,
        validation_split=split,
    )
    for optimizer in ("SGD", "Adam")
    for batch_size in (64, 128)
    for split in SPLITS
]
smoke_fit = dict(epochs=2, seeds=(0, 1, 2))


def experiment_fit(
    optimizer="SGD",
    batch_size=64,
    validation_split=0.2,
    epochs=30,
    seeds=SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    kept = int(
        len(x_train) * (1 - validation_split)
    )  # 마지막 몇 %는 검증에 씁니다
    # 시드마다 다시 옮기지 않도록, 한 번만 텐서로 바꿉니다
    x, x_val, x_test = as_tensors(
        (x_train[:kept], x_train[kept:], x_test)
    )

    def run(seed):
        history = train(
            classifier(),
            make_optimizer(optimizer, LRS[optimizer]),
            x,
            y_train[:kept],
            {"val": (x_val, y_train[kept:]), "test": (x_test, y_test)},
            batch_size,
            epochs,
            seed,
        )
        result = accuracies(
            history, ("accuracy", "val_accuracy", "test_accuracy")
        )
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
smoke_last_batch = dict(epochs=2, seeds=(0, 1, 2))


def experiment_last_batch(
    optimizer="SGD",
    images=45_000,
    change="none",
    batch_size=64,
    epochs=15,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    x, y = (
        x_train[:images],
        y_train[:images],
    )  # (images, 3072), (images,)
    if change == "centred":
        x, x_test = centre(x, x_test)
    x, x_test = as_tensors((x, x_test))
    lr = LRS[optimizer] / (10 if change == "small" else 1)
    steps = (
        epochs * -(-images // batch_size)
        if change == "cosine"
        else None
    )

    def run(seed):
        history = train(
            classifier(),
            make_optimizer(optimizer, lr, steps),
            x,
            y,
            {"test": (x_test, y_test)},
            batch_size,
            epochs,
            seed,
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
        keras.layers.Dense(
            10, activation="softmax", kernel_regularizer=l2
        ),
    ]
    if change == "dropout":  # 학습할 때 픽셀 값의 20%를 끕니다
        layers.insert(1, keras.layers.Dropout(0.2))
    return keras.Sequential(layers)


smoke_rates = dict(epochs=2, seeds=(0, 1, 2))


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
    x, x_val, x_test = as_tensors((x, x_val, x_test))
    steps = (
        epochs * (images // batch_size) if change == "cosine" else None
    )

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
            seed,
        )
        result = accuracies(
            history, ("accuracy", "val_accuracy", "test_accuracy")
        )
        # 학습에 쓴 사진 1만 장을, 검증과 똑같이 에폭이 끝난 가중치로 다시 잰 값
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
smoke_network = dict(epochs=2, seeds=(0, 1, 2))


def experiment_network(
    optimizer="SGD",
    lr=0.01,
    images=40_064,
    batch_size=128,
    epochs=10,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    x, x_test = as_tensors((x_train[:images], x_test))

    def run(seed):
        history = train(
            classifier(256, 128),
            make_optimizer(optimizer, lr),
            x,
            y_train[:images],
            {"test": (x_test, y_test)},
            batch_size,
            epochs,
            seed,
        )
        return accuracies(history, ("accuracy", "test_accuracy"))

    return each_seed(seeds, run)


cases_one_hidden = [dict(lr=lr) for lr in (0.003, 0.01, 0.03)]
smoke_one_hidden = dict(epochs=2, seeds=(0, 1, 2))


def experiment_one_hidden(
    lr=0.01,
    units=32,
    images=40_000,
    batch_size=64,
    epochs=30,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    x, x_test = as_tensors((x_train[:images], x_test))

    def run(seed):
        history = train(
            classifier(units),
            make_optimizer("SGD", lr),
            x,
            y_train[:images],
            {"test": (x_test, y_test)},
            batch_size,
            epochs,
            seed,
        )
        return accuracies(history, ("accuracy", "test_accuracy"))

    return each_seed(seeds, run)


cases_nested = [
    dict(optimizer=optimizer) for optimizer in ("SGD", "Adam")
]
smoke_nested = dict(epochs=2, seeds=(0, 1, 2))


def experiment_nested(
    optimizer="SGD",
    images=34_944,
    batch_size=64,
    epochs=30,
    seeds=FEW_SEEDS,
):
    x_train, y_train, x_test, y_test = load()
    # 마지막 30%를 5%씩 여섯 토막으로
    held_x = as_tensors(np.array_split(x_train[-15_000:], 6))
    held_y = np.array_split(y_train[-15_000:], 6)
    judges = {
        f"block{k}": (held_x[-k], held_y[-k])  # block1이 맨 끝 5%
        for k in range(1, 7)
    }
    x, x_test = as_tensors((x_train[:images], x_test))

    def run(seed):
        history = train(
            classifier(),
            make_optimizer(optimizer, LRS[optimizer]),
            x,
            y_train[:images],
            judges | {"test": (x_test, y_test)},
            batch_size,
            epochs,
            seed,
        )
        blocks = [
            history[f"block{k}_accuracy"] for k in range(1, 7)
        ]  # (6, epochs)
        sizes = np.arange(1, 7)[:, None]  # (6, 1)
        nested = (
            np.cumsum(blocks, axis=0) / sizes
        )  # (6, epochs): 뒤쪽 5%, …, 30%
        return {
            "val_accuracy": [four_decimals(row) for row in nested],
            "test_accuracy": four_decimals(history["test_accuracy"]),
        }

    return each_seed(seeds, run)


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


# ------------------------------------------------------------- 노트의 열두 수


# 노트의 결과 표: 옵티마이저, 배치, 검증 비율, 테스트 정확도, 테스트 손실
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
COPIED = (
    "Adam",
    64,
    0.05,
)  # 정확도와 손실이 모두 Adam 64 0.15와 같은 행
RESTS = {44_992: 0, 45_024: 32, 45_000: 8, 44_996: 4, 44_993: 1}

CHANGES = {
    "none": "그대로",
    "small": "학습률을 10분의 1로",
    "cosine": "코사인 감쇠",
    "centred": "픽셀을 평균 0으로",
    "dropout": "입력 드롭아웃 0.2",
    "l2": "L2 규제 0.001",
}


# ------------------------------------------------------------------ 학생용 짧은 코드


# --8<-- [start:whole_batches]
def whole_batches(x, y, batch_size):
    count = len(x) // batch_size * batch_size  # 묶음이 꽉 차는 만큼만
    return x[:count], y[:count]


# --8<-- [end:whole_batches]


# --8<-- [start:epoch_orders]
def epoch_orders(n=8, epochs=3, seed=0):
    seen = []

    def remember(y_true, y_pred):
        seen.extend(
            keras.ops.convert_to_numpy(y_true)
            .ravel()
            .astype(int)
            .tolist()
        )
        return keras.ops.mean(y_pred**2, axis=-1)

    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", loss=remember, run_eagerly=True)
    model.fit(
        np.zeros((n, 1)),
        np.arange(n),
        batch_size=2,
        epochs=epochs,
        verbose=0,
    )
    return np.reshape(seen, (epochs, n))  # 한 행이 한 에폭에서 본 순서


# --8<-- [end:epoch_orders]


# --------------------------------------------------------------------------- 통계


def rest(validation_split, batch_size, total=50_000):
    return round(total * (1 - validation_split)) % batch_size


def select(frame, **conditions):
    if (
        frame["seed"].dtype == object
    ):  # 시드의 목록이면, 한 줄이 시드 하나가 되게 폅니다
        by_seed = [
            name
            for name in frame
            if isinstance(frame[name].iloc[0], list)
        ]
        frame = frame.explode(by_seed).infer_objects()
    for name, value in conditions.items():
        frame = frame[frame[name] == value]
    return frame.sort_values("seed")


def late_mean(frame, column="test_accuracy", epochs=10):
    return np.array(
        [np.mean(run[-epochs:]) for run in frame[column]]
    )  # (시드,)


def jitter(frame, column="test_accuracy", epochs=10):
    return np.array(
        [np.std(run[-epochs:], ddof=1) for run in frame[column]]
    )


def pooled(frame, epochs=10):
    return np.concatenate(
        [run[-epochs:] for run in frame["test_accuracy"]]
    )


SETTINGS = [(size, split) for size in (64, 128) for split in SPLITS]


def predicted(fit, optimizer, size, split):
    """다시 한 번 돌렸을 때 30에폭의 정확도가 놓일 95 % 구간의 가운데와 반폭."""
    runs = select(
        fit,
        optimizer=optimizer,
        batch_size=size,
        validation_split=split,
    )
    finals = [run[-1] for run in runs["test_accuracy"]]  # (시드,)
    mean, half = interval(
        finals
    )  # 평균의 구간. 새 값 하나는 √(n + 1)배로 흔들립니다
    return mean, half * np.sqrt(len(finals) + 1)


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


# ---------------------------------------------------------------- 연습의 정답


# --8<-- [start:answer_parameters]
def answer_parameters(pixels=32 * 32 * 3, classes=10):
    return pixels * classes + classes  # 가중치와 편향


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(images, batch_size):
    return -(
        -images // batch_size
    )  # 나누어 올림: 마지막의 작은 묶음도 한 걸음


# --8<-- [end:answer_steps]


# --8<-- [start:answer_rests]
def answer_rests(splits, batch_size, images=50_000):
    kept = [round(images * (1 - split)) for split in splits]
    return [count % batch_size for count in kept]


# --8<-- [end:answer_rests]


# --8<-- [start:answer_error]
def answer_error(accuracy, images):
    return (accuracy * (1 - accuracy) / images) ** 0.5


# --8<-- [end:answer_error]


def experiment_answers():
    return {
        "parameters": answer_parameters(),
        "steps_64": answer_steps(45_000, 64),
        "steps_128": answer_steps(45_000, 128),
        "rests": answer_rests(SPLITS, 64),
        "error": answer_error(0.4, 2_500),
    }


# --------------------------------------------------------------------- 본문의 숫자


def experiment_summary(fit, last_batch, rates, nested, pixels):
    def late(frame, **conditions):
        values = late_mean(select(frame, **conditions))
        return {"mean": values.mean(), "sd": values.std(ddof=1)}

    roomy = [
        select(
            fit, optimizer=name, batch_size=size, validation_split=split
        )
        for name in LRS
        for size, split in SETTINGS
        if rest(split, size) not in range(1, 16)
    ]
    noise = [pooled(runs).std(ddof=1) for runs in roomy]
    outlier = pooled(
        select(
            fit, optimizer="SGD", batch_size=64, validation_split=0.1
        )
    )
    raw = pixels["raw"]
    return {
        "noise": {"min": min(noise), "max": max(noise)},
        "outlier": {
            "min": outlier.min(),
            "max": outlier.max(),
            "mean": outlier.mean(),
        },
        "rest": {
            str(RESTS[images]): late(
                last_batch,
                optimizer="SGD",
                change="none",
                images=images,
            )
            for images in RESTS
        },
        "rest_adam": {
            str(RESTS[images]): late(
                last_batch,
                optimizer="Adam",
                change="none",
                images=images,
            )
            for images in RESTS
        },
        "rates": {
            f"{name}_{lr:g}": late(
                rates, optimizer=name, lr=lr, change="none"
            )
            for name, lr in rates[["optimizer", "lr"]]
            .drop_duplicates()
            .itertuples(index=False)
        },
        "changes": {
            f"{name}_{change}": late(
                rates, optimizer=name, change=change
            )
            for name, change in rates[rates["change"] != "none"][
                ["optimizer", "change"]
            ]
            .drop_duplicates()
            .itertuples(index=False)
        },
        "logit_step": LRS["SGD"] * (raw["norm2"] + 1),
        "logit_step_8": LRS["SGD"] * (raw["norm2"] + 1) / 8,
        "logit_step_centred": LRS["SGD"]
        * (pixels["centred"]["norm2"] + 1),
        "largest_rate": {
            name: [
                2 / (0.5 * values["eigenvalue"]),
                2 / (0.1 * values["eigenvalue"]),
            ]
            for name, values in pixels.items()
        },
        "binomial": {
            str(size): float(np.sqrt(0.4 * 0.6 / size))
            for size in (2_500, 10_000, 15_000)
        },
        "nested": {
            name: float(
                np.mean(curve_sd(select(nested, optimizer=name))[:, 0])
            )
            for name in ("SGD", "Adam")
        },
    }

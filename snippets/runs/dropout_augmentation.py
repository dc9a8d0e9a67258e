"""드롭아웃과 데이터 증강 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
from comparison import chosen, pick
from dropout_augmentation import (
    answer_expected,
    answer_mirrored,
    answer_square,
    answer_subnetworks,
    answer_variance,
    build,
    dropout,
    judge,
)
from training import fit

SEEDS = (0, 1, 2, 3, 4)
FEW_SEEDS = SEEDS[:3]
SIZES = (1000, 5000, 10000)  # 드롭아웃을 견주는 훈련 데이터의 수
FEW = (300, 1000, 5000)  # 데이터 증강을 견주는 훈련 데이터의 수
RATES = (0.0, 0.2, 0.5)
LRS = (0.001, 0.002, 0.004)  # 학습률을 저마다 맞출 때 시험하는 것
AUGMENTS = {
    "none": "증강 없음",
    "shift": "옮기기",
    "shift_rotation": "옮기기 + 돌리기",
    "flip": "좌우 뒤집기",
}


# ---------------------------------------------------------------- 그림으로 볼 사진들


def load_mnist(samples):
    """훈련 데이터 samples장과, 훈련 데이터의 끝에서 떼어 낸 검증 데이터 1만 장."""
    (x, y), _ = keras.datasets.mnist.load_data()
    x = x[..., None].astype("float32") / 255  # (60000, 28, 28, 1)
    return (x[:samples], y[:samples]), (x[-10000:], y[-10000:])


def pixels(images):
    return (
        np.rint(255 * np.asarray(images)[..., 0]).astype(int).tolist()
    )


def experiment_pictures(seed=0):
    keras.utils.set_random_seed(seed)
    (clothes, kinds), _ = keras.datasets.fashion_mnist.load_data()
    (digits, labels), _ = keras.datasets.mnist.load_data()
    boot, six = (
        clothes[kinds == 9][0],
        digits[labels == 6][0],
    )  # (28, 28) 앵클부츠와 6
    x = (
        np.stack([boot, six])[..., None].astype("float32") / 255
    )  # (2, 28, 28, 1)
    shift = keras.layers.RandomTranslation(
        (0.14, 0.14), (0.1, 0.1), "constant"
    )
    turn = keras.layers.RandomRotation((0.05, 0.05), "constant")
    zoom = keras.layers.RandomZoom((0.3, 0.3), fill_mode="constant")
    return {
        "original": pixels(x),
        "shift": pixels(shift(x, training=True)),
        "turn": pixels(turn(zoom(x, training=True), training=True)),
        "mirror": pixels(x[:, :, ::-1]),
        "half": pixels(x[:, ::-1, ::-1]),
    }


# ---------------------------------------------------------------- 드롭아웃이 하는 일


def experiment_scaling(rates=(0.2, 0.5, 0.8), draws=20000, seed=0):
    rng = np.random.default_rng(seed)
    h = np.linspace(0.5, 4, 8).astype("float32")  # (8,) 은닉층의 출력
    many = np.tile(h, (draws, 1))  # (20000, 8)
    rows = []
    for p in rates:
        layer = keras.layers.Dropout(p, seed=seed)
        ours = dropout(many, p, rng)  # (20000, 8)
        theirs = np.asarray(layer(many, training=True))  # (20000, 8)
        at_rest = np.asarray(layer(many, training=False))  # (20000, 8)
        rows.append(
            {
                "p": p,
                "mean_ratio": float((ours.mean(axis=0) / h).mean()),
                "keras_mean_ratio": float(
                    (theirs.mean(axis=0) / h).mean()
                ),
                "square_ratio": float(
                    ((ours**2).mean(axis=0) / h**2).mean()
                ),
                "keras_square_ratio": float(
                    ((theirs**2).mean(axis=0) / h**2).mean()
                ),
                "changed_at_rest": float(np.abs(at_rest - many).max()),
            }
        )
    return {"rows": rows}


# --8<-- [start:mask]
def experiment_mask(p=0.2, units=512, images=5000, seed=0):
    keras.utils.set_random_seed(seed)
    h = np.ones((images, units), dtype="float32")  # (5000, 512)
    out = np.asarray(
        keras.layers.Dropout(p)(h, training=True)
    )  # (5000, 512)
    dropped = (out == 0).sum(axis=1)  # (5000,) 사진마다 꺼진 유닛의 수
    # --8<-- [end:mask]
    number, times = np.unique(dropped, return_counts=True)
    return {
        "p": p,
        "units": units,
        "share": float((out == 0).mean()),
        "lowest": int(dropped.min()),
        "highest": int(dropped.max()),
        "spread": float(dropped.std()),
        "number": number.tolist(),
        "times": times.tolist(),
        "different_masks": len(np.unique(out, axis=0)),
        "images": images,
    }


# ---------------------------------------------------------------- 모델과 학습


def train(model, x, y, seen, batch_size, lr, seed):
    """모두 seen장을 보고, 마지막 에폭에 기록된 훈련 정확도를 돌려줍니다."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(lr), loss, metrics=["accuracy"])
    epochs = max(seen // len(x), 1)
    return fit(model, x, y, epochs, batch_size, seed)["accuracy"][-1]


LONG = 180000  # 길게 학습할 때 보는 사진의 수
cases_fit = [
    # 데이터의 수와 비율
    *[
        dict(samples=samples, rate=rate, seed=seed)
        for samples in SIZES
        for rate in RATES
        for seed in SEEDS
    ],
    # 마지막 은닉층 뒤에만
    *[
        dict(samples=10000, rate=0.5, where="last", seed=seed)
        for seed in SEEDS
    ],
    # 작은 신경망, 그리고 긴 학습
    *[
        dict(samples=5000, rate=rate, width=16, seed=seed)
        for rate in (0.0, 0.5)
        for seed in SEEDS
    ],
    *[
        dict(samples=5000, rate=rate, seen=LONG, seed=seed)
        for rate in RATES
        for seed in SEEDS
    ],
    # 데이터 증강
    *[
        dict(samples=300, rate=rate, seed=seed)
        for rate in RATES
        for seed in SEEDS
    ],
    *[
        dict(samples=samples, augment=augment, seed=seed)
        for samples in FEW
        for augment in ("shift", "shift_rotation", "flip")
        for seed in SEEDS
    ],
    *[
        dict(
            samples=1000, rate=0.2, augment="shift_rotation", seed=seed
        )
        for seed in SEEDS
    ],
]
smoke_fit = dict(samples=200, seen=400)


def experiment_fit(
    samples=1000,
    rate=0.0,
    where="both",
    augment="none",
    width=128,
    seed=0,
    seen=60000,
    batch_size=128,
    lr=0.002,
):
    (x, y), validation = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(rate, where, augment, width)
    logged = train(model, x, y, seen, batch_size, lr, seed)
    train_loss, train_accuracy = judge(model, x, y)
    loss, accuracy = judge(model, *validation)
    return {
        "logged": logged,
        "train_accuracy": train_accuracy,
        "train_loss": train_loss,
        "accuracy": accuracy,
        "loss": loss,
        "parameters": model.count_params(),
    }


cases_tuned = [
    *[
        dict(samples=300, rate=0.2, lr=lr, seed=seed)
        for lr in LRS
        for seed in FEW_SEEDS
    ],
    *[
        dict(samples=300, augment="shift_rotation", lr=lr, seed=seed)
        for lr in LRS
        for seed in FEW_SEEDS
    ],
    *[
        dict(samples=5000, rate=rate, lr=lr, seed=seed)
        for rate in (0.0, 0.5)
        for lr in LRS
        for seed in FEW_SEEDS
    ],
]
smoke_tuned = dict(samples=200, seen=400)


def experiment_tuned(
    samples=300,
    rate=0.0,
    augment="none",
    lr=0.002,
    seed=0,
    seen=60000,
    batch_size=128,
):
    """학습률을 바꾸어 학습하고, 고를 때 쓸 점수와 알릴 점수를 따로 잽니다."""
    (x, y), validation = load_mnist(samples)
    _, (x_test, y_test) = keras.datasets.mnist.load_data()
    keras.utils.set_random_seed(seed)
    model = build(rate, augment=augment)
    train(model, x, y, seen, batch_size, lr, seed)
    x_test = (
        x_test[..., None].astype("float32") / 255
    )  # (10000, 28, 28, 1)
    return {
        "val_accuracy": judge(model, *validation)[1],
        "test_accuracy": judge(model, x_test, y_test)[1],
    }


# ---------------------------------------------------------------- 더 재는 것들


# --8<-- [start:modes]
def experiment_modes(images=500, seed=0):
    (x, _), _ = load_mnist(images)
    keras.utils.set_random_seed(seed)
    with_dropout, without = build(rate=0.5), build(rate=0.0)
    without.set_weights(
        with_dropout.get_weights()
    )  # 층의 모양이 같아서 그대로 옮겨집니다
    rest = np.asarray(with_dropout(x, training=False))  # (n, 10)
    same = np.asarray(without(x, training=False))
    default = np.asarray(with_dropout(x))  # training을 적지 않으면?
    first, second = (
        np.asarray(with_dropout(x, training=True)) for _ in range(2)
    )
    # --8<-- [end:modes]
    return {
        "parameters_with": with_dropout.count_params(),
        "parameters_without": without.count_params(),
        "rest_difference": float(np.abs(rest - same).max()),
        "default_difference": float(np.abs(rest - default).max()),
        "training_difference": float(np.abs(first - second).mean()),
    }


smoke_ensemble = dict(
    samples=200, seeds=(0,), members=(1, 2), images=100, seen=400
)


def experiment_ensemble(
    samples=1000,
    rate=0.5,
    seeds=(0, 1, 2),
    members=(1, 2, 5, 10, 20, 40),
    images=3000,
    seen=60000,
    batch_size=128,
    lr=0.002,
):
    (x, y), (x_val, y_val) = load_mnist(samples)
    x_val, y_val = x_val[:images], y_val[:images]
    runs = {"members": list(members), "thinned": [], "whole": []}
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build(rate)
        train(model, x, y, seen, batch_size, lr, seed)
        total, accuracy = 0, []
        for count in range(1, max(members) + 1):
            scores = model(
                x_val, training=True
            )  # (3000, 10) 유닛이 빠진 신경망 하나
            total = total + np.asarray(keras.ops.softmax(scores))
            if count in members:
                accuracy.append(
                    float((total.argmax(axis=1) == y_val).mean())
                )
        runs["thinned"].append(accuracy)
        runs["whole"].append(judge(model, x_val, y_val)[1])
    return runs


def experiment_grid(digit=0, columns=5, seed=3):
    (x, _), _ = load_mnist(digit + 1)
    image = x[digit : digit + 1]  # (1, 28, 28, 1)
    keras.utils.set_random_seed(seed)
    layers = {
        "옮기기": keras.layers.RandomTranslation(
            0.15, 0.15, fill_mode="constant"
        ),
        "돌리기": keras.layers.RandomRotation(
            0.1, fill_mode="constant"
        ),
        "크기": keras.layers.RandomZoom(0.3, fill_mode="constant"),
        "밝기": keras.layers.RandomBrightness(0.5, value_range=(0, 1)),
    }
    many = np.repeat(image, columns, axis=0)  # (5, 28, 28, 1)
    rows, still = {}, 0.0
    for name, layer in layers.items():
        rows[name] = pixels(np.clip(layer(many, training=True), 0, 1))
        at_rest = np.asarray(layer(many, training=False))
        still = max(still, float(np.abs(at_rest - many).max()))
    return {
        "original": pixels(image)[0],
        "rows": rows,
        "changed_at_rest": still,
    }


smoke_mirror = dict(samples=200, seen=400, seeds=(0,))


def experiment_mirror(
    samples=10000, seen=60000, batch_size=128, lr=0.002, seeds=SEEDS
):
    """원래 사진으로 학습한 신경망들에 뒤집거나 돌린 사진을 보여 줍니다."""
    (x, y), (x_val, y_val) = load_mnist(samples)
    changed = {
        "original": x_val,
        "mirror": x_val[:, :, ::-1],
        "half": x_val[:, ::-1, ::-1],
    }
    counts = {name: [] for name in changed}
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        train(model, x, y, seen, batch_size, lr, seed)
        for name, images in changed.items():
            guess = np.asarray(model(images)).argmax(axis=1)  # (10000,)
            table = np.zeros((10, 10), dtype=int)
            np.add.at(table, (y_val, guess), 1)  # 행이 정답, 열이 답
            counts[name].append(table)
    return counts  # 이름마다 (시드 수, 10, 10)


def shares(tables):
    """숫자마다, 제 이름으로 알아본 비율. (시드 수, 10)."""
    tables = np.array(tables)  # (시드 수, 10, 10)
    return tables.diagonal(axis1=1, axis2=2) / tables.sum(axis=2)


# ---------------------------------------------------------------- 실행을 고르기


DEFAULTS = dict(
    samples=1000,
    rate=0.0,
    where="both",
    augment="none",
    width=128,
    seen=60000,
)


def select(fit, **where):
    """조건에 맞는 실행. 사례에도 조건에도 적지 않은 것은 기본값으로 봅니다."""
    absent = {
        knob: value
        for knob, value in DEFAULTS.items()
        if knob not in fit
    }
    fit = fit.assign(**absent).fillna(DEFAULTS)
    for knob, wanted in (DEFAULTS | where).items():
        fit = fit[fit[knob] == wanted]
    return fit


def of(fit, key="accuracy", **where):
    """조건에 맞는 실행의 값을 시드 차례로 돌려줍니다. (시드 수,)."""
    return pick(select(fit, **where), key)


def tuned_accuracy(tuned, **where):
    """검증 정확도로 고른 학습률과, 그 학습률의 테스트 정확도 (시드 수,)."""
    runs = select(tuned, **where)
    lr = chosen(runs, "lr")
    return lr, pick(runs, "test_accuracy", lr=lr)


# ---------------------------------------------------------------- 드롭아웃의 결과


def gap(fit, train, **where):
    """훈련 정확도 − 검증 정확도."""
    return of(fit, train, **where) - of(fit, **where)


def experiment_summary(fit):
    summary = {}
    for samples in SIZES:
        for rate in RATES:
            runs = dict(samples=samples, rate=rate)
            summary[f"n{samples}_p{round(10 * rate)}"] = {
                "accuracy": float(of(fit, **runs).mean()),
                "loss": float(of(fit, "loss", **runs).mean()),
                "logged_gap": float(gap(fit, "logged", **runs).mean()),
                "gap": float(gap(fit, "train_accuracy", **runs).mean()),
            }
    for samples in FEW:
        for augment in AUGMENTS:
            accuracy = of(fit, samples=samples, augment=augment)
            summary[f"n{samples}_{augment}"] = float(accuracy.mean())
    both = of(fit, rate=0.2, augment="shift_rotation")
    summary["n1000_both"] = float(both.mean())
    return summary


# ---------------------------------------------------------------- 연습 문제의 답


def experiment_answers(mirror):
    subnetworks = answer_subnetworks()
    return {
        "expected": answer_expected(3.0, 0.2),
        "square": answer_square(0.2),
        "variance": answer_variance(3.0, 0.2),
        "subnetworks": float(subnetworks),
        "digits": len(str(subnetworks)),
        "mirrored": answer_mirrored(np.sum(mirror["mirror"], axis=0)),
        "kept": shares(mirror["mirror"]).mean(axis=0),
    }

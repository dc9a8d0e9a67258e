"""Fashion-MNIST 128-10 신경망을 시드를 바꾸어 20에폭씩 여러 번 학습합니다."""

import keras
import numpy as np
from training import fit

time_limit = 1800

SEEDS = (0, 1, 2, 3, 4)
CLASSES = (
    "티셔츠",
    "바지",
    "스웨터",
    "원피스",
    "코트",
    "샌들",
    "셔츠",
    "운동화",
    "가방",
    "앵클부츠",
)


# ---------------------------------------------------------------- 데이터와 모델


def load(part, samples):
    """part="whole"이면 사진을 모두 쓰고, "split"이면 20 %를 검증 데이터로 뗍니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x[:samples].astype("float32") / 255  # (n, 28, 28)
    y = y[:samples]  # (n,)
    x_test = x_test.astype("float32") / 255  # (10000, 28, 28)
    order = np.random.default_rng(42).permutation(len(x))  # (n,)
    held = order[: len(x) // 5]
    train = order if part == "whole" else order[len(x) // 5 :]
    return x[train], y[train], x[held], y[held], x_test, y_test


def build():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),  # (n, 784)
            keras.layers.Dense(128, activation="relu"),  # (n, 128)
            keras.layers.Dense(10, activation="softmax"),  # (n, 10)
        ]
    )


def judge(model, x, y):
    """손실과 정확도, 예측한 클래스."""
    p = model.predict(x, batch_size=1000, verbose=0)  # (n, 10)
    losses = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-7))  # (n,)
    predicted = p.argmax(axis=1)  # (n,)
    return (
        float(losses.mean()),
        float((predicted == y).mean()),
        predicted,
    )


def confusion_matrix(y_true, y_pred):
    """(정답, 예측)의 칸에 장수를 셉니다."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts


# ---------------------------------------------------------------- 학습


cases_fit = [
    dict(part=part, seed=seed)
    for part in ("whole", "split")
    for seed in SEEDS
]
smoke_fit = dict(epochs=2, samples=640)


# --8<-- [start:fit]
def experiment_fit(
    part="whole",
    seed=0,
    epochs=20,
    batch_size=32,
    samples=60_000,
):
    x, y, x_val, y_val, x_test, y_test = load(part, samples)
    keras.utils.set_random_seed(seed)
    model = build()
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    tests = []  # 에폭마다 손실, 정확도, 예측

    def judge_test(epoch, logs):
        tests.append(judge(model, x_test, y_test))

    log = fit(
        model,
        x,
        y,
        epochs,
        batch_size,
        seed,  # 에폭마다 새로 섞는 순서
        validation=(x_val, y_val) if part == "split" else None,
        after_epoch=judge_test,
    )
    log["test_loss"], log["test_accuracy"], predictions = zip(*tests)
    return {
        **{
            name: [round(value, 5) for value in values]
            for name, values in log.items()
        },
        "parameters": model.count_params(),
        "confusion": confusion_matrix(y_test, predictions[-1]).tolist(),
    }


# --8<-- [end:fit]


# ---------------------------------------------------------------- 연습


# --8<-- [start:answer_best]
def best_epoch(val_loss):
    """검증 손실이 가장 낮은 에폭. 1부터 셉니다."""
    return int(np.argmin(val_loss)) + 1


# --8<-- [end:answer_best]


# --8<-- [start:answer_scores]
def recall_and_precision(confusion):
    """정답이 그 클래스인 것 가운데 맞힌 비율,
    그 클래스라고 한 것 가운데 맞은 비율.
    """
    confusion = np.asarray(confusion)
    right = confusion.diagonal()  # (10,)
    return right / confusion.sum(axis=1), right / confusion.sum(axis=0)


# --8<-- [end:answer_scores]


def select(fit, part):
    return fit[fit["part"] == part].sort_values("seed")


def curves(fit, part, key):
    """시드마다 한 줄인 곡선. (시드 수, 에폭 수)."""
    return np.array(select(fit, part)[key].tolist(), dtype=float)


def mean_confusion(fit):
    """6만 장으로 배운 모델들의 혼동 행렬의 평균. (10, 10)."""
    return np.mean(select(fit, "whole")["confusion"].tolist(), axis=0)


def moments(values):
    return {"mean": values.mean(), "sd": values.std(ddof=1)}


def shirt_recalls(fit):
    """6만 장으로 배운 모델들이 셔츠를 찾아낸 비율. (시드 수,)"""
    matrices = select(fit, "whole")["confusion"]
    return np.array(
        [recall_and_precision(each)[0][6] for each in matrices]
    )


def experiment_summary(fit):
    """본문이 인용하는 평균과 표준편차."""
    val_loss = curves(fit, "split", "val_loss")
    stops = [best_epoch(values) for values in val_loss]
    test = curves(fit, "split", "test_accuracy")
    test_loss = curves(fit, "split", "test_loss")
    rows = np.arange(len(stops))
    confusion = mean_confusion(fit)
    off = confusion * (1 - np.eye(10))
    worst = np.unravel_index(off.argmax(), off.shape)
    recall, precision = recall_and_precision(confusion)
    return {
        "train": moments(curves(fit, "whole", "accuracy")[:, -1]),
        "test": moments(curves(fit, "whole", "test_accuracy")[:, -1]),
        "test_loss": moments(curves(fit, "whole", "test_loss")[:, -1]),
        "best_test_loss": moments(
            curves(fit, "whole", "test_loss").min(axis=1)
        ),
        "stops": stops,
        "first_stop": min(stops),
        "last_stop": max(stops),
        "val_loss_best": moments(val_loss.min(axis=1)),
        "val_loss_last": moments(val_loss[:, -1]),
        "stopped": moments(test[rows, np.array(stops) - 1]),
        "split_last": moments(test[:, -1]),
        "stopped_loss": moments(test_loss[rows, np.array(stops) - 1]),
        "split_last_loss": moments(test_loss[:, -1]),
        "worst_true": CLASSES[worst[0]],
        "worst_predicted": CLASSES[worst[1]],
        "worst_count": float(off.max()),
        "shirt_recall": float(recall[6]),
        "shirt_lowest": shirt_recalls(fit).min(),
        "shirt_highest": shirt_recalls(fit).max(),
        "shirt_precision": float(precision[6]),
    }


# --8<-- [start:answer_parameters]
def parameters(hidden):
    return (784 + 1) * hidden + (hidden + 1) * 10


# --8<-- [end:answer_parameters]


def experiment_answers(fit):
    confusion = mean_confusion(fit)
    recall, precision = recall_and_precision(confusion)
    return {
        "parameters": parameters(128),
        "largest_hidden": (50_000 - 10) // (785 + 10),
        "steps": 60_000 // 32 * 20,
        "hardest": CLASSES[int(recall.argmin())],
        "hardest_recall": float(recall.min()),
        "easiest": CLASSES[int(recall.argmax())],
        "easiest_recall": float(recall.max()),
        "hardest_precision": float(precision[int(recall.argmin())]),
    }

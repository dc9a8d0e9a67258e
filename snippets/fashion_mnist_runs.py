"""Fashion-MNIST 128-10 신경망을 시드를 바꾸어 20에폭씩 여러 번 학습합니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

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


# --8<-- [start:load]
def load(part):
    """part="whole"이면 6만 장을 모두 쓰고, "split"이면 20 %를 검증 데이터로 뗍니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x.astype("float32") / 255  # (60000, 28, 28)
    x_test = x_test.astype("float32") / 255  # (10000, 28, 28)
    order = np.random.default_rng(42).permutation(len(x))  # (60000,)
    held = order[: len(x) // 5]
    train = order if part == "whole" else order[len(x) // 5 :]
    return x[train], y[train], x[held], y[held], x_test, y_test


# --8<-- [end:load]


# --8<-- [start:build]
def build():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),  # (n, 784)
            keras.layers.Dense(128, activation="relu"),  # (n, 128)
            keras.layers.Dense(10, activation="softmax"),  # (n, 10)
        ]
    )


# --8<-- [end:build]


def judge(model, x, y):
    """손실과 정확도, 예측한 클래스."""
    p = model.predict(x, batch_size=1000, verbose=0)  # (n, 10)
    losses = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-7))  # (n,)
    predicted = p.argmax(axis=1)  # (n,)
    return float(losses.mean()), float((predicted == y).mean()), predicted


# --8<-- [start:confusion]
def confusion_matrix(y_true, y_pred):
    """(정답, 예측)의 칸에 장수를 셉니다."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts


# --8<-- [end:confusion]


# ---------------------------------------------------------------- 학습

cases_fit = [
    dict(part=part, seed=seed) for part in ("whole", "split") for seed in SEEDS
]


# --8<-- [start:fit]
def experiment_fit(part="whole", seed=0, epochs=20, batch_size=32):
    keras.utils.set_random_seed(seed)
    x, y, x_val, y_val, x_test, y_test = load(part)
    model = build()
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    tests = []  # 에폭마다 손실, 정확도, 예측
    after_each_epoch = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: tests.append(judge(model, x_test, y_test))
    )
    log = model.fit(
        x,
        y,
        batch_size=batch_size,
        epochs=epochs,
        validation_data=(x_val, y_val) if part == "split" else None,
        validation_batch_size=1000,
        callbacks=[after_each_epoch],
        verbose=0,
    ).history
    log["test_loss"], log["test_accuracy"], predictions = zip(*tests)
    return {
        **{name: [round(value, 5) for value in values] for name, values in log.items()},
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
    """정답이 그 클래스인 것 가운데 맞힌 비율, 그 클래스라고 한 것 가운데 맞은 비율."""
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


def spread(values):
    values = np.asarray(values, dtype=float)
    sd = values.std(ddof=1) if len(values) > 1 else 0.0
    return {"mean": float(values.mean()), "sd": float(sd)}


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
        "train": spread(curves(fit, "whole", "accuracy")[:, -1]),
        "test": spread(curves(fit, "whole", "test_accuracy")[:, -1]),
        "test_loss": spread(curves(fit, "whole", "test_loss")[:, -1]),
        "best_test_loss": spread(curves(fit, "whole", "test_loss").min(axis=1)),
        "stops": stops,
        "first_stop": min(stops),
        "last_stop": max(stops),
        "val_loss_best": spread(val_loss.min(axis=1)),
        "val_loss_last": spread(val_loss[:, -1]),
        "stopped": spread(test[rows, np.array(stops) - 1]),
        "split_last": spread(test[:, -1]),
        "stopped_loss": spread(test_loss[rows, np.array(stops) - 1]),
        "split_last_loss": spread(test_loss[:, -1]),
        "worst_true": CLASSES[worst[0]],
        "worst_predicted": CLASSES[worst[1]],
        "worst_count": float(off.max()),
        "shirt_recall": float(recall[6]),
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


# ---------------------------------------------------------------- 그림


def figure_curves(fit):
    """검증 데이터를 뗀 학습의 손실과 정확도. 파선은 훈련, 실선은 검증이고, 세로줄은 검증
    손실이 가장 낮은 에폭입니다. 시드 다섯 개를 겹쳐 그렸습니다.

    대체 텍스트: 위 칸의 훈련 손실은 끝까지 내려가지만 검증 손실은 내려가다가 다시 오릅니다.
    아래 칸의 훈련 정확도는 끝까지 오르고 검증 정확도는 일찍 평평해집니다.
    """
    fig, axes = plt.subplots(2, 1, figsize=(5.6, 6), sharex=True, layout="constrained")
    for ax, key, name in zip(axes, ("loss", "accuracy"), ("손실", "정확도")):
        train = curves(fit, "split", key)  # (시드 수, 에폭 수)
        val = curves(fit, "split", f"val_{key}")
        epochs = np.arange(1, train.shape[1] + 1)
        ax.plot(epochs, train.T, "C0--", label=["훈련"] + ["_"] * (len(train) - 1))
        ax.plot(epochs, val.T, "C1", label=["검증"] + ["_"] * (len(val) - 1))
        for line in curves(fit, "split", "val_loss"):
            ax.axvline(best_epoch(line), color="C6", linestyle=":", linewidth=1)
        ax.set_ylabel(name)
        ax.legend()
    axes[-1].set_xlabel("에폭")
    axes[-1].xaxis.set_major_locator(plt.MaxNLocator(integer=True))
    return fig


def figure_recall(fit):
    """클래스마다의 재현율과 정밀도. 6만 장으로 20에폭 배운 시드 다섯 개의 평균입니다.

    대체 텍스트: 클래스마다 점이 둘씩 한 줄에 놓여 있습니다. 셔츠의 두 점이 가장 왼쪽에 있고,
    바지와 샌들, 가방, 신발의 점은 오른쪽 끝에 모여 있습니다.
    """
    recall, precision = recall_and_precision(mean_confusion(fit))
    places = np.arange(10)
    fig, ax = plt.subplots(figsize=(5.6, 4.6), layout="constrained")
    ax.hlines(places, recall, precision, color="C6", linewidth=1)
    ax.plot(recall, places, "o", color="C0", label="재현율")
    ax.plot(precision, places, "s", color="C1", label="정밀도")
    ax.set_yticks(places, CLASSES)
    ax.invert_yaxis()
    ax.set(xlim=(0.5, 1), xlabel="비율")
    ax.legend(loc="lower left")
    return fig


# ---------------------------------------------------------------- 표


def table_confused(fit):
    """가장 많이 헷갈린 짝. 정답이 왼쪽인 테스트 사진 1,000장 가운데 오른쪽이라고 한 장수를
    시드 다섯 개에서 평균했습니다. ‘거꾸로’는 정답과 예측이 바뀐 장수입니다.
    """
    confusion = mean_confusion(fit)
    off = confusion * (1 - np.eye(10))
    largest = np.argsort(-off, axis=None)[:8]
    rows = [
        {
            "정답": CLASSES[i],
            "예측": CLASSES[j],
            "장수": off[i, j],
            "거꾸로": off[j, i],
        }
        for i, j in zip(*np.unravel_index(largest, off.shape))
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"장수": ".0f", "거꾸로": ".0f"}
    return frame


def table_stopping(fit):
    """검증 손실이 가장 낮은 에폭에 멈추었을 때의 테스트 성적 → 끝까지 갔을 때의 성적."""
    rows = []
    for _, row in select(fit, "split").iterrows():
        best = best_epoch(row["val_loss"])
        loss, accuracy = row["test_loss"], row["test_accuracy"]
        rows.append(
            {
                "시드": int(row["seed"]),
                "멈출 에폭": best,
                "테스트 손실": f"{loss[best - 1]:.3f} → {loss[-1]:.3f}",
                "테스트 정확도": f"{accuracy[best - 1]:.4f} → {accuracy[-1]:.4f}",
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- 주장

T95 = {2: 4.303, 3: 3.182, 4: 2.776}  # t 분포의 97.5 % 점, 자유도마다


def half_width(values):
    """평균의 95 % 신뢰 구간의 반폭."""
    values = np.asarray(values, dtype=float)
    return T95[len(values) - 1] * values.std(ddof=1) / len(values) ** 0.5


def claim_parameters(fit):
    """Flatten, 128, 10으로 쌓은 신경망의 매개변수는 101,770개입니다.

    원문: (S08) 784칸의 사진을 유닛 128개의 은닉층과 유닛 10개의 출력층으로 나눈다.
    판정: 재현됨
    """
    counts = set(fit["parameters"])
    return counts == {101_770} == {parameters(128)}, f"{max(counts):,d}개"


def claim_gap(fit):
    """20에폭을 배우면 훈련 정확도가 테스트 정확도보다 0.03 넘게 높습니다. 시드 다섯 개 모두
    그렇습니다.

    사진 60,000장, Adam(0.001), 배치 크기 32, 에폭마다 새로 섞음. 원본 노트에는 정확도가
    적혀 있지 않아 견줄 숫자가 없습니다.
    """
    train = curves(fit, "whole", "accuracy")[:, -1]
    gaps = train - curves(fit, "whole", "test_accuracy")[:, -1]
    return bool(gaps.min() > 0.03), (
        f"차이 {gaps.mean():.4f} ± {gaps.std(ddof=1):.4f} (시드 {len(gaps)}개의 표준편차)"
    )


def claim_too_long(fit):
    """손실로 보면 20에폭은 깁니다. 검증 손실이 가장 낮은 에폭에 멈춘 것보다 끝까지 간 것의
    테스트 손실이 높습니다. 짝 차이의 95 % 신뢰 구간이 0보다 위에 있습니다.

    사진 48,000장으로 배우고 12,000장으로 검증했습니다. 시드 5개.

    원문: (S08) 검증 데이터 없이 20에폭을 학습한다.
    판정: 조건부
    """
    val, test = (curves(fit, "split", key) for key in ("val_loss", "test_loss"))
    stops = [
        best_epoch(line) for line in val
    ]  # 테스트 데이터는 고르는 데 쓰지 않습니다
    rise = test[:, -1] - test[range(len(test)), np.array(stops) - 1]  # (시드,)
    holds = max(stops) < val.shape[1] and rise.mean() > half_width(rise)
    return bool(holds), (
        f"가장 낮은 에폭 {', '.join(map(str, stops))}, "
        f"테스트 손실의 차이 {rise.mean():+.4f} ± {half_width(rise):.4f}"
    )


TOPS = ("티셔츠", "스웨터", "코트", "셔츠")


def claim_tops(fit):
    """재현율이 가장 낮은 클래스는 시드마다 다를 수 있지만 늘 윗옷입니다. 평균에서는 셔츠가
    가장 낮습니다. 시드를 바꾸면 셔츠의 재현율은 정확도보다 다섯 배 넘게 크게 달라집니다.

    사진 60,000장, 20에폭, 시드 5개. 테스트 사진은 클래스마다 1,000장입니다. 윗옷은 티셔츠,
    스웨터, 코트, 셔츠입니다.
    """
    recalls = np.array(
        [recall_and_precision(each)[0] for each in select(fit, "whole")["confusion"]]
    )  # (시드 수, 10)
    worst = [CLASSES[k] for k in recalls.argmin(axis=1)]
    shirt = recalls[:, CLASSES.index("셔츠")]
    accuracy = curves(fit, "whole", "test_accuracy")[:, -1]
    holds = set(worst) <= set(TOPS) and CLASSES[recalls.mean(axis=0).argmin()] == "셔츠"
    holds = holds and np.ptp(shirt) > 5 * np.ptp(accuracy)
    return bool(holds), (
        f"가장 낮은 클래스 {', '.join(worst)}, 셔츠의 재현율 {shirt.min():.3f}–"
        f"{shirt.max():.3f}, 정확도 {accuracy.min():.4f}–{accuracy.max():.4f}"
    )


def claim_argument_order(fit):
    """정답과 예측을 바꾸어 넣어도 정확도는 같지만, 셔츠의 재현율과 정밀도는 서로 뒤바뀝니다.

    원문: (E30) accuracy_score에 예측을 먼저, 정답을 나중에 넣는다.
    판정: 조건부
    """
    confusion = mean_confusion(fit)
    recall, precision = recall_and_precision(confusion)
    swapped, _ = recall_and_precision(confusion.T)
    shirt = CLASSES.index("셔츠")
    same = np.trace(confusion) == np.trace(confusion.T)
    holds = same and swapped[shirt] == precision[shirt] != recall[shirt]
    return bool(holds), f"재현율 {recall[shirt]:.3f}, 정밀도 {precision[shirt]:.3f}"

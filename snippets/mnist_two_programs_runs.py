"""mnist.py와 op_mnist.py를 끝까지 학습하고, 무엇이 얼마나 바꾸었는지 한 칸씩 재어 봅니다."""

import math

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

time_limit = 1800

SEEDS = (0, 1, 2)
FILES = {"mnist": "mnist.py", "op_mnist": "op_mnist.py"}
EPOCHS = {"mnist": 30, "op_mnist": 35}
BATCH_SIZES = {"mnist": 64, "op_mnist": 128}
T95 = {2: 4.303}  # 스튜던트 t의 97.5 % 점 (자유도별)


def load_mnist(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784).astype("float32") / 255  # (n, 784)
    x_test = x_test.reshape(-1, 784).astype("float32") / 255  # (10000, 784)
    return x, y[:samples], x_test, y_test


# ---------------------------------------------------------------- 두 프로그램


# --8<-- [start:mnist]
def build_mnist():
    model = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="sgd",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# --8<-- [end:mnist]


# --8<-- [start:op_mnist]
def build_op_mnist():
    model = keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(0.3),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=3e-4),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


# --8<-- [end:op_mnist]


def build(program):
    return build_mnist() if program == "mnist" else build_op_mnist()


def describe(model):
    """Keras 모델에게 물어 얻은 구조와 설정."""
    dense = [one for one in model.layers if isinstance(one, keras.layers.Dense)]
    dropout = [one for one in model.layers if isinstance(one, keras.layers.Dropout)]
    return {
        "units": [one.units for one in dense],
        "activations": [one.activation.__name__ for one in dense],
        "dropout": [one.rate for one in dropout],
        "optimizer": type(model.optimizer).__name__,
        "lr": float(model.optimizer.learning_rate),
        "loss": model.loss,
        "parameters": model.count_params(),
    }


def experiment_programs():
    return {
        program: {
            **describe(build(program)),
            "epochs": EPOCHS[program],
            "batch_size": BATCH_SIZES[program],
        }
        for program in FILES
    }


def table_programs(programs):
    """두 프로그램의 다른 점. 만든 모델에서 읽어 적었습니다."""
    rows = {
        "모델 구조": lambda p: " → ".join(["784"] + [str(u) for u in p["units"]]),
        "은닉층의 활성화": lambda p: (
            " · ".join(sorted(set(p["activations"][:-1]))) or "–"
        ),
        "출력층의 활성화": lambda p: p["activations"][-1],
        "드롭아웃": lambda p: " · ".join(str(rate) for rate in p["dropout"]) or "–",
        "옵티마이저": lambda p: f"{p['optimizer']}({p['lr']:g})",
        "에폭": lambda p: str(p["epochs"]),
        "배치 크기": lambda p: str(p["batch_size"]),
        "매개변수": lambda p: f"{p['parameters']:,}",
    }
    return pd.DataFrame(
        {
            "": name,
            **{FILES[program]: show(programs[program]) for program in FILES},
        }
        for name, show in rows.items()
    )


# ---------------------------------------------------------------- 끝까지 학습하기

cases_full = [dict(program=program) for program in FILES]


def experiment_full(program="mnist", seed=0, samples=60_000):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(program)
    log = model.fit(
        x,
        y,
        epochs=EPOCHS[program],
        batch_size=BATCH_SIZES[program],
        validation_split=0.2,
        verbose=0,
    ).history
    loss, accuracy = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {**log, "test_loss": loss, "test_accuracy": accuracy}


def run_of(full, program):
    return full[full["program"] == program].iloc[0]


def experiment_full_summary(full):
    summary = {}
    for program in FILES:
        run = run_of(full, program)
        val_loss = np.array(run["val_loss"])  # (에폭,)
        summary[program] = {
            "test_accuracy": run["test_accuracy"],
            "test_loss": run["test_loss"],
            "train_accuracy": run["accuracy"][-1],
            "val_accuracy": run["val_accuracy"][-1],
            "lowest_epoch": int(val_loss.argmin()) + 1,
            "lowest": val_loss.min(),
            "last": val_loss[-1],
        }
    errors = [1 - summary[program]["test_accuracy"] for program in FILES]
    summary["error_ratio"] = errors[0] / errors[1]
    return summary


def figure_full_curves(full):
    """끝까지 학습한 두 프로그램의 검증 정확도(왼쪽)와 손실(오른쪽). 손실의 실선은 검증
    데이터, 점선은 훈련 데이터에서 잰 값이고, 동그라미는 검증 손실이 가장 낮은 에폭입니다.

    대체 텍스트: 왼쪽에서 op_mnist.py의 곡선은 처음부터 mnist.py의 곡선보다 높습니다.
    오른쪽에서 mnist.py의 두 곡선은 끝까지 함께 천천히 내려갑니다. op_mnist.py의 훈련
    손실은 계속 내려가지만 검증 손실은 도중에 가장 낮아진 뒤 더 내려가지 않습니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.5, 3.4), layout="constrained")
    for color, program in (("C0", "mnist"), ("C1", "op_mnist")):
        run = run_of(full, program)
        x = np.arange(1, len(run["val_loss"]) + 1)
        best = int(np.argmin(run["val_loss"]))
        left.plot(x, run["val_accuracy"], color, label=FILES[program])
        right.plot(x, run["val_loss"], color)
        right.plot(x, run["loss"], color, linestyle=":")
        right.plot(x[best], run["val_loss"][best], color + "o")
    left.set(xlabel="에폭", ylabel="검증 정확도")
    right.set(xlabel="에폭", ylabel="손실", ylim=(0, 0.6))
    left.legend()
    return fig


def table_full_results(full):
    """끝까지 학습한 두 프로그램. 훈련 데이터 60,000장(그 가운데 20%는 검증), 시드 하나."""
    rows = []
    for program in FILES:
        run = run_of(full, program)
        rows.append(
            {
                "프로그램": FILES[program],
                "검증 정확도": run["val_accuracy"][-1],
                "테스트 정확도": run["test_accuracy"],
                "테스트 손실": run["test_loss"],
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = dict.fromkeys(frame.columns[1:], ".4f")
    return frame


# ---------------------------------------------------------------- 일차식인가

cases_bend = [dict(program=program) for program in FILES]


# --8<-- [start:bend]
def log_odds(model, x):
    log_p = np.log(model.predict(x, verbose=0) + 1e-30)  # (n, 10)
    return log_p - log_p[:, :1]  # 숫자 0에 견준 로그 확률의 차


def bend_between(model, a, b):
    """두 사진의 한가운데에서, 양 끝의 평균과 얼마나 다른지 잽니다."""
    ends = (log_odds(model, a) + log_odds(model, b)) / 2  # (n, 10)
    return np.abs(log_odds(model, (a + b) / 2) - ends).mean()


# --8<-- [end:bend]


def experiment_bend(program="mnist", seed=0, samples=3000, pairs=500):
    x, y, x_test, _ = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model = build(program)
    model.fit(x, y, epochs=2, batch_size=BATCH_SIZES[program], verbose=0)
    a, b = x_test[:pairs], x_test[pairs : 2 * pairs]  # (pairs, 784)
    count = min(len(a), len(b))
    return {
        "bend": bend_between(model, a[:count], b[:count]),
        "parameters": model.count_params(),
    }


# ---------------------------------------------------------------- 한 칸씩 더하기


# --8<-- [start:ladder]
RUNGS = {
    "softmax": "소프트맥스, SGD",
    "hidden": "+ 은닉층 셋",
    "adam": "+ Adam, 배치 128",
    "dropout": "+ 드롭아웃",
}


def build_rung(rung):
    step = list(RUNGS).index(rung)
    model = keras.Sequential([keras.Input(shape=(784,))])
    for units in (512, 256, 128) if step >= 1 else ():
        model.add(keras.layers.Dense(units, activation="relu"))
        if step >= 3:
            model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    adam = keras.optimizers.Adam(learning_rate=3e-4)
    sgd = keras.optimizers.SGD(learning_rate=0.01)
    model.compile(
        optimizer=adam if step >= 2 else sgd,
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model, 128 if step >= 2 else 64  # 모델과 배치 크기


# --8<-- [end:ladder]

cases_ladder = [dict(rung=rung, seed=seed) for rung in RUNGS for seed in SEEDS]


def experiment_ladder(rung="softmax", seed=0, samples=12_000, epochs=15):
    x, y, x_test, y_test = load_mnist(samples)
    keras.utils.set_random_seed(seed)
    model, batch_size = build_rung(rung)
    model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
    train = model.evaluate(x, y, batch_size=500, verbose=0)
    test = model.evaluate(x_test, y_test, batch_size=500, verbose=0)
    return {
        "parameters": model.count_params(),
        "train_accuracy": train[1],
        "test_loss": test[0],
        "test_accuracy": test[1],
    }


def on_rung(ladder, rung, key="test_accuracy"):
    """한 칸의 값을 시드 차례로 늘어놓습니다."""
    return ladder[ladder["rung"] == rung].sort_values("seed")[key].to_numpy()


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a, float) - np.asarray(b, float)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / math.sqrt(n)


def gains(ladder, key="test_accuracy"):
    """칸마다 바로 아래 칸보다 오른 만큼의 평균과 반폭."""
    names = list(RUNGS)
    return {
        upper: paired(on_rung(ladder, upper, key), on_rung(ladder, lower, key))
        for lower, upper in zip(names[:-1], names[1:], strict=True)
    }


def experiment_ladder_summary(ladder):
    summary = {
        rung: {
            "mean": on_rung(ladder, rung).mean(),
            "train": on_rung(ladder, rung, "train_accuracy").mean(),
            "loss": on_rung(ladder, rung, "test_loss").mean(),
        }
        for rung in RUNGS
    }
    for rung, (mean, half) in gains(ladder).items():
        summary[rung].update(gain=mean, half=half)
    return summary


def figure_ladder(ladder):
    """한 칸씩 더할 때의 테스트 정확도. 점 하나가 시드 하나이고 선은 평균을 이었습니다.

    대체 텍스트: 가로로 소프트맥스, 은닉층, Adam, 드롭아웃을 더한 네 칸이 놓여 있습니다.
    선은 소프트맥스에서 Adam까지 올라가고, 드롭아웃을 더한 마지막 칸에서는 거의 평평합니다.
    """
    fig, ax = plt.subplots(figsize=(6, 3.3), layout="constrained")
    groups = [on_rung(ladder, rung) for rung in RUNGS]
    ax.plot([group.mean() for group in groups], "C7-", linewidth=1)
    for place, group in enumerate(groups):
        ax.plot([place] * len(group), group, f"C{place}o", alpha=0.7)
    ax.set_xticks(
        range(len(RUNGS)), [label.replace(", ", ",\n") for label in RUNGS.values()]
    )
    ax.set_ylabel("테스트 정확도")
    return fig


def table_rungs(ladder):
    """한 칸씩 더할 때의 테스트 정확도와 오른 만큼. MNIST 12,000장, 15에폭, 시드 3개의 평균
    ± 표준편차이고, 오른 만큼은 짝 차이의 평균 ± 95% 신뢰 구간의 반폭입니다.
    """
    found = gains(ladder)
    rows = []
    for rung, label in RUNGS.items():
        values = on_rung(ladder, rung)
        gain = "{:+.4f} ± {:.4f}".format(*found[rung]) if rung in found else "–"
        rows.append(
            {
                "칸": label,
                "매개변수": int(on_rung(ladder, rung, "parameters")[0]),
                "정확도": f"{values.mean():.4f} ± {values.std(ddof=1):.4f}",
                "오른 만큼": gain,
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"매개변수": ",d"}
    return frame


# ---------------------------------------------------------------- 원본의 문장


def claim_complexity(programs, bend):
    """mnist.py의 모델은 로지스틱 회귀와 같은 일차식이고, op_mnist.py의 모델은 일차식이
    아니며 매개변수가 70배가 넘습니다.

    두 숫자의 로그 확률의 차가 픽셀의 일차식이면 로지스틱 회귀입니다. 일차식이라면 두
    사진을 반씩 섞은 사진에서 그 값은 두 사진의 평균과 같아야 합니다. 3,000장으로 2에폭 학습한
    두 모델에서, 테스트 사진 500쌍의 어긋난 크기의 평균을 쟀습니다. 0.001보다 작으면
    일차식으로, 0.1보다 크면 일차식이 아닌 것으로 보았습니다.

    원문: (C17) op_mnist.py는 복잡하고, mnist.py는 로지스틱 회귀와 비슷한 아주 단순한 모델입니다.
    판정: 재현됨
    """
    bent = {row["program"]: row["bend"] for _, row in bend.iterrows()}
    ratio = programs["op_mnist"]["parameters"] / programs["mnist"]["parameters"]
    evidence = (
        f"어긋난 크기는 mnist.py {bent['mnist']:.1e}, op_mnist.py {bent['op_mnist']:.2f}. "
        f"매개변수는 {ratio:.0f}배입니다."
    )
    holds = bent["mnist"] < 1e-3 and bent["op_mnist"] > 0.1 and ratio > 70
    return bool(holds), evidence


def claim_minimum(full):
    """op_mnist.py의 검증 손실은 정해 둔 35에폭의 3분의 2가 지나기 전에 가장 낮고, 마지막
    에폭에서는 그보다 높습니다.

    훈련 데이터 60,000장 가운데 20%를 검증에 썼습니다. 시드 하나의 결과입니다.

    원문: (C13) 드롭아웃은 모델을 단순하게 하여 과적합을 막습니다.
    판정: 조건부
    """
    run = experiment_full_summary(full)["op_mnist"]
    evidence = (
        f"검증 손실은 {run['lowest_epoch']}에폭에서 가장 낮은 {run['lowest']:.4f}이고, "
        f"마지막 에폭에서 {run['last']:.4f}입니다."
    )
    early = run["lowest_epoch"] < EPOCHS["op_mnist"] * 2 / 3
    return bool(early and run["last"] > run["lowest"]), evidence


def claim_steps(ladder):
    """은닉층을 더하고 Adam으로 바꾼 두 칸이 정확도를 0.02보다 많이 올렸고, 드롭아웃의 몫은
    그 4분의 1보다 작습니다.

    두 칸의 몫은 짝 차이의 95% 신뢰 구간 아래쪽 끝이 0.02보다 크고, 드롭아웃의 몫은 신뢰
    구간의 위쪽 끝까지 두 칸의 평균의 4분의 1보다 작습니다. MNIST 12,000장, 15에폭, 시드 3개.
    """
    together, half = paired(on_rung(ladder, "adam"), on_rung(ladder, "softmax"))
    dropout, dropout_half = gains(ladder)["dropout"]
    evidence = (
        f"은닉층과 Adam {together:+.4f} ± {half:.4f}, "
        f"드롭아웃 {dropout:+.4f} ± {dropout_half:.4f} "
        "(시드 3개의 짝 차이, 95% 신뢰 구간)."
    )
    holds = together - half > 0.02 and dropout + dropout_half < together / 4
    return bool(holds), evidence


# ---------------------------------------------------------------- 연습의 답


# --8<-- [start:answer_parameters]
def answer_parameters(sizes=(784, 512, 256, 128, 10)):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_steps]
def answer_steps(epochs, batch_size, images=48_000):
    return epochs * math.ceil(images / batch_size)


# --8<-- [end:answer_steps]


# --8<-- [start:answer_all_alive]
def answer_all_alive(rate=0.3, layers=3):
    """유닛이 층마다 하나씩 놓인 길 하나가 한 걸음 동안 끊기지 않을 확률."""
    return (1 - rate) ** layers


# --8<-- [end:answer_all_alive]


def experiment_answers():
    return {
        "mnist_parameters": answer_parameters((784, 10)),
        "op_parameters": answer_parameters(),
        "ratio": answer_parameters() / answer_parameters((784, 10)),
        "first_layer": answer_parameters((784, 512)) / answer_parameters(),
        "mnist_steps": answer_steps(30, 64),
        "op_steps": answer_steps(35, 128),
        "alive": answer_all_alive(),
    }

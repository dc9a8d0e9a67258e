"""원본 노트의 잘못과 함정을 모두 다시 실행합니다."""

import ast
import importlib.metadata
import io
import itertools
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import warnings
from contextlib import redirect_stdout
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf
from cifar10_linear_runs import SOURCE

# ------------------------------------------------------------ 코드를 실행하는 도구


# --8<-- [start:attempt]
def attempt(code, names):
    """코드를 실행하고 오류의 이름과 첫 줄을, 무사하면 빈 글자를 돌려줍니다."""
    try:
        exec(compile(code, "<원본 노트>", "exec"), dict(names))
    except Exception as error:
        message = getattr(error, "msg", None) or str(error)
        return f"{type(error).__name__}: {message.strip().splitlines()[0]}"
    return ""


# --8<-- [end:attempt]


# --8<-- [start:cell]
def cell(code, names):
    """노트북의 칸처럼 실행하고, 칸 아래에 보일 마지막 식의 값을 돌려줍니다."""
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "<칸>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<칸>", "eval"), names)


# --8<-- [end:cell]


def caught(code, names):
    """코드가 낸 경고의 종류와 첫 줄을 모두 돌려줍니다."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        error = attempt(code, names)
    assert not error, error
    return [f"{w.category.__name__}: {str(w.message).splitlines()[0]}" for w in found]


def plainly(program, **environment):
    """프로그램을 새 파이썬에서 실행하고, 찍힌 마지막 줄을 읽습니다."""
    ran = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=Path(__file__).parent,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


def tiny(samples=64, seed=0):
    """원문의 조각이 이미 있다고 여기는 이름들: 작은 데이터와 모델."""
    rng = np.random.default_rng(seed)
    md = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, activation="softmax")]
    )
    return {
        "keras": keras,
        "tf": tf,
        "np": np,
        "plt": plt,
        "Sequential": keras.Sequential,
        "Dense": keras.layers.Dense,
        "x": rng.random((samples, 784), dtype="float32"),  # (n, 784)
        "y": rng.integers(0, 10, samples),  # (n,)
        "md": md,
    }


# ------------------------------------------------------------------ 계산과 표


# --8<-- [start:matrix]
def experiment_matrix():
    x = np.array([[-1, 3, 2], [0, 2, -3], [-1, -4, 1]], dtype="float32")  # (3, 3)
    return {
        "relu": keras.ops.relu(x).numpy().tolist(),  # (3, 3)
        "tanh": keras.ops.tanh(x).numpy().tolist(),  # (3, 3)
        "relu_of_zero": float(keras.ops.relu(0.0)),
    }


# --8<-- [end:matrix]

PRINTED_RELU = [[0, 3, 2], [0, 2, 0], [0, 0, 4]]
PRINTED_TANH = [[-0.762, 0.995, 0.964], [0, 0.964, -0.995], [-0.762, -0.999, 0.762]]


def claim_relu(matrix):
    """ReLU를 적용한 행렬의 마지막 원소는 max(1, 0) = 1입니다.

    원문: (E01) ReLU 예제의 마지막 원소가 4로 인쇄되어 있습니다.
    판정: 반증
    """
    wrong = np.argwhere(np.array(matrix["relu"]) != PRINTED_RELU).tolist()
    evidence = (
        f"계산한 행렬은 {matrix['relu']}이고, 인쇄된 행렬과 다른 원소는 {len(wrong)}개"
        "입니다."
    )
    return wrong == [[2, 2]] and matrix["relu"][2][2] == 1, evidence


def claim_tanh(matrix):
    """Tanh를 적용한 행렬의 아홉 원소는 인쇄된 값과 소수점 아래 셋째 자리까지 같습니다.

    원문: (N25) 같은 행렬에 Tanh를 적용한 아홉 수가 인쇄되어 있습니다.
    판정: 재현됨
    """
    gap = np.abs(np.array(matrix["tanh"]) - PRINTED_TANH).max()
    return gap <= 0.0005, f"가장 큰 차이는 {gap:.5f}입니다."


def claim_range(matrix):
    """ReLU의 치역에는 0이 들어갑니다. 곧 [0, ∞)입니다.

    원문: (E38) 치역을 한 곳에서는 (0, ∞)로, 다른 곳에서는 0 이상으로 적었습니다.
    판정: 반증
    """
    zeros = sum(v == 0 for row in matrix["relu"] for v in row)
    holds = matrix["relu_of_zero"] == 0 and zeros > 0
    return holds, f"ReLU(0) = 0이고, 예제의 아홉 원소 가운데 {zeros}개가 0입니다."


def experiment_rows(total=50_000):
    rows = []
    for optimizer, batch_size, split, accuracy, loss in SOURCE:
        images = math.floor(total * (1 - split))  # Keras와 같은 방법
        row = dict(optimizer=optimizer, batch_size=batch_size, split=split)
        row |= dict(images=images, rest=images % batch_size)
        rows.append(row | dict(accuracy=accuracy, loss=loss))
    return {"rows": rows}


# --8<-- [start:coincidence]
def coincidence(accuracy, loss, step=1e-4):
    """독립인 두 학습의 정확도와 손실이 반올림한 자리까지 함께 같을 확률."""
    covariance = np.cov(accuracy, loss)  # (2, 2)
    # 두 결과의 차는 평균 0, 분산이 두 배인 정규분포: 0에서의 밀도 × 칸의 넓이
    return step**2 / (4 * np.pi * np.sqrt(np.linalg.det(covariance)))


# --8<-- [end:coincidence]


def experiment_copies(rows):
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    accuracy, loss = np.array(sorted(set(printed))).T  # 서로 다른 다섯 줄
    one = float(coincidence(accuracy, loss))
    return {
        "distinct": len(accuracy),
        "sd_accuracy": float(accuracy.std(ddof=1)),
        "sd_loss": float(loss.std(ddof=1)),
        "correlation": float(np.corrcoef(accuracy, loss)[0, 1]),
        "one_pair": one,
        "any_pair": one * math.comb(len(printed), 2),
        "one_in": 1 / (one * math.comb(len(printed), 2)),
    }


def table_adam(rows):
    """원본 노트에 적힌 Adam의 여섯 줄. 별표를 단 두 줄은 정확도와 손실이 넷째 자리까지
    같습니다.
    """
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    frame = pd.DataFrame(
        {
            "배치": row["batch_size"],
            "검증 비율": row["split"],
            "정확도": row["accuracy"],
            "손실": row["loss"],
            "같은 줄": "★" if printed.count(pair) > 1 else "",
        }
        for row, pair in zip(adam, printed)
    )
    frame.attrs["format"] = {"검증 비율": ".2f", "정확도": ".4f", "손실": ".4f"}
    return frame


def claim_copied(rows, copies):
    """Adam의 여섯 줄 가운데 두 줄이 우연히 똑같을 확률은 천에 하나가 안 됩니다.

    여섯 줄이 서로 독립이고 한 정규분포에서 나왔다고, 곧 설정이 결과를 바꾸지 않는다고
    가장 너그럽게 보았습니다. 표준편차와 상관은 서로 다른 다섯 줄에서 어림했으므로
    자릿수만 믿을 만합니다.

    원문: (E21) 배치 64, 검증 비율 0.05의 줄이 배치 64, 검증 비율 0.15의 줄과
    똑같습니다.
    판정: 재현됨
    """
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    twins = len(printed) - len(set(printed))
    evidence = (
        f"같은 짝이 {twins}쌍 있고, 15쌍 가운데 하나라도 우연히 같을 확률은 "
        f"{copies['any_pair']:.4f}입니다."
    )
    return twins == 1 and copies["any_pair"] < 0.001, evidence


def claim_eight(rows):
    """SGD의 여섯 줄 가운데 마지막 미니배치가 16장보다 작은 것은 0.3430의 줄뿐입니다.

    원문: (E23) 배치 64, 검증 비율 0.1의 줄만 정확도가 0.3430으로 낮습니다. 잘못 적은
    것처럼 보이지만 옳은 수입니다.
    판정: 재현됨
    """
    sgd = [row for row in rows["rows"] if row["optimizer"] == "SGD"]
    small = [row for row in sgd if 0 < row["rest"] < 16]
    holds = [(row["accuracy"], row["rest"]) for row in small] == [(0.343, 8)]
    rests = ", ".join(str(row["rest"]) for row in sgd)
    return holds, f"여섯 줄의 나머지는 차례로 {rests}장입니다."


def claim_no_pair(rows):
    """SGD의 여섯 설정과 Adam의 여섯 설정에는 배치 크기와 검증 비율이 같은 짝이 하나도
    없습니다.

    원문: (E20) 표는 여섯 줄씩인데 코드는 설정 하나씩만 실려 있어, 나머지 줄은 상수를
    손으로 고쳐 얻은 것으로 보입니다.
    판정: 재현됨
    """
    settings = {"SGD": set(), "Adam": set()}
    for row in rows["rows"]:
        settings[row["optimizer"]].add((row["batch_size"], row["split"]))
    common = settings["SGD"] & settings["Adam"]
    evidence = f"설정은 6개씩이고, 공통인 설정은 {len(common)}개입니다."
    return not common and len(settings["SGD"]) == 6, evidence


# 진행 막대: 평균의 평균 ---------------------------------------------------------

PRINTED_FIRST = 0.7661  # 원본 노트의 ReLU 첫 에폭 (N19)
cases_bar = [dict(seed=seed) for seed in (0, 1, 2)]


def experiment_bar(seed=0, samples=48_000, batch_size=32):
    """Fashion-MNIST를 한 에폭 학습하며 걸음마다 '지금까지의 정확도'를 적습니다."""
    (x, y), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
    x = x[:samples].reshape(-1, 784) / np.float32(255)  # (n, 784)
    y = y[:samples].astype("int32")  # (n,)
    x_test = x_test.reshape(-1, 784) / np.float32(255)  # (m, 784)
    keras.utils.set_random_seed(seed)
    hidden = keras.layers.Dense(100, activation="relu")
    output = keras.layers.Dense(10, activation="softmax")
    model = keras.Sequential([keras.Input((784,)), hidden, output])
    loss = "sparse_categorical_crossentropy"
    model.compile("rmsprop", loss, metrics=["accuracy"])
    running = []  # 걸음마다, 에폭의 처음부터 지금까지의 평균
    watch = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda step, logs: running.append(float(logs["accuracy"]))
    )
    fit = model.fit(x, y, batch_size=batch_size, verbose=0, callbacks=[watch])
    shown = io.StringIO()
    with redirect_stdout(shown):
        _, returned = model.evaluate(x_test, y_test)
    bar = shown.getvalue().split("accuracy: ")[-1].split()[0]
    every = max(1, len(running) // 150)
    return {
        "history": fit.history["accuracy"][0],
        "old_bar": float(np.mean(running)),  # 평균들을 다시 평균
        "curve": [round(v, 4) for v in running[::every]],
        "every": every,
        "evaluate": float(returned),
        "bar_today": float(bar),
    }


def experiment_bar_summary(bar):
    return {
        "history": float(bar["history"].mean()),
        "old_bar": float(bar["old_bar"].mean()),
        "old_bar_sd": float(bar["old_bar"].std()),
        "gap": float((bar["history"] - bar["old_bar"]).mean()),
        "evaluate": float(bar["evaluate"].iloc[0]),
        "bar_today": float(bar["bar_today"].iloc[0]),
    }


def figure_running(bar):
    """Fashion-MNIST 첫 에폭의 훈련 정확도(시드 0). 곡선은 에폭의 처음부터 그 걸음까지의
    평균이고, 파선은 곡선의 끝(history), 일점쇄선은 곡선 전체의 평균(그때의 진행 막대),
    점선은 원본 노트에 적힌 수입니다.

    대체 텍스트: 곡선은 처음에 빠르게 올라 차츰 느려집니다. 곡선의 끝보다 곡선의 평균이
    뚜렷이 낮고, 원본 노트의 수는 곡선의 평균과 거의 겹칩니다.
    """
    row = bar.iloc[0]
    fig, ax = plt.subplots()
    steps = np.arange(len(row["curve"])) * row["every"] + 1
    ax.plot(steps, row["curve"], label="지금까지의 평균")
    ax.axhline(row["history"], color="C2", ls="--", label="history에 남는 값")
    ax.axhline(row["old_bar"], color="C1", ls="-.", label="평균의 평균 (그때의 막대)")
    ax.axhline(PRINTED_FIRST, color="C3", ls=":", label="원본 노트")
    ax.set(ylim=(0.5, 0.9), xlabel="걸음", ylabel="훈련 정확도")
    ax.legend(loc="lower right")
    return fig


def claim_bar(bar):
    """원본 노트의 첫 에폭 정확도는 history의 값이 아니라 평균의 평균과 맞습니다.

    은닉층 100유닛(ReLU), RMSprop, 48,000장, 배치 32의 첫 에폭. 시드 세 개의 평균과의
    차를 표준편차로 재지 않고 0.02로 재었습니다.

    원문: (E19) 한 번의 평가에 숫자가 두 벌 나옵니다. 진행 막대와 돌려받은 값이
    다릅니다.
    판정: 재현됨
    """
    far = abs(bar["history"].mean() - PRINTED_FIRST)
    near = abs(bar["old_bar"].mean() - PRINTED_FIRST)
    evidence = (
        f"원본 노트의 수와의 차는 history {far:.4f}, 평균의 평균 {near:.4f}입니다 "
        f"(시드 {len(bar)}개)."
    )
    return far > 0.03 and near < 0.02, evidence


def claim_bar_today(bar):
    """오늘의 Keras에서는 진행 막대의 마지막 수와 evaluate가 돌려준 수가 같습니다.

    Keras 3.15.1, Fashion-MNIST 테스트 데이터 10,000장. 막대는 네 자리까지만 찍습니다.
    """
    gap = (bar["evaluate"] - bar["bar_today"]).abs().max()
    return gap <= 0.00005001, f"시드 {len(bar)}개에서 가장 큰 차는 {gap:.5f}입니다."


# ------------------------------------------------------- 실행되지 않는 코드

COMPILE = "md.compile('sgd', 'sparse_categorical_crossentropy')\n"
BROKEN = [
    dict(
        id="E02",
        source="import numpy as np import keras",
        fixed="import numpy as np\nimport keras",
    ),
    dict(
        id="E05",
        setup=COMPILE,
        source="md.fit(x, y, validation_\nsplit = 0.2)",
        fixed="md.fit(x, y, validation_split=0.2)",
    ),
    dict(
        id="E07",
        source="md = Sequential([Dense(128, input shape=(784,))])",
        fixed="md = Sequential([keras.Input((784,)), Dense(128)])",
    ),
    dict(
        id="E08",
        source="드롭아웃을 넣어 모델을 다시 만든다\nmd = Sequential()",
        fixed="# 드롭아웃을 넣어 모델을 다시 만든다\nmd = Sequential()",
    ),
    dict(
        id="E03",
        source="md.compile('sgd', loss='sparse _ categorical _ crossentropy')\n"
        "md.fit(x, y, verbose=0)",
        fixed="md.compile('sgd', loss='sparse_categorical_crossentropy')\n"
        "md.fit(x, y, verbose=0)",
        shown=(
            "loss='sparse _ categorical _ crossentropy'",
            "loss='sparse_categorical_crossentropy'",
        ),
    ),
    dict(
        id="E04",
        source="md.compile('sgd', 'mse', metrics='acc')",
        fixed="md.compile('sgd', 'mse', metrics=['accuracy'])",
    ),
    dict(
        id="E06",
        setup="md.compile('sgd', 'sparse_categorical_crossentropy', "
        "metrics=['accuracy'])\n"
        "hist = md.fit(x, y, epochs=2, verbose=0)\n",
        source="plt.plot(epoch, acc, 'b')",
        fixed="acc = hist.history['accuracy']\n"
        "epoch = range(1, len(acc) + 1)\nplt.plot(epoch, acc, 'b')",
    ),
    dict(
        id="E09",
        source="md.evaluate(x, y, verbose=0)",
        fixed=COMPILE + "md.evaluate(x, y, verbose=0)",
    ),
    dict(
        id="E10",
        bare=True,
        source="model = Sequential()",
        fixed="from keras import Sequential\nmodel = Sequential()",
    ),
    dict(
        id="E12",
        setup="layers = [keras.Input((784,)), Dense(10, activation='softmax')]\n",
        source="md = Sequential(layers, name='fashion MNIST model')\n"
        + COMPILE
        + "md.fit(x, y, verbose=0)",
        fixed="md = Sequential(layers, name='fashion_mnist_model')\n"
        + COMPILE
        + "md.fit(x, y, verbose=0)",
        shown=("name='fashion MNIST model'", "name='fashion_mnist_model'"),
    ),
    dict(
        id="E13",
        source="md = Sequential([keras.Input((784,)), "
        "Dense(10, activation=tf.nn.softmax)])\n"
        "md.save(path)\nkeras.models.load_model(path)",
        fixed="md = Sequential([keras.Input((784,)), "
        "Dense(10, activation='softmax')])\n"
        "md.save(path)\nkeras.models.load_model(path)",
        shown=("activation=tf.nn.softmax", "activation='softmax'"),
    ),
    dict(
        id="E14",
        source="tf.enable_eager_execution()",
        fixed="assert tf.executing_eagerly()",
    ),
]
SYNTAX = ("E02", "E05", "E07", "E08")
RUNTIME = ("E03", "E04", "E06", "E09", "E10", "E14")


def run_broken(part, code):
    """조각 하나를 새 이름 공간에서 실행합니다. 앞선 조각의 이름은 남지 않습니다."""
    keras.backend.clear_session()
    with tempfile.TemporaryDirectory() as folder:
        names = {} if part.get("bare") else tiny() | {"path": f"{folder}/md.keras"}
        error = attempt(part.get("setup", "") + part[code], names)
    plt.close("all")
    return error


def experiment_broken():
    # E12가 남기는 이름 범위가 다른 조각을 망치지 않도록 고친 코드를 먼저 돌립니다.
    fixed = {part["id"]: run_broken(part, "fixed") for part in BROKEN}
    late = sorted(BROKEN, key=lambda part: part["id"] == "E12")
    errors = {part["id"]: run_broken(part, "source") for part in late}
    names = tiny()
    made = attempt("Sequential([keras.Input((784,))], name='a b').summary()", names)
    return {"errors": errors, "fixed": fixed, "summary_of_named": made}


QT = """
import json, matplotlib, warnings
import matplotlib.pyplot as plt
try:
    matplotlib.use("Qt5Agg")
    error = ""
except Exception as e:
    error = f"{type(e).__name__}: {str(e).splitlines()[0]}"
matplotlib.use("Agg")
plt.plot([0, 1])
with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    plt.show()
show = [f"{w.category.__name__}: {w.message}" for w in found]
plt.savefig("/dev/null", format="png")
print(json.dumps({"qt": error, "show": show}))
"""


def experiment_backends():
    blind = plainly(QT, MPLBACKEND="Agg", DISPLAY="", WAYLAND_DISPLAY="")
    screen = plainly(QT, MPLBACKEND="Agg", DISPLAY=":0", WAYLAND_DISPLAY="")
    return {"qt": blind["qt"], "blind": blind["show"], "screen": screen["show"]}


def table_unread(broken):
    """읽히지도 않는 코드. ⏎는 줄이 바뀌는 자리입니다."""
    return broken_table(broken, SYNTAX)


def table_stopped(broken):
    """읽히지만 실행하면 멈추는 코드. 마지막 두 줄(E12, E13)은 원본에서 한 걸음 더 나아갈
    때에만 멈춥니다. 고친 코드도 모두 실행해 보았습니다."""
    return broken_table(broken, (*RUNTIME, "E12", "E13"))


def broken_table(broken, ids):
    parts = {part["id"]: part for part in BROKEN}
    frame = pd.DataFrame(
        {
            "번호": name,
            "원문 코드": code(parts[name].get("shown", [parts[name]["source"]])[0]),
            "오늘의 오류": code(shortened(broken["errors"][name])),
            "고친 코드": code(parts[name].get("shown", [parts[name]["fixed"]])[-1]),
        }
        for name in ids
    )
    frame.attrs["markdown"] = ["원문 코드", "오늘의 오류", "고친 코드"]
    return frame


def code(text):
    """여러 줄 코드를 표의 칸에 들어갈 한 줄로 적습니다."""
    line = " ⏎ ".join(text.splitlines())
    return f"`` {line} ``" if "`" in line else f"`{line}`"


def shortened(text, width=110):
    return text if len(text) <= width else text[: width - 1] + "…"


def judged(broken, ids, kinds):
    """모두 정해진 종류의 오류로 멈추고, 고치면 모두 지나가는지 봅니다."""
    names = [broken["errors"][name].split(":")[0] for name in ids]
    passed = sum(broken["fixed"][name] == "" for name in ids)
    counts = pd.Series(names).value_counts()
    evidence = (
        ", ".join(f"{kind} {count}개" for kind, count in counts.items())
        + f", 고친 코드는 {len(ids)}개 가운데 {passed}개가 지나갔습니다."
    )
    return set(names) <= set(kinds) and passed == len(ids), evidence


def claim_syntax(broken):
    """네 조각은 파이썬이 읽지 못하고(SyntaxError), 고친 코드는 모두 실행됩니다.

    원문: (E02, E05, E07, E08) 한 줄에 적은 import 둘, 두 줄로 끊긴 인자, 이름 속의
    빈칸, 코드 칸의 한국어 문장입니다.
    판정: 재현됨
    """
    return judged(broken, SYNTAX, {"SyntaxError"})


def claim_runtime(broken):
    """여섯 조각은 실행하다 멈추고, 고친 코드는 모두 실행됩니다.

    원문: (E03, E04, E06, E09, E10, E14) 손실의 이름, 목록이 아닌 metrics, 정의하지 않은
    이름, 빠진 compile과 import, TensorFlow 1의 함수입니다. E14는 원문의 화면 그림에만
    있어 짐작한 코드입니다.
    판정: 재현됨
    """
    kinds = {"ValueError", "NameError", "AttributeError"}
    return judged(broken, RUNTIME, kinds)


def claim_name(broken):
    """이름에 빈칸이 있는 모델은 만들고 요약할 수는 있지만 fit에서 멈춥니다.

    원문: (E12) 모델의 이름이 fashion MNIST model입니다. 원본은 요약만 보고 학습하지
    않았으므로 그대로 실행됩니다.
    판정: 조건부
    """
    holds, evidence = judged(broken, ("E12",), {"ValueError"})
    return holds and broken["summary_of_named"] == "", evidence


def claim_saved(broken):
    """tf.nn.softmax를 활성화 함수로 준 모델은 저장한 뒤 다시 읽을 수 없고, 이름
    softmax로 준 모델은 읽을 수 있습니다.

    원문: (E13) Keras 빠른 시작을 따른 코드가 활성화 함수를 tf.nn.softmax로 주었습니다.
    원본은 저장하지 않았으므로 그대로 실행됩니다.
    판정: 조건부
    """
    return judged(broken, ("E13",), {"TypeError", "ValueError"})


def claim_qt(backends):
    """Qt가 없고 화면도 없는 컴퓨터에서 Qt5Agg를 고르면 ImportError로 멈춥니다.

    그 한 줄을 지우고 그림을 파일로 저장하면 됩니다. Colab에서도 그 줄은 필요 없습니다.

    원문: (E11) matplotlib의 백엔드를 Qt5Agg로 정합니다. 원본은 PyQt5를 먼저 설치하라고
    적었으므로, 설치했고 화면이 있는 컴퓨터에서는 실행됩니다.
    판정: 조건부
    """
    return backends["qt"].startswith("ImportError"), f"{backends['qt']}"


# --------------------------------------------------------- 경고와 조용한 함정


def experiment_warnings():
    names = tiny() | {"img": np.zeros((28, 28), "uint8")}
    picture = (
        "from PIL import Image\n"
        "fig, ax = plt.subplots()\n"
        "drawn = ax.imshow(Image.fromarray(img, mode='L'))\n"
        "colours.append(drawn.get_cmap().name)"
    )
    names["colours"] = []
    result = {
        "input_shape": caught("Dense(10, input_shape=(784,))", names),
        "input_layer": caught("Sequential([keras.Input((784,)), Dense(10)])", names),
        "fromarray": caught(picture, names),
        "colours": names["colours"][0],
        "pillow": importlib.metadata.version("pillow"),
    }
    plt.close("all")
    return result


def claim_input_shape(warnings):
    """첫 층에 input_shape를 주면 UserWarning이 나고, keras.Input을 쓰면 나지 않습니다.

    원문: (E15) 첫 Dense나 Flatten에 input_shape를 주었습니다. 실행은 됩니다.
    판정: 재현됨
    """
    found, without = warnings["input_shape"], warnings["input_layer"]
    holds = len(found) == 1 and found[0].startswith("UserWarning") and not without
    message = found[0].replace("`", "") if found else "경고가 없습니다."
    return holds, shortened(message, 100)


def claim_fromarray(warnings):
    """Pillow 13에서는 Image.fromarray에 mode를 주어도 경고가 나지 않고, 회색 그림이
    회색이 아니라 viridis 색으로 그려집니다.

    원문: (E16) 숫자 그림을 mode='L'로 만들어 그대로 imshow에 줍니다. Pillow 11.3은
    경고를 냈습니다.
    판정: 조건부
    """
    holds = not warnings["fromarray"] and warnings["colours"] == "viridis"
    evidence = (
        f"Pillow {warnings['pillow']}: 경고 {len(warnings['fromarray'])}개, "
        f"색상표 {warnings['colours']}."
    )
    return holds, evidence


def claim_agg(backends):
    """Agg 백엔드의 plt.show()는 아무것도 보여 주지 않습니다. 화면이 있다고 알려진
    컴퓨터에서는 UserWarning이 나고, 화면이 없는 리눅스에서는 경고조차 나지 않습니다.

    환경 변수 DISPLAY에 값이 있는 것을 화면이 있다고 보았습니다(Matplotlib 3.11.2).

    원문: (E40) 프로그램마다 그림을 plt.show()로 끝냅니다. 노트북과 화면 앞에서는
    문제가 없습니다.
    판정: 조건부
    """
    found = backends["screen"]
    holds = len(found) == 1 and found[0].startswith("UserWarning")
    evidence = f"DISPLAY가 있으면 경고 {len(found)}개, 없으면 {len(backends['blind'])}개입니다."
    return holds and not backends["blind"], evidence


# --8<-- [start:silent]
def experiment_silent():
    names = tiny()
    md, x, y = names["md"], names["x"], names["y"]
    md.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    result = {
        "optimizer": type(md.optimizer).__name__,  # 아무것도 적지 않았습니다
        "lr": float(md.optimizer.learning_rate),
        "shown": len(cell("md.evaluate(x, y, verbose=0)\nmd.get_weights()", names)),
        "stored": len(md.evaluate(x, y, verbose=0)),
        "two_shapes": repr(cell("x.shape, x.shape\nx.shape, y.shape,", names)),
        "one_shape": repr(cell("x.shape,", names)),
        "no_comma": repr(cell("x.shape, y.shape", names)),
    }
    # --8<-- [end:silent]
    plot = (
        "fig, ax = plt.subplots()\n"
        "ax.plot([3, 2], label='train loss')\n"
        "ax.plot([3, 4], label='val loss')\n"
        "ax.legend(['train', 'test'])\n"
        "[text.get_text() for text in ax.get_legend().get_texts()]"
    )
    result["legend"] = cell(plot, names)
    grid = "for i in range(20):\n    plt.subplot(5, 5, i + 1)\nlen(plt.gcf().axes)"
    result["grid"] = cell("plt.figure()\n" + grid, names)
    plt.close("all")
    weights = np.zeros((3072, 10)) + 0.5
    result["numbers_shown"] = str(weights).count("0.5")
    result["numbers"] = weights.size
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/md.weights.h5"
        before = [w.copy() for w in md.get_weights()]
        md.save_weights(path)
        md.set_weights([w * 0 for w in before])
        md.load_weights(path)
        same = [bool(np.array_equal(a, b)) for a, b in zip(before, md.get_weights())]
    result["restored"] = all(same)
    result["typo"] = attempt("md.compile('sqd', 'mse')", names)
    return result


def claim_default(silent):
    """compile에 옵티마이저를 적지 않으면 경고 없이 학습률 0.001의 RMSprop이 쓰입니다.

    원문: (E18) 두 학습의 compile에 옵티마이저가 없습니다. SGD로 읽기 쉽습니다.
    판정: 재현됨
    """
    holds = silent["optimizer"] == "RMSprop" and abs(silent["lr"] - 0.001) < 1e-6
    return holds, f"{silent['optimizer']}, 학습률 {silent['lr']:.3g}."


def claim_last_expression(silent):
    """노트북의 칸은 마지막 식만 보여 줍니다. evaluate의 결과를 담지 않고 가중치를 다음
    줄에 적으면 정확도는 남지 않습니다.

    원문: (E28) evaluate의 결과를 담지도 찍지도 않고 같은 칸에서 가중치를 보였습니다.
    판정: 재현됨
    """
    holds = silent["stored"] == 2 and silent["shown"] == 2
    evidence = (
        f"칸 아래에는 가중치 배열 {silent['shown']}개가 보이고, evaluate가 돌려준 "
        f"{silent['stored']}개의 수(손실과 정확도)는 사라집니다."
    )
    return holds, evidence


def claim_comma(silent):
    """모양 둘 뒤의 쉼표는 결과를 바꾸지 않습니다. 모양이 겹괄호로 보이는 까닭은 가운데
    쉼표이고, 첫째 줄의 모양은 보이지 않습니다. 하나 뒤의 쉼표는 튜플을 만듭니다.

    원문: (E27) 모양을 찍는 줄이 쉼표로 끝나고, 칸에는 마지막 줄의 모양만 보입니다.
    판정: 조건부
    """
    holds = silent["two_shapes"] == silent["no_comma"]
    holds = holds and ast.literal_eval(silent["one_shape"]) == ((64, 784),)
    return (
        holds,
        f"둘이면 {silent['two_shapes']}, 하나이면 {silent['one_shape']}입니다.",
    )


def claim_legend(silent):
    """legend에 목록을 주면 label로 붙인 이름이 덮입니다.

    원문: (E26) 검증 손실 곡선의 이름이 범례에 test로 적혀 있습니다.
    판정: 반증
    """
    holds = silent["legend"] == ["train", "test"]
    return holds, f"label은 'val loss'였지만 범례에는 {silent['legend']}가 남습니다."


def claim_grid(silent):
    """스무 장을 5×5 자리에 그리면 다섯 자리가 빕니다.

    원문: (E29) 스무 장을 5×5로 그리고, 클래스의 이름을 두 번 정의했습니다.
    판정: 재현됨
    """
    empty = 25 - silent["grid"]
    return empty == 5, f"그려진 칸 {silent['grid']}개, 빈 자리 {empty}개."


def claim_weights(silent):
    """가중치를 print하면 대부분이 줄임표로 사라지고, save_weights로 저장하면 그대로
    돌아옵니다.

    원문: (E37) 가중치를 찍는 것으로 저장을 갈음했습니다.
    판정: 반증
    """
    share = silent["numbers_shown"] / silent["numbers"]
    evidence = (
        f"{silent['numbers']}개 가운데 {silent['numbers_shown']}개만 찍혔고, 저장한 "
        f"가중치는 {'똑같이' if silent['restored'] else '다르게'} 돌아왔습니다."
    )
    return share < 0.01 and silent["restored"], evidence


def claim_typo(silent):
    """글 속의 오타는 읽는 사람이 고쳐 읽지만, 코드에 들어가면 오류가 됩니다.

    원문: (E35) Sofemax, ross Entropy, sqd, complile, spilt 같은 오타가 있습니다.
    판정: 조건부
    """
    return silent["typo"].startswith("ValueError"), shortened(silent["typo"], 100)


def experiment_arrays(draws=1_000_000, images=1000, seed=0):
    rng = np.random.RandomState(seed)
    pixels = rng.randint(0, 256, (images, 3072)).astype("uint8")  # (n, 3072)
    wide, narrow = pixels / 255, pixels.astype("float32") / 255
    images_28 = pixels[:, :784].reshape(-1, 28, 28)  # (n, 28, 28)
    again = images_28.reshape(-1, 784).reshape(-1, 28, 28)
    splits = [np.random.RandomState(42).permutation(images)[:200] for _ in range(2)]
    truth, guess = rng.randint(0, 3, 300), rng.randint(0, 3, 300)
    return {
        "largest": int(rng.randint(0, 255, draws).max()),
        "largest_256": int(rng.randint(0, 256, draws).max()),
        "dtype": str(wide.dtype),
        "gigabytes": wide.nbytes / images * 50_000 / 1e9,  # 훈련 이미지 5만 장
        "gigabytes_float32": narrow.nbytes / images * 50_000 / 1e9,
        "difference": float(np.abs(wide.astype("float32") - narrow).max()),
        "round_trip": bool(np.array_equal(images_28, again)),
        "same_split": bool(np.array_equal(*splits)),
        "accuracy": [float(np.mean(truth == guess)), float(np.mean(guess == truth))],
        "recall": [recall(truth, guess), recall(guess, truth)],
    }


def recall(truth, guess, label=0):
    return float(np.mean(guess[truth == label] == label))


def claim_randint(arrays):
    """NumPy의 randint(0, 255)는 255를 내지 않고, randint(0, 256)은 냅니다.

    파이썬 표준 라이브러리의 random.randint(0, 255)는 255도 냅니다. 이름이 같아도
    끝을 세는 법이 다릅니다.

    원문: (E25) randint(0, 255)가 0부터 255까지의 정수를 낸다고 적었습니다.
    판정: 반증
    """
    holds = arrays["largest"] == 254 and arrays["largest_256"] == 255
    evidence = f"백만 번 뽑은 가장 큰 수는 {arrays['largest']}와 {arrays['largest_256']}입니다."
    return holds, evidence


def claim_float64(arrays):
    """픽셀을 255로 나누면 float64가 되어 메모리를 float32의 두 배로 씁니다. 값은
    float32의 반올림 오차 안에서 같습니다.

    원문: (E36) 프로그램마다 정수 배열을 255로 나눕니다.
    판정: 재현됨
    """
    twice = arrays["gigabytes"] / arrays["gigabytes_float32"]
    evidence = (
        f"{arrays['dtype']}, CIFAR-10의 훈련 이미지 5만 장이면 {arrays['gigabytes']:.2f} "
        f"GB(float32는 {arrays['gigabytes_float32']:.2f} GB), 이미지 1,000장에서 값의 차이는 "
        f"많아야 {arrays['difference']:g}입니다."
    )
    holds = arrays["dtype"] == "float64" and twice == 2
    return holds and arrays["difference"] < 1e-6, evidence


def claim_swapped(arrays):
    """정답과 예측을 바꾸어 주어도 정확도는 같지만 재현율은 달라집니다.

    원문: (E30) accuracy_score에 예측을 먼저, 정답을 나중에 주었습니다.
    판정: 조건부
    """
    (a, b), (c, d) = arrays["accuracy"], arrays["recall"]
    evidence = f"정확도 {a:.3f}과 {b:.3f}, 0번 클래스의 재현율 {c:.3f}과 {d:.3f}."
    return a == b and abs(c - d) > 0.01, evidence


def claim_repeated(arrays):
    """같은 시드로 두 번 나누면 같은 나눔이 나오고, 폈다가 되돌린 이미지는 처음과
    같습니다.

    원문: (E33, E34) 같은 분할을 되풀이하고, 편 이미지를 되돌린 뒤 Flatten으로 다시
    폅니다.
    판정: 재현됨
    """
    holds = arrays["same_split"] and arrays["round_trip"]
    return holds, "두 경우 모두 원소가 하나도 다르지 않습니다."


# 이어서 학습하기 ----------------------------------------------------------------


# --8<-- [start:continued]
def experiment_continued(samples=2000, epochs=4, seed=0):
    (x, y), _ = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784) / np.float32(255)  # (n, 784)
    y = y[:samples]
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, activation="softmax")]
    )
    losses, iterations = {}, {}
    for name in ("처음", "fit을 다시", "compile하고 fit", "새 모델"):
        if name == "새 모델":
            model = keras.models.clone_model(model)  # 가중치를 새로 뽑습니다
        if name != "fit을 다시":
            model.compile("sgd", "sparse_categorical_crossentropy")
        fit = model.fit(x, y, epochs=epochs, verbose=0)
        losses[name] = fit.history["loss"]
        iterations[name] = int(model.optimizer.iterations.numpy())
    return {"losses": losses, "iterations": iterations}


# --8<-- [end:continued]


def figure_fits(continued):
    """fit을 거듭 부를 때의 훈련 손실. MNIST 2,000장, 소프트맥스 한 층, SGD. compile을 다시
    해도 손실은 이어지고, 모델을 새로 만들어야 처음으로 돌아갑니다.

    대체 텍스트: 처음 네 에폭 동안 내려온 손실이 fit을 다시 불러도, compile한 뒤 불러도
    끊기지 않고 계속 내려갑니다. 새 모델에서만 처음의 높이로 뛰어오릅니다.
    """
    fig, ax = plt.subplots()
    start = 1
    marks = ("o-", "s-", "^-", "D--")
    names = ("처음", "fit을 다시", "compile하고 fit", "새 모델")
    for name, mark in zip(names, marks):
        losses = continued["losses"][name]
        epochs = np.arange(start, start + len(losses))
        ax.plot(epochs, losses, mark, label=name)
        start += len(losses)
    ax.set(xlabel="지금까지의 에폭", ylabel="훈련 손실")
    ax.legend()
    return fig


def claim_continued(continued):
    """compile은 옵티마이저의 걸음 수를 0으로 되돌리지만 가중치는 되돌리지 않습니다. fit은
    지금의 가중치에서 이어집니다.

    원문: (E31) 노트마다 같은 모델을 여러 번 학습할 수 있는 모양입니다.
    판정: 재현됨
    """
    losses, steps = continued["losses"], continued["iterations"]
    last = losses["fit을 다시"][-1]
    after, fresh = losses["compile하고 fit"][0], losses["새 모델"][0]
    holds = after < last and fresh > losses["처음"][-1]
    holds = holds and steps["compile하고 fit"] == steps["처음"]
    holds = holds and steps["fit을 다시"] == 2 * steps["처음"]
    evidence = (
        f"다시 compile하기 전 {last:.3f}, 다음 에폭 {after:.3f}, 새 모델 {fresh:.3f}. "
        f"걸음 수는 {steps['처음']}, {steps['fit을 다시']}, "
        f"{steps['compile하고 fit']}입니다."
    )
    return bool(holds), evidence


# 에폭마다 같은 순서 -------------------------------------------------------------


# --8<-- [start:orders]
def orders(seed=None, images=8, epochs=4):
    """fit이 이미지를 본 순서를 에폭마다 한 줄로 돌려줍니다."""
    seen = []

    def remember(y_true, y_pred):
        seen.extend(y_true.numpy().ravel().astype(int).tolist())
        return keras.ops.mean(y_pred**2, axis=-1)

    if seed is not None:
        keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", loss=remember, run_eagerly=True)
    x, y = np.zeros((images, 1)), np.arange(images)  # (n, 1), (n,)
    model.fit(x, y, batch_size=2, epochs=epochs, verbose=0)
    return np.reshape(seen, (epochs, images)).tolist()


# --8<-- [end:orders]


def both_orders():
    """시드가 없는 학습을 먼저 합니다. 한번 정한 시드는 뒤의 학습에도 남습니다."""
    free = orders()
    return {"free": free, "seeded": orders(seed=0), "again": orders(seed=0)}


def experiment_orders():
    # 이 사이트의 실행기는 fit의 섞는 순서를 고쳐 놓았으므로 보통의 파이썬에서 잽니다.
    name = both_orders.__name__
    return plainly(f"import json, errata; print(json.dumps(errata.{name}()))")


def figure_permutations(orders):
    """이미지 여덟 장을 네 에폭 동안 본 순서. 한 줄이 한 에폭이고, 칸의 수는 이미지의
    번호입니다. 보통의 파이썬에서 NumPy 배열로 fit한 결과입니다.

    대체 텍스트: 시드를 정하지 않은 왼쪽은 네 줄의 순서가 서로 다르고, 시드를 정한
    오른쪽은 네 줄의 순서가 똑같아 세로 띠가 됩니다.
    """
    fig, axes = plt.subplots(1, 2, figsize=(7, 2.6))
    titles = {"free": "시드 없음", "seeded": "set_random_seed(0)"}
    for ax, (key, title) in zip(axes, titles.items()):
        for (row, column), image in np.ndenumerate(np.array(orders[key])):
            corner = (column - 0.5, row - 0.5)
            shade = 0.08 + 0.07 * image
            ax.add_patch(
                plt.Rectangle(corner, 1, 1, color="C0", alpha=shade, linewidth=0)
            )
            ax.text(column, row, image, ha="center", va="center")
        ax.set(xlim=(-0.5, 7.5), ylim=(3.5, -0.5), title=title, xticks=[])
        ax.set_yticks(range(4), [f"{epoch}에폭" for epoch in range(1, 5)])
        ax.grid(visible=False)
    return fig


def claim_orders(orders):
    """시드를 정하고 NumPy 배열로 fit하면 네 에폭의 순서가 모두 같습니다. 시드를 정하지
    않으면 에폭마다 다릅니다.

    Keras 3.15.1과 TensorFlow 2.21에서, 이미지 여덟 장을 배치 2로 학습했습니다.

    원문: (E41) 원본에는 없는 함정입니다. 원본은 시드를 정하지 않아 에폭마다 새로
    섞였습니다.
    판정: 재현됨
    """
    free, seeded = distinct(orders["free"]), distinct(orders["seeded"])
    same = orders["seeded"] == orders["again"]
    evidence = (
        f"네 에폭에 나온 서로 다른 순서는 시드가 없으면 {free}가지, 시드가 있으면 "
        f"{seeded}가지입니다."
    )
    return free > 1 and seeded == 1 and same, evidence


def distinct(rows):
    return len({tuple(row) for row in rows})


# 말과 정의 ---------------------------------------------------------------------


def mlp(dropout):
    layers = [keras.Input((784,)), keras.layers.Dense(128, activation="relu")]
    layers += [keras.layers.Dense(64, activation="relu")]
    layers += [keras.layers.Dropout(0.5)] if dropout else []
    layers += [keras.layers.Dense(10, activation="softmax")]
    return keras.Sequential(layers)


def experiment_words(seed=0):
    keras.utils.set_random_seed(seed)
    model = mlp(dropout=False)
    scores = keras.Model(model.inputs, model.layers[-2].output)
    W, b = model.layers[-1].get_weights()  # (64, 10), (10,)
    x = np.random.default_rng(seed).normal(size=(2, 784)).astype("float32")  # (2, 784)
    s = scores(x).numpy() @ W + b  # (2, 10)
    middle = scores(x.mean(axis=0, keepdims=True)).numpy() @ W + b  # (1, 10)
    dropped = keras.layers.Dropout(0.5, seed=seed)(np.ones((100, 64)), training=True)
    steps = {}
    for batch_size in (None, 1, 320):
        md = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        md.compile("sgd", "mse")
        zeros = np.zeros((320, 1))
        md.fit(zeros, zeros, batch_size=batch_size, verbose=0)
        steps[str(batch_size)] = int(md.optimizer.iterations.numpy())
    return {
        "probability_sums": model(x).numpy().sum(axis=1).tolist(),
        "bend": float(np.abs(s.mean(axis=0) - middle[0]).max()),
        "dropped_values": sorted(set(np.array(dropped).ravel().tolist())),
        "parameters": [mlp(dropout=False).count_params(), mlp(True).count_params()],
        "sgd_steps": steps,
    }


def claim_softmax(words):
    """선형이 아닌 신경망의 끝에도 소프트맥스를 씁니다. 소프트맥스는 서로 겹치지 않는
    클래스의 확률을 만들 뿐이고 모델이 선형인지와는 상관이 없습니다.

    128-64-10 신경망(ReLU)에서 두 입력의 한가운데 점수가 두 점수의 한가운데와 다른지
    봅니다. 선형 모델이면 같습니다.

    원문: (E39) 마지막 층에 소프트맥스를 쓰는 까닭을 선형 분류이기 때문이라고
    적었습니다.
    판정: 반증
    """
    off = max(abs(total - 1) for total in words["probability_sums"])
    evidence = (
        f"점수의 어긋남은 {words['bend']:.2f}이라 선형이 아니고, 확률의 합은 1에서 "
        f"{off:.1g} 안입니다."
    )
    return words["bend"] > 0.01 and off < 1e-5, evidence


def claim_sgd(words):
    """Keras의 SGD가 한 걸음에 쓰는 이미지의 수는 batch_size가 정합니다. 적지 않으면
    32장입니다.

    원문: (E42) 한 노트는 SGD가 데이터의 일부를, 다른 노트는 꼭 한 장을 쓴다고
    적었습니다.
    판정: 조건부
    """
    steps = words["sgd_steps"]
    evidence = (
        f"320장의 한 에폭이 기본값으로 {steps['None']}걸음, batch_size=1로 "
        f"{steps['1']}걸음, 320으로 {steps['320']}걸음입니다."
    )
    return steps == {"None": 10, "1": 320, "320": 1}, evidence


def claim_dropout(words):
    """Keras의 드롭아웃은 유닛의 출력을 0으로 만들고 나머지를 1/(1−p)배 합니다. 연결, 곧
    매개변수의 수는 그대로입니다.

    원문: (E43) 한 노트는 연결을, 다른 노트는 뉴런을 없앤다고 적었습니다.
    판정: 조건부
    """
    before, after = words["parameters"]
    values = words["dropped_values"]
    evidence = (
        f"1을 넣으면 {values[0]:.0f}과 {values[-1]:.0f}만 나오고, 매개변수는 "
        f"{before:,}개와 {after:,}개입니다."
    )
    return values == [0, 2] and before == after == 109_386, evidence


# ----------------------------------------------------------------- 적힌 수


def experiment_counts(images=48_000, held_out=12_000):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    (c, _), (c_test, _) = keras.datasets.cifar10.load_data()
    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input((784,)), dense(100), dense(10)])
    tiny = keras.Sequential([keras.Input((1,)), dense(1)])
    tiny.compile("sgd", "mse")
    tiny.fit(np.zeros((images, 1)), np.zeros((images, 1)), verbose=0)
    shown = io.StringIO()
    with redirect_stdout(shown):
        tiny.evaluate(np.zeros((held_out, 1)), np.zeros((held_out, 1)))
    return {
        "mnist_test": [list(x_test.shape), list(y_test.shape)],
        "cifar": [list(c.shape), list(c_test.shape)],
        "parameters": [layer.count_params() for layer in model.layers],
        "total": model.count_params(),
        "steps": int(tiny.optimizer.iterations.numpy()),
        "evaluation_steps": int(re.findall(r"(\d+)/\d+", shown.getvalue())[-1]),
    }


STATED = {
    "mnist_test": [[10_000, 28, 28], [10_000]],
    "cifar": [[50_000, 32, 32, 3], [10_000, 32, 32, 3]],
    "parameters": [78_500, 1_010],
    "total": 79_510,
    "steps": 1500,
    "evaluation_steps": 375,
}


def table_numbers(counts, matrix):
    """원본 노트에 적힌 수와 이 쪽에서 다시 얻은 수."""
    rows = [
        ("N22", "MNIST 테스트", "mnist_test"),
        ("N22", "CIFAR-10", "cifar"),
        ("N23", "은닉층, 출력층", "parameters"),
        ("N23", "매개변수 모두", "total"),
        ("N24", "한 에폭의 걸음", "steps"),
        ("N24", "평가의 걸음", "evaluation_steps"),
    ]
    frame = [
        {
            "번호": n,
            "무엇": what,
            "적힌 수": str(STATED[k]),
            "다시 얻은 수": str(counts[k]),
        }
        for n, what, k in rows
    ]
    last = f"{matrix['tanh'][0][1]:.3f}"
    frame.append(
        {"번호": "N25", "무엇": "tanh(3)", "적힌 수": "0.995", "다시 얻은 수": last}
    )
    return pd.DataFrame(frame)


def claim_shapes(counts):
    """MNIST와 CIFAR-10의 모양은 적힌 그대로입니다.

    원문: (N22) MNIST의 테스트 데이터와 CIFAR-10의 모양을 적었습니다.
    판정: 재현됨
    """
    return matches(counts, "mnist_test", "cifar")


def claim_parameters(counts):
    """784-100-10 신경망의 매개변수는 78,500개와 1,010개, 모두 79,510개입니다.

    원문: (N23) 층마다의 매개변수와 합을 적었습니다.
    판정: 재현됨
    """
    return matches(counts, "parameters", "total")


def claim_steps(counts):
    """48,000장은 배치 32로 한 에폭에 1,500걸음, 12,000장의 평가는 375걸음입니다.

    원문: (N24) 한 에폭 1500걸음, 평가 375걸음이라고 적었습니다. 걸음마다의 시간은
    컴퓨터에 달렸으므로 견주지 않았습니다.
    판정: 재현됨
    """
    return matches(counts, "steps", "evaluation_steps")


def matches(counts, *keys):
    same = all(counts[key] == STATED[key] for key in keys)
    return same, "다시 얻은 수: " + ", ".join(str(counts[key]) for key in keys) + "."


# ------------------------------------------------------------------- 연습


def experiment_answers(rows, copies):
    return {
        "rests": adam_rests(rows["rows"]),
        "one_tuple": repr(cell("(28, 28),", {})),
        "three_digits": copies["any_pair"] * 100,
        "loop": len(settings()),
    }


# --8<-- [start:answer_rests]
def adam_rests(rows):
    return [row["images"] % row["batch_size"] for row in rows[6:]]


# --8<-- [end:answer_rests]


# --8<-- [start:answer_loop]
def settings():
    batch_sizes, splits = (64, 128), (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    optimizers = ("sgd", "adam")
    return list(itertools.product(optimizers, batch_sizes, splits))


# --8<-- [end:answer_loop]

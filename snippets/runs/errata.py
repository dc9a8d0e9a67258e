"""원본 노트의 잘못 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import importlib.metadata
import io
import json
import math
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
import tensorflow as tf
from errata import (
    adam_rests,
    attempt,
    cell,
    coincidence,
    orders,
    settings,
)
from runs.cifar10_linear import SOURCE

# ------------------------------------------------------------ 코드를 실행하는 도구


def caught(code, names):
    """코드가 낸 경고의 종류와 첫 줄을 모두 돌려줍니다."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        error = attempt(code, names)
    assert not error, error
    return [
        f"{w.category.__name__}: {str(w.message).splitlines()[0]}"
        for w in found
    ]


def plainly(program, **environment):
    """프로그램을 새 파이썬에서 실행하고, 찍힌 마지막 줄을 읽습니다."""
    variables = {"TF_CPP_MIN_LOG_LEVEL": "3", **environment}
    first = f"import os; os.environ.update({variables})\n"
    ran = subprocess.run(
        [sys.executable, "-B", "-c", first + program],
        cwd=Path(__file__).parents[
            1
        ],  # 여기서 가져올 모듈이 있는 snippets 폴더
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


def tiny(samples=64, seed=0):
    """원문의 조각이 이미 있다고 여기는 이름들: 작은 데이터와 모델."""
    rng = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    md = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
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
    x = np.array(
        [[-1, 3, 2], [0, 2, -3], [-1, -4, 1]], dtype="float32"
    )  # (3, 3)
    return {
        "relu": keras.ops.relu(x).numpy().tolist(),  # (3, 3)
        "tanh": keras.ops.tanh(x).numpy().tolist(),  # (3, 3)
        "relu_of_zero": float(keras.ops.relu(0.0)),
    }


# --8<-- [end:matrix]


def experiment_rows(total=50_000):
    rows = []
    for optimizer, batch_size, split, accuracy, loss in SOURCE:
        images = math.floor(total * (1 - split))  # Keras와 같은 방법
        row = dict(
            optimizer=optimizer, batch_size=batch_size, split=split
        )
        row |= dict(images=images, rest=images % batch_size)
        rows.append(row | dict(accuracy=accuracy, loss=loss))
    return {"rows": rows}


def experiment_copies(rows):
    adam = [row for row in rows["rows"] if row["optimizer"] == "Adam"]
    printed = [(row["accuracy"], row["loss"]) for row in adam]
    accuracy, loss = np.array(
        sorted(set(printed))
    ).T  # 서로 다른 다섯 줄
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


# 진행 막대: 평균의 평균 ---------------------------------------------------------


PRINTED_FIRST = 0.7661  # 원본 노트의 ReLU 첫 에폭 (N19)
cases_bar = [dict(seed=seed) for seed in (0, 1, 2)]
smoke_bar = dict(samples=640)


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
        on_train_batch_end=lambda step, logs: running.append(
            float(logs["accuracy"])
        )
    )
    fit = model.fit(
        x, y, batch_size=batch_size, verbose=0, callbacks=[watch]
    )
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
        shown=(
            "name='fashion MNIST model'",
            "name='fashion_mnist_model'",
        ),
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
    keras.utils.clear_session(
        free_memory=False
    )  # 메모리까지 비우면 느립니다
    with tempfile.TemporaryDirectory() as folder:
        names = (
            {}
            if part.get("bare")
            else tiny() | {"path": f"{folder}/md.keras"}
        )
        error = attempt(part.get("setup", "") + part[code], names)
    plt.close("all")
    return error


def experiment_broken():
    # E12가 남기는 이름 범위가 다른 조각을 망치지 않도록 고친 코드를 먼저 돌립니다.
    fixed = {part["id"]: run_broken(part, "fixed") for part in BROKEN}
    late = sorted(BROKEN, key=lambda part: part["id"] == "E12")
    errors = {part["id"]: run_broken(part, "source") for part in late}
    names = tiny()
    made = attempt(
        "Sequential([keras.Input((784,))], name='a b').summary()", names
    )
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
    blind = plainly(
        QT, MPLBACKEND="Agg", DISPLAY="", WAYLAND_DISPLAY=""
    )
    screen = plainly(
        QT, MPLBACKEND="Agg", DISPLAY=":0", WAYLAND_DISPLAY=""
    )
    return {
        "qt": blind["qt"],
        "blind": blind["show"],
        "screen": screen["show"],
    }


def shortened(text, width=110):
    return text if len(text) <= width else text[: width - 1] + "…"


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
        "input_layer": caught(
            "Sequential([keras.Input((784,)), Dense(10)])", names
        ),
        "fromarray": caught(picture, names),
        "colours": names["colours"][0],
        "pillow": importlib.metadata.version("pillow"),
    }
    plt.close("all")
    return result


TYPOS = {  # 오타마다, 그 오타가 들어간 코드
    "Sofemax": "Dense(10, activation='sofemax')",
    "ross Entropy": "keras.losses.get('ross_entropy')",
    "sqd": "md.compile('sqd', 'mse')",
    "complile": "md.complile('sgd', 'mse')",
    "spilt": "md.fit(x, y, validation_spilt=0.2)",
}


# --8<-- [start:silent]
def experiment_silent():
    names = tiny()
    md, x, y = names["md"], names["x"], names["y"]
    md.compile(
        loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    result = {
        "optimizer": type(
            md.optimizer
        ).__name__,  # 아무것도 적지 않았습니다
        "lr": float(md.optimizer.learning_rate),
        "shown": len(
            cell(
                "md.evaluate(x, y, verbose=0)\nmd.get_weights()", names
            )
        ),
        "stored": len(md.evaluate(x, y, verbose=0)),
        "two_shapes": repr(
            cell("x.shape, x.shape\nx.shape, y.shape,", names)
        ),
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
        same = [
            bool(np.array_equal(a, b))
            for a, b in zip(before, md.get_weights())
        ]
    result["restored"] = all(same)
    result["typos"] = {
        word: attempt(code, names) for word, code in TYPOS.items()
    }
    return result


smoke_arrays = dict(draws=20_000, images=100)


def experiment_arrays(draws=1_000_000, images=1000, seed=0):
    rng = np.random.RandomState(seed)
    pixels = rng.randint(0, 256, (images, 3072)).astype(
        "uint8"
    )  # (n, 3072)
    wide, narrow = pixels / 255, pixels.astype("float32") / 255
    images_28 = pixels[:, :784].reshape(-1, 28, 28)  # (n, 28, 28)
    again = images_28.reshape(-1, 784).reshape(-1, 28, 28)
    splits = [
        np.random.RandomState(42).permutation(images)[:200]
        for _ in range(2)
    ]
    truth, guess = rng.randint(0, 3, 300), rng.randint(0, 3, 300)
    return {
        "largest": int(rng.randint(0, 255, draws).max()),
        "largest_256": int(rng.randint(0, 256, draws).max()),
        "dtype": str(wide.dtype),
        "gigabytes": wide.nbytes
        / images
        * 50_000
        / 1e9,  # 훈련 이미지 5만 장
        "gigabytes_float32": narrow.nbytes / images * 50_000 / 1e9,
        "difference": float(
            np.abs(wide.astype("float32") - narrow).max()
        ),
        "round_trip": bool(np.array_equal(images_28, again)),
        "same_split": bool(np.array_equal(*splits)),
        "accuracy": [
            float(np.mean(truth == guess)),
            float(np.mean(guess == truth)),
        ],
        "recall": [recall(truth, guess), recall(guess, truth)],
    }


def recall(truth, guess, label=0):
    return float(np.mean(guess[truth == label] == label))


# 이어서 학습하기 ----------------------------------------------------------------


smoke_continued = dict(samples=320, epochs=2)


# --8<-- [start:continued]
def experiment_continued(samples=2000, epochs=4, seed=0):
    (x, y), _ = keras.datasets.mnist.load_data()
    x = x[:samples].reshape(-1, 784) / np.float32(255)  # (n, 784)
    y = y[:samples]
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    losses, iterations = {}, {}
    for name in ("처음", "fit을 다시", "compile하고 fit", "새 모델"):
        if name == "새 모델":
            model = keras.models.clone_model(
                model
            )  # 가중치를 새로 뽑습니다
        if name != "fit을 다시":
            model.compile("sgd", "sparse_categorical_crossentropy")
        fit = model.fit(x, y, epochs=epochs, verbose=0)
        losses[name] = fit.history["loss"]
        iterations[name] = int(model.optimizer.iterations.numpy())
    return {"losses": losses, "iterations": iterations}


# --8<-- [end:continued]


# 에폭마다 같은 순서 -------------------------------------------------------------


def both_orders():
    """시드가 없는 학습을 먼저 합니다. 한번 정한 시드는 뒤의 학습에도 남습니다."""
    free = orders()
    return {
        "free": free,
        "seeded": orders(seed=0),
        "again": orders(seed=0),
    }


def experiment_orders():
    # 결정적인 연산만 쓰게 하면 TensorFlow는 시드 없이 섞지 않으므로 새 파이썬에서 끕니다.
    name = both_orders.__name__
    program = f"import json; from runs.errata import {name}; "
    program += f"print(json.dumps({name}()))"
    return plainly(program, TF_DETERMINISTIC_OPS="0")


# 말과 정의 ---------------------------------------------------------------------


def mlp(dropout):
    layers = [
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
    ]
    layers += [keras.layers.Dense(64, activation="relu")]
    layers += [keras.layers.Dropout(0.5)] if dropout else []
    layers += [keras.layers.Dense(10, activation="softmax")]
    return keras.Sequential(layers)


def experiment_words(seed=0):
    keras.utils.set_random_seed(seed)
    model = mlp(dropout=False)
    scores = keras.Model(model.inputs, model.layers[-2].output)
    W, b = model.layers[-1].get_weights()  # (64, 10), (10,)
    x = (
        np.random.default_rng(seed)
        .normal(size=(2, 784))
        .astype("float32")
    )  # (2, 784)
    s = scores(x).numpy() @ W + b  # (2, 10)
    middle = (
        scores(x.mean(axis=0, keepdims=True)).numpy() @ W + b
    )  # (1, 10)
    dropped = keras.layers.Dropout(0.5, seed=seed)(
        np.ones((100, 64)), training=True
    )
    steps = {}
    for batch_size in (None, 1, 320):
        md = keras.Sequential(
            [keras.Input((1,)), keras.layers.Dense(1)]
        )
        md.compile("sgd", "mse")
        zeros = np.zeros((320, 1))
        md.fit(zeros, zeros, batch_size=batch_size, verbose=0)
        steps[str(batch_size)] = int(md.optimizer.iterations.numpy())
    return {
        "probability_sums": model(x).numpy().sum(axis=1).tolist(),
        "bend": float(np.abs(s.mean(axis=0) - middle[0]).max()),
        "dropped_values": sorted(
            set(np.array(dropped).ravel().tolist())
        ),
        "parameters": [
            mlp(dropout=False).count_params(),
            mlp(True).count_params(),
        ],
        "sgd_steps": steps,
    }


# ----------------------------------------------------------------- 적힌 수


smoke_counts = dict(images=320, held_out=320)


def experiment_counts(images=48_000, held_out=12_000):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    (c, _), (c_test, _) = keras.datasets.cifar10.load_data()
    keras.utils.set_random_seed(0)
    dense = keras.layers.Dense
    model = keras.Sequential(
        [keras.Input((784,)), dense(100), dense(10)]
    )
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
        "evaluation_steps": int(
            re.findall(r"(\d+)/\d+", shown.getvalue())[-1]
        ),
    }


STATED = {
    "mnist_test": [[10_000, 28, 28], [10_000]],
    "cifar": [[50_000, 32, 32, 3], [10_000, 32, 32, 3]],
    "parameters": [78_500, 1_010],
    "total": 79_510,
    "steps": 1500,
    "evaluation_steps": 375,
}


# ------------------------------------------------------------------- 연습


def experiment_answers(rows, copies):
    return {
        "rests": adam_rests(rows["rows"]),
        "one_tuple": repr(cell("(28, 28),", {})),
        "three_digits": copies["any_pair"] * 100,
        "loop": len(settings()),
    }

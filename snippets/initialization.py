"""가중치 초기화: 같은 신경망이 처음 가중치만으로 배우기도 하고 못 배우기도 합니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
SHALLOW = (784, 128, 64, 10)
DEEP = (784, 64, 64, 64, 64, 64, 64, 10)
LABELS = {
    "zeros": "모두 0",
    "constant": "모두 0.01",
    "normal_0001": "N(0, 0.001²)",
    "normal_001": "N(0, 0.01²)",
    "normal_1": "N(0, 1²)",
    "lecun": "LeCun",
    "glorot": "Glorot",
    "he": "He",
}
T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)


# ---------------------------------------------------------------- 처음 가중치


# --8<-- [start:draw]
def deviation(init, n_in, n_out):
    """가중치를 뽑을 정규분포의 표준편차."""
    return {
        "zeros": 0.0,
        "normal_0001": 0.001,
        "normal_001": 0.01,
        "normal_1": 1.0,
        "lecun": np.sqrt(1 / n_in),
        "glorot": np.sqrt(2 / (n_in + n_out)),
        "he": np.sqrt(2 / n_in),
    }[init]


def draw(init, n_in, n_out, rng):
    if init == "constant":
        return np.full((n_in, n_out), 0.01)
    return rng.normal(0, deviation(init, n_in, n_out), (n_in, n_out))


# --8<-- [end:draw]


def load_digits(samples):
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x, x_test = (a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test))
    return (x[:samples], y[:samples]), (x_test, y_test)


def build(sizes, lr, normalize=False):
    model = keras.Sequential([keras.Input((sizes[0],))])
    for units in sizes[1:-1]:
        model.add(keras.layers.Dense(units))
        if normalize:
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(sizes[-1]))  # (n, 10) 점수
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    # 한 번에 20걸음씩 그래프 안에서 돌려 시간을 아낍니다. 결과는 같습니다.
    model.compile(keras.optimizers.SGD(lr), loss, steps_per_execution=20)
    return model


# --8<-- [start:restart]
def restart(model, blank, init, seed):
    """행렬만 새로 뽑습니다. 편향은 Keras가 처음에 만든 0입니다."""
    rng = np.random.default_rng(seed)
    fresh = [draw(init, *w.shape, rng) if w.ndim == 2 else w for w in blank]
    model.set_weights(fresh)


# --8<-- [end:restart]


def first_look(model, x, y):
    """학습하기 전의 손실과, 행렬마다 기울기의 크기를 가중치의 크기로 나눈 값."""
    import tensorflow as tf

    kernels = [w.value for w in model.trainable_weights if len(w.shape) == 2]
    with tf.GradientTape() as tape:
        loss = model.loss(y, model(x))
    norms = [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
    return float(loss), norms


def learn(sizes, init, lr, seeds, samples, epochs, batch_size, normalize=False):
    """초기화 하나를 시드마다 학습합니다. 신경망은 하나를 만들어 거듭 씁니다."""
    (x, y), (x_test, y_test) = load_digits(samples)
    model = build(sizes, lr, normalize)
    blank = model.get_weights()
    result = {key: [] for key in ("first", "gradients", "loss", "accuracy", "apart")}
    for seed in seeds:
        restart(model, blank, init, seed)
        loss, norms = first_look(model, x[:1000], y[:1000])
        keras.utils.set_random_seed(seed)
        history = model.fit(x, y, batch_size=batch_size, epochs=epochs, verbose=0)
        scores = np.asarray(model(x_test))  # (10000, 10)
        W = model.get_weights()[0]  # (784, 128): 열 하나가 유닛 하나의 가중치
        result["first"].append(loss)
        result["gradients"].append(norms)
        result["loss"].append([float(v) for v in history.history["loss"]])
        result["accuracy"].append(float(np.mean(scores.argmax(axis=1) == y_test)))
        result["apart"].append(float(np.ptp(W, axis=1).max()))  # 열끼리의 차이
    return result


# ------------------------------------------------------- 처음 가중치만 다른 여덟 학습

cases_fit = [dict(init=init) for init in LABELS if init != "lecun"]


def experiment_fit(
    init="he", lr=0.2, epochs=5, batch_size=50, samples=5000, seeds=SEEDS
):
    return learn(SHALLOW, init, lr, seeds, samples, epochs, batch_size)


cases_deep = [
    dict(init=init, normalize=normalize)
    for init, normalize in (
        ("normal_001", False),
        ("glorot", False),
        ("he", False),
        ("normal_001", True),
    )
]


def experiment_deep(
    init="he",
    normalize=False,
    lr=0.2,
    epochs=4,
    batch_size=50,
    samples=5000,
    seeds=SEEDS,
):
    return learn(DEEP, init, lr, seeds, samples, epochs, batch_size, normalize)


cases_stuck = [
    dict(init=init, lr=lr)
    for init, lr in (
        ("he", 0.0002),
        ("he", 0.002),
        ("he", 0.02),
        ("normal_0001", 2.0),
        ("zeros", 2.0),
        ("normal_1", 0.002),
    )
]


def experiment_stuck(
    init="he", lr=0.002, epochs=3, batch_size=50, samples=5000, seeds=SEEDS[:3]
):
    return learn(SHALLOW, init, lr, seeds, samples, epochs, batch_size)


# ---------------------------------------------------------------- 층을 지나는 크기


# --8<-- [start:flow]
def flow(activation, init, depth, width, rng, images=128):
    f = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[activation]
    h = rng.normal(size=(images, width))  # (n, 유닛 수): 평균 0, 표준편차 1인 입력
    weights, zs = [], []
    for _ in range(depth):
        weights.append(draw(init, width, width, rng))  # (유닛 수, 유닛 수)
        zs.append(h @ weights[-1])  # (n, 유닛 수)
        h = f(zs[-1])
    g = rng.normal(size=h.shape)  # (n, 유닛 수): 마지막 층에 닿은 기울기 ∂L/∂h
    gradients = []
    for W, z in zip(reversed(weights), reversed(zs), strict=True):
        g = g * (z > 0 if activation == "relu" else 1 - np.tanh(z) ** 2)  # ∂L/∂z
        gradients.append(g)
        g = g @ W.T
    return zs, gradients[::-1]  # 층 차례


# --8<-- [end:flow]

FLOWS = ("normal_1", "normal_001", "glorot", "he")


def experiment_spread(depth=20, width=128, seeds=SEEDS[:3]):
    result = {}
    for activation in ("tanh", "relu"):
        for init in FLOWS:
            forward, backward, outputs = [], [], []
            for seed in seeds:
                rng = np.random.default_rng(seed)
                zs, gradients = flow(activation, init, depth, width, rng)
                forward.append([float(z.std()) for z in zs])
                backward.append([float(g.std()) for g in gradients])
                outputs.append(np.tanh(zs[depth // 2 - 1]).ravel())
            counts, _ = np.histogram(np.concatenate(outputs), np.linspace(-1, 1, 42))
            result[f"{activation}_{init}"] = {
                "forward": np.median(forward, axis=0).tolist(),
                "backward": np.median(backward, axis=0).tolist(),
                "histogram": (counts / counts.sum()).tolist(),
            }
    return result


# ---------------------------------------------------------------- Keras의 기본값


# --8<-- [start:keras_default]
def experiment_keras_default(inputs=784, units=128, seed=0):
    keras.utils.set_random_seed(seed)
    layer = keras.layers.Dense(units)
    layer.build((None, inputs))
    W, b = layer.get_weights()  # (784, 128), (128,)
    return {
        "name": layer.kernel_initializer.__class__.__name__,
        "limit": float(np.abs(W).max()),
        "std": float(W.std()),
        "bias": float(np.abs(b).max()),
    }


# --8<-- [end:keras_default]


# ---------------------------------------------------------------- 다시 실행하면


def experiment_rerun(epochs=1, batch_size=50, samples=5000, lr=0.002, seeds=SEEDS[:3]):
    (x, y), _ = load_digits(samples)
    result = {
        key: [] for key in ("new", "again", "compiled", "cloned", "before", "after")
    }

    def compile_and_fit(model, compile=True):
        if compile:
            loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
            optimizer = keras.optimizers.Adam(lr)
            model.compile(optimizer, loss, steps_per_execution=20)
        history = model.fit(x, y, batch_size=batch_size, epochs=epochs, verbose=0)
        return history.history["loss"][0]  # 첫 에폭의 훈련 손실

    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build((784, 32, 10), lr)
        result["new"].append(compile_and_fit(model))
        result["again"].append(compile_and_fit(model, compile=False))
        result["before"].append(int(model.optimizer.iterations))
        weights = model.get_weights()
        model.compile(keras.optimizers.Adam(lr), model.loss)
        kept = all(
            np.array_equal(a, b)
            for a, b in zip(weights, model.get_weights(), strict=True)
        )
        result["after"].append(int(model.optimizer.iterations))
        result["compiled"].append(compile_and_fit(model))
        result["cloned"].append(compile_and_fit(keras.models.clone_model(model)))
        result["kept"] = bool(kept and result.get("kept", True))
    return result


# ---------------------------------------------------------------- 모으고 그립니다

LN10 = float(np.log(10))
SHORT = {  # 좁은 표에서 줄이 갈라지지 않게 붙임 빈칸을 씁니다
    name: label.replace(", 0.", ", .").replace(" ", "\u00a0")
    for name, label in LABELS.items()
}


def pick(frame, key, **where):
    """조건에 맞는 사례 하나의 값을 배열로 돌려줍니다."""
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    return np.array(frame[key].iloc[0], dtype=float)


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    return difference.mean(), T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)


def experiment_summary(fit, deep, stuck):
    return {
        "fit": {
            init: {
                "first": float(pick(fit, "first", init=init).mean()),
                "first_max": float(pick(fit, "first", init=init).max()),
                "gradient": float(pick(fit, "gradients", init=init)[:, 0].mean()),
                "accuracy": float(pick(fit, "accuracy", init=init).mean()),
                "apart": float(pick(fit, "apart", init=init).max()),
                "loss": pick(fit, "loss", init=init).mean(axis=0).tolist(),
            }
            for init in fit["init"]
        },
        "deep": {
            ("batch" if row.normalize else row.init): float(np.mean(row.accuracy))
            for row in deep.itertuples()
        },
        "stuck": {
            f"{row.init}_{row.lr:g}".replace(".", ""): {
                "loss": float(np.mean(row.loss, axis=0)[-1]),
                "accuracy": float(np.mean(row.accuracy)),
            }
            for row in stuck.itertuples()
        },
    }


def figure_fates(fit):
    """처음 가중치만 다른 같은 신경망의 훈련 손실. 선은 시드 5개의 중앙값, 띠는 최소와
    최대, 0에폭은 학습하기 전의 손실입니다. N(0, 1²)은 그림보다 훨씬 높은 곳에서
    시작합니다.

    대체 텍스트: He의 손실은 곧바로 0.1 근처까지 내려갑니다. N(0, 0.01²)은 첫 에폭을
    평평하게 가다가 뒤늦게 내려가고, 모두 0인 경우와 N(0, 1²)은 ln 10의 파선에
    붙어 있습니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    shown = {"he": "o", "normal_001": "s", "zeros": "^", "normal_1": "x"}
    for init, marker in shown.items():
        first = pick(fit, "first", init=init)[:, None]  # (시드 수, 1)
        curve = np.hstack([first, pick(fit, "loss", init=init)])
        epoch = np.arange(curve.shape[1])
        ax.plot(epoch, np.median(curve, axis=0), marker + "-", label=LABELS[init])
        ax.fill_between(epoch, curve.min(axis=0), curve.max(axis=0), alpha=0.2)
    ax.axhline(LN10, color="C6", linestyle="--", linewidth=1)
    ax.text(5, LN10 + 0.06, "ln 10", ha="right")
    ax.set(ylim=(0, 3), xlabel="에폭", ylabel="훈련 손실", xticks=range(6))
    ax.legend(loc=(0.64, 0.4))
    return fig


def draw_flow(spread, part, title):
    fig, axes = plt.subplots(
        1, 2, figsize=(7, 3.7), sharex=True, sharey=True, layout="constrained"
    )
    for ax, activation in zip(axes, ("tanh", "relu"), strict=True):
        for init, marker in zip(FLOWS, "x^so", strict=True):
            std = spread[f"{activation}_{init}"][part]
            layer = np.arange(1, len(std) + 1)
            ax.semilogy(layer, std, marker + "-", markersize=4, label=LABELS[init])
        ax.set(title=activation.replace("relu", "ReLU"), xlabel="층 번호")
        ax.set(xticks=[1, 5, 10, 15, 20], ylim=(1e-24, 1e22))
    axes[0].set_ylabel(title)
    fig.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4
    )
    return fig


def figure_forward(spread):
    """층을 지나는 값 z의 표준편차. 학습하기 전, 폭 128인 은닉층 20개, 시드 3개의
    중앙값입니다.

    대체 텍스트: ReLU에서 He의 선만 1 근처에서 수평입니다. N(0, 1²)은 로그 눈금에서 곧게
    올라가고, N(0, 0.01²)은 곧게 떨어지며, Glorot는 천천히 내려갑니다. tanh에서는
    N(0, 1²)이 10 남짓에서 멈추고 He는 1 근처에 남으며 Glorot는 천천히 줄어듭니다.
    """
    return draw_flow(spread, "forward", "z의 표준편차")


def figure_backward(spread):
    """거꾸로 흐르는 기울기 ∂L/∂z의 표준편차. 20층의 출력에 크기 1인 기울기를 넣고 1층까지
    거슬러 갔습니다. 오른쪽에서 왼쪽으로 읽습니다.

    대체 텍스트: 왼쪽 1층으로 갈수록 N(0, 1²)은 커지고 N(0, 0.01²)은 작아집니다.
    He는 두 그림 모두 거의 수평이고, Glorot는 tanh에서 완만하게 작아집니다.
    """
    return draw_flow(spread, "backward", "∂L/∂z의 표준편차")


def figure_histogram(spread):
    """Tanh 신경망에서 10층의 출력 h. 왼쪽은 거의 모두 0이고, 가운데는 거의 모두 −1이나 1이며,
    오른쪽만 그 사이에 퍼져 있습니다.

    대체 텍스트: N(0, 0.01²)의 막대는 0 하나에, N(0, 1²)의 막대는 양 끝에 몰려 있고,
    Glorot의 막대는 종 모양입니다.
    """
    fig, axes = plt.subplots(1, 3, figsize=(7, 2.5), sharex=True, layout="constrained")
    for ax, init in zip(axes, ("normal_001", "normal_1", "glorot"), strict=True):
        share = spread[f"tanh_{init}"]["histogram"]
        edges = np.linspace(-1, 1, len(share) + 1)
        ax.bar(edges[:-1], share, np.diff(edges), align="edge")
        ax.set(title=LABELS[init], xlabel="$h$", yticks=[])
    axes[0].set_ylabel("비율")
    return fig


def table_first(fit):
    """학습하기 전의 손실과 첫 층 기울기의 크기, 5에폭 뒤의 테스트 정확도. MNIST 5000장,
    시드 5개의 평균입니다.
    """
    rows = [
        {
            "초기화": SHORT[init],
            "처음 손실": pick(fit, "first", init=init).mean(),
            "첫 층 기울기": pick(fit, "gradients", init=init)[:, 0].mean(),
            "정확도": pick(fit, "accuracy", init=init).mean(),
        }
        for init in fit["init"]
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "처음 손실": ".3f",
        "첫 층 기울기": ".2g",
        "정확도": ".3f",
    }
    return frame


def table_depth(deep):
    """은닉층이 여섯인 신경망의 테스트 정확도. MNIST 5000장, SGD(0.2), 4에폭, 시드
    5개의 평균과 표준편차입니다.
    """
    rows = [
        {
            "초기화": SHORT[row.init],
            "배치 정규화": "씀" if row.normalize else "안 씀",
            "정확도": np.mean(row.accuracy),
            "표준편차": np.std(row.accuracy, ddof=1),
        }
        for row in deep.itertuples()
    ]
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {"정확도": ".3f", "표준편차": ".3f"}
    return frame


def table_stuck(fit, stuck):
    """초기화와 학습률을 바꾼 세 에폭의 훈련 손실. 기울기는 학습하기 전 첫 층에서
    잰 크기입니다. MNIST 5000장, 시드 평균입니다.
    """
    rows = []
    for frame, init, lr in (
        (fit, "zeros", 0.2),
        (stuck, "zeros", 2.0),
        (fit, "normal_0001", 0.2),
        (stuck, "normal_0001", 2.0),
        (stuck, "he", 0.0002),
        (stuck, "he", 0.002),
        (stuck, "he", 0.02),
        (fit, "normal_1", 0.2),
        (stuck, "normal_1", 0.002),
    ):
        where = {"init": init} | ({"lr": lr} if "lr" in frame else {})
        rows.append(
            {
                "초기화": SHORT[init],
                "학습률": lr,
                "기울기": pick(frame, "gradients", **where)[:, 0].mean(),
                "1에폭": pick(frame, "loss", **where)[:, 0].mean(),
                "3에폭": pick(frame, "loss", **where)[:, 2].mean(),
            }
        )
    frame = pd.DataFrame(rows)
    frame.attrs["format"] = {
        "학습률": "g",
        "기울기": ".2g",
        "1에폭": ".3g",
        "3에폭": ".3g",
    }
    return frame


# ---------------------------------------------------------------- 확인합니다


def claim_symmetry(fit):
    """행렬을 상수로 채우면 첫 층의 유닛 128개는 학습이 끝나도 모두 같은 유닛입니다.

    학습한 W₁의 열끼리 뺀 값 가운데 가장 큰 것을 잽니다. 부동소수점 오차보다 큰
    1e-3을 넘으면 다르다고 봅니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 5에폭, 시드 5개.
    """
    apart = {
        init: pick(fit, "apart", init=init) for init in ("zeros", "constant", "he")
    }
    evidence = "열끼리의 가장 큰 차이: " + ", ".join(
        f"{LABELS[init]} {value.max():.1g}" for init, value in apart.items()
    )
    same = max(apart["zeros"].max(), apart["constant"].max())
    return bool(same < 1e-3 and apart["he"].min() > 0.01), evidence + "."


def claim_zeros(fit):
    """0과 N(0, 0.001²)에서 시작하면 다섯 에폭이 지나도 손실이 ln 10에 머뭅니다.

    머문다는 것은 훈련 손실이 ln 10과 0.02 안에서 같다는 뜻입니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 시드 5개 모두.
    """
    last = [pick(fit, "loss", init=i)[:, -1] for i in ("zeros", "normal_0001")]
    worst = max(np.abs(values - LN10).max() for values in last)
    return bool(
        worst < 0.02
    ), f"마지막 훈련 손실과 ln 10의 차이는 최대 {worst:.4f}입니다."


def claim_small(fit):
    """N(0, 0.01²)의 평평한 구간은 저절로 끝나지만, 그만큼 He보다 정확도가 낮습니다.

    첫 에폭의 손실은 ln 10과 0.02 안에서 같고, 다섯째 에폭에는 1보다 작습니다.
    MNIST 5000장, 784-128-64-10, SGD(0.2), 5에폭, 시드 5개.
    """
    loss = pick(fit, "loss", init="normal_001")
    mean, half = paired(
        pick(fit, "accuracy", init="he"), pick(fit, "accuracy", init="normal_001")
    )
    flat = np.abs(loss[:, 0] - LN10).max() < 0.02
    evidence = (
        f"훈련 손실 {loss[:, 0].mean():.3f} → {loss[:, -1].mean():.3f}, "
        f"정확도 차이 He − N(0, 0.01²) {mean:+.3f} ± {half:.3f} (95 % 신뢰 구간)."
    )
    return bool(flat and loss[:, -1].max() < 1 and mean - half > 0), evidence


def claim_large(fit, stuck):
    """N(0, 1²)은 학습률 0.2에서 배우지 못하고, 0.002로 낮추면 반쯤 배웁니다.

    처음 손실이 백을 넘습니다. 반쯤 배운다는 것은 정확도가 0.4와 0.8 사이라는 뜻입니다.
    MNIST 5000장, 784-128-64-10. 0.2는 5에폭에 시드 5개, 0.002는 3에폭에 시드 3개.
    """
    first = pick(fit, "first", init="normal_1")
    bad = pick(fit, "accuracy", init="normal_1")
    slow = pick(stuck, "accuracy", init="normal_1", lr=0.002)
    evidence = (
        f"처음 손실 {first.min():.0f}–{first.max():.0f}, 정확도는 0.2에서 "
        f"{bad.mean():.3f}, 0.002에서 {slow.mean():.3f}입니다."
    )
    holds = (
        first.min() > 100 and bad.max() < 0.2 and 0.4 < slow.min() <= slow.max() < 0.8
    )
    return bool(holds), evidence


def experiment_growth(spread, width=128):
    """ReLU에서 한 층을 지날 때 z의 표준편차가 몇 배가 되는지, 잰 값과 식의 값."""
    rows = {}
    for init in FLOWS:
        std = spread[f"relu_{init}"]["forward"]
        back = spread[f"relu_{init}"]["backward"]
        rows[init] = {
            "measured": float((std[-1] / std[0]) ** (1 / (len(std) - 1))),
            "backward": float((back[0] / back[-1]) ** (1 / (len(back) - 1))),
            "theory": float(np.sqrt(width / 2) * deviation(init, width, width)),
            "last": float(std[-1]),
        }
    return rows


def claim_growth(growth):
    """ReLU 층을 지날 때 z와 기울기는 모두 √(n/2)·σ배가 됩니다.

    은닉층 20개의 기하평균이 식과 2 % 안에서 같으면 맞다고 봅니다. n은 폭 128, σ는 가중치의
    표준편차입니다. 학습 전, 시드 3개의 중앙값.
    """
    error = max(
        abs(row[part] / row["theory"] - 1)
        for row in growth.values()
        for part in ("measured", "backward")
    )
    evidence = ", ".join(
        f"{LABELS[init]} 앞으로 {row['measured']:.3f}배, 뒤로 {row['backward']:.3f}배"
        f"(식 {row['theory']:.3f})"
        for init, row in growth.items()
    )
    return bool(error < 0.02), evidence + "."


def claim_deep(deep):
    """은닉층이 여섯이면 N(0, 0.01²)은 배우지 못하고 Glorot와 He는 배웁니다.

    배우지 못한다는 것은 시드마다 정확도가 0.2보다 낮다는 뜻이고, 배운다는 것은 0.7보다 높다는
    뜻입니다. Glorot와 He의 차이는 근거에 적기만 하고 판정하지 않았습니다.
    MNIST 5000장, ReLU 64개씩 은닉층 여섯, SGD(0.2), 4에폭, 시드 5개.
    """
    where = {"normalize": False}
    small, glorot, he = (
        pick(deep, "accuracy", init=init, **where)
        for init in ("normal_001", "glorot", "he")
    )
    mean, half = paired(he, glorot)
    evidence = (
        f"정확도 N(0, 0.01²) {small.mean():.3f}, Glorot {glorot.mean():.3f}, "
        f"He {he.mean():.3f}, He − Glorot {mean:+.3f} ± {half:.3f}."
    )
    learned = min(glorot.min(), he.min()) > 0.7
    return bool(small.max() < 0.2 and learned), evidence


def claim_normalised(deep):
    """배치 정규화를 넣으면 N(0, 0.01²)에서 시작한 여섯 은닉층도 배웁니다.

    배운다는 것은 시드마다 정확도가 0.7보다 높다는 뜻입니다. He만 쓴 것과의 차이는 근거에 적기만
    하고 판정하지 않았습니다.
    MNIST 5000장, ReLU 64개씩 은닉층 여섯, SGD(0.2), 4에폭, 시드 5개.
    """
    accuracy = pick(deep, "accuracy", init="normal_001", normalize=True)
    without = pick(deep, "accuracy", init="normal_001", normalize=False)
    mean, half = paired(accuracy, pick(deep, "accuracy", init="he"))
    evidence = (
        f"정확도 {without.mean():.3f} → {accuracy.mean():.3f}, "
        f"배치 정규화 − He {mean:+.3f} ± {half:.3f}."
    )
    return bool(accuracy.min() > 0.7 > without.max()), evidence


def claim_diagnosis(fit, stuck):
    """시작하지 않는 곡선은 초기화 탓일 수도, 학습률이 너무 작은 탓일 수도 있습니다.

    N(0, 0.001²)과 학습률 0.0002인 He는 셋째 에폭에도 손실이 2.2보다 큽니다. 앞의 것은
    시드를 바꾸어 같은 분포에서 다시 뽑아도, 학습률을 10배로 올려도 풀리지 않고
    분포를 He로 바꾸면 풀립니다. 뒤의 것은 학습률만 올리면 풀립니다.
    MNIST 5000장, 784-128-64-10, 시드 3–5개 모두.

    원문: (C09) 학습 곡선이 처음부터 나아지지 않으면 초기 가중치가 잘못된 것이니 다시
    정합니다.
    판정: 조건부
    """
    redrawn = pick(fit, "loss", init="normal_0001")[:, 2]
    raised = pick(stuck, "loss", init="normal_0001", lr=2.0)[:, 2]
    crawling = pick(stuck, "loss", init="he", lr=0.0002)[:, 2]
    faster = pick(stuck, "loss", init="he", lr=0.02)[:, 2]
    cured = pick(fit, "loss", init="he")[:, 2]
    evidence = (
        f"셋째 에폭의 훈련 손실: N(0, 0.001²) {redrawn.mean():.2f}, 학습률 10배 "
        f"{raised.mean():.2f}, He로 바꾸면 {cured.mean():.2f}. He에 학습률 0.0002 "
        f"{crawling.mean():.2f}, 100배로 올리면 {faster.mean():.2f}."
    )
    flat = min(redrawn.min(), raised.min(), crawling.min()) > 2.2
    return bool(flat and max(faster.max(), cured.max()) < 1), evidence


def claim_rerun(rerun):
    """fit을 다시 부르거나 compile을 다시 해도 가중치는 이어지고, 새 모델만 처음부터입니다.

    compile은 옵티마이저의 걸음 수를 0으로 되돌리지만 가중치는 하나도 바꾸지 않습니다.
    MNIST 5000장, 784-32-10, Adam(0.002), 1에폭씩, 시드 3개의 첫 에폭 훈련 손실.
    """
    mean = {k: np.mean(rerun[k]) for k in ("new", "again", "compiled", "cloned")}
    evidence = (
        f"처음 {mean['new']:.2f}, 다시 fit {mean['again']:.2f}, 다시 compile하고 fit "
        f"{mean['compiled']:.2f}, clone_model {mean['cloned']:.2f}. compile 전후의 걸음 수 "
        f"{rerun['before'][0]} → {rerun['after'][0]}."
    )
    continued = max(rerun["again"] + rerun["compiled"]) < 0.7 * min(rerun["new"])
    fresh = abs(mean["cloned"] / mean["new"] - 1) < 0.1
    reset = set(rerun["after"]) == {0} and min(rerun["before"]) > 0
    return bool(continued and fresh and reset and rerun["kept"]), evidence


def claim_keras_default(keras_default):
    """Keras의 Dense는 Glorot 균등분포로 가중치를, 0으로 편향을 시작합니다.

    784-128 층에서 균등분포의 끝은 √(6 / (784 + 128))입니다.
    """
    limit = np.sqrt(6 / (784 + 128))
    evidence = (
        f"{keras_default['name']}, 가중치의 가장 큰 크기 {keras_default['limit']:.4f}"
        f"(식 {limit:.4f}), 표준편차 {keras_default['std']:.4f}, "
        f"편향 {keras_default['bias']:.0f}."
    )
    named = keras_default["name"] == "GlorotUniform" and keras_default["bias"] == 0
    return bool(named and 0.99 < keras_default["limit"] / limit <= 1), evidence


# ---------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_scales]
def answer_scales(n_in=784, n_out=128):
    return {
        "lecun": np.sqrt(1 / n_in),
        "glorot": np.sqrt(2 / (n_in + n_out)),
        "he": np.sqrt(2 / n_in),
        "limit": np.sqrt(6 / (n_in + n_out)),  # 균등분포: 표준편차 × √3
    }


# --8<-- [end:answer_scales]


# --8<-- [start:answer_fade]
def answer_fade(depth=10, width=256, std=0.01):
    per_layer = np.sqrt(width) * std  # tanh: 0 근처에서는 h ≈ z
    return {
        "tanh": per_layer**depth,
        "relu": (per_layer / np.sqrt(2)) ** depth,  # ReLU: 층마다 √½이 더 곱해집니다
    }


# --8<-- [end:answer_fade]


# --8<-- [start:answer_zero_output]
def answer_zero_output(steps=2, lr=0.1, seed=0):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(20, 3)), rng.normal(size=(20, 1))  # (20, 3), (20, 1)
    W1, W2 = rng.normal(size=(3, 4)), np.zeros((4, 1))  # 마지막 층만 0
    norms = []
    for _ in range(steps):
        h = np.maximum(x @ W1, 0)  # (20, 4)
        error = (h @ W2 - y) / len(x)  # (20, 1)
        g1 = x.T @ (error @ W2.T * (h > 0))  # (3, 4)
        g2 = h.T @ error  # (4, 1)
        norms.append([float(np.linalg.norm(g1)), float(np.linalg.norm(g2))])
        W1, W2 = W1 - lr * g1, W2 - lr * g2
    return norms


# --8<-- [end:answer_zero_output]


def experiment_answers():
    return {
        "scales": {key: float(value) for key, value in answer_scales().items()},
        "fade": {key: float(value) for key, value in answer_fade().items()},
        "zero_output": answer_zero_output(),
    }

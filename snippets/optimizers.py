"""옵티마이저: 규칙 일곱을 NumPy로 쓰고, 같은 골짜기와 같은 신경망에서 견줍니다."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

SEEDS = (0, 1, 2, 3, 4)
LABELS = {
    "sgd": "SGD",
    "momentum": "모멘텀",
    "nesterov": "Nesterov",
    "adagrad": "Adagrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamw": "AdamW",
}
NAMES = tuple(LABELS)[:6]
ADAPTIVE = ("adagrad", "rmsprop", "adam")


# ---------------------------------------------------------------- 규칙 일곱


# --8<-- [start:sgd]
def sgd(w, g, state, lr):
    return w - lr * g


# --8<-- [end:sgd]


# --8<-- [start:momentum]
def momentum(w, g, state, lr, beta=0.9):
    v = state["v"] = beta * state.get("v", 0) - lr * g  # 쌓인 걸음
    return w + v


# --8<-- [end:momentum]


# --8<-- [start:nesterov]
def nesterov(w, g, state, lr, beta=0.9):  # w는 이미 한 걸음 내다본 곳입니다
    v = state["v"] = beta * state.get("v", 0) - lr * g
    return w + beta * v - lr * g


# --8<-- [end:nesterov]


# --8<-- [start:adagrad]
def adagrad(w, g, state, lr, start=0.1, eps=1e-7):
    s = state["s"] = state.get("s", start) + g**2  # 제곱의 합
    return w - lr * g / np.sqrt(s + eps)


# --8<-- [end:adagrad]


# --8<-- [start:rmsprop]
def rmsprop(w, g, state, lr, rho=0.9, eps=1e-7):
    s = state["s"] = rho * state.get("s", 0) + (1 - rho) * g**2  # 제곱의 평균
    return w - lr * g / np.sqrt(s + eps)


# --8<-- [end:rmsprop]


# --8<-- [start:adam]
def adam(w, g, state, lr, beta1=0.9, beta2=0.999, eps=1e-7):
    t = state["t"] = state.get("t", 0) + 1  # 몇째 걸음인지
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g  # 평균
    s = state["s"] = beta2 * state.get("s", 0) + (1 - beta2) * g**2  # 제곱의 평균
    corrected = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)  # 편향 보정
    return w - corrected * m / (np.sqrt(s) + eps)


# --8<-- [end:adam]


# --8<-- [start:adamw]
def adamw(w, g, state, lr, decay=0.004):
    return adam(w - lr * decay * w, g, state, lr)


# --8<-- [end:adamw]

RULES = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
}


# ------------------------------------------------------------- NumPy 신경망


def unpack(theta, sizes):
    """일렬로 늘어놓은 매개변수 θ를 층마다의 가중치와 편향으로 자릅니다."""
    layers, start = [], 0
    for fan_in, units in zip(sizes, sizes[1:], strict=False):
        end = start + fan_in * units
        layers.append(
            (theta[start:end].reshape(fan_in, units), theta[end : end + units])
        )
        start = end + units
    return layers


def forward(theta, x, sizes):
    outputs = [x]  # (n, 784)
    for W, b in unpack(theta, sizes):
        z = outputs[-1] @ W + b  # (n, 유닛 수)
        outputs.append(np.maximum(z, 0))
    return outputs, z  # 마지막 z가 점수 (n, 10)입니다


def backward(theta, x, y, sizes):
    """손실의 평균과, θ와 나란한 기울기."""
    outputs, scores = forward(theta, x, sizes)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))  # (n, 10)
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(p[rows, y] + 1e-12).mean()
    p[rows, y] -= 1
    delta, parts = p / len(y), []  # ∂L/∂s (n, 10)
    layers = unpack(theta, sizes)
    for i in range(len(layers) - 1, -1, -1):
        parts += [delta.sum(axis=0), (outputs[i].T @ delta).ravel()]
        if i:
            delta = (delta @ layers[i][0].T) * (outputs[i] > 0)
    return loss, np.concatenate(parts[::-1])


def initial(sizes, rng):
    parts = []
    for fan_in, units in zip(sizes, sizes[1:], strict=False):
        parts.append(rng.normal(0, np.sqrt(2 / fan_in), fan_in * units))  # He
        parts.append(np.zeros(units))
    return np.concatenate(parts).astype("float32")


def load_images(samples, validation=10000):
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    x = x[: samples + validation].reshape(-1, 784).astype("float32") / 255
    y = y[: samples + validation].astype(int)
    return (x[:samples], y[:samples]), (x[samples:], y[samples:])  # 훈련, 검증


def accuracy(theta, x, y, sizes):
    return float(np.mean(forward(theta, x, sizes)[1].argmax(axis=1) == y))


def clip(g, limit):
    return g * min(1, limit / (np.linalg.norm(g) + 1e-12))


# --8<-- [start:train]
def train(name, lr, data, sizes, seed, epochs, batch_size=64, limit=None, **knobs):
    (x, y), (x_val, y_val) = data  # (n, 784), (n,), (10000, 784), (10000,)
    rng = np.random.default_rng(seed)
    theta, state = initial(sizes, rng), {}  # (매개변수 수,)
    history = {"loss": [], "accuracy": [], "train": 0.0, "rate": []}
    for _ in range(epochs):
        losses, order = [], rng.permutation(len(x))
        for start in range(0, len(x) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            loss, g = backward(theta, x[rows], y[rows], sizes)
            g = g if limit is None else clip(g, limit)
            theta = RULES[name](theta, g, state, lr, **knobs)
            losses.append(loss)
        history["loss"].append(float(np.mean(losses)))
        history["accuracy"].append(accuracy(theta, x_val, y_val, sizes))
        history["rate"].append(float(np.median(rates(name, state, lr))))
    history["train"] = accuracy(theta, x, y, sizes)
    return theta, history


# --8<-- [end:train]


def rates(name, state, lr, eps=1e-7):
    """매개변수마다 기울기에 곱해지는 수, 곧 실제 학습률."""
    if name in ("adagrad", "rmsprop"):
        return lr / np.sqrt(state["s"] + eps)
    if name in ("adam", "adamw"):
        return lr / (np.sqrt(state["s"] / (1 - 0.999 ** state["t"])) + eps)
    return np.array(lr)


# ------------------------------------------------------ Keras와 한 걸음씩 견주기


def keras_rules(lr):
    return {
        "sgd": keras.optimizers.SGD(lr),
        "momentum": keras.optimizers.SGD(lr, momentum=0.9),
        "nesterov": keras.optimizers.SGD(lr, momentum=0.9, nesterov=True),
        "adagrad": keras.optimizers.Adagrad(lr),
        "rmsprop": keras.optimizers.RMSprop(lr),
        "adam": keras.optimizers.Adam(lr),
        "adamw": keras.optimizers.AdamW(lr),
    }


# --8<-- [start:same]
def experiment_same(lr=0.003, steps=20, size=6, seed=0):
    rng = np.random.default_rng(seed)
    scale = np.geomspace(1e-3, 1, size)  # 큰 기울기와 작은 기울기를 섞습니다
    gradients = rng.normal(size=(steps, size)) * scale  # (20, 6)
    result = {}
    for name, optimizer in keras_rules(lr).items():
        w, state, worst = np.linspace(-1, 1, size), {}, 0.0  # (6,)
        variable = keras.Variable(w)
        for g in gradients:
            w = RULES[name](w, g, state, lr)
            optimizer.apply([keras.ops.convert_to_tensor(g, "float32")], [variable])
            worst = max(worst, float(np.abs(w - variable.numpy()).max()))
        arrays = [s for s in state.values() if np.ndim(s)]
        shapes = [tuple(s.shape) for s in optimizer.variables]
        result[name] = {
            "difference": worst,
            "state": len(arrays),
            "keras_state": shapes.count((size,)),
        }
    return result


# --8<-- [end:same]


def experiment_forms(lr=0.02, beta=0.9, steps=30):
    """Nesterov의 두 모양: 내다본 곳의 기울기와 Keras의 식."""
    curvature = np.array([1.0, 50.0])
    plain, v = np.array([4.0, 1.0]), np.zeros(2)  # (2,)
    ahead, state, worst = plain, {}, 0.0
    for _ in range(steps):
        v = beta * v - lr * curvature * (plain + beta * v)  # 내다본 곳의 기울기
        plain = plain + v
        ahead = nesterov(ahead, curvature * ahead, state, lr, beta)
        worst = max(worst, float(np.abs(ahead - (plain + beta * v)).max()))
    return {"difference": worst}


def experiment_moments(steps=2000, seed=0):
    """Adam의 두 상태가 무엇의 평균인지 잽니다."""
    rng = np.random.default_rng(seed)
    g = rng.normal(0.3, 0.5, (steps, 500))  # (걸음, 매개변수)
    w, state = np.zeros(500), {}
    first = None
    for row in g:
        w = adam(w, row, state, 0.001)
        if first is None:
            first = np.abs(w)
    no_correction = 0.001 * 0.1 * np.abs(g[0]) / (np.sqrt(0.001 * g[0] ** 2) + 1e-7)
    s_hat = state["s"] / (1 - 0.999**steps)
    return {
        "mean": float(g.mean()),
        "square": float((g**2).mean()),
        "m": float(state["m"].mean()),
        "s": float(s_hat.mean()),
        "first_step": float(np.median(first)),
        "first_uncorrected": float(np.median(no_correction)),
    }


def experiment_tiny(sizes=(1e-2, 1e-4, 1e-6, 1e-8), lr=0.001):
    """같은 크기의 기울기가 계속될 때 열째 걸음의 길이를 학습률로 나눈 값."""
    result = {"size": list(sizes)}
    settings = {
        "adagrad": ("adagrad", {}),
        "rmsprop": ("rmsprop", {}),
        "adam": ("adam", {}),
        "adam_small": ("adam", {"eps": 1e-8}),
    }
    for key, (name, knobs) in settings.items():
        result[key] = []
        for size in sizes:
            w, state = 0.0, {}
            for _ in range(10):
                before = w
                w = RULES[name](w, size, state, lr, **knobs)
            result[key].append(float((before - w) / lr))
    return result


def experiment_habits():
    """Keras의 기본값과, 옵티마이저를 두 번 쓸 때 일어나는 일."""
    models = [
        keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]) for _ in "ab"
    ]
    models[0].compile(loss="mse")
    silent = models[0].optimizer
    shared, error = keras.optimizers.Adam(0.001), ""
    x, y = np.ones((4, 3)), np.ones((4, 2))
    try:
        for model in models:
            model.compile(shared, "mse")
            model.fit(x, y, epochs=1, verbose=0)
    except Exception as problem:  # 어떤 오류인지가 결과입니다
        error = type(problem).__name__
    return {
        "silent": type(silent).__name__,
        "silent_lr": float(silent.learning_rate.numpy()),
        "reuse_error": error,
    }


# ------------------------------------------------------------------ 골짜기


def valley(angle, count=12, seed=0):
    """굽은 정도가 1과 50인 골짜기를 angle도만큼 돌린 행렬 H와, 손실이 32인 출발점들."""
    turn = np.deg2rad(angle)
    R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    phi = np.random.default_rng(seed).uniform(0, 2 * np.pi, count)
    starts = np.stack([8 * np.cos(phi), 8 / 50**0.5 * np.sin(phi)], axis=1)
    return R @ np.diag([1.0, 50.0]) @ R.T, starts @ R.T  # (2, 2), (12, 2)


# --8<-- [start:descend]
def descend(name, H, w, lr, steps, **knobs):
    """손실 ½ wᵀHw를 내려가는 길. lr의 모양이 (k, 1, 1)이면 k가지 학습률로 함께 갑니다."""
    w = w + 0 * lr
    path, state = [w], {}
    for _ in range(steps):
        w = RULES[name](w, w @ H, state, lr, **knobs)  # 기울기는 Hw
        path.append(w)
    return np.array(path)  # (걸음 + 1, …, 2)


# --8<-- [end:descend]


def settle(path, H, target):
    """손실이 처음의 target배 아래로 내려가 다시 올라오지 않는 첫 걸음."""
    loss = 0.5 * np.einsum("...i,ij,...j->...", path, H, path)  # (걸음 + 1, …)
    above = ~(loss <= target * loss[0])
    last = len(loss) - 1 - np.argmax(above[::-1], axis=0)  # 마지막으로 위에 있던 걸음
    return np.where(above.any(axis=0), last + 1, 0)


BETAS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def experiment_ravine(steps=400, target=0.001, tries=100):
    lrs = np.geomspace(1e-3, 10, tries)[:, None, None]  # (100, 1, 1)
    result = {}
    for name in NAMES:
        betas = BETAS if name in ("momentum", "nesterov") else (None,)
        result[name] = {}
        for key, angle in (("straight", 0), ("turned", 30)):
            H, starts = valley(angle)
            found = []
            for beta in betas:
                knobs = {} if beta is None else {"beta": beta}
                with np.errstate(all="ignore"):
                    path = descend(name, H, starts, lrs, steps, **knobs)
                    count = settle(path, H, target).mean(axis=1)  # (100,)
                best = int(count.argmin())
                found.append((float(count[best]), float(lrs[best, 0, 0]), beta))
            count, lr, beta = min(found, key=lambda one: one[0])
            knobs = {} if beta is None else {"beta": beta}
            gentle = min(lr, 1.0)  # Adagrad의 첫 걸음이 그림 밖으로 나가지 않게
            path = descend(name, H, np.array([6.0, 1.0]), gentle, 60, **knobs)
            result[name][key] = {"steps": count, "lr": lr, "beta": beta}
            result[name][key]["path"] = path.tolist()  # (61, 2)
    return result


# --8<-- [start:saddle]
def escape(name, lr, y, steps=3000):
    """안장 ½(x² − y²)의 (1, y)에서 출발해 |y| > 1이 될 때까지의 걸음 수."""
    w, state, path = np.array([1.0, y]), {}, []  # (2,)
    for step in range(steps):
        path.append(w.tolist())
        if abs(w[1]) > 1:
            return step, path
        w = RULES[name](w, w * np.array([1.0, -1.0]), state, lr)
    return None, path


# --8<-- [end:saddle]


def experiment_saddle(near=0.1, pace=20, starts=(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)):
    """능선에서 0.1 떨어진 곳의 탈출이 스무 걸음이 되게 학습률을 맞춘 다음 더 가까이 갑니다."""
    result = {"start": list(starts)}
    for name in NAMES:
        lrs = np.geomspace(1e-3, 1, 200)
        counts = [escape(name, lr, near, 400)[0] or 10**6 for lr in lrs]
        lr = float(lrs[np.argmin(np.abs(np.array(counts) - pace))])
        runs = [escape(name, lr, y) for y in starts]
        result[name] = {
            "lr": lr,
            "steps": [count for count, _ in runs],
            "path": runs[2][1][:200],
        }
    return result


def experiment_noise(steps=600, copies=4000, seed=0):
    settings = {
        "sgd": ("sgd", 0.1, {}),
        "same_rate": ("momentum", 0.1, {"beta": 0.9}),  # 학습률이 같습니다
        "same_effect": ("momentum", 0.01, {"beta": 0.9}),  # lr / (1 − β)가 같습니다
        "nesterov": ("nesterov", 0.01, {"beta": 0.9}),
    }
    result = {}
    for key, (name, lr, knobs) in settings.items():
        rng = np.random.default_rng(seed)
        w, state, losses, jumps = np.zeros(copies), {}, [], []  # (4000,)
        for _ in range(steps):
            g = w + rng.normal(size=copies)  # 손실 ½w²의 기울기에 잡음을 더합니다
            before, w = w, RULES[name](w, g, state, lr, **knobs)
            losses.append(0.5 * np.mean(w**2))
            jumps.append(np.mean(np.abs(w - before)))
        half = steps // 2
        result[key] = {
            "loss": float(np.mean(losses[half:])),
            "jump": float(np.mean(jumps[half:])),
        }
    return result


# --------------------------------------------------------- 같은 신경망, 학습률 다섯

GRID = {
    "sgd": (0.01, 0.03, 0.1, 0.3, 1.0),
    "momentum": (0.003, 0.01, 0.03, 0.1, 0.3),
    "nesterov": (0.003, 0.01, 0.03, 0.1, 0.3),
    "adagrad": (0.001, 0.01, 0.03, 0.1, 0.3),
    "rmsprop": (0.0001, 0.0003, 0.001, 0.003, 0.01),
    "adam": (0.0001, 0.0003, 0.001, 0.003, 0.01),
}
DEFAULTS = {  # Keras의 기본 학습률
    "sgd": 0.01,
    "momentum": 0.01,
    "nesterov": 0.01,
    "adagrad": 0.001,
    "rmsprop": 0.001,
    "adam": 0.001,
}

cases_fit = [dict(name=name, lr=lr) for name in NAMES for lr in GRID[name]]


def experiment_fit(name="sgd", lr=0.1, samples=10000, epochs=8, seeds=SEEDS):
    return train_seeds(name, lr, samples, (784, 64, 10), epochs, seeds)


def train_seeds(name, lr, samples, sizes, epochs, seeds, **knobs):
    data = load_images(samples)
    runs = []
    with np.errstate(all="ignore"):
        for seed in seeds:
            runs.append(train(name, lr, data, sizes, seed, epochs, **knobs)[1])
    return {key: [run[key] for run in runs] for key in runs[0]}  # 시드마다 하나


DEEP_GRID = {
    "sgd": (0.01, 0.03, 0.1, 0.3),
    "adagrad": (0.003, 0.01, 0.03, 0.1),
    "adam": (0.0003, 0.001, 0.003, 0.01),
}
cases_deep = [dict(name=name, lr=lr) for name in DEEP_GRID for lr in DEEP_GRID[name]]


def experiment_deep(name="sgd", lr=0.1, samples=10000, epochs=6, seeds=SEEDS):
    sizes = (784, 64, 64, 64, 64, 64, 10)  # 은닉층 다섯
    return train_seeds(name, lr, samples, sizes, epochs, seeds)


SMALL_GRID = {
    "sgd": (0.03, 0.1, 0.3, 1.0),
    "adam": (0.0003, 0.001, 0.003, 0.01),
}
cases_small = [dict(name=name, lr=lr) for name in SMALL_GRID for lr in SMALL_GRID[name]]


def experiment_small(name="sgd", lr=0.1, samples=1000, epochs=6, seeds=SEEDS):
    return train_seeds(name, lr, samples, (784, 64, 10), epochs, seeds)


cases_decay = [dict(decay=decay) for decay in (0.0, 0.004, 0.1, 0.3)]


def experiment_decay(decay=0.0, lr=0.003, samples=10000, epochs=15, seeds=(0, 1, 2)):
    sizes = (784, 64, 10)
    return train_seeds("adamw", lr, samples, sizes, epochs, seeds, decay=decay)


cases_clipped = [dict(lr=lr, limit=limit) for lr in (0.03, 0.3) for limit in (0.0, 1.0)]


def experiment_clipped(lr=0.3, limit=1.0, samples=10000, epochs=5, seeds=(0, 1, 2)):
    sizes = (784, 64, 10)
    limit = limit or None  # 0은 자르지 않는다는 뜻입니다
    return train_seeds("momentum", lr, samples, sizes, epochs, seeds, limit=limit)


def experiment_coupled(lr=0.001, decay=0.1, steps=1000, copies=400, seed=0):
    """잡음뿐인 기울기를 1000걸음 받은 가중치 1.0이 얼마나 남는지 봅니다."""
    left = {}
    for noise in (0.01, 1.0):
        rng = np.random.default_rng(seed)
        apart, together, state, other = np.ones(copies), np.ones(copies), {}, {}
        for _ in range(steps):
            g = noise * rng.normal(size=copies)
            apart = adamw(apart, g, state, lr, decay)
            together = adam(together, g + decay * together, other, lr)  # 손실에 더한 L2
        key = "quiet" if noise < 0.1 else "noisy"
        left[key] = {"adamw": float(apart.mean()), "l2": float(together.mean())}
    return left


# ------------------------------------------------ 실제 학습률은 어떻게 움직이나요

MARKS = (1, 2, 5, 10, 20, 50, 100, 200, 400, 800)
cases_steps = [
    dict(name="adagrad", lr=0.1),
    dict(name="rmsprop", lr=0.001),
    dict(name="adam", lr=0.003),
]


def experiment_steps(
    name="adam", lr=0.003, samples=5000, steps=800, batch_size=64, seeds=(0, 1, 2)
):
    """MNIST 소프트맥스 회귀에서 매개변수마다의 실제 학습률을 적어 둡니다."""
    (x, y), _ = keras.datasets.mnist.load_data()
    x, y = x[:samples].reshape(-1, 784).astype("float32") / 255, y[:samples].astype(int)
    frequency = (x > 0).mean(axis=0)  # (784,) 픽셀이 켜진 이미지의 비율
    seen, sizes, curves = frequency > 0, (784, 10), []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        theta, state, curve = np.zeros(7850, "float32"), {}, []
        for step in range(1, steps + 1):
            rows = rng.choice(len(x), min(batch_size, len(x)), replace=False)
            _, g = backward(theta, x[rows], y[rows], sizes)
            before, theta = theta, RULES[name](theta, g, state, lr)
            if step in MARKS:
                pixel = rates(name, state, lr)[:7840].reshape(784, 10).mean(axis=1)
                moved = float(np.abs(theta - before).mean())
                curve.append((float(np.median(pixel[seen])), moved))
        curves.append(curve)
    ranks = pd.DataFrame({"a": frequency[seen], "b": pixel[seen]}).rank()
    often = frequency >= np.quantile(frequency[seen], 0.9)
    rare = seen & (frequency <= np.quantile(frequency[seen], 0.1))
    shade = np.log10(np.where(seen, pixel, np.nan))
    low, high = np.nanmin(shade), np.nanmax(shade)
    return {
        "rate": np.mean(curves, axis=0)[:, 0].tolist(),
        "runs": np.array(curves)[:, :, 0].tolist(),
        "moved": np.mean(curves, axis=0)[:, 1].tolist(),
        "rank": float(ranks["a"].corr(ranks["b"])),
        "rare": float(np.median(pixel[rare])),
        "often": float(np.median(pixel[often])),
        "map": np.nan_to_num(1 + 98 * (shade - low) / (high - low))
        .astype(int)
        .tolist(),
        "frequency": (100 * frequency).astype(int).tolist(),
    }


# ------------------------------------------------------------ 결과를 모읍니다

T95 = {1: 12.71, 2: 4.303, 3: 3.182, 4: 2.776}  # 스튜던트 t의 97.5 % 점 (자유도별)
NEAR = 0.02  # 가장 높은 정확도에서 이만큼 안이면 쓸 만한 학습률로 봅니다


def paired(a, b):
    """시드가 같은 실행끼리 짝지은 차이 a − b의 평균과 95 % 신뢰 구간의 반폭."""
    difference = np.asarray(a) - np.asarray(b)  # (시드 수,)
    n = len(difference)
    if n < 2:
        return float(difference.mean()), float("inf")
    half = T95[n - 1] * difference.std(ddof=1) / np.sqrt(n)
    return float(difference.mean()), float(half)


def difference_text(a, b):
    mean, half = paired(a, b)
    return f"{mean:+.4f} ± {half:.4f}"


def curves(frame, key="accuracy", **where):
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    return np.array(frame[key].iloc[0], float)  # (시드 수, 에폭 수)


def score(frame, name, lr, end=None):
    """end째 에폭까지의 마지막 세 에폭을 평균한 검증 정확도."""
    accuracy = curves(frame, name=name, lr=lr)[:, :end]
    return accuracy[:, -3:].mean(axis=1)  # (시드 수,)


def best_lr(frame, name, end=None):
    lrs = sorted(frame[frame["name"] == name]["lr"])
    return float(max(lrs, key=lambda lr: score(frame, name, lr, end).mean()))


def best(frame, name, end=None):
    return score(frame, name, best_lr(frame, name, end), end)  # (시드 수,)


def tuned(frame, name, key="accuracy"):
    return curves(frame, key, name=name, lr=best_lr(frame, name))


def wobble(frame, name):
    """마지막 네 번의 에폭 사이에 검증 정확도가 오르내린 크기의 평균."""
    return np.abs(np.diff(tuned(frame, name)[:, -5:], axis=1)).mean(axis=1)


def gap(frame, name):
    return tuned(frame, name, "train") - tuned(frame, name)[:, -1]


def usable(frame, name):
    """가장 좋은 학습률과 0.02 안에서 비긴 학습률들의 가장 큰 것 ÷ 가장 작은 것."""
    lrs = sorted(frame[frame["name"] == name]["lr"])
    top = best(frame, name).mean()
    good = [lr for lr in lrs if score(frame, name, lr).mean() >= top - NEAR]
    return float(max(good) / min(good))


def pair(a, b):
    mean, half = paired(a, b)
    return {"mean": mean, "half": half, "clear": bool(abs(mean) > half)}


def drift(steps, name):
    """실제 학습률의 중앙값: 열째 걸음 ÷ 첫 걸음, 마지막 걸음 ÷ 열째 걸음."""
    row = steps[steps["name"] == name].iloc[0]
    rate = row["rate"]
    tenth = rate[min(MARKS.index(10), len(rate) - 1)]
    return {
        "early": float(tenth / rate[0]),
        "late": float(rate[-1] / tenth),
        "rank": float(row["rank"]),
        "spread": float(row["rare"] / row["often"]),
    }


def experiment_summary(ravine, saddle, fit, deep, small, decay, clipped, steps):
    summary = {}
    for name in NAMES:
        accuracy, first = best(fit, name), tuned(fit, name)[:, 0]
        default = score(fit, name, DEFAULTS[name])
        per_decade = np.diff([count or np.nan for count in saddle[name]["steps"]])
        summary[name] = {
            "lr": best_lr(fit, name),
            "accuracy": float(accuracy.mean()),
            "first": float(first.mean()),
            "wobble": float(wobble(fit, name).mean()),
            "gap": float(gap(fit, name).mean()),
            "usable": usable(fit, name),
            "default": float(default.mean()),
            "default_loss": float((accuracy - default).mean()),
            "valley": ravine[name]["straight"]["steps"],
            "turned": ravine[name]["turned"]["steps"],
            "decade": float(np.nanmean(per_decade)),
        }
    for name in ADAPTIVE:
        summary[name]["drift"] = drift(steps, name)
    sgd_best, adam_best = best(fit, "sgd"), best(fit, "adam")
    end = len(deep["accuracy"].iloc[0][0])
    summary["pairs"] = {
        "adam_sgd": pair(adam_best, sgd_best),
        "adam_rmsprop": pair(adam_best, best(fit, "rmsprop")),
        "adam_nesterov": pair(adam_best, best(fit, "nesterov")),
        "nesterov_momentum": pair(best(fit, "nesterov"), best(fit, "momentum")),
        "first_adam_sgd": pair(tuned(fit, "adam")[:, 0], tuned(fit, "sgd")[:, 0]),
        "first_adam_nesterov": pair(
            tuned(fit, "adam")[:, 0], tuned(fit, "nesterov")[:, 0]
        ),
        "wobble_momentum_sgd": pair(wobble(fit, "momentum"), wobble(fit, "sgd")),
        "wobble_nesterov_sgd": pair(wobble(fit, "nesterov"), wobble(fit, "sgd")),
        "wobble_adam_momentum": pair(wobble(fit, "adam"), wobble(fit, "momentum")),
        "gap_adam_nesterov": pair(gap(fit, "adam"), gap(fit, "nesterov")),
        "gap_adam_sgd": pair(gap(fit, "adam"), gap(fit, "sgd")),
        "deep_adam": pair(best(deep, "adam"), best(deep, "sgd")),
        "deep_adagrad": pair(best(deep, "adagrad"), best(deep, "sgd")),
        "shallow_adam": pair(best(fit, "adam", end), best(fit, "sgd", end)),
        "shallow_adagrad": pair(best(fit, "adagrad", end), best(fit, "sgd", end)),
        "small_adam": pair(best(small, "adam"), best(small, "sgd")),
    }
    summary["deep_lr"] = {name: best_lr(deep, name) for name in DEEP_GRID}
    summary["decay"] = {}
    for key, value in {"none": 0.0, "keras": 0.004, "tenth": 0.1, "large": 0.3}.items():
        accuracy = curves(decay, decay=value)
        train_accuracy = curves(decay, "train", decay=value)
        summary["decay"][key] = {
            "accuracy": float(accuracy[:, -3:].mean()),
            "gap": float((train_accuracy - accuracy[:, -1]).mean()),
        }
    summary["clipped"] = {
        f"{key}_{word}": float(curves(clipped, lr=lr, limit=limit)[:, -3:].mean())
        for key, lr in {"good": 0.03, "bad": 0.3}.items()
        for word, limit in {"free": 0.0, "clipped": 1.0}.items()
    }
    return summary


# ------------------------------------------------------------------ 그림과 표

STYLE = {  # 선의 모양으로도 구별합니다
    "sgd": ("C0", "-", "o"),
    "momentum": ("C1", "--", "s"),
    "nesterov": ("C2", ":", "^"),
    "adagrad": ("C3", "-", "o"),
    "rmsprop": ("C4", "--", "s"),
    "adam": ("C5", ":", "^"),
}
GROUPS = (("sgd", "momentum", "nesterov"), ADAPTIVE)


def line(ax, x, y, name, **more):
    color, dash, marker = STYLE[name]
    more = {"markersize": 4, "label": LABELS[name], **more}
    return ax.plot(x, y, color=color, linestyle=dash, marker=marker, **more)


def figure_paths(ravine):
    """같은 골짜기를 내려가는 여섯 옵티마이저의 처음 서른 걸음. 표시 하나가 한 걸음이고, 십자는
    바닥입니다. 학습률(과 모멘텀의 β)은 골짜기에서 가장 빨리 내려가도록 저마다 맞추었고, Adagrad만
    첫 걸음이 그림 밖으로 나가지 않게 1로 줄였습니다.

    대체 텍스트: 위 그림에서 SGD는 골짜기의 두 벽 사이를 지그재그로 오가며 느리게 갑니다. 모멘텀은 더 크게
    흔들리지만 Nesterov와 함께 바닥에 먼저 닿습니다. 아래 그림에서 셋은 벽을 오가지 않고 비스듬히 내려갑니다.
    RMSProp은 작은 걸음으로 뒤처지고, Adam은 십자를 지나쳤다가 돌아옵니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(6.4, 5.6), sharex=True, sharey=True, layout="constrained"
    )
    x, y = np.linspace(-5.5, 7, 150), np.linspace(-1.9, 1.9, 120)
    height = 0.5 * (x[None, :] ** 2 + 50 * y[:, None] ** 2)  # (120, 150)
    for ax, names in zip(axes, GROUPS, strict=True):
        levels = [1, 4, 10, 20, 40, 80]
        ax.contour(x, y, height, levels, colors="C7", alpha=0.25, linewidths=0.8)
        for name in names:
            path = np.array(ravine[name]["straight"]["path"][:31])  # (31, 2)
            line(ax, path[:, 0], path[:, 1], name, linewidth=1.3)
        ax.plot(0, 0, "C7+", markersize=12, markeredgewidth=2)
        ax.set(xlim=(-5.5, 7), ylim=(-1.9, 1.9), ylabel="$w_2$ (가파른 쪽)")
        ax.legend(loc="upper left", ncols=3, fontsize="small")
    axes[1].set_xlabel("$w_1$ (완만한 쪽)")
    return fig


def table_rules(same):
    """NumPy로 쓴 규칙과 Keras의 차이. 스무 걸음 동안 가장 크게 벌어진 값이고, 상태는 매개변수
    하나마다 기억하는 수의 개수입니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": label,
            "상태": same[name]["state"],
            "Keras의 상태": same[name]["keras_state"],
            "가장 큰 차이": same[name]["difference"],
        }
        for name, label in LABELS.items()
    )
    frame.attrs["format"] = {"가장 큰 차이": ".0e"}
    return frame


def table_valley(ravine):
    """손실이 처음의 0.1 % 아래로 내려가기까지의 걸음 수. 출발점 12개의 평균이고, 학습률 100개(모멘텀과
    Nesterov는 β 12개도)에서 가장 빠른 것을 골랐습니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": LABELS[name],
            "곧은 골짜기": ravine[name]["straight"]["steps"],
            "30° 돌린 것": ravine[name]["turned"]["steps"],
        }
        for name in NAMES
    )
    frame.attrs["format"] = {"곧은 골짜기": ".0f", "30° 돌린 것": ".0f"}
    return frame


def figure_escape(saddle):
    """안장에서 벗어나는 길. 왼쪽은 능선에서 0.001 떨어진 곳에서 출발한 길이고, 오른쪽은 능선에
    얼마나 가까이서 출발했는지에 따른 걸음 수입니다.

    대체 텍스트: 왼쪽에서 SGD는 안장의 한가운데까지 내려간 뒤에야 위로 꺾이고, Adam은 바로 비스듬히
    벗어납니다. 오른쪽에서 SGD, 모멘텀, Nesterov의 선은 능선에 가까울수록 똑바로 올라가고 Adagrad는
    그보다 느리게 올라가며 RMSProp과 Adam은 거의 수평입니다.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.5), layout="constrained")
    grid = np.linspace(-1.1, 1.1, 80)
    height = grid[None, :] ** 2 - grid[:, None] ** 2
    left.contour(grid, grid, height, 9, colors="C7", alpha=0.25, linewidths=0.8)
    for name in ("sgd", "adagrad", "adam"):
        path = np.array(saddle[name]["path"])
        line(left, path[:, 0], path[:, 1], name, markersize=3)
    left.set(xlim=(-0.4, 1.1), ylim=(-0.3, 1.05), xlabel="$x$", ylabel="$y$")
    for name in NAMES:
        steps = [np.nan if count is None else count for count in saddle[name]["steps"]]
        line(right, saddle["start"], steps, name)
    right.set(xscale="log", xlabel="출발한 곳의 $y$", ylabel="벗어나기까지의 걸음")
    right.invert_xaxis()
    right.legend(fontsize="small")
    return fig


def table_noise(noise):
    """잡음이 섞인 기울기로 손실 ½w²을 600걸음 내려간 뒤. 걸음의 크기와 손실은 4000번 되풀이한 마지막
    300걸음의 평균입니다.
    """
    rows = {
        "sgd": "SGD, 0.1",
        "same_rate": "모멘텀, 0.1",
        "same_effect": "모멘텀, 0.01",
        "nesterov": "Nesterov, 0.01",
    }
    frame = pd.DataFrame(
        {
            "옵티마이저, 학습률": label,
            "한 걸음의 크기": noise[key]["jump"],
            "남은 손실": noise[key]["loss"],
        }
        for key, label in rows.items()
    )
    frame.attrs["format"] = {"한 걸음의 크기": ".3f", "남은 손실": ".3f"}
    return frame


def table_tiny(tiny):
    """크기가 같은 기울기가 계속될 때 열째 걸음의 길이를 학습률로 나눈 값. 값은 Keras의 기본 설정에서
    구했습니다.
    """
    labels = {"adagrad": "Adagrad", "rmsprop": "RMSProp", "adam": "Adam"}
    frame = pd.DataFrame(
        {"기울기": f"{size:.0e}"}
        | {label: tiny[key][i] for key, label in labels.items()}
        for i, size in enumerate(tiny["size"])
    )
    frame.attrs["format"] = dict.fromkeys(labels.values(), ".2g")
    return frame


def figure_rates(fit):
    """학습률에 따른 검증 정확도. 마지막 세 에폭의 평균이고, 점 하나가 시드 하나, 선은 평균입니다.
    둥근 테두리는 Keras의 기본 학습률입니다.

    대체 텍스트: 여섯 선 모두 가운데가 높은 언덕입니다. SGD, 모멘텀, Nesterov는 가장 큰 학습률에서
    절벽처럼 떨어지고, RMSProp과 Adam의 언덕은 넓고 완만합니다. Adagrad의 기본 학습률은 언덕 아래에 있습니다.
    """
    fig, axes = plt.subplots(
        2, 1, figsize=(6.4, 6), sharex=True, sharey=True, layout="constrained"
    )
    for ax, names in zip(axes, GROUPS, strict=True):
        for name in names:
            lrs = sorted(fit[fit["name"] == name]["lr"])
            runs = np.array([score(fit, name, lr) for lr in lrs])  # (학습률, 시드)
            line(ax, lrs, runs.mean(axis=1), name)
            color = STYLE[name][0]
            ax.plot(lrs, runs, color=color, marker=".", linestyle="", alpha=0.4)
            default = score(fit, name, DEFAULTS[name]).mean()
            ring = {"marker": "o", "markersize": 13, "markerfacecolor": "none"}
            ax.plot(DEFAULTS[name], default, color=color, **ring)
        ax.set(xscale="log", ylim=(0.6, 0.87), ylabel="검증 정확도")
        ax.legend(loc="lower left", ncols=3, fontsize="small")
    axes[1].set_xlabel("학습률")
    return fig


def figure_curves(fit):
    """가장 좋은 학습률로 학습한 여섯 옵티마이저의 검증 정확도. 시드 5개의 평균입니다.

    대체 텍스트: 처음 세 에폭에는 Adam과 Nesterov의 선이 가장 높고, 다섯째 에폭부터는 여섯 선이 좁은 띠
    안에 모입니다. SGD의 선이 대체로 가장 아래에 있습니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    for name in NAMES:
        accuracy = tuned(fit, name).mean(axis=0)  # (에폭 수,)
        label = f"{LABELS[name]} ({best_lr(fit, name):g})"
        line(ax, range(1, len(accuracy) + 1), accuracy, name, label=label)
    ax.set(xlabel="에폭", ylabel="검증 정확도")
    ax.legend(ncols=2, fontsize="small")
    return fig


def table_tuned(fit):
    """가장 좋은 학습률과 그때의 검증 정확도, Keras의 기본 학습률에서의 정확도, 그리고 정확도가 0.02 안에서 비기는 학습률의 범위(가장 큰 것 ÷
    가장 작은 것). 시드 5개의 평균입니다.
    """
    frame = pd.DataFrame(
        {
            "옵티마이저": LABELS[name],
            "학습률": best_lr(fit, name),
            "정확도": best(fit, name).mean(),
            "기본값": score(fit, name, DEFAULTS[name]).mean(),
            "범위": f"{usable(fit, name):.0f}배",
        }
        for name in NAMES
    )
    frame.attrs["format"] = {
        "학습률": "g",
        "정확도": ".3f",
        "기본값": ".3f",
    }
    return frame


def figure_drifts(steps):
    """매개변수마다의 실제 학습률(중앙값)을 첫 걸음의 값으로 나눈 것. MNIST 5000장의 소프트맥스
    회귀이고, 선 하나가 시드 하나입니다.

    대체 텍스트: Adagrad의 선은 1 바로 아래에서 거의 수평으로 조금씩 내려갑니다. RMSProp과 Adam의 선은
    처음에 잠시 내려갔다가 그 뒤로는 줄곧 올라갑니다.
    """
    fig, ax = plt.subplots(figsize=(6.4, 3.5), layout="constrained")
    for name in ADAPTIVE:
        runs = np.array(steps[steps["name"] == name]["runs"].iloc[0], float)
        marks = MARKS[: runs.shape[1]]
        for i, run in enumerate(runs):
            label = LABELS[name] if i == 0 else None
            line(ax, marks, run / run[0], name, label=label, alpha=0.8)
    ax.axhline(1, color="C7", linewidth=0.8)
    ax.set(xscale="log", yscale="log", xlabel="걸음", ylabel="실제 학습률 ÷ 첫 값")
    ax.set_yticks([0.2, 0.5, 1, 2], ["0.2", "0.5", "1", "2"])
    ax.set_yticks([], minor=True)
    ax.legend()
    return fig


def figure_pixels(steps):
    """픽셀이 켜지는 빈도(왼쪽)와 그 픽셀에 이어진 가중치의 실제 학습률(오른쪽, 로그 눈금). 밝을수록
    큽니다. 오른쪽에서 한 번도 켜지지 않은 픽셀은 가장 어둡게 칠했습니다.

    대체 텍스트: 왼쪽은 가운데가 밝고 가장자리로 갈수록 어두운 둥근 얼룩입니다. 오른쪽은 거꾸로 가운데가
    어둡고 가장자리가 밝습니다.
    """
    row = steps[steps["name"] == "adagrad"].iloc[0]
    fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2), layout="constrained")
    titles = ("켜진 빈도", "Adagrad의 실제 학습률")
    for ax, key, title in zip(axes, ("frequency", "map"), titles, strict=True):
        ax.imshow(np.array(row[key]).reshape(28, 28), cmap="viridis")
        ax.set(title=title, xticks=[], yticks=[])
    return fig


def word(holds):
    return "재현됨" if holds else "반증"


def table_merits(summary, noise):
    """옵티마이저의 장점과 단점으로 흔히 드는 말과 잰 것. 정확도는 저마다 가장 좋은 학습률에서 쟀습니다.
    맨 위의 세 줄은 정의와 셈에서 나오고, 나머지 판정은 잰 값에서 계산했습니다.
    """
    pairs, row = summary["pairs"], {name: summary[name] for name in NAMES}
    wider = row["adam"]["usable"] > row["sgd"]["usable"]
    quick = row["momentum"]["valley"] < row["sgd"]["valley"] / 2
    faster = row["nesterov"]["valley"] < row["momentum"]["valley"]
    better = pairs["nesterov_momentum"]
    late = {name: row[name]["drift"]["late"] for name in ADAPTIVE}
    tuning = row["momentum"]["usable"] < row["sgd"]["usable"]
    first = pairs["first_adam_sgd"]
    extra, alike = pairs["gap_adam_sgd"], not pairs["gap_adam_nesterov"]["clear"]
    rows = [
        ("경사 하강법", "안정적이다", "골짜기: 학습률이 2/50보다 작을 때만", "조건부"),
        ("경사 하강법", "비용이 크다", "한 걸음에 이미지 전부", "재현됨"),
        ("SGD", "갱신이 빠르다", "한 걸음에 이미지 한 장", "재현됨"),
        (
            "SGD",
            "흔들릴 수 있다",
            f"잡음이 있으면 손실 {noise['sgd']['loss']:.3f}에서 멈춤",
            word(noise["sgd"]["loss"] > 0.001),
        ),
        (
            "모멘텀",
            "빠르다",
            f"골짜기 {row['sgd']['valley']:.0f} → {row['momentum']['valley']:.0f}걸음",
            word(quick),
        ),
        (
            "모멘텀",
            "처음에 맞춰야 한다",
            f"쓸 만한 범위 {row['momentum']['usable']:.0f}배 "
            f"(SGD {row['sgd']['usable']:.0f}배)",
            word(tuning),
        ),
        (
            "Nesterov",
            "더 빠르고 정확하다",
            f"골짜기 {row['nesterov']['valley']:.0f}걸음, "
            f"정확도 {better['mean']:+.3f} ± {better['half']:.3f}",
            "재현됨" if faster and better["clear"] else "확인 불가",
        ),
        ("Nesterov", "계산이 조금 더 든다", "덧셈 한 번: 잴 수 없음", "확인 불가"),
        (
            "Adagrad",
            "드문 매개변수를 크게",
            f"순위 상관 {row['adagrad']['drift']['rank']:.2f}",
            word(row["adagrad"]["drift"]["rank"] < -0.5),
        ),
        (
            "Adagrad",
            "학습률이 줄어 어렵다",
            f"{late['adagrad']:.2f}배로 줄지만 정확도 {row['adagrad']['accuracy']:.3f}",
            "조건부" if pairs_close(row) else "재현됨",
        ),
        (
            "RMSProp",
            "줄어듦을 고친다",
            f"{late['rmsprop']:.1f}배로 늘어남",
            word(late["rmsprop"] > 1),
        ),
        (
            "RMSProp",
            "설정이 복잡하다",
            f"기본값에서 {row['rmsprop']['default_loss']:.3f} 손해",
            word(row["rmsprop"]["default_loss"] > NEAR),
        ),
        (
            "Adam",
            "빠르고 안정적이다",
            f"1에폭 SGD보다 {first['mean']:+.4f}, 범위 {row['adam']['usable']:.0f}배",
            word(first["clear"] and first["mean"] > 0 and wider),
        ),
        (
            "Adam",
            "과적합할 수 있다",
            f"격차 {row['adam']['gap']:.3f}, Nesterov {row['nesterov']['gap']:.3f}",
            "조건부" if extra["clear"] and alike else word(extra["clear"]),
        ),
    ]
    return pd.DataFrame(rows, columns=["이름", "하는 말", "잰 것", "판정"])


def pairs_close(row):
    """Adagrad의 정확도가 적응형의 나머지 둘과 0.02 안에서 비기는지."""
    top = max(row["rmsprop"]["accuracy"], row["adam"]["accuracy"])
    return row["adagrad"]["accuracy"] >= top - NEAR


def table_criteria(summary):
    """고르는 기준으로 흔히 드는 말과 잰 것. 차이는 시드 5개의 평균입니다."""
    pairs = summary["pairs"]
    deep, shallow = pairs["deep_adam"]["mean"], pairs["shallow_adam"]["mean"]
    grows = deep - pairs["deep_adam"]["half"] > shallow
    calm = [pairs["wobble_momentum_sgd"], pairs["wobble_nesterov_sgd"]]
    ahead = pairs["first_adam_sgd"]
    automatic = [summary[name]["usable"] for name in ADAPTIVE]
    plain = max(summary[name]["usable"] for name in GROUPS[0])
    wide = [value > plain for value in automatic]
    rows = [
        (
            "데이터가 크면 Adam, RMSProp",
            f"Adam − SGD: 1000장 {pairs['small_adam']['mean']:+.3f}, "
            f"10000장 {pairs['shallow_adam']['mean']:+.3f}",
            "확인 불가",
        ),
        (
            "복잡하면 Adagrad, Adam",
            f"Adam − SGD: 은닉층 하나 {shallow:+.3f}, 다섯 {deep:+.3f}",
            "재현됨" if grows else "조건부" if pairs["deep_adam"]["clear"] else "반증",
        ),
        (
            "빨리 배우려면 Adam",
            f"1에폭: SGD보다 {ahead['mean']:+.4f}, "
            f"Nesterov보다 {pairs['first_adam_nesterov']['mean']:+.4f}",
            word(ahead["clear"] and ahead["mean"] > 0),
        ),
        (
            "덜 흔들리려면 모멘텀, Nesterov",
            f"SGD보다 {calm[0]['mean']:+.3f} ± {calm[0]['half']:.3f}, "
            f"{calm[1]['mean']:+.3f} ± {calm[1]['half']:.3f}",
            "재현됨"
            if all(one["clear"] and one["mean"] < 0 for one in calm)
            else "확인 불가",
        ),
        (
            "학습률을 맞추기 싫으면 적응형",
            "쓸 만한 범위: "
            + ", ".join(
                f"{LABELS[name]} {value:.0f}배"
                for name, value in zip(ADAPTIVE, automatic, strict=True)
            ),
            "재현됨" if all(wide) else "조건부" if any(wide) else "반증",
        ),
        ("경사 하강법과 Adam의 조합부터", "그런 방법이 목록에 없음", "확인 불가"),
    ]
    return pd.DataFrame(rows, columns=["하는 말", "잰 것", "판정"])


# -------------------------------------------------------------------- 주장


def claim_same(same):
    """이 쪽의 규칙 일곱은 스무 걸음 내내 Keras와 백만분의 일보다 작게 어긋납니다.

    크기가 천 배까지 다른 기울기 여섯 개, 학습률 0.003, 나머지는 Keras의 기본값.
    기억하는 상태의 수도 Keras와 같습니다.
    """
    worst = max(same, key=lambda name: same[name]["difference"])
    counts = all(row["state"] == row["keras_state"] for row in same.values())
    difference = same[worst]["difference"]
    evidence = f"가장 큰 차이는 {LABELS[worst]}의 {difference:.0e}입니다."
    return bool(difference < 1e-6 and counts), evidence


def claim_forms(forms):
    """내다본 곳에서 기울기를 재는 식과 Keras의 식은 같은 길을 갑니다.

    Keras가 저장하는 값은 내다본 곳 θ + βv입니다. 골짜기에서 서른 걸음을 견주었습니다.
    """
    difference = forms["difference"]
    return difference < 1e-9, f"두 길의 차이는 최대 {difference:.0e}입니다."


def claim_speed(ravine):
    """골짜기에서 모멘텀은 SGD보다 세 배 넘게 빠릅니다.

    굽은 정도가 1과 50인 골짜기, 출발점 12개, 저마다 가장 좋은 학습률과 β.
    """
    slow, fast = (ravine[name]["straight"]["steps"] for name in ("sgd", "momentum"))
    return fast < slow / 3, f"SGD {slow:.0f}걸음, 모멘텀 {fast:.0f}걸음입니다."


def claim_damping(noise):
    """모멘텀은 걸음을 매끄럽게 하지만, 실효 학습률이 같으면 남는 손실은 줄지 않습니다.

    손실 ½w², 기울기에 표준편차 1의 잡음. 실효 학습률 lr/(1 − β)를 0.1로 맞추었습니다.
    한 걸음의 크기는 절반보다 작고, 남은 손실은 SGD의 0.8배에서 1.2배 사이입니다.

    원문: (C48) 모멘텀은 기울기의 변동을 줄입니다.
    판정: 조건부
    """
    sgd_, same = noise["sgd"], noise["same_effect"]
    jump, loss = same["jump"] / sgd_["jump"], same["loss"] / sgd_["loss"]
    evidence = f"SGD에 견주어 걸음은 {jump:.2f}배, 남은 손실은 {loss:.2f}배입니다."
    return bool(jump < 0.5 and 0.8 < loss < 1.2), evidence


def claim_nesterov(ravine, fit):
    """신경망에서 Nesterov와 모멘텀의 정확도 차이는 0.02보다 작고, 골짜기에서도 Nesterov가 더
    빠르지 않았습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개, 저마다 가장 좋은 학습률. 짝 차이의
    95 % 신뢰 구간이 ±0.02 안에 있다는 뜻입니다. 골짜기에서는 β도 저마다 맞추었습니다.

    원문: (C49) Nesterov는 모멘텀보다 빠르고 정확합니다.
    판정: 확인 불가
    """
    a, b = best(fit, "nesterov"), best(fit, "momentum")
    mean, half = paired(a, b)
    steps = [ravine[name]["straight"]["steps"] for name in ("nesterov", "momentum")]
    evidence = (
        f"정확도 {difference_text(a, b)}. 골짜기는 Nesterov {steps[0]:.0f}걸음, "
        f"모멘텀 {steps[1]:.0f}걸음입니다."
    )
    return bool(abs(mean) + half < 0.02 and steps[0] > 0.9 * steps[1]), evidence


def claim_turned(ravine):
    """Adagrad의 빠르기는 골짜기의 방향에 달려 있고, SGD와 모멘텀은 방향을 가리지 않습니다.

    골짜기를 30° 돌리면 Adagrad는 열 배 넘게 느려집니다. SGD와 모멘텀은 걸음 수가 같습니다.
    """
    change = {
        name: ravine[name]["turned"]["steps"] / ravine[name]["straight"]["steps"]
        for name in NAMES
    }
    evidence = "돌린 뒤의 걸음 수: " + ", ".join(
        f"{LABELS[name]} {ratio:.2g}배" for name, ratio in change.items()
    )
    same = max(abs(change[name] - 1) for name in GROUPS[0]) < 0.02
    return bool(change["adagrad"] > 10 and same), evidence + "."


def claim_saddle(saddle):
    """RMSProp과 Adam이 안장을 벗어나는 시간은 능선에 얼마나 가까운지와 거의 상관없습니다.

    열 배 가까이 갈 때마다 SGD는 열 걸음 넘게 늦어지고, RMSProp과 Adam은 두 걸음도 늦어지지
    않습니다. 능선에서 0.1 떨어진 곳에서는 모두 스무 걸음이 되도록 학습률을 맞추었습니다.
    """
    late = {name: np.mean(np.diff(saddle[name]["steps"])) for name in NAMES}
    evidence = "열 배 가까워질 때 늘어나는 걸음: " + ", ".join(
        f"{LABELS[name]} {late[name]:.1f}" for name in NAMES
    )
    flat = max(late["rmsprop"], late["adam"])
    return bool(flat < 2 and late["sgd"] > 10), evidence + "."


def claim_schedule(steps):
    """실제 학습률이 줄곧 줄어드는 것은 Adagrad뿐이고, RMSProp과 Adam은 줄었다가 늘어납니다.

    MNIST 5000장, 소프트맥스 회귀, 배치 크기 64, 800걸음, 시드 3개의 중앙값을 평균했습니다.

    원문: (C50) 적응형 방법은 처음에 크게, 나중에 작게 움직입니다.
    판정: 조건부
    """
    drifts = {name: drift(steps, name) for name in ADAPTIVE}
    evidence = ", ".join(
        f"{LABELS[name]} 처음 열 걸음 {d['early']:.3f}배, 그 뒤 {d['late']:.2f}배"
        for name, d in drifts.items()
    )
    falls = drifts["adagrad"]["early"] < 1 and drifts["adagrad"]["late"] < 1
    turns = all(drifts[n]["early"] < 1 < drifts[n]["late"] for n in ADAPTIVE[1:])
    return bool(falls and turns), evidence + "."


def claim_repair(steps, fit):
    """RMSProp의 실제 학습률은 Adagrad와 달리 끝에서 줄지 않습니다. 그런데 정확도는 비슷합니다.

    실제 학습률은 MNIST 소프트맥스 회귀의 10걸음과 800걸음을, 정확도는 Fashion-MNIST 신경망을
    저마다 가장 좋은 학습률로 8에폭 학습하여 견주었습니다.

    원문: (C53) RMSProp은 Adagrad의 학습률이 줄어드는 문제를 고칩니다.
    판정: 재현됨
    """
    late = {name: drift(steps, name)["late"] for name in ("adagrad", "rmsprop")}
    a, b = best(fit, "rmsprop"), best(fit, "adagrad")
    evidence = (
        f"실제 학습률은 Adagrad {late['adagrad']:.2f}배, RMSProp "
        f"{late['rmsprop']:.2f}배. 정확도의 차이는 {difference_text(a, b)}."
    )
    close = abs(paired(a, b)[0]) < NEAR
    return bool(late["adagrad"] < 1 < late["rmsprop"] and close), evidence


def claim_rare(steps):
    """Adagrad는 드물게 켜지는 픽셀의 가중치를 더 큰 학습률로 움직입니다.

    MNIST 5000장에서 한 번이라도 켜진 픽셀의 빈도와 실제 학습률의 순위 상관입니다.
    RMSProp과 Adam도 그렇고, 배율은 오히려 더 큽니다. 배율은 가장 드문 10 %의 중앙값을
    가장 흔한 10 %의 중앙값으로 나눈 것입니다.

    원문: (C52) Adagrad는 드물게 갱신되는 매개변수에 더 큰 학습률을 줍니다.
    판정: 재현됨
    """
    drifts = {name: drift(steps, name) for name in ADAPTIVE}
    evidence = "순위 상관과 배율: " + ", ".join(
        f"{LABELS[name]} {d['rank']:.2f}, {d['spread']:.4g}배"
        for name, d in drifts.items()
    )
    ranks = [d["rank"] for d in drifts.values()]
    spread = drifts["adagrad"]["spread"]
    others = min(drifts[name]["spread"] for name in ADAPTIVE[1:])
    return bool(max(ranks) < -0.9 and 1.1 < spread < others), evidence + "."


def claim_moments(moments):
    """Adam은 기울기의 평균(1차 모멘트)과 제곱의 평균(2차 모멘트)을 합칩니다.

    모멘텀은 그 가운데 하나뿐이고, 매개변수마다의 학습률은 2차 모멘트에서 나옵니다.
    평균 0.3, 표준편차 0.5인 기울기 500개를 2000걸음 넣었습니다.

    원문: (C55) Adam은 두 가지 모멘텀 기법을 합친 것입니다.
    판정: 반증
    """
    first = abs(moments["m"] - moments["mean"])
    second = abs(moments["s"] - moments["square"])
    evidence = (
        f"첫째 상태 {moments['m']:.3f}, 기울기의 평균 {moments['mean']:.3f}. "
        f"둘째 상태 {moments['s']:.3f}, 제곱의 평균 {moments['square']:.3f}."
    )
    apart = abs(moments["mean"] - moments["square"])
    return bool(max(first, second) < apart / 4), evidence


def claim_tuning(fit):
    """RMSProp과 Adam은 쓸 만한 학습률의 범위가 SGD보다 넓지만, Adagrad는 그렇지 않습니다.

    가장 좋은 검증 정확도와 0.02 안에서 비기는 학습률의 범위(가장 큰 것 ÷ 가장 작은 것)입니다.
    학습률은 옵티마이저마다 다섯 가지를 시험했습니다. Adagrad는 Keras의 기본값 0.001에서 0.1
    넘게 뒤처집니다.

    원문: (C51, C61) 적응형 방법은 학습률을 손으로 맞추는 수고를 줄입니다.
    판정: 조건부
    """
    widths = {name: usable(fit, name) for name in NAMES}
    lost = best(fit, "adagrad") - score(fit, "adagrad", DEFAULTS["adagrad"])
    evidence = "범위: " + ", ".join(
        f"{LABELS[name]} {width:.0f}배" for name, width in widths.items()
    )
    wide = min(widths["rmsprop"], widths["adam"]) > 2 * widths["sgd"]
    holds = wide and widths["adagrad"] <= widths["sgd"] and lost.min() > 0.1
    return bool(holds), f"{evidence}. Adagrad의 기본값 손해는 {lost.mean():.3f}입니다."


def claim_default(summary):
    """Adam을 기본 학습률 0.001로 쓰면, 시험한 다섯 학습률 가운데 가장 좋은 것보다 정확도가 0.02 넘게 낮아지지 않습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개의 평균. 원문이 말하는 '조합'은
    어떤 방법인지 알 수 없어 재지 못했고, Adam의 기본값에서 시작해도 되는지만 보았습니다.

    원문: (C62) 보통 경사 하강법과 Adam의 조합에서 시작해 조정합니다.
    판정: 확인 불가
    """
    adam = summary["adam"]
    return bool(adam["default_loss"] < NEAR), (
        f"가장 좋은 학습률 {adam['lr']:g}에서 {adam['accuracy']:.3f}, 기본값에서는 "
        f"{adam['default_loss']:.3f} 낮음"
    )


def claim_reversal(fit):
    """학습률 하나로 견주면 차례가 뒤집힙니다. 0.01에서는 모멘텀이, 0.1에서는 SGD가 앞섭니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개.
    """
    text, signs = [], []
    for lr in (0.01, 0.1):
        a, b = score(fit, "momentum", lr), score(fit, "sgd", lr)
        mean, half = paired(a, b)
        signs.append(np.sign(mean) if abs(mean) > 0.01 else 0)
        text.append(f"학습률 {lr:g}에서 {difference_text(a, b)}")
    return signs == [1, -1], "모멘텀 − SGD: " + ", ".join(text) + "."


def claim_fast(fit):
    """첫 에폭에 Adam은 SGD를 앞서지만, Nesterov를 앞선다고는 할 수 없습니다.

    Fashion-MNIST 10000장, 784-64-10, 시드 5개, 저마다 가장 좋은 학습률.
    비길 만한 학습률의 범위가 Adam보다 넓은 것은 셋 가운데 없습니다.

    원문: (C54, C59) Adam은 빠르고 안정적입니다.
    판정: 재현됨
    """
    first = {n: tuned(fit, n)[:, 0] for n in ("adam", "sgd", "nesterov")}
    ahead, half = paired(first["adam"], first["sgd"])
    tie, tie_half = paired(first["adam"], first["nesterov"])
    evidence = (
        f"첫 에폭의 검증 정확도: Adam − SGD {ahead:+.4f} ± {half:.4f}, "
        f"Adam − Nesterov {tie:+.4f} ± {tie_half:.4f}."
    )
    widest = usable(fit, "adam") >= max(usable(fit, "sgd"), usable(fit, "nesterov"))
    return bool(ahead > half and tie < tie_half and widest), evidence


def claim_overfit(fit):
    """Adam의 훈련·검증 격차는 SGD보다 크지만, Nesterov보다 크다고는 할 수 없습니다.

    Adam만의 병이 아니라, 같은 에폭에 더 많이 학습한 결과로 보입니다.
    8에폭 뒤의 훈련 정확도에서 검증 정확도를 뺀 값, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C54) Adam은 과적합할 수 있습니다.
    판정: 조건부
    """
    adam_, sgd_, nesterov_ = (gap(fit, n) for n in ("adam", "sgd", "nesterov"))
    more, half = paired(adam_, sgd_)
    same, same_half = paired(adam_, nesterov_)
    evidence = (
        f"격차의 차이: Adam − SGD {more:+.4f} ± {half:.4f}, "
        f"Adam − Nesterov {same:+.4f} ± {same_half:.4f}."
    )
    return bool(more > half and same <= same_half), evidence


def claim_rmsprop(fit):
    """Adam이 RMSProp보다 정확하다고 할 수 없습니다.

    Fashion-MNIST 10000장, 784-64-10, 8에폭, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C46) Adam이 RMSProp보다 낫습니다.
    판정: 확인 불가
    """
    a, b = best(fit, "adam"), best(fit, "rmsprop")
    mean, half = paired(a, b)
    return bool(mean <= half), f"Adam − RMSProp {difference_text(a, b)}."


def claim_size(fit, small):
    """이미지를 1000장에서 10000장으로 늘리면 Adam과 SGD의 차이는 오히려 줄었습니다.

    784-64-10, 6에폭씩, 시드 5개, 저마다 가장 좋은 학습률. 에폭이 같으므로 1000장에서는 걸음이
    열 배 적습니다. 수백만 장의 데이터는 여기서 재지 못하므로 원문은 판정하지 않습니다.

    원문: (C57) 데이터가 크면 Adam이나 RMSProp을 씁니다.
    판정: 확인 불가
    """
    end = len(small["accuracy"].iloc[0][0])
    pairs = (
        (best(small, "adam"), best(small, "sgd")),
        (best(fit, "adam", end), best(fit, "sgd", end)),
    )
    (few, few_half), (many, many_half) = (paired(a, b) for a, b in pairs)
    shrunk, half = paired(*(a - b for a, b in pairs))
    evidence = (
        f"Adam − SGD: 1000장 {few:+.3f} ± {few_half:.3f}, "
        f"10000장 {many:+.3f} ± {many_half:.3f}. "
        f"줄어든 만큼은 {shrunk:.3f} ± {half:.3f}."
    )
    return bool(shrunk > half), evidence


def claim_deep(fit, deep):
    """은닉층이 다섯이어도 Adam이 평균 0.005 넘게 SGD를 앞서지만, 은닉층이 하나일 때보다 더
    앞선다고는 할 수 없습니다.

    Adagrad가 앞서는 폭도 깊이와 함께 커진다고 할 수 없습니다.
    Fashion-MNIST 10000장, 은닉층마다 유닛 64개, 6에폭, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C58) 모델이 복잡하면 Adagrad나 Adam 같은 적응형을 씁니다.
    판정: 조건부
    """
    end, text, grows = len(deep["accuracy"].iloc[0][0]), [], []
    for name in ("adam", "adagrad"):
        one = paired(best(fit, name, end), best(fit, "sgd", end))
        five = paired(best(deep, name), best(deep, "sgd"))
        grows.append(five[0] - five[1] > one[0])
        text.append(
            f"{LABELS[name]} − SGD: 은닉층 하나 {one[0]:+.3f} ± {one[1]:.3f}, "
            f"다섯 {five[0]:+.3f} ± {five[1]:.3f}"
        )
    ahead = (best(deep, "adam") - best(deep, "sgd")).mean()
    return bool(ahead > 0.005 and not any(grows)), ". ".join(text) + "."


def claim_calm(fit):
    """모멘텀과 Nesterov의 검증 정확도가 출렁이는 크기는 SGD와 평균 0.02도 차이 나지 않습니다.

    마지막 네 번의 에폭 사이에 검증 정확도가 오르내린 크기의 평균입니다. 시드를 바꾸면 차례가
    뒤바뀌기도 해서, 어느 것이 덜 출렁이는지는 판정하지 않았습니다.
    Fashion-MNIST 10000장, 784-64-10, 시드 5개, 저마다 가장 좋은 학습률.

    원문: (C60) 흔들림을 줄이려면 모멘텀이나 Nesterov를 씁니다.
    판정: 확인 불가
    """
    sizes = {name: wobble(fit, name) for name in NAMES}
    evidence = ", ".join(f"{LABELS[n]} {size.mean():.4f}" for n, size in sizes.items())
    gaps = [sizes[name] - sizes["sgd"] for name in ("momentum", "nesterov")]
    return bool(max(abs(gap.mean()) for gap in gaps) < 0.02), evidence + "."


def claim_coupled(coupled):
    """AdamW는 모든 가중치를 같은 비율로 줄이지만, 손실에 더한 L2는 Adam에서 그렇지 않습니다.

    잡음뿐인 기울기를 1000걸음 받은 가중치 1이 얼마나 남는지 쟀습니다. 학습률 0.001, 감쇠 0.1.
    """
    quiet, noisy = coupled["quiet"], coupled["noisy"]
    evidence = (
        f"AdamW는 기울기가 작을 때 {quiet['adamw']:.3f}, 클 때 {noisy['adamw']:.3f}. "
        f"L2는 작을 때 {quiet['l2']:.3f}, 클 때 {noisy['l2']:.3f}입니다."
    )
    even = abs(quiet["adamw"] - noisy["adamw"]) < 0.01
    return bool(even and noisy["l2"] - quiet["l2"] > 0.3), evidence


def claim_clipped(clipped):
    """기울기 자르기는 무너진 학습을 살리지만, 알맞은 학습률을 대신하지는 못합니다.

    모멘텀, Fashion-MNIST 10000장, 784-64-10, 5에폭, 시드 3개, 자르는 크기 1.
    """
    mean = {
        (lr, limit): curves(clipped, lr=lr, limit=limit)[:, -3:].mean()
        for lr in (0.03, 0.3)
        for limit in (0.0, 1.0)
    }
    evidence = (
        f"학습률 0.3에서 {mean[0.3, 0.0]:.3f} → {mean[0.3, 1.0]:.3f}, "
        f"0.03에서 {mean[0.03, 0.0]:.3f} → {mean[0.03, 1.0]:.3f}입니다."
    )
    helps = mean[0.3, 1.0] > mean[0.3, 0.0] + 0.1
    return bool(helps and mean[0.3, 1.0] < mean[0.03, 0.0] - 0.05), evidence


def claim_habits(habits):
    """Keras는 옵티마이저를 적지 않으면 말없이 RMSprop(0.001)을 쓰고, 두 모델에 쓰면 멈춥니다."""
    silent = habits["silent"] == "RMSprop" and abs(habits["silent_lr"] - 0.001) < 1e-6
    evidence = (
        f"적지 않으면 {habits['silent']}({habits['silent_lr']:.3g}), "
        f"두 모델에 쓰면 {habits['reuse_error'] or '오류 없음'}입니다."
    )
    return bool(silent and habits["reuse_error"]), evidence


# ------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_adam]
def answer_adam(gradients=(0.5, -0.1), w=1.0, lr=0.001):
    m = s = 0.0
    path = []
    for t, g in enumerate(gradients, start=1):
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        m_hat, s_hat = m / (1 - 0.9**t), s / (1 - 0.999**t)
        w = w - lr * m_hat / (s_hat**0.5 + 1e-7)
        path.append(w)
    return path


# --8<-- [end:answer_adam]


# --8<-- [start:answer_effective]
def answer_effective(lr, beta):
    return lr / (1 - beta)  # 1 + β + β² + … = 1 / (1 − β)


# --8<-- [end:answer_effective]


# --8<-- [start:answer_states]
def answer_states(parameters=109386, per_parameter=2, bytes_each=4):
    states = parameters * per_parameter
    return states, (parameters + states) * bytes_each / 1e6  # 개, MB


# --8<-- [end:answer_states]


# --8<-- [start:answer_steps]
def answer_steps(condition=50, target=0.001):
    shrink = (condition - 1) / (condition + 1)  # 가장 좋은 lr = 2 / (1 + κ)일 때
    return np.log(target) / (2 * np.log(shrink))  # 손실은 거리의 제곱입니다


# --8<-- [end:answer_steps]


def experiment_answers():
    first, second = answer_adam()
    return {
        "first": first,
        "second": second,
        "effective": answer_effective(0.01, 0.9),
        "effective_99": answer_effective(0.01, 0.99),
        "states": answer_states()[0],
        "megabytes": answer_states()[1],
        "momentum_states": answer_states(per_parameter=1)[0],
        "steps": float(answer_steps()),
        "best_lr": 2 / 51,
    }

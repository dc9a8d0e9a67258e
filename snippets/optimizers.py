"""옵티마이저: 규칙 일곱을 NumPy로 쓰고, 신경망과 골짜기에서 걸어 봅니다."""

import numpy as np

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
def nesterov(
    w, g, state, lr, beta=0.9
):  # w는 이미 한 걸음 내다본 곳입니다
    v = state["v"] = beta * state.get("v", 0) - lr * g
    return w + beta * v - lr * g


# --8<-- [end:nesterov]


# --8<-- [start:adagrad]
def adagrad(w, g, state, lr, start=0.1, eps=1e-7):
    r = state["r"] = state.get("r", start) + g**2  # 제곱의 합
    return w - lr * g / np.sqrt(r + eps)


# --8<-- [end:adagrad]


# --8<-- [start:rmsprop]
def rmsprop(w, g, state, lr, rho=0.9, eps=1e-7):
    r = state["r"] = (
        rho * state.get("r", 0) + (1 - rho) * g**2
    )  # 제곱의 평균
    return w - lr * g / np.sqrt(r + eps)


# --8<-- [end:rmsprop]


# --8<-- [start:adam]
def adam(w, g, state, lr, beta1=0.9, beta2=0.999, eps=1e-7):
    t = state["t"] = state.get("t", 0) + 1  # 몇째 걸음인지
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g  # 평균
    r = state["r"] = (
        beta2 * state.get("r", 0) + (1 - beta2) * g**2
    )  # 제곱의 평균
    corrected = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)  # 편향 보정
    return w - corrected * m / (np.sqrt(r) + eps)


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
            (
                theta[start:end].reshape(fan_in, units),
                theta[end : end + units],
            )
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
        parts.append(
            rng.normal(0, np.sqrt(2 / fan_in), fan_in * units)
        )  # He
        parts.append(np.zeros(units))
    return np.concatenate(parts).astype("float32")


def accuracy(theta, x, y, sizes):
    return float(
        np.mean(forward(theta, x, sizes)[1].argmax(axis=1) == y)
    )


def clip(g, limit):
    return g * min(1, limit / (np.linalg.norm(g) + 1e-12))


# --8<-- [start:train]
def train(
    name,
    lr,
    data,
    sizes,
    seed,
    epochs,
    batch_size=64,
    limit=None,
    **knobs,
):
    (x, y), validation, test = (
        data  # (n, 784)과 (n,), 나머지 둘은 10000장씩
    )
    rng = np.random.default_rng(seed)
    theta, state = initial(sizes, rng), {}  # (매개변수 수,)
    history = {
        "loss": [],
        "val_accuracy": [],
        "accuracy": [],
        "train": 0.0,
    }
    for _ in range(epochs):
        losses, order = [], rng.permutation(len(x))
        for start in range(0, len(x) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            loss, g = backward(theta, x[rows], y[rows], sizes)
            g = g if limit is None else clip(g, limit)
            theta = RULES[name](theta, g, state, lr, **knobs)
            losses.append(loss)
        history["loss"].append(float(np.mean(losses)))
        history["val_accuracy"].append(
            accuracy(theta, *validation, sizes)
        )
        history["accuracy"].append(accuracy(theta, *test, sizes))
    history["train"] = accuracy(theta, x, y, sizes)
    return theta, history


# --8<-- [end:train]


def rates(name, state, lr, eps=1e-7):
    """매개변수마다 기울기에 곱해지는 수, 곧 매개변수별 학습률."""
    if name == "adam":
        return lr / (
            np.sqrt(state["r"] / (1 - 0.999 ** state["t"])) + eps
        )
    return lr / np.sqrt(state["r"] + eps)


# ------------------------------------------------------------------ 골짜기


# --8<-- [start:descend]
def descend(name, H, w, lr, steps, **knobs):
    """손실 ½ wᵀHw를 내려가는 길.
    lr의 모양이 (k, 1, 1)이면 k가지 학습률로 함께 갑니다.
    """
    w = w + 0 * lr
    path, state = [w], {}
    for _ in range(steps):
        w = RULES[name](w, w @ H, state, lr, **knobs)  # 기울기는 Hw
        path.append(w)
    return np.array(path)  # (걸음 + 1, …, 2)


# --8<-- [end:descend]


# --8<-- [start:saddle]
def escape(name, lr, y, steps=3000):
    """안장 ½(x² − y²)의 (1, y)에서 출발해
    |y| > 1이 될 때까지의 걸음 수.
    """
    w, state, path = np.array([1.0, y]), {}, []  # (2,)
    for step in range(steps):
        path.append(w.tolist())
        if abs(w[1]) > 1:
            return step, path
        w = RULES[name](w, w * np.array([1.0, -1.0]), state, lr)
    return None, path


# --8<-- [end:saddle]


# ------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_adam]
def answer_adam(gradients=(0.5, -0.1), w=1.0, lr=0.001):
    m = r = 0.0
    path = []
    for t, g in enumerate(gradients, start=1):
        m, r = 0.9 * m + 0.1 * g, 0.999 * r + 0.001 * g**2
        m_hat, r_hat = m / (1 - 0.9**t), r / (1 - 0.999**t)
        w = w - lr * m_hat / (r_hat**0.5 + 1e-7)
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
    shrink = (condition - 1) / (
        condition + 1
    )  # 가장 좋은 lr = 2 / (1 + κ)일 때
    return np.log(target) / (
        2 * np.log(shrink)
    )  # 손실은 거리의 제곱입니다


# --8<-- [end:answer_steps]

"""가중치 초기화: 처음 가중치를 뽑고, 층을 지나며 크기가 어떻게 바뀌는지 봅니다."""

import numpy as np

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


# --8<-- [start:restart]
def restart(model, blank, init, seed):
    """행렬만 새로 뽑습니다. 편향은 Keras가 처음에 만든 0입니다."""
    rng = np.random.default_rng(seed)
    fresh = [
        draw(init, *w.shape, rng) if w.ndim == 2 else w for w in blank
    ]
    model.set_weights(fresh)


# --8<-- [end:restart]


# ---------------------------------------------------------------- 층을 지나는 크기


# --8<-- [start:flow]
def flow(activation, init, depth, width, rng, images=128):
    f = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[
        activation
    ]
    h = rng.normal(
        size=(images, width)
    )  # (n, 유닛 수): 평균 0, 표준편차 1인 입력
    weights, zs = [], []
    for _ in range(depth):
        weights.append(
            draw(init, width, width, rng)
        )  # (유닛 수, 유닛 수)
        zs.append(h @ weights[-1])  # (n, 유닛 수)
        h = f(zs[-1])
    g = rng.normal(
        size=h.shape
    )  # (n, 유닛 수): 마지막 층에 닿은 기울기 ∂L/∂h
    gradients = []
    for W, z in zip(reversed(weights), reversed(zs), strict=True):
        g = g * (
            z > 0 if activation == "relu" else 1 - np.tanh(z) ** 2
        )  # ∂L/∂z
        gradients.append(g)
        g = g @ W.T
    return zs, gradients[::-1]  # 층 차례


# --8<-- [end:flow]


# --8<-- [start:likeness]
def likeness(activation, init, depth, width, rng):
    """처음에 꽤 닮은 두 입력이 층을 지나며 얼마나 닮았는지
    (depth + 1,)
    """
    f = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}[
        activation
    ]
    a = rng.normal(size=width)  # (유닛 수,)
    b = a + 0.5 * rng.normal(size=width)  # (유닛 수,): 조금 다른 입력
    cosines = [cosine(a, b)]
    for _ in range(depth):
        W = draw(init, width, width, rng)  # (유닛 수, 유닛 수)
        a, b = f(a @ W), f(b @ W)
        cosines.append(cosine(a, b))
    return cosines


def cosine(a, b):
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))  # 1이면 같은 방향


# --8<-- [end:likeness]


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
        "relu": (per_layer / np.sqrt(2))
        ** depth,  # ReLU: 층마다 √½이 더 곱해집니다
    }


# --8<-- [end:answer_fade]


# --8<-- [start:answer_zero_output]
def answer_zero_output(steps=2, lr=0.1, seed=0):
    rng = np.random.default_rng(seed)
    x, y = (
        rng.normal(size=(20, 3)),
        rng.normal(size=(20, 1)),
    )  # (20, 3), (20, 1)
    W1, W2 = rng.normal(size=(3, 4)), np.zeros((4, 1))  # 마지막 층만 0
    norms = []
    for _ in range(steps):
        h = np.maximum(x @ W1, 0)  # (20, 4)
        error = (h @ W2 - y) / len(x)  # (20, 1)
        g1 = x.T @ (error @ W2.T * (h > 0))  # (3, 4)
        g2 = h.T @ error  # (4, 1)
        norms.append(
            [float(np.linalg.norm(g1)), float(np.linalg.norm(g2))]
        )
        W1, W2 = W1 - lr * g1, W2 - lr * g2
    return norms


# --8<-- [end:answer_zero_output]

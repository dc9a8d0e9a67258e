"""신경망: 층을 쌓고, 거슬러 오며 기울기를 구하고, 손으로 학습시킵니다."""

import keras
import numpy as np

# ------------------------------------------------------- NumPy로 쓴 세 층 신경망


# --8<-- [start:forward]
def forward(params, X):
    W1, b1, W2, b2, W3, b3 = params
    h1 = np.maximum(X @ W1 + b1, 0)  # (n, 128)
    h2 = np.maximum(h1 @ W2 + b2, 0)  # (n, 64)
    scores = h2 @ W3 + b3  # (n, 10) 마지막 층에는 ReLU가 없습니다
    return h1, h2, scores


# --8<-- [end:forward]


# --8<-- [start:loss]
def softmax_loss(scores, y):
    """교차 엔트로피의 평균과, 점수에 대한 그 기울기."""
    n = len(y)
    s = scores - scores.max(axis=1, keepdims=True)  # (n, k) 넘치지 않게
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))  # (n, k)
    loss = -log_p[np.arange(n), y].mean()  # 숫자 하나
    ds = np.exp(log_p)  # (n, k) 확률 p
    ds[np.arange(n), y] -= 1  # (n, k) p − 원-핫
    return loss, ds / n


# --8<-- [end:loss]


# --8<-- [start:backward]
def backward(params, X, h1, h2, ds):
    W1, b1, W2, b2, W3, b3 = params
    dW3 = h2.T @ ds  # (64, 10)
    db3 = ds.sum(axis=0)  # (10,)
    dh2 = ds @ W3.T  # (n, 64)
    dz2 = dh2 * (h2 > 0)  # (n, 64) 꺼진 유닛에서 멈춥니다
    dW2 = h1.T @ dz2  # (128, 64)
    db2 = dz2.sum(axis=0)  # (64,)
    dh1 = dz2 @ W2.T  # (n, 128)
    dz1 = dh1 * (h1 > 0)  # (n, 128)
    dW1 = X.T @ dz1  # (784, 128)
    db1 = dz1.sum(axis=0)  # (128,)
    return dW1, db1, dW2, db2, dW3, db3


# --8<-- [end:backward]


# --8<-- [start:run_layers]
def run_layers(params, X, relu=True):
    h = [X]  # h[l]: l번째 은닉층의 출력
    for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
        z = h[-1] @ W + b
        h.append(np.maximum(z, 0) if relu else z)
    return h, h[-1] @ params[-2] + params[-1]


# --8<-- [end:run_layers]


# --8<-- [start:gradients]
def gradients(params, X, y, relu=True):
    h, scores = run_layers(params, X, relu)
    loss, d = softmax_loss(scores, y)
    grads = []
    for i in reversed(range(len(h))):
        grads = [h[i].T @ d, d.sum(axis=0), *grads]
        if i > 0:
            d = (d @ params[2 * i].T) * (h[i] > 0 if relu else 1)
    return loss, grads


# --8<-- [end:gradients]


# --8<-- [start:he_normal]
def he_normal(sizes, rng, dtype="float64"):
    params = []
    for d, k in zip(sizes, sizes[1:], strict=False):
        W = rng.normal(0, np.sqrt(2 / d), (d, k))  # (d, k)
        params += [W.astype(dtype), np.zeros(k, dtype)]  # 편향은 (k,)
    return params


# --8<-- [end:he_normal]


# --8<-- [start:one_epoch]
def one_epoch(params, X, y, lr, batch_size, rng, relu=True):
    order, losses = rng.permutation(len(y)), []
    for start in range(0, len(y), batch_size):
        batch = order[start : start + batch_size]
        loss, grads = gradients(params, X[batch], y[batch], relu)
        params = [
            p - lr * g for p, g in zip(params, grads, strict=True)
        ]
        losses.append(float(loss))
    return params, losses


# --8<-- [end:one_epoch]


# ------------------------------------------------------------- 소용돌이와 층의 수


# --8<-- [start:spiral]
def make_spiral(samples, turns, rng, noise=0.2):
    y = np.arange(samples) % 3  # (n,) 팔이 세 개, 클래스도 세 개
    r = rng.uniform(0.05, 1, samples)  # (n,) 가운데에서 떨어진 거리
    angle = 2 * np.pi * (turns * r + y / 3) + rng.normal(
        0, noise, samples
    )  # (n,)
    return np.stack(
        [r * np.cos(angle), r * np.sin(angle)], axis=1
    ), y  # (n, 2)


# --8<-- [end:spiral]


# --8<-- [start:collapse]
def collapse(params):
    W, b = params[0], params[1]  # (2, 32), (32,)
    for W_next, b_next in zip(params[2::2], params[3::2], strict=True):
        W, b = (
            W @ W_next,
            b @ W_next + b_next,
        )  # 다음 층을 미리 곱해 둡니다
    return W, b  # (2, 3), (3,)


# --8<-- [end:collapse]


# ----------------------------------------------------- Keras로 쌓기와 매개변수 세기


# --8<-- [start:ways]
def build_from_list():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(100, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# --8<-- [end:ways]


# --8<-- [start:ways_named]
def build_with_names():
    hidden = keras.layers.Dense(100, activation="relu", name="hidden")
    scores = keras.layers.Dense(10, name="scores")
    layers = [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        hidden,
        scores,
    ]
    return keras.Sequential(layers, name="clothes")


def build_by_adding():
    model = keras.Sequential()
    model.add(keras.Input((28, 28)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(100, activation="relu"))
    model.add(keras.layers.Dense(10))
    return model


# --8<-- [end:ways_named]


# --8<-- [start:count]
def count_parameters(sizes):
    pairs = zip(sizes, sizes[1:], strict=False)
    return sum(d * k + k for d, k in pairs)  # 가중치 (d, k)와 편향 (k,)


# --8<-- [end:count]


def dense_network(sizes, dtype="float32"):
    model = keras.Sequential([keras.Input((sizes[0],), dtype=dtype)])
    for units in sizes[1:-1]:
        layer = keras.layers.Dense(
            units, "relu", kernel_initializer="he_normal", dtype=dtype
        )
        model.add(layer)
    model.add(keras.layers.Dense(sizes[-1], dtype=dtype))
    return model


# ------------------------------------------------------- 손으로 하는 역전파


# --8<-- [start:slopes]
def slopes(f, p, step=1e-5):
    """중심 차분: 원소를 하나씩 양쪽으로 조금 움직여 본 f의 기울기."""
    result = np.zeros_like(p)
    for i in np.ndindex(p.shape):
        up, down = p.copy(), p.copy()
        up[i] += step
        down[i] -= step
        result[i] = (f(up) - f(down)) / (2 * step)
    return result


# --8<-- [end:slopes]


# ------------------------------------------------------- Keras와 견주기


def load_images(samples, dtype="float32"):
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    x = x[: samples + 5000].reshape(-1, 784).astype(dtype) / 255
    y = y[: samples + 5000].astype(int)
    return (x[:samples], y[:samples]), (
        x[samples:],
        y[samples:],
    )  # 훈련, 검증


# --8<-- [start:twins]
def train_twins(samples, epochs, batch_size, lr, seed, dtype):
    X, y = load_images(samples)[0]  # (2000, 784), (2000,)
    X = X.astype(dtype)
    model = dense_network((784, 128, 64, 10), dtype)
    loss = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, dtype=dtype
    )
    model.compile(keras.optimizers.SGD(lr), loss)
    params = model.get_weights()  # NumPy도 같은 가중치에서 출발합니다
    rng, ours, theirs = np.random.default_rng(seed), [], []
    for _ in range(epochs):
        order = rng.permutation(len(y))  # 미니배치의 차례도 같습니다
        for batch in np.split(
            order, range(batch_size, len(y), batch_size)
        ):
            value, grads = gradients(params, X[batch], y[batch])
            params = [
                p - lr * g for p, g in zip(params, grads, strict=True)
            ]
            ours.append(float(value))
            model.reset_metrics()
            theirs.append(
                float(model.train_on_batch(X[batch], y[batch]))
            )
    return ours, theirs, params, model.get_weights()


# --8<-- [end:twins]


# ------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_width]
def answer_width(total, d=784, k=10):
    """매개변수가 total개에 가장 가까운 d-h-k 신경망의 유닛 수 h."""
    return round(
        (total - k) / (d + 1 + k)
    )  # h(d + 1) + k(h + 1) = total


# --8<-- [end:answer_width]


# --8<-- [start:answer_relu]
def answer_relu(z, dh):
    return np.where(z > 0, dh, 0)  # 켜진 유닛은 그대로, 꺼진 유닛은 0


# --8<-- [end:answer_relu]


# --8<-- [start:answer_xor]
def answer_xor(X):
    W1, b1 = (
        np.array([[1, 1], [1, 1]]),
        np.array([0, -1]),
    )  # (2, 2), (2,)
    w2 = np.array([1, -2])  # (2,)
    return (
        np.maximum(X @ W1 + b1, 0) @ w2
    )  # (n,) 켜진 개수 − 2 × (둘 다 켜짐)


# --8<-- [end:answer_xor]


# --8<-- [start:answer_shapes]
def answer_shapes(n=64, d=784, k=128):
    X, W, dZ = np.zeros((n, d)), np.zeros((d, k)), np.zeros((n, k))
    return [(X.T @ dZ).shape, dZ.sum(axis=0).shape, (dZ @ W.T).shape]


# --8<-- [end:answer_shapes]

"""선형 분류기: 행렬곱 한 번으로 이미지를 가려내고, 그 행렬을 데이터에서 배웁니다."""

import numpy as np

# ---------------------------------------------------------------- 소프트맥스


# --8<-- [start:softmax]
def softmax(s):
    e = np.exp(
        s - s.max(axis=1, keepdims=True)
    )  # (n, 10) 지수가 0을 넘지 않습니다
    return e / e.sum(axis=1, keepdims=True)  # (n, 10) 한 행의 합은 1


# --8<-- [end:softmax]


# --8<-- [start:overflow]
def naive_softmax(s):
    e = np.exp(s)  # 점수가 크면 여기서 넘칩니다
    return e / e.sum(axis=1, keepdims=True)


# --8<-- [end:overflow]


# ---------------------------------------------------------------- 교차 엔트로피


# --8<-- [start:loss]
def cross_entropy(s, y):
    z = s - s.max(
        axis=1, keepdims=True
    )  # (n, 10) 가장 큰 점수를 먼저 뺍니다
    total = np.log(np.exp(z).sum(axis=1))  # (n,) ln Σ e^z
    return (total - z[np.arange(len(y)), y]).mean()  # −ln p의 평균


# --8<-- [end:loss]


# ---------------------------------------------------------------- 기울기


# --8<-- [start:gradient]
def gradients(W, b, x, Y):
    P = softmax(x @ W + b)  # (n, 10)
    error = (P - Y) / len(x)  # (n, 10) 예측한 확률 − 정답
    return x.T @ error, error.sum(axis=0)  # (784, 10), (10,)


# --8<-- [end:gradient]


# --8<-- [start:central]
def central_difference(loss, W, h=1e-5):
    slope = np.zeros_like(W)  # (784, 10)
    for place in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[place] += h
        down[place] -= h
        slope[place] = (loss(up) - loss(down)) / (2 * h)
    return slope


# --8<-- [end:central]


# ---------------------------------------------------------------- 학습


# --8<-- [start:train]
def step(W, b, x, Y, lr):
    dW, db = gradients(W, b, x, Y)
    W -= lr * dW  # (784, 10) 기울기의 반대쪽으로 조금
    b -= lr * db  # (10,)


def train(x, y, lr=0.03, epochs=10, batch_size=50, seed=0):
    rng = np.random.default_rng(seed)
    W, b = np.zeros((784, 10), "float32"), np.zeros(10, "float32")
    Y = np.eye(10, dtype="float32")[y]  # (n, 10) 원-핫
    for _ in range(epochs):
        order = rng.permutation(len(x))  # 에폭마다 새로 섞습니다
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]  # (50,)
            step(W, b, x[rows], Y[rows], lr)
    return W, b


# --8<-- [end:train]


# ---------------------------------------------------------------- 픽셀의 크기


# --8<-- [start:scaling]
def prepare(x, pixels, mean, std):
    if pixels == "0–1":
        return x / 255
    if pixels == "표준화":
        return (
            x - mean
        ) / std  # 평균과 표준편차는 훈련 데이터에서 잰 수 하나씩
    return x


# --8<-- [end:scaling]


# ---------------------------------------------------------- 못하는 일


# --8<-- [start:inverted]
def with_inverted(x, y):
    x = x / 255
    return np.concatenate([x, 1 - x]), np.concatenate(
        [y, y]
    )  # (2n, 784), (2n,)


# --8<-- [end:inverted]


# ---------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_parameters]
def answer_parameters(features, classes):
    return features * classes + classes  # 가중치 + 편향


# --8<-- [end:answer_parameters]


# --8<-- [start:answer_softmax]
def answer_softmax():
    s = np.log([[1, 2, 5]])  # (1, 3) e^s가 1, 2, 5가 되는 점수
    p = softmax(s)  # (1, 3) 1/8, 2/8, 5/8
    return p[0].tolist(), float(cross_entropy(s, np.array([2])))


# --8<-- [end:answer_softmax]


# --8<-- [start:answer_reshape]
def answer_reshape():
    x = np.zeros((100, 32, 32, 3))
    return list(x.reshape(100, -1).shape), list(x.reshape(-1, 3).shape)


# --8<-- [end:answer_reshape]


# --8<-- [start:answer_gradient]
def answer_gradient():
    x = np.array([[2.0, 0.0]])  # (1, 2) 이미지 한 장
    P = np.array([[0.125, 0.25, 0.625]])  # (1, 3)
    Y = np.array([[0.0, 1.0, 0.0]])  # (1, 3) 정답은 둘째 클래스
    return (x.T @ (P - Y)).tolist()  # (2, 3)


# --8<-- [end:answer_gradient]

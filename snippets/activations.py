"""활성화 함수(activation function)와 그 도함수, 그것을 끼운 신경망을 적습니다."""

import math

import keras
import numpy as np
from training import fit

# ---------------------------------------------------------------- 공식과 도함수


# --8<-- [start:classic]
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def d_sigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))


def d_tanh(x):
    return 1 - np.tanh(x) ** 2


def relu(x):
    return np.maximum(x, 0)


def d_relu(x):
    return np.where(x > 0, 1.0, 0.0)  # x = 0에서는 0으로 정합니다


# --8<-- [end:classic]


# --8<-- [start:family]
def leaky_relu(x, slope=0.2):  # 0.2는 Keras의 기본값
    return np.where(x > 0, x, slope * x)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 0)) - 1))


def selu(x, scale=1.05070098, alpha=1.67326324):
    return scale * elu(x, alpha)


def gelu(x):
    return x * normal_cdf(x)


def silu(x):
    return x * sigmoid(x)


def mish(x):
    return x * np.tanh(np.log1p(np.exp(x)))


# --8<-- [end:family]


def normal_cdf(x):
    return 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


FUNCTIONS = {
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "selu": selu,
    "gelu": gelu,
    "silu": silu,
    "mish": mish,
}


# ------------------------------------------------------- 층을 둘로 만드는 것


# --8<-- [start:forward]
def forward(weights, activation, x):
    """행렬곱, 더하기, 활성화 함수만으로 계산한 신경망의 출력."""
    f = FUNCTIONS.get(activation, lambda z: z)
    h = np.asarray(x)  # (n, 입력 수)
    while len(weights) > 2:
        W, b, *weights = weights  # (입력 수, 유닛 수), (유닛 수,)
        h = f(h @ W + b)  # (n, 유닛 수)
    W, b = weights
    return (
        h @ W + b
    )  # (n, 출력 수): 마지막 층은 활성화 함수 없이 점수로 둡니다


# --8<-- [end:forward]


# --8<-- [start:mlp]
INITIALIZERS = {  # 여기에 없는 ReLU 계열은 He 초기화를 씁니다
    "linear": "glorot_normal",
    "sigmoid": "glorot_normal",
    "tanh": "glorot_normal",
    "selu": "lecun_normal",
}


def load_images(samples):
    (x, y), _ = keras.datasets.fashion_mnist.load_data()
    x = x[: samples + 10000].reshape(-1, 784).astype("float32") / 255
    y = y[: samples + 10000]
    return (x[:samples], y[:samples]), (
        x[samples:],
        y[samples:],
    )  # 학습, 검증


def build_mlp(activation, widths=(128, 64), initializer=None):
    if initializer is None:
        initializer = INITIALIZERS.get(activation, "he_normal")
    model = keras.Sequential([keras.Input((784,))])
    for width in widths:
        model.add(
            keras.layers.Dense(
                width, activation, kernel_initializer=initializer
            )
        )
    model.add(
        keras.layers.Dense(10)
    )  # (n, 10) 점수. 활성화 함수가 없습니다
    return model


def train(model, data, optimizer, lr, epochs, batch_size, seed):
    (x, y), (x_val, y_val) = (
        data  # (n, 784), (n,), (10000, 784), (10000,)
    )
    rule = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[
        optimizer
    ]
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(rule(lr), loss)
    fit(
        model, x, y, epochs, batch_size, seed
    )  # 섞는 순서도 시드가 정합니다
    scores = np.asarray(model(x_val))  # (10000, 10)
    return float(np.mean(scores.argmax(axis=1) == y_val))  # 검증 정확도


# --8<-- [end:mlp]


# --8<-- [start:collapse]
def collapse(weights):
    """활성화 함수가 없는 층들을 행렬 W 하나와
    편향 b 하나로 합칩니다.
    """
    W, b, *rest = weights  # (784, 128), (128,)
    while rest:
        W_next, b_next, *rest = rest  # (128, 64), (64,)
        W, b = W @ W_next, b @ W_next + b_next  # (784, 64), (64,)
    return W, b  # (784, 10), (10,)


# --8<-- [end:collapse]


# ------------------------------------------------------------- 죽은 ReLU


# --8<-- [start:dead]
def count_dead(z):
    negative = z <= 0  # (n, 유닛 수): ReLU가 0을 내놓는 곳
    return {
        "negative": float(negative.mean()),  # (이미지, 유닛) 쌍의 비율
        "dead": float(
            negative.all(axis=0).mean()
        ),  # 모든 이미지에서 0인 유닛의 비율
    }


# --8<-- [end:dead]


# ------------------------------------------------------------- 출력층


# --8<-- [start:stable]
def naive_loss(scores, label):
    e = np.exp(scores)  # (k,) 점수가 89만 되어도 float32를 넘칩니다
    return -np.log(e[label] / e.sum())


def stable_loss(scores, label):
    z = scores - scores.max()  # (k,) 가장 큰 값이 0
    return np.log(np.exp(z).sum()) - z[label]


# --8<-- [end:stable]


# ------------------------------------------------------------- 연습 문제의 답


# --8<-- [start:answer_shrink]
def answer_shrink(layers=10):
    return 0.25**layers  # 층마다 많아야 1/4이 곱해집니다


# --8<-- [end:answer_shrink]


# --8<-- [start:answer_tanh]
def answer_tanh(x):
    return 2 * sigmoid(2 * x) - 1


def answer_tanh_weights(W1, b1, W2, b2):
    """tanh 은닉층의 가중치를, 같은 출력을 내는 sigmoid 은닉층의
    가중치로 바꿉니다.
    """
    return 2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=0)


# --8<-- [end:answer_tanh]


# --8<-- [start:answer_absolute]
def answer_absolute(x):
    return relu(x) + relu(-x)  # 유닛 두 개, 가중치는 모두 ±1


# --8<-- [end:answer_absolute]


# --8<-- [start:answer_parameters]
def answer_parameters(sizes=(784, 128, 64, 10)):
    pairs = zip(sizes, sizes[1:], strict=False)
    return sum(inputs * units + units for inputs, units in pairs)


# --8<-- [end:answer_parameters]

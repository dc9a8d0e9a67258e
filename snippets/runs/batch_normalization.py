"""배치 정규화 쪽의 실험: 본문과 그림과 주장이 쓸 수를 잽니다."""

import keras
import numpy as np
import pandas as pd
from batch_normalization import (
    answer_pair,
    answer_steps,
    normalize,
    try_it,
)
from comparison import chosen, difference, pick, with_sign
from training import as_tensors, train_on

SEEDS = (0, 1, 2, 3, 4)
LRS = (0.01, 0.03, 0.1, 0.3, 1.0)
DEPTHS = (2, 8, 16)
SIZES = (2, 8, 32, 128)
ARMS = {"plain": "없음", "batch": "배치 정규화"}


# ---------------------------------------------------------------- 데이터와 신경망


def load_digits(samples):
    """훈련 데이터, 훈련 데이터의 끝에서 뗀 검증 데이터 2천 장, 테스트 데이터."""
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    x, x_test = (
        a.reshape(-1, 784).astype("float32") / 255 for a in (x, x_test)
    )
    return (
        (x[:samples], y[:samples]),
        (x[-2000:], y[-2000:]),
        (x_test, y_test),
    )


# --8<-- [start:build]
def build(depth, norm, momentum=0.9, width=64):
    model = keras.Sequential([keras.Input((784,))])
    for _ in range(depth):
        model.add(
            keras.layers.Dense(
                width, use_bias=not norm, kernel_initializer="he_normal"
            )
        )
        if norm:
            model.add(
                keras.layers.BatchNormalization(momentum=momentum)
            )
        model.add(keras.layers.ReLU())  # (n, 64)
    model.add(keras.layers.Dense(10))  # (n, 10) 점수
    return model


# --8<-- [end:build]


def compile_for(model):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss, metrics=["accuracy"])
    return model


def fresh_weights(blank, seed):
    """처음 가중치를 새로 뽑습니다. 정규화의 유무와 상관없이 행렬은 같습니다."""
    rng = np.random.default_rng(seed)

    def draw(w):
        if w.ndim < 2:  # 편향, γ, β, 모아 둔 평균과 분산은 처음 그대로
            return w
        return rng.normal(0, np.sqrt(2 / w.shape[0]), w.shape)

    return [draw(w) for w in blank]


# ---------------------------------------------------------------- NumPy로 앞으로


def layers_of(model):
    """층마다 (W, b) 또는 (W, γ, β, 평균, 분산)."""
    groups = []
    for layer in model.layers:
        values = layer.get_weights()
        if isinstance(layer, keras.layers.BatchNormalization):
            groups[-1] = [groups[-1][0], *values]
        elif values:
            groups.append(values)
    return groups


def forward(layers, x, size=None):
    """점수와, 층마다 ReLU에 들어가는 값. size를 주면 size장씩 묶어 그 통계로 맞춥니다."""
    batches = (
        x.reshape(-1, size, x.shape[1]) if size else x
    )  # (묶음 수, size, 784)
    entering, h = [], batches
    for W, *rest in layers[:-1]:
        z = h @ W  # (…, 64)
        if len(rest) == 1:
            z = z + rest[0]
        else:
            gamma, beta, mean, var = rest
            if size:
                mean, var = (
                    z.mean(axis=-2, keepdims=True),
                    z.var(-2, keepdims=True),
                )
            z = normalize(z, gamma, beta, mean, var)
        entering.append(z)
        h = np.maximum(z, 0)
    W, b = layers[-1]
    scores = h @ W + b  # (…, 10)
    return scores.reshape(len(x), -1), entering


def accuracy(layers, data, size=None):
    x, y = data
    scores, _ = forward(layers, x, size)
    return float(np.mean(scores.argmax(axis=1) == y))


# ---------------------------------------------------------------- 거듭 배웁니다


def trainer(depth, norm, data, momentum=0.9):
    """그래프를 한 번만 그려 두고, 학습률과 시드를 바꾸어 거듭 배우는 함수를 돌려줍니다."""
    model = compile_for(build(depth, norm, momentum))
    step = train_on(model, as_tensors(data))
    blank = model.get_weights()

    def learn(lr, epochs, batch_size, seed):
        model.set_weights(fresh_weights(blank, seed))
        model.optimizer.learning_rate = lr
        rng = np.random.default_rng(seed)
        losses = []
        for _ in range(epochs):
            order = rng.permutation(len(data[0])).astype("int32")
            losses.append(step(order, batch_size)["loss"])
        return losses, layers_of(model)

    return learn


# ---------------------------------------------------------------- 층을 지나는 크기

cases_scale = [dict(norm=norm) for norm in (False, True)]
smoke_scale = dict(depth=2, samples=200, epochs=1, seeds=(0,))


def experiment_scale(
    norm=False,
    depth=16,
    lr=0.03,
    epochs=5,
    batch_size=50,
    samples=2000,
    seeds=SEEDS,
):
    """층마다 ReLU에 들어가는 값의 표준편차. 학습하기 전과 뒤, (시드 수, depth)."""
    data, (x_val, _), _ = load_digits(samples)
    learn = trainer(depth, norm, data)

    def spread(layers):
        _, entering = forward(layers, x_val, batch_size)
        return [float(z.std()) for z in entering]

    before = [
        spread(learn(lr, 0, batch_size, seed)[1]) for seed in seeds
    ]
    after = [
        spread(learn(lr, epochs, batch_size, seed)[1]) for seed in seeds
    ]
    return {"before": before, "after": after}


# ---------------------------------------------------------------- 깊이와 학습률

cases_depth = [
    dict(depth=depth, norm=norm)
    for depth in DEPTHS
    for norm in (False, True)
]
smoke_depth = dict(samples=200, epochs=1, lrs=(0.1,), seeds=(0,))


def experiment_depth(
    depth=2,
    norm=False,
    lrs=LRS,
    epochs=5,
    batch_size=50,
    samples=2000,
    seeds=SEEDS,
):
    data, validation, test = load_digits(samples)
    learn = trainer(depth, norm, data)
    rows = []
    for lr in lrs:
        for seed in seeds:
            losses, layers = learn(lr, epochs, batch_size, seed)
            rows.append(
                {
                    "lr": lr,
                    "seed": seed,
                    "loss": losses[-1],
                    "val_accuracy": accuracy(layers, validation),
                    "test_accuracy": accuracy(layers, test),
                }
            )
    return {"rows": rows}


# ---------------------------------------------------------------- 작은 미니배치

cases_small = [
    dict(batch_size=size, norm=norm)
    for size in SIZES
    for norm in (False, True)
]
smoke_small = dict(samples=256, epochs=1, lrs=(0.1,), seeds=(0,))


def experiment_small(
    batch_size=32,
    norm=False,
    lrs=(0.003, *LRS),
    depth=2,
    epochs=4,
    samples=1024,
    seeds=SEEDS,
):
    """테스트의 정확도 둘: 모아 둔 통계로, 그리고 batch_size장씩 묶은 통계로."""
    data, validation, (x_test, y_test) = load_digits(samples)
    kept = len(x_test) // batch_size * batch_size
    learn = trainer(depth, norm, data)
    rows = []
    for lr in lrs:
        for seed in seeds:
            _, layers = learn(lr, epochs, batch_size, seed)
            test = x_test[:kept], y_test[:kept]
            rows.append(
                {
                    "lr": lr,
                    "seed": seed,
                    "val_accuracy": accuracy(layers, validation),
                    "test_accuracy": accuracy(layers, test),
                    "batch_accuracy": accuracy(
                        layers, test, batch_size
                    ),
                }
            )
    return {"rows": rows}


# ---------------------------------------------------------------- 결과를 모읍니다


def rows_of(cases, **where):
    """조건에 맞는 사례 하나의 줄들을 표로 돌려줍니다: 학습률과 시드마다 한 줄."""
    for knob, wanted in where.items():
        cases = cases[cases[knob] == wanted]
    return pd.DataFrame(cases["rows"].iloc[0])


def tuned(cases, key="test_accuracy", **where):
    """학습률을 검증 정확도로 고른 다음의 값. (시드 수,)"""
    rows = rows_of(cases, **where)
    return pick(rows, key, lr=chosen(rows, "lr"))


def experiment_demo():
    before, mean, after, running = try_it()
    return {
        "before": before,
        "mean": mean,
        "after": after,
        "running": running,
    }


def experiment_summary(scale, depth, small):
    def means(cases, key, knob, values):
        return {
            arm: {
                str(value): tuned(
                    cases, key, norm=arm == "batch", **{knob: value}
                ).mean()
                for value in values
            }
            for arm in ARMS
        }

    spread = {
        arm: {
            when: np.mean(of_arm(scale, arm)[when].iloc[0], axis=0)
            for when in ("before", "after")
        }
        for arm in ARMS
    }
    return {
        "scale": spread,
        "depth": means(depth, "test_accuracy", "depth", DEPTHS),
        "small": means(small, "test_accuracy", "batch_size", SIZES),
        "grouped": means(small, "batch_accuracy", "batch_size", SIZES),
        "shallow": with_sign(
            difference(
                *(
                    tuned(of_arm(depth, arm), depth=2)
                    for arm in ("batch", "plain")
                )
            ),
            3,
        ),
        "highest": at_rate(depth, max(LRS)),
        "lowest": at_rate(depth, min(LRS)),
    }


def at_rate(depth, lr):
    """학습률 하나에서 검증 정확도의 평균."""
    return {
        arm: {
            str(layers): pick(
                rows_of(of_arm(depth, arm), depth=layers),
                "val_accuracy",
                lr=lr,
            ).mean()
            for layers in DEPTHS
        }
        for arm in ARMS
    }


def of_arm(cases, arm):
    return cases[cases["norm"] == (arm == "batch")]


def experiment_answers():
    return {
        "steps": {"low": answer_steps(0.9), "high": answer_steps(0.99)},
        "pair": answer_pair(3, 5),
        "far": answer_pair(-100, 900),
    }

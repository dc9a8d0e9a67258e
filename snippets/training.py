"""빠르고 다시 할 수 있는 학습: 에폭 하나를 그래프 하나로 돌립니다.

Keras의 `fit`이 하는 일을 눈에 보이게 적었습니다.
데이터를 한 번만 텐서로 옮기고, 묶음은 그래프 안에서 고릅니다.
섞는 순서는 `seed`에서 나오고 에폭마다 새로 정합니다.
"""

import keras
import numpy as np
import tensorflow as tf


# --8<-- [start:fit]
def fit(
    model,
    x,
    y,
    epochs=1,
    batch_size=32,
    seed=0,
    shuffle=True,
    validation=None,
    after_epoch=None,
):
    """컴파일한 모델을 학습하고, 에폭마다의 손실과 지표를 돌려줍니다.

    `after_epoch(epoch, logs)`가 True를 돌려주면 거기에서 멈춥니다.
    """
    data = as_tensors((x, y))
    rng = np.random.default_rng(seed)
    history = {}
    train, test = train_on(model, data), test_on(model)
    for epoch in range(epochs):
        order = np.arange(count(data), dtype="int32")
        if shuffle:
            order = rng.permutation(order)  # 에폭마다 새 순서
        logs = train(order, batch_size)
        if validation is not None:
            scores = test(as_tensors(validation))
            logs |= {
                f"val_{name}": score for name, score in scores.items()
            }
        for name, value in logs.items():
            history.setdefault(name, []).append(value)
        if after_epoch and after_epoch(epoch, logs):
            break
    return history


# --8<-- [end:fit]


# --8<-- [start:step]
def train_on(model, data):
    """순서를 받아 한 에폭을 학습하는 함수를 돌려줍니다."""
    prepare(model, data)

    def step(rows):  # rows: (batch_size,) 이 묶음에 든 행의 번호
        x, y = take(data, rows)
        with tf.GradientTape() as tape:
            p = model(x, training=True)  # (batch_size, 클래스 수)
            loss = model.compute_loss(
                y=y, y_pred=p
            )  # 규제의 벌까지 더한 수 하나
        weights = model.trainable_variables
        model.optimizer.apply(tape.gradient(loss, weights), weights)
        model.compute_metrics(x, y, p)
        return loss * tf.cast(tf.size(rows), loss.dtype)

    @tf.function
    def steps(batches):  # (걸음 수, batch_size)
        total = 0.0
        for rows in batches:
            total += step(tf.ensure_shape(rows, batches.shape[1:]))
        return total

    def epoch(order, batch_size):
        model.reset_metrics()
        full = len(order) // batch_size * batch_size
        total = 0.0
        if full:
            total += float(steps(order[:full].reshape(-1, batch_size)))
        if full < len(order):  # 마지막의 작은 묶음
            total += float(steps(order[None, full:]))
        return {"loss": total / len(order)} | scores_of(model)

    return epoch


# --8<-- [end:step]


def test_on(model):
    """데이터를 받아 손실과 지표를 재는 함수를 돌려줍니다."""

    @tf.function(autograph=False)
    def forward(x, y):
        p = model(x, training=False)
        model.compute_metrics(x, y, p)
        return model.compute_loss(y=y, y_pred=p, training=False)

    def test(data):
        model.reset_metrics()
        return {"loss": float(forward(*data))} | scores_of(model)

    return test


def prepare(model, data):
    """그래프를 그리기 전에, 가중치와 옵티마이저와 지표의 변수를 만들어 둡니다."""
    x, y = take(data, [0])
    model.compute_metrics(x, y, model(x))
    model.optimizer.build(model.trainable_variables)


def scores_of(model):
    scores = model.get_metrics_result()
    return {
        name: float(value)
        for name, value in scores.items()
        if name != "loss"
    }


def as_tensors(data):
    """배열, 표, 또는 그 목록이나 사전을 텐서로 바꿉니다. 실수는 float32가 됩니다."""

    def as_tensor(part):
        tensor = tf.convert_to_tensor(part)
        real = tensor.dtype.is_floating
        return (
            tf.cast(tensor, keras.config.floatx()) if real else tensor
        )

    return tf.nest.map_structure(as_tensor, data)


def take(data, rows):
    """모든 텐서에서 같은 행을 고릅니다."""
    return tf.nest.map_structure(
        lambda part: tf.gather(part, rows), data
    )


def count(data):
    return len(tf.nest.flatten(data)[0])

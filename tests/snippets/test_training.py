"""The loop in the open does what Keras's own `fit` does, step by step."""

import keras
import numpy as np
import pandas as pd
import pytest
import training

N = 70  # no multiple of the batch size: the last batch is a small one


def images(seed=0, n=N):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 6)), rng.integers(0, 3, size=n)


def build(optimizer, name="plain"):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6,)), *layers(name), keras.layers.Dense(3)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss, metrics=["accuracy"])
    return model


def layers(name):
    if name == "plain":
        return []
    if name == "dropout":
        return [keras.layers.Dense(8, activation="relu"), keras.layers.Dropout(0.5)]
    if name == "penalty":
        return [keras.layers.Dense(8, kernel_regularizer=keras.regularizers.L2(0.1))]
    # A bias before it has no gradient but noise, which Adam would blow up.
    dense = keras.layers.Dense(8, use_bias=False)
    return [dense, keras.layers.BatchNormalization()]


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
@pytest.mark.parametrize("name", ["plain", "dropout", "penalty", "normal"])
def test_weights_and_history_are_those_of_keras_in_the_same_order(optimizer, name):
    x, y = images()
    mine, theirs = build(optimizer, name), build(optimizer, name)
    settings = {"epochs": 3, "batch_size": 16, "shuffle": False}
    keras.utils.set_random_seed(1)
    log = training.fit(mine, x, y, validation=images(1), **settings)
    keras.utils.set_random_seed(1)
    ran = theirs.fit(x, y, validation_data=images(1), verbose=0, **settings)
    assert log.keys() == ran.history.keys()
    for key, values in log.items():
        np.testing.assert_allclose(values, ran.history[key], rtol=2e-5)
    for a, b in zip(mine.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-5, atol=1e-6)


def orders_seen(**settings):
    """Return the images of each epoch in the order in which a model has met them."""
    seen = []

    class Noting(keras.layers.Layer):
        def call(self, x):
            if not self.noting:
                return x
            import tensorflow as tf

            note = tf.numpy_function(
                lambda a: seen.extend(a[:, 0]) or a, [x], "float32"
            )
            return tf.ensure_shape(note, x.shape)

    layer = Noting()
    layer.noting = False
    model = keras.Sequential([keras.Input((1,)), layer, keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    layer.noting = True
    x = np.arange(10, dtype="float32")[:, None]
    training.fit(model, x, x, batch_size=4, **settings)
    return np.array(seen[1:], dtype=int).reshape(-1, 10)  # one look to build the model


def test_each_epoch_has_an_order_of_its_own_that_the_seed_decides():
    first, second = orders_seen(epochs=2, seed=3)
    assert sorted(first) == sorted(second) == list(range(10))
    assert list(first) != list(second)
    assert np.array_equal(orders_seen(epochs=2, seed=3), [first, second])
    assert not np.array_equal(orders_seen(epochs=2, seed=4), [first, second])


def test_order_stays_where_it_is_not_to_be_shuffled():
    assert orders_seen(epochs=2, shuffle=False).tolist() == [list(range(10))] * 2


def test_a_table_gives_what_its_array_gives():
    x, y = images()
    settings = {"epochs": 2, "batch_size": 16}
    table = training.fit(build("sgd"), pd.DataFrame(x), pd.Series(y), **settings)
    assert table == training.fit(build("sgd"), x, y, **settings)


@pytest.mark.parametrize("kind", [list, dict])
def test_several_inputs_are_cut_alike(kind):
    x, y = images()
    parts = {"left": x[:, :2], "right": x[:, 2:]}

    def two_inputs():
        keras.utils.set_random_seed(0)
        left, right = keras.Input((2,), name="left"), keras.Input((4,), name="right")
        joined = keras.layers.Concatenate()([left, right])
        scores = keras.layers.Dense(3, activation="softmax")(joined)
        inputs = {"left": left, "right": right} if kind is dict else [left, right]
        model = keras.Model(inputs, scores)
        model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    given = parts if kind is dict else list(parts.values())
    settings = {"epochs": 2, "batch_size": 16, "shuffle": False}
    log = training.fit(two_inputs(), given, y, **settings)
    ran = two_inputs().fit(given, y, verbose=0, **settings)
    np.testing.assert_allclose(log["loss"], ran.history["loss"], rtol=2e-5)


def test_training_ends_where_it_is_told_to():
    x, y = images()
    log = training.fit(
        build("sgd"), x, y, epochs=9, after_epoch=lambda epoch, logs: epoch == 2
    )
    assert len(log["loss"]) == 3


def test_learning_rate_that_changes_between_epochs_is_used():
    x, y = images()
    model = build(keras.optimizers.SGD(0.1))

    def halt(epoch, logs):
        model.optimizer.learning_rate = 0.0

    log = training.fit(model, x, y, epochs=3, batch_size=N, after_epoch=halt)
    assert log["loss"][0] > log["loss"][1] == log["loss"][2]

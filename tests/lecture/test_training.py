"""Keras as runs meet it, in one process that imports TensorFlow once."""

import json
import subprocess
import sys
from typing import Any

import pytest

PROBE = """
import json
import sys

import keras
import numpy as np
import tensorflow as tf
from lecture.task import training

epochs_told = []
training.prepare(seed=1, on_epoch=lambda done, total: epochs_told.append([done, total]))
keras_fit = keras.Model.fit.__wrapped__
COUNT = 10
NUMBERS = np.arange(COUNT, dtype="float32")[:, None]


class Recorder(keras.Model):
    '''Remembers every row that it is trained on, and its label.'''

    def __init__(self):
        super().__init__()
        self.rows = tf.Variable(tf.fill([200, 2], -1.0))
        self.count = tf.Variable(0)
        self.compile()

    def call(self, x):
        return x

    def train_step(self, data):
        x, y = data[:2]
        size = tf.shape(x)[0]
        places = (self.count + tf.range(size))[:, None]
        self.rows.scatter_nd_update(places, tf.concat([x, y], axis=1))
        self.count.assign_add(size)
        return {"loss": tf.constant(0.0)}

    @property
    def seen(self):
        return self.rows[: int(self.count), 0].numpy().astype(int).tolist()

    @property
    def pairs_hold(self):
        rows = self.rows[: int(self.count)].numpy()
        return bool((rows[:, 1] == 7 * rows[:, 0]).all())


class Watcher(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.batches = []

    def on_train_batch_end(self, batch, logs=None):
        self.batches.append(batch)


def recorded(**how):
    keras.utils.set_random_seed(3)
    model = Recorder()
    model.fit(NUMBERS, 7 * NUMBERS, **{"batch_size": 3, "epochs": 4, **how}, verbose=0)
    seen = model.seen
    size = len(seen) // 4
    epochs = [seen[i : i + size] for i in range(0, len(seen), size)]
    return {"epochs": epochs, "pairs": model.pairs_hold}


def batches():
    return tf.data.Dataset.from_tensor_slices((NUMBERS, 7 * NUMBERS)).batch(2)


def small_model(lr=0.1):
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    model.compile(keras.optimizers.SGD(lr), loss="mse")
    return model


rng = np.random.default_rng(0)
X = rng.normal(size=(64, 4))  # (64, 4)
Y = rng.normal(size=(64, 3))  # (64, 3)
WEIGHTS = rng.uniform(0, 2, size=64)


def losses(fit=keras.Model.fit, lr=0.1, epochs=3, **how):
    history = fit(
        small_model(lr), X, Y, batch_size=4, epochs=epochs, verbose=0, **how
    )
    return {name: values for name, values in history.history.items()}


found = {
    "plain": recorded(),
    "single": recorded(batch_size=1),
    "again": recorded(),
    "unshuffled": recorded(shuffle=False),
    "weighted": recorded(sample_weight=np.ones(COUNT)),
}


def refusal(fit):
    layers = [keras.Input((4,)), keras.layers.Dense(3)]
    model = keras.Sequential(layers, name="my model")
    model.compile("sgd", loss="mse")
    try:
        fit(model, X, Y, verbose=0)
    except ValueError as error:
        return str(error)
    finally:
        keras.utils.clear_session()


found["refusals"] = [refusal(keras.Model.fit), refusal(keras_fit)]
model = Recorder()
model.fit(batches(), epochs=2, verbose=0)
found["dataset"] = model.seen
model = Recorder()
model.fit(batches().repeat(), steps_per_epoch=3, epochs=2, verbose=0)
found["counted"] = len(model.seen)

found["losses"] = [losses(), losses()]
found["slow"] = losses(callbacks=[Watcher()])
for name, how in {
    "split": dict(validation_split=0.25),
    "weights": dict(sample_weight=WEIGHTS),
    "both": dict(sample_weight=WEIGHTS, validation_split=0.25),
}.items():
    still = dict(lr=0.0, epochs=1, **how)
    found[name] = [losses(**still), losses(keras_fit, **still)]
found["unweighted"] = losses(lr=0.0, epochs=1)

def dropout_losses(**how):
    keras.utils.set_random_seed(5)
    layers = [keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(3)]
    model = keras.Sequential(layers)
    model.compile("adam", loss="mse", metrics=["mae"])
    rows = np.resize(X, (403, 4))  # 101 batches of 4, the last of 3
    return model.fit(
        rows, rows[:, :3], batch_size=4, epochs=3, verbose=0, **how
    ).history


found["many"] = [dropout_losses(), dropout_losses(callbacks=[Watcher()])]
labels = np.arange(64) % 2
classes = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
classes.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
start = classes.get_weights()
how = dict(batch_size=64, verbose=0, class_weight={0: 1.0, 1: 5.0})
found["class_weights"] = []
for fit in (keras.Model.fit, keras_fit):
    classes.set_weights(start)
    found["class_weights"] += fit(classes, X, labels, **how).history["loss"]

model = small_model()
model.fit(X, Y, batch_size=4, verbose=0)
before = model.get_weights()[0]
model.compile(keras.optimizers.SGD(0.0), loss="mse")
model.fit(X, Y, batch_size=4, verbose=0)
found["recompiled"] = bool((before == model.get_weights()[0]).all())
model.compile("sgd", loss="mse")
model.fit(X, Y, batch_size=4, verbose=0)
after = []
for teach in (
    lambda: model.fit(tf.data.Dataset.from_tensor_slices((X, Y)).batch(8), verbose=0),
    lambda: model.train_on_batch(X, Y),
    lambda: model.fit(X[:9], Y[:9], batch_size=2, verbose=0),
):
    before = model.get_weights()[0]
    teach()
    after.append(bool((before != model.get_weights()[0]).any()))
found["after_arrays"] = after

watcher = Watcher()
model = small_model()
told = len(epochs_told)
before = model.predict(X, batch_size=2, verbose=0)
model.fit(X, Y, batch_size=4, epochs=2, verbose=0)
found["told"] = epochs_told[told:]
found["steps"] = [int(model.steps_per_execution)]
model.fit(X, Y, batch_size=4, epochs=1, verbose=0, callbacks=[watcher])
found["steps"].append(int(model.steps_per_execution))
found["watched"] = watcher.batches
found["rows"] = [len(before), len(model.predict(X, batch_size=2, verbose=0))]
found["steps_of_predict"] = len(model.predict(X, batch_size=2, steps=3, verbose=0))
few = model.evaluate(X, Y, batch_size=4, steps=2, verbose=0)
found["few"] = [few, model.evaluate(X[:8], Y[:8], batch_size=4, verbose=0)]

model = small_model()
model.compile("sgd", loss="mse", steps_per_execution=7)
model.fit(X, Y, verbose=0)
found["students"] = int(model.steps_per_execution)
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """What the probe has measured."""
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def is_whole(epoch: list[int]) -> bool:
    return sorted(epoch) == list(range(10))


@pytest.mark.parametrize("how", ["plain", "single", "weighted"])
def test_arrays_are_reshuffled_in_every_epoch(found: dict[str, Any], how: str) -> None:
    epochs = found[how]["epochs"]
    assert len(epochs) == 4
    assert all(map(is_whole, epochs))
    assert len({tuple(epoch) for epoch in epochs}) == 4
    assert found[how]["pairs"]


def test_second_run_draws_the_same_orders(found: dict[str, Any]) -> None:
    assert found["again"] == found["plain"]


def test_second_run_has_the_same_losses(found: dict[str, Any]) -> None:
    first, second = found["losses"]
    assert first == second
    assert len(set(first["loss"])) == 3


def test_acceleration_leaves_losses_the_same_to_the_bit(found: dict[str, Any]) -> None:
    assert found["slow"] == found["losses"][0]


def test_dropout_and_a_short_last_batch_stay_the_same_to_the_bit(
    found: dict[str, Any],
) -> None:
    quick, slow = found["many"]
    assert quick == slow
    assert len(set(quick["loss"])) == 3


def test_class_weights_weigh_as_in_keras(found: dict[str, Any]) -> None:
    ours, keras = found["class_weights"]
    assert ours == pytest.approx(keras, rel=1e-6)


def test_recompiled_model_trains_with_its_new_optimizer(found: dict[str, Any]) -> None:
    assert found["recompiled"]


def test_model_trained_on_arrays_learns_from_datasets_and_batches_too(
    found: dict[str, Any],
) -> None:
    assert found["after_arrays"] == [True, True, True]


def test_name_that_keras_refuses_is_refused_in_the_same_words(
    found: dict[str, Any],
) -> None:
    ours, keras = found["refusals"]
    assert ours == keras
    assert "'my model' is not a valid root scope name" in ours


def test_shuffle_false_is_left_alone(found: dict[str, Any]) -> None:
    assert found["unshuffled"]["epochs"] == [list(range(10))] * 4


def test_datasets_are_left_alone(found: dict[str, Any]) -> None:
    assert found["dataset"] == [*range(10), *range(10)]


def test_validation_split_is_that_of_keras(found: dict[str, Any]) -> None:
    for how in ("split", "both"):
        ours, keras = found[how]
        assert ours["val_loss"] == pytest.approx(keras["val_loss"], rel=1e-6)
        assert ours["loss"] == pytest.approx(keras["loss"], rel=1e-6)


def test_sample_weights_weigh(found: dict[str, Any]) -> None:
    ours, keras = found["weights"]
    assert ours["loss"] == pytest.approx(keras["loss"], rel=1e-6)
    assert ours["loss"] != pytest.approx(found["unweighted"]["loss"], rel=1e-3)


def test_fit_is_accelerated_and_a_watcher_still_sees_every_batch(
    found: dict[str, Any],
) -> None:
    assert found["steps"] == [50, 50]
    assert found["watched"] == list(range(16))


def test_students_own_steps_per_execution_stays(found: dict[str, Any]) -> None:
    assert found["students"] == 7


def test_counted_batches_stay_the_number_asked_for(found: dict[str, Any]) -> None:
    assert found["counted"] == 2 * 3 * 2
    assert found["steps_of_predict"] == 6
    few, same = found["few"]
    assert few == pytest.approx(same, rel=1e-6)


def test_predictions_before_and_after_training_have_every_row(
    found: dict[str, Any],
) -> None:
    assert found["rows"] == [64, 64]


def test_epochs_are_told_as_they_end(found: dict[str, Any]) -> None:
    assert found["told"] == [[1, 2], [2, 2]]

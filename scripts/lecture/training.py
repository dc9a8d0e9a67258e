"""Keras made reproducible, reshuffling and quick, without touching the student's code.

`keras.utils.set_random_seed` followed by `fit` on arrays draws the same permutation in
every epoch on the TensorFlow backend: the op that shuffles is re-created with the same
seed for each epoch. The pipeline here is seeded once and goes on drawing.
"""

import functools
import inspect
import random
from collections.abc import Callable
from typing import Any

from lecture import pace

OnEpoch = Callable[[int, int], None]


def prepare(
    *, seed: int, smoke: bool = False, on_epoch: OnEpoch = lambda done, total: None
) -> None:
    """Seed Keras, make its ops deterministic on one thread, and replace `Model.fit`.

    In smoke mode every training ends after one epoch.
    """
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(seed)
    keras.Model.fit = _prepared_fit(keras.Model.fit, smoke=smoke, on_epoch=on_epoch)
    keras.Model.evaluate = pace.counted(keras.Model.evaluate)
    keras.Model.predict = pace.counted(keras.Model.predict)


def _prepared_fit(
    fit: Callable[..., Any], *, smoke: bool, on_epoch: OnEpoch
) -> Callable[..., Any]:
    signature = inspect.signature(fit)

    @functools.wraps(fit)
    def prepared(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        call = bound.arguments
        if smoke:
            call["epochs"] = call["initial_epoch"] + 1
        with pace.of_fit(call):
            _reshuffle(call)
            call["callbacks"] = _with_reporter(call, on_epoch)
            return fit(**call)

    return prepared


def _with_reporter(call: dict[str, Any], on_epoch: OnEpoch) -> Any:
    import keras

    total = call["epochs"] - call["initial_epoch"]
    reporter = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: on_epoch(
            epoch + 1 - call["initial_epoch"], total
        )
    )
    callbacks = call["callbacks"]
    if isinstance(callbacks, keras.callbacks.CallbackList):
        callbacks.append(reporter)
        return callbacks
    return [*(callbacks or []), reporter]


def _reshuffle(call: dict[str, Any]) -> None:
    """Replace arrays by a pipeline that draws a new order in each epoch."""
    if not call["shuffle"] or call["steps_per_epoch"] or not _are_arrays(call):
        return
    batch_size = call["batch_size"] or 32
    _split_validation(call)
    data = [
        call[name] for name in ("x", "y", "sample_weight") if call[name] is not None
    ]
    call["x"] = _shuffled(tuple(_as_floatx(array) for array in data), batch_size)
    call.update(y=None, sample_weight=None, batch_size=None, shuffle=False)
    call["validation_batch_size"] = call["validation_batch_size"] or batch_size


def _are_arrays(call: dict[str, Any]) -> bool:
    import numpy as np
    import tensorflow as tf

    kinds = np.ndarray | tf.Tensor
    given = [
        call[name] for name in ("x", "y", "sample_weight") if call[name] is not None
    ]
    return call["y"] is not None and all(isinstance(array, kinds) for array in given)


def _split_validation(call: dict[str, Any]) -> None:
    """Take the last share of the data for validation, as Keras does."""
    share = call["validation_split"]
    if not share or call["validation_data"] is not None:
        return
    split = int(len(call["x"]) * (1.0 - share))
    names = [n for n in ("x", "y", "sample_weight") if call[n] is not None]
    call["validation_data"] = tuple(call[name][split:] for name in names)
    call.update({name: call[name][:split] for name in names}, validation_split=0.0)


def _as_floatx(array: Any) -> Any:
    import keras
    import tensorflow as tf

    tensor = tf.convert_to_tensor(array)
    return (
        tf.cast(tensor, keras.config.floatx()) if tensor.dtype.is_floating else tensor
    )


def _shuffled(data: tuple[Any, ...], batch_size: int) -> Any:
    """Return batches of `data` in an order that is new in each epoch and repeatable."""
    import tensorflow as tf

    count = len(data[0])
    # set_random_seed seeds Python's generator too, so this seed follows the student's.
    seed = random.getrandbits(31)
    options = tf.data.Options()
    options.threading.private_threadpool_size = 1
    return (
        tf.data.Dataset.random(seed=seed, rerandomize_each_iteration=True)
        .batch(2)
        .take(1)
        .flat_map(lambda drawn: _batches_of_indices(count, batch_size, drawn))
        .map(lambda index: tuple(tf.gather(array, index) for array in data))
        .apply(tf.data.experimental.assert_cardinality(-(-count // batch_size)))
        .with_options(options)
        .prefetch(1)
    )


def _batches_of_indices(count: int, batch_size: int, seed: Any) -> Any:
    """Return an epoch's permutation in batches, the incomplete one last."""
    import tensorflow as tf

    order = tf.random.experimental.stateless_shuffle(tf.range(count), seed=seed)
    full = count // batch_size * batch_size
    batches = tf.data.Dataset.from_tensor_slices(
        tf.reshape(order[:full], (-1, batch_size))
    )
    if full == count:
        return batches
    return batches.concatenate(tf.data.Dataset.from_tensors(order[full:]))

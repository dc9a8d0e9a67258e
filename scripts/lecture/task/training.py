"""Keras made reproducible, reshuffling and quick, the student's code untouched."""

import functools
import gc
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from lecture.task import feed, gather, pace

OnEpoch = Callable[[int, int], None]
_LARGE = 2**28  # bytes of data that must not wait for Python to collect cycles


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
        with pace.of_fit(call), _fed(call):
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


@contextmanager
def _fed(call: dict[str, Any]) -> Iterator[None]:
    """Feed a call to `fit` from its arrays, in an order that is new in each epoch."""
    if not feed.has_arrays(call):
        yield
        return
    feed.split_validation(call)
    arrays = feed.taken_from(call)
    call["validation_batch_size"] = call["validation_batch_size"] or arrays.batch_size
    call.update(y=None, sample_weight=None, batch_size=None, shuffle=False)
    if not pace.is_ours(call["self"]) or call["class_weight"]:
        call["x"] = feed.as_batches(arrays)
        yield
        return
    call["x"] = feed.as_rows(arrays, pace.STEPS_PER_EXECUTION)
    with gather.gathering(call["self"], arrays).on(arrays):
        yield
    if arrays.size > _LARGE:
        gc.collect()  # a model and its callbacks refer to each other and hold data

"""Many batches in one graph call, where nobody watches or counts single batches.

Losses stay the same to the bit. Arrays are gathered in the same graph (`gather`).
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

STEPS_PER_EXECUTION = 50
_BATCH_HOOKS = (
    "on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end",
    "on_test_batch_begin", "on_test_batch_end",
)  # fmt: skip
# Keras rounds counted steps up to whole executions: 10 steps would become 50.
_COUNTS = ("steps", "steps_per_epoch", "validation_steps")
_FUNCTIONS = ("train_function", "test_function", "predict_function")


class _Ours(int):
    """Steps per execution that were set here, not by the student."""


@contextmanager
def of_fit(call: dict[str, Any]) -> Iterator[None]:
    """Run a call to `fit` many batches at once, if it may, else one by one."""
    model = call["self"]
    if _is_watched(call):
        with _single_steps(model):
            yield
        return
    if model.steps_per_execution == 1 and not model.run_eagerly:
        model.steps_per_execution = _Ours(STEPS_PER_EXECUTION)
        for name in _FUNCTIONS:  # Keras has built them for single steps
            setattr(model, name, None)
    yield


def is_ours(model: Any) -> bool:
    """Tell whether a model runs many batches at once because it may."""
    return isinstance(model.steps_per_execution, _Ours)


@contextmanager
def _single_steps(model: Any) -> Iterator[None]:
    """Take back what `of_fit` has done to a model, for a while."""
    if not is_ours(model):
        yield
        return
    names = ("steps_per_execution", *_FUNCTIONS)
    kept = {name: getattr(model, name) for name in names}
    for name, value in zip(names, (1, None, None, None), strict=True):
        setattr(model, name, value)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(model, name, value)


def counted(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return `evaluate` or `predict` so that `steps` stays the number asked for."""
    signature = inspect.signature(method)

    @functools.wraps(method)
    def run(*args: Any, **kwargs: Any) -> Any:
        call = signature.bind(*args, **kwargs).arguments
        if not _counts(call):
            return method(*args, **kwargs)
        with _single_steps(call["self"]):
            return method(*args, **kwargs)

    return run


def _is_watched(call: dict[str, Any]) -> bool:
    """Tell whether a call to `fit` counts its batches, or a callback sees each one."""
    callbacks = call["callbacks"] or []
    return (
        _counts(call)
        or not isinstance(callbacks, list)
        or any(map(_watches_batches, callbacks))
    )


def _counts(call: dict[str, Any]) -> bool:
    return any(call.get(name) for name in _COUNTS)


def _watches_batches(callback: Any) -> bool:
    """Tell whether a callback replaces one of the hooks that see single batches."""
    import keras

    def replaced(hook: str) -> bool:
        method = getattr(callback, hook)
        base = getattr(keras.callbacks.Callback, hook)
        return getattr(method, "__func__", method) is not base

    return any(map(replaced, _BATCH_HOOKS))

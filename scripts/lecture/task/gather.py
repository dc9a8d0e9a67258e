"""Training in one graph: rows are told, batches are gathered where they are used.

Handing batches over costs tf.data as long as a small model takes to learn from them.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from lecture.task.feed import Arrays

# What TensorFlow takes as a name in a graph.
_SCOPE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")


class Gathering:
    """A train function that is told rows and gathers the batches itself.

    The steps are those of Keras, on the same batches in the same order. Where it has no
    arrays, it does what Keras's own train function does.
    """

    def __init__(self, model: Any, arrays: Arrays) -> None:
        self.shapes = _shapes(arrays)
        self._usual = model._make_function(model.train_step)
        self._steps = _steps(model, *self.shapes)
        self._arrays: Arrays | None = None

    def __call__(self, iterator: Iterator[Any]) -> Any:
        if self._arrays is None:
            return self._usual(iterator)
        size, tensors = self._arrays.batch_size, self._arrays.tensors
        return self._steps(next(iterator), size, tensors)

    @contextmanager
    def on(self, arrays: Arrays) -> Iterator[None]:
        """Gather from `arrays` for a while."""
        self._arrays = arrays
        try:
            yield
        finally:
            self._arrays = None


def gathering(model: Any, arrays: Arrays) -> Gathering:
    """Return a model's train function that gathers arrays of these shapes."""
    found = model.train_function
    if not isinstance(found, Gathering) or found.shapes != _shapes(arrays):
        _build(model, arrays)
        found = model.train_function = Gathering(model, arrays)
    return found


def _build(model: Any, arrays: Arrays) -> None:
    """Have optimizer and metrics make their variables before the graph is traced.

    TensorFlow traces a graph that makes variables twice: a second for a small model.
    Only in a graph does it refuse a model named "my model", so such a one waits for it.
    """
    if model.built and all(_SCOPE.fullmatch(one.path) for one in model.variables):
        with suppress(Exception):  # a mistake of the student's is Keras's to name
            model._symbolic_build(data_batch=tuple(t[:1] for t in arrays.tensors))


def _steps(
    model: Any, signature: tuple[Any, ...], count: int | None
) -> Callable[..., Any]:
    """Return the graph that trains on one batch of rows after the other.

    Where every batch has `count` rows, TensorFlow leaves out the ops that ask for it.
    """
    import tensorflow as tf

    step = tf.function(model.train_step, autograph=False, jit_compile=model.jit_compile)

    def steps(rows: Any, batch_size: Any, tensors: tuple[Any, ...]) -> Any:
        last = (tf.size(rows) - 1) // batch_size * batch_size

        def one(start: Any) -> Any:
            chosen = tf.ensure_shape(rows[start : start + batch_size], [count])
            return step(tuple(tf.gather(tensor, chosen) for tensor in tensors))

        def body(start: Any) -> tuple[Any]:
            with tf.control_dependencies(tf.nest.flatten(one(start))):
                return (tf.identity(start + batch_size),)

        (last,) = tf.while_loop(lambda start: start < last, body, (tf.constant(0),))
        return one(last)  # outside the loop: Keras shows the logs of the last step

    graph: Callable[..., Any] = tf.function(
        steps, autograph=False, input_signature=signature
    )
    return graph


def _shapes(arrays: Arrays) -> tuple[tuple[Any, ...], int | None]:
    """Return what a graph is made for: its signature, and the rows of every batch."""
    return _signature(arrays), arrays.rows_of_every_batch


def _signature(arrays: Arrays) -> tuple[Any, ...]:
    """Return what `steps` takes: any number of rows of these shapes, one graph."""
    import tensorflow as tf

    return (
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([], tf.int32),
        tuple(tf.TensorSpec([None, *t.shape[1:]], t.dtype) for t in arrays.tensors),
    )

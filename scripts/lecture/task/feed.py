"""How arrays reach `fit`: an order for each epoch, and batches gathered from it.

`keras.utils.set_random_seed` followed by `fit` on arrays draws the same permutation in
every epoch on the TensorFlow backend: the op that shuffles is re-created with the same
seed for each epoch. The orders here are seeded once and go on being drawn.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Arrays:
    """The data of a call to `fit`, as tensors whose first axes have the same length."""

    tensors: tuple[Any, ...]  # x, y and, where given, sample_weight
    batch_size: int
    seed: int | None  # None keeps the order of the rows

    @property
    def count(self) -> int:
        return len(self.tensors[0])

    @property
    def size(self) -> int:
        """How many bytes the data take."""
        return sum(
            tensor.shape.num_elements() * tensor.dtype.size for tensor in self.tensors
        )

    @property
    def batches(self) -> int:
        return -(-self.count // self.batch_size)

    @property
    def rows_of_every_batch(self) -> int | None:
        """The batch size; None where the last batch has fewer rows."""
        return None if self.count % self.batch_size else self.batch_size


def has_arrays(call: dict[str, Any]) -> bool:
    """Tell whether a call to `fit` is one that feeds whole arrays."""
    import numpy as np
    import tensorflow as tf

    kinds = np.ndarray | tf.Tensor
    return (
        call["y"] is not None
        and not call["steps_per_epoch"]
        and all(isinstance(call[name], kinds) for name in _given(call))
    )


def split_validation(call: dict[str, Any]) -> None:
    """Take the last share of the data for validation, as Keras does."""
    share = call["validation_split"]
    if not share or call["validation_data"] is not None:
        return
    split = int(len(call["x"]) * (1.0 - share))
    names = _given(call)
    call["validation_data"] = tuple(call[name][split:] for name in names)
    call.update({name: call[name][:split] for name in names}, validation_split=0.0)


def taken_from(call: dict[str, Any]) -> Arrays:
    """Return the data of a call to `fit`."""
    # set_random_seed seeds Python's generator too, so this seed follows the student's.
    seed = random.getrandbits(31) if call["shuffle"] else None
    tensors = tuple(_as_floatx(call[name]) for name in _given(call))
    return Arrays(tensors, call["batch_size"] or 32, seed)


def as_batches(arrays: Arrays) -> Any:
    """Return a dataset of batches, in an order that is new in each epoch."""
    import tensorflow as tf

    return (
        _indices(arrays, arrays.batch_size)
        .map(_as_it_is(lambda rows: tuple(tf.gather(t, rows) for t in arrays.tensors)))
        .apply(tf.data.experimental.assert_cardinality(arrays.batches))
        .prefetch(1)
    )


def as_rows(arrays: Arrays, batches: int) -> Any:
    """Return a dataset of the rows that make `batches` batches, for `gather.Gathering`.

    It calls itself as long as `as_batches`, since Keras counts batches by that.
    """
    import tensorflow as tf

    count = tf.data.experimental.assert_cardinality(arrays.batches)
    return _indices(arrays, batches * arrays.batch_size).apply(count)


def _given(call: dict[str, Any]) -> tuple[str, ...]:
    return tuple(n for n in ("x", "y", "sample_weight") if call[n] is not None)


def _as_floatx(array: Any) -> Any:
    import keras
    import tensorflow as tf

    tensor = tf.convert_to_tensor(array)
    return (
        tf.cast(tensor, keras.config.floatx()) if tensor.dtype.is_floating else tensor
    )


def _indices(arrays: Arrays, size: int) -> Any:
    """Return a dataset of an epoch's row numbers, `size` at a time."""
    import tensorflow as tf

    options = tf.data.Options()
    options.threading.private_threadpool_size = 1
    if arrays.seed is None:
        return _cut(tf.range(arrays.count), size).with_options(options)
    return (
        tf.data.Dataset.random(seed=arrays.seed, rerandomize_each_iteration=True)
        .batch(2)
        .take(1)
        .flat_map(_as_it_is(lambda drawn: _cut(_shuffled(arrays.count, drawn), size)))
        .with_options(options)
    )


def _shuffled(count: int, drawn: Any) -> Any:
    import tensorflow as tf

    rows = tf.range(count)
    return tf.random.experimental.stateless_shuffle(rows, seed=drawn)


def _as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep TensorFlow from rewriting a function's source: half a second a process."""
    import tensorflow as tf

    kept: Callable[..., Any] = tf.autograph.experimental.do_not_convert(function)
    return kept


def _cut(order: Any, size: int) -> Any:
    """Return a dataset of pieces of `order`, the incomplete one last."""
    import tensorflow as tf

    count = order.shape[0]
    full = count // size * size
    pieces = tf.data.Dataset.from_tensor_slices(tf.reshape(order[:full], (-1, size)))
    if full == count:
        return pieces
    return pieces.concatenate(tf.data.Dataset.from_tensors(order[full:]))

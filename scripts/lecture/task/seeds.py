"""Moving the seeds of a task, whoever sets them, so that it draws other numbers."""

import random
from collections.abc import Callable
from typing import Any


def shift_seeds(shift: int, *, keras_too: bool) -> None:
    """Add `shift` to every whole number that seeds a generator in this process."""
    import numpy

    random.seed = _shifted(random.seed, shift)
    numpy.random.seed = _shifted(numpy.random.seed, shift)
    numpy.random.default_rng = _shifted(numpy.random.default_rng, shift)
    if keras_too:
        import keras

        keras.utils.set_random_seed = _shifted(keras.utils.set_random_seed, shift)


def _shifted(function: Callable[..., Any], shift: int) -> Callable[..., Any]:
    def moved(seed: Any = None, *rest: Any) -> Any:
        return function(seed + shift if isinstance(seed, int) else seed, *rest)

    return moved

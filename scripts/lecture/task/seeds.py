"""Moving the seeds of a task, whoever sets them, so that it draws other numbers."""

import random
from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import resolve_name
from typing import Any

from lecture.collect.libraries import Library


def set_seeds(seed: int, libraries: Iterable[Library] = ()) -> None:
    """Seed the generators that a student may use without a thought of seeds."""
    import numpy

    random.seed(seed)
    numpy.random.seed(seed % 2**32)
    for library in libraries:
        if library.seed:
            resolve_name(library.seed)(seed)


def shift_seeds(shift: int, libraries: Iterable[Library] = ()) -> None:
    """Add `shift` to every whole number that seeds a generator in this process."""
    import numpy

    random.seed = _shifted(random.seed, shift)
    numpy.random.seed = _shifted(numpy.random.seed, shift)
    numpy.random.default_rng = _shifted(numpy.random.default_rng, shift)
    for library in libraries:
        if library.seed:
            module, _, name = library.seed.partition(":")
            owner = import_module(module)
            setattr(owner, name, _shifted(getattr(owner, name), shift))


def _shifted(function: Callable[..., Any], shift: int) -> Callable[..., Any]:
    def moved(seed: Any = None, *rest: Any) -> Any:
        return function(seed + shift if isinstance(seed, int) else seed, *rest)

    return moved

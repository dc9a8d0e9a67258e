"""Keras and TensorFlow on demand: a figure that only plots never waits for them."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType

_HEAVY = {"keras", "tensorflow"}


class LazyFinder(importlib.abc.MetaPathFinder):
    """Finds heavy libraries and puts off loading them until an attribute is read."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec with a lazy loader for a heavy library, None for all else."""
        if fullname not in _HEAVY:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec and spec.loader:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def import_lazily() -> None:
    """Make `import keras` cheap in this process, unless Keras is loaded already."""
    if not _HEAVY & set(sys.modules):
        sys.meta_path.insert(0, LazyFinder())

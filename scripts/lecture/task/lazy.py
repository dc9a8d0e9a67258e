"""Keras and TensorFlow on demand: a figure that only plots never waits for them."""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from lecture.collect.libraries import libraries

_HEAVY = {root for one in libraries(["keras"]) for root in one.imports}


class _OnDemand(ModuleType):
    """A library that is loaded when one of its attributes is first read."""

    def __getattr__(self, name: str) -> Any:
        _stop_being_lazy()
        return getattr(self, name)

    def load(self) -> None:
        """Execute the library in this module, unless that has begun already."""
        self.__class__ = ModuleType  # type: ignore[assignment]
        vars(self).pop("is_tensor", None)
        assert self.__spec__ and self.__spec__.loader
        self.__spec__.loader.exec_module(self)


def _stop_being_lazy() -> None:
    """Load all that is put off, Keras first: it expects to be the one that loads TF."""
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, LazyFinder)]
    for name in sorted(_HEAVY):
        module = sys.modules.get(name)
        if isinstance(module, _OnDemand):
            module.load()


class _OnDemandLoader(importlib.abc.Loader):
    """Makes the module and leaves its execution to the first reader."""

    def __init__(self, loader: importlib.abc.Loader) -> None:
        self.loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__
        module.__spec__.loader = self.loader
        # Matplotlib asks this of any TensorFlow it finds imported, for each value that
        # it plots. Before TensorFlow is loaded there are no tensors.
        vars(module)["is_tensor"] = lambda value: False
        module.__class__ = _OnDemand


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
            spec.loader = _OnDemandLoader(spec.loader)
        return spec


def import_lazily() -> None:
    """Make `import keras` cheap in this process, unless Keras is loaded already."""
    if not _HEAVY & set(sys.modules):
        sys.meta_path.insert(0, LazyFinder())

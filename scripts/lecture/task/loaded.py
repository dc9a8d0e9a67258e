"""Which data sets a run has loaded, found by watching the files that it opens."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from lecture.base.datasets import DataSet, describe

_FILES = {  # as Keras keeps them, or as NOTES_DATA holds them
    "mnist.npz": "mnist",
    "fashion_mnist.npz": "fashion_mnist",
    "train-images-idx3-ubyte.gz": "fashion_mnist",
    "cifar10.npz": "cifar10",
    "data_batch_1": "cifar10",
}


@dataclass(frozen=True)
class Loaded:
    """The data sets of Keras whose files this process has opened."""

    _names: dict[str, None] = field(default_factory=dict)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a file of a data set that is opened."""
        if event == "open" and isinstance(arguments[0], str | os.PathLike):
            name = _FILES.get(os.path.basename(os.fspath(arguments[0])))
            if name:
                self._names[name] = None

    def described(self) -> dict[str, DataSet]:
        """Return each data set as it was loaded; it is read once more for that."""
        return {name: describe(name, _arrays(name)) for name in [*self._names]}


def listen() -> Loaded:
    """Watch this process, from now on until it ends."""
    loaded = Loaded()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        with suppress(Exception):  # what a run opens is its own affair
            loaded.hear(event, arguments)

    sys.addaudithook(hook)
    return loaded


def _arrays(name: str) -> dict[str, Any]:
    import keras

    module = getattr(keras.datasets, name)
    (x_train, y_train), (x_test, y_test) = module.load_data()
    parts = ("x_train", "y_train", "x_test", "y_test")
    return dict(zip(parts, (x_train, y_train, x_test, y_test), strict=True))

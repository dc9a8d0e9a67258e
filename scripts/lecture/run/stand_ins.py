"""Stand-ins for the data sets: small, quickly learnt, of the same shapes and types."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lecture.base.datasets import Arrays

_SHAPES = {"mnist": (28, 28), "fashion_mnist": (28, 28), "cifar10": (32, 32, 3)}
# A snippet may set the first 10,000 small images apart; some must be left after them.
_SIZES = {
    "mnist": {"train": 12_000, "test": 1_000},
    "fashion_mnist": {"train": 12_000, "test": 1_000},
    "cifar10": {"train": 640, "test": 128},
}
# A lab has no knobs that make it small, and splits by shares.
_SIZES_OF_LABS = dict.fromkeys(_SHAPES, {"train": 640, "test": 128})


def stand_ins(folder: Path, *, for_labs: bool = False) -> Path:
    """Return a folder for NOTES_DATA with a stand-in of each data set, made if need be.

    Raises OSError where the folder cannot be written.
    """
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    for name in _SHAPES:
        path = folder / f"{name}.npz"
        if not path.exists():
            fresh = path.with_suffix(f".{os.getpid()}.npz")
            made = stand_in(name, for_labs=for_labs)
            np.savez(fresh, **made)  # type: ignore[arg-type]
            fresh.replace(path)
    return folder


def stand_in(name: str, *, for_labs: bool = False) -> "Arrays":
    """Return the stand-in of a data set, the same in every call.

    Each class has its own pattern; an image is its class's pattern under noise.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    shape = _SHAPES[name]
    patterns = rng.integers(0, 256, size=(10, *shape), dtype="uint8")
    arrays = {}
    sizes = _SIZES_OF_LABS if for_labs else _SIZES
    for part, count in sizes[name].items():
        labels = rng.permutation(np.arange(count) % 10)
        noise = rng.integers(0, 256, size=(count, *shape), dtype="uint8")
        arrays[f"x_{part}"] = patterns[labels] // 2 + noise // 2
        labels = labels.astype("uint8")
        arrays[f"y_{part}"] = labels[:, None] if name == "cifar10" else labels
    return arrays

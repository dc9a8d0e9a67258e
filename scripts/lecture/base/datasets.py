"""The data sets that runs load: their names, and what tells one from another."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Arrays = dict[str, np.ndarray]

LABELS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST", "cifar10": "CIFAR-10"}
KNOWN = {  # fingerprints of data that must not pass for the original
    "3746cf1c25f73a34": "CIFAR-10 (JPEG)",
}


@dataclass(frozen=True)
class DataSet:
    """A data set as a run met it."""

    name: str  # "CIFAR-10 (JPEG)": how it is named wherever it is shown
    fingerprint: str  # first 16 hex digits of the SHA-256 of its arrays


def data_folder() -> Path | None:
    """Return the folder that NOTES_DATA names, if it is set."""
    folder = os.environ.get("NOTES_DATA")
    return Path(folder) if folder else None


def read_npz(path: Path) -> "Arrays":
    """Return the four arrays of a data file, uint8, in Keras's layout."""
    import numpy as np

    with np.load(path) as file:
        return {name: file[name] for name in sorted(file.files)}


def describe(name: str, arrays: "Arrays") -> DataSet:
    """Return how a data set is named wherever it is shown, and its fingerprint."""
    import numpy as np

    digest = hashlib.sha256()
    for key in sorted(arrays):
        digest.update(np.ascontiguousarray(arrays[key]).data)
    fingerprint = digest.hexdigest()[:16]
    return DataSet(KNOWN.get(fingerprint, LABELS[name]), fingerprint)

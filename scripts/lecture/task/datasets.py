"""Data for runs: served in place of Keras's downloads, fingerprinted and named."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lecture.base.datasets import LABELS, DataSet, data_folder, describe, read_npz
from lecture.base.errors import LectureError

if TYPE_CHECKING:
    from lecture.base.datasets import Arrays

_SHAPES = {"mnist": (28, 28), "fashion_mnist": (28, 28), "cifar10": (32, 32, 3)}
# A snippet may set the first 10,000 small images apart; some must be left after them.
_SMOKE_SIZES = {
    "mnist": {"train": 12_000, "test": 1_000},
    "fashion_mnist": {"train": 12_000, "test": 1_000},
    "cifar10": {"train": 640, "test": 128},
}


class DataError(LectureError):
    """A data set is not at hand and cannot be fetched."""


def serve(*, smoke: bool, on_load: Callable[[str, DataSet], None]) -> None:
    """Replace `keras.datasets.*.load_data`; tell `on_load` of each data set loaded."""
    import keras

    for name in LABELS:
        module = getattr(keras.datasets, name)
        module.load_data = _loader(name, module.load_data, smoke, on_load)


def _loader(
    name: str,
    original: Callable[..., Any],
    smoke: bool,
    on_load: Callable[[str, DataSet], None],
) -> Callable[..., Any]:
    def load_data(*args: Any, **kwargs: Any) -> Any:
        arrays = smoke_arrays(name) if smoke else _find(name, original, args, kwargs)
        on_load(name, describe(name, arrays))
        return (
            (arrays["x_train"], arrays["y_train"]),
            (arrays["x_test"], arrays["y_test"]),
        )

    return load_data


def _find(
    name: str, original: Callable[..., Any], args: Any, kwargs: Mapping[str, Any]
) -> "Arrays":
    """Look in NOTES_DATA, then let Keras look in its cache and download."""
    folder = data_folder()
    if folder and (folder / f"{name}.npz").exists():
        return read_npz(folder / f"{name}.npz")
    try:
        (x_train, y_train), (x_test, y_test) = original(*args, **kwargs)
    except Exception as error:
        raise DataError(
            f"{LABELS[name]} 데이터를 찾지 못했습니다 ({type(error).__name__}).",
            hint=f"인터넷에 연결해 다시 실행하거나, {name}.npz가 든 폴더를 환경 변수 "
            "NOTES_DATA로 알려 주세요. 지난 결과는 그대로 남아 있습니다.",
        ) from None
    names = ("x_train", "y_train", "x_test", "y_test")
    return dict(zip(names, (x_train, y_train, x_test, y_test), strict=True))


def smoke_arrays(name: str) -> "Arrays":
    """Return a small, learnable stand-in of a data set: the same shapes and types.

    Each class has its own pattern; an image is its class's pattern under noise.
    """
    import numpy as np

    rng = np.random.default_rng(0)
    shape = _SHAPES[name]
    patterns = rng.integers(0, 256, size=(10, *shape), dtype="uint8")
    arrays = {}
    for part, count in _SMOKE_SIZES[name].items():
        labels = rng.permutation(np.arange(count) % 10)
        noise = rng.integers(0, 256, size=(count, *shape), dtype="uint8")
        arrays[f"x_{part}"] = patterns[labels] // 2 + noise // 2
        labels = labels.astype("uint8")
        arrays[f"y_{part}"] = labels[:, None] if name == "cifar10" else labels
    return arrays

"""What every snippet's tests share."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"


class Page(SimpleNamespace):
    """The rooms of one page as one: their names, and patches that reach every room."""

    def __init__(self, rooms: list[ModuleType]) -> None:
        self.__dict__["_rooms"] = rooms
        for room in rooms:
            for name, value in vars(room).items():
                same = self.__dict__.setdefault(name, value) is value
                assert same or name.startswith("__"), f"two rooms define {name}"

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        for room in self._rooms:
            if name in vars(room):
                setattr(room, name, value)


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> Page:
    """Return the page that a test file is named after, without its lab."""
    name = request.module.__name__.removeprefix("test_")
    rooms = [f"{path.parent.name}.{name}" for path in SNIPPETS.glob(f"*/{name}.py")]
    taught = SNIPPETS / f"{name}.py"
    if taught.exists() and "# %%" not in taught.read_text(encoding="utf-8"):
        rooms.append(name)
    return Page([importlib.import_module(room) for room in rooms])


@pytest.fixture
def digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve forty easy images of each class where a snippet asks for MNIST."""
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    labels = np.arange(400) % 10
    noise = rng.integers(0, 60, (400, 28, 28))
    images = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (data, data))


@pytest.fixture(scope="module", autouse=True)
def forget_keras_names() -> Iterator[None]:
    """Leave no name scope to the next page: a fit that fails half-way keeps its own."""
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].utils.clear_session()

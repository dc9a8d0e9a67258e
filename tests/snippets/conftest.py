"""What every snippet's tests share."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"


@pytest.fixture(scope="module")
def page(request: pytest.FixtureRequest) -> ModuleType:
    """Return the snippet that a test file is named after; of a lab, its runs."""
    name = request.module.__name__.removeprefix("test_")
    found = [SNIPPETS / f"{name}_runs.py", SNIPPETS / f"{name}.py"]
    path = next(path for path in found if path.exists())
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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

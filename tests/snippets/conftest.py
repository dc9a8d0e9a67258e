"""What every snippet's tests share."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def forget_keras_names() -> Iterator[None]:
    """Leave no name scope to the next page: a fit that fails half-way keeps its own."""
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].utils.clear_session()

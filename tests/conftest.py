"""The order of test files: the longest first, and those that wait for a browser next.

Files are handed to processes in this order, so that what waits lets others compute.
"""

from pathlib import Path

import pytest

FIRST = ("snippets/test_smoke", "site/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of the files named above to the front; the rest stays."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    path = item.path.relative_to(Path(__file__).parent).with_suffix("").as_posix()
    ranks = (n for n, start in enumerate(FIRST) if path.startswith(start))
    return next(ranks, len(FIRST))

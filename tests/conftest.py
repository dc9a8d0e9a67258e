"""The order of tests: the longest first, and those that wait for a browser next.

Files are handed to processes in this order, so that what waits lets others compute. The
browser tests share one process: each page is opened once.
"""

from pathlib import Path

import pytest

FIRST = ("snippets/test_smoke", "site/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of the files named above to the front; the rest stays."""
    items.sort(key=_rank)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _rank(item: pytest.Item) -> int:
    path = _path(item)
    ranks = (n for n, start in enumerate(FIRST) if path.startswith(start))
    return next(ranks, len(FIRST))


def _group(item: pytest.Item) -> str:
    """Return what the tests of one process have in common: their file, or the site."""
    path = _path(item)
    return "site" if path.startswith("site/") else path


def _path(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).with_suffix("").as_posix()

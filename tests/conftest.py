"""The order of tests: the longest first, and those that wait for a browser next.

Files are handed to processes in this order, so that what waits lets others compute.
Those that open every page share one process, in the order of pages: each is opened
once, and closed before the machine is full of them.
"""

from pathlib import Path

import pytest

FIRST = ("snippets/test_smoke", "site/")
OPENING = {"site/test_folds", "site/test_reading", "site/test_self_contained"}


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of the files named above to the front; the rest stays."""
    items.sort(key=lambda item: (_rank(item), _page(item)))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _rank(item: pytest.Item) -> int:
    path = _path(item)
    ranks = (n for n, start in enumerate(FIRST) if path.startswith(start))
    return next(ranks, len(FIRST))


def _page(item: pytest.Item) -> str:
    """Return the page that a test opens, where its process opens all in order."""
    if not isinstance(item, pytest.Function) or _path(item) not in OPENING:
        return ""
    return str(item.callspec.params.get("name")) if hasattr(item, "callspec") else ""


def _group(item: pytest.Item) -> str:
    """Return what the tests of one process have in common: most often their file."""
    path = _path(item)
    return "pages" if path in OPENING else path


def _path(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).with_suffix("").as_posix()

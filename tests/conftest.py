"""What lets the tests run in several processes at once."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares a fixture in one process: the site's tests, and those of a file.

    The site is built once for all of its tests.
    """
    for item in items:
        group = "site" if item.path.parent.name == "site" else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))

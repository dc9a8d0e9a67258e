"""Small real projects in a temporary folder."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from lecture.base.project import Project

WriteProject = Callable[[dict[str, str]], Project]


@pytest.fixture
def project(tmp_path: Path) -> WriteProject:
    """Write files given by their path from the root, and return their project.

    Call it again to edit: a file that stands already is overwritten.
    """

    def write(files: dict[str, str]) -> Project:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return Project(tmp_path)

    return write

"""What travels to a worker: the engine, and a project's modules with their data files.

A worker has the libraries that notes compute with, and nothing else of ours.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lecture
from lecture.base.data_files import data_files
from lecture.base.files import digest_of
from lecture.base.project import Project
from lecture.collect.source import source_paths

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
_FONTS = (".otf",)  # of the engine's own files, all that a run may need


@dataclass(frozen=True)
class Bundle:
    """Files in a ZIP archive, and what tells them from others."""

    digest: str
    content: bytes


def bundle_of(project: Project) -> Bundle:
    """Pack what the runs of a project need."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(
            {**dict(_engine()), **dict(_snippets(project))}.items()
        ):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), path.read_bytes())
    content = file.getvalue()
    return Bundle(digest_of(content), content)


def _engine() -> Iterator[tuple[str, Path]]:
    home = Path(lecture.__file__).parent
    fonts = (path for path in home.rglob("*") if path.suffix in _FONTS)
    for path in (*home.rglob("*.py"), *fonts):
        yield f"scripts/lecture/{path.relative_to(home).as_posix()}", path


def _snippets(project: Project) -> Iterator[tuple[str, Path]]:
    folder = project.snippets
    modules = source_paths(folder).values()
    for path in (*modules, *data_files(folder)):
        yield f"snippets/{path.relative_to(folder).as_posix()}", path

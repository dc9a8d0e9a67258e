"""The working directory of a task: empty but for the data files beside its module."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lecture.base.data_files import data_files
from lecture.task.job import Job


def homes(job: Job) -> tuple[Path, ...]:
    """Return the folders whose data files a task finds in its working directory."""
    found = (job.artefact.path.parent, job.root / "snippets")
    return tuple(dict.fromkeys(home for home in found if home.is_dir()))


def furnish(folder: Path, homes: Iterable[Path]) -> None:
    """Make a folder with links to all data files of `homes`; the first of a name wins.

    Folders are made anew, not linked: a file that a task puts there stays its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for home in homes:
        for file in data_files(home):
            place = folder / file.relative_to(home)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                _link(file, place)


def move_into(folder: Path) -> None:
    """Work in a folder from now on, with temporary files in another beside it."""
    os.chdir(folder)
    if sys.platform != "darwin":  # a socket there would get too long a path
        temporary_of(folder).mkdir(exist_ok=True)
        tempfile.tempdir = os.environ["TMPDIR"] = str(temporary_of(folder))


def temporary_of(folder: Path) -> Path:
    """Return where a task that works in `folder` puts its temporary files."""
    return folder.with_name(f"{folder.name}.tmp")


def _link(file: Path, place: Path) -> None:
    try:
        os.symlink(file, place)
    except OSError:  # Windows asks for a privilege
        shutil.copyfile(file, place)

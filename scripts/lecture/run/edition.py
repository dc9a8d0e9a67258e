"""The last edition: what a build has published when all was well.

Where nothing is new since, nothing is published again, and no page is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lecture
from lecture.base.files import digest_of, digest_of_all
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.publish.faults import pages_digest
from lecture.run.drawings import as_drawn


@dataclass(frozen=True)
class Edition:
    """A green build, as far as a later one reports it."""

    bound: int  # numbers of the prose that a result stands behind
    inputs: Mapping[str, str]  # files that programs of pages have read → digests


def stands(project: Project) -> bool:
    """Tell whether a green build has left all as it is, and would do so again."""
    book = read_book(project)
    if any(map(book.is_red, book.runs)) or as_drawn(book)[1]:
        return False
    return last_edition(book) is not None


def last_edition(book: Book) -> Edition | None:
    """Return the last edition, if all that it was made from and of is as it was.

    Whether results are good, and what is drawn up to date, others look at.
    """
    question = _question(book)
    if not book.memory.knows(question):
        return None
    known: Edition = book.memory.used[question]
    changed = any(book.judge.surroundings.files_changed(known.inputs))
    return None if changed else known


def remember(book: Book, edition: Edition) -> None:
    """Keep what has just been published as the last edition."""
    book.memory.recall(_question(book), lambda: edition)


def _question(book: Book) -> str:
    project = book.project
    made = (f"{p} {digest_of(p.read_bytes())}" for p in _files(project.results))
    notes = (book.collection.sheets.digest, pages_digest(book))
    lines = [_engine(), *notes, *made, *_stamps(project.generated)]
    return f"edition {digest_of(chr(10).join(lines).encode())}"


def _stamps(folder: Path) -> Iterator[str]:
    """Yield what tells that a file is the one that was written."""
    for path in _files(folder):
        status = path.stat()
        yield f"{path} {status.st_size} {status.st_mtime_ns}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@cache
def _engine() -> str:
    code = sorted(Path(lecture.__file__).parent.glob("*/*.py"))
    return digest_of_all(code)

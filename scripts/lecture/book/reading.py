"""Opening a book."""

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from lecture.base.files import digest_of
from lecture.base.memory import Memory
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.judge import Judge
from lecture.book.orphans import Orphans
from lecture.book.shelf import Shelf
from lecture.book.surroundings import surroundings
from lecture.collect.artefact import Artefact
from lecture.collect.collection import Collection, collect
from lecture.collect.links import Links
from lecture.collect.sheets import SheetFolder

_ROOMS = ("base", "collect", "book")


def read_book(project: Project, memory: Memory | None = None) -> Book:
    """Return a project as it stands. Nothing is run, and nothing of it is imported.

    Who reads it again and again keeps the memory between.
    """
    memory = memory or remembered(project)
    sheets = SheetFolder(project.snippets, memory)
    return _book(project, collect(sheets), memory)


def remembered(project: Project) -> Memory:
    """Return what earlier commands have worked out of this project's files."""
    return Memory(project.cache / "memory", _salt())


def aside(book: Book, name: str, artefacts: tuple[Artefact, ...]) -> Book:
    """Return a book of some artefacts whose results and drawings lie in the cache."""
    project = replace(book.project, aside=name)
    collection = replace(book.collection, artefacts=artefacts)
    return _book(project, collection, book.memory)


def _book(project: Project, collection: Collection, memory: Memory) -> Book:
    shelf = Shelf(project, memory)
    return Book(
        project=project,
        collection=collection,
        links=Links(collection.sheets),
        judge=Judge(
            shelf, Orphans(collection, shelf), surroundings(project.root, memory)
        ),
        memory=memory,
    )


@cache
def _salt() -> str:
    """Return what tells this engine's memory from another's: Python and our code."""
    engine = Path(__file__).parents[1]
    files = (path for room in _ROOMS for path in sorted((engine / room).glob("*.py")))
    return digest_of(sys.version.encode() + b"".join(p.read_bytes() for p in files))

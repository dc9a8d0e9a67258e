"""Results files that cannot be read, set aside before a run writes over them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lecture.base.errors import FreezeError
from lecture.base.files import digest_of, write_if_changed
from lecture.book.book import Book
from lecture.collect.artefact import Place
from lecture.run.settings import Settings


def set_aside(book: Book, settings: Settings) -> Iterator[tuple[FreezeError, Path]]:
    """Copy each unreadable file of a page asked for; yield what is wrong, and the copy.

    A conflict of git's, say, holds results of two branches.
    """
    for place, artefact in book.runs.items():
        if settings.wants(artefact):
            try:
                book.shelf.find(place)
            except FreezeError as error:
                with suppress(OSError):  # a folder in its place: nothing to be lost
                    yield error, _copied(book, place)


def _copied(book: Book, place: Place) -> Path:
    content = book.shelf.path(place).read_bytes()
    folder = book.project.cache / "unreadable" / place.page
    copy = folder / f"{place.name}.{digest_of(content)}.json"
    write_if_changed(copy, content)
    return copy

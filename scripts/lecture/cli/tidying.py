"""Tidying: results that no experiment owns are named, and removed when asked for."""

from collections.abc import Iterator
from pathlib import Path

import click

from lecture.base import lab_run
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.results import save_results
from lecture.collect.artefact import Place
from lecture.run.lock import locked


def run_tidy(project: Project, *, yes: bool) -> int:
    """Name what would go, ask, and remove it: results files and lab figures alone."""
    with locked(project):
        book = read_book(project)
        files = [*_files(book)]
        spare = {place: n for place in book.runs if (n := len(book.spare(place)))}
        for path in files:
            print(f"지울 파일: {project.relative(path)}")
        for place, count in spare.items():
            print(f"지울 사례: {place} {count}개")
        if not files and not spare:
            print("주인 없는 결과가 없습니다.")
            return 0
        if not yes and not click.confirm("지울까요?"):
            return 1
        for path in files:
            path.unlink()
        for place in spare:
            frozen = book.frozen(place)
            if frozen:
                save_results(book.shelf.path(place), frozen)
    return 0


def _files(book: Book) -> Iterator[Path]:
    """Yield the files of orphans: their results, and the figures beside a lab's."""
    for place in book.orphans:
        path = book.shelf.path(place)
        if book.shelf.is_results(place):
            yield path
            if place.name == "lab":
                yield from _pictures(book, place)


def _pictures(book: Book, place: Place) -> Iterator[Path]:
    """Yield the pictures that a run of a lab has left beside its result."""
    frozen = book.shelf.find(place)
    names = lab_run.pictures(frozen.value) if frozen else ()
    paths = (book.shelf.path(place).parent / Path(name).name for name in names)
    yield from (path for path in paths if path.is_file())

"""Looking: what is stale and why, and what is wrong on pages. Nothing is run."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lecture.base.errors import FreezeError, LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.status import Status
from lecture.cli.choosing import chosen_pages
from lecture.cli.report import explain_lines, orphan_lines, told, unshown_lines
from lecture.publish.faults import page_faults, pages_digest, unshown_artefacts


def run_check(project: Project, pages: Sequence[str]) -> int:
    """Say in short what keeps a project from being green; return the exit code."""
    book = read_book(project)
    wanted = chosen_pages(book, pages)
    stale = sum(len(status.stale) for status in _statuses(book, wanted))
    digest = pages_digest(book)
    errors = [*_errors(book, wanted, digest)]
    shown_nowhere = unshown_artefacts(book, digest)
    unshown = (a for a in shown_nowhere if not wanted or a.page in wanted)
    _say(told(project, error) for error in errors)
    _say((*unshown_lines(project, unshown), *orphan_lines(book)))
    book.memory.save()
    if not stale and not errors:
        _say(["낡은 것이 없습니다."])
    return _concluded(stale, errors, pages)


def run_explain(project: Project, pages: Sequence[str]) -> int:
    """Say of each experiment whether it stands, and why not; return the exit code."""
    book = read_book(project)
    wanted = chosen_pages(book, pages)
    statuses = _statuses(book, wanted)
    errors = [*_errors(book, wanted, pages_digest(book))]
    _say(explain_lines(statuses))
    _say(told(project, error) for error in errors)
    book.memory.save()
    return _concluded(sum(len(status.stale) for status in statuses), errors, pages)


def _concluded(stale: int, errors: Sequence[LectureError], pages: Sequence[str]) -> int:
    if stale:
        command = " ".join(["python scripts/build.py", *pages])
        _say([f"다시 실행할 것이 {stale}개 있습니다. 실행하려면: {command}"])
    return 1 if stale or errors else 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _statuses(book: Book, wanted: frozenset[str]) -> tuple[Status, ...]:
    chosen = (a for a in book.runs.values() if not wanted or a.page in wanted)
    return tuple(book.status(artefact) for artefact in chosen)


def _errors(book: Book, wanted: frozenset[str], digest: str) -> Iterator[LectureError]:
    """Yield what is wrong in modules and on pages, as far as no result is needed."""
    for fault in book.collection.faults:
        if not wanted or fault.page in wanted:
            yield fault.error
    for status in _statuses(book, wanted):
        if status.error:
            yield status.error
        yield from _unreadable(book, status)
    names = {Path(page).name for page in wanted}
    for error in page_faults(book, digest):
        if not wanted or Path(error.path or "").stem in names:
            yield error


def _unreadable(book: Book, status: Status) -> Iterator[FreezeError]:
    try:
        book.shelf.find(status.artefact.place)
    except FreezeError as error:
        yield error

"""Looking: what is stale and why, and what is wrong on pages. Nothing is run."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lecture.base.errors import FreezeError, LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.status import Status
from lecture.cli.as_json import check_document
from lecture.cli.choosing import chosen_pages
from lecture.cli.report import explain_lines, orphan_lines, told, unshown_lines
from lecture.collect.artefact import Artefact
from lecture.publish.faults import page_faults, pages_digest, unshown_artefacts


@dataclass(frozen=True)
class _Seen:
    """What keeps a project from being green, and what is drawn and not shown."""

    statuses: tuple[Status, ...]
    errors: tuple[LectureError, ...]
    unshown: tuple[Artefact, ...]

    @property
    def stale(self) -> int:
        """How many runs are to be done."""
        return sum(len(status.stale) for status in self.statuses)

    @property
    def code(self) -> int:
        return 1 if self.stale or self.errors else 0


def run_check(project: Project, pages: Sequence[str], *, as_json: bool = False) -> int:
    """Say in short what keeps a project from being green; return the exit code."""
    book = read_book(project)
    seen = _look(book, pages)
    if as_json:
        document = check_document(book, seen.statuses, seen.errors, seen.unshown)
        _say([json.dumps(document, ensure_ascii=False, indent=1)])
        return seen.code
    _say(told(project, error) for error in seen.errors)
    _say((*unshown_lines(project, seen.unshown), *orphan_lines(book)))
    if not seen.code:
        _say(["낡은 것이 없습니다."])
    _conclude(seen, pages)
    return seen.code


def run_explain(project: Project, pages: Sequence[str]) -> int:
    """Say of each experiment whether it stands, and why not; return the exit code."""
    seen = _look(read_book(project), pages)
    _say(explain_lines(seen.statuses))
    _say(told(project, error) for error in seen.errors)
    _conclude(seen, pages)
    return seen.code


def _look(book: Book, pages: Sequence[str]) -> _Seen:
    wanted = chosen_pages(book, pages)
    digest = pages_digest(book)
    unshown = unshown_artefacts(book, digest)
    seen = _Seen(
        _statuses(book, wanted),
        tuple(_errors(book, wanted, digest)),
        tuple(a for a in unshown if not wanted or a.page in wanted),
    )
    book.memory.save()
    return seen


def _conclude(seen: _Seen, pages: Sequence[str]) -> None:
    if seen.stale:
        command = " ".join(["python scripts/build.py", *pages])
        _say([f"다시 실행할 것이 {seen.stale}개 있습니다. 실행하려면: {command}"])


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

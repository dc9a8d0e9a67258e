"""From how a project stands to the marks of its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lecture.base.errors import LectureError
from lecture.book.book import Book
from lecture.book.status import Status, tasks_of
from lecture.cli.report import failure_lines, told
from lecture.collect.artefact import Artefact, Place
from lecture.preview.marks import Mark, Marks, PageMarks
from lecture.preview.runner import expected
from lecture.publish.pages import DocPage, page_about
from lecture.publish.provenance import duration
from lecture.run.build import Report
from lecture.task.job import Failure


@dataclass(frozen=True)
class Standing:
    """A project in a live preview: what was drawn, and what is under way."""

    book: Book
    pages: tuple[DocPage, ...]
    report: Report
    running: frozenset[Place]
    drawing: frozenset[str]  # ids of what is being drawn
    dear: tuple[Status, ...]  # runs that wait for a word of the author


def marks_of(now: Standing) -> Marks:
    """Return the marks of all pages."""
    boxes = [*_boxes(now)]
    everywhere = [mark for uri, mark in boxes if uri is None]
    return {
        uri: PageMarks(
            {artefact.name: mark for artefact, mark in _shown(now, page)},
            (*everywhere, *(mark for place, mark in boxes if place == uri)),
        )
        for uri, page in ((f"{page.slug}.md", page) for page in now.pages)
    }


def dear_text(book: Book, status: Status) -> str:
    """Return how an author has a run begun that takes long."""
    seconds = expected(book, status)
    hint = f" 지난번에 {duration(seconds)} 걸렸습니다." if seconds else ""
    artefact = status.artefact
    return (
        f"{artefact.id}: 오래 걸려서 기다립니다.{hint}\n"
        "  → mkdocs serve를 띄운 터미널에서 Enter를 누르거나: "
        f"python scripts/build.py build {artefact.page}"
    )


def _shown(now: Standing, page: DocPage) -> Iterator[tuple[Artefact, Mark]]:
    shown = (a for a in now.book.artefacts if (a.page, a.name) in page.included)
    for artefact in shown:
        if mark := _mark(now, artefact):
            yield artefact, mark


def _mark(now: Standing, artefact: Artefact) -> Mark | None:
    """Return the gravest that is to be said of an artefact."""
    book = now.book
    rests_on = {artefact.place, *book.reached(artefact)}
    statuses = (book.status(book.runs[p]) for p in rests_on if p in book.runs)
    ids = {artefact.id, *(t.id for status in statuses for t in tasks_of(status))}
    for name, failure in now.report.failed.items():
        if name in ids:
            return Mark("failed", _failure_text(book, name, failure))
    if artefact.id in now.drawing or rests_on & now.running:
        return Mark("running")
    dear = (status for status in now.dear if status.artefact.place in rests_on)
    return next((Mark("stale", dear_text(book, one)) for one in dear), None)


def _failure_text(book: Book, name: str, failure: Failure) -> str:
    return "\n".join(failure_lines(book.project, name, failure))


def _boxes(now: Standing) -> Iterator[tuple[str | None, Mark]]:
    """Yield what is wrong with modules and pages; None is the place of all pages."""
    project = now.book.project
    for fault in now.book.collection.faults:
        mark = Mark("failed", told(project, fault.error))
        yield _uri(now, fault.page), mark
    for error in now.report.errors:
        yield _place(now, error), Mark("failed", told(project, error))


def _place(now: Standing, error: LectureError) -> str | None:
    """Return the page that an error is about; None where it is about no page."""
    project = now.book.project
    path = project.root / (error.path or "")
    if path.is_relative_to(project.docs):
        return PurePosixPath(path.relative_to(project.docs)).as_posix()
    if not path.is_relative_to(project.snippets):
        return None
    return _uri(now, Path(path).stem)


def _uri(now: Standing, module: str) -> str | None:
    about = page_about(now.pages, module)
    return f"{about.slug}.md" if about else None

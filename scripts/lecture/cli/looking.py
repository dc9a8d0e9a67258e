"""Looking: what is stale and why, and what is wrong on pages. Nothing is run."""

from collections.abc import Iterator, Sequence

from lecture.base.errors import LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.status import Status
from lecture.cli.choosing import chosen_pages
from lecture.cli.report import explain_lines, orphan_lines
from lecture.publish.faults import page_faults


def run_check(project: Project, pages: Sequence[str]) -> int:
    """Say in short what keeps a project from being green; return the exit code."""
    book = read_book(project)
    statuses = _statuses(book, pages)
    errors = [*_errors(book, pages)]
    for error in errors:
        print(error)
    print(*orphan_lines(book), sep="\n", end="\n" if book.orphans else "")
    stale = sum(len(status.stale) for status in statuses)
    book.memory.save()
    if stale:
        command = " ".join(["python scripts/build.py", *pages])
        print(f"다시 실행할 것이 {stale}개 있습니다. 실행하려면: {command}", flush=True)
    elif not errors:
        print("낡은 것이 없습니다.", flush=True)
    return 1 if stale or errors else 0


def run_explain(project: Project, pages: Sequence[str]) -> int:
    """Say of each experiment whether it stands, and why not; return the exit code."""
    book = read_book(project)
    statuses = _statuses(book, pages)
    for line in explain_lines(statuses):
        print(line)
    errors = [*_errors(book, pages)]
    for error in errors:
        print(error)
    book.memory.save()
    return 1 if errors or any(status.stale for status in statuses) else 0


def _statuses(book: Book, pages: Sequence[str]) -> tuple[Status, ...]:
    wanted = chosen_pages(book, pages)
    chosen = (a for a in book.runs.values() if not wanted or a.page in wanted)
    return tuple(book.status(artefact) for artefact in chosen)


def _errors(book: Book, pages: Sequence[str]) -> Iterator[LectureError]:
    """Yield what is wrong in modules and on pages, as far as no result is needed."""
    wanted = chosen_pages(book, pages)
    for fault in book.collection.faults:
        if not wanted or fault.page in wanted:
            yield fault.error
    yield from (
        status.error for status in _statuses(book, pages) if status.error is not None
    )
    yield from page_faults(book)

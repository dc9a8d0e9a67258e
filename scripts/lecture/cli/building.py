"""Building in a terminal: the progress display around the stages."""

import os
import subprocess
import sys
from collections.abc import Sequence

from rich.console import Console

from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.cli.choosing import chosen_pages, forced
from lecture.cli.progress import shown
from lecture.cli.report import orphan_lines, report_lines
from lecture.run.build import Report, build
from lecture.run.local import local, worker_count
from lecture.run.lock import locked
from lecture.run.settings import Settings
from lecture.task.processes import end_tree


def run_build(
    project: Project,
    pages: Sequence[str],
    *,
    rerun: Sequence[str] = (),
    jobs: int | None = None,
    cold: bool = False,
    train: bool = True,
) -> int:
    """Build with a progress display; on any way out, leave no process behind."""
    book = read_book(project)
    settings = Settings(
        workers=jobs or worker_count(),
        pages=chosen_pages(book, pages),
        forced=forced(book, rerun),
        cold=cold,
    )
    with locked(project):
        book, report = _built(book, settings, train=train)
        book.memory.save()
    for line in (*report_lines(project, report), *orphan_lines(book)):
        print(line, file=sys.stderr)
    if not report.is_green:
        return 1
    print(f"본문의 숫자 {report.bound}개가 모두 결과에 묶여 있습니다.")
    return 0


def run_mkdocs(project: Project) -> int:
    """Make the site from what has just been built."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NOTES_BUILT": "1"}  # the hook need not draw again
    return subprocess.run(command, cwd=project.root, env=environment).returncode


def _built(book: Book, settings: Settings, *, train: bool) -> tuple[Book, Report]:
    todo = _expected(book, settings) if train else []
    seconds = sum(todo) / settings.workers
    try:
        with shown(Console(stderr=True), len(todo), seconds) as on_event:
            return build(book, settings, local(settings), on_event, train=train)
    finally:
        end_tree(None, itself=False)


def _expected(book: Book, settings: Settings) -> list[float]:
    """Return the seconds that each stale task took the last time; 0 for new ones."""
    found = []
    for artefact in book.runs.values():
        if settings.wants(artefact):
            frozen = book.frozen(artefact.place)
            records = frozen.records if frozen else ()
            mean = (
                sum(r.made.seconds for r in records) / len(records) if records else 0.0
            )
            status = book.status(artefact)
            again = artefact.place in settings.forced
            found += [mean for row in status.rows if again or row.is_stale]
    return found

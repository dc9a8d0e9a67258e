"""Building in a terminal: the progress display around the stages, and what stays.

What was done goes to the output, what is wrong to the errors.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console

from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.moves import moves
from lecture.book.reading import read_book
from lecture.cli.choosing import chosen_pages, forced
from lecture.cli.diff_lines import moved_line
from lecture.cli.progress import shown
from lecture.cli.report import (
    fault_lines,
    orphan_lines,
    red_line,
    report_lines,
    told,
    unshown_lines,
)
from lecture.cli.tally import Done, table
from lecture.publish.faults import page_faults, pages_digest
from lecture.publish.quotes import quotes
from lecture.run.build import Report, build
from lecture.run.executor import Executor
from lecture.run.local import local, worker_count
from lecture.run.lock import locked
from lecture.run.rescue import set_aside
from lecture.run.settings import Settings
from lecture.task import job
from lecture.task.processes import end_tree


def run_build(
    project: Project,
    pages: Sequence[str],
    *,
    rerun: Sequence[str] = (),
    jobs: int | None = None,
    cold: bool = False,
    train: bool = True,
    verbose: bool = False,
    dask: str | None = None,
    any_versions: bool = False,
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
        early = [*_early(book, settings, train=train)]
        before = book
        train_on = _trainer(book, settings, dask, any_versions) if train else None
        book, report, done = _built(book, settings, train_on, each=verbose)
        book.memory.save()
    if done:
        Console().print(table(done))
    _say_wrong(book, report, early)
    if report.is_green:
        nothing = "" if done else "낡은 것도 새로 그릴 것도 없습니다.\n"
        print(f"{nothing}본문의 숫자 {report.bound}개가 모두 결과에 묶여 있습니다.")
    if moved := _moved(before, book, report):
        print(moved)
    sys.stdout.flush()
    return 0 if report.is_green else 1


def _say_wrong(book: Book, report: Report, early: Sequence[str]) -> None:
    project = book.project
    _say(report_lines(project, report))
    faults = [*fault_lines(project, report.faults, report.errors)]
    _say(line for line in faults if line not in early)
    if again := len({*faults} & {*early}):
        _say([f"모듈과 쪽의 잘못 {again}개는 위에서 말했습니다."])
    _say((*unshown_lines(project, report.unshown), *orphan_lines(book)))
    if not report.is_green:
        _say([red_line(report)])


def _moved(before: Book, after: Book, report: Report) -> str:
    """Return in one line what has moved, where anything was run or drawn anew."""
    if before is after and not report.redrawn:
        return ""
    changes = moves(before, after), quotes(before, after)
    return moved_line(*changes, report.redrawn)


def _early(book: Book, settings: Settings, *, train: bool) -> Iterator[str]:
    """Say, and yield, what is wrong as far as it is known before anything is run."""
    project = book.project
    faults = (fault.error for fault in book.collection.faults)
    for line in fault_lines(project, faults, page_faults(book, pages_digest(book))):
        _say([line])
        yield line
    for error, copy in set_aside(book, settings) if train else ():
        place = project.relative(copy)
        _say([told(project, error), f"  고치기 전의 것은 여기에 둡니다: {place}"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


def _trainer(
    book: Book, settings: Settings, dask: str | None, any_versions: bool
) -> Executor:
    if not dask:
        return local(settings)
    from lecture.cluster.on_dask import on_dask

    workers = settings.workers
    return on_dask(book, dask, workers=workers, any_versions=any_versions)


def _built(
    book: Book, settings: Settings, train: Executor | None, *, each: bool
) -> tuple[Book, Report, list[Done]]:
    todo = _expected(book, settings) if train else []
    seconds = sum(todo) / settings.workers
    done = list[Done]()
    try:
        with shown(Console(stderr=True), len(todo), seconds, each=each) as show:

            def on_event(event: job.Event) -> None:
                show(event)
                if isinstance(event, job.Outcome):
                    done.append(Done.of(event))

            here = local(settings)
            return *build(book, settings, here, on_event, train=train), done
    finally:
        end_tree(None, itself=False)


def _expected(book: Book, settings: Settings) -> list[float]:
    """Return the seconds that each stale task took the last time; 0 for new ones."""
    found = []
    for artefact in book.runs.values():
        if settings.wants(artefact):
            frozen = book.frozen(artefact.place)
            seconds = frozen.seconds if frozen else 0.0
            status = book.status(artefact)
            again = artefact.place in settings.forced
            found += [seconds for row in status.rows if again or row.is_stale]
    return found

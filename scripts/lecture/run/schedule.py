"""Running what is stale: each run as soon as all that it receives is good."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from lecture.base.files import digest_of, write_if_changed
from lecture.book.book import Book
from lecture.book.record import Made, Record
from lecture.book.results import result_digest, save_results
from lecture.book.status import Task
from lecture.collect.artefact import Artefact
from lecture.run.executor import Executor
from lecture.run.jobs import job_of, libraries_used
from lecture.run.order import Order
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure, Job, Outcome, Success


def run_stale(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> tuple[Book, dict[str, Failure]]:
    """Run every stale task that can run, freeze what it gives; return what failed.

    A task that fails leaves its earlier result in place, and holds back whatever
    receives it, and nothing else.
    """
    schedule = Schedule(book, settings)
    for event in execute(schedule.take, schedule.libraries):
        if isinstance(event, Outcome):
            schedule.note(event)
        on_event(event)
    return schedule.book, schedule.failed


class Schedule:
    """The stale runs of a book, handed out one by one."""

    def __init__(self, book: Book, settings: Settings) -> None:
        self.book = book
        self.settings = settings
        self.failed: dict[str, Failure] = {}
        self._tasks: dict[str, Task] = {}
        chosen = {p: a for p, a in book.runs.items() if settings.wants(a)}
        self._order = Order(chosen, self._begin)

    @property
    def libraries(self) -> frozenset[str]:
        """The libraries that stale runs use, as far as is known before the first."""
        stale = (a for a in self.book.runs.values() if self._may_run(a))
        return frozenset(name for a in stale for name in libraries_used(self.book, a))

    def take(self) -> Job | None:
        """Return the next job whose received results are good, if there is one."""
        task = self._order.take()
        if task is None:
            return None
        self._tasks[task.id] = task
        return job_of(self.book, task, self.settings)

    def note(self, outcome: Outcome) -> None:
        """Freeze the result of a job that has ended, or remember why it has none."""
        task = self._tasks[outcome.job.id]
        if isinstance(outcome.result, Failure):
            self.failed[task.id] = outcome.result
            return
        self.book = freeze(self.book, task, outcome.result)
        self._order.done(task)

    def _may_run(self, artefact: Artefact) -> bool:
        status = self.book.status(artefact)
        forced = artefact.place in self.settings.forced
        return (forced or status.is_red) and not status.error

    def _begin(self, artefact: Artefact) -> tuple[Task, ...] | None:
        status = self.book.status(artefact)
        if status.error:
            error = status.error
            self.failed[artefact.id] = Failure(error.message, error.path, error.line)
            return None
        if status.waits_for:  # received from a page that was not asked for
            return None
        save_adopted(self.book, artefact)
        forced = artefact.place in self.settings.forced
        rows = [row for row in status.rows if forced or row.is_stale]
        return tuple(
            Task(artefact, status.wanted, row.case, row.changes) for row in rows
        )


def save_adopted(book: Book, artefact: Artefact) -> None:
    """Give an experiment a file of its own for the results that it has adopted."""
    if any(row.is_adopted for row in book.status(artefact).rows):
        frozen = book.kept(artefact.place)
        assert frozen, "what is adopted is there"
        save_results(book.shelf.path(artefact.place), frozen)


def freeze(book: Book, task: Task, success: Success) -> Book:
    """Write a result and its files; return the book that has it."""
    place = task.artefact.place
    path = book.shelf.path(place)
    if task.artefact.kind == "lab":
        _keep_pictures(path.parent, success.files)
    after = book.with_result(place, _record(book, task, success), success.value)
    kept = after.kept(place)
    if after is not book and kept:
        save_results(path, kept)
    return after


def _keep_pictures(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a lab's pictures, and remove those that it shows no more."""
    for name, content in files.items():
        write_if_changed(folder / name, content)
    for path in folder.glob("cell-*"):
        if path.name not in files:
            path.unlink()


def _record(book: Book, task: Task, success: Success) -> Record:
    folder = book.shelf.path(task.artefact.place).parent
    own = {
        book.project.relative(folder / name).as_posix(): digest_of(content)
        for name, content in success.files.items()
    }
    return Record(
        key=task.wanted.key(task.case),
        case=task.case,
        digest=result_digest(success.value),
        code=task.wanted.code,
        knobs=task.wanted.knobs,
        upstream=task.wanted.upstream,
        made=Made(
            date=datetime.date.today().isoformat(),
            seconds=success.seconds,
            memory_mb=success.memory_mb,
            hardware=success.hardware,
            versions=success.versions,
            data=success.data,
            files={**success.inputs, **own},
        ),
    )

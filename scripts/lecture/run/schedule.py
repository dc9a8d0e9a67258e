"""Running what is stale: each run as soon as all that it receives is good."""

import errno

from lecture.book.book import Book
from lecture.book.status import Task
from lecture.collect.artefact import Artefact
from lecture.run.executor import Executor
from lecture.run.freeze import freeze, save_adopted, unwritten
from lecture.run.jobs import job_of, libraries_of_runs
from lecture.run.order import Order
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure, Job, Outcome


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
        wanted = filter(self.settings.wants, self.book.runs.values())
        return libraries_of_runs(self.book, filter(self._may_run, wanted))

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
        try:
            self.book = freeze(self.book, task, outcome.result)
        except OSError as error:
            path = self.book.shelf.path(task.artefact.place)
            self.failed[task.id] = unwritten(error, path)
            return
        self._order.done(task)

    def _may_run(self, artefact: Artefact) -> bool:
        forced = artefact.place in self.settings.forced
        return forced or self.book.is_red(artefact.place)

    def _begin(self, artefact: Artefact) -> tuple[Task, ...] | None:
        status = self.book.status(artefact)
        if status.error:
            error = status.error
            self.failed[artefact.id] = Failure(error.message, error.path, error.line)
            return None
        if status.waits_for:  # received from a page that was not asked for
            return None
        path = self.book.shelf.path(artefact.place)
        try:
            if path.is_dir():  # better told now than after hours of training
                raise IsADirectoryError(errno.EISDIR, "")
            save_adopted(self.book, artefact)
        except OSError as error:
            self.failed[artefact.id] = unwritten(error, path)
            return None
        forced = artefact.place in self.settings.forced
        rows = [row for row in status.rows if forced or row.is_stale]
        return tuple(
            Task(artefact, status.wanted, row.case, row.changes) for row in rows
        )

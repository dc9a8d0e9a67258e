"""Runs beside a live preview: what is quick by itself, what is dear when asked for."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf

from lecture.book.book import Book
from lecture.book.status import Status, Task, tasks_of
from lecture.collect.artefact import Place
from lecture.run.drawings import draw_all
from lecture.run.executor import Executor
from lecture.run.lock import BusyError, locked
from lecture.run.schedule import run_stale
from lecture.run.settings import Settings
from lecture.task.job import Event, Failure, Outcome, Started

QUICK = 5.0  # seconds that stale runs took the last time, to be run without asking
PATIENCE = 30.0  # seconds after which a run that was begun so is left to the author


@dataclass(frozen=True)
class Plan:
    """The stale runs that could run now."""

    quick: tuple[Status, ...]
    dear: tuple[Status, ...]  # wait for a word of the author


class Runner:
    """Runs experiments and draws in threads, and remembers what gave no result."""

    def __init__(
        self, settings: Settings, execute: Executor, ended: Callable[[], None]
    ) -> None:
        self.running: frozenset[Place] = frozenset()
        self._guard = threading.Lock()  # the author asks from another thread
        self.is_drawing = False
        self._settings = settings
        self._execute = execute
        self._ended = ended  # called from the thread of what has ended
        self._failed: dict[str, Failure] = {}  # run → why it gave nothing
        self._slow: set[str] = set()  # runs that have outlasted our patience

    def plan(self, book: Book) -> Plan:
        """Say what may run by itself, and what only an author should begin."""
        ready = [*self._ready(book)]
        quick = tuple(status for status in ready if self._is_quick(book, status))
        return Plan(quick, tuple(status for status in ready if status not in quick))

    def failures(self, book: Book) -> dict[str, Failure]:
        """Return why runs have failed that would run again just so."""
        tasks = (t for a in book.runs.values() for t in tasks_of(book.status(a)))
        found = ((task.id, self._failed.get(_name(task))) for task in tasks)
        return {name: failure for name, failure in found if failure}

    def forget_failures(self) -> None:
        """Let what has failed run again, though nothing has changed."""
        self._failed.clear()

    def run(
        self, book: Book, chosen: tuple[Status, ...], patience: float | None
    ) -> None:
        """Begin runs that are not under way; each takes at most so many seconds."""
        with self._guard:
            asked = frozenset(status.artefact.place for status in chosen)
            places = asked - self.running
            self.running |= places
        if places:
            settings = replace(self._settings, places=places, patience=patience)
            self._begin(lambda: self._run(book, settings, places))

    def draw(self, book: Book) -> None:
        """Begin to draw all that is out of date."""
        self.is_drawing = True
        self._begin(lambda: self._draw(book))

    def _begin(self, work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    def _run(self, book: Book, settings: Settings, places: frozenset[Place]) -> None:
        statuses = [book.status(book.runs[place]) for place in places]
        names = {t.id: _name(t) for status in statuses for t in tasks_of(status)}
        began: dict[str, float] = {}
        slow: set[str] = set()
        patience = settings.patience

        def hear(event: Event) -> None:
            if isinstance(event, Started):
                began[event.job.id] = time.monotonic()
            elif isinstance(event, Outcome):
                took = time.monotonic() - began[event.job.id]
                slow.update([event.job.id] if took >= (patience or inf) else [])

        try:
            with suppress(BusyError), locked(book.project):
                _, failed = run_stale(book, settings, self._execute, hear)
                for name, failure in failed.items():
                    self._remember(names.get(name, name), failure, name in slow)
        finally:
            with self._guard:
                self.running -= places
            self._ended()

    def _remember(self, run: str, failure: Failure, is_slow: bool) -> None:
        if is_slow:
            self._slow.add(run)
        else:
            self._failed[run] = failure

    def _draw(self, book: Book) -> None:
        try:
            with suppress(BusyError), locked(book.project):
                draw_all(book, self._settings, self._execute, lambda event: None)
        finally:
            self.is_drawing = False
            self._ended()

    def _ready(self, book: Book) -> Iterator[Status]:
        for place, artefact in book.runs.items():
            status = book.status(artefact)
            waits = status.error or status.waits_for or place in self.running
            failed = any(_name(task) in self._failed for task in tasks_of(status))
            if status.stale and not waits and not failed:
                yield status

    def _is_quick(self, book: Book, status: Status) -> bool:
        if any(_name(task) in self._slow for task in tasks_of(status)):
            return False
        seconds = expected(book, status)
        return seconds is None or seconds < QUICK


def expected(book: Book, status: Status) -> float | None:
    """Return the seconds that stale runs would take by those before, if there are."""
    frozen = book.frozen(status.artefact.place)
    return frozen.seconds * len(status.stale) if frozen else None


def _name(task: Task) -> str:
    """Return what is the same for a run as long as nothing of it changes."""
    return f"{task.id} {task.wanted.key(task.case)}"

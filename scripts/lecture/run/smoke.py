"""Smoke runs: every experiment and lab once, small, with nothing kept.

How small, a module says: `smoke_fit` holds knobs for `experiment_fit`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lecture.base.errors import CollectError, LectureError
from lecture.book.book import Book
from lecture.book.status import Task, Wanted
from lecture.collect.artefact import Artefact, Case, Place
from lecture.run.executor import Executor
from lecture.run.jobs import job_of, libraries_of_runs
from lecture.run.order import Order
from lecture.run.reseed import Aside
from lecture.run.settings import OnEvent, Settings
from lecture.run.stand_ins import stand_ins
from lecture.task.job import Failure, Job, Outcome, Success

Choice = tuple[str, str]  # a knob, and a value of it that is no number
Done = Sequence[tuple[Job, Success]]


def smoke_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> tuple[Aside, Done]:
    """Run every experiment and lab once on stand-in data; return what it gave.

    Raises LectureError where there is nothing to run.
    """
    smoke = Smoke(book, settings)
    if not smoke.chosen:
        raise LectureError("돌려 볼 실험이 하나도 없습니다.")
    smoke.run(execute, on_event)
    return Aside(smoke.count, 0, smoke.failed, {}), smoke.done


class Smoke:
    """A smoke run under way."""

    def __init__(self, book: Book, settings: Settings) -> None:
        self.book = book
        self.settings = settings
        self.chosen = {p: a for p, a in book.runs.items() if settings.wants(a)}
        self.failed: dict[str, Failure] = {}
        self._values: dict[Place, list[tuple[Case, Any]]] = {}  # case ({} for none)
        self.done: list[tuple[Job, Success]] = []
        self._tasks: dict[str, Task] = {}
        self._order = Order(self.chosen, self._begin)
        cache = book.project.cache
        self._data = stand_ins(cache / "stand-ins")
        self._data_of_labs = stand_ins(cache / "stand-ins-of-labs", for_labs=True)
        self._covered: dict[str, set[Choice]] = {}  # page → what its runs have chosen

    def run(self, execute: Executor, on_event: OnEvent) -> None:
        """Run all that is chosen, and note what has been done and what has failed."""
        for event in execute(self.take, self.libraries):
            if isinstance(event, Outcome):
                self.note(event)
            on_event(event)
        self.tell_unreached()

    @property
    def count(self) -> int:
        """How many tasks were begun."""
        return len(self._tasks)

    @property
    def libraries(self) -> frozenset[str]:
        """The libraries that the runs use."""
        return libraries_of_runs(self.book, self.chosen.values())

    def take(self) -> Job | None:
        """Return the next job, small; what it receives has been made small, too."""
        task = self._order.take()
        if task is None:
            return None
        self._tasks[task.id] = task
        received = self._received(task.artefact)
        job = job_of(self.book, task, self.settings, received)
        arguments = {**job.arguments, **task.artefact.smoke}
        is_lab = task.artefact.kind == "lab"
        data = self._data_of_labs if is_lab else self._data
        environment = {"NOTES_DATA": str(data)}
        return replace(job, arguments=arguments, environment=environment)

    def note(self, event: Outcome) -> None:
        """Keep what a job has given for those that receive it."""
        task = self._tasks[event.job.id]
        if isinstance(event.result, Failure):
            self.failed[task.id] = event.result
            return
        self.done.append((event.job, event.result))
        done = self._values.setdefault(task.artefact.place, [])
        done.append((task.case or {}, event.result.value))
        self._order.done(task)

    def tell_unreached(self) -> None:
        """Count what never came as failed: something that it receives has failed."""
        begun = {task.artefact.id for task in self._tasks.values()}
        for artefact in self.chosen.values():
            if artefact.id not in begun | {*self.failed}:
                message = "받는 결과가 만들어지지 않았습니다."
                told = Failure(message, artefact.path, artefact.line)
                self.failed[artefact.id] = told

    def _begin(self, artefact: Artefact) -> tuple[Task, ...] | None:
        try:
            code = self.book.code(artefact)
        except CollectError as error:
            self.failed[artefact.id] = Failure(error.message, error.path, error.line)
            return None
        if not {*artefact.needs.values()} <= {*self._values}:
            return None
        wanted = Wanted(code.key, code.names, artefact.knobs, {})
        known = self._covered.setdefault(artefact.page, set())
        if not artefact.cases:
            return (Task(artefact, wanted, None),)
        cases = tuple(covering_cases(artefact.cases, known))
        known.update(*map(_choices, cases))
        return tuple(Task(artefact, wanted, case) for case in cases)

    def _received(self, artefact: Artefact) -> dict[str, Any]:
        return {
            need: _filled(self.book.runs[place].cases, self._values[place])
            for need, place in artefact.needs.items()
        }


def covering_cases(cases: tuple[Case, ...], known: set[Choice]) -> Iterator[Case]:
    """Yield few cases, but one at least, by which every choice is known in the end.

    A choice is a value that is no number: a number (a seed, a learning rate) seldom
    takes a path of its own through the code.
    """
    missing = set[Choice]().union(*map(_choices, cases)) - known
    while True:
        best = max(cases, key=lambda case: len(missing & _choices(case)))
        yield best
        missing -= _choices(best)
        if not missing:
            return


def _choices(case: Case) -> set[Choice]:
    choices = ((knob, value) for knob, value in case.items() if not _is_number(value))
    return {(knob, repr(value)) for knob, value in choices}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _filled(cases: tuple[Case, ...] | None, done: list[tuple[Case, Any]]) -> Any:
    """Return a value of full shape: a case not run borrows from one much like it."""
    if not cases:
        return done[0][1]
    in_order = sorted(done, key=lambda run: cases.index(run[0]))  # whichever came first

    def nearest(case: Case) -> Any:
        return max(in_order, key=lambda run: len(_choices(run[0]) & _choices(case)))[1]

    return [{**case, **nearest(case)} for case in cases]

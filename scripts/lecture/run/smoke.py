"""Smoke runs: every experiment and lab once, on small data, with nothing kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lecture.base.errors import CollectError, LectureError
from lecture.book.book import Book
from lecture.book.status import Task, Wanted
from lecture.collect.artefact import Artefact, Case, Place
from lecture.collect.collection import ordered
from lecture.run.executor import Executor, each
from lecture.run.jobs import job_of
from lecture.run.reseed import Aside
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure, Job, Outcome

Runs = dict[Place, list[tuple[Case, Any]]]
"""Experiment → what was run: each case ({} for none) and its value."""


def smoke_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> Aside:
    """Run every experiment and lab once on stand-in data; say what failed.

    Raises LectureError where there is nothing to run.
    """
    runs: Runs = {}
    failed: dict[str, Failure] = {}
    waiting = [a for a in ordered(book.artefacts) if settings.wants(a)]
    if not waiting:
        raise LectureError("돌려 볼 실험이 하나도 없습니다.")
    while waiting:
        ready = [
            a for a in waiting if not {w.place for w in waiting} & {*a.needs.values()}
        ]
        waiting = [a for a in waiting if a not in ready]
        jobs = [j for a in ready for j in _jobs(book, a, settings, runs, failed)]
        names = {name for job in jobs for name in job.libraries}
        for event in execute(each(jobs), names):
            if isinstance(event, Outcome):
                _note(event, runs, failed)
            on_event(event)
    return Aside(sum(map(len, runs.values())) + len(failed), 0, failed, {})


def covering_cases(cases: tuple[Case, ...]) -> Iterator[Case]:
    """Yield few cases in which every choice occurs: the values that are no numbers.

    A number (a seed, a learning rate) seldom takes a path of its own through the code.
    """
    missing = set[tuple[str, str]]().union(*map(_choices, cases))
    while True:
        best = max(cases, key=lambda case: len(missing & _choices(case)))
        yield best
        missing -= _choices(best)
        if not missing:
            return


def _choices(case: Case) -> set[tuple[str, str]]:
    choices = ((knob, value) for knob, value in case.items() if not _is_number(value))
    return {(knob, repr(value)) for knob, value in choices}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _jobs(
    book: Book,
    artefact: Artefact,
    settings: Settings,
    runs: Runs,
    failed: dict[str, Failure],
) -> Iterator[Job]:
    upstream = dict(_received(book, artefact, runs))
    try:
        code = book.code(artefact)
    except CollectError as error:
        failed[artefact.id] = Failure(error.message, artefact.path, error.line)
        return
    if len(upstream) < len(artefact.needs):
        message = "받는 결과가 만들어지지 않았습니다."
        failed[artefact.id] = Failure(message, artefact.path, artefact.line)
        return
    wanted = Wanted(code.key, code.names, artefact.knobs, {})
    cases = covering_cases(artefact.cases) if artefact.cases else (None,)
    for case in cases:
        task = Task(artefact, wanted, _quick(artefact, case))
        yield replace(job_of(book, task, settings, upstream), mode="smoke")


def _quick(artefact: Artefact, case: Case | None) -> Case | None:
    """Return the case with one epoch, for loops that are not Keras's own.

    Epochs that are a list say when to look, not how long to train.
    """
    if not _is_number({**artefact.knobs, **(case or {})}.get("epochs")):
        return case
    return {**(case or {}), "epochs": 1}


def _received(book: Book, artefact: Artefact, runs: Runs) -> Iterator[tuple[str, Any]]:
    for need, place in artefact.needs.items():
        source, done = book.runs.get(place), runs.get(place)
        if source and done:
            yield need, _filled(source.cases, done)


def _filled(cases: tuple[Case, ...] | None, done: list[tuple[Case, Any]]) -> Any:
    """Return a value of full shape: a case not run borrows from one much like it."""
    if not cases:
        return done[0][1]

    def nearest(case: Case) -> Any:
        return max(done, key=lambda run: len(_choices(run[0]) & _choices(case)))[1]

    return [{**case, **nearest(case)} for case in cases]


def _note(event: Outcome, runs: Runs, failed: dict[str, Failure]) -> None:
    artefact, case = event.job.artefact, event.job.case or {}
    if isinstance(event.result, Failure):
        failed[event.job.id] = event.result
    else:
        runs.setdefault(artefact.place, []).append((case, event.result.value))

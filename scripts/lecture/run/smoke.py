"""Smoke runs: every experiment and lab once, on small data, with nothing kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lecture.book.book import Notes
from lecture.book.keys import Task, dependencies, in_order
from lecture.collect.artefact import Artefact, Case
from lecture.run.executor import each
from lecture.run.local import run_jobs
from lecture.run.schedule import OnEvent, Settings, job_of, warm_modules
from lecture.task.job import Failure, Job, Outcome

Runs = dict[tuple[str, str], list[tuple[Case, Any]]]
"""(page, experiment) → what was run: each case ({} for none) and its value."""


def smoke_run(
    notes: Notes, settings: Settings, on_event: OnEvent
) -> dict[str, Failure]:
    """Run every experiment and lab once on stand-in data; return what failed."""
    runs: Runs = {}
    failed: dict[str, Failure] = {}
    waiting = [a for a in in_order(notes.artefacts) if settings.wants(a)]
    while waiting:
        ready = [
            a
            for a in waiting
            if not any((w.page, w.name) in a.received for w in waiting)
        ]
        waiting = [a for a in waiting if a not in ready]
        jobs = [j for a in ready for j in _jobs(notes, a, settings, runs, failed)]
        for event in run_jobs(
            each(jobs),
            workers=settings.workers,
            warm=warm_modules(jobs),
            cold=settings.cold,
        ):
            if isinstance(event, Outcome):
                _note(event, runs, failed)
            on_event(event)
    return failed


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
    notes: Notes,
    artefact: Artefact,
    settings: Settings,
    runs: Runs,
    failed: dict[str, Failure],
) -> Iterator[Job]:
    upstream = dict(_received(notes, artefact, runs))
    if len(upstream) < len(artefact.needs):
        failed[artefact.id] = Failure(
            "받는 결과가 만들어지지 않았습니다.", artefact.path
        )
        return
    needed = dependencies(notes.modules, artefact, {})
    cases = covering_cases(artefact.cases) if artefact.cases else (None,)
    for case in cases:
        quick = _quick(artefact, case)
        job = job_of(notes, Task(artefact, quick, needed, ()), settings)
        log = notes.project.cache / "smoke" / artefact.page / job.log.name
        yield replace(job, mode="smoke", upstream=upstream, log=log)


def _quick(artefact: Artefact, case: Case | None) -> Case | None:
    """Return the case with one epoch, for loops that are not Keras's own."""
    if "epochs" not in artefact.knobs:
        return case
    return {**(case or {}), "epochs": 1}


def _received(
    notes: Notes, artefact: Artefact, runs: Runs
) -> Iterator[tuple[str, Any]]:
    for page, need in artefact.received:
        source = notes.experiment(page, need)
        done = runs.get((page, need))
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
        done = runs.setdefault((artefact.page, artefact.name), [])
        done.append((case, event.result.value))

"""Smoke runs: every experiment and lab once, on small data, with nothing kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lecture.artefact import Artefact, Case
from lecture.execute import OnEvent, Settings, job_of, warm_modules
from lecture.job import Failure, Job, Outcome
from lecture.notes import Notes
from lecture.plan import Task, dependencies, in_order
from lecture.run import run_jobs


def smoke_run(
    notes: Notes, settings: Settings, on_event: OnEvent
) -> dict[str, Failure]:
    """Run every experiment and lab once on stand-in data; return what failed."""
    values: dict[tuple[str, str], Any] = {}
    failed: dict[str, Failure] = {}
    waiting = [a for a in in_order(notes.artefacts) if settings.wants(a)]
    while waiting:
        ready = [
            a
            for a in waiting
            if not any(w.page == a.page and w.name in a.needs for w in waiting)
        ]
        waiting = [a for a in waiting if a not in ready]
        jobs = [j for a in ready for j in _jobs(notes, a, settings, values, failed)]
        for event in run_jobs(
            jobs, workers=settings.workers, warm=warm_modules(jobs), cold=settings.cold
        ):
            if isinstance(event, Outcome):
                _note(event, values, failed)
            on_event(event)
    return failed


def covering_cases(cases: tuple[Case, ...]) -> Iterator[Case]:
    """Yield few cases in which every value of every knob occurs."""
    seen: set[tuple[str, str]] = set()
    for case in cases:
        pairs = {(knob, repr(value)) for knob, value in case.items()}
        if not pairs <= seen:
            seen |= pairs
            yield case


def _jobs(
    notes: Notes,
    artefact: Artefact,
    settings: Settings,
    values: dict[tuple[str, str], Any],
    failed: dict[str, Failure],
) -> Iterator[Job]:
    upstream = {
        n: values[artefact.page, n]
        for n in artefact.needs
        if (artefact.page, n) in values
    }
    if len(upstream) < len(set(artefact.needs)):
        failed[artefact.id] = Failure(
            "받는 결과가 만들어지지 않았습니다.", artefact.path
        )
        return
    needed = dependencies(notes.modules, artefact, {})
    cases = covering_cases(artefact.cases) if artefact.cases else (None,)
    for case in cases:
        job = job_of(notes, Task(artefact, case, needed, ()), settings)
        output = notes.project.cache / "smoke" / artefact.page
        log = output / job.log.name
        yield replace(job, mode="smoke", upstream=upstream, output=output, log=log)


def _note(
    event: Outcome, values: dict[tuple[str, str], Any], failed: dict[str, Failure]
) -> None:
    artefact = event.job.artefact
    if isinstance(event.result, Failure):
        failed[event.job.id] = event.result
    elif artefact.cases is None:
        values[artefact.page, artefact.name] = event.result.value
    else:
        rows = values.setdefault((artefact.page, artefact.name), [])
        rows.append({**(event.job.case or {}), **event.result.value})

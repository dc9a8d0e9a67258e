"""Executing what is stale, wave by wave, and freezing each result as it comes."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from lecture.base.files import write_if_changed
from lecture.book import results as freeze
from lecture.book.book import Notes, survey
from lecture.book.keys import Task, current_records
from lecture.collect.artefact import Artefact, Frozen, Origin, Record
from lecture.collect.cases import case_text
from lecture.collect.closure import imports_tensorflow
from lecture.collect.declarations import memory_limit, time_limit
from lecture.collect.syntax import short_hash
from lecture.run.local import run_jobs
from lecture.task.job import Event, Failure, Job, Outcome, Success

TIME_LIMIT = 600.0  # seconds a task may take, where its module says nothing
OnEvent = Callable[[Event], None]


@dataclass(frozen=True)
class Settings:
    """How to run: what an author may choose on the command line."""

    workers: int
    pages: tuple[str, ...] = ()  # () is every page
    forced: frozenset[str] = frozenset()
    cold: bool = False
    seed_shift: int = 0

    def wants(self, artefact: Artefact) -> bool:
        """Tell whether an artefact's page was asked for."""
        return not self.pages or artefact.page in self.pages

    @property
    def memory_limit_mb(self) -> int:
        """A task's share of four fifths of the machine."""
        return int(psutil.virtual_memory().total * 0.8 / self.workers) >> 20


def run_stale(
    notes: Notes, settings: Settings, fingerprints: Mapping[str, str], on_event: OnEvent
) -> dict[str, Failure]:
    """Run every stale task that can run, freeze what it gives, return what failed.

    An experiment runs in the wave after those it receives. A task that fails leaves its
    earlier result in place and holds back whatever receives it.
    """
    done: set[str] = set()
    failed: dict[str, Failure] = {}
    while tasks := ready_tasks(notes, settings, fingerprints, done):
        jobs = {task.id: job_of(notes, task, settings) for task in tasks}
        by_id = {task.id: task for task in tasks}
        for event in run_jobs(
            jobs.values(),
            workers=settings.workers,
            warm=warm_modules(jobs.values()),
            cold=settings.cold,
        ):
            if isinstance(event, Outcome):
                done.add(event.job.id)
                if isinstance(event.result, Failure):
                    failed[event.job.id] = event.result
                else:
                    keep(notes, by_id[event.job.id], event.result)
            on_event(event)
    return failed


def ready_tasks(
    notes: Notes,
    settings: Settings,
    fingerprints: Mapping[str, str],
    done: set[str] | frozenset[str] = frozenset(),
) -> list[Task]:
    """Return the stale tasks that wait for nothing and have not been tried yet."""
    return [
        task
        for one in survey(
            notes, fingerprints, settings.forced - {i.split("(")[0] for i in done}
        )
        if settings.wants(one.artefact) and not one.waits_for
        for task in one.stale
        if task.id not in done
    ]


def job_of(notes: Notes, task: Task, settings: Settings) -> Job:
    """Return a task as the process that runs it needs it."""
    artefact = task.artefact
    module = notes.modules[artefact.page]
    return Job(
        id=task.id,
        artefact=artefact,
        case=task.case,
        code=task.dependencies.code,
        upstream=dict(received(notes, artefact)),
        output=notes.project.results / artefact.page,
        log=notes.project.cache / "logs" / log_name(task),
        time_limit=time_limit(module, TIME_LIMIT),
        memory_limit_mb=memory_limit(module, settings.memory_limit_mb),
        needs_keras=_needs_keras(notes, task),
        seed_shift=settings.seed_shift,
    )


def log_name(task: Task) -> str:
    """Return the name of a task's log; cases run side by side, each with its own."""
    case = "" if task.case is None else f"-{short_hash(case_text(task.case))}"
    return f"{task.artefact.id}{case}.log"


def received(notes: Notes, artefact: Artefact) -> Iterator[tuple[str, Any]]:
    """Yield the frozen values that an artefact receives, by parameter name."""
    for page, need in artefact.received:
        frozen = notes.frozen(page, need)
        if frozen:
            yield need, frozen.value


def warm_modules(jobs: Iterable[Job]) -> tuple[str, ...]:
    """Return what the server imports before it forks: Keras only where it is needed."""
    plain = (
        "lecture.task.worker",
        "lecture.draw.figures",
        "pandas",
        "matplotlib.pyplot",
    )
    return (*plain, "lecture.task.warm") if any(j.needs_keras for j in jobs) else plain


def _needs_keras(notes: Notes, task: Task) -> bool:
    if task.artefact.kind == "lab":  # its kernel is an interpreter of its own
        return False
    reached = {name.split(".")[0].split("[")[0] for name in task.dependencies.code}
    return imports_tensorflow(notes.modules, reached | {task.artefact.page})


def keep(notes: Notes, task: Task, success: Success) -> None:
    """Freeze one result beside those that are there, and drop orphaned cases."""
    artefact = task.artefact
    found = freeze.load(notes.project, artefact.page, artefact.name)
    others = [r for r in (found.records if found else ()) if r.case != task.case]
    has_cases = artefact.cases is not None
    every = Frozen(
        artefact.page, artefact.name, (*others, _record(task, success)), has_cases
    )
    if artefact.kind == "lab":
        _keep_pictures(notes.project.results / artefact.page, success.files)
    freeze.save(notes.project, replace(every, records=current_records(artefact, every)))


def _keep_pictures(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a lab's pictures, and remove those that it shows no more."""
    for name, content in files.items():
        write_if_changed(folder / name, content)
    for path in folder.glob("cell-*"):
        if path.name not in files:
            path.unlink()


def _record(task: Task, success: Success) -> Record:
    needed = task.dependencies
    return Record(
        key=needed.key(task.case),
        result=success.value,
        origin=Origin(
            code=needed.code,
            knobs=needed.knobs,
            upstream=needed.upstream,
            data=success.data,
            versions=success.versions,
            hardware=success.hardware,
        ),
        seconds=success.seconds,
        memory_mb=success.memory_mb,
        date=datetime.date.today().isoformat(),
        case=task.case,
    )

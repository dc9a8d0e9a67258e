"""Parity: does plain Python give what the engine freezes, to the last digit?"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import distributions
from typing import Any

from lecture.base.errors import LectureError
from lecture.base.memory import Memory
from lecture.book.book import Book
from lecture.book.status import Task
from lecture.collect.syntax import canonical_json, short_hash
from lecture.run.bare import bare
from lecture.run.differences import first_difference
from lecture.run.executor import Executor, each
from lecture.run.jobs import job_of, libraries_of_runs
from lecture.run.settings import OnEvent, Settings
from lecture.run.smoke import Smoke
from lecture.task.job import Failure, Job, Outcome, Success
from lecture.task.lab_bare import comparable
from lecture.task.machine import hardware

_SHARE = 4  # one experiment of so many is looked at where not all are
_MANY = 40  # runs in one interpreter: to start it takes as long as some of them


@dataclass(frozen=True)
class Parity:
    """What the comparison has shown."""

    compared: int
    timed: int  # of these, the ones whose measured times were left out
    elsewhere: int  # and those whose frozen values no run on this machine gives
    failed: Mapping[str, Failure]


@dataclass(frozen=True)
class _Pair:
    """A run, what the engine made of it, and what plain Python did."""

    job: Job
    ours: Any
    timed: bool
    theirs: Any = None

    @property
    def told(self) -> str:
        """Say where the two differ, if they do."""
        if isinstance(self.theirs, Failure):
            return f"엔진 없이는 돌지 않습니다.\n{self.theirs.message}"
        found = first_difference(self.ours, self.theirs, floats=not self.timed)
        return f"엔진 없이 돌리면 다릅니다: {found}" if found else ""

    def is_known(self, memory: Memory) -> bool:
        """Tell whether the two were equal before."""
        return memory.knows(self._question)

    def learn(self, memory: Memory) -> None:
        """Remember that they are."""
        memory.recall(self._question, lambda: True)
        memory.save()

    @property
    def _question(self) -> str:
        job = self.job
        given = [dict(job.artefact.knobs), dict(job.arguments), dict(job.upstream)]
        return short_hash(canonical_json([job.id, job.code_key, *given, self.ours]))


def parity_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent, *, whole: bool
) -> Parity:
    """Run bare, here and now, and compare with what the engine makes of the same.

    All labs and a fixed share of the experiments, small; with `whole`, every case of
    every experiment and every lab, at full size, with what is frozen: what is equal is
    remembered, so that a comparison that was broken off goes on where it stopped, and
    what is not is run by the engine, too: another machine may have made it.
    Raises LectureError for nothing to do.
    """
    gather = _whole if whole else _small
    done, failed = gather(book, settings, execute, on_event)
    if not done and not failed:
        raise LectureError("견주어 볼 실행이 하나도 없습니다.")
    pairs = {_name(job): _pair(book, job, made) for job, made in done}
    memory = _memory(book) if whole else None
    unequal = dict(_unequal(pairs, memory, settings, on_event))
    moved = [one.job for one in unequal.values() if not isinstance(one.theirs, Failure)]
    again, _ = _run(book, moved if whole else [], execute, on_event)
    for job, made in again:
        unequal[_name(job)] = replace(unequal[_name(job)], ours=_value(job, made))
    for one in unequal.values():
        if one.told:
            place = one.job.artefact
            failed[one.job.id] = Failure(one.told, place.path, place.line)
    clocks = sum(one.timed for one in pairs.values())
    elsewhere = sum(not one.told for one in unequal.values())
    return Parity(len(pairs), clocks, elsewhere, failed)


def _name(job: Job) -> str:
    return f"{job.id} (엔진 없이)"


def _pair(book: Book, job: Job, made: Success) -> _Pair:
    return _Pair(job, _value(job, made), book.code(job.artefact).reads_clock)


def _memory(book: Book) -> Memory:
    """Return the memory of what was equal on this machine with these libraries."""
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    salt = "\n".join([hardware(), sys.version, *installed])
    return Memory(book.project.cache / "parity", salt)


def _unequal(
    pairs: Mapping[str, _Pair],
    memory: Memory | None,
    settings: Settings,
    on_event: OnEvent,
) -> Iterator[tuple[str, _Pair]]:
    """Run bare what is not known to be equal, and yield what is not."""
    waiting = [n for n, one in pairs.items() if not (memory and one.is_known(memory))]
    jobs = (replace(pairs[name].job, id=name) for name in waiting)
    share = 1 if memory else math.ceil(len(waiting) / settings.workers)
    run = bare(settings.workers, ours=True, together=min(_MANY, share))
    for event in run(each(jobs), ()):
        if isinstance(event, Outcome):
            made, name = event.result, event.job.id
            theirs = made if isinstance(made, Failure) else made.value
            one = replace(pairs[name], theirs=theirs)
            if one.told:
                yield name, one
            elif memory:
                one.learn(memory)
        on_event(event)


_Done = Sequence[tuple[Job, Success]]
_Gathered = tuple[list[tuple[Job, Success]], dict[str, Failure]]


def _small(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> _Gathered:
    smoke = Smoke(book, settings)
    smoke.run(execute, on_event)
    return list(_share(smoke.done)), smoke.failed


def _share(done: _Done) -> Iterator[tuple[Job, Success]]:
    """Yield all labs, and of every fourth experiment the first case."""
    first = {job.artefact.id: (job, made) for job, made in reversed(done)}
    names = sorted(n for n, (job, _) in first.items() if job.artefact.kind != "lab")
    labs = sorted({*first} - {*names})
    yield from (first[name] for name in [*labs, *names[::_SHARE]])


def _whole(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> _Gathered:
    """Return what is frozen, and what the engine makes of what is not."""
    kept, lacking = list[tuple[Job, Success]](), list[Job]()
    for artefact in filter(settings.wants, book.runs.values()):
        status = book.status(artefact)
        for row in status.rows if not status.error and not status.waits_for else ():
            job = job_of(book, Task(artefact, status.wanted, row.case), settings)
            frozen = book.frozen(artefact.place)
            if row.is_stale or not frozen:
                lacking.append(job)
            else:
                ((_, position),) = frozen.find(row.case)
                kept.append((job, Success(frozen.results[position], 0, 0)))
    done, failed = _run(book, lacking, execute, on_event)
    return [*kept, *done], failed


def _run(
    book: Book, jobs: Sequence[Job], execute: Executor, on_event: OnEvent
) -> _Gathered:
    done, failed = list[tuple[Job, Success]](), dict[str, Failure]()
    libraries = libraries_of_runs(book, [job.artefact for job in jobs])
    for event in execute(each(jobs), libraries):
        if isinstance(event, Outcome):
            if isinstance(event.result, Failure):
                failed[event.job.id] = event.result
            else:
                done.append((event.job, event.result))
        on_event(event)
    return done, failed


def _value(job: Job, made: Success) -> Any:
    return comparable(made.value) if job.artefact.kind == "lab" else made.value

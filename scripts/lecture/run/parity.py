"""Parity: does plain Python give what the engine freezes, to the last digit?"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from lecture.base.errors import LectureError
from lecture.book.book import Book
from lecture.book.status import Task
from lecture.run.bare import bare_lab, bare_values
from lecture.run.differences import first_difference
from lecture.run.executor import Executor, each
from lecture.run.jobs import job_of, libraries_of_runs
from lecture.run.settings import OnEvent, Settings
from lecture.run.smoke import Smoke
from lecture.task.folder import homes
from lecture.task.job import Failure, Job, Outcome, Success
from lecture.task.lab_bare import comparable

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
    theirs: Any


def parity_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent, *, whole: bool
) -> Parity:
    """Run bare, here and now, and compare with what the engine makes of the same.

    All labs and a fixed share of the experiments, small; with `whole`, every case of
    every experiment and every lab, at full size, with what is frozen. What is equal is
    what a reader gets; what is not is run by the engine, too: another machine may have
    made it. Raises LectureError for nothing to do.
    """
    gather = _whole if whole else _small
    done, failed = gather(book, settings, execute, on_event)
    if not done and not failed:
        raise LectureError("견주어 볼 실행이 하나도 없습니다.")
    timed = {a.id for a in book.runs.values() if book.code(a).reads_clock}
    pairs = list(_pairs(done, settings.workers))
    unequal = {p.job.id: p for p in pairs if _different(p, timed)}
    moved = [p.job for p in unequal.values() if not isinstance(p.theirs, Failure)]
    again, _ = _run(book, moved if whole else [], execute, on_event)
    for job, made in again:
        unequal[job.id] = replace(unequal[job.id], ours=_value(job, made))
    for name, pair in unequal.items():
        if told := _different(pair, timed):
            failed[name] = Failure(told, pair.job.artefact.path, pair.job.artefact.line)
    clocks = sum(p.job.artefact.id in timed for p in pairs)
    elsewhere = len({*unequal} - {*failed})
    return Parity(len(pairs), clocks, elsewhere, failed)


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


def _pairs(done: _Done, workers: int) -> Iterator[_Pair]:
    """Yield what has been run by the engine beside the same run bare."""
    labs = [one for one in done if one[0].artefact.kind == "lab"]
    rest = [one for one in done if one[0].artefact.kind != "lab"]
    groups = [*_groups(rest, workers)]
    with ThreadPoolExecutor(workers) as pool:
        bare = partial(bare_values, ours=True)
        values = pool.map(bare, [[job for job, _ in group] for group in groups])
        shown = pool.map(partial(bare_lab, ours=True), [job for job, _ in labs])
        for group, theirs in zip(groups, values, strict=True):
            for (job, made), value in zip(group, theirs, strict=True):
                yield _Pair(job, _value(job, made), value)
        for (job, made), value in zip(labs, shown, strict=True):
            yield _Pair(job, _value(job, made), value)


def _value(job: Job, made: Success) -> Any:
    return comparable(made.value) if job.artefact.kind == "lab" else made.value


def _groups(done: _Done, workers: int) -> Iterator[_Done]:
    """Yield runs that one interpreter makes: they find the same data files."""
    together: dict[tuple[Path, ...], list[tuple[Job, Success]]] = {}
    for one in done:
        together.setdefault(homes(one[0]), []).append(one)
    size = min(_MANY, math.ceil(len(done) / workers))
    for group in together.values():
        yield from (group[n : n + size] for n in range(0, len(group), size))


def _different(pair: _Pair, timed: Collection[str]) -> str:
    if isinstance(pair.theirs, Failure):
        return f"엔진 없이는 돌지 않습니다.\n{pair.theirs.message}"
    found = first_difference(
        pair.ours, pair.theirs, floats=pair.job.artefact.id not in timed
    )
    return f"엔진 없이 돌리면 다릅니다: {found}" if found else ""

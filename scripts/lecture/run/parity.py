"""Parity: does plain Python give what the engine freezes, to the last digit?"""

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
    """Run through the engine and bare, here and now, and compare.

    All labs and a fixed share of the experiments, small; with `whole`, every case of
    every experiment and every lab, at full size. Raises LectureError for nothing to do.
    """
    gather = _whole if whole else _small
    done, failed = gather(book, settings, execute, on_event)
    if not done and not failed:
        raise LectureError("견주어 볼 실행이 하나도 없습니다.")
    timed = {a.id for a in book.runs.values() if book.code(a).reads_clock}
    pairs = list(_pairs(done, settings.workers))
    for pair in pairs:
        if told := _different(pair, timed=pair.job.artefact.id in timed):
            artefact = pair.job.artefact
            failed[pair.job.id] = Failure(told, artefact.path, artefact.line)
    return Parity(len(pairs), sum(p.job.artefact.id in timed for p in pairs), failed)


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
    chosen = [a for a in book.runs.values() if settings.wants(a)]
    jobs = [
        job_of(book, Task(artefact, status.wanted, row.case), settings)
        for artefact in chosen
        if (status := book.status(artefact)).error is None and not status.waits_for
        for row in status.rows
    ]
    done, failed = list[tuple[Job, Success]](), dict[str, Failure]()
    for event in execute(each(jobs), libraries_of_runs(book, chosen)):
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
                yield _Pair(job, made.value, value)
        for (job, made), value in zip(labs, shown, strict=True):
            yield _Pair(job, comparable(made.value), value)


def _groups(done: _Done, workers: int) -> Iterator[_Done]:
    """Yield runs that one interpreter makes: they find the same data files."""
    together: dict[tuple[Path, ...], list[tuple[Job, Success]]] = {}
    for one in done:
        together.setdefault(homes(one[0]), []).append(one)
    size = min(_MANY, math.ceil(len(done) / workers))
    for group in together.values():
        yield from (group[n : n + size] for n in range(0, len(group), size))


def _different(pair: _Pair, *, timed: bool) -> str:
    if isinstance(pair.theirs, Failure):
        return f"엔진 없이는 돌지 않습니다.\n{pair.theirs.message}"
    found = first_difference(pair.ours, pair.theirs, floats=not timed)
    return f"엔진 없이 돌리면 다릅니다: {found}" if found else ""

"""Running here: one process per task, so that a task can hang, exit or crash alone.

Processes are forked from a server that has imported the heavy libraries and never runs
an op itself. A job and its process talk over one pipe. A keeper, which waits for the
build's end and for nothing else, ends what a killed build leaves.
"""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from lecture.collect.libraries import libraries
from lecture.run import server
from lecture.run.executor import Executor, Take
from lecture.run.settings import Settings
from lecture.task import processes
from lecture.task.failure import from_exit, from_log
from lecture.task.folder import temporary_of
from lecture.task.job import Event, Failure, Job, Outcome, Progress, Started
from lecture.task.worker import main

_TICK = 0.5  # seconds between looks at clocks and memory


@dataclass(frozen=True)
class _Running:
    job: Job
    process: BaseProcess
    pipe: Connection
    deadline: float
    folder: Path  # the task's working directory


def run_jobs(
    take: Take, *, workers: int, warm: tuple[str, ...], cold: bool = False
) -> Iterator[Event]:
    """Run jobs in processes of their own and yield what happens as it happens.

    `take` is asked for a job whenever one of the `workers` places is free. `warm` names
    the modules that the server imports before it forks. With `cold`, each process is a
    new interpreter instead. Closing the iterator ends all processes.
    """
    job = take()
    if job is None:
        return
    running = list[_Running]()
    with server.kept() as folder:
        context = server.context(warm, cold)
        try:
            while job or running:
                if job:
                    running.append(_start(context, job, folder))
                    yield Started(job)
                else:
                    yield from _listen(running)
                job = take() if len(running) < workers else None
        finally:
            for one in running:
                _end(one)


def local(settings: Settings) -> Executor:
    """Return the executor that uses this machine, as an author has chosen."""

    def execute(take: Take, names: Collection[str]) -> Iterator[Event]:
        used = libraries(names)
        warm = ("lecture.task.worker", *(name for one in used for name in one.warm))
        workers, cold = settings.workers, settings.cold
        return run_jobs(take, workers=workers, warm=warm, cold=cold)

    return execute


def _start(context: BaseContext, job: Job, place: Path) -> _Running:
    ours, theirs = context.Pipe()
    folder = Path(tempfile.mkdtemp(dir=place))
    arguments = (job, theirs, folder)
    process = context.Process(target=main, args=arguments, name=job.id)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Running(job, process, ours, time.monotonic() + job.time_limit, folder)


def _listen(running: list[_Running]) -> Iterator[Event]:
    """Wait a while for what processes say; what has ended leaves `running`."""
    ears = [(one.pipe, one.process.sentinel) for one in running]
    wait([ear for pair in ears for ear in pair], timeout=_TICK)
    for one in list(running):
        for event in _look(one):
            if isinstance(event, Outcome):
                _end(one)
                running.remove(one)
            yield event


def _look(one: _Running) -> Iterator[Event]:
    """Yield what a process has said, and its end, its own or at a limit."""
    ended = one.process.exitcode is not None  # before the pipe is emptied
    with suppress(EOFError, OSError):
        while one.pipe.poll():
            message = one.pipe.recv()
            if not isinstance(message, tuple):
                yield Outcome(one.job, message)
                return
            yield Progress(one.job, *message)
        failure = None if ended else _passed_limit(one)
        if failure:
            yield Outcome(one.job, failure)
        if failure or not ended:
            return
    one.process.join(timeout=2)
    processes.end_marked(processes.TASK_MARK, str(one.folder))
    yield Outcome(one.job, from_exit(one.job, one.process.exitcode))


def _end(one: _Running) -> None:
    """End a process, with all that it has started, and remove its folder."""
    processes.end_tree(one.process.pid)
    processes.end_group(one.process.pid)
    one.process.join(timeout=2)
    one.pipe.close()
    for folder in (one.folder, temporary_of(one.folder)):
        shutil.rmtree(folder, ignore_errors=True)


def _passed_limit(one: _Running) -> Failure | None:
    limit = one.job.time_limit
    if time.monotonic() > one.deadline:
        _ask_for_frames(one.process.pid)
        return from_log(
            one.job,
            f"제한 시간 {limit:g}초를 넘겨 멈췄습니다. "
            "모듈에 `time_limit = 초`를 두면 늘릴 수 있습니다.",
        )
    if processes.memory_mb(one.process.pid) > one.job.memory_limit_mb:
        return from_log(
            one.job,
            f"메모리 한도 {one.job.memory_limit_mb} MB를 넘겨 멈췄습니다. "
            "모듈에 `memory_limit = MB`를 두면 늘릴 수 있습니다.",
        )
    return None


def _ask_for_frames(pid: int | None) -> None:
    """Have a hanging process write its frames to its log, where the system can."""
    if pid and hasattr(signal, "SIGUSR1"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGUSR1)
        time.sleep(0.3)


def worker_count() -> int:
    """Return how many tasks this machine runs at once by default."""
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1)
    )

"""Running: one process per task, so that a task can hang, exit or crash alone.

Processes are forked from a server that has imported the heavy libraries and never runs
an op itself. A job and its process talk over one pipe; when the build dies, the pipe
breaks and the process ends itself.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from lecture.task.failure import from_exit, from_log
from lecture.task.job import Event, Failure, Job, Outcome, Progress, Started
from lecture.task.processes import end_tree, memory_mb
from lecture.task.worker import main

# Read when the libraries load. TensorFlow picks oneDNN's kernels by the processor; here
# they are always on, so that machines differ less. On a softmax layer with 3,072 inputs
# they halve the time of an epoch. glibc gives freed memory back to the system at once,
# and asking for it again costs a batch of images more than the arithmetic on it.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(2**25),  # bytes: larger blocks are given back at once
    "MALLOC_TOP_PAD_": str(2**26),  # bytes that each heap may keep
}
_TICK = 0.5  # seconds between looks at clocks and memory


@dataclass(frozen=True)
class _Running:
    job: Job
    process: BaseProcess
    pipe: Connection
    deadline: float


def run_jobs(
    jobs: Iterable[Job], *, workers: int, warm: tuple[str, ...], cold: bool = False
) -> Iterator[Event]:
    """Run jobs in processes of their own and yield what happens as it happens.

    `warm` names the modules that the server imports before it forks. With `cold`, each
    process is a new interpreter instead. Closing the iterator ends all processes.
    """
    context = _context(warm, cold)
    waiting, running = deque(jobs), list[_Running]()
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_start(context, waiting.popleft()))
                yield Started(running[-1].job)
            wait([r.pipe for r in running], timeout=_TICK)
            for one in list(running):
                for event in _look(one):
                    yield event
                    if isinstance(event, Outcome):
                        running.remove(one)
    finally:
        for one in running:
            end_tree(one.process.pid)


def _context(warm: tuple[str, ...], cold: bool) -> BaseContext:
    """Return a forkserver that has imported `warm`, where the system has one."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if cold or sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(warm))
    with _ignoring_ctrl_c():
        forkserver.ensure_running()
    return context


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """Leave Ctrl-C to the build: a process ignores what its parent ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start(context: BaseContext, job: Job) -> _Running:
    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(job, theirs), name=job.id)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Running(job, process, ours, time.monotonic() + job.time_limit)


def _look(one: _Running) -> Iterator[Event]:
    """Yield what a process has said; end it where it passed a limit."""
    try:
        while one.pipe.poll():
            message = one.pipe.recv()
            if isinstance(message, Progress):
                yield message
                continue
            end_tree(one.process.pid)
            one.process.join(timeout=2)
            yield Outcome(one.job, message)
            return
    except (EOFError, ConnectionError):
        one.process.join(timeout=2)
        yield Outcome(one.job, from_exit(one.job, one.process.exitcode))
        return
    failure = _passed_limit(one)
    if failure:
        end_tree(one.process.pid)
        yield Outcome(one.job, failure)


def _passed_limit(one: _Running) -> Failure | None:
    limit = one.job.time_limit
    if time.monotonic() > one.deadline:
        _ask_for_frames(one.process.pid)
        return from_log(
            one.job,
            f"제한 시간 {limit:g}초를 넘겨 멈췄습니다. "
            "모듈에 `time_limit = 초`를 두면 늘릴 수 있습니다.",
        )
    if memory_mb(one.process.pid) > one.job.memory_limit_mb:
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

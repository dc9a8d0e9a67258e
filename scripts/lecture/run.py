"""Running: one process per task, so that a task can hang, exit or crash alone.

Processes are forked from a server that has imported the heavy libraries and never runs
an op itself. A job and its process talk over one pipe; when the build dies, the pipe
breaks and the process ends itself.
"""

import multiprocessing
import os
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import psutil

from lecture.job import Event, Failure, Job, Outcome, Progress, Started
from lecture.worker import main

# Read when the libraries load. TensorFlow picks oneDNN's kernels by the processor; here
# they are always on, so that machines differ less. On a softmax layer with 3,072 inputs
# they halve the time of an epoch.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_TICK = 0.2  # seconds between looks at clocks and memory


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


def end_tree(pid: int | None, *, itself: bool = True) -> None:
    """Kill a process and all that descends from it."""
    try:
        process = psutil.Process(pid)
        family = process.children(recursive=True) + ([process] if itself else [])
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=2)


def _context(warm: tuple[str, ...], cold: bool) -> BaseContext:
    """Return a forkserver that has imported `warm`, where the system has one."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if cold or sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(warm))
    return context


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
        yield Outcome(one.job, _death(one))
        return
    failure = _passed_limit(one)
    if failure:
        end_tree(one.process.pid)
        yield Outcome(one.job, failure)


def _passed_limit(one: _Running) -> Failure | None:
    limit = one.job.time_limit
    if time.monotonic() > one.deadline:
        _ask_for_frames(one.process.pid)
        return _failure(
            one.job,
            f"제한 시간 {limit:g}초를 넘겨 멈췄습니다. "
            "모듈에 `time_limit = 초`를 두면 늘릴 수 있습니다.",
        )
    if _memory_mb(one.process.pid) > one.job.memory_limit_mb:
        return _failure(
            one.job, f"메모리 한도 {one.job.memory_limit_mb} MB를 넘겨 멈췄습니다."
        )
    return None


def _memory_mb(pid: int | None) -> int:
    """Return the resident memory of a process tree in MiB."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family) >> 20
    except psutil.NoSuchProcess:
        return 0


def _death(one: _Running) -> Failure:
    """Say how a process ended that never reported."""
    code = one.process.exitcode
    if code is not None and code < 0:
        how = f"신호 {signal.Signals(-code).name}(으)로 죽었습니다."
    else:
        how = f"결과를 내지 않고 끝났습니다 (종료 코드 {code})."
    return _failure(one.job, f"프로세스가 {how}")


def _ask_for_frames(pid: int | None) -> None:
    """Have a hanging process write its frames to its log, where the system can."""
    if pid and hasattr(signal, "SIGUSR1"):
        os.kill(pid, signal.SIGUSR1)
        time.sleep(0.3)


def _failure(job: Job, message: str) -> Failure:
    """Return a failure with the student's frames, as far as the process left them."""
    log = (
        job.log.read_text(encoding="utf-8", errors="replace")
        if job.log.exists()
        else ""
    )
    folder = re.escape(str(job.artefact.path.parent))
    found = re.findall(rf'File "({folder}[^"]*)", line (\d+) in (.*)', log)
    frames = "".join(f'  File "{p}", line {n}, in {f}\n' for p, n, f in reversed(found))
    line = int(found[0][1]) if found else job.artefact.line
    return Failure(message, job.artefact.path, line, frames)


def worker_count() -> int:
    """Return how many tasks this machine runs at once by default."""
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1)
    )

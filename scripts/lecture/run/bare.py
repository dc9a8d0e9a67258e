"""Running bare: plain Python with the pinned libraries, as a reader has it.

No engine is at hand, and the working directory is empty but for the data files that lie
beside the module.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lecture.base.environment import COMFORT, NUMBERS
from lecture.base.errors import LectureError
from lecture.run.executor import Executor, Take
from lecture.task import bare_run, served
from lecture.task.folder import furnish, homes
from lecture.task.job import Event, Failure, Job, Outcome, Started, Success
from lecture.task.lab_bare import run_bare_lab
from lecture.task.plain import plain
from lecture.task.produce import as_received

_OURS = ("PYTHON", "LECTURE", "TF_", "MPL")  # variables that a reader has not set
_LAST = 1000  # signs of what an interpreter said before it died


def bare_environment(job: Job, *, ours: bool) -> dict[str, str]:
    """Return the environment of a reader; with `ours`, as far as numbers hang on it."""
    given = {n: v for n, v in os.environ.items() if not n.startswith(_OURS)}
    for name in NUMBERS:
        given.pop(name, None)
    return given | COMFORT | (NUMBERS if ours else {}) | dict(job.environment)


def bare_values(jobs: Sequence[Job], *, ours: bool) -> list[Any]:
    """Run the functions of jobs one after the other in one bare interpreter.

    Return their values, plain; a Failure for one that has none.
    """
    with _reader(jobs[0]) as folder:
        used = any("keras" in job.libraries for job in jobs)
        calls = {
            "served": served.__file__ if used else "",
            "calls": [_call(job) for job in jobs],
        }
        (folder / "calls.pickle").write_bytes(pickle.dumps(calls))
        done = subprocess.run(
            [sys.executable, "-P", bare_run.__file__, str(folder)],
            cwd=folder / "empty",
            env=bare_environment(jobs[0], ours=ours),
            capture_output=True,
            text=True,
        )
        made = folder / "values.pickle"
        if not made.exists():
            return [Failure(done.stderr[-_LAST:], jobs[0].artefact.path)] * len(jobs)
        values = pickle.loads(made.read_bytes())
    return [_value(job, one) for job, one in zip(jobs, values, strict=True)]


def bare_lab(job: Job, *, ours: bool) -> Any:
    """Return what a lab gives in a bare kernel, or a Failure."""
    with _reader(job) as folder:
        environment = bare_environment(job, ours=ours)
        environment["IPYTHONDIR"] = str(folder)  # a user's own start-up files stay out
        try:
            return run_bare_lab(job, folder / "empty", environment)
        except Exception as error:
            return Failure(str(error)[-_LAST:], job.artefact.path)


@contextmanager
def _reader(job: Job) -> Iterator[Path]:
    """Give a folder with a reader's copy of the snippets, and an empty one in it."""
    with tempfile.TemporaryDirectory(prefix="reader-") as name:
        folder = Path(name)
        left = shutil.ignore_patterns("results", "__pycache__")
        shutil.copytree(job.root / "snippets", folder / "snippets", ignore=left)
        furnish(folder / "empty", homes(job))
        yield folder


def _call(job: Job) -> tuple[str, str, Mapping[str, Any]]:
    received = {name: as_received(value) for name, value in job.upstream.items()}
    return job.artefact.module, job.artefact.function, {**received, **job.arguments}


def _value(job: Job, made: bytes | str) -> Any:
    if isinstance(made, str):
        return Failure(made, job.artefact.path, job.artefact.line)
    try:
        return plain(pickle.loads(made))
    except LectureError as error:
        return Failure(error.message, job.artefact.path, job.artefact.line)


def bare(workers: int, *, ours: bool) -> Executor:
    """Return the executor that gives each job a bare interpreter of its own."""

    def execute(take: Take, names: Collection[str]) -> Iterator[Event]:
        with ThreadPoolExecutor(workers) as pool:
            running: dict[Future[Outcome], Job] = {}
            job = take()
            while job or running:
                if job:
                    running[pool.submit(_outcome, job, ours=ours)] = job
                    yield Started(job)
                else:
                    for ended in wait(running, return_when=FIRST_COMPLETED).done:
                        del running[ended]
                        yield ended.result()
                job = take() if len(running) < workers else None

    return execute


def _outcome(job: Job, *, ours: bool) -> Outcome:
    start = time.monotonic()
    (value,) = bare_values([job], ours=ours)
    if isinstance(value, Failure):
        return Outcome(job, value)
    return Outcome(job, Success(value, round(time.monotonic() - start, 2), memory_mb=0))

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


def bare(workers: int, *, ours: bool, together: int = 1) -> Executor:
    """Return the executor that gives `together` jobs a bare interpreter, a lab its own.

    To start one takes as long as some small jobs do.
    """

    def execute(take: Take, names: Collection[str]) -> Iterator[Event]:
        with ThreadPoolExecutor(workers) as pool:
            running = set[Future[list[Outcome]]]()
            batch = _batch(take, together)
            while batch or running:
                if batch:
                    running.add(pool.submit(_outcomes, batch, ours=ours))
                    yield from map(Started, batch)
                else:
                    for ended in wait(running, return_when=FIRST_COMPLETED).done:
                        running.remove(ended)
                        yield from ended.result()
                batch = _batch(take, together) if len(running) < workers else []

    return execute


def _batch(take: Take, most: int) -> list[Job]:
    """Return jobs that are ready, as far as one process runs them."""
    batch = list[Job]()
    while len(batch) < most and (job := take()):
        batch.append(job)
        if job.artefact.kind == "lab":
            break
    return batch


def _outcomes(batch: Sequence[Job], *, ours: bool) -> list[Outcome]:
    """Run a batch; what finds other data files has an interpreter of its own."""
    groups: dict[tuple[Path, ...], list[Job]] = {}
    for job in batch:
        home = (job.artefact.path,) if job.artefact.kind == "lab" else homes(job)
        groups.setdefault(home, []).append(job)
    return [one for jobs in groups.values() for one in _run(jobs, ours=ours)]


def _values(jobs: Sequence[Job], *, ours: bool) -> list[Any]:
    """Run jobs in one interpreter; what fails there has another one for itself.

    What a job leaves behind in a library may hinder the next: Keras keeps the scope of
    a name that it has refused.
    """
    values = bare_values(jobs, ours=ours)
    if len(jobs) == 1:
        return values
    return [
        bare_values([job], ours=ours)[0] if isinstance(value, Failure) else value
        for job, value in zip(jobs, values, strict=True)
    ]


def _run(jobs: Sequence[Job], *, ours: bool) -> Iterator[Outcome]:
    start = time.monotonic()
    lab = jobs[0].artefact.kind == "lab"
    values = [bare_lab(*jobs, ours=ours)] if lab else _values(jobs, ours=ours)
    seconds = round((time.monotonic() - start) / len(jobs), 2)
    for job, value in zip(jobs, values, strict=True):
        failed = isinstance(value, Failure)
        yield Outcome(job, value if failed else Success(value, seconds, memory_mb=0))

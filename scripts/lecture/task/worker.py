"""The process of one task: prepare, call the student's function, report, end."""

import contextlib
import faulthandler
import importlib
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from lecture.base.errors import LectureError
from lecture.base.particles import with_particle
from lecture.book.keys import dependencies
from lecture.book.results import tidy
from lecture.collect.artefact import DataSet, Product
from lecture.collect.declarations import collect_module
from lecture.collect.module import ModuleFolder
from lecture.task.failure import from_error
from lecture.task.job import Job, Progress, Success
from lecture.task.machine import hardware, peak_memory_mb, versions
from lecture.task.processes import end_tree
from lecture.task.seeds import shift_seeds


def main(job: Job, pipe: Connection) -> None:
    """Run a job and send its Success or Failure through the pipe."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C in the terminal is the build's to handle
    _end_with_the_build(pipe)
    _log_to(job.log)
    start = time.monotonic()
    data: dict[str, DataSet] = {}
    libraries: dict[str, str] = {}
    try:
        value = _call(job, pipe, data, libraries)
    except BaseException as error:  # a student's sys.exit() is a failure too
        pipe.send(from_error(job, error))
        return
    seconds = round(time.monotonic() - start, 2)
    libraries |= versions()
    memory = peak_memory_mb()
    made = Success(
        value, seconds, memory, data=data, versions=libraries, hardware=hardware()
    )
    pipe.send(made)


def _call(
    job: Job, pipe: Connection, data: dict[str, DataSet], libraries: dict[str, str]
) -> Any:
    def on_progress(done: int, total: int) -> None:
        pipe.send(Progress(job, done, total))

    _refuse_edited_code(job)
    artefact = job.artefact
    if artefact.kind == "lab":
        from lecture.task.lab import run_lab

        return run_lab(job, data, libraries, on_progress)
    if job.seed_shift:
        shift_seeds(job.seed_shift, keras_too=job.needs_keras)
    _seed(seed_of(job))
    if artefact.kind == "experiment":
        if job.needs_keras:
            _prepare_keras(job, data, on_progress)
        return _experiment(job, _bound(job))
    return _drawn(job)


def _refuse_edited_code(job: Job) -> None:
    """Refuse to run code other than what was planned: its key would be a lie."""
    planned = job.artefact
    modules = ModuleFolder(planned.path.parent)
    found = collect_module(modules, planned.page) if planned.page in modules else ()
    now = next((a for a in found if a.id == planned.id), None)
    if (
        now is None
        or now.knobs != planned.knobs
        or dependencies(modules, now, {}).code != job.code
    ):
        raise LectureError(
            "차례를 기다리는 동안 코드가 바뀌었습니다.",
            hint="저장한 뒤 다시 실행하세요. 지난 결과는 그대로 있습니다.",
        )


def _prepare_keras(
    job: Job, data: dict[str, DataSet], on_progress: Callable[[int, int], None]
) -> None:
    from lecture.task import datasets, training

    smoke = job.mode == "smoke"
    training.prepare(seed=seed_of(job), smoke=smoke, on_epoch=on_progress)
    datasets.serve(smoke=smoke, on_load=data.__setitem__)


def seed_of(job: Job) -> int:
    """Return the seed of a job: its case's, or its function's default, or 0."""
    seed = {**job.artefact.knobs, **(job.case or {})}.get("seed", 0)
    return seed if isinstance(seed, int) else 0


def _seed(seed: int) -> None:
    """Seed the generators that a student may use without a thought of seeds."""
    import numpy

    random.seed(seed)
    numpy.random.seed(seed % 2**32)


def _bound(job: Job) -> Callable[[], Any]:
    """Return the student's function with its arguments filled in."""
    folder = str(job.artefact.path.parent)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    module = importlib.import_module(job.artefact.page)
    function = getattr(module, job.artefact.function)
    arguments = {name: as_received(value) for name, value in job.upstream.items()}
    return lambda: function(**arguments, **(job.case or {}))


def as_received(value: Any) -> Any:
    """Return a frozen value as a function receives it: rows of cases as a DataFrame."""
    if isinstance(value, list):
        import pandas as pd

        return pd.DataFrame(value)
    return value


def _experiment(job: Job, function: Callable[[], Any]) -> Any:
    value = function()
    if not isinstance(value, dict):
        raise LectureError(
            f"{with_particle(job.artefact.function, '은')} dict를 돌려주어야 하는데 "
            f"{with_particle(type(value).__name__, '을')} 돌려주었습니다.",
            path=job.artefact.path,
            line=job.artefact.line,
        )
    return tidy(value)


def _drawn(job: Job) -> Product:
    from lecture.draw.kinds import PRODUCE
    from lecture.task.lazy import import_lazily

    import_lazily()
    artefact = job.artefact
    return PRODUCE[artefact.kind](_bound(job), job.output, artefact.name)


def _end_with_the_build(pipe: Connection) -> None:
    """End this process when the build's end of the pipe closes, however it closed."""

    def watch() -> None:
        with contextlib.suppress(EOFError, OSError):
            pipe.recv()
        end_tree(os.getpid())

    threading.Thread(target=watch, daemon=True).start()


def _log_to(path: Path) -> None:
    """Send this process's output, C libraries' too, to a file of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    faulthandler.enable()
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)

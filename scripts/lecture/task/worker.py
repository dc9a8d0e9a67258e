"""The process of one task: prepare, call the student's function, report, end."""

import faulthandler
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from lecture.base.datasets import DataSet
from lecture.base.errors import LectureError
from lecture.collect.code import artefact_code
from lecture.collect.libraries import libraries
from lecture.collect.links import Links
from lecture.collect.sheets import SheetFolder
from lecture.task.failure import from_error
from lecture.task.folder import furnish, homes, move_into
from lecture.task.inputs import watch
from lecture.task.job import Failure, Job, Success
from lecture.task.loaded import listen
from lecture.task.machine import hardware, peak_memory_mb, versions
from lecture.task.processes import stand_apart
from lecture.task.produce import produce
from lecture.task.served import serve

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Made:
    """What a task has given."""

    value: Any
    files: dict[str, bytes] = field(default_factory=dict)
    data: dict[str, DataSet] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)  # of a lab's kernel
    inputs: dict[str, str] = field(default_factory=dict)  # likewise


def main(job: Job, pipe: Connection, folder: Path) -> None:
    """Run a job in a folder of its own, and say through the pipe how it goes.

    What is said is (done, total) after a cell of a lab, and at the end a Success or
    a Failure. Then this process waits for the build to end it, and all that it started.
    """
    stand_apart(str(folder))
    _log_to(job.log)
    own = os.getpid()
    said = _outcome(job, pipe, folder)
    if os.getpid() != own:  # a fork of the student's came out of the function too
        os._exit(0)
    pipe.send(said)
    with suppress(EOFError, OSError):
        pipe.recv()


def _outcome(job: Job, pipe: Connection, folder: Path) -> Success | Failure:
    try:
        os.environ |= job.environment
        furnish(folder, homes(job))
        move_into(folder)
        return _run(job, lambda done, total: pipe.send((done, total)))
    except BaseException as error:  # a student's sys.exit() is a failure too
        return from_error(job, error)


def _run(job: Job, on_progress: OnProgress) -> Success:
    start = time.monotonic()
    _refuse_edited_code(job)
    watched = watch(job.root, homes(job))
    made = _call(job, on_progress)
    seconds = round(time.monotonic() - start, 2)
    return Success(
        made.value,
        seconds,
        peak_memory_mb(),
        files=made.files,
        inputs=watched.with_named(job.names) | made.inputs,
        data=made.data,
        versions=made.versions | versions(libraries(job.libraries)),
        hardware=hardware(),
    )


def _call(job: Job, on_progress: OnProgress) -> _Made:
    if job.artefact.kind == "lab":
        from lecture.task.lab import run_lab

        lab = run_lab(job, on_progress)
        return _Made(lab.value, lab.files, lab.data, lab.versions, lab.inputs)
    if job.artefact.kind != "experiment":
        from lecture.task.lazy import import_lazily

        import_lazily()
        return _Made(*produce(job))
    if "keras" in job.libraries:
        serve(os.environ.get("NOTES_DATA"))
    loaded = listen()
    value, files = produce(job)
    return _Made(value, files, loaded.described())


def _refuse_edited_code(job: Job) -> None:
    """Refuse to run code other than what was planned: its key would be a lie."""
    sheets = SheetFolder(job.root / "snippets")
    texts = {name: sheets.text_digest(name) for name in job.sources if name in sheets}
    if texts != job.sources and not _is_planned(job, sheets):
        raise LectureError(
            "차례를 기다리는 동안 코드가 바뀌었습니다.",
            hint="저장한 뒤 다시 실행하세요. 지난 결과는 그대로 있습니다.",
        )


def _is_planned(job: Job, sheets: SheetFolder) -> bool:
    """Tell whether modules say the same as before, in other words or formatting."""
    planned = job.artefact
    declared = sheets[planned.module].declared if planned.module in sheets else ()
    found = (d for d in declared if (d.kind, d.name) == (planned.kind, planned.name))
    knobs = next((one.knobs for one in found), {})
    if planned.module not in sheets or knobs != planned.knobs:
        return False
    return artefact_code(Links(sheets), planned).key == job.code_key


def _log_to(path: Path) -> None:
    """Send this process's output, C libraries' too, to a file of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    faulthandler.enable()
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)

"""The process of a lab: its cells in a kernel prepared as any run's process is."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lecture.base.datasets import DataSet
from lecture.base.lab_run import as_result
from lecture.collect.cells import parse
from lecture.task.inputs import watch
from lecture.task.job import Job
from lecture.task.lab_notebook import execute
from lecture.task.loaded import listen
from lecture.task.machine import versions
from lecture.task.plain import plain
from lecture.task.served import serve

_MARGIN = 5  # seconds: the kernel's own limit comes first, for it can name the cell
_ENGINE = "import lecture.task.lab as _lecture\n"


@dataclass(frozen=True)
class LabMade:
    """What the run of a lab has given, and what its kernel has loaded and read."""

    value: dict[str, Any]  # JSON-able
    files: dict[str, bytes]  # its pictures, by name
    data: dict[str, DataSet]
    versions: dict[str, str]
    inputs: dict[str, str]


def run_lab(job: Job, on_cell: Callable[[int, int], None]) -> LabMade:
    """Run a lab. Nothing is written: one that fails leaves all of its last good run."""
    path = job.artefact.path
    with TemporaryDirectory() as folder:
        report = Path(folder) / "loaded.json"
        given = f"{str(report)!r}, {str(job.root)!r}, keras={'keras' in job.libraries}"
        run, files = execute(
            parse(path.read_text(encoding="utf-8-sig"), path),
            path=path,
            cwd=Path.cwd(),
            setup=f"{_ENGINE}_lecture_report = _lecture.prepare({given})\n",
            finish="_lecture_report()\n",
            time_limit=job.time_limit - _MARGIN,
            on_cell=on_cell,
        )
        met = json.loads(report.read_text(encoding="utf-8"))
    data = {name: DataSet(**item) for name, item in met["data"].items()}
    value = dict(plain(as_result(run)))
    return LabMade(value, files, data, met["versions"], met["inputs"])


def prepare(report: str, root: str, *, keras: bool) -> Callable[[], None]:
    """Watch a lab's kernel and, where it uses Keras, serve it data that are at hand.

    What is returned writes to `report` what the lab has loaded and read.
    """
    if keras:
        serve(os.environ.get("NOTES_DATA"))
    watched, loaded = watch(Path(root)), listen()

    def write() -> None:
        met = {
            "inputs": watched.digests(),
            "data": {name: asdict(one) for name, one in loaded.described().items()},
            "versions": versions(),
        }
        Path(report).write_text(json.dumps(met), encoding="utf-8")

    return write

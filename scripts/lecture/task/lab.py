"""The process of a lab: its cells in a kernel prepared as any run's process is."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lecture.base.datasets import DataSet
from lecture.base.lab_run import as_result
from lecture.collect.cells import parse
from lecture.task import datasets, training
from lecture.task.inputs import watch
from lecture.task.job import Job
from lecture.task.lab_notebook import execute
from lecture.task.machine import versions
from lecture.task.plain import plain
from lecture.task.seeds import set_seeds

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
        given = (
            f"{str(report)!r}, {str(job.root)!r}, smoke={job.mode == 'smoke'}, "
            f"keras={'keras' in job.libraries}"
        )
        run, files = execute(
            parse(path.read_text(encoding="utf-8-sig"), path),
            path=path,
            cwd=Path.cwd(),
            setup=f"{_ENGINE}_lecture_report = _lecture.prepare({given})\n",
            finish="_lecture_report()\n",
            time_limit=job.time_limit - _MARGIN,
            on_cell=on_cell,
        )
        loaded = json.loads(report.read_text(encoding="utf-8"))
    data = {name: DataSet(**item) for name, item in loaded["data"].items()}
    value = dict(plain(as_result(run)))
    return LabMade(value, files, data, loaded["versions"], loaded["inputs"])


def prepare(report: str, root: str, *, smoke: bool, keras: bool) -> Callable[[], None]:
    """Prepare a lab's kernel: seeds and, where it uses Keras, data and one thread.

    What is returned writes to `report` what the lab has loaded and read.
    """
    data: dict[str, DataSet] = {}
    watched = watch(Path(root))
    set_seeds(0)
    if keras:
        training.prepare(seed=0, smoke=smoke)
        datasets.serve(smoke=smoke, on_load=data.__setitem__)

    def write() -> None:
        loaded = {
            "data": {name: asdict(found) for name, found in data.items()},
            "versions": versions(),
            "inputs": watched.digests(),
        }
        Path(report).write_text(json.dumps(loaded), encoding="utf-8")

    return write

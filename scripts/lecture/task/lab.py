"""The process of a lab: its cells in a kernel prepared as any run's process is."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lecture.book.results import tidy
from lecture.collect.artefact import DataSet
from lecture.collect.cells import parse
from lecture.task import datasets, training
from lecture.task.job import Job
from lecture.task.lab_notebook import execute
from lecture.task.lab_run import as_result
from lecture.task.machine import versions

_MARGIN = 5  # seconds: the kernel's own limit comes first, for it can name the cell


def run_lab(
    job: Job,
    data: dict[str, DataSet],
    libraries: dict[str, str],
    on_cell: Callable[[int, int], None],
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Run a lab; return its JSON-able result and its pictures, by file name.

    `data` and `libraries` are told what the lab's kernel has loaded. Nothing is
    written: a lab that fails leaves all of its last good run.
    """
    path = job.artefact.path
    with TemporaryDirectory() as folder, _workplace(path.parent) as cwd:
        report = Path(folder) / "loaded.json"
        run, files = execute(
            parse(path.read_text(encoding="utf-8-sig"), path),
            path=path,
            cwd=cwd,
            setup=f"import lecture.task.lab as _lecture\n"
            f"_lecture.prepare({str(report)!r}, smoke={job.mode == 'smoke'})\n",
            time_limit=job.time_limit - _MARGIN,
            on_cell=on_cell,
        )
        loaded = json.loads(report.read_text(encoding="utf-8"))
    data.update({name: DataSet(**item) for name, item in loaded["data"].items()})
    libraries.update(loaded["libraries"])
    return dict(tidy(as_result(run))), files


@contextmanager
def _workplace(snippets: Path) -> Iterator[Path]:
    """Yield an empty folder with links to the data that lie beside the module."""
    with TemporaryDirectory() as folder:
        for path in snippets.iterdir():
            if path.suffix != ".py" and path.name not in ("results", "__pycache__"):
                (Path(folder) / path.name).symlink_to(path)
        yield Path(folder)


def prepare(report: str, *, smoke: bool) -> None:
    """Prepare a lab's kernel: seeds, data, one thread; `report` tells what it loads."""
    data: dict[str, Any] = {}

    def write() -> None:
        loaded = {"data": data, "libraries": versions()}
        Path(report).write_text(json.dumps(loaded), encoding="utf-8")

    def note(name: str, data_set: DataSet) -> None:
        data[name] = asdict(data_set)
        write()

    training.prepare(seed=0, smoke=smoke)
    datasets.serve(smoke=smoke, on_load=note)
    write()

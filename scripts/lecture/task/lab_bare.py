"""A lab in a bare kernel: its cells, and nothing of ours, as a reader's notebook."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from lecture.base.lab_run import Output, from_result
from lecture.collect.cells import Cell, code_cells, parse
from lecture.task import served
from lecture.task.job import Job
from lecture.task.lab_client import started
from lecture.task.lab_notebook import assigned_names
from lecture.task.lab_output import read_outputs
from lecture.task.lab_text import Settler
from lecture.task.plain import plain

_FONTS = re.compile(r"Glyph \d+|findfont|^\s*(?:plt|fig|func)\b")
_ASK = (
    "import json as _json\n"
    "print(_json.dumps({{n: getattr(globals()[n], 'item', lambda: globals()[n])()"
    " for n in {names!r} if n in globals()"
    " and getattr(globals()[n], 'ndim', 0) == 0"
    " and isinstance(getattr(globals()[n], 'item', lambda: globals()[n])(),"
    " (bool, int, float, str))}}))"
)


def run_bare_lab(job: Job, cwd: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return a lab's values, and what its cells show, pictures as mere pictures.

    Raises CellExecutionError where a cell raises what it does not say it does.
    """
    path = job.artefact.path
    cells = code_cells(parse(path.read_text(encoding="utf-8-sig"), path))
    settle = Settler.of(path.parent.parent, path.parent, cwd)
    with started(cwd, environment) as client:

        def run(source: str) -> list[NotebookNode]:
            cell = new_code_cell(source)  # type: ignore[no-untyped-call]
            client.nb.cells, client.timeout = [cell], int(job.time_limit)
            client.execute_cell(cell, 0, store_history=False)
            return list(cell.outputs)

        run(_served(path) if "keras" in job.libraries else _path(path))
        shown = [_shown(run, cell, settle) for cell in cells]
        names = sorted({n for cell in cells for n in assigned_names(cell.source)})
        values = json.loads(printed(run(_ASK.format(names=names))))
    return {"values": dict(plain(values)), "cells": shown}


def printed(outputs: Iterable[NotebookNode]) -> str:
    """Return what a cell has printed: a kernel that is busy sends it in pieces."""
    return "".join(one.text for one in outputs if one.get("name") == "stdout")


def comparable(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frozen result of a lab in the form of `run_bare_lab`."""
    run = from_result(dict(result))
    return {"values": run.values, "cells": [[*map(_seen, c)] for c in run.outputs]}


def _served(path: Path) -> str:
    text = Path(served.__file__).read_text(encoding="utf-8")
    return f"{text}\nserve(os.environ.get('NOTES_DATA'))\n{_path(path)}"


def _path(path: Path) -> str:
    return f"import sys\nsys.path.insert(0, {str(path.parent)!r})"


def _shown(run: Any, cell: Cell, settle: Settler) -> list[dict[str, Any]]:
    try:
        outputs = run(cell.source)
    except CellExecutionError as error:
        if cell.raises != error.ename:
            raise
        return [_seen(Output("error", f"{error.ename}: {error.evalue}"))]
    told = list(_without_fonts(outputs))
    return [_seen(one.output) for one in read_outputs(told, "cell", settle)]


def _without_fonts(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield outputs without Matplotlib's complaints of a font that lacks Hangul."""
    for output in outputs:
        if output.get("name") == "stderr":
            lines = output.text.splitlines(keepends=True)
            output.text = "".join(ln for ln in lines if not _FONTS.search(ln))
        if output.get("name") != "stderr" or output.text.strip():
            yield output


def _seen(output: Output) -> dict[str, Any]:
    """Return what a reader can compare: of an error its last line."""
    if output.is_picture:
        return {"kind": "picture"}
    last = output.kind == "error"
    text = output.text.splitlines()[-1] if last and output.text else output.text
    return {"kind": asdict(output)["kind"], "text": text}

"""The notebook edition of a lab: the same cells and outputs as an .ipynb file."""

import html
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lecture.collect.cells import Cell
from lecture.task.lab_run import LabRun, Output

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python"},
}


def notebook_json(
    cells: tuple[Cell, ...], run: LabRun, folder: Path, *, title: str
) -> str:
    """Return a lab as an nbformat 4 notebook, the same bytes for the same run.

    `folder` holds the figures of the run; each is embedded in its light version.
    `title` is the notebook's first heading.
    """
    first = Cell("markdown", "", f"# {title}", 0)
    notebook = {
        "cells": list(_cells((first, *cells), run, folder)),
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cells(
    cells: tuple[Cell, ...], run: LabRun, folder: Path
) -> Iterator[dict[str, Any]]:
    runs = enumerate(run.outputs, start=1)
    for place, cell in enumerate(cells):
        common = {
            "id": f"cell-{place}",
            "source": cell.source.splitlines(keepends=True),
        }
        if cell.kind == "markdown":
            yield {**common, "cell_type": "markdown", "metadata": {}}
            continue
        number, outputs = next(runs)
        yield {
            **common,
            "cell_type": "code",
            "execution_count": number,
            "metadata": {"title": cell.title} if cell.title else {},
            "outputs": list(_outputs(outputs, cell, folder)),
        }


def _outputs(
    outputs: Iterable[Output], cell: Cell, folder: Path
) -> Iterator[dict[str, Any]]:
    for output in outputs:
        if output.kind == "text":
            text = output.text.splitlines(keepends=True)
            yield {"output_type": "stream", "name": "stdout", "text": text}
        elif output.kind == "html":
            yield _display("text/html", output.text)
        else:
            svg = (folder / output.light).read_text(encoding="utf-8")
            yield _display("image/svg+xml", _named(svg, cell.title))


def _display(kind: str, content: str) -> dict[str, Any]:
    data = {kind: content.splitlines(keepends=True)}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _named(svg: str, title: str) -> str:
    """Return an SVG that says what it shows to who cannot see it."""
    name = html.escape(title)
    return svg[svg.index("<svg") :].replace(
        "<svg ", f'<svg role="img" aria-label="{name}" ', 1
    )

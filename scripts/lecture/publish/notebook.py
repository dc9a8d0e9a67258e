"""The notebook edition of a lab: the same cells and outputs as an .ipynb file."""

import base64
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lecture.base.lab_run import LabRun, Output
from lecture.collect.cells import Cell
from lecture.draw.style import recolour
from lecture.publish.lab_page import captions

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python"},
}
_IMAGES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_RAISED = re.compile(
    r"^(?!Traceback)(?P<name>[\w.]+)(?:: (?P<said>.*))?\Z", re.M | re.S
)


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
            "metadata": _metadata(cell),
            "source": cell.source.splitlines(keepends=True),
        }
        if cell.kind == "markdown":
            yield {**common, "cell_type": "markdown"}
            continue
        number, outputs = next(runs)
        yield {
            **common,
            "cell_type": "code",
            "execution_count": number,
            "outputs": list(_outputs(outputs, cell, folder)),
        }


def _metadata(cell: Cell) -> dict[str, Any]:
    """Return a cell's title, and what lets a notebook run on after a meant error."""
    title = {"title": cell.title} if cell.title else {}
    return {**title, "tags": ["raises-exception"]} if cell.raises else title


def _outputs(
    outputs: tuple[Output, ...], cell: Cell, folder: Path
) -> Iterator[dict[str, Any]]:
    names = iter(captions(cell, sum(output.is_picture for output in outputs)))
    for output in outputs:
        if output.kind == "text":
            text = output.text.splitlines(keepends=True)
            yield {"output_type": "stream", "name": "stdout", "text": text}
        elif output.kind == "error":
            yield _error(output.text)
        elif output.is_picture:
            yield _picture(folder / output.file, output, next(names))
        else:
            content = output.text.splitlines(keepends=True)
            yield _display(f"text/{output.kind}", content)


def _error(text: str) -> dict[str, Any]:
    found = _RAISED.search(text)
    assert found, "a report ends with the name of an error"
    return {
        "output_type": "error",
        "ename": found["name"],
        "evalue": found["said"] or "",
        "traceback": text.split("\n"),
    }


def _picture(path: Path, output: Output, name: str) -> dict[str, Any]:
    content = path.read_bytes()
    if path.suffix == ".svg":
        svg = content.decode()
        svg = recolour(svg, "light") if output.kind == "figure" else svg
        return _display("image/svg+xml", _named(svg, name).splitlines(keepends=True))
    kind = _IMAGES[path.suffix]
    said = {"alt": name, "width": output.width, "height": output.height}
    return _display(kind, base64.b64encode(content).decode(), {kind: said})


def _display(
    kind: str, content: list[str] | str, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "data": {kind: content},
        "metadata": metadata or {},
    }


def _named(svg: str, title: str) -> str:
    """Return an SVG that says what it shows to who cannot see it."""
    name = html.escape(title)
    return re.sub(
        r"\A.*?<svg\b",
        lambda _: f'<svg role="img" aria-label="{name}"',
        svg,
        count=1,
        flags=re.S,
    )

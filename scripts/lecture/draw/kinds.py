"""How each kind of artefact is drawn: its prefix names the function that does it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lecture.base.files import write_if_changed
from lecture.collect.artefact import Drawing, Frames, Kind, Product, Table, Verdict
from lecture.draw.figures import check_claim, draw_figure
from lecture.draw.frames import draw_frames
from lecture.draw.tables import draw_table

Function = Callable[[], Any]  # an author's function, its arguments filled in
Produce = Callable[[Function, Path, str], Product]
"""Takes the function, the folder for files, and the artefact's name."""


def _figure(function: Function, folder: Path, name: str) -> Drawing:
    return draw_figure(function, folder=folder, name=name)


def _frames(function: Function, folder: Path, name: str) -> Frames:
    product, files = draw_frames(function, name=name)
    for file, content in files.items():
        write_if_changed(folder / file, content)
    return product


def _table(function: Function, folder: Path, name: str) -> Table:
    return draw_table(function(), folder=folder, name=name)


def _claim(function: Function, folder: Path, name: str) -> Verdict:
    return check_claim(function())


PRODUCE: Mapping[Kind, Produce] = {
    "figure": _figure,
    "frames": _frames,
    "table": _table,
    "claim": _claim,
}

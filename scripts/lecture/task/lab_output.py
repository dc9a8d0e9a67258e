"""Reading what a cell has put out: text made tidy, figures written in both schemes."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from lecture.base.files import write_if_changed
from lecture.draw.style import recolour
from lecture.task.lab_run import Output

FIGURE = "image/svg+xml"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_STYLE = re.compile(r"<style.*?</style>\s*", re.S)
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PIXELS_PER_POINT = 4 / 3


def read_outputs(outputs: Iterable[NotebookNode], stem: Path) -> tuple[Output, ...]:
    """Return the outputs of an executed cell, adjacent texts joined.

    A figure is written to two files, `stem` with `-light.svg` and `-dark.svg` added.
    """
    joined: list[Output] = []
    for output in _outputs(outputs, stem):
        if joined and joined[-1].kind == output.kind == "text":
            output = Output("text", f"{joined.pop().text}\n{output.text}")
        joined.append(output)
    return tuple(joined)


def plain(text: str) -> str:
    """Return a text as a terminal leaves it: no ANSI codes, no overwritten lines."""
    lines = _ANSI.sub("", text).replace("\x08", "").split("\n")
    return "\n".join(_last_written(line).rstrip() for line in lines).strip("\n")


def _last_written(line: str) -> str:
    """Return what is left of a line that a progress bar kept writing over."""
    written = [part for part in line.split("\r") if part]
    return written[-1] if written else ""


def _outputs(outputs: Iterable[NotebookNode], stem: Path) -> Iterator[Output]:
    for output in outputs:
        data = output.get("data", {})
        if FIGURE in data:
            yield _figure(data[FIGURE], stem)
        elif "<table" in data.get("text/html", ""):
            yield Output("html", _STYLE.sub("", data["text/html"]).strip())
        elif text := plain(output.get("text") or data.get("text/plain", "")):
            yield Output("text", text)


def _figure(svg: str, stem: Path) -> Output:
    light, dark = (
        stem.with_name(f"{stem.name}-light.svg"),
        stem.with_name(f"{stem.name}-dark.svg"),
    )
    write_if_changed(light, svg)
    write_if_changed(dark, recolour(svg))
    found = _VIEW_BOX.search(svg)
    assert found, "matplotlib writes a viewBox"
    width, height = (round(float(side) * _PIXELS_PER_POINT) for side in found.groups())
    return Output(
        "figure", light=light.name, dark=dark.name, width=width, height=height
    )

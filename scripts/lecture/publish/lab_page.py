"""The page of a lab: its cells and outputs as one Markdown fragment."""

import re
from collections.abc import Iterator
from pathlib import Path

from lecture.collect.artefact import Artefact, Drawing
from lecture.collect.cells import Cell, LabError
from lecture.publish.fragments import figure_fragment
from lecture.publish.includes import literal
from lecture.publish.provenance import Provenance
from lecture.task.lab_run import LabRun, Output


def page_fragment(
    cells: tuple[Cell, ...], run: LabRun, lab: Artefact, provenance: Provenance
) -> str:
    """Return a lab as Markdown: text as it is, each code cell with its outputs.

    Raises LabError for a figure without a title.
    """
    return literal("\n".join(_parts(cells, run, lab, provenance)))


def figure_files(run: LabRun) -> tuple[str, ...]:
    """Return the names of all figure files of a run."""
    figures = (o for cell in run.outputs for o in cell if o.kind == "figure")
    return tuple(name for figure in figures for name in (figure.light, figure.dark))


def _parts(
    cells: tuple[Cell, ...], run: LabRun, lab: Artefact, provenance: Provenance
) -> Iterator[str]:
    runs = enumerate(run.outputs, start=1)
    for cell in cells:
        if cell.kind == "markdown":
            yield f"{cell.source}\n"
            continue
        yield _fence(cell.source, "python")
        number, outputs = next(runs)
        for output in outputs:
            if output.kind == "figure":
                figure = _figure(cell, number, lab)
                yield figure_fragment(figure, _drawing(output), provenance)
            else:
                yield _shown(output)


def _figure(cell: Cell, number: int, lab: Artefact) -> Artefact:
    """Return a cell's figure as if a function had drawn it."""
    if not cell.title:
        raise _untitled(cell, lab.path)
    name = cell.id or f"cell-{number}"
    return Artefact(lab.page, "figure", name, lab.path, cell.line, cell.title)


def _untitled(cell: Cell, path: Path) -> LabError:
    return LabError(
        "그림을 보여 주는 칸에 제목이 없습니다.",
        path=path,
        line=cell.line,
        hint="칸을 여는 줄에 적으십시오: `# %% 에폭에 따른 정확도`. "
        "캡션과 대체 텍스트가 됩니다.",
    )


def _drawing(output: Output) -> Drawing:
    return Drawing(output.light, output.dark, output.width, output.height)


def _shown(output: Output) -> str:
    if output.kind == "html":
        return f'<div class="output">\n{output.text}\n</div>\n'
    return _fence(output.text, "{ .text .output }")


def _fence(text: str, language: str) -> str:
    """Return a fenced block whose fence is longer than any inside it."""
    longest = max(map(len, re.findall(r"^`{3,}", text, re.M)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence} {language}\n{text}\n{fence}\n"

"""The page of a lab: its cells and outputs as one Markdown fragment."""

import re
from collections.abc import Iterator
from pathlib import Path

from lecture.base.lab_run import LabRun, Output
from lecture.base.products import Drawing
from lecture.collect.artefact import Artefact
from lecture.collect.cell_marker import LabError
from lecture.collect.cells import Cell
from lecture.draw.legible import smallest_text, width_on_phone
from lecture.draw.style import SCHEMES, Scheme, recolour
from lecture.publish.fragments import figure_fragment
from lecture.publish.includes import literal
from lecture.publish.provenance import Provenance


def page_fragment(
    cells: tuple[Cell, ...],
    run: LabRun,
    lab: Artefact,
    provenance: Provenance,
    frozen: Path,
) -> str:
    """Return a lab as Markdown: text as it is, each code cell with its outputs.

    `frozen` holds the run's pictures. Raises LabError for a figure without a title.
    """
    parts = _parts(cells, run, lab, provenance, frozen)
    return literal("\n".join(parts))


def picture_files(run: LabRun, frozen: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what a page shows of a run's pictures.

    `frozen` holds those of the run; a figure there is made one of each scheme.
    """
    for output in (o for cell in run.outputs for o in cell if o.is_picture):
        content = (frozen / output.file).read_bytes()
        if output.kind == "image":
            yield output.file, content
            continue
        for scheme in SCHEMES:
            coloured = recolour(content.decode(), scheme).encode()
            yield _in_scheme(output.file, scheme), coloured


def captions(cell: Cell, pictures: int) -> tuple[str, ...]:
    """Return the captions of a cell's pictures; of several, each with its number."""
    if pictures < 2:
        return (cell.title,) * pictures
    return tuple(f"{cell.title} ({n})" for n in range(1, pictures + 1))


def _parts(
    cells: tuple[Cell, ...],
    run: LabRun,
    lab: Artefact,
    provenance: Provenance,
    frozen: Path,
) -> Iterator[str]:
    runs = enumerate(run.outputs, start=1)
    for cell in cells:
        if cell.kind == "markdown":
            yield f"{cell.source}\n"
            continue
        yield _fence(cell.source, "python")
        number, outputs = next(runs)
        figures = iter(_figures(cell, number, outputs, lab))
        for output in outputs:
            if output.is_picture:
                drawing = _drawing(output, frozen)
                yield figure_fragment(next(figures), drawing, provenance)
            else:
                yield _shown(output)


def _figures(
    cell: Cell, number: int, outputs: tuple[Output, ...], lab: Artefact
) -> Iterator[Artefact]:
    """Yield a cell's pictures as if functions had drawn them."""
    pictures = sum(output.is_picture for output in outputs)
    if pictures and not cell.title:
        raise _untitled(cell, lab.path)
    name = cell.id or f"cell-{number}"
    for place, caption in enumerate(captions(cell, pictures), start=1):
        own = name if place == 1 else f"{name}-{place}"
        doc = f"{caption}\n\n대체 텍스트: {cell.alt}" if cell.alt else caption
        yield Artefact(lab.page, lab.module, "figure", own, lab.path, cell.line, doc)


def _untitled(cell: Cell, path: Path) -> LabError:
    return LabError(
        "그림을 보여 주는 칸에 제목이 없습니다.",
        path=path,
        line=cell.line,
        hint="칸을 여는 줄에 적으십시오: `# %% 에폭에 따른 정확도`. "
        "캡션이 됩니다. 바로 아래에 `# 대체 텍스트: …`도 적으십시오.",
    )


def _drawing(output: Output, frozen: Path) -> Drawing:
    if output.kind == "image":  # the same in both schemes
        return Drawing(output.file, output.file, output.width, output.height)
    light, dark = (_in_scheme(output.file, scheme) for scheme in SCHEMES)
    # A lab's figure is as its reader's own notebook draws it: it is not drawn narrower.
    smallest = smallest_text((frozen / output.file).read_bytes())
    least = width_on_phone(output.width, smallest)
    return Drawing(light, dark, output.width, output.height, least)


def _in_scheme(file: str, scheme: Scheme) -> str:
    return f"{file.removesuffix('.svg')}-{scheme}.svg"


def _shown(output: Output) -> str:
    if output.kind == "html":
        return f'<div class="output">{_untouched(output.text)}</div>\n'
    if output.kind == "markdown":
        return f'<div class="output" markdown>\n\n{output.text}\n\n</div>\n'
    mark = " .output-error" if output.kind == "error" else ""
    return _fence(output.text, f"{{ .text .output{mark} }}")


def _untouched(html: str) -> str:
    """Return HTML as one line in which Markdown and the engine find nothing to do."""
    return re.sub(r"[\n`{\[$\\]", lambda sign: f"&#{ord(sign[0])};", html)


def _fence(text: str, language: str) -> str:
    """Return a fenced block whose fence is longer than any inside it."""
    longest = max(map(len, re.findall(r"`{3,}", text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence} {language}\n{text}\n{fence}\n"

"""The code of a notebook as that of a lab: Python alone, and the same in every run."""

from dataclasses import replace

from lecture.begin.commands import without_commands, without_gaps
from lecture.begin.foreign import Foreign
from lecture.begin.notebook import Cells, NotebookCell, Remark
from lecture.begin.seeds import with_seeds
from lecture.begin.syntax import names_of, nodes_of


def as_python(cells: Cells) -> tuple[list[NotebookCell], list[Remark]]:
    """Return cells whose code a lab can hold, and what is told of it.

    Lines keep their numbers; `without_gaps` takes out those that are left empty.
    """
    pure, remarks = list[NotebookCell](), list[Remark]()
    for cell in cells:
        source, told = without_commands(cell) if cell.kind == "code" else ("", ())
        pure.append(replace(cell, source=source) if cell.kind == "code" else cell)
        remarks += told
    foreign = Foreign.of(sources(pure))
    known = names_of(nodes_of(sources(pure)))
    for place, cell in enumerate(pure):
        if cell.kind == "code":
            source, told = foreign.removed(cell.source, cell)
            pure[place] = replace(cell, source=with_seeds(source, known))
            remarks += told
    return pure, remarks


def sources(cells: Cells) -> list[str]:
    """Return the code of a notebook, cell by cell."""
    return [cell.source for cell in cells if cell.kind == "code"]


def without_empty(cells: Cells) -> list[NotebookCell]:
    """Return cells without the lines, and the cells, of which nothing is left."""
    whole = [
        replace(cell, source=without_gaps(cell.source)) if cell.kind == "code" else cell
        for cell in cells
    ]
    return [cell for cell in whole if cell.source.strip()]

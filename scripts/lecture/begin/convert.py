"""From a teacher's notebook to a lab: the module, what it needs, and what is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lecture.begin.advice import advice
from lecture.begin.beside import file_remarks, files_beside
from lecture.begin.captions import caption, draws, plotting_functions
from lecture.begin.notebook import Cells, Remark, read_notebook
from lecture.begin.percent import code_cell, module_text, text_cell
from lecture.begin.pictures import Album
from lecture.begin.python_cells import as_python, sources, without_empty
from lecture.begin.seeds import seed_cell
from lecture.begin.texts import as_texts, titled, topics


@dataclass(frozen=True)
class Converted:
    """A notebook as a lab."""

    title: str
    module: str
    data: dict[str, bytes]  # by the path from the folder of the snippets
    pictures: dict[str, bytes]  # by name
    remarks: tuple[Remark, ...]
    is_seeded: bool  # whether a cell has been added that seeds


def convert(path: Path, page: str, title: str = "") -> Converted:
    """Return a notebook as the lab of a page; without a title, under its own.

    Raises LectureError for a file that is no notebook of Python's.
    """
    own, cells = titled(read_notebook(path))
    cells, told = as_python(cells)
    album = Album(path.parent, page)
    cells, told_of_texts = as_texts(cells, album)
    code = tuple((cell.number, cell.source) for cell in cells if cell.kind == "code")
    remarks = (
        *(*told, *told_of_texts, *album.remarks),
        *(*advice(code, path.parent), *file_remarks(code, path.parent)),
    )
    seed, title = seed_cell(sources(cells)), title or own or page
    return Converted(
        title,
        module_text(title, _written(without_empty(cells), seed)),
        files_beside(code, path.parent),
        album.files,
        tuple(sorted(remarks, key=lambda remark: (remark.cell, remark.line))),
        is_seeded=bool(seed),
    )


def _written(cells: Cells, seed: str) -> Iterator[str]:
    """Yield the cells of a module; the one that seeds comes before all other code."""
    functions, topic = plotting_functions(sources(cells)), ""
    for cell in cells:
        if cell.kind == "markdown":
            topic = next(reversed([*topics(cell.source)]), topic)
            yield text_cell(cell.source)
            continue
        if seed:
            yield code_cell(seed)
            seed = ""
        shows = cell.has_picture or draws(cell.source, functions)
        yield code_cell(cell.source, caption(cell.source, topic) if shows else "")

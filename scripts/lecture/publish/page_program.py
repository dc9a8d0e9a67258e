"""The program that a page offers: a notebook, and a Python file that does the same.

The notebook is run and kept beside the page's results; its own cells say whether it is
still that of the page. Of code, what Python reads counts: as with an experiment, a new
comment or a line broken elsewhere makes nothing stale.
"""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lecture.base.errors import LectureError, in_words
from lecture.base.files import digest_of
from lecture.base.lab_run import LabRun
from lecture.book.book import Book
from lecture.book.record import Record
from lecture.book.surroundings import Surroundings
from lecture.collect.cells import Cell, code_cells
from lecture.collect.syntax import digest
from lecture.publish.notebook import notebook_json
from lecture.publish.pages import DocPage, page_about
from lecture.publish.program import Call, as_file, program
from lecture.publish.shown_code import shown_code
from lecture.publish.texts import Texts

_CHEAP = 2.0  # seconds that a run may have taken for a program to repeat it
_PREPARE = "이 쪽의 코드를 따라 하려면 먼저 이 칸을 실행합니다"
_OPENING = "이 파일은 쪽에 실린 코드를 차례로 모은 것입니다. 그대로 실행됩니다."


@dataclass(frozen=True)
class PageProgram:
    """The cells of a page's program, and the notebook that was made by running them."""

    page: str
    title: str
    cells: tuple[Cell, ...]
    preparation: str  # what the page's blocks need and no block shows
    path: Path  # of the notebook that is kept

    def notebook(self, run: LabRun, inputs: Mapping[str, str], folder: Path) -> str:
        """Return what to keep of a run: `inputs` are the files that it has read."""
        made = json.loads(notebook_json(self.cells, run, folder, title=self.title))
        made["metadata"]["made"] = {"digest": _digest(made), "inputs": dict(inputs)}
        return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @property
    def bare(self) -> str:
        """The notebook as it is before it has been run."""
        run = LabRun({}, ((),) * len(code_cells(self.cells)))
        return notebook_json(self.cells, run, Path(), title=self.title)

    @property
    def file(self) -> str:
        """The program as a Python file."""
        return as_file(self.cells, f"{self.title}\n\n{_OPENING}\n")

    def kept(self, around: Surroundings) -> str | None:
        """Return the notebook that was run, if it is still that of the page."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            ran = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
            before = ["".join(cell["source"]) for cell in ran]
            same = _read(before) == _read(c.source for c in code_cells(self.cells))
            made = kept["metadata"]["made"]
            intact = made["digest"] == _digest(kept)
            changed = any(around.files_changed(made["inputs"]))
            if not same or not intact or changed:
                return None
            return self._with_outputs(ran, kept["metadata"])
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def _with_outputs(self, ran: list[dict[str, Any]], metadata: Any) -> str:
        """Return the page's cells as they are today, with the outputs of those run."""
        notebook = json.loads(self.bare)
        codes = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        for cell, before in zip(codes, ran, strict=True):
            cell["outputs"] = before["outputs"]
        notebook["metadata"] = metadata
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read(sources: Iterable[str]) -> list[str]:
    """Return cells as Python reads them: without comments, however they are wrapped."""
    return [digest(ast.parse(source)) for source in sources]


def _digest(notebook: dict[str, Any]) -> str:
    return digest_of(json.dumps(notebook["cells"], sort_keys=True).encode())


Programs = Mapping[str, PageProgram]
"""The programs of a book by their pages."""


def inputs_of(programs: Programs) -> dict[str, str]:
    """Return the files of the project that programs have read, with their digests."""
    kept = (json.loads(one.path.read_bytes()) for one in programs.values())
    made = (notebook["metadata"]["made"]["inputs"] for notebook in kept)
    return {name: digest for inputs in made for name, digest in inputs.items()}


def page_programs(
    book: Book, pages: tuple[DocPage, ...]
) -> tuple[Programs, tuple[LectureError, ...]]:
    """Return the program of each lecture that shows code; a lab is one itself.

    Return also why a page has none whose code cannot be read.
    """
    labs = {a.page for a in book.artefacts if a.kind == "lab"}
    texts, found = Texts(book.collection.sheets), list[PageProgram]()
    errors = list[LectureError]()
    for page in sorted({*book.pages} - labs - book.collection.broken):
        if about := page_about(pages, page):
            try:
                found += _page_program(book, page, about, texts)
            except (LectureError, OSError) as error:
                errors.append(in_words(error) if isinstance(error, OSError) else error)
    return {one.page: one for one in found}, tuple(errors)


def _page_program(
    book: Book, page: str, about: DocPage, texts: Texts
) -> Iterator[PageProgram]:
    calls = {call.function: call for call in _calls(book, page)}
    shown = shown_code(about, book.project)
    cells, needed = program(shown, texts, calls)
    path = book.project.results / page / "program.ipynb"
    if cells:
        yield PageProgram(page, about.title, cells, needed, path)


def program_files(one: PageProgram, around: Surroundings) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file by which a page's code is run."""
    name = Path(one.page).name
    yield f"{name}.ipynb", one.kept(around) or one.bare
    yield f"{name}_program.py", one.file


def prepare_fragment(one: PageProgram | None) -> str:
    """Return what a page shows folded, to be run before its blocks; "" for nothing."""
    if one is None or not one.preparation:
        return ""
    code = f"```python\n{one.preparation}\n```"
    return (
        '<details class="prepare" data-search-exclude markdown>\n'
        f"<summary>{_PREPARE}</summary>\n\n{code}\n\n</details>\n"
    )


def _calls(book: Book, page: str) -> Iterator[Call]:
    """Yield a call of each experiment of a page that is quick and receives nothing."""
    own = (a for a in book.artefacts if a.page == page and a.kind == "experiment")
    for artefact in (a for a in own if not a.needs):
        frozen = book.frozen(artefact.place)
        quick = (r for r in (frozen.records if frozen else ()) if _is_quick(r))
        for record in islice(quick, 1):
            yield Call(artefact.module, artefact.function, record.case or {})


def _is_quick(record: Record) -> bool:
    return record.made.seconds <= _CHEAP

"""The files of a lab: its fragment, its pictures, and what a reader runs."""

from collections.abc import Iterator
from pathlib import Path

from lecture.base.lab_run import from_result
from lecture.book.book import Book
from lecture.collect.artefact import Artefact
from lecture.collect.cells import parse
from lecture.draw.style import FONT
from lecture.publish.fragments import missing_fragment
from lecture.publish.hangul import with_font
from lecture.publish.lab_page import page_fragment, picture_files
from lecture.publish.notebook import notebook_json
from lecture.publish.own_pictures import with_pictures
from lecture.publish.program import as_file
from lecture.publish.provenance import Provenance

Content = str | bytes


def lab_programs(page: str) -> list[str]:
    """Return the names of the files by which a reader runs a lab."""
    name = Path(page).name
    return [f"{name}.ipynb", f"{name}_program.py", FONT.name]


def lab_files(book: Book, lab: Artefact) -> Iterator[tuple[str, Content]]:
    """Yield the name and the content of each file that a lab's page needs."""
    frozen = book.frozen(lab.place)
    if frozen is None:
        yield "lab.md", missing_fragment(lab, "")
        return
    cells = parse(lab.path.read_text(encoding="utf-8-sig"), lab.path)
    run = from_result(frozen.value)
    provenance = Provenance.of([frozen], stale=book.is_red(lab.place))
    results = book.shelf.path(book.home(lab)).parent
    yield "lab.md", page_fragment(cells, run, lab, provenance, results)
    yield from picture_files(run, results)
    notebook, program, font = lab_programs(lab.page)
    cells, run = with_font(cells, run)
    whole = with_pictures(cells, book.project.docs)
    yield notebook, notebook_json(whole, run, results, title=lab.caption)
    yield program, as_file(cells, lab.caption)
    yield font, FONT.read_bytes()

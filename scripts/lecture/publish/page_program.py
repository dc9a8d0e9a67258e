"""The program that a page offers: a notebook, and a Python file that does the same."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lecture.base.lab_run import LabRun
from lecture.book.book import Book
from lecture.book.record import Record
from lecture.publish.notebook import notebook_json
from lecture.publish.pages import DocPage
from lecture.publish.program import Call, as_file, program
from lecture.publish.shown_code import shown_code
from lecture.publish.texts import Texts

_CHEAP = 2.0  # seconds that a run may have taken for a program to repeat it
_OPENING = "이 파일은 쪽에 실린 코드를 차례로 모은 것입니다. 그대로 실행됩니다."


def program_files(book: Book, page: str, about: DocPage) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file; none of a page without code."""
    calls = {call.function: call for call in _calls(book, page)}
    texts = Texts(book.collection.sheets)
    cells = program(shown_code(about, book.project), texts, calls)
    if not cells:
        return
    name = Path(page).name
    codes = sum(cell.kind == "code" for cell in cells)
    run = LabRun({}, ((),) * codes)
    yield f"{name}.ipynb", notebook_json(cells, run, Path(), title=about.title)
    yield f"{name}_program.py", as_file(cells, f"{about.title}\n\n{_OPENING}\n")


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

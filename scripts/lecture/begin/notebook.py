"""Reading a teacher's notebook: its cells, and what is told of them."""

import base64
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import nbformat

from lecture.base.errors import LectureError

_HINT = "Jupyter나 Colab에서 열어 보고 `.ipynb`로 다시 저장하세요."


@dataclass(frozen=True)
class NotebookCell:
    """One cell as its author left it."""

    kind: Literal["markdown", "code", "raw"]
    source: str
    number: int  # from 1, whatever its kind
    has_picture: bool = False  # among the outputs that were saved
    attachments: Mapping[str, bytes] = field(default_factory=dict)


Cells = Sequence[NotebookCell]


@dataclass(frozen=True)
class Remark:
    """What of a notebook could not be carried over as it was, and what helps."""

    cell: int
    line: int  # of the cell, from 1
    what: str
    hint: str

    def told(self, notebook: Path) -> str:
        """Return the remark as an author reads it."""
        place = f"{notebook.name} {self.cell}번째 칸 {self.line}행"
        return f"{place}: {self.what}\n  → {self.hint}"


def read_notebook(path: Path) -> tuple[NotebookCell, ...]:
    """Return the cells of a notebook; raises LectureError for what is none of Python's.

    Notebooks of old formats are read as well.
    """
    content = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a cell without an id is as good
            text = content.decode("utf-8-sig")
            found = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        language = _language(found.metadata)
        numbered = enumerate(found.cells, start=1)
        cells = tuple(_cell(cell, number) for number, cell in numbered)
    except Exception as error:  # whatever a damaged file raises
        reason = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        message = f"주피터 노트북으로 읽지 못했습니다: {reason}"
        raise LectureError(message, path=path, hint=_HINT) from None
    if language != "python":
        message = f"파이썬이 아니라 {language}의 노트북입니다."
        hint = "파이썬으로 적은 노트북만 실습이 됩니다."
        raise LectureError(message, path=path, hint=hint)
    if not any(cell.kind == "code" and cell.source for cell in cells):
        raise LectureError(
            "코드 칸이 하나도 없습니다.",
            path=path,
            hint="글만 있으면 `--from` 없이 쪽을 만들고 글을 옮기세요.",
        )
    return cells


def _language(metadata: Mapping[str, Any]) -> str:
    kernel = metadata.get("kernelspec", {}).get("language")
    name = metadata.get("language_info", {}).get("name")
    return str(kernel or name or "python").lower()


def _cell(cell: Mapping[str, Any], number: int) -> NotebookCell:
    source = cell["source"].replace("\r\n", "\n").strip("\n")
    outputs = cell.get("outputs", ())
    has_picture = any(_is_picture(output) for output in outputs)
    found = {
        name: base64.b64decode(next(iter(data.values())))
        for name, data in cell.get("attachments", {}).items()
    }
    kind = cell["cell_type"]
    return NotebookCell(kind, source.rstrip(), number, has_picture, found)


def _is_picture(output: Mapping[str, Any]) -> bool:
    return any(kind.startswith("image/") for kind in output.get("data", ()))

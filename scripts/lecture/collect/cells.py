"""Labs: percent-format modules, a walk through a whole program, cell by cell.

A lab is an ordinary Python file. `# %%` opens a code cell, `# %% [markdown]` a cell of
text written in comments; `# %% 학습 곡선 id="curves"` gives the figure that a code cell
shows its caption and its id. Before the first cell may stand what is for the engine:
a docstring, `time_limit` and `memory_limit`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lecture.base.errors import LectureError

_MARKER = re.compile(r"# %%(?P<rest>.*)")
_ID = re.compile(r'\s*\bid="(?P<id>[a-z][a-z0-9-]*)"')
_SITE_ONLY = re.compile(
    r"^ *(?:!!!|\?\?\?|===) |--8<--|\]\(#|\]\([\w/]+\.md|\{\{ *\w+(?:\.\w+){2}", re.M
)


class LabError(LectureError):
    """A lab cannot be read, run or shown."""


@dataclass(frozen=True)
class Cell:
    """One cell of a lab."""

    kind: Literal["markdown", "code"]
    title: str  # caption and alt text of the figure that a code cell shows
    source: str  # Markdown, or Python, without blank lines around it
    line: int  # of the source's first line in the module
    id: str = ""  # of that figure, where the author gave one


def is_lab(source: str) -> bool:
    """Tell whether a module's source is a lab: whether a line of it opens a cell."""
    return any(_MARKER.fullmatch(line) for line in source.splitlines())


def parse(source: str, path: Path | None = None) -> tuple[Cell, ...]:
    """Return the cells of a lab, in order; cells without content are left out.

    Raises LabError, naming path and line, for code that stands in no code cell and for
    text that a notebook cannot show.
    """
    lines = source.splitlines()
    starts = [n for n, line in enumerate(lines) if _MARKER.fullmatch(line)]
    _refuse_code("\n".join(lines[: starts[0]]), path)
    cells = tuple(
        _cell(lines[start], lines[start + 1 : end], start + 2, path)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    )
    return tuple(cell for cell in cells if cell.source)


def code_cells(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells that run, in order."""
    return tuple(cell for cell in cells if cell.kind == "code")


def cell_sources(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return the sources of the code cells: what a lab's result depends on."""
    return tuple(cell.source for cell in code_cells(cells))


def _cell(marker: str, body: list[str], line: int, path: Path | None) -> Cell:
    # Blank lines around the source are not part of it, so `line` moves past the first.
    blank = next((n for n, text in enumerate(body) if text.strip()), len(body))
    body, line = body[blank:], line + blank
    rest = marker.removeprefix("# %%").strip()
    if rest.startswith("[markdown]"):
        text = "\n".join(_uncommented(body, line, path)).strip()
        _refuse_site_syntax(text, line, path)
        return Cell("markdown", "", text, line)
    found = _ID.search(rest)
    title = _ID.sub("", rest).strip()
    code = "\n".join(body).rstrip()
    return Cell("code", title, code, line, found["id"] if found else "")


def _uncommented(body: list[str], first: int, path: Path | None) -> Iterator[str]:
    for number, line in enumerate(body, start=first):
        if line.strip() and not line.startswith("#"):
            raise LabError(
                f"글 칸에 주석이 아닌 줄이 있습니다: {line.strip()}",
                path=path,
                line=number,
                hint="글은 `# `로 시작하고, 코드는 `# %%`로 새 칸을 여십시오.",
            )
        yield line.removeprefix("#").removeprefix(" ")


def _refuse_site_syntax(text: str, line: int, path: Path | None) -> None:
    """Refuse what only the site renders: the same text must read well in a notebook."""
    if found := _SITE_ONLY.search(text):
        raise LabError(
            f"노트북이 모르는 문법입니다: {found[0].strip()}",
            path=path,
            line=line + text.count("\n", 0, found.start()),
            hint="상자, 끼워 넣기, 쪽 사이의 링크, 묶인 숫자는 "
            "docs/의 쪽에 적으십시오.",
        )


def _refuse_code(preamble: str, path: Path | None) -> None:
    for stmt in ast.parse(preamble).body:
        if not re.match(r"(time|memory)_limit = |[\"']", ast.unparse(stmt)):
            raise LabError(
                "첫 칸보다 앞에 코드가 있습니다.",
                path=path,
                line=stmt.lineno,
                hint="`# %%` 줄을 그 앞에 두십시오. "
                "첫 칸 앞에는 설명글과 time_limit, memory_limit만 올 수 있습니다.",
            )

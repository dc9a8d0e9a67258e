"""Labs: percent-format modules, a walk through a whole program, cell by cell.

A lab is an ordinary Python file. `# %%` opens a code cell, `# %% [markdown]` a cell of
text, in comments or as one string; `# %% 학습 곡선 id="curves"` gives the figure that a
code cell shows its caption and its id, and a comment `# 대체 텍스트: …` right below it
says what the figure shows; `# %% raises="ValueError"` opens a cell whose error is meant
to be seen. Before the first cell may stand what is for the engine: a docstring,
`time_limit` and `memory_limit`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lecture.collect.cell_marker import Kind, LabError, opens_cell, read_opening

SITE_ONLY = re.compile(
    r"^ *(?:!!!|\?\?\?|===) |--8<--|\]\(#|\]\([\w/]+\.md|\{\{ *\w+(?:\.\w+){2}", re.M
)
"""What only the site renders, and a notebook shows as it stands."""

_COMMAND = re.compile(r"\s*(?:\w+\s*=\s*)?(?:%%?[A-Za-z]|!)|.*\w\?{1,2}\s*$")
_ALT = re.compile(r"# 대체 텍스트:(?P<text>.*(?:\n#.*)*)")
_QUOTED = re.compile(r"""\s*[rR]?(?P<q>\"{3}|'{3})(?P<text>.*?)(?P=q)\s*""", re.S)


@dataclass(frozen=True)
class Cell:
    """One cell of a lab."""

    kind: Kind
    title: str  # caption of the figure that a code cell shows
    source: str  # Markdown, or Python, without blank lines around it
    line: int  # of the source's first line in the module
    id: str = ""  # of that figure, where the author gave one
    raises: str = ""  # the exception that a code cell is meant to end with
    alt: str = ""  # 대체 텍스트: what that figure shows, for who cannot see it


def is_lab(source: str) -> bool:
    """Tell whether a module's source is a lab: whether a line of it opens a cell."""
    return bool(_openings(source))


@lru_cache(maxsize=256)  # pages, keys and labs each ask for the same
def parse(source: str, path: Path | None = None) -> tuple[Cell, ...]:
    """Return the cells of a lab, in order; cells without content are left out.

    Raises LabError, naming path and line, for code that stands in no code cell, for
    code that is no Python, and for text that a notebook cannot show.
    """
    lines, starts = _lines(source), _openings(source)
    _refuse_code("\n".join(lines[: starts[0]]), path)
    cells = tuple(
        _cell(lines[start], lines[start + 1 : end], start + 2, path)
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    )
    _refuse_twins(cells, path)
    return tuple(cell for cell in cells if cell.source)


def code_cells(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells that run, in order."""
    return tuple(cell for cell in cells if cell.kind == "code")


def check_python(source: str, path: Path | None, first: int = 1) -> None:
    """Raise a LabError where a source is no Python; of IPython's commands, with words.

    `first` is the number that the source's first line has in its module.
    """
    try:
        ast.parse(source)
    except SyntaxError as error:
        number = error.lineno or 1
        text = (_lines(source) + [""] * number)[number - 1]
        message, hint = f"파이썬 문법에 어긋납니다: {error.msg}", ""
        if _COMMAND.match(text):
            message = f"IPython의 명령은 쓸 수 없습니다: {text.strip()}"
            hint = (
                "실습은 파이썬 파일이기도 합니다. 이 줄을 지우고, "
                "패키지는 미리 설치하십시오."
            )
        line = first + number - 1
        raise LabError(message, path=path, line=line, hint=hint) from None


def _lines(source: str) -> list[str]:
    """Return the lines as Python counts them, whatever editor wrote the file."""
    return re.split(r"\r\n?|\n", source.removeprefix("\ufeff"))


def _openings(source: str) -> list[int]:
    """Return the places, from 0, of the lines that open a cell."""
    found = [n for n, line in enumerate(_lines(source)) if opens_cell(line)]
    quoted = _quoted_lines(source) if found else frozenset()
    return [n for n in found if n + 1 not in quoted]


def _quoted_lines(source: str) -> frozenset[int]:
    """Return the numbers of the lines that begin inside a string."""
    try:
        nodes = list(ast.walk(ast.parse(source.removeprefix("\ufeff"))))
    except SyntaxError:  # check_python has words for it
        return frozenset()
    strings = (n for n in nodes if isinstance(n, ast.Constant | ast.JoinedStr))
    spans = (range(s.lineno + 1, (s.end_lineno or 0) + 1) for s in strings)
    return frozenset(line for span in spans for line in span)


def _cell(marker: str, body: list[str], line: int, path: Path | None) -> Cell:
    # Blank lines around the source are not part of it, so `line` moves past the first.
    opening = read_opening(marker, line - 1, path)
    alt, body, line = _without_alt(body, line)
    blank = next((n for n, text in enumerate(body) if text.strip()), len(body))
    body, line = body[blank:], line + blank
    if opening.kind == "markdown":
        whole = _text(body, line, path)
        text = whole.strip()
        line += whole[: whole.find(text)].count("\n")
        _refuse_site_syntax(text, line, path)
        return Cell("markdown", opening.title, text, line)
    code = "\n".join(body).rstrip()
    check_python(code, path, line)
    return Cell("code", opening.title, code, line, opening.id, opening.raises, alt)


def _without_alt(body: list[str], line: int) -> tuple[str, list[str], int]:
    """Return the alternative text above a cell's code, and the code with its line."""
    found = _ALT.match("\n".join(body))
    if not found:
        return "", body, line
    count = found[0].count("\n") + 1
    text = re.sub(r"\n# ?", " ", found["text"])
    return " ".join(text.split()), body[count:], line + count


def _text(body: list[str], line: int, path: Path | None) -> str:
    if quoted := _QUOTED.fullmatch("\n".join(body)):
        return quoted["text"]
    return "\n".join(_uncommented(body, line, path))


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
    if found := SITE_ONLY.search(text):
        raise LabError(
            f"노트북이 모르는 문법입니다: {found[0].strip()}",
            path=path,
            line=line + text.count("\n", 0, found.start()),
            hint="상자, 끼워 넣기, 쪽 사이의 링크, 묶인 숫자는 "
            "docs/의 쪽에 적으십시오.",
        )


def _refuse_twins(cells: tuple[Cell, ...], path: Path | None) -> None:
    known = set[str]()
    for cell in cells:
        if cell.id and cell.id in known:
            message = f"같은 id가 두 번 있습니다: {cell.id}"
            raise LabError(message, path=path, line=cell.line - 1)
        known.add(cell.id)


def _refuse_code(preamble: str, path: Path | None) -> None:
    check_python(preamble, path)
    for stmt in ast.parse(preamble).body:
        if not re.match(r"(time|memory)_limit = |[\"']", ast.unparse(stmt)):
            raise LabError(
                "첫 칸보다 앞에 코드가 있습니다.",
                path=path,
                line=stmt.lineno,
                hint="`# %%` 줄을 그 앞에 두십시오. "
                "첫 칸 앞에는 설명글과 time_limit, memory_limit만 올 수 있습니다.",
            )

"""Rows of tables on hand-written pages: what would vanish from them without a word."""

import re
from collections.abc import Iterator

from lecture.base.errors import PageError
from lecture.publish.tokens import FORMULA, blank, outside_code

_RULE = re.compile(r"^[\s>]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_FENCED = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>]*(?P=fence)[ \t]*$", re.M
)
_FORMULAS = outside_code(rf"(?P<formula>{FORMULA})")
_SPANS = outside_code(r"(?!)")
_BAR = re.compile(r"(?<!\\)\|")


def row_errors(text: str) -> Iterator[PageError]:
    r"""Yield an error, with its line, for each row of a table that loses a cell.

    Python-Markdown cuts rows at every `|` outside code, in formulas too, and drops the
    cells for which the head has no column.
    """
    lines = _FENCED.sub(blank, text).split("\n")
    for number in range(1, len(lines)):
        if "|" in lines[number] and _RULE.match(lines[number]):
            yield from _table_errors(lines, number)


def _table_errors(lines: list[str], rule: int) -> Iterator[PageError]:
    """Yield what is wrong in the table whose rule is at a position of the lines."""
    columns = len(_cells(lines[rule]))
    body = range(rule + 1, len(lines))
    end = next((n for n in body if not lines[n].strip(" >")), len(lines))
    for n in (rule - 1, *range(rule + 1, end)):
        if formula := _barred(lines[n]):
            yield PageError(
                f"`{formula}`: 표에서는 수식 속의 `|`도 칸을 나눕니다.",
                line=n + 1,
                hint=r"`\vert`나 `\mid`로, 두 줄은 `\|`로 적습니다.",
            )
        elif n > rule and (count := len(_cells(lines[n]))) > columns:
            yield PageError(
                f"이 줄의 칸은 {count}개인데 표의 머리는 {columns}칸입니다.",
                line=n + 1,
                hint=r"남는 칸은 사라집니다. 칸을 나누지 않는 `|`는 `\|`로 적습니다.",
            )


def _barred(row: str) -> str:
    """Return the first formula of a row with a bar that would cut it."""
    formulas = (match["formula"] or "" for match in _FORMULAS.finditer(row))
    return next((formula for formula in formulas if _BAR.search(formula)), "")


def _cells(row: str) -> list[str]:
    inner = _SPANS.sub(blank, row).strip(" >")
    inner = inner.removeprefix("|")
    return _BAR.split(re.sub(r"(?<!\\)\|$", "", inner))

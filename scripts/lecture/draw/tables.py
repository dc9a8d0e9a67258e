"""From a data frame to a table on a page, and to a file for the reader to keep."""

import re
import reprlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lecture.base.errors import DrawError, suggest
from lecture.base.inert import inert
from lecture.base.products import Table
from lecture.draw.csv_file import csv_file

if TYPE_CHECKING:
    from pandas import DataFrame, Series


MOST_ROWS = 300  # nobody reads more on a page
_ADDRESS = re.compile(r"<.* at 0x[0-9a-f]+>")
_FORMULA = re.compile(r"(?<![\\$])\$(?!\s)[^$]+?(?<!\s)\$")


def draw_table(frame: "DataFrame", *, name: str) -> tuple[Table, dict[str, bytes]]:
    """Return the frame as a Markdown table, and as a CSV file in full precision.

    Cells are text: `a*b` is shown as `a*b`, except in the columns that
    `frame.attrs["markdown"]` lists. Floats are shown as `.4g` unless
    `frame.attrs["format"]` names another format for their column; a missing value is
    shown as "–". The index is not shown, so an index that says something is a
    DrawError, and so are column names in levels, an attribute for a column not there,
    no row or more than `MOST_ROWS`, and a value that only its address in memory tells.
    """
    formats = _formats(_checked(frame, name), name)
    csv = csv_file(frame)
    markup = _named(frame, "markdown", name)
    columns = [
        _column(frame.iloc[:, i], formats, name, markup=str(title) in markup)
        for i, title in enumerate(frame.columns)
    ]
    lines = ("| " + " | ".join(row) + " |" for row in zip(*columns, strict=True))
    table = Table(csv=f"{name}.csv", markdown="\n".join(lines) + "\n")
    return table, {table.csv: csv}


def _checked(frame: object, name: str) -> "DataFrame":
    import pandas

    if not isinstance(frame, pandas.DataFrame):
        raise DrawError(
            f"표 {name}: 함수가 DataFrame이 아닌 값을 돌려주었습니다:"
            f" {reprlib.repr(frame)} ({type(frame).__name__})",
            hint="pandas.DataFrame을 return하십시오.",
        )
    numbered = pandas.api.types.is_integer_dtype(frame.index)
    if frame.index.names != [None] or not numbered:
        raise DrawError(
            f"표 {name}: 색인은 표에 보이지 않는데, 이 표는 색인에 내용이 있습니다.",
            hint="reset_index()로 색인을 열로 바꾸십시오.",
        )
    if frame.columns.nlevels > 1:
        raise DrawError(
            f"표 {name}: 열의 이름이 여러 층입니다. 쪽의 표에는 한 층만 보입니다.",
            hint='frame.columns = [" ".join(c) for c in frame.columns]처럼 '
            "이름을 합치십시오.",
        )
    if not 0 < len(frame) <= MOST_ROWS:
        raise DrawError(
            f"표 {name}: 줄이 {len(frame):,}개입니다. 1개에서 {MOST_ROWS}개까지입니다.",
            hint="head(20)이나 평균처럼 읽을 만큼만 보이십시오.",
        )
    return frame


def _formats(frame: "DataFrame", name: str) -> Mapping[str, str]:
    formats: Mapping[str, str] = frame.attrs.get("format", {})
    _named(frame, "format", name)
    return formats


def _named(frame: "DataFrame", attribute: str, name: str) -> frozenset[str]:
    """Return the columns that an attribute of the frame names."""
    columns = frozenset(map(str, frame.attrs.get(attribute, ())))
    for column in sorted(columns - set(map(str, frame.columns))):
        raise DrawError(
            f"표 {name}: attrs['{attribute}']에 적은 열 '{column}'이 표에 없습니다.",
            hint=suggest(column, map(str, frame.columns)),
        )
    return columns


def _column(
    series: "Series[Any]", formats: Mapping[str, str], name: str, *, markup: bool
) -> list[str]:
    """Return a column's header, rule and cells, ready to be joined with pipes."""
    from pandas.api.types import is_number

    spec = formats.get(str(series.name))
    present = series.dropna()
    numeric = len(present) > 0 and all(
        is_number(value) and not isinstance(value, bool) for value in present
    )
    shown = _markdown if markup else _text
    try:
        texts = [_cell(value, spec) for value in series]
    except ValueError as error:
        raise DrawError(
            f"표 {name}: 열 '{series.name}'에 형식 '{spec}'을 쓸 수 없습니다: {error}",
            hint="파이썬 형식 문자열을 쓰십시오. 예: '.4f', '.1%'",
        ) from None
    for text in filter(_ADDRESS.search, texts):
        raise DrawError(
            f"표 {name}: 열 '{series.name}'에 글도 수도 아닌 값이 있습니다: {text}",
            hint="표에 보일 글이나 수로 바꾸십시오. 주소는 그릴 때마다 달라집니다.",
        )
    cells = map(shown, texts)
    return [_text(str(series.name)), "---:" if numeric else ":---", *cells]


def _cell(value: object, spec: str | None) -> str:
    import numpy
    import pandas

    if pandas.api.types.is_scalar(value) and pandas.isna(value):
        return "–"
    if spec is not None and not isinstance(value, str):
        return format(value, spec)
    if isinstance(value, float | numpy.floating):
        return format(value, ".4g")
    return str(value)


def _text(text: str) -> str:
    """Return a text that a cell shows as it is, its lines below each other."""
    return _whole("<br>".join(inert(line) for line in text.splitlines()))


def _markdown(text: str) -> str:
    """Return Markdown that fits into a cell: on one line, without a bar that cuts."""
    line = _FORMULA.sub(lambda m: m[0].replace("|", r"\vert "), " ".join(text.split()))
    return _whole(line.replace("|", r"\|"))


def _whole(cell: str) -> str:
    # A value and its deviation stay on one line: the table scrolls instead.
    return cell.replace(" ± ", "\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}")

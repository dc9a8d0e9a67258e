"""From a data frame to a table on a page, and to a file for the reader to keep."""

import reprlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lecture.base.errors import DrawError, suggest
from lecture.collect.artefact import Table

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def draw_table(frame: "DataFrame", *, name: str) -> tuple[Table, dict[str, bytes]]:
    """Return the frame as a Markdown table, and as a CSV file in full precision.

    Floats are shown as `.4g` unless `frame.attrs["format"]` names another format for
    their column; a missing value is shown as "–". The index is not shown, so an index
    that says something is a DrawError, and so is a format for a column not there.
    """
    formats = _formats(_checked(frame, name), name)
    csv = frame.to_csv(index=False, lineterminator="\n")
    columns = [_column(frame.iloc[:, i], formats, name) for i in range(frame.shape[1])]
    lines = ("| " + " | ".join(row) + " |" for row in zip(*columns, strict=True))
    table = Table(csv=f"{name}.csv", markdown="\n".join(lines) + "\n")
    # Excel reads Hangul only after a byte order mark; pandas skips it.
    return table, {table.csv: csv.encode("utf-8-sig")}


def _checked(frame: object, name: str) -> "DataFrame":
    import pandas

    if not isinstance(frame, pandas.DataFrame):
        raise DrawError(
            f"표 {name}: 함수가 DataFrame이 아닌 값을 돌려주었습니다:"
            f" {reprlib.repr(frame)} ({type(frame).__name__})",
            hint="pandas.DataFrame을 return하십시오.",
        )
    plain = pandas.api.types.is_integer_dtype(frame.index)
    if frame.index.names != [None] or not plain:
        raise DrawError(
            f"표 {name}: 색인은 표에 보이지 않는데, 이 표는 색인에 내용이 있습니다.",
            hint="reset_index()로 색인을 열로 바꾸십시오.",
        )
    return frame


def _formats(frame: "DataFrame", name: str) -> Mapping[str, str]:
    formats: Mapping[str, str] = frame.attrs.get("format", {})
    for column in formats:
        if column not in frame.columns:
            raise DrawError(
                f"표 {name}: attrs['format']에 적은 열 '{column}'이 표에 없습니다.",
                hint=suggest(str(column), map(str, frame.columns)),
            )
    return formats


def _column(series: "Series[Any]", formats: Mapping[str, str], name: str) -> list[str]:
    """Return a column's header, rule and cells, ready to be joined with pipes."""
    from pandas.api.types import is_number

    spec = formats.get(str(series.name))
    present = series.dropna()
    numeric = len(present) > 0 and all(
        is_number(value) and not isinstance(value, bool) for value in present
    )
    try:
        cells = [_cell(value, spec) for value in series]
    except ValueError as error:
        raise DrawError(
            f"표 {name}: 열 '{series.name}'에 형식 '{spec}'을 쓸 수 없습니다: {error}",
            hint="파이썬 형식 문자열을 쓰십시오. 예: '.4f', '.1%'",
        ) from None
    return [_escaped(str(series.name)), "---:" if numeric else ":---", *cells]


def _cell(value: object, spec: str | None) -> str:
    import numpy
    import pandas

    if pandas.api.types.is_scalar(value) and pandas.isna(value):
        return "–"
    if spec is not None and not isinstance(value, str):
        return _escaped(format(value, spec))
    if isinstance(value, float | numpy.floating):
        return format(value, ".4g")
    return _escaped(str(value))


def _escaped(text: str) -> str:
    # A value and its deviation stay on one line: the table scrolls instead.
    whole = " ".join(text.split()).replace(
        " ± ", "\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}"
    )
    return whole.replace("|", r"\|")

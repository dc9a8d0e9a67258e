"""A table's file: the numbers that a page shows as text are numbers in it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_NUMBER = r"[+\-−]?\d[\d,]*(?:\.\d+)?(?:e[+\-−]?\d+)?"
_CELL = re.compile(
    rf"(?P<first>{_NUMBER})(?:\s*(?P<mark>[±–→(])\s*(?P<second>{_NUMBER})\)?)?"
    r"\s*(?P<unit>%|배|초|장|개|걸음)?"
)
_SECOND = {"±": "±", "–": "(끝)", "→": "(뒤)", "(": "(괄호)"}  # what a second number is
_NOTHING = ("", "–")


def csv_file(frame: "DataFrame") -> bytes:
    """Return the frame as CSV, in full precision, as Excel reads it.

    A column of texts such as `0.91 ± 0.02`, `0.34–0.41` or `12%` becomes one of
    numbers, and one more for what stands behind the sign.
    """
    import pandas

    columns = [c for i in range(frame.shape[1]) for c in _columns(frame.iloc[:, i])]
    text: str = pandas.concat(columns, axis=1).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")  # Excel reads Hangul only after a byte order mark


def _columns(column: "Series[Any]") -> Iterator["Series[Any]"]:
    """Yield a column as it is, or as the columns of its numbers."""
    import pandas

    texts = [value if isinstance(value, str) else None for value in column]
    shown = [text for text in texts if text not in (None, *_NOTHING)]
    found = [_CELL.fullmatch(text) for text in shown if text]
    marks = {match["mark"] for match in found if match} - {None}
    units = {match["unit"] for match in found if match}
    foreign = any(not isinstance(v, str) and pandas.notna(v) for v in column)
    if foreign or not found or None in found or len(marks) > 1 or len(units) > 1:
        yield column
        return
    unit = units.pop()
    name = f"{column.name} ({unit})" if unit else column.name
    yield _numbers(texts, "first", name)
    for mark in marks:
        yield _numbers(texts, "second", f"{column.name} {_SECOND[mark]}")


def _numbers(texts: list[str | None], part: str, name: Any) -> "Series[Any]":
    import pandas

    found = [_CELL.fullmatch(text or "") for text in texts]
    values = [match[part] if match else None for match in found]
    plain = [value and value.replace(",", "").replace("−", "-") for value in values]
    return pandas.to_numeric(pandas.Series(plain, name=name, dtype="object"))

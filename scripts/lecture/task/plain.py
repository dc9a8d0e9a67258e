"""What a task returns, made plain: the values that JSON holds, and no others.

JSON has no word for floats that are not finite, and losses that diverge are results:
they are kept as the strings "NaN", "Infinity" and "-Infinity" (as Protocol Buffers
write them), and a task that receives them has its floats back. None stays null.
What would come back as something else is refused, with the place where it stands.
"""

import json
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from lecture.base.errors import LectureError
from lecture.base.not_finite import NOT_FINITE
from lecture.base.particles import with_particle

DIGITS = 6  # significant digits kept of a float: more is noise across machines
LIMIT = 1_000_000  # bytes of JSON that one result may take
_DEEPEST = 60
_REMEDIES = {
    "set": "`sorted(…)`로 목록을 만드세요.",
    "frozenset": "`sorted(…)`로 목록을 만드세요.",
    "range": "`list(…)`로 바꾸세요.",
    "generator": "`list(…)`로 바꾸세요.",
    "bytes": "`.decode()`나 `.hex()`로 글을 만드세요.",
    "complex": "`.real`과 `.imag`를 따로 돌려주세요.",
    "datetime": "`.isoformat()`으로 글을 만드세요.",
    "date": "`.isoformat()`으로 글을 만드세요.",
    "Timestamp": "`.isoformat()`으로 글을 만드세요.",
    "timedelta": "`.total_seconds()`로 수를 만드세요.",
    "Decimal": "`float(…)`로 바꾸세요.",
    "Fraction": "`float(…)`로 바꾸세요.",
    "DataFrame": '`.to_dict("list")`로 바꾸세요.',
    "EagerTensor": "`.numpy()`로 바꾸세요.",
    "NAType": "`None`이나 `float('nan')`으로 바꾸세요.",
    "NaTType": "`None`으로 바꾸세요.",
}
_REMEDY = "수, 글, 참거짓, None과 그것을 담은 list와 dict(열쇠는 글)만 돌려줍니다."


def plain(value: Any) -> Any:
    """Return a result as plain JSON values, floats rounded, NumPy values unpacked.

    Raises LectureError, naming the place in the result, for what JSON cannot hold or
    would not give back, and for a result larger than `LIMIT`.
    """
    found = _Plain().of(value, "")
    size = len(json.dumps(found, ensure_ascii=False).encode())
    if size > LIMIT:
        raise LectureError(
            f"돌려준 값이 너무 큽니다: {size / 1e6:.1f} MB입니다 "
            f"(한도 {LIMIT / 1e6:g} MB).",
            hint="그림과 표에 쓸 만큼만 요약해서 돌려주세요: 평균, 분위수, "
            "`[::10]`처럼 솎아 낸 목록.",
        )
    return found


def restored(value: Any) -> Any:
    """Return a plain value as a function receives it: floats that are not finite too.

    `plain` lets no text pass that reads like one of them.
    """
    if isinstance(value, str):
        return NOT_FINITE.get(value, value)
    if isinstance(value, list):
        return [restored(item) for item in value]
    if isinstance(value, dict):
        return {key: restored(item) for key, item in value.items()}
    return value


class _Plain:
    """One walk through a returned value; it knows what it is inside of."""

    def __init__(self) -> None:
        self._around: list[int] = []

    def of(self, value: Any, place: str) -> Any:
        """Return a value without anything that JSON lacks."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, Enum):
            raise _refusal(value, place, "`.value`나 `.name`을 돌려주세요.")
        if isinstance(value, str):
            return _text(str.__str__(value), place)
        if isinstance(value, int):
            return int.__int__(value)
        if isinstance(value, float):
            return _number(float.__float__(value))
        with self._inside(value, place):
            if isinstance(value, dict):
                return self._dict(value, place)
            if isinstance(value, list | tuple):
                return [self.of(v, f"{place}[{i}]") for i, v in enumerate(value)]
            return self.of(_unpacked(value, place), place)

    def _dict(self, value: dict[Any, Any], place: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, item in value.items():
            if not isinstance(key, str) or isinstance(key, Enum):
                raise _key_refusal(key, place)
            name = _text(str.__str__(key), place)
            found[name] = self.of(item, f"{place}.{name}" if place else name)
        return found

    @contextmanager
    def _inside(self, value: Any, place: str) -> Iterator[None]:
        if id(value) in self._around or len(self._around) > _DEEPEST:
            raise LectureError(
                f"돌려준 값{_at(place)}이 자기 자신을 담고 있거나 너무 깊습니다.",
                hint="자기를 가리키지 않는 목록으로 새로 만들어 돌려주세요.",
            )
        self._around.append(id(value))
        yield
        self._around.pop()


def _text(text: str, place: str) -> str:
    if text in NOT_FINITE:
        raise LectureError(
            f'돌려준 글{_at(place)} "{text}"은 결과 파일에서 수와 구별되지 않습니다.',
            hint=f'수라면 `float("{text}")`를, 글이라면 "{text.lower()}"처럼 다르게 '
            "적어 돌려주세요.",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise LectureError(
            f"돌려준 글{_at(place)}에 UTF-8로 적을 수 없는 글자가 있습니다: {text!r}",
            hint='`.encode("utf-8", "replace").decode()`로 바꾸세요.',
        ) from None
    return text


def _number(number: float) -> float | str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return float(f"{number:.{DIGITS}g}")


def _unpacked(value: Any, place: str) -> Any:
    """Return what a NumPy, pandas or tensor value holds, in Python's own types."""
    # Another thread may be half-way through its import: then no value is a Series yet.
    series = getattr(sys.modules.get("pandas"), "Series", ())
    if isinstance(value, series) and not _is_counted(value):
        remedy = "`.to_dict()`이나 `.tolist()`로 바꾸세요."
        raise _refusal(value, place, remedy, " (이름표가 붙은 색인이 사라집니다)")
    bare = value.tolist() if hasattr(value, "tolist") else value
    if type(bare) is type(value):  # it has no other form
        raise _refusal(value, place, _REMEDIES.get(type(value).__name__, _REMEDY))
    return bare


def _is_counted(series: Any) -> bool:
    """Tell whether a Series is numbered 0, 1, 2 …, as a list is."""
    import pandas

    return bool(series.index.equals(pandas.RangeIndex(len(series))))


def _refusal(value: Any, place: str, remedy: str, why: str = "") -> LectureError:
    kind = with_particle(type(value).__name__, "은")
    where = f"`{place}`의 " if place else ""
    return LectureError(
        f"돌려준 값에서 {where}{kind} 결과로 남길 수 없습니다{why}.", hint=remedy
    )


def _key_refusal(key: object, place: str) -> LectureError:
    where = f"`{place}`의 " if place else ""
    return LectureError(
        f"돌려준 값에서 {where}열쇠 {key!r}의 타입이 `{type(key).__name__}`입니다. "
        "결과 파일의 열쇠는 글뿐이어서, 그림과 주장은 다른 열쇠를 받게 됩니다.",
        hint="`{str(k): v for k, v in …}`로 적고 `['16']`처럼 읽거나, "
        "`[[16, 0.5], …]`처럼 쌍의 목록으로 돌려주세요.",
    )


def _at(place: str) -> str:
    return f" `{place}`" if place else ""

"""Where two plain values differ first."""

import json
from typing import Any

_SHOWN = 80  # signs of a value in a message


def first_difference(ours: Any, theirs: Any, *, floats: bool = True) -> str:
    """Return the place of the first difference, and both values; "" for none.

    Without `floats`, numbers with a fraction may differ: they are measured times.
    """
    return _at("", ours, theirs, floats)


def _at(place: str, ours: Any, theirs: Any, floats: bool) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict) and [*ours] == [*theirs]:
        parts = ((f"{place}.{key}", ours[key], theirs[key]) for key in ours)
    elif (
        isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs)
    ):
        pairs = enumerate(zip(ours, theirs, strict=True))
        parts = ((f"{place}[{n}]", one, other) for n, (one, other) in pairs)
    else:
        return "" if _same(ours, theirs, floats) else _told(place, ours, theirs)
    return next(filter(None, (_at(*part, floats) for part in parts)), "")


def _same(ours: Any, theirs: Any, floats: bool) -> bool:
    both_floats = isinstance(ours, float) and isinstance(theirs, float)
    return (both_floats and not floats) or json.dumps(ours) == json.dumps(theirs)


def _told(place: str, ours: Any, theirs: Any) -> str:
    one, other = (_short(json.dumps(v, ensure_ascii=False)) for v in (ours, theirs))
    return f"`{place.lstrip('.')}` {one} ≠ {other}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

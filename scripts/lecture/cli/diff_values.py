"""Values that have moved, in lines of text: the farthest of each experiment."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from lecture.book.moves import Move, Moves
from lecture.collect.artefact import Place

_MOST = 8  # values of one experiment that are listed
_ALIKE = 2  # of these, values of one list, or of the cases
_PLACE = re.compile(r"^\(.*\)|\.\d+(?:\..*)?$")  # a case; a place in a list
_LONG = 48  # signs of a value in a line


def value_lines(moves: Moves) -> Iterator[str]:
    """Yield what has become of the values, experiment by experiment."""
    if moves.moved or moves.new or moves.gone:
        yield "\n값"
    for place, moved in by_place(moves.moved):
        yield f"  {place}: {len(moved):,d}개"
        few = [*islice(_few(moved), _MOST)]
        for move in few:
            told = f"{shown(move.old)} → {shown(move.new)}  {share_text(move)}"
            yield f"    {move.key.removeprefix('.')}: {told}".rstrip()
        if len(moved) > len(few):
            yield f"    … 외 {len(moved) - len(few):,d}개"
    yield from _numbers("새 값", moves.new)
    yield from _numbers("없어진 값", moves.gone)


def _few(moved: Iterable[Move]) -> Iterator[Move]:
    """Yield two of each list, and two of the cases: one list would hide all else."""
    told = Counter[str]()
    for move in moved:
        told[name := _PLACE.sub("", move.key)] += 1
        if told[name] <= _ALIKE:
            yield move


def _numbers(title: str, counts: Mapping[Place, int]) -> Iterator[str]:
    if counts:
        told = [f"{place} {count:,d}개" for place, count in counts.items()]
        yield f"  {title}: {listed(told)}"


def listed(names: Sequence[str]) -> str:
    """Return names on one line, and how many more there are."""
    more = f" 외 {len(names) - _MOST}" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def shown(value: Any) -> str:
    """Return a value as its results file has it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def share_text(move: Move) -> str:
    """Return by how much a number has moved: `+3.2%`; "" where that says nothing."""
    if move.share is None:
        return ""
    percent = 100 * move.share
    return f"{percent:+,.0f}%" if abs(percent) >= 1000 else f"{percent:+.3g}%"


def by_place(moved: Iterable[Move]) -> Iterator[tuple[Place, list[Move]]]:
    """Yield the moves of each experiment: single values first, the farthest first."""
    for place, group in groupby(moved, lambda move: move.place):
        yield place, sorted(group, key=_rank)


def _rank(move: Move) -> tuple[int, float]:
    inside_lists = sum(part.isdigit() for part in move.key.split("."))
    return inside_lists, -abs(move.share or 0)

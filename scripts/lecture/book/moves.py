"""Moves: which frozen values are others in one book than they are in an earlier one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lecture.base.errors import FreezeError
from lecture.base.lab_run import values_of
from lecture.book.book import Book
from lecture.book.record import Frozen
from lecture.collect.artefact import Place
from lecture.collect.cases import case_name

Leaves = dict[str, Any]  # ".losses.3", or "(lr=0.1).losses.3" of a case → its value


@dataclass(frozen=True)
class Move:
    """One value that both books hold, and not the same."""

    place: Place
    key: str  # of Leaves
    old: Any
    new: Any

    @property
    def share(self) -> float | None:
        """By how much a number has moved, as a share of what it was."""
        if not (_is_number(self.old) and _is_number(self.new) and self.old):
            return None
        return float((self.new - self.old) / abs(self.old))


@dataclass(frozen=True)
class Moves:
    """What has become of the values of one book in another."""

    moved: tuple[Move, ...]
    new: Mapping[Place, int]  # experiment → values that only the later book holds
    gone: Mapping[Place, int]  # likewise, only the earlier one


def moves(before: Book, after: Book, pages: frozenset[str] = frozenset()) -> Moves:
    """Compare what two books hold of some pages, or of all, value by value."""
    moved, new, gone = list[Move](), dict[Place, int](), dict[Place, int]()
    places = _places(before) | _places(after)
    for place in sorted(p for p in places if not pages or p.page in pages):
        then, now = held(before, place), held(after, place)
        if then and now and then.digest == now.digest:
            continue
        old, today = _leaves(then), _leaves(now)
        moved += _moved(place, old, today)
        new[place] = len(today.keys() - old.keys())
        gone[place] = len(old.keys() - today.keys())
    return Moves(
        tuple(moved),
        {place: count for place, count in new.items() if count},
        {place: count for place, count in gone.items() if count},
    )


def held(book: Book, place: Place) -> Frozen | None:
    """Return what is frozen of an experiment, also where its module breaks a rule.

    That can be the case of an old module, and of the rules of today.
    """
    if place in book.runs:
        return book.frozen(place)
    try:
        return book.shelf.find(place) if _is_hidden(book, place) else None
    except FreezeError:
        return None


def _places(book: Book) -> set[Place]:
    return {*book.runs} | {p for p in book.shelf.places if _is_hidden(book, p)}


def _is_hidden(book: Book, place: Place) -> bool:
    """Tell whether a module that cannot be read may own a result."""
    return place.page in book.collection.broken


def _moved(place: Place, old: Leaves, new: Leaves) -> Iterator[Move]:
    for key, value in new.items():
        if key in old and (type(old[key]), old[key]) != (type(value), value):
            yield Move(place, key, old[key], value)


def _leaves(frozen: Frozen | None) -> Leaves:
    """Return every value of an experiment, each case's under the name of the case."""
    if frozen is None:
        return {}
    runs = zip(frozen.records, frozen.results, strict=True)
    return {
        key: value
        for record, result in runs
        for key, value in _below(case_name(record.case), values_of(result))
    }


def _below(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict | list) or not value:
        yield key, value
        return
    parts: Iterable[tuple[Any, Any]]
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in parts:
        yield from _below(f"{key}.{name}", part)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

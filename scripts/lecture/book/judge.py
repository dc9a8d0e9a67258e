"""Judging: whether a case has a result that is good. The key alone decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from lecture.base.errors import FreezeError
from lecture.book.change import Change, differences
from lecture.book.orphans import Orphans
from lecture.book.record import Found, Frozen, Record
from lecture.book.shelf import Shelf
from lecture.book.status import Row, Wanted
from lecture.book.surroundings import Surroundings
from lecture.collect.artefact import Case, Place


@dataclass(frozen=True)
class Judge:
    """All that tells a good result from another."""

    shelf: Shelf
    orphans: Orphans
    surroundings: Surroundings

    def row(
        self, place: Place, wanted: Wanted, case: Case | None, own: Frozen | None
    ) -> tuple[Row, tuple[Found, ...]]:
        """Return how a case stands, and the record to show, if there is one."""
        found = own.find(case) if own else ()
        changes = tuple(self._changes(place, wanted, case, found))
        adopted = self.orphans.by_key.get(wanted.key(case)) if changes else None
        if adopted:
            return Row(case, is_adopted=True), (adopted,)
        return Row(case, changes), found

    def _changes(
        self, place: Place, wanted: Wanted, case: Case | None, found: tuple[Found, ...]
    ) -> Iterator[Change]:
        if not found:
            yield self._absence(place, case)
            return
        frozen, position = found[0]
        record = frozen.records[position]
        if not record.is_intact:
            yield Change("edited")
        elif record.key != wanted.key(case):
            yield from _reasons(wanted, case, record)
        else:
            yield from self.surroundings.changes(record.made)

    def _absence(self, place: Place, case: Case | None) -> Change:
        try:
            self.shelf.find(place)
        except FreezeError as error:
            return Change("unreadable", error.message)
        return Change("missing" if case is None else "new case")


def _reasons(wanted: Wanted, case: Case | None, record: Record) -> tuple[Change, ...]:
    found = differences(wanted.code, wanted.knobs, wanted.upstream, case, record)
    return tuple(found) or (Change("other", old=record.key, new=wanted.key(case)),)

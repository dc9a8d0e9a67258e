"""Orphans: results that no experiment of today owns."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lecture.base.errors import FreezeError
from lecture.book.record import Found, Frozen
from lecture.book.shelf import Shelf
from lecture.collect.artefact import Place
from lecture.collect.collection import Collection


@dataclass(frozen=True)
class Orphans:
    """The results files of a project that have lost their experiments."""

    collection: Collection
    shelf: Shelf

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where they lie; a page of which not everything is known has none."""
        owned, broken = self.collection.runs, self.collection.broken
        lost = (p for p in self.shelf.places if p not in owned and p.page not in broken)
        return tuple(sorted(lost))

    @cached_property
    def by_key(self) -> Mapping[str, Found]:
        """Their records, for an experiment that wants just that: its code has moved."""
        return {
            record.key: (frozen, position)
            for place in self.places
            for frozen in self._read(place)
            for position, record in enumerate(frozen.records)
            if record.is_intact
        }

    def _read(self, place: Place) -> tuple[Frozen, ...]:
        try:
            found = self.shelf.find(place)
        except FreezeError:
            return ()
        return (found,) if found else ()

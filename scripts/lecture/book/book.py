"""The Book: a project as it stands, read once, each part when it is first asked for.

A book is a value: `with_result` returns the next one. What it has worked out is shared
between the two, as far as it is the same for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lecture.base.errors import CollectError, FreezeError
from lecture.base.memory import Memory
from lecture.base.project import Project
from lecture.book.change import Change, differences
from lecture.book.record import Frozen, Record, joined, measured
from lecture.book.shelf import Shelf
from lecture.book.status import Row, Status, Wanted
from lecture.book.surroundings import Surroundings
from lecture.collect.artefact import Artefact, Case, Place
from lecture.collect.cases import case_text
from lecture.collect.code import Code, function_code, lab_code
from lecture.collect.collect import Collection
from lecture.collect.links import Links

Found = tuple[Frozen, int]  # a record: where it lies
Standing = tuple[Status, Frozen | None]


@dataclass(frozen=True)
class Book:
    """Modules, artefacts, frozen results, and how they stand to each other."""

    project: Project
    collection: Collection
    links: Links
    shelf: Shelf
    surroundings: Surroundings
    memory: Memory
    fresh: Mapping[Place, Frozen] = field(default_factory=dict)
    """What has been run since the book was read."""
    _codes: dict[str, Code | CollectError] = field(default_factory=dict)
    _standings: dict[Place, Standing] = field(default_factory=dict)

    @property
    def artefacts(self) -> tuple[Artefact, ...]:
        return self.collection.artefacts

    @property
    def pages(self) -> tuple[str, ...]:
        return self.collection.pages

    @cached_property
    def runs(self) -> Mapping[Place, Artefact]:
        """The experiments and labs by their places."""
        return {a.place: a for a in self.artefacts if a.is_run}

    @cached_property
    def orphans(self) -> tuple[Place, ...]:
        """The results that no experiment of today owns, where that can be known."""
        broken = self.collection.broken
        found = (place for place in self.shelf.places if place.page not in broken)
        return tuple(sorted(place for place in found if place not in self.runs))

    def code(self, artefact: Artefact) -> Code:
        """Return the code of an artefact; raises CollectError where it is unknown."""
        if artefact.id not in self._codes:
            self._codes[artefact.id] = self._code(artefact)
        found = self._codes[artefact.id]
        if isinstance(found, CollectError):
            raise found
        return found

    def wanted(self, artefact: Artefact) -> Wanted:
        """Return what the result of an artefact has to rest on today."""
        code = self.code(artefact)
        received = {need: self.frozen(p) for need, p in artefact.needs.items()}
        upstream = {need: f.digest if f else "" for need, f in received.items()}
        return Wanted(code.key, code.names, artefact.knobs, upstream)

    def status(self, artefact: Artefact) -> Status:
        """Return how an experiment or a lab stands."""
        return self._standing(artefact.place)[0]

    def frozen(self, place: Place) -> Frozen | None:
        """Return today's cases of an experiment, as far as there are results of them.

        Results that are no longer good are among them; `status` tells which.
        """
        return self._standing(place)[1] if place in self.runs else None

    def received(self, artefact: Artefact) -> dict[str, Any]:
        """Return the values that an artefact receives, as far as there are any."""
        found = {need: self.frozen(place) for need, place in artefact.needs.items()}
        return {need: frozen.value for need, frozen in found.items() if frozen}

    def kept(self, place: Place) -> Frozen | None:
        """Return what the file of an experiment has to hold.

        That is today's cases in order, then those that no list of cases names today.
        """
        today, own = self.frozen(place), self._own(place)
        named = {case_text(case) for case in self.runs[place].rows}
        parts = [(today, n) for n in range(len(today.records))] if today else []
        for n, record in enumerate(own.records if own else ()):
            if own and case_text(record.case) not in named:
                parts.append((own, n))
        return joined(place, tuple(parts)) if parts else None

    def with_result(self, place: Place, record: Record, result: Any) -> "Book":
        """Return the book in which a run has ended; a repeated run changes nothing."""
        before = self.kept(place)
        position = before.position(record.case) if before else None
        if before and position is not None and before.records[position].repeats(record):
            return self
        others = [
            (before, n)
            for n in range(len(before.records) if before else 0)
            if before and n != position
        ]
        one = measured(place, record, result)
        fresh = {**self.fresh, place: joined(place, (*others, (one, 0)))}
        changed = self._dependants(place)
        standings = {p: s for p, s in self._standings.items() if p not in changed}
        return replace(self, fresh=fresh, _standings=standings)

    def _dependants(self, place: Place) -> set[Place]:
        """Return an experiment and all that receive its result, directly or not."""
        found = [place]
        for one in found:  # grows on the way
            receivers = (p for p, a in self.runs.items() if one in a.needs.values())
            found += [receiver for receiver in receivers if receiver not in found]
        return set(found)

    def _code(self, artefact: Artefact) -> Code | CollectError:
        try:
            if artefact.kind == "lab":
                return lab_code(self.links, artefact.module)
            return function_code(self.links, artefact.module, artefact.function)
        except CollectError as error:
            return error

    def _own(self, place: Place) -> Frozen | None:
        """Return what lies in an experiment's own place, where it can be read."""
        if place in self.fresh:
            return self.fresh[place]
        try:
            return self.shelf.find(place)
        except FreezeError:
            return None

    def _standing(self, place: Place) -> Standing:
        if place not in self._standings:
            self._standings[place] = self._judge(self.runs[place])
        return self._standings[place]

    def _judge(self, artefact: Artefact) -> Standing:
        """Say of each case whether its result is good; find it where it lies."""
        own = self._own(artefact.place)
        try:
            wanted = self.wanted(artefact)
        except CollectError as error:
            status = Status(artefact, Wanted("", {}, {}, {}), (), error=error)
            found = self._found(own, artefact.rows)
            return status, joined(artefact.place, found) if found else None
        judged = [self._row(artefact, wanted, case, own) for case in artefact.rows]
        rows = tuple(row for row, _ in judged)
        found = tuple(place for _, place in judged if place)
        waits_for = tuple(p for p in artefact.needs.values() if self._is_red(p))
        status = Status(artefact, wanted, rows, waits_for)
        return status, joined(artefact.place, found) if found else None

    def _is_red(self, place: Place) -> bool:
        return place not in self.runs or self.status(self.runs[place]).is_red

    def _found(
        self, own: Frozen | None, cases: tuple[Case | None, ...]
    ) -> tuple[Found, ...]:
        positions = (own.position(case) for case in cases) if own else ()
        return tuple((own, n) for n in positions if own and n is not None)

    def _row(
        self, artefact: Artefact, wanted: Wanted, case: Case | None, own: Frozen | None
    ) -> tuple[Row, Found | None]:
        key = wanted.key(case)
        found = self._found(own, (case,))
        changes = tuple(self._changes(artefact.place, wanted, case, found))
        adopted = self._adoptable.get(key) if changes else None
        if adopted:
            return Row(case, is_adopted=True), adopted
        return Row(case, changes), found[0] if found else None

    def _changes(
        self, place: Place, wanted: Wanted, case: Case | None, found: tuple[Found, ...]
    ) -> Iterator[Change]:
        """Yield why a case has no result that is good; the key alone decides."""
        if not found:
            yield self._absence(place, case)
            return
        frozen, position = found[0]
        record = frozen.records[position]
        if not record.is_intact:
            yield Change("edited")
        elif record.key != wanted.key(case):
            args = (wanted.code, wanted.knobs, wanted.upstream, case, record)
            reasons = tuple(differences(*args))
            other = Change("other", old=record.key, new=wanted.key(case))
            yield from reasons or (other,)
        else:
            yield from self.surroundings.changes(record.made)

    def _absence(self, place: Place, case: Case | None) -> Change:
        try:
            self.shelf.find(place)
        except FreezeError as error:
            return Change("unreadable", error.message)
        return Change("missing" if case is None else "new case")

    @cached_property
    def _adoptable(self) -> Mapping[str, Found]:
        """The records that nobody owns today, by key: of code that has been moved."""
        return {
            frozen.records[n].key: (frozen, n)
            for place in self.orphans
            if (frozen := self._own(place))
            for n in range(len(frozen.records))
            if frozen.records[n].is_intact
        }

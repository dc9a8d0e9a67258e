"""The Book: a project as it stands, read once, each part when it is first asked for.

A book is a value: `with_result` returns the next one. What it has worked out is shared
between the two, as far as it is the same for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from lecture.base.errors import CollectError, FreezeError
from lecture.base.memory import Memory
from lecture.base.project import Project
from lecture.book.change import Change
from lecture.book.judge import Judge
from lecture.book.record import Found, Frozen, Record, joined
from lecture.book.shelf import Shelf
from lecture.book.status import Status, Wanted
from lecture.collect.artefact import Artefact, Place
from lecture.collect.cases import case_text
from lecture.collect.code import Code, artefact_code
from lecture.collect.collection import Collection
from lecture.collect.links import Links

Standing = tuple[Status, Frozen | None]


@dataclass(frozen=True)
class Book:
    """Modules, artefacts, frozen results, and how they stand to each other."""

    project: Project
    collection: Collection
    links: Links
    judge: Judge
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

    @property
    def runs(self) -> Mapping[Place, Artefact]:
        return self.collection.runs

    @property
    def shelf(self) -> Shelf:
        return self.judge.shelf

    @property
    def orphans(self) -> tuple[Place, ...]:
        """The results that no experiment of today owns, where that can be known."""
        return self.judge.orphans.places

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

    def is_red(self, place: Place) -> bool:
        """Tell whether a result cannot be trusted as it is, or has no experiment."""
        return place not in self.runs or self.status(self.runs[place]).is_red

    def frozen(self, place: Place) -> Frozen | None:
        """Return today's cases of an experiment, as far as there are results of them.

        Results that are no longer good are among them; `status` tells which.
        """
        return self._standing(place)[1] if place in self.runs else None

    def received(self, artefact: Artefact) -> dict[str, Any]:
        """Return the values that an artefact receives, as far as there are any."""
        found = {need: self.frozen(place) for need, place in artefact.needs.items()}
        return {need: frozen.value for need, frozen in found.items() if frozen}

    def reached(self, artefact: Artefact) -> Iterator[Place]:
        """Yield the experiments that an artefact rests on, directly or through others.

        One that it reaches on several ways comes several times.
        """
        for place in artefact.needs.values():
            yield place
            if place in self.runs:
                yield from self.reached(self.runs[place])

    def home(self, artefact: Artefact) -> Place:
        """Return where an artefact's result lies: elsewhere, if its code has moved."""
        status = self.status(artefact)
        if any(row.is_adopted for row in status.rows):
            found, _ = self.judge.orphans.by_key[status.wanted.key()]
            return found.place
        return artefact.place

    def spare(self, place: Place) -> tuple[Found, ...]:
        """Return the records of an experiment that no list of cases names today."""
        named = {case_text(case) for case in self.runs[place].rows}
        own = self._own(place)
        records = enumerate(own.records) if own else ()
        return tuple(
            (own, n) for n, r in records if own and case_text(r.case) not in named
        )

    def kept(self, place: Place) -> Frozen | None:
        """Return what the file of an experiment holds: today's cases, and the spare."""
        today = self.frozen(place)
        parts = (*(today.all() if today else ()), *self.spare(place))
        return joined(place, parts) if parts else None

    def with_result(self, place: Place, record: Record, result: Any) -> "Book":
        """Return the book in which a run has ended; a repeated run changes nothing."""
        before = self.kept(place)
        found = before.find(record.case) if before else ()
        if before and found and before.records[found[0][1]].repeats(record):
            return self
        after = before.with_record(record, result) if before else None
        new = after or Frozen(place, (record,), lambda: (result,))
        changed = self._dependants(place)
        standings = {p: s for p, s in self._standings.items() if p not in changed}
        fresh = {**self.fresh, place: new}
        around = self.judge.surroundings.after_writing(record.made.files)
        judge = replace(self.judge, surroundings=around)
        return replace(self, judge=judge, fresh=fresh, _standings=standings)

    def _dependants(self, place: Place) -> set[Place]:
        """Return an experiment and all that receive its result, directly or not."""
        found = [place]
        for one in found:  # grows on the way
            found += [p for p in self.collection.receivers(one) if p not in found]
        return set(found)

    def _code(self, artefact: Artefact) -> Code | CollectError:
        question = f"code {artefact.id} {self.collection.sheets.digest}"
        try:
            work = partial(artefact_code, self.links, artefact)
            return self.memory.recall(question, work)
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
            self._standings[place] = self._judged(self.runs[place])
        return self._standings[place]

    def _judged(self, artefact: Artefact) -> Standing:
        """Say of each case whether its result is good, and find what there is."""
        place, own = artefact.place, self._own(artefact.place)
        try:
            wanted = self.wanted(artefact)
        except CollectError as error:
            return Status(artefact, Wanted("", {}, {}, {}), (), error=error), own
        judged = [self.judge.row(place, wanted, case, own) for case in artefact.rows]
        waits_for = tuple(p for p in artefact.needs.values() if self.is_red(p))
        waits = tuple(Change("waits", needed.name) for needed in waits_for)
        rows = tuple(replace(row, changes=row.changes or waits) for row, _ in judged)
        parts = tuple(part for _, found in judged for part in found)
        status = Status(artefact, wanted, rows, waits_for)
        return status, joined(place, parts) if parts else None

"""Finished runs: what was measured, from what, and on which machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lecture.base.datasets import DataSet
from lecture.collect.artefact import Case, Place
from lecture.collect.cases import case_text
from lecture.collect.syntax import short_hash


@dataclass(frozen=True)
class Made:
    """How a result came about; most of it differs from one run to the next."""

    date: str  # "2026-11-21"
    seconds: float
    memory_mb: int
    hardware: str  # "AMD EPYC, 스레드 1개"
    versions: Mapping[str, str] = field(default_factory=dict)  # "keras" → "3.15.1"
    data: Mapping[str, DataSet] = field(default_factory=dict)  # "cifar10" → as loaded
    files: Mapping[str, str] = field(default_factory=dict)
    """Files below the project that were read: path from the root → digest."""


@dataclass(frozen=True)
class Record:
    """One finished run of an experiment, or of one of its cases."""

    key: str  # of all that the result depends on
    case: Case | None
    digest: str  # of the result alone
    code: Mapping[str, str]  # "runs.cifar10_linear.train" → digest
    knobs: Mapping[str, Any]  # defaults in force
    upstream: Mapping[str, str]  # experiment received → digest of its result
    made: Made
    is_intact: bool = True  # whether the file says what was written

    def repeats(self, other: "Record") -> bool:
        """Tell whether a run came out as another did, time and memory apart."""
        mine, theirs = (
            replace(r, made=replace(r.made, date="", seconds=0, memory_mb=0))
            for r in (self, other)
        )
        return mine == theirs


@dataclass(frozen=True)
class Frozen:
    """Runs of one experiment, in the order of its cases."""

    place: Place
    records: tuple[Record, ...]
    load: Callable[[], tuple[Any, ...]] = field(compare=False)

    @property
    def has_cases(self) -> bool:
        return any(record.case is not None for record in self.records)

    @cached_property
    def results(self) -> tuple[Any, ...]:
        """The result of each record."""
        return self.load()

    @property
    def seconds(self) -> float:
        """How long a run took, as a mean of all; 0 where there is none."""
        taken = [record.made.seconds for record in self.records]
        return sum(taken) / len(taken) if taken else 0.0

    @property
    def value(self) -> Any:
        """The result; with cases, a list of rows: case and result joined."""
        if not self.has_cases:
            return self.results[0]
        pairs = zip(self.records, self.results, strict=True)
        return [{**(record.case or {}), **result} for record, result in pairs]

    @cached_property
    def digest(self) -> str:
        """The digest of the value: the same cases and results, the same digest."""
        parts = (f"{case_text(r.case)} {r.digest}" for r in self.records)
        return short_hash("\n".join(parts))

    def all(self) -> "tuple[Found, ...]":
        """Return every record."""
        return tuple((self, position) for position in range(len(self.records)))

    def find(self, case: Case | None) -> "tuple[Found, ...]":
        """Return the record of a case, or nothing."""
        position = self._positions.get(case_text(case))
        return () if position is None else ((self, position),)

    def with_record(self, record: Record, result: Any) -> "Frozen":
        """Return these runs with one more, or with one in place of an earlier one."""
        results = dict(zip(map(_text, self.records), self.results, strict=True))
        records = {_text(r): r for r in self.records}
        results[_text(record)], records[_text(record)] = result, record
        values = tuple(results.values())
        return Frozen(self.place, tuple(records.values()), lambda: values)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {_text(r): n for n, r in enumerate(self.records)}


Found = tuple[Frozen, int]
"""A record: among which runs it lies, and at which position."""


def joined(place: Place, parts: tuple[Found, ...]) -> Frozen:
    """Return chosen records of several frozen results as those of one experiment."""
    return Frozen(
        place,
        tuple(frozen.records[n] for frozen, n in parts),
        lambda: tuple(frozen.results[n] for frozen, n in parts),
    )


def _text(record: Record) -> str:
    return case_text(record.case)

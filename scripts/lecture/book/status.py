"""How an experiment stands: which of its cases have a result that is good."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lecture.base.errors import CollectError
from lecture.book.change import Change
from lecture.collect.artefact import Artefact, Case, Place
from lecture.collect.cases import case_name
from lecture.collect.syntax import canonical_json, short_hash


@dataclass(frozen=True)
class Wanted:
    """What an artefact's result depends on, before it is run."""

    code_key: str
    code: Mapping[str, str]  # definition → digest: for reasons alone
    knobs: Mapping[str, Any]
    upstream: Mapping[str, str]  # parameter → digest of the result received

    def key(self, case: Case | None = None) -> str:
        """Return the digest that alone says whether a frozen result is good.

        Values are compared as JSON writes them, so 3 is not 3.0.
        """
        knobs = {**self.knobs, **(case or {})}
        return short_hash(canonical_json([self.code_key, knobs, self.upstream]))


@dataclass(frozen=True)
class Row:
    """One case of an experiment: good where nothing has changed."""

    case: Case | None
    changes: tuple[Change, ...] = ()
    is_adopted: bool = False  # its record lies where an earlier name left it

    @property
    def is_stale(self) -> bool:
        return bool(self.changes)


@dataclass(frozen=True)
class Status:
    """One experiment or lab as it stands."""

    artefact: Artefact
    wanted: Wanted
    rows: tuple[Row, ...]
    waits_for: tuple[Place, ...] = ()  # experiments received that are themselves stale
    error: CollectError | None = None  # why nothing can be said, or run

    @property
    def stale(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_stale)

    @property
    def is_red(self) -> bool:
        """Whether the result cannot be trusted as it is."""
        return bool(self.stale or self.waits_for or self.error)


@dataclass(frozen=True)
class Task:
    """One run to be done: an experiment, one case of it, or a lab; and why."""

    artefact: Artefact
    wanted: Wanted
    case: Case | None
    changes: tuple[Change, ...] = ()

    @property
    def id(self) -> str:
        """The task's name as an author sees it: `page.experiment_fit(lr=0.1)`."""
        return f"{self.artefact.id}{case_name(self.case)}"


def tasks_of(status: Status) -> tuple[Task, ...]:
    """Return the runs that an experiment needs."""
    return tuple(
        Task(status.artefact, status.wanted, row.case, row.changes)
        for row in status.stale
    )

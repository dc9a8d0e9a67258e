"""The shelf: every results file of a project, each read and parsed at most once."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lecture.base.errors import FreezeError, in_words
from lecture.base.files import digest_of
from lecture.base.memory import Memory
from lecture.base.project import Project
from lecture.book.record import Frozen, Record
from lecture.book.results import parse_results
from lecture.collect.artefact import Place

Parsed = tuple[tuple[Record, ...], list[Any]]


@dataclass(frozen=True)
class ResultsFile:
    """One file, as it was when it was first asked for."""

    place: Place
    path: Path  # from the project's root, for messages
    content: bytes
    memory: Memory | None

    @cached_property
    def frozen(self) -> Frozen:
        """What the file holds; raises FreezeError where it is no results file."""
        return Frozen(self.place, self._records, lambda: tuple(self._parsed[1]))

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        if self.memory is None:
            return self._parsed[0]
        question = f"{self.path} {digest_of(self.content)}"
        return self.memory.recall(question, lambda: self._parsed[0])

    @property
    def _parsed(self) -> Parsed:
        if isinstance(self._outcome, FreezeError):
            raise self._outcome
        return self._outcome

    @cached_property
    def _outcome(self) -> Parsed | FreezeError:
        try:
            return parse_results(self.content, self.path)
        except FreezeError as error:
            return error


@dataclass(frozen=True)
class Shelf:
    """The results of a project by their places."""

    project: Project
    memory: Memory | None = None
    _read: dict[Place, ResultsFile | None] = field(default_factory=dict)

    def path(self, place: Place) -> Path:
        """Return where the results of an experiment are kept."""
        return self.project.results / place.page / f"{place.name}.json"

    def find(self, place: Place) -> Frozen | None:
        """Return what is frozen of an experiment, or None where nothing is.

        Raises FreezeError for a file that is not a results file.
        """
        if place not in self._read:
            self._read[place] = self._file(place)
        found = self._read[place]
        return found.frozen if found else None

    def _file(self, place: Place) -> ResultsFile | None:
        path = self.path(place)
        shown = self.project.relative(path)
        try:
            return ResultsFile(place, shown, path.read_bytes(), self.memory)
        except FileNotFoundError:
            return None
        except OSError as error:
            told = in_words(error)
            raise FreezeError(told.message, path=shown, hint=told.hint) from None

    def is_results(self, place: Place) -> bool:
        """Tell whether a file can be read as results: nothing else is ever removed."""
        try:
            return self.find(place) is not None
        except FreezeError:
            return False

    @cached_property
    def places(self) -> frozenset[Place]:
        """The places that have a file, whether an experiment owns it or not."""
        folder = self.project.results
        found = (path.relative_to(folder) for path in folder.rglob("*.json"))
        return frozenset(
            Place(path.parent.as_posix(), path.stem)
            for path in found
            if not any(part.startswith(".") for part in path.parts)
        )

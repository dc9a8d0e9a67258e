"""How to run: what an author may choose on the command line."""

from collections.abc import Callable
from dataclasses import dataclass

import psutil

from lecture.collect.artefact import Artefact, Place
from lecture.task.job import Event

OnEvent = Callable[[Event], None]


@dataclass(frozen=True)
class Settings:
    """What is run, and with how much of the machine."""

    workers: int
    pages: frozenset[str] = frozenset()  # empty is every page
    forced: frozenset[Place] = frozenset()  # run again, whether stale or not
    cold: bool = False
    seed_shift: int = 0
    places: frozenset[Place] | None = None  # these runs alone; None is all of the pages
    patience: float | None = None  # seconds a run may take, whatever its module says

    def wants(self, artefact: Artefact) -> bool:
        """Tell whether an artefact, or its page, was asked for."""
        if self.places is not None and artefact.place not in self.places:
            return False
        return not self.pages or artefact.page in self.pages

    @property
    def memory_limit_mb(self) -> int:
        """A task's share of four fifths of the machine."""
        return int(psutil.virtual_memory().total * 0.8 / self.workers) >> 20

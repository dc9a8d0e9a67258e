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

    def wants(self, artefact: Artefact) -> bool:
        """Tell whether an artefact's page was asked for."""
        return not self.pages or artefact.page in self.pages

    @property
    def memory_limit_mb(self) -> int:
        """A task's share of four fifths of the machine."""
        return int(psutil.virtual_memory().total * 0.8 / self.workers) >> 20

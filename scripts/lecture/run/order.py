"""The order of runs: each experiment as soon as all that it receives is there."""

from collections import deque
from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter

from lecture.book.status import Task
from lecture.collect.artefact import Artefact, Place

Begin = Callable[[Artefact], tuple[Task, ...] | None]
"""The tasks of an experiment whose turn has come; None where it cannot run at all."""


class Order:
    """Hands out tasks one by one; whoever receives from a failed one never comes."""

    def __init__(self, runs: Mapping[Place, Artefact], begin: Begin) -> None:
        self._runs = runs
        self._begin = begin
        self._ready: deque[Task] = deque()
        self._open: dict[Place, set[str]] = {}  # experiment → its tasks not yet ended
        needs = {p: {*a.needs.values()} & {*runs} for p, a in runs.items()}
        self._sorter = TopologicalSorter(needs)
        self._sorter.prepare()

    def take(self) -> Task | None:
        """Return the next task that waits for nothing, if there is one now."""
        while not self._ready and (places := self._sorter.get_ready()):
            for place in places:
                tasks = self._begin(self._runs[place])
                if tasks is not None:
                    self._open[place] = {task.id for task in tasks}
                    self._ready += tasks
                    self._close(place)
        return self._ready.popleft() if self._ready else None

    def done(self, task: Task) -> None:
        """Note that a task has given its result."""
        place = task.artefact.place
        self._open[place].discard(task.id)
        self._close(place)

    def _close(self, place: Place) -> None:
        if not self._open[place]:
            self._sorter.done(place)

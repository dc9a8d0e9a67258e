"""The libraries' own defaults: how far numbers move there, and whether claims hold."""

from collections.abc import Iterator
from typing import Any

from lecture.book.book import Book
from lecture.run.bare import bare
from lecture.run.executor import Executor
from lecture.run.reseed import Aside, run_aside
from lecture.run.settings import OnEvent, Settings


def defaults_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> tuple[Aside, dict[str, float]]:
    """Run experiments bare, without the variables that runs are given; check claims.

    Return also by experiment how far its numbers are from the frozen ones at most, as a
    share of the greater; those that have not moved are left out. Raises LectureError
    where there is no claim to check.
    """
    run = bare(settings.workers, ours=False)
    other, found = run_aside(book, "defaults", settings, execute, on_event, run)
    return found, dict(_moves(book, other))


def _moves(book: Book, other: Book) -> Iterator[tuple[str, float]]:
    for artefact in (a for a in other.artefacts if a.kind == "experiment"):
        ours, theirs = book.frozen(artefact.place), other.frozen(artefact.place)
        if not ours or not theirs or book.code(artefact).reads_clock:
            continue
        if share := max(_shares(ours.value, theirs.value), default=0.0):
            yield artefact.id, share


def _shares(ours: Any, theirs: Any) -> Iterator[float]:
    """Yield by how much the numbers at each place differ, as a share of the greater."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() & theirs.keys():
            yield from _shares(ours[key], theirs[key])
    elif isinstance(ours, list) and isinstance(theirs, list):
        for one, other in zip(ours, theirs, strict=False):
            yield from _shares(one, other)
    elif isinstance(ours, int | float) and isinstance(theirs, int | float):
        greater = max(abs(ours), abs(theirs))
        yield abs(ours - theirs) / greater if greater else 0.0

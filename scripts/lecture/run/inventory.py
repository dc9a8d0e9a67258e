"""The inventory: how every artefact of a book stands, and what its last run cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lecture.base.errors import CollectError
from lecture.base.products import Verdict
from lecture.book.book import Book
from lecture.book.drawing_times import load_times
from lecture.book.manifest import Manifest, load_manifest
from lecture.book.status import Status, Task
from lecture.collect.artefact import Artefact
from lecture.run.drawings import drawing_key, is_current

State = Literal[
    "fresh",  # good as it is
    "adopted",  # likewise; its result lies where an earlier name has left it
    "stale",  # to be run or drawn again
    "waiting",  # it rests on a result that is not good
    "missing",  # never run or drawn
    "refuted",  # a claim that does not hold
    "unreadable",  # its code cannot be followed, or its result cannot be read
]
_NEW = {"missing", "new case"}


@dataclass(frozen=True)
class Entry:
    """One artefact as it stands."""

    artefact: Artefact
    state: State
    runs: int = 1  # one a case
    runs_due: int = 0  # of them, those to be done again
    seconds: float | None = None  # that the last runs took together; None: unknown


def inventory(book: Book) -> Iterator[Entry]:
    """Yield every artefact that can be collected, page by page."""
    manifest, times = load_manifest(book.project), load_times(book.project)
    for artefact in book.artefacts:
        if artefact.is_run:
            yield _of_run(book, book.status(artefact))
        else:
            state = _drawn_state(book, artefact, manifest)
            yield Entry(artefact, state, seconds=times.get(artefact.id))


def _of_run(book: Book, status: Status) -> Entry:
    frozen = book.frozen(status.artefact.place)
    seconds = [record.made.seconds for record in frozen.records] if frozen else []
    cost = round(sum(seconds), 2) if seconds else None
    state, rows = _run_state(status), len(status.artefact.rows)
    return Entry(status.artefact, state, rows, len(status.stale), cost)


def _run_state(status: Status) -> State:
    if status.error:
        return "unreadable"
    if not status.stale:
        return "adopted" if any(row.is_adopted for row in status.rows) else "fresh"
    kinds = {change.kind for row in status.stale for change in row.changes}
    if "unreadable" in kinds:
        return "unreadable"
    if kinds <= {"waits"}:
        return "waiting"
    is_new = kinds <= _NEW and len(status.stale) == len(status.rows)
    return "missing" if is_new else "stale"


def _drawn_state(book: Book, artefact: Artefact, manifest: Manifest) -> State:
    try:
        key = drawing_key(Task(artefact, book.wanted(artefact), None))
    except CollectError:
        return "unreadable"
    drawn = manifest.get(artefact.id)
    if drawn is None:
        return "missing"
    if any(book.is_red(place) for place in artefact.needs.values()):
        return "waiting"
    if not is_current(book, artefact, drawn, key):
        return "stale"
    is_refuted = isinstance(drawn.product, Verdict) and not drawn.product.holds
    return "refuted" if is_refuted else "fresh"

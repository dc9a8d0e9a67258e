"""Listing: every artefact with its state, its cost, and where it is shown."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.cli.as_json import list_document
from lecture.cli.choosing import chosen_pages
from lecture.publish.faults import keep_known
from lecture.publish.pages import doc_pages
from lecture.publish.provenance import duration
from lecture.publish.shown_places import Spot, Spots, shown_places
from lecture.run.inventory import Entry, inventory

_KINDS = {
    "experiment": "실험",
    "lab": "실습",
    "figure": "그림",
    "frames": "장면",
    "table": "표",
    "claim": "주장",
}
_STATES = {
    "fresh": "그대로",
    "adopted": "이어받음",
    "stale": "낡음",
    "waiting": "기다림",
    "missing": "없음",
    "refuted": "어긋남",
    "unreadable": "못 읽음",
}


def run_list(project: Project, pages: Sequence[str], *, as_json: bool) -> int:
    """Print the artefacts of pages, or of all, as a table or as JSON."""
    book = read_book(project)
    chosen_pages(book, pages)  # refuses what is no page
    chosen = (e for e in inventory(book) if not pages or e.artefact.page in pages)
    entries = sorted(chosen, key=_place)
    spots = shown_places(doc_pages(project), book.artefacts)
    keep_known(book)
    book.memory.save()
    faults = [f.error for f in book.collection.faults if not pages or f.page in pages]
    if as_json:
        document = list_document(project, entries, spots, faults)
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    for line in _lines(entries, spots):
        print(line)
    if faults:
        print(f"읽지 못한 것이 {len(faults)}개 있습니다: python scripts/build.py check")
    return 0


def _lines(entries: Sequence[Entry], spots: Spots) -> Iterator[str]:
    for page, group in groupby(entries, lambda entry: entry.artefact.page):
        rows = [_row(entry, spots[entry.artefact.id]) for entry in group]
        widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
        yield page
        yield from (
            "  " + "  ".join(map(_padded, row, widths)).rstrip() for row in rows
        )
    seconds = sum(entry.seconds or 0 for entry in entries)
    yield f"모두 {len(entries)}개, 지난번에 걸린 시간은 {duration(seconds)}입니다."


def _place(entry: Entry) -> tuple[str, int]:
    return entry.artefact.page, [*_KINDS].index(entry.artefact.kind)


def _row(entry: Entry, spots: Sequence[Spot]) -> tuple[str, ...]:
    state = _STATES[entry.state]
    if entry.runs_due and entry.runs > 1:
        state = f"{state} {entry.runs_due}/{entry.runs}"
    cost = "–" if entry.seconds is None else duration(entry.seconds)
    artefact = entry.artefact
    return _KINDS[artefact.kind], artefact.name, state, cost, _shown(spots)


def _shown(spots: Sequence[Spot]) -> str:
    if not spots:
        return "아무 쪽에도 없음"
    (path, line), *others = spots
    place = f"{path.as_posix()}:{line}" if line else path.as_posix()
    return f"{place} +{len(others)}" if others else place


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Return how many columns a text takes in a terminal, where Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

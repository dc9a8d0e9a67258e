"""Which pages have nothing new since they were published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lecture.base.errors import CollectError
from lecture.base.files import digest_of
from lecture.book.book import Book
from lecture.collect.artefact import Place
from lecture.publish.front import split
from lecture.publish.pages import DocPage, page_about
from lecture.publish.publish import LISTS
from lecture.run.drawings import Gallery
from lecture.run.edition import last_edition


@dataclass(frozen=True)
class _Today:
    book: Book
    gallery: Gallery
    pages: tuple[DocPage, ...]
    results: Mapping[Place, str]


class Newness:
    """Remembers of each page what it was published from."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def old(
        self, book: Book, gallery: Gallery, pages: tuple[DocPage, ...]
    ) -> frozenset[str]:
        """Return the pages that need not be published again, and remember today's."""
        results = {place: _result(book, place) for place in book.runs}
        today = _Today(book, gallery, pages, results)
        whole = [page for page in book.pages if page not in book.collection.broken]
        found = {page: _digest(_made_of(today, page)) for page in whole}
        found[LISTS] = _digest(_of_lists(today))
        # What the last build has published need not be published by a preview.
        before = self._known or (found if last_edition(book) else {})
        self._known = found
        return frozenset(page for page in found if before.get(page) == found[page])


def _digest(lines: Iterator[str]) -> str:
    return digest_of("\n".join(lines).encode())


def _made_of(today: _Today, page: str) -> Iterator[str]:
    """Yield all that is published of a page: its texts, code, results and drawings."""
    book = today.book
    about = page_about(today.pages, page)
    yield about.text + about.borrowed if about else ""
    try:
        modules = book.collection.modules_of(page)
    except CollectError as error:
        yield str(error)
        return
    yield from map(book.collection.sheets.text_digest, modules)
    for artefact in (a for a in book.artefacts if a.page == page):
        drawn = today.gallery.manifest.get(artefact.id)
        yield f"{artefact.id} {artefact.line} {drawn and drawn.key}"
        places = {artefact.place} if artefact.is_run else {*book.reached(artefact)}
        yield from sorted(today.results.get(place, "") for place in places)


def _of_lists(today: _Today) -> Iterator[str]:
    """Yield what the lists of runs, and of the source notes, are made of."""
    yield from today.results.values()
    for page in today.pages:
        yield f"{page.slug} {page.title} {sorted(page.included)} {split(page.text)[0]}"
    yield from (a.doc for a in today.book.artefacts if a.kind == "claim")
    sources = today.book.project.docs / "sources.toml"
    yield sources.read_text(encoding="utf-8") if sources.is_file() else ""


def _result(book: Book, place: Place) -> str:
    frozen = book.frozen(place)
    records = frozen.records if frozen else ()
    made = [(r.made.date, r.made.seconds, r.made.hardware) for r in records]
    red = book.is_red(place)
    return f"{place} {frozen and frozen.digest} {made} {red}"

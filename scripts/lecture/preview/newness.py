"""Which pages have nothing new since they were published."""

from collections.abc import Iterator

from lecture.base.errors import CollectError
from lecture.base.files import digest_of
from lecture.book.book import Book
from lecture.collect.artefact import Place
from lecture.publish.pages import DocPage, page_about
from lecture.run.drawings import Gallery


class Newness:
    """Remembers of each page what it was published from."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def old(
        self, book: Book, gallery: Gallery, pages: tuple[DocPage, ...]
    ) -> frozenset[str]:
        """Return the pages that need not be published again, and remember today's."""
        before = self._known
        self._known = {
            page: _digest([*_made_of(book, gallery, pages, page)])
            for page in book.pages
            if page not in book.collection.broken
        }
        same = {page for page, what in self._known.items() if before.get(page) == what}
        return frozenset(same)


def _digest(lines: list[str]) -> str:
    return digest_of("\n".join(lines).encode())


def _made_of(
    book: Book, gallery: Gallery, pages: tuple[DocPage, ...], page: str
) -> Iterator[str]:
    """Yield all that is published of a page: its texts, code, results and drawings."""
    about = page_about(pages, page)
    yield about.text + about.borrowed if about else ""
    sheets = book.collection.sheets
    try:
        modules = book.collection.modules_of(page)
    except CollectError as error:
        yield str(error)
        return
    yield from (sheets.text_digest(module) for module in modules)
    for artefact in (a for a in book.artefacts if a.page == page):
        drawn = gallery.manifest.get(artefact.id)
        yield f"{artefact} {drawn and drawn.key}"
        places = {artefact.place} if artefact.is_run else {*book.reached(artefact)}
        yield from (_result(book, place) for place in sorted(places, key=str))


def _result(book: Book, place: Place) -> str:
    frozen = book.frozen(place)
    made = [record.made for record in frozen.records] if frozen else []
    red = place not in book.runs or book.status(book.runs[place]).is_red
    return f"{place} {frozen and frozen.digest} {made} {red}"

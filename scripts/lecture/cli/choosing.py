"""From the words of a command line to pages and experiments."""

from collections.abc import Sequence

from lecture.base.errors import LectureError, suggest
from lecture.book.book import Book
from lecture.collect.artefact import Place

COMMANDS = (
    "build",
    "check",
    "diff",
    "draw",
    "explain",
    "list",
    "new",
    "parity",
    "reseed",
    "site",
    "smoke",
    "tidy",
)


def chosen_pages(book: Book, names: Sequence[str]) -> frozenset[str]:
    """Return the pages named, and those whose results they receive; () means all.

    Raises LectureError for a name that is no page.
    """
    for name in names:
        if name not in book.pages:
            hint = suggest(name, [*book.pages, *COMMANDS])
            raise LectureError(f"그런 쪽이나 명령이 없습니다: {name}", hint=hint)
    wanted = list(names)
    for page in wanted:  # grows on the way
        needs = (p for a in book.artefacts if a.page == page for p in a.needs.values())
        wanted += sorted({place.page for place in needs} - {*wanted})
    return frozenset(wanted)


def forced(book: Book, names: Sequence[str]) -> frozenset[Place]:
    """Return the experiments that `--rerun` names: page, page.experiment or all.

    Raises LectureError for a name that fits none.
    """
    chosen: set[Place] = set()
    for name in names:
        fits = {
            place
            for place, artefact in book.runs.items()
            if name in ("all", place.page, str(place), artefact.id)
        }
        if not fits:
            possible = [*book.pages, *map(str, book.runs)]
            hint = suggest(name, possible)
            raise LectureError(f"다시 실행할 것이 없습니다: {name}", hint=hint)
        chosen |= fits
    return frozenset(chosen)

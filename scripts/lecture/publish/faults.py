"""What is wrong on pages, told at once where nothing has changed since all was right.

The checks read every page; so that they need not be done again, a memory keeps the
digest of all that they have read, if nothing was wrong.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lecture.base.errors import PageError
from lecture.base.files import digest_of, digest_of_all
from lecture.book.book import Book
from lecture.collect.artefact import Artefact

if TYPE_CHECKING:
    from lecture.publish.pages import DocPage

    Pages = tuple[DocPage, ...]

_MARK = "8<-"  # of pymdownx.snippets
_TEXTS = (".md", ".toml", ".yml")


def page_faults(
    book: Book, digest: str, pages: "Pages | None" = None
) -> tuple[PageError, ...]:
    """Return what is wrong on pages, as far as it can be told without any result.

    digest: that of today's pages, which are read where they are not given.
    """
    question = f"pages {digest}"
    if book.memory.knows(question):
        return ()
    # Only now, for the checks bring MkDocs' reader of YAML and every pattern there is.
    from lecture.publish.page_checks import page_errors
    from lecture.publish.pages import doc_pages

    pages = pages or doc_pages(book.project)
    found = tuple(page_errors(book.project, pages, book.artefacts))
    if not found:
        book.memory.recall(question, lambda: True)
    return found


def unshown_artefacts(
    book: Book, digest: str, pages: "Pages | None" = None
) -> tuple[Artefact, ...]:
    """Return the figures, tables and claims that no page includes."""
    ids = book.memory.recall(f"unshown {digest}", lambda: _unshown(book, pages))
    return tuple(artefact for artefact in book.artefacts if artefact.id in ids)


def keep_known(book: Book) -> None:
    """Keep what is remembered of the checks, where a command does not ask for it."""
    digest = pages_digest(book)
    for question in (f"pages {digest}", f"unshown {digest}"):
        book.memory.knows(question)


def _unshown(book: Book, pages: "Pages | None") -> tuple[str, ...]:
    from lecture.publish.page_checks import unshown
    from lecture.publish.pages import doc_pages

    pages = pages or doc_pages(book.project)
    return tuple(a.id for a in unshown(pages, book.artefacts))


def pages_digest(book: Book) -> str:
    """Return the digest of all that the checks of pages read.

    Of modules that is what they declare and what pages may include, and of labs all:
    a plot in another colour has no page checked again.
    """
    declared = map(repr, book.artefacts)
    names = book.collection.sheets
    lines = [_engine(), *names, *declared, *_modules(book), *_files(book)]
    return digest_of("\n".join(lines).encode())


def _modules(book: Book) -> Iterator[str]:
    """Yield what pages see of modules: marks of sections, and the cells of labs."""
    sheets = book.collection.sheets
    for name in sheets:
        marked = enumerate(sheets.lines(name))
        yield from (f"{name} {n} {line}" for n, line in marked if _MARK in line)
    labs = (artefact.module for artefact in book.artefacts if artefact.kind == "lab")
    yield from map(sheets.text_digest, labs)


def _files(book: Book) -> Iterator[str]:
    """Yield the files that the checks read, texts by their digests."""
    settings = book.project.root / "mkdocs.yml"
    for path in (*([settings] if settings.is_file() else []), *book.project.written()):
        text = path.suffix in _TEXTS
        what = digest_of(path.read_bytes()) if text else str(path.stat().st_size)
        yield f"{path} {path.resolve()} {what}"


@cache
def _engine() -> str:
    room = sorted(Path(__file__).parent.glob("*.py"))
    return digest_of_all(room)

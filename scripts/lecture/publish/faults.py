"""What is wrong on pages, told at once where nothing has changed since all was right.

The checks read every page; so that they need not be done again, a memory keeps the
digest of all that they have read, if nothing was wrong.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lecture.base.errors import PageError
from lecture.base.files import digest_of
from lecture.book.book import Book
from lecture.collect.artefact import Artefact

_TEXTS = (".md", ".toml", ".yml")


def page_faults(book: Book, digest: str) -> tuple[PageError, ...]:
    """Return what is wrong on pages, as far as it can be told without any result.

    digest: that of today's pages.
    """
    question = f"pages {digest}"
    if book.memory.knows(question):
        return ()
    # Only now, for the checks bring MkDocs' reader of YAML and every pattern there is.
    from lecture.publish.page_checks import page_errors
    from lecture.publish.pages import doc_pages

    found = tuple(page_errors(book.project, doc_pages(book.project), book.artefacts))
    if not found:
        book.memory.recall(question, lambda: True)
    return found


def unshown_artefacts(book: Book, digest: str) -> tuple[Artefact, ...]:
    """Return the figures, tables and claims that no page includes."""
    ids = book.memory.recall(f"unshown {digest}", lambda: _unshown(book))
    return tuple(artefact for artefact in book.artefacts if artefact.id in ids)


def keep_known(book: Book) -> None:
    """Keep what is remembered of the checks, where a command does not ask for it."""
    digest = pages_digest(book)
    for question in (f"pages {digest}", f"unshown {digest}"):
        book.memory.knows(question)


def _unshown(book: Book) -> tuple[str, ...]:
    from lecture.publish.page_checks import unshown
    from lecture.publish.pages import doc_pages

    return tuple(a.id for a in unshown(doc_pages(book.project), book.artefacts))


def pages_digest(book: Book) -> str:
    """Return the digest of all that the checks of pages read."""
    lines = [_engine(), book.collection.sheets.digest, *_files(book)]
    return digest_of("\n".join(lines).encode())


def _files(book: Book) -> Iterator[str]:
    """Yield the files that the checks read, texts by their digests."""
    docs = book.project.docs
    files = [book.project.root / "mkdocs.yml", *sorted(docs.rglob("*"))]
    for path in files:
        if path.is_relative_to(book.project.generated) or not path.is_file():
            continue
        text = path.suffix in _TEXTS
        what = digest_of(path.read_bytes()) if text else str(path.stat().st_size)
        yield f"{path} {path.resolve()} {what}"


@cache
def _engine() -> str:
    room = sorted(Path(__file__).parent.glob("*.py"))
    return digest_of(b"".join(path.read_bytes() for path in room))

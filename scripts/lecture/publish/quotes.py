"""Quotes: the sentences whose bound numbers are others than they were.

A sentence is looked at as it stands today, with the values of two books.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from lecture.base.errors import LectureError, PageError
from lecture.base.particles import particle
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.moves import held
from lecture.collect.artefact import Artefact, Place
from lecture.publish.front import without_front
from lecture.publish.numbers import Values, measured, printed
from lecture.publish.pages import read_page
from lecture.publish.sentences import Quote, Sentence, ends, tidied
from lecture.publish.tokens import Token, found_tokens, line_of


@dataclass(frozen=True)
class Quotes:
    """What prose shows of the values that have moved."""

    sentences: tuple[Sentence, ...]
    unseen: frozenset[str]  # names of values that moved, and are printed as they were


@dataclass(frozen=True)
class _Text:
    page: str
    path: Path
    text: str
    line: int = 0  # where it stands; 0 for a text whose own lines tell


@dataclass(frozen=True)
class _Bound:
    """A token, and how each book prints it; None where it has no such value."""

    match: re.Match[str]
    token: Token
    old: str | None
    new: str | None
    moved: bool

    @property
    def name(self) -> str:
        return ".".join((self.token.source, *self.token.keys))

    @property
    def part(self) -> str | Quote:
        if self.new is None:
            return self.token.raw
        same = self.old in (None, self.new)
        return self.new if same else Quote(self.name, self.old or "", self.new)

    @property
    def rest(self) -> str:
        """What is joined to the number, with the particle that fits it today."""
        follower = self.match["follower"] or ""
        return self.match["gap"] + particle(self.new or "", follower)


def quotes(before: Book, after: Book, pages: frozenset[str] = frozenset()) -> Quotes:
    """Find the sentences of today that read otherwise with the earlier values.

    pages: where they stand, or whose values they quote; none named are all.
    """
    project, values = after.project, (_values(before), _values(after))
    sentences, moved = list[Sentence](), set[str]()
    for text in (*_pages(project), *_docstrings(project, after.artefacts)):
        found = [_bound(m, t, *values) for m, t in found_tokens(text.text)]
        sentences += (one for one in _sentences(text, found) if one.is_of(pages))
        chosen = (b for b in found if not pages or {text.page, b.token.page} & pages)
        moved |= {bound.name for bound in chosen if bound.moved}
    parts = (part for one in sentences for part in one.parts)
    seen = {part.name for part in parts if isinstance(part, Quote)}
    return Quotes(tuple(sentences), frozenset(moved - seen))


def _values(book: Book) -> Values:
    @cache
    def value(page: str, experiment: str) -> object:
        frozen = held(book, Place(page, experiment))
        if frozen is None:
            raise PageError(f"`{page}.{experiment}`의 결과가 없습니다.")
        return frozen.value

    return value


def _pages(project: Project) -> Iterator[_Text]:
    """Yield what is written by hand below docs/, also what pages only include."""
    for path in project.written(".md"):
        page = path.relative_to(project.docs).with_suffix("").as_posix()
        yield _Text(page, project.relative(path), without_front(read_page(path)))


def _docstrings(project: Project, artefacts: tuple[Artefact, ...]) -> Iterator[_Text]:
    for one in (a for a in artefacts if not a.is_run):
        yield _Text(one.page, project.relative(one.path), one.doc, one.line)


def _bound(match: re.Match[str], token: Token, before: Values, after: Values) -> _Bound:
    (was, old), (now, new) = _looked_up(before, token), _looked_up(after, token)
    moved = None not in (old, new) and was != now
    return _Bound(match, token, old, new, moved)


def _looked_up(values: Values, token: Token) -> tuple[object, str | None]:
    try:
        value = measured(values, token)
        return value, printed(value, token)
    except LectureError:
        return None, None


def _sentences(text: _Text, found: list[_Bound]) -> Iterator[Sentence]:
    """Yield the sentences of a text that hold a changed number."""
    if all(isinstance(bound.part, str) for bound in found):
        return
    borders = ends(text.text)
    for n, group in groupby(found, lambda one: bisect(borders, one.match.start())):
        parts, changed = list[str | Quote](), list[int]()
        start = borders[n - 1] if n else 0
        for bound in group:
            place = bound.match.start()
            parts += [text.text[start:place], bound.part, bound.rest]
            changed += [place] if isinstance(bound.part, Quote) else []
            start = bound.match.end()
        if changed:
            line = text.line or line_of(text.text, changed[0])
            whole = tidied((*parts, text.text[start : borders[n]]))
            yield Sentence(text.page, text.path, line, whole)

"""Pages: what they ask for must exist, and be bound, before anybody renders them.

All that can be told without results is told in a second, before anything is run.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.collect.source import page_of, source_paths
from lecture.publish.anchors import anchor_errors, anchors_of, script_errors
from lecture.publish.boxes import box_errors
from lecture.publish.front import front_errors
from lecture.publish.headings import heading_errors, name_errors
from lecture.publish.includes import include_errors
from lecture.publish.names import experiment_error, fragment_names
from lecture.publish.numbers import Values, value_errors
from lecture.publish.pages import DocPage, read_page
from lecture.publish.rows import row_errors
from lecture.publish.sources import (
    item_errors,
    items,
    listing_errors,
    place_errors,
    places,
)
from lecture.publish.symlinks import symlink_errors
from lecture.publish.terms import glossary_errors
from lecture.publish.tokens import Token, line_of, token_errors, tokens

Artefacts = tuple[Artefact, ...]
_LOST = "\N{REPLACEMENT CHARACTER}"


def page_errors(
    project: Project, pages: tuple[DocPage, ...], artefacts: Artefacts
) -> Iterator[PageError]:
    """Yield what is wrong on pages, as far as it can be told without any result."""
    known = items(project)
    modules = _modules(project, artefacts)
    drawn = fragment_names(modules, artefacts, {item.section for item in known})
    anchors = anchors_of(pages, artefacts, (item.id for item in known))
    for page in pages:
        for error in _errors_of(page, project, artefacts, drawn):
            place = error.path or page.path
            yield _placed(error, place, error.line)
        for error in (
            *_token_errors(page.body, modules, artefacts),
            *anchor_errors(page, anchors),
            *script_errors(page.body),
        ):
            yield _placed(error, page.path, error.line)
    for artefact in (a for a in artefacts if not a.is_run):
        for error in (
            *_token_errors(artefact.doc, modules, artefacts),
            *script_errors(artefact.doc),
        ):
            yield _placed(error, project.relative(artefact.path), artefact.line)
    yield from box_errors(project, pages, artefacts)
    yield from _glossary_errors(project)
    yield from item_errors(project)
    yield from place_errors(project, known, places(pages, artefacts))
    yield from symlink_errors(project)


def bound_errors(
    project: Project,
    pages: tuple[DocPage, ...],
    artefacts: Artefacts,
    values: Values,
) -> Iterator[PageError]:
    """Yield the tokens whose key or format the results do not have.

    What `page_errors` tells is not told again.
    """
    modules = _modules(project, artefacts)
    told = {
        token.source
        for text in (*(page.body for page in pages), *(a.doc for a in artefacts))
        for token in tokens(text)
        if experiment_error(token, modules, artefacts)
    }
    for page in pages:
        for error in value_errors(page.body, values, but=told):
            yield _placed(error, page.path, error.line)
    for artefact in (a for a in artefacts if not a.is_run):
        for error in value_errors(artefact.doc, values, but=told):
            yield _placed(error, project.relative(artefact.path), artefact.line)


def unshown(pages: tuple[DocPage, ...], artefacts: Iterable[Artefact]) -> Artefacts:
    """Return the figures, tables and claims that no page includes."""
    shown = {name for page in pages for name in page.included}
    return tuple(a for a in artefacts if not a.is_run and (a.page, a.name) not in shown)


def _modules(project: Project, artefacts: Artefacts) -> frozenset[str]:
    pages = (page_of(name) for name in source_paths(project.snippets))
    return frozenset((*pages, *(artefact.page for artefact in artefacts)))


def _errors_of(
    page: DocPage, project: Project, artefacts: Artefacts, drawn: frozenset[str]
) -> Iterator[PageError]:
    """Yield what is wrong on one page, with its line."""
    if _LOST in page.text:
        line = line_of(page.text, page.text.index(_LOST))
        hint = "편집기에서 UTF-8로 저장합니다."
        yield PageError("UTF-8로 읽을 수 없는 글자가 있습니다.", line=line, hint=hint)
    yield from front_errors(page.text)
    yield from include_errors(page.body, project, drawn)
    yield from page.coverage.unbound
    yield from row_errors(page.body)
    yield from heading_errors(page)
    yield from name_errors(page, artefacts)
    yield from listing_errors(page)


def _token_errors(
    text: str, modules: frozenset[str], artefacts: Artefacts
) -> Iterator[PageError]:
    malformed, found = _tokens(text)
    yield from malformed
    for token in found:
        if error := experiment_error(token, modules, artefacts):
            yield error


@lru_cache(maxsize=1024)  # in a preview, most texts are those of a moment ago
def _tokens(text: str) -> tuple[tuple[PageError, ...], tuple[Token, ...]]:
    """Return what is wrong with a text's tokens by itself, and the tokens."""
    return tuple(token_errors(text)), tuple(tokens(text))


def _glossary_errors(project: Project) -> Iterator[PageError]:
    path = project.docs / "glossary.md"
    if path.is_file():
        yield from glossary_errors(read_page(path), str(project.relative(path)))


def _placed(error: PageError, place: Path | str, line: int | None) -> PageError:
    return PageError(error.message, path=place, line=line, hint=error.hint)

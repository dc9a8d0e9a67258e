"""What the source notes held, item by item, and where the site treats each item.

docs/sources.toml lists the items by number. A page says in its front matter which of
its sections treats which items; a claim says in its docstring which ones it judges:

    sources:                     원문: (C04, C05) Sigmoid는 계산이 많아서 …
      vanishing-gradient: [T08]  판정: 조건부
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.utils.meta import get_data

from lecture.base.errors import PageError, suggest
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.collect.docstring import parse_docstring
from lecture.publish.pages import DocPage, line_beginning

SECTIONS = {
    "topics": "주제",
    "figures": "그림",
    "claims": "주장",
    "definitions": "정의",
    "programs": "프로그램",
    "numbers": "숫자",
    "errors": "잘못",
}
JUDGED = "claims"  # the section whose items need a verdict


@dataclass(frozen=True)
class Item:
    """One topic, figure or sentence of the source notes."""

    id: str  # "C04"
    section: str  # one of SECTIONS
    text: str  # in our own words
    line: int  # in docs/sources.toml


@dataclass(frozen=True)
class Place:
    """Where the site treats an item."""

    item: str  # its id
    page: DocPage
    anchor: str  # id of a section, or of a claim
    verdict: str  # "" where the place is a section
    path: Path  # the file and line that say so
    line: int


def registry(project: Project) -> Path:
    """Return the file that lists the items."""
    return project.docs / "sources.toml"


def items(project: Project) -> tuple[Item, ...]:
    """Return every item in the order of the file; none where there is no file.

    PageError where the file cannot be read or names a section of its own.
    """
    path = registry(project)
    if not path.exists():
        return ()
    text = path.read_text(encoding="utf-8")
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"읽을 수 없습니다: {error}"
        raise PageError(message, path=project.relative(path)) from None
    return tuple(_items(sections, text, project.relative(path)))


def _items(
    sections: dict[str, dict[str, str]], text: str, path: Path
) -> Iterator[Item]:
    for section, entries in sections.items():
        if section not in SECTIONS:
            line = line_beginning(text, rf"\[{section}\]")
            message = f"`[{section}]`: 모르는 갈래입니다."
            raise PageError(message, path=path, line=line, hint=suggest("", SECTIONS))
        for name, sentence in entries.items():
            yield Item(name, section, sentence, line_beginning(text, rf"{name}\s*="))


def places(
    pages: tuple[DocPage, ...], artefacts: Iterable[Artefact]
) -> tuple[Place, ...]:
    """Return where items are treated: verdicts first, then sections, by page."""
    judged = [place for a in artefacts for place in _judged(a, pages)]
    return (*judged, *(place for page in pages for place in _treated(page)))


def place_errors(
    project: Project, known: tuple[Item, ...], found: tuple[Place, ...]
) -> Iterator[PageError]:
    """Yield an error for each place that leads nowhere, and each item without one."""
    ids = {item.id for item in known}
    for place in found:
        if place.item not in ids:
            yield _error(f"`{place.item}`: 모르는 번호입니다.", place, ids)
        elif not place.verdict and place.anchor not in place.page.anchors:
            message = f"`sources:`의 `{place.anchor}`: 그런 절이 없습니다."
            yield _error(message, place, place.page.anchors)
    yield from _unplaced(project, known, found)


def _unplaced(
    project: Project, known: tuple[Item, ...], found: tuple[Place, ...]
) -> Iterator[PageError]:
    placed = {place.item for place in found}
    judged = {place.item for place in found if place.verdict}
    path = project.relative(registry(project))
    for item in known:
        if item.section == JUDGED and item.id not in judged:
            message = f"`{item.id}`: 이 문장을 판정한 주장이 없습니다."
            hint = f"주장의 설명글에 `원문: ({item.id}) …`과 `판정: …`을 적습니다."
            yield PageError(message, path=path, line=item.line, hint=hint)
        elif item.id not in placed:
            message = f"`{item.id}`: 어느 쪽에도 자리가 없습니다."
            hint = f"쪽의 머리말 `sources:`에 `절: [{item.id}]`처럼 적습니다."
            yield PageError(message, path=path, line=item.line, hint=hint)


def _error(message: str, place: Place, possible: Iterable[str]) -> PageError:
    wrong = place.item if place.item in message else place.anchor
    hint = suggest(wrong, possible)
    return PageError(message, path=place.path, line=place.line, hint=hint)


def _judged(artefact: Artefact, pages: tuple[DocPage, ...]) -> Iterator[Place]:
    """Yield the items that a claim judges, on the page that shows the claim."""
    shown = (artefact.page, artefact.name)
    page = next((page for page in pages if shown in page.included), None)
    if artefact.kind != "claim" or page is None:
        return
    doc = parse_docstring(artefact)
    path = Path("snippets") / artefact.path.name
    for name in doc.sources if doc.verdict else ():
        yield Place(name, page, artefact.name, doc.verdict, path, artefact.line)


def _treated(page: DocPage) -> Iterator[Place]:
    """Yield the items that a page's front matter gives to its sections."""
    listed = "\nsources:" in page.text
    entries = get_data(page.text)[1].get("sources", {}) if listed else {}
    for anchor, names in entries.items():
        line = line_beginning(page.text, rf"\s+{anchor}:")
        yield from (Place(name, page, anchor, "", page.path, line) for name in names)

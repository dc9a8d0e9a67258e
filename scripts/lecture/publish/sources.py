"""What the source notes held, item by item, and where the site treats each item.

docs/sources.toml lists the items by number. A page says in its front matter which of
its sections treats which items; a claim says in its docstring which ones it judges:

    sources:                     원문: (C04, C05) Sigmoid는 계산이 많아서 …
      vanishing-gradient: [T08]  판정: 조건부
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lecture.base.errors import PageError, suggest
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.collect.docstring import parse_docstring
from lecture.publish.pages import DocPage, line_beginning, read_page

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
class Treatment:
    """Where the site treats an item."""

    item: str  # its id
    page: DocPage
    anchor: str  # id of a section, or of a claim
    verdict: str  # "" where the place is a section
    said: str  # what the claim takes the item to say; "" where the place is a section
    path: Path  # the file and line that say so
    line: int


def registry(project: Project) -> Path:
    """Return the file that lists the items."""
    return project.docs / "sources.toml"


def items(project: Project) -> tuple[Item, ...]:
    """Return every item that can be read, in the order of the file."""
    found = _read(project)
    return tuple(item for item in found if isinstance(item, Item))


def item_errors(project: Project) -> tuple[PageError, ...]:
    """Return what is wrong in the file of items, with its line."""
    found = _read(project)
    return tuple(error for error in found if isinstance(error, PageError))


def _read(project: Project) -> tuple[Item | PageError, ...]:
    path = registry(project)
    if not path.exists():
        return ()
    place = project.relative(path)
    text = read_page(path)
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (PageError(f"읽을 수 없습니다: {error}", path=place),)
    return tuple(_items(sections, text, place))


def _items(
    sections: dict[str, Any], text: str, path: Path
) -> Iterator[Item | PageError]:
    for section, entries in sections.items():
        if section not in SECTIONS or not isinstance(entries, dict):
            line = line_beginning(text, rf"\[?{re.escape(section)}\b")
            message = f"`[{section}]`: 모르는 갈래입니다."
            hint = suggest(section, SECTIONS)
            yield PageError(message, path=path, line=line, hint=hint)
            continue
        for name, sentence in entries.items():
            line = line_beginning(text, rf"{re.escape(name)}\s*=")
            if isinstance(sentence, str):
                yield Item(name, section, sentence, line)
            else:
                message = f"`{name}`: 글이 아닙니다."
                hint = f'`{name} = "원본 노트가 말한 것"`처럼 적습니다.'
                yield PageError(message, path=path, line=line, hint=hint)


def places(
    pages: tuple[DocPage, ...], artefacts: Iterable[Artefact]
) -> tuple[Treatment, ...]:
    """Return where items are treated: verdicts first, then sections, by page."""
    judged = [place for a in artefacts for place in _judged(a, pages)]
    return (*judged, *(place for page in pages for place in _treated(page)))


def place_errors(
    project: Project, known: tuple[Item, ...], found: tuple[Treatment, ...]
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
    project: Project, known: tuple[Item, ...], found: tuple[Treatment, ...]
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


def _error(message: str, place: Treatment, possible: Iterable[str]) -> PageError:
    wrong = place.item if place.item in message else place.anchor
    hint = suggest(wrong, possible)
    return PageError(message, path=place.path, line=place.line, hint=hint)


def _judged(artefact: Artefact, pages: tuple[DocPage, ...]) -> Iterator[Treatment]:
    """Yield the items that a claim judges, on the page that shows the claim."""
    shown = (artefact.page, artefact.name)
    page = next((page for page in pages if shown in page.included), None)
    if artefact.kind != "claim" or page is None:
        return
    doc = parse_docstring(artefact)
    path = Path("snippets") / artefact.path.name
    for name in doc.sources if doc.verdict else ():
        yield Treatment(
            name, page, artefact.name, doc.verdict, doc.source, path, artefact.line
        )


def _treated(page: DocPage) -> Iterator[Treatment]:
    """Yield the items that a page's front matter gives to its sections."""
    for anchor, names in _entries(page).items():
        line = line_beginning(page.text, rf"\s+[\"']?{re.escape(str(anchor))}[\"']?:")
        for name in names if isinstance(names, list) else ():
            yield Treatment(str(name), page, str(anchor), "", "", page.path, line)


def listing_errors(page: DocPage) -> Iterator[PageError]:
    """Yield what cannot be read of a page's `sources:`, with its line."""
    line = line_beginning(page.text, "sources:")
    hint = "`절의-이름: [T03, F04]`처럼 적습니다."
    if _listed(page) is not None and not isinstance(_listed(page), dict):
        message = "`sources:`에는 절마다 항목의 목록을 적습니다."
        yield PageError(message, line=line, hint=hint)
    for anchor, names in _entries(page).items():
        if not isinstance(names, list):
            message = f"`sources:`의 `{anchor}`: 항목의 목록이 아닙니다."
            place = line_beginning(page.text, rf"\s+{re.escape(str(anchor))}:")
            yield PageError(message, line=place, hint=hint)


def _entries(page: DocPage) -> dict[Any, Any]:
    listed = _listed(page)
    return listed if isinstance(listed, dict) else {}


def _listed(page: DocPage) -> object:
    """Return what a page's front matter says under `sources:`; None without one."""
    return page.front.get("sources")

"""The texts of a notebook as those of a lab, and its title apart from them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lecture.begin.notebook import Cells, NotebookCell, Remark
from lecture.begin.pictures import Album
from lecture.begin.prose import (
    headings,
    with_headings,
    without_badges,
    without_dead_links,
)
from lecture.begin.strict import strict

_RAW = "글 칸으로 바꾸어 다시 만드세요."
_TOP = 2  # the highest level of a heading in a lab: above it is the page's title


def titled(cells: Cells) -> tuple[str, list[NotebookCell]]:
    """Return the title with which a notebook begins, "" for none, and the cells."""
    kept = [_without_badges(cell) for cell in cells]
    kept = [cell for cell in kept if cell.source.strip()]
    first = kept[0]
    found = [*headings(first.source)][:1] if first.kind == "markdown" else []
    line, level, title = found[0] if found else (1, 0, "")
    if line or level != 1:
        return "", kept
    _, _, rest = first.source.partition("\n")
    head = [replace(first, source=f"\n{rest}")] if rest.strip() else []
    return _plain(title), [*head, *kept[1:]]


def as_texts(cells: Cells, album: Album) -> tuple[list[NotebookCell], list[Remark]]:
    """Return cells whose texts are those of a lab, and what is told of them."""
    levels = [
        level for cell in _markdown(cells) for _, level, _ in headings(cell.source)
    ]
    lower = max(0, _TOP - min(levels, default=_TOP))
    topic, kept, remarks = "노트북의 그림", list[NotebookCell](), list[Remark]()
    for cell in cells:
        if cell.kind == "raw":
            what = "종류가 raw인 칸은 옮기지 않았습니다."
            remarks.append(Remark(cell.number, 1, what, _RAW))
            continue
        if cell.kind == "markdown":
            topic = next(reversed([*topics(cell.source)]), topic)
            text, dead = without_dead_links(cell.source, cell.number)
            text, formulas = with_headings(text, cell.number, lower)
            text = strict(album.brought(text, cell, topic)).strip("\n")
            cell, remarks = replace(cell, source=text), [*remarks, *dead, *formulas]
        kept.append(cell)
    return kept, remarks


def topics(text: str) -> Iterator[str]:
    """Yield the headings of a text, in plain words and without their numbers."""
    for _, _, title in headings(text):
        if plain := re.sub(r"^[\d.\s)]+", "", _plain(title)):
            yield plain


def _plain(title: str) -> str:
    """Return a heading without what no title of a page can hold."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]*>", r"\1", title)
    return " ".join(re.sub(r"[$`*]|\{\{|\}\}", "", words).split())


def _markdown(cells: Cells) -> Iterator[NotebookCell]:
    yield from (cell for cell in cells if cell.kind == "markdown")


def _without_badges(cell: NotebookCell) -> NotebookCell:
    if cell.kind != "markdown":
        return cell
    return replace(cell, source=without_badges(cell.source))

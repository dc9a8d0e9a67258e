"""A notebook's texts: what of them has no place on a page, and their headings."""

import re
from collections.abc import Iterator

from lecture.begin.notebook import Remark

_BADGE = re.compile(
    r"\[!\[[^\]]*\]\([^)]*colab[^)]*\)\]\([^)]*\)"
    r"|<table\b(?:(?!</table>).)*colab\.research\.google(?:(?!</table>).)*</table>"
    r"|<a\b[^>]*colab\.research\.google[^>]*>(?:(?!</a>).)*</a>",
    re.I | re.S,
)
_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*)[^()]*\)|(?P<code>`[^`]*`)"
)
_ELSEWHERE = re.compile(r"https?://|mailto:", re.I)
_LINK_HINT = "다른 쪽으로 가는 링크는 docs/의 쪽에 적으세요."
_FORMULA = re.compile(r"\${1,2}([^$]+)\${1,2}")
_HEADING_HINT = "제목은 차례와 주소에도 쓰입니다. 말로 적고 수식은 본문에 두세요."
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*")


def without_badges(text: str) -> str:
    """Return a text without the buttons that open it in Colab."""
    return _BADGE.sub("", text).strip("\n")


def without_dead_links(text: str, cell: int) -> tuple[str, tuple[Remark, ...]]:
    """Return a text in which links to places of a notebook are words; and which."""
    lines, remarks = list[str](), list[Remark]()
    for number, line, is_code in with_code(text):
        dead = [] if is_code else [*_dead_links(line)]
        for found in reversed(dead):
            line = line[: found.start()] + found["text"] + line[found.end() :]
        for found in dead:
            what = f"`{found[0]}`: 링크를 풀어 글만 남겼습니다."
            remarks.append(Remark(cell, number + 1, what, _LINK_HINT))
        lines.append(line)
    return "\n".join(lines), tuple(remarks)


def _dead_links(line: str) -> Iterator[re.Match[str]]:
    found = (link for link in _LINK.finditer(line) if not link["code"])
    yield from (link for link in found if not _ELSEWHERE.match(link["target"]))


def headings(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line from 0, the level and the title of each heading outside code."""
    for number, line, is_code in with_code(text):
        found = None if is_code else _HEADING.fullmatch(line)
        if found:
            yield number, len(found["marks"]), found["title"]


def with_headings(text: str, cell: int, lower: int) -> tuple[str, tuple[Remark, ...]]:
    """Return a text with headings so many levels lower, formulas in them as code."""
    lines, remarks = text.split("\n"), list[Remark]()
    for number, level, title in headings(text):
        words = _FORMULA.sub(r"`\1`", title)
        if words != title:
            what = f"제목의 수식을 코드로 바꾸었습니다: {title}"
            remarks.append(Remark(cell, number + 1, what, _HEADING_HINT))
        lines[number] = f"{'#' * min(level + lower, 6)} {words}"
    return "\n".join(lines), tuple(remarks)


def with_code(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each line of a text with its number from 0, and whether it is code."""
    fence = ""
    for number, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line)
        is_code = bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1] == fence:
            fence = ""
        yield number, line, is_code

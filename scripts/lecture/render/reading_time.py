"""How long a page takes to read, measured from what a reader sees of it.

A page asks with `<span data-minutes="page.md"></span>`, and tells its readers the rule.
"""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

from lecture.render.kept import Kept

SYLLABLES_A_MINUTE = 500
SECONDS_A_LINE = 3  # of code
SECONDS_A_PICTURE = 20  # a figure, a table, a displayed formula
# Folded answers and evidence, and what one tries out, are read by choice.
_ASIDE = {"details", "script", "section", "template", "math"}
_PICTURE = {"figure", "table"}
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_ASKED = re.compile(r'(<span data-minutes="([\w./-]+)">)(?=</span>)')

Attributes = list[tuple[str, str | None]]


def with_times(page: str, minutes_of: Callable[[str], int | None]) -> str:
    """Return a whole page's HTML with the times that it asks for written in.

    minutes_of: from the path of a page below docs; None for a page that is not there.
    """

    def told(asked: re.Match[str]) -> str:
        found = minutes_of(asked[2])
        return asked[1] if found is None else f"{asked[1]}약 {found}분"

    return _ASKED.sub(told, page)


class ReadingTimes:
    """The reading times of the pages of one build."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._pages: dict[str, str] = {}  # path below docs → HTML

    def know(self, path: str, html: str) -> None:
        """Take the HTML of a page; it is measured where another page asks."""
        self._pages[path] = html

    def minutes(self, path: str) -> int | None:
        """Return the minutes that a page of this build takes to read."""
        html = self._pages.get(path)
        if html is None:
            return None
        return self._kept.recall("minutes", html, lambda: minutes(html))


def minutes(html: str) -> int:
    """Return the minutes, at least one, that a page takes to read.

    html: its content, or the whole page, of which only the article counts.
    """
    reader = _Reader()
    reader.feed((html.partition("<article")[2] or html).partition("</article>")[0])
    seconds = reader.lines * SECONDS_A_LINE + reader.pictures * SECONDS_A_PICTURE
    return max(1, round(reader.syllables / SYLLABLES_A_MINUTE + seconds / 60))


class _Reader(HTMLParser):
    """Counts the syllables, the lines of code and the pictures that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.syllables = self.lines = self.pictures = 0
        self._open: list[tuple[str, str]] = []  # tag, kind
        self._within = Counter[str]()  # kind → how many are open

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in _VOID:
            return
        kind = _kind(tag, attrs)
        around = self._within["aside"] + self._within["picture"]
        self.pictures += kind == "picture" and not around
        self._open.append((tag, kind))
        self._within[kind] += 1

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _ in self._open):
            name, kind = self._open.pop()
            self._within[kind] -= 1
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._within["aside"]:
            return
        if self._within["code"]:
            self.lines += data.count("\n")
        else:
            self.syllables += len(re.findall("[가-힣]", data))


def _kind(tag: str, attrs: Attributes) -> str:
    """Return what an element is to a reader."""
    if tag in _ASIDE:
        return "aside"
    if tag == "pre":
        return "code"
    is_formula = tag == "div" and ("class", "arithmatex") in attrs
    return "picture" if tag in _PICTURE or is_formula else "text"

"""Sections: a page's HTML as the plain texts that a reader may search for.

A section begins at a heading, or at a term of the glossary. A formula is read from its
MathML, where it is text: `2/λ`, not TeX.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    ("blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "li", "ol", "p")
    + ("pre", "section", "summary", "table", "td", "th", "tr", "ul")
)
_VOID = frozenset(
    ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_UNREAD_TAGS = frozenset({"annotation", "script", "style", "svg", "template"})
_UNREAD_CLASSES = frozenset({"headerlink", "katex-html", "footnote-backref"})
_UNSEEN = dict.fromkeys(map(ord, "\N{FUNCTION APPLICATION}\N{INVISIBLE TIMES}\u200b"))
_ALIASES = re.compile(r"^동의어:(.*)$", re.MULTILINE)
_HEAD = re.compile(r"(?P<name>.+?)(?:\((?P<others>[^)]*)\))?")


@dataclass
class Section:
    """What stands under one heading, or explains one term."""

    anchor: str  # "" at the top of a page
    tag: str
    title: str = ""
    text: str = ""
    link: str = ""  # the first in it

    @property
    def names(self) -> list[str]:
        """Return the names of a term: as it stands in the glossary, and its aliases."""
        head = _HEAD.fullmatch(self.title) if self.tag == "dt" else None
        if head is None:
            return []
        aliases = [head["others"] or "", *_ALIASES.findall(self.text)]
        parts = [part.strip() for text in aliases for part in text.split(",")]
        return [head["name"].strip(), *filter(None, parts)]

    @property
    def body(self) -> str:
        """Return the text of a section, without what its names say already."""
        text = _ALIASES.sub("", self.text) if self.tag == "dt" else self.text
        lines = (" ".join(line.split()) for line in text.splitlines())
        return "\n".join(filter(None, lines))


def sections(title: str, html: str) -> list[Section]:
    """Return the sections of a page in order; the first is the page's own."""
    reader = _Reader(title)
    reader.feed(html)
    reader.close()
    return reader.sections


@dataclass
class _Open:
    """An element that is being read."""

    tag: str
    is_unread: bool
    ends_title: bool = False
    children: int = field(default=0)


class _Reader(HTMLParser):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.sections = [Section("", "h1", title)]
        self._open = [_Open("", is_unread=False)]
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._space(tag)
        if tag in _VOID:
            return
        element = _Open(tag, self._open[-1].is_unread or _is_unread(tag, given))
        self._open.append(element)
        if not element.is_unread:
            self._begin(element, given)

    def _begin(self, element: _Open, given: dict[str, str | None]) -> None:
        now = self.sections[-1]
        if given.get("id") and (element.tag in _HEADINGS or element.tag == "dt"):
            if element.tag == "h1" and len(self.sections) == 1:
                now.title = ""  # as it is written, not as the navigation has it
            else:
                self.sections.append(Section(str(given["id"]), element.tag))
            self._in_title = element.ends_title = True
        elif element.tag == "a" and not now.link and not self._in_title:
            now.link = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in (element.tag for element in self._open):
            return
        while self._open[-1].tag != tag:
            self._open.pop()
        element = self._open.pop()
        if element.ends_title:
            self._in_title = False
            self.sections[-1].title = " ".join(self.sections[-1].title.split())
        self._divide()
        self._space(tag)

    def _divide(self) -> None:
        """Put the stroke of a fraction between what stands above and below it."""
        parent = self._open[-1]
        parent.children += 1
        if parent.tag == "mfrac" and parent.children == 1:
            self.handle_data("/")

    def _space(self, tag: str) -> None:
        if tag == "br" or (tag in _BLOCKS and not self._in_title):
            self.sections[-1].text += " " if tag in {"td", "th"} else "\n"

    def handle_data(self, data: str) -> None:
        if self._open[-1].is_unread:
            return
        data = data.translate(_UNSEEN)
        now = self.sections[-1]
        if self._in_title:
            now.title += data
        elif data.strip() or any(element.tag == "pre" for element in self._open):
            now.text += data
        else:
            now.text += " "


def _is_unread(tag: str, given: dict[str, str | None]) -> bool:
    classes = (given.get("class") or "").split()
    return (
        tag in _UNREAD_TAGS
        or ("data-search-exclude" in given and tag != "x-math")
        or not _UNREAD_CLASSES.isdisjoint(classes)
    )


def entries(
    address: str, title: str, html: str, boost: float
) -> Iterator[dict[str, object]]:
    """Yield a page's entries for the index, as docs/javascripts/search reads them."""
    for section in sections(title, html):
        entry: dict[str, object] = {
            "location": f"{address}#{section.anchor}" if section.anchor else address,
            "title": section.title,
            "text": section.body,
        }
        if section.names:
            entry |= {"names": section.names, "see": section.link}
        yield entry | ({"boost": boost} if boost != 1 else {})

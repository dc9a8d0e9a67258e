"""The whole course as one document for paper, out of the pages of the finished site."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from lecture.render.chapters import Chapter, chapter

_ANSWERS = "answers"
_UNKNOWN = "000"  # as wide as the number of a page will be


@dataclass(frozen=True)
class Part:
    """A group of the site's navigation."""

    title: str  # "" of a page that stands in no group
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Course:
    """What becomes one document, in the order of the navigation."""

    name: str
    description: str
    styles: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters of all parts."""
        return tuple(one for part in self.parts for one in part.chapters)


def read_course(site: Path) -> Course:
    """Read the pages of a site that its navigation names."""
    front = BeautifulSoup((site / "index.html").read_bytes(), "html.parser")
    groups = [*_groups(front)]
    pages = frozenset(name for _, names in groups for name in names)
    canonical = front.select_one('link[rel="canonical"]')
    home = str(canonical["href"]) if canonical else ""
    parts = (
        Part(title, tuple(_read(site, name, pages, home) for name in names))
        for title, names in groups
    )
    name = front.select_one('meta[property="og:site_name"]')
    description = front.select_one('meta[name="description"]')
    return Course(
        str(name["content"]) if name else "",
        str(description["content"]) if description else "",
        tuple(str(link["href"]) for link in front.select('link[rel="stylesheet"]')),
        tuple(parts),
    )


def document(course: Course, pages: Mapping[str, int]) -> str:
    """Return the course as HTML; `pages` tells on which page a place stands, if known.

    Running heads are those of named pages: a chapter's pages have its name.
    """
    styles = "".join(
        f'<link rel="stylesheet" href="{html.escape(one)}">' for one in course.styles
    )
    chapters = "".join(one.html for one in course.chapters)
    return (
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><head><title>'
        f"{html.escape(course.name)}</title>{styles}<style>{_heads(course)}</style>"
        '</head><body class="course" data-md-color-scheme="default" '
        'data-md-color-primary="white" data-md-color-accent="indigo">'
        f"{_cover(course)}{_contents(course, pages)}{chapters}{_answers(course)}"
        "</body></html>"
    )


def _groups(front: BeautifulSoup) -> Iterator[tuple[str, list[str]]]:
    """Yield the groups of the navigation, with the addresses of their pages."""
    for item in front.select(".md-nav--primary > ul > li"):
        section = "md-nav__item--section" in item.get_attribute_list("class")
        label = item.select_one("label .md-ellipsis") if section else None
        links = (str(a["href"]) for a in item.select("a.md-nav__link[href]"))
        names = dict.fromkeys(one for one in links if one.endswith(".html"))
        yield label.get_text().strip() if label else "", [*names]


def _read(site: Path, name: str, pages: frozenset[str], home: str) -> Chapter:
    return chapter((site / name).read_text("utf-8"), name, pages, home)


def _heads(course: Course) -> str:
    """Return the styles that put a chapter's title at the head of its pages."""
    titles = {one.place: one.title for one in course.chapters}
    titles |= {_ANSWERS: "연습의 답"}
    return "".join(
        f'@page {_page(number)} {{ @top-left {{ content: "{_css(title)}" }}'
        f' @top-right {{ content: "{_css(course.name)}" }} }}'
        f"#{place} {{ page: {_page(number)} }}"
        for number, (place, title) in enumerate(titles.items())
    )


def _page(number: int) -> str:
    return f"chapter-{number}"


def _css(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")


def _cover(course: Course) -> str:
    return (
        f'<header class="md-typeset cover"><p class="cover-title">'
        f"{html.escape(course.name)}</p><p>{html.escape(course.description)}</p>"
        "</header>"
    )


def _contents(course: Course, pages: Mapping[str, int]) -> str:
    lines = "".join(line for part in course.parts for line in _lines(part, pages))
    answers = _line(_ANSWERS, "연습의 답", pages, "contents-chapter")
    return (
        '<nav class="md-typeset contents"><h1 id="contents">차례</h1>'
        f"<ul>{lines}{answers}</ul></nav>"
    )


def _lines(part: Part, pages: Mapping[str, int]) -> Iterator[str]:
    if part.title:
        yield f'<li class="contents-part">{html.escape(part.title)}</li>'
    for one in part.chapters:
        yield _line(one.place, one.title, pages, "contents-chapter")
        for heading in one.headings:
            yield _line(heading.place, heading.title, pages, "contents-section")


def _line(place: str, title: str, pages: Mapping[str, int], kind: str) -> str:
    number = pages.get(place, _UNKNOWN)
    return (
        f'<li class="{kind}"><a href="#{html.escape(place)}">{html.escape(title)}</a>'
        f'<span class="contents-page">{number}</span></li>'
    )


def _answers(course: Course) -> str:
    chapters = "".join(
        f"<h2>{html.escape(one.title)}</h2>"
        + "".join(
            f'<div class="answer"><p class="answer-title">{title}</p>{answer}</div>'
            for title, answer in one.answers
        )
        for one in course.chapters
        if one.answers
    )
    return (
        f'<article class="md-typeset" id="{_ANSWERS}"><h1>연습의 답</h1>'
        f"{chapters}</article>"
    )

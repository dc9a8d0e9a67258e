"""A page of the finished site as a chapter on paper.

On paper nothing is pressed or unfolded: controls, provenance and downloads go, boxes
that were folded stand open, and the answers of exercises move to the end of the course.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin

from bs4 import BeautifulSoup, Tag

_PRESSED = (
    "script, noscript, button, input, select, textarea, label:has(input), .headerlink"
    ", .md-button, .md-content__button, .katex-mathml, .colophon"
    ", details:is(.provenance, .downloads, .prepare, .runs), h2:has(+ .downloads)"
    ', img[src$="#only-dark"]'
)
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//", re.I)
_HEADINGS = "h2"


@dataclass(frozen=True)
class Heading:
    """A heading that the contents name, by its place in the whole document."""

    place: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """One page, ready to stand in one document with all others."""

    place: str
    title: str
    html: str
    headings: tuple[Heading, ...]
    answers: tuple[tuple[str, str], ...]  # the question's title, and the answer's HTML


def chapter(page: str, name: str, pages: frozenset[str], home: str) -> Chapter:
    """Return a page's article as a chapter.

    `name` is the page's address from the root of the site, `pages` those of all that
    become chapters. Other files are linked where the site's `home` is known.
    """
    soup = BeautifulSoup(page, "html.parser")
    article = soup.select_one("article")
    assert article, "Material puts a page's text into an article"
    for pressed in article.select(f":is({_PRESSED})"):
        pressed.decompose()
    _settle(article, name, pages, home)
    title = article.select_one("h1")
    headings = (
        Heading(str(found["id"]), found.get_text().strip())
        for found in article.select(f"{_HEADINGS}[id]")
    )
    named = title.get_text().strip() if title else name
    answers = tuple(_answers(article))
    _unfold(article)
    return Chapter(place(name), named, str(article), tuple(headings), answers)


def place(name: str, fragment: str = "") -> str:
    """Return the id that a page's fragment has in the whole document."""
    return f"{name.removesuffix('.html')}--{fragment}".removesuffix("--")


def _settle(article: Tag, name: str, pages: frozenset[str], home: str) -> None:
    """Give ids and links the places that they have in the whole document."""
    article["id"] = place(name)
    for found in article.select("[id]"):
        found["id"] = place(name, str(found["id"]))
    for image in article.select("img"):
        del image["loading"]  # all are seen
        image["src"] = urljoin(name, str(image["src"]))
    for link in article.select("a[href]"):
        path, fragment = urldefrag(unquote(str(link["href"])))
        target = urljoin(name, path) if path else name
        if _ELSEWHERE.match(path):
            continue
        if target in pages:
            link["href"] = f"#{place(target, fragment)}"
        elif home:
            link["href"] = urljoin(home, str(link["href"]))
        else:
            del link["href"]  # a file beside the site, which paper has not


def _answers(article: Tag) -> Iterator[tuple[str, str]]:
    for answer in article.select("details.question details.success"):
        question = answer.find_parent("details", class_="question")
        summary = question.find("summary") if question else None
        answer.extract()
        for sign in answer.select("summary"):
            sign.decompose()
        title = summary.decode_contents() if isinstance(summary, Tag) else ""
        yield title, answer.decode_contents()


def _unfold(article: Tag) -> None:
    for folded in article.select("details"):
        folded.name = "div"
        folded["class"] = " ".join(["admonition", *folded.get("class", [])])
    for title in article.select("summary"):
        title.name, title["class"] = "p", "admonition-title"

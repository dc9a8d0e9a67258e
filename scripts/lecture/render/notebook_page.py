"""The page of a notebook: mkdocs-jupyter's HTML made one with the rest of the site.

mkdocs-jupyter inlines JupyterLab's styles and scripts (some 600 kB), leaves the id of a
Hangul heading empty, mathematics as TeX, and figures without a name.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdown.extensions.toc import unique
from pymdownx.slugs import slugify

from lecture.render.mathematics import formula_html
from lecture.render.notebook_pictures import Drawn, Files, name_figures, put_out

Heading = dict[str, str | int]  # id, name and level, as Python-Markdown's toc has them

_BAGGAGE = "style, script, clipboard-copy, .clipboard-copy-txt, .jp-Collapser"
_HEADINGS = ", ".join(f".jp-RenderedMarkdown h{level}" for level in range(1, 7))
_FORMULA = re.compile(
    r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?!\s)(?P<inline>[^$]+?)(?<!\s)\$", re.S
)
_slug = slugify(case="lower")


@dataclass(frozen=True)
class Mended:
    """The content of a notebook's page, its headings in order, and its own pictures."""

    content: str
    headings: list[Heading]
    pictures: Files  # to be written beside the page


def improve_notebook(content: str, drawn: Drawn) -> Mended:
    """Return a notebook's page, mended; `drawn` are the pictures beside it.

    Raises PageError for a formula that KaTeX does not understand.
    """
    soup = BeautifulSoup(content, "html.parser")
    for baggage in soup.select(_BAGGAGE):
        baggage.decompose()
    for cell in soup.select(".jp-Cell-inputWrapper[tabindex]"):
        del cell["tabindex"]  # nothing to scroll, so nothing to focus
    for table in soup.select("table"):
        del table["class"], table["border"]  # Material styles only plain tables
    _adopt_code(soup)
    name_figures(soup)
    pictures = put_out(soup, drawn)
    headings = list(_named_headings(soup))
    for paragraph in soup.select(".jp-RenderedMarkdown :is(p, li, td, th)"):
        _render_formulas(paragraph)
    return Mended(str(soup), headings, pictures)


def _adopt_code(soup: BeautifulSoup) -> None:
    """Give code the structure for which Material has colours and a copy button."""
    for pre in soup.select(".highlight-ipynb > pre"):
        pre.wrap(soup.new_tag("div", attrs={"class": "highlight"}))
        pre.name = "code"
        pre.wrap(soup.new_tag("pre"))
    for block in soup.select(".highlight-ipynb"):
        block.unwrap()
    for pre in soup.select(".jp-RenderedMarkdown .highlight > pre:not(:has(> code))"):
        pre.name = "code"  # what scrolls on a phone is Material's code, not its frame
        pre.wrap(soup.new_tag("pre"))


def _named_headings(soup: BeautifulSoup) -> Iterator[Heading]:
    used: set[str] = set()
    for heading in soup.select(_HEADINGS):
        for link in heading.select(".anchor-link"):
            link.decompose()
        name = heading.get_text()
        heading["id"] = identity = unique(_slug(name, "-"), used)
        yield {"id": identity, "name": name, "level": int(heading.name[1])}


def _render_formulas(paragraph: Tag) -> None:
    for text in paragraph.find_all(string=_FORMULA, recursive=False):
        assert isinstance(text, NavigableString)
        escaped = text.output_ready(formatter="minimal")
        if _is_one_display(escaped):
            paragraph.name, paragraph["class"] = "div", "arithmatex"
        rendered = BeautifulSoup(_FORMULA.sub(_rendered, escaped), "html.parser")
        text.replace_with(*list(rendered.children))


def _is_one_display(text: str) -> bool:
    found = _FORMULA.fullmatch(text.strip())
    return found is not None and found["display"] is not None


def _rendered(match: re.Match[str]) -> str:
    tex = html.unescape(match["display"] or match["inline"]).strip()
    return formula_html(tex, display=match["display"] is not None)

"""A site that Zensical has built, made the one that MkDocs builds with our hooks.

Zensical runs no hooks and knows no notebooks: what they give a page is put into the
finished files here. A notebook's page is that of its lab with other content.
"""

import json
import re
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from lecture.base.files import write_if_changed
from lecture.render.accessibility import improve
from lecture.render.colab import colab_url, under_heading, with_button
from lecture.render.lightness import lighten
from lecture.render.notebook_page import Heading, improve_notebook
from lecture.render.notebook_pictures import drawn_pictures
from lecture.render.reading_time import minutes, with_times
from lecture.render.repository import improve_links

_HOME = re.compile(r'<a href="(?P<url>[^"]+)"[^>]*class="md-source"')
_TO_NOTEBOOK = re.compile(r'(href="generated/(\w+)/\2)\.ipynb"(?! download)')
_FALSE = re.compile(  # what is written of addresses that nobody has given
    r'<link rel="canonical" href="/[^"]*"/?>'
    r'|<a href="//[^"]*"[^>]*class="md-content__button[^>]*>.*?</a>',
    re.S,
)
_UNFILLED = ("robots.txt", "feed.xml")  # of theme/: only MkDocs fills these in
_OUR_SEARCH = re.compile(r'<script src="[^"]*/search/on_demand\.js"></script>')
_AT_ROOT = re.compile(r'((?:href|src)=|"(?:base|search)":)"/(?!/)')
_UP = "../../"  # from the folder of a notebook to its lab
_ELSEWHERE = re.compile(r"[a-z]+:|[/#]|$")
_ENTRY = """<li class="md-nav__item"><a href="#{id}" class="md-nav__link">
<span class="md-ellipsis">{name}</span></a></li>"""


def finish(site: Path) -> None:
    """Give the pages of a finished site what hooks would have given them.

    Raises PageError for a formula in a notebook that KaTeX does not understand.
    """
    notebooks = {path.stem: path for path in site.glob("generated/*/*.ipynb")}
    for path in sorted(site.glob("*.html")):
        slug = path.stem
        page = finished(path.read_text(encoding="utf-8"), slug, notebooks)
        page = with_times(page, partial(_minutes, site))
        if slug == "404" and not _knows_address(site):
            page = _AT_ROOT.sub(r'\1"./', page)  # from the folder, at the least
        write_if_changed(path, page)
        if slug in notebooks:
            _write_notebook(notebooks[slug], page, path.name)
    _leave_out(site)


def _leave_out(site: Path) -> None:
    """Remove the templates that Zensical copies, and a map without whole addresses."""
    for name in _UNFILLED:
        (site / name).unlink(missing_ok=True)
    if not _knows_address(site):
        (site / "sitemap.xml").unlink(missing_ok=True)


def _knows_address(site: Path) -> bool:
    places = site / "sitemap.xml"
    return places.exists() and "<loc>http" in places.read_text(encoding="utf-8")


def _write_notebook(notebook: Path, lab: str, file: str) -> None:
    """Write the page of a notebook, and the pictures that it alone has."""
    mended = improve_notebook(_html(notebook), drawn_pictures(notebook.parent))
    whole = notebook_page(lab, file, mended.content, mended.headings)
    write_if_changed(notebook.with_suffix(".html"), whole)
    for name, picture in mended.pictures.items():
        write_if_changed(notebook.parent / name, picture)


def finished(page: str, slug: str, notebooks: Collection[str]) -> str:
    """Return a whole page's HTML as hooks would have left it."""
    home = _HOME.search(page)
    if slug in notebooks:
        page = with_button(page, colab_url(home and home["url"], slug))
    page = _TO_NOTEBOOK.sub(r'\1.html"', page)
    return improve_links(improve(lighten(_without(page))))


def _without(page: str) -> str:
    """Return a page without what is false, or meant for the search of Material."""
    return _OUR_SEARCH.sub("", _FALSE.sub("", page))


def _minutes(site: Path, page: str) -> int | None:
    path = site / page.replace(".md", ".html")
    return minutes(path.read_text(encoding="utf-8")) if path.is_file() else None


def notebook_page(
    lab: str, file: str, content: str, headings: Iterable[Heading]
) -> str:
    """Return the page of a notebook: that of its lab, two folders down.

    file: the lab's page. content, headings: those of the notebook.
    """
    soup = BeautifulSoup(lab, "html.parser")
    for one in soup.select("[href], [src]"):
        _move(one)
    for config in soup.select("#__config"):
        settings = json.loads(config.get_text())
        config.string = json.dumps({**settings, "base": _UP.rstrip("/")})
    back = f'<a href="{_UP}{file}">이 실습의 쪽으로 돌아가기</a>'
    entries = "".join(_ENTRY.format(**one) for one in headings)
    _fill(soup, "article.md-content__inner", under_heading(content, back))
    _fill(soup, ".md-nav--secondary > .md-nav__list", entries)
    return str(soup)


def _move(element: Tag) -> None:
    for name in ("href", "src"):
        target = str(element.get(name, ""))
        if not _ELSEWHERE.match(target):
            element[name] = _UP + target


def _fill(soup: BeautifulSoup, place: str, html: str) -> None:
    for element in soup.select(place):
        element.clear()
        element.append(BeautifulSoup(html, "html.parser"))


def _html(notebook: Path) -> str:
    from mkdocs_jupyter.nbconvert2 import nb2html  # slow to import

    return str(nb2html(str(notebook), theme="auto", allow_errors=False))

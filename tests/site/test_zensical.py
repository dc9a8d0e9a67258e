"""Zensical, to which Material leads on, builds the same site, page by page."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from copy import copy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from lecture.render.finished import finish

ROOT = Path(__file__).parents[2]
SOURCES = ("docs", "snippets", "theme")
COUNTED = ("img", "figure", ".katex", ".term", "table", "pre", "details", "button")

Documents = Mapping[str, BeautifulSoup]


@pytest.fixture(scope="module")
def built(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site that Zensical builds.

    Zensical builds only what lies below its settings, and keeps a cache there. The site
    of MkDocs comes first, for it draws what is not drawn yet.
    """
    root = tmp_path_factory.mktemp("zensical")
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name in SOURCES:
        shutil.copytree(ROOT / name, root / name)
    build = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
    )
    assert build.returncode == 0, build.stdout + build.stderr
    finish(root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def theirs(built: Path) -> dict[str, BeautifulSoup]:
    """Return its pages, by their paths."""
    return {
        page.relative_to(built).as_posix(): BeautifulSoup(
            page.read_bytes(), "html.parser"
        )
        for page in built.rglob("*.html")
    }


def article(page: BeautifulSoup) -> Tag:
    """Return what a page says, without what MkDocs alone is told of: git."""
    shown = page.select_one("article")
    assert shown
    found = copy(shown)  # others read the page, too
    for colophon in found.select(".colophon"):
        colophon.extract()
    return found


def text(page: BeautifulSoup) -> str:
    return " ".join(article(page).get_text(" ").split())


def counts(page: BeautifulSoup) -> dict[str, int]:
    return {kind: len(article(page).select(kind)) for kind in COUNTED}


def links(page: BeautifulSoup) -> Counter[str]:
    return Counter(str(one["href"]) for one in article(page).select("a[href]"))


def test_zensical_builds_the_same_pages(
    documents: Documents, theirs: Documents
) -> None:
    assert theirs.keys() == documents.keys()
    assert sum(name.startswith("generated/") for name in theirs) > 10  # notebooks


def test_pages_of_zensical_say_and_show_the_same(
    documents: Documents, theirs: Documents
) -> None:
    for name, page in documents.items():
        other = theirs[name]
        assert text(other) == text(page), name
        assert counts(other) == counts(page), name
        assert links(other) == links(page), name


def test_pages_of_zensical_load_what_is_there(built: Path, theirs: Documents) -> None:
    for name, page in theirs.items():
        for one in page.select("script[src], link[rel=stylesheet], article img"):
            target = str(one.get("src") or one.get("href"))
            if not target.startswith("data:"):
                place = built if target.startswith("/") else (built / name).parent
                file = target.lstrip("/").split("#")[0].split("?")[0]
                assert (place / file).is_file(), (name, target)


def test_site_of_zensical_leaves_out_what_needs_an_address(built: Path) -> None:
    names = ("sitemap.xml", "robots.txt", "feed.xml")
    assert [name for name in names if (built / name).exists()] == []


def test_notebook_of_zensical_finds_what_the_theme_loads(theirs: Documents) -> None:
    page = theirs["generated/mnist_mlp/mnist_mlp.html"]
    settings = page.select_one("#__config")
    assert settings
    assert '"base": "../.."' in settings.get_text()


def test_zensical_searches_by_itself(theirs: Documents) -> None:
    for name, page in theirs.items():
        assert not page.select('script[src*="search/on_demand"]'), name

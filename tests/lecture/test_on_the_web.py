"""What a site says of itself to search engines, to feeds and to those who link to it.

All of it needs an address of the site, or a repository, or a past in git. Where one is
not known, nothing is said that would need it.
"""

import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sandbox import Sandbox
from small_site import mkdocs, published_site

SITE = "https://kim.example.org/notes/"
HOME = "https://github.com/kim/notes"
FIGURE = """
import matplotlib.pyplot as plt


def figure_curve(a):
    '''손실의 "곡선"입니다.'''
    fig, ax = plt.subplots()
    ax.plot([a["n"], 2, 1])
    return fig
"""
FILES = {
    "snippets/figures/page.py": FIGURE,
    "docs/page.md": '---\ndescription: "쪽 & 글"\n---\n# 첫_쪽\n\n'
    '## 둘 {#two}\n\n--8<-- "generated/page/curve.md"\n\n'
    '--8<-- "generated/page/small.md"\n',
}
FEED = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def git(root: Path, *words: str, day: str = "2026-03-01") -> None:
    time = f"{day}T09:00:00+09:00"
    dates = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
    who = ("-c", "user.name=kim", "-c", "user.email=kim@example.org")
    command = ["git", *who, *words]
    subprocess.run(
        command, cwd=root, env=os.environ | dates, check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Return a site that is drawn, in a folder without a past."""
    notes = published_site(tmp_path_factory.mktemp("notes") / "강의 노트", **FILES)
    assert notes.build().code == 0
    return notes


@pytest.fixture(scope="module")
def told(drawn: Sandbox) -> Sandbox:
    """Return the same site in a repository, where it was changed twice."""
    notes = Sandbox(drawn.root.with_name("저장소"))
    shutil.copytree(drawn.root, notes.root)
    notes.write(".gitignore", "docs/generated/\n.cache/\nsite/\nmade-*/\n")
    git(notes.root, "init", "--quiet")
    git(notes.root, "add", ".")
    git(notes.root, "commit", "--quiet", "--message", "처음")
    notes.edit("docs/page.md", "# 첫_쪽", "# 첫_쪽 ")
    git(notes.root, "commit", "--quiet", "-am", "제목을 <다듬습니다>", day="2026-05-12")
    return notes


def made(notes: Sandbox, **places: str) -> Path:
    """Have the site made, strictly, and return a folder that is its own."""
    ran = mkdocs(notes, **places)
    assert ran.returncode == 0, ran.stderr
    folder = notes.root / f"made-{len(places)}"
    return (notes.root / "site").rename(folder)


@pytest.fixture(scope="module")
def unknown(drawn: Sandbox) -> Path:
    """Return the site that knows no address."""
    return made(drawn)


@pytest.fixture(scope="module")
def known(told: Sandbox) -> Path:
    """Return the site that knows its address, its repository and its past."""
    return made(told, NOTES_SITE_URL=SITE, NOTES_REPO_URL=HOME)


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_bytes(), "html.parser")


def said(document: BeautifulSoup) -> dict[str, str]:
    """Return what a page's head says, by name."""
    metas = document.select("meta[property], meta[name]")
    return {str(m.get("property") or m.get("name")): str(m["content"]) for m in metas}


def test_site_without_an_address_says_nothing_that_needs_one(unknown: Path) -> None:
    site = unknown
    for name in ("sitemap.xml", "sitemap.xml.gz", "robots.txt", "feed.xml"):
        assert not (site / name).exists(), name
    for path in site.rglob("*.html"):
        document = page(site, str(path.relative_to(site)))
        facts = said(document)
        assert not {"og:image", "og:url"} & {*facts}, path
        needy = 'link[rel="canonical"], link[type*="atom"], .colophon'
        assert not document.select(needy), path
        is_twice = (
            path.name == "404.html"
            or path.name == "lab.html"
            and ("generated" in path.parts)
        )
        assert ("robots" in facts) == is_twice, path
    assert not [*site.rglob("*-card.png")]


def test_link_to_a_page_shows_its_words_and_its_figure(known: Path) -> None:
    site = known
    facts = said(page(site, "page.html"))
    assert facts["description"] == facts["og:description"] == "쪽 & 글"
    assert facts["og:title"] == "첫_쪽" and facts["og:url"] == f"{SITE}page.html"
    assert facts["og:image"] == f"{SITE}generated/page/curve-card.png"
    assert facts["og:image:alt"].startswith('손실의 "곡선"')
    assert facts["twitter:card"] == "summary_large_image"
    with Image.open(site / "generated/page/curve-card.png") as card:
        assert card.size == (1200, 630)
        colours = card.convert("RGB").getcolors(256)
        assert colours and len(colours) > 8, "the curve is not in the picture"
    assert "og:image" not in said(page(site, "glossary.html")), "it shows no figure"


def test_every_address_of_the_sitemap_is_a_page_of_its_own(known: Path) -> None:
    site = known
    places = ElementTree.parse(site / "sitemap.xml").iter(f"{MAP}loc")
    names = {"", "page.html", "lab.html", "glossary.html"}
    assert {place.text for place in places} == {SITE + name for name in names}
    assert f"Sitemap: {SITE}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_notebook_is_found_as_the_page_of_its_lab(known: Path) -> None:
    site = known
    notebook, lab = page(site, "generated/lab/lab.html"), page(site, "lab.html")
    (canonical,) = notebook.select('link[rel="canonical"]')
    assert canonical["href"] == f"{SITE}lab.html"
    assert "robots" not in said(notebook)
    assert said(notebook)["description"] != said(lab)["description"]


def test_missing_page_speaks_korean_and_leads_home_from_anywhere(
    known: Path, unknown: Path
) -> None:
    for site, root in (known, "/notes/"), (unknown, "./"):
        document = page(site, "404.html")
        assert document.title and "찾는 쪽이 없습니다" in document.title.text
        links = document.select("a[href], link[href], script[src]")
        found = {str(link.get("href") or link.get("src")) for link in links}
        assert all(one.startswith((root, "#", "https:")) for one in found), found
        assert f"{root}index.html" in found


def test_page_tells_the_day_of_its_last_change_and_how_to_cite_it(
    known: Path,
) -> None:
    (colophon,) = page(known, "page.html").select(".colophon")
    assert "2026년 5월 12일" in colophon.text
    cited = colophon.select("code")[0].text
    assert r"title = {첫\_쪽}" in cited and "year = {2026}" in cited
    assert f"url = {{{SITE}page.html}}" in cited
    (report,) = (a["href"] for a in colophon.find_all("a", string="틀린 곳 알리기"))
    assert str(report).startswith(f"{HOME}/issues/new?title=")
    (other,) = page(known, "lab.html").select(".colophon")
    assert "2026년 3월 1일" in other.text


def test_feed_tells_the_last_changes_of_the_pages(known: Path) -> None:
    entries = ElementTree.parse(known / "feed.xml").findall(f"{FEED}entry")
    last, first = ([*entry.iter(f"{FEED}title")][0].text for entry in entries)
    assert last == "첫_쪽" and first and "실습" in first
    assert entries[0].findtext(f"{FEED}summary") == "제목을 <다듬습니다>"
    (link,) = page(known, "page.html").select('link[type="application/atom+xml"]')
    assert link["href"] == "feed.xml"


def test_clone_without_its_past_tells_no_day(told: Sandbox) -> None:
    shallow = Sandbox(told.root.with_name("얕은 저장소"))
    source = told.root.as_uri()
    git(told.root, "clone", "--quiet", "--depth", "1", source, str(shallow.root))
    shutil.copytree(told.root / "docs/generated", shallow.root / "docs/generated")
    site = made(shallow, NOTES_SITE_URL=SITE)
    assert "고쳤습니다" not in page(site, "page.html").select(".colophon")[0].text
    assert not (site / "feed.xml").exists()
    assert "lastmod" not in (site / "sitemap.xml").read_text("utf-8")

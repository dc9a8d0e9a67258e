"""A site that knows its repository says where a page is mended; others say nothing."""

import pytest
from bs4 import BeautifulSoup
from sandbox import Sandbox
from small_site import mkdocs, published_site

HOME = "https://github.com/kim/notes"
PLACES = {"NOTES_SITE_URL": "https://kim.github.io/notes/", "NOTES_REPO_URL": HOME}
PAGES = ("index", "page", "lab", "glossary")
NOTEBOOK = "generated/lab/lab"


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    notes = published_site(tmp_path_factory.mktemp("notes") / "강의 노트")
    assert notes.build().code == 0
    return notes


def made(notes: Sandbox, **places: str) -> dict[str, BeautifulSoup]:
    """Have the site made, strictly; return its pages."""
    ran = mkdocs(notes, **places)
    assert ran.returncode == 0, ran.stderr
    folder = notes.root / "site"
    return {
        path.relative_to(folder).with_suffix("").as_posix(): BeautifulSoup(
            path.read_bytes(), "html.parser"
        )
        for path in folder.rglob("*.html")
    }


def edits(page: BeautifulSoup) -> list[tuple[object, object]]:
    return [(a["href"], a["title"]) for a in page.select('a[rel="edit"]')]


def test_page_of_a_known_repository_says_where_it_is_mended(notes: Sandbox) -> None:
    pages = made(notes, **PLACES, NOTES_EDIT_URI="edit/main/docs/")
    for name in PAGES:
        place = f"{HOME}/edit/main/docs/{name}.md"
        assert edits(pages[name]) == [(place, "이 쪽 고치기")], name
        canonical = pages[name].select_one('link[rel="canonical"]')
        assert canonical and str(canonical["href"]).startswith(PLACES["NOTES_SITE_URL"])
    assert not edits(pages[NOTEBOOK]) and not edits(pages["404"])
    assert [n for n, p in pages.items() if p.find("a", string="Colab에서 열기")] == [
        "lab"
    ]


def test_page_whose_source_is_nowhere_known_links_to_the_repository_alone(
    notes: Sandbox,
) -> None:
    pages = made(notes, **PLACES)
    assert not any(map(edits, pages.values()))
    for name, page in pages.items():
        (link,) = {*page.select(f'header a[href="{HOME}"]')}
        # By this Material's script would find it, and ask GitHub for its stars.
        assert "data-md-component" not in link.attrs, name


def test_site_without_a_repository_says_nothing_of_one(notes: Sandbox) -> None:
    pages = made(notes)
    links = 'a[rel="edit"], .md-source, link[rel="canonical"], a[href*="colab"]'
    assert not any(page.select(links) for page in pages.values())

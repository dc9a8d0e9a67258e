"""Nothing that a page needs comes from a third party: the notes work offline."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]

LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
    "link": "href",
}
ELSEWHERE = re.compile(r"(?:https?:)?//")
CSS_LOADS = re.compile(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", re.I)
JS_LOADS = re.compile(
    r"(?:fetch|import|importScripts|Worker|open)\s*\(\s*[\"'`](?:https?:)?//"
)


def test_no_page_loads_anything_from_elsewhere(documents):
    loads = [
        (name, element.name, element[attribute])
        for name, document in documents.items()
        for tag, attribute in LOADED.items()
        for element in document.find_all(tag)
        if ELSEWHERE.match(element.get(attribute, ""))
    ]
    assert loads == []


def test_no_style_loads_anything_from_elsewhere(site, documents):
    sheets = {path.name: path.read_text("utf-8") for path in site.rglob("*.css")}
    inline = {
        name: " ".join(style.get_text() for style in document.find_all("style"))
        for name, document in documents.items()
    }
    assert [n for n, css in (sheets | inline).items() if CSS_LOADS.search(css)] == []


def test_no_script_of_ours_loads_anything_from_elsewhere(documents):
    ours = {
        path.name: path.read_text("utf-8")
        for path in (ROOT / "docs" / "javascripts").rglob("*.js")
    }
    inline = {
        name: " ".join(script.get_text() for script in document.find_all("script"))
        for name, document in documents.items()
    }
    assert [n for n, js in (ours | inline).items() if JS_LOADS.search(js)] == []


def test_no_page_has_what_makes_the_theme_call_elsewhere(documents):
    """Material's own script asks GitHub for a repository and unpkg for Mermaid."""
    for name, document in documents.items():
        assert not document.select(".mermaid, [data-md-component=source]"), name


def test_no_request_leaves_the_server(visit, address, name):
    visited = visit(address + name, width=390)
    outside = [
        url
        for url in visited.requests
        if not url.startswith((address, "data:", "blob:"))
    ]
    assert outside == []


def test_what_a_page_loads_lies_beside_it(site: Path, documents):
    for name, document in documents.items():
        for tag, attribute in LOADED.items():
            for element in document.find_all(tag):
                url = urlsplit(element.get(attribute, ""))
                if url.scheme == "data" or element.get("rel") == ["canonical"]:
                    continue
                if name == "404.html":  # is served from any address
                    continue
                place = unquote(url.path)
                assert not place.startswith("/"), (name, place)
                assert (site / name).parent.joinpath(place).exists(), (name, place)


@pytest.mark.parametrize(
    "page", ["index.html", "optimizers.html", "mnist_mlp.html", "glossary.html"]
)
def test_page_opens_from_a_folder(visit, site: Path, page):
    visited = visit((site / page).as_uri())
    broken = visited.page.evaluate(
        "[...document.images].filter(i => i.offsetParent && !i.naturalWidth)"
        ".map(i => i.src)"
    )
    assert broken == []
    assert visited.errors == []
    assert visited.page.locator("body").evaluate(
        "body => getComputedStyle(body).getPropertyValue('--md-code-font') !== ''"
    ), "the style sheets did not load"


def test_mathematics_is_drawn_from_a_folder(visit, site: Path, documents):
    assert documents["optimizers.html"].select(".katex-html")
    page = visit((site / "optimizers.html").as_uri()).page
    assert page.evaluate("document.fonts.check('16px KaTeX_Main')")
    assert page.locator(".katex-html").first.bounding_box()["height"] > 5


def test_search_works_from_a_folder(visit, site: Path):
    assert "활성화" in visit((site / "index.html").as_uri()).search("활성화")

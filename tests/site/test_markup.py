"""What every built page must hold, whoever reads it and with whatever."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag

import pytest

RAW = {
    "TeX": re.compile(r"\\\(|\\\[|\\[a-zA-Z]{2,}|\$[^\s\d]"),
    "a number that nothing has bound": re.compile(r"\{\{|\}\}"),
    "failed bold": re.compile(r"\*\*"),
    "a failed code span": re.compile(r"`"),
    "a failed include": re.compile(r"--8<--"),
    "a placeholder of Python-Markdown": re.compile(r"[\x02\x03]|wzxhzdk"),
}


def prose(document):
    """Return the text of a page as one reads it: no code, no hidden MathML."""
    article = document.find("article")
    hidden = "pre, code, script, style, .katex-mathml, .katex-html, .headerlink"
    unread = {id(text) for part in article.select(hidden) for text in part.strings}
    return " ".join(text for text in article.strings if id(text) not in unread)


@pytest.mark.parametrize("what", RAW)
def test_no_page_shows_raw_source(documents, what):
    found = {
        name: match[0]
        for name, document in documents.items()
        if (match := RAW[what].search(prose(document)))
    }
    assert found == {}, f"{what} is left in the text"


def test_headings_have_ids_that_last(documents):
    """`_1` is what a slug that knows no Hangul makes of every heading."""
    for name, document in documents.items():
        if name == "404.html":
            continue
        headings = document.select("article :is(h1, h2, h3, h4, h5, h6)")
        ids = [heading.get("id", "") for heading in headings]
        assert all(i and not re.fullmatch(r"_\d+", i) for i in ids), (name, ids)
        assert len(set(ids)) == len(ids), (name, ids)


def test_every_id_is_unique_on_its_page(documents):
    for name, document in documents.items():
        ids = [element["id"] for element in document.select("article [id]")]
        assert sorted(set(ids)) == sorted(ids), name


def test_every_internal_link_leads_somewhere(site, documents):
    ids = {
        name: {element["id"] for element in document.select("[id]")}
        for name, document in documents.items()
    }
    for name, document in documents.items():
        if name == "404.html":  # is served from any address, so its links are absolute
            continue
        for link in document.select("a[href]"):
            path, fragment = urldefrag(unquote(link["href"]))
            if re.match(r"[a-z]+:|//", path):
                continue
            folder = PurePosixPath(name).parent
            target = (site / folder / path).resolve() if path else site / name
            assert target.exists(), (name, link["href"])
            if fragment:
                page = target.relative_to(site).as_posix()
                assert fragment in ids[page], (name, link["href"])


def test_download_links_lead_to_files_not_to_pages(documents):
    for name, document in documents.items():
        pages = document.select('a[download][href$=".html"]')
        assert pages == [], name


def test_every_figure_says_what_it_shows_and_how_large_it_is(documents):
    for name, document in documents.items():
        for image in document.select("article img"):
            assert image.get("alt", "").strip(), (name, image["src"][:80])
            assert "No description" not in image["alt"], (name, image["src"][:80])
            assert image.get("width") and image.get("height"), (name, image["src"][:80])


def test_every_page_names_its_language_and_its_search(documents):
    for name, document in documents.items():
        assert document.html["lang"] == "ko", name
        assert document.select_one(".md-search[role=dialog]")["aria-label"] == "검색"


def test_every_page_of_the_notes_describes_itself(documents):
    descriptions = {
        name: document.select_one("meta[name=description]")["content"]
        for name, document in documents.items()
        if "/" not in name and name != "404.html"
    }
    assert len(set(descriptions.values())) == len(descriptions), descriptions


def test_notebook_page_is_without_the_baggage_of_jupyterlab(documents):
    notebooks = [d for n, d in documents.items() if d.select(".jp-Notebook")]
    assert notebooks, "the site shows no notebook"
    for document in notebooks:
        assert not document.select("article style, clipboard-copy")
        scripts = [one.get_text() for one in document.select("article script")]
        assert all("fetchPriority" in one for one in scripts)  # of the first figure


def test_search_index_is_plain_utf8_and_holds_neither_notebook_nor_tex(site):
    index = (site / "search" / "entries.js").read_text("utf-8")
    assert r"\ud" not in index
    assert ".ipynb" not in index and '"location":"generated/' not in index
    assert "katex" not in index and r"\\frac" not in index

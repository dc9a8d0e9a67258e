"""A reader meets a term, and asks for its meaning: by mouse, keyboard or finger."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

TERM = "article abbr.term"


@pytest.fixture(params=["mouse", "finger"])
def page(request, chromium: Browser, address) -> Iterator[Page]:
    finger = request.param == "finger"
    context = chromium.new_context(
        viewport={"width": 390 if finger else 1280, "height": 800},
        has_touch=finger,
        is_mobile=finger,
    )
    page = context.new_page()
    page.goto(f"{address}activations.html")
    page.evaluate("document.fonts.ready")
    yield page
    context.close()


def told(page: Page) -> Locator:
    return page.locator(".md-tooltip2--active[role=tooltip]")


def ask(page: Page, term: Locator) -> None:
    """Point at a term's first letter: a title's middle may be its permalink."""
    by_finger = page.evaluate("navigator.maxTouchPoints") > 0
    point = term.tap if by_finger else term.hover
    point(position={"x": 4, "y": 12})


def test_every_page_with_sections_explains_a_term(documents):
    silent = [
        name
        for name, document in documents.items()
        if "/" not in name and document.select("article h2")
        if not document.select(f"{TERM}[title]") and name != "glossary.html"
    ]
    assert silent == []


def test_glossary_has_an_address_for_every_term_and_explains_none(documents):
    document = documents["glossary.html"]
    terms = document.select("article dt")
    assert len(terms) > 90
    assert all(term.get("id") for term in terms)
    assert not document.select(TERM)


def test_every_term_is_explained_once_a_page(documents):
    for name, document in documents.items():
        titles = [term["title"] for term in document.select(TERM)]
        assert len(set(titles)) == len(titles), name


def test_hover_texts_stay_out_of_the_search(site, documents):
    written = (site / "search" / "entries.js").read_text("utf-8")
    entries = json.loads(written[written.index("[") : -2])
    texts = [d["text"] for d in entries if "glossary" not in d["location"]]
    term = documents["activations.html"].select_one(TERM)
    assert not any(term["title"] in text or "abbr" in text for text in texts)
    word = term.get_text() + term.next_sibling[:4]  # is not torn apart either
    assert any(word in text for text in texts)


def test_meaning_appears_under_mouse_or_finger_and_goes_away(page):
    term = page.locator(TERM).nth(1)
    meaning = term.get_attribute("title")
    ask(page, term)
    expect(told(page)).to_have_text(meaning)
    expect(told(page)).to_be_in_viewport()
    ask(page, page.locator("article h1"))
    expect(told(page)).to_have_count(0)
    expect(term).to_have_attribute("title", meaning)


def test_meaning_appears_on_the_way_of_the_tab_key(page):
    page.evaluate("document.querySelector('article h1').tabIndex = -1")
    page.locator("article h1").focus()
    meaning = page.locator(TERM).first.get_attribute("title")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('abbr.term')"):
            break
    expect(told(page)).to_have_text(meaning)
    term = page.locator(f"{TERM}:focus")
    assert term.get_attribute("aria-describedby") == told(page).get_attribute("id")
    page.keyboard.press("Tab")
    expect(told(page).filter(has_text=meaning)).to_have_count(0)


def test_meaning_fits_the_screen_and_can_be_read(page):
    width = page.viewport_size["width"]
    for term in page.locator(f"{TERM}:visible").all()[:8]:
        meaning = term.get_attribute("title")
        term.focus()
        expect(told(page)).to_have_text(meaning)
        box = told(page).locator(".md-tooltip2__inner").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, meaning
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert told(page).locator(".md-tooltip2__inner").evaluate(size) >= 12

"""A reader without a mouse: few stops, and Escape leads back to where one was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

TERM = "article abbr.term"
TOLD = ".md-tooltip2--active[role=tooltip]"
STOPS = """[...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility())"""


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)
    page.goto(f"{address}activations.html")
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def test_tab_key_stops_at_terms_once_a_section(page: Page) -> None:
    sections = page.locator("article h2").count() + 1
    terms = page.locator(TERM).count()
    stops = page.locator(f"{TERM}[tabindex='0']").count()
    assert 0 < stops <= sections < terms
    assert page.evaluate(f"{STOPS}.filter((e) => e.matches('.headerlink'))") == []


def test_arrows_lead_to_every_term_of_a_section_and_back(page: Page) -> None:
    first, second = page.locator(TERM).nth(0), page.locator(TERM).nth(1)
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    expect(page.locator(TOLD)).to_have_count(1)
    expect(second).to_have_attribute("tabindex", "0")
    expect(first).to_have_attribute("tabindex", "-1")
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()


def test_escape_closes_a_meaning_and_leaves_the_focus_on_its_term(page: Page) -> None:
    term = page.locator(TERM).first
    term.focus()
    expect(page.locator(TOLD)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(TOLD)).not_to_be_visible()
    expect(term).to_be_focused()
    page.locator(TERM).nth(1).focus()
    expect(page.locator(TOLD).last).to_be_visible()


def test_escape_closes_a_meaning_under_the_mouse(page: Page) -> None:
    page.locator(TERM).first.hover(position={"x": 4, "y": 12})
    expect(page.locator(TOLD)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(TOLD)).not_to_be_visible()


def test_escape_in_the_search_leads_back_to_where_one_was(page: Page) -> None:
    link = page.locator("article p > a[href]").first
    link.focus()
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()

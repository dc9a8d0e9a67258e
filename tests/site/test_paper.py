"""A page on paper: nothing to press or to unfold, and the addresses of its links."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PRESSED = (
    "article :is(button:not(.enlarge), input, select, .headerlink, .md-button, "
    ".provenance, .downloads, .prepare, details.question details.success)"
)
PAPER = 658  # CSS pixels between the margins of a sheet


@pytest.fixture(params=["activations.html", "errata.html", "handwriting.html"])
def paper(request, chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": PAPER, "height": 900})
    page.set_default_timeout(120_000)
    page.emulate_media(media="print")
    page.goto(address + request.param)
    yield page
    page.close()


def test_nothing_on_paper_is_to_be_pressed(paper: Page) -> None:
    seen = paper.evaluate(
        "(pressed) => [...document.querySelectorAll(pressed)]"
        ".filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))",
        PRESSED,
    )
    assert seen == []


def test_figures_stand_without_the_sign_that_they_can_be_pressed(paper: Page) -> None:
    figures = paper.locator("article button.enlarge img[src$='#only-light']").all()
    assert len(figures) > 3 or "errata" in paper.url
    assert all(figure.evaluate("(i) => i.checkVisibility()") for figure in figures)
    sign = "(b) => getComputedStyle(b, '::after').display"
    signs = [b.evaluate(sign) for b in paper.locator("button.enlarge").all()]
    assert set(signs) <= {"none"}


def test_link_to_elsewhere_tells_its_address(paper: Page) -> None:
    told = paper.evaluate(
        "[...document.querySelectorAll('article a[href^=http]')]"
        ".filter((a) => a.checkVisibility())"
        ".map((a) => getComputedStyle(a, '::after').content.includes(a.href))"
    )
    assert all(told)


def test_whole_page_is_as_wide_as_the_paper(paper: Page) -> None:
    """What is wider makes Chromium print all pages smaller."""
    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_boxes_and_figures_stay_on_one_sheet(paper: Page) -> None:
    broken = paper.evaluate(
        "[...document.querySelectorAll('article :is(figure, .claim, .admonition)')]"
        ".filter((e) => getComputedStyle(e).breakInside !== 'avoid').length"
    )
    assert broken == 0

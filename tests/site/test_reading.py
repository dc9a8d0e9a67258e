"""The site as a student reads it: on a phone, in the dark, with the search box."""

import pytest

PHONE = 390


@pytest.fixture
def phone(visit, address, name):
    return visit(address + name, width=PHONE)


def test_page_fits_a_phone(phone):
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_figures_follow_the_colour_scheme_without_an_error(phone):
    page = phone.page
    for scheme in ("dark", "light"):
        phone.meet(scheme)
        shown = page.evaluate(
            "[...document.querySelectorAll('figure.artefact img')]"
            ".filter(i => i.offsetParent).map(i => [i.src, i.naturalWidth > 0])"
        )
        assert len(shown) == page.locator(f"img[src$='#only-{scheme}']").count()
        assert all(f"-{scheme}." in source and drawn for source, drawn in shown), shown
    assert phone.errors == []


def test_every_block_of_code_can_be_copied(phone):
    for block in phone.page.locator("article .highlight:has(pre > code)").all():
        assert block.locator("button[title='클립보드로 복사']").count() == 1


def test_what_scrolls_sideways_can_be_reached_by_keyboard(phone):
    unreachable = phone.page.evaluate(
        "[...document.querySelectorAll('.md-typeset__scrollwrap, div.arithmatex')]"
        ".filter(e => e.scrollWidth > e.clientWidth && e.tabIndex < 0)"
        ".map(e => e.innerText.slice(0, 80))"
    )
    assert unreachable == []


@pytest.mark.parametrize("words", ["활성화", "과적합", "소프트맥스"])
def test_search_finds_what_the_notes_are_about(visit, address, words):
    assert words in visit(address + "runs.html").search(words)

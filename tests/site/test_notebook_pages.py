"""The pages of notebooks are pages like the others: on a phone, and in the dark."""

import pytest
from visits import opened

PHONE = 390
SHOWN = """[...document.querySelectorAll('.jp-Notebook img')]
  .filter((image) => image.offsetParent)
  .map((image) => [image.getAttribute('src'), image.naturalWidth > 0])"""


@pytest.fixture(scope="module")
def notebooks(chromium, address, documents):
    """Return what each page of a notebook is like on a phone, by day and at night."""
    names = [name for name, one in documents.items() if one.select(".jp-Notebook")]
    assert len(names) > 10, "a lecture or a lab has no notebook"
    return {name: on_phone(opened(chromium, address + name, PHONE)) for name in names}


def on_phone(visited):
    pictures = {}
    for scheme in ("light", "dark"):
        visited.meet(scheme)
        pictures[scheme] = visited.page.evaluate(SHOWN)
    width = visited.page.evaluate("document.documentElement.scrollWidth")
    visited.page.close()
    return width, pictures, visited.errors


def test_notebook_fits_a_phone(notebooks):
    wide = {name: width for name, (width, _, _) in notebooks.items() if width > PHONE}
    assert wide == {}


def test_pictures_of_a_notebook_follow_the_colour_scheme(notebooks):
    shown = {"light": 0, "dark": 0}
    for name, (_, pictures, errors) in notebooks.items():
        for scheme, sources in pictures.items():
            assert all(source.endswith(f"#only-{scheme}") for source, _ in sources)
            assert all(drawn for _, drawn in sources), (name, sources)
            shown[scheme] += len(sources)
        assert errors == []
    assert shown["light"] == shown["dark"] > 20


def test_no_page_carries_a_picture_or_a_style_sheet_inside(documents):
    for name, document in documents.items():
        inside = document.select('article style, article img[src^="data:"]')
        assert inside == [], name

"""The pages of notebooks are pages like the others: on a phone, and in the dark."""

import pytest

PHONE = 390
SHOWN = """[...document.querySelectorAll('.jp-Notebook img')]
  .filter((image) => image.offsetParent)
  .map((image) => [image.getAttribute('src'), image.naturalWidth > 0])"""


@pytest.fixture
def notebooks(documents):
    found = [name for name, one in documents.items() if one.select(".jp-Notebook")]
    assert len(found) > 10, "a lecture or a lab has no notebook"
    return found


def test_notebook_fits_a_phone(visit, address, notebooks):
    widths = {
        name: visit(address + name, width=PHONE).page.evaluate(
            "document.documentElement.scrollWidth"
        )
        for name in notebooks
    }
    assert {name: width for name, width in widths.items() if width > PHONE} == {}


def test_pictures_of_a_notebook_follow_the_colour_scheme(visit, address, notebooks):
    shown = {"light": 0, "dark": 0}
    for name in notebooks:
        visited = visit(address + name, width=PHONE)
        for scheme in shown:
            visited.meet(scheme)
            sources = visited.page.evaluate(SHOWN)
            assert all(source.endswith(f"#only-{scheme}") for source, _ in sources)
            assert all(drawn for _, drawn in sources), (name, sources)
            shown[scheme] += len(sources)
        assert visited.errors == []
    assert shown["light"] == shown["dark"] > 20


def test_no_page_carries_a_picture_or_a_style_sheet_inside(documents):
    for name, document in documents.items():
        inside = document.select('article style, article img[src^="data:"]')
        assert inside == [], name

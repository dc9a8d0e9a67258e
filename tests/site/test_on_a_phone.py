"""What a phone of 390 pixels shows of figures and code: large enough, and whole."""

import re
import unicodedata

import pytest

PHONE, MARGIN = 390, 16  # CSS pixels, and what the page leaves free on either side
BLEED = 12  # of the margin, what a figure takes
LEAST = 9
TEXT = re.compile(r'<g [^>]*transform="[^"]*scale\(([\d.]+) -[\d.]+\)">(.*?)</g>', re.S)
INSIDE = re.compile(r'<use [^>]*transform="[^"]*scale\(([\d.]+)\)"')
COLUMNS = 72


def letters(svg):
    """Yield the size of each text of a figure, in CSS pixels, and of its parts."""
    for size, glyphs in TEXT.findall(svg):
        pixels = float(size) * 100 * 96 / 72
        yield pixels
        yield from (pixels * float(part) for part in INSIDE.findall(glyphs))


def least_width(image):
    found = re.search(r"min-width: (\d+)px", image.get("style", ""))
    return int(found[1]) if found else 0


def shown_width(image):
    """Return how wide a phone shows an image."""
    bleeds = image.find_parent("figure", class_="artefact-figure") is not None
    column = PHONE - 2 * (MARGIN - BLEED * bleeds)
    own = int(image["width"])
    return max(min(own, column), least_width(image))


def figures(documents):
    for name, document in documents.items():
        for image in document.select("figure.artefact img"):
            yield name, image


def test_every_text_in_every_figure_can_be_read_on_a_phone(site, documents):
    small, seen = {}, 0
    for name, image in figures(documents):
        file = (site / name).parent / image["src"].split("#")[0]
        if file.suffix != ".svg":
            continue  # of a picture in pixels, the drawing room has read the text
        scale = shown_width(image) / int(image["width"])
        sizes = [scale * size for size in letters(file.read_text("utf-8"))]
        seen += len(sizes)
        if min(sizes, default=LEAST) < LEAST:
            small[name, file.name] = round(min(sizes), 2)
    assert seen > 3000
    assert small == {}


@pytest.mark.parametrize("file", ["mnist_softmax.html", "learning_curves.html"])
def test_a_phone_shows_figures_as_wide_as_computed(visit, address, documents, file):
    page = visit(address + file, width=PHONE).page
    shown = page.evaluate(
        "[...document.querySelectorAll('figure.artefact img')]"
        ".filter(i => i.offsetParent).map(i => i.clientWidth)"
    )
    images = documents[file].select("figure.artefact img[src$='#only-light']")
    assert shown == [shown_width(image) for image in images]


def test_figure_wider_than_the_phone_scrolls_and_the_page_does_not(visit, address):
    page = visit(address + "mnist_softmax.html", width=PHONE).page
    wide = page.locator("#curves > p")
    assert wide.evaluate("p => p.scrollWidth > p.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_alternative_text_does_not_repeat_the_caption(documents):
    for name, image in figures(documents):
        caption = image.find_parent("figure").select_one("figcaption > p")
        said = " ".join(caption.get_text(" ").split())
        alt = " ".join(image["alt"].split())
        assert alt and alt[:20] not in said, (name, alt)


def width(line):
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line)


def test_code_that_a_page_shows_is_narrow(documents):
    wide = [
        (name, line)
        for name, document in documents.items()
        for block in document.select("article .highlight:not(.output) > pre > code")
        for line in block.get_text().splitlines()
        if width(line) > COLUMNS and block.find_parent(class_="language-python")
    ]
    assert wide == []

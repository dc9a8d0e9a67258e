"""How little a phone has to fetch and to lay out before a page can be read."""

import gzip
from urllib.parse import unquote, urlsplit

import pytest

HEAVY = ["activations.html", "cifar10_linear.html", "optimizers.html"]
MOST = 180_000  # bytes on the wire, beside figures
FIGURES = (".svg", ".png", ".webp")
SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.shifts += entry.value;
})).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def read(chromium, address):
    """Return a function that opens a page as a first visitor does, on a phone."""
    contexts = []

    def opened(name, scheme="light"):
        window = {"width": 390, "height": 844}
        context = chromium.new_context(viewport=window, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.add_init_script(SHIFTS)
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


def paths(page):
    return {unquote(urlsplit(url).path).lstrip("/") for url in page.asked}


@pytest.mark.parametrize("file", HEAVY)
def test_page_is_light_on_the_wire(read, site, file):
    size = 0
    for path in paths(read(file)):
        if path.endswith(FIGURES):
            continue
        content = (site / path).read_bytes()
        size += len(content if path.endswith(".woff2") else gzip.compress(content, 6))
    assert size <= MOST


@pytest.mark.parametrize("file", HEAVY)
def test_nothing_shifts_while_a_page_loads(read, file):
    assert read(file).evaluate("window.shifts") < 0.001


@pytest.mark.parametrize("file", HEAVY)
def test_most_of_a_long_page_is_laid_out_only_when_it_comes_near(read, file):
    shown, all_ = read(file).evaluate(
        """() => {
          const all = [...document.querySelectorAll("article *")];
          const seen = { contentVisibilityAuto: true };
          return [all.filter((e) => e.checkVisibility(seen)).length, all.length];
        }"""
    )
    assert shown < all_ / 2


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
@pytest.mark.parametrize("file", HEAVY)
def test_figures_of_the_other_scheme_are_not_fetched(read, file, scheme, other):
    figures = [p for p in paths(read(file, scheme)) if p.endswith(FIGURES)]
    assert figures
    assert [path for path in figures if f"-{other}." in path] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_the_first_figure_does_not_wait(read, scheme):
    page = read("optimizers.html", scheme)
    eager = page.evaluate(
        "[...document.querySelectorAll('figure.artefact img')]"
        ".map((i, n) => i.loading === 'eager' ? n : -1).filter((n) => n >= 0)"
    )
    assert eager == [0 if scheme == "light" else 1]


def test_link_into_a_long_page_leads_to_its_place(read):
    page = read("cifar10_linear.html#grid")
    page.wait_for_timeout(500)  # what is above may have grown meanwhile
    top = page.locator("#grid").bounding_box()["y"]
    assert 0 <= top < 250


def test_paper_shows_everything(read):
    page = read("optimizers.html")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('article > *')]"
        ".filter((e) => getComputedStyle(e).contentVisibility !== 'visible').length"
    )
    assert hidden == 0


def test_text_does_not_wait_for_the_faces_of_formulas(site):
    css = (site / "css/katex/katex.min.css").read_text("utf-8")
    assert css.count("font-display:swap") == css.count("@font-face") > 0

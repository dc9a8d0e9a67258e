"""A figure opens large, by touch and by key, in the page's colours, and closes."""

import pytest

PAGE, NAME = "learning_rate.html", "sweep"


@pytest.fixture
def read(chromium, address):
    """Return a function that opens a page in a window of its own."""
    contexts = []

    def opened(url=address + PAGE, *, width=390, scheme="light"):
        window = {"width": width, "height": 844}
        context = chromium.new_context(viewport=window, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_touched_figure_opens_large_in_the_colours_of_the_page(read, scheme):
    page = read(scheme=scheme)
    small = page.locator(f"#{NAME} img:visible")
    before = small.bounding_box()["width"]
    small.click()
    large = page.locator("dialog img")
    assert large.count() == 1 and large.is_visible()
    assert f"{NAME}-{scheme}." in large.get_attribute("src")
    assert large.bounding_box()["width"] > 1.5 * before


def test_key_opens_escape_closes_and_focus_returns(read):
    page = read()
    button = page.locator(f"#{NAME} button.enlarge")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    assert "그림" in dialog.get_attribute("aria-label")
    assert page.evaluate("document.activeElement.textContent") == "닫기"
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert button.evaluate("button => button === document.activeElement")


def test_button_is_named_by_what_the_figure_shows(read):
    page = read()
    button = page.locator(f"#{NAME} button.enlarge")
    alt = button.locator("img:visible").get_attribute("alt")
    assert page.get_by_role("button", name=alt, exact=True).count() == 1
    assert button.get_attribute("aria-haspopup") == "dialog"


def test_large_figure_can_be_downloaded(read):
    page = read()
    page.locator(f"#{NAME} button.enlarge").click()
    with page.expect_download() as download:
        page.locator("dialog a[download]").click()
    assert download.value.suggested_filename == f"{NAME}-light.svg"


def test_large_figure_fills_a_wide_window_and_no_more(read):
    page = read(width=1280)
    page.locator(f"#{NAME} button.enlarge").click()
    stage = page.locator(".enlarged-stage")
    assert stage.evaluate("s => s.scrollWidth <= s.clientWidth")
    assert stage.locator("img").bounding_box()["width"] > 600


def test_frame_that_is_shown_opens(read, address):
    page = read(address + "neural_network.html")
    figure = page.locator("#border_path")
    figure.locator("input").press("ArrowRight")
    figure.locator(".frames-now button.enlarge").click()
    assert "-01-light" in page.locator("dialog img").get_attribute("src")


def test_figures_open_in_a_folder_without_a_server(read, site):
    page = read((site / PAGE).as_uri())
    page.locator(f"#{NAME} button.enlarge").click()
    assert page.locator("dialog img").evaluate("i => i.decode().then(() => true)")


def test_script_is_small(site):
    assert (site / "javascripts" / "enlarge.js").stat().st_size <= 2500

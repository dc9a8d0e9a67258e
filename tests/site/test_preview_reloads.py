"""An author's browser loads a page again once for what was saved, and shows it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page
from previewing import Preview, previewed

FIGURES = "snippets/figures/page.py"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with previewed(tmp_path_factory.mktemp("preview")) as shown:
        yield shown


@pytest.fixture
def page(preview: Preview, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(120_000)  # the machine may be busy
    page.goto(f"{preview.address}/page.html")
    yield page
    context.close()


@contextmanager
def edited(preview: Preview, page: Page, *edit: str) -> Iterator[None]:
    """Save an edit; take it back, and let the page show that, at the end.

    Chromium never closes a page that is told to while it loads itself again.
    """
    with ExitStack() as end:
        end.enter_context(preview.edited(*edit))
        yield
        with page.expect_event("load"):
            end.close()


def loads(page: Page) -> list[str]:
    """Return a list that grows by one whenever the page has been loaded."""
    found: list[str] = []
    page.on("load", lambda loaded: found.append(loaded.url))
    return found


def test_saved_sentence_is_seen_after_one_reload(preview: Preview, page: Page) -> None:
    seen = loads(page)
    with edited(preview, page, "docs/page.md", "# 쪽", "# 새 쪽"):
        page.wait_for_selector("h1:has-text('새 쪽')")
        page.wait_for_timeout(1000)
        assert len(seen) == 1


def test_edited_plot_is_seen_after_one_reload(preview: Preview, page: Page) -> None:
    seen, old = loads(page), preview.get("generated/page/line-light.svg")
    with edited(preview, page, FIGURES, '"one"', '"two"'):
        page.wait_for_event("load")
        page.wait_for_timeout(1000)
        assert len(seen) == 1
        assert preview.get("generated/page/line-light.svg") != old


def test_failure_is_read_in_the_place_of_what_failed(
    preview: Preview, page: Page
) -> None:
    with edited(preview, page, FIGURES, 'a["n"]', 'a["m"]'):
        mark = page.wait_for_selector(".preview-mark-failed")
        assert mark
        figure = page.locator("#line").bounding_box()
        box = mark.bounding_box()
        assert figure and box
        assert 0 <= figure["y"] - (box["y"] + box["height"]) < 60
        assert "KeyError" in mark.inner_text()
    assert page.locator(".preview-mark").count() == 0

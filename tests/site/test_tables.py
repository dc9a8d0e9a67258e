"""Tables on a page: sorted by their headers, seen on a phone, taken away as a file."""

import csv

import pytest

PAGE, NAME = "cifar10_linear.html", "source"


@pytest.fixture
def table(chromium, address):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + PAGE)
    yield page.locator(f"#{NAME}")
    page.close()


def column(table, name):
    heads = table.locator("th").all_text_contents()
    place = next(i for i, head in enumerate(heads) if head.strip() == name)
    cells = table.locator(f"tbody td:nth-child({place + 1})").all_text_contents()
    return [float(cell.split("±")[0]) for cell in cells]


@pytest.mark.parametrize("title", ["노트의 정확도", "우리 정확도"])
def test_header_sorts_up_then_down_then_as_it_was(table, title):
    before = column(table, title)
    head = table.locator("th", has_text=title)
    head.locator("button").focus()
    for order, wanted in (
        ("ascending", sorted(before)),
        ("descending", sorted(before, reverse=True)),
        (None, before),
    ):
        table.page.keyboard.press("Enter")
        assert column(table, title) == wanted
        assert head.get_attribute("aria-sort") == order


def test_only_one_header_says_that_it_sorts(table):
    for name in ("배치", "검증 비율"):
        table.locator("th", has_text=name).locator("button").click()
    assert table.locator("th[aria-sort]").all_inner_texts() == ["검증 비율"]


def test_first_column_stays_and_the_edge_says_that_more_follows(table):
    wrap = table.locator(".md-typeset__scrollwrap")
    first = table.locator("tbody th, tbody td").first
    wrap.scroll_into_view_if_needed()
    assert wrap.evaluate("w => w.scrollWidth > w.clientWidth")
    assert "linear-gradient" in wrap.evaluate("w => getComputedStyle(w).background")
    wrap.evaluate("w => w.scrollLeft = 150")
    assert first.bounding_box()["x"] >= 0


def test_columns_that_decide_are_seen_without_scrolling(chromium, address):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    for place, name in (
        ("cifar10_linear.html#source", "우리 정확도"),
        ("cifar10_linear.html#grid", "SGD 테스트"),
        ("cifar10_linear.html#remedies", "테스트 정확도"),
        ("cifar10_linear.html#conditions", "테스트"),
        ("cifar10_linear.html#one_hidden", "층 하나, 테스트"),
        ("batch_normalization.html#tuned", "차이"),
        ("optimizers.html#merits", "여기서는"),
    ):
        page.goto(address + place)
        figure = page.locator(f"#{place.split('#')[1]}")
        head = figure.locator("th").get_by_text(name, exact=True)
        box = head.bounding_box()
        assert box["x"] + box["width"] <= 390, place
    page.close()


def test_file_is_one_tap_away_and_its_numbers_are_numbers(table, site):
    link = table.locator("figcaption a.csv")
    assert link.is_visible() and link.get_attribute("download") is not None
    path = (site / link.get_attribute("href")).read_text("utf-8-sig").splitlines()
    rows = list(csv.DictReader(path))
    for name in ("노트의 정확도", "우리 정확도", "우리 정확도 ±", "예측 구간 (끝)"):
        assert [float(row[name]) for row in rows]
    assert len(rows) == table.locator("tbody tr").count()


def test_script_is_small(site):
    assert (site / "javascripts" / "tables.js").stat().st_size <= 2500

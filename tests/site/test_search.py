"""The search, in a browser: what it finds, and what it costs who does not search."""

import functools
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from typing_hangul import states
from visits import opened

LISTS = Path(__file__).with_name("searches")
BOX = ".md-search__input"
FIRST, AMONG_THREE, NOTHING = 0.85, 0.95, 0.01  # of a list: at least, at least, at most
ASK = """async (queries) => {
  document.querySelector(".md-search__input").focus();  // or no worker begins
  const worker = new Worker("javascripts/search/worker.js");
  const told = (type, data) => new Promise((tell, refuse) => {
    worker.onerror = ({ message }) => refuse(new Error(message));
    setTimeout(refuse, 120_000, new Error("no answer"));
    worker.addEventListener("message", ({ data }) => tell(data.data), { once: true });
    worker.postMessage({ type, data });
  });
  await told(0, {});
  const answers = [];
  for (const query of queries) {
    const { items } = await told(2, query);
    answers.push(items.map((result) => result.map(({ location }) => location)));
  }
  return answers;
}"""

PATIENCE = 120_000  # ms: the machine may be busy

Ask = Callable[..., list[list[list[str]]]]


@pytest.fixture(scope="module")
def ask(chromium: Browser, address: str) -> Iterator[Ask]:
    """Return a function that asks the worker: for each query the results, in order.

    A result is the addresses of a page's sections, the best first.
    """
    page = opened(chromium, address + "index.html").page

    @functools.cache
    def found(*queries: str) -> list[list[list[str]]]:
        answers: list[list[list[str]]] = page.evaluate(ASK, queries)
        return answers

    yield found
    page.close()


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Return a function that opens an address anew, and notes what it fetches."""
    pages: list[Page] = []

    def opened(url: str) -> tuple[Page, list[str]]:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        return page, fetched

    yield opened
    for page in pages:
        page.close()


def typed(page: Page, words: str) -> None:
    box = page.locator(BOX)
    box.press_sequentially(words)
    box.press("End")  # the theme listens to keys, which Hangul does not press here


def entries(site: Path) -> list[dict[str, Any]]:
    written = (site / "search" / "entries.js").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(written[written.index("[") : -2])
    return found


def names(result: list[str]) -> set[str]:
    """Return what a list may call a result: its page, or the term at its head."""
    best = result[0].replace(".html", "")
    page = best.split("#")[0]
    return {best} if page == "glossary" and "#" in best else {page}


@pytest.mark.parametrize("list_name", ["open", "kept"])
def test_readers_find_the_right_page(ask: Ask, list_name: str) -> None:
    """The search was made with one list before its eyes, and never saw the other."""
    kinds = tomllib.loads((LISTS / f"{list_name}.toml").read_text("utf-8"))
    wanted = {query: pages for kind in kinds.values() for query, pages in kind.items()}
    places: dict[str, int | None] = {}
    for query, results in zip(wanted, ask(*wanted), strict=True):
        right = [not names(one).isdisjoint(wanted[query]) for one in results]
        places[query] = right.index(True) if True in right else None
    empty = [q for q, results in zip(wanted, ask(*wanted), strict=True) if not results]
    late = {query: place for query, place in places.items() if place != 0}
    among = [place for place in places.values() if place is not None and place < 3]
    assert len(wanted) - len(late) >= FIRST * len(wanted), late
    assert len(among) >= AMONG_THREE * len(wanted), late
    assert len(empty) <= NOTHING * len(wanted), empty


def test_nobody_sees_an_empty_list_while_typing_a_term(ask: Ask, site: Path) -> None:
    terms = {entry["names"][0] for entry in entries(site) if "names" in entry}
    tried = sorted({state for term in terms for state in states(term) if state.strip()})
    assert len(tried) > 900
    found = zip(tried, ask(*tried), strict=True)
    nothing = [state for state, results in found if not results]
    assert nothing == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("렐루", "glossary.html#relu"),
        ("model.fit", "quickstart.html"),
        ("η", "glossary.html#learning-rate"),
        ("2/λ", "learning_rate.html#stability"),
        ("7,850", "mnist_softmax.html"),
        ("안장점이란?", "glossary.html#saddle-point"),
        ("ㄱㅈㅊ", "glossary.html#weight"),
    ],
)
def test_what_is_hard_to_find_is_found(ask: Ask, query: str, place: str) -> None:
    [results] = ask(query)
    assert any(item.startswith(place) for result in results for item in result)


def test_nothing_is_fetched_before_somebody_searches(fresh, address: str) -> None:
    page, fetched = fresh(address + "index.html")
    ours = [url for url in fetched if "/search" in url]
    scripts = ("search/on_demand.js", "search/search_index.json")
    assert sorted(ours) == [address + "javascripts/" + scripts[0], address + scripts[1]]
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused(timeout=PATIENCE)
    typed(page, "활")
    expect(page.locator(".md-search-result__item").first).to_be_visible(
        timeout=PATIENCE
    )
    assert sum(url.endswith("search/entries.js") for url in fetched) == 1


def test_index_that_every_page_fetches_is_empty(site: Path) -> None:
    both = [site / "search" / f"search_index.{kind}" for kind in ("js", "json")]
    assert all(path.stat().st_size < 300 for path in both)


def test_search_is_loaded_from_a_folder_only_when_asked(fresh, site: Path) -> None:
    page, fetched = fresh((site / "generated/activations/activations.html").as_uri())
    assert not any(url.endswith(("worker.js", "entries.js")) for url in fetched)
    page.locator(BOX).click()
    typed(page, "조기종료")
    link = page.locator(".md-search-result__link").first
    expect(link).to_be_visible(timeout=PATIENCE)
    link.click()
    expect(page.locator("article mark").first).to_have_text(
        "조기 종료", timeout=PATIENCE
    )


def test_page_that_was_found_shows_where(fresh, address: str) -> None:
    page, _ = fresh(address + "index.html")
    page.locator(BOX).click()
    typed(page, "드랍아웃")
    first = page.locator(".md-search-result__link").first
    expect(first.locator("mark").first).to_have_text("드롭아웃", timeout=PATIENCE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/*h=*")
    expect(page.locator("article mark").first).to_have_text(
        "드롭아웃", timeout=PATIENCE
    )


def test_site_is_without_the_search_that_we_replaced(site: Path) -> None:
    assert not [
        *site.rglob("lunr*"),
        *site.rglob("wordcut.js"),
        *site.rglob("tinyseg*"),
    ]
    assert not [*site.rglob("search.*.min.js")]
    assert "workers/search." not in (site / "index.html").read_text("utf-8")


def test_run_report_and_notebooks_are_not_searched(site: Path) -> None:
    places = {str(entry["location"]).split("#")[0] for entry in entries(site)}
    assert "activations.html" in places and "runs.html" not in places
    assert not any(place.startswith("generated/") for place in places)


def test_terms_are_results_of_their_own(site: Path) -> None:
    terms = {str(e["location"]): e for e in entries(site) if "names" in e}
    assert len(terms) > 90
    assert terms["glossary.html#dead-relu"]["see"] == "activations.html#dead-relu"
    assert "죽은 유닛" in terms["glossary.html#dead-relu"]["names"]

"""The lectures as a course: numbered, in order, each with its aims and its sum."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whatever its tags mean to MkDocs."""


_Loader.add_multi_constructor("", lambda loader, tag, node: None)


def _lectures():
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
    sections = {name: pages for one in settings["nav"] for name, pages in one.items()}
    return [item for one in sections["강의"] for item in one.items()]


LECTURES = _lectures()
NAMES = [path.replace(".md", ".html") for _, path in LECTURES]


def test_lectures_are_numbered_in_their_order():
    numbers = [re.match(r"(\d+)강 ", title)[1] for title, _ in LECTURES]
    assert numbers == [str(n) for n in range(1, len(LECTURES) + 1)]


def test_title_in_the_menu_is_that_of_the_page(documents):
    for title, path in LECTURES:
        heading = documents[path.replace(".md", ".html")].h1
        own = "".join(heading.find_all(string=True, recursive=False)).strip()
        assert title.partition("강 ")[2] == own


def test_footer_leads_to_the_next_lecture(documents):
    for here, following in zip(NAMES, NAMES[1:], strict=False):
        assert documents[here].select_one(".md-footer__link--next")["href"] == following


def test_front_page_leads_to_the_first_lecture(documents):
    assert documents["index.html"].select_one(".md-button")["href"] == NAMES[0]


def test_front_page_lists_the_lectures_with_their_times(documents):
    terms = [dt for dt in documents["index.html"].select("dt") if "강 " in dt.text]
    told = [(dt.text.split("강 ")[0], dt.a["href"]) for dt in terms]
    assert told == [(str(n), name) for n, name in enumerate(NAMES, start=1)]
    for term in terms:
        assert re.fullmatch(r"약 [1-9]\d*분", term.select_one("[data-minutes]").text)


@pytest.mark.parametrize("lecture", NAMES)
def test_lecture_opens_with_its_aims_and_ends_with_five_lines(documents, lecture):
    page = documents[lecture]
    (aims,), (keep,) = page.select(".goals"), page.select(".keep")
    assert page.h1.find_next_sibling() is aims
    assert 2 <= len(aims.select("li")) <= 4
    assert len(keep.select("li")) == 5
    assert keep.find_next_sibling()["id"] == "exercises"

"""The course on paper: its pages in order, in one document, with nothing to press."""

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lecture.render.chapters import chapter
from lecture.render.course import document, read_course
from pdf import BROWSERS, main, page_numbers
from pypdf import PdfReader

PAGES = frozenset({"one.html", "two.html"})
ONE = """
<article class="md-typeset">
<h1 id="one">하나<a class="headerlink" href="#one">¶</a></h1>
<p><a class="md-button" href="https://colab.example">Colab</a>
<abbr class="term" tabindex="0" title="뜻">낱말</abbr></p>
<h2 id="why">까닭</h2><p><a href="two.html#how">둘</a> <a href="#why">여기</a>
<a href="generated/one/a.csv">표</a> <a href="https://example.org">밖</a></p>
<figure><img loading="lazy" src="a-light.svg#only-light">
<img src="a-dark.svg#only-dark"><figcaption>그림
<details class="provenance"><summary>i</summary>시드</details></figcaption></figure>
<button>눌러</button>
<details class="question"><summary>연습 1. 몇입니까?</summary><p>셈하십시오.</p>
<details class="success"><summary>정답</summary><p>열둘입니다.</p></details></details>
<details class="note"><summary>더</summary><p>접힌 글</p></details>
<h2 id="downloads">내려받기</h2>
<details class="downloads"><summary>코드</summary></details>
</article>"""
TWO = (
    '<article class="md-typeset"><h1 id="two">둘</h1><h2 id="how">어떻게</h2></article>'
)
NAV = """
<head><meta property="og:site_name" content="노트">
<meta name="description" content="글">
<link rel="stylesheet" href="a.css"></head>
<nav class="md-nav--primary"><ul><li class="md-nav__item--section">
<label><span class="md-ellipsis">강의</span></label>
<ul><li><a class="md-nav__link" href="two.html">둘</a></li>
<li><a class="md-nav__link" href="one.html">하나</a></li></ul></li></ul></nav>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in ("index", NAV), ("one", ONE), ("two", TWO):
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    return tmp_path


def one(home: str = "") -> BeautifulSoup:
    return BeautifulSoup(chapter(ONE, "one.html", PAGES, home).html, "html.parser")


def test_nothing_is_left_to_press_or_unfold() -> None:
    left = "button, details, summary, .md-button, .headerlink, .provenance, .downloads"
    assert one().select(f"{left}, #one--downloads") == []
    assert "접힌 글" in one().text and "시드" not in one().text


def test_figure_is_the_light_one() -> None:
    assert [image["src"] for image in one().select("img")] == ["a-light.svg#only-light"]


def test_links_lead_into_the_document_or_out_of_it() -> None:
    links = {a.text: a.get("href") for a in one().select("a")}
    inside = {"둘": "#two--how", "여기": "#one--why"}
    assert links == {**inside, "표": None, "밖": "https://example.org"}
    known = {
        a.text: a.get("href") for a in one("https://kim.example/notes/").select("a")
    }
    assert known["표"] == "https://kim.example/notes/generated/one/a.csv"


def test_answers_stand_at_the_end_under_their_questions(site: Path) -> None:
    whole = BeautifulSoup(document(read_course(site), {}), "html.parser")
    (answer,) = whole.select("#answers .answer")
    assert "연습 1. 몇입니까?" in answer.text and "열둘입니다." in answer.text
    assert whole.text.count("열둘입니다.") == 1
    assert "셈하십시오." in whole.select("#one .question")[0].text


def test_pages_stand_in_the_order_of_the_navigation(site: Path) -> None:
    whole = BeautifulSoup(document(read_course(site), {"one--why": 12}), "html.parser")
    assert [a["id"] for a in whole.select("article")] == ["two", "one", "answers"]
    lines = [" ".join(li.stripped_strings) for li in whole.select(".contents li")]
    assert lines[:2] == ["강의", "둘 000"] and "까닭 12" in lines


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chromium")
def test_contents_of_the_pdf_tell_its_pages(site: Path, tmp_path: Path) -> None:
    (site / "two.html").write_text(
        TWO.replace("<h2", "<p style='break-after: page'>글</p><h2"), encoding="utf-8"
    )
    assert main(site, tmp_path / "course.pdf") == 0
    reader = PdfReader(tmp_path / "course.pdf")
    texts = [page.extract_text() for page in reader.pages]
    numbers = page_numbers(tmp_path / "course.pdf")
    assert numbers["two--how"] == numbers["two"] + 1
    for name, heading in ("two--how", "어떻게"), ("one--why", "까닭"):
        assert heading in texts[numbers[name] - 1]
        assert f"{numbers[name]}" in next(t for t in texts if "차례" in t)
    marks = [one["/Title"] for one in reader.outline if isinstance(one, dict)]
    assert {"차례", "하나", "둘", "연습의 답"} <= {*marks}
    assert not (site / "course.html").exists()

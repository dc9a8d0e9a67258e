"""What of a page's HTML may be searched for, and under which address."""

import json
from pathlib import Path

from lecture.base.memory import Memory
from lecture.render.mathematics import formula_html
from lecture.render.search_entries import SearchEntries, is_unused, with_our_search
from lecture.render.sections import entries

PAGE = """
<h1 id="top">학습률<a class="headerlink" href="#top">&para;</a></h1>
<p>첫 문단입니다.
둘째 줄입니다.</p>
<details data-search-exclude><summary>재현 정보</summary><p>비밀</p></details>
<h2 id="limit">한계</h2>
<pre><code>a = 1
<span>b</span> = 2</code></pre>
<table><tr><th>이름</th><th>값</th></tr>
<tr><td>둘</td><td>2</td></tr></table>
"""
TERM = """
<h1 id="t">용어집</h1><dl>
<dt id="score"><strong>점수</strong>(score, logits)</dt>
<dd>확률로 바꾸기 전의 값입니다. <a href="activations.html#output">활성화 함수</a></dd>
<dd>동의어: 로짓, 스코어</dd></dl>
"""


def found(html: str, title: str = "제목", boost: float = 1) -> list[dict[str, object]]:
    return [*entries("page.html", title, html, boost)]


def test_each_heading_begins_an_entry_of_its_own() -> None:
    top, limit = found(PAGE)
    assert top["location"] == "page.html"
    assert (top["title"], top["text"]) == ("학습률", "첫 문단입니다.\n둘째 줄입니다.")
    assert (limit["location"], limit["title"]) == ("page.html#limit", "한계")
    assert limit["text"] == "a = 1\nb = 2\n이름 값\n둘 2"


def test_page_without_a_heading_goes_by_its_title() -> None:
    assert found("<p>글</p>") == [
        {"location": "page.html", "title": "제목", "text": "글"}
    ]


def test_term_is_an_entry_with_all_of_its_names() -> None:
    term = found(TERM)[1]
    assert term["location"] == "page.html#score"
    assert term["names"] == ["점수", "score", "logits", "로짓", "스코어"]
    assert term["see"] == "activations.html#output"
    assert "동의어" not in str(term["text"])


def test_formula_is_read_as_text_once() -> None:
    for tex in (r"2/\lambda", r"\frac{2}{\lambda}"):
        [entry] = found(
            f"<p>학습률은 {formula_html(tex, display=False)}보다 작습니다.</p>"
        )
        assert entry["text"] == "학습률은 2/λ보다 작습니다."


def test_entry_says_how_much_its_page_counts_only_where_it_is_not_usual() -> None:
    assert [entry["boost"] for entry in found(PAGE, boost=0.5)] == [0.5, 0.5]
    assert not any("boost" in entry for entry in found(PAGE))


def test_page_that_is_known_gives_the_same_entries(tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        memory = Memory(tmp_path / "memory", "salt")
        index = SearchEntries(memory)
        index.add("page.html", "제목", PAGE)
        index.add("terms.html", "용어집", TERM)
        index.write(tmp_path)
        memory.save()
        written.append((tmp_path / "search" / "entries.js").read_text("utf-8"))
    assert written[0] == written[1]
    text = written[0].removeprefix("self.entries = ").removesuffix(";\n")
    assert [e["title"] for e in json.loads(text)][:2] == ["학습률", "한계"]


def test_page_asks_our_worker_and_the_theme_brings_none() -> None:
    theirs = "assets/javascripts/workers/search.a7633da7.min.js"
    page = with_our_search(f'{{"search": "../../{theirs}"}}')
    assert page == '{"search": "../../javascripts/search/worker.js"}'
    assert is_unused(theirs) and is_unused("assets/javascripts/lunr/wordcut.js")
    assert not is_unused("assets/javascripts/bundle.a5f9d56c.min.js")

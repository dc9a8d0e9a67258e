"""What a run gives is shown as it is: never markup, a formula, a script, an include."""

from html import unescape
from pathlib import Path
from re import DOTALL, findall, sub

import pandas as pd
import pytest
from freezing import frozen_of, save
from lecture.base.datasets import DataSet
from lecture.base.errors import DrawError
from lecture.base.inert import code_span, inert
from lecture.base.products import Drawing, Table, Verdict
from lecture.base.project import Project
from lecture.book.record import Frozen, Made
from lecture.collect.artefact import Artefact, Place
from lecture.draw.tables import draw_table
from lecture.publish.fragments import claim_fragment, figure_fragment, table_fragment
from lecture.publish.includes import literal
from lecture.publish.provenance import Provenance
from lecture.publish.runs_table import runs_page
from lecture.render.binding import NumbersExtension
from markdown import Markdown

ODD = [
    "__init__",
    "$x$와 $$y$$",
    "{{ cifar.fit.accuracy }}",
    "<script>alert(1)</script>",
    "</td></table>",
    "a*b*c **굵게**",
    "a | b",
    "`x` ``y``",
    '--8<-- "LICENSE"',
    "[](#x) [글](http://a.b) ![그림](c.svg)",
    "<http://a.b>",
    "&lt; &amp; &#35;",
    "- 하나",
    "+ 하나",
    "# 제목",
    "#제목",
    "1. 하나",
    "2026. 11. 30.",
    "> 인용",
    ": 뜻",
    "!!! note",
    "??? note",
    '=== "탭"',
    "---",
    "~~~",
    "a\\b \\* \\(x\\)",
    "하나 { .x #y }",
    "[^1] 각주[^1]",
    "^위^ ~아래~ ==칠==",
    "\"따옴표\" '홑'",
    "-0.5",
    "+.1 ± 0.01",
    "\x02wzxhzdk:0\x03",
]


def converter(root: Path) -> Markdown:
    return Markdown(
        extensions=[
            NumbersExtension(root=str(root)),
            *("admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
            *("tables", "pymdownx.snippets", "pymdownx.superfences"),
            *("pymdownx.tabbed", "pymdownx.details", "pymdownx.arithmatex"),
            "pymdownx.inlinehilite",
        ],
        extension_configs={
            "pymdownx.snippets": {"base_path": [str(root)], "check_paths": True},
            "pymdownx.arithmatex": {"generic": True},
            "pymdownx.tabbed": {"alternate_style": True},
        },
    )


def read(html: str) -> str:
    """Return the text that a reader sees of some HTML, whatever its blanks."""
    return " ".join(unescape(sub(r"<[^>]*>", "", html)).split())


def seen(text: str) -> str:
    return " ".join(text.replace("\x02", "").replace("\x03", "").split())


def artefact(kind: str, doc: str) -> Artefact:
    path = Path("/notes/snippets/cifar.py")
    return Artefact("cifar", "cifar", kind, "curve", path, 12, doc)


def frozen(result: object, case: dict[str, object] | None = None) -> Frozen:
    data = {"d": DataSet("데이터 <b>*a*", "0123")}
    made = Made("2026-11-21", 1.0, 100, "EPYC <i>_x_ y_", {"keras": "3"}, data)
    return frozen_of(Place("cifar", "fit"), (case, result), made=made)


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("page", ["{}", "앞 {} 뒤", "- {}", "| a |\n| - |\n| {} |"])
def test_text_bound_on_a_page_is_shown_as_it_is(
    tmp_path: Path, text: str, page: str
) -> None:
    project = Project(tmp_path)
    result = {"accuracy": "엉뚱함", "text": text}
    save(project, frozen(result))
    written = page.format("{{ cifar.fit.text }}")
    html = converter(tmp_path).convert(written)
    like = converter(tmp_path).convert(page.format("글자"))
    assert read(html) == read(like).replace("글자", seen(text))
    assert findall(r"<(\w+)", html) == findall(r"<(\w+)", like)


def test_cells_and_heads_of_a_table_are_shown_as_they_are(tmp_path: Path) -> None:
    frame = pd.DataFrame({"값": ODD} | {text: [text] * len(ODD) for text in ODD})
    table, _ = draw_table(frame, name="t")
    fragment = table_fragment(artefact("table", "표"), table, Provenance())
    html = converter(tmp_path).convert(fragment)
    assert html.count("<table>") == html.count("</table>") == 1
    heads = [read(cell) for cell in findall(r"<th\b[^>]*>(.*?)</th>", html, DOTALL)]
    cells = [read(cell) for cell in findall(r"<td\b[^>]*>(.*?)</td>", html, DOTALL)]
    assert heads == ["값", *map(seen, ODD)]
    assert cells[:: len(ODD) + 1] == list(map(seen, ODD))
    assert cells[1 : len(ODD) + 1] == list(map(seen, ODD))


def test_lines_of_a_cell_stand_below_each_other(tmp_path: Path) -> None:
    frame = pd.DataFrame({"코드": ["# 하나\n- 둘"]})
    table, _ = draw_table(frame, name="t")
    html = converter(tmp_path).convert(table.markdown)
    assert "# 하나<br>- 둘</td>" in unescape(html)


def test_column_may_be_markdown_where_its_author_says_so(tmp_path: Path) -> None:
    frame = pd.DataFrame({"식": ["`a*b`와 $P(a|b)$"], "글": ["`a*b`"]})
    frame.attrs["markdown"] = ["식"]
    table, _ = draw_table(frame, name="t")
    html = converter(tmp_path).convert(table.markdown)
    assert "<code>a*b</code>와" in html
    assert r"P(a\vert b)" in html
    assert "<td>`a*b`</td>" in unescape(html).replace(' style="text-align: left;"', "")


def test_markdown_column_that_is_not_there_is_told() -> None:
    frame = pd.DataFrame({"글": ["a"]})
    frame.attrs["markdown"] = ["굴"]
    with pytest.raises(DrawError, match=r"attrs\['markdown'\].*'굴'") as caught:
        draw_table(frame, name="t")
    assert "글" in caught.value.hint


@pytest.mark.parametrize("text", ODD)
def test_evidence_is_shown_as_it_is(tmp_path: Path, text: str) -> None:
    save(Project(tmp_path), frozen({"accuracy": "엉뚱함"}))
    claim = artefact("claim", "문장입니다.")
    fragment = claim_fragment(claim, Verdict(True, text), Provenance())
    html = converter(tmp_path).convert(fragment)
    (shown,) = findall(r"<dt>근거</dt>\s*<dd>(.*?)</dd>", html, DOTALL)
    assert read(shown) == seen(text)


@pytest.mark.parametrize("text", ODD)
def test_case_is_shown_as_it_is_on_the_page_of_runs(tmp_path: Path, text: str) -> None:
    page = runs_page([frozen({}, {"name": text, "n": 1})])
    html = converter(tmp_path).convert(page)
    (row,) = findall(r"<td><code>name=.*", html)
    assert read(row) == f"name={seen(text)}, n=1"
    assert html.count("<details") == html.count("</details>") == 1
    assert html.count("<tr>") == 4
    assert "데이터 <b>*a*" in read(html)
    assert "EPYC <i>_x_ y_" in read(html)


def test_html_in_a_docstring_is_text_and_its_markdown_is_markdown(
    tmp_path: Path,
) -> None:
    save(Project(tmp_path), frozen({"accuracy": 0.4}))
    doc = (
        "**굵게** `a<b` $x<y$ <script>alert(1)</script></figcaption> "
        "{{ cifar.fit.accuracy:.1% }}은\n\n"
        "조건 <b>.\n\n원문: <img src=x onerror=y>\n\n"
        "대체 텍스트: {{ cifar.fit.accuracy }}"
    )
    drawing, rows = Drawing("l.svg", "d.svg", 1, 1), Table("t.csv", "| a |\n| - |")
    provenance = Provenance()
    fragments = (
        figure_fragment(artefact("figure", doc), drawing, provenance),
        table_fragment(artefact("table", doc), rows, provenance),
        claim_fragment(artefact("claim", doc), Verdict(True, ""), provenance),
    )
    for fragment in fragments:
        html = converter(tmp_path).reset().convert(fragment)
        assert "<strong>굵게</strong> <code>a&lt;b</code>" in html
        assert r"\(x&lt;y\)" in html
        assert "<script" not in html
        assert "onerror=y>" not in html
        assert "<script>alert(1)</script></figcaption> 40.0%는" in unescape(html)
    figure = converter(tmp_path).reset().convert(fragments[0])
    assert figure.count('alt="0.4"') == 2


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "LICENSE"',
        "  -8<- 'LICENSE:1:2'",
        "--8<--",
        ';--8<-- "LICENSE"',
        "# --8<-- [start:model]",
        "x ;;--8<-- [end:model] y",
        "--8<-- [ start: model ]",
        '앞 --8<-- "LICENSE"',
        "8<",
    ],
)
def test_printed_line_is_no_include(tmp_path: Path, line: str) -> None:
    (tmp_path / "LICENSE").write_text("비밀\n", encoding="utf-8")
    fragment = literal(f"```\n앞\n{line}\n뒤\n```\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/lab.md").write_text(fragment, encoding="utf-8")
    html = converter(tmp_path).convert('--8<-- "docs/lab.md"')
    assert f"앞\n{line}\n뒤\n" in unescape(html)


def test_code_span_holds_any_backticks() -> None:
    assert code_span("a") == "`a`"
    assert code_span("`a`\n``b") == "``` `a` ``b ```"


def test_number_needs_no_entity() -> None:
    for number in ("-0.5", "1e-05", "60,000", "40.5%", "+0.02"):
        assert inert(number) == number

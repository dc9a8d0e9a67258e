"""Where the items of the source notes are treated, and what is said where not."""

from pathlib import Path

import pytest
from lecture.publish.pages import DocPage
from lecture.publish.sources import Treatment
from lecture.publish.sources_table import verdict_of
from sandbox import Sandbox

ITEMS = """
[topics]
T01 = "경사 하강법"

[claims]
C01 = "학습률을 줄이면 늘 안정된다."

[definitions]
C02 = "에폭은 데이터를 한 번 도는 것이다."
"""
PAGE = """
---
sources:
  rule: [T01, C02]
---

# 경사 하강법

## 갱신 규칙 { #rule }

--8<-- "generated/descent/stable.md"
"""
SNIPPET = '''
def experiment_fit():
    return {"loss": 0.5}


def claim_stable(fit):
    """손실은 1보다 작다.

    원문: (C01) 학습률을 줄이면 늘 안정된다.
    판정: 조건부
    """
    return fit["loss"] < 1, "손실 0.5"
'''


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path)
    sandbox.write("docs/sources.toml", ITEMS)
    names = ("topics", "claims", "definitions")
    tables = "\n\n".join(f'--8<-- "generated/sources/{name}.md"' for name in names)
    sandbox.write("docs/sources.md", f"# 출처\n\n{tables}\n")
    sandbox.write("docs/descent.md", PAGE)
    sandbox.write("snippets/descent.py", SNIPPET)
    return sandbox


def table(sandbox: Sandbox) -> dict[str, list[str]]:
    """Return the cells of each row by the item's number."""
    files = (sandbox.root / "docs/generated/sources").glob("*.md")
    lines = [line for f in files for line in f.read_text("utf-8").splitlines()]
    rows = [line for line in lines if line.startswith("| <span")]
    cells = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]
    return {row[0].split(">")[1].split("<")[0]: row[1:] for row in cells}


def test_every_item_has_its_row_with_place_and_verdict(sandbox: Sandbox) -> None:
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    rows = table(sandbox)
    assert rows["T01"] == ["경사 하강법", "[경사 하강법](docs://descent.md#rule)"]
    assert ">조건부<" in rows["C01"][0]
    assert rows["C01"][2] == "[경사 하강법](docs://descent.md#stable)"
    assert rows["C02"][-1] == "[경사 하강법](docs://descent.md#rule)"


def test_source_and_verdict_stand_in_the_table_and_not_on_the_lesson(
    sandbox: Sandbox,
) -> None:
    sandbox.build()
    claim = sandbox.root / "docs/generated/descent/stable.md"
    text = claim.read_text(encoding="utf-8")
    assert "손실은 1보다 작다." in text
    assert "학습률을 줄이면" not in text
    assert "조건부" not in text


def test_table_tells_every_verdict_where_claims_differ(sandbox: Sandbox) -> None:
    second = SNIPPET[SNIPPET.index("def claim") :]
    second = second.replace("claim_stable", "claim_small").replace("조건부", "반증")
    sandbox.write("snippets/descent.py", f"{SNIPPET}\n\n{second}")
    sandbox.write("docs/descent.md", f'{PAGE}\n--8<-- "generated/descent/small.md"\n')
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    verdict, text, _ = table(sandbox)["C01"]
    assert ">조건부<" in verdict
    said = "학습률을 줄이면 늘 안정된다. [확인]"
    for word, name in (("조건부", "stable"), ("반증", "small")):
        assert f">{word}</span> {said}(docs://descent.md#{name})" in text


def test_verdict_is_told_in_a_table_without_verdicts(sandbox: Sandbox) -> None:
    sandbox.edit("snippets/descent.py", "(C01)", "(C01, T01)")
    sandbox.build()
    chip = '<span class="chip chip-conditional">조건부</span>'
    told = f"{chip} 학습률을 줄이면 늘 안정된다. [확인](docs://descent.md#stable)"
    assert table(sandbox)["T01"][0] == f"경사 하강법<br>{told}"


def test_item_without_a_place_turns_the_build_red(sandbox: Sandbox) -> None:
    sandbox.edit("docs/descent.md", "[T01, C02]", "[C02]")
    ran = sandbox.build()
    assert ran.code == 1
    assert "docs/sources.toml:2: `T01`: 어느 쪽에도 자리가 없습니다." in ran.err


def test_claimed_sentence_without_a_verdict_turns_the_build_red(
    sandbox: Sandbox,
) -> None:
    sandbox.edit("snippets/descent.py", "(C01) ", "")
    sandbox.edit("docs/descent.md", "[T01, C02]", "[T01, C01, C02]")
    ran = sandbox.build()
    assert ran.code == 1
    assert "docs/sources.toml:5: `C01`: 이 문장을 판정한 주장이 없습니다." in ran.err


def test_unknown_number_and_unknown_section_are_told(sandbox: Sandbox) -> None:
    sandbox.edit("snippets/descent.py", "(C01)", "(C01, C09)")
    sandbox.edit("docs/descent.md", "rule: [", "rules: [")
    ran = sandbox.build()
    assert "snippets/descent.py:5: `C09`: 모르는 번호입니다." in ran.err
    assert "docs/descent.md:3: `sources:`의 `rules`: 그런 절이 없습니다." in ran.err
    assert "비슷한 이름: rule" in ran.err


def test_verdicts_that_differ_are_conditional() -> None:
    assert verdict_of([]) == ""
    assert verdict_of([_place("반증"), _place(""), _place("반증")]) == "반증"
    assert verdict_of([_place("재현됨"), _place("반증")]) == "조건부"


def test_heading_named_like_an_artefact_is_told_with_its_line(
    sandbox: Sandbox,
) -> None:
    sandbox.edit("docs/descent.md", "{ #rule }", "{ #stable }")
    sandbox.edit("docs/descent.md", "rule: [", "stable: [")
    ran = sandbox.build()
    assert ran.code == 1
    assert "docs/descent.md:8: 제목의 `#stable`" in ran.err


def test_unbound_number_turns_the_build_red_and_bound_ones_are_counted(
    sandbox: Sandbox,
) -> None:
    page = sandbox.root / "docs/descent.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n손실은 {{{{ descent.fit.loss }}}}입니다.\n", "utf-8")
    assert "본문의 숫자 1개가 모두 결과에" in sandbox.build().out
    page.write_text(f"{text}\n손실은 0.5입니다.\n", "utf-8")
    ran = sandbox.build()
    assert ran.code == 1
    assert "docs/descent.md:12: `0.5`는 어떤 결과에도" in ran.err


def _place(verdict: str) -> Treatment:
    page = DocPage("descent", Path("docs/descent.md"), "# 경사 하강법")
    return Treatment("C01", page, "rule", verdict, "", Path("x"), 1)

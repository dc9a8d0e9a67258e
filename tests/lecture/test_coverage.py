"""Coverage of prose: what counts as a measured numeral, and what does not."""

import pytest
from lecture.publish.coverage import coverage


def numerals(text: str) -> list[str]:
    return [error.message.split("`")[1] for error in coverage(text).unbound]


@pytest.mark.parametrize("numeral", ["0.39", "12.5%", "40 %", "+0.02", "1,234.5"])
def test_decimal_or_percentage_in_prose_is_unbound(numeral: str) -> None:
    assert numerals(f"정확도는 {numeral}입니다.\n") == [numeral.replace(" %", " %")]


@pytest.mark.parametrize(
    "text",
    [
        "에폭 30번, 유닛 128개, 1,000장입니다.",
        "학습률은 `0.01`입니다.",
        "확률은 $p = 0.5$이고",
        "$$\n\\eta = 0.01\n$$",
        "```python\nlr = 0.01\n```",
        '--8<-- "generated/x/v0.5.md"',
        "[논문](https://arxiv.org/abs/1502.01852)",
        '<img style="width: 0.5em">',
        "정확도는 {{ x.fit.accuracy:.1% }}입니다.",
        "---\nsources: [T0.1]\nweight: 0.5\n---\n\n본문",
        "수식이 $a\n= 0.1$처럼 이어집니다.",
        "## 제목 { #v1.5 }",
        "Keras v3.15.1, 파일 a.1.2",
    ],
)
def test_settings_code_and_links_are_no_measurements(text: str) -> None:
    assert numerals(text) == []


def test_bound_numbers_are_counted() -> None:
    text = "{{ x.fit.a:.2f }}와 {{ x.fit.b }}, 그리고 `{{ x.fit.c }}`."
    assert coverage(text).bound == 2


def test_unbound_numeral_is_told_with_its_line_and_what_helps() -> None:
    text = (
        "---\ndescription: 글\n---\n\n# 제목\n\n```\n0.1\n```\n\n손실은 0.25입니다.\n"
    )
    (error,) = coverage(text).unbound
    assert error.line == 11
    assert "`0.25`는" in error.message
    assert "{{ 쪽.실험.키:형식 }}" in error.hint

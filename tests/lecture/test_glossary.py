"""Terms explain themselves: plain Python-Markdown, no hook, no MkDocs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lecture.publish.terms import GlossaryError, read_glossary
from lecture.render.glossary import GlossaryExtension
from markdown import Markdown

ROOT = Path(__file__).parents[2]
GLOSSARY = """\
---
description: 용어를 모았습니다.
---

# 용어집

## ㄱ { #giyeok }

**과적합**(overfitting) { #overfitting }
:   훈련 데이터에만 지나치게 맞는 일입니다. [자세히](overfitting.md) 봅니다.
:   동의어: 오버피팅, 과대적합

## ㅅ { #siot }

**손실**(loss) { #loss }
:   예측이 정답과 어긋난 정도를 나타내는 수로, 0.5처럼
    적습니다. 작을수록 좋습니다.

**손실 함수**(loss function) { #loss-function }
:   손실을 계산하는 함수입니다.

**ReLU** { #relu }
:   음수를 0으로 바꾸는 함수입니다.
"""
Page = Callable[[str], str]


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "glossary.md"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


@pytest.fixture
def page(glossary: Path) -> Page:
    md = Markdown(
        extensions=[
            GlossaryExtension(path=str(glossary)),
            *("abbr", "admonition", "attr_list", "def_list", "md_in_html", "tables"),
            *("toc", "pymdownx.details", "pymdownx.superfences", "pymdownx.arithmatex"),
        ],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    return lambda text: md.reset().convert(text)


def explained(html: str) -> list[str]:
    """Return the words of a page that carry a hover text of ours, in order."""
    return re.findall(r'<abbr class="term"[^>]*>([^<]*)</abbr>', html)


def test_term_before_a_particle_gets_its_hover_text(page: Page) -> None:
    assert page("과적합은 나쁩니다.") == (
        '<p><abbr class="term" tabindex="0" '
        'title="훈련 데이터에만 지나치게 맞는 일입니다.">과적합</abbr>은 나쁩니다.</p>'
    )


@pytest.mark.parametrize(
    "particles",
    [
        "",
        "이",
        "을",
        "에서는",
        "으로만",
        "들까지도",
        "입니다.",
        "이라고",
        "(2), ",
        "·",
        "-",
    ],
)
def test_particles_and_punctuation_may_follow_a_term(
    page: Page, particles: str
) -> None:
    assert explained(page(f"이 과적합{particles}")) == ["과적합"]


@pytest.mark.parametrize(
    "word", ["손실률", "무손실", "손실가능성", "손실이름", "ReLU6", "PReLU", "손실x"]
)
def test_longer_word_is_not_a_term(page: Page, word: str) -> None:
    assert explained(page(f"이 {word} 저")) == []


def test_longer_term_wins(page: Page) -> None:
    assert explained(page("손실 함수가 손실을 냅니다.")) == ["손실 함수", "손실"]


def test_blanks_within_a_term_may_be_left_out(page: Page) -> None:
    assert explained(page("손실함수의 값")) == ["손실함수"]


def test_second_occurrence_is_plain(page: Page) -> None:
    html = page("과적합은 과적합입니다.\n\n과적합\n\n- 과적합")
    assert explained(html) == ["과적합"]
    assert html.startswith("<p><abbr")


def test_other_name_of_a_term_is_the_same_term(page: Page) -> None:
    html = page("오버피팅과 과대적합과 과적합")
    assert explained(html) == ["오버피팅"]
    assert "지나치게 맞는 일입니다." in html


def test_every_page_begins_anew(page: Page) -> None:
    assert page("과적합") == page("과적합")


def test_code_and_mathematics_and_headings_are_left_alone(page: Page) -> None:
    html = page(
        "# 과적합 { #a }\n\n`과적합`, $과적합$, [과적합](a.md)\n\n$$\n과적합\n$$\n\n"
        "```python\n과적합\n```\n\n"
        "| 과적합 |\n| --- |\n| 1 |\n\n"
        '!!! note "과적합"\n    1\n\n??? question "과적합"\n    1\n\n'
        "<figure markdown>\n<figcaption markdown>과적합</figcaption>\n</figure>\n\n"
        '<details class="provenance" markdown>\n과적합\n</details>\n\n'
        "과적합\n:   1\n\n*[과적합]: 다른 뜻\n"
    )
    assert explained(html) == []
    assert html.count("과적합") >= 10


@pytest.mark.parametrize(
    "text",
    [
        "- 앞\n- 과적합",
        "| a |\n| - |\n| 과적합 |",
        "!!! note\n    과적합",
        '??? question "물음"\n    과적합',
        "> 과적합",
        "앞 **과적합**을 *손으로*",
        '<div markdown>\n\n<p markdown="span">과적합</p>\n\n</div>',
    ],
)
def test_body_text_of_every_kind_is_explained(page: Page, text: str) -> None:
    assert explained(page(text)) == ["과적합"]


def test_terms_around_other_markup_keep_their_order(page: Page) -> None:
    html = page("앞 손실 `코드` ReLU는 **굵게** 과적합 뒤")
    assert explained(html) == ["손실", "ReLU", "과적합"]
    text = re.sub(r"<[^>]+>", "", html)
    assert text == "앞 손실 코드 ReLU는 굵게 과적합 뒤"


def test_term_that_the_page_defines_needs_no_hover_text(page: Page) -> None:
    assert explained(page("**과적합**(overfitting)은 나쁩니다.\n\n과적합")) == []


def test_mention_before_the_definition_is_explained(page: Page) -> None:
    html = page("과적합을 봅니다.\n\n**과적합**(overfitting)은 나쁩니다.")
    assert explained(html) == ["과적합"]
    assert "<strong>과적합</strong>(overfitting)" in html


def test_bold_words_that_hold_a_term_do_not_define_it(page: Page) -> None:
    assert explained(page("**심한 손실**(big loss)과 손실")) == ["손실"]


def test_glossary_itself_stays_plain(page: Page) -> None:
    body = GLOSSARY.split("---\n")[2]
    html = page(body)
    assert explained(html) == []
    assert '<dt id="overfitting"><strong>과적합</strong>(overfitting)</dt>' in html


def test_edited_glossary_is_seen_by_the_next_page(page: Page, glossary: Path) -> None:
    page("과적합")
    glossary.write_text(GLOSSARY.replace("지나치게 맞는", "너무 맞는"), "utf-8")
    assert "훈련 데이터에만 너무 맞는 일입니다." in page("과적합")


def test_extension_is_found_by_its_name(glossary: Path) -> None:
    configs = {"lecture.glossary": {"path": str(glossary)}}
    md = Markdown(extensions=["lecture.glossary"], extension_configs=configs)
    assert explained(md.convert("과적합")) == ["과적합"]


def test_glossary_without_terms_explains_nothing(page: Page, glossary: Path) -> None:
    glossary.write_text("# 용어집\n", "utf-8")
    assert page("과적합") == "<p>과적합</p>"


def test_first_sentence_ends_at_a_full_stop_not_at_a_decimal_point() -> None:
    term = read_glossary(GLOSSARY, "glossary.md").term("손실")
    assert term is not None
    assert term.hover == "예측이 정답과 어긋난 정도를 나타내는 수로, 0.5처럼 적습니다."


def failure(text: str) -> GlossaryError:
    with pytest.raises(GlossaryError) as caught:
        read_glossary(text, "docs/glossary.md")
    return caught.value


@pytest.mark.parametrize(
    "again",
    [
        "**과적합** { #b }\n:   뜻입니다.",
        "**과다** { #b }\n:   뜻입니다.\n:   동의어: 과대 적합",
    ],
)
def test_duplicate_term_names_both_lines(again: str) -> None:
    error = failure(f"{GLOSSARY}\n{again}\n")
    assert (error.path, error.line) == ("docs/glossary.md", 25)
    assert "두 번 나옵니다: 9행, 25행" in error.message


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("**과적합** { #a }", "`과적합`의 풀이가 없습니다"),
        ("**과적합** { #a }\n\n다음 문단입니다.", "`과적합`의 풀이가 없습니다"),
        ("**과적합** { #a }\n:   동의어: 오버피팅", "`과적합`의 풀이가 없습니다"),
        ("**과적합** { #a }\n:   마침표가 없습니다", "`과적합`의 풀이가 없습니다"),
        ("**과적합**\n:   뜻입니다.", "용어를 적은 줄을 읽을 수 없습니다"),
        (f"**과적합** {{ #a }}\n:   {'긴 ' * 40}뜻입니다.", "85자여서 너무 깁니다"),
        ("**과적합** { #a }\n:   값 $x$입니다.", "꾸미는 기호가 있습니다: $"),
    ],
)
def test_wrong_entry_is_named_with_its_line(entry: str, what: str) -> None:
    error = failure(f"# 용어집\n\n{entry}\n")
    assert str(error).startswith("docs/glossary.md:3: ")
    assert what in error.message
    assert error.hint


def test_missing_glossary_is_named(tmp_path: Path) -> None:
    md = Markdown(extensions=[GlossaryExtension(path=str(tmp_path / "none.md"))])
    with pytest.raises(GlossaryError, match="용어집이 없습니다"):
        md.convert("과적합")


def test_preview_shows_the_mistake_instead_of_stopping(glossary: Path) -> None:
    glossary.write_text("**과적합** { #a }\n", "utf-8")
    extension = GlossaryExtension(path=str(glossary), errors="show")
    html = Markdown(extensions=[extension]).convert("앞 과적합 뒤")
    assert html.startswith('<div class="admonition failure">')
    assert "glossary.md:1: `과적합`의 풀이가 없습니다." in html
    assert "<p>앞 과적합 뒤</p>" in html


def test_our_glossary_is_sorted_and_every_term_stands_under_its_consonant() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    for section in text.split("\n## ")[1:]:
        heading = section.split(" ")[0]
        names = re.findall(r"^\*\*([^*]+)\*\*", section, re.MULTILINE)
        keys = [name.replace(" ", "").lower() for name in names]
        assert keys == sorted(keys), heading
        assert {initial(name) for name in names} == {heading}


def initial(name: str) -> str:
    """Return the consonant that a Korean word begins with, A–Z for other words."""
    consonants = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    return consonants[(ord(name[0]) - ord("가")) // 588] if name[0] >= "가" else "A–Z"


def test_our_glossary_speaks_politely() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    terms = set(read_glossary(text, "docs/glossary.md").terms.values())
    assert [t.spellings[0] for t in terms if not t.hover.endswith("니다.")] == []

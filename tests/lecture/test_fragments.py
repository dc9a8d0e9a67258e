"""Fragments say what a reader needs, in HTML that holds whatever an author writes."""

from pathlib import Path

import pytest
from freezing import frozen_of
from lecture.base.datasets import DataSet
from lecture.base.errors import DrawError
from lecture.base.products import Drawing, Table, Verdict
from lecture.book.record import Made
from lecture.collect.artefact import Artefact, Place
from lecture.collect.docstring import parse_docstring
from lecture.publish.downloads import downloads_fragment
from lecture.publish.fragments import (
    claim_fragment,
    figure_fragment,
    table_fragment,
)
from lecture.publish.pages import DocPage
from lecture.publish.provenance import Provenance, compressed, duration
from lecture.publish.runs_table import runs_page
from markdown import Markdown

CLAIM = """\
학습률이 0.01이면 손실이 늘 줄어듭니다.

CIFAR-10 10000장,
시드 5개.

원문: 학습률을 줄이면
늘 안정됩니다.
판정: 조건부
"""
DRAWING = Drawing("curve-light.svg", "curve-dark.svg", 576, 326)
TABLE = Table("loss.csv", "| 손실 |\n| --: |\n| 1.66 |\n")


def artefact(kind: str = "figure", doc: str = "손실 곡선.") -> Artefact:
    path = Path("/notes/snippets/cifar.py")
    return Artefact("cifar", "cifar", kind, "curve", path, 12, doc)


MADE = Made(
    date="2026-11-21",
    seconds=40.0,
    memory_mb=800,
    hardware="AMD EPYC, 1 스레드",
    versions={"keras": "3.15.1"},
    data={"cifar10": DataSet("CIFAR-10 (JPEG)", "0123456789abcdef")},
)
LOSS = {"loss": 1.6}
FIT = frozen_of(Place("cifar", "fit"), (None, LOSS), made=MADE, seed=7)
CASES = [({"lr": 0.1, "seed": n}, LOSS) for n in range(5)]
SWEEP = frozen_of(Place("cifar", "sweep"), *CASES, made=MADE)


def rendered(fragment: str) -> str:
    return Markdown(extensions=["md_in_html", "attr_list", "tables"]).convert(fragment)


def test_figure_has_an_image_for_each_scheme_and_room_for_it() -> None:
    html = rendered(figure_fragment(artefact(), DRAWING, Provenance()))
    assert 'src="docs://generated/cifar/curve-light.svg#only-light"' in html
    assert 'src="docs://generated/cifar/curve-dark.svg#only-dark"' in html
    assert html.count('height="326" loading="lazy"') == 2
    assert html.count('alt="손실 곡선."') == 2
    assert '<figure class="artefact artefact-figure" id="curve">' in html
    assert '<span class="artefact-number" data-kind="그림"></span> 손실 곡선.' in html


def test_alt_text_adds_the_description_and_drops_markup() -> None:
    doc = "학습률 $\\eta$와 `SGD` [1].\n\n대체 텍스트: 두 곡선이\n**모두** 내려갑니다."
    html = rendered(figure_fragment(artefact(doc=doc), DRAWING, Provenance()))
    assert (
        'alt="두 곡선이 모두 내려갑니다."' in html
    )  # the caption is read aloud as well
    assert "대체 텍스트" not in html


def test_provenance_sums_up_the_runs() -> None:
    provenance = Provenance.of([FIT, SWEEP])
    assert provenance.experiments == ("cifar.fit", "cifar.sweep")
    assert len(provenance.data) == len(provenance.versions) == 1
    assert provenance.seeds == "0–4, 7"
    assert provenance.seconds == 240
    assert provenance.dates == ("2026-11-21",)


def test_provenance_unfolds_from_a_sign_in_the_caption() -> None:
    provenance = Provenance.of([FIT, SWEEP])
    html = rendered(figure_fragment(artefact(), DRAWING, provenance))
    caption = html[html.index("<figcaption>") : html.index("</figcaption>")]
    details = caption[caption.index("<details") :]
    for said in (
        '<span class="fold-name">재현 정보</span></summary>',
        '<a download href="docs://generated/cifar/cifar.py">snippets/cifar.py 12행</a>',
        "<code>python scripts/build.py build --rerun cifar.fit</code>",
        "<code>python scripts/build.py build --rerun cifar.sweep</code>",
        "<dd>CIFAR-10 (JPEG) <code>0123456789abcdef</code></dd>",
        "<dd>0–4, 7</dd>",
        "<dd>keras 3.15.1</dd>",
        "<dd>AMD EPYC, 1 스레드</dd>",
        "<dd>4분</dd>",
        "<dd>2026-11-21</dd>",
    ):
        assert said in details
    assert details.count("<dt>") == details.count("<dd>")
    assert html.rstrip().endswith("</figcaption>\n</figure>")  # no row of its own


@pytest.mark.parametrize("stale", [True, False])
def test_stale_artefact_says_so_outside_the_fold(stale: bool) -> None:
    provenance = Provenance.of([FIT], stale=stale)
    fragments = (
        figure_fragment(artefact(), DRAWING, provenance),
        table_fragment(artefact("table"), TABLE, provenance),
        claim_fragment(artefact("claim"), Verdict(True, ""), provenance),
    )
    for fragment in fragments:
        visible = fragment[: fragment.index("<details")]
        assert ("artefact-stale" in visible) is stale


def test_table_stands_under_its_caption_with_its_file() -> None:
    html = rendered(table_fragment(artefact("table"), TABLE, Provenance()))
    assert html.index("</figcaption>") < html.index("<table>") < html.index("</figure>")
    assert 'data-kind="표"' in html
    link = html.index('href="docs://generated/cifar/loss.csv"')
    assert link < html.index("<details")  # one touch away


def claim(doc: str, *, holds: bool = True) -> str:
    """Return a claim as HTML."""
    verdict = Verdict(holds, "손실 1.66")
    provenance = Provenance.of([SWEEP])
    return rendered(claim_fragment(artefact("claim", doc), verdict, provenance))


def test_claim_is_a_plain_sentence_before_the_mark_that_unfolds_the_rest() -> None:
    html = claim(CLAIM)
    sentence, details = html.split("<details", 1)
    assert '<div class="artefact claim claim-holds" id="curve">' in sentence
    assert sentence.count("<p") == 1
    assert "학습률이 0.01이면 손실이 늘 줄어듭니다.</p>" in sentence
    assert '<span class="fold-mark" aria-hidden="true">✓</span>' in details
    assert '<span class="fold-name">확인됨: 근거 보기</span></summary>' in details
    assert "<dt>근거</dt>\n<dd>손실 1.66</dd>" in details
    assert "<dt>조건</dt>\n<dd>CIFAR-10 10000장, 시드 5개.</dd>" in details
    assert "<dt>시드</dt>\n<dd>0–4</dd>" in details
    assert "snippets/cifar.py 12행</a>" in details


def test_search_finds_the_sentence_of_a_claim_and_not_its_evidence() -> None:
    sentence, details = claim(CLAIM).split("<details", 1)
    assert "data-search-exclude" not in sentence
    assert "data-search-exclude" in details[: details.index(">")]


def test_claim_says_nothing_of_the_source_notes() -> None:
    html = claim(CLAIM)
    assert "조건부" not in html
    assert "안정됩니다" not in html


@pytest.mark.parametrize(
    "doc", ["문장.\n강조", "문장.\n\n강조\n\n조건.\n", "문장.\n  강조\n판정: 반증\n"]
)
def test_stressed_claim_stands_in_a_box(doc: str) -> None:
    html = claim(doc)
    assert 'class="artefact claim claim-holds claim-boxed"' in html
    assert '<p class="claim-heading">실험 결과</p>' in html
    assert "강조" not in html


def test_word_in_a_sentence_stresses_nothing() -> None:
    doc = parse_docstring(artefact("claim", "문장.\n\n강조 없이\n둘을 견줍니다."))
    assert not doc.stressed
    assert doc.conditions == ("강조 없이 둘을 견줍니다.",)


def test_claim_that_fails_is_marked() -> None:
    html = claim("문장.", holds=False)
    assert "claim-fails claim-boxed" in html
    assert '<p class="claim-heading">✘ 어긋남</p>' in html


def test_evidence_is_shown_as_it_is() -> None:
    evidence = "[[1, 2]] < 3, a*b*c, `x`, $5와 $6, 0~4, p<0.05 & q"
    fragment = claim_fragment(artefact("claim"), Verdict(True, evidence), Provenance())
    html = rendered(fragment)
    shown = html[html.index("<dd>") + 4 : html.index("</dd>")]
    assert "<" not in shown
    for sign in "[]<*`$~&":
        assert shown.count(f"&#{ord(sign)};") == evidence.count(sign)


def test_docstring_is_cut_at_blank_lines_and_labels() -> None:
    doc = parse_docstring(artefact("claim", CLAIM))
    assert doc.caption == "학습률이 0.01이면 손실이 늘 줄어듭니다."
    assert doc.conditions == ("CIFAR-10 10000장, 시드 5개.",)
    assert doc.source == "학습률을 줄이면 늘 안정됩니다."
    assert doc.verdict == "조건부"


def test_label_right_under_the_sentence_is_no_part_of_it() -> None:
    doc = parse_docstring(artefact("claim", "문장.\n판정: 확인 불가"))
    assert (doc.caption, doc.verdict) == ("문장.", "확인 불가")


def test_unknown_verdict_is_refused() -> None:
    with pytest.raises(DrawError, match="반증"):
        parse_docstring(artefact("claim", "문장.\n\n판정: 불성"))


def test_downloads_list_every_file_of_a_page() -> None:
    artefacts = [artefact("table"), artefact("claim")]
    fragment = downloads_fragment(
        "cifar",
        artefacts[:1],
        {"curve": TABLE},
        modules=["cifar.py"],
        programs=["cifar.ipynb"],
    )
    html = rendered(fragment)
    for file in ("cifar.py", "cifar.ipynb", "loss.csv"):
        assert f'<a href="docs://generated/cifar/{file}" download>{file}</a>' in html


def test_downloads_name_a_figure_once_though_an_experiment_is_called_alike() -> None:
    artefacts = [artefact("experiment"), artefact("table")]
    fragment = downloads_fragment("cifar", artefacts, {artefacts[0].name: TABLE})
    assert fragment.count(TABLE.csv + "</a>") == 1


CIFAR = DocPage("cifar", Path("docs/cifar.md"), "# 선형 분류기\n")


def test_runs_page_lists_every_experiment_and_case() -> None:
    html = rendered(runs_page([SWEEP, FIT], {"cifar": CIFAR}))
    assert "실험 2개, 실행 6번을 하나씩 하면 모두 4분입니다." in html
    assert '<h2 id="cifar"><a href="docs://cifar.md">선형 분류기</a></h2>' in html
    assert html.index("<code>fit</code>") < html.index("<code>sweep</code>")
    assert html.count("<code>lr=0.1, seed=") == 5
    assert html.count("<td>CIFAR-10 (JPEG)</td>") == 2
    assert html.count("800 MB") == 5 + 2 + 1  # each case, each experiment, the peak
    assert "낡은 것은 없습니다." in html


def test_runs_page_names_what_is_stale() -> None:
    html = rendered(runs_page([FIT], stale=["cifar.experiment_fit"]))
    assert "다시 실행해야 하는 것: <code>cifar.experiment_fit</code>" in html


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [([], ""), ([3], "3"), ([1, 0], "0, 1"), ([2, 0, 1, 7, 1], "0–2, 7")],
)
def test_seeds_are_compressed(numbers: list[int], shown: str) -> None:
    assert compressed(numbers) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.42, "0.4초"),
        (9.96, "10초"),
        (75.3, "1분 15초"),
        (3600, "1시간"),
        (7260, "2시간 1분"),
    ],
)
def test_duration_is_said_in_korean(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown

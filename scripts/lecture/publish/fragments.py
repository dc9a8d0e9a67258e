"""Fragments: the Markdown of artefacts, which pages include from docs/generated/.

What an author has written in a docstring is Markdown with bound numbers, without HTML.
All that comes out of a run is text.
"""

from collections.abc import Iterable, Iterator

from lecture.base.inert import inert
from lecture.base.products import Drawing, Frames, Table, Verdict
from lecture.collect.artefact import Artefact
from lecture.collect.docstring import parse_docstring
from lecture.publish.pages import DOCS
from lecture.publish.provenance import (
    Provenance,
    data_names,
    duration,
    period,
    version_names,
)
from lecture.publish.tokens import FORMULA, found_tokens, outside_code

_HTML = outside_code(rf"(?P<formula>{FORMULA})|<")
_CHECKED = ("✓", "확인됨: 근거 보기")  # what a reader sees, and its name
_FAILED = ("✘", "어긋남: 근거 보기")
_ORIGIN = ("i", "재현 정보")
_ALT_MARKS = {"[": "(", "]": ")", "<": "&lt;", ">": "&gt;", "~": "&#126;", "^": "&#94;"}
_ALT = str.maketrans({**_ALT_MARKS, **dict.fromkeys("`$*\\{}")})


def figure_fragment(
    artefact: Artefact, drawing: Drawing, provenance: Provenance
) -> str:
    """Return a figure: one image a colour scheme, its caption, its provenance."""
    images = (
        image(artefact, drawing, drawing.light, "light"),
        image(artefact, drawing, drawing.dark, "dark"),
    )
    return _lines(
        f'<figure id="{artefact.name}" class="artefact artefact-figure" markdown>',
        "",
        *images,
        "",
        caption(artefact, "그림", provenance),
        "</figure>",
    )


def table_fragment(artefact: Artefact, table: Table, provenance: Provenance) -> str:
    """Return a table under its caption, its CSV file, its provenance."""
    file = f"{DOCS}generated/{artefact.page}/{table.csv}"
    csv = f'[CSV]({file}){{ .csv download title="이 표를 내려받기" }}'
    return _lines(
        f'<figure id="{artefact.name}" class="artefact artefact-table" markdown>',
        caption(artefact, "표", provenance, csv),
        "",
        table.markdown.strip(),
        "",
        "</figure>",
    )


def claim_fragment(artefact: Artefact, verdict: Verdict, provenance: Provenance) -> str:
    """Return a checked sentence that ends with a mark, from which its evidence unfolds.

    A box of its own is for what its author stresses, and for what does not hold.
    """
    state = "holds" if verdict.holds else "fails"
    doc = parse_docstring(artefact)
    heading = "실험 결과" if verdict.holds else "✘ 어긋남"
    boxed = doc.stressed or not verdict.holds
    evidence = ("근거", inert(verdict.evidence))
    conditions = (("조건", written(text)) for text in doc.conditions)
    facts = (evidence, *conditions, *_origin(artefact, provenance))
    sign = _CHECKED if verdict.holds else _FAILED
    kind = f"claim claim-{state}{' claim-boxed' if boxed else ''}"
    return _lines(
        f'<div id="{artefact.name}" class="artefact {kind}" markdown>',
        *((f'<p class="claim-heading">{heading}</p>', "") if boxed else ()),
        f"{written(doc.caption)}{_badge(provenance)}",
        "{ .claim-sentence }",
        "",
        _folded(sign, facts),
        "",
        "</div>",
    )


def missing_fragment(artefact: Artefact, noun: str) -> str:
    """Return what stands in a page for an artefact that could not be drawn yet."""
    number = f'<span class="artefact-number" data-kind="{noun}"></span> '
    command = f"`python scripts/build.py {artefact.page}`"
    return _lines(
        f'<div id="{artefact.name}" class="artefact" markdown>',
        f"{number if noun else ''}{written(parse_docstring(artefact).caption)}",
        "",
        f'<span class="artefact-stale">아직 결과가 없습니다</span> {command}',
        "</div>",
    )


def written(text: str) -> str:
    """Return what an author has written, with its HTML as text."""
    return _HTML.sub(lambda m: "&lt;" if m[0] == "<" else m[0], text)


def alt_text(artefact: Artefact) -> str:
    """Return `대체 텍스트:` without markup, safe inside `![…]`.

    The caption, which is read aloud as well, stands in only where there is none. Bound
    numbers stay, to be bound with all others.
    """
    doc = parse_docstring(artefact)
    text = doc.alt or doc.caption
    parts, end = [], 0
    for match, token in found_tokens(text):
        parts += [text[end : match.start()].translate(_ALT), token.raw]
        end = match.start() + len(token.raw)
    return "".join([*parts, text[end:].translate(_ALT)])


def image(artefact: Artefact, drawing: Drawing | Frames, file: str, scheme: str) -> str:
    """Return one file of a drawing as an image that is shown in one colour scheme."""
    least = drawing.least if isinstance(drawing, Drawing) else 0
    style = f' style="min-width: {least}px"' if least else ""
    return (
        f"![{alt_text(artefact)}]({DOCS}generated/{artefact.page}/{file}#only-{scheme})"
        f"{{ width={drawing.width} height={drawing.height} loading=lazy{style} }}"
    )


def caption(artefact: Artefact, noun: str, provenance: Provenance, *links: str) -> str:
    """Return the caption, numbered as the noun says (그림, 표), links and provenance.

    The provenance unfolds from a sign at the end of the caption.
    """
    number = f'<span class="artefact-number" data-kind="{noun}"></span>'
    text = f"{written(parse_docstring(artefact).caption)}{_badge(provenance)}"
    return _lines(
        "<figcaption markdown>",
        " ".join((number, text, *links)),
        "",
        _folded(_ORIGIN, _origin(artefact, provenance)),
        "",
        "</figcaption>",
    ).rstrip()


def _badge(provenance: Provenance) -> str:
    if not provenance.stale:
        return ""
    return ' <span class="artefact-stale">이전 결과: 다시 실행해야 합니다</span>'


def _origin(artefact: Artefact, provenance: Provenance) -> Iterator[tuple[str, str]]:
    """Yield the facts of how an artefact came to be, each with its name."""
    file = f"{artefact.module.replace('.', '/')}.py"
    place = f"snippets/{file} {artefact.line}행"
    module = f"{DOCS}generated/{artefact.page}/{file}"
    yield "코드", f"[{place}]({module}){{ download }}"
    yield "다시 만들기", _commands(provenance)
    yield "데이터", data_names(provenance.data)
    yield "시드", provenance.seeds
    yield "버전", inert(version_names(provenance.versions))
    yield "컴퓨터", inert(", ".join(provenance.hardware))
    yield "걸린 시간", duration(provenance.seconds) if provenance.dates else ""
    yield "날짜", period(provenance.dates)


def _commands(provenance: Provenance) -> str:
    names = [f" build --rerun {name}" for name in provenance.experiments] or [""]
    return "<br>".join(f"`python scripts/build.py{command}`" for command in names)


def _folded(sign: tuple[str, str], facts: Iterable[tuple[str, str]]) -> str:
    """Return the facts that are not empty, folded behind a small sign with a name."""
    mark, name = sign
    rows = (
        f'<dt>{term}</dt>\n<dd markdown="span">{fact}</dd>'
        for term, fact in facts
        if fact
    )
    return _lines(
        '<details class="provenance" data-search-exclude markdown>',
        f'<summary><span class="fold-mark" aria-hidden="true">{mark}</span>'
        f'<span class="fold-name">{name}</span></summary>',
        '<dl class="facts" markdown>',
        *rows,
        "</dl>",
        "</details>",
    ).rstrip()


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"

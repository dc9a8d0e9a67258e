"""Fragments: the Markdown of artefacts, which pages include from docs/generated/.

What an author has written in a docstring is Markdown with bound numbers, without HTML.
All that comes out of a run is text.
"""

from lecture.base.inert import inert
from lecture.base.products import Drawing, Frames, Table, Verdict
from lecture.collect.artefact import Artefact
from lecture.collect.docstring import CHIPS, Docstring, parse_docstring
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
        "",
        details(artefact, provenance),
    )


def table_fragment(artefact: Artefact, table: Table, provenance: Provenance) -> str:
    """Return a table under its caption, its CSV file, its provenance."""
    csv = f"[{table.csv}]({DOCS}generated/{artefact.page}/{table.csv}){{ download }}"
    return _lines(
        f'<figure id="{artefact.name}" class="artefact artefact-table" markdown>',
        caption(artefact, "표", provenance),
        "",
        table.markdown.strip(),
        "",
        "</figure>",
        "",
        details(artefact, provenance, ("내려받기", csv)),
    )


def claim_fragment(artefact: Artefact, verdict: Verdict, provenance: Provenance) -> str:
    """Return a checked sentence: the mark, the evidence, and what the source said."""
    state, mark = ("holds", "✔ 확인됨") if verdict.holds else ("fails", "✘ 어긋남")
    doc = parse_docstring(artefact)
    symbol, word = mark.split()
    return _lines(
        f'<div id="{artefact.name}" class="artefact claim claim-{state}" markdown>',
        f'<p class="claim-mark"><span aria-hidden="true">{symbol}</span> {word}'
        f"{_badge(provenance)}</p>",
        "",
        written(doc.caption),
        "{ .claim-sentence }",
        "",
        _facts(
            ("근거", inert(verdict.evidence)),
            *(("조건", written(text)) for text in doc.conditions),
            ("원문", _source(doc)),
        ),
        "",
        details(artefact, provenance),
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


def chip(verdict: str) -> str:
    """Return a verdict as the coloured word that a page shows."""
    return f'<span class="chip chip-{CHIPS[verdict]}">{verdict}</span>'


def written(text: str) -> str:
    """Return what an author has written, with its HTML as text."""
    return _HTML.sub(lambda m: "&lt;" if m[0] == "<" else m[0], text)


def alt_text(artefact: Artefact) -> str:
    """Return caption and `대체 텍스트:` without markup, safe inside `![…]`.

    Bound numbers stay, to be bound with all others.
    """
    doc = parse_docstring(artefact)
    text = f"{doc.caption} {doc.alt}".strip()
    parts, end = [], 0
    for match, token in found_tokens(text):
        parts += [text[end : match.start()].translate(_ALT), token.raw]
        end = match.start() + len(token.raw)
    return "".join([*parts, text[end:].translate(_ALT)])


def image(artefact: Artefact, drawing: Drawing | Frames, file: str, scheme: str) -> str:
    """Return one file of a drawing as an image that is shown in one colour scheme."""
    return (
        f"![{alt_text(artefact)}]({DOCS}generated/{artefact.page}/{file}#only-{scheme})"
        f"{{ width={drawing.width} height={drawing.height} loading=lazy }}"
    )


def caption(artefact: Artefact, noun: str, provenance: Provenance) -> str:
    """Return the caption, numbered as the noun says (그림, 표), with a stale mark."""
    return (
        '<figcaption markdown="span">'
        f'<span class="artefact-number" data-kind="{noun}"></span> '
        f"{written(parse_docstring(artefact).caption)}{_badge(provenance)}</figcaption>"
    )


def _badge(provenance: Provenance) -> str:
    if not provenance.stale:
        return ""
    return ' <span class="artefact-stale">이전 결과: 다시 실행해야 합니다</span>'


def _source(doc: Docstring) -> str:
    """Return what the source notes said, after a chip with our verdict on it."""
    links = ", ".join(f"[{name}]({_home(name)}#{name})" for name in doc.sources)
    text = f"{written(doc.source)} ({links})" if links else written(doc.source)
    if not doc.verdict:
        return text
    return f"{chip(doc.verdict)} {text}".strip()


def _home(item: str) -> str:
    """Return the page with the row of an item of the source notes."""
    return f"{DOCS}{'errata' if item[0] in 'SNE' else 'sources'}.md"


def details(artefact: Artefact, provenance: Provenance, *more: tuple[str, str]) -> str:
    """Return the folded list of the facts of how an artefact came to be."""
    file = f"{artefact.module.replace('.', '/')}.py"
    place = f"snippets/{file} {artefact.line}행"
    module = f"{DOCS}generated/{artefact.page}/{file}"
    return _lines(
        '<details class="provenance" data-search-exclude markdown>',
        "<summary>재현 정보</summary>",
        _facts(
            ("코드", f"[{place}]({module}){{ download }}"),
            ("다시 만들기", _commands(provenance)),
            *more,
            ("데이터", data_names(provenance.data)),
            ("시드", provenance.seeds),
            ("버전", inert(version_names(provenance.versions))),
            ("컴퓨터", inert(", ".join(provenance.hardware))),
            ("걸린 시간", duration(provenance.seconds) if provenance.dates else ""),
            ("날짜", period(provenance.dates)),
        ),
        "</details>",
    ).rstrip()


def _commands(provenance: Provenance) -> str:
    names = [f" build --rerun {name}" for name in provenance.experiments] or [""]
    return "<br>".join(f"`python scripts/build.py{command}`" for command in names)


def _facts(*facts: tuple[str, str]) -> str:
    """Return a description list of the facts that are not empty."""
    rows = [
        f'<dt>{name}</dt>\n<dd markdown="span">{value}</dd>'
        for name, value in facts
        if value
    ]
    return _lines('<dl class="facts" markdown>', *rows, "</dl>").rstrip()


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"

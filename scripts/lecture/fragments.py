"""Fragments: the Markdown of artefacts, which pages include from docs/generated/."""

import html
import re
from collections.abc import Iterable, Mapping

from lecture.artefact import Artefact, Drawing, Product, Table, Verdict
from lecture.docstring import VERDICTS, Docstring, parse_docstring
from lecture.provenance import Provenance, data_names, duration, period, version_names

_CHIPS = dict(zip(VERDICTS, ("holds", "conditional", "fails", "unknown"), strict=True))
_ALT_MARKS = {"[": "(", "]": ")", "<": "&lt;", ">": "&gt;", "~": "&#126;", "^": "&#94;"}
_ALT = str.maketrans({**_ALT_MARKS, **dict.fromkeys("`$*\\{}")})


def figure_fragment(
    artefact: Artefact, drawing: Drawing, provenance: Provenance
) -> str:
    """Return a figure: one image a colour scheme, its caption, its provenance."""
    images = (
        _image(artefact, drawing, drawing.light, "light"),
        _image(artefact, drawing, drawing.dark, "dark"),
    )
    return _lines(
        f'<figure id="{artefact.name}" class="artefact artefact-figure" markdown>',
        "",
        *images,
        "",
        _caption(artefact, "그림", provenance),
        "</figure>",
        "",
        _details(artefact, provenance),
    )


def table_fragment(artefact: Artefact, table: Table, provenance: Provenance) -> str:
    """Return a table under its caption, its CSV file, its provenance."""
    csv = f"[{table.csv}](generated/{artefact.page}/{table.csv}){{ download }}"
    return _lines(
        f'<figure id="{artefact.name}" class="artefact artefact-table" markdown>',
        _caption(artefact, "표", provenance),
        "",
        table.markdown.strip(),
        "",
        "</figure>",
        "",
        _details(artefact, provenance, ("내려받기", csv)),
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
        doc.caption,
        "{ .claim-sentence }",
        "",
        _facts(
            ("근거", plain(verdict.evidence)),
            *(("조건", text) for text in doc.conditions),
            ("원문", _source(doc)),
        ),
        "",
        _details(artefact, provenance),
        "",
        "</div>",
    )


def downloads_fragment(
    page: str,
    artefacts: Iterable[Artefact],
    products: Mapping[str, Product],
    *,
    results: Iterable[str] = (),
    notebook: str = "",
) -> str:
    """Return the list of a page's files: module, notebook, results, tables, figures.

    products: by the artefact's name. results and notebook: file names in
    generated/<page>/.
    """
    items = [_download(page, f"{page}.py", "이 쪽의 코드")]
    if notebook:
        items.append(_download(page, notebook, "노트북"))
    items += [_download(page, name, "실험 결과") for name in results]
    for artefact in artefacts:
        product = products.get(artefact.name)
        if isinstance(product, Table):
            items.append(_download(page, product.csv, f"표: {artefact.caption}"))
        elif isinstance(product, Drawing):
            items.append(_download(page, product.light, f"그림: {artefact.caption}"))
    summary = "<summary>이 쪽의 코드와 결과 내려받기</summary>"
    opening = '<details class="downloads" data-search-exclude markdown>'
    return _lines(opening, summary, "", *items, "", "</details>")


def plain(text: str) -> str:
    """Return text that Markdown and HTML show as it is."""
    joined = " ".join(text.split())
    return re.sub(r"[&<>*_`~$\[\]\\^=|{}]", lambda sign: f"&#{ord(sign[0])};", joined)


def alt_text(artefact: Artefact) -> str:
    """Return caption and `대체 텍스트:` without markup, safe inside `![…]`."""
    doc = parse_docstring(artefact)
    return f"{doc.caption} {doc.alt}".strip().translate(_ALT)


def _image(artefact: Artefact, drawing: Drawing, file: str, scheme: str) -> str:
    return (
        f"![{alt_text(artefact)}](generated/{artefact.page}/{file}#only-{scheme})"
        f"{{ width={drawing.width} height={drawing.height} loading=lazy }}"
    )


def _caption(artefact: Artefact, kind: str, provenance: Provenance) -> str:
    return (
        '<figcaption markdown="span">'
        f'<span class="artefact-number" data-kind="{kind}"></span> '
        f"{parse_docstring(artefact).caption}{_badge(provenance)}</figcaption>"
    )


def _badge(provenance: Provenance) -> str:
    if not provenance.stale:
        return ""
    return ' <span class="artefact-stale">이전 결과: 다시 실행해야 합니다</span>'


def _source(doc: Docstring) -> str:
    """Return what the source notes said, after a chip with our verdict on it."""
    if not doc.verdict:
        return doc.source
    chip = f'<span class="chip chip-{_CHIPS[doc.verdict]}">{doc.verdict}</span>'
    return f"{chip} {doc.source}".strip()


def _details(artefact: Artefact, provenance: Provenance, *more: tuple[str, str]) -> str:
    place = f"snippets/{artefact.path.name} {artefact.line}행"
    module = f"generated/{artefact.page}/{artefact.path.name}"
    return _lines(
        '<details class="provenance" data-search-exclude markdown>',
        "<summary>재현 정보</summary>",
        _facts(
            ("코드", f"[{place}]({module}){{ download }}"),
            ("다시 만들기", _commands(provenance)),
            *more,
            ("데이터", data_names(provenance.data)),
            ("시드", provenance.seeds),
            ("버전", version_names(provenance.versions)),
            ("컴퓨터", ", ".join(provenance.hardware)),
            ("걸린 시간", duration(provenance.seconds) if provenance.dates else ""),
            ("날짜", period(provenance.dates)),
        ),
        "</details>",
    ).rstrip()


def _commands(provenance: Provenance) -> str:
    commands = [f" --rerun {name}" for name in provenance.experiments] or [""]
    return "<br>".join(f"`python scripts/build.py{command}`" for command in commands)


def _facts(*facts: tuple[str, str]) -> str:
    """Return a description list of the facts that are not empty."""
    rows = [
        f'<dt>{name}</dt>\n<dd markdown="span">{value}</dd>'
        for name, value in facts
        if value
    ]
    return _lines('<dl class="facts" markdown>', *rows, "</dl>").rstrip()


def _download(page: str, file: str, what: str) -> str:
    # Raw HTML: MkDocs would turn a Markdown link to a notebook into one to its page.
    place = f"generated/{page}/{file}"
    return f'- <a href="{place}" download>{html.escape(file)}</a> {what}'


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"

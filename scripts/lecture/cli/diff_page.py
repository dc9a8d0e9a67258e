"""What has moved, as one HTML file that needs no other: then and now, side by side."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from itertools import zip_longest

from lecture.base.project import Project
from lecture.book.moves import Move, Moves
from lecture.cli.diff_lines import KINDS, Diff, verdict
from lecture.cli.diff_values import by_place, share_text, shown
from lecture.publish.sentences import Quote, Sentence
from lecture.run.redrawn import Look, Picture, Redrawn

_MOST = 500  # values of one experiment
_HEAD = "<tr><th>값<th>전<th>후<th>바뀐 비율</tr>"
_CELL = re.compile(r"(?<!\\)\|")
_STYLE = """
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #23272f;
  font: 1rem/1.6 system-ui, sans-serif; word-break: keep-all; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #dde1e7; }
h3 { margin: 1.5rem 0 0; font-size: 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.pair > * { margin: .5rem 0; min-width: 0; overflow-x: auto; }
img { max-width: 100%; height: auto; }
figcaption, small { color: #646b77; font-weight: normal; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { padding: .1rem .6rem; border-bottom: 1px solid #dde1e7; text-align: left; }
del { color: #a3231f; } ins { color: #1d5e40; } mark { background: #fff0b3; }
pre { white-space: pre-wrap; font-size: .85rem; }
@media (max-width: 48rem) { .pair { grid-template-columns: 1fr; } }
"""


def diff_page(project: Project, diff: Diff) -> str:
    """Return the page: what is drawn in full, and of the values the first of each."""
    drawn = {
        f"{title} {len(found)}{unit}": [_redrawn(project, one) for one in found]
        for title, (names, unit) in KINDS.items()
        if (found := [c for c in diff.drawn.changed if c.artefact.kind in names])
    }
    quotes, moved = diff.quotes.sentences, diff.moves.moved
    sections = {
        **({f"문장 {len(quotes)}곳": map(_sentence, quotes)} if quotes else {}),
        **drawn,
        **({f"값 {len(moved):,d}개": _values(diff.moves)} if moved else {}),
    }
    return "\n".join(
        (
            '<!doctype html>\n<html lang="ko">\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>바뀐 것</title>\n<style>{_STYLE}</style>",
            f"<h1>바뀐 것</h1>\n<p>{escape(diff.since)}에서 지금까지입니다.</p>",
            *(
                "\n".join((f"<h2>{title}</h2>", *parts))
                for title, parts in sections.items()
            ),
            "</html>\n",
        )
    )


def _sentence(one: Sentence) -> str:
    parts = (_quote(p) if isinstance(p, Quote) else escape(p) for p in one.parts)
    place = f"<small>{escape(f'{one.path}:{one.line}')}</small>"
    return f"<p>{place}<br>{''.join(parts)}</p>"


def _quote(quote: Quote) -> str:
    old, new = escape(quote.old), escape(quote.new)
    return (
        f'<span title="{escape(quote.name)}"><del>{old}</del> <ins>{new}</ins></span>'
    )


def _redrawn(project: Project, one: Redrawn) -> str:
    """Return what was seen beside what is seen, under the name of both."""
    place = f"{project.relative(one.artefact.path)}:{one.artefact.line}"
    show = _table if one.artefact.kind == "table" else _looked
    sides = zip(("전", "후"), show(one.old, one.new), strict=True)
    pair = "".join(
        f"<figure><figcaption>{when}</figcaption>{side}</figure>"
        for when, side in sides
    )
    return (
        f"<h3>{escape(one.name)} <small>{escape(place)}</small></h3>\n"
        f'{escape(one.artefact.caption)}\n<div class="pair">{pair}</div>'
    )


def _looked(old: Look, new: Look) -> tuple[str, str]:
    """Return both sides; of many frames, those that differ."""
    pairs = [
        pair for pair in zip_longest(old.pictures, new.pictures) if pair[0] != pair[1]
    ]
    return _look(old, (p for p, _ in pairs)), _look(new, (p for _, p in pairs))


def _look(look: Look, pictures: Iterable[Picture | None]) -> str:
    """Return what there is to see; evidence is prose, and outputs are not."""
    text = f"<pre>{escape(look.text)}</pre>" if look.text else ""
    if look.holds is not None:
        text = f"<strong>{verdict(look.holds)}</strong><br>{escape(look.text)}"
    return text + "".join(_image(one) for one in pictures if one)


def _image(picture: Picture) -> str:
    kind = {".svg": "svg+xml"}.get(picture.suffix, picture.suffix[1:])
    data = b64encode(picture.content).decode()
    label = f"<br>{escape(picture.label)}" if picture.label else ""
    return f'<p><img src="data:image/{kind};base64,{data}" alt="">{label}</p>'


def _table(old: Look, new: Look) -> tuple[str, str]:
    """Return two tables, in which the cells that differ are marked."""
    then, now = _rows(old.text), _rows(new.text)
    return _marked(then, now), _marked(now, then)


def _rows(markdown: str) -> list[list[str]]:
    head, _, *rows = (_CELL.split(line)[1:-1] for line in markdown.splitlines())
    return [[_shown(cell) for cell in row] for row in (head, *rows)]


def _shown(cell: str) -> str:
    """Return a cell as HTML: what came out of a run has its signs as entities."""
    return re.sub(r"<(?!br>)", "&lt;", cell.strip().replace(r"\|", "|"))


def _marked(rows: list[list[str]], others: list[list[str]]) -> str:
    known = {(n, m): cell for n, row in enumerate(others) for m, cell in enumerate(row)}
    lines = (
        "".join(
            f"<td>{cell if known.get((n, m)) == cell else f'<mark>{cell}</mark>'}"
            for m, cell in enumerate(row)
        )
        for n, row in enumerate(rows)
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _values(moves: Moves) -> Iterator[str]:
    for place, moved in by_place(moves.moved):
        rows = "".join(map(_value, moved[:_MOST]))
        rest = len(moved) - _MOST
        more = f"<p>외 {rest:,d}개</p>" if rest > 0 else ""
        table = f"<table>{_HEAD}{rows}</table>{more}"
        summary = f"<summary>{place}: {len(moved):,d}개</summary>"
        yield f"<details>{summary}\n{table}</details>"


def _value(move: Move) -> str:
    cells = (move.key.removeprefix("."), shown(move.old), shown(move.new))
    told = "".join(f"<td>{escape(cell)}" for cell in (*cells, share_text(move)))
    return f"<tr>{told}</tr>"

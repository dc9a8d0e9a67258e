"""The tables of the page on sources: each item, its verdict, and where it stands."""

from collections.abc import Iterable, Iterator

from lecture.docstring import CHIPS, MIXED, VERDICTS
from lecture.sources import JUDGED, SECTIONS, Item, Place


def sources_tables(items: tuple[Item, ...], places: tuple[Place, ...]) -> str:
    """Return a section a kind of item, each with its table.

    There is no first-level heading: docs/sources.md includes this under its own.
    """
    parts = [_section(name, items, places) for name in SECTIONS]
    return "\n\n".join(part for part in parts if part) + "\n"


def verdict_of(places: Iterable[Place]) -> str:
    """Return the one verdict of all claims on an item; where they differ, 조건부."""
    verdicts = {place.verdict for place in places if place.verdict}
    return verdicts.pop() if len(verdicts) == 1 else MIXED if verdicts else ""


def _section(name: str, items: tuple[Item, ...], places: tuple[Place, ...]) -> str:
    chosen = [item for item in items if item.section == name]
    if not chosen:
        return ""
    by_item = {item.id: [p for p in places if p.item == item.id] for item in chosen}
    rows = [_row(item, by_item[item.id]) for item in chosen]
    lead = f"{_counts(chosen, by_item)}\n\n" if name == JUDGED else ""
    head = (
        "| 번호 | 원본 노트가 말한 것 | 판정 | 자리 |\n| --- | --- | --- | --- |"
        if name == JUDGED
        else "| 번호 | 내용 | 자리 |\n| --- | --- | --- |"
    )
    heading = f"## {SECTIONS[name]} {{ #{name} }}"
    return f"{heading}\n\n{lead}{head}\n" + "\n".join(rows)


def _counts(chosen: list[Item], by_item: dict[str, list[Place]]) -> str:
    verdicts = [verdict_of(by_item[item.id]) for item in chosen]
    counts = ", ".join(f"{v} {verdicts.count(v)}개" for v in VERDICTS if v in verdicts)
    return f"문장 {len(chosen)}개를 실험으로 확인했습니다: {counts}."


def _row(item: Item, places: list[Place]) -> str:
    cells = [f'<span id="{item.id}">{item.id}</span>', item.text]
    if item.section == JUDGED:
        cells.append(_chip(verdict_of(places)))
    cells.append("<br>".join(_links(places)))
    return f"| {' | '.join(cells)} |"


def _chip(verdict: str) -> str:
    if not verdict:
        return "–"
    return f'<span class="chip chip-{CHIPS[verdict]}">{verdict}</span>'


def _links(places: list[Place]) -> Iterator[str]:
    """Yield a link a page, to the first place on it."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.page.slug, place)
    for place in first.values():
        yield f"[{place.page.title}]({place.page.slug}.md#{place.anchor})"

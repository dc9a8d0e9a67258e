"""The tables of the page on sources: each item, its verdict, and where it stands."""

from collections.abc import Iterable, Iterator

from lecture.base.inert import inert
from lecture.collect.docstring import CHIPS, MIXED, VERDICTS
from lecture.publish.fragments import written
from lecture.publish.references import UNNUMBERED
from lecture.publish.sources import JUDGED, Item, Treatment

_WITH_VERDICT = ("claims", "numbers", "errors")  # claims must have one, these may


def sources_tables(
    items: tuple[Item, ...], places: tuple[Treatment, ...]
) -> dict[str, str]:
    """Return the table of each section that has items, as Markdown, by its name."""
    sections = dict.fromkeys(item.section for item in items)
    return {name: _section(name, items, places) for name in sections}


def verdict_of(places: Iterable[Treatment]) -> str:
    """Return the one verdict of all claims on an item; where they differ, 조건부."""
    verdicts = {place.verdict for place in places if place.verdict}
    return verdicts.pop() if len(verdicts) == 1 else MIXED if verdicts else ""


def _section(name: str, items: tuple[Item, ...], places: tuple[Treatment, ...]) -> str:
    chosen = [item for item in items if item.section == name]
    by_item = {item.id: [p for p in places if p.item == item.id] for item in chosen}
    rows = [_row(item, by_item[item.id]) for item in chosen]
    lead = f"{_counts(chosen, by_item)}\n\n" if name == JUDGED else ""
    head = (
        "| 번호 | 판정 | 원본 노트가 말한 것 | 자리 |\n| --- | --- | --- | --- |"
        if name in _WITH_VERDICT
        else "| 번호 | 내용 | 자리 |\n| --- | --- | --- |"
    )
    return f"{lead}{head}\n" + "\n".join(rows) + "\n"


def _counts(chosen: list[Item], by_item: dict[str, list[Treatment]]) -> str:
    verdicts = [verdict_of(by_item[item.id]) for item in chosen]
    counts = ", ".join(f"{v} {verdicts.count(v)}개" for v in VERDICTS if v in verdicts)
    return f"문장 {len(chosen)}개를 실험으로 확인했습니다: {counts}."


def _row(item: Item, places: list[Treatment]) -> str:
    text = "<br>".join((inert(item.text), *_told(item, places)))
    cells = [f'<span id="{item.id}">{item.id}</span>']
    if item.section in _WITH_VERDICT:
        verdict = verdict_of(places)
        cells.append(_chip(verdict) if verdict else "–")
    cells += [text, "<br>".join(_links(places))]
    return f"| {' | '.join(cells)} |"


def _told(item: Item, places: list[Treatment]) -> Iterator[str]:
    """Yield what each claim takes an item to say, with a link to the claim.

    That of the only claim on a sentence would be the sentence once more. A verdict is
    told with it where the table has no column for it, or where verdicts differ.
    """
    judged = [place for place in places if place.verdict]
    if item.section == JUDGED and len(judged) == 1:
        return
    has_own = item.section not in _WITH_VERDICT or len({p.verdict for p in judged}) > 1
    for place in judged:
        chip = _chip(place.verdict) if has_own else ""
        said = written(place.said).replace("|", r"\|")
        link = f"[{UNNUMBERED}]({place.page.link(place.anchor)})"
        yield " ".join(part for part in (chip, said, link) if part)


def _links(places: list[Treatment]) -> Iterator[str]:
    """Yield a link a page, to the first place on it."""
    first: dict[str, Treatment] = {}
    for place in places:
        first.setdefault(place.page.slug, place)
    for place in first.values():
        yield f"[{place.page.title}]({place.page.link(place.anchor)})"


def _chip(verdict: str) -> str:
    """Return a verdict as the coloured word that a page shows."""
    return f'<span class="chip chip-{CHIPS[verdict]}">{verdict}</span>'

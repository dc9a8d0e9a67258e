"""Where artefacts are shown: by which page, on which line."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lecture.collect.artefact import Artefact, Place
from lecture.publish.includes import includes
from lecture.publish.pages import DocPage
from lecture.publish.tokens import tokens

Spot = tuple[Path, int | None]  # a page, and a line of it where it is known
Spots = dict[str, tuple[Spot, ...]]  # by the id of an artefact


def shown_places(pages: Iterable[DocPage], artefacts: tuple[Artefact, ...]) -> Spots:
    """Return where each artefact is shown; of an experiment, also what rests on it."""
    found: dict[str, set[Spot]] = {a.id: set() for a in artefacts}
    runs = {a.place: a for a in artefacts if a.is_run}
    drawn = {a.place: a.id for a in artefacts if not a.is_run or a.kind == "lab"}
    for page in pages:
        for place, spot in _quoted(page):
            if place in runs:
                found[runs[place].id].add(spot)
        for place, spot in _included(page):
            if place in drawn:
                found[drawn[place]].add(spot)
    whole = {name: {*spots} for name, spots in found.items()}
    for artefact in artefacts:
        for name in _foundations(artefact, runs):
            whole[name] |= found[artefact.id]
    return {name: tuple(sorted(spots, key=_order)) for name, spots in whole.items()}


def _order(spot: Spot) -> tuple[Path, int]:
    return spot[0], spot[1] or 0


def _quoted(page: DocPage) -> Iterator[tuple[Place, Spot]]:
    for token in tokens(page.body):
        yield Place(token.page, token.experiment), (page.path, token.line)


def _included(page: DocPage) -> Iterator[tuple[Place, Spot]]:
    """Yield the artefacts that a page includes; those of a file within it, too."""
    lines = {one.file: one.line for one in reversed(includes(page.text))}
    for slug, name in page.included:
        line = lines.get(f"generated/{slug}/{name}.md")
        yield Place(slug, name), (page.path, line)


def _foundations(artefact: Artefact, runs: Mapping[Place, Artefact]) -> Iterator[str]:
    """Yield the experiments that an artefact receives or quotes, directly or not."""
    doc = "" if artefact.is_run else artefact.doc
    quoted = [Place(token.page, token.experiment) for token in tokens(doc)]
    places = [*artefact.needs.values(), *quoted]
    for place in places:  # grows on the way
        if place in runs:
            yield runs[place].id
            needs = runs[place].needs.values()
            places += [one for one in needs if one not in places]

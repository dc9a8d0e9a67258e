"""Where SEEDS grows, the sentences that tell how many seeds ran must grow with it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.record import Frozen
from lecture.collect.artefact import Artefact
from lecture.publish.pages import DocPage, doc_pages
from lecture.publish.provenance import seeds_of
from lecture.publish.tokens import tokens

NOTES = Project(Path(__file__).parents[2])
BOOK = read_book(NOTES)
PAGES = doc_pages(NOTES)
WORDS = {"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "열": 10}
NUMERAL = rf"\d+|{'|'.join(WORDS)}"
COUNT = re.compile(
    rf"시드(?:를|가|는)? (?P<after>{NUMERAL}) ?(?:개|가지)"
    rf"|(?<!\w)(?P<before>{NUMERAL}) 시드"
)


def test_artefacts_name_as_many_seeds_as_ran() -> None:
    wrong = {a.id: named(a.doc) - ran([a]) for a in BOOK.artefacts}
    assert not {name: counts for name, counts in wrong.items() if counts}


def test_pages_name_as_many_seeds_as_ran() -> None:
    wrong = {page.slug: named(page.text) - ran(shown_on(page)) for page in PAGES}
    assert not {name: counts for name, counts in wrong.items() if counts}


def test_counts_are_found_in_words_and_in_figures() -> None:
    text = "시드 3개의 평균. 시드를 다섯 가지로. 열 시드 모두. 시드 0의 곡선, 시드 42."
    assert named(text) == {3, 5, 10}


def shown_on(page: DocPage) -> Iterator[Artefact]:
    bound = {token.page for token in tokens(page.text)}
    modules = bound | {module for module, _ in page.included}
    yield from (a for a in BOOK.artefacts if a.page in modules)


def named(text: str) -> set[int]:
    counts = (match["after"] or match["before"] for match in COUNT.finditer(text))
    return {WORDS.get(count) or int(count) for count in counts}


def ran(artefacts: Iterable[Artefact]) -> set[int]:
    """Return how many seeds the experiments behind artefacts have, whole or in part."""
    frozens = [frozen for a in artefacts for frozen in behind(a)]
    return {count for frozen in frozens for count in seed_counts(frozen)}


def behind(artefact: Artefact) -> Iterator[Frozen]:
    frozen = BOOK.frozen(artefact.place)
    if artefact.kind == "experiment" and frozen:
        yield frozen
    for place in artefact.needs.values():
        yield from behind(BOOK.runs[place])


def seed_counts(frozen: Frozen) -> Iterator[int]:
    """Yield the number of seeds of all its runs, and of those that share a setting."""
    groups: dict[str, set[int]] = {}
    for record in frozen.records:
        settings = [item for item in (record.case or {}).items() if item[0] != "seed"]
        for name in ("", *map(str, settings)):
            groups.setdefault(name, set()).update(seeds_of(record))
    yield from map(len, groups.values())

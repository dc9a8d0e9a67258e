"""Counts of seeds and epochs in sentences are those of the runs behind them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

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
ONES = {"한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5}
ONES |= {"여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60}
WORDS = {f"{ten}{one}": n + m for ten, n in TENS.items() for one, m in ONES.items()}
WORDS |= ONES | TENS | {"스무": 20, "백": 100}
NUMERAL = rf"\d+|{'|'.join(sorted(WORDS, key=len, reverse=True))}"
COUNT = re.compile(
    rf"시드(?:를|가|는)? (?P<after>{NUMERAL}) ?(?:개|가지)"
    rf"|(?<!\w)(?P<before>{NUMERAL}) 시드"
)
EPOCHS = re.compile(rf"(?<![\w.])(?P<count>{NUMERAL}) ?에폭")


def test_artefacts_name_as_many_seeds_as_ran() -> None:
    wrong = {a.id: named(a.doc) - ran([a]) for a in BOOK.artefacts}
    assert not {name: counts for name, counts in wrong.items() if counts}


def test_pages_name_as_many_seeds_as_ran() -> None:
    wrong = {page.slug: named(page.text) - ran(shown_on(page)) for page in PAGES}
    assert not {name: counts for name, counts in wrong.items() if counts}


def test_artefacts_name_as_many_epochs_as_ran() -> None:
    wrong = {a.id: epochs_named(a.doc) - set(numbers_behind(a)) for a in BOOK.artefacts}
    assert not {name: counts for name, counts in wrong.items() if counts}


def test_counts_are_found_in_words_and_in_figures() -> None:
    text = "시드 3개의 평균. 시드를 다섯 가지로. 열 시드 모두. 시드 0의 곡선, 시드 42."
    assert named(text + " 열두 시드.") == {3, 5, 10, 12}
    assert epochs_named("서른 에폭과 50에폭, 마흔다섯 에폭. 에폭 7까지.") == {
        30,
        50,
        45,
    }


def epochs_named(text: str) -> set[int]:
    counts = (match["count"] for match in EPOCHS.finditer(text))
    return {WORDS.get(count) or int(count) for count in counts}


def numbers_behind(artefact: Artefact) -> Iterator[int]:
    """Yield the whole numbers that an artefact's text may name.

    They are knobs, what was measured, and the constants of its own function.
    """
    lines = artefact.path.read_text("utf-8").split("\n")
    source = ast.parse("\n".join(lines[artefact.line - 1 :])).body[0]
    yield from (n.value for n in ast.walk(source) if is_whole(n))
    for frozen in behind(artefact):
        yield from whole_numbers(dict(BOOK.runs[frozen.place].knobs))
        yield from whole_numbers([dict(r.case or {}) for r in frozen.records])
        yield from whole_numbers(frozen.value)


def is_whole(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def whole_numbers(value: Any) -> Iterator[int]:
    """Yield the whole numbers in a result, lengths of its lists included."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        yield len(value)
        for item in value:
            yield from whole_numbers(item)
    elif isinstance(value, int):
        yield value


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

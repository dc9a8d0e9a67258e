"""Values that moved between two books, and the sentences that quote them."""

from pathlib import Path
from typing import Any

import pytest
from freezing import frozen_of, save
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.moves import Moves, moves
from lecture.book.reading import read_book
from lecture.collect.artefact import Case, Place
from lecture.publish.quotes import Quotes, quotes
from lecture.publish.sentences import Quote, Sentence

DROP = Place("fall", "drop")
SNIPPET = "def experiment_drop(lr=0.1):\n    ...\n"


def book(root: Path, *runs: tuple[Case | None, Any], page: str = "") -> Book:
    """Return the book of a project that holds such results, and a page."""
    cases = [case for case, _ in runs if case]
    snippet = f"{f'cases_drop = {cases}' if cases else ''}\n\n\n{SNIPPET}"
    for name, text in {"snippets/runs/fall.py": snippet, "docs/fall.md": page}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if runs:
        save(Project(root), frozen_of(DROP, *runs))
    return read_book(Project(root))


def moved(tmp_path: Path, old: Any, new: Any) -> Moves:
    return moves(
        book(tmp_path / "then", (None, {"x": old})),
        book(tmp_path / "now", (None, {"x": new})),
    )


def quoted(tmp_path: Path, page: str, old: Any, new: Any) -> Quotes:
    return quotes(
        book(tmp_path / "then", (None, old)),
        book(tmp_path / "now", (None, new), page=page),
    )


def told(sentence: Sentence) -> str:
    return "".join(
        f"[{part.old} → {part.new}]" if isinstance(part, Quote) else part
        for part in sentence.parts
    )


@pytest.mark.parametrize(
    ("old", "new", "keys", "share"),
    [
        (0.5, 0.6, [".x"], 0.2),
        (-0.5, -0.6, [".x"], -0.2),
        (2, 1, [".x"], -0.5),
        (0, 3, [".x"], None),  # nothing is a share of nothing
        (0.5, "NaN", [".x"], None),
        ("relu", "tanh", [".x"], None),
        (True, False, [".x"], None),
        (3, 3.0, [".x"], 0.0),  # printed otherwise
        ([1, 2, 3], [1, 5, 3], [".x.1"], 1.5),
        ({"0.1": {"a": 4}}, {"0.1": {"a": 5}}, [".x.0.1.a"], 0.25),
        ([1, 2], [1, 2], [], None),
    ],
)
def test_each_value_that_moved_is_told_by_its_place(
    tmp_path: Path, old: Any, new: Any, keys: list[str], share: float | None
) -> None:
    found = moved(tmp_path, old, new).moved
    assert [one.key for one in found] == keys
    assert [one.share for one in found] == [pytest.approx(share)] * len(keys)


def test_values_that_come_and_go_have_not_moved(tmp_path: Path) -> None:
    found = moved(tmp_path, [1, 2, {"a": 3}], [1, 2, 3, 4])
    assert found == Moves((), {DROP: 2}, {DROP: 1})


def test_values_of_cases_are_told_by_their_cases(tmp_path: Path) -> None:
    then = [({"lr": 0.1}, {"x": 1}), ({"lr": 0.2}, {"x": 2}), ({"lr": 0.3}, {"x": 3})]
    now = [({"lr": 0.2}, {"x": 4}), ({"lr": 0.1}, {"x": 1}), ({"lr": 0.4}, {"x": 3})]
    found = moves(book(tmp_path / "then", *then), book(tmp_path / "now", *now))
    assert [(one.key, one.old, one.new) for one in found.moved] == [
        ("(lr=0.2).x", 2, 4)
    ]
    assert (found.new, found.gone) == ({DROP: 1}, {DROP: 1})


def test_module_that_cannot_be_read_loses_no_value(tmp_path: Path) -> None:
    then, now = book(tmp_path / "then", (None, {"x": 1})), tmp_path / "now"
    book(now, (None, {"x": 1}))
    (now / "snippets/runs/fall.py").write_text("def (", encoding="utf-8")
    assert moves(then, read_book(Project(now))) == Moves((), {}, {})


SENTENCES = {
    "손실은 {{ fall.drop.x }}입니다.": "손실은 [1 → 2]입니다.",
    "{{ fall.drop.x }}을 봅니다.": "[1 → 2]를 봅니다.",
    "앞입니다. 값은\n{{ fall.drop.x }}, 곧 {{ fall.drop.y }}입니다. 뒤.":
        "값은 [1 → 2], 곧 7입니다.",
    "- 앞\n- **{{ fall.drop.x }}**은 크다\n- 뒤": "**[1 → 2]**는 크다",
    "| 값 | {{ fall.drop.x }} |\n| 다른 값 | 3 |": "값 | [1 → 2]",
    "1. 하나\n2. 값 {{ fall.drop.x }}개\n": "값 [1 → 2]개",
    "> 값은 {{ fall.drop.x }}입니까? 아닙니다.": "값은 [1 → 2]입니까?",
    "값은 {{ fall.drop.list.-1:.1f }}입니다.": "값은 [1.0 → 3.0]입니다.",
    "{{ fall.drop.x }}와 {{ fall.drop.lost }}": "[1 → 2]와 {{ fall.drop.lost }}",
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_is_told_with_its_numbers_filled_in(tmp_path: Path, text: str) -> None:
    old = {"x": 1, "y": 7, "list": [5, 1]}
    page = f"---\ntitle: 쪽\n---\n\n{text}\n"
    found = quoted(tmp_path, page, old, {"x": 2, "y": 7, "list": [3]})
    (sentence,) = found.sentences
    assert told(sentence) == SENTENCES[text]
    before, _, _ = page.partition("{{ fall")
    assert sentence.line == before.count("\n") + 1


UNMOVED = {
    "code": "`{{ fall.drop.x }}`",
    "fence": "```\n{{ fall.drop.x }}\n```",
    "other value": "{{ fall.drop.y }}",
    "new value": "{{ fall.drop.new }}",
    "lost value": "{{ fall.drop.old }}",
    "many values": "{{ fall.drop.list }}",
    "format": "{{ fall.drop.x:.0f }}과 {{ fall.drop.x:s }}",
}


@pytest.mark.parametrize("text", UNMOVED.values(), ids=[*UNMOVED])
def test_what_reads_as_it_did_is_not_named(tmp_path: Path, text: str) -> None:
    old = {"x": 1.1, "y": 7, "list": [1], "old": 1}
    found = quoted(tmp_path, text, old, {"x": 1.2, "y": 7, "list": [2], "new": 1})
    assert found.sentences == ()
    assert found.unseen == ({"fall.drop.x"} if ":.0f" in text else set())


def test_value_that_shows_in_one_place_is_not_out_of_sight(tmp_path: Path) -> None:
    page = "{{ fall.drop.x:.0f }}개.\n\n{{ fall.drop.x:.1f }}개.\n"
    found = quoted(tmp_path, page, {"x": 1.1}, {"x": 1.2})
    assert [told(one) for one in found.sentences] == ["[1.1 → 1.2]개."]
    assert found.unseen == set()


def test_text_that_pages_include_is_named_by_its_own_file(tmp_path: Path) -> None:
    then = book(tmp_path / "then", (None, {"x": 1}))
    now = book(tmp_path / "now", (None, {"x": 2}), page='--8<-- "parts/_one.md"\n')
    part = tmp_path / "now/docs/parts/_one.md"
    part.parent.mkdir()
    part.write_text("하나.\n\n값은 {{ fall.drop.x }}입니다.\n", encoding="utf-8")
    generated = tmp_path / "now/docs/generated/fall/steady.md"
    generated.parent.mkdir(parents=True)
    generated.write_text("값은 {{ fall.drop.x }}입니다.\n", encoding="utf-8")
    (sentence,) = quotes(then, now).sentences
    assert (str(sentence.path), sentence.line) == ("docs/parts/_one.md", 3)

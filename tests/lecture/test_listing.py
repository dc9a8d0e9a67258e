"""What there is, and what is wrong with it, for people and for programs."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from lecture.cli import as_json
from sandbox import Ran, Sandbox

RUNS = """
cases_fit = [dict(n=n) for n in (1, 2)]


def experiment_fit(n=0):
    return {"height": 2 * n}


def experiment_summary(fit):
    return {"highest": fit["height"].max()}


def experiment_alone():
    return {"n": 1}
"""
TABLES = '''
def table_heights(fit):
    """심은 씨앗마다의 높이."""
    return fit


def table_spare(fit):
    """아무도 싣지 않은 표."""
    return fit
'''
CLAIMS = '''
def claim_grows(fit):
    """많이 심을수록 자랍니다. 가장 높은 것은 {{ grow.summary.highest }}입니다."""
    return bool(fit["height"].is_monotonic_increasing), "높이 둘"
'''
LAB = '"""걷기."""\n\n# %%\nsteps = 3\n'
PAGE = """
# 자라기

--8<-- "generated/grow/heights.md"

--8<-- "generated/grow/grows.md"

걸음은 {{ walk.lab.steps }}, 가장 높은 것은 {{ grow.summary.highest }}입니다.
"""
Listed = dict[str, dict[str, Any]]


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    notes = Sandbox(tmp_path)
    notes.write("snippets/runs/grow.py", RUNS)
    notes.write("snippets/figures/grow.py", TABLES)
    notes.write("snippets/claims/grow.py", CLAIMS)
    notes.write("snippets/walk.py", LAB)
    notes.write("docs/grow.md", PAGE)
    notes.write("docs/walk.md", '# 걷기\n\n--8<-- "generated/walk/lab.md"\n')
    return notes


def listed(notes: Sandbox, *pages: str) -> Listed:
    ran = notes.build("list", *pages, "--json")
    assert ran.code == 0, ran.err
    assert "IMPORTED\n" in ran.err  # none of TensorFlow, Keras, pandas, Matplotlib
    return {one["id"]: one for one in json.loads(ran.out)["artefacts"]}


def states(notes: Sandbox) -> dict[str, str]:
    return {one["name"]: one["state"] for one in listed(notes).values()}


def faults(ran: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ran.out)["faults"]
    return found


def test_list_tells_states_costs_and_places(notes: Sandbox) -> None:
    before = listed(notes)
    assert {one["state"] for one in before.values()} == {"missing"}
    assert {one["seconds"] for one in before.values()} == {None}
    assert notes.build().code == 0

    after = listed(notes)
    assert {one["state"] for one in after.values()} == {"fresh"}
    assert all(one["seconds"] >= 0 for one in after.values())
    at = {
        name: [(s["path"], s["line"]) for s in o["shown"]] for name, o in after.items()
    }
    assert at == {
        "grow.experiment_fit": [("docs/grow.md", n) for n in (3, 5, 7)],
        "grow.experiment_summary": [("docs/grow.md", n) for n in (5, 7)],
        "grow.experiment_alone": [],
        "grow.table_heights": [("docs/grow.md", 3)],
        "grow.table_spare": [],
        "grow.claim_grows": [("docs/grow.md", 5)],
        "walk.lab": [("docs/grow.md", 7), ("docs/walk.md", 3)],
    }
    fit = after["grow.experiment_fit"]
    assert (fit["path"], fit["line"]) == ("snippets/runs/grow.py", 4)
    assert (fit["runs"], fit["runs_due"]) == (2, 0)
    assert {*listed(notes, "walk")} == {"walk.lab"}


def test_states_are_those_of_the_book(notes: Sandbox) -> None:
    assert notes.build().code == 0
    notes.edit("snippets/runs/grow.py", "(1, 2)", "(1, 2, 3)")
    assert listed(notes)["grow.experiment_fit"]["runs_due"] == 1
    assert states(notes) == {
        **dict.fromkeys(("alone", "lab"), "fresh"),
        **dict.fromkeys(("summary", "heights", "spare", "grows"), "waiting"),
        "fit": "stale",
    }
    notes.edit("snippets/runs/grow.py", "2 * n", "-n")
    assert notes.build("grow").code == 1
    notes.edit("snippets/runs/grow.py", "experiment_alone", "experiment_moved")
    notes.edit("snippets/figures/grow.py", "return fit", "return fit.head(1)")
    assert states(notes) == {
        **dict.fromkeys(("fit", "summary", "lab"), "fresh"),
        **dict.fromkeys(("heights", "spare"), "stale"),
        "grows": "refuted",
        "moved": "adopted",
    }
    notes.edit("snippets/runs/grow.py", '{"n": 1}', '{"n": __import__("os").getpid()}')
    notes.write("snippets/results/grow/summary.json", "<<<<<<< HEAD\n")
    found = states(notes)
    assert (found["moved"], found["summary"]) == ("unreadable", "unreadable")


def test_table_of_a_terminal_is_aligned_and_names_every_artefact(
    notes: Sandbox,
) -> None:
    assert notes.build().code == 0
    ran = notes.build("list")
    lines = ran.out.splitlines()
    assert [line for line in lines if line[0] != " "][:2] == ["grow", "walk"]
    assert lines[-1].startswith("모두 7개, 지난번에 걸린 시간은 ")
    rows = lines[1:7]
    assert len({columns(row[: row.index("그대로")]) for row in rows}) == 1
    nowhere = [row.split()[1] for row in rows if "아무 쪽에도 없음" in row]
    assert nowhere == ["alone", "spare"]
    assert "  실험  fit      그대로" in lines[1]
    assert lines[1].endswith("docs/grow.md:3 +2")
    assert max(map(columns, lines)) <= 80

    notes.edit("snippets/runs/grow.py", "(1, 2)", "(1, 2, 3)")
    notes.edit("snippets/figures/grow.py", "spare(fit)", "spare(fitt)")
    ran = notes.build("list", "grow")
    assert "낡음 1/3" in ran.out
    assert "읽지 못한 것이 1개 있습니다: python scripts/build.py check" in ran.out


def columns(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide


def test_check_tells_programs_what_it_tells_people(notes: Sandbox) -> None:
    assert notes.build().code == 0
    green = notes.build("check", "--json")
    assert green.code == 0
    assert json.loads(green.out)["green"] is True
    assert [fault["kind"] for fault in faults(green)] == ["unshown"]

    notes.edit("snippets/runs/grow.py", "2 * n", "3 * n")
    notes.edit("snippets/runs/grow.py", "experiment_alone", "experiment_a")
    notes.edit("snippets/runs/grow.py", '{"n": 1}', '{"n": 2}')
    notes.write("snippets/runs/walk.py", "def experimnt_a():\n    return {}\n")
    notes.edit("docs/grow.md", "walk.lab.steps", "walk.leb.steps")
    notes.write("snippets/results/grow/summary.json", "<<<<<<< HEAD\n")
    people, programs = notes.build("check"), notes.build("check", "--json")
    assert (people.code, programs.code) == (1, 1)
    assert json.loads(programs.out)["green"] is False
    found = faults(programs)
    kinds = {fault["kind"] for fault in found}
    assert kinds == {"module", "result", "page", "stale", "unshown", "orphan"}
    for fault in found:
        place = ":".join(str(p) for p in (fault["path"], fault["line"]) if p)
        said = f"{place}: {fault['message']}"
        if fault["kind"] not in ("stale", "orphan"):
            assert said in people.out
            assert fault["hint"] in people.out
    stale = [fault for fault in found if fault["kind"] == "stale"]
    assert {fault["path"] for fault in stale} == {"snippets/runs/grow.py"}
    assert all("python scripts/build.py grow" in fault["hint"] for fault in stale)
    orphan = next(fault for fault in found if fault["kind"] == "orphan")
    assert orphan["path"] == "snippets/results/grow/alone.json"


def test_every_key_of_the_documents_is_documented(notes: Sandbox) -> None:
    document = json.loads(notes.build("list", "--json").out)
    check = json.loads(notes.build("check", "--json").out)
    keys = {*document, *check, *document["artefacts"][0], *check["faults"][0]}
    assert {key for key in keys if key not in (as_json.__doc__ or "")} == set()


@pytest.mark.parametrize("command", ["list", "check"])
def test_page_that_is_none_leaves_standard_output_empty(
    notes: Sandbox, command: str
) -> None:
    ran = notes.build(command, "grw", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "비슷한 이름: grow" in ran.err

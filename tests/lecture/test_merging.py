"""Results of two branches merge, and a merge that mixes two runs is noticed."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.results import save_results
from lecture.collect.artefact import Place
from sandbox import Sandbox

GROW = """
cases_fit = [dict(n=n) for n in range(4)]


def experiment_fit(n=0):
    return {"height": [2 * n, n]}
"""
OTHER = """
def experiment_answer(base=40):
    return {"answer": base + 2}
"""
FIT = "snippets/results/grow/fit.json"
PLACE = Place("grow", "fit")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/grow.py", GROW)
    sandbox.write("snippets/other.py", OTHER)
    sandbox.write(".gitignore", ".cache/\ndocs/generated/\n")
    assert sandbox.build().code == 0
    git(sandbox, "init", "-b", "main")
    commit(sandbox, "처음")
    return sandbox


def git(sandbox: Sandbox, *arguments: str, code: int = 0) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=sandbox.root, capture_output=True, text=True
    )
    assert done.returncode == code, done
    return done.stdout


def commit(sandbox: Sandbox, message: str) -> None:
    git(sandbox, "add", "-A")
    git(sandbox, "commit", "-m", message)


def run_elsewhere(sandbox: Sandbox, n: int, machine: str) -> None:
    """Freeze a case as another machine does, where it comes out the same."""
    book = read_book(Project(sandbox.root))
    frozen = book.frozen(PLACE)
    assert frozen
    ((_, position),) = frozen.find({"n": n})
    record = frozen.records[position]
    made = replace(record.made, hardware=machine, versions={"python": machine})
    record = replace(record, made=made)
    after = book.with_result(PLACE, record, frozen.results[position])
    kept = after.kept(PLACE)
    assert kept
    assert save_results(book.shelf.path(PLACE), kept)


def machines(sandbox: Sandbox) -> list[str]:
    data = json.loads((sandbox.root / FIT).read_text("utf-8"))
    return [run["made"]["hardware"] for run in data["runs"]]


def test_branches_that_run_different_experiments_merge(sandbox: Sandbox) -> None:
    git(sandbox, "switch", "-c", "mine")
    sandbox.edit("snippets/grow.py", "[2 * n, n]", "[3 * n, n]")
    assert sandbox.build().code == 0
    commit(sandbox, "높이")
    git(sandbox, "switch", "main")
    sandbox.edit("snippets/other.py", "base + 2", "base + 3")
    assert sandbox.build().code == 0
    commit(sandbox, "답")

    git(sandbox, "merge", "mine")
    assert sandbox.build("check").code == 0


@pytest.mark.parametrize(("ours", "theirs"), [(0, 3), (1, 2), (2, 1)])
def test_branches_whose_cases_ran_on_different_machines_merge(
    sandbox: Sandbox, ours: int, theirs: int
) -> None:
    here = machines(sandbox)[0]
    git(sandbox, "switch", "-c", "mine")
    run_elsewhere(sandbox, theirs, "한 기계")
    commit(sandbox, "한 기계에서")
    git(sandbox, "switch", "main")
    run_elsewhere(sandbox, ours, "다른 기계")
    commit(sandbox, "다른 기계에서")

    git(sandbox, "merge", "mine")
    expected = [here] * 4
    expected[ours], expected[theirs] = "다른 기계", "한 기계"
    assert machines(sandbox) == expected
    look = sandbox.build("check")
    assert look.code == 0, look


def test_branch_that_adds_a_case_merges_with_one_that_runs_another_again(
    sandbox: Sandbox,
) -> None:
    git(sandbox, "switch", "-c", "mine")
    sandbox.edit("snippets/grow.py", "range(4)", "range(5)")
    assert sandbox.build().code == 0
    commit(sandbox, "한 줄 더")
    git(sandbox, "switch", "main")
    run_elsewhere(sandbox, 0, "다른 기계")
    commit(sandbox, "다른 기계에서")
    git(sandbox, "merge", "mine")
    assert machines(sandbox)[0] == "다른 기계"
    assert len(machines(sandbox)) == 5
    assert sandbox.build("check").code == 0


@pytest.mark.parametrize("line", ["result", "key", "made", "code", "knobs"])
def test_merge_by_hand_that_mixes_two_runs_is_noticed(
    sandbox: Sandbox, line: str
) -> None:
    before = (sandbox.root / FIT).read_text("utf-8")
    sandbox.edit("snippets/grow.py", "2 * n, n]", "2 * n + one(), n]")
    sandbox.edit(
        "snippets/grow.py", "cases_fit", "def one():\n    return 1\n\n\ncases_fit"
    )
    sandbox.edit("snippets/grow.py", "fit(n=0)", "fit(n=0, times=1)")
    assert sandbox.build().code == 0
    run_elsewhere(sandbox, 2, "다른 기계")
    assert sandbox.build("check").code == 0
    after = (sandbox.root / FIT).read_text("utf-8")

    old, lines = before.splitlines(), after.splitlines()
    mine, theirs = row(lines, line), row(old, line)
    assert lines[mine] != old[theirs]
    lines[mine] = old[theirs]
    (sandbox.root / FIT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    why = sandbox.build("explain", "grow")
    assert why.code == 1
    assert "grow.experiment_fit(n=2)" in why.out
    assert "손으로 고쳐졌거나 잘못 합쳐졌습니다" in why.out
    assert sandbox.build("check", "other").code == 0
    assert sandbox.build().code == 0
    assert sandbox.build("check").code == 0


def row(lines: list[str], name: str) -> int:
    """Return where a part of the third case stands."""
    start = lines.index('   "case": {"n": 2},')
    return next(n for n in range(start, len(lines)) if f'   "{name}"' in lines[n])


def test_conflict_is_named_with_its_line_and_nothing_of_it_is_lost(
    sandbox: Sandbox,
) -> None:
    for branch, machine in (("mine", "한 기계"), ("yours", "다른 기계")):
        git(sandbox, "switch", "-c", branch, "main")
        run_elsewhere(sandbox, 1, machine)
        commit(sandbox, machine)
    git(sandbox, "merge", "mine", code=1)
    text = (sandbox.root / FIT).read_text("utf-8")
    line = text[: text.index("<<<<<<<")].count("\n") + 1
    look = sandbox.build("check")
    assert f"{FIT}:{line}: 결과 파일을 읽지 못했습니다: git이" in look.out
    assert sandbox.build().code == 0
    (copy,) = (sandbox.root / ".cache/lecture/unreadable/grow").iterdir()
    assert copy.read_text("utf-8") == text
    assert sandbox.build("check").code == 0


def test_identical_run_leaves_every_file_untouched(sandbox: Sandbox) -> None:
    def stamps() -> dict[str, int]:
        folders = ("snippets", "docs")
        found = (p for one in folders for p in (sandbox.root / one).rglob("*"))
        return {str(p): p.stat().st_mtime_ns for p in found}

    files, before = sandbox.files("snippets") | sandbox.files("docs"), stamps()
    again = sandbox.build("--rerun", "all", "-v")
    assert again.code == 0
    assert again.err.count("완료") == 5
    assert sandbox.files("snippets") | sandbox.files("docs") == files
    assert stamps() == before
    assert git(sandbox, "status", "--porcelain") == ""

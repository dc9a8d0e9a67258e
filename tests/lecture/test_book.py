"""The Book: everything is read once, and remembered where that can be done."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Sandbox, wait_until

COUNT = """
import atexit, json, sys, threading
from collections import Counter
seen = Counter()
known = {
    "parse_results": lambda f: str(f["path"]),
    "read_sheet": lambda f: f["source"].name,
    "artefact_code": lambda f: f["artefact"].id,
    "input_digest": lambda f: str(f["path"]),
    "result_digest": lambda f: str(f["result"]),
}
def watch(frame, event, argument):
    name = frame.f_code.co_name
    if event == "call" and name in known and "lecture" in frame.f_code.co_filename:
        seen[f"{name} {known[name](frame.f_locals)}"] += 1
sys.setprofile(watch)
atexit.register(lambda: open("calls.json", "w").write(json.dumps(seen)))
"""
RUNS = """
from pathlib import Path

cases_fit = [dict(n=n) for n in (1, 2)]


def experiment_fit(n=0):
    table = Path(__file__).parents[1] / "points.csv"
    return {"height": n * int(table.read_text())}


def experiment_summary(fit):
    return {"highest": fit["height"].max()}
"""
FIGURES = '''
def table_heights(fit):
    """심은 씨앗마다의 높이."""
    return fit


def table_again(fit, summary):
    """다시 적은 높이."""
    return fit
'''
PAGE = """
# 자라기

가장 높이 자란 것은 {{ grow.summary.highest }}입니다. 다시, {{ grow.summary.highest }}.

--8<-- "generated/grow/heights.md"

--8<-- "generated/grow/again.md"
"""
LAB = '''"""실습."""
# %% [markdown]
# # 실습

# %%
x = 3
x
'''


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트", before=COUNT)
    sandbox.write("snippets/runs/grow.py", RUNS)
    sandbox.write("snippets/figures/grow.py", FIGURES)
    sandbox.write("snippets/points.csv", "2")
    sandbox.write("docs/grow.md", PAGE)
    yield sandbox
    sandbox.end()


def calls(sandbox: Sandbox) -> Counter[str]:
    """Return how often each piece of work was done in the last command."""
    path = sandbox.root / "calls.json"
    found = Counter(json.loads(path.read_text("utf-8")))
    path.unlink()
    return found


def test_one_command_does_each_piece_of_work_at_most_once(sandbox: Sandbox) -> None:
    sandbox.write("snippets/trial.py", LAB)
    sandbox.write(
        "docs/trial.md", '--8<-- "generated/trial/lab.md"\n\n{{ trial.lab.x }}\n'
    )
    built = sandbox.build()
    assert built.code == 0, built.err
    calls(sandbox)

    for command in ("check", "build", "explain", "draw"):
        (sandbox.root / ".cache/lecture/memory").unlink()
        assert sandbox.build(command).code == 0
        found = calls(sandbox)
        assert found["read_sheet runs.grow"] == 1  # the counter counts
        results = [n for n in found if n.startswith("parse_results")]
        assert len(results) == 3
        work = {n: times for n, times in found.items() if times > 1}
        # Two equal results are two pieces of work.
        assert not {n for n in work if not n.startswith("result_digest")}, command


def test_second_look_reads_no_module_and_no_result_again(sandbox: Sandbox) -> None:
    assert sandbox.build().code == 0
    sandbox.build("check")
    calls(sandbox)
    assert sandbox.build("check").code == 0
    found = calls(sandbox)
    assert {name.split()[0] for name in found} <= {"input_digest"}

    sandbox.edit("snippets/figures/grow.py", "심은", "뿌린")
    assert sandbox.build("check").code == 0
    sheets = [name for name in calls(sandbox) if name.startswith("read_sheet")]
    assert sheets == ["read_sheet figures.grow"]


def test_what_is_drawn_after_a_run_is_what_is_drawn_from_its_file(
    sandbox: Sandbox,
) -> None:
    sandbox.edit("snippets/runs/grow.py", "dict(n=n)", "dict(n=n, kind='a')")
    sandbox.edit("snippets/runs/grow.py", "fit(n=0)", "fit(n=0, kind='b')")
    assert sandbox.build().code == 0
    before = sandbox.files("docs")
    shutil.rmtree(sandbox.root / "docs/generated")
    assert sandbox.build().code == 0
    assert sandbox.files("docs") == before


def test_edit_is_noticed_though_all_else_is_remembered(sandbox: Sandbox) -> None:
    assert sandbox.build().code == 0
    assert sandbox.build("check").code == 0
    sandbox.edit("snippets/runs/grow.py", "n * int", "2 * n * int")
    assert "다시 실행할 것이 3개" in sandbox.build("check").out
    sandbox.edit("snippets/runs/grow.py", "2 * n * int", "n * int")
    assert sandbox.build("check").code == 0
    result = sandbox.root / "snippets/results/grow/fit.json"
    sandbox.edit(str(result.relative_to(sandbox.root)), '"height": 4', '"height": 5')
    assert sandbox.build("check").code == 1
    sandbox.edit(str(result.relative_to(sandbox.root)), '"height": 5', '"height": 4')
    assert sandbox.build("check").code == 0
    sandbox.write("snippets/points.csv", "3")
    assert sandbox.build("check").code == 1
    sandbox.write("snippets/points.csv", "2")
    sandbox.edit("docs/grow.md", "summary.highest }}입", "sumary.highest }}입")
    assert "비슷한 이름: summary" in sandbox.build("check").out


@pytest.mark.parametrize("damage", ["broken", "missing", "folder", "other"])
def test_damaged_memory_changes_nothing_but_time(sandbox: Sandbox, damage: str) -> None:
    assert sandbox.build().code == 0
    before = sandbox.files("docs") | sandbox.files("snippets")
    memory = sandbox.root / ".cache/lecture/memory"
    content = memory.read_bytes()
    memory.unlink()
    if damage == "broken":
        memory.write_bytes(content[:-20])
    elif damage == "folder":
        memory.mkdir()
    elif damage == "other":
        memory.write_bytes(b"cos\nsystem\n(S'true'\ntR.")  # no memory, but a pickle
    for command in ("check", "build", "check"):
        ran = sandbox.build(command)
        assert ran.code == 0, ran.err
        assert "Traceback" not in ran.err
    assert sandbox.files("docs") | sandbox.files("snippets") == before


GATED = """
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
time_limit = 300
cases_slow = [dict(n=n) for n in range(2)]


def experiment_slow(n=0):
    while n == 0 and not (ROOT / "opened").exists():
        time.sleep(0.02)
    return {"n": n}


def experiment_after(slow):
    return {"sum": sum(slow["n"])}


def experiment_first():
    return {"n": 1}


def experiment_second(first):
    return {"n": first["n"] + 1}


def experiment_third(second):
    (ROOT / "opened").write_text("")
    return {"n": second["n"] + 1}
"""


def test_long_case_holds_back_only_what_receives_it(sandbox: Sandbox) -> None:
    """The slow case waits for the end of a chain that has nothing to do with it."""
    sandbox.write("snippets/runs/chain.py", GATED)
    built = sandbox.build("chain", "--jobs", "2", "-v")
    folder = sandbox.root / "snippets/results/chain"
    assert sorted(p.stem for p in folder.iterdir()) == [
        "after", "first", "second", "slow", "third"
    ]  # fmt: skip
    ended = [line.split()[1] for line in built.err.splitlines() if "완료" in line]
    # The third, which lets the slow case go on, ends at about the same time as it.
    second, slow = "chain.experiment_second", "chain.experiment_slow(n=0)"
    assert ended.index(second) < ended.index(slow) < len(ended) - 1
    assert "chain.experiment_after" in ended[ended.index(slow) :]


FAILING = """
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
cases_fit = [dict(n=n) for n in range(3)]


def experiment_fit(n=0):
    if n == 0:
        raise ValueError("불길한 수")
    return {"n": n}


def experiment_after(fit):
    return {"n": 1}


def experiment_other():
    return {"n": 2}
"""


def test_case_that_fails_holds_back_only_what_receives_it(sandbox: Sandbox) -> None:
    sandbox.write("snippets/runs/failing.py", FAILING)
    built = sandbox.build("failing")
    assert built.code == 1
    folder = sandbox.root / "snippets/results/failing"
    runs = json.loads((folder / "fit.json").read_text("utf-8"))["runs"]
    assert [run["case"]["n"] for run in runs] == [1, 2]
    assert (folder / "other.json").exists()
    assert not (folder / "after.json").exists()
    wait_until(lambda: not sandbox.processes())

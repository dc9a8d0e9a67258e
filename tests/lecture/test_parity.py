"""Plain Python beside the engine, on a small project without Keras."""

from pathlib import Path

import pytest
from lecture.run.differences import first_difference
from lecture.task.lab_bare import printed
from nbformat import NotebookNode
from sandbox import Sandbox

HONEST = """
import time
from pathlib import Path

import numpy as np

cases_draw = [dict(seed=seed) for seed in range(3)]


def experiment_draw(seed=0):
    words = Path("words.txt").read_text()
    return {"x": np.random.default_rng(seed).random(3), "words": words.split()}


def experiment_mean(draw):
    return {"mean": np.mean([np.mean(x) for x in draw["x"]])}


def experiment_timed():
    start = time.perf_counter()
    return {"n": 3, "seconds": time.perf_counter() - start}
"""
LAB = """
'''실습입니다.'''
# %%
import numpy as np

x = float(np.random.default_rng(0).random())
print("값", x)
x

# %% raises="ZeroDivisionError"
1 / 0
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/runs/page.py", HONEST)
    sandbox.write("snippets/words.txt", "하나 둘\n")
    sandbox.write("snippets/lab.py", LAB)
    sandbox.write("docs/index.md", "# 글\n")
    return sandbox


def test_plain_python_gives_what_the_engine_gives(sandbox: Sandbox) -> None:
    assert sandbox.build().code == 0
    before = sandbox.files("snippets")
    whole = sandbox.build("parity", "--all")
    assert whole.code == 0, whole.err
    assert "실행 6개를 엔진 없이 다시 돌려 견주었습니다." in whole.out
    assert "1개는 시간을 재므로 소수는 빼고 보았습니다." in whole.out
    assert sandbox.files("snippets") == before

    few = sandbox.build("parity")
    assert few.code == 0, few.err
    assert "실행 2개를" in few.out  # the lab, and one experiment of three


def test_what_only_the_engine_can_run_is_told(sandbox: Sandbox) -> None:
    lent = "    import lecture\n    return {'n': len(lecture.__name__)}\n"
    sandbox.write("snippets/runs/page.py", f"def experiment_lent():\n{lent}")
    ran = sandbox.build("parity", "page", "--all")
    assert ran.code == 1
    told = ran.about("page.experiment_lent")
    assert "엔진 없이는 돌지 않습니다." in told
    assert "ModuleNotFoundError" in told
    assert "snippets/runs/page.py:1" in told


WHERE = """
import sys


def experiment_where():
    return {"n": 3, "engine": "lecture" in sys.modules and bool(sys.modules["lecture"])}
"""


def test_other_value_is_told_by_its_place(sandbox: Sandbox) -> None:
    sandbox.write("snippets/runs/page.py", WHERE)
    ran = sandbox.build("parity", "page", "--all")
    assert ran.code == 1
    assert "`engine` true ≠ false" in ran.about("page.experiment_where")


def test_value_that_this_machine_gives_no_more_is_told_apart(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    machine = tmp_path / "machine.txt"
    machine.write_text("1")
    read = f"    return {{'n': int(open({str(machine)!r}).read())}}\n"
    sandbox.write("snippets/runs/page.py", f"def experiment_machine():\n{read}")
    assert sandbox.build().code == 0
    machine.write_text("2")
    ran = sandbox.build("parity", "page", "--all")
    assert ran.code == 0, ran.err
    assert "1개는 이 기계에서 엔진으로 실행한 것과 같습니다." in ran.out


def test_what_was_equal_is_not_run_again(sandbox: Sandbox, tmp_path: Path) -> None:
    said = tmp_path / "said.txt"
    counted = "experiment_counted():\n    print('돌았습니다', file=open({!r}, 'a'))\n"
    counted = f"def {counted.format(str(said))}    return {{'n': 1}}\n"
    sandbox.write("snippets/runs/page.py", counted)
    assert sandbox.build().code == 0
    for _ in range(2):
        ran = sandbox.build("parity", "page", "--all")
        assert ran.code == 0, ran.err
        assert "실행 1개를" in ran.out
        assert "엔진으로 실행한 것과" not in ran.out
    assert said.read_text().split() == ["돌았습니다"] * 2  # the build's, and one bare

    sandbox.edit("snippets/runs/page.py", "'n': 1", "'n': 2")
    assert sandbox.build().code == 0
    assert sandbox.build("parity", "page", "--all").code == 0
    assert len(said.read_text().split()) == 4


@pytest.mark.parametrize(
    "ours, theirs, told",
    [
        ({"a": [1, 2.5]}, {"a": [1, 2.5]}, ""),
        ({"a": [1, 2.5]}, {"a": [1, 2.6]}, "`a[1]` 2.5 ≠ 2.6"),
        ({"a": 3}, {"a": 3.0}, "`a` 3 ≠ 3.0"),
        ({"a": 1}, {"b": 1}, '`` {"a": 1} ≠ {"b": 1}'),
        ({"a": [1]}, {"a": [1, 2]}, "`a` [1] ≠ [1, 2]"),
        ({"a": float("nan")}, {"a": float("nan")}, ""),
    ],
)
def test_first_difference_has_a_place(ours: object, theirs: object, told: str) -> None:
    assert first_difference(ours, theirs) == told


def test_measured_times_may_differ_and_counts_may_not() -> None:
    ours, theirs = {"n": 3, "s": 0.1}, {"n": 3, "s": 0.2}
    assert first_difference(ours, theirs, floats=False) == ""
    assert first_difference(ours, {**theirs, "n": 4}, floats=False) == "`n` 3 ≠ 4"


def test_what_a_busy_kernel_sends_in_pieces_is_one_text() -> None:
    pieces = (("stdout", "{}"), ("stderr", "!"), ("stdout", "\n"))
    outputs = [NotebookNode(name=name, text=text) for name, text in pieces]
    assert printed(outputs) == "{}\n"


LEAVING = """
import colorsys


def experiment_first():
    colorsys.rgb_to_hls = None
    return {"n": 1}


def experiment_second():
    return {"l": colorsys.rgb_to_hls(0, 0, 0)[1]}
"""


def test_what_one_run_leaves_behind_does_not_hinder_another(sandbox: Sandbox) -> None:
    sandbox.write("snippets/runs/page.py", LEAVING)
    assert sandbox.build().code == 0
    assert sandbox.build("parity").code == 0

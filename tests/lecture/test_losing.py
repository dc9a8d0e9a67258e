"""Nothing is lost: neither results, nor what an author has put beside them."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Sandbox

GROW = """
cases_fit = [dict(n=n) for n in (1, 2)]


def experiment_fit(n=0):
    return {"height": 2 * n}


def experiment_summary(fit):
    return {"highest": fit["height"].max()}
"""
OTHER = '''
def experiment_answer(base=40):
    return {"answer": base + 2}


def claim_right(answer):
    """답은 42입니다."""
    return answer["answer"] == 42, "42"
'''
LAB = '''"""실습."""
# %% [markdown]
# # 실습

# %%
import matplotlib.pyplot as plt

# %% 선 하나
plt.plot([1, 2])
plt.show()

# %%
x = 3
x
'''
RESULTS = "snippets/results"


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/runs/grow.py", GROW)
    sandbox.write("snippets/other.py", OTHER)
    yield sandbox
    sandbox.end()


def built(sandbox: Sandbox) -> dict[str, str]:
    """Build, and return the results by their digests."""
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    return sandbox.files(RESULTS)


def test_result_of_a_renamed_experiment_that_fails_is_still_there_and_named(
    sandbox: Sandbox,
) -> None:
    before = built(sandbox)
    sandbox.edit("snippets/other.py", "answer(base=40", "question(base=40")
    sandbox.edit("snippets/other.py", "base + 2", "base / 0")
    sandbox.edit("snippets/other.py", "(answer)", "(question)")
    ran = sandbox.build()
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.about("other.experiment_question")
    assert "주인 없는 결과: snippets/results/other/answer.json" in ran.err
    assert sandbox.files(RESULTS) == before

    sandbox.edit("snippets/other.py", "question(base=40", "answer(base=40")
    sandbox.edit("snippets/other.py", "base / 0", "base + 2")
    sandbox.edit("snippets/other.py", "(question)", "(answer)")
    assert sandbox.build("check").code == 0


def test_build_of_one_page_keeps_the_results_of_a_module_that_is_away(
    sandbox: Sandbox,
) -> None:
    before = built(sandbox)
    away = (sandbox.root / "snippets/runs/grow.py").rename(sandbox.root / "away.py")
    ran = sandbox.build("other")
    assert ran.code == 0, ran.err
    assert "주인 없는 결과: snippets/results/grow/fit.json" in ran.err
    assert sandbox.files(RESULTS) == before
    away.rename(sandbox.root / "snippets/runs/grow.py")
    assert sandbox.build("check").code == 0


def test_what_an_author_puts_beside_results_stays(sandbox: Sandbox) -> None:
    sandbox.write("snippets/trial.py", LAB)
    built(sandbox)
    mine = [
        sandbox.write(f"{RESULTS}/{name}", text)
        for name, text in {
            "README.md": "읽어 보세요",
            "other/README.md": "읽어 보세요",
            "other/notes.json": '{"mine": 1}',
            "other/sheets/a.csv": "1,2",
            "trial/cell-notes.md": "셀마다 적은 것",
            "mine/a.json": "[]",
        }.items()
    ]
    (sandbox.root / RESULTS / "other/folder.json").mkdir()
    sandbox.edit("snippets/other.py", "base=40", "base=39 + 1")
    sandbox.edit("snippets/trial.py", "x = 3", "x = 4")
    sandbox.edit("snippets/runs/grow.py", "experiment_summary", "experiment_highest")
    for command in (["build"], ["tidy", "--yes"], ["check"]):
        ran = sandbox.build(*command)
        assert ran.code == 0, (command, ran)
        said = ran.out + ran.err
        assert not [p for p in mine if p.name in said], said
    assert all(path.exists() for path in mine)
    assert (sandbox.root / RESULTS / "other/folder.json").is_dir()


def test_tidy_names_what_goes_and_asks(sandbox: Sandbox) -> None:
    before = built(sandbox)
    (sandbox.root / "snippets/other.py").unlink()
    sandbox.edit("snippets/runs/grow.py", "(1, 2)", "(2, 3)")
    assert sandbox.build().code == 0
    kept = sandbox.files(RESULTS)
    assert set(kept) == set(before)
    assert cases(sandbox) == [2, 3, 1]  # off the list, and still there

    for answer, code in (("n\n", 1), ("", 130), ("y\n", 0)):
        assert sandbox.files(RESULTS) == kept
        process = sandbox.start("tidy", stdin=subprocess.PIPE)
        out, err = process.communicate(answer, timeout=60)
        assert process.returncode == code, err
        assert "지울 파일: snippets/results/other/answer.json" in out
        assert "지울 사례: grow.fit 1개" in out
        assert "지울까요?" in out
        assert "Traceback" not in err
    assert set(sandbox.files(RESULTS)) == set(before) - {f"{RESULTS}/other/answer.json"}
    assert cases(sandbox) == [2, 3]
    assert "주인 없는 결과가 없습니다." in sandbox.build("tidy").out
    assert sandbox.build("check").code == 0


def cases(sandbox: Sandbox) -> list[int]:
    path = sandbox.root / RESULTS / "grow/fit.json"
    return [run["case"]["n"] for run in json.loads(path.read_text("utf-8"))["runs"]]


def test_tidy_takes_the_pictures_of_a_lab_along_and_nothing_else(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/trial.py", LAB)
    before = set(built(sandbox))
    pictures = {n for n in before if n.startswith(f"{RESULTS}/trial/") and ".svg" in n}
    assert pictures
    mine = sandbox.write(f"{RESULTS}/trial/cell-notes.svg", "<svg/>")
    (sandbox.root / "snippets/trial.py").unlink()
    tidied = sandbox.build("tidy", "--yes")
    assert tidied.code == 0, tidied
    assert all(name in tidied.out for name in pictures)
    left = before - pictures - {f"{RESULTS}/trial/lab.json"}
    assert set(sandbox.files(RESULTS)) == left | {str(mine.relative_to(sandbox.root))}


def test_tidy_leaves_a_page_alone_whose_module_cannot_be_read(sandbox: Sandbox) -> None:
    before = built(sandbox)
    sandbox.edit(
        "snippets/runs/grow.py", "def experiment_fit", "def def experiment_fit"
    )
    assert "주인 없는 결과가 없습니다." in sandbox.build("tidy", "--yes").out
    assert sandbox.files(RESULTS) == before


def test_lab_that_fails_leaves_all_of_its_last_good_run(sandbox: Sandbox) -> None:
    sandbox.write("snippets/trial.py", LAB)
    before = built(sandbox)
    sandbox.edit("snippets/trial.py", "[1, 2]", "[1, 2, 5]")
    sandbox.edit("snippets/trial.py", "x = 3", "x = 3 / 0")
    ran = sandbox.build()
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.about("trial.lab")
    assert sandbox.files(RESULTS) == before


def test_lab_that_has_moved_keeps_its_result_and_its_pictures(sandbox: Sandbox) -> None:
    sandbox.write("snippets/trial.py", LAB)
    before = built(sandbox)
    path = sandbox.root / "snippets/trial.py"
    path.rename(path.with_name("practice.py"))
    moved = sandbox.build()
    assert moved.code == 0, moved.err
    for folder in ("docs/generated", RESULTS):
        assert list((sandbox.root / folder / "practice").glob("*.svg")), folder
    assert set(before) <= set(sandbox.files(RESULTS))
    assert sandbox.build("tidy", "--yes").code == 0
    assert sandbox.build("check").code == 0
    assert sandbox.build().code == 0
    assert list((sandbox.root / "docs/generated/practice").glob("*.svg"))


DRAWN = '''
import shutil
from pathlib import Path

import matplotlib.pyplot as plt


def figure_line(answer):
    """선입니다."""
    fig, ax = plt.subplots()
    ax.plot([1, 2])
    return fig


def figure_thief(answer):
    """다른 그림을 치웁니다."""
    shutil.rmtree(Path(__file__).parents[2] / "docs/generated", ignore_errors=True)
    return figure_line(answer)
'''


def test_picture_that_vanishes_during_the_build_is_told(sandbox: Sandbox) -> None:
    sandbox.write("snippets/figures/other.py", DRAWN)
    ran = sandbox.build("--jobs", "1")
    assert ran.code == 1
    assert "docs/generated/other/line-dark.svg: 빌드가 쓴 파일이" in ran.err
    assert "→ 다시 그리려면: python scripts/build.py" in ran.err
    again = sandbox.build()  # the thief's own drawing stands: it is not drawn again
    assert again.code == 0, again.err
    assert (sandbox.root / "docs/generated/other/line-dark.svg").exists()


KILLED = """
import os, signal, sys
def stop(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith("/answer.json"):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(stop)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_build_killed_while_it_freezes_leaves_the_last_good_result(
    sandbox: Sandbox,
) -> None:
    before = built(sandbox)
    sandbox.edit("snippets/other.py", "base + 2", "base + 1 + 1 + 0")
    sandbox.edit("snippets/other.py", "base=40", "base=30 + 10 + 0")
    sandbox.edit("snippets/other.py", '"answer": base', '"more": 1, "answer": base')
    killed = Sandbox(sandbox.root, before=KILLED)
    process = killed.start()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    left = sandbox.files(RESULTS)
    assert {name: left[name] for name in before} == before
    after = sandbox.build()
    assert after.code == 0, after.err
    assert "more" in (sandbox.root / RESULTS / "other/answer.json").read_text("utf-8")
    assert sandbox.build("check").code == 0

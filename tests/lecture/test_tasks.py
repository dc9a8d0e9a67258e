"""What surrounds a task: its place, children, inputs, turn and libraries."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest
from lecture.base.data_files import input_digest
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.status import tasks_of
from lecture.collect.libraries import libraries
from lecture.run.executor import Take, each
from lecture.run.jobs import job_of
from lecture.run.local import run_jobs
from lecture.run.settings import Settings
from lecture.task.job import Event, Failure, Job, Outcome, Started, Success
from sandbox import Sandbox, wait_until

SETTINGS = Settings(workers=2)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트")
    yield sandbox
    sandbox.end()


def jobs_of(sandbox: Sandbox) -> dict[str, Job]:
    """Return every experiment's jobs by the end of their ids: "fit(n=1)"."""
    book = read_book(Project(sandbox.root))
    statuses = (book.status(artefact) for artefact in book.runs.values())
    tasks = (task for status in statuses for task in tasks_of(status))
    found = {task.id: job_of(book, task, SETTINGS) for task in tasks}
    return {name.partition("experiment_")[2]: job for name, job in found.items()}


def run(take: Take, *jobs: Job, workers: int = 2) -> Iterator[Event]:
    used = libraries({name for job in jobs for name in job.libraries})
    warm = tuple(module for one in used for module in one.warm)
    return run_jobs(take, workers=workers, warm=warm)


def results(sandbox: Sandbox) -> dict[str, Success | Failure]:
    jobs = jobs_of(sandbox)
    events = run(each(jobs.values()), *jobs.values())
    ended = {e.job.id: e.result for e in events if isinstance(e, Outcome)}
    return {name: ended[job.id] for name, job in jobs.items()}


def result(sandbox: Sandbox, source: str) -> Success:
    """Return what the only experiment of a module gives."""
    sandbox.write("snippets/one.py", source)
    (found,) = results(sandbox).values()
    assert isinstance(found, Success), found
    return found


RACE = """
import time
from pathlib import Path

cases_best = [dict(seed=seed) for seed in range(4)]


def experiment_best(seed=0):
    Path("best.txt").write_text(str(seed))
    Path("data/best.txt").write_text(str(seed))
    time.sleep(0.3)
    return {
        "here": int(Path("best.txt").read_text()),
        "there": int(Path("data/best.txt").read_text()),
        "points": Path("points.csv").read_text(),
        "beside": (Path(__file__).parent / "points.csv").read_text(),
        "folder": Path("data/deep/a.txt").read_text(),
        "all": sorted(str(p) for p in Path(".").rglob("*") if p.is_file()),
        "cwd": str(Path.cwd()),
    }
"""


def test_task_has_a_folder_of_its_own_with_the_data_files_and_leaves_nothing(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/race.py", RACE)
    sandbox.write("snippets/points.csv", "1,2")
    sandbox.write("snippets/data/deep/a.txt", "a")
    for other in ("results/race/x.json", "__pycache__/x.pyc", ".hidden", "rooms/b.py"):
        sandbox.write(f"snippets/{other}", "")
    before = sandbox.files("snippets")

    found = results(sandbox)
    for seed in range(4):
        success = found[f"best(seed={seed})"]
        assert isinstance(success, Success), success
        value = success.value
        assert (value["here"], value["there"]) == (seed, seed)
        assert (value["points"], value["beside"], value["folder"]) == (
            "1,2",
            "1,2",
            "a",
        )
        assert value["all"] == [
            "best.txt", "data/best.txt", "data/deep/a.txt", "points.csv"
        ]  # fmt: skip
        assert not Path(value["cwd"]).exists()
    assert sandbox.files("snippets") == before


READING = """
import sqlite3
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def experiment_read(n=1):
    np.savetxt("mine.txt", [n])
    np.loadtxt("mine.txt")
    open("missing.txt") if Path("missing.txt").exists() else None
    (HERE.parent / "log.txt").open("a").write("x")
    with sqlite3.connect(HERE / "base.db") as base:
        base.execute("select 1")
    return {
        "linked": float(np.loadtxt("points.csv")),
        "whole": (HERE / "whole.bin").read_bytes().decode(),
        "names": sorted(path.name for path in (HERE / "pictures").iterdir()),
        "linked names": sorted(path.name for path in Path("drawings").glob("*.txt")),
        "in C": "seen_by_nobody.h5",
    }
"""


def test_files_and_folders_of_the_project_that_a_run_opens_are_told(
    sandbox: Sandbox,
) -> None:
    data = {
        "points.csv": "1", "whole.bin": "w", "base.db": "", "seen_by_nobody.h5": "h",
        "pictures/a.txt": "a", "drawings/b.txt": "b", "untouched.csv": "u",
    }  # fmt: skip
    for name, text in data.items():
        sandbox.write(f"snippets/{name}", text)
    inputs = result(sandbox, READING).inputs
    # A pattern such as "*.txt" may mean any file that it fits.
    read = {*data, "pictures", "drawings"} - {"untouched.csv"}
    assert set(inputs) == {f"snippets/{name}" for name in read}
    assert inputs == {name: input_digest(sandbox.root / name) for name in inputs}

    sandbox.write("snippets/pictures/c.txt", "c")
    assert (
        input_digest(sandbox.root / "snippets/pictures") != inputs["snippets/pictures"]
    )


def test_run_that_opens_nothing_has_no_inputs(sandbox: Sandbox) -> None:
    sandbox.write("snippets/points.csv", "1")
    source = """
        import matplotlib.pyplot as plt
        import numpy as np
        import helper

        def experiment_draw():
            plt.figure().savefig("a.png")
            return {"n": helper.N}
        """
    sandbox.write("snippets/helper.py", "N = 3")
    assert result(sandbox, source).inputs == {}


CHILDREN = """
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def start():
    apart = [sleeper(), sleeper(start_new_session=True)]
    orphan = "import subprocess as s; print(s.Popen(['sleep', '1000'], " \\
        "start_new_session=True, stdout=-3, stderr=-3).pid)"
    said = subprocess.run(["python3", "-c", orphan], capture_output=True, text=True)
    return [*apart, int(said.stdout)]


def sleeper(**options):
    return subprocess.Popen(["sleep", "1000"], **options).pid


def experiment_returns():
    return {"pids": start()}


def experiment_dies():
    (ROOT / "pids.txt").write_text(" ".join(map(str, start())))
    os._exit(1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no sleep there")
def test_task_leaves_no_child_whether_it_returns_or_dies(sandbox: Sandbox) -> None:
    sandbox.write("snippets/children.py", CHILDREN)
    found = results(sandbox)
    returned, died = found["returns"], found["dies"]
    assert isinstance(returned, Success), returned
    assert isinstance(died, Failure)
    pids = [*returned.value["pids"], *map(int, sandbox.said("pids.txt"))]
    assert len(pids) == 6
    wait_until(lambda: not any(map(lives, pids)))


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


HOLDING = """
import re
import subprocess
from pathlib import Path

time_limit = 1000


def experiment_hold():
    subprocess.Popen(["sleep", "1000"])
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    Path("mine.txt").write_text("")
    (Path(__file__).parents[1] / "ran.txt").write_text("hold")
    re.match(r"(a+)+$", "a" * 60 + "b")  # never lets go of the interpreter
    return {}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no sleep there")
def test_killed_build_takes_along_a_task_that_holds_the_interpreter(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/holding.py", HOLDING)
    with TemporaryDirectory() as place:  # short: the server's socket is in it
        process = sandbox.start(TMPDIR=place)
        wait_until(lambda: sandbox.said() == ["hold"])
        assert list(Path(place).glob("lecture-*/*/mine.txt"))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        wait_until(lambda: not sandbox.processes())
        wait_until(lambda: not list(Path(place).glob("lecture-*")))


def test_time_limit_stops_a_task_that_holds_the_interpreter(sandbox: Sandbox) -> None:
    sandbox.write("snippets/holding.py", HOLDING.replace("1000\n", "2\n", 1))
    (failure,) = results(sandbox).values()
    assert isinstance(failure, Failure)
    assert "제한 시간 2초를 넘겨" in failure.message
    assert failure.line == 1 + HOLDING.lstrip("\n").partition("    re.match")[0].count(
        "\n"
    )


TURNS = """
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
cases_first = [dict(n=n) for n in (0, 1, 2)]


def experiment_first(n=0):
    while n == 0 and not (ROOT / "go").exists():
        time.sleep(0.02)
    return {"n": n}
"""


def test_job_that_becomes_ready_starts_while_a_long_one_runs(sandbox: Sandbox) -> None:
    sandbox.write("snippets/turns.py", TURNS)
    jobs = jobs_of(sandbox)
    long, short, then = (jobs[f"first(n={n})"] for n in range(3))
    ready, ended = [long, short], list[str]()

    with closing(run(lambda: ready.pop(0) if ready else None, long)) as events:
        for event in events:
            if isinstance(event, Outcome):
                ended.append(event.job.id)
                if event.job is short:
                    ready.append(then)  # it has waited for this one alone
                if event.job is then:
                    sandbox.write("go", "")
    assert ended == [short.id, then.id, long.id]


def test_no_more_run_at_once_than_there_are_places(sandbox: Sandbox) -> None:
    sandbox.write("snippets/turns.py", TURNS)
    sandbox.write("go", "")
    jobs = jobs_of(sandbox).values()
    kinds = [type(event) for event in run(each(jobs), workers=1)]
    assert kinds == [Started, Outcome] * 3


def test_nothing_is_started_for_nothing(sandbox: Sandbox) -> None:
    before = psutil.Process().children(recursive=True)
    assert list(run(lambda: None)) == []
    assert psutil.Process().children(recursive=True) == before


ODD = """
import enum


class Way(str, enum.Enum):
    UP = "up"


def experiment_odd():
    return {"way": [Way.UP]}


def experiment_even():
    return {"loss": [1.0, float("nan"), float("inf")], "none": None}


def experiment_after(even):
    return {"worst": max(even["loss"]), "isnan": even["loss"][1] != even["loss"][1]}
"""


def test_odd_value_fails_its_own_task_with_its_place_and_no_other(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/odd.py", ODD)
    ran = sandbox.build()
    assert ran.code == 1
    line = 1 + ODD.lstrip("\n").partition("def experiment_odd")[0].count("\n")
    told = ran.about("odd.experiment_odd")
    assert f"snippets/odd.py:{line}" in told
    assert "`way[0]`의 `Way`" in told
    assert "Traceback" not in ran.err
    after = json.loads(
        (sandbox.root / "snippets/results/odd/after.json").read_text("utf-8")
    )
    assert after["runs"][0]["result"] == {"worst": "Infinity", "isnan": True}


CURVE = '''
import matplotlib.pyplot as plt
import numpy as np


def figure_it():
    """그림입니다."""
    fig, ax = plt.subplots()
    ax.plot([1, 2])
    return fig


def table_it(n=1):
    """표입니다."""
    import pandas as pd

    return pd.DataFrame({"n": [n]})
'''.replace("table_it", "table_them")


def test_figure_that_turns_into_an_image_leaves_no_drawing(sandbox: Sandbox) -> None:
    sandbox.write("snippets/curve.py", CURVE)
    sandbox.build()
    assert drawn(sandbox) == {"it-dark.svg", "it-light.svg", "them.csv"}
    image = "ax.imshow(np.random.default_rng(0).random((64, 64, 3)))"
    sandbox.edit("snippets/curve.py", "ax.plot([1, 2])", image)
    sandbox.build()
    assert drawn(sandbox) == {"it-dark.png", "it-light.png", "them.csv"}


def drawn(sandbox: Sandbox) -> set[str]:
    folder = sandbox.root / "docs/generated/curve"
    return {p.name for p in folder.iterdir() if p.suffix in (".svg", ".png", ".csv")}


FOREST = """
import sys

WARM = "sklearn.linear_model" in sys.modules

from pathlib import Path

import numpy as np
from sklearn.ensemble import RandomForestClassifier

cases_fit = [dict(seed=0), dict(seed=0, again=True), dict(seed=1)]


def experiment_fit(seed=0, again=False):
    x = np.random.default_rng(7).normal(size=(80, 4))
    y = (x.sum(axis=1) > 0).astype(int)
    model = RandomForestClassifier(n_estimators=5, max_features=1, random_state=seed)
    model.fit(x[:40], y[:40])
    with (Path(__file__).parents[1] / "warm.txt").open("a") as file:
        print(WARM, file=file)
    return {"p": model.predict_proba(x[40:])[:, 1]}
"""


def test_scikit_learn_runs_warm_and_with_its_version(sandbox: Sandbox) -> None:
    sklearn = pytest.importorskip("sklearn")
    sandbox.write("snippets/forest.py", FOREST)
    (job, *_) = jobs_of(sandbox).values()
    assert job.libraries == ("numpy", "scikit-learn")
    found = list(results(sandbox).values())
    first, again, other = (success_value(one)["p"] for one in found)
    assert first == again != other
    assert isinstance(found[0], Success)
    assert found[0].versions["scikit-learn"] == sklearn.__version__
    assert "keras" not in found[0].versions

    (sandbox.root / "warm.txt").unlink()
    assert sandbox.build().code == 0  # a process of its own, whose server is new
    assert sandbox.said("warm.txt") == [str(sys.platform == "linux")] * 3


def success_value(found: Success | Failure) -> Any:
    assert isinstance(found, Success), found
    return found.value

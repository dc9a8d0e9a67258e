"""Tasks that fail in every way there is, and builds that end before their time."""

import json
import os
import platform
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox import PATIENCE, Ran, Sandbox, wait_until

ACCIDENTS = """
import os
import signal
import sys

time_limit = 3

WELL = True


def experiment_raises():
    return start(lambda: explode(13))


def experiment_hangs():
    return start(wait_forever)


def experiment_exits():
    return start(lambda: os._exit(3))


def experiment_leaves():
    return start(lambda: sys.exit("이만"))


def experiment_crashes():
    return start(lambda: os.kill(os.getpid(), signal.SIGSEGV))


def experiment_killed():
    return start(lambda: os.kill(os.getpid(), signal.SIGKILL))


def experiment_lists():
    return {"value": 1} if WELL else [1]


def experiment_summary(raises):
    return {"twice": 2 * raises["value"]}


def start(accident):
    if not WELL:
        accident()
    return {"value": 1}


def explode(number):
    sorted([number, 7], key=check)


def check(number):
    raise ValueError(f"불길한 수: {number}")


def wait_forever():
    while True:
        pass
"""
GREEDY = """
time_limit = 60
memory_limit = 500

WELL = True


def experiment_eats():
    hoard = []
    while not WELL:
        hoard.append(b"x" * (10 << 20))
    return {"value": 1}
"""
GOOD = """
SIZE = 1


def experiment_first():
    return {"size": SIZE}


def experiment_second(first):
    return {"twice": 2 * first["size"]}
"""
SLOW = """
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]

cases_fit = [dict(n=n) for n in range(6)]


def experiment_fit(n=0):
    with open(ROOT / "ran.txt", "a") as file:
        print(n, file=file)
    while n >= 2 and (ROOT / "hold").exists():
        time.sleep(0.02)
    return {"square": n * n}
"""
WAITING = """
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SCALE = 1


def experiment_hold():
    (ROOT / "ran.txt").write_text("hold")
    while (ROOT / "hold").exists():
        time.sleep(0.02)
    return {"value": 1}


def experiment_helped():
    return {"scale": SCALE}


def experiment_knob(lr=0.1):
    return {"lr": lr}


def experiment_same():
    return {"value": 1}
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트")
    yield sandbox
    sandbox.end()


def frozen_cases(sandbox: Sandbox) -> dict[int, Any]:
    path = sandbox.root / "snippets/results/slow/fit.json"
    runs = json.loads(path.read_text("utf-8"))["runs"] if path.exists() else []
    return {run["case"]["n"]: run for run in runs}


def test_every_accident_is_reported_by_name_and_the_others_finish(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/accidents.py", ACCIDENTS)
    sandbox.write("snippets/good.py", GOOD)
    sandbox.write("snippets/greedy.py", GREEDY)
    first = sandbox.build()
    assert first.code == 0, first.err
    before = sandbox.files("snippets/results")

    for page in ("accidents", "greedy"):
        sandbox.edit(f"snippets/{page}.py", "WELL = True", "WELL = False")
    sandbox.edit("snippets/good.py", "SIZE = 1", "SIZE = 2")
    ran = sandbox.build()
    assert ran.code == 1

    told = {
        "accidents.experiment_raises": ["ValueError: 불길한 수: 13"],
        "accidents.experiment_hangs": ["제한 시간 3초를 넘겨", "`time_limit = 초`"],
        "accidents.experiment_exits": ["결과를 내지 않고 끝났습니다 (종료 코드 3)"],
        "accidents.experiment_leaves": ["SystemExit: 이만"],
        "accidents.experiment_crashes": ["신호 SIGSEGV로 죽었습니다"],
        "accidents.experiment_killed": ["신호 SIGKILL로 죽었습니다"],
        "accidents.experiment_lists": ["dict를 돌려주어야", "`list`를 돌려주었습니다"],
        "greedy.experiment_eats": ["메모리 한도 500 MB를", "`memory_limit = MB`"],
    }
    for task, expected in told.items():
        paragraph = ran.about(task)
        assert all(part in paragraph for part in expected), (task, ran.err)
    for name in ("raises", "hangs", "crashes"):  # the student's own frames, no others
        paragraph = ran.about(f"accidents.experiment_{name}")
        files = {line for line in paragraph.splitlines() if 'File "' in line}
        assert len(files) >= 2, paragraph
        assert all(str(sandbox.root / "snippets/accidents.py") in f for f in files)
    assert "in check" in ran.about("accidents.experiment_raises")
    before_raise = ACCIDENTS.lstrip().partition("    raise ValueError")[0]
    place = f"snippets/accidents.py:{1 + before_raise.count(chr(10))}"
    assert place in ran.about("accidents.experiment_raises")
    assert "in wait_forever" in ran.about("accidents.experiment_hangs")

    after = sandbox.files("snippets/results")
    changed = {name for name in after if after[name] != before[name]}
    results = "snippets/results/good"
    assert changed == {f"{results}/first.json", f"{results}/second.json"}
    assert set(after) == set(before)
    assert "낡음: accidents.experiment_summary" in ran.err
    assert not sandbox.processes()


def test_ctrl_c_ends_at_once_and_keeps_finished_cases(sandbox: Sandbox) -> None:
    sandbox.write("snippets/slow.py", SLOW)
    sandbox.write("hold", "")
    process = sandbox.start("--jobs", "2")
    wait_until(lambda: len(frozen_cases(sandbox)) == 2 and len(sandbox.said()) == 4)
    finished = sandbox.files("snippets/results")

    os.killpg(process.pid, signal.SIGINT)
    seconds = wait_until(lambda: process.poll() is not None)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "멈췄습니다. 끝난 실행의 결과는 남아 있습니다." in err
    assert "Traceback" not in err
    assert seconds < 5  # about 1 on a quiet machine
    wait_until(lambda: not sandbox.processes(), seconds=2)
    assert sandbox.files("snippets/results") == finished


def test_killed_build_leaves_no_process_and_the_next_runs_what_is_missing(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/slow.py", SLOW)
    sandbox.write("hold", "")
    process = sandbox.start("--jobs", "2")
    wait_until(lambda: len(frozen_cases(sandbox)) == 2 and len(sandbox.said()) == 4)
    finished = frozen_cases(sandbox)

    process.kill()
    process.communicate(timeout=PATIENCE)
    wait_until(lambda: not sandbox.processes(), seconds=10)  # about 2 when quiet
    (sandbox.root / "hold").unlink()
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    cases = frozen_cases(sandbox)
    assert list(cases) == [0, 1, 2, 3, 4, 5]
    assert {n: cases[n] for n in finished} == finished
    assert sorted(sandbox.said()[4:]) == ["2", "3", "4", "5"]


def test_second_build_says_that_another_is_at_work(sandbox: Sandbox) -> None:
    sandbox.write("snippets/slow.py", SLOW)
    sandbox.write("hold", "")
    first = sandbox.start("--jobs", "1")
    wait_until(lambda: len(sandbox.said()) == 3)
    second = sandbox.build()
    assert second.code == 2
    assert f"다른 빌드가 이미 돌고 있습니다 (프로세스 {first.pid})" in second.err
    assert first.poll() is None
    (sandbox.root / "hold").unlink()
    first.communicate(timeout=PATIENCE)
    assert first.returncode == 0
    assert len(sandbox.said()) == 6


def test_code_edited_while_it_waits_is_refused(sandbox: Sandbox) -> None:
    sandbox.write("snippets/waiting.py", WAITING)
    sandbox.write("hold", "")
    process = sandbox.start("--jobs", "1")
    wait_until(lambda: sandbox.said() == ["hold"])
    sandbox.edit("snippets/waiting.py", "SCALE = 1", "SCALE = 2")
    sandbox.edit("snippets/waiting.py", "lr=0.1", "lr=0.2")
    (sandbox.root / "hold").unlink()
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    ran = Ran(process.returncode, "", err)
    for name in ("helped", "knob"):
        told = ran.about(f"waiting.experiment_{name}")
        assert "차례를 기다리는 동안 코드가 바뀌었습니다" in told, err
    assert set(sandbox.files("snippets/results")) == {
        "snippets/results/waiting/hold.json",
        "snippets/results/waiting/same.json",
    }


MEMORY = """
import resource
import threading

import numpy as np


def experiment_reuse():
    threading_work()
    before = faults()
    threading_work()
    return {"faults": faults() - before}


def threading_work():
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def work():
    for _ in range(20):
        [np.ones(300_000) for _ in range(8)]  # 2.4 MB each


def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's own habit")
def test_memory_that_a_task_uses_again_is_not_asked_for_again(sandbox: Sandbox) -> None:
    sandbox.write("snippets/memory.py", MEMORY)
    assert sandbox.build().code == 0
    frozen = json.loads(
        (sandbox.root / "snippets/results/memory/reuse.json").read_text()
    )
    once = 8 * 2_400_000 // os.sysconf("SC_PAGE_SIZE")
    assert frozen["runs"][0]["result"]["faults"] < 3 * once

"""Runs on a real Dask cluster: a scheduler and workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest
from lecture.base.datasets import DataSet
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.status import Task
from lecture.cluster.known_data import foreign_data
from lecture.collect.artefact import Place
from lecture.run.jobs import job_of
from lecture.run.settings import Settings
from lecture.task.job import Success
from sandbox import PATIENCE, Sandbox, wait_until

Process = subprocess.Popen[bytes]

FIT = """
    \"\"\"맞추기.\"\"\"
    import time

    import numpy as np

    from helper import scaled

    cases_fit = [{"seed": seed} for seed in range(3)]

    def experiment_fit(seed=0):
        \"\"\"맞춥니다.\"\"\"
        print(f"seed {seed}", flush=True)
        rng = np.random.default_rng(seed)
        return {"x": scaled(rng.normal(size=5)).tolist()}

    def experiment_mean(fit):
        \"\"\"평균을 냅니다.\"\"\"
        return {"mean": float(np.mean([x for x in fit["x"]]))}
"""
SLOW = """
    \"\"\"오래 걸리기.\"\"\"
    import time

    def experiment_slow():
        \"\"\"기다립니다.\"\"\"
        print("began", flush=True)
        time.sleep({seconds})
        return {{"x": 1}}
"""


@dataclass(frozen=True)
class Cluster:
    """A scheduler, and how to start one more worker."""

    address: str
    worker: Callable[..., Process]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    told = tmp_path / "scheduler.json"
    with ExitStack() as end:

        def start(module: str, *arguments: str, **environment: str) -> Process:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                cwd=tmp_path,
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            end.callback(ended, process)
            return process

        here = ("--host", "127.0.0.1", "--no-dashboard")
        start("dask_scheduler", *here, "--port", "0", "--scheduler-file", str(told))
        wait_until(told.exists)
        address = json.loads(told.read_text(encoding="utf-8"))["address"]

        def worker(*arguments: str, **environment: str) -> Process:
            given = (address, "--nthreads", "1", "--no-nanny", *here, *arguments)
            given += ("--local-directory", str(tmp_path / "workers"))
            return start("dask_worker", *given, **environment)

        yield Cluster(address, worker)


def ended(process: Process) -> None:
    process.kill()
    process.wait()


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path / "노트")
    sandbox.write("docs/fit.md", "# 맞추기\n")
    sandbox.write("snippets/helper.py", "def scaled(x):\n    return 3 * x\n")
    sandbox.write("snippets/fit.py", FIT)
    return sandbox


def results(sandbox: Sandbox, page: str = "fit") -> dict[str, list[object]]:
    """Return the frozen values of a page's experiments."""
    folder = sandbox.root / "snippets/results" / page
    return {
        path.stem: [run["result"] for run in json.loads(path.read_bytes())["runs"]]
        for path in sorted(folder.glob("*.json"))
    }


@contextmanager
def slow(cluster: Cluster, notes: Sandbox, seconds: float) -> Iterator[Process]:
    """Build, on the cluster, a page that takes its time; come back once it runs."""
    for name in ("snippets/fit.py", "docs/fit.md"):
        (notes.root / name).unlink()
    notes.write("snippets/slow.py", SLOW.format(seconds=seconds))
    notes.write("docs/slow.md", "# 오래 걸리기\n")
    process = notes.start("build", "--dask", cluster.address)
    log = notes.root / ".cache/lecture/logs/slow.experiment_slow.log"
    wait_until(lambda: log.exists() and "began" in log.read_text(encoding="utf-8"))
    yield process
    notes.end()


def test_results_are_those_of_this_machine(cluster: Cluster, notes: Sandbox) -> None:
    cluster.worker()
    cluster.worker()
    ran = notes.build("--dask", cluster.address)
    assert ran.code == 0, ran.err
    far = results(notes)
    log = next((notes.root / ".cache/lecture/logs").glob("fit.experiment_fit-*.log"))
    assert log.read_text(encoding="utf-8").startswith("seed ")
    again = notes.build("--rerun", "all")
    assert again.code == 0, again.err
    assert results(notes) == far
    assert len(far["fit"]) == 3


def test_task_of_a_killed_worker_goes_elsewhere(
    cluster: Cluster, notes: Sandbox
) -> None:
    first = cluster.worker()
    with slow(cluster, notes, seconds=3) as build:
        first.send_signal(signal.SIGKILL)
        cluster.worker()
        _, err = build.communicate(timeout=PATIENCE)
    assert build.returncode == 0, err
    assert results(notes, "slow") == {"slow": [{"x": 1}]}


def test_task_that_three_workers_have_died_with_is_named(
    cluster: Cluster, notes: Sandbox
) -> None:
    log = notes.root / ".cache/lecture/logs/slow.experiment_slow.log"
    worker = cluster.worker()
    with slow(cluster, notes, seconds=3600) as build:
        for _ in range(3):
            log.write_bytes(b"")
            worker.kill()
            worker = cluster.worker()
            wait_until(lambda: build.poll() is not None or b"began" in log.read_bytes())
        _, err = build.communicate(timeout=PATIENCE)
    assert build.returncode == 1
    assert "slow.experiment_slow" in err
    assert "3번 죽었습니다" in err


def test_ctrl_c_ends_what_runs_on_a_worker(cluster: Cluster, notes: Sandbox) -> None:
    worker = cluster.worker()
    with slow(cluster, notes, seconds=3600) as build:
        running = psutil.Process(worker.pid).children(recursive=True)
        assert running
        os.killpg(build.pid, signal.SIGINT)
        build.communicate(timeout=PATIENCE)
    assert build.returncode == 130
    wait_until(lambda: not any(process.is_running() for process in running))
    assert worker.poll() is None


def test_worker_with_other_libraries_is_refused(
    cluster: Cluster, notes: Sandbox
) -> None:
    other = notes.root.parent / "other"
    record = other / "numpy-0.9.dist-info/METADATA"
    record.parent.mkdir(parents=True)
    record.write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 0.9\n")
    cluster.worker(PYTHONPATH=str(other))
    ran = notes.build("fit", "--dask", cluster.address)
    assert ran.code == 1
    assert f"numpy 0.9 (이 기계는 {version('numpy')})" in ran.err
    assert "Warning" not in ran.err
    again = notes.build("fit", "--dask", cluster.address, "--any-versions")
    assert again.code == 0, again.err


def test_module_that_needs_a_gpu_runs_where_one_is(
    cluster: Cluster, notes: Sandbox
) -> None:
    notes.edit("snippets/fit.py", "cases_fit", "gpu = 1\ncases_fit")
    cluster.worker()
    ran = notes.build("--dask", cluster.address)
    assert ran.code == 1
    assert "GPU가 있다고 말하는 일꾼이 없습니다" in ran.err
    cluster.worker("--resources", "GPU=1")
    wait_until(lambda: notes.build("--dask", cluster.address).code == 0)


def test_failure_on_a_worker_has_the_place_in_the_project(
    cluster: Cluster, notes: Sandbox
) -> None:
    notes.edit("snippets/helper.py", "3 * x", "3 / 0")
    cluster.worker()
    ran = notes.build("fit", "--dask", cluster.address)
    assert ran.code == 1
    assert "snippets/helper.py:2" in ran.err
    assert f'File "{notes.root}/snippets/helper.py", line 2' in ran.err


def test_nobody_at_the_address_is_said_in_words(notes: Sandbox) -> None:
    ran = notes.build("--dask", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert "tcp://127.0.0.1:9" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("fingerprint", "known", "is_refused"),
    [("a", {"mnist": {"a"}}, False), ("b", {"mnist": {"a"}}, True), ("b", {}, False)],
)
def test_result_of_other_data_is_refused(
    notes: Sandbox, fingerprint: str, known: dict[str, set[str]], is_refused: bool
) -> None:
    book = read_book(Project(notes.root))
    fit = book.runs[Place("fit", "fit")]
    job = job_of(book, Task(fit, book.wanted(fit), {"seed": 0}), Settings(1))
    data = {"mnist": DataSet("MNIST", fingerprint)}
    allowed = {name: frozenset(prints) for name, prints in known.items()}
    refused = foreign_data(Success({}, 1, 1, data=data), allowed, job)
    assert bool(refused) == is_refused
    if refused:
        assert "지문 b" in refused.message
        assert refused.path == notes.root / "snippets/fit.py"

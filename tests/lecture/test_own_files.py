"""A run's own files, and the author's: what is read, written and left."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from lecture.base.data_files import data_files, input_digest
from sandbox import Sandbox

READING = """
import glob
import os
import sqlite3
import tempfile
from pathlib import Path

SUFFIX = ".h5"


def experiment_named():
    return {"file": "seen_by_nobody.h5"}


def experiment_filled():
    return {"files": [f"parts/part{n}{SUFFIX}" for n in range(2)]}


def experiment_pattern():
    return {"pattern": "./pictures/*.png"}


def experiment_put_together():
    return {"file": "seen_by" + "_nobody" + SUFFIX}


def experiment_suffix():
    return {"file": str(Path("pictures", "a").with_suffix(".png"))}


def experiment_marker():
    return {"marker": "*", "docs": "값이 무엇입니까?"}


def experiment_opened():
    return {"text": Path("one.csv").read_text()}


def experiment_written():
    Path("one.csv").write_text("mine")
    with open("two.csv", "a") as file:
        file.write(" and mine")
    with sqlite3.connect("base.db") as base:
        base.execute("create table t (x)")
    return {"one": Path("one.csv").read_text(), "two": Path("two.csv").read_text()}


def experiment_order():
    return {"names": list({f"name{n}" for n in range(20)})}


def experiment_logged():
    with (Path(__file__).parents[1] / "log.txt").open("a") as file:
        file.write("x")
    return {"x": 1}


def experiment_forked():
    child = os.fork()
    if child == 0:
        raise SystemExit("not the run's own end")
    os.waitpid(child, 0)
    return {"x": 1}


def experiment_temporary():
    return {"folder": tempfile.mkdtemp()}
"""
DATA = (
    *("one.csv", "two.csv", "seen_by_nobody.h5", "parts/part0.h5", "parts/part1.h5"),
    *("pictures/a.png", "pictures/a.txt"),
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path_factory.mktemp("강의") / "노트")
    sandbox.write("docs/reads.md", "# 쪽\n")
    sandbox.write("snippets/reads.py", '"""쪽."""\n' + READING)
    for name in DATA:
        sandbox.write(f"snippets/{name}", "author's")
    (sandbox.root / "snippets/base.db").write_bytes(b"")
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    yield sandbox
    sandbox.end()


def frozen(sandbox: Sandbox, name: str) -> dict[str, object]:
    path = sandbox.root / f"snippets/results/reads/{name}.json"
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["runs"][0]
    return found


def value(sandbox: Sandbox, name: str) -> object:
    return frozen(sandbox, name)["result"]


def inputs(sandbox: Sandbox, name: str) -> set[str]:
    made = frozen(sandbox, name)["made"]
    assert isinstance(made, dict)
    return {file.removeprefix("snippets/") for file in made["files"]}


@pytest.mark.parametrize(
    ("experiment", "files"),
    [
        ("named", {"seen_by_nobody.h5"}),
        ("filled", {"parts/part0.h5", "parts/part1.h5"}),
        ("pattern", {"pictures/a.png"}),
        ("put_together", {"seen_by_nobody.h5"}),
        ("suffix", {"pictures/a.png"}),
        ("marker", set()),
        ("logged", set()),
        ("opened", {"one.csv"}),
    ],
)
def test_run_has_as_inputs_what_its_own_code_opens_or_names(
    sandbox: Sandbox, experiment: str, files: set[str]
) -> None:
    assert inputs(sandbox, experiment) == files


def test_what_a_run_writes_to_a_data_file_stays_its_own(sandbox: Sandbox) -> None:
    assert value(sandbox, "written") == {"one": "mine", "two": "author's and mine"}
    for name in ("one.csv", "two.csv"):
        text = (sandbox.root / "snippets" / name).read_text(encoding="utf-8")
        assert text == "author's"
    assert (sandbox.root / "snippets/base.db").read_bytes() == b""
    assert {"two.csv", "base.db"} <= inputs(sandbox, "written")


def test_fork_that_leaves_the_function_does_not_speak_for_the_run(
    sandbox: Sandbox,
) -> None:
    assert value(sandbox, "forked") == {"x": 1}


def test_set_of_texts_has_the_same_order_in_every_run(sandbox: Sandbox) -> None:
    before = value(sandbox, "order")
    ran = sandbox.build("--rerun", "reads.experiment_order")
    assert ran.code == 0, ran.err
    assert value(sandbox, "order") == before


def test_temporary_files_of_a_run_are_gone_with_it(sandbox: Sandbox) -> None:
    found = value(sandbox, "temporary")
    assert isinstance(found, dict)
    assert Path(found["folder"]).is_relative_to(gettempdir())
    assert not Path(found["folder"]).exists()


def test_data_files_are_files_that_can_be_read_each_met_once(tmp_path: Path) -> None:
    for name in ("a.csv", "deep/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "deep/up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    found = [str(path.relative_to(tmp_path)) for path in data_files(tmp_path)]
    assert found == ["a.csv", "deep/b.csv"]
    assert input_digest(tmp_path)


@pytest.mark.parametrize("kind", ["broken link", "folder"])
def test_module_that_is_no_file_stops_no_other(tmp_path: Path, kind: str) -> None:
    sandbox = Sandbox(tmp_path / "노트")
    sandbox.write("snippets/fine.py", "def experiment_fit():\n    return {'x': 1}\n")
    place = sandbox.root / "snippets/odd.py"
    place.mkdir() if kind == "folder" else place.symlink_to(tmp_path / "nowhere")
    ran = sandbox.build()
    assert "odd.py" in ran.err
    assert "Traceback" not in ran.err
    assert (sandbox.root / "snippets/results/fine/fit.json").exists()

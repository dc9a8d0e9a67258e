"""The program of every page runs as a reader runs it, and shows something."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lecture.base.environment import COMFORT
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.publish.page_program import program_files
from lecture.publish.pages import doc_pages, page_about
from lecture.run.stand_ins import stand_ins
from lecture.task import served

ROOT = Path(__file__).parents[2]
LECTURES = {
    "activations",
    "initialization",
    "learning_curves",
    "learning_rate",
    "linear_classifier",
    "neural_network",
    "optimizers",
    "overfitting",
    "dropout_augmentation",
}
READ = """
import contextlib, io, json, runpy, sys, traceback
from pathlib import Path

sys.modules["lecture"] = None  # no engine can be imported
runpy.run_path(sys.argv[1])["serve"](sys.argv[2])
said = {}
for path in sorted(Path().glob("*_program.py")):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            runpy.run_path(str(path), run_name="__main__")
            said[path.name] = [True, out.getvalue()]
        except BaseException:
            said[path.name] = [False, traceback.format_exc()]
print(json.dumps(said))
"""
Said = dict[str, tuple[bool, str]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What each program prints, in an empty folder, on small stand-ins of the data."""
    folder, data = tmp_path_factory.mktemp("reader"), tmp_path_factory.mktemp("data")
    book, pages = read_book(Project(ROOT)), doc_pages(Project(ROOT))
    labs = {a.page for a in book.artefacts if a.kind == "lab"}
    for name in {*book.pages} - labs:
        about = page_about(pages, name)
        for file, content in program_files(book, name, about) if about else ():
            (folder / file).write_text(content, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", READ, served.__file__, str(stand_ins(data))],
        cwd=folder,
        env={**os.environ, **COMFORT},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    found: Said = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_every_lecture_has_a_program(said: Said) -> None:
    assert {f"{page}_program.py" for page in LECTURES} <= {*said}


@pytest.mark.parametrize("page", sorted(LECTURES | {"errata"}))
def test_program_runs_without_the_engine_and_shows_something(
    said: Said, page: str
) -> None:
    ran, text = said[f"{page}_program.py"]
    assert ran, text
    assert text.strip()

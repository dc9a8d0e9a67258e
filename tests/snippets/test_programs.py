"""The program of every page runs as a reader runs it, and shows something."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from lecture.base.environment import COMFORT
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.publish.page_program import page_programs
from lecture.publish.pages import DocPage, doc_pages, page_about
from lecture.run.stand_ins import stand_ins
from lecture.task import served

ROOT = Path(__file__).parents[2]
LECTURES = {
    "activations",
    "batch_normalization",
    "initialization",
    "learning_curves",
    "learning_rate",
    "linear_classifier",
    "neural_network",
    "optimizers",
    "overfitting",
    "dropout_augmentation",
}
# A fold with the preparation, or a block of code; deeper ones are answers.
BLOCK = re.compile(
    r"^(--8<-- \"generated/\w+/prepare\.md\"$|(?: *)```python\n.*?^ *```$)", re.M | re.S
)
INCLUDE = re.compile(r"^--8<-- \"(snippets/[\w/]+\.py):(\w+)\"$", re.M)
READ = """
import contextlib, io, json, runpy, sys, traceback
from pathlib import Path

sys.modules["lecture"] = None  # no engine can be imported
runpy.run_path(sys.argv[1])["serve"](sys.argv[2])
said = {}
for path in sorted(Path().glob("*.py")):
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
    """What programs and pages print, in an empty folder, on small stand-ins of data."""
    folder, data = tmp_path_factory.mktemp("reader"), tmp_path_factory.mktemp("data")
    book, pages = read_book(Project(ROOT)), doc_pages(Project(ROOT))
    programs, errors = page_programs(book, pages)
    assert not errors
    for one in programs.values():
        about = page_about(pages, one.page)
        assert about
        blocks = "\n\n".join(pasted(about, one.preparation))
        for kind, text in (("program", one.file), ("pasted", blocks)):
            path = folder / f"{one.page}_{kind}.py"
            path.write_text(text, encoding="utf-8")
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


def pasted(page: DocPage, preparation: str) -> Iterator[str]:
    """Yield what a student pastes who reads a page from its first line to its last."""
    for lines in BLOCK.findall(page.body):
        text = INCLUDE.sub(lambda found: section(found[1], found[2]), dedent(lines))
        if "/prepare.md" in text:
            yield preparation
        else:
            yield re.sub(r"^```.*$", "", text, flags=re.M)


def section(file: str, name: str) -> str:
    """Return the lines of a module that a page shows."""
    text = (ROOT / file).read_text(encoding="utf-8")
    mark = r"[^\n]*--8<-- \[{}:{}\]\n"
    found = re.search(
        mark.format("start", name) + r"(.*?)" + mark.format("end", name), text, re.S
    )
    assert found, (file, name)
    kept = (line for line in found[1].split("\n") if "--8<--" not in line)
    return dedent("\n".join(kept))


def test_every_lecture_has_a_program(said: Said) -> None:
    assert {f"{page}_program.py" for page in LECTURES} <= {*said}


@pytest.mark.parametrize("page", sorted(LECTURES | {"errata"}))
def test_program_runs_without_the_engine_and_shows_something(
    said: Said, page: str
) -> None:
    ran, text = said[f"{page}_program.py"]
    assert ran, text
    assert text.strip()


@pytest.mark.parametrize("page", sorted(LECTURES | {"errata"}))
def test_blocks_of_a_page_run_as_pasted_one_after_the_other(
    said: Said, page: str
) -> None:
    ran, text = said[f"{page}_pasted.py"]
    assert ran, text

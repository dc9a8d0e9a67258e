"""Rules that keep the notes and their engine apart, and the engine readable."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SNIPPETS = {
    ".".join(path.relative_to(ROOT / "snippets").with_suffix("").parts): path
    for path in sorted((ROOT / "snippets").rglob("*.py"))
}
FLOORS = ("", "runs", "claims", "figures")  # each room imports what stands before it
ENGINE = sorted((ROOT / "scripts").rglob("*.py"))
ALLOWED = {"keras", "matplotlib", "numpy", "pandas", "tensorflow"}
# Where the project was first written: nobody else has these folders.
ELSEWHERE = re.compile("|".join((r"/" + r"work\b", r"\.\./" + r"shared\b")))


def imports(snippet: str) -> set[str]:
    """Return the modules that a snippet imports, by their dotted names."""
    names = set()
    for node in ast.walk(ast.parse(SNIPPETS[snippet].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_snippets_import_nothing_that_a_student_lacks(snippet: str) -> None:
    packages = {name.split(".")[0] for name in imports(snippet) - set(SNIPPETS)}
    assert packages <= ALLOWED | set(sys.stdlib_module_names)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_rooms_of_a_page_import_only_what_stands_below(snippet: str) -> None:
    neighbours = imports(snippet) & set(SNIPPETS)
    assert all(floor(name) <= floor(snippet) for name in neighbours)


def floor(snippet: str) -> int:
    return FLOORS.index(snippet.rpartition(".")[0])


def test_modules_of_the_engine_are_short() -> None:
    lengths = {p.name: len(p.read_text("utf-8").splitlines()) for p in ENGINE}
    assert {name: n for name, n in lengths.items() if n > 200} == {}


def test_functions_of_the_engine_are_short() -> None:
    lengths = {
        f"{path.name}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in ENGINE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > 40} == {}


def test_modules_of_the_engine_import_each_other_in_no_circle() -> None:
    imports = {
        f"lecture.{path.stem}": {
            f"{node.module}.{alias.name}" if node.module == "lecture" else node.module
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module
            if node.module.startswith("lecture")
            for alias in node.names
        }
        for path in (ROOT / "scripts" / "lecture").glob("*.py")
    }
    TopologicalSorter(imports).prepare()  # raises CycleError


def test_no_file_speaks_of_where_it_was_written() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    texts = {p: p.read_bytes().decode("utf-8", "replace") for p in paths if p.exists()}
    found = {str(p.relative_to(ROOT)) for p, t in texts.items() if ELSEWHERE.search(t)}
    assert found == set()

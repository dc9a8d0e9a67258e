"""Rules that keep the notes and their engine apart, and the engine readable."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SNIPPETS = {
    ".".join(path.relative_to(ROOT / "snippets").with_suffix("").parts): path
    for path in sorted((ROOT / "snippets").rglob("*.py"))
}
FLOORS = ("", "runs", "claims", "figures")  # each room imports what stands before it
ALLOWED = {"keras", "matplotlib", "numpy", "pandas", "tensorflow"}
# Where the project was first written: nobody else has these folders.
ELSEWHERE = re.compile("|".join((r"/" + r"work\b", r"\.\./" + r"shared\b")))

SCRIPTS = ROOT / "scripts"
ENGINE = {  # "lecture.collect.cases" → its file
    ".".join(path.relative_to(SCRIPTS).with_suffix("").parts): path
    for path in sorted((SCRIPTS / "lecture").rglob("*.py"))
    if path.stem != "__init__" and "assets" not in path.parts
}
# The rooms of the engine, floor by floor: each imports itself and the floors below.
ROOMS = (
    *("base", "collect", "book draw", "publish task", "render run begin"),
    *("cluster", "cli", "preview site"),
)
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms.split()}
# Who may import what is heavy, or another project's to change. All others are free.
WHERE = {
    "mkdocs": {"preview", "site", "hooks"},
    "keras": {"task"},
    "tensorflow": {"task"},
    "matplotlib": {"draw", "task"},
    "matplotlib_inline": {"task"},
    "pandas": {"draw", "task"},
    "nbclient": {"task"},
    "nbformat": {"task", "begin"},
    "jupyter_client": {"task"},
    "IPython": {"task"},
    "markdown": {"render", "site"},
    "distributed": {"cluster"},
    "rich": {"cli"},
    "click": {"cli"},
}


def imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, by dotted names; what only types need apart."""
    nodes = [ast.parse(path.read_text(encoding="utf-8"))]
    for node in nodes:  # grows on the way
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            yield from {node.module or ""} | {
                f"{node.module}.{alias.name}" for alias in node.names
            }
        nodes += ast.iter_child_nodes(node)


def siblings(path: Path, modules: dict[str, Path]) -> set[str]:
    return {name for name in imports(path) if name in modules}


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_snippets_import_nothing_that_a_student_lacks(snippet: str) -> None:
    folders = {name.split(".")[0] for name in SNIPPETS}
    packages = {name.split(".")[0] for name in imports(SNIPPETS[snippet])}
    assert packages - folders <= ALLOWED | set(sys.stdlib_module_names)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_rooms_of_a_page_import_only_what_stands_below(snippet: str) -> None:
    neighbours = siblings(SNIPPETS[snippet], SNIPPETS)
    assert all(floor(name) <= floor(snippet) for name in neighbours)


def floor(snippet: str) -> int:
    return FLOORS.index(snippet.rpartition(".")[0])


@pytest.mark.parametrize("module", ENGINE)
def test_rooms_of_the_engine_import_only_what_stands_below(module: str) -> None:
    room = module.split(".")[1]
    rooms = {name.split(".")[1] for name in siblings(ENGINE[module], ENGINE)}
    assert {one for one in rooms - {room} if FLOOR[one] >= FLOOR[room]} == set()


def test_modules_of_the_engine_import_each_other_in_no_circle() -> None:
    graph = {name: siblings(path, ENGINE) for name, path in ENGINE.items()}
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()  # raises CycleError


def test_only_the_rooms_that_need_a_library_import_it() -> None:
    found: dict[str, set[str]] = {library: set() for library in WHERE}
    for name, path in {**ENGINE, "scripts.hooks": SCRIPTS / "hooks.py"}.items():
        for library in WHERE.keys() & {one.split(".")[0] for one in imports(path)}:
            found[library].add(name.split(".")[1])
    assert {n: rooms for n, rooms in found.items() if rooms - WHERE[n]} == {}


def test_reading_a_project_needs_the_standard_library_alone() -> None:
    """A heavy library among them would be felt in every command."""
    command = "import sys, lecture.cli.looking; print(*sys.modules)"
    environment = {"PYTHONPATH": str(SCRIPTS)}
    told = subprocess.run(
        [sys.executable, "-S", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
    )
    loaded = {name.split(".")[0] for name in told.stdout.split()}
    assert "lecture" in loaded, told.stderr
    assert loaded - {"lecture", "__main__"} <= set(sys.stdlib_module_names)


def test_modules_of_the_engine_are_short() -> None:
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in ENGINE.values()}
    assert {str(path): n for path, n in lengths.items() if n > 200} == {}


def test_functions_of_the_engine_are_short() -> None:
    lengths = {
        f"{name}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, path in ENGINE.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > 40} == {}


def test_design_names_every_module_once_and_in_its_room() -> None:
    text = (ROOT / "DESIGN.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)/` \|(.*)\|$", text, re.M)
    told = Counter(
        f"lecture.{room}.{module}"
        for room, row in rows
        for module in re.findall(r"`(\w+)`", row)
    )
    assert [room for room, _ in rows] == [
        *reversed([room for rooms in ROOMS for room in rooms.split()])
    ]
    assert told == Counter([*ENGINE])


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


def test_every_test_module_has_a_name_of_its_own() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []

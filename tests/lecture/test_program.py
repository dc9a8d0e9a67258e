"""A page as one program: what it shows, in order, and what that needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox import Sandbox

TAUGHT = '''
"""가르치는 코드."""
import numpy as np

import helping
from helping import half as part

STEP = 2


# --8<-- [start:grow]
def grow(x):
    return np.add(x, STEP)
# --8<-- [end:grow]


def unused():
    return missing


# --8<-- [start:inside]
def shrink(x):
    # --8<-- [start:middle]
    y = part(x)
    # --8<-- [end:middle]
    return y
# --8<-- [end:inside]
'''
HELPING = """
import math


def half(x):
    return x / math.sqrt(4)
"""
RUNS = """
from page import grow, shrink

cases_size = [dict(n=n) for n in (1, 2)]


# --8<-- [start:size]
def experiment_size(n=1):
    return {"size": float(grow(n)), "half": shrink(n)}
# --8<-- [end:size]


def experiment_other(size):
    return {"sum": sum(size["size"])}
"""
PAGE = """
# 글

## 자라기 { #grow }

```python
--8<-- "snippets/page.py:grow"
```

### 가운데만

```python
--8<-- "snippets/page.py:middle"
```

```python
--8<-- "snippets/runs/page.py:size"
```
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path)
    sandbox.write("snippets/page.py", TAUGHT)
    sandbox.write("snippets/helping.py", HELPING)
    sandbox.write("snippets/runs/page.py", RUNS)
    sandbox.write("docs/page.md", PAGE)
    return sandbox


def program(sandbox: Sandbox) -> str:
    sandbox.build()
    path = sandbox.root / "docs/generated/page/page_program.py"
    return path.read_text(encoding="utf-8")


def ran(text: str, folder: Path) -> list[str]:
    """Run a program by plain Python in an empty folder; return what it prints."""
    (folder / "empty").mkdir()
    (folder / "empty/it.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "it.py"],
        cwd=folder / "empty",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_program_runs_alone_and_shows_what_was_measured(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    assert ran(program(sandbox), tmp_path) == ["size: 3.0", "half: 0.5"]


def test_needs_come_first_and_nothing_comes_twice_or_for_nothing(
    sandbox: Sandbox,
) -> None:
    text = program(sandbox)
    wanted = ("import math", "import numpy", "STEP = 2", "def grow", "def half")
    wanted += ("part = half", "def shrink", "def experiment_size")
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)
    assert all(text.count(one) == 1 for one in wanted)
    assert "unused" not in text
    assert "import helping" not in text
    assert "8<" not in text
    assert text.index("# ## 자라기\n") < text.index("def grow")


def test_notebook_holds_the_same_code(sandbox: Sandbox) -> None:
    text = program(sandbox)
    path = sandbox.root / "docs/generated/page/page.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert "".join(cells[0]["source"]) == "# 글"
    codes = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert all(code in text for code in codes)
    assert codes[-1] == "show(experiment_size(n=1))"


def test_page_that_shows_no_run_ends_with_a_quick_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    without = PAGE.replace('--8<-- "snippets/runs/page.py:size"', "pass")
    sandbox.write("docs/page.md", without)
    text = program(sandbox)
    assert text.index("# ## 한 번 해 보기") < text.index("def experiment_size")
    assert len(ran(text, tmp_path)) == 2


def test_page_without_code_offers_no_program(sandbox: Sandbox) -> None:
    sandbox.write("docs/page.md", "# 글\n")
    sandbox.build()
    generated = sandbox.root / "docs/generated/page"
    assert not [*generated.glob("*.ipynb"), *generated.glob("*_program.py")]
    downloads = (generated / "downloads.md").read_text(encoding="utf-8")
    assert "helping.py" in downloads  # a module lacks nothing that it imports


def test_section_that_is_gone_is_told_by_line_and_loses_nothing(
    sandbox: Sandbox,
) -> None:
    sandbox.build()
    sandbox.edit("docs/page.md", "page.py:middle", "page.py:midle")
    built = sandbox.build()
    line = sandbox.root.joinpath("docs/page.md").read_text("utf-8").split("\n")
    number = next(n for n, one in enumerate(line, start=1) if "midle" in one)
    assert built.code == 1
    assert "Traceback" not in built.err
    assert f"docs/page.md:{number}: `snippets/page.py`에" in built.err
    assert (sandbox.root / "docs/generated/page/page_program.py").exists()


def test_downloads_offer_the_program_first(sandbox: Sandbox) -> None:
    program(sandbox)
    downloads = sandbox.root / "docs/generated/page/downloads.md"
    text = downloads.read_text(encoding="utf-8")
    places = [text.index(f">{name}<") for name in ("page.ipynb", "page_program.py")]
    assert places[0] < places[1] < text.index(">page.py<")


def test_statements_that_bind_nothing_and_names_bound_twice_are_kept(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    taught = TAUGHT.replace("STEP = 2\n", "STEP = 1\nSTEP = STEP + 1\n")
    acts = "# --8<-- [start:inside]\nprint('보입니다')\nprint(STEP)\n"
    sandbox.write("snippets/page.py", taught.replace("# --8<-- [start:inside]\n", acts))
    sandbox.write("docs/page.md", PAGE.replace("page.py:middle", "page.py:inside"))
    said = ran(program(sandbox), tmp_path)
    assert said == ["보입니다", "2", "size: 3.0", "half: 0.5"]


def outputs(sandbox: Sandbox) -> list[str]:
    """Return what the cells of the page's notebook show."""
    path = sandbox.root / "docs/generated/page/page.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [o for c in cells if c["cell_type"] == "code" for o in c["outputs"]]
    return ["".join(output["text"]) for output in shown]


def test_notebook_holds_what_it_prints_and_is_run_once(sandbox: Sandbox) -> None:
    assert "완료 page.program" in sandbox.build("-v").err
    assert outputs(sandbox) == ["size: 3.0\nhalf: 0.5"]
    assert "page.program" not in sandbox.build("-v").err
    assert outputs(sandbox) == ["size: 3.0\nhalf: 0.5"]


def test_notebook_follows_the_code_of_its_page(sandbox: Sandbox) -> None:
    sandbox.build()
    sandbox.write("snippets/page.py", TAUGHT.replace("STEP = 2", "STEP = 4"))
    drawn = sandbox.build("draw")
    assert outputs(sandbox) == []
    assert "docs/page.md" in drawn.err and "build page" in drawn.err
    assert sandbox.build().code == 0
    assert outputs(sandbox) == ["size: 5.0\nhalf: 0.5"]


def test_comment_or_another_line_break_makes_no_notebook_stale(
    sandbox: Sandbox,
) -> None:
    sandbox.build()
    kept = sandbox.root / "snippets/results/page/program.ipynb"
    was = kept.read_bytes()
    wrapped = "    return np.add(\n        x, STEP\n    )  # 더합니다"
    text = TAUGHT.replace("    return np.add(x, STEP)", wrapped)
    sandbox.write("snippets/page.py", text)
    assert "page.program" not in sandbox.build("-v").err
    assert kept.read_bytes() == was
    shown = sandbox.root / "docs/generated/page/page.ipynb"
    assert "더합니다" in shown.read_text(encoding="utf-8")
    assert outputs(sandbox) == ["size: 3.0\nhalf: 0.5"]


def test_notebook_edited_by_hand_is_run_again(sandbox: Sandbox) -> None:
    sandbox.build()
    kept = sandbox.root / "snippets/results/page/program.ipynb"
    was = kept.read_bytes()
    kept.write_bytes(was.replace(b"size: 3.0", b"size: 4.0"))
    assert sandbox.build("draw").code == 1
    assert outputs(sandbox) == []
    sandbox.build()
    assert kept.read_bytes() == was


def test_program_that_fails_leaves_its_last_notebook(sandbox: Sandbox) -> None:
    sandbox.build()
    kept = sandbox.root / "snippets/results/page/program.ipynb"
    was = kept.read_bytes()
    failing = TAUGHT.replace("# --8<-- [start:grow]", "# --8<-- [start:grow]\n1 / 0")
    sandbox.write("snippets/page.py", failing)
    assert "ZeroDivisionError" in sandbox.build().err
    assert kept.read_bytes() == was

"""What has been published is not published again, unless something is new."""

from pathlib import Path

import pytest
from sandbox import Ran, Sandbox

PAGE = """
from pathlib import Path

# --8<-- [start:read]
def read():
    return Path("sizes.csv").read_text(encoding="utf-8").strip()
# --8<-- [end:read]
"""
FILES = {
    "snippets/page.py": PAGE,
    "snippets/sizes.csv": "3\n",
    "snippets/runs/page.py": "def experiment_a():\n    return {'n': 3}\n",
    "docs/index.md": "# 처음\n\n값은 {{ page.a.n }}입니다. [쪽](page.md)\n",
    "docs/page.md": '# 쪽\n\n```python\n--8<-- "snippets/page.py:read"\n```\n',
}
NOTEBOOK = "docs/generated/page/page.ipynb"


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path)
    for name, text in FILES.items():
        sandbox.write(name, text)
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    return sandbox


def built_without_publishing(notes: Sandbox, *command: str) -> Ran:
    """Build where publishing would end the command with an error."""
    breaks = "import lecture.run.build as b; b.publish = b.doc_pages = None"
    return Sandbox(notes.root, before=breaks).build(*command)


@pytest.mark.parametrize("command", ["build", "draw"])
def test_where_nothing_is_new_no_page_is_read(notes: Sandbox, command: str) -> None:
    before = notes.files("docs")
    first = notes.build(command)
    second = built_without_publishing(notes, command)
    assert (second.code, second.out) == (0, first.out)
    assert "1" in first.out
    assert notes.files("docs") == before


@pytest.mark.parametrize("damage", ["", "{}"])
def test_what_was_removed_or_damaged_is_published_again(
    notes: Sandbox, damage: str
) -> None:
    before = notes.files("docs/generated")
    if damage:
        (notes.root / NOTEBOOK).write_text(damage, encoding="utf-8")
    else:
        (notes.root / NOTEBOOK).unlink()
    assert notes.build().code == 0
    assert notes.files("docs/generated") == before


def test_changed_file_of_a_program_is_noticed(notes: Sandbox) -> None:
    before = (notes.root / NOTEBOOK).read_bytes()
    notes.write("snippets/sizes.csv", "4\n")
    drawn = notes.build("draw")
    assert drawn.code == 1
    assert "지금의 코드로 실행한 것이 아닙니다" in drawn.err
    assert notes.build().code == 0
    assert (notes.root / NOTEBOOK).read_bytes() != before


def test_mistake_is_told_as_long_as_it_stands(notes: Sandbox) -> None:
    notes.edit("docs/index.md", "page.a.n", "page.a.m")
    assert [notes.build("draw").code for _ in range(2)] == [1, 1]
    notes.edit("docs/index.md", "page.a.m", "page.a.n")
    assert notes.build("draw").code == 0

"""The page that CONTRIBUTING.md adds, built exactly as it is written there."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from sandbox import Sandbox

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
_FILE = re.compile(
    r"`(?P<name>(?:snippets|docs)/[\w/]+\.(?:py|md))`[^\n]*\n\n"
    r"(?P<block>(?P<indent> *)(?P<fence>`{3,})\w+\n.*?\n(?P=indent)(?P=fence)\n)",
    re.S,
)
_FRAMES = re.compile(r"^```python\n(def frames_.*?)```$", re.M | re.S)


def files() -> Iterator[tuple[str, str]]:
    """Yield the path and the content of each file of the example."""
    for found in _FILE.finditer(TEXT):
        content = dedent(found["block"]).strip().split("\n")[1:-1]
        yield found["name"], "\n".join(content) + "\n"


def test_example_of_a_new_page_builds_as_it_is_written(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    for name, content in files():
        sandbox.write(name, content)
    assert {*sandbox.files()} == {
        "docs/momentum.md",
        *(f"snippets/{room}momentum.py" for room in ("", "runs/", "figures/")),
        "snippets/claims/momentum.py",
    }
    built = sandbox.build()
    assert built.code == 0, built.err
    assert sandbox.build("check").code == 0
    fragments = {path.stem for path in tmp_path.glob("docs/generated/momentum/*.md")}
    assert fragments == {"loss", "falls", "prepare", "downloads"}


def test_example_of_frames_is_drawn_as_it_is_written(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    for name, content in files():
        sandbox.write(name, content)
    (frames,) = _FRAMES.findall(TEXT)
    figures = "snippets/figures/momentum.py"
    sandbox.write(figures, f"{(tmp_path / figures).read_text('utf-8')}\n\n{frames}")
    built = sandbox.build()
    assert built.code == 0, built.err
    assert (tmp_path / "docs/generated/momentum/descent.md").exists()

"""Every experiment and lab of the notes runs, small, and as well without the engine."""

import shutil
from pathlib import Path

from sandbox import Sandbox

SNIPPETS = Path(__file__).parents[2] / "snippets"


def test_every_run_works_and_plain_python_gives_the_same(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    others = shutil.ignore_patterns("results", "__pycache__")
    shutil.copytree(SNIPPETS, tmp_path / "snippets", ignore=others)
    before = sandbox.files()
    ran = sandbox.build("parity")
    assert ran.code == 0, ran.err
    after = sandbox.files()
    assert {name for name in after if not name.startswith(".cache")} == set(before)

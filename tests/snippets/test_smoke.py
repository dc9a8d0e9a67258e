"""Every experiment and lab of the notes runs, on small stand-in data."""

import shutil
from pathlib import Path

from sandbox import Sandbox

SNIPPETS = Path(__file__).parents[2] / "snippets"


def test_every_experiment_and_lab_runs_and_leaves_nothing(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    others = shutil.ignore_patterns("results", "__pycache__")
    shutil.copytree(SNIPPETS, tmp_path / "snippets", ignore=others)
    before = sandbox.files()
    ran = sandbox.build("smoke")
    assert ran.code == 0, ran.err
    after = sandbox.files()
    assert {name for name in after if not name.startswith(".cache")} == set(before)


def test_epochs_that_are_a_list_stay_as_they_are(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    sandbox.write(
        "snippets/page.py",
        """
        def experiment_path(epochs=(1, 2, 4)):
            return {"last": epochs[-1]}


        def experiment_fit(epochs=30):
            assert epochs == 1
            return {"epochs": epochs}
        """,
    )
    ran = sandbox.build("smoke")
    assert ran.code == 0, ran.err

"""Hangul in a reader's figures: the first cell of a lab's notebook finds a font."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lecture.draw.style import FONT
from lecture.publish.hangul import SOURCE

PLOT = """
plt.figure()
plt.title("정확도, −1부터 1까지")
plt.plot([-1, 1])
plt.savefig("it.png")
print(plt.rcParams["font.family"])
"""


def drawn(folder: Path, source: str) -> tuple[str, str]:
    """Run a program in a folder, Matplotlib's own settings untouched."""
    done = subprocess.run(
        [sys.executable, "-c", source],
        cwd=folder,
        env={"MPLBACKEND": "agg", "MPLCONFIGDIR": str(folder / "config")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader")


def test_font_beside_the_notebook_draws_hangul_without_a_warning(folder: Path) -> None:
    shutil.copyfile(FONT, folder / FONT.name)
    out, err = drawn(folder, SOURCE + PLOT)
    assert "Lecture Sans KR" in out
    assert "Glyph" not in err
    assert "findfont" not in err


def test_without_any_font_the_lab_still_runs(folder: Path) -> None:
    (folder / FONT.name).unlink(missing_ok=True)
    out, err = drawn(folder, SOURCE + PLOT)
    assert "DejaVu Sans" in out
    assert "findfont" not in err


def test_plain_matplotlib_lacks_hangul(folder: Path) -> None:
    """What the first cell is for: where this fails, it may go."""
    plain = "import matplotlib.pyplot as plt\n" + PLOT
    assert "Glyph" in drawn(folder, plain)[1]

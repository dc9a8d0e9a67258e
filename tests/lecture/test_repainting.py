"""What is drawn follows palette and font, and runs nothing again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lecture
import pytest
from sandbox import Sandbox

SNIPPET = '''
    import matplotlib.pyplot as plt


    def experiment_fit():
        return {"loss": [3, 2, 1]}


    def figure_loss(fit):
        """손실."""
        fig, ax = plt.subplots()
        ax.plot(fit["loss"], label="loss")
        ax.legend()
        return fig


    def claim_falls(fit):
        """손실이 줄어듭니다."""
        return fit["loss"][-1] < fit["loss"][0], "3에서 1로"
'''
LAB = '''
    """실습."""
    # %% 직선
    import matplotlib.pyplot as plt
    plt.plot([0, 1])
    plt.show()
'''
FIRST, GREEN = "#3060d8", "#00a060"  # the first colour of the light palette


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    """Return a project that has been built, beside an engine that may be edited."""
    engine = Path(lecture.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(engine, tmp_path / "engine/lecture", ignore=ignored)
    box = Sandbox(tmp_path / "notes")
    box.write("snippets/curves.py", SNIPPET)
    box.write("snippets/walk.py", LAB)
    names = ("curves/loss", "curves/falls", "walk/lab")
    includes = "\n\n".join(f'--8<-- "generated/{name}.md"' for name in names)
    box.write("docs/curves.md", f"# 곡선\n\n{includes}\n")
    first = build(box)
    assert finished(first) == {
        *("curves.experiment_fit", "curves.figure_loss", "curves.claim_falls"),
        "walk.lab",
    }
    assert finished(build(box)) == set()
    yield box
    box.end()


def build(box: Sandbox) -> str:
    ran = box.build("build", "-v", PYTHONPATH=str(box.root.parent / "engine"))
    assert ran.code == 0, ran.err
    return ran.err


def finished(said: str) -> set[str]:
    return set(re.findall(r"^완료 (\S+)", said, re.MULTILINE))


def drawn(box: Sandbox, name: str) -> str:
    return (box.root / "docs/generated" / name).read_text("utf-8")


def test_other_palette_redraws_figures_and_recolours_labs_that_do_not_run(
    box: Sandbox,
) -> None:
    results = box.files("snippets/results")
    pictures = ("curves/loss-light.svg", "walk/cell-1-light.svg")
    assert all(FIRST in drawn(box, name) for name in pictures)
    style = box.root.parent / "engine/lecture/draw/style.py"
    text = style.read_text("utf-8")
    frozen, light = text.split('"light": Palette(')  # in neutral colours, and shown
    assert FIRST in light
    edited = light.replace(FIRST, GREEN, 1)
    style.write_text(f'{frozen}"light": Palette({edited}', encoding="utf-8")

    assert finished(build(box)) == {"curves.figure_loss", "curves.claim_falls"}
    assert all(GREEN in drawn(box, name) for name in pictures)
    assert not any(FIRST in drawn(box, name) for name in pictures)
    assert box.files("snippets/results") == results


def test_other_font_redraws_figures(box: Sandbox) -> None:
    import matplotlib

    fonts = Path(matplotlib.get_data_path()) / "fonts/ttf"
    before = drawn(box, "curves/loss-light.svg")
    (font,) = (box.root.parent / "engine/lecture/assets").rglob("*.[ot]tf")
    shutil.copy(fonts / "DejaVuSerif.ttf", font)

    assert "curves.figure_loss" in finished(build(box))
    assert drawn(box, "curves/loss-light.svg") != before

"""Drawings of functions that change what they receive, or give what no page shows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from lecture.base.errors import DrawError
from lecture.draw.frames import draw_frames
from lecture.draw.tables import MOST_ROWS, draw_table
from matplotlib.figure import Figure
from sandbox import Sandbox

CHANGING = '''
"""쪽."""

import matplotlib.pyplot as plt
import numpy as np

RNG = np.random.default_rng(0)
seen = []
plt.rcParams["lines.linewidth"] = 40


def experiment_fit():
    return {"losses": [3.0, 2.0], "by": {"step": 1.0}}


def figure_changing(fit):
    """바꾸면서 그립니다."""
    seen.append(1)
    fit["losses"].append(1.0)
    fit["by"]["step"] += 1
    fig, ax = plt.subplots()
    ax.plot([*fit["losses"], fit["by"]["step"], len(seen), *RNG.normal(size=3)])
    return fig
'''


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "노트")
    yield sandbox
    sandbox.end()


def test_dark_picture_shows_what_the_light_one_does_whatever_the_function_changes(
    sandbox: Sandbox,
) -> None:
    sandbox.write("docs/fit.md", '# 쪽\n\n--8<-- "generated/fit/changing.md"\n')
    sandbox.write("snippets/fit.py", CHANGING)
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    light, dark = (
        (sandbox.root / f"docs/generated/fit/changing-{s}.svg").read_text("utf-8")
        for s in ("light", "dark")
    )
    light_paths, dark_paths = (re.findall(r' d="([^"]+)', s) for s in (light, dark))
    assert light != dark
    assert light_paths == dark_paths
    assert "stroke-width: 40" not in light


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame({"a": []}), "줄이 0개"),
        (pd.DataFrame({"a": range(MOST_ROWS + 1)}), "head"),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "층"),
        (pd.DataFrame({"열": ["글", object()]}), "열 '열'"),
    ],
)
def test_table_that_no_page_can_show_is_an_error_that_helps(
    frame: pd.DataFrame, said: str
) -> None:
    with pytest.raises(DrawError) as caught:
        draw_table(frame, name="표")
    assert said in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("kinds", [("3d", None), (None, "polar")])
def test_frames_whose_axes_differ_in_kind_are_refused(
    kinds: tuple[str | None, ...],
) -> None:
    def frames() -> Iterator[tuple[str, Figure]]:
        for number, kind in enumerate(kinds, start=3):
            yield f"{number}", plt.subplots(subplot_kw={"projection": kind})[0]

    function: Callable[[], object] = frames
    with pytest.raises(DrawError, match="장면 `?4`?는 축의 종류"):
        draw_frames(function, name="장면")

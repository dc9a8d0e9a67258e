"""Hangul in the figures of who runs a lab: a first cell that picks a font at hand."""

from dataclasses import replace

from lecture.base.lab_run import LabRun
from lecture.collect.cells import Cell
from lecture.draw.style import FONT

SOURCE = f'''\
# 그림의 한글에 쓸 글꼴을 고릅니다. 하나도 없으면 내려받기에 있는 글꼴 파일을
# 이 파일 곁에 두십시오. Colab에서는 왼쪽의 파일 창에 올리면 됩니다.
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib import font_manager

if Path("{FONT.name}").exists():
    font_manager.fontManager.addfont("{FONT.name}")
at_hand = {{font.name for font in font_manager.fontManager.ttflist}}
with_hangul = ["Malgun Gothic", "Apple SD Gothic Neo", "AppleGothic", "NanumGothic"]
with_hangul += ["Noto Sans CJK KR", "Noto Sans KR", "Lecture Sans KR"]
plt.rcParams["font.family"] = [f for f in with_hangul if f in at_hand] + ["DejaVu Sans"]
plt.rcParams["axes.unicode_minus"] = False'''


def with_font(cells: tuple[Cell, ...], run: LabRun) -> tuple[tuple[Cell, ...], LabRun]:
    """Return a lab whose first cell picks a font, and its run, silent there."""
    first = Cell("code", "", SOURCE, 1)
    return (first, *cells), replace(run, outputs=((), *run.outputs))

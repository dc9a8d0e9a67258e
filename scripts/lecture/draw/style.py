"""How figures look: one palette and one font, in a light and a dark scheme.

The eight colours of the cycle were searched for numerically: each pair stays apart in
OKLab, also under simulated protanopia, deuteranopia and tritanopia (Machado et al.
2009), and each has a contrast of at least 3 : 1 with the page behind it (WCAG 1.4.11).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Scheme = Literal["light", "dark"]
Look = Scheme | Literal["neutral"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
FONT = Path(__file__).parents[1] / "assets" / "LectureSansKR-Regular.otf"
FAMILY = "Lecture Sans KR"


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme, as lower-case hex codes."""

    page: str  # what lies behind the figure, which itself is transparent
    text: str
    line: str  # spines and ticks
    grid: str
    cycle: tuple[str, ...]  # C0 … C7
    viridis: tuple[float, float]  # the part of the colour map that the page shows off

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.page, self.text, self.line, self.grid, *self.cycle)


PALETTES: dict[Look, Palette] = {
    # A figure that is drawn once and shown in every scheme (`recolour`) is frozen in
    # these colours. Change none of them: frozen figures would be recoloured no more.
    "neutral": Palette(
        page="#ffffff",
        text="#23272f",
        line="#646b77",
        grid="#dde1e7",
        cycle=(
            *("#3060d8", "#d7700a", "#1d5e40", "#720a98"),
            *("#1a9dd2", "#4d2c00", "#888c92", "#a83e8a"),
        ),
        viridis=(0.0, 0.82),
    ),
    "light": Palette(
        page="#ffffff",
        text="#23272f",
        line="#646b77",
        grid="#dde1e7",
        cycle=(
            *("#3060d8", "#d7700a", "#1d5e40", "#720a98"),
            *("#1a9dd2", "#4d2c00", "#888c92", "#a83e8a"),
        ),
        viridis=(0.0, 0.82),
    ),
    "dark": Palette(
        page="#1e2129",
        text="#e3e6ec",
        line="#9aa1ae",
        grid="#3a3f4b",
        cycle=(
            *("#5a86ff", "#f5643a", "#7fd8a0", "#cfa2ff"),
            *("#c6e8ff", "#fadb1e", "#828d97", "#e58fc3"),
        ),
        viridis=(0.28, 1.0),
    ),
}


@contextmanager
def style(look: Look) -> Iterator[None]:
    """Draw in the given colours, whatever the machine's own matplotlibrc says.

    Make and save figures inside: fonts and colours are looked up at both times.
    """
    import matplotlib

    settings: dict[Any, Any] = parameters(look)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(settings)
        yield


def parameters(look: Look) -> dict[str, Any]:
    """Return the rcParams of a look, having told Matplotlib of the figures' font."""
    _add_font()
    return {**_colours(PALETTES[look]), **_shapes(), **_text()}


def recolour(svg: str, scheme: Scheme) -> str:
    """Return an SVG drawn in the neutral colours as it looks in a scheme.

    Exactly the neutral palette's codes change, each to its counterpart; for a figure
    that can be drawn only once. Colours chosen otherwise (a colour map) stay.
    """
    neutral, shown = PALETTES["neutral"].codes, PALETTES[scheme].codes
    twin = dict(zip(neutral, shown, strict=True))
    return re.sub(
        r"(?<![\w&])#[0-9a-f]{6}(?![\w-])",
        lambda code: twin.get(code[0], code[0]),
        svg,
    )


def _add_font() -> None:
    from matplotlib import font_manager

    known = font_manager.fontManager.ttflist
    if str(FONT) not in (entry.fname for entry in known):
        font_manager.fontManager.addfont(FONT)


def _colours(palette: Palette) -> dict[str, Any]:
    from cycler import cycler

    boxes = ("box", "whisker", "cap")
    return {
        "axes.prop_cycle": cycler(color=palette.cycle),
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "axes.edgecolor": palette.line,
        "axes.labelcolor": palette.text,
        "axes.titlecolor": palette.text,
        "text.color": palette.text,
        "xtick.color": palette.line,
        "ytick.color": palette.line,
        "xtick.labelcolor": palette.text,
        "ytick.labelcolor": palette.text,
        "grid.color": palette.grid,
        "hatch.color": palette.text,
        "patch.edgecolor": palette.text,  # arrows of annotations
        "legend.facecolor": palette.page,
        "legend.edgecolor": "none",
        **{f"boxplot.{part}props.color": palette.text for part in boxes},
        "boxplot.flierprops.color": palette.text,
        "boxplot.flierprops.markeredgecolor": palette.text,
        **{f"axes3d.{axis}axis.panecolor": "none" for axis in "xyz"},
    }


def _shapes() -> dict[str, Any]:
    return {
        "figure.figsize": (4.6, 3.4),  # a phone shows four fifths of it
        "figure.constrained_layout.use": True,
        "savefig.bbox": "tight",  # also what constrained layout does not know about
        "savefig.pad_inches": 0.04,
        "savefig.dpi": 200,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.linewidth": 0.8,
        "lines.linewidth": 2.0,
        "lines.markersize": 5.0,
        "lines.solid_capstyle": "round",
        "errorbar.capsize": 3.0,
        "image.cmap": "viridis",  # even also for colour-blind readers
        "legend.framealpha": 0.8,
        "legend.fancybox": False,
    }


def _text() -> dict[str, Any]:
    return {
        "font.family": [FAMILY],  # no second family: a missing glyph must be noticed
        "font.size": 12.0,  # 16 CSS pixels on a desktop, 13 on a phone of 390 (an
        "axes.titlesize": "medium",  # exponent 9), as long as the figure is not wider
        "figure.titlesize": "medium",
        "mathtext.fontset": "cm",  # as the pages' formulas
        "axes.unicode_minus": True,
        "svg.fonttype": "path",
        "svg.hashsalt": "lecture",
    }

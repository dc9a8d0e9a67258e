"""From what a snippet's function returns to what a page shows."""

import gzip
import io
import logging
import random
import re
import reprlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from lecture.base.errors import DrawError
from lecture.base.products import Drawing, Verdict
from lecture.draw.finish import finish
from lecture.draw.legible import refuse_illegible
from lecture.draw.style import PALETTES, Scheme, style
from lecture.draw.tables import draw_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["check_claim", "draw_figure", "draw_table"]

Suffix = Literal["svg", "png"]
_OPTIONS: dict[Suffix, dict[str, Any]] = {  # nothing that changes from run to run
    "svg": {"metadata": dict.fromkeys(("Date", "Creator", "Format", "Type"))},
    "png": {"metadata": {"Software": None}},
}
_SMALL = 8_000  # bytes, compressed: below it no PNG of a figure is a close race
_MISSING = re.compile(r"Glyph (\d+) .*missing from")


def draw_figure(
    function: Callable[[], "Figure"], *, name: str
) -> tuple[Drawing, dict[str, bytes]]:
    """Draw the figure that the function returns, once in each colour scheme.

    Two files come back by name, `<name>-light` and `<name>-dark`, both SVG or both PNG,
    with the same bytes each time. The sizes are CSS pixels (1/96 inch). Raises a
    DrawError when the function returns no Figure, when the figures' font lacks a
    character, or when a phone would show a text too small to read.
    """
    vector = _render(function, "light", name, "svg")
    width, height = css_size(vector)
    refuse_illegible(vector, width, name=name)
    suffix, light = _lighter(vector, lambda: _render(function, "light", name, "png"))
    dark = _render(function, "dark", name, suffix)
    if suffix == "png":
        light, dark = _squeezed(light), _squeezed(dark)
    day, night = f"{name}-light.{suffix}", f"{name}-dark.{suffix}"
    return Drawing(day, night, width, height), {day: light, night: dark}


def check_claim(returned: object) -> Verdict:
    """Return the verdict that a claim function gave as `(holds, evidence)`.

    Whatever else came back, such as a value that is merely true, is a DrawError.
    """
    import numpy

    match returned:
        case (bool() | numpy.bool_() as holds, str() as evidence) if (
            isinstance(returned, tuple) and evidence.strip()
        ):
            return Verdict(holds=bool(holds), evidence=str(evidence))
    raise DrawError(
        "주장 함수는 (성립 여부, 근거), 곧 bool과 비어 있지 않은 str의 쌍을 돌려주어야"
        f" 합니다. 돌아온 값: {reprlib.repr(returned)}",
        hint='예: return gap > 0.01, f"차이 {gap:.3f}, 시드 5개"',
    )


def _render(
    function: Callable[[], "Figure"],
    scheme: Scheme,
    name: str,
    suffix: Suffix,
) -> bytes:
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    with style(scheme), no_missing_glyph(name):
        try:
            figure = _call(function, name)
            finish(figure, PALETTES[scheme])
            return _save(figure, suffix)
        finally:
            plt.close("all")


def _call(function: Callable[[], "Figure"], name: str) -> "Figure":
    import numpy
    from matplotlib.figure import Figure

    random.seed(0)  # both schemes, and every build, show the same jitter
    numpy.random.seed(0)
    figure: object = function()
    if isinstance(figure, Figure):
        return figure
    raise DrawError(
        f"그림 {name}: 함수가 Figure가 아닌 값을 돌려주었습니다:"
        f" {reprlib.repr(figure)} ({type(figure).__name__})",
        hint="fig, ax = plt.subplots()로 만든 fig를 return하십시오.",
    )


def _save(figure: "Figure", suffix: Suffix) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format=suffix, **_OPTIONS[suffix])
    return file.getvalue()


def _lighter(svg: bytes, render: Callable[[], bytes]) -> tuple[Suffix, bytes]:
    """Return a figure as it travels best; a PNG is drawn only where it may win."""
    if len(gzip.compress(svg)) > _SMALL and not vector_pays(svg, png := render()):
        return "png", png
    return "svg", svg


def _squeezed(png: bytes) -> bytes:
    """Return the same picture in fewer bytes; that takes as long as drawing it."""
    from PIL import Image

    file = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.save(file, "png", optimize=True, dpi=image.info["dpi"])
    return file.getvalue()


def vector_pays(svg: bytes, png: bytes) -> bool:
    # Servers send an SVG compressed, but a browser unpacks it and paints each element:
    # a close race (a grid of images, ten thousand points) goes to the PNG.
    return 2 * len(gzip.compress(svg)) < len(png)


def css_size(svg: bytes) -> tuple[int, int]:
    # Of the file, not of the Figure: the saved layout is trimmed to what is drawn.
    size = re.search(rb'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    assert size is not None, "Matplotlib's SVG states its size in points"
    width, height = (round(float(points) * 96 / 72) for points in size.groups())
    return width, height


@contextmanager
def no_missing_glyph(name: str) -> Iterator[None]:
    """Raise a DrawError where the figures' font lacks a character of a figure."""
    mathtext, handler = logging.getLogger("matplotlib.mathtext"), _DummySymbol()
    mathtext.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", _MISSING.pattern, UserWarning)
            yield
    except UserWarning as warning:
        if missing := _MISSING.match(str(warning)):
            raise _missing_glyph(name, int(missing[1])) from None
        raise
    finally:
        mathtext.removeHandler(handler)


class _DummySymbol(logging.Handler):
    """Turns what mathtext logs for a missing glyph into the warning that text gives."""

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if missing := re.search(r"not have a glyph for .* \[U\+(\w+)\]", line):
            warnings.warn(f"Glyph {int(missing[1], 16)} missing from", stacklevel=1)


def _missing_glyph(name: str, code: int) -> DrawError:
    return DrawError(
        f"그림 {name}: 그림 글꼴에 없는 글자가 있습니다: '{chr(code)}' (U+{code:04X})",
        hint="다른 글자로 바꾸십시오. 수식($…$) 안의 한글은 밖으로 꺼내십시오. "
        "글꼴에 글자를 더하는 법은 scripts/lecture/assets/README.md에 있습니다.",
    )

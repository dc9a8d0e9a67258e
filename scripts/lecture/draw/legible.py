"""Whether a figure can be read on a phone, where a page shrinks it to its column."""

import math
import re
from collections.abc import Iterator

from lecture.base.errors import DrawError

COLUMN = 358  # CSS pixels: what a phone of 390 leaves to a figure
LEAST = 9.0  # CSS pixels of the smallest letter, exponents included
_PIXELS_PER_POINT = 96 / 72
# Matplotlib draws a text of 12 points as glyphs of 100, which it scales by 0.12; an
# exponent is scaled once more.
_TEXT = re.compile(
    rb'<g [^>]*?transform="[^"]*scale\(([\d.]+) -[\d.]+\)">(.*?)</g>', re.S
)
_SMALLER = re.compile(rb'<use [^>]*?transform="[^"]*scale\(([\d.]+)\)"')


def smallest_text(svg: bytes) -> float:
    """Return the size of the smallest letter of Matplotlib's SVG, in CSS pixels.

    Infinity for a figure without text.
    """
    return min(_sizes(svg), default=float("inf"))


def width_on_phone(width: int, smallest: float) -> int:
    """Return how wide a phone must show a figure beyond its column, or 0."""
    needed = min(width, math.ceil(width * LEAST / smallest))
    return needed if needed > COLUMN else 0


def refuse_illegible(svg: bytes, width: int, *, name: str) -> None:
    """Raise a DrawError where a phone would shrink a text of the figure too far."""
    shown = smallest_text(svg) * min(1, COLUMN / width)
    if shown < LEAST:
        most = int(smallest_text(svg) * COLUMN / LEAST) / 96
        raise DrawError(
            f"그림 {name}: 휴대전화에서 가장 작은 글자가 {shown:.1f}px입니다. "
            f"{LEAST:g}px은 되어야 읽힙니다.",
            hint=f"figsize의 너비를 {most:.1f} 이하로 줄이고 칸을 위아래로 쌓거나, "
            "글자를 키우십시오.",
        )


def _sizes(svg: bytes) -> Iterator[float]:
    for text in _TEXT.finditer(svg):
        size = float(text[1]) * 100 * _PIXELS_PER_POINT
        yield size
        yield from (size * float(part) for part in _SMALLER.findall(text[2]))

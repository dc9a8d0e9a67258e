"""Frames: labelled figures that a reader steps through, all drawn to one measure."""

import io
import random
import reprlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from lecture.base.errors import DrawError
from lecture.base.particles import with_particle
from lecture.base.products import Frames
from lecture.draw.figures import css_size, no_missing_glyph, vector_pays
from lecture.draw.finish import finish
from lecture.draw.legible import refuse_illegible
from lecture.draw.style import PALETTES, SCHEMES, Scheme, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

Frame = tuple[str, "Figure"]
Suffix = Literal["svg", "webp"]
FEWEST, MOST = 2, 40
_OPTIONS: dict[Suffix, dict[str, Any]] = {  # nothing that changes from run to run
    "svg": {"metadata": dict.fromkeys(("Date", "Creator", "Format", "Type"))},
    "webp": {"pil_kwargs": {"lossless": True}},
}
_PAD = 0.04  # inches around what is drawn, as for a figure
_YIELD = "걸음마다 새 Figure를 만들고 yield f'{step}걸음', fig로 내놓으십시오."


def draw_frames(
    function: Callable[[], object], *, name: str
) -> tuple[Frames, dict[str, bytes]]:
    """Draw the frames that a generator yields as `(label, Figure)`, in both schemes.

    Returned are the product and its files by name, a file a frame and scheme: all SVG,
    or all lossless WebP where that is lighter; with the same bytes each time. All
    frames have one size (CSS pixels, 1/96 inch), one layout, and the same limits of
    their axes, except where the author has set some. Raises a DrawError for anything
    but 2 to 40 such pairs, for figures that differ in size or in their number of axes,
    when the figures' font lacks a character, and when a phone would show a text too
    small to read.
    """
    labels, light = _render(function, "light", name, ("svg", "webp"))
    suffix = _lighter(light)
    again, dark = _render(function, "dark", name, (suffix,))
    if again != labels:
        raise _wrong(
            name, "두 번 불렀더니 이름표가 달라졌습니다.", "난수의 시드를 정하십시오."
        )
    drawn = {"light": light[suffix], "dark": dark[suffix]}
    files = {
        scheme: {f"{name}-{i:02}-{scheme}.{suffix}": b for i, b in enumerate(frames)}
        for scheme, frames in drawn.items()
    }
    width, height = css_size(light["svg"][0])
    refuse_illegible(b"".join(light["svg"]), width, name=name)
    names = {scheme: tuple(files[scheme]) for scheme in SCHEMES}
    product = Frames(labels, **names, width=width, height=height)
    return product, files["light"] | files["dark"]


def _lighter(frames: Mapping[Suffix, Sequence[bytes]]) -> Suffix:
    vector, pixels = (b"".join(frames[suffix]) for suffix in ("svg", "webp"))
    return "svg" if vector_pays(vector, pixels) else "webp"


def _render(
    function: Callable[[], object],
    scheme: Scheme,
    name: str,
    suffixes: tuple[Suffix, ...],
) -> tuple[tuple[str, ...], dict[Suffix, list[bytes]]]:
    import matplotlib.pyplot as plt

    plt.switch_backend("Agg")
    with style(scheme), no_missing_glyph(name):
        plt.rcParams["figure.max_open_warning"] = 0
        try:
            frames = _called(function, name)
            figures = [figure for _, figure in frames]
            box = _alike(figures, scheme)
            drawn = {s: [_save(f, s, box) for f in figures] for s in suffixes}
            return tuple(label for label, _ in frames), drawn
        finally:
            plt.close("all")


def _save(figure: "Figure", suffix: Suffix, box: "Bbox") -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format=suffix, bbox_inches=box, **_OPTIONS[suffix])
    return file.getvalue()


def _alike(figures: Sequence["Figure"], scheme: Scheme) -> "Bbox":
    """Give the figures one style, one range and one layout; return what all cover."""
    from matplotlib.transforms import Bbox

    for figure in figures:
        finish(figure, PALETTES[scheme])
    places: list[tuple[Axes, ...]] = list(zip(*(f.axes for f in figures), strict=True))
    for axes in places:
        for letter in "xyz" if hasattr(axes[0], "get_zlim") else "xy":
            _share_limits(axes, letter)
    for figure in figures:  # each settles its own title and labels …
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    for axes in places:  # … and the room that is left to all is everybody's
        _share_place(axes)
    return Bbox.union([f.get_tightbbox() for f in figures]).padded(_PAD)


def _share_limits(axes: Sequence["Axes"], letter: str) -> None:
    """Give the axes of one place the limits that hold the data of all frames."""
    # An author's set_xlim turns autoscaling off, and setting limits here does as well.
    free = [ax for ax in axes if getattr(ax, f"get_autoscale{letter}_on")()]
    limits = [getattr(ax, f"get_{letter}lim")() for ax in axes]
    low, high = min(map(min, limits)), max(map(max, limits))
    for ax in free:
        inverted = getattr(ax, f"{letter}axis").get_inverted()
        ends = (high, low) if inverted else (low, high)
        getattr(ax, f"set_{letter}lim")(*ends)


def _share_place(axes: Sequence["Axes"]) -> None:
    from matplotlib.transforms import Bbox

    places = [ax.get_position(original=True) for ax in axes]
    common = reduce(lambda a, b: Bbox.intersection(a, b) or a, places)
    for ax in axes:
        ax.set_position(common)
        ax.set_in_layout(True)  # set_position takes it out, also of the tight box


def _called(function: Callable[[], object], name: str) -> list[Frame]:
    import numpy

    random.seed(0)  # both schemes, and every build, show the same jitter
    numpy.random.seed(0)
    frames = list(_pairs(function(), name))
    if len(frames) < FEWEST:
        count = f"장면이 {len(frames)}개입니다. {FEWEST}개는 있어야 합니다."
        raise _wrong(name, count, "한 장이면 figure_…로 그리십시오.")
    if len(frames) > MOST:
        hint = "덜 자주 내놓으십시오. 예: if step % 50 == 0:"
        raise _wrong(name, f"장면이 {MOST}개를 넘습니다.", hint)
    _refuse_unlike(frames, name)
    return frames


def _pairs(returned: object, name: str) -> Iterator[Frame]:
    from matplotlib.figure import Figure

    if not isinstance(returned, Iterator | list):
        what = f"{reprlib.repr(returned)} ({type(returned).__name__})"
        raise _wrong(name, f"장면을 내놓지 않고 값을 돌려주었습니다: {what}", _YIELD)
    for item in islice(returned, MOST + 1):
        match item:
            case (str() as label, Figure() as figure) if label.strip():
                yield label, figure
            case _:
                what = (
                    f"(이름표, Figure)가 아닌 것을 내놓았습니다: {reprlib.repr(item)}"
                )
                raise _wrong(name, what, _YIELD)


def _refuse_unlike(frames: Sequence[Frame], name: str) -> None:
    """Refuse figures that no reader could compare: another size, other axes."""
    first = frames[0][1]
    kinds = [ax.name for ax in first.axes]  # "rectilinear", "3d", "polar"
    if len({id(figure) for _, figure in frames}) < len(frames):
        raise _wrong(name, "같은 Figure를 두 번 내놓았습니다.", _YIELD)
    for label, figure in frames:
        if len(figure.axes) != len(first.axes):
            counts = f"{len(first.axes)}개와 {len(figure.axes)}개"
            what = f"{_scene(label)} 축의 수가 첫 장면과 다릅니다: {counts}"
            raise _wrong(name, what, "장면마다 축을 똑같이 만드십시오.")
        if [ax.name for ax in figure.axes] != kinds:
            what = f"{_scene(label)} 축의 종류가 첫 장면과 다릅니다."
            raise _wrong(name, what, "장면마다 축을 똑같이 만드십시오.")
        if tuple(figure.get_size_inches()) != tuple(first.get_size_inches()):
            what = f"{_scene(label)} 크기가 첫 장면과 다릅니다."
            raise _wrong(name, what, "장면마다 figsize를 똑같이 정하십시오.")


def _scene(label: str) -> str:
    return f"장면 {with_particle(label, '은')}"


def _wrong(name: str, what: str, hint: str) -> DrawError:
    return DrawError(f"장면 그림 {name}: {what}", hint=hint)

"""Cards: the picture that others show beside a link to a page, one of its figures."""

import html
import io
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from lecture.base.files import write_if_changed
from lecture.draw.style import PALETTES

WIDTH, HEIGHT = 1200, 630  # what Open Graph asks for: 1.91 to 1
_MARGIN = 45
_IMAGE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'\bsrc="(?P<file>[^":?#]+-light)(?P<kind>\.\w+)(?:#[^"]*)?"')
_ALT = re.compile(r'\balt="(?P<alt>[^"]*)"')
_PIXELS_PER_INCH = 96
_COLOURS = 128  # a figure has few, and its smooth edges


@dataclass(frozen=True)
class Card:
    """A picture of a page, where the site's own address is known."""

    file: str  # from the root of the site
    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Shown:
    """A figure that a page shows, in its light version."""

    file: str  # from the root of the site
    alt: str

    def card(self, site_url: str) -> Card:
        """Return the card that is made of it."""
        file = f"{self.file.rpartition('-light.')[0]}-card.png"
        return Card(file, f"{site_url}{file}", self.alt)


def first_figure(content: str, page_url: str) -> Shown | None:
    """Return the first figure of a page's HTML."""
    for image in _IMAGE.findall(content):
        source, alt = _SOURCE.search(image), _ALT.search(image)
        if source and alt:
            file = posixpath.join(posixpath.dirname(page_url), source["file"])
            name = posixpath.normpath(file) + source["kind"]
            return Shown(name, html.unescape(alt["alt"]))
    return None


def made_card(figure: Shown, site: Path, site_url: str) -> Card | None:
    """Return a figure's card, written into the site; None of a figure not in it."""
    card = figure.card(site_url)
    drawn, made = site / figure.file, site / card.file
    if not drawn.is_file():
        return None
    if not made.exists():  # two pages may show one figure
        write_if_changed(made, card_png(drawn))
    return card


def card_png(figure: Path) -> bytes:
    """Return the card of a drawn figure: the whole of it, on the page's white."""
    picture = _picture(figure)
    picture.thumbnail(
        (WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN), Image.Resampling.LANCZOS
    )
    card = Image.new("RGB", (WIDTH, HEIGHT), PALETTES["light"].page)
    place = ((WIDTH - picture.width) // 2, (HEIGHT - picture.height) // 2)
    card.paste(picture, place, picture)
    file = io.BytesIO()
    card.quantize(_COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _picture(figure: Path) -> Image.Image:
    if figure.suffix != ".svg":
        picture = Image.open(figure).convert("RGBA")
        scale = min(WIDTH / picture.width, HEIGHT / picture.height)
        size = round(picture.width * scale), round(picture.height * scale)
        return picture.resize(size, Image.Resampling.LANCZOS)
    return Image.open(io.BytesIO(_rasterised(figure))).convert("RGBA")


def _rasterised(figure: Path) -> bytes:
    """Return an SVG as a PNG of the card's width. Its text is paths: no font is met."""
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_path=str(figure),
            width=WIDTH,
            dpi=_PIXELS_PER_INCH,  # of its points; 0, the default, leaves no size
            skip_system_fonts=True,
        )
    )

"""The pictures of a notebook's page: files beside it, not the notebook's own copies.

A notebook carries its pictures as text, a third longer than they are. The build has
drawn the same ones for the lab, in both schemes, into the notebook's folder.
"""

import base64
import html
import re
from collections.abc import Mapping
from copy import copy
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from lecture.base.files import digest_of

Drawn = Mapping[str, str]  # digest of a picture → its name
Files = dict[str, bytes]

_DATA = re.compile(r"data:image/(?P<kind>\w+)[^,]*;base64,(?P<content>.*)", re.S)
_HEAD = re.compile(rb'\A.*?<svg\b(?: role="img" aria-label="[^"]*")?', re.S)
_LABEL = re.compile(r'<svg[^>]*\saria-label="([^"]*)"')
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PIXELS_PER_POINT = 4 / 3
_PICTURES = {".svg", ".png", ".jpg", ".gif", ".webp"}
_LIGHT, _DARK = "-light.svg", "-dark.svg"


def drawn_pictures(folder: Path) -> Drawn:
    """Return the pictures of a folder; a dark one is found by its light twin."""
    paths = sorted(path for path in folder.glob("*") if path.suffix in _PICTURES)
    return {
        _digest(path.read_bytes()): path.name
        for path in paths
        if not path.name.endswith(_DARK)
    }


def name_figures(soup: BeautifulSoup) -> None:
    """Give a figure the alternative text and the size that its SVG states."""
    for image in soup.select('img[src^="data:image/svg"]'):
        svg = _content(image)[1].decode()
        if label := _LABEL.search(svg):
            image["alt"] = html.unescape(label[1])
        if size := _VIEW_BOX.search(svg):
            image["width"], image["height"] = (
                str(round(float(side) * _PIXELS_PER_POINT)) for side in size.groups()
            )


def put_out(soup: BeautifulSoup, drawn: Drawn) -> Files:
    """Have the images show files; return those that are not drawn already."""
    new: Files = {}
    for number, image in enumerate(soup.select('img[src^="data:"]'), start=1):
        kind, content = _content(image)
        name = drawn.get(_digest(content), "")
        if not name:
            name = f"picture-{number}.{kind}"
            new[name] = content
        image["src"], image["loading"] = name, "lazy"
        if name.endswith(_LIGHT):
            _show_both(image, name)
    return new


def _show_both(image: Tag, light: str) -> None:
    """Let Material's styles choose between the light and the dark figure."""
    dark = copy(image)
    dark["src"] = f"{light.removesuffix(_LIGHT)}{_DARK}#only-dark"
    image["src"] = f"{light}#only-light"
    image.insert_after(dark)


def _content(image: Tag) -> tuple[str, bytes]:
    found = _DATA.fullmatch(str(image["src"]))
    assert found, "nbconvert writes pictures as base64"
    return found["kind"], base64.b64decode(found["content"])


def _digest(picture: bytes) -> str:
    """Return the digest of a picture: of an SVG, without the name it may carry."""
    return digest_of(_HEAD.sub(b"", picture, count=1))

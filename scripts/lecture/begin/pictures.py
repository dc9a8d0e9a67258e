"""Pictures of a notebook's texts: brought along, and written as a page shows them."""

import base64
import binascii
import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from lecture.base.particles import with_particle
from lecture.begin.notebook import NotebookCell, Remark
from lecture.begin.prose import with_code

_PICTURE = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<target>(?:[^()<>\"']|\([^()]*\))+?)>?"
    r"(?:\s+[\"'].*?[\"'])?\s*\)|(?P<tag><img\b[^>]*>)|(?P<code>`[^`]*`)",
    re.I,
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_DATA = re.compile(r"data:image/(?P<kind>[\w+]+);base64,(?P<content>.*)", re.S)
_SUFFIXES = {"jpeg": "jpg", "svg+xml": "svg"}
_LOST = (
    "노트북 곁에 그림을 두고 다시 만들거나, 글만 두세요. 지금은 설명글만 남겼습니다."
)
_FAR = "사이트는 바깥에서 아무것도 받지 않습니다. 내려받아 노트북 곁에 두세요."
_NAMELESS = "보지 못하는 독자를 위해 `alt`에 무엇을 그린 것인지 적으세요."


@dataclass(frozen=True)
class Album:
    """The pictures of one notebook, by the names that they get on the site."""

    folder: Path  # of the notebook
    page: str
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def brought(self, text: str, cell: NotebookCell, topic: str) -> str:
        """Return a text whose pictures are those of the site.

        topic: what names a picture that its author has left without a word.
        """
        lines = []
        for number, line, is_code in with_code(text):
            shown = partial(self._shown, cell=cell, line=number + 1, topic=topic)
            lines.append(line if is_code else _PICTURE.sub(shown, line))
        return "\n".join(lines)

    def _shown(
        self, found: re.Match[str], *, cell: NotebookCell, line: int, topic: str
    ) -> str:
        if found["code"]:
            return found[0]
        given = _attributes(found["tag"] or "")
        alt = " ".join((found["alt"] or given.get("alt", "")).split())
        target = (found["target"] or given.get("src", "")).strip()
        tell = partial(self._tell, cell.number, line, target)
        if re.match(r"(?:https?:)?//", target):
            tell("바깥 그림입니다", _FAR)
            return _tag(target, alt or topic, given)
        content = _content(target, cell, self.folder)
        if content is None:
            tell("그림이 없습니다", _LOST)
            return alt
        if not alt or alt == Path(target).name:
            tell(
                f"그림에 설명이 없어 {with_particle(topic, '이라고')} 적었습니다",
                _NAMELESS,
            )
            alt = topic
        name = self._named(_file_name(target, cell), content)
        place = f"images/{self.page}/{quote(name)}"
        return _tag(place, alt, _size(given, content))

    def _tell(self, cell: int, line: int, target: str, what: str, hint: str) -> None:
        shown = target if len(target) < 60 else f"{target[:60]}…"
        self.remarks.append(Remark(cell, line, f"{what}: {shown}", hint))

    def _named(self, name: str, content: bytes) -> str:
        """Return the name under which a picture is kept; one of its own for each."""
        path, number = Path(name), 1
        while self.files.setdefault(name, content) != content:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        return name


def _content(target: str, cell: NotebookCell, folder: Path) -> bytes | None:
    if inside := _DATA.fullmatch(target):
        try:
            return base64.b64decode(inside["content"])
        except binascii.Error:
            return None
    if target.startswith("attachment:"):
        return cell.attachments.get(unquote(target.removeprefix("attachment:")))
    path = folder / unquote(target)
    return path.read_bytes() if path.is_file() else None


def _file_name(target: str, cell: NotebookCell) -> str:
    if inside := _DATA.fullmatch(target):
        kind = inside["kind"]
        return f"cell-{cell.number}.{_SUFFIXES.get(kind, kind)}"
    name = Path(unquote(target.removeprefix("attachment:"))).name
    return re.sub(r"[^\w.-]+", "-", name)


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {n.lower(): html.unescape(a or b or c) for n, a, b, c in found}


def _size(given: Mapping[str, str], content: bytes) -> dict[str, str]:
    """Return the size of a picture: its own, or the width that an author has given."""
    from PIL import Image, UnidentifiedImageError

    try:
        width, height = Image.open(io.BytesIO(content)).size
    except UnidentifiedImageError:  # an SVG
        return {}
    shown = given.get("width", "").removesuffix("px")
    wide = int(shown) if shown.isdecimal() else width
    return {"width": str(wide), "height": str(round(height * wide / width))}


def _tag(place: str, alt: str, sizes: Mapping[str, str]) -> str:
    written = {n: sizes[n] for n in ("width", "height") if n in sizes}
    words = {"src": place, "alt": alt, **written}
    shown = " ".join(f'{name}="{html.escape(word)}"' for name, word in words.items())
    return f"<img {shown}>"

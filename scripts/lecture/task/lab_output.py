"""Reading what a cell has put out: the richest form of it that a page can show."""

import base64
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from nbformat import NotebookNode

from lecture.base.lab_run import NEUTRAL, Output
from lecture.collect.cells import SITE_ONLY
from lecture.task.lab_html import NotShownError, is_coloured_text, safe_html
from lecture.task.lab_text import Settler, on_screen, shortened

_SVG = "image/svg+xml"
_IMAGES = {
    _SVG: ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
}
_VIEW_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')
_IN_POINTS = re.compile(r'<svg\b[^>]*?\swidth="[\d.]+pt"')
_PIXELS_PER_POINT = 4 / 3
_SAYS_NOTHING = re.compile(r"<IPython\.[\w.]+(?: object)?>")
_HTML_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_ENVIRONMENT = re.compile(r"\\begin\{.*\\end\{\w+\*?\}", re.S)


@dataclass(frozen=True)
class Displayed:
    """One output, and the content of its file where it is a picture."""

    output: Output
    content: bytes = b""


def read_outputs(
    outputs: Iterable[NotebookNode], stem: str, settle: Settler
) -> tuple[Displayed, ...]:
    """Return the outputs of an executed cell, adjacent texts joined.

    Pictures get the file names `<stem>.svg`, `<stem>-2.svg` and so on. Raises
    NotShownError for an output that no page can show in any of its forms.
    """
    shown = [_settled(one, settle) for one in _shown(outputs, settle)]
    return tuple(_named(_joined(shown), stem))


def _shown(outputs: Iterable[NotebookNode], settle: Settler) -> Iterator[Displayed]:
    streams = groupby(outputs, key=lambda output: output.output_type == "stream")
    for is_stream, group in streams:
        if not is_stream:
            yield from (_richest(o.data, o.get("metadata", {}), settle) for o in group)
            continue
        # Which of two streams comes first is a matter of milliseconds.
        by_name: dict[str, str] = {}
        for output in group:
            by_name[output.name] = by_name.get(output.name, "") + output.text
        for _, text in sorted(by_name.items(), reverse=True):  # stdout, stderr
            yield Displayed(Output("text", on_screen(text)))


def _settled(one: Displayed, settle: Settler) -> Displayed:
    return replace(one, output=replace(one.output, text=settle(one.output.text)))


def _joined(shown: Iterable[Displayed]) -> Iterator[Displayed]:
    def is_text(one: Displayed) -> bool:
        return one.output.kind == "text"

    for texts, group in groupby(shown, key=is_text):
        if not texts:
            yield from group
        elif text := "\n".join(o.output.text for o in group if o.output.text):
            yield Displayed(Output("text", shortened(text)))


def _named(shown: Iterable[Displayed], stem: str) -> Iterator[Displayed]:
    number = 0
    for one in shown:
        if one.output.is_picture:
            number += 1
            name = stem if number == 1 else f"{stem}-{number}"
            one = replace(one, output=replace(one.output, file=name + one.output.file))
        yield one


def _richest(
    data: Mapping[str, str], metadata: Mapping[str, Any], settle: Settler
) -> Displayed:
    """Return the first form of a display that a page can show, as a notebook would."""
    refused = ", ".join(data)
    for kind, read in _FORMS.items():
        if kind not in data:
            continue
        try:
            if one := read(data, kind, metadata.get(kind, {})):
                return one
        except NotShownError as error:
            refused = f"{kind}의 {error}"
    text = on_screen(data.get("text/plain", ""))
    if not _SAYS_NOTHING.fullmatch(settle(text)):
        return Displayed(Output("text", text))
    raise NotShownError(refused)


_Read = Callable[[Mapping[str, str], str, Mapping[str, Any]], Displayed | None]


def _html(data: Mapping[str, str], kind: str, _: Mapping[str, Any]) -> Displayed | None:
    if "text/plain" in data and is_coloured_text(data[kind]):
        return None
    return Displayed(Output("html", safe_html(data[kind])))


def _markdown(data: Mapping[str, str], kind: str, _: Mapping[str, Any]) -> Displayed:
    text = data[kind].strip()
    outside_code = re.sub(r"(?s)```.*?```|`[^`]*`", "", text)
    for foreign in (SITE_ONLY, _HTML_TAG, re.compile(r"!\[")):
        if found := foreign.search(outside_code):
            raise NotShownError(found[0].strip())
    return Displayed(Output("markdown", text))


def _latex(data: Mapping[str, str], kind: str, _: Mapping[str, Any]) -> Displayed:
    """Read LaTeX as the Markdown that shows it: both a page and a notebook can."""
    text = data[kind].strip()
    if inner := re.fullmatch(r"\\\[(.*)\\\]", text, re.S):
        text = f"$$\n{inner[1].strip()}\n$$"
    elif inner := re.fullmatch(r"\\\((.*)\\\)", text, re.S):
        text = f"${inner[1].strip()}$"
    elif _ENVIRONMENT.fullmatch(text) or "$" not in text:
        text = f"$$\n{text}\n$$"
    return _markdown({kind: text}, kind, {})


def _image(data: Mapping[str, str], kind: str, said: Mapping[str, Any]) -> Displayed:
    suffix = _IMAGES[kind]
    if kind == _SVG:
        output = Output("image", "", suffix, *_svg_size(data[kind]))
        ours = replace(output, kind="figure") if said.get(NEUTRAL) else output
        return Displayed(ours, data[kind].encode())
    content = base64.b64decode(data[kind])
    width, height = _pixels(content, kind)
    width, height = int(said.get("width", width)), int(said.get("height", height))
    return Displayed(Output("image", "", suffix, width, height), content)


def _svg_size(svg: str) -> tuple[int, int]:
    found = _VIEW_BOX.search(svg)
    if not found:
        raise NotShownError("viewBox가 없는 <svg>")
    scale = _PIXELS_PER_POINT if _IN_POINTS.search(svg) else 1
    width, height = (round(float(side) * scale) for side in found.groups())
    return width, height


def _pixels(content: bytes, kind: str) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(content)).size
    except UnidentifiedImageError:
        raise NotShownError(f"그림이 아닌 {kind}") from None


_FORMS: dict[str, _Read] = {  # the richest first
    "text/html": _html,
    "text/markdown": _markdown,
    **dict.fromkeys(_IMAGES, _image),
    "text/latex": _latex,
}

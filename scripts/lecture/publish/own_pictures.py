"""Pictures of a lab's texts inside its notebook, which a reader takes away alone."""

import base64
import mimetypes
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from lecture.collect.cells import Cell

_SOURCE = re.compile(r'(?<=\bsrc=")(?P<file>images/[^"]+)(?=")')


def with_pictures(cells: tuple[Cell, ...], docs: Path) -> tuple[Cell, ...]:
    """Return cells whose texts hold the pictures that they show from docs/."""

    def inside(found: re.Match[str]) -> str:
        path = docs / unquote(found["file"])
        kind, _ = mimetypes.guess_type(path.name)
        if not path.is_file():
            return found[0]
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"

    return tuple(
        replace(cell, source=_SOURCE.sub(inside, cell.source))
        if cell.kind == "markdown"
        else cell
        for cell in cells
    )

"""What a lab's kernel runs in hidden cells, and nothing else imports.

The parent process writes the calls (`lecture.task.lab_notebook`); their answers travel
back as one line of JSON on standard output.
"""

import io
import json
import sys
import traceback
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import set_matplotlib_formats

from lecture.base.lab_run import NEUTRAL
from lecture.draw.figures import no_missing_glyph
from lecture.draw.finish import finish
from lecture.draw.style import PALETTES, style

_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


def prepare(shell: Any, path: str) -> AbstractContextManager[None]:
    """Make cells speak as the module at `path`, and figures be the site's own SVG.

    shell: IPython's. The caller keeps what is returned: it holds the style open.
    """
    module = _Module(Path(path).name)
    sys.path.insert(0, str(Path(path).parent))
    shell.compile.get_code_name = module.code_name
    plt.switch_backend("module://matplotlib_inline.backend_inline")
    set_matplotlib_formats()  # type: ignore[no-untyped-call]  # none but the one below
    shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, module.svg)
    drawing = style("neutral")
    drawing.__enter__()
    # An SVG then holds an image's own pixels: smaller, and sharp at any size.
    plt.rcParams["image.interpolation"] = "none"
    return drawing


@dataclass
class _Module:
    """The lab as its kernel knows it: a name, and the number of the running cell."""

    name: str
    cell: int = 0

    def code_name(self, _raw: str, _code: str, number: int) -> str:
        self.cell = number
        return f"{self.name}[{number}]"

    def svg(self, figure: Figure) -> tuple[str, dict[str, bool]]:
        """Return a figure as the same SVG in every run, and what says that it is ours.

        A character that the font lacks is a DrawError, not an empty box.
        """
        finish(figure, PALETTES["neutral"])
        file = io.StringIO()
        with no_missing_glyph(f"cell-{self.cell}"):
            figure.savefig(file, format="svg", metadata=_NO_METADATA)
        return file.getvalue(), {NEUTRAL: True}


def values(namespace: dict[str, Any], names: Iterable[str]) -> str:
    """Return those of the names that hold a number, a string or a boolean, as JSON."""
    bound = {name: _plain(namespace[name]) for name in names if name in namespace}
    scalar = bool | int | float | str
    return json.dumps({n: v for n, v in bound.items() if isinstance(v, scalar)})


def _plain(value: Any) -> Any:
    is_scalar = isinstance(value, np.generic | np.ndarray) and value.ndim == 0
    return value.item() if is_scalar else value


def failure(name: str) -> str:
    """Return the last exception as JSON, with the student's own frames alone.

    "lines" holds the frames' line numbers, outermost first; "kinds" the names of the
    exception's classes, its own first; "text" what Python would print.
    """
    frames = traceback.extract_tb(sys.last_traceback)
    own = [frame for frame in frames if frame.filename.startswith(f"{name}[")]
    return json.dumps(
        {
            "lines": [frame.lineno for frame in own],
            "kinds": [kind.__name__ for kind in type(sys.last_value).__mro__],
            "text": _report(name, own),
        }
    )


def _report(name: str, frames: list[traceback.FrameSummary]) -> str:
    told = [
        traceback.FrameSummary(name, frame.lineno, frame.name, line=frame.line)
        for frame in frames
    ]
    kind, error = type(sys.last_value), sys.last_value
    return "".join(
        (
            "Traceback (most recent call last):\n",
            *traceback.format_list(told),
            *traceback.format_exception_only(kind, error),
        )
    )

"""What a lab's kernel runs in hidden cells, and nothing else imports.

The parent process writes the calls (`lecture.task.lab_notebook`); their answers travel
back as one line of JSON on standard output.
"""

import io
import json
import sys
import traceback
import warnings
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import set_matplotlib_formats

from lecture.draw.finish import finish
from lecture.draw.style import PALETTES, style

_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))


def prepare(shell: Any, name: str) -> AbstractContextManager[None]:
    """Make cells speak as the file `name`, and figures come out as the site's own SVG.

    shell: IPython's. The caller keeps what is returned: it holds the style open.
    """
    shell.compile.get_code_name = lambda _raw, _code, number: f"{name}[{number}]"
    plt.switch_backend("module://matplotlib_inline.backend_inline")
    set_matplotlib_formats()  # type: ignore[no-untyped-call]  # none but the one below
    shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, svg)
    drawing = style("light")
    drawing.__enter__()
    # An SVG then holds an image's own pixels: smaller, and sharp at any size.
    plt.rcParams["image.interpolation"] = "none"
    return drawing


def values(namespace: dict[str, Any], names: Iterable[str]) -> str:
    """Return those of the names that hold a number, a string or a boolean, as JSON."""
    bound = {name: namespace[name] for name in names if name in namespace}
    plain = {n: v.item() if isinstance(v, np.generic) else v for n, v in bound.items()}
    scalar = bool | int | float | str
    return json.dumps({n: v for n, v in plain.items() if isinstance(v, scalar)})


def failure(name: str) -> str:
    """Return the lines of the student's own frames of the last exception, as JSON."""
    frames = traceback.extract_tb(sys.last_traceback)
    return json.dumps([f.lineno for f in frames if f.filename.startswith(f"{name}[")])


def svg(figure: Figure) -> str:
    """Return a figure as the same SVG in every run.

    A character that the font lacks is an error, not an empty box.
    """
    finish(figure, PALETTES["light"])
    file = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        figure.savefig(file, format="svg", metadata=_NO_METADATA)
    return file.getvalue()

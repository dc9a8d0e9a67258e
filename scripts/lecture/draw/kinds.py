"""How each kind of artefact is drawn: its prefix names the function that does it."""

from collections.abc import Callable, Mapping
from typing import Any

from lecture.base.products import Product
from lecture.draw.figures import check_claim, draw_figure
from lecture.draw.frames import draw_frames
from lecture.draw.tables import draw_table

Function = Callable[[], Any]  # an author's function, its arguments filled in
Produce = Callable[[Function, str], tuple[Product, dict[str, bytes]]]
"""Takes the function and the artefact's name; gives the product, and its files."""

PRODUCE: Mapping[str, Produce] = {
    "figure": lambda function, name: draw_figure(function, name=name),
    "frames": lambda function, name: draw_frames(function, name=name),
    "table": lambda function, name: draw_table(function(), name=name),
    "claim": lambda function, name: (check_claim(function()), {}),
}

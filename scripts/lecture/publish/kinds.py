"""How each kind of artefact is shown: its number, its fragment, its downloads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lecture.collect.artefact import Artefact
from lecture.publish.fragments import claim_fragment, figure_fragment, table_fragment
from lecture.publish.frames import frames_fragment
from lecture.publish.provenance import Provenance


@dataclass(frozen=True)
class Shown:
    """What a page makes of a product; the product is that of the kind."""

    noun: str  # what it is numbered as: "그림"; "" for what has no number
    fragment: Callable[[Artefact, Any, Provenance], str]
    downloads: Callable[[Any], tuple[str, ...]]  # those of its files that a page offers


SHOWN: Mapping[str, Shown] = {
    "figure": Shown("그림", figure_fragment, lambda drawing: (drawing.light,)),
    "frames": Shown("그림", frames_fragment, lambda frames: frames.light[-1:]),
    "table": Shown("표", table_fragment, lambda table: (table.csv,)),
    "claim": Shown("", claim_fragment, lambda verdict: ()),
}

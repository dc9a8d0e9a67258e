"""What a run of a lab leaves: its outputs and its values, and their JSON form."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

NEUTRAL = "lecture"  # in the metadata of a display: an SVG in the neutral colours
_OUTPUTS = "_cells"  # no value's name begins with an underscore


@dataclass(frozen=True)
class Output:
    """One output of a code cell."""

    kind: Literal["text", "error", "html", "markdown", "figure", "image"]
    text: str = ""  # of all but the pictures
    file: str = ""  # of "figure", an SVG in the neutral colours; of "image", any other
    width: int = 0  # CSS pixels
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.kind in ("figure", "image")


@dataclass(frozen=True)
class LabRun:
    """A finished run."""

    values: dict[str, Any]  # the numbers, strings and booleans that the lab has bound
    outputs: tuple[tuple[Output, ...], ...]  # one tuple a code cell, in order


def as_result(run: LabRun) -> dict[str, Any]:
    """Return a run as a JSON-able dict, the values by name: so a page can bind them."""
    outputs = [[_as_dict(output) for output in cell] for cell in run.outputs]
    return {**run.values, _OUTPUTS: outputs}


def from_result(result: dict[str, Any]) -> LabRun:
    """Return the run that `as_result` has turned into a dict."""
    cells = tuple(tuple(Output(**o) for o in cell) for cell in result[_OUTPUTS])
    return LabRun(values_of(result), cells)


def values_of(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result without the outputs that one of a lab also holds."""
    return {name: value for name, value in result.items() if name != _OUTPUTS}


def pictures(result: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the files that lie beside a run's result."""
    try:
        outputs = [o for cell in from_result(result).outputs for o in cell]
    except (LookupError, TypeError):  # no result of a lab
        return ()
    return tuple(o.file for o in outputs if o.is_picture)


def _as_dict(output: Output) -> dict[str, Any]:
    return {name: value for name, value in asdict(output).items() if value}

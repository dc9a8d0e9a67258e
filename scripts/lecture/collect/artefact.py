"""The artefacts of a notes project: what its modules declare by their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Case = Mapping[str, Any]

RUN = ("experiment", "lab")  # kinds that are run and frozen
DRAWN = (
    "figure",
    "frames",
    "table",
    "claim",
)  # kinds that are drawn from frozen results


class Place(NamedTuple):
    """Where a result is kept: the page that owns it, and the experiment's name."""

    page: str
    name: str

    def __str__(self) -> str:
        return f"{self.page}.{self.name}"


@dataclass(frozen=True)
class Artefact:
    """One function of a page's modules, or a whole lab, with something to show."""

    page: str  # the page's slug: "cifar10_linear"
    module: str  # the module's dotted name: "runs.cifar10_linear"
    kind: str  # one of RUN or DRAWN
    name: str  # the function's name without its prefix: "fit"; "lab" for a lab
    path: Path
    line: int
    doc: str  # the docstring, dedented; "" where there is none
    needs: Mapping[str, Place] = field(default_factory=dict)
    """Experiments received, by the parameter's name."""
    knobs: Mapping[str, Any] = field(default_factory=dict)  # parameter → default value
    cases: tuple[Case, ...] | None = (
        None  # rows of cases_<name>, where the module has them
    )
    smoke: Case = field(default_factory=dict)  # knobs of a small run: smoke_<name>

    @property
    def place(self) -> Place:
        return Place(self.page, self.name)

    @property
    def is_run(self) -> bool:
        """Whether the artefact is run and frozen, rather than drawn."""
        return self.kind in RUN

    @property
    def function(self) -> str:
        return self.name if self.kind == "lab" else f"{self.kind}_{self.name}"

    @property
    def id(self) -> str:
        return f"{self.page}.{self.function}"

    @property
    def rows(self) -> tuple[Case | None, ...]:
        """The cases to run; one without a name where there is no list of cases."""
        return self.cases or (None,)

    @property
    def caption(self) -> str:
        """The docstring's first paragraph as one line."""
        return " ".join(self.doc.split("\n\n")[0].split())

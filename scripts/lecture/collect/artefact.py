"""The frozen dataclasses that flow from stage to stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Kind = Literal["experiment", "figure", "frames", "table", "claim", "lab"]
DRAWN: tuple[Kind, ...] = ("figure", "frames", "table", "claim")
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Artefact:
    """One function of a snippet module, or a whole lab, with something to show."""

    page: str  # the module's stem, and the page's slug: "cifar10_linear"
    kind: Kind
    name: str  # the function's name without its prefix: "fit"; "lab" for a lab
    path: Path
    line: int
    doc: str  # the docstring, dedented; "" where there is none
    needs: Mapping[str, str] = field(default_factory=dict)
    """Experiments received: the parameter's name → the module that runs it."""
    knobs: Mapping[str, Any] = field(default_factory=dict)  # parameter → default value
    cases: tuple[Case, ...] | None = (
        None  # rows of cases_<name>, where the module has them
    )

    @property
    def function(self) -> str:
        return self.name if self.kind == "lab" else f"{self.kind}_{self.name}"

    @property
    def id(self) -> str:
        return f"{self.page}.{self.function}"

    @property
    def received(self) -> tuple[tuple[str, str], ...]:
        """Module and name of each experiment received, in the order of parameters."""
        return tuple((module, name) for name, module in self.needs.items())

    @property
    def caption(self) -> str:
        """The docstring's first paragraph as one line."""
        return " ".join(self.doc.split("\n\n")[0].split())


@dataclass(frozen=True)
class DataSet:
    """A data set as a run met it."""

    name: str  # "CIFAR-10 (JPEG)": how it is named wherever it is shown
    fingerprint: str  # first 16 hex digits of the SHA-256 of its arrays


@dataclass(frozen=True)
class Origin:
    """All that a result depends on, and the machine that made it."""

    code: Mapping[
        str, str
    ]  # "cifar10_linear.build_model" → digest of its normalised AST
    knobs: Mapping[str, Any]  # defaults in force
    upstream: Mapping[str, str]  # experiment received → digest of its result
    data: Mapping[str, DataSet]  # "cifar10" → what was loaded
    versions: Mapping[str, str]  # "keras" → "3.15.1"
    hardware: str  # "AMD EPYC, 1 스레드"


@dataclass(frozen=True)
class Record:
    """One finished run of an experiment (or of one of its cases)."""

    key: str
    result: Any  # JSON-able
    origin: Origin
    seconds: float
    memory_mb: int
    date: str  # "2026-11-21"
    case: Case | None = None


@dataclass(frozen=True)
class Frozen:
    """All runs of one experiment: what one results file holds."""

    page: str
    name: str
    records: tuple[Record, ...]
    has_cases: bool = False

    @property
    def value(self) -> Any:
        """The result; with cases, a list of rows: case and result joined."""
        if not self.has_cases:
            return self.records[0].result
        return [{**(record.case or {}), **record.result} for record in self.records]


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: two files, one a colour scheme."""

    light: str  # file names inside docs/generated/<page>/
    dark: str
    width: int  # CSS pixels
    height: int

    @property
    def files(self) -> tuple[str, ...]:
        return (self.light, self.dark)


@dataclass(frozen=True)
class Frames:
    """Drawn frames: figures of one size, a file for each frame and colour scheme."""

    labels: tuple[str, ...]  # "7에폭, 손실 0.87"
    light: tuple[str, ...]  # file names inside docs/generated/<page>/, frame by frame
    dark: tuple[str, ...]
    width: int  # CSS pixels
    height: int

    @property
    def files(self) -> tuple[str, ...]:
        return (*self.light, *self.dark)


@dataclass(frozen=True)
class Table:
    """A drawn table: a CSV file, and its Markdown."""

    csv: str  # file name inside docs/generated/<page>/
    markdown: str

    @property
    def files(self) -> tuple[str, ...]:
        return (self.csv,)


@dataclass(frozen=True)
class Verdict:
    """A checked claim."""

    holds: bool
    evidence: str  # Korean, with the numbers

    @property
    def files(self) -> tuple[str, ...]:
        return ()


Product = Drawing | Frames | Table | Verdict

"""What is drawn from results: the values that tables, figures and claims become."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: two files, one a colour scheme."""

    light: str  # file names inside docs/generated/<page>/
    dark: str
    width: int  # CSS pixels
    height: int


@dataclass(frozen=True)
class Table:
    """A drawn table: a CSV file, and its Markdown."""

    csv: str  # file name inside docs/generated/<page>/
    markdown: str


@dataclass(frozen=True)
class Verdict:
    """A checked claim."""

    holds: bool
    evidence: str  # Korean, with the numbers


Product = Drawing | Table | Verdict

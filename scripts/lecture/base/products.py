"""What is drawn from results: the values that tables, figures and claims become."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A drawn figure: two files, one a colour scheme."""

    light: str  # file names inside docs/generated/<page>/
    dark: str
    width: int  # CSS pixels
    height: int
    least: int = 0  # the width below which its text is too small to read, if it matters

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

"""What a build has done, page by page: the table that stays when it has ended."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from lecture.publish.provenance import duration
from lecture.task import job

_COLUMNS = {
    "experiment": "실험",
    "lab": "실습",
    "program": "노트북",
    "figure": "그림",
    "frames": "그림",
    "table": "표",
    "claim": "주장",
}
_FAILED = "실패"
_MOST = 20  # rows: with the report below them they fit a screen


@dataclass(frozen=True)
class Done:
    """One task that has ended."""

    page: str
    column: str
    seconds: float = 0.0

    @classmethod
    def of(cls, outcome: job.Outcome) -> "Done":
        """Return what a table needs of an outcome, without its files."""
        artefact, result = outcome.job.artefact, outcome.result
        if isinstance(result, job.Failure):
            return cls(artefact.page, _FAILED)
        is_program = artefact.kind == "lab" and artefact.name == "program"
        kind = "program" if is_program else artefact.kind
        return cls(artefact.page, _COLUMNS[kind], result.seconds)


@dataclass(frozen=True)
class _Row:
    name: str
    counts: Counter[str]
    seconds: float

    @classmethod
    def of(cls, name: str, done: Iterable[Done]) -> "_Row":
        done = [*done]
        counts = Counter(one.column for one in done)
        return cls(name, counts, sum(one.seconds for one in done))

    def cells(self, columns: Iterable[str]) -> Iterator[str]:
        yield self.name
        yield from (str(self.counts[column] or "") for column in columns)
        yield duration(self.seconds)


def table(done: Sequence[Done]) -> Table:
    """Return a row for each page where something was done, and their sum."""
    found = {one.column for one in done}
    columns = [c for c in dict.fromkeys((*_COLUMNS.values(), _FAILED)) if c in found]
    shown = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    shown.add_column("쪽", no_wrap=True)
    for column in (*columns, "시간"):
        shown.add_column(column, justify="right", no_wrap=True)
    for row in _rows(done):
        shown.add_row(*row.cells(columns))
    return shown


def _rows(done: Sequence[Done]) -> Iterator[_Row]:
    """Yield the rows of the pages in the order of their names, and the last rows."""
    pages = sorted({one.page for one in done})
    shown = pages if len(pages) <= _MOST else pages[: _MOST - 1]
    for page in shown:
        yield _Row.of(page, (one for one in done if one.page == page))
    if rest := {*pages} - {*shown}:
        name = f"그 밖의 쪽 {len(rest)}개"
        yield _Row.of(name, (one for one in done if one.page in rest))
    if len(pages) > 1:
        yield _Row.of("모두", done)

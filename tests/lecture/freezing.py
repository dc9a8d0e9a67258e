"""Frozen results without a run: records made by hand, and an executor that makes up."""

from collections.abc import Collection, Iterator
from typing import Any

from lecture.base.datasets import DataSet
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.record import Frozen, Made, Record
from lecture.book.results import result_digest, save_results
from lecture.book.shelf import Shelf
from lecture.collect.artefact import Case, Place
from lecture.run.executor import Take
from lecture.run.schedule import run_stale
from lecture.run.settings import Settings
from lecture.task.job import Event, Outcome, Success

MADE = Made("2026-11-21", 1.5, 200, "EPYC, 스레드 1개", {"keras": "3.15.1"})


def record_of(
    result: Any,
    case: Case | None = None,
    *,
    made: Made = MADE,
    knobs: Case | None = None,
    key: str = "key",
) -> Record:
    """Return a record as a run would leave it that gave the result."""
    return Record(key, case, result_digest(result), {}, knobs or {}, {}, made)


def frozen_of(
    place: Place, *runs: tuple[Case | None, Any], made: Made = MADE, **knobs: Any
) -> Frozen:
    """Return frozen runs, each given by its case and its result."""
    records = tuple(record_of(r, c, made=made, knobs=knobs) for c, r in runs)
    return Frozen(place, records, lambda: tuple(result for _, result in runs))


def save(project: Project, frozen: Frozen) -> bool:
    """Put results where a project keeps them; tell whether the file changed."""
    return save_results(Shelf(project).path(frozen.place), frozen)


def freeze_everything(project: Project, *pages: str, loss: float = 1) -> Book:
    """Freeze a result for every stale run of some pages, or of all: 1.0, 2.0, 3.0 …

    Whatever is called `experiment_fit` is said to have loaded MNIST.
    """

    def execute(take: Take, libraries: Collection[str]) -> Iterator[Event]:
        value = loss
        while job := take():
            loads = job.artefact.function == "experiment_fit"
            data = {"mnist": DataSet("MNIST", "0123456789abcdef")} if loads else {}
            versions = {"keras": "3.15.1"}
            success = Success(
                {"loss": float(value)}, 2, 100, data=data, versions=versions
            )
            yield Outcome(job, success)
            value += 1

    settings = Settings(workers=1, pages=frozenset(pages))
    book, failed = run_stale(read_book(project), settings, execute, lambda event: None)
    assert not failed, failed
    return book

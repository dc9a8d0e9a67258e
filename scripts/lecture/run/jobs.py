"""From what is planned to what a process is told."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from lecture.base.data_files import data_files
from lecture.base.errors import CollectError
from lecture.book.book import Book
from lecture.book.status import Task
from lecture.collect.artefact import Artefact, Case
from lecture.collect.cases import case_text
from lecture.collect.code import reached_lines
from lecture.collect.libraries import LIGHT, libraries_of
from lecture.collect.syntax import short_hash
from lecture.run.settings import Settings
from lecture.task.folder import homes
from lecture.task.job import Job
from lecture.task.named import named

TIME_LIMIT = 600.0  # seconds a task may take, where its module says nothing
DRAWING_LIMIT = 120.0  # results are frozen, only plotting is left


def job_of(
    book: Book,
    task: Task,
    settings: Settings,
    upstream: Mapping[str, Any] | None = None,
) -> Job:
    """Return a task as its process needs it; upstream replaces what it receives."""
    artefact = task.artefact
    sheets = book.collection.sheets
    limits = sheets[artefact.module].limits
    modules = sorted({artefact.module, *book.code(artefact).modules})
    default = TIME_LIMIT if artefact.is_run else DRAWING_LIMIT
    job = Job(
        id=task.id,
        artefact=artefact,
        case=task.case,
        arguments=shifted(artefact, task.case or {}, settings.seed_shift),
        code_key=task.wanted.code_key,
        sources={name: sheets.text_digest(name) for name in modules},
        upstream=book.received(artefact) if upstream is None else upstream,
        root=book.project.root,
        log=book.project.cache / "logs" / log_name(task),
        time_limit=settings.patience or limits.get("time_limit", default),
        memory_limit_mb=int(limits.get("memory_limit", settings.memory_limit_mb)),
        limits=limits,
        libraries=libraries_used(book, artefact),
    )
    return with_names(book, job)


def with_names(book: Book, job: Job) -> Job:
    """Return a job that knows the texts of its code, where they can name data files."""
    if not any(file for home in homes(job) for file in data_files(home)):
        return job
    with suppress(CollectError):  # the book tells of code that reading cannot follow
        return replace(job, names=named(reached_lines(book.links, job.artefact)))
    return job


def shifted(artefact: Artefact, case: Case, shift: int) -> Case:
    """Return a case with `shift` added to every seed that its run is called with."""
    if not shift:
        return case
    knobs = {**artefact.knobs, **case}
    seeds = {name: knobs[name] for name in ("seed", "seeds") if name in knobs}
    return {**case, **{name: _moved(value, shift) for name, value in seeds.items()}}


def _moved(seed: Any, shift: int) -> Any:
    if isinstance(seed, list):
        return [_moved(one, shift) for one in seed]
    return seed + shift if isinstance(seed, int) else seed


def log_name(task: Task) -> str:
    """Return the name of a task's log; cases run side by side, each with its own."""
    case = "" if task.case is None else f"-{short_hash(case_text(task.case))}"
    return f"{task.artefact.id.replace('/', '.')}{case}.log"


def libraries_used(book: Book, artefact: Artefact) -> tuple[str, ...]:
    """Return the names of the libraries that an artefact's process gets ready."""
    if not artefact.is_run:
        return ()
    sheets = book.collection.sheets
    modules = sorted({artefact.module, *book.code(artefact).modules})
    return libraries_of(name for module in modules for name in sheets[module].imported)


def libraries_of_runs(book: Book, runs: Iterable[Artefact]) -> frozenset[str]:
    """Return the libraries to get ready for runs that are forked from one server.

    A lab's kernel is an interpreter of its own.
    """
    forked = (a for a in runs if a.kind != "lab" and not book.status(a).error)
    used = (name for artefact in forked for name in libraries_used(book, artefact))
    return frozenset(used) | light_libraries(book)


def light_libraries(book: Book) -> frozenset[str]:
    """Return the light libraries that any module imports, or that cases need.

    They are the same for all that one command runs: a server is started only once.
    """
    sheets = (book.collection.sheets[a.module] for a in book.artefacts)
    found = libraries_of(name for sheet in sheets for name in sheet.imported)
    tables = any(a.kind == "table" or a.cases for a in book.artefacts)
    return frozenset(one.name for one in LIGHT if one.name in found) | (
        {"pandas"} if tables else frozenset()
    )

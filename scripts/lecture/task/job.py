"""What crosses between the build and the process that runs one task."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lecture.base.datasets import DataSet
from lecture.collect.artefact import Artefact, Case
from lecture.task.named import NAMELESS, Names


@dataclass(frozen=True)
class Job:
    """One task, as the process that runs it needs it."""

    id: str
    artefact: Artefact
    case: Case | None  # which row of its cases, where it has any
    arguments: Mapping[str, Any]  # knobs to call the function with
    code_key: str  # of the code that was planned
    sources: Mapping[str, str]  # the modules that it lies in → digests of their texts
    upstream: Mapping[
        str, Any
    ]  # experiment received → its value; rows where it has cases
    root: Path  # of the project
    log: Path  # where the process's own output goes
    time_limit: float  # seconds
    memory_limit_mb: int
    limits: Mapping[str, float] = field(default_factory=dict)  # as its module has them
    libraries: tuple[str, ...] = ()  # names in `collect.libraries` that the code uses
    names: Names = NAMELESS  # of data files, in its code
    environment: Mapping[str, str] = field(default_factory=dict)  # besides the build's


@dataclass(frozen=True)
class Failure:
    """Why a task gave no result, in the author's words and frames."""

    message: str
    path: Path | str | None = None
    line: int | None = None
    frames: str = ""  # the student's own frames, as Python prints them


@dataclass(frozen=True)
class Success:
    """What a task gave, and how."""

    value: Any  # of an experiment or a lab: plain, as its results file holds it
    seconds: float
    memory_mb: int
    files: Mapping[str, bytes] = field(default_factory=dict)  # by name: figures, tables
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Files below the project that the run has read: path from the root → digest."""
    data: Mapping[str, DataSet] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    hardware: str = ""


@dataclass(frozen=True)
class Outcome:
    """The end of one job."""

    job: Job
    result: Success | Failure


@dataclass(frozen=True)
class Started:
    """A job has its process."""

    job: Job


@dataclass(frozen=True)
class Progress:
    """A lab has finished a cell."""

    job: Job
    done: int
    total: int


Event = Started | Progress | Outcome

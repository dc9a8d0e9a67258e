"""What the functions of a snippet give: called with their arguments, and checked."""

import importlib
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

from lecture.base.errors import LectureError
from lecture.base.particles import with_particle
from lecture.collect.artefact import Artefact
from lecture.task.failure import snippets_of
from lecture.task.job import Job
from lecture.task.plain import plain, restored

Made = tuple[Any, dict[str, bytes]]
"""A value, and the files that belong to it by name."""


def produce(job: Job) -> Made:
    """Import a job's module, call its function and return what that gives.

    Raises LectureError for a value that the kind of function must not return.
    """
    function, artefact = _bound(job), job.artefact
    if artefact.kind == "experiment":
        return _experiment(artefact, function)
    from lecture.draw.kinds import PRODUCE

    return PRODUCE[artefact.kind](function, artefact.name)


def _bound(job: Job) -> Callable[[], Any]:
    """Return the student's function with its arguments filled in.

    Each call meets results and modules that no call has changed: the picture for dark
    pages shows what the one for light pages does.
    """
    folder = snippets_of(job)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    place = job.artefact.path.relative_to(folder).with_suffix("")

    def call() -> Any:
        module = _imported_anew(".".join(place.parts), folder)
        function = getattr(module, job.artefact.function)
        received = {name: as_received(value) for name, value in job.upstream.items()}
        return function(**received, **job.arguments)

    return call


def _imported_anew(name: str, folder: Path) -> ModuleType:
    """Import a module of a folder and its siblings; what it sets of the style goes."""
    for known, module in list(sys.modules.items()):
        if Path(vars(module).get("__file__") or "").is_relative_to(folder):
            del sys.modules[known]
    matplotlib = sys.modules.get("matplotlib")
    with matplotlib.rc_context() if matplotlib else nullcontext():
        return importlib.import_module(name)


def as_received(value: Any) -> Any:
    """Return a frozen value as a function receives it: rows of cases as a DataFrame."""
    if isinstance(value, list):
        import pandas as pd

        return pd.DataFrame(restored(value))
    return restored(value)


def _experiment(artefact: Artefact, function: Callable[[], Any]) -> Made:
    value = function()
    if not isinstance(value, dict):
        raise LectureError(
            f"{with_particle(artefact.function, '은')} dict를 돌려주어야 하는데 "
            f"{with_particle(type(value).__name__, '을')} 돌려주었습니다."
        )
    return plain(value), {}

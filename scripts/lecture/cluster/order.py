"""A job on its way to another machine, where the project lies in another folder."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lecture.collect.libraries import LIGHT, libraries
from lecture.task.job import Failure, Job, Success


@dataclass(frozen=True)
class Order:
    """A job, and the versions of the libraries that it must meet."""

    job: Job
    versions: Mapping[str, str]  # distribution → version; empty where any will do

    def job_at(self, root: Path, memory_mb: int) -> Job:
        """Return the job as it runs below another folder, in a worker's memory.

        memory_mb: the worker's share for one task, 0 where it has no limit. A limit
        that a module declares stays.
        """
        job, artefact = self.job, self.job.artefact
        own = "memory_limit" in job.limits or not memory_mb
        return replace(
            job,
            root=root,
            log=_moved(job.log, job.root, root),
            artefact=replace(artefact, path=_moved(artefact.path, job.root, root)),
            memory_limit_mb=job.memory_limit_mb if own else memory_mb,
        )


def refusal(order: Order) -> Failure | None:
    """Return why this machine must not run a job: its libraries are other ones."""
    here = installed(order.versions)
    others = [
        f"{name} {here.get(name, '없음')} (이 기계는 {wanted})"
        for name, wanted in order.versions.items()
        if here.get(name) != wanted
    ]
    if not others:
        return None
    message = (
        f"일꾼 {platform.node()}의 라이브러리가 다릅니다: {', '.join(others)}\n"
        "  → 같은 판을 설치하거나, 다른 판이어도 된다면 --any-versions를 더합니다."
    )
    return Failure(message, order.job.artefact.path, order.job.artefact.line)


def wanted_versions(names: Iterable[str]) -> dict[str, str]:
    """Return what a result may hang on here: Python, and libraries as installed."""
    records = (*LIGHT, *libraries(names))
    return installed(name for one in records for name in one.versions.values())


def installed(distributions: Iterable[str]) -> dict[str, str]:
    """Return the versions of those distributions that this machine has."""
    found = {"python": platform.python_version()}
    for name in sorted({*distributions} - {"python"}):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def brought_back(result: Success | Failure, there: Path, job: Job) -> Success | Failure:
    """Return a result with the places that it names as they are in the project."""
    if isinstance(result, Success):
        return result
    here, path = str(job.root), result.path
    return replace(
        result,
        message=result.message.replace(str(there), here),
        frames=result.frames.replace(str(there), here),
        path=path and Path(str(path).replace(str(there), here)),
    )


def _moved(path: Path, before: Path, after: Path) -> Path:
    return after / path.relative_to(before)

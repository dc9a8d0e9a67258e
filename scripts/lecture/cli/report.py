"""What a build says at its end, in Korean: what is wrong, where, and what helps."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lecture.base.project import Project
from lecture.book.book import Survey

if TYPE_CHECKING:
    from lecture.run.build import Report
    from lecture.task.job import Failure


def report_lines(project: Project, report: "Report") -> Iterator[str]:
    """Yield everything that keeps a build from being green."""
    for name, failure in report.failed.items():
        yield from failure_lines(project, f"실패: {name}", failure)
    for name, failure in report.refuted.items():
        yield from failure_lines(project, f"어긋남: {name}", failure)
    for name, failure in report.doubtful.items():
        yield from failure_lines(project, f"미확인: {name}", failure)
    for one in report.stale:
        if not any(task.id in report.failed for task in one.stale):
            yield f"낡음: {one.artefact.id} ({len(one.stale)}개 실행 필요)"
    for error in report.errors:
        yield f"쪽: {error}"


def explain_lines(surveys: tuple[Survey, ...]) -> Iterator[str]:
    """Yield each stale task with the reasons why it would run, the same ones joined."""
    for one in surveys:
        if not one.stale:
            yield f"그대로  {one.artefact.id}"
            continue
        together = Counter(task.reasons for task in one.stale)
        for reasons, count in together.items():
            first = next(task for task in one.stale if task.reasons == reasons)
            more = f" 외 {count - 1}개" if count > 1 else ""
            yield f"낡음    {first.id}{more}"
            yield from (f"          - {reason}" for reason in reasons)


def failure_lines(project: Project, title: str, failure: "Failure") -> Iterator[str]:
    """Yield a failure under its title: where it is, the frames, what it is."""
    place = ""
    if failure.path:
        place = f"  {project.relative(failure.path)}:{failure.line or ''}"
    yield title + (f"\n{place}" if place else "")
    if failure.frames:
        yield failure.frames.rstrip()
    yield f"  {failure.message}"

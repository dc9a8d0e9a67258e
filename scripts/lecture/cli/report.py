"""What a command says at its end, in Korean: what is wrong, where, and what helps."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.status import Status, tasks_of

if TYPE_CHECKING:
    from lecture.run.build import Report
    from lecture.task.job import Failure


def report_lines(project: Project, report: "Report") -> Iterator[str]:
    """Yield everything that keeps a build from being green."""
    for fault in report.faults:
        yield f"모듈: {fault}"
    for name, failure in report.failed.items():
        yield from failure_lines(project, f"실패: {name}", failure)
    for name, failure in report.refuted.items():
        yield from failure_lines(project, f"어긋남: {name}", failure)
    for name, failure in report.doubtful.items():
        yield from failure_lines(project, f"미확인: {name}", failure)
    for status in report.stale:
        tasks = {task.id for task in tasks_of(status)}
        if status.stale and not tasks & report.failed.keys():
            yield f"낡음: {status.artefact.id} ({len(status.stale)}개 실행 필요)"
    for error in report.errors:
        yield f"쪽: {error}"


def orphan_lines(book: Book) -> Iterator[str]:
    """Yield the results that no experiment owns."""
    for place in book.orphans:
        path = book.project.relative(book.shelf.path(place))
        yield f"주인 없는 결과: {path} (지우려면: python scripts/build.py tidy)"


def explain_lines(statuses: tuple[Status, ...]) -> Iterator[str]:
    """Yield each stale task with the reasons why it would run, the same ones joined."""
    for status in statuses:
        if not status.stale:
            adopted = sum(row.is_adopted for row in status.rows)
            kept = " (옮겨 온 코드의 결과를 이어받음)" if adopted else ""
            yield f"그대로  {status.artefact.id}{kept}"
            continue
        together = Counter(row.changes for row in status.stale)
        for changes, count in together.items():
            found = (task for task in tasks_of(status) if task.changes == changes)
            more = f" 외 {count - 1}개" if count > 1 else ""
            yield f"낡음    {next(found).id}{more}"
            yield from (f"          - {change.sentence}" for change in changes)


def failure_lines(project: Project, title: str, failure: "Failure") -> Iterator[str]:
    """Yield a failure under its title: where it is, the frames, what it is."""
    place = ""
    if failure.path:
        place = f"  {project.relative(Path(failure.path))}:{failure.line or ''}"
    yield title + (f"\n{place}" if place else "")
    if failure.frames:
        yield failure.frames.rstrip()
    yield f"  {failure.message}"

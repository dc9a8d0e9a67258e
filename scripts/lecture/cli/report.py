"""What a command says at its end, in Korean: what is wrong, where, and what helps."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lecture.base.errors import LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.status import Status, tasks_of
from lecture.collect.artefact import Artefact

if TYPE_CHECKING:
    from lecture.run.build import Report
    from lecture.task.job import Failure

TIDY = "python scripts/build.py tidy"


def report_lines(project: Project, report: "Report") -> Iterator[str]:
    """Yield everything that keeps a build from being green."""
    for name, failure in report.failed.items():
        yield from failure_lines(project, f"실패: {name}", failure)
    for name, failure in report.refuted.items():
        yield from failure_lines(project, f"어긋남: {name}", failure)
    for name, failure in report.doubtful.items():
        yield from failure_lines(project, f"미확인: {name}", failure)
    for status in report.stale:
        tasks = {task.id for task in tasks_of(status)}
        if status.error and status.artefact.id not in report.failed:
            yield f"낡음: {status.artefact.id}"
            yield f"  {told(project, status.error)}"
        if status.stale and not tasks & report.failed.keys():
            yield f"낡음: {status.artefact.id} ({len(status.stale)}개 실행 필요)"


def red_line(report: "Report") -> str:
    """Return how many things keep a build from being green, in one line."""
    counts = {
        "실패": len(report.failed),
        "어긋난 주장": len(report.refuted),
        "낡은 실험": len(report.stale),
        "모듈과 쪽의 잘못": len(report.faults) + len(report.errors),
    }
    found = (f"{name} {count}개" for name, count in counts.items() if count)
    return f"초록이 아닙니다: {', '.join(found)}."


def fault_lines(
    project: Project, faults: Iterable[LectureError], errors: Iterable[LectureError]
) -> Iterator[str]:
    """Yield what is wrong in modules and on pages."""
    yield from (f"모듈: {told(project, fault)}" for fault in faults)
    yield from (f"쪽: {told(project, error)}" for error in errors)


def told(project: Project, error: LectureError) -> str:
    """Return an error with its place as an author would write it."""
    path = error.path and project.relative(Path(error.path))
    return str(LectureError(error.message, path=path, line=error.line, hint=error.hint))


def unshown_lines(project: Project, artefacts: Iterable[Artefact]) -> Iterator[str]:
    """Yield what is drawn and shown on no page: it keeps no build from being green."""
    yield from (f"알림: {told(project, unshown_notice(one))}" for one in artefacts)


def unshown_notice(artefact: Artefact) -> LectureError:
    """Return what is said of a drawing that no page includes."""
    asked = f'--8<-- "generated/{artefact.page}/{artefact.name}.md"'
    return LectureError(
        f"{artefact.id}: 어느 쪽에도 실리지 않았습니다.",
        path=artefact.path,
        line=artefact.line,
        hint=f"쪽에 적거나, 함수를 지우세요: {asked}",
    )


def orphan_lines(book: Book) -> Iterator[str]:
    """Yield the results that no experiment owns; what else lies there is no matter."""
    for path in orphan_paths(book):
        place = book.project.relative(path)
        yield f"주인 없는 결과: {place} (지우려면: {TIDY})"


def orphan_paths(book: Book) -> Iterator[Path]:
    """Yield the results files that no experiment owns."""
    for place in filter(book.shelf.is_results, book.orphans):
        yield book.shelf.path(place)


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

"""What `check --json` and `list --json` print: one document, whose keys will stay.

check: {"green": …, "faults": […]}
    green: whether nothing keeps the project, or the pages asked for, from being green
    faults: what `check` tells, each
        kind: "module" (code breaks a rule), "result" (a file cannot be read), "page",
            "stale" (to be run again); these keep from being green; and "unshown" (drawn
            and shown nowhere), "orphan" (a result without an experiment), which do not
        path, line: where, from the project's root; null where there is no such place
        message, hint: what is wrong, and what helps ("" for none), in Korean

list: {"artefacts": […], "faults": […]}
    artefacts: each
        id: "page.figure_curve"; page, kind, name: its parts, kind being "experiment",
            "lab", "figure", "frames", "table" or "claim"
        path, line: of its definition
        state: "fresh", "adopted" (fresh, its result lies under an earlier name),
            "stale", "waiting" (for a result that it receives), "missing", "refuted"
            (a claim that does not hold) or "unreadable"
        runs, runs_due: its cases (1 without any), and those to be done again
        seconds: that its last runs, or drawing it, took together; null: unknown
        shown: [{"path": …, "line": …}]: where pages quote or include it, or what rests
            on it; [] for nowhere
    faults: as of check, those of artefacts and modules that could not be listed
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lecture.base.errors import CollectError, FreezeError, LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.status import Status
from lecture.cli.report import TIDY, orphan_paths, unshown_notice
from lecture.collect.artefact import Artefact

if TYPE_CHECKING:
    from lecture.publish.shown_places import Spots
    from lecture.run.inventory import Entry

Told = tuple[str, LectureError]  # a kind of fault, and what is told
_QUIET = ("unshown", "orphan")  # kinds that keep no project from being green


def check_document(
    book: Book,
    statuses: Iterable[Status],
    errors: Iterable[LectureError],
    unshown: Iterable[Artefact],
) -> dict[str, Any]:
    """Return what `check --json` prints."""
    told: list[Told] = [
        *((_kind(error), error) for error in errors),
        *(("stale", _to_run(status)) for status in statuses if status.stale),
        *(("unshown", unshown_notice(artefact)) for artefact in unshown),
        *(("orphan", _orphan(path)) for path in orphan_paths(book)),
    ]
    green = all(kind in _QUIET for kind, _ in told)
    return {"green": green, "faults": [_fault(book.project, *one) for one in told]}


def list_document(
    project: Project,
    entries: Iterable["Entry"],
    spots: "Spots",
    errors: Iterable[LectureError],
) -> dict[str, Any]:
    """Return what `list --json` prints."""
    return {
        "artefacts": [_entry(project, entry, spots) for entry in entries],
        "faults": [_fault(project, _kind(error), error) for error in errors],
    }


def _kind(error: LectureError) -> str:
    if isinstance(error, CollectError):
        return "module"
    return "result" if isinstance(error, FreezeError) else "page"


def _to_run(status: Status) -> LectureError:
    artefact = status.artefact
    message = f"{artefact.id}: 다시 실행할 것이 {len(status.stale)}개 있습니다."
    hint = f"실행하려면: python scripts/build.py {artefact.page}"
    return LectureError(message, path=artefact.path, line=artefact.line, hint=hint)


def _orphan(path: Path) -> LectureError:
    return LectureError("주인 없는 결과입니다.", path=path, hint=f"지우려면: {TIDY}")


def _fault(project: Project, kind: str, error: LectureError) -> dict[str, Any]:
    return {
        "kind": kind,
        "path": _written(project, error.path),
        "line": error.line,
        "message": error.message,
        "hint": error.hint,
    }


def _entry(project: Project, entry: "Entry", spots: "Spots") -> dict[str, Any]:
    artefact = entry.artefact
    shown = (
        {"path": path.as_posix(), "line": line} for path, line in spots[artefact.id]
    )
    return {
        "id": artefact.id,
        "page": artefact.page,
        "kind": artefact.kind,
        "name": artefact.name,
        "path": _written(project, artefact.path),
        "line": artefact.line,
        "state": entry.state,
        "runs": entry.runs,
        "runs_due": entry.runs_due,
        "seconds": entry.seconds,
        "shown": [*shown],
    }


def _written(project: Project, path: Path | str | None) -> str | None:
    return project.relative(Path(path)).as_posix() if path else None

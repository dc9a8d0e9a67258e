"""The stages joined: collect → plan → run → freeze → draw → pages."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from filelock import FileLock, Timeout

from lecture.base.errors import LectureError, PageError
from lecture.base.project import Project
from lecture.book.book import Notes, Survey, orphans, survey
from lecture.book.fingerprints import at_hand
from lecture.publish.page_checks import bound_errors, page_errors
from lecture.publish.pages import DocPage, doc_pages
from lecture.publish.publish import publish
from lecture.publish.values import frozen_values
from lecture.run.drawings import draw_all
from lecture.run.schedule import OnEvent, Settings, run_stale
from lecture.task.job import Failure


@dataclass(frozen=True)
class Report:
    """How a build ended: all that keeps it from being green."""

    failed: Mapping[str, Failure]  # tasks and drawings that gave nothing
    refuted: Mapping[str, Failure]  # claims that do not hold
    doubtful: Mapping[str, Failure]  # claims without results that are good
    stale: tuple[Survey, ...]  # experiments whose results are still not good
    errors: tuple[PageError, ...]  # pages that ask for what does not exist
    bound: int  # numbers of the prose that a result stands behind

    @property
    def is_green(self) -> bool:
        return not (self.failed or self.refuted or self.stale or self.errors)


def build(
    notes: Notes, settings: Settings, on_event: OnEvent, *, train: bool
) -> Report:
    """Bring a project up to date, as far as it can be, and report what cannot.

    Without `train`, nothing is run: everything is drawn from the results at hand.
    Raises LectureError where another build is at work.
    """
    fingerprints = at_hand(notes.project.cache)
    with locked(notes.project):
        failed: dict[str, Failure] = {}
        if train:
            failed = run_stale(notes, settings, fingerprints, on_event)
            for orphan in orphans(notes):
                orphan.unlink()
        everything = replace(settings, forced=frozenset())
        gallery = draw_all(notes, everything, on_event)
        surveys = survey(notes, fingerprints)
        pages = doc_pages(notes.project)
        publish(notes, surveys, gallery.manifest, pages)
    stale = tuple(one for one in surveys if one.stale)
    return Report(
        failed=failed | dict(_undrawn(notes, gallery.failed)),
        refuted=dict(refutations(notes, gallery.refuted)),
        doubtful=dict(_doubtful(notes, stale, {*gallery.failed, *gallery.refuted})),
        stale=stale,
        errors=_page_errors(notes, pages),
        bound=sum(page.coverage.bound for page in pages),
    )


def _page_errors(notes: Notes, pages: tuple[DocPage, ...]) -> tuple[PageError, ...]:
    values = frozen_values(notes.project)
    before = page_errors(notes.project, pages, notes.artefacts)
    return (*before, *bound_errors(notes.project, pages, notes.artefacts, values))


def _undrawn(
    notes: Notes, failed: Mapping[str, Failure]
) -> Iterator[tuple[str, Failure]]:
    """Yield what could not be drawn; of a claim, its sentence too."""
    sentences = {a.id: a.caption for a in notes.artefacts if a.kind == "claim"}
    for name, failure in failed.items():
        if name in sentences:
            message = f"주장을 확인하지 못했습니다: “{sentences[name]}”"
            failure = replace(failure, message=f"{message}\n  {failure.message}")
        yield name, failure


def _doubtful(
    notes: Notes, stale: tuple[Survey, ...], told: set[str]
) -> Iterator[tuple[str, Failure]]:
    """Yield the claims whose results are lacking or no longer good."""
    doubted = {(one.artefact.page, one.artefact.name): one.frozen for one in stale}
    for artefact in notes.artefacts:
        needs = set(artefact.received) & set(doubted)
        if artefact.kind == "claim" and needs and artefact.id not in told:
            lacking = any(doubted[need] is None for need in needs)
            why = "결과가 아직 없는" if lacking else "낡은 결과에 기대는"
            message = f"{why} 주장입니다: “{artefact.caption}”"
            yield artefact.id, Failure(message, artefact.path, artefact.line)


def refutations(
    notes: Notes, verdicts: Mapping[str, str]
) -> Iterator[tuple[str, Failure]]:
    for artefact in notes.artefacts:
        if artefact.id in verdicts:
            sentence = f"주장이 성립하지 않습니다: “{artefact.caption}”"
            message = f"{sentence}\n  {verdicts[artefact.id]}"
            yield artefact.id, Failure(message, artefact.path, artefact.line)


@contextmanager
def locked(project: Project) -> Iterator[None]:
    """Keep two builds of one project apart."""
    project.cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(project.cache / "build.lock")
    owner = project.cache / "build.pid"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        pid = owner.read_text() if owner.exists() else "?"
        raise LectureError(
            f"다른 빌드가 이미 돌고 있습니다 (프로세스 {pid}).",
            hint="그 빌드가 끝난 뒤에 다시 실행하세요.",
        ) from None
    try:
        owner.write_text(str(os.getpid()))
        yield
    finally:
        lock.release()

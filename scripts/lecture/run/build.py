"""The stages joined: collect → book → run → draw → publish → check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lecture.base.errors import LectureError, PageError
from lecture.book.book import Book
from lecture.book.status import Status
from lecture.collect.artefact import Artefact
from lecture.publish.faults import page_faults, pages_digest, unshown_artefacts
from lecture.publish.page_checks import bound_errors
from lecture.publish.page_program import Programs, inputs_of, page_programs
from lecture.publish.pages import DocPage, doc_pages
from lecture.publish.publish import publish
from lecture.publish.values import frozen_values
from lecture.run.drawings import Gallery, draw_all
from lecture.run.edition import Edition, last_edition, remember
from lecture.run.executor import Executor
from lecture.run.programs import program_faults, run_programs
from lecture.run.schedule import run_stale
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure


@dataclass(frozen=True)
class Report:
    """How a build ended: all that keeps it from being green, and what was counted."""

    faults: tuple[LectureError, ...]  # modules that break a rule
    failed: Mapping[str, Failure]  # tasks and drawings that gave nothing
    refuted: Mapping[str, Failure]  # claims that do not hold
    doubtful: Mapping[str, Failure]  # claims without results that are good
    stale: tuple[Status, ...]  # experiments whose results are still not good
    errors: tuple[LectureError, ...]  # pages that ask for what does not exist
    bound: int  # numbers of the prose that a result stands behind
    unshown: tuple[Artefact, ...]  # what is drawn, and included by no page
    redrawn: tuple[Artefact, ...]  # what was drawn before, and looks otherwise now

    @property
    def is_green(self) -> bool:
        told = (self.faults, self.failed, self.refuted, self.stale, self.errors)
        return not any(told)


def build(
    book: Book,
    settings: Settings,
    execute: Executor,
    on_event: OnEvent,
    *,
    train: Executor | None,
) -> tuple[Book, Report]:
    """Bring a project up to date, as far as it can be, and report what cannot.

    train: where runs go. Without it, nothing is run: everything is drawn from the
    results at hand.
    """
    failed: dict[str, Failure] = {}
    if train:
        book, failed = run_stale(book, settings, train, on_event)
    gallery = draw_all(book, replace(settings, pages=frozenset()), execute, on_event)
    report = reported(book, gallery, failed)
    known = last_edition(book) if report.is_green else None
    if known:
        return book, replace(report, bound=known.bound)
    pages = doc_pages(book.project)
    programs, unread = page_programs(book, pages)
    if train:
        failed = run_programs(book, programs, settings, execute, on_event)
        report = replace(report, failed={**report.failed, **failed})
    report = replace(report, errors=(*report.errors, *unread))
    return book, _published(book, gallery, pages, programs, report)


def reported(
    book: Book,
    gallery: Gallery,
    failed: Mapping[str, Failure],
    pages: tuple[DocPage, ...] | None = None,
) -> Report:
    """Return how a build stands before anything is published.

    pages: are read where they are needed, and not given.
    """
    stale = tuple(
        status for a in book.runs.values() if (status := book.status(a)).is_red
    )
    told = {*gallery.failed, *gallery.refuted}
    digest = pages_digest(book)
    return Report(
        faults=tuple(fault.error for fault in book.collection.faults),
        failed={**failed, **dict(_undrawn(book, gallery.failed))},
        refuted=dict(refutations(book, gallery.refuted)),
        doubtful=dict(_doubtful(book, stale, told)),
        stale=stale,
        errors=page_faults(book, digest, pages),
        bound=0,
        unshown=unshown_artefacts(book, digest, pages),
        redrawn=tuple(a for a in book.artefacts if a.id in gallery.redrawn),
    )


def _published(
    book: Book,
    gallery: Gallery,
    pages: tuple[DocPage, ...],
    programs: Programs,
    report: Report,
) -> Report:
    """Publish, and add to a report what is amiss with the pages."""
    published = publish(book, gallery.manifest, pages, programs)
    values = frozen_values(book.project, book.frozen)
    errors = (
        *report.errors,
        *bound_errors(book.project, pages, book.artefacts, values),
        *published.errors,
        *program_faults(book, pages, programs, report.failed),
        *_lost(book, published.files),
    )
    bound = sum(page.coverage.bound for page in pages)
    report = replace(report, errors=errors, bound=bound)
    if report.is_green:
        remember(book, Edition(bound, inputs_of(programs)))
    return report


def _lost(book: Book, published: frozenset[Path]) -> Iterator[PageError]:
    """Tell what was published and is there no more: a task may have removed it."""
    lost = sorted(path for path in published if not path.exists())
    for path in lost[:1]:
        more = f" (모두 {len(lost)}개)" if len(lost) > 1 else ""
        yield PageError(
            f"빌드가 쓴 파일이 빌드하는 동안 사라졌습니다{more}.",
            path=book.project.relative(path),
            hint="다시 그리려면: python scripts/build.py",
        )


def _undrawn(
    book: Book, failed: Mapping[str, Failure]
) -> Iterator[tuple[str, Failure]]:
    """Yield what could not be drawn; of a claim, its sentence too."""
    sentences = {a.id: a.caption for a in book.artefacts if a.kind == "claim"}
    for name, failure in failed.items():
        if name in sentences:
            message = f"주장을 확인하지 못했습니다: “{sentences[name]}”"
            failure = replace(failure, message=f"{message}\n  {failure.message}")
        yield name, failure


def _doubtful(
    book: Book, stale: tuple[Status, ...], told: set[str]
) -> Iterator[tuple[str, Failure]]:
    """Yield the claims whose results are lacking or no longer good."""
    doubted = {status.artefact.place for status in stale}
    for artefact in book.artefacts:
        needs = {*artefact.needs.values()} & doubted
        if artefact.kind == "claim" and needs and artefact.id not in told:
            lacking = any(book.frozen(place) is None for place in needs)
            why = "결과가 아직 없는" if lacking else "낡은 결과에 기대는"
            message = f"{why} 주장입니다: “{artefact.caption}”"
            yield artefact.id, _said(artefact, message)


def refutations(
    book: Book, verdicts: Mapping[str, str]
) -> Iterator[tuple[str, Failure]]:
    """Yield the claims that do not hold, with their sentences and evidence."""
    for artefact in book.artefacts:
        if artefact.id in verdicts:
            sentence = f"주장이 성립하지 않습니다: “{artefact.caption}”"
            yield artefact.id, _said(artefact, f"{sentence}\n  {verdicts[artefact.id]}")


def _said(artefact: Artefact, message: str) -> Failure:
    return Failure(message, artefact.path, artefact.line)

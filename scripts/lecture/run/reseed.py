"""Reseeded runs: do the claims hold on other random numbers too?"""

from collections.abc import Mapping
from dataclasses import dataclass

from lecture.base.errors import LectureError
from lecture.book.book import Book
from lecture.book.reading import aside
from lecture.run.build import refutations
from lecture.run.drawings import draw_all
from lecture.run.executor import Executor
from lecture.run.schedule import run_stale
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure


@dataclass(frozen=True)
class Aside:
    """What a run beside the site's results has shown, and how much it looked at."""

    runs: int
    claims: int
    failed: Mapping[str, Failure]
    refuted: Mapping[str, Failure]


def reseeded_run(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> Aside:
    """Run every experiment with `seed` and `seeds` moved, and check the claims again.

    A run that was broken off goes on where it stopped. Raises LectureError where there
    is no claim to check.
    """
    name = f"reseeded-{settings.seed_shift}"
    return run_aside(book, name, settings, execute, on_event)[1]


def run_aside(
    book: Book,
    name: str,
    settings: Settings,
    execute: Executor,
    on_event: OnEvent,
    run: Executor | None = None,
) -> tuple[Book, Aside]:
    """Run experiments, with `run` if need be, and check the claims on what they give.

    The results lie in the cache under a name, apart from those of the site.
    """
    chosen = tuple(
        a
        for a in book.artefacts
        if a.kind in ("experiment", "claim") and settings.wants(a)
    )
    other = aside(book, name, chosen)
    claims = sum(a.kind == "claim" for a in chosen)
    if not claims:
        hint = "쪽의 이름을 살펴보세요."
        raise LectureError("확인할 주장이 하나도 없습니다.", hint=hint)
    other, failed = run_stale(other, settings, run or execute, on_event)
    gallery = draw_all(other, settings, execute, on_event)
    other.memory.save()
    refuted = dict(refutations(other, gallery.refuted))
    runs = sum(len(a.rows) for a in other.artefacts if a.kind == "experiment")
    return other, Aside(runs, claims, failed | dict(gallery.failed), refuted)

"""Runs beside the site's results: on small data, or on other random numbers."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console

from lecture.base.files import write_if_changed
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.cli.choosing import chosen_pages
from lecture.cli.progress import shown
from lecture.cli.report import failure_lines
from lecture.run.defaults import defaults_run
from lecture.run.local import local, worker_count
from lecture.run.lock import locked
from lecture.run.parity import parity_run
from lecture.run.reseed import Aside, reseeded_run
from lecture.run.settings import OnEvent, Settings
from lecture.run.small_values import small_values
from lecture.run.smoke import smoke_run
from lecture.task.processes import end_tree

_MOST = 20  # experiments whose moves are listed


def run_smoke(
    project: Project,
    pages: Sequence[str],
    *,
    values: str | None,
    jobs: int | None,
    cold: bool,
) -> int:
    """Run everything once on small data, and print what is wrong."""
    book = read_book(project)
    settings = Settings(jobs or worker_count(), chosen_pages(book, pages), cold=cold)
    try:
        with shown(Console(stderr=True), 0, 0) as on_event:
            found, done = smoke_run(book, settings, local(settings), on_event)
    finally:
        end_tree(None, itself=False)
    if values:
        write_if_changed(Path(values), small_values(done))
    return _told(
        project, found, f"실행 {found.runs}번을 작은 데이터로 돌려 보았습니다."
    )


def run_reseed(
    project: Project,
    shift: int,
    pages: Sequence[str],
    *,
    jobs: int | None,
    cold: bool,
) -> int:
    """Run experiments with other seeds, and print the claims that fall."""
    book = read_book(project)
    chosen = chosen_pages(book, pages)
    settings = Settings(jobs or worker_count(), chosen, cold=cold, seed_shift=shift)
    try:
        with locked(project), shown(Console(stderr=True), 0, 0) as on_event:
            found = reseeded_run(book, settings, local(settings), on_event)
    finally:
        end_tree(None, itself=False)
    looked = (
        f"실행 {found.runs}번의 시드를 옮기고 주장 {found.claims}개를 확인했습니다."
    )
    return _told(project, found, looked)


def run_parity(
    project: Project,
    pages: Sequence[str],
    *,
    whole: bool,
    defaults: bool,
    jobs: int | None,
    cold: bool,
) -> int:
    """Run through the engine and without it, and print where the values differ."""
    book = read_book(project)
    settings = Settings(jobs or worker_count(), chosen_pages(book, pages), cold=cold)
    compare = _defaults if defaults else partial(_compared, whole=whole)
    try:
        with locked(project), shown(Console(stderr=True), 0, 0) as on_event:
            found, looked = compare(book, settings, on_event)
    finally:
        end_tree(None, itself=False)
    return _told(project, found, looked)


def _compared(
    book: Book, settings: Settings, on_event: OnEvent, *, whole: bool
) -> tuple[Aside, str]:
    found = parity_run(book, settings, local(settings), on_event, whole=whole)
    looked = f"실행 {found.compared}개를 엔진 없이 다시 돌려 견주었습니다."
    if found.elsewhere:
        looked += f" {found.elsewhere}개는 이 기계에서 엔진으로 실행한 것과 같습니다."
    if found.timed:
        looked += f" {found.timed}개는 시간을 재므로 소수는 빼고 보았습니다."
    return Aside(found.compared, 0, found.failed, {}), looked


def _defaults(book: Book, settings: Settings, on_event: OnEvent) -> tuple[Aside, str]:
    found, moves = defaults_run(book, settings, local(settings), on_event)
    lines = [f"  {share:8.2g}배  {name}" for name, share in _farthest(moves)]
    looked = (
        f"실행 {found.runs}번을 환경 변수 없이 돌리고 주장 {found.claims}개를 "
        f"확인했습니다. 수가 달라진 실험은 {len(moves)}개입니다."
    )
    return found, "\n".join([looked, *lines])


def _farthest(moves: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(moves.items(), key=lambda move: -move[1])[:_MOST]


def _told(project: Project, found: Aside, looked: str) -> int:
    for title, failures in (("실패", found.failed), ("어긋남", found.refuted)):
        for name, failure in failures.items():
            for line in failure_lines(project, f"{title}: {name}", failure):
                print(line, file=sys.stderr)
    print(looked, flush=True)
    return 1 if found.failed or found.refuted else 0

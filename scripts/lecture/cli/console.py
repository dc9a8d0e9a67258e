"""Running a build in a terminal: the progress display around the pipeline."""

import argparse
import sys
from dataclasses import replace

from rich.console import Console

from lecture.book.book import Notes, forced
from lecture.book.fingerprints import at_hand
from lecture.book.keys import Task, current_records
from lecture.cli.progress import shown
from lecture.cli.report import failure_lines
from lecture.run.build import Report, build
from lecture.run.local import worker_count
from lecture.run.reseed import reseeded_run
from lecture.run.schedule import Settings, ready_tasks
from lecture.run.smoke import smoke_run
from lecture.task.job import Failure
from lecture.task.processes import end_tree


def settings_of(notes: Notes, chosen: argparse.Namespace) -> Settings:
    """Return the settings that the command line asks for."""
    return Settings(
        workers=chosen.jobs or worker_count(),
        pages=notes.with_lenders(chosen.pages),
        forced=forced(notes, tuple(chosen.rerun)),
        cold=chosen.cold,
    )


def run_build(notes: Notes, chosen: argparse.Namespace) -> Report:
    """Build with a progress display; on any way out, leave no process behind."""
    settings = settings_of(notes, chosen)
    tasks: list[Task] = []
    if not chosen.frozen:
        tasks = ready_tasks(notes, settings, at_hand(notes.project.cache))
    expected = sum(_last_seconds(notes, task) for task in tasks) / settings.workers
    try:
        with shown(Console(stderr=True), len(tasks), expected) as on_event:
            return build(notes, settings, on_event, train=not chosen.frozen)
    finally:
        end_tree(None, itself=False)


def run_aside(notes: Notes, chosen: argparse.Namespace) -> bool:
    """Run on small data, or with other seeds, and print what is wrong; keep nothing."""
    settings = replace(settings_of(notes, chosen), forced=frozenset())
    refuted: dict[str, Failure] = {}
    try:
        with shown(Console(stderr=True), 0, 0) as on_event:
            if chosen.smoke:
                failed = smoke_run(notes, settings, on_event)
            else:
                settings = replace(settings, seed_shift=chosen.reseed)
                failed, refuted = reseeded_run(notes, settings, on_event)
    finally:
        end_tree(None, itself=False)
    for title, found in (("실패", failed), ("어긋남", refuted)):
        for name, failure in found.items():
            for line in failure_lines(notes.project, f"{title}: {name}", failure):
                print(line, file=sys.stderr)
    return not (failed or refuted)


def _last_seconds(notes: Notes, task: Task) -> float:
    frozen = notes.frozen(task.artefact.page, task.artefact.name)
    records = current_records(task.artefact, frozen)
    same = [r.seconds for r in records if r.case == task.case]
    mean = sum(r.seconds for r in records) / len(records) if records else 0.0
    return same[0] if same else mean

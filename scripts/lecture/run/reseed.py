"""Reseeded runs: do the claims hold on other random numbers too?"""

from dataclasses import replace

from lecture.book.book import Notes
from lecture.book.fingerprints import at_hand
from lecture.run.build import locked, refutations
from lecture.run.drawings import draw_all
from lecture.run.schedule import OnEvent, Settings, run_stale
from lecture.task.job import Failure


def reseeded_run(
    notes: Notes, settings: Settings, on_event: OnEvent
) -> tuple[dict[str, Failure], dict[str, Failure]]:
    """Run every experiment with its seeds moved; return what failed, and what is false.

    The results lie in the cache, apart from those of the site. A run that was broken
    off goes on where it stopped. Raises LectureError where another build is at work.
    """
    aside = replace(
        notes,
        project=replace(notes.project, aside=f"reseeded-{settings.seed_shift}"),
        artefacts=tuple(
            a for a in notes.artefacts if a.kind in ("experiment", "claim")
        ),
    )
    with locked(notes.project):
        failed = run_stale(aside, settings, at_hand(notes.project.cache), on_event)
        gallery = draw_all(aside, settings, on_event)
    return failed | gallery.failed, dict(refutations(aside, gallery.refuted))

"""An author's workshop: what is saved is drawn, and run where that is quick."""

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from lecture.base.errors import LectureError
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book, remembered
from lecture.cli.report import fault_lines, report_lines, told
from lecture.collect.libraries import libraries
from lecture.preview.marking import Standing, dear_text, marks_of
from lecture.preview.marks import Marks
from lecture.preview.newness import Newness
from lecture.preview.runner import PATIENCE, Runner
from lecture.publish.page_program import page_programs
from lecture.publish.pages import DocPage, doc_pages
from lecture.publish.publish import LISTS, publish
from lecture.run import server
from lecture.run.build import reported
from lecture.run.drawings import Gallery, as_drawn, draw_all
from lecture.run.jobs import libraries_of_runs
from lecture.run.local import local, worker_count
from lecture.run.lock import BusyError, locked
from lecture.run.settings import Settings

_FEW = 4  # drawings that a page waits for
_LATER = 1.0  # seconds until another look, where another build was at work


class Workshop:
    """Keeps what pages include up to date, and says how each artefact stands."""

    def __init__(self, project: Project, note: Callable[[], None]) -> None:
        self.marks: Marks = {}
        self._project = project
        self._note = note  # that there is something new
        self._memory = remembered(project)
        self._settings = Settings(workers=worker_count())
        self._execute = local(self._settings)
        self._runner = Runner(self._settings, self._execute, note)
        self._newness = Newness()
        self._pages: tuple[DocPage, ...] = ()
        self._said: list[str] = []

    def open(self) -> None:
        """Publish what there is, for text comes first; have processes get ready."""
        book = self._read()
        names = libraries_of_runs(book, book.runs.values())
        warm = (name for one in libraries(names) for name in one.warm)
        server.context(("lecture.task.worker", *warm), cold=False)
        self._told(lambda: self._renew(draws=False))
        self._note()

    def refresh(self) -> bool:
        """Draw and publish what is new; tell whether pages may show it."""
        return self._told(lambda: self._renew(draws=True))

    def run_dear(self) -> None:
        """Run what waits for a word of the author, and what has failed."""
        book = self._read()
        self._runner.forget_failures()
        plan = self._runner.plan(book)
        self._runner.run(book, (*plan.quick, *plan.dear), None)
        self._note()

    def close(self) -> None:
        """Keep what was worked out, for the next command."""
        self._memory.save()

    def _read(self) -> Book:
        return read_book(self._project, self._memory)

    def _told(self, work: Callable[[], None]) -> bool:
        """Do a piece of work; say in words what keeps it from being done."""
        try:
            with locked(self._project):
                work()
        except BusyError:
            threading.Timer(_LATER, self._note).start()
            return False
        except LectureError as error:
            self._say([told(self._project, error)])
        return True

    def _renew(self, *, draws: bool) -> None:
        book = self._read()
        gallery, stale = as_drawn(book)
        plan = self._runner.plan(book)
        if draws:
            gallery, stale = self._drawn(book, gallery, stale)
            self._runner.run(book, plan.quick, PATIENCE)
        pages = self._pages = doc_pages(self._project, self._pages)
        errors = self._publish(book, gallery, pages)
        report = reported(book, gallery, self._runner.failures(book), pages)
        report = replace(report, errors=(*report.errors, *errors))
        now = Standing(book, pages, report, self._runner.running, stale, plan.dear)
        self.marks = marks_of(now)
        self._say([*_lines(now)])

    def _drawn(
        self, book: Book, gallery: Gallery, stale: frozenset[str]
    ) -> tuple[Gallery, frozenset[str]]:
        """Draw a few things at once, and many beside the preview."""
        if not stale or self._runner.is_drawing:
            return gallery, stale
        if len(stale) > _FEW:
            self._runner.draw(book)
            return gallery, stale
        drawn = draw_all(book, self._settings, self._execute, lambda event: None)
        return drawn, frozenset()

    def _publish(
        self, book: Book, gallery: Gallery, pages: tuple[DocPage, ...]
    ) -> tuple[LectureError, ...]:
        """Publish the pages of which anything is new; return what kept them from it."""
        old = self._newness.old(book, gallery, pages)
        if {*book.pages, LISTS} == old:
            return ()
        programs, unread = page_programs(book, pages)
        published = publish(book, gallery.manifest, pages, programs, old)
        return *published.errors, *unread

    def _say(self, lines: list[str]) -> None:
        """Tell in the terminal what was not told the last time."""
        if lines != self._said:
            for line in lines or ["고칠 것이 없습니다."]:
                print(line, file=sys.stderr, flush=True)
        self._said = lines


def _lines(now: Standing) -> Iterator[str]:
    """Yield what an author has to mend, what runs, and what waits."""
    project, report = now.book.project, now.report
    yield from fault_lines(project, report.faults, report.errors)
    yield from report_lines(project, replace(report, doubtful={}, stale=()))
    for place in sorted(now.running, key=str):
        yield f"실행 중: {now.book.runs[place].id}"
    yield from (dear_text(now.book, status) for status in now.dear)

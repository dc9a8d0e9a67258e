"""What has moved since a revision of git: values, sentences, claims and drawings."""

from collections.abc import Sequence

from rich.console import Console

from lecture.base.errors import LectureError, suggest
from lecture.base.files import write_if_changed
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.moves import moves
from lecture.book.reading import read_book
from lecture.cli.diff_lines import Diff, behind_lines, diff_lines
from lecture.cli.diff_page import diff_page
from lecture.cli.progress import shown
from lecture.publish.pages import doc_pages
from lecture.publish.quotes import quotes
from lecture.run.local import local, worker_count
from lecture.run.lock import locked
from lecture.run.past import past
from lecture.run.redrawn import Exhibition, exhibition
from lecture.run.settings import Settings
from lecture.task.processes import end_tree


def run_diff(project: Project, names: Sequence[str], *, since: str) -> int:
    """Say what is not as it was, and write a page with what was seen then and now."""
    with locked(project):
        then = past(project, since)
        before, after = read_book(then.project), read_book(project)
        pages = _chosen(before, after, names)
        drawn = _exhibition(before, after, pages)
        changes = moves(before, after, pages), quotes(before, after, pages)
        found = Diff(then.name, *changes, drawn)
        lines = [*diff_lines(project, found), *behind_lines(after, drawn, pages)]
        for book in (before, after):
            book.memory.save()
    if found.changed:
        path = project.cache / "diff.html"
        write_if_changed(path, diff_page(project, found))
        lines.append(f"\n나란히 보기: {project.relative(path)}")
    for line in lines:
        print(line)
    return 0


def _exhibition(before: Book, after: Book, pages: frozenset[str]) -> Exhibition:
    settings = Settings(worker_count(), pages)
    try:
        with shown(Console(stderr=True), 0, 0) as on_event:
            return exhibition(before, after, settings, local(settings), on_event)
    finally:
        end_tree(None, itself=False)


def _chosen(before: Book, after: Book, names: Sequence[str]) -> frozenset[str]:
    """Return the pages that are named, those of prose alone or of the past among them.

    Raises LectureError for a name that is none.
    """
    slugs = (page.slug for page in doc_pages(after.project))
    known = {*before.pages, *after.pages, *slugs}
    for name in names:
        if name not in known:
            hint = (
                f"{suggest(name, known)}\n"
                f"  → git의 판이라면: python scripts/build.py diff --since {name}"
            )
            raise LectureError(f"그런 쪽이 없습니다: {name}", hint=hint)
    return frozenset(names)

"""Pages: what docs/*.md ask for must exist, and be bound, before MkDocs reads it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lecture.artefact import Artefact
from lecture.coverage import coverage
from lecture.docpages import DocPage, doc_pages
from lecture.errors import PageError
from lecture.includes import include_errors
from lecture.markdown import frozen_values
from lecture.numbers import substitute
from lecture.project import Project
from lecture.sources import items, place_errors, places


def page_errors(project: Project, artefacts: Iterable[Artefact]) -> Iterator[PageError]:
    """Yield what is wrong on each page, with file and line."""
    artefacts = tuple(artefacts)
    pages = doc_pages(project)
    for page in pages:
        for error in _errors_of(page, project, artefacts):
            yield _placed(error, page.path)
        try:
            substitute(page.text, frozen_values(project), path=page.path)
        except PageError as error:
            yield error
    try:
        yield from place_errors(project, items(project), places(pages, artefacts))
    except PageError as error:
        yield error


def bound_count(project: Project) -> int:
    """Return how many numbers of all pages are bound to a result."""
    return sum(coverage(page.text).bound for page in doc_pages(project))


def _errors_of(
    page: DocPage, project: Project, artefacts: tuple[Artefact, ...]
) -> Iterator[PageError]:
    """Yield what is wrong on one page, with its line."""
    yield from include_errors(page.text, project)
    yield from _clashes(page, artefacts)
    yield from coverage(page.text).unbound


def _clashes(page: DocPage, artefacts: tuple[Artefact, ...]) -> Iterator[PageError]:
    """Yield an error for each heading whose id is that of an artefact on the page."""
    shown = {a.name for a in artefacts if page.shows(a.page, a.name)}
    for name in sorted(shown & page.anchors):
        yield PageError(
            f"제목의 `#{name}`: 이 쪽에 실은 그림·표·주장의 이름입니다.",
            line=page.line_of(rf"#.*\{{ *#{name} *\}}$"),
            hint="한 쪽에서 이름은 한 번만 쓸 수 있습니다. 제목의 이름을 바꿉니다.",
        )


def _placed(error: PageError, place: Path) -> PageError:
    return PageError(error.message, path=place, line=error.line, hint=error.hint)

"""Pages: what docs/*.md ask for must exist, and be bound, before MkDocs reads it."""

from collections.abc import Iterator
from pathlib import Path

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.publish.includes import include_errors
from lecture.publish.numbers import substitute
from lecture.publish.pages import DocPage, line_beginning
from lecture.publish.sources import items, place_errors, places
from lecture.render.binding import frozen_values


def page_errors(
    project: Project, pages: tuple[DocPage, ...], artefacts: tuple[Artefact, ...]
) -> Iterator[PageError]:
    """Yield what is wrong on each page, with file and line."""
    values = frozen_values(project)
    for page in pages:
        for error in _errors_of(page, project, artefacts):
            yield _placed(error, page.path)
        try:
            substitute(page.text, values, path=page.path)
        except PageError as error:
            yield error
    try:
        yield from place_errors(project, items(project), places(pages, artefacts))
    except PageError as error:
        yield error


def _errors_of(
    page: DocPage, project: Project, artefacts: tuple[Artefact, ...]
) -> Iterator[PageError]:
    """Yield what is wrong on one page, with its line."""
    yield from include_errors(page.text, project)
    yield from _clashes(page, artefacts)
    yield from page.coverage.unbound


def _clashes(page: DocPage, artefacts: tuple[Artefact, ...]) -> Iterator[PageError]:
    """Yield an error for each heading whose id is that of an artefact on the page."""
    shown = {a.name for a in artefacts if (a.page, a.name) in page.included}
    for name in sorted(shown & page.anchors):
        yield PageError(
            f"제목의 `#{name}`: 이 쪽에 실은 그림·표·주장의 이름입니다.",
            line=line_beginning(page.text, rf"#.*\{{ *#{name} *\}}$"),
            hint="한 쪽에서 이름은 한 번만 쓸 수 있습니다. 제목의 이름을 바꿉니다.",
        )


def _placed(error: PageError, place: Path) -> PageError:
    return PageError(error.message, path=place, line=error.line, hint=error.hint)

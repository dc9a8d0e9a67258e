"""Boxes: of the claims on a page, the few that their author stresses."""

from collections.abc import Iterable, Iterator

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.collect.docstring import parse_docstring
from lecture.publish.pages import DocPage

MOST = 3  # boxes on a page: where everything is stressed, nothing is


def box_errors(
    project: Project, pages: Iterable[DocPage], artefacts: Iterable[Artefact]
) -> Iterator[PageError]:
    """Yield an error for each `강조` of no claim, and for each too many on a page."""
    stressed = [a for a in artefacts if not a.is_run and parse_docstring(a).stressed]
    for artefact in stressed:
        if artefact.kind != "claim":
            hint = "`강조` 줄을 지웁니다. 상자는 `claim_…`의 문장에만 있습니다."
            yield _error(project, artefact, "주장이 아니어서 강조할 수 없습니다.", hint)
    for page in pages:
        shown = [a for a in stressed if (a.page, a.name) in page.included]
        names = ", ".join(artefact.function for artefact in shown)
        for artefact in shown[MOST:]:
            message = f"`{page.path}`의 강조가 {MOST}개를 넘습니다."
            hint = f"가장 뜻밖인 것만 남기고 `강조` 줄을 지웁니다: {names}"
            yield _error(project, artefact, message, hint)


def _error(project: Project, artefact: Artefact, what: str, hint: str) -> PageError:
    path = project.relative(artefact.path)
    message = f"`{artefact.function}`: {what}"
    return PageError(message, path=path, line=artefact.line, hint=hint)

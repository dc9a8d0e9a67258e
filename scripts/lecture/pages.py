"""Pages: every number and include of docs/*.md must exist before MkDocs reads it."""

from collections.abc import Iterator
from pathlib import Path

from lecture.errors import PageError
from lecture.includes import include_errors
from lecture.markdown import frozen_values
from lecture.numbers import substitute
from lecture.project import Project


def page_errors(project: Project) -> Iterator[PageError]:
    """Yield what is wrong on each page, with file and line."""
    for path in sorted(project.docs.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        place = project.relative(path)
        for error in include_errors(text, project):
            yield _placed(error, place)
        try:
            substitute(text, frozen_values(project), path=place)
        except PageError as error:
            yield error


def _placed(error: PageError, place: Path) -> PageError:
    return PageError(error.message, path=place, line=error.line, hint=error.hint)

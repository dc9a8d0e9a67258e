"""Which page is being rendered: Python-Markdown is not told its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.publish.front import split
from lecture.publish.pages import read_page

MISTAKE = "admonition failure"
"""The classes of the box in which an author's live preview shows a mistake."""


@dataclass(frozen=True)
class Rendered:
    """A page while it is rendered, as far as it could be found."""

    source: str  # without its front matter, before any include
    project: Project | None = None
    path: Path | None = None
    first: int = 0  # lines of front matter before the source

    @property
    def way_up(self) -> str:
        """What a link from the page to docs/ begins with: "../" in a sub-folder."""
        if not (self.project and self.path):
            return ""
        return "../" * (len(self.path.relative_to(self.project.docs).parts) - 1)

    def placed(self, error: PageError) -> PageError:
        """Return an error of the source with the file and line that it has there."""
        if error.path or not (self.project and self.path):
            return error
        line = (error.line or 1) + self.first
        return _with_place(error, self.project.relative(self.path), line)

    def searched(self, error: PageError, wrong: str) -> PageError:
        """Return an error with the place of its line: includes have moved the lines."""
        for project, path in self._candidates():
            lines = read_page(path).splitlines()
            for number, line in enumerate(lines, start=1):
                if line.strip() == wrong.strip():
                    return _with_place(error, project.relative(path), number)
        return error

    def _candidates(self) -> Iterator[tuple[Project, Path]]:
        """Yield the page itself, then every other text of docs/, captions as well."""
        if self.project:
            others = sorted(self.project.docs.rglob("*.md"))
            paths = dict.fromkeys([self.path, *others] if self.path else others)
            yield from ((self.project, path) for path in paths if path)


def rendered(source: str, project: Project, told: str = "") -> Rendered:
    """Return the page with that source; told is its path from docs/, where known."""
    told_page = [project.docs / told] if told else []
    for path in [*filter(Path.is_file, told_page), *project.written(".md")]:
        head, body = split(read_page(path))
        if path in told_page or body.strip() == source.strip():
            moved = body[: len(body) - len(body.lstrip("\n"))]
            return Rendered(source, project, path, (head + moved).count("\n"))
    return Rendered(source, project)


def told_path(md: Markdown) -> str:
    """Return the page's path from docs/ where MkDocs renders it, or else ""."""
    if "relpath" not in md.treeprocessors:
        return ""
    return str(
        getattr(getattr(md.treeprocessors["relpath"], "file", None), "src_uri", "")
    )


def _with_place(error: PageError, path: Path, line: int) -> PageError:
    return PageError(error.message, path=path, line=line, hint=error.hint)

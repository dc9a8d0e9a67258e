"""The hand-written pages of docs/, as far as other stages ask about them."""

import re
from dataclasses import dataclass
from pathlib import Path

from lecture.numbers import outside_code
from lecture.project import Project

_HEADING = outside_code(r"^\#+[ ](?P<title>.*?)(?:[ ]*\{[ ]*\#(?P<id>[\w-]+)[ ]*\})?$")


@dataclass(frozen=True)
class DocPage:
    """One page as its author wrote it."""

    slug: str  # "mnist_softmax"
    path: Path  # from the project's root
    text: str

    @property
    def title(self) -> str:
        """The first heading; the slug where there is none."""
        titles = (m["title"] for m in _HEADING.finditer(self.text) if m["title"])
        return next(titles, self.slug)

    @property
    def anchors(self) -> set[str]:
        """The explicit ids of the headings."""
        return {m["id"] for m in _HEADING.finditer(self.text) if m["id"]}

    def line_of(self, pattern: str) -> int:
        """Return the first line that begins with a pattern; 1 where none does."""
        found = re.search(rf"^{pattern}", self.text, re.MULTILINE)
        return self.text.count("\n", 0, found.start()) + 1 if found else 1

    def shows(self, module: str, artefact: str | None = None) -> bool:
        """Tell whether the page includes an artefact, or any one, of a module."""
        name = rf"{artefact}\.md\"" if artefact else ""
        return bool(re.search(rf'"generated/{module}/{name}', self.text))


def doc_pages(project: Project) -> tuple[DocPage, ...]:
    """Return the pages of a project, by slug."""
    return tuple(
        DocPage(path.stem, project.relative(path), path.read_text(encoding="utf-8"))
        for path in sorted(project.docs.glob("*.md"))
    )


def page_of(pages: tuple[DocPage, ...], module: str) -> DocPage | None:
    """Return the page of a module: the one of its name, or the first that shows it."""
    same = (page for page in pages if page.slug == module)
    showing = (page for page in pages if page.shows(module))
    return next(same, None) or next(showing, None)

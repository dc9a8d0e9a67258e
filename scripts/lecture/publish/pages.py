"""The hand-written pages of docs/, as far as other stages ask about them."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lecture.base.project import Project
from lecture.publish.coverage import Coverage, coverage
from lecture.publish.numbers import line_of, outside_code

_HEADING = outside_code(r"^\#+[ ](?P<title>.*?)(?:[ ]*\{[ ]*\#(?P<id>[\w-]+)[ ]*\})?$")

_INCLUDE = re.compile(r'"generated/(\w+)/(\w+)\.md"')


@dataclass(frozen=True)
class DocPage:
    """One page as its author wrote it."""

    slug: str  # "mnist_softmax"
    path: Path  # from the project's root
    text: str

    @cached_property
    def title(self) -> str:
        """The first heading; the slug where there is none."""
        titles = (m["title"] for m in _HEADING.finditer(self.text) if m["title"])
        return next(titles, self.slug)

    @cached_property
    def coverage(self) -> Coverage:
        """Which numerals of the prose are bound to a result."""
        return coverage(self.text)

    @cached_property
    def anchors(self) -> set[str]:
        """The explicit ids of the headings."""
        return {m["id"] for m in _HEADING.finditer(self.text) if m["id"]}

    @cached_property
    def included(self) -> frozenset[tuple[str, str]]:
        """Module and name of every artefact that the page includes."""
        return frozenset(_INCLUDE.findall(self.text))


def doc_pages(project: Project) -> tuple[DocPage, ...]:
    """Return the pages of a project, by slug."""
    return tuple(
        DocPage(path.stem, project.relative(path), path.read_text(encoding="utf-8"))
        for path in sorted(project.docs.glob("*.md"))
    )


def page_of(pages: tuple[DocPage, ...], module: str) -> DocPage | None:
    """Return the page of a module: the one of its name, or the first that shows it."""
    same = (page for page in pages if page.slug == module)
    showing = (page for page in pages if module in {name for name, _ in page.included})
    return next(same, None) or next(showing, None)


def line_beginning(text: str, pattern: str) -> int:
    """Return the first line that begins with a pattern; 1 where none does."""
    found = re.search(rf"^{pattern}", text, re.MULTILINE)
    return line_of(text, found.start()) if found else 1

"""The hand-written pages of docs/, as far as other stages ask about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import yaml
from pathspec.gitignore import GitIgnoreSpec

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.publish.coverage import Coverage, coverage
from lecture.publish.front import front_data, without_front
from lecture.publish.includes import includes
from lecture.publish.tokens import line_of, outside_code

DOCS = "docs://"
"""Where a link in a fragment begins that leads on from docs/.

A page in a sub-folder includes the same fragment as one beside it, so "lecture.numbers"
puts the way up in its place when it renders the page.
"""
_HEADING = outside_code(r"^\#+[ ](?P<title>.*?)(?:[ ]*\{[ ]*\#(?P<id>[\w-]+)[ ]*\})?$")
_FRAGMENT = re.compile(r"generated/(\w+)/(\w+)\.md")
_LEFT_OUT = (".*", "/templates/", "/generated/")  # by MkDocs itself, and ours


@dataclass(frozen=True)
class DocPage:
    """One page as its author wrote it."""

    slug: str  # "mnist_softmax", "part1/intro"
    path: Path  # from the project's root
    text: str
    borrowed: str = ""  # hand-written text that it includes from docs/

    @cached_property
    def body(self) -> str:
        """The text with its front matter blank: lines keep their numbers."""
        return without_front(self.text)

    @cached_property
    def front(self) -> dict[str, Any]:
        """What the front matter says."""
        return front_data(self.text)

    @cached_property
    def title(self) -> str:
        """The first heading; the slug where there is none."""
        titles = (title for title, _, _ in self.headings if title)
        return next(titles, self.slug)

    @cached_property
    def headings(self) -> tuple[tuple[str, str, int], ...]:
        """Title, explicit id ("" without one) and line of each heading."""
        found = (m for m in _HEADING.finditer(self.body) if m["code"] is None)
        lines = ((m, line_of(self.body, m.start())) for m in found)
        return tuple((m["title"], m["id"] or "", line) for m, line in lines)

    @cached_property
    def coverage(self) -> Coverage:
        """Which numerals of the prose are bound to a result."""
        return coverage(self.text)

    @cached_property
    def anchors(self) -> set[str]:
        """The explicit ids of the headings."""
        return {name for _, name, _ in self.headings if name}

    @cached_property
    def included(self) -> frozenset[tuple[str, str]]:
        """Module and name of every artefact that the page includes."""
        asked = (*includes(self.text), *includes(self.borrowed))
        found = (_FRAGMENT.fullmatch(one.file) for one in asked)
        return frozenset((m[1], m[2]) for m in found if m)

    @property
    def name(self) -> str:
        """The slug without folders: the name of the module that the page is about."""
        return PurePosixPath(self.slug).name

    def link(self, anchor: str = "") -> str:
        """Return where a fragment's link to this page leads."""
        file = f"{DOCS}{quote(self.slug, safe='/')}.md"
        return f"{file}#{anchor}" if anchor else file


def doc_pages(project: Project, known: tuple[DocPage, ...] = ()) -> tuple[DocPage, ...]:
    """Return the pages that MkDocs will render, by slug.

    Those that were known and are the same stay, with all that was asked of them.
    """
    left_out = _left_out(project)
    before = {page: page for page in known}
    pages = (
        _page(project, path, slug)
        for slug, path in sorted(_files(project))
        if not left_out.match_file(f"{slug}.md")
    )
    return tuple(before.get(page, page) for page in pages)


def page_about(pages: tuple[DocPage, ...], module: str) -> DocPage | None:
    """Return the hand-written page of a slug, or the first that shows what is its."""
    exact = (page for page in pages if page.slug == module)
    same = (page for page in pages if page.name == module)
    showing = (page for page in pages if module in {name for name, _ in page.included})
    return next(exact, None) or next(same, None) or next(showing, None)


def read_page(path: Path) -> str:
    """Return a page's text; what is no UTF-8 becomes U+FFFD, which a check tells."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.read()


def line_beginning(text: str, pattern: str) -> int:
    """Return the first line that begins with a pattern; 1 where none does."""
    found = re.search(rf"^{pattern}", text, re.MULTILINE)
    return line_of(text, found.start()) if found else 1


def _files(project: Project) -> Iterator[tuple[str, Path]]:
    for path in project.written(".md"):
        yield path.relative_to(project.docs).with_suffix("").as_posix(), path


def _page(project: Project, path: Path, slug: str) -> DocPage:
    text = read_page(path)
    borrowed = "\n".join(_borrowed(text, project, frozenset({path})))
    return DocPage(slug, project.relative(path), text, borrowed)


def _borrowed(text: str, project: Project, seen: frozenset[Path]) -> Iterator[str]:
    for one in includes(text):
        places = (project.docs / one.file, project.root / one.file)
        path = next((p for p in places if p.is_file()), None)
        by_hand = one.file.endswith(".md") and not one.file.startswith("generated/")
        if path and by_hand and path not in seen:
            yield (other := read_page(path))
            yield from _borrowed(other, project, seen | {path})


def _left_out(project: Project) -> GitIgnoreSpec:
    """Return the patterns of what MkDocs leaves out of the site."""
    patterns = _settings(project.root / "mkdocs.yml").get("exclude_docs") or ""
    return GitIgnoreSpec.from_lines([*_LEFT_OUT, *patterns.splitlines()])


class _Lenient(yaml.SafeLoader):  # type: ignore[misc]
    """Reads settings whose tags (`!ENV`, `!!python/name:`) only MkDocs understands."""


_Lenient.add_constructor(None, lambda loader, node: None)


def _settings(path: Path) -> dict[str, Any]:
    """Return the settings of MkDocs, those that a file inherits among them."""
    try:
        content = yaml.load(path.read_bytes(), _Lenient) or {}
    except FileNotFoundError:
        return {}
    except yaml.YAMLError as error:
        raise PageError(f"읽을 수 없습니다: {error}", path=path.name) from None
    inherited = content.get("INHERIT")
    return (_settings(path.parent / inherited) if inherited else {}) | content

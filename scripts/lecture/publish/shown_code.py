"""What a page shows, in order: its headings, and the sections of modules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.base.project import Project
from lecture.publish.includes import includes
from lecture.publish.pages import DocPage
from lecture.publish.tokens import line_of


@dataclass(frozen=True)
class ShownCode:
    """A heading, or some lines of a module."""

    text: str = ""  # of a heading, as Markdown
    module: str = ""  # of code, dotted: "runs.activations"
    first: int = 0
    last: int = 0


def shown_code(page: DocPage, project: Project) -> tuple[ShownCode, ...]:
    """Return the headings of a page below its title and its code, in order."""
    found = [*_headings(page), *_sections(page, project)]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _headings(page: DocPage) -> Iterator[tuple[int, ShownCode]]:
    lines = page.body.split("\n")
    for title, _, line in page.headings[1:]:
        level = len(lines[line - 1]) - len(lines[line - 1].lstrip("#"))
        yield line, ShownCode(f"{'#' * level} {title}")


def _sections(page: DocPage, project: Project) -> Iterator[tuple[int, ShownCode]]:
    for item in includes(page.body):
        if item.file.startswith("snippets/") and item.section:
            name = item.file.removeprefix("snippets/").removesuffix(".py")
            text = (project.root / item.file).read_text(encoding="utf-8-sig")
            module = name.replace("/", ".")
            if lines := _lines(text, item.section):
                yield item.line, ShownCode("", module, *lines)


def _lines(text: str, section: str) -> tuple[int, int] | None:
    """Return the first and the last line between the marks of a section.

    Return nothing where there is none: the check of includes names what is there.
    """
    mark = rf"--8<--\s*\[(?:start|end):\s*{re.escape(section)}\s*\]"
    lines = [line_of(text, found.start()) for found in re.finditer(mark, text)]
    return (lines[0] + 1, lines[-1] - 1) if lines else None

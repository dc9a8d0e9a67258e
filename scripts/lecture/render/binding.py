"""The Python-Markdown extension "lecture.numbers": what the engine binds on a page.

It needs no hook, so it works in every tool that renders with Python-Markdown.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.base.project import Project
from lecture.book import results as freeze
from lecture.publish.includes import include_errors
from lecture.publish.numbers import Values, substitute
from lecture.publish.references import number_artefacts, resolve_links

_BEFORE_SNIPPETS = 33  # pymdownx.snippets expands includes at 32
_AFTER_FENCES = 24  # superfences stashes code at 25
_BEFORE_HTML = 21  # raw HTML leaves the text at 20

_INDENTED = re.compile(
    r"^(?P<indent> {4,})<(?P<tag>\w+)\b[^>]*\bmarkdown>\n"
    r"(?:(?:(?P=indent).*|[ ]*)\n)*?(?P=indent)</(?P=tag)>$",
    re.MULTILINE,
)


class NumbersExtension(Extension):
    """Bind numbers, number artefacts, resolve empty links to them, check includes.

    A mistake is raised as PageError, so that a build fails. With `errors: show`, which
    is for an author's live preview, it is shown at the top of its page instead.
    """

    def __init__(self, **config: Any) -> None:
        self.config = {
            "root": [".", "프로젝트의 뿌리 폴더"],
            "errors": ["raise", "raise: 빌드를 멈춥니다. show: 쪽에 보여 줍니다."],
        }
        self.source = ""  # of the page being rendered, before any include
        super().__init__(**config)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        includes = _Step(md, self._check_includes)
        numbers = _Step(md, self._bind)
        indented = _Step(md, lambda text: _lift_indented(text, md))
        md.preprocessors.register(includes, "lecture-includes", _BEFORE_SNIPPETS)
        md.preprocessors.register(numbers, "lecture-numbers", _AFTER_FENCES)
        md.preprocessors.register(indented, "lecture-indented", _BEFORE_HTML)

    def reset(self) -> None:
        self.source = ""

    def _check_includes(self, text: str) -> str:
        self.source = text
        errors = list(include_errors(text, self._project))
        lines = text.split("\n")
        boxes = [self._shown(error, lines[(error.line or 1) - 1]) for error in errors]
        wrong = {error.line for error in errors}
        kept = (line for n, line in enumerate(lines, start=1) if n not in wrong)
        return "\n".join([*boxes, *kept])

    def _bind(self, text: str) -> str:
        try:
            numbered, labels = number_artefacts(text)
            linked = resolve_links(numbered, labels)
            return substitute(linked, frozen_values(self._project))
        except PageError as error:
            line = text.split("\n")[(error.line or 1) - 1]
            return f"{self._shown(error, line)}\n{text}"

    @property
    def _project(self) -> Project:
        return Project(Path(self.getConfig("root")).resolve())

    def _shown(self, error: PageError, line: str) -> str:
        """Return the error as HTML, or raise it, in either case with its place."""
        located = _located(error, line, self.source, self._project)
        if self.getConfig("errors") != "show":
            raise located from None
        lines = "<br>".join(html.escape(str(located)).splitlines())
        title = '<p class="admonition-title">이 쪽에서 고칠 곳</p>'
        return f'\n<div class="admonition failure">{title}<p>{lines}</p></div>\n'


class _Step(Preprocessor):
    """A preprocessor that hands the whole text to a function."""

    def __init__(self, md: Markdown, function: Callable[[str], str]) -> None:
        super().__init__(md)
        self.function = function

    def run(self, lines: list[str]) -> list[str]:
        return self.function("\n".join(lines)).split("\n")


def frozen_values(project: Project) -> Values:
    """Return a function of page and experiment that reads each frozen result once.

    It raises PageError for a page or an experiment without results.
    """

    @cache
    def value(page: str, experiment: str) -> object:
        frozen = freeze.load(project, page, experiment)
        if frozen is None:
            raise _missing(project, page, experiment)
        return frozen.value

    return value


def _missing(project: Project, page: str, experiment: str) -> PageError:
    module = project.snippets / f"{page}.py"
    if not module.exists():
        modules = [path.stem for path in project.snippets.glob("*.py")]
        message = f"{with_particle(f'snippets/{page}.py', '이')} 없습니다."
        return PageError(message, hint=suggest(page, modules))
    if f"def experiment_{experiment}(" in module.read_text(encoding="utf-8"):
        message = f"`{page}.{experiment}` 실험의 결과가 아직 없습니다."
        return PageError(message, hint="실행: python scripts/build.py")
    names = [path.stem for path in (project.results / page).glob("*.json")]
    message = f"`{page}`에는 `{experiment}` 실험이 없습니다."
    return PageError(message, hint=suggest(experiment, names))


def _located(error: PageError, wrong: str, source: str, project: Project) -> PageError:
    """Return the error with the file and line that its author wrote.

    Includes have moved the lines, and Python-Markdown is not told the file's name, so
    the wrong line is searched for: first in the page being rendered.
    """
    for path, content in _pages(project, source):
        for number, line in enumerate(content.splitlines(), start=1):
            if line.strip() == wrong.strip():
                place = project.relative(path)
                return PageError(
                    error.message, path=place, line=number, hint=error.hint
                )
    return error


def _pages(project: Project, source: str) -> Iterator[tuple[Path, str]]:
    pages = [
        (path, path.read_text(encoding="utf-8"))
        for path in sorted(project.docs.rglob("*.md"))
    ]
    yield from sorted(pages, key=lambda page: source.strip() not in page[1])


def _lift_indented(text: str, md: Markdown) -> str:
    """Let artefacts stand in admonitions and lists.

    md_in_html reads HTML that begins a line, and takes what is indented for text of a
    paragraph. So each indented block is read here by itself, and what md_in_html leaves
    in its place is indented again.
    """

    def lift(match: re.Match[str]) -> str:
        lines = dedent(match[0]).split("\n")
        stashed = "\n".join(md.preprocessors["html_block"].run(lines))
        return indent(stashed, match["indent"])

    return _INDENTED.sub(lift, text)

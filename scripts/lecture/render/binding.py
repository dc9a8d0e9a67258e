"""The Python-Markdown extension "lecture.numbers": what the engine binds on a page.

It needs no hook, so it works in every tool that renders with Python-Markdown.
"""

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from lecture.base.errors import PageError
from lecture.base.inert import inert
from lecture.base.project import Project
from lecture.publish.includes import include_errors
from lecture.publish.numbers import substitute
from lecture.publish.pages import DOCS
from lecture.publish.references import number_artefacts, resolve_links
from lecture.publish.tokens import token_errors
from lecture.publish.values import frozen_values
from lecture.render.rendered import MISTAKE, Rendered, rendered, told_path

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
        self.page = Rendered("")  # what is being rendered
        super().__init__(**config)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        source = _Step(md, lambda text: self._check(text, md))
        numbers = _Step(md, self._bind)
        indented = _Step(md, lambda text: _lift_indented(text, md))
        md.preprocessors.register(source, "lecture-source", _BEFORE_SNIPPETS)
        md.preprocessors.register(numbers, "lecture-numbers", _AFTER_FENCES)
        md.preprocessors.register(indented, "lecture-indented", _BEFORE_HTML)

    def reset(self) -> None:
        self.page = Rendered("")

    def _check(self, text: str, md: Markdown) -> str:
        """Check the page as its author wrote it, and leave out what would not load."""
        self.page = rendered(text, self._project, told_path(md))
        lost = list(include_errors(text, self._project))
        wrong = {error.line for error in lost if not error.path}
        kept = [
            line
            for number, line in enumerate(text.split("\n"), start=1)
            if number not in wrong
        ]
        errors = (*lost, *token_errors(text))
        boxes = [self._shown(self.page.placed(error)) for error in errors]
        return "\n".join([*boxes, *kept])

    def _bind(self, text: str) -> str:
        numbered, labels, twice = number_artefacts(text)
        linked, unknown = resolve_links(numbered, labels)
        bound, wrong = substitute(linked, frozen_values(self._project))
        lines = text.split("\n")
        boxes = [
            self._shown(self.page.searched(error, lines[(error.line or 1) - 1]))
            for error in (*twice, *unknown, *wrong)
        ]
        return "\n".join([*boxes, bound.replace(DOCS, self.page.way_up)])

    @property
    def _project(self) -> Project:
        return Project(Path(self.getConfig("root")).resolve())

    def _shown(self, error: PageError) -> str:
        """Return the error as HTML, or raise it."""
        if self.getConfig("errors") != "show":
            raise error
        lines = "<br>".join(inert(line) for line in str(error).splitlines())
        title = '<p class="admonition-title">이 쪽에서 고칠 곳</p>'
        return f'\n<div class="{MISTAKE}">{title}<p>{lines}</p></div>\n'


class _Step(Preprocessor):
    """A preprocessor that hands the whole text to a function."""

    def __init__(self, md: Markdown, function: Callable[[str], str]) -> None:
        super().__init__(md)
        self.function = function

    def run(self, lines: list[str]) -> list[str]:
        return self.function("\n".join(lines)).split("\n")


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

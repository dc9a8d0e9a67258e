"""Mathematics: TeX on a page becomes HTML and MathML while the page is rendered.

KaTeX (vendored) runs in QuickJS, so a reader's browser runs no script for a formula. A
formula that KaTeX does not understand stops the build: it never reaches a page.
"""

import functools
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import quickjs
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.publish.pages import read_page
from lecture.render.rendered import told_path

_KATEX = Path(__file__).parents[1] / "assets" / "katex" / "katex.min.js"
# "strict" speaks of Hangul inside \text, which is what a Korean formula needs. The HTML
# returns in an object, which travels as JSON: the engine keeps a long string in pieces
# that its binding for Python cannot read.
_JAVASCRIPT = """
function render(tex, displayMode) {
  const html = katex.renderToString(tex, {
    displayMode, output: "htmlAndMathml", throwOnError: true, strict: "ignore"
  });
  return { html };
}
"""
_UNDERLINE = "\N{COMBINING LOW LINE}"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def formula_html(tex: str, display: bool) -> str:
    """Return the HTML of a formula: a drawing for the eye, MathML for a screen reader.

    Raises PageError, quoting the source, where KaTeX does not understand it.
    """
    # The search plugin ends an exclusion at the first nested element of the same name:
    # a name of its own keeps all of KaTeX's spans out of the index.
    return f"<x-math data-search-exclude>{_render(tex, display)}</x-math>"


@functools.cache
def _render(tex: str, display: bool) -> str:
    try:
        return str(_katex()(tex, display, run_gc=False)["html"])
    except quickjs.JSException as error:
        raise PageError(
            f"수식을 읽을 수 없습니다: {tex}", hint=_reason(str(error))
        ) from None


@functools.cache
def _katex() -> Any:
    # A Function lives on a thread of its own, so that any thread may call it.
    return quickjs.Function("render", _KATEX.read_text(encoding="utf-8") + _JAVASCRIPT)


def _reason(error: str) -> str:
    first_line = error.splitlines()[0].removeprefix("ParseError: KaTeX parse error: ")
    # KaTeX underlines the culprit with combining marks, which terminals draw as noise.
    return f"KaTeX의 설명: {first_line.replace(_UNDERLINE, '')}"


class MathematicsExtension(Extension):
    """Renders what `pymdownx.arithmatex` (with `generic: true`) has marked.

    A mistake is raised as PageError. With `errors: show`, which is for an author's live
    preview, it is shown in the formula's place instead.
    """

    def __init__(self, **config: Any) -> None:
        self.config = {
            "root": [".", "프로젝트의 뿌리 폴더"],
            "errors": ["raise", "raise: 빌드를 멈춥니다. show: 쪽에 보여 줍니다."],
        }
        super().__init__(**config)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        project = Project(Path(self.getConfig("root")).resolve())
        # Below the table of contents (5), which reads headings as they were written.
        shows = self.getConfig("errors") == "show"
        formulas = _Formulas(md, project, shows_errors=shows)
        md.treeprocessors.register(formulas, "mathematics", 4)


class _Formulas(Treeprocessor):
    def __init__(self, md: Markdown, project: Project, *, shows_errors: bool) -> None:
        super().__init__(md)
        self.project = project
        self.shows_errors = shows_errors

    def run(self, root: Element) -> None:
        for heading in root.iter():
            if heading.tag in _HEADINGS:
                self._refuse_formulas(heading)
        for element in _formulas(root):
            tex, display = _source(element.text or "")
            try:
                element.text = self.md.htmlStash.store(formula_html(tex, display))
            except PageError as error:
                located = self._located(error, tex)
                if not self.shows_errors:
                    raise located from None
                element.text = str(located)

    def _refuse_formulas(self, heading: Element) -> None:
        for element in _formulas(heading):
            tex, _ = _source(element.text or "")
            error = PageError(
                f"제목에는 수식을 쓸 수 없습니다: {tex}",
                hint="제목은 목차와 주소에도 쓰이니 말로 적고, 수식은 본문에 두십시오.",
            )
            raise self._located(error, tex)

    def _located(self, error: PageError, tex: str) -> PageError:
        """Return the error with the first place where its formula is written."""
        slug = Path(told_path(self.md)).stem
        for path, number, line in _lines(self.project, slug):
            if tex.splitlines()[0] in line:
                place = self.project.relative(path)
                return PageError(
                    error.message, path=place, line=number, hint=error.hint
                )
        return error


def _formulas(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if element.get("class") == "arithmatex")


def _source(marked: str) -> tuple[str, bool]:
    r"""Return the TeX inside `\(…\)` or `\[…\]`, and whether it stands by itself."""
    return html.unescape(marked[2:-2]).strip(), marked.startswith(r"\[")


def _lines(project: Project, slug: str) -> Iterator[tuple[Path, int, str]]:
    """Yield every line in which an author may have written a formula, a page's first.

    slug: of the page, and so of its modules; "" where it is not known.
    """
    texts = (*project.written(".md"), *project.snippets.rglob("*.py"))
    for path in sorted(texts, key=lambda path: (path.stem != slug, path)):
        for number, line in enumerate(read_page(path).splitlines(), start=1):
            yield path, number, line

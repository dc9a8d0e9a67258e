"""The Python-Markdown extension "lecture.glossary": terms explain themselves.

docs/glossary.md is the one source of terms. On every other page the first mention of
each carries the first sentence of its entry. It needs no hook.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from lecture.publish.front import split
from lecture.publish.pages import read_page
from lecture.publish.terms import Glossary, GlossaryError, Term, read_glossary
from lecture.render.rendered import MISTAKE

_BEFORE_INCLUDES = 34  # lecture.publish.numbers checks them at 33
_AFTER_FORMULAS = 3  # lecture.render.mathematics draws them at 4
_CLOSED_TAGS = frozenset(
    ("a", "abbr", "button", "caption", "code", "dfn", "dt", "figcaption", "kbd")
    + ("label", "math", "pre", "script", "style", "summary", "svg", "th")
    + ("h1", "h2", "h3", "h4", "h5", "h6")
)
_CLOSED_CLASSES = frozenset({"admonition-title", "arithmatex", "provenance"})


class GlossaryExtension(Extension):
    """Explain the first mention of each term, except in the glossary itself.

    A mistake in the glossary is raised as GlossaryError. With `errors: show`, which is
    for an author's live preview, it is shown at the top of every page instead.
    """

    def __init__(self, **config: Any) -> None:
        self.config = {
            "path": ["docs/glossary.md", "용어집의 경로"],
            "errors": ["raise", "raise: 빌드를 멈춥니다. show: 쪽에 보여 줍니다."],
        }
        self.source = ""  # of the page being rendered, before any include
        super().__init__(**config)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        source, terms = _Source(md, self), _Terms(md, self)
        md.preprocessors.register(source, "lecture-glossary", _BEFORE_INCLUDES)
        md.treeprocessors.register(terms, "lecture-glossary", _AFTER_FORMULAS)

    def reset(self) -> None:
        self.source = ""

    def glossary(self) -> Glossary | None:
        """Return the glossary as it stands now; None while its own page is rendered."""
        path = Path(self.getConfig("path"))
        try:
            text = read_page(path)
        except OSError:
            hint = "mkdocs.yml의 lecture.glossary에 path를 적습니다."
            raise GlossaryError("용어집이 없습니다.", path=path, hint=hint) from None
        glossary = read_glossary(text, str(path))
        own_page = split(text)[1].strip() == self.source.strip()
        return None if own_page else glossary


class _Source(Preprocessor):
    """Notes the page as its author wrote it: Python-Markdown is not told its name."""

    def __init__(self, md: Markdown, extension: GlossaryExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        self.extension.source = "\n".join(lines)
        return lines


class _Terms(Treeprocessor):
    def __init__(self, md: Markdown, extension: GlossaryExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        try:
            glossary = self.extension.glossary()
        except GlossaryError as error:
            if self.extension.getConfig("errors") != "show":
                raise
            root.insert(0, _box(error))
            return
        if glossary is not None:
            _Reader(glossary).read(root)


class _Reader:
    """Reads one page in order, and remembers the terms that it has met."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.met: set[Term] = set()

    def read(self, element: Element) -> None:
        children = list(element)
        element[:] = []
        element.text = self._append(element, element.text)
        for child in children:
            element.append(child)
            if _is_definition(child):
                self._meet(child)
            elif not _is_closed(child):
                self.read(child)
            child.tail = self._append(element, child.tail)

    def _append(self, parent: Element, text: str | None) -> str | None:
        """Append the new terms of a text, and return what comes before the first."""
        if not text or isinstance(text, AtomicString):
            return text
        mentions = list(self._new(text))
        ends = [match.start() for match, _ in mentions] + [len(text)]
        for (match, term), end in zip(mentions, ends[1:], strict=True):
            abbr = _abbr(match[0], term)
            abbr.tail = text[match.end() : end]
            parent.append(abbr)
        return text[: ends[0]]

    def _new(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        for match, term in self.glossary.find(text):
            if term not in self.met:
                self.met.add(term)
                yield match, term

    def _meet(self, definition: Element) -> None:
        if term := self.glossary.term("".join(definition.itertext())):
            self.met.add(term)


def _is_definition(element: Element) -> bool:
    """Tell whether a page explains a word here: `**과적합**(overfitting)`."""
    return element.tag == "strong" and (element.tail or "").startswith("(")


def _is_closed(element: Element) -> bool:
    classes = element.get("class", "").split()
    return element.tag in _CLOSED_TAGS or not _CLOSED_CLASSES.isdisjoint(classes)


def _box(error: GlossaryError) -> Element:
    box = Element("div", {"class": MISTAKE})
    title = SubElement(box, "p", {"class": "admonition-title"})
    title.text = AtomicString("용어집에서 고칠 곳")
    SubElement(box, "p").text = AtomicString(str(error))
    return box


def _abbr(text: str, term: Term) -> Element:
    # Material shows a title on hover and on focus, so a tab stop is what opens it to
    # the keyboard and to a finger. docs/javascripts/keyboard.js leaves one a section.
    abbr = Element("abbr", {"class": "term", "tabindex": "0", "title": term.hover})
    abbr.text = AtomicString(text)
    return abbr

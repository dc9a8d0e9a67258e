"""Links between hand-written pages: the page and the place on it have to exist."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from pymdownx.slugs import slugify

from lecture.base.errors import PageError, suggest
from lecture.collect.artefact import Artefact
from lecture.collect.cells import parse
from lecture.publish.includes import includes
from lecture.publish.names import names_on
from lecture.publish.pages import DocPage, read_page
from lecture.publish.tokens import line_of, outside_code

_LINK = outside_code(
    r"(?<!\[)\]\((?P<file>[^()\s\#:]*\.md)?(?:\#(?P<anchor>[^()\s]+))?\)"
)
_SCRIPT = outside_code(r"(?i:[(<\"'=:]\s*<?\s*(?:java|vb)script:\S)")
_NAMED = re.compile(
    r"\{[^{}\n]*#(?P<brace>[^\s{}]+)|\b(?:id|name)=\"(?P<html>[^\"]+)\""
)
_TITLE = re.compile(
    r"^[ \t>]*#+[ ]*(?P<atx>.+?)[ #]*(?:\{.*\})?$|^(?P<under>.+)\n(?:=+|-+)[ ]*$", re.M
)
_MARKUP = re.compile(r"\]\([^)]*\)|<[^>]*>|[*`\[\]]")
_slug = slugify(case="lower")

Anchors = Mapping[str, frozenset[str]]  # by the page's slug


def anchors_of(
    pages: Iterable[DocPage], artefacts: tuple[Artefact, ...], items: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Return every name to which a link can lead, page by page, as far as is known.

    items: the numbers of the source notes' items.
    """
    modules = {artefact.page for artefact in artefacts}
    shared = {"generated/runs.md": modules, "generated/sources/": set(items)}
    return {page.slug: frozenset(_names(page, artefacts, shared)) for page in pages}


def anchor_errors(page: DocPage, anchors: Anchors) -> Iterator[PageError]:
    """Yield an error, with its line, for each link to a page or place that is not."""
    for match in _LINK.finditer(page.body):
        if match["code"] is None and (match["file"] or match["anchor"]):
            target = _target(page, unquote(match["file"] or ""))
            anchor = unquote(match["anchor"] or "")
            line = line_of(page.body, match.start())
            shown = f"[…]{match[0][1:]}"
            if target not in anchors:
                hint = suggest(target, anchors)
                yield PageError(f"`{shown}`: 그런 쪽이 없습니다.", line=line, hint=hint)
            elif anchor and not _leads(anchor, anchors[target]):
                hint = suggest(anchor, anchors[target])
                message = f"`{shown}`: 그 쪽에 그런 자리가 없습니다."
                yield PageError(message, line=line, hint=hint)


def script_errors(text: str) -> Iterator[PageError]:
    """Yield an error, with its line, for each link that would run a script."""
    for match in _SCRIPT.finditer(text):
        if match["code"] is None:
            line = line_of(text, match.start())
            hint = "누르면 코드가 돕니다. 쪽이나 파일, https 주소로 이으십시오."
            yield PageError(
                f"`{match[0]}`: 스크립트인 링크입니다.", line=line, hint=hint
            )


def _target(page: DocPage, file: str) -> str:
    """Return the slug of the page to which a link leads."""
    folder = posixpath.dirname(page.slug)
    path = posixpath.normpath(posixpath.join(folder, file)) if file else page.slug
    return path.removesuffix(".md")


def _leads(anchor: str, names: frozenset[str]) -> bool:
    # Of headings alike, Python-Markdown numbers the second and those after it.
    return anchor.startswith("fn") or bool(
        {anchor, re.sub(r"_\d+$", "", anchor)} & names
    )


def _names(
    page: DocPage, artefacts: tuple[Artefact, ...], shared: Mapping[str, set[str]]
) -> Iterator[str]:
    yield from names_on(page, artefacts)
    labs = (
        a for a in artefacts if a.kind == "lab" and (a.page, a.name) in page.included
    )
    for text in (page.body, page.borrowed, *map(_prose, labs)):
        yield from _named(text)
    for include in (*includes(page.body), *includes(page.borrowed)):
        for start, names in shared.items():
            yield from names if include.file.startswith(start) else ()


@lru_cache(maxsize=512)  # a preview asks again, and few texts are new
def _named(text: str) -> frozenset[str]:
    named = (m["brace"] or m["html"] for m in _NAMED.finditer(text))
    titles = (m["atx"] or m["under"] for m in _TITLE.finditer(text))
    slugs = (_slug(_MARKUP.sub("", title).strip(), "-") for title in titles)
    return frozenset((*named, *slugs))


def _prose(lab: Artefact) -> str:
    cells = parse(read_page(lab.path), lab.path)
    return "\n\n".join(cell.source for cell in cells if cell.kind == "markdown")

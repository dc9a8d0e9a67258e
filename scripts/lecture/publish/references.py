"""Artefacts of a page: numbered in order of appearance, and referred to by number."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from lecture.base.errors import PageError, suggest
from lecture.base.particles import particle, with_particle
from lecture.publish.tokens import line_of, outside_code

UNNUMBERED = "확인"  # what a link to a claim says

_ARTEFACTS = outside_code(
    r"<\w+\b(?=[^>]*\bclass=\"artefact\b)[^>]*\bid=\"(?P<id>[^\"]+)\"[^>]*>"
    r"|(?P<open><span[ ]class=\"artefact-number\"[ ]data-kind=\"(?P<kind>[^\"]+)\">)"
    r"</span>"
)
_EMPTY_LINKS = outside_code(r"(?<!!)\[\]\((?P<target>[^)\s]*)\)(?P<follower>[가-힣]+)?")


def number_artefacts(
    text: str,
) -> tuple[str, dict[str, str], tuple[PageError, ...]]:
    """Fill the placeholders of artefact numbers; return the text and id → label.

    Figures and tables are counted apart: {"curve": "그림 1", "loss": "표 1"}. The
    errors, each with its line, are of artefacts that a page shows twice.
    """
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    errors: list[PageError] = []

    def fill(match: re.Match[str]) -> str:
        if match["id"]:
            if match["id"] in labels:
                errors.append(shown_twice(match["id"], line_of(text, match.start())))
            labels[match["id"]] = UNNUMBERED
        if not match["kind"]:
            return match[0]
        counts[match["kind"]] += 1
        label = f"{match['kind']} {counts[match['kind']]}"
        if labels:
            labels[next(reversed(labels))] = label  # of the artefact opened last
        return f"{match['open']}{label}</span>"

    return _ARTEFACTS.sub(fill, text), labels, tuple(errors)


def resolve_links(
    text: str, labels: Mapping[str, str]
) -> tuple[str, tuple[PageError, ...]]:
    """Give every empty link outside code its artefact's label: `[](#curve)` → 그림 1.

    The particle after it is mended. A link to an unknown name stays, and is told, with
    its line.
    """

    def label(match: re.Match[str]) -> str:
        name = match["target"] and match["target"].removeprefix("#")
        if not name or not match["target"].startswith("#") or name not in labels:
            return match[0]
        follower = particle(labels[name], match["follower"] or "")
        return f"[{labels[name]}](#{name}){follower}"

    return _EMPTY_LINKS.sub(label, text), tuple(reference_errors(text, labels))


def reference_errors(text: str, names: Collection[str]) -> Iterator[PageError]:
    """Yield an error, with its line, for each empty link to none of the names."""
    for match in _EMPTY_LINKS.finditer(text):
        target = match["target"]
        if match["code"] is not None:
            continue
        if not target.startswith("#") or target.removeprefix("#") not in names:
            yield _unknown(target, names, line_of(text, match.start()))


def own_names(text: str) -> set[str]:
    """Return the ids of the artefacts that stand on a page as HTML."""
    return {match["id"] for match in _ARTEFACTS.finditer(text) if match["id"]}


def shown_twice(name: str, line: int) -> PageError:
    """Return the error of an artefact that a page shows twice."""
    hint = "한 번만 싣고, 다른 곳에서는 `[](#이름)`으로 가리킵니다."
    message = f"{with_particle(name, '을')} 한 쪽에 두 번 실었습니다."
    return PageError(message, line=line, hint=hint)


def _unknown(target: str, names: Collection[str], line: int) -> PageError:
    message = f"`[]({target})`: 이 쪽에 그런 그림, 표, 확인이 없습니다."
    hint = suggest(target.removeprefix("#"), names)
    if not target.startswith("#"):
        hint = "다른 쪽을 가리킬 때는 대괄호 안에 글을 적습니다."
    return PageError(message, line=line, hint=hint)

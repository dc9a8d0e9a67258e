"""Artefacts of a page: numbered in order of appearance, and referred to by number."""

import re
from collections import Counter
from collections.abc import Mapping

from lecture.base.errors import PageError, suggest
from lecture.base.particles import particle, with_particle
from lecture.publish.numbers import line_of, outside_code

UNNUMBERED = "확인"  # what a link to a claim says

_ARTEFACTS = outside_code(
    r"<\w+\b(?=[^>]*\bclass=\"artefact\b)[^>]*\bid=\"(?P<id>[^\"]+)\"[^>]*>"
    r"|(?P<open><span[ ]class=\"artefact-number\"[ ]data-kind=\"(?P<kind>[^\"]+)\">)"
    r"</span>"
)
_EMPTY_LINKS = outside_code(r"(?<!!)\[\]\((?P<target>[^)\s]*)\)(?P<follower>[가-힣]+)?")


def number_artefacts(text: str) -> tuple[str, dict[str, str]]:
    """Fill the placeholders of artefact numbers; return the text and id → label.

    Figures and tables are counted apart: {"curve": "그림 1", "loss": "표 1"}.
    PageError where a page shows the same artefact twice.
    """
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}

    def fill(match: re.Match[str]) -> str:
        if match["id"]:
            _refuse_twice(match, labels, line_of(text, match.start()))
            labels[match["id"]] = UNNUMBERED
        if not match["kind"]:
            return match[0]
        counts[match["kind"]] += 1
        label = f"{match['kind']} {counts[match['kind']]}"
        if labels:
            labels[next(reversed(labels))] = label  # of the artefact opened last
        return f"{match['open']}{label}</span>"

    return _ARTEFACTS.sub(fill, text), labels


def resolve_links(text: str, labels: Mapping[str, str]) -> str:
    """Give every empty link outside code its artefact's label: `[](#curve)` → 그림 1.

    The particle after it is mended. PageError, with the line, for an unknown name.
    """

    def label(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        name = match["target"].removeprefix("#")
        if not match["target"].startswith("#") or name not in labels:
            raise _unknown(match["target"], labels, line_of(text, match.start()))
        follower = particle(labels[name], match["follower"] or "")
        return f"[{labels[name]}](#{name}){follower}"

    return _EMPTY_LINKS.sub(label, text)


def _refuse_twice(match: re.Match[str], labels: Mapping[str, str], line: int) -> None:
    if match["id"] in labels:
        name = with_particle(match["id"], "을")
        hint = "한 번만 싣고, 다른 곳에서는 `[](#이름)`으로 가리킵니다."
        raise PageError(f"{name} 한 쪽에 두 번 실었습니다.", line=line, hint=hint)


def _unknown(target: str, labels: Mapping[str, str], line: int) -> PageError:
    message = f"`[]({target})`: 이 쪽에 그런 그림, 표, 확인이 없습니다."
    hint = suggest(target.removeprefix("#"), labels)
    if not target.startswith("#"):
        hint = "다른 쪽을 가리킬 때는 대괄호 안에 글을 적습니다."
    return PageError(message, line=line, hint=hint)

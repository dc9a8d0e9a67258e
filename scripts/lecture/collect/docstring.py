"""Docstrings of artefacts, cut into what a page shows of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lecture.base.errors import DrawError, suggest
from lecture.collect.artefact import Artefact

VERDICTS = ("재현됨", "조건부", "반증", "확인 불가")
MIXED = "조건부"  # where verdicts on one sentence differ
CHIPS = dict(zip(VERDICTS, ("holds", "conditional", "fails", "unknown"), strict=True))

_LABELS = "원문|판정|대체 텍스트"
_STRESS = re.compile(r"^[ \t]*강조[ \t]*$", re.MULTILINE)  # a line of its own
_CUT = re.compile(rf"\n\s*\n|\n(?=\s*(?:{_LABELS}):)")
_FIELD = re.compile(rf"({_LABELS}):\s*(.*)")
_SOURCES = re.compile(r"\((?P<ids>[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)\)\s*(?P<text>.*)")


@dataclass(frozen=True)
class Docstring:
    """What a docstring says, each part on one line."""

    caption: str
    conditions: tuple[str, ...]  # the further paragraphs
    source: str = ""  # 원문: what the source notes said, in our words
    sources: tuple[str, ...] = ()  # the numbers of those sentences: ("C04", "C05")
    verdict: str = ""  # 판정: one of VERDICTS, on that sentence
    stressed: bool = False  # 강조: a claim that stands in a box
    alt: str = ""  # 대체 텍스트: what a figure shows, for who cannot see it


def parse_docstring(artefact: Artefact) -> Docstring:
    """Cut a docstring at blank lines, at a line of 강조, and at the labels of fields.

    DrawError for a verdict that is not one of VERDICTS.
    """
    text = _STRESS.sub("", artefact.doc)
    parts = [" ".join(part.split()) for part in _CUT.split(text.strip())]
    found = [field for part in parts if (field := _FIELD.fullmatch(part))]
    fields = {field[1]: field[2] for field in found}
    _refuse_unknown_verdict(fields, artefact)
    numbered = _SOURCES.fullmatch(fields.get("원문", ""))
    return Docstring(
        caption=parts[0],
        conditions=tuple(part for part in parts[1:] if not _FIELD.fullmatch(part)),
        source=numbered["text"] if numbered else fields.get("원문", ""),
        sources=tuple(re.findall(r"\w+", numbered["ids"])) if numbered else (),
        verdict=fields.get("판정", ""),
        stressed=text != artefact.doc,
        alt=fields.get("대체 텍스트", ""),
    )


def _refuse_unknown_verdict(fields: Mapping[str, str], artefact: Artefact) -> None:
    verdict = fields.get("판정", VERDICTS[0])
    if verdict not in VERDICTS:
        raise DrawError(
            f"`{artefact.function}`의 판정 `{verdict}`: 쓸 수 없는 말입니다.",
            path=artefact.path,
            line=artefact.line,
            hint=suggest(verdict, VERDICTS),
        )

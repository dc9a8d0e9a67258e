"""Coverage: which numerals of a page's prose are bound to a result, and which are not.

A decimal fraction or a percentage in prose is taken for a measurement. A setting or a
definition is written as what it is, in code (`0.01`) or in mathematics ($p = 0.5$).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.base.errors import PageError
from lecture.base.particles import with_particle
from lecture.publish.front import split, visible
from lecture.publish.tokens import FORMULA, blank, line_of, outside_code, tokens

_NOT_PROSE = outside_code(
    rf"(?P<aside>{FORMULA}"
    r"|^[ \t]*--8<--.*$"  # an include
    r"|\]\([^)\n]*\)|<[^>\n]*>"  # where a link leads, a tag
    r"|\{\{[^}\n]*\}\}%?|\{[ ]?[:#.][^}\n]*\}"  # a bound number, attributes
    r")"
)
_MEASURED = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+[ \t]?%?|[ \t]?%)(?![\w.]*\d)")


@dataclass(frozen=True)
class Coverage:
    """The numerals of one page's prose that look measured."""

    bound: int
    unbound: tuple[PageError, ...]  # one a numeral, with its line


def coverage(text: str) -> Coverage:
    """Count the bound numbers of a page, and find the numerals that nothing binds."""
    return Coverage(bound=len(tokens(split(text)[1])), unbound=tuple(_unbound(text)))


def as_settings(text: str) -> str:
    """Return prose with its numerals that look measured written as code."""
    prose = _NOT_PROSE.sub(blank, text)
    for match in reversed([*_MEASURED.finditer(prose)]):
        numeral, start = match[0].strip(), match.start()
        text = f"{text[:start]}`{numeral}`{text[start + len(numeral) :]}"
    return text


def _unbound(text: str) -> Iterator[PageError]:
    head, body = split(text)
    prose = visible(head) + _NOT_PROSE.sub(blank, body)
    for match in _MEASURED.finditer(prose):
        numeral = match[0].strip()
        yield PageError(
            f"{with_particle(numeral, '은')} 어떤 결과에도 묶이지 않은 숫자입니다.",
            line=line_of(text, match.start()),
            hint=_remedy(numeral, in_front_matter=match.start() < len(head)),
        )


def _remedy(numeral: str, *, in_front_matter: bool) -> str:
    if in_front_matter:
        return "머리말의 숫자는 묶을 수 없습니다. 말로 적거나 본문으로 옮깁니다."
    return (
        "잰 값이면 `{{ 쪽.실험.키:형식 }}`으로, "
        f"설정이나 정의이면 `{numeral}`처럼 코드나 수식으로 적습니다."
    )

"""Coverage: which numerals of a page's prose are bound to a result, and which are not.

A decimal fraction or a percentage in prose is taken for a measurement. A setting or a
definition is written as what it is, in code (`0.01`) or in mathematics ($p = 0.5$).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.base.errors import PageError
from lecture.base.particles import with_particle
from lecture.publish.numbers import line_of, outside_code, tokens

FRONT_MATTER = re.compile(r"\A---\n[\s\S]*?\n---\n")
_NOT_PROSE = outside_code(
    r"(?P<aside>"
    r"\$\$[\s\S]+?\$\$|(?<![\\$])\$(?!\s)[^$\n]+?(?<!\s)\$"  # mathematics
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
    return Coverage(bound=len(tokens(text)), unbound=tuple(_unbound(text)))


def _unbound(text: str) -> Iterator[PageError]:
    prose = _NOT_PROSE.sub(_blank, FRONT_MATTER.sub(_blank, text))
    for match in _MEASURED.finditer(prose):
        numeral = match[0].strip()
        yield PageError(
            f"{with_particle(numeral, '은')} 어떤 결과에도 묶이지 않은 숫자입니다.",
            line=line_of(text, match.start()),
            hint="잰 값이면 `{{ 쪽.실험.키:형식 }}`으로, "
            f"설정이나 정의이면 `{numeral}`처럼 코드나 수식으로 적습니다.",
        )


def _blank(match: re.Match[str]) -> str:
    """Return as many lines of nothing, so that positions keep their places."""
    return "".join("\n" if sign == "\n" else " " for sign in match[0])

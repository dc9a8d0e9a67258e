"""Bound numbers as an author writes them: `{{ page.experiment.key:format }}`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.base.errors import PageError

# Code, and mathematics as pymdownx.arithmatex reads it. Both are written for a pattern
# that ignores blanks (re.VERBOSE).
_CODE = r"""
    ^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>]*(?P=fence)[ \t]*$
  | (?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)
"""
FORMULA = r"""
    \$\$(?:\\.|[^\\])+?\$\$
  | (?<![\\$])\$(?!\s)(?:\\.|[^\\$\n]|\n(?![ \t]*\n))+?(?<!\s)\$
"""
# A name and a dot open a token, and neither a brace, a backslash nor a dollar sign
# occurs in one: so `{{\mathbf{x}}_i}` stays what it is in a formula.
_TOKEN = r"(?P<raw>\{\{[ \t]*(?P<body>[^\W\d]\w*\.\w[^{}\\$\n]*?)[ \t]*\}\})"
_FOLLOWER = r"(?P<gap>\*{0,3})(?P<follower>[가-힣]+)?"
_BODY = re.compile(
    r"(?P<page>\w+)\.(?P<experiment>[^\W\d]\w*)(?P<keys>(?:\.[\w-]+)*)"
    r"[ \t]*(?::(?P<format>.+))?"
)
_LEFT = re.compile(r"\{{2,}(?:[^{}\n]|\n(?![ \t]*\n))*\}{2,}|\{{2,}|\}{2,}")
_HINT = (
    "`{{ 쪽.실험.키:형식 }}`처럼 한 줄에 적습니다. 중괄호를 그대로 보이려면 코드로, "
    "`` `{{ … }}` ``처럼 적습니다."
)


@dataclass(frozen=True)
class Token:
    """One bound number of a page, as its author wrote it."""

    page: str
    experiment: str
    keys: tuple[str, ...]  # list positions are digits: ("losses", "-1")
    format: str  # Python's format specification, "" for the default
    raw: str
    line: int  # 1 is the first line of the text

    @property
    def source(self) -> str:
        return f"{self.page}.{self.experiment}"


def outside_code(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that also consumes code, so that matches lie outside of it.

    A match inside code is one whose group "code" is not None.
    """
    return re.compile(f"(?P<code>{_CODE})|(?:{pattern})", re.MULTILINE | re.VERBOSE)


_TOKENS = outside_code(_TOKEN + _FOLLOWER)
_TOKENS_OR_FORMULAS = outside_code(
    rf"(?P<formula>{FORMULA})|(?<!\{{){_TOKEN}(?!\}})"  # `{{ a.b }}}` is no token
)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a page outside code; what is malformed is not one."""
    return [token for _, token in found_tokens(text)]


def found_tokens(text: str) -> Iterator[tuple[re.Match[str], Token]]:
    """Yield each token with its match, whose group "follower" is what follows it."""
    for match in _TOKENS.finditer(text):
        if match["code"] is None and (token := _parsed(match, text)):
            yield match, token


def token_errors(text: str) -> Iterator[PageError]:
    """Yield an error, with its line, for what is left of `{{ … }}` in prose.

    In a formula braces are TeX, but what begins like a token there has to be one.
    """
    for formula in _TOKENS_OR_FORMULAS.finditer(text):
        for match in _TOKENS.finditer(formula["formula"] or ""):
            if match["code"] is None and _parsed(match, text) is None:
                yield _unreadable(match["raw"], line_of(text, formula.start()))
    prose = _TOKENS_OR_FORMULAS.sub(_blank_but_malformed, text)
    for match in _LEFT.finditer(prose):
        yield _unreadable(match[0], line_of(text, match.start()))


def line_of(text: str, position: int) -> int:
    """Return the number, from 1, of the line that holds a position of the text."""
    return text.count("\n", 0, position) + 1


def blank(match: re.Match[str]) -> str:
    """Return as many lines of nothing, so that positions keep their places."""
    return "".join("\n" if sign == "\n" else " " for sign in match[0])


def _blank_but_malformed(match: re.Match[str]) -> str:
    malformed = match["raw"] and not _BODY.fullmatch(match["body"])
    return match[0] if malformed else blank(match)


def _parsed(match: re.Match[str], text: str) -> Token | None:
    body = _BODY.fullmatch(match["body"])
    if body is None:
        return None
    keys = tuple(body["keys"].split(".")[1:])
    form = (body["format"] or "").strip()
    line = line_of(text, match.start())
    return Token(body["page"], body["experiment"], keys, form, match["raw"], line)


def _unreadable(raw: str, line: int) -> PageError:
    shown = " ".join(raw.split())
    if "\n" in raw:
        message = f"`{shown}`: 두 줄에 걸쳐 있어 읽을 수 없습니다."
    else:
        message = f"`{shown}`: 묶인 숫자로 읽을 수 없습니다."
    return PageError(message, line=line, hint=_HINT)

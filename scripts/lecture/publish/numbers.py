"""Numbers in prose: `{{ page.experiment.key:format }}` becomes the measured value."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lecture.base.errors import PageError, suggest
from lecture.base.particles import particle, with_particle

Values = Callable[[str, str], object]
"""(page, experiment) → its frozen result; raises PageError for names it lacks."""

_CODE = r"""
    ^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>]*(?P=fence)[ \t]*$
  | (?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)
"""
# A name and a dot open a token, and neither a brace, a backslash nor a dollar sign
# occurs in one: so `{{\mathbf{x}}_i}`, `{{a}}` and `{{ x }}` stay what they are.
_TOKEN = r"(?P<raw>\{\{[ \t]*(?P<body>[A-Za-z_]\w*\.\w[^{}\\$\n]*?)[ \t]*\}\})"
_FOLLOWER = r"(?P<gap>\*{0,3})(?P<follower>[가-힣]+)?"
_BODY = re.compile(
    r"(?P<page>\w+)\.(?P<experiment>[A-Za-z_]\w*)(?P<keys>(?:\.[\w-]+)*)"
    r"[ \t]*(?::(?P<format>.+))?"
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


def tokens(text: str, *, path: Path | str | None = None) -> list[Token]:
    """Return the tokens of a page outside code; a malformed one is a PageError."""
    return [token for _, token in _matches(text, path)]


def substitute(text: str, values: Values, *, path: Path | str | None = None) -> str:
    """Replace every token outside code by its value, and mend the particle after it.

    PageError, with path and line, for whatever cannot be looked up or formatted.
    """
    parts, end = [], 0
    for match, token in _matches(text, path):
        number = _placed(values, token, path)
        follower = particle(number, match["follower"] or "")
        parts += [text[end : match.start()], number, match["gap"], follower]
        end = match.end()
    return "".join([*parts, text[end:]])


def lookup(values: Values, token: Token) -> str:
    """Return the value of a token as it is printed: ints as they are, floats as .4g."""
    found = values(token.page, token.experiment)
    if isinstance(found, list):
        raise _has_cases(token)
    return _printed(_walk(found, token.keys, token.source), token)


def line_of(text: str, position: int) -> int:
    """Return the number, from 1, of the line that holds a position of the text."""
    return text.count("\n", 0, position) + 1


def _matches(
    text: str, path: Path | str | None
) -> Iterator[tuple[re.Match[str], Token]]:
    for match in _TOKENS.finditer(text):
        if match["code"] is None:
            yield match, _parse(match, line_of(text, match.start()), path)


def _parse(match: re.Match[str], line: int, path: Path | str | None) -> Token:
    raw, body = match["raw"], _BODY.fullmatch(match["body"])
    if body is None:
        message = f"{with_particle(raw, '을')} 읽을 수 없습니다."
        hint = "`{{ 페이지.실험.키:형식 }}`처럼 적습니다."
        raise PageError(message, path=path, line=line, hint=hint)
    keys = tuple(body["keys"].split(".")[1:])
    form = (body["format"] or "").strip()
    return Token(body["page"], body["experiment"], keys, form, raw, line)


def _placed(values: Values, token: Token, path: Path | str | None) -> str:
    try:
        return lookup(values, token)
    except PageError as error:
        message = f"`{token.raw}`: {error.message}"
        raise PageError(message, path=path, line=token.line, hint=error.hint) from None


def _walk(value: object, keys: Sequence[str], place: str) -> object:
    """Follow the keys down; the place names what has been reached so far."""
    if not keys:
        return value
    if isinstance(value, Mapping):
        key, rest = _longest_key(value, keys, place)
        return _walk(value[key], rest, f"{place}.{key}")
    if isinstance(value, list):
        item = _item(value, keys[0], place)
        return _walk(item, keys[1:], f"{place}.{keys[0]}")
    message = f"{with_particle(place, '은')} 값 하나여서 `{keys[0]}` 키가 없습니다."
    raise PageError(message, hint=f"`{place}`까지만 적습니다.")


def _longest_key(
    value: Mapping[str, Any], keys: Sequence[str], place: str
) -> tuple[str, Sequence[str]]:
    """Return the key that the keys begin with; one such as "0.1" holds a dot itself."""
    for size in range(len(keys), 0, -1):
        if (key := ".".join(keys[:size])) in value:
            return key, keys[size:]
    message = f"`{place}`에 `{keys[0]}` 키가 없습니다."
    raise PageError(message, hint=suggest(keys[0], value))


def _item(values: list[Any], key: str, place: str) -> object:
    count = len(values)
    if not re.fullmatch(r"-?\d+", key):
        message = f"{with_particle(place, '은')} 목록이어서 `{key}` 키가 없습니다."
        raise PageError(message, hint=f"순번을 적습니다: {_positions(count)}")
    if not -count <= int(key) < count:
        message = f"`{place}` 목록의 값은 {count}개여서 {key}번이 없습니다."
        raise PageError(message, hint=f"쓸 수 있는 순번: {_positions(count)}")
    return values[int(key)]


def _positions(count: int) -> str:
    return f"0부터 {count - 1}까지, -1은 마지막" if count else "없음(빈 목록)"


def _printed(value: object, token: Token) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _not_one_value(value, token)
    form = token.format or (".4g" if isinstance(value, float) else "")
    try:
        return format(value, form)
    except (ValueError, TypeError):
        message = f"값 {value!r}에는 `{form}` 형식을 쓸 수 없습니다."
        hint = "글자에는 형식을 붙이지 않습니다."
        if not isinstance(value, str):
            hint = "쓸 수 있는 형식의 보기: `.4f`, `.1%`, `,`, `.2e`"
        raise PageError(message, hint=hint) from None


def _not_one_value(value: object, token: Token) -> PageError:
    if value is None:
        hint = "실험의 값이 유한한지 확인합니다(nan과 inf는 null로 저장됩니다)."
        return PageError("값이 비어 있습니다(null).", hint=hint)
    if isinstance(value, bool):
        hint = "예와 아니요로 답하는 문장은 `claim_…` 함수로 씁니다."
        return PageError("참·거짓 값은 문장에 넣을 수 없습니다.", hint=hint)
    if isinstance(value, Mapping):
        hint = suggest("", value)
        return PageError("값 하나가 아니라 여러 값의 묶음입니다.", hint=hint)
    count = len(value) if isinstance(value, list) else 0
    hint = f"순번을 적습니다: {_positions(count)}"
    return PageError(f"값 하나가 아니라 값이 {count}개인 목록입니다.", hint=hint)


def _has_cases(token: Token) -> PageError:
    name = token.experiment
    message = (
        f"`{token.source}`에는 경우마다 결과가 있어 값이 하나로 정해지지 않습니다."
    )
    hint = (
        f"`def experiment_summary({name})`처럼 결과를 요약하는 실험을 만들고, "
        f"`{{{{ {token.page}.summary.키 }}}}`로 적습니다."
    )
    return PageError(message, hint=hint)

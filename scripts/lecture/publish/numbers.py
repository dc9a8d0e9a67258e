"""Numbers in prose: `{{ page.experiment.key:format }}` becomes the measured value."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from lecture.base.errors import LectureError, PageError, suggest
from lecture.base.inert import inert
from lecture.base.not_finite import NOT_FINITE
from lecture.base.particles import particle, with_particle
from lecture.publish.tokens import Token, found_tokens, tokens

Values = Callable[[str, str], object]
"""(page, experiment) → its frozen result; raises PageError for names it lacks."""


def substitute(text: str, values: Values) -> tuple[str, tuple[PageError, ...]]:
    """Replace every token outside code by its value, and mend the particle after it.

    A value is shown as it is: text is never read as markup. A token that cannot be
    looked up or formatted stays, and is told, with its line.
    """
    parts: list[str] = []
    errors: list[PageError] = []
    end = 0
    for match, token in found_tokens(text):
        try:
            number = _told(values, token)
        except PageError as error:
            errors.append(error)
            continue
        follower = particle(number, match["follower"] or "")
        parts += [text[end : match.start()], inert(number), match["gap"], follower]
        end = match.end()
    return "".join([*parts, text[end:]]), tuple(errors)


def value_errors(
    text: str, values: Values, *, but: Collection[str] = ()
) -> Iterator[PageError]:
    """Yield an error for each token that cannot be looked up or formatted.

    but: sources ("cifar.fit") of tokens that are left out.
    """
    for token in tokens(text):
        try:
            if token.source not in but:
                _told(values, token)
        except PageError as error:
            yield error


def lookup(values: Values, token: Token) -> str:
    """Return the value of a token as it is printed: ints as they are, floats as .4g."""
    return printed(measured(values, token), token)


def measured(values: Values, token: Token) -> object:
    """Return the value of a token as it is frozen."""
    found = values(token.page, token.experiment)
    if isinstance(found, list):
        raise has_cases(token)
    return _walk(found, token.keys, token.source)


def _told(values: Values, token: Token) -> str:
    try:
        return lookup(values, token)
    except LectureError as error:  # a result that cannot be read is one, too
        where = f"{error.path}: " if error.path else ""
        message = f"`{token.raw}`: {where}{error.message}"
        raise PageError(message, line=token.line, hint=error.hint) from None


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


def printed(value: object, token: Token) -> str:
    """Return a value as a token prints it; raises PageError where it cannot."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _not_one_value(value)
    if value in NOT_FINITE:
        raise _not_one_value(value)
    form = token.format or (".4g" if isinstance(value, float) else "")
    try:
        return format(value, form)
    except (ValueError, TypeError):
        message = f"값 {value!r}에는 `{form}` 형식을 쓸 수 없습니다."
        hint = "글자에는 형식을 붙이지 않습니다."
        if not isinstance(value, str):
            hint = "쓸 수 있는 형식의 보기: `.4f`, `.1%`, `,`, `.2e`"
        raise PageError(message, hint=hint) from None


def _not_one_value(value: object) -> PageError:
    if value is None:
        hint = "실험이 None을 돌려주었습니다. 값이 있는 키를 적거나, 말로 적습니다."
        return PageError("값이 비어 있습니다(null).", hint=hint)
    if isinstance(value, str):
        hint = "배움이 갈라졌다면 그렇다고 말로 적고, 유한한 값을 인용합니다."
        return PageError(f"값이 유한한 수가 아닙니다({value}).", hint=hint)
    if isinstance(value, bool):
        hint = "예와 아니요로 답하는 문장은 `claim_…` 함수로 씁니다."
        return PageError("참·거짓 값은 문장에 넣을 수 없습니다.", hint=hint)
    if isinstance(value, Mapping):
        hint = suggest("", value)
        return PageError("값 하나가 아니라 여러 값의 묶음입니다.", hint=hint)
    count = len(value) if isinstance(value, list) else 0
    hint = f"순번을 적습니다: {_positions(count)}"
    return PageError(f"값 하나가 아니라 값이 {count}개인 목록입니다.", hint=hint)


def has_cases(token: Token) -> PageError:
    """Return the error of a token that names many results."""
    name = token.experiment
    message = (
        f"`{token.source}`에는 경우마다 결과가 있어 값이 하나로 정해지지 않습니다."
    )
    hint = (
        f"`def experiment_summary({name})`처럼 결과를 요약하는 실험을 만들고, "
        f"`{{{{ {token.page}.summary.키 }}}}`로 적습니다."
    )
    return PageError(message, hint=hint)

"""The front matter of a page: settings that MkDocs reads, and shows as they are."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from lecture.base.errors import PageError
from lecture.publish.tokens import blank, line_of

# Where MkDocs sees front matter: YAML between two lines, or else `title: …` at once.
_YAML = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.S)
_ENTRY = re.compile(r"^[ ]{0,3}(?P<key>[\w-]+):(?P<value>.*)", re.M | re.A)
_ENTRIES = re.compile(
    r"(?:[ ]{0,3}[\w-]+:.*(?:\n|\Z)(?:(?:[ ]{4}|\t).*\S.*(?:\n|\Z))*)*"
    r"(?:[^\S\n]*\n)?\n*",
    re.A,
)
_SHOWN = re.compile(r"^(?:title|description)[ ]*:.*(?:\n[ \t]+\S.*)*", re.M | re.I)
_BRACES = re.compile(r"\{\{|\}\}")


def split(text: str) -> tuple[str, str]:
    """Return a page's front matter, "" where it has none, and the rest."""
    found = _YAML.match(text) or _ENTRIES.match(text)
    end = found.end() if found else 0
    return text[:end], text[end:]


def front_data(text: str) -> dict[str, Any]:
    """Return what a page's front matter says; nothing where it cannot be read."""
    found = _YAML.match(text)
    if found:
        return _loaded(found["yaml"]) or {}
    entries = _ENTRY.finditer(split(text)[0])
    return {entry["key"].lower(): entry["value"].strip() for entry in entries}


def without_front(text: str) -> str:
    """Return a page with its front matter blank, so that lines keep their numbers."""
    head, body = split(text)
    return "\n" * head.count("\n") + body


def visible(head: str) -> str:
    """Return the lines of front matter that a reader sees, the others blank."""
    lines = set[int]()
    for entry in _SHOWN.finditer(head):
        first = line_of(head, entry.start())
        lines |= set(range(first, first + entry[0].count("\n") + 1))
    kept = (
        line if number in lines else " " * len(line)
        for number, line in enumerate(head.split("\n"), start=1)
    )
    return "\n".join(kept)


def front_errors(text: str) -> Iterator[PageError]:
    """Yield an error, with its line, for what MkDocs could not read or bind."""
    found = _YAML.match(text)
    if found and _loaded(found["yaml"]) is None:
        hint = "두 `---` 사이에는 `description: 글`처럼 YAML로 적습니다."
        yield PageError("쪽의 머리말을 읽을 수 없습니다.", line=1, hint=hint)
    head, _ = split(text)
    told = set[int]()
    for braces in _BRACES.finditer(re.sub(r"#.*", blank, head)):
        line = line_of(head, braces.start())
        if line not in told:
            told.add(line)
            message = "머리말에는 묶인 숫자를 쓸 수 없습니다."
            hint = "머리말은 적힌 그대로 보입니다. 숫자는 본문에 적습니다."
            yield PageError(message, line=line, hint=hint)


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):  # ValueError: a date such as 2026-13-01
        return None
    return data if isinstance(data, dict) else None

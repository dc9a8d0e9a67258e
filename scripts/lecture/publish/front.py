"""The front matter of a page: settings that MkDocs reads, and shows as they are."""

import re
from collections.abc import Iterator

from mkdocs.utils.meta import YAML_RE, get_data

from lecture.base.errors import PageError
from lecture.publish.tokens import blank, line_of

_SHOWN = re.compile(r"^(?:title|description)[ ]*:.*(?:\n[ \t]+\S.*)*", re.M | re.I)
_BRACES = re.compile(r"\{\{|\}\}")


def split(text: str) -> tuple[str, str]:
    """Return a page's front matter, "" where it has none, and the rest."""
    if yaml_block := YAML_RE.match(text):
        return yaml_block[0], text[yaml_block.end() :]
    body, _ = get_data(text)  # `title: …` in the first lines is front matter, too
    return text[: len(text) - len(body)], body


def without_front(text: str) -> str:
    """Return a page with its front matter blank, so that lines keep their numbers."""
    head, body = split(text)
    return "\n" * head.count("\n") + body


def shown(head: str) -> str:
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
    if YAML_RE.match(text) and get_data(text)[0] == text:
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

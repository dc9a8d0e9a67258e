"""Text that is shown as it is, whatever Markdown, TeX and HTML would make of it."""

import re

_SIGNS = re.compile(
    r"[&<>*_`~$\[\]\\^=|{}\"]"  # anywhere
    r"|^[-+#:!?](?!\d)"  # where a line begins: a heading, a list, a box
)
_NUMBERED = re.compile(r"^(\d+)\.(?=\s|$)")
_UNPRINTABLE = dict.fromkeys((*range(9), 11, *range(14, 32), 127))


def inert(text: str) -> str:
    """Return a text on one line, with what could be markup as entities of HTML."""
    line = _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", _one_line(text))
    return _NUMBERED.sub(r"\1&#46;", line)


def code_span(text: str) -> str:
    """Return a text as inline code of Markdown, on one line, whatever it holds."""
    joined = _one_line(text)
    longest = max(map(len, re.findall(r"`+", joined)), default=0)
    ticks = "`" * (longest + 1)
    room = " " if longest else ""
    return f"{ticks}{room}{joined}{room}{ticks}"


def _one_line(text: str) -> str:
    return " ".join(text.translate(_UNPRINTABLE).split())

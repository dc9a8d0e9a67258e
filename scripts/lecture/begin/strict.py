"""Texts as Python-Markdown has to have them, to show what Jupyter shows.

Lists, tables and formulas stand apart from the paragraph before them, and what lies in
an item of a list is indented by four.
"""

import re
from collections.abc import Iterator

from lecture.begin.prose import with_code

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+[.)])(?P<gap> +)(?=\S)")
_APART = {("text", "item"), ("text", "table"), ("code", "item")}


def strict(text: str) -> str:
    """Return a text for Python-Markdown."""
    return "\n".join(_spaced(text))


def _spaced(text: str) -> Iterator[str]:
    before = "blank"
    for kind, line in _kinds(_indented(text)):
        formula = kind != before and "formula" in (kind + before)
        if "blank" not in (kind, before) and (formula or (before, kind) in _APART):
            yield ""
        yield line
        before = kind


def _kinds(text: str) -> Iterator[tuple[str, str]]:
    """Yield each line with what it belongs to; a formula with its number."""
    number, is_open = 0, False
    for _, line, is_code in with_code(text):
        begins = line.startswith("$$") and not is_code
        if begins and not is_open:
            number, is_open = number + 1, True
            kind = f"formula {number}"
            is_open = not re.search(r"\$\$\s*$", line[2:])
        elif is_open:
            kind = f"formula {number}"
            is_open = not line.rstrip().endswith("$$")
        elif not line.strip():
            kind = "blank"
        elif is_code:
            kind = "code"
        elif _ITEM.match(line) or line.startswith("    "):
            kind = "item"
        else:
            kind = "table" if line.startswith("|") else "text"
        yield kind, line


def _shallow(line: str) -> str:
    """Return a line without a few blanks before it: many of them would be code."""
    return line if line.startswith("    ") else line.lstrip(" ")


def _indented(text: str) -> str:
    """Return a text in which each level of a list is indented by four."""
    lines, items = (
        list[str](),
        list[tuple[int, int]](),
    )  # of each: its indent, its text's
    for _, line, is_code in with_code(text):
        lead = len(line) - len(line.lstrip(" "))
        item = None if is_code else _ITEM.match(line)
        if item:
            while items and lead <= items[-1][0]:
                items.pop()
            mark = item["mark"].replace(")", ".")
            lines.append(f"{'    ' * len(items)}{mark} {line[item.end() :]}")
            items.append((lead, item.end()))
        elif items and line.strip() and lead >= 2:
            inside = line[min(lead, items[-1][1]) :]
            inside = inside if is_code else _shallow(inside)
            lines.append("    " * len(items) + inside)
        else:
            items = items if not line.strip() else []
            lines.append(line)
    return "\n".join(lines)

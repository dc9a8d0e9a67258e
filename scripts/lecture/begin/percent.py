"""The module of a lab, written from cells: `# %%` and `# %% [markdown]`."""

from collections.abc import Iterable

from lecture.collect.cell_marker import opens_cell


def module_text(doc: str, cells: Iterable[str]) -> str:
    """Return a module of cells, each with the line that opens it."""
    opening = f'"""{doc.replace(chr(92), "").replace(chr(34), chr(39))}"""'
    return "\n\n".join((opening, *cells)) + "\n"


def text_cell(text: str) -> str:
    """Return a cell of Markdown, in comments; where these would open a cell, quoted."""
    lines = [f"# {line}".rstrip() for line in text.split("\n")]
    if any(map(opens_cell, lines)):
        quotes = "'''" if '"""' in text else '"""'
        return f"# %% [markdown]\nr{quotes}\n{text}\n{quotes}"
    return "\n".join(("# %% [markdown]", *lines))


def code_cell(source: str, title: str = "") -> str:
    """Return a cell of code; a comment that would open another is one twice."""
    lines = source.split("\n")
    lines = [f"# {line}" if opens_cell(line) else line for line in lines]
    return "\n".join((f"# %% {title}".rstrip(), *lines))

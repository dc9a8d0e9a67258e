"""A line more in the navigation of mkdocs.yml, all else of the file as it was.

The file holds comments, and tags that only MkDocs understands: so a line is put into
its text. Where it stands is read off the places that YAML's nodes have in the text.
"""

from collections.abc import Iterator
from typing import Any

import yaml


def with_page(text: str, section: str, name: str, label: str = "") -> str | None:
    """Return the settings with a page at the end of a section of the navigation.

    The same text comes back where nothing need be added: there is no navigation, or the
    page is in it. None means that the text cannot be changed with certainty.
    """
    nav = _nav(text)
    file = f"{name}.md"
    if nav is None:
        return text if _loads(text) else None
    if file in _files(nav):
        return text
    changed = _inserted(text, _section(nav, section), _item(file, label))
    after = _nav(changed) if changed else None
    return changed if after and [*_files(after)].count(file) == 1 else None


def _inserted(text: str, sequence: Any, item: str) -> str | None:
    """Return a text with one item more behind the last of a sequence in block style."""
    if not sequence.value or sequence.flow_style:
        return None
    lines = text.splitlines(keepends=True)
    last = _last_line(sequence)
    ending = "\r\n" if lines[last].endswith("\r\n") else "\n"
    lines[last] = lines[last].rstrip("\r\n") + ending
    lines.insert(last + 1, " " * sequence.start_mark.column + f"- {item}{ending}")
    return "".join(lines)


def _last_line(node: Any) -> int:
    """Return the line, from 0, on which the last word of a node ends."""
    while isinstance(node, yaml.CollectionNode) and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.line)


def _section(nav: Any, section: str) -> Any:
    """Return the pages of a section; the whole navigation where there is none such."""
    for item in nav.value:
        for title, pages in item.value if isinstance(item, yaml.MappingNode) else ():
            if title.value == section and isinstance(pages, yaml.SequenceNode):
                return pages
    return nav


def _files(node: Any) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield str(node.value)
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from _files(child[1] if isinstance(child, tuple) else child)


def _item(file: str, label: str) -> str:
    item: object = {label: file} if label else file
    text = yaml.safe_dump(item, allow_unicode=True, width=float("inf"))
    return str(text).removesuffix("...\n").strip()


def _nav(text: str) -> Any:
    root = _loads(text)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "nav" and isinstance(value, yaml.SequenceNode):
            return value
    return None


def _loads(text: str) -> Any:
    """Return the root of a YAML text, without making anything of it; None for none."""
    try:
        return yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError:
        return None

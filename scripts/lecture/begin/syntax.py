"""What the code of a notebook names, read from all its cells together."""

import ast
from collections.abc import Iterable, Iterator

from lecture.collect.imports import Import, full_names


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a cell; an empty one where it is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def nodes_of(sources: Iterable[str]) -> list[ast.AST]:
    """Return all nodes of some cells, in order."""
    return [node for source in sources for node in ast.walk(parsed(source))]


def names_of(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """Return the names that imports bind, with their full names."""
    return full_names(nodes)


def imported_roots(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """Yield the packages that are imported, each with its line."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.Import) and isinstance(node, Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno

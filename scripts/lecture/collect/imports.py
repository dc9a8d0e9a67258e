"""What imports bind: names of a module, and what they mean in full."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Import = ast.Import | ast.ImportFrom
_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Alias:
    """One name that an import binds."""

    name: str  # "t" of `import toolbox as t`; "*" where all names are brought
    module: str  # dotted, relative imports resolved: "runs.X"
    attribute: str  # of that module; "" for the module itself, "*" for all


def outer_imports(stmt: ast.stmt) -> Iterator[Import]:
    """Yield the imports of a statement that are executed with it."""
    if isinstance(stmt, Import):
        yield stmt
    elif not isinstance(stmt, _DEFINITION):
        for child in ast.iter_child_nodes(stmt):
            if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                yield from outer_imports(child)  # type: ignore[arg-type]


def inner_imports(stmt: ast.stmt, text: str) -> Iterator[Import]:
    """Yield the imports inside the functions and classes of a statement."""
    if "import" not in text:
        return
    outer = {id(node) for node in outer_imports(stmt)}
    for node in ast.walk(stmt):
        if isinstance(node, Import) and id(node) not in outer:
            yield node


def aliases_of(imports: Iterator[Import], package: str) -> Iterator[Alias]:
    """Yield what imports bind in a module of a package."""
    for node in imports:
        for alias in node.names:
            if isinstance(node, ast.Import):
                whole = alias.name if alias.asname else alias.name.split(".")[0]
                yield Alias(alias.asname or whole, whole, "")
                if whole != alias.name:  # `import runs.X` binds runs and loads runs.X
                    yield Alias("", alias.name, "")
            else:
                module = _absolute(node, package)
                yield Alias(alias.asname or alias.name, module, alias.name)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """Return the module of a `from` import, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*filter(None, parts), *([node.module] if node.module else [])])


def full_names(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """Return the names that imports bind, wherever they stand, with their full names.

    `np` of `import numpy as np` means numpy.
    """
    return {name: full for node in nodes for name, full in _imported(node)}


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, each with its full name."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            root = alias.name.split(".")[0]
            yield (alias.asname or root), (alias.name if alias.asname else root)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield (alias.asname or alias.name), f"{node.module}.{alias.name}"


def full_name(node: ast.expr, names: Mapping[str, str]) -> str:
    """Return "numpy.random.default_rng" for `np.random.default_rng`; "" for a value."""
    if isinstance(node, ast.Attribute):
        owner = full_name(node.value, names)
        return f"{owner}.{node.attr}" if owner else ""
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""

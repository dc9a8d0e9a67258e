"""The modules of the snippets as texts: which statement defines a name, and where."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from lecture.collect.imports import Import
from lecture.collect.sheets import SheetFolder
from lecture.collect.statement import bound_names
from lecture.collect.syntax import names_in


@dataclass(frozen=True)
class Definition:
    """One top-level statement of a module, or one name of an import."""

    module: str
    text: str  # its source, decorators included
    binds: frozenset[str]
    reads: frozenset[str]
    first: int  # lines in the module, from 1
    last: int
    is_definition: bool = False  # of a function or a class
    is_import: bool = False  # from outside the snippets
    name_there: str = ""  # what the name asked for is called in that module


class Texts:
    """Modules, each parsed once."""

    def __init__(self, sheets: SheetFolder) -> None:
        self._sheets = sheets
        self._read: dict[str, tuple[Definition, ...]] = {}

    def covering(self, module: str, first: int, last: int) -> tuple[Definition, ...]:
        """Return the statements that have a part in lines of a module."""
        found = self._definitions(module)
        return tuple(d for d in found if d.first <= last and d.last >= first)

    def defining(self, module: str, name: str) -> Iterator[Definition]:
        """Yield what defines a name: statements, or an import, or another module's."""
        for one in self._definitions(module):
            if name in one.binds:
                yield Definition(**{**vars(one), "name_there": name})
        yield from self._imported(module, name)

    def _definitions(self, module: str) -> tuple[Definition, ...]:
        if module not in self._read:
            text = self._sheets.paths[module].read_text(encoding="utf-8-sig")
            self._read[module] = tuple(_definitions(module, text))
        return self._read[module]

    def _imported(self, module: str, name: str) -> Iterator[Definition]:
        for statement in self._sheets[module].statements:
            for alias in statement.aliases:
                if alias.name != name:
                    continue
                if alias.module in self._sheets and alias.attribute:
                    yield from self.defining(alias.module, alias.attribute)
                else:
                    yield _import(module, name, alias.module, alias.attribute)


def _definitions(module: str, text: str) -> Iterator[Definition]:
    lines = text.split("\n")
    for stmt in ast.parse(text).body:
        if isinstance(stmt, Import) or _is_docstring(stmt):
            continue
        decorators = getattr(stmt, "decorator_list", [])
        first = min([stmt.lineno, *(node.lineno for node in decorators)])
        source = "\n".join(lines[first - 1 : stmt.end_lineno])
        kept = (line for line in source.split("\n") if "--8<--" not in line)
        yield Definition(
            module,
            "\n".join(kept),
            bound_names(stmt),
            names_in(source)[0],
            first,
            stmt.end_lineno or first,
            isinstance(stmt, ast.FunctionDef | ast.ClassDef),
        )


def _is_docstring(stmt: ast.stmt) -> bool:
    return isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant)


def _import(module: str, name: str, source: str, attribute: str) -> Definition:
    if attribute:
        renamed = "" if attribute == name else f" as {name}"
        text = f"from {source} import {attribute}{renamed}"
    else:
        renamed = "" if source.split(".")[0] == name else f" as {name}"
        text = f"import {source}{renamed}"
    none = frozenset[str]()
    return Definition(
        module, text, frozenset({name}), none, 0, 0, is_import=True, name_there=name
    )

"""What a function depends on: the digests of everything that its code reaches.

A definition is one top-level statement of a snippet module. Its digest is that of its
syntax tree without docstrings, so comments, formatting and captions never change it.
Its dependencies are the names that it reads from its module (found by `symtable`, which
knows Python's scopes), followed through sibling modules.
"""

import ast
from collections.abc import Iterable
from functools import lru_cache

from lecture.module import Module, Modules, bound_names
from lecture.syntax import (
    attributes_read,
    digest,
    names_read,
    short_hash,
    without_defaults,
)


def code_digests(
    modules: Modules, module: str, function: str, *, knobs_apart: bool = True
) -> dict[str, str]:
    """Return `module.definition → digest` for all that a function's code reaches.

    With `knobs_apart`, the default values in the function's own signature are left out:
    they are compared by value, case by case.
    """
    walk = _Walk(modules)
    walk.visit(module, function)
    if knobs_apart:
        stmt = next(s for s in walk.reached[(module, function)])
        walk.digests[f"{module}.{function}"] = digest(without_defaults(stmt))
    return dict(sorted(walk.digests.items()))


def cell_digests(
    modules: Modules, module: str, cells: tuple[str, ...]
) -> dict[str, str]:
    """Return the digests of a lab's cells and of the sibling modules it imports."""
    walk = _Walk(modules)
    for stmt in modules[module].tree.body:
        if isinstance(stmt, ast.Import | ast.ImportFrom):
            walk.follow_import(stmt, None)
    own = {
        f"{module}[{number}]": digest(ast.parse(cell))
        for number, cell in enumerate(cells, start=1)
    }
    return own | dict(sorted(walk.digests.items()))


def imports_tensorflow(modules: Modules, names: Iterable[str]) -> bool:
    """Tell whether any of the modules imports Keras or TensorFlow."""
    return any(
        root in {"keras", "tensorflow"}
        for name in names
        for stmt in ast.walk(modules[name].tree)
        if isinstance(stmt, ast.Import | ast.ImportFrom)
        for root in _import_roots(stmt)
    )


class _Walk:
    """One walk through the definitions reached from a function."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.digests: dict[str, str] = {}
        self.reached: dict[tuple[str, str], list[ast.stmt]] = {}

    def visit(self, module: str, name: str) -> None:
        """Add a module's definition of a name, and what that reaches."""
        if (module, name) in self.reached:
            return
        defining = _definitions(self.modules[module]).get(name, [])
        self.reached[(module, name)] = defining
        self._add_effects(module)
        if not defining:
            return
        if not all(isinstance(s, ast.Import | ast.ImportFrom) for s in defining):
            self.digests[f"{module}.{name}"] = digest(*defining)
        for stmt in defining:
            self._follow(module, stmt, name)

    def _follow(self, module: str, stmt: ast.stmt, name: str) -> None:
        if isinstance(stmt, ast.Import | ast.ImportFrom):
            self._follow_library(module, stmt, name)
            return
        for used in names_read(self.modules[module].text(stmt)):
            sibling = self._sibling(module, used)
            if sibling and used in attributes_read(stmt):
                for attribute in attributes_read(stmt)[used]:
                    self.visit(sibling, attribute)
            elif sibling:
                self._visit_all(sibling)
            else:
                self.visit(module, used)

    def _follow_library(self, module: str, stmt: ast.stmt, name: str) -> None:
        """Follow an import into a sibling; note which library another one names."""
        assert isinstance(stmt, ast.Import | ast.ImportFrom)
        if any(root in self.modules for root in _import_roots(stmt)):
            self.follow_import(stmt, name)
        else:
            alias = next(a for a in stmt.names if _bound(a) == name)
            source = getattr(stmt, "module", None) or ""
            text = f"{source} {alias.name} {alias.asname or ''}"
            self.digests[f"{module}.{name}"] = short_hash(text)

    def follow_import(
        self, stmt: ast.Import | ast.ImportFrom, name: str | None
    ) -> None:
        """Add what an import statement brings from sibling modules."""
        if isinstance(stmt, ast.ImportFrom):
            source = (stmt.module or "").split(".")[0]
            if source not in self.modules:
                return
            for alias in stmt.names:
                if alias.name == "*":
                    self._visit_all(source)
                elif name in (None, _bound(alias)):
                    self.visit(source, alias.name)
            return
        for alias in stmt.names:
            if alias.name in self.modules and name in (None, _bound(alias)):
                self._visit_all(alias.name)

    def _visit_all(self, module: str) -> None:
        for name in _definitions(self.modules[module]):
            self.visit(module, name)

    def _sibling(self, module: str, name: str) -> str | None:
        """Return the sibling module that a name stands for, if it stands for one."""
        for stmt in _definitions(self.modules[module]).get(name, []):
            if isinstance(stmt, ast.Import):
                for alias in stmt.names:
                    if _bound(alias) == name and alias.name in self.modules:
                        return alias.name
        return None

    def _add_effects(self, module: str) -> None:
        """Add the statements that act on import without binding a name."""
        if (module, "") in self.reached:
            return
        effects = [s for s in self.modules[module].statements if _is_effect(s)]
        self.reached[(module, "")] = effects
        if effects:
            self.digests[f"{module}.(모듈 수준 문장)"] = digest(*effects)
        for stmt in effects:
            self._follow(module, stmt, "")
        for stmt in self.modules[module].statements:
            if isinstance(stmt, ast.ImportFrom) and stmt.names[0].name == "*":
                self.follow_import(stmt, None)


@lru_cache(maxsize=256)
def _definitions(module: Module) -> dict[str, list[ast.stmt]]:
    defined: dict[str, list[ast.stmt]] = {}
    for stmt in module.statements:
        for name in bound_names(stmt):
            defined.setdefault(name, []).append(stmt)
    return defined


def _is_effect(stmt: ast.stmt) -> bool:
    if isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant):
        return False
    harmless = ast.Import | ast.ImportFrom | ast.Pass
    return not isinstance(stmt, harmless) and not bound_names(stmt)


def _import_roots(stmt: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(stmt, ast.ImportFrom):
        return [(stmt.module or "").split(".")[0]]
    return [alias.name.split(".")[0] for alias in stmt.names]


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.split(".")[0]

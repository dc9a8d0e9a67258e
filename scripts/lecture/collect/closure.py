"""What a function depends on: the digests of everything that its code reaches.

A definition is one top-level statement of a snippet module. Its digest is that of its
syntax tree without docstrings, so comments, formatting and captions never change it.
Its dependencies are the names that it reads from its module (found by `symtable`, which
knows Python's scopes), followed through sibling modules.
"""

import ast
from collections.abc import Iterable
from functools import lru_cache

from lecture.collect.module import (
    Import,
    Module,
    Modules,
    bound_names,
    import_roots,
    is_effect,
)
from lecture.collect.syntax import (
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
    """Return the digests of a lab's cells and of what they reach in sibling modules."""
    walk = _Walk(modules)
    walk.act(module)
    for stmt in modules[module].statements:
        walk.follow(module, stmt, "")
    own = {
        f"{module}[{number}]": digest(ast.parse(cell))
        for number, cell in enumerate(cells, start=1)
    }
    reached = sorted(walk.digests.items())
    return own | {n: d for n, d in reached if not n.startswith(f"{module}.")}


def imports_tensorflow(modules: Modules, names: Iterable[str]) -> bool:
    """Tell whether any of the modules imports Keras or TensorFlow."""
    return any(_imports_tensorflow(modules[name]) for name in names)


@lru_cache(maxsize=256)
def _imports_tensorflow(module: Module) -> bool:
    # Asked once for every case of a grid, and answered by a walk of the whole module.
    imports = (node for node in ast.walk(module.tree) if isinstance(node, Import))
    return any({"keras", "tensorflow"} & {*import_roots(stmt)} for stmt in imports)


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
        definitions = _definitions(self.modules[module])
        defining = definitions.get(name, [])
        self.reached[(module, name)] = defining
        self.act(module)
        if not all(isinstance(stmt, Import) for stmt in defining):
            self.digests[f"{module}.{name}"] = digest(*defining)
        for stmt in defining:
            self.follow(module, stmt, name)
        for stmt in [] if defining else definitions.get("*", []):
            for source in self._siblings(stmt):
                self.visit(source, name)

    def act(self, module: str) -> None:
        """Add what the import of a module does beyond binding names."""
        if (module, "") in self.reached:
            return
        statements = self.modules[module].statements
        effects = [stmt for stmt in statements if is_effect(stmt)]
        self.reached[(module, "")] = effects
        if effects:
            self.digests[f"{module}.(모듈 수준 문장)"] = digest(*effects)
        for stmt in effects:
            self.follow(module, stmt, "")
        for stmt in statements:
            for source in self._siblings(stmt):
                self.act(source)
        for stmt in _definitions(self.modules[module]).get("*", []):
            if not self._siblings(stmt):
                self.follow(module, stmt, "*")

    def follow(self, module: str, stmt: ast.stmt, name: str) -> None:
        """Add what a statement reaches; of an import, what it binds to the name."""
        if isinstance(stmt, Import):
            self._bind(module, stmt, name, None)
            return
        text = self.modules[module].text(stmt)
        for used in names_read(text):
            self._read(module, used, stmt)
        for inner in _inner_imports(stmt) if "import" in text else ():
            for alias in inner.names:
                self._bring(inner, alias, stmt)

    def _read(self, module: str, name: str, reader: ast.stmt) -> None:
        """Add a name that a statement reads; of a sibling, only what it reads there."""
        defining = _definitions(self.modules[module]).get(name, [])
        whole = [s for s in defining if isinstance(s, ast.Import) and self._siblings(s)]
        for stmt in whole:
            self._bind(module, stmt, name, reader)
        if not whole:
            self.visit(module, name)

    def _bind(
        self, module: str, stmt: Import, name: str, reader: ast.stmt | None
    ) -> None:
        """Note what an import binds to a name, and follow it into a sibling."""
        for alias in stmt.names:
            if _bound(alias) == name:
                source = getattr(stmt, "module", None) or ""
                text = f"{source} {alias.name} {alias.asname or ''}"
                self.digests[f"{module}.{name}"] = short_hash(text)
                self._bring(stmt, alias, reader)

    def _bring(self, stmt: Import, alias: ast.alias, reader: ast.stmt | None) -> None:
        """Add what an import brings from a sibling module, if it names one.

        Of a whole module, only the attributes count that the reader names, if there is
        one and it does nothing else with the module.
        """
        if isinstance(stmt, ast.ImportFrom):
            for source in self._siblings(stmt):
                self._use(source, None if alias.name == "*" else {alias.name})
        elif alias.name in self.modules:
            found = attributes_read(reader).get(_bound(alias)) if reader else None
            self._use(alias.name, found)

    def _use(self, module: str, names: set[str] | None) -> None:
        """Add the names of a module, or all that it defines."""
        self.act(module)
        for name in _definitions(self.modules[module]) if names is None else names:
            self.visit(module, name)

    def _siblings(self, stmt: ast.stmt) -> list[str]:
        roots = import_roots(stmt) if isinstance(stmt, Import) else []
        return [root for root in roots if root in self.modules]


@lru_cache(maxsize=256)
def _definitions(module: Module) -> dict[str, list[ast.stmt]]:
    defined: dict[str, list[ast.stmt]] = {}
    for stmt in module.statements:
        for name in bound_names(stmt):
            defined.setdefault(name, []).append(stmt)
    return defined


@lru_cache(maxsize=4096)
def _inner_imports(stmt: ast.stmt) -> tuple[Import, ...]:
    return tuple(node for node in ast.walk(stmt) if isinstance(node, Import))


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.split(".")[0]

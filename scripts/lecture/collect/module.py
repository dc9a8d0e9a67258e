"""Reading a snippet module without importing it."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.collect.cells import check_python, is_lab

Import = ast.Import | ast.ImportFrom
_NAMING = Import | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_OWN_SCOPE = ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp


@dataclass(frozen=True)
class Module:
    """A parsed snippet module."""

    name: str
    path: Path
    source: str
    tree: ast.Module

    @property
    def statements(self) -> tuple[ast.stmt, ...]:
        """The top-level statements, without a `__main__` block."""
        return _statements(self.tree)

    def text(self, stmt: ast.stmt) -> str:
        """Return the source of a top-level statement, decorators included."""
        decorators = getattr(stmt, "decorator_list", [])
        first = min([stmt.lineno, *(node.lineno for node in decorators)])
        return "\n".join(_lines(self.source)[first - 1 : stmt.end_lineno])


Modules = Mapping[str, Module]


class ModuleFolder(Mapping[str, Module]):
    """The modules of a snippet folder by name, each parsed when it is first asked for.

    A mistake in one module is thus no obstacle to the tasks of another.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.py"))}
        self._parsed: dict[str, Module] = {}

    def __getitem__(self, name: str) -> Module:
        """Return a module; raises CollectError where its syntax is wrong."""
        if name not in self._parsed:
            self._parsed[name] = _read(self._paths[name])
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def siblings(modules: Modules, module: Module) -> tuple[str, ...]:
    """Return the modules of the folder that a module imports at its top level."""
    imports = (stmt for stmt in module.statements if isinstance(stmt, Import))
    roots = dict.fromkeys(root for stmt in imports for root in import_roots(stmt))
    return tuple(root for root in roots if root in modules)


def import_roots(stmt: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the packages or modules that an import names."""
    if isinstance(stmt, ast.ImportFrom):
        return [(stmt.module or "").split(".")[0]]
    return [alias.name.split(".")[0] for alias in stmt.names]


@lru_cache(maxsize=256)
def _statements(tree: ast.Module) -> tuple[ast.stmt, ...]:
    return tuple(stmt for stmt in tree.body if not _is_main_block(stmt))


@lru_cache(maxsize=256)
def _lines(source: str) -> list[str]:
    return source.split("\n")  # the line breaks that syntax trees count


def _read(path: Path) -> Module:
    source = path.read_text(encoding="utf-8-sig")
    try:
        tree = ast.parse(source, filename=str(path))
    except SyntaxError as error:
        if is_lab(source):
            check_python(source, path)
        raise CollectError(
            f"파이썬 문법에 어긋납니다: {error.msg}", path=path, line=error.lineno
        ) from None
    return Module(path.stem, path, source, tree)


@lru_cache(maxsize=8192)
def bound_names(stmt: ast.stmt) -> frozenset[str]:
    """Return the names that a top-level statement binds in its module."""
    if isinstance(stmt, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return frozenset({stmt.name})
    if isinstance(stmt, Import):
        names = (alias.asname or alias.name.split(".")[0] for alias in stmt.names)
        return frozenset(names)
    return frozenset(_stored_names(stmt))


@lru_cache(maxsize=8192)
def is_effect(stmt: ast.stmt) -> bool:
    """Tell whether a top-level statement, or one in its blocks, acts without a name."""
    if isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant):
        return False
    if isinstance(stmt, _NAMING | ast.Pass):
        return False
    return not bound_names(stmt) or any(map(is_effect, _inner_statements(stmt)))


def _inner_statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _inner_statements(child)


def _stored_names(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _OWN_SCOPE):
            continue
        if isinstance(child, ast.stmt):
            yield from bound_names(child)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        else:
            yield from _stored_names(child)


def _is_main_block(stmt: ast.stmt) -> bool:
    return (
        isinstance(stmt, ast.If)
        and isinstance(stmt.test, ast.Compare)
        and isinstance(stmt.test.left, ast.Name)
        and stmt.test.left.id == "__name__"
    )

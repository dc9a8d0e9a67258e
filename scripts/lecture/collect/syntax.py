"""Digests and names of syntax trees, blind to comments, docstrings and formatting."""

import ast
import copy
import hashlib
import json
import symtable
from collections.abc import Iterator
from functools import lru_cache

_IGNORED_FIELDS = {"kind", "type_comment", "type_ignores", "ctx"}
_DOCUMENTED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def digest(*nodes: ast.AST) -> str:
    """Return a short digest of syntax trees, blind to docstrings and formatting."""
    return short_hash("\n".join(_canonical_of(node) for node in nodes))


@lru_cache(maxsize=4096)
def _canonical_of(node: ast.AST) -> str:
    return canonical(node)


def canonical(node: object) -> str:
    """Write a syntax tree as text that is the same in every Python version."""
    if isinstance(node, ast.AST):
        kept = _without_docstring(node)
        fields = [
            f"{name}={canonical(value)}"
            for name in kept._fields
            if name not in _IGNORED_FIELDS
            and (value := getattr(kept, name, None)) is not None
            and value != []
        ]
        return f"{type(node).__name__}({','.join(fields)})"
    if isinstance(node, list):
        return f"[{','.join([canonical(item) for item in node])}]"
    return repr(node)


@lru_cache(maxsize=4096)
def names_read(source: str) -> frozenset[str]:
    """Return the module-level names that the source of a statement reads."""
    table = symtable.symtable(source, "<snippet>", "exec")
    return frozenset(_global_reads(table, top=True))


def _global_reads(table: symtable.SymbolTable, *, top: bool) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_reads(child, top=False)


def attributes_read(stmt: ast.stmt) -> dict[str, set[str]]:
    """Return `name → attributes` for names only ever used as `name.attribute`."""
    attributes: dict[str, set[str]] = {}
    dotted = set()
    for node in ast.walk(stmt):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            attributes.setdefault(node.value.id, set()).add(node.attr)
            dotted.add(id(node.value))
    bare = {
        n.id for n in ast.walk(stmt) if isinstance(n, ast.Name) and id(n) not in dotted
    }
    return {name: found for name, found in attributes.items() if name not in bare}


def without_defaults(stmt: ast.stmt) -> ast.stmt:
    """Return a function without the default values of its parameters."""
    if not isinstance(stmt, ast.FunctionDef):
        return stmt
    bare = copy.copy(stmt)
    bare.args = copy.copy(stmt.args)
    bare.args.defaults = []
    bare.args.kw_defaults = [None for _ in stmt.args.kw_defaults]
    return bare


def _without_docstring(node: ast.AST) -> ast.AST:
    if not isinstance(node, _DOCUMENTED) or ast.get_docstring(node) is None:
        return node
    bare = copy.copy(node)
    bare.body = node.body[1:]
    return bare


# One encoder for all: to make one takes longer than to use it.
canonical_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def short_hash(text: str) -> str:
    """Return the first 12 hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

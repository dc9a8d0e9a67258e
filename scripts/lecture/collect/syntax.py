"""Digests and names of syntax trees, blind to comments, docstrings and formatting."""

import ast
import copy
import hashlib
import json
import re
import symtable
from collections.abc import Iterator, Sequence

_IGNORED_FIELDS = {"kind", "type_comment", "type_ignores", "ctx"}
_DOCUMENTED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def digest(*nodes: ast.AST) -> str:
    """Return a short digest of syntax trees, blind to docstrings and formatting."""
    return short_hash("\n".join(canonical(node) for node in nodes))


def canonical(node: object) -> str:
    """Write a syntax tree as text that is the same in every Python version."""
    if isinstance(node, ast.AST):
        kept = _without_empty_text(_without_docstring(node))
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


def first_line(stmt: ast.stmt) -> int:
    """Return the line on which a statement begins, decorators included."""
    decorators: list[ast.expr] = getattr(stmt, "decorator_list", [])
    return min([stmt.lineno, *(node.lineno for node in decorators)])


def docstrings(nodes: Sequence[ast.AST]) -> tuple[str, ...]:
    """Return the docstrings of the definitions among some nodes."""
    found = (n for n in nodes if isinstance(n, _DOCUMENTED))
    return tuple(doc for n in found if (doc := ast.get_docstring(n)) is not None)


def names_in(source: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the module-level names of a statement's source, by Python's own scopes.

    First all that it reads; then those that it reads when it is executed, not only when
    a function that it defines is called; then those that its functions assign.
    """
    found = list(_uses(_table(source), now=True))
    reads = frozenset(name for name, _, assigned in found if not assigned)
    now = frozenset(name for name, now, assigned in found if now and not assigned)
    return reads, now, frozenset(name for name, _, assigned in found if assigned)


class _Generators(ast.NodeTransformer):
    """Writes comprehensions as generators: their variables are the scope's own.

    Since Python 3.12, those of other comprehensions are among the names of the module,
    the class or the function around them.
    """

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    visit_SetComp = visit_ListComp  # noqa: N815

    def visit_DictComp(self, node: ast.DictComp) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        pair = ast.Tuple([node.key, node.value], ast.Load())
        return ast.GeneratorExp(pair, node.generators)


def _table(source: str) -> symtable.SymbolTable:
    if re.search(r"\bfor\b", source):
        tree = _Generators().visit(ast.parse(source))
        source = ast.unparse(ast.fix_missing_locations(tree))
    return symtable.symtable(source, "<snippet>", "exec")


def _uses(
    table: symtable.SymbolTable, *, now: bool
) -> Iterator[tuple[str, bool, bool]]:
    """Yield (name, whether at once, whether assigned) for names of the module."""
    top, body = table.get_type() == "module", table.get_type() == "class"
    for symbol in table.get_symbols():
        # A class body reads a name of the module before it binds its own: LR = LR.
        if symbol.is_referenced() and (top or body or symbol.is_global()):
            yield symbol.get_name(), now, False
        if symbol.is_declared_global() and symbol.is_assigned():
            yield symbol.get_name(), now, True
    for child in table.get_children():
        yield from _uses(child, now=now and _runs_at_once(child))


def _runs_at_once(table: symtable.SymbolTable) -> bool:
    """Tell whether a scope is executed with the statement around it."""
    return table.get_type() != "function" or table.get_name() in (
        *("listcomp", "setcomp", "dictcomp", "genexpr"),
    )


def attributes_read(nodes: Sequence[ast.AST]) -> dict[str, tuple[str, ...]]:
    """Return `name → attributes` for names only ever used as `name.attribute`."""
    attributes: dict[str, set[str]] = {}
    dotted = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            attributes.setdefault(node.value.id, set()).add(node.attr)
            dotted.add(id(node.value))
    bare = {n.id for n in nodes if isinstance(n, ast.Name) and id(n) not in dotted}
    return {n: tuple(sorted(a)) for n, a in attributes.items() if n not in bare}


def listed_defaults(stmt: ast.stmt) -> str:
    """Return the parameters whose defaults hold a list: JSON makes tuples the same."""
    if not isinstance(stmt, ast.FunctionDef):
        return ""
    arguments = stmt.args
    positional = arguments.posonlyargs + arguments.args
    late = positional[len(positional) - len(arguments.defaults) :]
    pairs = zip(
        (*late, *arguments.kwonlyargs),
        (*arguments.defaults, *arguments.kw_defaults),
        strict=True,
    )
    return " ".join(
        argument.arg
        for argument, default in pairs
        if default and any(isinstance(node, ast.List) for node in ast.walk(default))
    )


def bare_function(stmt: ast.stmt) -> ast.stmt:
    """Return a function without its name and the default values of its parameters."""
    if not isinstance(stmt, ast.FunctionDef):
        return stmt
    bare = copy.copy(stmt)
    bare.name = ""
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


def _without_empty_text(node: ast.AST) -> ast.AST:
    """Drop the empty text that Python 3.12.1 puts after a field of a format."""
    if not isinstance(node, ast.JoinedStr):
        return node
    texts = (
        v for v in node.values if not (isinstance(v, ast.Constant) and not v.value)
    )
    return ast.JoinedStr(list(texts))


# One encoder for all: to make one takes longer than to use it.
canonical_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def short_hash(text: str) -> str:
    """Return the first 12 hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

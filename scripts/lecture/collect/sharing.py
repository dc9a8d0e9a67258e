"""Objects that go by several names: what is done to one is done to all."""

import ast
from collections.abc import Iterator

from lecture.collect.effects import executed, postponed, root

_HOLDING = (
    ast.List | ast.Tuple | ast.Set | ast.Dict | ast.IfExp | ast.BoolOp | ast.NamedExpr
)


def shared(stmt: ast.stmt) -> Iterator[str]:
    """Yield the names whose objects a statement may bind to other names, or put away.

    Whatever is done to the one is then done to the other.
    """
    for node in (*executed(stmt), *postponed(ast.walk(stmt))):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            yield from _lent(node.value)
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            yield from _lent(node.iter)
        elif isinstance(node, ast.Return | ast.Yield):
            yield from _lent(node.value)
        elif isinstance(node, ast.withitem):
            yield from _lent(node.context_expr)
        elif isinstance(node, ast.Match):
            yield from _lent(node.subject)


def _lent(node: ast.expr | None) -> Iterator[str]:
    """Yield the names of the objects that an expression may give, or hold."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Starred):
        yield from root(node)
    elif isinstance(node, ast.Call):
        yield from root(node.func)
        for given in (*node.args, *(word.value for word in node.keywords)):
            yield from _lent(given)
    elif isinstance(node, _HOLDING):
        for child in ast.iter_child_nodes(node):
            yield from _lent(child) if isinstance(child, ast.expr) else ()

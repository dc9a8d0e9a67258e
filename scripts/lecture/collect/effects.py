"""What executing a statement may change, beside the names that it binds.

A method call, a call with arguments and a store into a part may all change an object;
which of them do cannot be known without running, so all count. A name that can be no
more than a number or a text is ruled out later, where all definitions are known.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_NAMING = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef
_PURE = frozenset(
    ("abs", "all", "any", "bool", "dict", "divmod", "enumerate", "float")
    + ("frozenset", "int", "isinstance", "len", "list", "max", "min", "print")
    + ("range", "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple")
    + ("type", "zip")
)
_CALLING = frozenset(("filter", "map"))  # these call what they are given first
_MUTATORS = frozenset(
    ("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem")
    + ("remove", "reverse", "setdefault", "shuffle", "sort", "update")
)
_GENERATORS = frozenset(
    ("default_rng", "Generator", "Random", "RandomState", "SeedGenerator")
    + ("SeedSequence", "SystemRandom", "MT19937", "PCG64", "PCG64DXSM", "Philox")
    + ("SFC64", "from_seed")
)
_SETTERS = ("set_", "enable_", "disable_", "register")
_SETTING = frozenset(
    ("filterwarnings", "manual_seed", "rc", "seed", "setattr", "seterr", "setlocale")
    + ("setrecursionlimit", "simplefilter", "update", "use")
)


@dataclass(frozen=True)
class Effects:
    """What may be changed."""

    names: frozenset[str] = frozenset()  # objects that the module knows by these names
    bound: frozenset[str] = frozenset()  # names that get another object
    libraries: frozenset[str] = frozenset()  # modules told to behave otherwise
    called: frozenset[str] = frozenset()  # functions called by these names


def effects_of(
    nodes: Iterable[ast.AST], assigned: frozenset[str] = frozenset()
) -> Effects:
    """Return what the nodes may change, and the names that they assign globally."""
    kept = list(nodes)
    names = frozenset(name for node in kept for name in _changed(node))
    libraries = frozenset(name for node in kept for name in _set(node))
    calls = (node.func for node in kept if isinstance(node, ast.Call))
    called = frozenset(node.id for node in calls if isinstance(node, ast.Name))
    return Effects(names, assigned, libraries, called)


def touched(stmt: ast.stmt) -> Iterator[str]:
    """Yield the names of objects that a module may change when it is imported.

    Of functions, which may be called or not, only what they surely change counts.
    """
    yield from effects_of(executed(stmt)).names
    if isinstance(stmt, ast.Assign | ast.AnnAssign) and stmt.value:
        yield from _given(stmt.value)  # known by another name from there on
    for node in postponed(ast.walk(stmt)):
        if isinstance(node, ast.Attribute | ast.Subscript):
            yield from _set(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from root(node.func) if node.func.attr in _MUTATORS else ()


def rebound(stmt: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement unbinds, or binds from inside a function."""
    for node in ast.walk(stmt):
        if isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.Delete):
            yield from (t.id for t in node.targets if isinstance(t, ast.Name))


def is_act(stmt: ast.stmt, bound_names: Callable[[ast.stmt], frozenset[str]]) -> bool:
    """Tell whether a top-level statement, or one in its blocks, acts without a name."""
    if isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant):
        return False
    if isinstance(stmt, _NAMING | ast.ClassDef | ast.Pass):
        return False
    named = bound_names(stmt) - {"_"}
    return not named or any(is_act(s, bound_names) for s in _inner_statements(stmt))


def _inner_statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from _inner_statements(child)


def executed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that are evaluated with a statement; decorators are calls."""
    yield node
    for decorator in getattr(node, "decorator_list", []):
        yield ast.Call(decorator, [], [])
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, _FUNCTION):
            continue
        for child in value if isinstance(value, list) else [value]:
            given = isinstance(node, ast.Call | ast.keyword)
            if given and isinstance(child, ast.Lambda):
                yield from executed(child.body)  # who receives it may call it
            elif isinstance(child, ast.AST):
                yield from executed(child)


def postponed(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield those of a statement's nodes that lie inside its functions."""
    for node in nodes:
        if isinstance(node, _FUNCTION):
            for inner in node.body if isinstance(node.body, list) else [node.body]:
                yield from ast.walk(inner)


def _changed(node: ast.AST) -> Iterator[str]:
    """Yield the names of objects that a node may change."""
    if isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node.ctx, ast.Store | ast.Del):
            yield from root(node)
    elif isinstance(node, ast.AugAssign):
        yield from root(node.target)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute | ast.Subscript):
            yield from root(node.func)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        count = 0 if name in _PURE else 1 if name in _CALLING else len(node.args)
        words = (w for w in node.keywords if name not in _PURE or w.arg == "key")
        for given in (*node.args[:count], *(word.value for word in words)):
            yield from _given(given)


def _set(node: ast.AST) -> Iterator[str]:
    """Yield the name under which a library is told to behave otherwise."""
    if isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node.ctx, ast.Store | ast.Del):
            yield from root(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name = node.func.attr
        draws = "random" in _parts(node.func.value) and is_draw(name)
        if draws or name in _SETTING or name.startswith(_SETTERS):
            yield from root(node.func)


def is_draw(function: str) -> bool:
    """Tell whether a function of a module of random numbers draws from a global one."""
    return function not in _GENERATORS


def _parts(node: ast.expr) -> Iterator[str]:
    """Yield the parts of a dotted name, last first."""
    while isinstance(node, ast.Attribute):
        yield node.attr
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def root(node: ast.expr) -> Iterator[str]:
    """Yield the name from which a chain of parts starts: TABLE of TABLE["a"].b."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id


def _given(node: ast.expr) -> Iterator[str]:
    """Yield the names of objects that a call receives."""
    if isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _given(item)
    else:
        yield from root(node)

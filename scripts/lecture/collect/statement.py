"""One top-level statement of a module: what it binds, reads and may change."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lecture.collect.effects import Effects, effects_of, executed, is_act, postponed
from lecture.collect.hazards import Hazard, hazards, reads_clock, reads_everything
from lecture.collect.imports import (
    Alias,
    Import,
    aliases_of,
    inner_imports,
    outer_imports,
)
from lecture.collect.shared_draws import Chance, chance
from lecture.collect.sharing import shared
from lecture.collect.syntax import (
    attributes_read,
    bare_function,
    digest,
    docstrings,
    first_line,
    listed_defaults,
    names_in,
    short_hash,
)

_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Statement:
    """What planning knows of a statement; nothing of it is executed."""

    line: int
    lines: tuple[int, int]  # first and last, decorators included
    binds: frozenset[str]
    digest: str  # of its syntax tree
    bare_digest: str  # the same without a function's name and defaults
    docs: str  # digest of the docstrings inside
    reads: tuple[str, ...]  # names of the module, sorted
    reads_now: frozenset[str]  # those read as soon as the module is imported
    attributes: Mapping[str, tuple[str, ...]]  # of names used in no other way
    shared: frozenset[str]  # names whose objects those bound may be, or hold
    aliases: tuple[Alias, ...]  # bound by imports outside functions
    inner: tuple[Alias, ...]  # brought by imports inside functions
    is_import: bool
    is_definition: bool  # of a function or a class
    is_constant: bool  # its value can never change: a number, a text, a tuple of them
    remembers: bool  # a call of what it binds may change what it does next time
    acts: bool  # it does something beyond binding names
    now: Effects  # what its execution may change
    later: Effects  # what a call of its functions may change
    reads_docs: bool
    hazards: tuple[Hazard, ...]
    chance: Chance
    reads_clock: bool


def read_statement(
    stmt: ast.stmt,
    text: str,
    package: str,
    names: Mapping[str, str],
    found: Sequence[Hazard],
) -> Statement:
    """Return what a statement says; `text` is its source, decorators included.

    names: what the module's imports mean. found: what is hazardous in the module for
    reasons that one statement cannot know.
    """
    nodes, said = list(ast.walk(stmt)), digest(stmt)
    reads, reads_now, assigned = names_in(text)
    hazardous = (*hazards(nodes, names), *(h for h in found if _is_inside(h, stmt)))
    return Statement(
        line=stmt.lineno,
        lines=(first_line(stmt), stmt.end_lineno or stmt.lineno),
        binds=bound_names(stmt),
        digest=said,
        bare_digest=_bare_digest(stmt, said),
        docs=_docs(nodes),
        reads=tuple(sorted({*reads, *_whole(nodes, names)})),
        reads_now=reads_now,
        attributes=attributes_read(nodes),
        shared=frozenset(shared(stmt)),
        aliases=tuple(aliases_of(outer_imports(stmt), package)),
        inner=tuple(aliases_of(inner_imports(stmt, text), package)),
        is_import=isinstance(stmt, Import),
        is_definition=isinstance(stmt, _DEFINITION),
        is_constant=is_constant(stmt),
        remembers=_remembers(stmt),
        acts=is_act(stmt, bound_names),
        now=effects_of(executed(stmt)),
        later=effects_of(postponed(nodes), assigned),
        reads_docs="__doc__" in text or "getdoc" in text,
        hazards=hazardous,
        chance=chance(nodes, names),
        reads_clock=reads_clock(nodes, names),
    )


def _docs(nodes: Sequence[ast.AST]) -> str:
    docs = docstrings(nodes)
    return short_hash("\n".join(docs)) if docs else ""


def _whole(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> tuple[str, ...]:
    return ("*",) if reads_everything(nodes, names) else ()


def _bare_digest(stmt: ast.stmt, said: str) -> str:
    bare = bare_function(stmt)
    return said if bare is stmt else digest(bare) + listed_defaults(stmt)


def bound_names(stmt: ast.stmt) -> frozenset[str]:
    """Return the names that a top-level statement binds in its module."""
    if isinstance(stmt, _DEFINITION):
        return frozenset({stmt.name, *_walruses(stmt)})
    if isinstance(stmt, Import):
        names = (alias.asname or alias.name.split(".")[0] for alias in stmt.names)
        return frozenset(names)
    return frozenset(_stored_names(stmt))


def _stored_names(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda):
            continue
        if isinstance(
            child, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp
        ):
            yield from _walruses(child)
        elif isinstance(child, ast.stmt):
            yield from bound_names(child)
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif (
            isinstance(child, ast.ExceptHandler | ast.MatchAs | ast.MatchStar)
            and child.name
        ):
            yield child.name
            yield from _stored_names(child)
        else:
            yield from _stored_names(child)


def _walruses(node: ast.AST) -> Iterator[str]:
    """Yield the names that `:=` binds outside the comprehension around it."""
    for child in _evaluated(node):
        if isinstance(child, ast.NamedExpr) and isinstance(child.target, ast.Name):
            yield child.target.id


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is evaluated outside the scope of a definition: its defaults."""
    if isinstance(node, ast.ClassDef):
        parts = [*node.decorator_list, *node.bases, *node.keywords]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        given = (*node.args.defaults, *node.args.kw_defaults)
        parts = [*node.decorator_list, *(d for d in given if d)]
    else:
        parts = [node]
    for part in parts:
        yield from ast.walk(part)


def _is_inside(hazard: Hazard, stmt: ast.stmt) -> bool:
    return first_line(stmt) <= hazard.line <= (stmt.end_lineno or stmt.lineno)


def is_constant(stmt: ast.stmt) -> bool:
    """Tell whether a statement binds what can never change: a number, a text."""
    return (
        isinstance(stmt, ast.Assign | ast.AnnAssign)
        and stmt.value is not None
        and _is_immutable(stmt.value)
    )


def _remembers(stmt: ast.stmt) -> bool:
    if isinstance(stmt, ast.FunctionDef | ast.AsyncFunctionDef):
        defaults = (*stmt.args.defaults, *stmt.args.kw_defaults)
        return not all(_is_immutable(d) for d in defaults if d)
    value = getattr(stmt, "value", None)
    return not isinstance(stmt, ast.ClassDef) and not isinstance(value, ast.Lambda)


def _is_immutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return all(map(_is_immutable, node.elts))
    if isinstance(node, ast.UnaryOp):
        return _is_immutable(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_immutable(node.left) and _is_immutable(node.right)
    return isinstance(node, ast.Constant)

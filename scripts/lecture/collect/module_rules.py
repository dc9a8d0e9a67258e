"""The rules of names in one module, and what is said to who breaks one.

Every rule raises CollectError, with the line and the names that would do.
"""

import ast
import difflib
from collections.abc import Collection, Iterator

from lecture.base.errors import CollectError
from lecture.base.particles import with_particle
from lecture.collect.artefact import DRAWN
from lecture.collect.imports import Import
from lecture.collect.source import Source
from lecture.collect.statement import bound_names

_KINDS = ("experiment", *DRAWN)
_PREFIXES = (*_KINDS, "cases")


def prefix_of(name: str) -> str:
    """Return the part of a name before its first underscore; "" where there is none."""
    prefix, underscore, rest = name.partition("_")
    return prefix if underscore and rest else ""


def refuse_near_misses(source: Source, stmt: ast.stmt) -> None:
    """Refuse a function, or a list of cases, whose prefix is almost one of ours."""
    if isinstance(stmt, ast.FunctionDef | ast.AsyncFunctionDef):
        _refuse_near_miss(source, stmt, _KINDS, _PREFIXES)
    value = getattr(stmt, "value", None)
    if isinstance(stmt, ast.Assign | ast.AnnAssign) and value and _is_rows(value):
        _refuse_near_miss(source, stmt, ("cases",), ("cases",))


def refuse_odd_forms(source: Source, stmt: ast.stmt) -> None:
    """Refuse what has a prefix of ours, and would be passed over or misunderstood."""
    if isinstance(stmt, ast.FunctionDef):
        _refuse_parameters(source, stmt)
        return
    if isinstance(stmt, Import):
        return
    for name in {*bound_names(stmt), *_deleted(stmt)}:
        if prefix_of(name) in _KINDS:
            raise _error(
                source,
                stmt,
                f"{with_particle(name, '은')} 함수로 정의해야 합니다.",
                f"파일 맨 위 수준에 `def {name}(…):`라고 적으세요.",
            )


def _deleted(stmt: ast.stmt) -> Iterator[str]:
    for target in stmt.targets if isinstance(stmt, ast.Delete) else ():
        if isinstance(target, ast.Name):
            yield target.id


def _refuse_parameters(source: Source, function: ast.FunctionDef) -> None:
    arguments = function.args
    prefix, underscore, rest = function.name.partition("_")
    if prefix not in _KINDS or not underscore:
        return
    if not rest:
        message = f"`{function.name}`: 접두어 뒤에 이름이 없습니다."
        raise _error(source, function, message, f"예: {prefix}_fit")
    if arguments.vararg or arguments.kwarg or arguments.posonlyargs:
        raise _error(
            source,
            function,
            f"`{function.name}`: `*args`, `**kwargs`, `/`는 쓸 수 없습니다.",
            "매개변수를 하나씩 이름으로 적으세요. 예: def experiment_fit(lr=0.1)",
        )


def _refuse_near_miss(
    source: Source, stmt: ast.stmt, allowed: Collection[str], known: Collection[str]
) -> None:
    for name in bound_names(stmt):
        prefix = prefix_of(name)
        meant = None if prefix in allowed else _near_miss(prefix, known)
        if meant:
            possible = ", ".join(f"{kind}_" for kind in allowed)
            raise _error(
                source,
                stmt,
                f"`{name}`: 알 수 없는 접두어 `{prefix}_`입니다.",
                f"`{meant}_`를 쓰려 했나요? 쓸 수 있는 접두어: {possible}",
            )


def _near_miss(prefix: str, known: Collection[str]) -> str | None:
    """Return the prefix that `fig`, `tabel` or `claims` means; `stable` means none."""
    alike = [meant for meant in known if prefix and meant[0] == prefix[0]]
    for meant in alike:
        if len(prefix) >= 3 and meant.startswith(prefix):
            return meant
    # `class_means` is close to `cases`, and nobody's mistake.
    kinds = [meant for meant in alike if meant in _KINDS]
    close = difflib.get_close_matches(prefix, kinds, n=1, cutoff=0.75)
    return close[0] if close else None


def _is_rows(value: ast.expr) -> bool:
    """Tell whether an expression is a list of dicts, as cases are."""
    rows = [value.elt] if isinstance(value, ast.ListComp) else []
    rows += value.elts if isinstance(value, ast.List) else []
    return any(
        isinstance(row, ast.Dict)
        or (isinstance(row, ast.Call) and ast.unparse(row.func) == "dict")
        for row in rows
    )


def _error(source: Source, stmt: ast.stmt, message: str, hint: str) -> CollectError:
    return CollectError(message, path=source.path, line=stmt.lineno, hint=hint)

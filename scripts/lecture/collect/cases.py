"""The rows of `cases_*`, evaluated from their syntax tree alone.

A list of cases may use literals, comprehensions, arithmetic, a few builtins and
constants of its module. Nothing is imported, so planning stays fast and safe.
"""

import ast
import json
from collections.abc import Iterator, Sequence
from typing import Any

from lecture.base.errors import CollectError
from lecture.collect.arithmetic import BUILTINS, Guarded, guards, weigh
from lecture.collect.artefact import Case
from lecture.collect.effects import rebound, touched
from lecture.collect.source import Source
from lecture.collect.statement import bound_names, is_constant
from lecture.collect.syntax import canonical_json, names_in

Assignment = ast.Assign | ast.AnnAssign
_ALLOWED = (
    ast.Expression | ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set
    | ast.ListComp | ast.DictComp | ast.GeneratorExp | ast.comprehension
    | ast.Name | ast.expr_context | ast.Call | ast.keyword | ast.Starred
    | ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.IfExp
    | ast.operator | ast.unaryop | ast.boolop | ast.cmpop | ast.Subscript | ast.Slice
)  # fmt: skip


def read_cases(
    source: Source, body: Sequence[ast.stmt]
) -> Iterator[tuple[str, tuple[int, tuple[Case, ...]]]]:
    """Yield the name, the line and the rows of each list of cases.

    Raises CollectError where a list is not assigned once and whole, or a row is not a
    dict of JSON-able values, or stands twice.
    """
    seen: set[str] = set()
    for stmt in body:
        for name in bound_names(stmt) if not isinstance(stmt, ast.FunctionDef) else ():
            prefix, _, rest = name.partition("_")
            if prefix == "cases" and rest:
                if name in seen or not _is_assignment(stmt, name):
                    raise _error(source, stmt, _ONCE.format(name))
                if changing := _changed_elsewhere(name, stmt, body):
                    raise _error(source, changing, _ONCE.format(name))
                seen.add(name)
                yield rest, (stmt.lineno, _rows(source, stmt, body))  # type: ignore[arg-type]


_ONCE = "`{}`: 사례 목록은 대입 한 번으로 모두 적어야 합니다."


def case_text(case: Case | None) -> str:
    """Return a case as canonical text: its identity; "" where there is none."""
    return "" if case is None else canonical_json(case)


def case_name(case: Case | None) -> str:
    """Return a case as an author sees it: `(lr=0.1)`; "" where there is none."""
    if case is None:
        return ""
    return f"({', '.join(f'{name}={value}' for name, value in case.items())})"


def constant(source: Source, node: ast.expr, body: Sequence[ast.stmt]) -> Any:
    """Return the value of a constant expression as a result file would keep it.

    Raises CollectError where it needs more than literals and module constants.
    """
    try:
        value = _evaluate(source, node, body, frozenset())
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()  # half a pair of surrogates is no text
        return json.loads(text)
    except (TypeError, ValueError) as error:
        raise _unreadable(source, node, error) from None


def _is_assignment(stmt: ast.stmt, name: str) -> bool:
    targets = getattr(stmt, "targets", [getattr(stmt, "target", None)])
    named = [t.id for t in targets if isinstance(t, ast.Name)]
    return isinstance(stmt, Assignment) and named == [name] and stmt.value is not None


def _rows(
    source: Source, stmt: Assignment, body: Sequence[ast.stmt]
) -> tuple[Case, ...]:
    assert stmt.value is not None
    rows = constant(source, stmt.value, body)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _error(source, stmt, "사례 목록은 dict(…)의 리스트여야 합니다.")
    if not rows:
        raise _error(source, stmt, "사례 목록이 비어 있습니다.")
    texts = [case_text(row) for row in rows]
    for text in texts:
        if texts.count(text) > 1:
            raise _error(source, stmt, f"같은 사례가 두 번 있습니다: {text}")
    return tuple(rows)


def _evaluate(
    source: Source, node: ast.expr, body: Sequence[ast.stmt], open_: frozenset[str]
) -> Any:
    """Return the value of an expression; `open_` holds the constants under way."""
    for child in ast.walk(node):
        if not isinstance(child, _ALLOWED):
            what = ast.unparse(child) if isinstance(child, ast.expr) else type(child)
            raise _error(source, node, f"사례 목록에 쓸 수 없는 식입니다: {what}")
    own = frozenset(name for stmt in body for name in bound_names(stmt))
    wanted = names_in(ast.unparse(node))[0] - ({*BUILTINS, "range"} - own)
    names = {n: _constant(source, n, node, body, open_) for n in sorted(wanted)}
    tree = Guarded().visit(ast.parse(ast.unparse(node), mode="eval"))
    code = compile(ast.fix_missing_locations(tree), str(source.path), "eval")
    known = {**BUILTINS, **guards(), **names, "__builtins__": {}}
    try:
        value = eval(code, known)  # noqa: S307  only the node types above get here
        weigh(value)
        return value
    except Exception as error:
        raise _unreadable(source, node, error) from None


def _constant(
    source: Source,
    name: str,
    node: ast.expr,
    body: Sequence[ast.stmt],
    open_: frozenset[str],
) -> Any:
    """Return the value of a module constant that an expression names."""
    defining = [stmt for stmt in body if name in bound_names(stmt)]
    stmt = defining[0] if len(defining) == 1 else None
    if name in open_ or not isinstance(stmt, Assignment) or stmt.value is None:
        what = "여러 번 대입된" if len(defining) > 1 else "읽을 수 없는"
        raise _error(source, node, f"사례 목록이 {what} 이름을 씁니다: {name}")
    if changed := _changed_elsewhere(name, stmt, body):
        raise _error(
            source, changed, f"사례 목록에 쓰인 `{name}`을(를) 여기서 바꿀 수 있습니다."
        )
    value = _evaluate(source, stmt.value, body, open_ | {name})
    targets = getattr(stmt, "targets", [getattr(stmt, "target", None)])
    bound = dict(pair for target in targets for pair in _bound(target, value))
    return bound[name]


def _changed_elsewhere(
    name: str, defining: ast.stmt, body: Sequence[ast.stmt]
) -> ast.stmt | None:
    """Return another statement that may change what a name holds, if there is one."""
    fixed = is_constant(defining)
    for stmt in body:
        if stmt is defining:
            continue
        if name in rebound(stmt) or (not fixed and name in touched(stmt)):
            return stmt
    return None


def _bound(target: ast.expr | None, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names that an assignment binds, each with its part of the value."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        for part, of_value in zip(target.elts, value, strict=False):
            yield from _bound(part, of_value)


def _unreadable(source: Source, node: ast.AST, error: Exception) -> CollectError:
    return _error(source, node, f"사례 목록을 읽지 못했습니다: {error}")


def _error(source: Source, node: ast.AST, message: str) -> CollectError:
    return CollectError(
        message,
        path=source.path,
        line=getattr(node, "lineno", None),
        hint="숫자·문자열과 모듈 상수, 튜플, for로 만든 리스트만 씁니다. 예: "
        "cases_fit = [dict(lr=lr, seed=s) for lr in (0.1, 0.01) for s in range(3)]",
    )

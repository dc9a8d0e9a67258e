"""The rows of `cases_*`, evaluated from their syntax tree alone.

A list of cases may use literals, comprehensions, arithmetic, a few builtins and
constants of its module. Nothing is imported, so planning stays fast and safe.
"""

import ast
import json
from collections.abc import Callable, Iterator
from typing import Any

from lecture.base.errors import CollectError
from lecture.collect.artefact import Case
from lecture.collect.module import Module, bound_names
from lecture.collect.syntax import canonical_json, names_read

_BUILTINS: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (dict, list, tuple, range, zip, enumerate, len, round)
}
_ALLOWED = (
    ast.Expression | ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.Set
    | ast.ListComp | ast.DictComp | ast.GeneratorExp | ast.comprehension
    | ast.Name | ast.expr_context | ast.Call | ast.keyword | ast.Starred
    | ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Compare | ast.IfExp
    | ast.operator | ast.unaryop | ast.boolop | ast.cmpop | ast.Subscript | ast.Slice
)  # fmt: skip


def read_cases(module: Module, stmt: ast.Assign) -> tuple[Case, ...]:
    """Return the rows of a `cases_*` assignment.

    Raises CollectError where a row is not a dict of JSON-able values, or stands twice.
    """
    rows = constant(module, stmt.value)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _error(module, stmt, "사례 목록은 dict(…)의 리스트여야 합니다.")
    seen = set()
    for row in rows:
        text = case_text(row)
        if text in seen:
            raise _error(module, stmt, f"같은 사례가 두 번 있습니다: {text}")
        seen.add(text)
    return tuple(rows)


def case_text(case: Case) -> str:
    """Return a case as canonical text: its identity."""
    return canonical_json(case)


def constant(module: Module, node: ast.expr) -> Any:
    """Return the value of a constant expression as a result file would keep it.

    Raises CollectError where it needs more than literals and module constants.
    """
    try:
        return json.loads(json.dumps(_evaluate(module, node)))
    except (TypeError, ValueError) as error:
        raise _unreadable(module, node, error) from None


def _evaluate(module: Module, node: ast.expr) -> Any:
    for child in ast.walk(node):
        if not isinstance(child, _ALLOWED):
            what = ast.unparse(child) if isinstance(child, ast.expr) else ""
            raise _error(
                module, node, f"사례 목록에 쓸 수 없는 식입니다: {what or type(child)}"
            )
    names = _constants(module, node) | _BUILTINS | {"__builtins__": {}}
    code = compile(ast.Expression(node), str(module.path), "eval")
    try:
        return eval(code, names)  # noqa: S307  only the node types above get here
    except Exception as error:
        raise _unreadable(module, node, error) from None


def _constants(module: Module, node: ast.expr) -> dict[str, Any]:
    """Return the values of the module constants that an expression names."""
    wanted = names_read(ast.unparse(node)) - set(_BUILTINS)
    return {
        name: value
        for stmt in module.statements
        if isinstance(stmt, ast.Assign) and bound_names(stmt) & wanted
        if stmt.value is not node
        for target in stmt.targets
        for name, value in _bound(target, _evaluate(module, stmt.value))
    }


def _bound(target: ast.expr, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names that an assignment binds, each with its part of the value."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        for part, of_value in zip(target.elts, value, strict=False):
            yield from _bound(part, of_value)


def _unreadable(module: Module, node: ast.AST, error: Exception) -> CollectError:
    return _error(module, node, f"사례 목록을 읽지 못했습니다: {error}")


def _error(module: Module, node: ast.AST, message: str) -> CollectError:
    return CollectError(
        message,
        path=module.path,
        line=getattr(node, "lineno", None),
        hint="숫자·문자열과 모듈 상수, for로 만든 리스트만 씁니다. 예: "
        "cases_fit = [dict(lr=lr, seed=s) for lr in (0.1, 0.01) for s in range(3)]",
    )

"""What one task of a module may take, and what it needs on a cluster."""

import ast
from collections.abc import Mapping, Sequence

from lecture.base.errors import CollectError
from lecture.collect.source import Source

_LIMITS = ("time_limit", "memory_limit", "gpu")  # seconds, MB, GPUs


def read_limits(source: Source, body: Sequence[ast.stmt]) -> Mapping[str, float]:
    """Return the limits that a module sets; raises CollectError for what is none."""
    found: dict[str, float] = {}
    for stmt in body:
        for target in getattr(stmt, "targets", [getattr(stmt, "target", None)]):
            if isinstance(target, ast.Name) and target.id in _LIMITS:
                found[target.id] = _seconds(source, stmt, target.id)
    return found


def _seconds(source: Source, stmt: ast.stmt, name: str) -> float:
    try:
        assert isinstance(stmt, ast.Assign | ast.AnnAssign) and stmt.value
        value = float(ast.literal_eval(stmt.value))
        assert 0 < value < float("inf")
        return value
    except (AssertionError, ValueError, TypeError):
        raise CollectError(
            f"`{name}`에는 0보다 큰 숫자 하나만 적습니다.",
            path=source.path,
            line=stmt.lineno,
            hint=f"예: {name} = 1200",
        ) from None

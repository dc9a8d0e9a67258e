"""The knobs of `smoke_*`: how small a run of an experiment may be, as a module says."""

import ast
from collections.abc import Iterator, Sequence

from lecture.base.errors import CollectError
from lecture.collect.artefact import Case
from lecture.collect.cases import constant
from lecture.collect.source import Source


def read_smoke(
    source: Source, body: Sequence[ast.stmt]
) -> Iterator[tuple[str, tuple[int, Case]]]:
    """Yield the name, the line and the knobs of each `smoke_<name> = dict(…)`.

    Raises CollectError where one is not a dict of JSON-able values.
    """
    for stmt in body:
        if isinstance(stmt, ast.Assign):
            for target in stmt.targets:
                prefix, _, rest = getattr(target, "id", "").partition("_")
                if prefix == "smoke" and rest:
                    yield rest, (stmt.lineno, _knobs(source, stmt, body))


def _knobs(source: Source, stmt: ast.Assign, body: Sequence[ast.stmt]) -> Case:
    knobs = constant(source, stmt.value, body)
    if isinstance(knobs, dict):
        return knobs
    raise CollectError(
        "작게 돌릴 때의 하이퍼파라미터는 dict(…)여야 합니다.",
        path=source.path,
        line=stmt.lineno,
        hint="예: smoke_fit = dict(epochs=1, samples=200)",
    )

"""What a module declares by the names of its functions, as far as one file tells."""

import ast
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lecture.base.errors import CollectError
from lecture.collect.artefact import DRAWN
from lecture.collect.cases import constant
from lecture.collect.module_rules import prefix_of, refuse_near_misses, refuse_odd_forms
from lecture.collect.source import Source
from lecture.collect.syntax import canonical

DECLARED = ("experiment", *DRAWN)


@dataclass(frozen=True)
class Declared:
    """One function with a prefix of ours."""

    kind: str
    name: str  # without the prefix
    line: int
    doc: str
    needs: tuple[str, ...]  # parameters without default
    knobs: Mapping[str, Any]  # parameters with one, and its value as JSON holds it


def declared(source: Source, body: Sequence[ast.stmt]) -> Iterator[Declared]:
    """Yield what a module declares; raises CollectError where a rule is broken."""
    for stmt in body:
        refuse_near_misses(source, stmt)
        refuse_odd_forms(source, stmt)
    for stmt in body:
        if isinstance(stmt, ast.FunctionDef) and prefix_of(stmt.name) in DECLARED:
            yield _declared(source, stmt, body)


def _declared(
    source: Source, function: ast.FunctionDef, body: Sequence[ast.stmt]
) -> Declared:
    kind, _, name = function.name.partition("_")
    pairs = list(_parameters(function))
    doc = inspect.cleandoc(ast.get_docstring(function) or "")
    if kind in DRAWN and not doc:
        raise CollectError(
            f"{function.name}에 설명글(docstring)이 없습니다.",
            path=source.path,
            line=function.lineno,
            hint="첫 문단이 캡션, 또는 확인할 주장이 됩니다.",
        )
    needs = tuple(name for name, default in pairs if default is None)
    knobs = {n: _value(source, d, body) for n, d in pairs if d is not None}
    if "seed" in knobs and knobs["seed"] is None:
        raise CollectError(
            f"`{function.name}`: `seed=None`이면 실행할 때마다 결과가 달라집니다.",
            path=source.path,
            line=function.lineno,
            hint="`seed=0`처럼 시드를 적습니다.",
        )
    return Declared(kind, name, function.lineno, doc, needs, knobs)


def _parameters(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the parameters with their defaults, None where there is none."""
    arguments = function.args
    without = [None] * (len(arguments.args) - len(arguments.defaults))
    names = [argument.arg for argument in arguments.args + arguments.kwonlyargs]
    defaults = [*without, *arguments.defaults, *arguments.kw_defaults]
    yield from zip(names, defaults, strict=True)


def _value(source: Source, node: ast.expr, body: Sequence[ast.stmt]) -> Any:
    """Return a default as JSON holds it, or its canonical text where JSON cannot."""
    try:
        return constant(source, node, body)
    except CollectError:
        return canonical(node)

"""Collecting: from snippet modules to artefacts, by the names of their functions."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from lecture.base.errors import CollectError
from lecture.collect.artefact import Artefact
from lecture.collect.cases import constant, read_cases
from lecture.collect.cells import is_lab
from lecture.collect.module import Module, Modules, bound_names, siblings
from lecture.collect.rules import (
    KINDS,
    Cases,
    Lenders,
    prefix_of,
    refuse_cycles,
    refuse_duplicates,
    refuse_missing_docstrings,
    refuse_near_misses,
    refuse_unfit_cases,
    refuse_unknown_names,
)
from lecture.collect.syntax import canonical


def collect(modules: Modules) -> tuple[Artefact, ...]:
    """Return the artefacts of all modules, in the order of their source.

    Raises CollectError for a near-miss prefix, an unknown or circular parameter name, a
    duplicate name, a missing docstring, or cases that fit no experiment.
    """
    artefacts = tuple(a for name in modules for a in collect_module(modules, name))
    refuse_cycles(artefacts)
    return artefacts


def collect_module(modules: Modules, name: str) -> tuple[Artefact, ...]:
    """Return the artefacts of one module."""
    module = modules[name]
    if is_lab(module.source):
        doc = ast.get_docstring(module.tree) or ""
        return (Artefact(module.name, "lab", "lab", module.path, 1, doc),)
    refuse_near_misses(module)
    cases, found = dict(_cases(module)), lenders(modules, module)
    artefacts = tuple(
        _artefact(module, function, cases, found) for function in _functions(module)
    )
    refuse_missing_docstrings(artefacts)
    refuse_duplicates(artefacts)
    refuse_unknown_names(artefacts, found)
    refuse_unfit_cases(module, artefacts, cases)
    return artefacts


def lenders(modules: Modules, module: Module) -> Lenders:
    """Return where a parameter of a module may get its result from.

    An experiment of the module itself comes before those of the modules it imports.
    """
    own = _experiments(module)
    found = dict.fromkeys(own, (module.name,))
    for sibling in siblings(modules, module):
        for name in _experiments(modules[sibling]) - own:
            found[name] = (*found.get(name, ()), sibling)
    return found


def time_limit(module: Module, default: float) -> float:
    """Return the seconds that one task of a module may take."""
    return _limit(module, "time_limit", default)


def memory_limit(module: Module, default: int) -> int:
    """Return the MiB that one task of a module may hold."""
    return int(_limit(module, "memory_limit", default))


def _limit(module: Module, name: str, default: float) -> float:
    for stmt in module.statements:
        if isinstance(stmt, ast.Assign) and name in bound_names(stmt):
            try:
                return float(ast.literal_eval(stmt.value))
            except (ValueError, TypeError):
                raise CollectError(
                    f"`{name}`에는 숫자 하나만 적습니다.",
                    path=module.path,
                    line=stmt.lineno,
                    hint=f"예: {name} = 1200",
                ) from None
    return default


def _functions(module: Module) -> Iterator[ast.FunctionDef]:
    for stmt in module.statements:
        if isinstance(stmt, ast.FunctionDef) and prefix_of(stmt.name) in KINDS:
            yield stmt


def _experiments(module: Module) -> set[str]:
    names = (function.name.partition("_") for function in _functions(module))
    return {name for prefix, _, name in names if prefix == "experiment"}


def _artefact(
    module: Module, function: ast.FunctionDef, cases: Cases, found: Lenders
) -> Artefact:
    prefix, _, name = function.name.partition("_")
    kind = next(k for k in KINDS if k == prefix)
    return Artefact(
        page=module.name,
        kind=kind,
        name=name,
        path=module.path,
        line=function.lineno,
        doc=inspect.cleandoc(ast.get_docstring(function) or ""),
        needs={n: found.get(n, (module.name,))[0] for n in _needs(function)},
        knobs=dict(_knobs(module, function)),
        cases=cases.get(name) if kind == "experiment" else None,
    )


def _needs(function: ast.FunctionDef) -> Iterator[str]:
    yield from (name for name, default in _parameters(function) if default is None)


def _knobs(module: Module, function: ast.FunctionDef) -> Iterator[tuple[str, Any]]:
    for name, default in _parameters(function):
        if default is not None:
            yield name, _value(module, default)


def _parameters(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the parameters with their defaults, None where there is none."""
    arguments = function.args
    positional = arguments.posonlyargs + arguments.args
    without = [None] * (len(positional) - len(arguments.defaults))
    names = [argument.arg for argument in positional + arguments.kwonlyargs]
    defaults = [*without, *arguments.defaults, *arguments.kw_defaults]
    yield from zip(names, defaults, strict=True)


def _value(module: Module, node: ast.expr) -> Any:
    """Return a default as JSON holds it, or its canonical text where JSON cannot."""
    try:
        return constant(module, node)
    except CollectError:
        return canonical(node)


def _cases(module: Module) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for stmt in module.statements:
        if isinstance(stmt, ast.Assign) and isinstance(stmt.targets[0], ast.Name):
            prefix, _, name = stmt.targets[0].id.partition("_")
            if prefix == "cases" and name:
                yield name, read_cases(module, stmt)

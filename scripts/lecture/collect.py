"""Collecting: from snippet modules to artefacts, by the names of their functions."""

import ast
import difflib
import inspect
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lecture.artefact import Artefact, Case, Kind
from lecture.cases import read_cases
from lecture.errors import CollectError, suggest
from lecture.lab import is_lab
from lecture.module import Module, Modules
from lecture.syntax import canonical

KINDS: tuple[Kind, ...] = ("experiment", "figure", "table", "claim")
_PREFIXES = (*KINDS, "cases")
_DRAWN = {"figure", "table", "claim"}


def collect(modules: Modules) -> tuple[Artefact, ...]:
    """Return the artefacts of all modules, in the order of their source.

    Raises CollectError for a near-miss prefix, an unknown or circular parameter name, a
    duplicate name, a missing docstring, or cases that fit no experiment.
    """
    return tuple(a for module in modules.values() for a in collect_module(module))


def collect_module(module: Module) -> tuple[Artefact, ...]:
    """Return the artefacts of one module."""
    if is_lab(module.source):
        doc = ast.get_docstring(module.tree) or ""
        return (Artefact(module.name, "lab", "lab", module.path, 1, doc),)
    _refuse_near_misses(module)
    cases = dict(_cases(module))
    artefacts = tuple(
        _artefact(module, function, cases) for function in _functions(module)
    )
    _refuse_duplicates(module, artefacts)
    _refuse_unknown_names(module, artefacts, cases)
    _refuse_cycles(module, artefacts)
    return artefacts


def time_limit(module: Module, default: float) -> float:
    """Return the seconds that one task of a module may take."""
    for stmt in module.statements:
        if (
            isinstance(stmt, ast.Assign)
            and ast.unparse(stmt.targets[0]) == "time_limit"
        ):
            return float(ast.literal_eval(stmt.value))
    return default


def _functions(module: Module) -> Iterator[ast.FunctionDef]:
    for stmt in module.statements:
        if isinstance(stmt, ast.FunctionDef) and _prefix(stmt.name) in KINDS:
            yield stmt


def _artefact(
    module: Module, function: ast.FunctionDef, cases: dict[str, tuple[Case, ...]]
) -> Artefact:
    prefix, _, name = function.name.partition("_")
    doc = inspect.cleandoc(ast.get_docstring(function) or "")
    if prefix in _DRAWN and not doc:
        raise CollectError(
            f"{function.name}에 설명글(docstring)이 없습니다.",
            path=module.path,
            line=function.lineno,
            hint="첫 문단이 캡션이자 대체 텍스트, 또는 확인할 주장이 됩니다.",
        )
    kind = next(k for k in KINDS if k == prefix)
    return Artefact(
        page=module.name,
        kind=kind,
        name=name,
        path=module.path,
        line=function.lineno,
        doc=doc,
        needs=tuple(_needs(function)),
        knobs=dict(_knobs(function)),
        cases=cases.get(name) if kind == "experiment" else None,
    )


def _needs(function: ast.FunctionDef) -> Iterator[str]:
    arguments = function.args
    positional = arguments.posonlyargs + arguments.args
    without_default = positional[: len(positional) - len(arguments.defaults)]
    yield from (a.arg for a in without_default)
    for argument, default in zip(
        arguments.kwonlyargs, arguments.kw_defaults, strict=True
    ):
        if default is None:
            yield argument.arg


def _knobs(function: ast.FunctionDef) -> Iterator[tuple[str, Any]]:
    arguments = function.args
    positional = arguments.posonlyargs + arguments.args
    with_default = positional[len(positional) - len(arguments.defaults) :]
    pairs = [
        *zip(with_default, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if default is not None:
            yield argument.arg, _literal(default)


def _literal(node: ast.expr) -> Any:
    """Return a default's value, or its canonical text where it is not a literal."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return canonical(node)
    return list(value) if isinstance(value, tuple | set) else value


def _cases(module: Module) -> Iterator[tuple[str, tuple[Case, ...]]]:
    for stmt in module.statements:
        if isinstance(stmt, ast.Assign) and isinstance(stmt.targets[0], ast.Name):
            prefix, _, name = stmt.targets[0].id.partition("_")
            if prefix == "cases" and name:
                yield name, read_cases(module, stmt)


def _prefix(name: str) -> str:
    prefix, underscore, rest = name.partition("_")
    return prefix if underscore and rest else ""


def _refuse_near_misses(module: Module) -> None:
    for stmt in module.statements:
        if not isinstance(stmt, ast.FunctionDef):
            continue
        prefix = _prefix(stmt.name)
        meant = _near_miss(prefix) if prefix not in KINDS else None
        if meant:
            raise CollectError(
                f"`{stmt.name}`: 알 수 없는 접두어 `{prefix}_`입니다.",
                path=module.path,
                line=stmt.lineno,
                hint=f"`{meant}_`를 쓰려 했나요? 쓸 수 있는 접두어: "
                + ", ".join(f"{k}_" for k in KINDS),
            )


def _near_miss(prefix: str) -> str | None:
    """Return the prefix meant by `fig`, `tabel` or `claims`; none for `stable`."""
    alike = [known for known in _PREFIXES if prefix and known[0] == prefix[0]]
    for known in alike:
        if len(prefix) >= 3 and known.startswith(prefix):
            return known
    close = difflib.get_close_matches(prefix, alike, n=1, cutoff=0.75)
    return close[0] if close else None


def _refuse_duplicates(module: Module, artefacts: tuple[Artefact, ...]) -> None:
    shelf = [
        (a.name, "experiment" if a.kind == "experiment" else "drawn") for a in artefacts
    ]
    for (name, _), count in Counter(shelf).items():
        if count > 1:
            lines = [a.line for a in artefacts if a.name == name]
            raise CollectError(
                f"이름 `{name}`이(가) 두 번 이상 쓰였습니다 (줄 {lines}).",
                path=module.path,
                line=lines[-1],
                hint="한 모듈에서 그림·표·주장의 이름은 서로 달라야 합니다.",
            )


def _refuse_unknown_names(
    module: Module, artefacts: tuple[Artefact, ...], cases: dict[str, tuple[Case, ...]]
) -> None:
    experiments = {a.name: a for a in artefacts if a.kind == "experiment"}
    for artefact in artefacts:
        for need in artefact.needs:
            if need not in experiments:
                raise CollectError(
                    f"`{artefact.function}`이(가) 받는 `{need}`에 해당하는 "
                    f"`experiment_{need}`가 없습니다.",
                    path=module.path,
                    line=artefact.line,
                    hint=suggest(need, experiments),
                )
    for name, rows in cases.items():
        if name not in experiments:
            raise CollectError(
                f"`cases_{name}`에 해당하는 `experiment_{name}`이(가) 없습니다.",
                path=module.path,
                hint=suggest(name, experiments),
            )
        _refuse_unknown_knobs(experiments[name], rows)


def _refuse_unknown_knobs(experiment: Artefact, rows: tuple[Case, ...]) -> None:
    for row in rows:
        for knob in row:
            if knob not in experiment.knobs:
                raise CollectError(
                    f"`cases_{experiment.name}`의 `{knob}`은(는) "
                    f"`{experiment.function}`의 하이퍼파라미터가 아닙니다.",
                    path=experiment.path,
                    line=experiment.line,
                    hint=suggest(knob, experiment.knobs),
                )


def _refuse_cycles(module: Module, artefacts: tuple[Artefact, ...]) -> None:
    needs = {a.name: a.needs for a in artefacts if a.kind == "experiment"}

    def follow(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            chain = " → ".join((*trail[trail.index(name) :], name))
            raise CollectError(
                f"실험이 서로를 돌아가며 받습니다: {chain}", path=module.path
            )
        for need in needs[name]:
            follow(need, (*trail, name))

    for name in needs:
        follow(name, ())

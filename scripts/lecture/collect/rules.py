"""The rules of names in a snippet module, and what is said to who breaks one.

Every rule raises CollectError, with the line and the names that would do.
"""

import ast
import difflib
from collections.abc import Collection, Mapping

from lecture.base.errors import CollectError, suggest
from lecture.collect.artefact import DRAWN, Artefact, Case, Kind
from lecture.collect.module import Module, bound_names

KINDS: tuple[Kind, ...] = ("experiment", *DRAWN)
_PREFIXES = (*KINDS, "cases")

Cases = Mapping[str, tuple[Case, ...]]  # experiment's name → its rows
Lenders = Mapping[str, tuple[str, ...]]  # experiment's name → the modules that have it


def prefix_of(name: str) -> str:
    """Return the part of a name before its first underscore; "" where there is none."""
    prefix, underscore, rest = name.partition("_")
    return prefix if underscore and rest else ""


def refuse_near_misses(module: Module) -> None:
    """Refuse a function, or a list of cases, whose prefix is almost one of ours."""
    for stmt in module.statements:
        if isinstance(stmt, ast.FunctionDef):
            _refuse_near_miss(module, stmt, KINDS, _PREFIXES)
        if isinstance(stmt, ast.Assign) and _is_rows(stmt.value):
            _refuse_near_miss(module, stmt, ("cases",), ("cases",))


def _refuse_near_miss(
    module: Module, stmt: ast.stmt, allowed: Collection[str], known: Collection[str]
) -> None:
    for name in bound_names(stmt):
        prefix = prefix_of(name)
        meant = None if prefix in allowed else _near_miss(prefix, known)
        if meant:
            raise CollectError(
                f"`{name}`: 알 수 없는 접두어 `{prefix}_`입니다.",
                path=module.path,
                line=stmt.lineno,
                hint=f"`{meant}_`를 쓰려 했나요? 쓸 수 있는 접두어: "
                + ", ".join(f"{k}_" for k in allowed),
            )


def _near_miss(prefix: str, known: Collection[str]) -> str | None:
    """Return the prefix that `fig`, `tabel` or `claims` means; `stable` means none."""
    alike = [meant for meant in known if prefix and meant[0] == prefix[0]]
    for meant in alike:
        if len(prefix) >= 3 and meant.startswith(prefix):
            return meant
    # `class_means` is close to `cases`, and nobody's mistake.
    kinds = [meant for meant in alike if meant in KINDS]
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


def refuse_missing_docstrings(artefacts: tuple[Artefact, ...]) -> None:
    """Refuse what a page shows but nothing describes."""
    for artefact in artefacts:
        if artefact.kind in DRAWN and not artefact.doc:
            raise CollectError(
                f"{artefact.function}에 설명글(docstring)이 없습니다.",
                path=artefact.path,
                line=artefact.line,
                hint="첫 문단이 캡션이자 대체 텍스트, 또는 확인할 주장이 됩니다.",
            )


def refuse_duplicates(artefacts: tuple[Artefact, ...]) -> None:
    """Refuse two experiments, or two things that a page shows, of one name."""
    for shelf in (("experiment",), DRAWN):
        first: dict[str, Artefact] = {}
        for artefact in (a for a in artefacts if a.kind in shelf):
            before = first.setdefault(artefact.name, artefact)
            if before is not artefact:
                raise CollectError(
                    f"이름 `{artefact.name}`이(가) 두 번 이상 쓰였습니다 "
                    f"(줄 {before.line}, {artefact.line}).",
                    path=artefact.path,
                    line=artefact.line,
                    hint="한 모듈에서 그림·표·주장의 이름은 서로 달라야 합니다.",
                )


def refuse_unknown_names(artefacts: tuple[Artefact, ...], lenders: Lenders) -> None:
    """Refuse a parameter without default that names no experiment, or more than one."""
    for artefact in artefacts:
        for need in artefact.needs:
            found = lenders.get(need, ())
            if len(found) == 1:
                continue
            what = f"`{artefact.function}`이(가) 받는 `{need}`에 해당하는 "
            message = f"`experiment_{need}`가 없습니다."
            hint = suggest(need, lenders)
            if found:
                message = f"`experiment_{need}`가 여러 모듈에 있습니다."
                hint = f"이름을 하나만 남깁니다: {', '.join(found)}"
            raise CollectError(
                what + message, path=artefact.path, line=artefact.line, hint=hint
            )


def refuse_unfit_cases(
    module: Module, artefacts: tuple[Artefact, ...], cases: Cases
) -> None:
    """Refuse cases of no experiment, and cases that set what is no knob of theirs."""
    experiments = _experiments(artefacts)
    for name, rows in cases.items():
        line = _line_of(module, f"cases_{name}")
        if name not in experiments:
            raise CollectError(
                f"`cases_{name}`에 해당하는 `experiment_{name}`이(가) 없습니다.",
                path=module.path,
                line=line,
                hint=suggest(name, experiments),
            )
        knobs = experiments[name].knobs
        for knob in (knob for row in rows for knob in row if knob not in knobs):
            raise CollectError(
                f"`cases_{name}`의 `{knob}`은(는) "
                f"`experiment_{name}`의 하이퍼파라미터가 아닙니다.",
                path=module.path,
                line=line,
                hint=suggest(knob, knobs),
            )


def refuse_cycles(artefacts: tuple[Artefact, ...]) -> None:
    """Refuse experiments that receive each other's results in a circle."""
    found = {(a.page, a.name): a for a in artefacts if a.kind == "experiment"}

    def follow(place: tuple[str, str], trail: tuple[tuple[str, str], ...]) -> None:
        if place in trail:
            chain = " → ".join(n for _, n in (*trail[trail.index(place) :], place))
            raise CollectError(
                f"실험이 서로를 돌아가며 받습니다: {chain}",
                path=found[place].path,
                line=found[place].line,
            )
        for need in found[place].received:
            follow(need, (*trail, place))

    for place in found:
        follow(place, ())


def _experiments(artefacts: tuple[Artefact, ...]) -> dict[str, Artefact]:
    return {a.name: a for a in artefacts if a.kind == "experiment"}


def _line_of(module: Module, name: str) -> int | None:
    found = (s.lineno for s in module.statements if name in bound_names(s))
    return next(found, None)

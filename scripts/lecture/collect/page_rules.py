"""The rules of names on a page, which no module can keep alone.

Each yields faults: what is said to who breaks it, and the artefact that is left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from lecture.base.errors import CollectError, suggest
from lecture.base.particles import with_particle
from lecture.collect.artefact import RUN, Artefact, Place
from lecture.collect.sheet import Sheet
from lecture.collect.source import page_of


class Fault(NamedTuple):
    """What is wrong on a page, and the id of the artefact that is left out for it."""

    page: str
    error: CollectError
    artefact: str = ""


def duplicate_names(artefacts: Sequence[Artefact]) -> Iterator[Fault]:
    """Yield a fault for the second of two runs, or drawings, of one name on a page."""
    first: dict[tuple[str, bool, str], Artefact] = {}
    for artefact in artefacts:
        name = (artefact.page, artefact.kind in RUN, artefact.name)
        before = first.setdefault(name, artefact)
        if before is not artefact:
            yield _fault(
                artefact,
                f"이름 {with_particle(artefact.name, '이')} 두 번 이상 쓰였습니다 "
                f"({_where(before)}, {_where(artefact)}).",
                "한 쪽에서 그림·표·주장의 이름은, 또 실험의 이름은 서로 달라야 합니다.",
            )


def unknown_names(
    artefacts: Sequence[Artefact],
    lenders: Mapping[str, Mapping[str, tuple[Place, ...]]],
    broken: Collection[str],
) -> Iterator[Fault]:
    """Yield a fault for a parameter that names no experiment, or more than one.

    Where a module of the page cannot be read, the name may be there.
    """
    for artefact in artefacts:
        known = lenders[artefact.module]
        for need in artefact.needs:
            found = known.get(need, ())
            if len(found) == 1:
                continue
            what = f"{with_particle(artefact.function, '이')} 받는 `{need}`에 해당하는 "
            message = f"`experiment_{need}`가 없습니다."
            hint = suggest(need, known)
            if artefact.page in broken:
                hint = "이 쪽의 다른 오류를 먼저 고치세요."
            if found:
                message = f"`experiment_{need}`가 여러 쪽에 있습니다."
                pages = ", ".join(place.page for place in found)
                hint = f"이름을 하나만 남깁니다: {pages}"
            yield _fault(artefact, what + message, hint)


def unfit_cases(sheet: Sheet) -> Iterator[Fault]:
    """Yield a fault for cases of no experiment, or that set what is no knob of it."""
    experiments = {d.name: d for d in sheet.declared if d.kind == "experiment"}
    page = page_of(sheet.name)
    small = ((name, line, (knobs,)) for name, (line, knobs) in sheet.smoke.items())
    listed = ((name, line, rows) for name, (line, rows) in sheet.cases.items())
    marked = [*(("cases", *one) for one in listed), *(("smoke", *one) for one in small)]
    for prefix, name, line, rows in marked:
        if name not in experiments:
            message = (
                f"`{prefix}_{name}`에 해당하는 "
                f"{with_particle(f'experiment_{name}', '이')} 없습니다."
            )
            hint = suggest(name, experiments)
            error = CollectError(message, path=sheet.path, line=line, hint=hint)
            yield Fault(page, error)
            continue
        knobs = experiments[name].knobs
        for knob in {knob for row in rows for knob in row if knob not in knobs}:
            message = (
                f"`{prefix}_{name}`의 `{knob}`은(는) "
                f"`experiment_{name}`의 하이퍼파라미터가 아닙니다."
            )
            hint = suggest(knob, knobs)
            error = CollectError(message, path=sheet.path, line=line, hint=hint)
            yield Fault(page, error, f"{page}.experiment_{name}")


def circular(artefacts: Sequence[Artefact]) -> Iterator[Fault]:
    """Yield faults for experiments that receive each other's results in a circle."""
    graph = {a.place: {*a.needs.values()} for a in artefacts if a.kind == "experiment"}
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return
        except CycleError as error:
            circle = list(reversed(error.args[1]))
        chain = " → ".join(place.name for place in circle)
        for artefact in artefacts:
            if artefact.kind == "experiment" and artefact.place in circle:
                message = f"실험이 서로를 돌아가며 받습니다: {chain}"
                yield _fault(artefact, message, "고리를 이루는 실험 하나를 나누세요.")
                graph.pop(artefact.place)


def _where(artefact: Artefact) -> str:
    return f"{artefact.module.replace('.', '/')}.py {artefact.line}행"


def _fault(artefact: Artefact, message: str, hint: str) -> Fault:
    error = CollectError(message, path=artefact.path, line=artefact.line, hint=hint)
    return Fault(artefact.page, error, artefact.id)

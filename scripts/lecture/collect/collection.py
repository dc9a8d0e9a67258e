"""Collecting: from snippet modules to artefacts, by the names of their functions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lecture.base.errors import CollectError
from lecture.collect.artefact import Artefact, Place
from lecture.collect.declared import Declared
from lecture.collect.page_rules import (
    Fault,
    circular,
    duplicate_names,
    unfit_cases,
    unknown_names,
)
from lecture.collect.sheet import Sheet
from lecture.collect.sheets import SheetFolder
from lecture.collect.source import page_of

Lenders = Mapping[str, tuple[Place, ...]]  # experiment's name → where results may lie


@dataclass(frozen=True)
class Collection:
    """All that a snippets folder declares, and what is wrong in it."""

    sheets: SheetFolder
    artefacts: tuple[Artefact, ...]  # page by page, in the order of the source
    faults: tuple[Fault, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that own a module."""
        return tuple(dict.fromkeys(page_of(module) for module in self.sheets))

    @cached_property
    def runs(self) -> Mapping[Place, Artefact]:
        """The experiments and labs by their places."""
        return {a.place: a for a in self.artefacts if a.is_run}

    def receivers(self, place: Place) -> tuple[Place, ...]:
        """Return the experiments that receive a result directly."""
        return self._receivers.get(place, ())

    @cached_property
    def _receivers(self) -> Mapping[Place, tuple[Place, ...]]:
        found: dict[Place, tuple[Place, ...]] = {}
        for receiver, artefact in self.runs.items():
            for place in artefact.needs.values():
                found[place] = (*found.get(place, ()), receiver)
        return found

    def modules_of(self, page: str) -> tuple[str, ...]:
        """Return a page's modules, and all siblings that these import, in turn.

        Raises CollectError for one that cannot be read.
        """
        found = [module for module in self.sheets if page_of(module) == page]
        for module in found:  # grows on the way
            named = modules_named(self.sheets[module])
            found += [n for n in named if n in self.sheets and n not in found]
        return tuple(dict.fromkeys(found))

    @property
    def broken(self) -> frozenset[str]:
        """The pages of which not everything is known."""
        return frozenset(fault.page for fault in self.faults)


def collect(sheets: SheetFolder) -> Collection:
    """Return the artefacts of all modules that break no rule, and the faults of others.

    Faults are a module that cannot be read, a near-miss prefix, an unknown or circular
    parameter name, a name used twice on a page, cases that fit no experiment.
    """
    good, faults = _readable(sheets)
    experiments = _experiments(good)
    lenders = {sheet.name: _lenders(sheet, experiments) for sheet in good}
    found = [a for sheet in good for a in _artefacts(sheet, lenders[sheet.name])]
    faults += [fault for sheet in good for fault in unfit_cases(sheet)]
    faults += duplicate_names(found)
    faults += unknown_names(found, lenders, {fault.page for fault in faults})
    faults += circular(found)
    bad = {fault.artefact for fault in faults if fault.artefact}
    kept = tuple(artefact for artefact in found if artefact.id not in bad)
    return Collection(sheets, kept, tuple(faults))


def _readable(sheets: SheetFolder) -> tuple[list[Sheet], list[Fault]]:
    """Return the modules that can be read, those of a page together."""
    good, faults = [], []
    for name in sorted(sheets, key=lambda name: (page_of(name), sheets.paths[name])):
        try:
            good.append(sheets[name])
        except CollectError as error:
            faults.append(Fault(page_of(name), error))
    return good, faults


def _experiments(sheets: list[Sheet]) -> dict[str, dict[str, Place]]:
    """Return the experiments of each page by name."""
    found: dict[str, dict[str, Place]] = {}
    for sheet in sheets:
        page = page_of(sheet.name)
        for one in (d for d in sheet.declared if d.kind == "experiment"):
            found.setdefault(page, {})[one.name] = Place(page, one.name)
    return found


def _lenders(sheet: Sheet, experiments: dict[str, dict[str, Place]]) -> Lenders:
    """Return where a parameter of a module may get its result from.

    An experiment of its own page comes before those of the pages it imports from.
    """
    page = page_of(sheet.name)
    own = experiments.get(page, {})
    found = {name: (place,) for name, place in own.items()}
    imported = {page_of(module) for module in modules_named(sheet)} - {page}
    for other in sorted(imported):
        for name, place in experiments.get(other, {}).items():
            if name not in own:
                found[name] = (*found.get(name, ()), place)
    return found


def modules_named(sheet: Sheet) -> Iterator[str]:
    """Yield what a module imports, as far as names tell: `a` and `a.b` of a.b."""
    for alias in (alias for s in sheet.statements for alias in s.aliases):
        yield alias.module
        yield f"{alias.module}.{alias.attribute}"


def _artefacts(sheet: Sheet, lenders: Lenders) -> Iterator[Artefact]:
    page = page_of(sheet.name)
    if sheet.cells is not None:
        yield Artefact(page, sheet.name, "lab", "lab", sheet.path, 1, sheet.doc)
    for one in sheet.declared:
        yield _artefact(page, sheet, one, lenders)


def _artefact(page: str, sheet: Sheet, one: Declared, lenders: Lenders) -> Artefact:
    _, rows = sheet.cases.get(one.name, (0, None))
    _, smoke = sheet.smoke.get(one.name, (0, {}))
    return Artefact(
        page=page,
        module=sheet.name,
        kind=one.kind,
        name=one.name,
        path=sheet.path,
        line=one.line,
        doc=one.doc,
        needs={n: lenders.get(n, (Place(page, n),))[0] for n in one.needs},
        knobs=one.knobs,
        cases=rows if one.kind == "experiment" else None,
        smoke=smoke,
    )

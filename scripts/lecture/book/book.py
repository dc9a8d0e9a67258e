"""A project as it stands: its modules, its artefacts, and what is stale among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lecture.base.errors import LectureError, suggest
from lecture.base.project import Project
from lecture.book import results as freeze
from lecture.book.keys import (
    Dependencies,
    Task,
    current_records,
    dependencies,
    in_order,
    is_run,
    stale_tasks,
    whole,
)
from lecture.collect.artefact import Artefact, Frozen
from lecture.collect.declarations import collect
from lecture.collect.module import ModuleFolder, Modules


@dataclass(frozen=True)
class Notes:
    """The collected snippets of a project."""

    project: Project
    modules: Modules
    artefacts: tuple[Artefact, ...]

    def frozen(self, page: str, name: str) -> Frozen | None:
        """Return today's cases of an experiment as far as they are frozen."""
        artefact = self.experiment(page, name)
        found = freeze.load(self.project, page, name) if artefact else None
        records = current_records(artefact, found) if artefact else ()
        return replace(found, records=records) if found and records else None

    def experiment(self, page: str, name: str) -> Artefact | None:
        """Return the experiment or lab of a page by its name."""
        found = (a for a in self.artefacts if is_run(a) and a.page == page)
        return next((a for a in found if a.name == name), None)

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a.page for a in self.artefacts))

    def with_lenders(self, pages: Sequence[str]) -> tuple[str, ...]:
        """Return modules, and those whose results they receive."""
        wanted = list(pages)
        for page in wanted:  # grows on the way
            lending = {
                m for a in self.artefacts if a.page == page for m in a.needs.values()
            }
            wanted += sorted(lending - {*wanted})
        return tuple(wanted)


@dataclass(frozen=True)
class Survey:
    """One experiment or lab as it stands."""

    artefact: Artefact
    frozen: Frozen | None
    needed: Dependencies
    stale: tuple[Task, ...]
    waits_for: tuple[str, ...] = ()  # experiments received that are themselves stale


def read_notes(project: Project) -> Notes:
    """Collect a project's snippets; raises CollectError where they break a rule."""
    modules = ModuleFolder(project.snippets)
    return Notes(project, modules, collect(modules))


def survey(
    notes: Notes,
    fingerprints: Mapping[str, str],
    forced: frozenset[str] = frozenset(),
) -> tuple[Survey, ...]:
    """Say of each experiment what is stale and why, upstream first.

    `fingerprints` holds the data sets at hand; `forced` the ids of experiments that the
    author wants run again, stale or not.
    """
    found: dict[tuple[str, str], Survey] = {}
    for artefact in in_order(notes.artefacts):
        received = {place[1]: found[place] for place in artefact.received}
        one = _survey_one(notes, artefact, received, fingerprints)
        if artefact.id in forced:
            one = replace(one, stale=tuple(_all_again(one)))
        found[(artefact.page, artefact.name)] = one
    return tuple(found.values())


def _survey_one(
    notes: Notes,
    artefact: Artefact,
    received: Mapping[str, Survey],
    fingerprints: Mapping[str, str],
) -> Survey:
    frozen = notes.frozen(artefact.page, artefact.name)
    upstream = {
        need: freeze.result_digest(one.frozen) if one.frozen else ""
        for need, one in received.items()
    }
    needed = dependencies(notes.modules, artefact, upstream)
    waits_for = tuple(need for need, one in received.items() if one.stale)
    stale = stale_tasks(notes.modules, artefact, needed, frozen, fingerprints)
    if waits_for and not stale:
        reason = f"받는 결과 `{', '.join(waits_for)}`을(를) 다시 만들어야 합니다"
        stale = tuple(whole(artefact, needed, reason))
    return Survey(artefact, frozen, needed, stale, waits_for)


def _all_again(one: Survey) -> Iterator[Task]:
    return whole(one.artefact, one.needed, "다시 실행하라고 하였습니다")


def orphans(notes: Notes) -> tuple[Path, ...]:
    """Return the results of experiments that no longer exist."""
    runs = [a for a in notes.artefacts if is_run(a)]
    files = {notes.project.results / a.page / f"{a.name}.json" for a in runs}
    labs = {a.page for a in runs if a.kind == "lab"}
    found = notes.project.results.glob("*/*")
    return tuple(
        path
        for path in found
        if path not in files
        and not (path.parent.name in labs and path.suffix != ".json")
    )


def forced(notes: Notes, names: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of the experiments that `--rerun` names: page, page.name or all.

    Raises LectureError for a name that fits none.
    """
    runs = [a for a in notes.artefacts if is_run(a)]
    chosen: set[str] = set()
    for name in names:
        fits = {
            a.id for a in runs if name in ("all", a.page, f"{a.page}.{a.name}", a.id)
        }
        if not fits:
            possible = [*notes.pages, *(f"{a.page}.{a.name}" for a in runs)]
            raise LectureError(
                f"다시 실행할 것이 없습니다: {name}", hint=suggest(name, possible)
            )
        chosen |= fits
    return frozenset(chosen)

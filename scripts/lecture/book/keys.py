"""Planning: which tasks are stale, and why. Nothing is run or imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lecture.collect.artefact import Artefact, Case, Frozen, Record
from lecture.collect.cases import case_text
from lecture.collect.cells import cell_sources, parse
from lecture.collect.closure import cell_digests, code_digests
from lecture.collect.module import Modules
from lecture.collect.syntax import canonical_json, short_hash


@dataclass(frozen=True)
class Dependencies:
    """What a task's result depends on, before it is run."""

    code: Mapping[str, str]
    knobs: Mapping[str, Any]
    upstream: Mapping[str, str]

    def key(self, case: Case | None = None) -> str:
        """Return the digest that says whether a frozen result is still good."""
        code, upstream = self._fixed
        knobs = canonical_json({**self.knobs, **(case or {})})
        return short_hash(
            f'{{"code": {code}, "knobs": {knobs}, "upstream": {upstream}}}'
        )

    @cached_property
    def _fixed(self) -> tuple[str, str]:
        """The parts of a key that all cases share, written once."""
        return canonical_json(self.code), canonical_json(self.upstream)


@dataclass(frozen=True)
class Task:
    """One run to be done: an experiment, one case of it, or a lab; and why."""

    artefact: Artefact
    case: Case | None
    dependencies: Dependencies
    reasons: tuple[str, ...]

    @property
    def id(self) -> str:
        return task_id(self.artefact, self.case)


def task_id(artefact: Artefact, case: Case | None) -> str:
    """Return a task's name as an author sees it: `page.experiment_fit(lr=0.1)`."""
    if case is None:
        return artefact.id
    return f"{artefact.id}({', '.join(f'{k}={v}' for k, v in case.items())})"


def dependencies(
    modules: Modules, artefact: Artefact, upstream: Mapping[str, str]
) -> Dependencies:
    """Return what an artefact depends on, given digests of the results it receives."""
    if artefact.kind == "lab":
        cells = cell_sources(parse(modules[artefact.page].source))
        return Dependencies(cell_digests(modules, artefact.page, cells), {}, {})
    code = code_digests(modules, artefact.page, artefact.function)
    return Dependencies(code, artefact.knobs, upstream)


def stale_tasks(
    modules: Modules,
    artefact: Artefact,
    needed: Dependencies,
    frozen: Frozen | None,
    fingerprints: Mapping[str, str],
) -> tuple[Task, ...]:
    """Return the tasks of an experiment whose frozen results are missing or outdated.

    `fingerprints` holds the data sets at hand; one that is not at hand is trusted.
    """
    records = _by_case(frozen)
    tasks = []
    for case in artefact.cases or (None,):
        record = records.get(_case_key(case))
        reasons = tuple(_reasons(modules, needed, case, record, fingerprints))
        if reasons:
            tasks.append(Task(artefact, case, needed, reasons))
    return tuple(tasks)


def whole(artefact: Artefact, needed: Dependencies, reason: str) -> Iterator[Task]:
    """Yield every task of an experiment, all for one reason."""
    for case in artefact.cases or (None,):
        yield Task(artefact, case, needed, (reason,))


def current_records(artefact: Artefact, frozen: Frozen | None) -> tuple[Record, ...]:
    """Return the frozen records in the order of today's cases, without orphans."""
    records = _by_case(frozen)
    keys = [_case_key(case) for case in artefact.cases or (None,)]
    return tuple(records[key] for key in keys if key in records)


def in_order(artefacts: tuple[Artefact, ...]) -> Iterator[Artefact]:
    """Yield experiments and labs so that each comes after those it receives."""
    experiments = {(a.page, a.name): a for a in artefacts if is_run(a)}
    done: set[tuple[str, str]] = set()

    def visit(artefact: Artefact) -> Iterator[Artefact]:
        if (artefact.page, artefact.name) in done:
            return
        done.add((artefact.page, artefact.name))
        for place in artefact.received:
            yield from visit(experiments[place])
        yield artefact

    for artefact in experiments.values():
        yield from visit(artefact)


def is_run(artefact: Artefact) -> bool:
    """Tell whether an artefact is run and frozen, rather than drawn."""
    return artefact.kind in ("experiment", "lab")


def _by_case(frozen: Frozen | None) -> dict[str, Record]:
    records = frozen.records if frozen else ()
    return {_case_key(record.case): record for record in records}


def _case_key(case: Case | None) -> str:
    return "" if case is None else case_text(case)


def _reasons(
    modules: Modules,
    needed: Dependencies,
    case: Case | None,
    record: Record | None,
    fingerprints: Mapping[str, str],
) -> Iterator[str]:
    """Say in Korean why a record no longer stands; say nothing where it does."""
    if record is None:
        yield "결과가 아직 없습니다" if case is None else "새 사례입니다"
        return
    if record.key != needed.key(case):
        yield from _code_reasons(modules, needed.code, record.origin.code)
        yield from _knob_reasons(needed.knobs, record.origin.knobs, case or {})
        for name, digest in needed.upstream.items():
            if record.origin.upstream.get(name) != digest:
                yield f"받는 결과 `{name}`이(가) 바뀌었습니다"
    for name, loaded in record.origin.data.items():
        if fingerprints.get(name, loaded.fingerprint) != loaded.fingerprint:
            change = f"{loaded.fingerprint} → {fingerprints[name]}"
            yield f"데이터 `{name}`이(가) 바뀌었습니다 ({change})"


def _code_reasons(
    modules: Modules, now: Mapping[str, str], before: Mapping[str, str]
) -> Iterator[str]:
    for name in sorted({*now, *before}):
        if now.get(name) == before.get(name):
            continue
        module, _, definition = name.partition(".")
        what = "바뀌었습니다" if name in now and name in before else "더해졌습니다"
        if name not in now:
            what = "빠졌습니다"
        if not definition:  # a lab's cell: "mnist_softmax[3]"
            file, _, cell = module.rstrip("]").partition("[")
            yield f"`snippets/{file}.py`의 셀 {cell}이(가) {what}"
        else:
            yield f"`snippets/{module}.py`의 `{definition}`이(가) {what}"


def _knob_reasons(
    now: Mapping[str, Any], before: Mapping[str, Any], case: Case
) -> Iterator[str]:
    for name in sorted({*now, *before} - {*case}):
        old, new = before.get(name, "없음"), now.get(name, "없음")
        if old != new:
            yield f"하이퍼파라미터 `{name}`: {old} → {new}"

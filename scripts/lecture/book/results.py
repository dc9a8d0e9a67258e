"""Freezing: the only module that knows the shape of a results file.

A file holds one experiment. Where the experiment has cases, each finished case is one
line, so that a diff shows which case moved. What many runs share (code digests,
versions, hardware, data) is written once, under `origins`, and referred to by number.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lecture.base.errors import FreezeError
from lecture.base.files import write_if_changed
from lecture.base.project import Project
from lecture.collect.artefact import DataSet, Frozen, Origin, Record
from lecture.collect.syntax import short_hash

_CASE_FIELDS = ("key", "case", "result", "seconds", "memory_mb", "date")


def load(project: Project, page: str, name: str) -> Frozen | None:
    """Return what is frozen of an experiment, or None where nothing is.

    Raises FreezeError for a file that is not a results file.
    """
    path = project.results / page / f"{name}.json"
    if not path.exists():
        return None
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise FreezeError(
            f"결과 파일을 읽지 못했습니다: {type(error).__name__}: {error}",
            path=project.relative(path),
            hint="git으로 되돌리거나, 지우고 python scripts/build.py를 실행하세요.",
        ) from None


def save(project: Project, frozen: Frozen) -> bool:
    """Write the runs of an experiment atomically; tell whether the file changed."""
    path = project.results / frozen.page / f"{frozen.name}.json"
    return write_if_changed(path, _dumps(_to_json(frozen)))


def result_digest(frozen: Frozen) -> str:
    """Return the digest of the results alone: the same values, the same digest."""
    return short_hash(json.dumps(frozen.value, sort_keys=True, ensure_ascii=False))


def _to_json(frozen: Frozen) -> dict[str, Any]:
    origins: list[dict[str, Any]] = []
    runs = []
    for record in frozen.records:
        origin = asdict(record.origin)
        if origin not in origins:
            origins.append(origin)
        fields = {name: getattr(record, name) for name in _CASE_FIELDS}
        runs.append(fields | {"origin": origins.index(origin)})
    return {
        "page": frozen.page,
        "experiment": frozen.name,
        "has_cases": frozen.has_cases,
        "origins": origins,
        "runs": runs,
    }


def _from_json(data: dict[str, Any]) -> Frozen:
    origins = [_origin(item) for item in data["origins"]]
    records = tuple(
        Record(
            **{name: run[name] for name in _CASE_FIELDS}, origin=origins[run["origin"]]
        )
        for run in data["runs"]
    )
    return Frozen(data["page"], data["experiment"], records, data["has_cases"])


def _origin(item: dict[str, Any]) -> Origin:
    data = {name: DataSet(**loaded) for name, loaded in item["data"].items()}
    return Origin(**{**item, "data": data})


def _dumps(data: dict[str, Any]) -> str:
    """Write JSON; a case takes one line, a single run is laid open.

    Keys are sorted, but for those of a result: a table may show them as they come.
    """
    one_line = data["has_cases"]
    return "".join(_lines(_sorted(data), "", open_runs=not one_line)) + "\n"


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: value[name] if name == "result" else _sorted(value[name])
            for name in sorted(value)
        }
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _lines(value: Any, indent: str, *, open_runs: bool, key: str = "") -> Iterator[str]:
    inner = indent + " "
    if isinstance(value, dict) and value:
        parts = [
            f"{inner}{json.dumps(name, ensure_ascii=False)}: "
            + "".join(_lines(value[name], inner, open_runs=open_runs, key=name))
            for name in value
        ]
        yield "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    elif isinstance(value, list) and any(
        isinstance(item, dict | list) for item in value
    ):
        flat = key == "runs" and not open_runs
        items = [
            inner
            + (_flat(v) if flat else "".join(_lines(v, inner, open_runs=open_runs)))
            for v in value
        ]
        yield "[\n" + ",\n".join(items) + f"\n{indent}]"
    else:
        yield _flat(value)


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

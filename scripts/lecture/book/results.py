"""Results files: the only module that knows their shape.

A file holds one experiment, each run under its case. Result, code and circumstances of
a run stand on lines of their own, under the digest of them all: so two branches that
run different cases merge, and a merge or an edit that mixes two runs is noticed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lecture.base.datasets import DataSet
from lecture.base.errors import FreezeError
from lecture.base.files import write_if_changed
from lecture.book.record import Frozen, Made, Record
from lecture.collect.syntax import canonical_json, short_hash

_FIELDS = ("case", "key", "result", "code", "knobs", "upstream", "made", "digest")
_KINDS = {"key": str, "digest": str} | dict.fromkeys(
    ("result", "code", "knobs", "upstream", "made"), dict
)
_MADE = {"date": str, "seconds": (int, float), "memory_mb": int, "hardware": str}
_MADE |= dict.fromkeys(("versions", "data", "files"), dict)


def parse_results(content: bytes, path: Path) -> tuple[tuple[Record, ...], list[Any]]:
    """Return the records of a results file and, beside them, the results.

    Raises FreezeError for a file that is not a results file.
    """
    try:
        data = json.loads(content)
        runs = data["runs"]
        _refuse_unknown(data, runs)
        records = tuple(_record(run) for run in runs)
        return records, [run["result"] for run in runs]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        what, line = _reason(content, error)
        raise FreezeError(
            f"결과 파일을 읽지 못했습니다: {what}",
            path=path,
            line=line,
            hint="git으로 되돌리거나, 다시 실행하세요: python scripts/build.py",
        ) from None


def _reason(content: bytes, error: Exception) -> tuple[str, int]:
    """Return why a file is no results file, and the line to look at."""
    before, conflict, _ = content.partition(b"<<<<<<<")
    if conflict:
        return "git이 합치지 못한 곳이 있습니다", before.count(b"\n") + 1
    if isinstance(error, json.JSONDecodeError):
        return "JSON으로 읽을 수 없습니다", error.lineno
    return f"{type(error).__name__}: {error}", 1


def _refuse_unknown(data: Mapping[str, Any], runs: list[Mapping[str, Any]]) -> None:
    """Refuse what a later engine has written: it would be dropped at the next run."""
    unknown = {*data} - {"page", "experiment", "runs"}
    for run in runs:
        unknown |= {*run} - {*_FIELDS}
    if unknown:
        raise ValueError(f"모르는 항목이 있습니다 ({', '.join(sorted(unknown))})")


def _checked(values: Mapping[str, Any], kinds: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part of a file; raises TypeError where a value is of another kind."""
    for name, kind in kinds.items():
        if not isinstance(values[name], kind):
            raise TypeError(f"`{name}`의 값이 {type(values[name]).__name__}입니다")
    return values


def results_text(frozen: Frozen) -> str:
    """Return what the file of an experiment holds."""
    place = frozen.place
    runs = [_run(r, v) for r, v in zip(frozen.records, frozen.results, strict=True)]
    head = f'{{\n "page": {_flat(place.page)},\n "experiment": {_flat(place.name)},\n'
    one_line = frozen.has_cases
    body = ",\n".join(_run_text(run, one_line=one_line) for run in runs)
    return f'{head} "runs": [\n{body}\n ]\n}}\n'


def save_results(path: Path, frozen: Frozen) -> bool:
    """Write the runs of an experiment atomically; tell whether the file changed."""
    return write_if_changed(path, results_text(frozen))


def as_read(record: Record, result: Any) -> tuple[Record, Any]:
    """Return a run as its file will give it back: keys in order, lists for tuples."""
    run = json.loads(_run_text(_run(record, result), one_line=True))
    return _record(run), run["result"]


def result_digest(result: Any) -> str:
    """Return the digest of a result: the same values, the same digest."""
    return short_hash(canonical_json(result))


def _record(run: Mapping[str, Any]) -> Record:
    made = _checked(_checked(run, _KINDS)["made"], _MADE)
    data = {name: DataSet(**loaded) for name, loaded in made["data"].items()}
    return Record(
        key=run["key"],
        case=run.get("case"),
        digest=result_digest(run["result"]),
        code=run["code"],
        knobs=run["knobs"],
        upstream=run["upstream"],
        made=Made(**{**made, "data": data}),
        is_intact=run["digest"] == _seal(run),
    )


def _run(record: Record, result: Any) -> dict[str, Any]:
    run = {
        "case": record.case,
        "key": record.key,
        "result": result,
        "code": record.code,
        "knobs": record.knobs,
        "upstream": record.upstream,
        "made": asdict(record.made),
    }
    if record.case is None:
        del run["case"]
    return {**run, "digest": _seal(run)}


def _seal(run: Mapping[str, Any]) -> str:
    """Return the digest of a whole run, which a change of any part breaks."""
    return short_hash(canonical_json({n: v for n, v in run.items() if n != "digest"}))


def _run_text(run: Mapping[str, Any], *, one_line: bool) -> str:
    """Write a run; the result of a case takes one line, a single one is laid open.

    Keys are sorted, but for those of a result: a table may show them as they come.
    """
    lines = []
    for name in (n for n in _FIELDS if n in run):
        laid_open = name == "result" and not one_line
        text = (
            "".join(_lines(run[name], "   ")) if laid_open else _flat(run[name], name)
        )
        lines.append(f'   "{name}": {text}')
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _lines(value: Any, indent: str) -> Iterator[str]:
    inner = indent + " "
    if isinstance(value, dict) and value:
        parts = [
            f"{inner}{_flat(name)}: " + "".join(_lines(value[name], inner))
            for name in value
        ]
        yield "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    elif isinstance(value, list) and any(isinstance(v, dict | list) for v in value):
        items = [inner + "".join(_lines(v, inner)) for v in value]
        yield "[\n" + ",\n".join(items) + f"\n{indent}]"
    else:
        yield _flat(value, "result")


def _flat(value: Any, name: str = "") -> str:
    ordered = name != "result"
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=ordered)

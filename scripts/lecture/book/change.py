"""Changes: why a result no longer stands, as values; `sentence` is for people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lecture.base.particles import particle
from lecture.book.record import Record
from lecture.collect.artefact import Case
from lecture.collect.code import ACTS
from lecture.collect.syntax import canonical_json


@dataclass(frozen=True)
class Change:
    """One reason; `kind` decides what name, old and new mean."""

    kind: str  # a key of _SENTENCES
    name: str = ""
    old: str = ""
    new: str = ""

    @property
    def sentence(self) -> str:
        """The reason in Korean, with the particles that its name asks for."""
        forms = {form: particle(self.name, form) for form in ("이", "을")}
        words = {"name": self.name, "old": self.old, "new": self.new, **forms}
        return _SENTENCES[self.kind].format(**words)


_SENTENCES = {
    "missing": "결과가 아직 없습니다",
    "new case": "새 사례입니다",
    "unreadable": "{name}",
    "edited": "결과 파일이 손으로 고쳐졌거나 잘못 합쳐졌습니다",
    "code": "{name}{이} 바뀌었습니다",
    "added": "{name}{이} 더해졌습니다",
    "removed": "{name}{이} 빠졌습니다",
    "knob": "하이퍼파라미터 `{name}`: {old} → {new}",
    "upstream": "받는 결과 `{name}`{이} 바뀌었습니다",
    "data": "데이터 `{name}`{이} 바뀌었습니다 ({old} → {new})",
    "file": "읽은 파일 `{name}`{이} 바뀌었습니다",
    "lost file": "읽은 파일 `{name}`{이} 없습니다",
    "waits": "받는 결과 `{name}`{을} 다시 만들어야 합니다",
    "forced": "다시 실행하라고 하였습니다",
    "other": "무엇이 달라졌는지 말할 수 없지만, 열쇠가 다릅니다 ({old} → {new})",
}


def differences(
    code: Mapping[str, str],
    knobs: Mapping[str, Any],
    upstream: Mapping[str, str],
    case: Case | None,
    record: Record,
) -> Iterator[Change]:
    """Yield what differs between what is wanted and what a record was made from."""
    yield from _code(code, record.code)
    for name in sorted({*knobs, *record.knobs} - {*(case or {})}):
        old, new = (_text(side, name) for side in (record.knobs, knobs))
        if old != new:
            yield Change("knob", name, old, new)
    for name, digest in upstream.items():
        if record.upstream.get(name) != digest:
            yield Change("upstream", name)


def _code(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[Change]:
    for name in sorted({*now, *before}):
        if now.get(name) != before.get(name):
            kind = "code" if name in now and name in before else "added"
            yield Change("removed" if name not in now else kind, _definition(name))


def _text(knobs: Mapping[str, Any], name: str) -> str:
    """Return a knob as it is compared: 3 is not 3.0, and True is not 1."""
    return canonical_json(knobs[name]) if name in knobs else "없음"


def _definition(name: str) -> str:
    """Return a definition as its author finds it: `snippets/runs/X.py`의 `train`."""
    if name.endswith("]"):  # a lab's cell: "mnist_softmax[3]"
        module, _, cell = name.rstrip("]").partition("[")
        return f"`snippets/{module.replace('.', '/')}.py`의 셀 {cell}"
    module, _, definition = name.removesuffix(ACTS).rpartition(".")
    file = f"`snippets/{module.replace('.', '/')}.py`"
    return f"{file}의 `{definition or ACTS}`"

"""Tell in Markdown what the newest versions of the libraries would change.

`python scripts/upgrades.py FOLDER LOCK` reads what .github/workflows/upgrades.yml has
left in a folder: the lock as it was, the values of small runs (before.json, the same
again.json, after.json), and what each check has said. It writes report.md there, unless
nothing is new.

The standard library is enough: versions that cannot even be installed are told, too.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lecture.run.differences import first_difference

CHECKS = {  # name of the files that a check leaves → its command
    "lock": "make lock UPGRADE=--upgrade",
    "install": "make .venv/ready",
    "site": "python scripts/build.py site",
    "smoke": "python scripts/build.py smoke",
    "parity": "python scripts/build.py parity",
}
_TAIL, _WIDTH = 30, 200  # lines of a check that failed, and signs of a line
_MOST = 40  # runs whose differences are listed
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)

Values = Mapping[str, Any]  # run → its value, as `smoke --values` has written it


@dataclass(frozen=True)
class Move:
    """A package at one version before and another after; "" where it is not locked."""

    package: str
    before: str
    after: str

    @property
    def row(self) -> str:
        return f"| {self.package} | {self.before or '–'} | {self.after or '–'} |"


@dataclass(frozen=True)
class Check:
    """What one command made of the new versions."""

    command: str
    said: str | None  # None where it was not begun
    is_good: bool

    @property
    def row(self) -> str:
        good = "됩니다" if self.is_good else "**실패**"
        return f"| `{self.command}` | {'하지 않음' if self.said is None else good} |"

    @property
    def tail(self) -> str:
        """The last lines of a check that has failed, with their heading."""
        lines = [line[:_WIDTH] for line in (self.said or "").splitlines()]
        return f"### `{self.command}`의 마지막 줄\n\n{fenced(lines[-_TAIL:])}"


@dataclass(frozen=True)
class Looked:
    """All that was seen."""

    moves: tuple[Move, ...]
    direct: frozenset[str]  # packages that the notes themselves ask for
    checks: tuple[Check, ...]
    changed: Mapping[str, str]  # run → where its value differs
    compared: int
    unsteady: int  # runs that gave another value with the same versions, too

    @property
    def is_new(self) -> bool:
        return bool(self.moves) or not all(check.is_good for check in self.checks)


def versions(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock, or of each pin in a list."""
    found: dict[str, str] = {}
    for package, version in _PIN.findall(lock):
        known = found.get(package)
        found[package] = f"{known}, {version}" if known else version
    return found


def moves(before: str, after: str) -> tuple[Move, ...]:
    """Return the packages whose version in one lock is not that in the other."""
    old, new = versions(before), versions(after)
    names = sorted({*old, *new})
    found = (Move(name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(move for move in found if move.before != move.after)


def differences(before: Values, after: Values) -> dict[str, str]:
    """Return the runs that gave another value, each with its first difference."""
    both = (name for name in before if name in after)
    found = {name: first_difference(before[name], after[name]) for name in both}
    return {name: told for name, told in found.items() if told}


def report(looked: Looked) -> Iterator[str]:
    """Yield the paragraphs of the issue."""
    yield (
        "라이브러리의 가장 새 판을 깔고 노트를 다시 보았습니다. "
        "저장소의 잠금은 그대로입니다."
    )
    yield "## 판이 달라진 패키지"
    own = [move for move in looked.moves if move.package in looked.direct]
    rest = [move for move in looked.moves if move.package not in looked.direct]
    yield _table("패키지 | 지금 | 새 판", own) if own else "고른 패키지는 그대로입니다."
    if rest:
        summary = f"<summary>거기에 딸린 패키지 {len(rest)}개</summary>"
        table = _table("패키지 | 지금 | 새 판", rest)
        yield f"<details>{summary}\n\n{table}\n\n</details>"
    yield f"## 살펴본 것\n\n{_table('명령 | 결과', looked.checks)}"
    yield from (c.tail for c in looked.checks if c.said is not None and not c.is_good)
    yield from _affected(looked)
    yield (
        "## 판을 올리려면\n\n`requirements.txt`에 새 판을 적고 `make lock`을 부릅니다. "
        "달라진 쪽은 `python scripts/build.py build --rerun 쪽`으로 다시 실행합니다."
    )


def _affected(looked: Looked) -> Iterator[str]:
    """Yield which pages have to be run again: no key of a result knows of versions."""
    yield "## 다시 실행해야 할 쪽"
    if not looked.compared:
        yield "두 판의 값을 견주지 못했습니다."
        return
    yield (
        "판이 올라도 얼린 결과가 저절로 낡지는 않습니다. 그래서 모든 실험과 실습을 "
        f"두 판에서 작은 데이터로 돌려 {looked.compared}개의 값을 견주었습니다. "
        f"같은 판에서도 돌릴 때마다 다른 {looked.unsteady}개는 뺐습니다."
    )
    if not looked.changed:
        yield "모두 같습니다."
        return
    pages = Counter(name.partition(".")[0] for name in looked.changed)
    yield "\n".join(f"- [ ] {page}: 달라진 실행 {n}개" for page, n in pages.items())
    yield fenced([f"{n}: {told}" for n, told in looked.changed.items()][:_MOST])


def _table(head: str, rows: list[Move] | tuple[Check, ...]) -> str:
    rule = " | ".join("---" for _ in head.split("|"))
    return "\n".join([f"| {head} |", f"| {rule} |", *(row.row for row in rows)])


def fenced(lines: list[str]) -> str:
    """Return lines as a block of code, whatever is in them."""
    longest = max(map(len, re.findall("`{3,}", "\n".join(lines))), default=2)
    fence = "`" * (longest + 1)
    return "\n".join([f"{fence}text", *lines, fence])


def look(folder: Path, lock: Path) -> Looked:
    """Return what was left in a folder, beside the lock as it is now."""
    names = ("before", "again", "after")
    before, again, after = (_values(folder / f"{name}.json") for name in names)
    unsteady = differences(before, again)
    both = {*before} & {*again} & {*after} - {*unsteady}
    old, new = (path.read_text("utf-8") for path in (folder / "before.lock", lock))
    asked = lock.with_suffix(".txt").read_text("utf-8").replace(">=", "==")
    return Looked(
        moves(old, new),
        frozenset(versions(asked)),
        tuple(_check(folder, name, command) for name, command in CHECKS.items()),
        differences({name: before[name] for name in sorted(both)}, after),
        len(both),
        len(unsteady),
    )


def _check(folder: Path, name: str, command: str) -> Check:
    said = folder / f"{name}.txt"
    text = said.read_text("utf-8", "replace") if said.exists() else None
    return Check(command, text, (folder / f"{name}.ok").exists())


def _values(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def main(folder: Path, lock: Path) -> None:
    looked = look(folder, lock)
    if looked.is_new:
        text = "\n\n".join(report(looked)) + "\n"
        (folder / "report.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

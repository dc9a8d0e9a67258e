"""How long commands take when there is nothing to do, beside the least they could take.

Run by `make bench`, after `make site`. It prints and never fails: a ratio says more
than seconds, for both sides have had the same machine. CPU seconds, because other work
may share it, and seconds of a clock where an author waits; the quickest of some rounds,
because what disturbs only ever adds.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from bench_preview import PAGES, PLAIN, real_notes, rows, small_notes

ROUNDS = 5
ENOUGH = 0.2  # CPU seconds: a quicker command is repeated until it has taken as much
Command = Sequence[str]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        real, small = real_notes(Path(folder)), small_notes(Path(folder))
        print(f"{'CPU 초':>8} {'견줄 것':>8} {'더 든 초':>8} {'몇 배':>6}")
        for name, where, ours, least in pairs(real.root, small.root):
            print(row(name, where, ours, least), flush=True)
        print(f"{'기다린 초':>7} {'견줄 것':>8} {'더 든 초':>8} {'몇 배':>6}")
        for name, waited, least_waited in rows(real, small):
            print(line(name, waited, least_waited), flush=True)


def pairs(real: Path, small: Path) -> Iterator[tuple[str, Path, Command, Command]]:
    """Yield a name, a folder, the command there, and the least it could be."""
    python, build = sys.executable, "scripts/build.py"
    empty = [python, "-c", "pass"]
    floor = [python, "-c", "import json, pickle, click"]
    for name, words in (("check", ["check"]), ("build", [])):
        ours = [python, build, *words]
        yield f"build.py {name}, 할 일 없음 : 빈 파이썬", real, ours, empty
        yield f"build.py {name}, 할 일 없음 : json, pickle, click만", real, ours, floor
    mkdocs = [python, "-m", "mkdocs", "build", "-q", "-d", "plain-site", "-f", PLAIN]
    site = [python, build, "site"]
    yield "build.py site, 할 일 없음 : 우리 것 없는 mkdocs", real, site, mkdocs
    yield f"작은 쪽 {PAGES}개의 site, 할 일 없음 : 그 mkdocs", small, site, mkdocs


def row(name: str, where: Path, ours: Command, least: Command) -> str:
    """Return a line of the table: the quickest round of each side, and how they differ.

    The sides take turns, so that what disturbs one disturbs the other.
    """
    try:
        sides = (ours, least)
        rounds = [[cpu_seconds(side, where) for side in sides] for _ in range(ROUNDS)]
    except subprocess.CalledProcessError as error:
        missing = f"{name} (먼저 make site가 되어야 합니다: {error.returncode})"
        return f"{'-':>8} {'-':>8} {'-':>8} {'-':>6}  {missing}"
    one, other = (min(side) for side in zip(*rounds, strict=True))
    return line(name, one, other)


def line(name: str, one: float, other: float) -> str:
    return f"{one:8.3f} {other:8.3f} {one - other:8.3f} {one / other:6.2f}  {name}"


def cpu_seconds(command: Command, where: Path) -> float:
    """Return the CPU seconds of a command and its children: more than 0.

    Raises CalledProcessError where it fails.
    """
    start, times = spent(), 0
    while (taken := spent() - start) < ENOUGH:
        subprocess.run(command, cwd=where, capture_output=True, check=True)
        times += 1
    return taken / times


def spent() -> float:
    """Return the CPU seconds of all commands so far, to the microsecond."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

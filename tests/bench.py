"""How long commands take when there is nothing to do, beside the least they could take.

Run by `make bench`, after `make site`. It prints and never fails: a ratio says more
than seconds, for both sides have had the same machine. CPU seconds, because other work
may share it; the quickest of some rounds, because what disturbs only ever adds.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
ENOUGH = 0.2  # CPU seconds: a quicker command is repeated until it has taken as much
PLAIN = """
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
watch: []
hooks: []
"""

Command = Sequence[str]


def main() -> None:
    print(f"{'CPU 초':>8} {'견줄 것':>8} {'더 든 초':>8} {'몇 배':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, ours, least in pairs(Path(folder)):
            print(row(name, ours, least), flush=True)


def pairs(folder: Path) -> Iterator[tuple[str, Command, Command]]:
    """Yield what is measured: a name, the command, and the least it could be."""
    python, build = sys.executable, "scripts/build.py"
    empty = [python, "-c", "pass"]
    floor = [python, "-c", "import json, pickle, click"]
    for name, words in (("check", ["check"]), ("build", [])):
        ours = [python, build, *words]
        yield f"build.py {name}, 할 일 없음 : 빈 파이썬", ours, empty
        yield f"build.py {name}, 할 일 없음 : json, pickle, click만", ours, floor
    plain = folder / "mkdocs.yml"
    plain.write_text(PLAIN.format(root=ROOT), encoding="utf-8")
    mkdocs = [python, "-m", "mkdocs", "build", "-q", "-d", str(folder / "site")]
    least = [*mkdocs, "-f", str(plain)]
    yield "mkdocs build, 할 일 없음 : 훅 없는 mkdocs", mkdocs, least


def row(name: str, ours: Command, least: Command) -> str:
    """Return a line of the table: the quickest round of each side, and how they differ.

    The sides take turns, so that what disturbs one disturbs the other.
    """
    try:
        rounds = [(cpu_seconds(ours), cpu_seconds(least)) for _ in range(ROUNDS)]
    except subprocess.CalledProcessError as error:
        missing = f"{name} (먼저 make site가 되어야 합니다: {error.returncode})"
        return f"{'-':>8} {'-':>8} {'-':>8} {'-':>6}  {missing}"
    one, other = (min(side) for side in zip(*rounds, strict=True))
    return f"{one:8.3f} {other:8.3f} {one - other:8.3f} {one / other:6.2f}  {name}"


def cpu_seconds(command: Command) -> float:
    """Return the CPU seconds of a command and its children: more than 0.

    Raises CalledProcessError where it fails.
    """
    start, times = spent(), 0
    while (taken := spent() - start) < ENOUGH:
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        times += 1
    return taken / times


def spent() -> float:
    """Return the CPU seconds of all commands so far, to the microsecond."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

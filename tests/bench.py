"""How long builds take, side by side with the least that they could take.

Run by `make bench`. It prints and never fails: a ratio says more than seconds, for both
sides have had the same machine. CPU seconds, because other work may share it.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
PLAIN = """
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
watch: []
hooks: []
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "mkdocs.yml"
        plain.write_text(PLAIN.format(root=ROOT), encoding="utf-8")
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", f"{folder}/site"]
        rows = {
            "build.py --check, 할 일 없음 : 빈 파이썬": (
                [sys.executable, "scripts/build.py", "--check"],
                [sys.executable, "-c", "pass"],
            ),
            "mkdocs build, 할 일 없음 : 훅 없는 mkdocs": (
                mkdocs,
                [*mkdocs, "-f", str(plain)],
            ),
        }
        print(f"{'CPU 초':>8} {'견줄 것':>8} {'몇 배':>6}")
        for name, (ours, least) in rows.items():
            print(row(name, ours, least))


def row(name: str, ours: Sequence[str], least: Sequence[str]) -> str:
    """Return a line of the table: the quickest round of each side, and their ratio."""
    rounds = [(cpu_seconds(ours), cpu_seconds(least)) for _ in range(ROUNDS)]
    if any(seconds is None for pair in rounds for seconds in pair):
        return f"{'-':>8} {'-':>8} {'-':>6}  {name} (먼저 make site가 되어야 합니다)"
    one, other = (min(s for s in side if s) for side in zip(*rounds, strict=True))
    return f"{one:8.2f} {other:8.2f} {one / other:6.2f}  {name}"


def cpu_seconds(command: Sequence[str]) -> float | None:
    """Return the CPU seconds of a command and its children; None when it fails."""
    before = os.times()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    after = os.times()
    if done.returncode:
        return None
    seconds = after.children_user + after.children_system
    return seconds - before.children_user - before.children_system


if __name__ == "__main__":
    main()

"""Ask pip whether every locked package has a wheel for each Python and system we name.

`make wheels` runs it. Nothing is installed: pip resolves, as if it stood on the other
machine, and reports the files that it would take; each must be one that a lock knows.
The exit status is 1 where a wheel is missing.
"""

import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock")
# The oldest of each that `requires-python` allows: what installs there installs later.
PYTHONS = ("3.11.5", "3.12.0", "3.13.0")


@dataclass(frozen=True)
class Pin:
    """A line of a lock: one package at one version, and the files it may come in."""

    requirement: Requirement
    hashes: frozenset[str]


@dataclass(frozen=True)
class System:
    """An operating system on one processor: what markers and wheels call it."""

    name: str
    markers: dict[str, str]
    tags: tuple[str, ...]


# pip knows that a later macOS takes the wheels of an earlier one, but not so for glibc.
_GLIBC = ("2014", *(f"_2_{minor}" for minor in range(17, 29)))
SYSTEMS = (
    System(
        "리눅스 x86-64",
        {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
        },
        tuple(f"manylinux{glibc}_x86_64" for glibc in _GLIBC),
    ),
    System(
        "macOS arm64",
        {
            "os_name": "posix",
            "sys_platform": "darwin",
            "platform_system": "Darwin",
            "platform_machine": "arm64",
        },
        ("macosx_12_0_arm64",),
    ),
    System(
        "윈도 x86-64",
        {
            "os_name": "nt",
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": "AMD64",
        },
        ("win_amd64",),
    ),
)


def main() -> int:
    """Print a line for each Python and system; return the exit status."""
    pins = [pin for lock in LOCKS for pin in read_lock(lock)]
    failed = False
    for python, system in itertools.product(PYTHONS, SYSTEMS):
        here = wanted(pins, python, system)
        problem = missing(here, python, system)
        failed = failed or bool(problem)
        count = len({pin.requirement.name for pin in here})
        outcome = problem or f"패키지 {count}개가 모두 휠로 설치됩니다"
        print(f"파이썬 {python} · {system.name}: {outcome}", flush=True)
    return int(failed)


def read_lock(path: Path) -> Iterator[Pin]:
    """Yield the pins of a lock, in its order."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith(("#", "-")):
            requirement, *hashes = line.split(" --hash=")
            yield Pin(Requirement(requirement), frozenset(map(str.strip, hashes)))


def wanted(pins: list[Pin], python: str, system: System) -> list[Pin]:
    """Return the pins that hold in this Python on this system."""
    environment = {
        **system.markers,
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
    }
    markers = ((pin, pin.requirement.marker) for pin in pins)
    return [
        pin for pin, marker in markers if not marker or marker.evaluate(environment)
    ]


def missing(pins: list[Pin], python: str, system: System) -> str:
    """Return why these cannot be installed as wheels there; "" where they can."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        asked = subprocess.run(
            _question(pins, python, system, report),
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if asked.returncode:
            return asked.stderr.strip().rpartition("\n")[2]
        known = {digest for pin in pins for digest in pin.hashes}
        return ", ".join(f"잠금에 없는 파일 {name}" for name in _unknown(report, known))


def _question(pins: list[Pin], python: str, system: System, report: Path) -> list[str]:
    # pip reads markers as on this machine, so they are settled already (`wanted`); and
    # with hashes it would download all, so those of its report are compared instead.
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
    command += ["--ignore-installed", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--report", str(report)]
    command += ["--target", str(report.parent / "nothing"), "--python-version", python]
    for tag in system.tags:
        command += ["--platform", tag]
    return command + sorted(
        {f"{pin.requirement.name}{pin.requirement.specifier}" for pin in pins}
    )


def _unknown(report: Path, known: set[str]) -> Iterator[str]:
    """Yield the name of each file that pip would take and no lock knows."""
    for item in json.loads(report.read_text(encoding="utf-8"))["install"]:
        download = item["download_info"]
        digest = download["archive_info"]["hashes"]["sha256"]
        if f"sha256:{digest}" not in known:
            yield download["url"].rpartition("/")[2]


if __name__ == "__main__":
    sys.exit(main())

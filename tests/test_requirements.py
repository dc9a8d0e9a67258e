"""The lists that people read, the locks that are installed, and the Pythons, agree."""

import re
import tomllib
from pathlib import Path

import pytest
import wheels
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LINUX, _, WINDOWS = wheels.SYSTEMS

every_lock = pytest.mark.parametrize(
    "lock", wheels.LOCKS, ids=lambda lock: str(lock.relative_to(ROOT))
)


def names(pins: list[wheels.Pin]) -> set[str]:
    return {canonicalize_name(pin.requirement.name) for pin in pins}


def versions(pins: list[wheels.Pin]) -> set[tuple[str, str]]:
    return {
        (canonicalize_name(pin.requirement.name), str(pin.requirement.specifier))
        for pin in pins
    }


def locked(path: Path) -> set[tuple[str, str]]:
    return versions(list(wheels.read_lock(path)))


def listed(path: Path) -> list[wheels.Pin]:
    lines = (
        line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()
    )
    return [wheels.Pin(Requirement(line), frozenset()) for line in lines if line]


def requires_python() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["requires-python"])


@every_lock
def test_every_requirement_is_locked_at_its_version(lock: Path) -> None:
    unlocked = versions(listed(lock.with_suffix(".txt"))) - locked(lock)
    assert not unlocked, "make lock"


@every_lock
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    for pin in wheels.read_lock(lock):
        assert re.fullmatch(r"==[^,*]+", str(pin.requirement.specifier)), pin
        assert pin.hashes, pin
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", h) for h in pin.hashes), pin


def test_a_package_of_both_locks_has_the_same_version_in_both() -> None:
    site, tests = (dict(locked(lock)) for lock in wheels.LOCKS)
    both = site.keys() & tests.keys()
    assert both and {n: site[n] for n in both} == {n: tests[n] for n in both}


@every_lock
def test_lock_names_no_host_and_no_folder(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ |\s\.?\.?/", text)
    options = {line for line in text.splitlines() if line.startswith("-")}
    assert options == {"--only-binary :all:"}


@every_lock
def test_lock_was_made_for_the_oldest_python_that_is_allowed(lock: Path) -> None:
    made_for = re.search(r"--python-version (\S+)", lock.read_text("utf-8"))
    assert made_for and requires_python().startswith(f">={made_for[1]},")


def test_pip_is_asked_about_every_python_that_is_allowed() -> None:
    allowed = SpecifierSet(requires_python())
    oldest_of_each = [f"3.{minor}.0" for minor in range(20)]
    assert wheels.PYTHONS[0] == requires_python().partition(",")[0].removeprefix(">=")
    assert list(wheels.PYTHONS[1:]) == list(allowed.filter(oldest_of_each))


def test_pins_are_those_of_the_other_system_and_not_of_this_machine() -> None:
    pins = list(wheels.read_lock(ROOT / "requirements.lock"))
    linux, macos, windows = (
        names(wheels.wanted(pins, "3.13.0", system)) for system in wheels.SYSTEMS
    )
    assert "pexpect" in linux & macos and "pexpect" not in windows
    assert "appnope" in macos and "appnope" not in linux | windows
    assert "tensorflow" in linux & macos & windows


def test_pins_are_those_of_the_other_python(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text(
        "# made by hand\n--only-binary :all:\n\n"
        "a==1 ; python_full_version < '3.12' \\\n    --hash=sha256:00 \\\n"
        "    --hash=sha256:01\n"
        "a==2 ; python_version >= '3.12' \\\n    --hash=sha256:02\n"
    )
    pins = list(wheels.read_lock(lock))
    assert [pin.hashes for pin in pins] == [{"sha256:00", "sha256:01"}, {"sha256:02"}]
    assert wheels.wanted(pins, "3.11.5", LINUX) == pins[:1]
    assert wheels.wanted(pins, "3.13.0", WINDOWS) == pins[1:]

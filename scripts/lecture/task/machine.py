"""The machine and the libraries that a process runs on: what a result must name."""

import contextlib
import platform
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from lecture.collect.libraries import LIBRARIES, LIGHT, Library


def peak_memory_mb() -> int:
    """Return the most resident memory that this process has had, in MiB."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset) >> 20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak >> 20 if sys.platform == "darwin" else peak >> 10)


def versions(libraries: Iterable[Library] = LIBRARIES) -> dict[str, str]:
    """Return the versions of Python and of what is loaded, of the libraries given."""
    packages: dict[str, str] = {}
    for library in (*LIGHT, *libraries):
        packages |= library.versions
    found = {"python": platform.python_version()}
    for package, distribution in packages.items():
        if package in sys.modules:
            with contextlib.suppress(PackageNotFoundError):
                found[distribution] = version(distribution)
    return found


def hardware() -> str:
    """Return the processor's name and the threads that a task may use."""
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [ln for ln in file if ln.startswith("model name")]
        name = models[0].partition(":")[2].strip() if models else name
    return f"{name}, 스레드 1개"

"""Process trees: what a task holds, and how it ends with all that it started.

As a script, this is the keeper of a build: it ends what the build leaves behind.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import psutil

BUILD_MARK = "LECTURE_BUILD"  # in the environment of all that a build starts
TASK_MARK = "LECTURE_TASK"  # in that of all that a task starts
_ROUNDS = 100
_PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


def stand_apart(mark: str) -> None:
    """Make this process the head of all that it will start, so that all can be ended.

    Ctrl-C in the terminal stays the build's to handle. On Linux, what a child leaves
    behind comes to this process.
    """
    os.environ[TASK_MARK] = mark
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_tree(pid: int | None, *, itself: bool = True) -> None:
    """Kill a process and all that descends from it."""
    try:
        process = psutil.Process(pid)
        family = process.children(recursive=True) + ([process] if itself else [])
    except psutil.NoSuchProcess:
        return
    _kill(family)


def end_group(pid: int | None) -> None:
    """Kill what is left of the process group that a process has led."""
    if pid and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def end_marked(name: str, value: str) -> None:
    """Kill every process with this in its environment, and all that descends from it.

    This finds what has left its parents and its group; it looks at every process.
    """
    for _ in range(_ROUNDS):
        marked = list(_marked(name, value))
        if not marked:
            return
        for process in marked:
            end_tree(process.pid)
        time.sleep(0.01)


def build_mark() -> str:
    """Return what tells this process's build from any other, on this machine."""
    return f"{os.getpid()}@{psutil.Process().create_time()}"


def memory_mb(pid: int | None) -> int:
    """Return the resident memory of a process tree in MiB."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family) >> 20
    except psutil.NoSuchProcess:
        return 0


def _kill(family: list[psutil.Process]) -> None:
    for member in family:
        with suppress(psutil.NoSuchProcess):
            member.kill()
    psutil.wait_procs(family, timeout=2)


def _marked(name: str, value: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(name) == value:
                yield process


def keep(mark: str, folder: str) -> None:
    """Wait for the end of a build, then end its processes and remove its folder.

    The build holds the other end of standard input, and kills this process where it has
    cleared up itself. No task can hinder it, whatever that does with its interpreter.
    """
    sys.stdin.buffer.read()
    end_marked(BUILD_MARK, mark)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(sys.argv[1], sys.argv[2])

"""Process trees: what a task holds, and how it ends with all that it started."""

import psutil


def end_tree(pid: int | None, *, itself: bool = True) -> None:
    """Kill a process and all that descends from it."""
    try:
        process = psutil.Process(pid)
        family = process.children(recursive=True) + ([process] if itself else [])
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=2)


def memory_mb(pid: int | None) -> int:
    """Return the resident memory of a process tree in MiB."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family) >> 20
    except psutil.NoSuchProcess:
        return 0

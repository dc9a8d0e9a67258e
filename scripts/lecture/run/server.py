"""The server that tasks are forked from, and the keeper that outlives the build."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path

from lecture.base.environment import COMFORT, NUMBERS
from lecture.task import processes


@contextmanager
def kept() -> Iterator[Path]:
    """Give a folder for working directories, and have a keeper wait for our end."""
    mark = _marked()
    folder = Path(tempfile.mkdtemp(prefix="lecture-")).resolve()
    script = str(Path(processes.__file__))
    keeper = subprocess.Popen(
        [sys.executable, "-P", script, mark, str(folder)],
        stdin=subprocess.PIPE,  # closed when we end, however we end
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        keeper.kill()
        keeper.communicate()


def context(warm: tuple[str, ...], cold: bool) -> BaseContext:
    """Return a forkserver that has imported `warm`, where the system has a safe one.

    macOS's own libraries do not survive a fork; Windows has none.
    """
    _marked()  # before the server starts: what it forks has its environment
    for name, value in (NUMBERS | COMFORT).items():
        os.environ.setdefault(name, value)
    if cold or sys.platform in ("darwin", "win32"):
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(list(warm))
    with _ignoring_ctrl_c():
        forkserver.ensure_running()
    return server


def _marked() -> str:
    """Have all that this process starts carry its mark; return the mark."""
    os.environ[processes.BUILD_MARK] = mark = processes.build_mark()
    return mark


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """Leave Ctrl-C to the build: a process ignores what its parent ignored.

    Only the main thread may choose: beside it, a server must be running already.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""The server that tasks are forked from, and the keeper that outlives the build."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path

from lecture.task import processes

# Read when Python starts (sets of texts then have one order in every run) and when the
# libraries load. TensorFlow picks oneDNN's kernels by the processor; here
# they are always on, so that machines differ less. On a softmax layer with 3,072 inputs
# they halve the time of an epoch. glibc gives freed memory back to the system at once,
# and asking for it again costs a batch of images more than the arithmetic on it.
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(2**25),  # bytes: larger blocks are given back at once
    "MALLOC_TOP_PAD_": str(2**26),  # bytes that each heap may keep
}


@contextmanager
def kept() -> Iterator[Path]:
    """Give a folder for working directories, and have a keeper wait for our end."""
    os.environ[processes.BUILD_MARK] = mark = processes.build_mark()
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
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if cold or sys.platform in ("darwin", "win32"):
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(list(warm))
    with _ignoring_ctrl_c():
        forkserver.ensure_running()
    return server


@contextmanager
def _ignoring_ctrl_c() -> Iterator[None]:
    """Leave Ctrl-C to the build: a process ignores what its parent ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""What a Dask worker does: it hands jobs to a process of the engine's, and listens.

This module and `frames` travel by value to workers that know nothing of the engine:
they stand on Python's own library and on `distributed` alone.
"""

import queue
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from lecture.cluster.frames import read_frame, write_frame

_TICK = 0.5  # seconds between looks whether anybody still waits

Said = tuple[str, Any]  # ("log", bytes), ("progress", (done, total)), ("ended", result)


class Helper:
    """A process of the engine's that runs one job after the other."""

    def __init__(self, folder: Path, warm: tuple[str, ...], memory_mb: int) -> None:
        script = folder / "scripts" / "lecture" / "cluster" / "errands.py"
        self.process = subprocess.Popen(
            [sys.executable, str(script), str(folder), str(memory_mb), *warm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C in a worker's terminal is the worker's
        )
        self.said: queue.SimpleQueue[Said | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """Close its ear: it ends what it runs, and itself."""
        with suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]

    def run(self, order: bytes) -> Iterator[Said | None]:
        """Hand over a job; yield what is said, None after a while of silence.

        Raises EOFError where the process ends without a word.
        """
        write_frame(self.process.stdin, order)  # type: ignore[arg-type]
        while True:
            try:
                said = self.said.get(timeout=_TICK)
            except queue.Empty:
                yield None
                continue
            if said is None:
                raise EOFError
            yield said
            if said[0] == "ended":
                return

    def _listen(self) -> None:
        pipe: Any = self.process.stdout
        with suppress(EOFError):
            while True:
                self.said.put(read_frame(pipe))
        self.said.put(None)
        self.process.wait()  # or it would stay among the processes of the worker


def run(
    digest: str, bundle: bytes, warm: tuple[str, ...], order: bytes, topic: str
) -> Any:
    """Run one job on this worker, tell of it on the way, and return its result."""
    from distributed import get_worker

    worker: Any = get_worker()
    key = worker.get_current_task()

    def tell(kind: str, value: Any) -> None:
        worker.log_event(topic, {"key": key, "kind": kind, "value": value})

    tell("began", worker.address)
    idle = vars(worker).setdefault("lecture_helpers", {}).setdefault((digest, warm), [])
    helper, result = _helper(worker, idle, digest, bundle, warm), None
    try:
        for said in helper.run(order):
            if _is_cancelled(worker, key):
                break
            if said and said[0] == "ended":
                result = said[1]
            elif said:
                tell(*said)
    finally:
        if result is None:
            helper.end()
    if result is not None:
        idle.append(helper)  # from now on another thread's, too
    return result


def _helper(
    worker: Any, idle: list[Helper], digest: str, bundle: bytes, warm: tuple[str, ...]
) -> Helper:
    while idle:
        with suppress(IndexError):  # another thread's now
            helper = idle.pop()
            if helper.lives:
                return helper
    folder = Path(worker.local_directory) / f"lecture-{digest}"
    _unpack(bundle, folder)
    threads, limit = worker.state.nthreads, worker.memory_manager.memory_limit or 0
    return Helper(folder, warm, int(limit / threads) >> 20)


def _unpack(bundle: bytes, folder: Path) -> None:
    if folder.is_dir():
        return
    own = folder.with_name(f"{folder.name}-{threading.get_ident()}")
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        archive.extractall(own)
    with suppress(OSError):  # another thread was faster
        own.rename(folder)


def _is_cancelled(worker: Any, key: str) -> bool:
    task = worker.state.tasks.get(key)
    return task is None or task.state == "cancelled"

"""The process on a worker that runs jobs, one after the other, as they come.

It runs them as an author's machine does: each in a process of its own, forked from a
server that has imported the libraries. It ends when nobody has work for it any more,
and with all that it runs when nobody listens.
"""

import os
import pickle
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

sys.path[0] = str(Path(__file__).parents[2])  # the engine that has travelled here

from lecture.cluster.frames import read_frame, write_frame  # noqa: E402
from lecture.cluster.order import Order, refusal  # noqa: E402
from lecture.run.local import run_jobs  # noqa: E402
from lecture.task.job import Job, Outcome, Progress, Started  # noqa: E402
from lecture.task.processes import end_tree  # noqa: E402

_PATIENCE = 60.0  # seconds without work
_TICK = 0.5  # seconds between looks at a log

Tell = Callable[[str, Any], None]


def main(folder: Path, memory_mb: int, warm: tuple[str, ...]) -> None:
    """Run what comes through standard input, and tell of it on standard output."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints is no frame
    speaking = threading.Lock()

    def tell(kind: str, value: Any) -> None:
        with speaking:
            write_frame(pipe, (kind, value))

    take = _take(_orders(sys.stdin.buffer), folder, memory_mb, tell)
    for event in run_jobs(take, workers=1, warm=warm):
        match event:
            case Started(job):
                log = _Followed(job.log, tell)
            case Progress(_, done, total):
                tell("progress", (done, total))
            case Outcome(_, result):
                log.end()
                tell("ended", pickle.dumps((folder, result)))


class _Followed:
    """A log, told piece by piece while it grows."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self._path, self._tell, self._told = path, tell, 0
        path.unlink(missing_ok=True)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        self._tell_more()

    def _follow(self) -> None:
        while not self._over.wait(_TICK):
            self._tell_more()

    def _tell_more(self) -> None:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._told)
                more = file.read()
            self._told += len(more)
            if more:
                self._tell("log", more)


def _orders(pipe: BinaryIO) -> "queue.SimpleQueue[Order]":
    """Return a queue that fills as orders come; the end of them ends this process."""
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                orders.put(pickle.loads(read_frame(pipe)))
        except EOFError:
            end_tree(None)

    threading.Thread(target=listen, daemon=True).start()
    return orders


def _take(
    orders: "queue.SimpleQueue[Order]", folder: Path, memory_mb: int, tell: Tell
) -> Callable[[], Job | None]:
    def take() -> Job | None:
        while True:
            try:
                order = orders.get(timeout=_PATIENCE)
            except queue.Empty:
                return None
            if refused := refusal(order):
                tell("ended", pickle.dumps((folder, refused)))
                continue
            return order.job_at(folder, memory_mb)

    return take


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), tuple(sys.argv[3:]))

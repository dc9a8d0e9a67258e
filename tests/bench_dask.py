"""How busy a Dask cluster is kept: many tasks that sleep, on workers in this process.

Run it as `python tests/bench_dask.py [TASKS] [WORKERS] [SECONDS]`. What is measured is
the sending and the hearing, and the scheduler: each task itself does nothing. The share
is of the time that the workers would have needed at the least.
"""

import pickle
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster, get_worker
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.status import Task
from lecture.cluster.order import Order
from lecture.cluster.sending import Sending
from lecture.run.jobs import job_of
from lecture.run.settings import Settings
from lecture.task.job import Job, Outcome, Success

MODULE = '''"""자기."""

def experiment_nap():
    """잡니다."""
    return {}
'''


def main(tasks: int = 10_000, workers: int = 64, seconds: float = 0.5) -> None:
    one_each = {"n_workers": workers, "threads_per_worker": 1, "processes": False}
    with (
        LocalCluster(**one_each, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as client,
        tempfile.TemporaryDirectory() as folder,
    ):

        def submit(key: str, order: Order, topic: str) -> Any:
            return client.submit(nap, seconds, topic, key=key)

        sending = Sending(client, wanted={}, submit=submit, known={})
        jobs = some_jobs(Path(folder), tasks)
        start = time.monotonic()
        events = sending.events(lambda: next(jobs, None))
        done = sum(isinstance(event, Outcome) for event in events)
        taken = time.monotonic() - start
    assert done == tasks
    least = tasks * seconds / workers
    print(f"과제 {tasks}개 × {seconds:g}초, 일꾼 {workers}: {taken:.1f}초 걸렸습니다.")
    print(
        f"가장 짧을 때의 {least:.1f}초에 견주어 일꾼이 {least / taken:.1%} 바빴습니다."
    )
    print(f"과제 하나에 더 든 시간: {(taken - least) / tasks * 1000:.2f}밀리초")


def some_jobs(folder: Path, number: int) -> Iterator[Job]:
    (folder / "snippets").mkdir()
    (folder / "snippets/nap.py").write_text(MODULE, encoding="utf-8")
    book = read_book(Project(folder))
    (nap_,) = book.runs.values()
    job = job_of(book, Task(nap_, book.wanted(nap_), None), Settings(1))
    return (replace(job, id=f"nap-{n}") for n in range(number))


def nap(seconds: float, topic: str) -> bytes:
    worker: Any = get_worker()
    said = {"key": worker.get_current_task(), "kind": "began", "value": worker.address}
    worker.log_event(topic, said)
    time.sleep(seconds)
    return pickle.dumps((Path(), Success({}, seconds, 0)))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]), *map(float, sys.argv[3:4]))

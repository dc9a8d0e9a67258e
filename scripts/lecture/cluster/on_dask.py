"""Running on a Dask cluster: an executor like the one that runs here.

Each job is one task of Dask's. What it says on its way comes back through a topic of
the scheduler's, its result as the task's value. A worker that dies costs nothing but
time: Dask gives its tasks to others, until one has died with three.
"""

import pickle
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from lecture.base.errors import LectureError
from lecture.book.book import Book
from lecture.cluster import frames, host
from lecture.cluster.bundle import bundle_of
from lecture.cluster.known_data import fingerprints
from lecture.cluster.order import Order, wanted_versions
from lecture.cluster.sending import Sending, Submit
from lecture.collect.libraries import libraries
from lecture.run.executor import Executor, Take
from lecture.task.job import Event, Job

LOCAL = "local"


def on_dask(
    book: Book, address: str, *, workers: int, any_versions: bool = False
) -> Executor:
    """Return the executor that sends jobs to a scheduler's address, or starts "local".

    Raises LectureError where Dask is not installed, or nobody answers.
    """

    def execute(take: Take, names: Collection[str]) -> Iterator[Event]:
        with _client(address, workers) as client:
            sending = Sending(
                client,
                wanted={} if any_versions else wanted_versions(names),
                submit=_submitting(client, book, names),
                known=fingerprints(book),
            )
            try:
                yield from sending.events(take)
            finally:
                sending.cancel()

    return execute


@contextmanager
def _client(address: str, workers: int) -> Iterator[Any]:
    distributed = _distributed()
    if address != LOCAL:
        with _connected(distributed, address) as client:
            yield client
        return
    one_each = {"n_workers": workers, "threads_per_worker": 1}
    with (
        distributed.LocalCluster(**one_each, dashboard_address=None) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ModuleNotFoundError:
        hint = "pip install -r requirements-dask.txt"
        raise LectureError("Dask가 설치되어 있지 않습니다.", hint=hint) from None


def _connected(distributed: Any, address: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are told where they matter
            return distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise LectureError(
            f"Dask 스케줄러 {address}에 닿지 못했습니다: {error}",
            hint="dask scheduler를 띄운 기계의 주소를 적습니다. "
            "예: --dask tcp://10.0.0.1:8786",
        ) from None


def _submitting(client: Any, book: Book, names: Collection[str]) -> Submit:
    """Return what sends an order under a key, and gives its future."""
    for module in (host, frames):
        import_module("cloudpickle").register_pickle_by_value(module)
    bundle = bundle_of(book.project)
    warm = tuple(name for one in libraries(names) for name in one.warm)
    warm = ("lecture.task.worker", *warm)
    # A task of its own: where all who hold the bytes die, they are sent once more.
    content = client.submit(bytes, bundle.content, key=f"bundle-{bundle.digest}")

    def submit(key: str, order: Order, topic: str) -> Any:
        job = order.job
        return client.submit(
            host.run,
            bundle.digest,
            content,
            warm,
            pickle.dumps(order),
            topic,
            key=key,
            resources=_resources(client, job) if job.limits else {},
        )

    return submit


def _resources(client: Any, job: Job) -> dict[str, float]:
    """Return what a module declares, as workers speak of it.

    Raises LectureError for a GPU that nobody offers: Dask would wait for one.
    """
    offered, limits = _offered(client), job.limits
    needs: dict[str, float] = {}
    if "gpu" in limits:
        needs["GPU"] = limits["gpu"]
    if "memory_limit" in limits and "MEMORY" in offered:
        needs["MEMORY"] = limits["memory_limit"] * 2**20
    if "GPU" in needs and "GPU" not in offered:
        raise LectureError(
            "모듈에는 gpu가 적혀 있는데, GPU가 있다고 말하는 일꾼이 없습니다.",
            hint="GPU가 있는 기계에서는 이렇게 띄웁니다: "
            'dask worker 주소 --resources "GPU=1"',
        )
    return needs


def _offered(client: Any) -> set[str]:
    workers = client.scheduler_info(n_workers=-1)["workers"].values()
    return {name for worker in workers for name in worker["resources"]}

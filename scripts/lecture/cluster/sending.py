"""The jobs of one command on a cluster: sent, listened to, brought back."""

import pickle
import queue
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from lecture.base.errors import LectureError
from lecture.cluster.known_data import Fingerprints, foreign_data
from lecture.cluster.order import Order, brought_back
from lecture.run.executor import Take
from lecture.task.job import Event, Failure, Job, Outcome, Progress, Started, Success

_DEATHS = 3  # of workers under one task, before it is given up
_TICK = 0.5  # seconds between looks at how many workers there are
_AHEAD = 2  # tasks for each place: one runs, one is there when it ends

Submit = Callable[[str, Order, str], Any]
"""Sends an order under a key; what is said on the way goes to a topic."""


@dataclass
class _Sent:
    """A job that is under way."""

    job: Job
    future: Any
    workers: list[str] = field(default_factory=list)  # on which it has begun


@dataclass
class Sending:
    """The jobs of one command on a cluster, and what is heard of them."""

    client: Any
    wanted: Mapping[str, str]
    submit: Submit
    known: Fingerprints
    topic: str = field(default_factory=lambda: f"lecture-{uuid.uuid4().hex}")
    inbox: "queue.SimpleQueue[tuple[str, str, Any]]" = field(
        default_factory=queue.SimpleQueue
    )
    sent: dict[str, _Sent] = field(default_factory=dict)

    def events(self, take: Take) -> Iterator[Event]:
        """Send what is ready while there are places; yield what is heard."""
        self.client.subscribe_topic(self.topic, self._hear)
        places = self._places()
        job = take()
        while job or self.sent:
            if job:
                yield from self._send(job)
            else:
                try:
                    yield from self._told(*self.inbox.get(timeout=_TICK))
                except queue.Empty:
                    places = self._places()
            job = take() if len(self.sent) < places else None

    def cancel(self) -> None:
        """Give up all that is under way; workers end it."""
        with suppress(Exception):  # the scheduler itself may be gone
            self.client.cancel([one.future for one in self.sent.values()], force=True)
            self.client.unsubscribe_topic(self.topic)

    def _places(self) -> int:
        threads: Mapping[str, int] = self.client.nthreads()
        return _AHEAD * max(1, sum(threads.values()))

    def _send(self, job: Job) -> Iterator[Event]:
        key, where = f"{job.id}-{uuid.uuid4().hex}", job.artefact
        try:
            future = self.submit(key, Order(job, self.wanted), self.topic)
        except LectureError as error:
            yield Started(job)
            message = f"{error.message}\n  → {error.hint}"
            yield Outcome(job, Failure(message, where.path, where.line))
            return
        self.sent[key] = _Sent(job, future)
        future.add_done_callback(lambda _: self.inbox.put((key, "over", None)))

    def _hear(self, event: tuple[float, dict[str, Any]]) -> None:
        said = event[1]
        self.inbox.put((said["key"], said["kind"], said["value"]))

    def _told(self, key: str, kind: str, value: Any) -> Iterator[Event]:
        one = self.sent.get(key)
        if one is None:
            return
        if kind == "began":
            yield from self._begun(key, one, value)
        elif kind == "progress":
            yield Progress(one.job, *value)
        elif kind == "log":
            with one.job.log.open("ab") as log:
                log.write(value)
        elif kind == "over":
            del self.sent[key]
            yield Outcome(one.job, self._result(one))

    def _begun(self, key: str, one: _Sent, worker: str) -> Iterator[Event]:
        one.workers.append(worker)
        one.job.log.parent.mkdir(parents=True, exist_ok=True)
        one.job.log.write_bytes(b"")
        if len(one.workers) == 1:
            yield Started(one.job)
        elif len(one.workers) > _DEATHS:
            del self.sent[key]
            self.client.cancel([one.future], force=True)
            yield Outcome(one.job, _given_up(one))

    def _result(self, one: _Sent) -> Success | Failure:
        try:
            there, result = pickle.loads(one.future.result())
        except import_module("distributed").KilledWorker:
            return _given_up(one)
        except Exception as error:
            where = one.job.artefact
            return Failure(f"Dask: {error}", where.path, where.line)
        back = brought_back(result, there, one.job)
        return foreign_data(back, self.known, one.job) or back


def _given_up(one: _Sent) -> Failure:
    dead = ", ".join(one.workers[:_DEATHS])
    message = (
        f"이 실행을 맡은 일꾼이 {_DEATHS}번 죽었습니다 ({dead}).\n"
        "  → 메모리가 모자라지 않은지 일꾼의 기록을 보고, 모듈에 "
        "`memory_limit = MB`를 적습니다."
    )
    return Failure(message, one.job.artefact.path, one.job.artefact.line)

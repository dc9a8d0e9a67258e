"""Where jobs run: the one thing that schedulers know of an executor."""

from collections.abc import Callable, Collection, Iterable, Iterator

from lecture.task.job import Event, Job

Take = Callable[[], Job | None]
"""The next job that is ready, or None where none is now.

It is asked whenever a place is free, after what was yielded last has been dealt with: a
job may thus become ready while others run.
"""

Executor = Callable[[Take, Collection[str]], Iterator[Event]]
"""Runs jobs, yields what happens as it happens, and ends when nothing runs and nothing
is ready. Closing the iterator ends all that runs.

The names of the libraries that jobs may use come along, to be got ready. A job is all
that its task needs, and can be pickled. A task writes nothing into the project: its
files come back in the Outcome, as bytes.
"""


def each(jobs: Iterable[Job]) -> Take:
    """Return a Take of jobs that are all ready."""
    waiting = iter(jobs)
    return lambda: next(waiting, None)

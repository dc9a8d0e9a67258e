"""One build at a time: a process may hold its lock several times, and no other may."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from lecture.base.errors import LectureError, in_words
from lecture.base.project import Project


class BusyError(LectureError):
    """Another process builds."""


@contextmanager
def locked(project: Project) -> Iterator[None]:
    """Keep two builds of one project apart; raises BusyError for the second.

    A lock that cannot be written (a read-only folder) is told in words too.
    """
    try:
        project.cache.mkdir(parents=True, exist_ok=True)
        path = project.cache / "build.lock"
        lock = FileLock(path, thread_local=False, is_singleton=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(
            f"다른 빌드가 이미 돌고 있습니다 (프로세스 {_owner(project)}).",
            hint="그 빌드가 끝난 뒤에 다시 실행하세요.",
        ) from None
    except OSError as error:
        raise in_words(error, project.relative(project.cache)) from None
    try:
        (project.cache / "build.pid").write_text(str(os.getpid()))
        yield
    finally:
        lock.release()


def _owner(project: Project) -> str:
    path = project.cache / "build.pid"
    return path.read_text(encoding="utf-8") if path.exists() else "?"

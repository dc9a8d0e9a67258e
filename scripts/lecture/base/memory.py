"""Memory: what was worked out of a text before, kept in the cache by its digest.

A memory can be lost, damaged or impossible to write: then the work is done again, and
nothing else happens.
"""

import contextlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from lecture.base.files import write_if_changed

T = TypeVar("T")


class Memory:
    """Answers by question, read from one file and written back to it.

    With something new to keep, only the answers that were asked for since it was opened
    are kept: it holds no more than one command needs.
    """

    def __init__(self, path: Path, salt: str) -> None:
        self.path = path
        self.salt = salt  # a memory of other code knows nothing
        self.known = _load(path, salt)
        self.used: dict[str, Any] = {}

    def recall(self, question: str, work: Callable[[], T]) -> T:
        """Return the answer to a question, worked out where it is not remembered."""
        if question not in self.used:
            known = self.known.get(question)
            self.used[question] = work() if known is None else known
        answer: T = self.used[question]
        return answer

    def knows(self, question: str) -> bool:
        """Tell whether an answer is remembered, and keep it if it is."""
        if question in self.known:
            self.used[question] = self.known[question]
        return question in self.used

    def learn(self, question: str, answer: object) -> None:
        """Keep an answer in place of the one that was remembered."""
        self.known.pop(question, None)
        self.used[question] = answer

    def save(self) -> None:
        """Write what was used, where anything of it is new.

        A command that asks for less does not make the next one forget the rest.
        """
        if self.used.keys() <= self.known.keys():
            return
        with contextlib.suppress(OSError):
            write_if_changed(self.path, pickle.dumps((self.salt, self.used)))


def _load(path: Path, salt: str) -> dict[str, Any]:
    try:
        written_by, answers = pickle.loads(path.read_bytes())
        return dict(answers) if written_by == salt else {}
    except Exception:  # whatever a damaged pickle raises
        return {}

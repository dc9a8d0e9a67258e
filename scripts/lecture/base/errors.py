"""The one exception that the engine shows to an author.

LectureError
├── CollectError   a snippet module breaks a rule of naming or of names
├── FreezeError    a frozen result cannot be read or written
├── DrawError      a figure, table or claim cannot be produced
└── PageError      a page asks for something that does not exist
"""

from collections.abc import Iterable
from pathlib import Path


class LectureError(Exception):
    """A mistake that its author can mend: where it is, what it is, what helps."""

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str = "",
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  → {self.hint}" if self.hint else text


class CollectError(LectureError):
    """A snippet module breaks a rule of naming or of names."""


class FreezeError(LectureError):
    """A frozen result cannot be read or written."""


class DrawError(LectureError):
    """A figure, table or claim cannot be produced."""


class PageError(LectureError):
    """A page asks for something that does not exist."""


def suggest(wrong: str, possible: Iterable[str]) -> str:
    """Return a Korean hint naming the closest of the possible names, or all of them."""
    import difflib

    names = sorted(set(possible))
    if not names:
        return "쓸 수 있는 이름이 없습니다."
    close = difflib.get_close_matches(wrong, names, n=3, cutoff=0.5)
    if close:
        return f"비슷한 이름: {', '.join(close)}"
    return f"쓸 수 있는 이름: {', '.join(names)}"

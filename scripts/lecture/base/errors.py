"""The one exception that the engine shows to an author.

LectureError
├── CollectError   a snippet module breaks a rule of naming or of names
├── FreezeError    a frozen result cannot be read or written
├── DrawError      a figure, table or claim cannot be produced
└── PageError      a page asks for something that does not exist
"""

import errno
from collections.abc import Iterable
from pathlib import Path

_SYSTEM = {
    errno.ENOSPC: "남은 자리가 없습니다",
    errno.EDQUOT: "쓸 수 있는 자리를 다 썼습니다",
    errno.EFBIG: "파일이 너무 큽니다",
    errno.EACCES: "권한이 없습니다",
    errno.EPERM: "권한이 없습니다",
    errno.EROFS: "읽기만 할 수 있는 곳입니다",
    errno.EISDIR: "같은 이름의 폴더가 있습니다",
    errno.ENOTDIR: "폴더가 있을 곳에 파일이 있습니다",
    errno.EEXIST: "폴더가 있을 곳에 파일이 있습니다",
    errno.ENOENT: "파일이 없습니다",
}


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


def in_words(error: OSError, path: Path | str | None = None) -> LectureError:
    """Return what the system has refused as an author can mend it."""
    why = _SYSTEM.get(error.errno or 0, error.strerror or str(error))
    return LectureError(
        f"파일을 읽거나 쓰지 못했습니다: {why}.",
        path=path or error.filename,
        hint="그곳의 이름과 권한, 디스크의 남은 자리를 살펴보세요.",
    )


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

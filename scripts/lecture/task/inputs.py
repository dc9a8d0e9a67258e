"""Which files of the project a run has read, found by watching what it opens.

Nothing is replaced: Python tells of every file that it opens (`sys.addaudithook`).
Libraries that open files in C tell nobody, so a data file counts, too, when the code
names it (`named`).
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import get_ident
from typing import Any

import lecture
from lecture.base.data_files import CODE, data_files, input_digest
from lecture.task.named import Names

_BUILT = ("snippets/results", "docs/generated", "site")  # what builds write
_LISTINGS = ("os.listdir", "os.scandir")
_OUTPUT = os.O_WRONLY | os.O_TRUNC | os.O_CREAT
_WRITING = os.O_WRONLY | os.O_RDWR
_FOREIGN = tuple(
    os.path.join(os.path.realpath(folder), "")
    for folder in (sys.prefix, sys.base_prefix, Path(lecture.__file__).parents[1])
)


@dataclass(frozen=True)
class Watched:
    """What a process reads below a project, from now on."""

    root: Path
    folder: Path  # the task's own; the data files lie there as links
    homes: tuple[Path, ...]  # where these come from
    _seen: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)
    _deaf: set[int] = field(default_factory=set)  # threads that read on our own behalf

    def digests(self) -> dict[str, str]:
        """Return what has been read: path from the root, with "/" → digest."""
        return dict(sorted(self._seen.items()))

    def with_named(self, names: Names) -> dict[str, str]:
        """Return what has been read, and the data files that the code names."""
        with self._unheard():
            for home in self.homes:
                for file in data_files(home):
                    if names.mean(file):
                        self._note(str(file))
        return self.digests()

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a file that is opened for reading, or a folder that is listed."""
        if get_ident() in self._deaf:
            return
        with self._unheard():
            self._hear(event, arguments)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            self._opened(os.fsdecode(arguments[0]), arguments[2])
        elif event == "sqlite3.connect":
            path = os.fsdecode(arguments[0]).removeprefix("file:").split("?")[0]
            self._take_over(path, keep=True)  # it may write, beside the file too
            self._note(path)
        elif event in _LISTINGS and not isinstance(arguments[0], int):
            self._listed(os.fsdecode(arguments[0] or "."))

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        me = get_ident()
        self._deaf.add(me)
        try:
            yield
        finally:
            self._deaf.discard(me)

    def _opened(self, path: str, flags: int) -> None:
        if path.endswith(CODE):
            return
        if flags & _WRITING:
            self._take_over(path, keep=not flags & os.O_TRUNC)
        if flags & _OUTPUT:
            self._made.add(os.path.realpath(path))
        else:
            self._note(path)

    def _take_over(self, path: str, *, keep: bool) -> None:
        """Put a file of the task's own in place of a link that is about to be written.

        What a run writes into its folder must not reach the author's data.
        """
        place, target = Path(os.path.abspath(path)), os.path.realpath(path)
        own = Path(os.path.realpath(place.parent)).is_relative_to(self.folder)
        if own and place.is_symlink() and os.path.isfile(target):
            place.unlink()
            if keep:
                self._note(target)
                shutil.copyfile(target, place)

    def _listed(self, path: str) -> None:
        real = Path(os.path.realpath(path))
        if real.is_relative_to(self.folder):
            inside = real.relative_to(self.folder)
            for home in self.homes:
                self._note(str(home / inside))
        else:
            self._note(path)

    def _note(self, path: str) -> None:
        real = os.path.realpath(path)
        if real in self._made or not self._is_input(real):
            return
        name = Path(real).relative_to(self.root).as_posix()
        if name not in self._seen:
            with suppress(OSError):  # it is not there: the run finds that out too
                self._seen[name] = input_digest(Path(real))

    def _is_input(self, real: str) -> bool:
        """Tell whether a path is below the project, and neither code nor built."""
        if not real.startswith(os.path.join(self.root, "")):
            return False
        name = Path(real).relative_to(self.root)
        return not (
            real.startswith((*_FOREIGN, os.path.join(self.folder, "")))
            or any(part.startswith(".") for part in name.parts)
            or any(name.is_relative_to(built) for built in _BUILT)
            or name.suffix in CODE
            or name == Path("docs")  # a listing of it would tell what is built
        )


def watch(root: Path, homes: tuple[Path, ...] = ()) -> Watched:
    """Watch this process, in its working directory, until it ends.

    `root` is the project's; `homes` are the folders whose data files lie in the working
    directory, without any the project's snippets.
    """
    root = root.resolve()
    homes = homes or (root / "snippets",)
    watched = Watched(root, Path.cwd().resolve(), tuple(h.resolve() for h in homes))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and not (event in _LISTINGS and _by_import()):
            with suppress(Exception):  # what a run opens is its own affair
                watched.hear(event, arguments)

    sys.addaudithook(hook)
    return watched


_EVENTS = frozenset(("open", "sqlite3.connect", *_LISTINGS))


def _by_import() -> bool:
    """Tell whether a folder is listed in search of a module."""
    return "importlib" in sys._getframe(2).f_code.co_filename

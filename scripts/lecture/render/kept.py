"""Pages as an earlier build has left them: what has not changed is not rendered again.

A page depends on its text, on the files that are opened while it is rendered, on what
may be linked to, and on the tools that render it. None of this is guessed: files are
noted as they are opened.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from lecture.base.files import digest_of
from lecture.base.memory import Memory
from lecture.base.project import Project

T = TypeVar("T")
_FROM_ENVIRONMENT = re.compile(r"!ENV\s+(\[.*?\]|\S+)", re.S)
_TOOLS = (
    *("beautifulsoup4", "markdown", "pygments", "pymdown-extensions"),
    *("mkdocs", "mkdocs-jupyter", "mkdocs-material"),
)


@dataclass(frozen=True)
class Leaf:
    """One rendered page, as far as the site is built from it."""

    content: str  # HTML
    toc: Any  # MkDocs' own table of contents
    title: str
    anchors: set[str] | None
    links: Mapping[str, dict[str, str]] | None  # page linked to → anchor → the link
    files: Mapping[str, str] = field(default_factory=dict)  # opened → digest


class Opened:
    """Hears which files this process opens; Python tells of each, for ever."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = tuple(os.path.join(os.path.realpath(f), "") for f in folders)
        self._heard: set[str] | None = None
        sys.addaudithook(self._hear)

    @contextmanager
    def listening(self) -> Iterator[set[str]]:
        """Give the files below the folders that are opened meanwhile, as they come."""
        heard = self._heard = set[str]()
        try:
            yield heard
        finally:
            self._heard = None

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self._heard is not None:
            path = arguments[0]
            if isinstance(path, str | bytes | os.PathLike):
                real = os.path.realpath(os.fsdecode(path))
                if real.startswith(self._folders):
                    self._heard.add(real)


class Kept:
    """What earlier builds of a site have worked out, for one build more."""

    def __init__(self, project: Project, opened: Opened) -> None:
        self.memory = Memory(project.cache / "pages", _salt())
        self._opened = opened
        self._digest = cache(_digest)  # a file is read once a build

    def leaf(self, question: str, render: Callable[[], tuple[Leaf, bool]]) -> Leaf:
        """Return a rendered page; `render` also says whether it may be kept."""
        known: Leaf | None = self.memory.recall(question, lambda: None)
        if known and all(self._digest(f) == d for f, d in known.files.items()):
            return known
        with self._opened.listening() as heard:
            leaf, is_good = render()
        if is_good:
            files = {path: self._digest(path) for path in sorted(heard)}
            self.memory.learn(question, replace(leaf, files=files))
        return leaf

    def recall(self, subject: str, text: str, work: Callable[[], T]) -> T:
        """Return what has been worked out of a text."""
        return self.memory.recall(f"{subject} {digest_of(text.encode())}", work)


def listen(project: Project) -> Opened:
    """Begin to note the files of a project that its pages are made of."""
    return Opened((project.docs, project.snippets))


def resolved(settings: str, environment: Mapping[str, str]) -> str:
    """Return settings with the values of the variables that their `!ENV` tags name."""
    tags = " ".join(_FROM_ENVIRONMENT.findall(settings))
    names = sorted({*re.findall(r"\w+", tags)} & {*environment})
    return "\n".join([settings, *(f"{name}={environment[name]}" for name in names)])


def _digest(path: str) -> str:
    try:
        return digest_of(Path(path).read_bytes())
    except OSError:
        return ""


@cache
def _salt() -> str:
    """Return what tells one set of tools from another: versions, and our code."""
    engine = Path(__file__).parents[1]
    code = b"".join(path.read_bytes() for path in sorted(engine.glob("*/*.py")))
    tools = [sys.version, *(f"{name} {version(name)}" for name in _TOOLS)]
    return digest_of("\n".join(tools).encode() + code)

"""The modules of a snippets folder, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.base.files import digest_of
from lecture.base.memory import Memory
from lecture.collect.sheet import Sheet, read_sheet
from lecture.collect.source import Source, read_source, source_paths


class SheetFolder(Mapping[str, Sheet]):
    """The sheets of a folder by the names of its modules.

    A mistake in one module is thus no obstacle to the tasks of another.
    """

    def __init__(self, folder: Path, memory: Memory | None = None) -> None:
        self.paths = source_paths(folder)
        self.memory = memory
        self._read: dict[str, Sheet | CollectError] = {}
        self._sources: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Sheet:
        """Return a module; raises CollectError where it breaks a rule."""
        if name not in self._read:
            try:
                self._read[name] = self._sheet(name)
            except CollectError as error:
                self._read[name] = error
        found = self._read[name]
        if isinstance(found, CollectError):
            raise found
        return found

    @cached_property
    def digest(self) -> str:
        """The digest of all modules, those that cannot be read by their names."""
        lines = (f"{name} {self.text_digest(name)}" for name in self.paths)
        return digest_of("\n".join(lines).encode())

    def text(self, name: str) -> str:
        """Return a module's text; raises CollectError where it cannot be read."""
        return self._source(name).text

    def lines(self, name: str) -> list[str]:
        """Return a module's lines; none where it cannot be read."""
        try:
            return self.text(name).split("\n")
        except CollectError:
            return []

    def text_digest(self, name: str) -> str:
        """Return the digest of a module's text; "" where it cannot be read."""
        try:
            return digest_of(self.text(name).encode())
        except CollectError:
            return ""

    def _source(self, name: str) -> Source:
        if name not in self._sources:
            self._sources[name] = read_source(name, self.paths[name])
        return self._sources[name]

    def _sheet(self, name: str) -> Sheet:
        source = self._source(name)
        if self.memory is None:
            return read_sheet(source)
        question = f"{source.path} {name} {self.text_digest(name)}"
        return self.memory.recall(question, lambda: read_sheet(source))

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

"""The modules of a snippets folder, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.base.files import digest_of
from lecture.base.memory import Memory
from lecture.collect.sheet import Sheet, read_sheet
from lecture.collect.source import read_source, source_paths


class SheetFolder(Mapping[str, Sheet]):
    """The sheets of a folder by the names of its modules.

    A mistake in one module is thus no obstacle to the tasks of another.
    """

    def __init__(self, folder: Path, memory: Memory | None = None) -> None:
        self.paths = source_paths(folder)
        self.memory = memory
        self._read: dict[str, Sheet | CollectError] = {}

    def __getitem__(self, name: str) -> Sheet:
        """Return a module; raises CollectError where it breaks a rule."""
        if name not in self._read:
            try:
                self._read[name] = self._sheet(name, self.paths[name])
            except CollectError as error:
                self._read[name] = error
        found = self._read[name]
        if isinstance(found, CollectError):
            raise found
        return found

    def _sheet(self, name: str, path: Path) -> Sheet:
        source = read_source(name, path)
        if self.memory is None:
            return read_sheet(source)
        question = f"{path} {name} {digest_of(source.text.encode())}"
        return self.memory.recall(question, lambda: read_sheet(source))

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

"""What surrounds a project, as far as results depend on it: data sets and files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from lecture.base.data_files import input_digest
from lecture.base.datasets import LABELS, data_folder, describe, read_npz
from lecture.base.memory import Memory
from lecture.book.change import Change
from lecture.book.record import Made


@dataclass(frozen=True)
class Surroundings:
    """The data sets at hand, and the files of the project, by their digests."""

    root: Path
    fingerprints: Mapping[str, str]  # data set → fingerprint, where it is at hand
    _files: dict[str, str | None] = field(default_factory=dict)

    def changes(self, made: Made) -> Iterator[Change]:
        """Yield what is no longer as a run met it; data not at hand are trusted."""
        for name, loaded in made.data.items():
            now = self.fingerprints.get(name, loaded.fingerprint)
            if now != loaded.fingerprint:
                yield Change("data", name, loaded.fingerprint, now)
        yield from self.files_changed(made.files)

    def files_changed(self, files: Mapping[str, str]) -> Iterator[Change]:
        """Yield the files whose digests are no longer those given."""
        for name, digest in files.items():
            found = self._digest(name)
            if found != digest:
                yield Change("lost file" if found is None else "file", name)

    def after_writing(self, files: Collection[str]) -> "Surroundings":
        """Return what surrounds a project in which files have been written anew."""
        kept = {name: found for name, found in self._files.items() if name not in files}
        return replace(self, _files=kept)

    def _digest(self, name: str) -> str | None:
        if name not in self._files:
            try:
                self._files[name] = input_digest(self.root / name)
            except OSError:
                self._files[name] = None
        return self._files[name]


def surroundings(root: Path, memory: Memory) -> Surroundings:
    """Look at the files of NOTES_DATA; one is read again only when it has changed."""
    folder = data_folder()
    paths = {name: folder / f"{name}.npz" for name in LABELS} if folder else {}
    fingerprints = {
        name: memory.recall(_stamp(path), partial(_fingerprint, name, path))
        for name, path in paths.items()
        if path.exists()
    }
    return Surroundings(root, fingerprints)


def _fingerprint(name: str, path: Path) -> str:
    return describe(name, read_npz(path)).fingerprint


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{path.resolve()} {status.st_size} {status.st_mtime_ns}"

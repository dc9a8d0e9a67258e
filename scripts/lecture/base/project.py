"""Where things are: the folders of one notes project."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The folders of a notes project, all derived from its root."""

    root: Path
    aside: str = ""  # a name keeps results and drawings apart from those of the site

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    @property
    def results(self) -> Path:
        """Frozen results, one folder a page, committed."""
        return (self._shelf or self.snippets) / "results"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def generated(self) -> Path:
        """What the build draws, one folder a page, ignored by git."""
        return (self._shelf or self.docs) / "generated"

    @property
    def _shelf(self) -> Path | None:
        return self.cache / self.aside if self.aside else None

    @property
    def cache(self) -> Path:
        return self.root / ".cache" / "lecture"

    def written(self, suffix: str = "") -> Iterator[Path]:
        """Yield the files below docs/ that are no build's, in the order of names.

        What lies behind a link to a folder is left out.
        """
        for folder, folders, files in os.walk(self.docs):
            if Path(folder) == self.docs and "generated" in folders:
                folders.remove("generated")
            folders.sort()
            paths = (Path(folder, name) for name in sorted(files))
            yield from (p for p in paths if p.name.endswith(suffix) and p.is_file())

    def relative(self, path: Path) -> Path:
        """Return the path as an author would write it, from the root."""
        return path.relative_to(self.root) if path.is_relative_to(self.root) else path

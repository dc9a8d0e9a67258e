"""The data files beside the snippets: which they are, and the digests that tell them.

A data file is whatever lies below a folder and is no code, no result and not hidden.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from lecture.base.files import digest_of

CODE = (".py", ".pyc")
_NO_DATA = {"results", "generated", "__pycache__"}  # folders that builds write


def data_files(folder: Path) -> Iterator[Path]:
    """Yield the data files below a folder, in the order of their names."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name in _NO_DATA:
            continue
        if entry.is_dir():
            if not folder.resolve().is_relative_to(entry.resolve()):  # no way back up
                yield from data_files(entry)
        elif entry.is_file() and entry.suffix not in CODE:  # no broken link, no pipe
            yield entry


def input_digest(path: Path) -> str:
    """Return 16 hex digits of the SHA-256 of a file's bytes.

    Of a folder, it is that of the names of its data files and their digests. Raises
    OSError where nothing can be read.
    """
    if path.is_dir():
        lines = (
            f"{file.relative_to(path).as_posix()} {input_digest(file)}\n"
            for file in data_files(path)
        )
        return digest_of("".join(lines).encode())
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]

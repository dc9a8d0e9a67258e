"""Writing files so that a reader never meets half of one."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path


def write_if_changed(path: Path, content: bytes | str) -> bool:
    """Write the content unless the file holds it already; return whether it wrote.

    Text is written as UTF-8. The write is atomic (a temporary file in the same folder,
    fsync, rename) and makes the folders it needs.
    """
    data = content.encode() if isinstance(content, str) else content
    if _read(path) == data:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        error.filename = str(path)  # and not that of a temporary file, or none
        raise
    return True


def remove_others(folder: Path, kept: Collection[Path]) -> None:
    """Remove every file of a folder but those given, and what is empty then."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def digest_of(content: bytes) -> str:
    """Return the first 16 hex digits of the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def digest_of_all(paths: Iterable[Path]) -> str:
    """Return the digest of what some files hold, one after the other."""
    return digest_of(b"".join(path.read_bytes() for path in paths))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes) -> None:
    # A leading dot: MkDocs leaves such files out of the site.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)  # mkstemp gives 0600, unreadable to a web server
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise

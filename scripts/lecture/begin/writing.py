"""Writing files that must not be there yet: all of them, or none."""

from collections.abc import Mapping
from pathlib import Path

from lecture.base.files import write_if_changed


def write_new(files: Mapping[Path, bytes | str]) -> None:
    """Write files; where one cannot be written, remove those that were."""
    written: list[Path] = []
    try:
        for path, content in files.items():
            write_if_changed(path, content)
            written.append(path)
    except OSError:
        for path in written:
            path.unlink()
        raise

"""Fingerprints of the data sets at hand, remembered so that planning stays quick."""

import json
from pathlib import Path

from lecture.base.files import write_if_changed
from lecture.task.datasets import LABELS, data_folder, describe, read_npz


def at_hand(cache: Path, *, write: bool = True) -> dict[str, str]:
    """Return `data set → fingerprint` for the files of NOTES_DATA.

    A file is read again only when its size or time differs from the remembered ones.
    """
    folder = data_folder()
    if folder is None:
        return {}
    memory = cache / "fingerprints.json"
    known = json.loads(memory.read_text()) if memory.exists() else {}
    found = {}
    for name in LABELS:
        path = folder / f"{name}.npz"
        if path.exists():
            stamp = _stamp(path)
            known.setdefault(stamp, "")
            known[stamp] = known[stamp] or describe(name, read_npz(path)).fingerprint
            found[name] = known[stamp]
    if write:
        write_if_changed(memory, json.dumps(known, indent=1, sort_keys=True))
    return found


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{path.resolve()} {status.st_size} {status.st_mtime_ns}"

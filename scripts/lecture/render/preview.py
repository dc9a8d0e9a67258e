"""Live preview: a saved snippet has its figures redrawn, in a process of their own."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_QUIET = 0.3  # seconds without another save before the redrawing begins
_WRITES = ("created", "modified", "moved", "deleted")


@dataclass
class Preview:
    """Whether MkDocs serves to an author, rather than builds for readers."""

    is_on: bool = False


def redraw(root: Path) -> bool:
    """Draw from the results at hand, never train; tell whether all is green."""
    command = [sys.executable, str(root / "scripts" / "build.py"), "draw"]
    return subprocess.run(command, cwd=root).returncode == 0


def watch(root: Path) -> None:
    """Redraw in the background whenever a snippet changes, as long as we live.

    The new files land in docs/, where the server sees them and reloads the page; until
    then the page shows the last good ones.
    """
    changed = threading.Event()
    observer = Observer()
    observer.schedule(_Note(changed), str(root / "snippets"), recursive=True)
    observer.daemon = True
    observer.start()
    threading.Thread(target=_redraw_when, args=(root, changed), daemon=True).start()


class _Note(FileSystemEventHandler):
    """Notes that a snippet or a result has been written."""

    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Many editors write another file and move it into place.
        paths = (event.src_path, event.dest_path)
        ours = any(Path(str(path)).suffix in (".py", ".json") for path in paths)
        if ours and event.event_type in _WRITES:
            self.changed.set()


def _redraw_when(root: Path, changed: threading.Event) -> None:
    while True:
        changed.wait()
        while changed.is_set():
            changed.clear()
            changed.wait(_QUIET)
        redraw(root)

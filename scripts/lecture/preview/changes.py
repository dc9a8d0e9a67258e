"""What an author saves, noticed however the editor saves it."""

import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.api import BaseObserver

from lecture.base.project import Project

_QUIET = 0.1  # seconds without another save: a branch is switched file by file
_WRITES = ("created", "modified", "moved", "deleted")


class Changes(FileSystemEventHandler):
    """Notes that something of a project has been written, and hands it on as one."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._noted = threading.Condition()
        self._is_new = False

    def watch(self, observer: BaseObserver) -> None:
        """Have an observer tell of all that pages are made of."""
        project = self._project
        for folder in (project.docs, project.snippets):
            observer.schedule(self, str(folder), recursive=True)
        observer.schedule(self, str(project.root), recursive=False)  # mkdocs.yml

    def note(self) -> None:
        """Note that there may be something new."""
        with self._noted:
            self._is_new = True
            self._noted.notify_all()

    def take(self, patience: float) -> bool:
        """Wait for a change, and until no other follows; tell whether there was one.

        patience: seconds to wait for the first.
        """
        with self._noted:
            if not self._noted.wait_for(lambda: self._is_new, patience):
                return False
            while self._noted.wait(_QUIET):
                pass
            self._is_new = False
            return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Many editors write another file and move it into place.
        paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        written = event.event_type in _WRITES and not event.is_directory
        if written and any(map(self._matters, paths)):
            self.note()

    def _matters(self, path: Path) -> bool:
        project = self._project
        if path.parent == project.root:
            return path.name == "mkdocs.yml"
        if path.is_relative_to(project.generated):  # written by ourselves
            return False
        parts = path.relative_to(project.root).parts
        return not any(part.startswith((".", "__pycache__")) for part in parts)

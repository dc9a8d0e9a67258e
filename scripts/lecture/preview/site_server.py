"""MkDocs' live server, which shows the last good site while the next one is made."""

import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from watchdog.observers import Observer

from lecture.preview.changes import Changes
from lecture.preview.linking import linked
from lecture.preview.workshop import Workshop


class SiteServer(LiveReloadServer):
    """Rebuilds when an author has saved, and serves a copy of what was built last.

    MkDocs' own server keeps every request waiting for as long as a build takes, and for
    ever where it has failed; it empties the folder that it builds into.
    """

    def __init__(
        self, first: LiveReloadServer, workshop: Workshop, changes: Changes
    ) -> None:
        host, port = first.server_address[:2]
        super().__init__(first.builder, str(host), int(port), first.root)
        self.mount_path, self.url = first.mount_path, first.url
        self._watched_paths = {**first._watched_paths}  # with none it watches nothing
        self.error_handler = self._error_page
        self.observer = Observer()  # type: ignore[assignment]  # polling is slow
        self._workshop = workshop
        self._changes = changes
        self._built = Path(first.root)
        self._copies = Path(tempfile.mkdtemp(prefix="preview_"))
        changes.watch(self.observer)
        self._show()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Note a path that MkDocs asks for: all that matters is watched already."""
        self._watched_paths[path] = 1

    def shutdown(self, wait: bool = False) -> None:
        super().shutdown(wait)
        self._workshop.close()
        shutil.rmtree(self._copies, ignore_errors=True)

    def _build_loop(self) -> None:
        while not self._shutdown:
            if self._changes.take(self.shutdown_delay) and self._workshop.refresh():
                self._rebuild()

    def _rebuild(self) -> None:
        try:
            self.builder()
        except Abort as error:
            print(error, file=sys.stderr, flush=True)
        except Exception:  # whatever a plugin raises, the last good site stays
            traceback.print_exc()
        else:
            self._show()

    def _show(self) -> None:
        """Serve a copy of what was built, and have browsers load it."""
        before, copy = self.root, Path(tempfile.mkdtemp(dir=self._copies)) / "site"
        shutil.copytree(self._built, copy, copy_function=linked)
        self.root = str(copy)
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = round(time.monotonic() * 1000)
            self._epoch_cond.notify_all()
        if Path(before) != self._built:
            shutil.rmtree(Path(before).parent, ignore_errors=True)

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

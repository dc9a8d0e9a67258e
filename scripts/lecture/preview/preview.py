"""A live preview, as the hooks of MkDocs know it."""

from typing import TYPE_CHECKING

from mkdocs.livereload import LiveReloadServer

from lecture.base.project import Project
from lecture.preview.changes import Changes

if TYPE_CHECKING:
    from lecture.preview.workshop import Workshop


class Preview:
    """An author's site while it is written: on from before the first build.

    What only a preview needs is imported when one begins.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._changes = Changes(project)
        self._workshop: Workshop | None = None

    @property
    def is_on(self) -> bool:
        """Whether MkDocs serves to an author, rather than builds for readers."""
        return self._workshop is not None

    def begin(self) -> None:
        """Publish what there is, and be on."""
        from lecture.preview.workshop import Workshop

        self._workshop = Workshop(self._project, self._changes.note)
        self._workshop.open()

    def server(self, first: LiveReloadServer) -> LiveReloadServer:
        """Return the server that an author needs, in place of MkDocs' own."""
        from lecture.preview.site_server import SiteServer
        from lecture.preview.terminal import on_enter

        assert self._workshop, "it is on"
        on_enter(self._workshop.run_dear)
        return SiteServer(first, self._workshop, self._changes)

    def marked(self, html: str, uri: str) -> str:
        """Return a page with what is to be said of it; uri: its path below docs/."""
        marks = self._workshop.marks.get(uri) if self._workshop else None
        return marks.put(html) if marks else html

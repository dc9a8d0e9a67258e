"""The frozen values that pages quote."""

from collections.abc import Callable
from functools import cache

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.base.project import Project
from lecture.book.record import Frozen
from lecture.book.shelf import Shelf
from lecture.collect.artefact import Place
from lecture.collect.source import page_of, source_paths
from lecture.publish.numbers import Values


def frozen_values(
    project: Project, find: Callable[[Place], Frozen | None] | None = None
) -> Values:
    """Return a function of page and experiment that reads each frozen result once.

    find: where an open book has the results; without it their files are read. The
    function raises PageError for a page or an experiment without results, and
    FreezeError for a results file that cannot be read.
    """
    find = find or Shelf(project).find

    @cache
    def value(page: str, experiment: str) -> object:
        frozen = find(Place(page, experiment))
        if frozen is None:
            raise _missing(project, Place(page, experiment))
        return frozen.value

    return value


def _missing(project: Project, place: Place) -> PageError:
    paths = source_paths(project.snippets)
    pages = {page_of(name) for name in paths}
    if place.page not in pages:
        message = f"{with_particle(place.page, '은')} 코드가 있는 쪽이 아닙니다."
        return PageError(message, hint=suggest(place.page, pages))
    own = (path for name, path in paths.items() if page_of(name) == place.page)
    defined = f"def experiment_{place.name}("
    if any(defined in path.read_text("utf-8", errors="replace") for path in own):
        message = f"`{place}` 실험의 결과가 아직 없습니다."
        return PageError(message, hint=f"실행: python scripts/build.py {place.page}")
    names = [path.stem for path in (project.results / place.page).glob("*.json")]
    message = f"`{place.page}`에는 `{place.name}` 실험이 없습니다."
    return PageError(message, hint=suggest(place.name, names))

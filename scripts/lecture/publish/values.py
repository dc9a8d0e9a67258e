"""The frozen values that pages quote."""

from functools import cache

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.base.project import Project
from lecture.book import results as freeze
from lecture.publish.numbers import Values


def frozen_values(project: Project) -> Values:
    """Return a function of page and experiment that reads each frozen result once.

    It raises PageError for a page or an experiment without results.
    """

    @cache
    def value(page: str, experiment: str) -> object:
        frozen = freeze.load(project, page, experiment)
        if frozen is None:
            raise _missing(project, page, experiment)
        return frozen.value

    return value


def _missing(project: Project, page: str, experiment: str) -> PageError:
    module = project.snippets / f"{page}.py"
    if not module.exists():
        modules = [path.stem for path in project.snippets.glob("*.py")]
        message = f"{with_particle(f'snippets/{page}.py', '이')} 없습니다."
        return PageError(message, hint=suggest(page, modules))
    if f"def experiment_{experiment}(" in module.read_text(encoding="utf-8"):
        message = f"`{page}.{experiment}` 실험의 결과가 아직 없습니다."
        return PageError(message, hint="실행: python scripts/build.py")
    names = [path.stem for path in (project.results / page).glob("*.json")]
    message = f"`{page}`에는 `{experiment}` 실험이 없습니다."
    return PageError(message, hint=suggest(experiment, names))

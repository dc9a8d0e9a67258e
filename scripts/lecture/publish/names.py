"""Names that pages may use, known from the code alone: nothing need have run."""

from collections.abc import Collection, Iterable, Iterator

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.collect.artefact import Artefact
from lecture.collect.cells import code_cells, parse
from lecture.publish.numbers import has_cases
from lecture.publish.pages import DocPage, read_page
from lecture.publish.references import own_names
from lecture.publish.tokens import Token

_OF_A_PAGE = ("prepare", "downloads")


def fragment_names(
    modules: Iterable[str], artefacts: Iterable[Artefact], sections: Iterable[str]
) -> frozenset[str]:
    """Return every file that a page may include from what a build writes.

    sections: of the items of the source notes.
    """
    drawn = (a for a in artefacts if a.kind != "experiment")
    return frozenset(
        (
            "generated/runs.md",
            *(f"generated/{m}/{n}.md" for m in modules for n in _OF_A_PAGE),
            *(f"generated/{a.page}/{a.name}.md" for a in drawn),
            *(f"generated/sources/{section}.md" for section in sections),
        )
    )


def names_on(page: DocPage, artefacts: Iterable[Artefact]) -> frozenset[str]:
    """Return the ids of all artefacts that a page shows, figures of labs included."""
    shown = [a for a in artefacts if (a.page, a.name) in page.included]
    names = (name for artefact in shown for name in ids_of(artefact))
    return frozenset((*names, *own_names(page.body)))


def ids_of(artefact: Artefact) -> Iterator[str]:
    """Yield the ids that an artefact has on a page: its name, or those of a lab."""
    if artefact.kind != "lab":
        yield artefact.name
        return
    cells = code_cells(parse(read_page(artefact.path), artefact.path))
    for number, cell in enumerate(cells, start=1):
        if cell.title:
            yield cell.id or f"cell-{number}"


def experiment_error(
    token: Token, modules: Collection[str], artefacts: Iterable[Artefact]
) -> PageError | None:
    """Return what is wrong with the experiment that a token names, if anything."""
    runs = {a.name: a for a in artefacts if a.page == token.page and a.is_run}
    if token.page not in modules:
        message = f"{with_particle(f'snippets/{token.page}.py', '이')} 없습니다."
        error = PageError(message, hint=suggest(token.page, modules))
    elif token.experiment not in runs:
        message = f"`{token.page}`에는 `{token.experiment}` 실험이 없습니다."
        error = PageError(message, hint=suggest(token.experiment, runs))
    elif runs[token.experiment].cases is not None:
        error = has_cases(token)
    else:
        return None
    message = f"`{token.raw}`: {error.message}"
    return PageError(message, line=token.line, hint=error.hint)

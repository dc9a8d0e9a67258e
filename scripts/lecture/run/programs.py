"""Running the programs that pages offer, and keeping what their notebooks print."""

from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from lecture.base.errors import PageError
from lecture.base.files import write_if_changed
from lecture.base.lab_run import from_result
from lecture.book.book import Book
from lecture.collect.artefact import Artefact
from lecture.collect.cells import code_cells
from lecture.collect.libraries import libraries_of
from lecture.publish.page_program import PageProgram, Programs
from lecture.publish.pages import DocPage, page_about
from lecture.run.executor import Executor, each
from lecture.run.jobs import TIME_LIMIT, light_libraries, with_names
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure, Job, Outcome, Success


def run_programs(
    book: Book,
    programs: Programs,
    settings: Settings,
    execute: Executor,
    on_event: OnEvent,
) -> dict[str, Failure]:
    """Run the stale programs of the chosen pages, keep them; return what failed."""
    stale = _stale(book, programs)
    wanted = settings.pages or {*stale}
    chosen = {page: one for page, one in stale.items() if page in wanted}
    failed: dict[str, Failure] = {}
    jobs = [_job(book, one, settings) for one in chosen.values()]
    for event in execute(each(jobs), light_libraries(book)):
        if isinstance(event, Outcome):
            if isinstance(event.result, Failure):
                failed[event.job.id] = event.result
            else:
                _keep(chosen[event.job.artefact.page], event.result)
        on_event(event)
    return failed


def _job(book: Book, one: PageProgram, settings: Settings) -> Job:
    """Return a job that runs a program's cells as those of a lab are run."""
    project, codes = book.project, code_cells(one.cells)
    path = project.cache / "programs" / one.page / f"{Path(one.page).name}_program.py"
    write_if_changed(path, "".join(f"# %%\n{cell.source}\n\n\n" for cell in codes))
    modules = book.collection.modules_of(one.page)
    sheets = [book.collection.sheets[module] for module in modules]
    job = Job(
        id=_id(one),
        artefact=Artefact(one.page, modules[0], "lab", "program", path, 1, one.title),
        case=None,
        arguments={},
        code_key="",
        sources={},
        upstream={},
        root=project.root,
        log=project.cache / "logs" / f"{one.page.replace('/', '.')}.program.log",
        time_limit=TIME_LIMIT,
        memory_limit_mb=settings.memory_limit_mb,
        libraries=libraries_of(name for sheet in sheets for name in sheet.imported),
    )
    return with_names(book, job)


def _keep(one: PageProgram, made: Success) -> None:
    with TemporaryDirectory() as folder:
        for name, content in made.files.items():
            (Path(folder) / name).write_bytes(content)
        run = from_result(made.value)
        text = one.notebook(run, made.inputs, Path(folder))
    write_if_changed(one.path, text)


def program_faults(
    book: Book, pages: tuple[DocPage, ...], programs: Programs, told: Collection[str]
) -> Iterator[PageError]:
    """Yield an error for each page whose notebook is not that of today's code."""
    for one in _stale(book, programs).values():
        about = page_about(pages, one.page)
        if about and _id(one) not in told:
            yield PageError(
                "쪽의 노트북이 지금의 코드로 실행한 것이 아닙니다.",
                path=about.path,
                hint=f"실행하려면: python scripts/build.py build {one.page}",
            )


def _stale(book: Book, programs: Programs) -> Programs:
    around = book.judge.surroundings
    return {page: one for page, one in programs.items() if not one.kept(around)}


def _id(one: PageProgram) -> str:
    return f"{one.page}.program"

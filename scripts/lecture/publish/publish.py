"""Publishing: everything that pages include or link to, written to docs/generated/."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lecture.base.errors import CollectError, LectureError, in_words
from lecture.base.files import remove_others, write_if_changed
from lecture.book.book import Book
from lecture.book.manifest import Drawn
from lecture.collect.artefact import Artefact
from lecture.collect.source import page_of
from lecture.publish.downloads import downloads_fragment
from lecture.publish.fragments import missing_fragment
from lecture.publish.kinds import SHOWN
from lecture.publish.lab_files import lab_files, lab_programs
from lecture.publish.page_program import (
    PageProgram,
    Programs,
    prepare_fragment,
    program_files,
)
from lecture.publish.pages import DocPage, page_about
from lecture.publish.provenance import Provenance
from lecture.publish.runs_table import runs_page
from lecture.publish.sources import items, places
from lecture.publish.sources_table import sources_tables

Manifest = Mapping[str, Drawn]
LISTS = ""
"""The name, among pages, of what is no page's own."""


@dataclass(frozen=True)
class Published:
    """What a site may show, and what kept a page from being published."""

    files: frozenset[Path]
    errors: tuple[LectureError, ...]


def publish(
    book: Book,
    manifest: Manifest,
    pages: tuple[DocPage, ...],
    programs: Programs,
    known: Collection[str] = (),
) -> Published:
    """Write fragments, downloads, notebooks and the list of runs; remove the rest.

    Of a page whose modules cannot be read, or that cannot be published, all stays that
    was written before; as of the pages of which it is `known` that nothing is new.
    """
    folder = book.project.generated
    kept, errors = {folder / "manifest.json"}, list[LectureError]()
    for page in book.pages:
        before = {*(folder / page).rglob("*")}
        if page in book.collection.broken or page in known:
            kept |= before
        if page in known:
            continue
        try:
            kept |= {*_publish_page(book, page, manifest, programs.get(page))}
        except (LectureError, OSError) as error:
            kept |= before
            errors.append(in_words(error) if isinstance(error, OSError) else error)
    if LISTS in known:
        kept |= {folder / "runs.md", *(folder / "sources").glob("*")}
    else:
        kept |= {*_publish_lists(book, pages)}
    # What no artefact of today has written goes, so that no page can show it.
    remove_others(folder, kept)
    return Published(frozenset(kept), tuple(errors))


def _publish_lists(book: Book, pages: tuple[DocPage, ...]) -> Iterator[Path]:
    """Write what is no page's own: the runs, and the items of the source notes."""
    frozens = [frozen for place in book.runs if (frozen := book.frozen(place))]
    shown = {page: page_about(pages, page) for page in book.pages}
    stale = [a.id for a in book.runs.values() if book.is_red(a.place)]
    folder = book.project.generated
    yield _write(folder / "runs.md", runs_page(frozens, shown, stale))
    if known := items(book.project):
        tables = sources_tables(known, places(pages, book.artefacts))
        for name, table in tables.items():
            yield _write(folder / "sources" / f"{name}.md", table)


def _publish_page(
    book: Book, page: str, manifest: Manifest, program: PageProgram | None
) -> Iterator[Path]:
    folder = book.project.generated / page
    artefacts = [a for a in book.artefacts if a.page == page]
    for artefact in artefacts:
        if artefact.kind == "lab":
            for name, content in lab_files(book, artefact):
                yield _write(folder / name, content)
        elif artefact.id in manifest:
            product = manifest[artefact.id].product
            provenance = _provenance(book, artefact)
            fragment = SHOWN[artefact.kind].fragment(artefact, product, provenance)
            yield _write(folder / f"{artefact.name}.md", fragment)
            yield from (folder / file for file in product.files)
        elif not artefact.is_run:
            missing = missing_fragment(artefact, SHOWN[artefact.kind].noun)
            yield _write(folder / f"{artefact.name}.md", missing)
    yield _write(folder / "prepare.md", prepare_fragment(program))
    files = dict(program_files(program, book.judge.surroundings)) if program else {}
    for name, content in files.items():
        yield _write(folder / name, content)
    yield from _publish_downloads(book, page, artefacts, manifest, [*files])


def _provenance(book: Book, artefact: Artefact) -> Provenance:
    """Sum up all runs that an artefact rests on, directly or through other results."""
    reached = [*book.reached(artefact)]
    frozens = [frozen for place in reached if (frozen := book.frozen(place))]
    return Provenance.of(frozens, stale=any(map(book.is_red, reached)))


def _publish_downloads(
    book: Book,
    page: str,
    artefacts: list[Artefact],
    manifest: Manifest,
    programs: list[str],
) -> Iterator[Path]:
    folder = book.project.generated / page
    paths = book.collection.sheets.paths
    modules = {
        f"{name.replace('.', '/')}.py": paths[name] for name in _modules(book, page)
    }
    for name, path in modules.items():
        yield _copy(path, folder / name)
    runs = [a for a in artefacts if a.is_run and book.frozen(a.place)]
    for run in runs:
        yield _copy(book.shelf.path(run.place), folder / f"{run.name}.json")
    labs = [run for run in runs if run.kind == "lab"]
    fragment = downloads_fragment(
        page,
        artefacts,
        {a.name: manifest[a.id].product for a in artefacts if a.id in manifest},
        modules=modules,
        results=[f"{run.name}.json" for run in runs],
        programs=lab_programs(page) if labs else programs,
    )
    yield _write(folder / "downloads.md", fragment)


def _modules(book: Book, page: str) -> Iterator[str]:
    """Yield the modules that a page offers: none lacks what it imports."""
    paths = book.collection.sheets.paths
    try:
        found = book.collection.modules_of(page)
    except CollectError:
        found = tuple(name for name in paths if page_of(name) == page)
    yield from (name for name in found if paths[name].is_file())  # no link to nowhere


def _write(path: Path, content: str | bytes) -> Path:
    write_if_changed(path, content)
    return path


def _copy(source: Path, target: Path) -> Path:
    write_if_changed(target, source.read_bytes())
    return target

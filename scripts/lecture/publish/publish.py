"""Publishing: everything that pages include or link to, written to docs/generated/."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from lecture.base.files import write_if_changed
from lecture.book.book import Notes, Survey
from lecture.book.keys import is_run
from lecture.book.manifest import Drawn
from lecture.collect.artefact import Artefact, Product
from lecture.collect.cells import parse
from lecture.publish.downloads import downloads_fragment
from lecture.publish.fragments import missing_fragment
from lecture.publish.kinds import SHOWN
from lecture.publish.lab_page import figure_files, page_fragment
from lecture.publish.notebook import notebook_json
from lecture.publish.pages import DocPage, page_of
from lecture.publish.provenance import Provenance
from lecture.publish.runs_table import runs_page
from lecture.publish.sources import items, places
from lecture.publish.sources_table import sources_tables
from lecture.task.lab_run import from_result

Surveys = Mapping[tuple[str, str], Survey]  # by module and experiment


def publish(
    notes: Notes,
    surveys: tuple[Survey, ...],
    manifest: Mapping[str, Drawn],
    pages: tuple[DocPage, ...],
) -> None:
    """Write fragments, downloads, notebooks and the list of runs; remove orphans."""
    kept = {notes.project.generated / "manifest.json"}
    for page in notes.pages:
        kept |= set(_publish_page(notes, page, surveys, manifest))
    frozens = [one.frozen for one in surveys if one.frozen]
    shown = {module: page_of(pages, module) for module in notes.pages}
    stale = [one.artefact.id for one in surveys if one.stale]
    runs = runs_page(frozens, shown, stale)
    kept.add(_write(notes.project.generated / "runs.md", runs))
    if known := items(notes.project):
        tables = sources_tables(known, places(pages, notes.artefacts))
        folder = notes.project.generated / "sources"
        kept |= {_write(folder / f"{n}.md", table) for n, table in tables.items()}
    _remove_orphans(notes.project.generated, kept)


def _publish_page(
    notes: Notes,
    page: str,
    surveys: tuple[Survey, ...],
    manifest: Mapping[str, Drawn],
) -> Iterator[Path]:
    folder = notes.project.generated / page
    artefacts = [a for a in notes.artefacts if a.page == page]
    found = {(one.artefact.page, one.artefact.name): one for one in surveys}
    products = {a.name: manifest[a.id].product for a in artefacts if a.id in manifest}
    for artefact in artefacts:
        if artefact.kind == "lab" and found[page, "lab"].frozen:
            yield from _publish_lab(notes, artefact, found[page, "lab"])
        elif artefact.name not in products and artefact.kind != "experiment":
            missing = missing_fragment(artefact, SHOWN[artefact.kind].noun)
            yield _write(folder / f"{artefact.name}.md", missing)
        elif not is_run(artefact):
            product = products[artefact.name]
            provenance = _provenance(artefact, found)
            fragment = SHOWN[artefact.kind].fragment(artefact, product, provenance)
            yield _write(folder / f"{artefact.name}.md", fragment)
            yield from (folder / file for file in product.files)
    yield from _publish_downloads(notes, page, products)


def _provenance(artefact: Artefact, found: Surveys) -> Provenance:
    """Sum up all runs that an artefact rests on, directly or through other results."""
    reached = list(_reached(artefact, found))
    frozens = [one.frozen for one in reached if one.frozen]
    return Provenance.of(frozens, stale=any(one.stale for one in reached))


def _reached(artefact: Artefact, found: Surveys) -> Iterator[Survey]:
    for need in artefact.received:
        yield found[need]
        yield from _reached(found[need].artefact, found)


def _publish_lab(notes: Notes, lab: Artefact, one: Survey) -> Iterator[Path]:
    assert one.frozen
    results = notes.project.results / lab.page
    folder = notes.project.generated / lab.page
    cells = parse(notes.modules[lab.page].source, lab.path)
    run = from_result(one.frozen.value)
    provenance = Provenance.of([one.frozen], stale=bool(one.stale))
    yield _write(folder / "lab.md", page_fragment(cells, run, lab, provenance))
    for file in figure_files(run):
        yield _copy(results / file, folder / file)
    notebook = notebook_json(cells, run, results, title=lab.caption)
    yield _write(folder / f"{lab.page}.ipynb", notebook)


def _publish_downloads(
    notes: Notes, page: str, products: Mapping[str, Product]
) -> Iterator[Path]:
    folder = notes.project.generated / page
    artefacts = [a for a in notes.artefacts if a.page == page]
    runs = [a for a in artefacts if is_run(a) and notes.frozen(page, a.name)]
    results = [f"{run.name}.json" for run in runs]
    yield _copy(notes.modules[page].path, folder / f"{page}.py")
    for name in results:
        yield _copy(notes.project.results / page / name, folder / name)
    notebook = f"{page}.ipynb" if any(a.kind == "lab" for a in runs) else ""
    fragment = downloads_fragment(
        page, artefacts, products, results=results, notebook=notebook
    )
    yield _write(folder / "downloads.md", fragment)


def _write(path: Path, text: str) -> Path:
    write_if_changed(path, text)
    return path


def _copy(source: Path, target: Path) -> Path:
    write_if_changed(target, source.read_bytes())
    return target


def _remove_orphans(folder: Path, kept: set[Path]) -> None:
    """Remove what no artefact of today has written, so that no page can show it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)

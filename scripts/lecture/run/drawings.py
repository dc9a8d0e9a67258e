"""Drawing: figures, tables and claims whose results or code have changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lecture.base import inert
from lecture.base.errors import CollectError
from lecture.base.files import write_if_changed
from lecture.base.products import Table, Verdict
from lecture.book.book import Book
from lecture.book.drawing_times import remember_times
from lecture.book.manifest import Drawn, load_manifest, save_manifest
from lecture.book.status import Task
from lecture.collect.artefact import Artefact
from lecture.collect.syntax import short_hash
from lecture.draw import style
from lecture.run.executor import Executor, each
from lecture.run.freeze import unwritten
from lecture.run.jobs import job_of, light_libraries
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure, Outcome, Success

Wish = tuple[Task, str]  # what is to be drawn, and the key of all that it depends on


@dataclass(frozen=True)
class Gallery:
    """Everything that is drawn today, and what could not be."""

    manifest: Mapping[str, Drawn]
    failed: Mapping[str, Failure]
    redrawn: frozenset[str]  # of the manifest, what does not look as it did

    @property
    def refuted(self) -> dict[str, str]:
        """The evidence of each claim that does not hold, by the claim's id."""
        return {
            name: drawn.product.evidence
            for name, drawn in self.manifest.items()
            if isinstance(drawn.product, Verdict) and not drawn.product.holds
        }


def draw_all(
    book: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> Gallery:
    """Draw what is out of date, keep the rest, and remember both."""
    known = load_manifest(book.project)
    wanted, failed = wishes(book)
    manifest = dict(_current(book, wanted, known))
    redrawn = set[str]()
    stale = [task for name, (task, _) in wanted.items() if name not in manifest]
    jobs = (job_of(book, task, settings) for task in stale)
    times: dict[str, float] = {}
    for event in execute(each(jobs), light_libraries(book)):
        if isinstance(event, Outcome):
            task, key = wanted[event.job.id]
            before = known.get(task.id)
            differs = _differs(book, task.artefact, before, event.result)
            kept = _kept(book, task.artefact, before, event.result)
            if isinstance(kept, Failure):
                failed[task.id] = kept
            else:
                manifest[task.id] = Drawn(key, kept.value, kept.inputs)
                redrawn |= {task.id} if differs else set()
                times[task.id] = kept.seconds
        on_event(event)
    save_manifest(book.project, manifest)
    remember_times(book.project, times)
    return Gallery(manifest, failed, frozenset(redrawn))


def as_drawn(book: Book) -> tuple[Gallery, frozenset[str]]:
    """Return what lies drawn, in date or not, and the ids of what would be drawn."""
    known = load_manifest(book.project)
    wanted, failed = wishes(book)
    stale = wanted.keys() - dict(_current(book, wanted, known)).keys()
    there = {name: known[name] for name in wanted if name in known}
    return Gallery(there, failed, frozenset()), frozenset(stale)


def drawn_today(book: Book) -> dict[str, Drawn]:
    """Return what lies drawn as today's code and results would have it."""
    return dict(_current(book, wishes(book)[0], load_manifest(book.project)))


def wishes(book: Book) -> tuple[dict[str, Wish], dict[str, Failure]]:
    """Return what can be drawn, with its key, and what reading cannot follow."""
    wanted: dict[str, Wish] = {}
    failed: dict[str, Failure] = {}
    for artefact in _drawable(book):
        try:
            task = Task(artefact, book.wanted(artefact), None)
            wanted[artefact.id] = task, drawing_key(task)
        except CollectError as error:
            failed[artefact.id] = Failure(error.message, error.path, error.line)
    return wanted, failed


def _drawable(book: Book) -> Iterator[Artefact]:
    """Yield what is drawn and has all the results that it receives."""
    for artefact in book.artefacts:
        received = (book.frozen(place) for place in artefact.needs.values())
        if not artefact.is_run and all(received):
            yield artefact


def drawing_key(task: Task) -> str:
    """Return the digest of all that a drawing depends on: code, results, style."""
    return short_hash(task.wanted.key() + style_digest())


@cache
def style_digest() -> str:
    """Return the digest of how things are drawn: our code, font and Matplotlib."""
    room = sorted(Path(style.__file__).parent.glob("*.py"))
    files = (*room, Path(inert.__file__), style.FONT)
    content = b"".join(path.read_bytes() for path in files)
    return short_hash(content.hex() + version("matplotlib"))


def _current(
    book: Book, wanted: Mapping[str, Wish], known: Mapping[str, Drawn]
) -> Iterator[tuple[str, Drawn]]:
    for name, (task, key) in wanted.items():
        if name in known and is_current(book, task.artefact, known[name], key):
            yield name, known[name]


def is_current(book: Book, artefact: Artefact, drawn: Drawn, key: str) -> bool:
    """Tell whether what was drawn is what would be drawn today, under the same key."""
    folder = book.project.generated / artefact.page
    return (
        drawn.key == key
        and not any(book.judge.surroundings.files_changed(drawn.inputs))
        and all((folder / file).exists() for file in drawn.product.files)
    )


def _differs(
    book: Book, artefact: Artefact, before: Drawn | None, result: Success | Failure
) -> bool:
    """Tell whether what was drawn looks other than what lies in its place."""
    if before is None or isinstance(result, Failure):
        return False
    folder = book.project.generated / artefact.page
    shown = () if isinstance(result.value, Table) else result.files.items()
    files = ((folder / name, content) for name, content in shown)
    return before.product != result.value or any(
        path.is_file() and path.read_bytes() != content for path, content in files
    )


def _kept(
    book: Book, artefact: Artefact, before: Drawn | None, result: Success | Failure
) -> Success | Failure:
    """Write what was drawn, and remove what an earlier drawing left under its name."""
    if isinstance(result, Failure):
        return result
    folder = book.project.generated / artefact.page
    try:
        for name, content in result.files.items():
            write_if_changed(folder / name, content)
        for name in {*(before.product.files if before else ())} - {*result.files}:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        return unwritten(error, folder)
    return result

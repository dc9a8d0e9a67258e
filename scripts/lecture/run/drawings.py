"""Drawing: figures, tables and claims whose results or code have changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from lecture.book import results as freeze
from lecture.book.book import Notes
from lecture.book.keys import Dependencies, is_run
from lecture.book.manifest import Drawn, load_manifest, save_manifest
from lecture.collect.artefact import Artefact, Verdict
from lecture.collect.closure import code_digests
from lecture.collect.declarations import memory_limit, time_limit
from lecture.collect.syntax import short_hash
from lecture.draw import style
from lecture.run.local import run_jobs
from lecture.run.schedule import OnEvent, Settings, received, warm_modules
from lecture.task.job import Failure, Job, Outcome

TIME_LIMIT = 120.0  # seconds for a figure: results are frozen, only plotting is left


@dataclass(frozen=True)
class Gallery:
    """Everything that is drawn today, and what could not be."""

    manifest: dict[str, Drawn]
    failed: dict[str, Failure]

    @property
    def refuted(self) -> dict[str, str]:
        """The evidence of each claim that does not hold, by the claim's id."""
        return {
            name: drawn.product.evidence
            for name, drawn in self.manifest.items()
            if isinstance(drawn.product, Verdict) and not drawn.product.holds
        }


def draw_all(notes: Notes, settings: Settings, on_event: OnEvent) -> Gallery:
    """Draw what is out of date, keep the rest, and remember both."""
    known = load_manifest(notes.project)
    wanted = {a.id: (a, draw_key(notes, a)) for a in _drawable(notes)}
    manifest = {
        name: known[name]
        for name, (artefact, key) in wanted.items()
        if name in known and _is_current(notes, artefact, known[name], key)
    }
    jobs = [
        _job(notes, a, settings) for n, (a, _) in wanted.items() if n not in manifest
    ]
    failed: dict[str, Failure] = {}
    for event in run_jobs(
        jobs, workers=settings.workers, warm=warm_modules(jobs), cold=settings.cold
    ):
        if isinstance(event, Outcome):
            name = event.job.artefact.id
            if isinstance(event.result, Failure):
                failed[name] = event.result
            else:
                manifest[name] = Drawn(wanted[name][1], event.result.value)
        on_event(event)
    save_manifest(notes.project, manifest)
    return Gallery(manifest, failed)


def _drawable(notes: Notes) -> Iterator[Artefact]:
    """Yield what is drawn and has all the results that it receives."""
    for artefact in notes.artefacts:
        needs = (notes.frozen(page, need) for page, need in artefact.received)
        if not is_run(artefact) and all(needs):
            yield artefact


def draw_key(notes: Notes, artefact: Artefact) -> str:
    """Return the digest of all that a drawing depends on: code, results, style."""
    needs = dict(_digests(notes, artefact))
    code = code_digests(notes.modules, artefact.page, artefact.function)
    return short_hash(Dependencies(code, artefact.knobs, needs).key() + style_digest())


@cache
def style_digest() -> str:
    """Return the digest of how things are drawn: our code, and Matplotlib's version."""
    room = sorted(Path(style.__file__).parent.glob("*.py"))
    content = b"".join(path.read_bytes() for path in (*room, style.FONT))
    return short_hash(content.hex() + version("matplotlib"))


def _digests(notes: Notes, artefact: Artefact) -> Iterator[tuple[str, str]]:
    for page, need in artefact.received:
        frozen = notes.frozen(page, need)
        yield need, freeze.result_digest(frozen) if frozen else ""


def _is_current(notes: Notes, artefact: Artefact, drawn: Drawn, key: str) -> bool:
    folder = notes.project.generated / artefact.page
    return drawn.key == key and all(
        (folder / file).exists() for file in drawn.product.files
    )


def _job(notes: Notes, artefact: Artefact, settings: Settings) -> Job:
    module = notes.modules[artefact.page]
    return Job(
        id=artefact.id,
        artefact=artefact,
        case=None,
        code=code_digests(notes.modules, artefact.page, artefact.function),
        upstream=dict(received(notes, artefact)),
        output=notes.project.generated / artefact.page,
        log=notes.project.cache / "logs" / f"{artefact.id}.log",
        time_limit=time_limit(module, TIME_LIMIT),
        memory_limit_mb=memory_limit(module, settings.memory_limit_mb),
    )

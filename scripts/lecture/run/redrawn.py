"""Redrawn: what looks otherwise than it did in an earlier book.

What is shown today is what the last build has drawn. What was shown before is drawn
from the results of that time by the code of that time, where either has changed: the
drawings themselves are not in git. Nothing is run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from lecture.base.lab_run import Output, from_result
from lecture.base.products import Drawing, Table, Verdict
from lecture.book.book import Book
from lecture.book.manifest import Drawn
from lecture.collect.artefact import Artefact
from lecture.draw.style import recolour
from lecture.run.drawings import Gallery, draw_all, drawn_today, wishes
from lecture.run.executor import Executor
from lecture.run.settings import OnEvent, Settings
from lecture.task.job import Failure

Keys = Mapping[str, tuple[Artefact, str]]  # id → what can be drawn, and its key


@dataclass(frozen=True)
class Picture:
    """One picture, as a light page shows it."""

    suffix: str  # ".svg"
    content: bytes
    label: str = ""  # of a frame


@dataclass(frozen=True)
class Look:
    """What there is to see of something that is drawn, checked or printed."""

    text: str = ""  # Markdown of a table, evidence of a claim, outputs of a cell
    holds: bool | None = None  # of a claim
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Redrawn:
    """One figure, table, claim or cell of a lab that does not look as it did."""

    name: str  # "momentum.figure_loss", "mnist_softmax.lab[3]"
    artefact: Artefact
    old: Look
    new: Look


@dataclass(frozen=True)
class Exhibition:
    """All that is drawn, then and now."""

    changed: tuple[Redrawn, ...]
    new: tuple[Artefact, ...]
    gone: tuple[Artefact, ...]
    undrawn: tuple[Artefact, ...]  # what differs, and has not been drawn anew yet
    failed: Mapping[str, Failure]  # what could not be drawn as it was


def exhibition(
    before: Book, after: Book, settings: Settings, execute: Executor, on_event: OnEvent
) -> Exhibition:
    """Compare what is drawn today with what an earlier book draws."""
    then, now = _keys(before, settings), _keys(after, settings)
    drawn = drawn_today(after)
    differing = [name for name in now if _differs(before, then, now, drawn, name)]
    shown = [then[name][0] for name in differing if name in drawn]
    past = _drawn_then(before, shown, settings, execute, on_event)
    pairs = [
        Redrawn(
            name,
            now[name][0],
            _look(before, one, seen),
            _look(after, now[name][0], drawn[name]),
        )
        for one in shown
        if (seen := past.manifest.get(name := one.id))
    ]
    changed = (*pairs, *_cells(before, after, settings))
    return Exhibition(
        tuple(one for one in changed if one.old != one.new),
        new=_others(now, then, before),
        gone=_others(then, now, after),
        undrawn=tuple(now[name][0] for name in differing if name not in drawn),
        failed=past.failed,
    )


def _keys(book: Book, settings: Settings) -> Keys:
    wished, _ = wishes(book)
    return {
        name: (task.artefact, key)
        for name, (task, key) in wished.items()
        if settings.wants(task.artefact)
    }


def _differs(
    before: Book, then: Keys, now: Keys, drawn: Mapping[str, Drawn], name: str
) -> bool:
    """Tell whether something was there before, and came from something else."""
    if name not in then:
        return False
    inputs = drawn[name].inputs if name in drawn else {}
    changed = before.judge.surroundings.files_changed(inputs)
    return then[name][1] != now[name][1] or any(changed)


def _others(these: Keys, those: Keys, other: Book) -> tuple[Artefact, ...]:
    """Return what is here and not there, where all that is there is known."""
    lacking = (these[name][0] for name in these if name not in those)
    return tuple(a for a in lacking if a.page not in other.collection.broken)


def _drawn_then(
    before: Book,
    wanted: Sequence[Artefact],
    settings: Settings,
    execute: Executor,
    on_event: OnEvent,
) -> Gallery:
    """Draw some artefacts of a book, and no others."""
    if not wanted:
        return Gallery({}, {}, frozenset())
    chosen = (*before.runs.values(), *wanted)
    only = replace(before, collection=replace(before.collection, artefacts=chosen))
    return draw_all(only, settings, execute, on_event)


def _look(book: Book, artefact: Artefact, drawn: Drawn) -> Look:
    product = drawn.product
    if isinstance(product, Verdict):
        return Look(product.evidence, product.holds)
    if isinstance(product, Table):
        return Look(product.markdown)
    folder = book.project.generated / artefact.page
    if isinstance(product, Drawing):
        return Look(pictures=(_picture(folder / product.light),))
    frames = zip(product.light, product.labels, strict=True)
    return Look(
        pictures=tuple(_picture(folder / file, label) for file, label in frames)
    )


def _picture(path: Path, label: str = "") -> Picture:
    return Picture(path.suffix, path.read_bytes(), label)


def _cells(before: Book, after: Book, settings: Settings) -> Iterator[Redrawn]:
    """Yield the cells of labs, as they have come out then and now."""
    for lab in after.runs.values():
        past = before.runs.get(lab.place)
        if lab.kind == "lab" and past and past.kind == "lab" and settings.wants(lab):
            looks = zip_longest(_outputs(before, past), _outputs(after, lab))
            for n, (old, new) in enumerate(looks, start=1):
                yield Redrawn(f"{lab.id}[{n}]", lab, old or Look(), new or Look())


def _outputs(book: Book, lab: Artefact) -> list[Look]:
    """Return what each cell of a lab shows; nothing for a run that cannot be read."""
    frozen = book.frozen(lab.place)
    folder = book.shelf.path(book.home(lab)).parent
    try:
        run = from_result(frozen.value) if frozen else None
        return [_cell(outputs, folder) for outputs in run.outputs] if run else []
    except (LookupError, TypeError, OSError):
        return []


def _cell(outputs: tuple[Output, ...], folder: Path) -> Look:
    files = [folder / output.file for output in outputs if output.is_picture]
    text = "\n".join(output.text for output in outputs if not output.is_picture)
    return Look(text, pictures=tuple(map(_in_colour, files)))


def _in_colour(path: Path) -> Picture:
    """Return a picture of a lab: an SVG is frozen in colours that no page shows."""
    found = _picture(path)
    if path.suffix != ".svg":
        return found
    return replace(found, content=recolour(found.content.decode(), "light").encode())

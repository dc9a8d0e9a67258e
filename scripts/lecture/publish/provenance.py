"""Provenance: which runs an artefact rests on, in the words of its reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from lecture.base.datasets import DataSet
from lecture.base.inert import inert
from lecture.book.record import Frozen, Record

T = TypeVar("T")


@dataclass(frozen=True)
class Provenance:
    """What the runs behind an artefact have in common, and what they cost."""

    experiments: tuple[str, ...] = ()  # "cifar10_linear.fit", in the order given
    data: tuple[DataSet, ...] = ()
    seeds: str = ""  # "0–4"
    versions: tuple[tuple[str, str], ...] = ()  # ("keras", "3.15.1")
    hardware: tuple[str, ...] = ()
    seconds: float = 0.0  # of all runs together
    dates: tuple[str, ...] = ()  # ascending, no date twice
    stale: bool = False  # the code has moved on since

    @classmethod
    def of(cls, frozens: Iterable[Frozen], *, stale: bool = False) -> "Provenance":
        """Sum up the frozen results that an artefact depends on."""
        frozens = tuple(frozens)
        records = [record for frozen in frozens for record in frozen.records]
        made = [record.made for record in records]
        return cls(
            experiments=_unique(str(frozen.place) for frozen in frozens),
            data=_unique(d for one in made for _, d in sorted(one.data.items())),
            seeds=compressed(seed for record in records for seed in seeds_of(record)),
            # Sorted as in the file, so that a page is the same before and after it.
            versions=_unique(p for one in made for p in sorted(one.versions.items())),
            hardware=_unique(one.hardware for one in made if one.hardware),
            seconds=sum(one.seconds for one in made),
            dates=tuple(sorted({one.date for one in made})),
            stale=stale,
        )


def compressed(numbers: Iterable[int]) -> str:
    """Write whole numbers with runs joined: 0, 1, 2, 7 becomes "0–2, 7"."""
    ordered = sorted(set(numbers))
    runs = groupby(enumerate(ordered), key=lambda item: item[1] - item[0])
    return ", ".join(_run([number for _, number in run]) for _, run in runs)


def duration(seconds: float) -> str:
    """Return a duration as Koreans say it: "0.4초", "12초", "3분 20초", "1시간 5분"."""
    if seconds < 9.95:
        return f"{seconds:.1f}초"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return _joined((minutes, "분"), (rest, "초"))
    return _joined((minutes // 60, "시간"), (minutes % 60, "분"))


def period(dates: Sequence[str]) -> str:
    """Return the first and the last date, or the one there is."""
    return " – ".join(dict.fromkeys((*dates[:1], *dates[-1:])))


def data_names(data: Iterable[DataSet]) -> str:
    """Name data sets with their fingerprints, as Markdown."""
    return ", ".join(f"{inert(item.name)} `{item.fingerprint}`" for item in data)


def version_names(versions: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def seeds_of(record: Record) -> Iterator[int]:
    """Yield the seeds of a run: a knob or a key of its case, one or a list of them."""
    settings: dict[str, Any] = {**record.knobs, **(record.case or {})}
    for name in ("seed", "seeds"):
        value = settings.get(name, [])
        items = value if isinstance(value, list | tuple) else [value]
        yield from (item for item in items if isinstance(item, int))


def _run(numbers: list[int]) -> str:
    if len(numbers) < 3:
        return ", ".join(map(str, numbers))
    return f"{numbers[0]}–{numbers[-1]}"


def _joined(*parts: tuple[int, str]) -> str:
    return " ".join(f"{number}{unit}" for number, unit in parts if number)

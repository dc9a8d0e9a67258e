"""What has moved, in lines of text."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.moves import Moves
from lecture.cli.diff_values import listed, value_lines
from lecture.collect.artefact import Artefact
from lecture.publish.quotes import Quotes
from lecture.publish.sentences import Quote, Sentence
from lecture.run.redrawn import Exhibition, Redrawn

_COMMAND = "python scripts/build.py diff"
KINDS = {  # what is counted, in order: kinds of artefacts, how they are called
    "주장": (("claim",), "개"),
    "그림": (("figure", "frames"), "장"),
    "표": (("table",), "개"),
    "실습의 칸": (("lab",), "개"),
}


@dataclass(frozen=True)
class Diff:
    """All that differs from a revision."""

    since: str  # "HEAD(1a2b3c4)"
    moves: Moves
    quotes: Quotes
    drawn: Exhibition

    @property
    def changed(self) -> bool:
        """Whether something that was there is not as it was."""
        moved = self.moves.moved or self.quotes.sentences
        return bool(moved or self.drawn.changed)

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell."""
        drawn = (self.drawn.new, self.drawn.gone, self.drawn.failed)
        return self.changed or any((self.moves.new, self.moves.gone, *drawn))


def moved_line(moves: Moves, quotes: Quotes, redrawn: Sequence[Artefact]) -> str:
    """Return in one line what a build has moved; "" where it has moved nothing."""
    told = ", ".join(_counts(moves, quotes, redrawn))
    return f"{told} — 자세히: {_COMMAND}" if moves.moved or redrawn else told


def diff_lines(project: Project, diff: Diff) -> Iterator[str]:
    """Yield all that differs, kind by kind; one line where nothing does."""
    if not diff.differs:
        yield f"{diff.since}에서 바뀐 것이 없습니다."
        return
    kinds = [one.artefact for one in diff.drawn.changed]
    counts = ", ".join(_counts(diff.moves, diff.quotes, kinds))
    yield f"{diff.since}에서 바뀐 것: {counts or '값과 문장은 그대로입니다.'}"
    yield from value_lines(diff.moves)
    yield from _sentence_lines(diff.quotes)
    yield from _drawn_lines(project, diff.drawn)


def behind_lines(book: Book, drawn: Exhibition, pages: frozenset[str]) -> Iterator[str]:
    """Yield what is not told, for a build has to come first."""
    runs = (a for a in book.runs.values() if not pages or a.page in pages)
    stale = sum(len(book.status(artefact).stale) for artefact in runs)
    if stale:
        yield f"다시 실행할 것이 {stale}개 있습니다. 그 결과는 아직 예전 것입니다."
    if drawn.undrawn:
        count = len(drawn.undrawn)
        yield f"아직 새로 그리지 않아 견주지 못한 것이 {count}개 있습니다."
    if stale or drawn.undrawn:
        yield f"  → 실행하려면: {' '.join(['python scripts/build.py', *sorted(pages)])}"


def _counts(moves: Moves, quotes: Quotes, redrawn: Iterable[Artefact]) -> Iterator[str]:
    kinds = Counter(artefact.kind for artefact in redrawn)
    if moves.moved:
        yield f"움직인 값 {len(moves.moved):,d}개"
    for title, counts in (("새", moves.new), ("없어진", moves.gone)):
        if counts:
            yield f"{title} 값 {sum(counts.values()):,d}개"
    if quotes.sentences:
        yield f"바뀐 문장 {len(quotes.sentences)}곳"
    for noun, (names, unit) in KINDS.items():
        if count := sum(kinds[name] for name in names):
            yield f"바뀐 {noun} {count}{unit}"


def _sentence_lines(quotes: Quotes) -> Iterator[str]:
    if quotes.sentences or quotes.unseen:
        yield "\n문장"
    for one in quotes.sentences:
        yield f"  {one.path}:{one.line}"
        yield f"    {_sentence(one)}"
    if quotes.unseen:
        count = len(quotes.unseen)
        yield f"  움직였지만 적힌 자리까지는 그대로인 값: {count}개"


def _sentence(sentence: Sentence) -> str:
    return "".join(
        f"[{part.old} → {part.new}]" if isinstance(part, Quote) else part
        for part in sentence.parts
    )


def _drawn_lines(project: Project, drawn: Exhibition) -> Iterator[str]:
    for noun, (kinds, _) in KINDS.items():
        changed = [one for one in drawn.changed if one.artefact.kind in kinds]
        new, gone = (
            [a.id for a in artefacts if a.kind in kinds]
            for artefacts in (drawn.new, drawn.gone)
        )
        if changed or new or gone:
            yield f"\n{noun}"
        for one in changed:
            place = f"{project.relative(one.artefact.path)}:{one.artefact.line}"
            yield f"  {one.name} ({place})"
            yield from _claim_lines(one) if noun == "주장" else ()
        yield from [f"  새로 생김: {listed(new)}"] if new else ()
        yield from [f"  없어짐: {listed(gone)}"] if gone else ()
    if drawn.failed:
        yield "\n예전 것을 그리지 못해 견주지 못함"
    for name, failure in drawn.failed.items():
        yield f"  {name}: {failure.message}"


def _claim_lines(one: Redrawn) -> Iterator[str]:
    yield f"    “{one.artefact.caption}”"
    if one.old.holds != one.new.holds:
        yield f"    {verdict(one.old.holds)} → {verdict(one.new.holds)}"
    if one.old.text != one.new.text:
        yield f"    근거: {one.old.text}"
        yield f"       → {one.new.text}"


def verdict(holds: bool | None) -> str:
    """Return what a claim's mark says."""
    return "성립" if holds else "어긋남"

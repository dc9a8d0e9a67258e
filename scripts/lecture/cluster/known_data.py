"""Whether a worker has computed with the data that this project knows."""

from collections.abc import Mapping

from lecture.book.book import Book
from lecture.task.job import Failure, Job, Success

Fingerprints = Mapping[str, frozenset[str]]
"""Data set → the fingerprints that a result may have."""


def fingerprints(book: Book) -> Fingerprints:
    """Return those of the data at hand; else those that frozen results have met."""
    found: dict[str, frozenset[str]] = {}
    for place in book.runs:
        frozen = book.frozen(place)
        for record in frozen.records if frozen else ():
            for name, data in record.made.data.items():
                found[name] = found.get(name, frozenset()) | {data.fingerprint}
    here = book.judge.surroundings.fingerprints
    return found | {name: frozenset({one}) for name, one in here.items()}


def foreign_data(
    result: Success | Failure, known: Fingerprints, job: Job
) -> Failure | None:
    """Return why a result is refused: its data are other than those known."""
    for name, data in result.data.items() if isinstance(result, Success) else ():
        if name in known and data.fingerprint not in known[name]:
            wanted = ", ".join(sorted(known[name]))
            message = (
                f"일꾼의 {data.name} 데이터가 다릅니다: 지문 {data.fingerprint}, "
                f"이 노트가 아는 것은 {wanted}.\n"
                "  → 일꾼의 ~/.keras/datasets나 NOTES_DATA를 확인합니다."
            )
            return Failure(message, job.artefact.path, job.artefact.line)
    return None

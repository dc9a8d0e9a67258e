"""Headings of a page, and the names on it: what would clash or lead nowhere."""

from collections import Counter
from collections.abc import Iterator

from lecture.base.errors import PageError
from lecture.collect.artefact import Artefact
from lecture.publish.includes import includes
from lecture.publish.names import ids_of, names_on
from lecture.publish.pages import DocPage
from lecture.publish.references import reference_errors, shown_twice
from lecture.publish.tokens import FORMULA, outside_code

_FORMULA = outside_code(rf"(?P<formula>{FORMULA})")


def heading_errors(page: DocPage) -> Iterator[PageError]:
    """Yield an error, with its line, for each formula in a heading."""
    for title, _, line in page.headings:
        for formula in (m["formula"] for m in _FORMULA.finditer(title)):
            if formula:
                yield PageError(
                    f"제목에는 수식을 쓸 수 없습니다: {formula}",
                    line=line,
                    hint="제목은 목차와 주소에도 쓰이니 말로 적고, "
                    "수식은 본문에 두십시오.",
                )


def name_errors(page: DocPage, artefacts: tuple[Artefact, ...]) -> Iterator[PageError]:
    """Yield an error, with its line, for each name that is taken, or unknown."""
    names = names_on(page, artefacts)
    yield from reference_errors(page.body, names)
    yield from _twice(page, artefacts)
    for _, name, line in page.headings:
        if name in names:
            yield PageError(
                f"제목의 `#{name}`: 이 쪽에 실은 그림·표·주장의 이름입니다.",
                line=line,
                hint="한 쪽에서 이름은 한 번만 쓸 수 있습니다. 제목의 이름을 바꿉니다.",
            )


def _twice(page: DocPage, artefacts: tuple[Artefact, ...]) -> Iterator[PageError]:
    """Yield an error for each include that shows a name for the second time."""
    by_file = {f"generated/{a.page}/{a.name}.md": a for a in artefacts}
    counts = Counter[str]()
    for include in includes(page.body):
        artefact = by_file.get(include.file)
        for name in ids_of(artefact) if artefact else ():
            counts[name] += 1
            if counts[name] == 2:
                yield shown_twice(name, include.line)

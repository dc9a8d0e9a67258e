"""What a live preview says on a page, in the place that it is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Literal

_OPENING = r'<(?:figure|div)\b[^>]*\bid="{}"'
State = Literal["failed", "running", "stale"]
_NAMES: Mapping[State, str] = {
    "failed": "실패",
    "running": "실행 중",
    "stale": "오래됨",
}


@dataclass(frozen=True)
class Mark:
    """What is not as it should be, and what is to be said of it."""

    state: State
    text: str = ""

    @property
    def html(self) -> str:
        """The mark as HTML: lines are kept as they are."""
        kind = f"preview-mark preview-mark-{self.state}"
        name = f"<strong>{_NAMES[self.state]}</strong>"
        return f'<p class="{kind}" role="status">{name} {escape(self.text)}</p>\n'


@dataclass(frozen=True)
class PageMarks:
    """The marks of one page."""

    artefacts: Mapping[str, Mark] = field(default_factory=dict)  # by their ids
    whole: tuple[Mark, ...] = ()  # of no artefact that the page shows

    def put(self, html: str) -> str:
        """Return a page with its marks, each before what it is about.

        What stands nowhere is told under the heading; what is told already is not
        told again.
        """
        lost = [*self.whole]
        for name, mark in self.artefacts.items():
            opening = re.search(_OPENING.format(re.escape(name)), html)
            if opening:
                place = opening.start()
                html = html[:place] + mark.html + html[place:]
            else:
                lost.append(mark)
        fresh = "".join(mark.html for mark in _once(lost) if not _told(mark, html))
        return html.replace("</h1>", f"</h1>\n{fresh}", 1)


Marks = Mapping[str, PageMarks]
"""The marks of all pages, by their paths below docs/."""


def _once(marks: list[Mark]) -> Iterator[Mark]:
    yield from dict.fromkeys(marks)


def _told(mark: Mark, html: str) -> bool:
    """Tell whether the renderer has shown an author's mistake already."""
    first = mark.text.split("\n")[0]
    return bool(first) and first in unescape(html)

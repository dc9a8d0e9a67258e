"""What a page says of itself beside its text: for links to it, and at its end."""

import re
from dataclasses import dataclass
from datetime import datetime

from lecture.render.cards import Card
from lecture.render.repository import report_url


@dataclass(frozen=True)
class Home:
    """Where a site is kept and who wrote it, as far as its settings tell."""

    name: str
    author: str
    repository: str


@dataclass(frozen=True)
class About:
    """What the templates in theme/ ask for. What is not known is empty."""

    changed: datetime | None
    citation: str  # BibTeX
    report: str  # the address at which a reader tells of a mistake
    card: Card | None = None

    @property
    def changed_day(self) -> str:
        """Return the day of the last change as one says it."""
        day = self.changed
        return f"{day.year}년 {day.month}월 {day.day}일" if day else ""


def about(
    slug: str, title: str, url: str, home: Home, changed: datetime | None
) -> About:
    """Return what is known of a page; `url` is its whole address, if there is one."""
    place = url or home.repository
    return About(
        changed,
        citation(slug, title, place, home, changed) if place else "",
        report_url(home.repository, title, url) if home.repository else "",
    )


def citation(
    slug: str, title: str, url: str, home: Home, changed: datetime | None
) -> str:
    """Return a page as an entry of BibTeX; a year only where one is known."""
    group = f"{{{_in_tex(home.author)}}}"  # in braces: no first and last name
    fields = {
        "author": group if home.author else "",
        "title": _in_tex(title),
        "howpublished": _in_tex(home.name),
        "year": f"{changed.year}" if changed else "",
        "url": url,
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{slug},\n{''.join(lines)}}}"


def _in_tex(text: str) -> str:
    """Return a text as TeX sets it as it stands."""
    return re.sub(r"[&%$#_{}]", r"\\\g<0>", text)

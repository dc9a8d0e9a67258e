"""What git tells of the pages: when each was changed last, and by which changes.

Without a repository, or with one that was cloned without its past, nothing is told:
the oldest commit of a shallow clone looks as if it had written every page.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

_PAGE = re.compile(
    r"docs/(?P<text>\w+)\.md|snippets/(?:\w+/)?(?P<code>\w+)\.py"
    r"|snippets/results/(?P<result>\w+)/"
)
_FORMAT = "--format=%x01%H%x02%cI%x02%s"
_LOG = ("log", "--no-renames", "--name-only", "--relative", _FORMAT)
_ENTRIES = 30  # of the feed: some months of changes
_NAMED = 3  # pages in the title of an entry


@dataclass(frozen=True)
class Change:
    """One commit, as far as it has touched pages: their texts, code or results."""

    commit: str
    time: datetime
    subject: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """A page as the feed names it."""

    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One entry of the feed."""

    commit: str
    time: datetime
    subject: str
    pages: tuple[Linked, ...]

    @property
    def title(self) -> str:
        """Return the first pages by name, and how many more there are."""
        named = ", ".join(page.title for page in self.pages[:_NAMED])
        more = len(self.pages) - _NAMED
        return f"{named} 외 {more}쪽" if more > 0 else named


@dataclass(frozen=True)
class History:
    """The changes of a project, the newest first."""

    changes: tuple[Change, ...] = ()

    def last(self, page: str) -> datetime | None:
        """Return when a page was changed last; None where git does not tell."""
        times = (change.time for change in self.changes if page in change.pages)
        return next(times, None)

    def entries(self, pages: Mapping[str, Linked]) -> list[Entry]:
        """Return the last changes of the pages that the site still has."""
        found = (
            Entry(one.commit, one.time, one.subject, linked)
            for one in self.changes
            if (linked := tuple(pages[name] for name in one.pages if name in pages))
        )
        return [*islice(found, _ENTRIES)]


def read_history(root: Path) -> History:
    """Return the history of the project in a folder."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return History()
    log = _git(root, "-c", "core.quotePath=false", *_LOG, "--", "docs", "snippets")
    return History(tuple(_changes(log)))


def _changes(log: str) -> Iterator[Change]:
    for told in log.split("\x01")[1:]:
        head, _, files = told.partition("\n")
        commit, time, subject = head.split("\x02")
        found = filter(None, map(_PAGE.match, files.split("\n")))
        pages = dict.fromkeys(match[match.lastgroup or 0] for match in found)
        yield Change(commit, datetime.fromisoformat(time), subject, (*pages,))


def _git(root: Path, *arguments: str) -> str:
    """Return what git says; "" where there is no git, or no repository."""
    try:
        told = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    except OSError:
        return ""
    return told.stdout.decode(errors="replace") if told.returncode == 0 else ""

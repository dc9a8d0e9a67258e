"""The search index: read from the pages once, and fetched only by who searches."""

import json
import re
from pathlib import Path

from lecture.base.files import digest_of, write_if_changed
from lecture.base.memory import Memory
from lecture.render.sections import entries

_THEIRS = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
_OURS = "javascripts/search/worker.js"
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class SearchEntries:
    """The search entries of the pages of one build, in the order of the pages."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._entries: list[dict[str, object]] = []

    def add(self, address: str, title: str, html: str, boost: float = 1) -> None:
        """Take up a page; one that an earlier build knew is not taken apart again."""
        digest = digest_of(repr((address, title, boost, html)).encode())
        self._entries += self._memory.recall(
            f"search {digest}", lambda: [*entries(address, title, html, boost)]
        )

    def write(self, site: Path) -> None:
        """Write the index as a script, which a page opened from a folder can load."""
        text = json.dumps(self._entries, ensure_ascii=False, separators=(",", ":"))
        write_if_changed(site / "search" / "entries.js", f"self.entries = {text};\n")


def with_our_search(page: str) -> str:
    """Return a whole page's HTML that asks our worker instead of the theme's."""
    return _THEIRS.sub(_OURS, page)


def is_unused(path: str) -> bool:
    """Tell whether a file of the theme serves only the search that we replace."""
    return path.startswith(_UNUSED)

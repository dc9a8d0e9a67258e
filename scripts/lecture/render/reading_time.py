"""How long a page takes to read, measured from what a reader sees of it.

A page asks with `<span data-minutes="page.md"></span>`, and tells its readers the rule.
"""

import re

from bs4 import BeautifulSoup, Tag

from lecture.base.files import digest_of
from lecture.base.memory import Memory

SYLLABLES_A_MINUTE = 500
SECONDS_A_LINE = 3  # of code
SECONDS_A_PICTURE = 20  # a figure, a table, a displayed formula
# Folded answers and evidence, and what one tries out, are read by choice.
_ASIDE = "details, script, section, template, .headerlink, .katex-mathml"
_PICTURES = "figure, table, div.arithmatex"
_ASKED = re.compile(r'(<span data-minutes="([\w./-]+)">)(?=</span>)')


class ReadingTimes:
    """The reading times of the pages of one build."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._pages: dict[str, str] = {}  # path below docs → HTML

    def know(self, path: str, html: str) -> None:
        """Take the HTML of a page; it is measured where another page asks."""
        self._pages[path] = html

    def told(self, output: str) -> str:
        """Return a whole page's HTML with the times that it asks for written in."""
        return _ASKED.sub(lambda asked: f"{asked[1]}{self._time(asked[2])}", output)

    def _time(self, path: str) -> str:
        html = self._pages.get(path)
        if html is None:
            return ""
        question = f"minutes {digest_of(html.encode())}"
        return f"약 {self._memory.recall(question, lambda: minutes(html))}분"


def minutes(html: str) -> int:
    """Return the minutes, at least one, that the content of a page takes to read."""
    soup = BeautifulSoup(html, "html.parser")
    for aside in soup.select(_ASIDE):
        aside.extract()
    code = [block.extract() for block in soup.select("pre")]
    lines = sum(bool(line.strip()) for c in code for line in c.get_text().splitlines())
    pictures = sum(not _is_within_another(one) for one in soup.select(_PICTURES))
    syllables = len(re.findall("[가-힣]", soup.get_text()))
    seconds = lines * SECONDS_A_LINE + pictures * SECONDS_A_PICTURE
    return max(1, round(syllables / SYLLABLES_A_MINUTE + seconds / 60))


def _is_within_another(picture: Tag) -> bool:
    return picture.find_parent("figure") is not None

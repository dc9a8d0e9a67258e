"""Sentences of a page: where each begins and ends, and what it is without markup."""

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

# Where one sentence ends and another begins: after its mark, and between blocks.
_BORDER = re.compile(
    r"(?<=[.!?])[\"'”’)\]*_]*\s+"
    r"|\n[ \t]*\n"
    r"|\n(?=[ \t>]*(?:[-*+|#:]|\d+\.|!!!|\?\?\?|=== ))"
)
_SIGNS = re.compile(r"^(?:[\s>|]|[#*+-]+\s)+")  # of a list, a table, a heading


@dataclass(frozen=True)
class Quote:
    """One bound number of a sentence, as it was printed and as it is."""

    name: str  # "momentum.valley.last"
    old: str
    new: str

    @property
    def page(self) -> str:
        """The page that owns the value."""
        return self.name.partition(".")[0]


Parts = tuple[str | Quote, ...]


@dataclass(frozen=True)
class Sentence:
    """One sentence that reads otherwise than it did."""

    page: str
    path: Path  # from the project's root
    line: int  # of the first number that changed; of a docstring, of its function
    parts: Parts

    def is_of(self, pages: frozenset[str]) -> bool:
        """Tell whether it stands on one of the pages, or quotes a value of one."""
        quoted = {part.page for part in self.parts if isinstance(part, Quote)}
        return not pages or bool(pages & {self.page, *quoted})


def ends(text: str) -> list[int]:
    """Return where the sentences of a text end, and the next ones begin."""
    return [border.end() for border in _BORDER.finditer(text)] + [len(text)]


def tidied(parts: Parts) -> Parts:
    """Return a sentence on one line, without the signs of a list or a table."""
    joined = list[str | Quote]()
    for is_quote, group in groupby(parts, lambda part: isinstance(part, Quote)):
        words = [*group]
        text = "".join(word for word in words if isinstance(word, str))
        joined += words if is_quote else [re.sub(r"\s+", " ", text)]
    first, last = joined[0], joined[-1]
    if isinstance(last, str):
        joined[-1] = last.rstrip(" |")
    if isinstance(first, str):
        joined[0] = _SIGNS.sub("", first)
    return tuple(part for part in joined if part)

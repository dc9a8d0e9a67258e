"""Search entries as an earlier build has found them: no page is taken apart twice."""

from collections.abc import Iterator, Sequence

from lecture.base.files import digest_of
from lecture.base.memory import Memory

Entry = dict[str, str]  # location, title, text


class SearchEntries:
    """The search entries of the pages of one build, in the order of the pages."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._questions: dict[str, str] = {}  # address → what its entries depend on

    def know(self, address: str, title: str, html: str) -> bool:
        """Tell whether the entries of a page are known; if not, they are learnt."""
        text = f"{address} {title} {html}"
        question = f"search {digest_of(text.encode())}"
        self._questions[address] = question
        return self._memory.knows(question)

    def with_known(self, made: Sequence[Entry]) -> list[Entry]:
        """Return the entries of all pages, of which only the unknown were made."""
        return [*self._merged(made)]

    def _merged(self, made: Sequence[Entry]) -> Iterator[Entry]:
        for address, question in self._questions.items():
            mine = [one for one in made if one["location"].split("#")[0] == address]
            yield from self._memory.recall(question, mine.copy)

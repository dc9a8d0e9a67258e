"""Terms: a glossary is read, and its terms are found before Korean particles."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lecture.base.errors import PageError
from lecture.base.particles import with_particle

_LONGEST = 60  # characters of a hover text: three lines on a phone
_LETTER = "[가-힣A-Za-z0-9_]"
# Up to three in a row may follow a term: 에서+는, 들+까지+도.
_PARTICLE = (
    "은|는|이|가|을|를|의|에|도|만|와|과|로|으로|에서|에게|보다|처럼|마다|까지|부터|조차|"
    "밖에|뿐|만큼|대로|이나|이든|이란|란|하고|끼리|들|별|당|씩|인|일|인지|인가|이다|이며|"
    "이고|이면|이자|이라|이라고|라고|이라는|라는|이므로|이지만|이어서|입니다|입니까|"
    "이었습니다|였습니다|이었고|였고"
)

_ENTRY = re.compile(r"^(?P<head>\*\*.*)(?P<body>(?:\n(?::| {4}).*)*)", re.MULTILINE)
_HEAD = re.compile(r"\*\*(?P<name>[^*]+)\*\*(?:\([^)]+\))? \{ #[\w-]+ \}")
_ALIASES = re.compile(r"^: +동의어:(?P<names>.*)$", re.MULTILINE)
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)")
_MARKUP = re.compile(r"[\[\]*`$<{|\\]")


class GlossaryError(PageError):
    """An entry of the glossary cannot be read, or contradicts another."""


@dataclass(frozen=True)
class Term:
    """One entry: how it may be spelt, and the sentence that a reader sees on hover."""

    spellings: tuple[str, ...]  # the first is the name under which it stands
    hover: str
    line: int


@dataclass(frozen=True)
class Glossary:
    """All terms by their spellings without blanks, and what finds them in a text."""

    terms: Mapping[str, Term]
    pattern: re.Pattern[str]

    def term(self, spelling: str) -> Term | None:
        return self.terms.get(_key(spelling))

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Yield every mention: the longest term, by itself or before particles."""
        for match in self.pattern.finditer(text):
            yield match, self.terms[_key(match[0])]


@lru_cache(maxsize=1)
def read_glossary(text: str, path: str) -> Glossary:
    """Read a glossary; GlossaryError, with path and line, for the first wrong entry.

    A site asks once for each page; only a changed text is read anew.
    """
    glossary, errors = _read(text, path)
    if errors:
        raise errors[0]
    return glossary


def glossary_errors(text: str, path: str) -> tuple[GlossaryError, ...]:
    """Return an error, with path and line, for each entry that is wrong."""
    return _read(text, path)[1]


def _read(text: str, path: str) -> tuple[Glossary, tuple[GlossaryError, ...]]:
    terms: dict[str, Term] = {}
    errors: list[GlossaryError] = []
    for entry in _ENTRY.finditer(text):
        line = text.count("\n", 0, entry.start()) + 1
        try:
            _add(_term(entry, line), terms)
        except GlossaryError as error:
            what, hint = error.message, error.hint
            errors.append(GlossaryError(what, path=path, line=line, hint=hint))
    spellings = [name for term in terms.values() for name in term.spellings]
    return Glossary(terms, _pattern(spellings)), tuple(errors)


def _term(entry: re.Match[str], line: int) -> Term:
    head = _HEAD.fullmatch(entry["head"].rstrip())
    if head is None:
        hint = "`**과적합**(overfitting) { #overfitting }`처럼 적습니다."
        raise GlossaryError("용어를 적은 줄을 읽을 수 없습니다.", hint=hint)
    body, name = entry["body"], head["name"].strip()
    aliases = ",".join(line["names"] for line in _ALIASES.finditer(body)).split(",")
    others = (alias.strip() for alias in aliases)
    return Term((name, *filter(None, others)), _hover(name, body), line)


def _hover(name: str, body: str) -> str:
    """Return the first sentence of a definition, which must be plain and short."""
    definition = _ALIASES.sub("", body).replace("\n:", "\n")
    sentence = _SENTENCE.match(" ".join(definition.split()))
    if sentence is None:
        hint = "다음 줄에 `:   `로 시작하는 문장을 적습니다."
        raise GlossaryError(f"`{name}`의 풀이가 없습니다.", hint=hint)
    if len(sentence[0]) > _LONGEST:
        message = f"`{name}`의 첫 문장이 {len(sentence[0])}자여서 너무 깁니다."
        hint = f"풍선에는 {_LONGEST}자까지 보입니다. 나머지는 다음 문장에 적습니다."
        raise GlossaryError(message, hint=hint)
    if mark := _MARKUP.search(sentence[0]):
        message = f"`{name}`의 첫 문장에 꾸미는 기호가 있습니다: {mark[0]}"
        hint = "풍선은 글만 보여 줍니다. 링크와 수식은 다음 문장에 적습니다."
        raise GlossaryError(message, hint=hint)
    return sentence[0]


def _add(term: Term, terms: dict[str, Term]) -> None:
    for spelling in term.spellings:
        other = terms.setdefault(_key(spelling), term)
        if other is not term:
            lines = f"{other.line}행, {term.line}행"
            message = f"{with_particle(spelling, '이')} 두 번 나옵니다: {lines}"
            hint = "한 낱말은 한 자리에서만 풀이합니다."
            raise GlossaryError(message, hint=hint)


def _key(spelling: str) -> str:
    return "".join(spelling.split())


def _pattern(spellings: Collection[str]) -> re.Pattern[str]:
    """Compile one pattern for all terms; `학습 곡선` also finds `학습곡선`."""
    words = sorted(set(spellings), key=lambda word: len(_key(word)), reverse=True)
    any_term = "|".join(r"\s*".join(map(re.escape, word.split())) for word in words)
    return re.compile(
        rf"(?<!{_LETTER})(?:{any_term or '(?!)'})"
        rf"(?=(?:{_PARTICLE}){{0,3}}(?!{_LETTER}))"
    )

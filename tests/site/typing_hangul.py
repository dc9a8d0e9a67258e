"""What stands in a box while somebody types Hangul on a 2-beolsik keyboard."""

from collections.abc import Iterator

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_TWO_KEYS = {
    **{
        "ㅘ": "ㅗㅏ",
        "ㅙ": "ㅗㅐ",
        "ㅚ": "ㅗㅣ",
        "ㅝ": "ㅜㅓ",
        "ㅞ": "ㅜㅔ",
        "ㅟ": "ㅜㅣ",
    },
    **{
        "ㅢ": "ㅡㅣ",
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
    },
    **{
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
        "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ",
        "ㅀ": "ㄹㅎ",
        "ㅄ": "ㅂㅅ",
    },
}
_ONE_LETTER = {keys: letter for letter, keys in _TWO_KEYS.items()}


def states(text: str) -> Iterator[str]:
    """Yield what the box holds after each key, up to the whole text.

    >>> [*states("역전")]
    ['ㅇ', '여', '역', '역ㅈ', '역저', '역전']
    """
    keys = "".join(map(_keys, text))
    return (_composed(keys[:count]) for count in range(1, len(keys) + 1))


def _keys(letter: str) -> str:
    if not "가" <= letter <= "힣":
        return letter
    code = ord(letter) - ord("가")
    parts = _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]
    return "".join(_TWO_KEYS.get(part, part) for part in parts)


def _composed(keys: str) -> str:
    """Compose keys as an input method does: a vowel takes the consonant before it."""
    done: list[str] = []
    now = ("", "", "")  # the syllable under way: initial, vowel, final
    for key in keys:
        done, now = _typed(done, now, key)
    return "".join(done) + _written(*now)


def _typed(
    done: list[str], now: tuple[str, str, str], key: str
) -> tuple[list[str], tuple[str, str, str]]:
    initial, vowel, final = now
    if key in _VOWELS:
        if final:
            *stays, moves = _TWO_KEYS.get(final, final)
            before = _written(initial, vowel, "".join(stays))
            return [*done, before], (moves, key, "")
        joined = _ONE_LETTER.get(vowel + key, key)
        if initial and (not vowel or joined != key):
            return done, (initial, joined, "")
    elif key in _INITIALS and initial and vowel:
        joined = _ONE_LETTER.get(final + key, key)
        if joined in _FINALS and (not final or joined != key):
            return done, (initial, vowel, joined)
    before = [*done, _written(*now)]
    return (
        (before, (key, "", "")) if key in _INITIALS else ([*before, key], ("", "", ""))
    )


def _written(initial: str, vowel: str, final: str) -> str:
    if not (initial and vowel):
        return initial
    place = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28
    return chr(ord("가") + place + _FINALS.index(final))

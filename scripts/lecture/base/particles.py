"""Korean particles chosen by the last sound of what they follow, read aloud."""

import re

_VOWEL = ""  # no final consonant
_FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
_PLACES = " 십백천"
_GROUPS = " 만억조경해"

# The names of letters and signs whose last sound is a consonant; all others end in a
# vowel (%, 퍼센트; x, 엑스; η, 에타).
_NAMES = {"l": "엘", "m": "엠", "n": "엔", "R": "알", "ε": "엡실론", "υ": "입실론"}
_NAMES |= {"‰": "퍼밀", "₩": "원", "L": "엘", "M": "엠", "N": "엔"}

_POWER = re.compile(r"(?:\d[eE][+-]?\d+|\^\{?[+−-]?\d+\}?|[⁺⁻]?[⁰¹²³⁴-⁹]+)$")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?$")
_SILENT = re.compile(r"[\s*_`~\"'”’)\]}.,!?:;$]+$")
_ASIDE = re.compile(r"(?<=[^\s(])\([^()]*\)[*_]*$")

# (after a consonant, after a vowel, what may follow). The whole run of Hangul has to
# match, so that units and words stay as they are: 3개, 5과목, 10이상, 2로그.
_PAIRS = (
    ("은", "는", "커녕"),
    ("이", "가", ""),
    ("을", "를", ""),
    ("과", "와", "는|도|의|만"),
    ("으로", "로", "는|도|의|만|만은|서|서는|서의|서도|써|부터|부터는|부터의|까지"),
    ("이다", "다", ""),
    ("이며", "며", ""),
    ("이고", "고", "요"),
    ("이나", "나", "마"),
    ("이라", "라", "는|고|고는|고도|면|서|도|던|며|기보다"),
    ("이란", "란", ""),
    ("이랑", "랑", ""),
    ("이든", "든", "지"),
    ("이지만", "지만", ""),
    ("이므로", "므로", ""),
    ("이니까", "니까", ""),
    ("이면서", "면서", "도"),
    ("이거나", "거나", ""),
    ("이었", "였", "다|고|으며|습니다|지만|으므로|으나|던|을|는데"),
    ("이어서", "여서", ""),
    ("이어야", "여야", ""),
    ("이야말로", "야말로", ""),
)


def particle(number_text: str, particle: str) -> str:
    """Return the form of the particle that fits the last sound of the text.

    The text is a number as it is printed ("0.4045", "60,000", "12.5%", "1e-05") or a
    word; what is not a particle with two forms ("초", "입니다") comes back unchanged.
    """
    final = final_consonant(number_text)
    for closed, open_, more in _PAIRS:
        match = re.fullmatch(f"(?:{closed}|{open_})(?P<rest>(?:{more})?)", particle)
        if match:
            takes_open = final == _VOWEL or (closed == "으로" and final == "ㄹ")
            return (open_ if takes_open else closed) + match["rest"]
    return particle


def with_particle(word: str, follower: str) -> str:
    """Return the word in backticks with its particle, as error messages name things."""
    return f"`{word}`{particle(word, follower)}"


def final_consonant(text: str) -> str:
    """Return the final consonant of the last syllable read aloud, "" after a vowel."""
    syllable = _last_syllable(_heard(text))
    offset = ord(syllable) - ord("가") if syllable else -1
    return _FINALS[offset % 28] if 0 <= offset < 11172 else _VOWEL


def _heard(text: str) -> str:
    """Drop what is not read: markup, closing marks, and a bracket after a word."""
    return _SILENT.sub("", _ASIDE.sub("", text.strip()))


def _last_syllable(text: str) -> str:
    if _POWER.search(text):
        return "승"  # 10⁻⁴: 십의 마이너스 사 승
    if number := _NUMBER.search(text):
        return _last_of_number(number)
    if re.search(r"[a-z]ng$", text):
        return "잉"
    return _NAMES.get(text[-1:], text[-1:])[-1:]


def _last_of_number(number: re.Match[str]) -> str:
    """Read decimals digit by digit, and integers by place."""
    digits = number[0].replace(",", "")
    if number["decimals"] or not digits.strip("0"):
        return _DIGITS[digits[-1]]
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros >= 4:
        return _GROUPS[min(zeros // 4, len(_GROUPS) - 1)]
    return _PLACES[zeros] if zeros else _DIGITS[digits[-1]]

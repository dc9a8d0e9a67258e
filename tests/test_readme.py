"""The README in Korean and the one in English name the same commands."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
KOREAN, ENGLISH = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")
)
_OURS = re.compile(r"(?:make \w|python scripts/build\.py)")


def commands(text: str) -> set[str]:
    """Return the commands in code, whether it stands in a line or in a block."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    lines = [line.partition("#")[0].strip() for b in blocks for line in b.splitlines()]
    found = [*lines, *re.findall(r"`([^`\n]+)`", text)]
    return {one for one in found if _OURS.match(one)}


def test_both_name_the_same_commands() -> None:
    assert commands(KOREAN) == commands(ENGLISH)
    assert {"make site", "make serve", "make test"} < commands(KOREAN)
    assert "python scripts/build.py smoke" in commands(KOREAN)


def test_each_leads_to_the_other_in_its_first_lines() -> None:
    assert "(README.en.md)" in "".join(KOREAN.splitlines()[:5])
    assert "(README.md)" in "".join(ENGLISH.splitlines()[:5])

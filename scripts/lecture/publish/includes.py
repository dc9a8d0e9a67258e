"""Includes of a page, checked before pymdownx.snippets expands them.

Its own error names neither the page nor the line, nor what the author may have meant.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.base.project import Project

_INCLUDE = re.compile(
    r'^[ \t]*--8<--[ \t]+"(?P<file>[^":;][^":]*)(?::(?P<section>[A-Za-z][\w-]*))?"',
    re.MULTILINE,
)
_SECTION = re.compile(r"--8<--[ \t]+\[start:(?P<name>[\w-]+)\]")


def include_errors(text: str, project: Project) -> Iterator[PageError]:
    """Yield a PageError, with its line, for every include that leads nowhere."""
    for match in _INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        places = (project.docs / match["file"], project.root / match["file"])
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            yield _missing_file(match["file"], line, project)
        elif match["section"] and match["section"] not in _sections(found):
            yield _missing_section(match, line, found)


def _sections(path: Path) -> list[str]:
    return _SECTION.findall(path.read_text(encoding="utf-8"))


def _missing_file(file: str, line: int, project: Project) -> PageError:
    base = project.docs if file.startswith("generated/") else project.root
    folder = (base / file).parent
    hint = suggest(
        Path(file).name, [path.name for path in folder.glob(f"*{file[-3:]}")]
    )
    if base == project.docs:
        hint += " 아직 그리지 않았으면: python scripts/build.py"
    return PageError(f"{with_particle(file, '이')} 없습니다.", line=line, hint=hint)


def _missing_section(match: re.Match[str], line: int, path: Path) -> PageError:
    section = match["section"]
    message = f"`{match['file']}`에 `[start:{section}]` 구역이 없습니다."
    return PageError(message, line=line, hint=suggest(section, _sections(path)))

"""Includes of a page, checked before pymdownx.snippets expands them.

Its own errors name neither the page nor the line, nor what the author may have meant,
and it would read any file below the project's root.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lecture.base.errors import PageError, suggest
from lecture.base.particles import with_particle
from lecture.base.project import Project
from lecture.publish.symlinks import stays_inside

_MARK = re.compile(r"^[ \t>]*(?:[-*+]|\d+\.)?[ \t>]*-+8<-+")
_BLOCK = re.compile(r"^[ \t]*-+8<-+$")
_INLINE = re.compile(
    r"^[ \t]*-+8<-+[ \t]+(?P<quote>[\"'])(?P<target>(?:(?!(?P=quote)).)+)(?P=quote)$"
)
# Whatever pymdownx.snippets would take for its own, and give back less one `;`.
_OURS = re.compile(
    r"^(?P<blank>[ \t]*)(?=;*-+8<-+(?:[ \t]+(?:\"[^\n]+\"|'[^\n]+'))?$)"
    r"|(?<![;-])(?=;*-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:)",
    re.M | re.I,
)
_SECTION = re.compile(
    r"-+8<-+[ \t]+\[[ \t]*start[ \t]*:[ \t]*(?P<name>[\w-]+)[ \t]*\]", re.I
)
_BORDER = re.compile(r"-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:", re.I)
_FROM = "끼워 넣을 수 있는 것은 docs/와 snippets/ 안의 숨지 않은 파일입니다."


@dataclass(frozen=True)
class Include:
    """One file, or a section of it, that a page asks for."""

    file: str
    section: str  # "" for the whole file, or for some lines of it
    line: int  # from 1


def includes(text: str) -> tuple[Include, ...]:
    """Return what pymdownx.snippets would include, in code blocks too."""
    return tuple(item for item in _items(text) if isinstance(item, Include))


def include_errors(
    text: str, project: Project, drawn: Collection[str] | None = None
) -> Iterator[PageError]:
    """Yield an error, with its line, for every include that leads nowhere, or out.

    drawn: the fragments that a build will write ("generated/X/name.md"); without it
    they are looked for on the disk. An error in an included file names that file.
    """
    yield from _errors(text, project, drawn, ())


def literal(text: str) -> str:
    """Return a text that pymdownx.snippets leaves as it was: it includes nothing."""
    return _OURS.sub(lambda match: f"{match['blank'] or ''};", text)


def _items(text: str) -> Iterator[Include | PageError]:
    in_block = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not in_block and "8<-" not in line:
            continue
        if _BLOCK.match(line):
            in_block = not in_block
        elif in_block:
            yield from _included(line.strip(), number)
        elif found := _INLINE.match(line):
            yield from _included(found["target"].strip(), number)
        elif _MARK.match(line) and not _BORDER.search(line):
            message = f"`{line.strip()}`: 끼워 넣기로 읽을 수 없습니다."
            hint = '`--8<-- "generated/쪽/이름.md"`처럼 한 줄에 그것만 적습니다.'
            yield PageError(message, line=number, hint=hint)


def _included(target: str, line: int) -> Iterator[Include]:
    if target and not target.startswith(";"):  # a comment of pymdownx.snippets
        is_address = "://" in target
        file, _, part = (target, "", "") if is_address else target.partition(":")
        section = part if re.fullmatch(r"[A-Za-z][\w-]*", part) else ""
        yield Include(file.strip(), section, line)


def _errors(
    text: str,
    project: Project,
    drawn: Collection[str] | None,
    within: tuple[Path, ...],
) -> Iterator[PageError]:
    for item in _items(text):
        if isinstance(item, PageError):
            if not (within and within[-1].is_relative_to(project.generated)):
                yield item  # in a fragment it is what a caption says
        elif drawn is not None and item.file.startswith("generated/"):
            if item.file not in drawn:
                yield _not_drawn(item, drawn)
        else:
            yield from _errors_of(item, project, drawn, within)


def _errors_of(
    item: Include,
    project: Project,
    drawn: Collection[str] | None,
    within: tuple[Path, ...],
) -> Iterator[PageError]:
    if _is_outside(item.file):
        yield _refused(item)
        return
    places = (project.docs / item.file, project.root / item.file)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        yield _missing_file(item, project)
    elif not _may_be_read(found, project):
        yield _refused(item)
    elif found not in within:
        text = found.read_bytes().decode("utf-8", errors="replace")
        sections = [section["name"] for section in _SECTION.finditer(text)]
        if item.section and item.section not in sections:
            yield _missing_section(item, sections)
        for error in _errors(text, project, drawn, (*within, found)):
            place = error.path or project.relative(found)
            yield PageError(error.message, path=place, line=error.line, hint=error.hint)


def _is_outside(file: str) -> bool:
    """Tell whether a path as it is written leads out, or to a hidden file."""
    parts = PurePosixPath(file).parts
    return "://" in file or any(part[0] in "/." for part in parts if part)


def _may_be_read(path: Path, project: Project) -> bool:
    at_home = any(
        path.is_relative_to(room) for room in (project.docs, project.snippets)
    )
    return at_home and stays_inside(path, project.root)


def _refused(item: Include) -> PageError:
    message = f"{with_particle(item.file, '은')} 끼워 넣을 수 없습니다."
    return PageError(message, line=item.line, hint=_FROM)


def _not_drawn(item: Include, drawn: Collection[str]) -> PageError:
    message = f"{with_particle(item.file, '이')} 없습니다."
    folder = str(PurePosixPath(item.file).parent)
    near = [name for name in drawn if str(PurePosixPath(name).parent) == folder]
    names = [PurePosixPath(name).name for name in near]
    wrong = PurePosixPath(item.file).name
    modules = {str(PurePosixPath(name).parent) for name in drawn}
    hint = suggest(wrong, names) if names else suggest(folder, modules)
    return PageError(message, line=item.line, hint=hint)


def _missing_file(item: Include, project: Project) -> PageError:
    is_drawn = item.file.startswith("generated/")
    path = (project.docs if is_drawn else project.root) / item.file
    names = [other.name for other in path.parent.glob(f"*{item.file[-3:]}")]
    hint = suggest(path.name, names)
    if is_drawn:
        hint += " 아직 그리지 않았으면: python scripts/build.py"
    message = f"{with_particle(item.file, '이')} 없습니다."
    return PageError(message, line=item.line, hint=hint)


def _missing_section(item: Include, sections: list[str]) -> PageError:
    message = f"`{item.file}`에 `[start:{item.section}]` 구역이 없습니다."
    return PageError(message, line=item.line, hint=suggest(item.section, sections))

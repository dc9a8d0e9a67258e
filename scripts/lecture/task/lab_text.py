"""Text that a lab has put out: as a terminal leaves it, and the same in every run."""

import re
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_LINES, FIRST_LINES, LAST_LINES = 60, 40, 20
MOST_SIGNS, FIRST_SIGNS, LAST_SIGNS = 2000, 1000, 500  # of one line

_ESCAPES = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles of windows, links
    r"|\x1b\[[0-?]*[ -/]*[@-JL-~]"  # colours and moves; K erases, so it stays
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"
    r"|[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"
)
_MOVES = re.compile(r"(\r|\x08|\x1b\[\d?K)|([^\r\x08\x1b]+)")
_OBJECT = re.compile(r" at 0x[0-9a-fA-F]{6,}(?=>|&gt;)")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}\b")
_TIMES = re.compile(  # of progress bars: Keras's, and tqdm's
    r"(?<=\s)\d+s(?: -)? \d+(?:us|ms|s)/(?:step|epoch)\b"
    r"|(?<=\[)\d\d:\d\d<\d\d:\d\d, +[\d.]+(?:it/s|s/it)(?=[\],])"
)
_ANY_HOME = r"/(?:home|Users)/[^/\s'\"<>]+|[A-Z]:\\{1,2}Users\\{1,2}[^\\\s'\"<>]+"


def on_screen(text: str) -> str:
    """Return a text as a terminal leaves it: no escapes, no overwritten signs."""
    lines = _ESCAPES.sub("", text.replace("\r\n", "\n")).split("\n")
    return "\n".join(_resolved(line).rstrip() for line in lines).strip("\n")


def shortened(text: str) -> str:
    """Return a text without the middle of many lines, or of a very long one."""
    lines = [_short_line(line) for line in text.split("\n")]
    if len(lines) <= MOST_LINES:
        return "\n".join(lines)
    left_out = f"… ({len(lines) - FIRST_LINES - LAST_LINES:,}줄 줄임) …"
    return "\n".join([*lines[:FIRST_LINES], left_out, *lines[-LAST_LINES:]])


@dataclass(frozen=True)
class Settler:
    """Takes out of a text what another run, or another author, would see otherwise."""

    folders: re.Pattern[str]

    @classmethod
    def of(cls, *own: Path) -> "Settler":
        """Know the given folders, those of Python's packages, homes, temporary ones."""
        packages = sysconfig.get_paths()
        known = [packages[name] for name in ("purelib", "platlib", "stdlib")]
        known += [*map(str, own), str(Path.home()), tempfile.gettempdir()]
        spellings = sorted(set(_spellings(known)), key=len, reverse=True)
        names = "|".join(re.escape(s) for s in spellings)
        return cls(
            re.compile(
                rf"(?:(?<=file://)|(?<![\w.\-/\\]))(?:{names}|{_ANY_HOME})(?![\w\-])"
            )
        )

    def __call__(self, text: str) -> str:
        """Return a text with "…" for such folders and times, without addresses."""
        text = _ADDRESS.sub("at 0x…", _OBJECT.sub("", text))
        return self.folders.sub("…", _TIMES.sub("…", text))


def _spellings(folders: Iterable[str]) -> Iterable[str]:
    for folder in folders:
        for path in (Path(folder), Path(folder).resolve()):
            if len(path.parts) > 1:
                yield from {str(path), path.as_posix(), repr(str(path))[1:-1]}


def _resolved(line: str) -> str:
    """Return what is left of a line after moves back and erasures."""
    shown, at = "", 0
    for move, text in _MOVES.findall(line):
        if move == "\r":
            at = 0
        elif move == "\x08":
            at = max(0, at - 1)
        elif move:
            shown = _erased(shown, at, move[2:-1])
        else:
            shown = shown[:at].ljust(at) + text + shown[at + len(text) :]
            at += len(text)
    return shown


def _erased(shown: str, at: int, which: str) -> str:
    """Erase to the end of a line, from its start ("1"), or all of it ("2")."""
    if which == "1":
        return " " * at + shown[at:]
    return "" if which == "2" else shown[:at]


def _short_line(line: str) -> str:
    if len(line) <= MOST_SIGNS:
        return line
    left_out = f" … ({len(line) - FIRST_SIGNS - LAST_SIGNS:,}자 줄임) … "
    return line[:FIRST_SIGNS] + left_out + line[-LAST_SIGNS:]

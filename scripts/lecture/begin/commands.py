"""IPython's commands in code cells: those that say nothing go, others become comments.

Which line is a command, Python tells: it is where the cell stops being Python.
"""

import ast
import re
from collections.abc import Iterator

from lecture.begin.notebook import NotebookCell, Remark

_COMMAND = re.compile(
    r"(?P<indent>\s*)(?:\w+\s*=\s*)?(?P<sign>%%?|!!?)(?P<said>.*)|.*\w\?{1,2}\s*|\s*\?.*"
)
_SILENT = re.compile(
    r"(?:matplotlib|config|autoreload|load_ext autoreload|tensorflow_version)\b"
)
_WHOLE = re.compile(r"%%(?!time\b|timeit\b|capture\b|prun\b)\w+")  # no cell of Python
_TIMED = re.compile(r"(?P<indent>\s*)%%?(?:time|timeit|capture|prun)\b(?P<code>.*)")
_HINTS = {
    r"(?:sudo )?(?:pip|conda|mamba|apt|apt-get)\b": (
        "패키지는 requirements.txt에 적고 `make lock`과 `make site`로 설치하세요."
    ),
    r"(?:wget|curl|gdown|git|unzip|tar|kaggle)\b": (
        "빌드는 내려받지 않습니다. "
        "파일을 미리 받아 노트북 곁에 두고, 코드에서는 이름만으로 여세요."
    ),
    r"": (
        "실습은 파이썬 파일이기도 해서 이 명령을 모릅니다. "
        "지우거나 파이썬으로 적으세요."
    ),
}
_GONE = "#\N{ZERO WIDTH SPACE}"  # where a command was: lines keep their numbers


def without_commands(cell: NotebookCell) -> tuple[str, tuple[Remark, ...]]:
    """Return a cell's source as Python, and what is told of its commands."""
    lines, remarks = cell.source.split("\n"), list[Remark]()
    if _WHOLE.match(cell.source):
        remark = _remark(cell, 1, lines[0])
        return "\n".join(f"# {line}".rstrip() for line in lines), (remark,)
    while (number := _stop(lines)) and _COMMAND.fullmatch(lines[number - 1]):
        remarks += _replace(lines, number, cell)
    if number:
        what = f"파이썬 문법에 어긋납니다: `{lines[number - 1].strip()}`"
        hint = "노트북에서 고친 뒤 다시 만들거나, 만든 파일에서 고치세요."
        remarks.append(Remark(cell.number, number, what, hint))
    return "\n".join(lines), tuple(remarks)


def without_gaps(source: str) -> str:
    """Return a cell's source without the lines that a silent command has left."""
    return "\n".join(line for line in source.split("\n") if line != _GONE).strip("\n")


def _stop(lines: list[str]) -> int:
    """Return the line, from 1, at which Python stops reading; 0 where it does not."""
    try:
        ast.parse("\n".join(lines))
    except (SyntaxError, ValueError) as error:
        return min(getattr(error, "lineno", 1) or 1, len(lines))
    return 0


def _replace(lines: list[str], number: int, cell: NotebookCell) -> Iterator[Remark]:
    """Replace a command, all its lines, by what Python understands."""
    line, place = lines[number - 1], number - 1
    timed = _TIMED.fullmatch(line)
    if timed:
        code = timed["code"].strip()
        keeps = code and "%%" not in line and not code.startswith("-")
        lines[place] = timed["indent"] + code if keeps else _GONE
        return
    last = place
    while lines[last].endswith("\\") and last + 1 < len(lines):
        last += 1
    silent = (found := _COMMAND.fullmatch(line)) and found["sign"] == "%"
    if silent and found and _SILENT.match(found["said"]) and not found["indent"]:
        lines[place : last + 1] = [_GONE] * (last + 1 - place)
        return
    for one in range(place, last + 1):
        lines[one] = _comment(lines[one], is_first=one == place)
    yield _remark(cell, number, line)


def _comment(line: str, *, is_first: bool) -> str:
    """Return a line as a comment; in a block, as a statement that does nothing."""
    indent = line[: len(line) - len(line.lstrip())] if is_first else ""
    return f"{indent}{'pass  ' if indent else ''}# {line.strip()}"


def _remark(cell: NotebookCell, number: int, line: str) -> Remark:
    said = line.partition("=")[2] if re.match(r"\s*\w+\s*=\s*[!%]", line) else line
    words = said.strip().lstrip("!%").strip()
    hint = next(hint for known, hint in _HINTS.items() if re.match(known, words))
    return Remark(cell.number, number, f"`{line.strip()}`", hint)

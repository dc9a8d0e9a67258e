"""Files beside a notebook that its code names: data to be brought along."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from lecture.begin.notebook import Remark
from lecture.begin.syntax import parsed

_WRITERS = re.compile(r"save|checkpoint|^to_|dump|logger|write", re.I)
_READERS = re.compile(r"^read_|get_file|urlopen|urlretrieve|loadtxt|genfromtxt", re.I)
_CODE = (".py", ".ipynb")
_NEAR = '파일을 노트북 곁에 두고 이름만으로 여세요. 예: open("data.csv")'
_FAR = "네트워크에서 받은 것이 바뀌어도 결과가 낡은 줄 모릅니다. " + _NEAR
_FOLDER = "그 안의 파일을 snippets/의 같은 폴더로 옮기세요."

Code = Sequence[tuple[int, str]]  # the number of a cell, and its source


def files_beside(code: Code, folder: Path) -> dict[str, bytes]:
    """Return the files that code reads by name, by their paths from the notebook."""
    calls = [call for _, source in code for call in _calls(parsed(source))]
    written = {text for call in calls if _writes(call) for text in _texts(call)}
    named = {text for _, source in code for text in _texts(parsed(source))}
    return {
        name: (folder / name).read_bytes()
        for name in sorted(named - written)
        if _is_beside(name) and (folder / name).is_file()
    }


def file_remarks(code: Code, folder: Path) -> Iterator[Remark]:
    """Yield what code names and a run of the lab would not find."""
    for cell, source in code:
        for call in _calls(parsed(source)):
            for text in _texts(call) if _READERS.search(_name(call)) else ():
                if re.match(r"https?://", text):
                    yield Remark(cell, call.lineno, f"내려받습니다: {text}", _FAR)
                elif not _is_beside(text) and "/" in text:
                    what = f"노트북의 폴더 밖에 있는 파일입니다: {text}"
                    yield Remark(cell, call.lineno, what, _NEAR)
        for text in sorted({*_texts(parsed(source))}):
            if "/" in text and _is_beside(text) and (folder / text).is_dir():
                yield Remark(cell, 1, f"폴더는 옮기지 않았습니다: {text}", _FOLDER)


def _is_beside(name: str) -> bool:
    """Tell whether a text may name a data file in a notebook's folder, or below it."""
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts and ":" not in name
    hidden = any(part.startswith(".") for part in path.parts)
    is_name = 0 < len(name) < 200 and "\n" not in name and "\0" not in name
    return is_name and inside and not hidden and path.suffix not in _CODE


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _writes(call: ast.Call) -> bool:
    """Tell whether a call makes the files that it names."""
    if _name(call) == "open":
        modes = [*_texts(ast.Module([ast.Expr(a) for a in call.args[1:]], []))]
        return any(mode[:1] in "wax" for mode in modes)
    return bool(_WRITERS.search(_name(call)))

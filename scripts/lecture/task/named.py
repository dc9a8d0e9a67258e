"""The data files that code names, in texts: whole, or with holes for what is filled in.

Only the statements that a task reaches are looked at, so that two experiments of one
module stay apart.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_HOLE = re.compile(r"\{[^{}]*\}|%\d*[ds]")  # for `format` and `%`
_UP = re.compile(r"^(?:\.{0,2}/|\*\*/)+")


@dataclass(frozen=True)
class Names:
    """The texts of some code, as far as they can name files."""

    texts: str
    patterns: frozenset[str]  # with "*", as glob takes them: "data/part*.txt"

    def mean(self, file: Path) -> bool:
        """Tell whether a file may be one that the code reads."""
        name = re.escape(file.name)
        return bool(re.search(rf"(?<![\w.\-]){name}(?![\w\-])", self.texts)) or any(
            file.match(pattern) for pattern in self.patterns
        )


NAMELESS = Names("", frozenset())


def named(places: Iterable[tuple[Path, int]]) -> Names:
    """Return the names in statements, each given by its file and first line."""
    lines = defaultdict[Path, set[int]](set)
    for path, line in places:
        lines[path].add(line)
    texts = {text for path in lines for text in _texts(path, lines[path])}
    holes = (_UP.sub("", _HOLE.sub("*", text)) for text in texts)
    # A lone "*" is a marker of points; a pattern has a word beside its holes.
    patterns = (t for t in holes if re.search(r"[*?\[]", t) and re.search(r"\w", t))
    return Names("\n".join(sorted(texts)), frozenset(patterns))


def _texts(path: Path, lines: set[int]) -> Iterator[str]:
    for statement in _parsed(path.read_text(encoding="utf-8-sig")).body:
        if statement.lineno in lines:
            for node in ast.walk(statement):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
                elif isinstance(node, ast.JoinedStr | ast.BinOp):
                    yield _with_holes(node)
                elif isinstance(node, ast.Call) and _names_suffix(node):
                    yield f"*{_with_holes(node.args[0])}"


@lru_cache(maxsize=64)  # the artefacts of a module share most of what they reach
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def _names_suffix(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return name == "with_suffix" and len(call.args) == 1


def _with_holes(node: ast.expr) -> str:
    """Return a text put together from others, "*" for what is not written out."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_with_holes, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _with_holes(node.left) + _with_holes(node.right)
    return "*"

"""What a notebook does for the place where it was written: such statements go.

Colab's own package is nowhere else. Fonts for Hangul are set for Colab or for a
teacher's machine, and would take the site's own from its figures.
"""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lecture.begin.notebook import NotebookCell, Remark
from lecture.begin.syntax import parsed
from lecture.collect.imports import Import

_COLAB = (
    "Colab에만 있습니다. 데이터는 노트북 곁에 두고 이름만으로 여세요. "
    '예: pd.read_csv("data.csv")'
)
_FONT = "사이트의 그림에는 한글 글꼴이 이미 있습니다. 이 줄은 없어도 됩니다."
_HINTS = {"google.colab": _COLAB, "matplotlib.font_manager": _FONT}
_SETS_FONT = re.compile(
    r"(?:\w+\.)*rc\('font'|(?:\w+\.)*rcParams(?:\[|\.update\(.*)'font\.(?:family|sans)"
)
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.FunctionDef)


@dataclass(frozen=True)
class Foreign:
    """The names of a notebook that only mean something elsewhere, each with a hint."""

    hints: dict[str, str]

    @classmethod
    def of(cls, sources: Collection[str]) -> "Foreign":
        """Return what a notebook imports of such, cell by cell."""
        trees = [parsed(source) for source in sources]
        nodes = (node for tree in trees for node in ast.walk(tree))
        imports = (node for node in nodes if isinstance(node, Import))
        return cls(dict(pair for one in imports for pair in _bound(one)))

    def removed(
        self, source: str, cell: NotebookCell
    ) -> tuple[str, tuple[Remark, ...]]:
        """Return a cell with such statements as comments, and what is told of them."""
        lines, remarks = source.split("\n"), list[Remark]()
        for stmt in _statements(parsed(source).body):
            if hint := self._hint(stmt):
                first = stmt.lineno - 1
                what = f"`{lines[first].strip()}`"
                remarks.append(Remark(cell.number, stmt.lineno, what, hint))
                _comment_out(lines, stmt)
        return "\n".join(lines), tuple(remarks)

    def _hint(self, stmt: ast.stmt) -> str:
        if isinstance(stmt, Import):
            modules = [module for module, _ in _modules(stmt)]
            return _COLAB if all(m.startswith("google.colab") for m in modules) else ""
        if _SETS_FONT.match(ast.unparse(stmt)):
            return _FONT
        names = (node.id for node in ast.walk(stmt) if isinstance(node, ast.Name))
        return next((self.hints[name] for name in names if name in self.hints), "")


def _bound(node: Import) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds for such modules, each with its hint."""
    for module, name in _modules(node):
        for root, hint in _HINTS.items():
            if module.startswith(root) and name != "matplotlib":
                yield name, hint


def _modules(node: Import) -> Iterator[tuple[str, str]]:
    """Yield the full name of each module that an import names, and what it binds."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{alias.name}", alias.asname or alias.name
        else:
            yield alias.name, alias.asname or alias.name.split(".")[0]


def _statements(body: Collection[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield simple statements; of a `try`, none: it says itself what to do without."""
    for stmt in body:
        if isinstance(stmt, _COMPOUND):
            yield from _statements([*stmt.body, *getattr(stmt, "orelse", ())])
        elif not isinstance(stmt, ast.Try):
            yield stmt


def _comment_out(lines: list[str], stmt: ast.stmt) -> None:
    """Turn a statement into comments; in a block, it becomes one that does nothing."""
    first, last = stmt.lineno - 1, (stmt.end_lineno or stmt.lineno) - 1
    before = lines[first].encode()[: stmt.col_offset].decode()
    for number in range(first, last + 1):
        nothing = f"{before}pass  " if before and number == first else ""
        lines[number] = f"{nothing}# {lines[number].strip()}"

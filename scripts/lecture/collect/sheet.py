"""A module as planning needs it: read once, without importing it.

A sheet holds no syntax tree, so that it can be remembered by the digest of the text.
"""

import ast
import inspect
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.collect.artefact import Case
from lecture.collect.cases import read_cases
from lecture.collect.cells import check_python, code_cells, is_lab, parse
from lecture.collect.declared import Declared, declared
from lecture.collect.hazards import Hazard
from lecture.collect.imports import Import, full_names
from lecture.collect.limits import read_limits
from lecture.collect.randomness import unseeded
from lecture.collect.small import read_smoke
from lecture.collect.source import Source
from lecture.collect.statement import Statement, read_statement
from lecture.collect.syntax import digest, first_line


@dataclass(frozen=True)
class Sheet:
    """What one module says."""

    name: str
    path: Path
    doc: str
    statements: tuple[Statement, ...]
    declared: tuple[Declared, ...]
    cases: Mapping[str, tuple[int, tuple[Case, ...]]]  # name → line, rows
    smoke: Mapping[str, tuple[int, Case]]  # name → line, knobs of a small run
    limits: Mapping[str, float]  # "time_limit" → seconds, "memory_limit" → MB
    imported: frozenset[str]  # the libraries and modules that it names anywhere
    cells: tuple[str, ...] | None = None  # of a lab: the digest of each code cell

    @cached_property
    def definitions(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements that bind each name, in order."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for name in statement.binds:
                found.setdefault(name, []).append(statement)
        return {name: tuple(statements) for name, statements in found.items()}


_UNSEEDED = "시드 없이 난수를 뽑습니다: {}. 실행할 때마다 결과가 달라집니다."


def read_sheet(source: Source) -> Sheet:
    """Return what a module says; raises CollectError where it breaks a rule."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # who runs the code hears of them
        return _read(source, _parsed(source))


def _read(source: Source, tree: ast.Module) -> Sheet:
    body = [stmt for stmt in tree.body if not _is_main_block(stmt)]
    lines = source.text.split("\n")
    lab = is_lab(source.text)
    names = full_names(ast.walk(tree))
    found = [
        Hazard(n, _UNSEEDED.format(what), hint) for n, what, hint in unseeded(tree)
    ]
    return Sheet(
        name=source.name,
        path=source.path,
        doc=inspect.cleandoc(ast.get_docstring(tree) or ""),
        statements=tuple(
            _statement(source, stmt, _text(lines, stmt), names, found) for stmt in body
        ),
        declared=() if lab else tuple(declared(source, body)),
        cases={} if lab else dict(read_cases(source, body)),
        smoke={} if lab else dict(read_smoke(source, body)),
        limits=read_limits(source, body),
        imported=frozenset(_roots(tree)),
        cells=_cell_digests(source) if lab else None,
    )


def _statement(
    source: Source,
    stmt: ast.stmt,
    text: str,
    names: Mapping[str, str],
    found: Sequence[Hazard],
) -> Statement:
    try:
        return read_statement(stmt, text, source.package, names, found)
    except RecursionError:
        raise _too_deep(source, stmt.lineno) from None


def _too_deep(source: Source, line: int) -> CollectError:
    return CollectError(
        "식이나 조건이 너무 깊이 들어 있어 읽지 못했습니다.",
        path=source.path,
        line=line,
        hint="이름을 붙여 여러 줄로 나누세요.",
    )


def _parsed(source: Source) -> ast.Module:
    """Return the syntax tree of what Python would run, had it to."""
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if is_lab(source.text) else 0
    try:
        tree = ast.parse(source.text, filename=str(source.path))
        compile(tree, str(source.path), "exec", flags, dont_inherit=True)
        return tree
    except SyntaxError as error:
        if is_lab(source.text):
            check_python(source.text, source.path)
        raise CollectError(
            f"파이썬 문법에 어긋납니다: {error.msg}",
            path=source.path,
            line=error.lineno,
        ) from None
    except (RecursionError, MemoryError):
        raise _too_deep(source, 1) from None


def _cell_digests(source: Source) -> tuple[str, ...]:
    cells = code_cells(parse(source.text, source.path))
    return tuple(digest(ast.parse(cell.source)) + cell.raises for cell in cells)


def _text(lines: list[str], stmt: ast.stmt) -> str:
    """Return the source of a top-level statement, decorators included."""
    return "\n".join(lines[first_line(stmt) - 1 : stmt.end_lineno])


def _roots(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


def _is_main_block(stmt: ast.stmt) -> bool:
    """Tell whether a statement is executed only in a program of its own."""
    return (
        isinstance(stmt, ast.If)
        and not stmt.orelse
        and ast.unparse(stmt.test)
        in ("__name__ == '__main__'", "'__main__' == __name__")
    )

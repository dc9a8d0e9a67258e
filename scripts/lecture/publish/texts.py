"""The modules of the snippets as texts: which statement defines a name, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lecture.collect.imports import Alias
from lecture.collect.sheets import SheetFolder
from lecture.collect.statement import Statement


@dataclass(frozen=True)
class Definition:
    """One top-level statement of a module, or one name of an import."""

    module: str
    text: str  # its source, decorators included
    binds: frozenset[str]
    reads: frozenset[str]
    first: int  # lines in the module, from 1; 0 of an import
    last: int
    is_definition: bool = False  # of a function or a class
    is_import: bool = False  # from outside the snippets
    name_there: str = ""  # what the name asked for is called in that module


class Texts:
    """Modules as they were collected, each put into words once."""

    def __init__(self, sheets: SheetFolder) -> None:
        self._sheets = sheets
        self._read: dict[str, tuple[Definition, ...]] = {}

    def covering(self, module: str, first: int, last: int) -> tuple[Definition, ...]:
        """Return the statements that have a part in lines of a module."""
        found = self._definitions(module)
        return tuple(d for d in found if d.first <= last and d.last >= first)

    def defining(self, module: str, name: str) -> Iterator[Definition]:
        """Yield what defines a name: statements, or an import, or another module's."""
        for one in self._definitions(module):
            if name in one.binds:
                yield replace(one, name_there=name)
        yield from self._imported(module, name)

    def _definitions(self, module: str) -> tuple[Definition, ...]:
        if module not in self._read:
            lines = self._sheets.text(module).split("\n")
            said = (s for s in self._sheets[module].statements if s.binds or s.acts)
            self._read[module] = tuple(
                _definition(module, lines, one) for one in said if not one.is_import
            )
        return self._read[module]

    def _imported(self, module: str, name: str) -> Iterator[Definition]:
        for statement in self._sheets[module].statements:
            for alias in (a for a in statement.aliases if a.name == name):
                if alias.module in self._sheets and alias.attribute:
                    yield from self.defining(alias.module, alias.attribute)
                else:
                    yield _import(module, alias)


def _definition(module: str, lines: list[str], said: Statement) -> Definition:
    first, last = said.lines
    source = (line for line in lines[first - 1 : last] if "--8<--" not in line)
    return Definition(
        module,
        "\n".join(source),
        said.binds,
        frozenset(said.reads),
        first,
        last,
        said.is_definition,
    )


def _import(module: str, alias: Alias) -> Definition:
    name, source, attribute = alias.name, alias.module, alias.attribute
    if attribute:
        renamed = "" if attribute == name else f" as {name}"
        text = f"from {source} import {attribute}{renamed}"
    else:
        renamed = "" if source.split(".")[0] == name else f" as {name}"
        text = f"import {source}{renamed}"
    bound, none = frozenset({name}), frozenset[str]()
    return Definition(module, text, bound, none, 0, 0, is_import=True, name_there=name)

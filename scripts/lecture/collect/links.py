"""How the names of modules lead to each other: where a name that is read is defined."""

from collections.abc import Iterator, Mapping

from lecture.collect.definitions import Definitions, Node
from lecture.collect.sheet import Sheet
from lecture.collect.statement import Alias, Statement

Target = Node | str  # text for what lies outside the snippets: "numpy.random"


class Links:
    """The definitions of a folder's modules, linked by the names that they read."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self.sheets = sheets
        self.definitions = Definitions(sheets)
        self._acting_imports: dict[str, bool] = {}

    def statements(self, node: Node) -> tuple[Statement, ...]:
        """Return the statements behind a node."""
        module, name = node
        if name == "*":
            return ()
        if name == "":
            return self.definitions.acting(module)
        return self.definitions.of(module, name)

    def edges(
        self, node: Node, statements: tuple[Statement, ...]
    ) -> Iterator[tuple[str, Target]]:
        """Yield what a node leads to, each under the word by which it does."""
        module, name = node
        if name == "*":
            for name in sorted(_exported(self.sheets[module])):
                yield from self._read(module, name, None)
        if name == "":
            yield from self._imported(module)
        elif self._acts(module):
            yield "", (module, "")
        for statement in statements:
            for used in statement.reads:
                yield from self._read(module, used, statement)
            for alias in statement.inner:
                yield from self._follow(alias, alias.name, statement)

    def _read(
        self, module: str, name: str, reader: Statement | None
    ) -> Iterator[tuple[str, Target]]:
        """Yield where a name leads that a statement of the module reads."""
        if name == "*":
            yield "*", (module, "*")
            return
        defining = self.definitions.of(module, name)
        if not defining:
            yield from self._starred(module, name)
            if "__getattr__" in self.sheets[module].definitions:
                yield name, (module, "__getattr__")
        elif all(statement.is_import for statement in defining):
            for alias in (a for s in defining for a in s.aliases if a.name == name):
                yield from self._follow(alias, name, reader)
        else:
            yield name, (module, name)
            for alias in (a for s in defining for a in s.aliases if a.name == name):
                yield from self._follow(alias, name, reader)

    def _follow(
        self, alias: Alias, label: str, reader: Statement | None
    ) -> Iterator[tuple[str, Target]]:
        """Yield where an import leads: into a sibling, or out of the snippets."""
        inside = f"{alias.module}.{alias.attribute}"
        if alias.attribute and inside in self.sheets:
            yield from self._module(inside, label, reader)
        elif alias.module in self.sheets:
            if alias.attribute == "":
                yield from self._module(alias.module, label, reader)
            elif alias.attribute == "*":
                yield label, (alias.module, "*")
            else:
                yield from self._renamed(alias.module, alias.attribute, label)
        elif any(name.startswith(f"{alias.module}.") for name in self.sheets):
            yield from self._package(alias.module, label, reader)
        else:
            yield label, f"{alias.module}.{alias.attribute}"

    def _renamed(
        self, module: str, name: str, label: str
    ) -> Iterator[tuple[str, Target]]:
        for _, target in self._read(module, name, None):
            yield label, target
        if self._acts(module):
            yield label, (module, "")

    def _module(
        self, module: str, label: str, reader: Statement | None
    ) -> Iterator[tuple[str, Target]]:
        """Yield what is used of a module: the attributes named, or else all of it."""
        attributes = reader.attributes.get(label) if reader else None
        if attributes is None:
            yield label, (module, "*")
            return
        for attribute in attributes:
            inside, dotted = f"{module}.{attribute}", f"{label}.{attribute}"
            if inside in self.sheets:
                yield dotted, (inside, "*")
            else:
                yield from self._renamed(module, attribute, dotted)

    def _package(
        self, package: str, label: str, reader: Statement | None
    ) -> Iterator[tuple[str, Target]]:
        """Yield what is used of a folder without a file of its own."""
        attributes = reader.attributes.get(label) if reader else None
        for name in sorted(self.sheets):
            first = name.removeprefix(f"{package}.").split(".")[0]
            if name.startswith(f"{package}.") and first in (attributes or (first,)):
                yield f"{label}.{first}", (name, "*")

    def _starred(self, module: str, name: str) -> Iterator[tuple[str, Target]]:
        """Yield where a name comes from that only `from … import *` can bring."""
        sheet = self.sheets[module]
        for alias in (a for s in sheet.statements for a in s.aliases if a.name == "*"):
            if alias.module in self.sheets:
                if name in self.sheets[alias.module].definitions or self._stars(alias):
                    yield from self._renamed(alias.module, name, name)
            else:
                yield "*", f"{alias.module}.*"

    def _stars(self, alias: Alias) -> bool:
        statements = self.sheets[alias.module].statements
        return any(a.name == "*" for s in statements for a in s.aliases)

    def _imported(self, module: str) -> Iterator[tuple[str, Target]]:
        """Yield the modules that do something when this one is imported."""
        for source in self._imports(module):
            if self._acts(source):
                yield "", (source, "")

    def _imports(self, module: str) -> Iterator[str]:
        """Yield the siblings that the import of a module imports, in order."""
        for statement in self.sheets[module].statements:
            for alias in statement.aliases:
                for name in (alias.module, f"{alias.module}.{alias.attribute}"):
                    parts = name.split(".")
                    for end in range(1, len(parts) + 1):
                        if (part := ".".join(parts[:end])) in self.sheets:
                            yield part

    def _acts(self, module: str) -> bool:
        """Tell whether the import of a module does more than bind names."""
        if module not in self._acting_imports:
            reached = [module]
            for one in reached:  # grows on the way
                reached += sorted({*self._imports(one)} - {*reached})
            acts = any(self.definitions.acting(one) for one in reached)
            self._acting_imports[module] = acts
        return self._acting_imports[module]


def _exported(sheet: Sheet) -> set[str]:
    """Return the names of a module; of a lab, whose cells are all read, its imports."""
    if sheet.cells is None:
        return {*sheet.definitions}
    found = sheet.definitions.items()
    imported = {name for name, defining in found if all(s.is_import for s in defining)}
    return imported & {name for s in sheet.statements for name in s.reads}

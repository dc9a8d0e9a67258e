"""How the names of modules lead to each other: where a name that is read is defined."""

from collections.abc import Iterator, Mapping

from lecture.collect.imports import Alias
from lecture.collect.influence import Attributes, Influence
from lecture.collect.sheet import Sheet
from lecture.collect.statement import Statement

Node = tuple[str, str]
"""A module, and a name that it defines; "" is what its import does, "*" all of it."""
Target = Node | str  # text for what lies outside the snippets: "numpy.random"


class Links:
    """The definitions of a folder's modules, linked by the names that they read."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self.sheets = sheets
        self._effects = Influence(sheets).of
        self._acting_imports: dict[str, bool] = {}

    def statements(self, node: Node) -> tuple[Statement, ...]:
        """Return the statements behind a node."""
        module, name = node
        if name == "*":
            return ()
        if name == "":
            return self._effects(module)[1]
        return self._effects(module)[0].get(name, ())

    def edges(
        self, node: Node, statements: tuple[Statement, ...]
    ) -> Iterator[tuple[str, Target]]:
        """Yield what a node leads to, each under the word by which it does."""
        module, name = node
        if name == "*":
            sheet = self.sheets[module]
            if sheet.cells is not None:
                yield from self._lab(sheet)
                return
            for name in sorted(sheet.definitions):
                yield from self._read(module, name, {})
        if name == "":
            yield from self._imported(module)
        elif self._acts(module):
            yield "", (module, "")
        for statement in statements:
            for read in statement.reads:
                yield from self._read(module, read, statement.attributes)
            for alias in statement.inner:
                yield from self._follow(alias, alias.name, statement.attributes)

    def _lab(self, sheet: Sheet) -> Iterator[tuple[str, Target]]:
        """Yield where the imports of a lab lead: its own cells are all read anyway."""
        read = {name for statement in sheet.statements for name in statement.reads}
        used = _attributes(sheet)
        for statement in sheet.statements:
            for alias in (*statement.aliases, *statement.inner):
                if alias.name in read or alias.name == "*" or alias in statement.inner:
                    yield from self._follow(alias, alias.name, used)
        yield from self._imported(sheet.name)

    def _read(
        self, module: str, name: str, used: Attributes
    ) -> Iterator[tuple[str, Target]]:
        """Yield where a name leads that a statement of the module reads."""
        if name == "*":
            yield "*", (module, "*")
            return
        defining = self._effects(module)[0].get(name, ())
        if not defining:
            yield from self._starred(module, name)
            if "__getattr__" in self.sheets[module].definitions:
                yield name, (module, "__getattr__")
        elif all(statement.is_import for statement in defining):
            for alias in (a for s in defining for a in s.aliases if a.name == name):
                yield from self._follow(alias, name, used)
        else:
            yield name, (module, name)
            for alias in (a for s in defining for a in s.aliases if a.name == name):
                yield from self._follow(alias, name, used)

    def _follow(
        self, alias: Alias, label: str, used: Attributes
    ) -> Iterator[tuple[str, Target]]:
        """Yield where an import leads: into a sibling, or out of the snippets."""
        inside = f"{alias.module}.{alias.attribute}"
        if alias.attribute and inside in self.sheets:
            yield from self._module(inside, label, used)
            if alias.attribute in self._names(alias.module):  # comes before its file
                yield from self._renamed(alias.module, alias.attribute, label)
        elif alias.module in self.sheets:
            if alias.attribute == "":
                yield from self._module(alias.module, label, used)
            elif alias.attribute == "*":
                yield label, (alias.module, "*")
            else:
                yield from self._renamed(alias.module, alias.attribute, label)
        elif any(name.startswith(f"{alias.module}.") for name in self.sheets):
            yield from self._package(alias.module, label, used)
        else:
            yield label, f"{alias.module}.{alias.attribute}"

    def _names(self, module: str) -> Mapping[str, tuple[Statement, ...]]:
        return self.sheets[module].definitions if module in self.sheets else {}

    def _renamed(
        self, module: str, name: str, label: str
    ) -> Iterator[tuple[str, Target]]:
        for _, target in self._read(module, name, {}):
            yield label, target
        if self._acts(module):
            yield label, (module, "")

    def _module(
        self, module: str, label: str, used: Attributes
    ) -> Iterator[tuple[str, Target]]:
        """Yield what is used of a module: the attributes named, or else all of it."""
        attributes = used.get(label)
        if attributes is None:
            yield label, (module, "*")
            return
        for attribute in attributes:
            inside, dotted = f"{module}.{attribute}", f"{label}.{attribute}"
            if inside in self.sheets:
                yield dotted, (inside, "*")
            elif attribute.startswith("__"):  # its __dict__, its __doc__
                yield dotted, (module, "*")
            else:
                yield from self._renamed(module, attribute, dotted)

    def _package(
        self, package: str, label: str, used: Attributes
    ) -> Iterator[tuple[str, Target]]:
        """Yield what is used of a folder without a file of its own."""
        attributes = used.get(label)
        for name in sorted(self.sheets):
            first = name.removeprefix(f"{package}.").split(".")[0]
            if name.startswith(f"{package}.") and first in (attributes or (first,)):
                yield f"{label}.{first}", (name, "*")

    def _starred(self, module: str, name: str) -> Iterator[tuple[str, Target]]:
        """Yield where a name comes from that only `from … import *` can bring."""
        sheet = self.sheets[module]
        for alias in (a for s in sheet.statements for a in s.aliases if a.name == "*"):
            if alias.module in self.sheets:
                if "__all__" in self._names(alias.module):
                    yield "*", (alias.module, "__all__")
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
            acts = any(self._effects(one)[1] for one in reached)
            self._acting_imports[module] = acts
        return self._acting_imports[module]


def _attributes(sheet: Sheet) -> Attributes:
    """Return the attributes of names that a whole module uses in no other way."""
    found: dict[str, set[str] | None] = {}
    for statement in sheet.statements:
        for name in statement.reads:
            before, more = found.get(name, set()), statement.attributes.get(name)
            found[name] = None if before is None or more is None else {*before, *more}
    return {name: tuple(sorted(used)) for name, used in found.items() if used}

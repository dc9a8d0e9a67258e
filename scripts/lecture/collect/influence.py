"""What the import of a module does: which statements change which names."""

from collections.abc import Iterable, Iterator, Mapping

from lecture.collect.effects import Effects, is_draw
from lecture.collect.imports import Alias
from lecture.collect.sheet import Sheet
from lecture.collect.statement import Statement

Attributes = Mapping[str, tuple[str, ...]]  # of names that are used in no other way
Defining = Mapping[str, tuple[Statement, ...]]


class Influence:
    """The effects of a folder's statements, found module by module when asked for."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self.sheets = sheets
        self._defining: dict[str, Defining] = {}
        self._acting: dict[str, tuple[Statement, ...]] = {}

    def of(self, module: str) -> tuple[Defining, tuple[Statement, ...]]:
        """Return the statements that define or change each name, and those that act."""
        if module not in self._defining:
            self._find_effects(module)
        return self._defining[module], self._acting[module]

    def _find_effects(self, module: str) -> None:
        sheet = self.sheets[module]
        defining = {n: list(found) for n, found in sheet.definitions.items()}
        acting = []
        for statement in sheet.statements:
            own, beyond = self._changes(module, statement)
            if statement.acts or beyond:
                acting.append(statement)
            for name in own - statement.binds:
                defining.setdefault(name, []).append(statement)
        order = {id(s): n for n, s in enumerate(sheet.statements)}
        self._defining[module] = {
            name: tuple(sorted(found, key=lambda s: order[id(s)]))
            for name, found in defining.items()
        }
        self._acting[module] = tuple(acting)

    def _changes(self, module: str, statement: Statement) -> tuple[set[str], bool]:
        """Return the own names that a statement may change, and if it goes beyond."""
        changed = self._owned(module, statement.now)
        for name in statement.reads_now:
            for place, definition in self._functions(
                module, name, statement.attributes, set()
            ):
                changed |= self._owned(place, definition.later)
        own = {name for place, name in changed if place == module and name}
        return own, any(place != module or not name for place, name in changed)

    def _functions(
        self, module: str, name: str, used: Attributes, seen: set[tuple[str, str]]
    ) -> Iterator[tuple[str, Statement]]:
        """Yield the functions that a call of a name may execute, wherever they are.

        used: the attributes by which the name is used, where it is a module.
        """
        if (module, name) in seen or module not in self.sheets:
            return
        seen.add((module, name))
        for statement in self.sheets[module].definitions.get(name, ()):
            for alias in (a for a in statement.aliases if a.name == name):
                for place, function in self._meant(alias, used.get(name)):
                    yield from self._functions(place, function, {}, seen)
            if not statement.is_import:
                yield module, statement
                for read in statement.reads:
                    yield from self._functions(module, read, statement.attributes, seen)

    def _meant(
        self, alias: Alias, used: tuple[str, ...] | None
    ) -> Iterator[tuple[str, str]]:
        """Yield the definitions that an import may mean: of a module, those used."""
        inside = f"{alias.module}.{alias.attribute}".rstrip(".")
        if inside not in self.sheets:
            yield alias.module, alias.attribute
            for part in used or ():  # of a folder without a file of its own
                deeper = self.sheets.get(f"{inside}.{part}")
                for name in deeper.definitions if deeper else ():
                    yield f"{inside}.{part}", name
            return
        for name in self.sheets[inside].definitions if used is None else used:
            yield inside, name

    def _owned(self, module: str, effects: Effects) -> set[tuple[str, str]]:
        """Return the objects of snippets that effects may change, "" for others."""
        found = {(module, name) for name in effects.bound}
        for name in self._same(module, effects.names):
            defining = self.sheets[module].definitions.get(name, ())
            imports = [a for s in defining for a in s.aliases if a.name == name]
            if any(self._is_sibling(alias) for alias in imports):
                found.add(("", name))
            elif defining and not imports and not all(s.is_constant for s in defining):
                found.add((module, name))
        for name in effects.libraries:
            if self._imports(module, name):
                found.add((module, ""))
        definitions = self.sheets[module].definitions
        for name in effects.called:
            if any(s.remembers and not s.is_import for s in definitions.get(name, ())):
                found.add((module, name))
            for alias in self._imports(module, name):
                if alias.module.endswith("random") and is_draw(alias.attribute):
                    found.add((module, ""))
        return found

    def _imports(self, module: str, name: str) -> list[Alias]:
        """Return what a name of a module is imported as."""
        defining = self.sheets[module].definitions.get(name, ())
        return [alias for s in defining for alias in s.aliases if alias.name == name]

    def _same(self, module: str, names: Iterable[str]) -> list[str]:
        """Return names, and those whose objects they may be or hold."""
        definitions = self.sheets[module].definitions
        found = sorted(names)
        for name in found:  # grows on the way
            lent = {n for s in definitions.get(name, ()) for n in s.shared}
            found += sorted(lent - {*found})
        return found

    def _is_sibling(self, alias: Alias) -> bool:
        return alias.module in self.sheets or any(
            name.startswith(f"{alias.module}.") for name in self.sheets
        )

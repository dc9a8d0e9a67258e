"""What a function's code comes to: a key of everything that it reaches.

Definitions form a graph: one reads names, which lead to others, through sibling modules
too. Starting from a function, the graph is written down in the order in which it is
met, so the names of modules, and where a definition stands, do not matter: code that is
only moved keeps its key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.collect.artefact import Artefact
from lecture.collect.hazards import Hazard
from lecture.collect.links import Links, Node, Target
from lecture.collect.shared_draws import Chance
from lecture.collect.sheet import Sheet
from lecture.collect.statement import Statement
from lecture.collect.syntax import canonical_json, short_hash

ACTS = "(모듈 수준 문장)"  # what the import of a module does, among its definitions


@dataclass(frozen=True)
class Code:
    """The code that an artefact's result depends on."""

    key: str
    names: Mapping[str, str]  # "runs.cifar10_linear.train" → digest: for reasons alone
    modules: frozenset[str]  # the modules it lies in
    reads_clock: bool = False


def artefact_code(links: Links, artefact: Artefact) -> Code:
    """Return the code that a function reaches; its own name and defaults apart.

    Defaults are compared by value, case by case. Of a lab, it is the code of its cells
    and what they reach in sibling modules. Raises CollectError for code that reading
    cannot follow.
    """
    return _Walk(links).code(_root(artefact))


def reached_lines(links: Links, artefact: Artefact) -> Iterator[tuple[Path, int]]:
    """Yield where each statement begins that an artefact reaches: file and line.

    Raises CollectError as `artefact_code` does.
    """
    walk = _Walk(links)
    walk.code(_root(artefact))
    for node in walk.nodes:
        sheet = links.sheets[node[0]]
        found = sheet.statements if node[1] == "*" else links.statements(node)
        yield from ((sheet.path, statement.line) for statement in found)


def _root(artefact: Artefact) -> Node:
    name = "*" if artefact.kind == "lab" else artefact.function
    return artefact.module, name


class _Walk:
    """One walk from a root, each definition met once."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.nodes: list[Node] = []
        self.numbers: dict[Node, int] = {}
        self.rows: list[str] = []
        self.names: dict[str, str] = {}
        self.docs: list[str] = []
        self.reads_docs = False
        self.reads_clock = False
        self.chances: list[tuple[Sheet, Chance]] = []

    def code(self, root: Node) -> Code:
        """Follow everything from the root, and sum it up."""
        self._number(root)
        for node in self.nodes:  # grows on the way
            self._write(node, is_root=node == root)
        self._refuse_unseeded()
        rows = self.rows + (self.docs if self.reads_docs else [])
        modules = frozenset(module for module, _ in self.nodes)
        key, names = short_hash("\n".join(rows)), dict(sorted(self.names.items()))
        return Code(key, names, modules, self.reads_clock)

    def _refuse_unseeded(self) -> None:
        whole = reduce(or_, (chance for _, chance in self.chances), Chance())
        if hazard := whole.unseeded:
            own = (s for s, one in self.chances if hazard in (one.draws, one.layers))
            raise _refusal(next(own), hazard)

    def _number(self, node: Node) -> int:
        if node not in self.numbers:
            self.numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self.numbers[node]

    def _write(self, node: Node, *, is_root: bool) -> None:
        sheet = self.links.sheets[node[0]]
        statements = self.links.statements(node)
        said = sheet.statements if is_root and node[1] == "*" else statements
        digests = self._digests(node, sheet, statements, is_root=is_root)
        edges = [
            (label, self._target(node, label, target))
            for label, target in self.links.edges(node, statements)
        ]
        self.rows.append(canonical_json([digests, edges]))
        self.docs += [short_hash(sheet.doc), *(statement.docs for statement in said)]
        self.reads_docs |= any(statement.reads_docs for statement in said)
        self.reads_clock |= any(statement.reads_clock for statement in said)
        for statement in said:
            if statement.hazards:
                raise _refusal(sheet, statement.hazards[0])
            self.chances.append((sheet, statement.chance))

    def _target(self, node: Node, label: str, target: Target) -> str | int:
        """Return what is written for where an edge leads."""
        if isinstance(target, str):
            self.names[f"{node[0]}.{label}"] = short_hash(target)
            return target
        return self._number(target)

    def _digests(
        self,
        node: Node,
        sheet: Sheet,
        statements: tuple[Statement, ...],
        *,
        is_root: bool,
    ) -> list[str]:
        module, name = node
        if is_root and sheet.cells is not None:
            for number, digest in enumerate(sheet.cells, start=1):
                self.names[f"{module}[{number}]"] = digest
            return [*sheet.cells]
        found = [s.bare_digest if is_root else s.digest for s in statements]
        if found:
            self.names[f"{module}.{name or ACTS}"] = short_hash(" ".join(found))
        return found


def _refusal(sheet: Sheet, hazard: Hazard) -> CollectError:
    what, line, hint = hazard.what, hazard.line, hazard.hint
    return CollectError(what, path=sheet.path, line=line, hint=hint)

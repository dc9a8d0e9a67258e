"""A page as one program: the code that it shows, in order, and what that needs.

The blocks come from the modules that experiments import, so what a reader runs is what
was measured. Imports go to the top; a definition that the page does not show stands
right before the first block that needs it.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lecture.collect.cells import Cell
from lecture.publish.shown_code import ShownCode
from lecture.publish.texts import Definition, Texts

_SHOW = '''\
def show(result):
    """결과를 한 줄에 하나씩, 길면 앞부분만 적습니다."""
    for name, value in result.items():
        text = str(value)
        print(f"{name}: {text if len(text) < 90 else text[:90] + ' …'}")'''


@dataclass(frozen=True)
class Call:
    """A call that a program makes, after the block that defines its function."""

    module: str
    function: str
    arguments: Mapping[str, object]

    @property
    def source(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.arguments.items())
        return f"show({self.function}({given}))"


def program(
    shown: tuple[ShownCode, ...], texts: Texts, calls: Mapping[str, Call]
) -> tuple[tuple[Cell, ...], str]:
    """Return the cells of a page's program: headings, imports, code and calls.

    Return also what a reader has to run before the blocks of the page: the imports, and
    all definitions that blocks need and no block shows.

    calls: by function, those quick enough to be made; where the page shows none of
    them, the first ends the program. Of a page that shows no code, there are no cells.
    """
    maker = _Maker(texts, calls)
    for one in shown:
        maker.add(one)
    needed = maker.preparation  # of the blocks alone
    if maker.has_code and not maker.shows and calls:
        maker.end(next(iter(calls.values())))
    return (maker.cells if maker.has_code else ()), needed


class _Maker:
    def __init__(self, texts: Texts, calls: Mapping[str, Call]) -> None:
        self._texts = texts
        self._calls = calls
        self._imports: dict[str, None] = {}
        self._known: set[tuple[str, int]] = set()  # module, line
        self._body: list[Cell] = []
        self._prepared: list[str] = []
        self._unshown: list[str] = []
        self.has_code = False
        self.shows = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        parts = [_in_order(self._imports), _SHOW if self.shows else ""]
        head = Cell("code", "", "\n\n\n".join(filter(None, parts)), 1)
        return (head, *self._body) if head.source else tuple(self._body)

    @property
    def preparation(self) -> str:
        parts = [_in_order(self._imports), *self._unshown]
        return "\n\n\n".join(filter(None, parts))

    def add(self, one: ShownCode) -> None:
        """Add a heading, or a block with all that it needs in front of it."""
        if not one.module:
            self._body.append(Cell("markdown", "", one.text, 1))
            return
        block = self._texts.covering(one.module, one.first, one.last)
        new = [d for d in block if not self._shown(d)]
        for definition in new:
            self._know(definition)
        for definition in new:
            self._need_all(definition)
        self._flush()
        if new:
            self.has_code = True
            self._body.append(Cell("code", "", _joined(new), 1))
        for definition in new:
            self._call(definition)

    def end(self, call: Call) -> None:
        """Add a call of a function that the page does not show."""
        self._need(call.module, call.function)
        self._body.append(Cell("markdown", "", "## 한 번 해 보기", 1))
        self._flush()
        self.shows = True
        self._body.append(Cell("code", "", call.source, 1))

    def _shown(self, definition: Definition) -> bool:
        return (definition.module, definition.first) in self._known

    def _know(self, definition: Definition) -> None:
        self._known.add((definition.module, definition.first))

    def _need_all(self, definition: Definition) -> None:
        for name in sorted(definition.reads):
            self._need(definition.module, name)

    def _need(self, module: str, name: str) -> None:
        for found in self._texts.defining(module, name):
            if found.module != module or found.name_there != name:
                self._need(found.module, found.name_there)
                if found.name_there != name:
                    self._prepared.append(f"{name} = {found.name_there}")
            elif found.is_import:
                self._imports[found.text] = None
            elif not self._shown(found):
                self._know(found)
                self._need_all(found)
                self._prepared.append(found.text)

    def _flush(self) -> None:
        if self._prepared:
            source = "\n\n\n".join(["# 본문에 싣지 않은 준비", *self._prepared])
            self._body.append(Cell("code", "", source, 1))
            self._unshown += self._prepared
            self._prepared = []

    def _call(self, definition: Definition) -> None:
        for name in definition.binds:
            if call := self._calls.get(name):
                self.shows = True
                self._body.append(Cell("code", "", call.source, 1))


def _joined(definitions: list[Definition]) -> str:
    kinds = [definition.is_definition for definition in definitions]
    texts = [definition.text for definition in definitions]
    joined = texts[0]
    for before, now, text in zip(kinds, kinds[1:], texts[1:], strict=False):
        joined += ("\n\n\n" if before or now else "\n") + text
    return joined


def _in_order(imports: Iterable[str]) -> str:
    """Return imports as one writes them: Python's own first, then the others."""
    own, others = list[str](), list[str]()
    for line in sorted(imports, key=lambda line: (line.startswith("from"), line)):
        root = line.split()[1].split(".")[0]
        (own if root in sys.stdlib_module_names else others).append(line)
    return "\n\n".join("\n".join(group) for group in (own, others) if group)


def as_file(cells: tuple[Cell, ...], title: str) -> str:
    """Return a program as a Python file; headings become comments."""
    parts = [f'"""{title}"""', *map(_as_text, cells)]
    return "\n\n\n".join(parts) + "\n"


def _as_text(cell: Cell) -> str:
    if cell.kind == "code":
        return cell.source
    return "\n".join(f"# {line}".rstrip() for line in cell.source.splitlines())

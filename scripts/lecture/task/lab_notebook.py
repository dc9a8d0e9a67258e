"""Running a lab: every cell in one fresh kernel, as a student's notebook would."""

import ast
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from lecture.base.lab_run import LabRun, Output
from lecture.collect.cell_marker import LabError
from lecture.collect.cells import Cell, code_cells
from lecture.task.lab_client import started
from lecture.task.lab_hints import remedy, trace
from lecture.task.lab_html import NotShownError
from lecture.task.lab_output import Displayed, read_outputs
from lecture.task.lab_text import Settler

OnCell = Callable[[int, int], None]
_HIDDEN = "import lecture.task.lab_kernel as _lecture_kernel\n"


def setup_source(path: Path) -> str:
    """Return the hidden code that prepares figures and messages in a lab's kernel."""
    return (
        _HIDDEN + "_lecture_style = _lecture_kernel.prepare("
        f"get_ipython(), {str(path)!r})\n"
    )


def execute(
    cells: tuple[Cell, ...],
    *,
    path: Path,
    cwd: Path,
    setup: str,
    finish: str = "",
    time_limit: float,
    on_cell: OnCell = lambda done, total: None,
) -> tuple[LabRun, dict[str, bytes]]:
    """Run a lab in the folder `cwd`; return its outputs and values, and its pictures.

    `setup` runs first and `finish` last, in cells that no result shows; a picture's
    name is `cell-<n>.svg`, n counting code cells from 1; `time_limit` is in seconds and
    holds for the whole lab; `on_cell` hears of every finished code cell.

    Raises LabError naming the line of the module: where a cell raised, with the
    student's own frames alone; where an output cannot be shown; where the time ran out;
    where the kernel died.
    """
    to_run = code_cells(cells)
    settle = Settler.of(path.parent.parent, path.parent, cwd)
    with started(cwd) as client:
        deadline = time.monotonic() + time_limit
        kernel = _Kernel(client, path, settle, deadline, time_limit)
        kernel.hidden(setup_source(path) + setup)
        shown = []
        for number, cell in enumerate(to_run, start=1):
            shown.append(kernel.run(cell, number))
            on_cell(number, len(to_run))
        values = kernel.values(to_run)
        kernel.hidden(finish)
    outputs = tuple(tuple(one.output for one in cell) for cell in shown)
    pictures = (one for cell in shown for one in cell if one.output.is_picture)
    files = {one.output.file: one.content for one in pictures}
    return LabRun(values, outputs), files


@dataclass(frozen=True)
class _Kernel:
    client: NotebookClient
    path: Path
    settle: Settler
    deadline: float
    time_limit: float

    def run(self, cell: Cell, number: int) -> tuple[Displayed, ...]:
        # Comments in front make the kernel count lines as the module does.
        executed = _new_cell("#\n" * (cell.line - 1) + cell.source)
        wanted: tuple[Displayed, ...] = ()
        try:
            self._execute(executed, remember=True)
        except CellExecutionError as error:
            wanted = (self._wanted(cell, error),)
            executed.outputs.pop()  # the same as Python reports it
        except CellTimeoutError:
            raise self._error(cell, self._too_long, _TIME_HINT) from None
        except DeadKernelError:
            message = "이 칸을 실행하다가 커널이 죽었습니다."
            raise self._error(cell, message, _DEATH_HINT) from None
        shown = self._read(cell, number, executed.outputs)
        if cell.raises and not wanted:
            message = f"칸이 {cell.raises}를 내지 않고 끝났습니다."
            raise self._error(cell, message, "칸을 여는 줄에서 raises를 지우십시오.")
        return (*shown, *wanted)

    def hidden(self, source: str) -> str:
        """Run code that no result shows, and return what it printed."""
        cell = _new_cell(source)
        try:
            self._execute(cell, remember=False)
        except CellTimeoutError:
            raise LabError(self._too_long, path=self.path, hint=_TIME_HINT) from None
        except (CellExecutionError, DeadKernelError) as error:
            reason = getattr(error, "evalue", "") or type(error).__name__
            message = f"실습 준비에 실패했습니다: {reason}"
            raise LabError(message, path=self.path) from None
        return "".join(o.text for o in cell.outputs if o.get("name") == "stdout")

    @property
    def _too_long(self) -> str:
        return f"시간 제한 {self.time_limit:g}초를 넘겼습니다."

    def values(self, cells: tuple[Cell, ...]) -> dict[str, Any]:
        assigned = {name for cell in cells for name in assigned_names(cell.source)}
        names = sorted(name for name in assigned if not name.startswith("_"))
        answer = dict(self._ask(f"values(globals(), {names!r})"))
        return {
            name: self.settle(value) if isinstance(value, str) else value
            for name, value in answer.items()
        }

    def _ask(self, call: str) -> Any:
        printed = self.hidden(_HIDDEN + f"print(_lecture_kernel.{call})")
        return json.loads(printed.splitlines()[-1])

    def _execute(self, cell: NotebookNode, *, remember: bool) -> None:
        self.client.timeout = max(1, math.ceil(self.deadline - time.monotonic()))
        self.client.nb.cells = [cell]
        self.client.execute_cell(cell, 0, store_history=remember)

    def _read(
        self, cell: Cell, number: int, outputs: list[NotebookNode]
    ) -> tuple[Displayed, ...]:
        """Read outputs; an error among them, which stops no cell, is of a drawing."""
        for output in outputs:
            if output.output_type == "error":
                message, _, hint = output.evalue.partition("\n  → ")
                if output.ename != "DrawError":
                    message = f"그림을 그리지 못했습니다: {output.ename}: {message}"
                raise self._error(cell, message, hint)
        try:
            return read_outputs(outputs, f"cell-{number}", self.settle)
        except NotShownError as reason:
            message = f"이 칸의 출력을 쪽에 보여 줄 수 없습니다: {reason}"
            raise self._error(cell, message, _SHOW_HINT) from None

    def _wanted(self, cell: Cell, error: CellExecutionError) -> Displayed:
        """Return the report of an error that a cell is meant to end with."""
        found = self._ask(f"failure({self.path.name!r})")
        if cell.raises in found["kinds"]:
            return Displayed(Output("error", self.settle(found["text"].rstrip())))
        lines = found["lines"] or [cell.line]
        if len(lines) > 1:
            hint = trace(lines, self.path)
        elif cell.raises:
            hint = f"이 칸에는 {cell.raises}가 적혀 있습니다."
        else:
            hint = remedy(error.ename, error.evalue)
        message = f"{error.ename}: {error.evalue}"
        raise LabError(message, path=self.path, line=lines[-1], hint=hint) from None

    def _error(self, cell: Cell, message: str, hint: str) -> LabError:
        return LabError(message, path=self.path, line=cell.line, hint=hint)


_TIME_HINT = "첫 칸 앞에 `time_limit = 1200`처럼 적으면 제한(초)이 늘어납니다."
_DEATH_HINT = "메모리가 모자라지 않은지 살펴보십시오."
_SHOW_HINT = (
    "글(print), 표(DataFrame), 그림(plt.show), 스크립트가 없는 HTML로 보여 주십시오."
)


def _new_cell(source: str) -> NotebookNode:
    return new_code_cell(source)  # type: ignore[no-untyped-call, no-any-return]


def assigned_names(source: str) -> Iterator[str]:
    """Yield the names that a cell assigns at its top level, outside loops."""
    for stmt in ast.parse(source).body:
        if isinstance(stmt, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for node in ast.walk(stmt):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id

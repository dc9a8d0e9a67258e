"""Running a lab: every cell in one fresh kernel, as a student's notebook would."""

import ast
import contextlib
import json
import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from lecture.collect.cells import Cell, LabError, code_cells
from lecture.task.lab_output import FIGURE, read_outputs
from lecture.task.lab_run import LabRun

OnCell = Callable[[int, int], None]
_HIDDEN = "import lecture.task.lab_kernel as _lecture_kernel\n"


def setup_source(path: Path) -> str:
    """Return the hidden code that prepares figures and messages in a lab's kernel."""
    return (
        _HIDDEN + "_lecture_style = _lecture_kernel.prepare("
        f"get_ipython(), {path.name!r})\n"
    )


def execute(
    cells: tuple[Cell, ...],
    *,
    path: Path,
    folder: Path,
    setup: str,
    time_limit: float,
    on_cell: OnCell = lambda done, total: None,
) -> LabRun:
    """Run a lab in the folder of its module, and return its outputs and values.

    `setup` runs first, in a cell that no result shows; figures are written to `folder`,
    `cell-<n>-light.svg` and `-dark`, n counting code cells from 1; `time_limit` is in
    seconds and holds for the whole lab; `on_cell` hears of every finished code cell.

    Raises LabError naming the line of the module: where a cell raised, with the
    student's own frames alone; where the time ran out; where the kernel died.
    """
    to_run = code_cells(cells)
    with _kernel(path, time_limit) as kernel:
        kernel.hidden(setup_source(path) + setup)
        outputs = []
        for number, cell in enumerate(to_run, start=1):
            outputs.append(read_outputs(kernel.run(cell), folder / f"cell-{number}"))
            on_cell(number, len(to_run))
        return LabRun(kernel.values(to_run), tuple(outputs))


@contextlib.contextmanager
def _kernel(path: Path, time_limit: float) -> Iterator["_Kernel"]:
    client = NotebookClient(
        new_notebook(),  # type: ignore[no-untyped-call]
        resources={"metadata": {"path": str(path.parent)}},
        shutdown_kernel="immediate",
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # it warns that TCP is not encrypted
    )
    manager = client.create_kernel_manager()
    # No folder to search: only the native kernel is left, this very interpreter's.
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    with tempfile.TemporaryDirectory() as profile:
        environment = {
            "PYTHONHASHSEED": "0",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            **os.environ,
            "IPYTHONDIR": profile,  # a user's own start-up files stay out
        }
        with client.setup_kernel(env=environment):
            yield _Kernel(client, path, time.monotonic() + time_limit, time_limit)


@dataclass(frozen=True)
class _Kernel:
    client: NotebookClient
    path: Path
    deadline: float
    time_limit: float

    def run(self, cell: Cell) -> list[NotebookNode]:
        # Comments in front make the kernel count lines as the module does.
        source = "#\n" * (cell.line - 1) + cell.source
        try:
            outputs = self._execute(source, remember=True)
        except CellExecutionError as error:
            raise self._raised(cell, error) from None
        except CellTimeoutError:
            raise self._error(cell, self._too_long, _TIME_HINT) from None
        except DeadKernelError:
            message = "이 칸을 실행하다가 커널이 죽었습니다."
            raise self._error(cell, message, _DEATH_HINT) from None
        self._refuse(cell, outputs)
        return outputs

    def hidden(self, source: str) -> str:
        """Run code that no result shows, and return what it printed."""
        try:
            ran = self._execute(source, remember=False)
        except CellTimeoutError:
            raise LabError(self._too_long, path=self.path, hint=_TIME_HINT) from None
        except (CellExecutionError, DeadKernelError) as error:
            reason = getattr(error, "evalue", "") or type(error).__name__
            message = f"실습 준비에 실패했습니다: {reason}"
            raise LabError(message, path=self.path) from None
        return "".join(o.text for o in ran if o.get("name") == "stdout")

    @property
    def _too_long(self) -> str:
        return f"시간 제한 {self.time_limit:g}초를 넘겼습니다."

    def values(self, cells: tuple[Cell, ...]) -> dict[str, Any]:
        assigned = {name for cell in cells for name in _assigned(cell.source)}
        names = sorted(name for name in assigned if not name.startswith("_"))
        answer = self._ask(f"values(globals(), {names!r})")
        return dict(answer)

    def _ask(self, call: str) -> Any:
        printed = self.hidden(_HIDDEN + f"print(_lecture_kernel.{call})")
        return json.loads(printed.splitlines()[-1])

    def _execute(self, source: str, *, remember: bool) -> list[NotebookNode]:
        self.client.timeout = max(1, math.ceil(self.deadline - time.monotonic()))
        cell = new_code_cell(source)  # type: ignore[no-untyped-call]
        self.client.nb.cells = [cell]
        return list(self.client.execute_cell(cell, 0, store_history=remember).outputs)

    def _refuse(self, cell: Cell, outputs: list[NotebookNode]) -> None:
        """Refuse figures that could not be drawn: their errors do not stop a cell."""
        for output in outputs:
            if output.output_type == "error":
                message = f"그림을 그리지 못했습니다: {output.ename}: {output.evalue}"
                raise self._error(cell, message, "")
        if sum(FIGURE in output.get("data", {}) for output in outputs) > 1:
            message = "한 칸이 그림을 둘 이상 보여 줍니다."
            raise self._error(cell, message, _FIGURES_HINT)

    def _raised(self, cell: Cell, error: CellExecutionError) -> LabError:
        lines = self._ask(f"failure({self.path.name!r})") or [cell.line]
        return LabError(
            f"{error.ename}: {error.evalue}",
            path=self.path,
            line=lines[-1],
            hint=_trace(lines, self.path) if len(lines) > 1 else "",
        )

    def _error(self, cell: Cell, message: str, hint: str) -> LabError:
        return LabError(message, path=self.path, line=cell.line, hint=hint)


_TIME_HINT = "첫 칸 앞에 `time_limit = 1200`처럼 적으면 제한(초)이 늘어납니다."
_DEATH_HINT = "메모리가 모자라지 않은지 살펴보십시오."
_FIGURES_HINT = "그림마다 제목이 하나이므로 칸을 나누거나 한 그림에 모으십시오."


def _trace(numbers: list[int], path: Path) -> str:
    """Return the way to a failing line as one Korean line, outermost call first."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return " → ".join(f"{n}행 `{lines[n - 1].strip()}`" for n in numbers)


def _assigned(source: str) -> Iterator[str]:
    """Yield the names that a cell assigns at its top level, outside loops."""
    for stmt in ast.parse(source).body:
        if isinstance(stmt, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for node in ast.walk(stmt):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id

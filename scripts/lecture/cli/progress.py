"""What an author sees while tasks run."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from lecture.publish.provenance import duration
from lecture.run.settings import OnEvent
from lecture.task import job


@contextmanager
def shown(
    console: Console, total: int, expected: float, *, each: bool = True
) -> Iterator[OnEvent]:
    """Show the tasks that run, their epochs, and the time that the last run took.

    With `each`, a line of each stays; without, only of those that have failed.
    """
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,  # where it would leave empty lines
    ) as progress:
        hint = f" (지난번 {duration(expected)})" if expected >= 1 else ""
        whole = progress.add_task(f"실행{hint}", total=total or None)
        bars: dict[str, TaskID] = {}

        def show(event: job.Event) -> None:
            name = event.job.id
            if isinstance(event, job.Started):
                bars[name] = progress.add_task(f"  {escape(name)}", total=None)
            elif isinstance(event, job.Progress):
                progress.update(bars[name], completed=event.done, total=event.total)
            else:
                progress.remove_task(bars.pop(name))
                progress.advance(whole)
                if each or isinstance(event.result, job.Failure):
                    told = finished(event)
                    progress.console.print(told, highlight=False, soft_wrap=True)

        yield show


def finished(outcome: job.Outcome) -> str:
    """Return the line that stays when a task has ended."""
    name = escape(outcome.job.id)  # a case such as [relu] is no markup
    if isinstance(outcome.result, job.Failure):
        return f"[red]실패[/red] {name}"
    return f"[green]완료[/green] {name} {duration(outcome.result.seconds)}"

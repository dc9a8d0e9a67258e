"""The command line: one subcommand for each thing that an author wants.

Heavy rooms are imported by the subcommands that need them, so that looking is quick.
"""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import click

from lecture.base.errors import LectureError, in_words
from lecture.base.project import Project
from lecture.cli.authoring import list_, new
from lecture.cli.group import AS_JSON, COLD, JOBS, PAGES, cli
from lecture.cli.usage import Count, usage_text

GREEN, RED, USAGE, INTERRUPTED = 0, 1, 2, 130


@cli.command(help="낡은 것만 실행하고, 그리고, 확인합니다.")
@PAGES
@click.option(
    "--rerun",
    multiple=True,
    metavar="이름",
    help="낡지 않았어도 다시 실행합니다: 쪽, 쪽.실험, all",
)
@JOBS
@COLD
@click.pass_obj
def build(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """Bring results, drawings and fragments up to date."""
    from lecture.cli.building import run_build

    return run_build(project, pages, **chosen)


@cli.command(help="쓰지도 실행하지도 않고, 무엇이 잘못되었는지만 봅니다.")
@PAGES
@AS_JSON
@click.pass_obj
def check(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """Say what is stale, and what is wrong on pages, in a second."""
    from lecture.cli.looking import run_check

    gc.disable()  # planning makes many small objects, and none of them garbage
    return run_check(project, pages, **chosen)


@cli.command(help="무엇이 왜 낡았는지 말합니다.")
@PAGES
@click.pass_obj
def explain(project: Project, pages: Sequence[str]) -> int:
    """Say of each experiment whether it stands, and why not."""
    from lecture.cli.looking import run_explain

    return run_explain(project, pages)


@cli.command(help="실행하지 않고, 있는 결과로 그립니다.")
@JOBS
@COLD
@click.pass_obj
def draw(project: Project, /, **chosen: Any) -> int:
    """Draw and publish from the results at hand."""
    from lecture.cli.building import run_build

    return run_build(project, (), train=False, **chosen)


@cli.command(help="build를 하고, 초록이면 mkdocs로 site/를 만듭니다.")
@JOBS
@COLD
@click.pass_obj
def site(project: Project, /, **chosen: Any) -> int:
    """Build, and then let MkDocs make the site."""
    from lecture.cli.building import run_build, run_mkdocs

    return run_build(project, (), **chosen) or run_mkdocs(project)


@cli.command(
    help="모듈이 정한 작은 크기로, 가짜 데이터로 돌려만 봅니다. 결과는 남기지 않습니다."
)
@PAGES
@JOBS
@COLD
@click.pass_obj
def smoke(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """Run everything once on small data."""
    from lecture.cli.aside import run_smoke

    return run_smoke(project, pages, **chosen)


@cli.command(help="엔진 없이 돌려도 같은 값인지 견줍니다. 작게, 몇 개만.")
@PAGES
@click.option("--all", "whole", is_flag=True, help="모든 사례를 본래 크기로")
@click.option("--defaults", is_flag=True, help="환경 변수 없이 돌려도 주장이 맞는지")
@JOBS
@COLD
@click.pass_obj
def parity(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """Compare what the engine gives with what plain Python gives."""
    from lecture.cli.aside import run_parity

    return run_parity(project, pages, **chosen)


@cli.command(help="모든 시드에 N을 더해 따로 돌리고, 그래도 주장이 맞는지 봅니다.")
@click.argument("shift", type=Count(), metavar="N")
@PAGES
@JOBS
@COLD
@click.pass_obj
def reseed(project: Project, /, shift: int, pages: Sequence[str], **chosen: Any) -> int:
    """Run experiments on other random numbers, and check the claims again."""
    from lecture.cli.aside import run_reseed

    return run_reseed(project, shift, pages, **chosen)


@cli.command(help="주인 없는 결과를 하나씩 말하고, 묻고 나서 지웁니다.")
@click.option("--yes", is_flag=True, help="묻지 않고 지웁니다")
@click.pass_obj
def tidy(project: Project, yes: bool) -> int:
    """Remove results that no experiment owns."""
    from lecture.cli.tidying import run_tidy

    return run_tidy(project, yes=yes)


for _command in (list_, new):
    cli.add_command(_command)


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 when green, 1 when not, 2 for wrong usage."""
    signal.signal(signal.SIGTERM, _interrupt)
    project = Project(root)
    try:
        code = _run(project, arguments)
        sys.stdout.flush()
        return code
    except LectureError as error:
        return _refused(project, error)
    except KeyboardInterrupt:
        print("멈췄습니다. 끝난 실행의 결과는 남아 있습니다.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # who reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return RED
    except OSError as error:  # a full disk, a folder that is read only
        return _refused(project, in_words(error))


def _refused(project: Project, error: LectureError) -> int:
    from lecture.cli.report import told

    print(told(project, error), file=sys.stderr)
    return USAGE


def _run(project: Project, arguments: Sequence[str] | None) -> int:
    given = None if arguments is None else list(arguments)
    try:
        code = cli.main(given, "build.py", standalone_mode=False, obj=project)
        return code if isinstance(code, int) else GREEN
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        print(usage_text(error, cli.commands), file=sys.stderr)
        return USAGE


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

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
from lecture.cli.group import AS_JSON, COLD, JOBS, PAGES, VERBOSE, cli
from lecture.cli.trying import parity, reseed, smoke
from lecture.cli.usage import usage_text

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
@VERBOSE
@click.option(
    "--dask",
    metavar="주소",
    help="낡은 것을 Dask 클러스터에서 실행합니다: 스케줄러의 주소, 또는 local",
)
@click.option(
    "--any-versions", is_flag=True, help="일꾼의 라이브러리가 다른 판이어도 실행합니다"
)
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


@cli.command(
    help="값과 문장, 주장, 그림과 표가 예전과 어떻게 다른지 말합니다. 잘못이 "
    "없으면 언제나 0으로 끝납니다."
)
@PAGES
@click.option(
    "--since",
    default="HEAD",
    metavar="판",
    help="견줄 git의 판: HEAD~3, main, v1.0 … (적지 않으면 HEAD)",
)
@click.pass_obj
def diff(project: Project, pages: Sequence[str], since: str) -> int:
    """Say what is not as it was at a revision of git."""
    from lecture.cli.diff import run_diff

    return run_diff(project, pages, since=since)


@cli.command(help="실행하지 않고, 있는 결과로 그립니다.")
@JOBS
@COLD
@VERBOSE
@click.pass_obj
def draw(project: Project, /, **chosen: Any) -> int:
    """Draw and publish from the results at hand."""
    from lecture.cli.building import run_build

    return run_build(project, (), train=False, **chosen)


@cli.command(help="build를 하고, 초록이면 mkdocs로 site/를 만듭니다.")
@JOBS
@COLD
@VERBOSE
@click.option("--zensical", is_flag=True, help="mkdocs 대신 Zensical로 만듭니다")
@click.pass_obj
def site(project: Project, /, *, zensical: bool, **chosen: Any) -> int:
    """Build, and then let MkDocs, or its successor, make the site."""
    from lecture.cli.making_site import run_site

    return run_site(project, zensical=zensical, **chosen)


@cli.command(help="주인 없는 결과를 하나씩 말하고, 묻고 나서 지웁니다.")
@click.option("--yes", is_flag=True, help="묻지 않고 지웁니다")
@click.pass_obj
def tidy(project: Project, yes: bool) -> int:
    """Remove results that no experiment owns."""
    from lecture.cli.tidying import run_tidy

    return run_tidy(project, yes=yes)


for _command in (list_, new, smoke, parity, reseed):
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

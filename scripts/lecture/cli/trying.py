"""Subcommands that run aside, and leave the site as it is."""

from collections.abc import Sequence
from typing import Any

import click

from lecture.base.project import Project
from lecture.cli.group import COLD, JOBS, PAGES
from lecture.cli.usage import Count


@click.command(
    help="모듈이 정한 작은 크기로, 가짜 데이터로 돌려만 봅니다. 결과는 남기지 않습니다."
)
@PAGES
@click.option(
    "--values",
    metavar="파일",
    help="나온 값을 이 파일에 적습니다. 라이브러리의 판을 바꾸기 전후를 견줄 때 씁니다",
)
@JOBS
@COLD
@click.pass_obj
def smoke(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """Run everything once on small data."""
    from lecture.cli.aside import run_smoke

    return run_smoke(project, pages, **chosen)


@click.command(help="엔진 없이 돌려도 같은 값인지 견줍니다. 작게, 몇 개만.")
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


@click.command(help="모든 시드에 N을 더해 따로 돌리고, 그래도 주장이 맞는지 봅니다.")
@click.argument("shift", type=Count(), metavar="N")
@PAGES
@JOBS
@COLD
@click.pass_obj
def reseed(project: Project, /, shift: int, pages: Sequence[str], **chosen: Any) -> int:
    """Run experiments on other random numbers, and check the claims again."""
    from lecture.cli.aside import run_reseed

    return run_reseed(project, shift, pages, **chosen)

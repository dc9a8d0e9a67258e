"""Subcommands for who writes pages: a new one, and what there is."""

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lecture.base.project import Project
from lecture.cli.group import AS_JSON, PAGES


@click.command(help="새 쪽을 만듭니다. 만든 그대로 빌드됩니다.")
@click.argument("name", metavar="이름")
@click.option("--title", metavar="제목", help="쪽의 제목. 적지 않으면 이름입니다")
@click.option("--lab", is_flag=True, help="강의 대신 # %% 칸으로 된 실습을 만듭니다")
@click.option(
    "--from",
    "notebook",
    type=click.Path(path_type=Path),
    metavar="파일.ipynb",
    help="주피터나 Colab의 노트북을 실습으로 바꿉니다",
)
@click.pass_obj
def new(project: Project, /, name: str, **chosen: Any) -> int:
    """Make a page to begin with."""
    from lecture.cli.beginning import run_new

    return run_new(project, name, **chosen)


@click.command(
    "list", help="실험과 그림, 표, 주장의 상태와 걸린 시간, 실린 자리를 봅니다."
)
@PAGES
@AS_JSON
@click.pass_obj
def list_(project: Project, /, pages: Sequence[str], **chosen: Any) -> int:
    """List every artefact with its state, its cost, and where it is shown."""
    from lecture.cli.listing import run_list

    gc.disable()
    return run_list(project, pages, **chosen)

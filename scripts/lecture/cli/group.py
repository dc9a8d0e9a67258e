"""The group of subcommands, and the arguments that several of them take."""

from pathlib import Path

import click

from lecture.base.project import Project
from lecture.cli.usage import Count

_HELP = {"help_option_names": ["-h", "--help"]}


class _Builds(click.Group):
    """A group in which `build.py activations` means `build.py build activations`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {*self.commands, *ctx.help_option_names}
        if not {*args[:1]} & known and not ctx.resilient_parsing:  # of a completion
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Builds,
    context_settings=_HELP,
    help="낡은 실험을 다시 실행하고, 그림과 표를 그리고, 주장을 확인합니다. "
    "명령을 적지 않으면 build입니다.",
    epilog="예: python scripts/build.py explain cifar10_linear",
)
def cli() -> None:
    """Do nothing by itself."""


def _pages(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the pages whose names a shell may complete."""
    from lecture.collect.source import page_of, source_paths

    project: Project = ctx.find_object(Project) or Project(Path.cwd())
    pages = {page_of(module) for module in source_paths(project.snippets)}
    return sorted(page for page in pages if page.startswith(incomplete))


PAGES = click.argument("pages", nargs=-1, metavar="[쪽]...", shell_complete=_pages)
JOBS = click.option("--jobs", type=Count(), metavar="N", help="동시에 돌릴 실행의 수")
AS_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="사람 대신 프로그램이 읽을 JSON으로 적습니다",
)
COLD = click.option(
    "--cold", is_flag=True, help="실행마다 파이썬을 새로 띄웁니다 (느립니다)"
)
VERBOSE = click.option(
    "--verbose", "-v", is_flag=True, help="끝난 일을 하나씩 말합니다"
)

"""What was wrong in a command line, in Korean: Click has only English for it."""

import re
from collections.abc import Collection
from typing import Any

import click

from lecture.base.errors import suggest
from lecture.base.particles import with_particle


class Count(click.ParamType[int]):
    """A whole number from 1."""

    name = "N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number that a word of the command line means."""
        if not re.fullmatch(r"0*[1-9]\d*", str(value), re.ASCII):
            self.fail(f"1 이상의 정수를 적으세요: {value}", param, ctx)
        return int(value)


def usage_text(error: click.ClickException, commands: Collection[str]) -> str:
    """Return what an author has mistyped, and where the help is."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    command = ctx.info_name if ctx and ctx.parent else ""
    words = ["python scripts/build.py", *([command] if command else []), "--help"]
    return f"{_sentence(error, commands)}\n도움말: {' '.join(words)}"


def _sentence(error: click.ClickException, commands: Collection[str]) -> str:
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, commands)
    if isinstance(error, click.BadOptionUsage):
        name = f"`{error.option_name}`"
        if "does not take" in error.message:
            return f"{name}에는 값을 적지 않습니다."
        return f"{name} 뒤에 값을 적어야 합니다."
    if isinstance(error, click.MissingParameter) and error.param:
        name = error.param.make_metavar(_context(error))
        return f"{with_particle(name, '을')} 적어야 합니다."
    if isinstance(error, click.BadParameter) and error.param:
        return f"`{_shown(error.param, _context(error))}`: {error.message}"
    if found := re.search(r"unexpected extra arguments? \((.*)\)", error.message):
        return f"더 받지 않는 말입니다: {found[1]}"
    return error.message


def _no_such_option(error: click.NoSuchOption, commands: Collection[str]) -> str:
    message = f"그런 선택지가 없습니다: {error.option_name}"
    name = error.option_name.lstrip("-")
    if name in commands:
        return f"{message}\n  → 명령은 `--` 없이 먼저 적습니다: {name}"
    ctx = _context(error)
    options = [o for p in ctx.command.get_params(ctx) for o in p.opts if o[0] == "-"]
    return f"{message}\n  → {suggest(error.option_name, options)}"


def _shown(param: click.Parameter, ctx: click.Context) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(ctx)


def _context(error: click.UsageError) -> click.Context:
    assert error.ctx, "an error of a parser knows where it was"
    return error.ctx

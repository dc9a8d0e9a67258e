"""The line that opens a cell: `# %% 학습 곡선 id="curves" raises="ValueError"`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from lecture.base.errors import CollectError, suggest

Kind = Literal["markdown", "code"]

# VS Code also writes `#%%`. Jupytext's other format opens cells with `# +`.
_OPENS = re.compile(r"# ?%%.*|# \+\s*(?:[\[{].*)?")
_REST = re.compile(r"# ?%%(?:\s+(?P<rest>.*))?")
_TYPE = re.compile(r"^\[(?P<first>[A-Za-z]+)\]|(?<=\s)\[(?P<late>markdown|md|raw)\]$")
_OPTION = re.compile(r'\s*\b(?P<name>[A-Za-z_]\w*)="(?P<value>[^"]*)"')
_BROKEN = re.compile(r"\b(?:id|raises|tags)=")
_FORMS = {"id": r"[a-z][a-z0-9-]*", "raises": r"[A-Za-z_]\w*"}
_EXAMPLES = {"id": "loss-curve", "raises": "ValueError"}


class LabError(CollectError):
    """A lab cannot be read, run or shown."""


@dataclass(frozen=True)
class Opening:
    """What the line that opens a cell says about it."""

    kind: Kind
    title: str
    id: str = ""
    raises: str = ""


def opens_cell(line: str) -> bool:
    """Tell whether a line opens a cell, be it in a way that we cannot read."""
    return _OPENS.fullmatch(line) is not None


def read_opening(line: str, number: int, path: Path | None) -> Opening:
    """Return what a line that opens a cell says; LabError for what we do not know."""
    found = _REST.fullmatch(line.rstrip())
    if not found:
        _refuse_form(line, number, path)
    kind, rest = _kind((found["rest"] or "").strip(), number, path)
    options = {o["name"]: o["value"] for o in _OPTION.finditer(rest)}
    title = _OPTION.sub("", rest).strip()
    for name, value in options.items():
        _refuse_option(name, value, number, path)
    if broken := _BROKEN.search(title):
        _refuse_option(broken[0].rstrip("="), "", number, path)
    if kind == "markdown" and options:
        message = "글 칸에는 id와 raises를 적지 않습니다."
        raise LabError(message, path=path, line=number)
    return Opening(kind, title, **options)


def _kind(rest: str, number: int, path: Path | None) -> tuple[Kind, str]:
    """Return the kind of a cell, and the line without it."""
    found = _TYPE.search(rest)
    if not found:
        return "code", rest
    kind = found["first"] or found["late"]
    if kind not in ("markdown", "md", "code"):
        raise LabError(
            f"모르는 종류의 칸입니다: [{kind}]",
            path=path,
            line=number,
            hint="글은 `# %% [markdown]`, 코드는 `# %%`로 엽니다.",
        )
    return "code" if kind == "code" else "markdown", _TYPE.sub("", rest).strip()


def _refuse_form(line: str, number: int, path: Path | None) -> NoReturn:
    if line.startswith("# +"):
        message = "Jupytext의 light 형식(`# +`)은 읽지 못합니다."
        hint = "`jupytext --to py:percent`로 바꾸거나, 칸을 `# %%`로 여십시오."
    else:
        message = f"`%%` 뒤에 빈칸이 없습니다: {line}"
        hint = "제목은 `# %% 제목`처럼 띄어 적고, `%%time` 같은 명령은 지우십시오."
    raise LabError(message, path=path, line=number, hint=hint)


def _refuse_option(name: str, value: str, number: int, path: Path | None) -> None:
    if name not in _FORMS:
        message = f"칸이 모르는 표시입니다: {name}"
        raise LabError(message, path=path, line=number, hint=suggest(name, _FORMS))
    if not re.fullmatch(_FORMS[name], value):
        message = f"{name}의 값을 읽을 수 없습니다."
        hint = f'예: {name}="{_EXAMPLES[name]}"'
        raise LabError(message, path=path, line=number, hint=hint)

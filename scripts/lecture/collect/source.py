"""The files of a snippets folder, as text, by the names under which Python has them."""

from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path

from lecture.base.errors import CollectError
from lecture.collect.libraries import taken_names

ROOMS = ("runs", "figures", "claims")
"""Folders whose modules belong to the page of the same name: `runs/X.py` to X."""


@dataclass(frozen=True)
class Source:
    """The text of one module."""

    name: str  # dotted: "runs.cifar10_linear"
    path: Path
    text: str

    @property
    def package(self) -> str:
        """The dotted name from which its relative imports start."""
        if self.path.stem == "__init__":
            return self.name
        return self.name.rpartition(".")[0]


def page_of(module: str) -> str:
    """Return the page that owns a module: `runs.X` and `X` belong to X."""
    first, _, rest = module.partition(".")
    return (rest if rest and first in ROOMS else module).replace(".", "/")


def source_paths(folder: Path) -> dict[str, Path]:
    """Return the modules of a snippets folder by name, without what is hidden."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        *folders, _ = path.relative_to(folder).parts
        parts = (*folders, path.stem)
        hidden = any(part.startswith((".", "__py")) for part in parts)
        if hidden or folders[:1] == ["results"]:
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name or "__init__"] = path
    return found


def read_source(name: str, path: Path) -> Source:
    """Read a module; raises CollectError for a name or an encoding Python has not."""
    _refuse_name(name, path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CollectError(
            f"UTF-8로 적힌 파일이 아닙니다: {error.object[error.start]:#04x}",
            path=path,
            line=error.object[: error.start].count(b"\n") + 1,
            hint="편집기에서 인코딩을 UTF-8로 바꾸어 저장하세요.",
        ) from None
    except OSError as error:
        raise CollectError(
            f"파일을 읽지 못했습니다: {error.strerror}", path=path
        ) from None
    if "\0" in text:
        raise CollectError(
            "글자가 아닌 빈 바이트(NUL)가 있습니다.",
            path=path,
            line=text[: text.index("\0")].count("\n") + 1,
            hint="편집기에서 지우고 저장하세요.",
        )
    return Source(name, path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _refuse_name(name: str, path: Path) -> None:
    """Refuse a file that cannot be imported, or that hides a module of Python's."""
    folders = path.parts[-1 - name.count(".") : -1]
    for part in (*folders, path.stem):
        if not part.isidentifier() or iskeyword(part):
            raise CollectError(
                f"`{part}`: 모듈이나 폴더의 이름으로 쓸 수 없습니다.",
                path=path,
                hint="글자와 숫자와 밑줄만 쓰고, 숫자나 파이썬의 예약어로 "
                "시작하지 않습니다.",
            )
    own = {"results", *ROOMS}
    for part in ({*folders[:1]} - own) | {path.stem}:
        if part in taken_names() | own:
            raise CollectError(
                f"`{part}`: 파이썬이나 라이브러리, 이 폴더가 이미 쓰는 이름입니다.",
                path=path,
                hint=f"다른 이름으로 바꿉니다. 예: my_{part}",
            )

"""What a new page may be called, and which files would be in its way."""

import re
import sysconfig
from collections.abc import Collection, Iterator
from importlib.machinery import PathFinder
from keyword import iskeyword
from pathlib import Path

from lecture.base.errors import LectureError
from lecture.base.particles import with_particle
from lecture.base.project import Project
from lecture.collect.libraries import taken_names
from lecture.collect.source import ROOMS

_UNFIT = re.compile(r"[\r\n$]|\{\{|\}\}")  # no heading of a page can hold these


def refuse_name(name: str, commands: Collection[str]) -> None:
    """Refuse a name that Python, a package, the project or the command line has."""
    if not re.fullmatch(r"[^\W\d_]\w*", name):
        raise _refusal(name, "글자로 시작하고 글자, 숫자, 밑줄만 있는 말이 아니라서")
    if iskeyword(name):
        raise _refusal(name, "파이썬의 예약어라서")
    if name in commands:
        raise _refusal(name, "명령의 이름이라서")
    if name in {*taken_names(), "results", *ROOMS} or _is_installed(name):
        raise _refusal(name, "파이썬이나 설치된 패키지, 이 폴더가 이미 쓰는 이름이라서")


def refuse_title(title: str) -> None:
    """Refuse a title that no heading can be."""
    if not title.strip() or _UNFIT.search(title):
        raise LectureError(
            f"쪽의 제목으로 쓸 수 없습니다: {' '.join(title.split())}",
            hint='수식이나 `{{ … }}` 없이 한 줄로 적으세요. 예: --title "배치 정규화"',
        )


def refuse_existing(project: Project, name: str, files: Collection[Path]) -> None:
    """Refuse to make a page where a file of it, or one that is to be made, exists."""
    found = {*_belonging(project, name), *(path for path in files if path.exists())}
    if found:
        names = ", ".join(sorted(project.relative(p).as_posix() for p in found))
        raise LectureError(
            f"이미 있어서 새로 만들지 않았습니다: {names}",
            hint="다른 이름을 적으세요. 있는 것은 어느 것도 고치지 않았습니다.",
        )


def _belonging(project: Project, name: str) -> Iterator[Path]:
    """Yield whatever the project already has under the name of a page."""
    yield from (p for p in project.written(".md") if p.name == f"{name}.md")
    yield from (project.root / "tests").rglob(f"test_{name}.py")
    rooms = (project.snippets, *(project.snippets / room for room in ROOMS))
    modules = (room / f"{name}.py" for room in rooms)
    places = (*modules, project.snippets / name, project.results / name)
    yield from (path for path in places if path.exists())


def _is_installed(name: str) -> bool:
    """Tell whether `import name` would find a package that somebody has installed."""
    paths = sysconfig.get_paths()
    return PathFinder.find_spec(name, [paths["purelib"], paths["platlib"]]) is not None


def _refusal(name: str, why: str) -> LectureError:
    message = f"{with_particle(name, '은')} {why} 쪽의 이름으로 쓸 수 없습니다."
    fit = "_".join(re.findall(r"\w+", name)).lstrip("_0123456789")
    example = f"my_{fit}" if fit else "batch_norm"
    return LectureError(message, hint=f"다른 이름을 적으세요. 예: {example}")

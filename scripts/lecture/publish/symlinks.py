"""Symbolic links below docs/, which MkDocs would follow wherever they lead."""

from collections.abc import Iterator
from pathlib import Path

from lecture.base.errors import PageError
from lecture.base.project import Project


def stays_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path, its links followed, is in a folder and not hidden there."""
    real, home = path.resolve(), folder.resolve()
    if not real.is_relative_to(home):
        return False
    return not any(part.startswith(".") for part in real.relative_to(home).parts)


def symlink_errors(project: Project) -> Iterator[PageError]:
    """Yield an error for each link in docs/ that leads nowhere, or out of sight.

    A link to a folder is one, too: what is linked from there could lead anywhere.
    """
    for link in _links(project.docs, project):
        if what := _wrong(link, project):
            place = project.relative(link)
            hint = "사이트에 그대로 실립니다. 링크 대신 파일을 두거나 링크를 지웁니다."
            yield PageError(f"{what} 링크입니다.", path=place, hint=hint)


def _wrong(link: Path, project: Project) -> str:
    if not link.exists():
        return "없는 곳을 가리키는"
    if link.is_dir():
        return "폴더를 가리키는"
    is_inside = stays_inside(link, project.root)
    return "" if is_inside else "프로젝트 밖이나 숨은 파일을 가리키는"


def _links(folder: Path, project: Project) -> Iterator[Path]:
    """Yield each symbolic link that MkDocs would meet."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path == project.generated:
            continue  # MkDocs leaves out what is hidden
        if path.is_symlink():
            yield path
        elif path.is_dir():
            yield from _links(path, project)

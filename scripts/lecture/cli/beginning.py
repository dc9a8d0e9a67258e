"""Beginning: a new page or lab, made of files that build as they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lecture.base.files import write_if_changed
from lecture.base.project import Project
from lecture.begin.naming import refuse_existing, refuse_name, refuse_title
from lecture.begin.navigation import with_page
from lecture.begin.skeleton import skeleton
from lecture.begin.writing import write_new
from lecture.cli.choosing import COMMANDS

_LECTURES, _LABS = "강의", "실습"  # sections of the navigation in mkdocs.yml
Files = Mapping[Path, bytes | str]  # by their paths from the project's root


@dataclass(frozen=True)
class _Begun:
    """What a page begins with."""

    files: Files
    section: str
    label: str = ""  # in the navigation; "" for the page's own title
    said: tuple[str, ...] = ()  # of what could not be made as it should be


def run_new(
    project: Project, name: str, *, title: str | None, lab: bool, notebook: Path | None
) -> int:
    """Make the files of a page, put it into the navigation, and say what is next."""
    refuse_name(name, COMMANDS)
    if title is not None:
        refuse_title(title)
    if notebook:
        begun = _from_notebook(name, (title or "").strip(), notebook)
    else:
        begun = _from_skeleton(name, (title or name).strip(), lab=lab)
    placed = {project.root / path: content for path, content in begun.files.items()}
    new = {path: content for path, content in placed.items() if not _is(path, content)}
    refuse_existing(project, name, [*new])
    write_new(new)
    _say(f"만들었습니다: {project.relative(path)}" for path in new)
    _navigate(project, name, begun)
    _say(begun.said)
    print(f"이제 빌드하고 고치세요: python scripts/build.py {name}")
    return 0


def _from_skeleton(name: str, title: str, *, lab: bool) -> _Begun:
    if lab:
        return _Begun(skeleton("lab", name, title), _LABS, title)
    return _Begun(skeleton("page", name, title), _LECTURES)


def _from_notebook(name: str, title: str, path: Path) -> _Begun:
    from lecture.begin.convert import convert

    lab = convert(path, name, title)
    files: Files = {
        **skeleton("notebook", name, lab.title),
        Path("snippets", f"{name}.py"): lab.module,
        **{Path("snippets", file): data for file, data in lab.data.items()},
        **{Path("docs/images", name, file): p for file, p in lab.pictures.items()},
    }
    said = [_SEEDED.format(name)] if lab.is_seeded else []
    if lab.remarks:
        said += [
            _REMARKS.format(len(lab.remarks)),
            *(r.told(path) for r in lab.remarks),
        ]
    return _Begun(files, _LABS, lab.title, tuple(said))


_SEEDED = "시드를 정하는 칸을 더했습니다: snippets/{}.py의 첫 코드 칸"
_REMARKS = "노트북에서 살펴볼 곳이 {}군데 있습니다."


def _is(path: Path, content: bytes | str) -> bool:
    """Tell whether a file is there already, the same: data that labs share."""
    data = content.encode() if isinstance(content, str) else content
    return path.is_file() and path.read_bytes() == data


def _navigate(project: Project, name: str, begun: _Begun) -> None:
    path = project.root / "mkdocs.yml"
    if not path.is_file():  # MkDocs then shows every page there is
        return
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    changed = with_page(text, begun.section, name, begun.label)
    if changed is None:
        _say([f"차례에 넣지 못했습니다. mkdocs.yml의 nav에 적으세요: - {name}.md"])
    elif changed != text:
        write_if_changed(path, changed)
        _say(["차례에 넣었습니다: mkdocs.yml"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)

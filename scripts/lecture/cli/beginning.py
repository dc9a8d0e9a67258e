"""Beginning: a new page or lab, made of files that build as they are."""

from collections.abc import Iterable

from lecture.base.files import write_if_changed
from lecture.base.project import Project
from lecture.begin.naming import refuse_existing, refuse_name, refuse_title
from lecture.begin.navigation import with_page
from lecture.begin.skeleton import skeleton
from lecture.begin.writing import write_new
from lecture.cli.choosing import COMMANDS

_SECTIONS = {"page": "강의", "lab": "실습"}  # of the navigation in mkdocs.yml


def run_new(project: Project, name: str, *, title: str | None, lab: bool) -> int:
    """Make the files of a page, put it into the navigation, and say what is next."""
    title = name if title is None else title.strip()
    refuse_name(name, COMMANDS)
    refuse_title(title)
    files = skeleton("lab" if lab else "page", name, title)
    placed = {project.root / path: text for path, text in files.items()}
    refuse_existing(project, name, [*placed])
    write_new(placed)
    _say(f"만들었습니다: {path}" for path in files)
    _navigate(project, name, title if lab else "", _SECTIONS["lab" if lab else "page"])
    print(f"이제 빌드하고 고치세요: python scripts/build.py {name}")
    return 0


def _navigate(project: Project, name: str, label: str, section: str) -> None:
    path = project.root / "mkdocs.yml"
    if not path.is_file():  # MkDocs then shows every page there is
        return
    text = path.read_bytes().decode("utf-8-sig", "replace")
    changed = with_page(text, section, name, label)
    if changed is None:
        _say([f"차례에 넣지 못했습니다. mkdocs.yml의 nav에 적으세요: - {name}.md"])
    elif changed != text:
        write_if_changed(path, changed)
        _say(["차례에 넣었습니다: mkdocs.yml"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)

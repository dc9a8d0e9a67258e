"""The site, made from what has just been built."""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import Any

from lecture.base.errors import LectureError
from lecture.base.project import Project
from lecture.cli.building import run_build
from lecture.cli.report import told
from lecture.publish.provenance import duration

_QUIET = {"NO_MKDOCS_2_WARNING": "1"}  # Material's notice comes with every build


def run_site(project: Project, *, zensical: bool = False, **chosen: Any) -> int:
    """Build, and make the site from what has just been built."""
    if zensical and not find_spec("zensical"):
        print("Zensical이 없습니다.\n  → pip install zensical", file=sys.stderr)
        return 2
    if red := run_build(project, (), **chosen):
        print("사이트는 만들지 않았습니다.", file=sys.stderr)
        return red
    start = time.monotonic()
    code = (_zensical if zensical else _mkdocs)(project)
    if code:
        print("사이트를 만들지 못했습니다. 까닭은 위에 있습니다.", file=sys.stderr)
    else:
        print(f"사이트: site/index.html ({duration(time.monotonic() - start)})")
    return code


def _mkdocs(project: Project) -> int:
    return _made(project, "mkdocs", "build", "--strict")


def _zensical(project: Project) -> int:
    """Have Zensical make the site, and do then what hooks do for MkDocs."""
    from lecture.render.finished import finish

    if code := _made(project, "zensical", "build", "--strict"):
        return code
    try:
        finish(project.root / "site")
    except LectureError as error:
        print(told(project, error), file=sys.stderr)
        return 1
    return 0


def _made(project: Project, *command: str) -> int:
    words = [sys.executable, "-m", *command]
    return subprocess.run(words, cwd=project.root, env=os.environ | _QUIET).returncode

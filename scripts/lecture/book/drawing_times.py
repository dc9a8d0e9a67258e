"""How long drawings took: kept apart from them, so that their bytes stay the same."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from lecture.base.files import write_if_changed
from lecture.base.project import Project


def load_times(project: Project) -> dict[str, float]:
    """Return the seconds that each drawing last took, by its id, where it is known."""
    try:
        known = json.loads(_path(project).read_text(encoding="utf-8"))
        return {name: float(seconds) for name, seconds in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember_times(project: Project, times: Mapping[str, float]) -> None:
    """Keep the seconds of what has just been drawn beside those known before."""
    if times:
        known = {**load_times(project), **times}
        with contextlib.suppress(OSError):
            write_if_changed(_path(project), json.dumps(known, sort_keys=True))


def _path(project: Project) -> Path:
    return project.cache / "drawing-times.json"

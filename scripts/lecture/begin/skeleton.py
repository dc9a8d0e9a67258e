"""The files that a new page begins with: plain files, in which a name is put.

`assets/new/page/` mirrors a project, so what is added there is added to every new page.
"""

import re
from pathlib import Path
from typing import Literal

from lecture.publish.coverage import as_settings

Kind = Literal["page", "lab", "notebook"]
_TEMPLATES = Path(__file__).parents[1] / "assets" / "new"
_HOLE = re.compile("NAME|TITLE")


def skeleton(kind: Kind, name: str, title: str) -> dict[Path, str]:
    """Return the files of a new page by their paths from the project's root."""
    folder = _TEMPLATES / kind
    words = {"NAME": name, "TITLE": as_settings(title)}

    def filled(text: str) -> str:
        return _HOLE.sub(lambda hole: words[hole[0]], text)

    return {
        Path(filled(str(path.relative_to(folder)))): filled(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".md", ".py")
    }

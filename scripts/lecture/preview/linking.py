"""Files that a preview's site has under a second name, instead of as a copy.

MkDocs empties its folder at each build, and copies some thousand files into it.
"""

import os
import shutil
from functools import partial
from pathlib import Path

from mkdocs.structure.files import File, Files


def link_media(files: Files) -> None:
    """Have MkDocs link what it would copy; nobody writes into a built site."""
    for file in files:
        if file.abs_src_path and not file.is_documentation_page():
            file.copy_file = partial(_link, file)  # type: ignore[method-assign]


def linked(source: str, target: str) -> str:
    """Give a file a second name, where the system can; else copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _link(file: File, dirty: bool = False) -> None:
    target = Path(file.abs_dest_path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    linked(str(file.abs_src_path), str(target))

"""A small site that MkDocs serves to its author."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sandbox import PATIENCE, SCRIPTS, Sandbox, wait_until

SETTINGS = """
site_name: 노트
strict: true
use_directory_urls: false
exclude_docs: /generated/**/*.md
theme: {name: material, language: ko, font: false}
nav: [index.md, page.md]
plugins:
  - search: {lang: en}
  - mkdocs-jupyter: {include: ["*.ipynb"], ignore: ["*.md"]}
hooks: [scripts/hooks.py, hold.py]
markdown_extensions:
  - attr_list
  - md_in_html
  - pymdownx.snippets: {base_path: [docs, .], check_paths: true}
  - lecture.numbers
"""
# A build of the site waits for as long as there is a file of this name.
HOLD = """
import time
from pathlib import Path

def on_post_build(**_):
    Path("built").write_text("")
    while Path("hold").exists():
        time.sleep(0.02)
"""
RUNS = """
import time
from pathlib import Path


def experiment_a(n=3):
    while Path("{root}/slow").exists():
        time.sleep(0.02)
    return {{"n": n}}
"""
FIGURES = """
import matplotlib.pyplot as plt


def figure_line(a):
    '''선입니다.'''
    fig, ax = plt.subplots()
    ax.plot([0, a["n"]])
    ax.set_title("one")
    return fig
"""
PAGE = """
# 쪽

값은 {{ page.a.n }}입니다.

--8<-- "generated/page/line.md"
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "hold.py": HOLD,
    ".gitignore": "built\nhold\nslow\n.cache\ndocs/generated\n__pycache__\n",
    "snippets/figures/page.py": FIGURES,
    "docs/index.md": "# 처음\n\n[쪽](page.md)\n",
    "docs/page.md": PAGE,
}
MKDOCS = (sys.executable, "-m", "mkdocs")
EPOCH = re.compile(r"livereload\((\d+), ")


@dataclass(frozen=True)
class Preview:
    """A site that MkDocs serves to its author."""

    notes: Sandbox
    address: str
    process: subprocess.Popen[str]

    def get(self, path: str = "page.html") -> str:
        try:
            with urlopen(f"{self.address}/{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            return ""

    def shows(self, text: str, path: str = "page.html") -> str:
        wait_until(lambda: text in self.get(path))
        return self.get(path)

    def hides(self, text: str, path: str = "page.html") -> None:
        wait_until(lambda: (page := self.get(path)) and text not in page)

    @contextmanager
    def edited(self, name: str, before: str, after: str) -> Iterator[None]:
        """Save an edit, and take it back at the end."""
        text = (self.notes.root / name).read_text(encoding="utf-8")
        self.notes.edit(name, before, after)
        try:
            yield
        finally:
            (self.notes.root / name).write_text(text, encoding="utf-8")

    def reloads(self, change: Callable[[], None], is_done: Callable[[], bool]) -> int:
        """Return how often a browser loads the page again until all is there."""
        seen = {self._epoch()}
        change()
        wait_until(lambda: seen.add(self._epoch()) or is_done())  # type: ignore[func-returns-value]
        quiet = time.monotonic() + 1.0
        while time.monotonic() < quiet:
            seen.add(self._epoch())
        return len(seen) - 1

    def _epoch(self) -> str:
        found = EPOCH.search(self.get())
        assert found
        return found[1]


@contextmanager
def served(notes: Sandbox, *settings: str) -> Iterator[Preview]:
    """Serve the notes of a folder, once there is a site to serve."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [*MKDOCS, "serve", "--livereload", "-a", address, *settings],
        cwd=notes.root,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS), "NOTES_SANDBOX": str(notes.root)},
        stdin=subprocess.PIPE,
        stdout=(notes.root / "log.txt").open("w"),
        stderr=subprocess.STDOUT,
        text=True,
    )
    shown = Preview(notes, f"http://{address}", process)
    try:
        wait_until(lambda: shown.get("index.html"))
        yield shown
    finally:
        process.terminate()
        process.wait(PATIENCE)
        notes.end()


@contextmanager
def previewed(folder: Path) -> Iterator[Preview]:
    """Serve the site in a folder, until its experiment has been run."""
    notes = Sandbox(folder / "강의 노트")
    for name, text in FILES.items():
        notes.write(name, text)
    notes.write("snippets/runs/page.py", RUNS.format(root=notes.root))
    with served(notes.with_scripts()) as shown:
        shown.shows("값은 3입니다")  # run by itself, as it is quick
        shown.hides("실행 중")
        yield shown

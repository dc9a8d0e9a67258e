"""The live preview: what an author saves is on its page, and nothing ever blanks it."""

import os
import re
import shutil
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

import pytest
from sandbox import PATIENCE, Sandbox, wait_until

SCRIPTS = Path(__file__).parents[2] / "scripts"
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
# File, what stands there, what is written instead, and what the page then says.
MISTAKES = {
    "syntax error": ("snippets/figures/page.py", "line(a)", "line(a", "실패"),
    "unknown number": ("docs/page.md", "# 쪽", "# 쪽\n\n{{ page.a.m }}", "page.a.m"),
    "unbound number": ("docs/page.md", "# 쪽", "# 쪽\n\n정확도는 0.123입니다.", "실패"),
    "no such fragment": (
        "docs/page.md",
        "# 쪽",
        '# 쪽\n\n--8<-- "generated/page/lin.md"',
        "lin.md",
    ),
}
HALF_WRITTEN = {
    "link": ("docs/index.md", "[쪽](page.md)", "[쪽](pag"),
    "nav": ("mkdocs.yml", "page.md]", "page.md, nothing.md]"),
    "YAML": ("mkdocs.yml", "theme: {", "theme: {{"),
}
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


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    notes = Sandbox(tmp_path_factory.mktemp("preview") / "강의 노트")
    for name, text in FILES.items():
        notes.write(name, text)
    notes.write("snippets/runs/page.py", RUNS.format(root=notes.root))
    for name in ("build.py", "hooks.py"):
        shutil.copy(SCRIPTS / name, notes.write(f"scripts/{name}", ""))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", address],
        cwd=notes.root,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS), "NOTES_SANDBOX": str(notes.root)},
        stdin=subprocess.PIPE,
        stdout=(notes.root / "log.txt").open("w"),
        stderr=subprocess.STDOUT,
        text=True,
    )
    shown = Preview(notes, f"http://{address}", process)
    try:
        shown.shows("값은 3입니다")  # run by itself, as it is quick
        shown.hides("실행 중")
        yield shown
    finally:
        process.terminate()
        process.wait(PATIENCE)
        notes.end()


def _shows(preview: Preview, text: str) -> bool:
    return text in preview.get()


def svg(preview: Preview) -> str:
    return preview.get("generated/page/line-light.svg")


def test_saved_sentence_comes_with_one_reload(preview: Preview) -> None:
    with preview.edited("docs/page.md", "# 쪽", "# 다른 쪽"):
        count = preview.reloads(lambda: None, lambda: "다른 쪽" in preview.get())
    assert count <= 1
    preview.hides("다른 쪽")


def test_edited_plot_comes_with_one_reload(preview: Preview) -> None:
    old, edit = svg(preview), ("snippets/figures/page.py", '"one"', '"two"')
    count = preview.reloads(
        lambda: preview.notes.edit(*edit), lambda: svg(preview) != old
    )
    assert count == 1
    preview.notes.edit(edit[0], edit[2], edit[1])
    wait_until(lambda: svg(preview) == old)


def test_quick_experiment_runs_by_itself_and_text_comes_first(
    preview: Preview,
) -> None:
    slow = preview.notes.root / "slow"
    slow.touch()
    with preview.edited("snippets/runs/page.py", "n=3", "n=4"):
        assert "값은 3입니다" in preview.shows("실행 중")
        assert (
            preview.reloads(slow.unlink, lambda: "값은 4입니다" in preview.get()) == 1
        )
        assert "실행 중" not in preview.get()
    preview.shows("값은 3입니다")


def test_dear_experiment_waits_for_a_word_of_the_author(preview: Preview) -> None:
    result = preview.notes.root / "snippets/results/page/a.json"
    text = result.read_text(encoding="utf-8")
    seconds = re.search(r'"seconds": [\d.e-]+', text)
    assert seconds
    result.write_text(text.replace(seconds[0], '"seconds": 60.0'), encoding="utf-8")
    with preview.edited("snippets/runs/page.py", "n=3", "n=5"):
        page = preview.shows("오래됨")
        assert "값은 3입니다" in page
        assert "python scripts/build.py build page" in page
        assert preview.process.stdin
        preview.process.stdin.write("\n")
        preview.process.stdin.flush()
        preview.shows("값은 5입니다")
        preview.hides("오래됨")
    preview.shows("값은 3입니다")


def test_failing_figure_is_told_in_its_place_until_it_is_mended(
    preview: Preview,
) -> None:
    with preview.edited("snippets/figures/page.py", 'a["n"]', 'a["m"]'):
        page = preview.shows("실패")
        place = page.index("preview-mark-failed")
        assert page.index("값은 3입니다") < place < page.index('id="line"')
        assert "snippets/figures/page.py:" in page
        assert "KeyError" in page
    preview.hides("실패")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_on_its_page_and_the_rest_stays(
    preview: Preview, mistake: str
) -> None:
    name, before, after, told = MISTAKES[mistake]
    with preview.edited(name, before, after):
        assert "값은 3입니다" in preview.shows(told)
    preview.hides(told)


@pytest.mark.parametrize("half", HALF_WRITTEN)
def test_half_written_file_hangs_and_blanks_nothing(
    preview: Preview, half: str
) -> None:
    sentence = ("docs/page.md", "# 쪽", f"# 쪽 {half}")
    with preview.edited(*HALF_WRITTEN[half]), preview.edited(*sentence):
        assert "값은 3입니다" in preview.get()
        if half != "YAML":
            preview.shows(f"쪽 {half}")
    with preview.edited("docs/page.md", "# 쪽", f"# 고친 쪽 {half}"):
        preview.shows(f"고친 쪽 {half}")
    preview.hides(f"쪽 {half}")


def test_request_while_a_site_is_built_gets_the_last_good_page(
    preview: Preview,
) -> None:
    root = preview.notes.root
    (root / "built").unlink()
    (root / "hold").touch()
    with preview.edited("docs/page.md", "# 쪽", "# 기다린 쪽"):
        wait_until((root / "built").exists)
        assert "기다린 쪽" not in preview.get()
        assert "값은 3입니다" in preview.get()
        (root / "hold").unlink()
        preview.shows("기다린 쪽")
    preview.hides("기다린 쪽")


def test_switched_branch_ends_right(preview: Preview) -> None:
    notes = preview.notes

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *who, *arguments], cwd=notes.root, check=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "three")
    git("checkout", "-qb", "other")
    notes.edit("snippets/runs/page.py", "n=3", "n=7")
    notes.edit("docs/page.md", "# 쪽", "# 가지")
    preview.shows("값은 7입니다")
    preview.hides("실행 중")
    git("commit", "-qam", "seven")
    git("checkout", "-q", "main")
    preview.hides("가지")
    preview.shows("값은 3입니다")
    git("checkout", "-q", "other")
    preview.shows("가지")
    preview.shows("값은 7입니다")
    git("checkout", "-q", "main")
    preview.shows("값은 3입니다")
    assert "preview-mark" not in preview.get()

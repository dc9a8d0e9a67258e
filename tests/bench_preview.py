"""How long an author waits for a page, beside the wait with plain MkDocs.

Plain MkDocs serves the same pages, with their fragments and the code that they show,
without our hooks, extensions and notebooks. Seconds of a clock, for an author waits by
it; the quickest of some rounds. All happens on copies.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from previewing import FIGURES, PAGE, SETTINGS, Preview, served
from sandbox import Sandbox, wait_until

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3
PAGES = 12
PLAIN = "plain.yml"
QUICK = """
import time

def experiment_a(n=3):
    time.sleep(1)
    return {"n": n}
"""
OURS = (
    r"^  - lecture\..*\n",
    r"^hooks:\n(?:  .*\n)+",
    r"^hooks: .*\n",
    r"^  - mkdocs-jupyter:.*\n(?:      .*\n)*",
    r"^strict: .*\n",
)
Row = tuple[str, float, float]  # what is waited for, seconds with ours, with plain


def rows(real: Sandbox, small: Sandbox) -> Iterator[Row]:
    """Yield what an author waits for, in the real notes and in small ones."""
    yield from _waits(real, "activations", "cost_bars", "이 노트")
    yield from _waits(small, "page1", "line", f"작은 쪽 {PAGES}개")
    with served(small) as preview:
        quick = _knob(preview, "page1") - 1
    with served(small, "-f", PLAIN) as preview:
        least = _sentence(preview, "page1")
    yield f"작은 쪽 {PAGES}개: 1초 걸리는 실험의 값 → 쪽 (그 1초를 빼고)", quick, least


def _waits(notes: Sandbox, page: str, figure: str, where: str) -> Iterator[Row]:
    with _opened(notes, "-f", PLAIN) as (preview, first):
        least = _sentence(preview, page)
    with _opened(notes) as (preview, opened):
        yield f"{where}: mkdocs serve → 첫 쪽", opened, first
        yield f"{where}: 문장을 저장 → 쪽", _sentence(preview, page), least
        yield f"{where}: 그림을 저장 → 그림", _plot(preview, page, figure), least


@contextmanager
def _opened(notes: Sandbox, *settings: str) -> Iterator[tuple[Preview, float]]:
    """Serve notes; give the preview, and the seconds until its first page."""
    start = time.monotonic()
    with served(notes, *settings) as preview:
        yield preview, time.monotonic() - start


def _sentence(preview: Preview, page: str) -> float:
    path = preview.notes.root / f"docs/{page}.md"
    text = path.read_text(encoding="utf-8")

    def once(n: int) -> float:
        said = f"문장 {n} {time.monotonic_ns()}"
        path.write_text(f"{text}\n{said}\n", encoding="utf-8")
        return wait_until(lambda: said in preview.get(f"{page}.html"))

    quickest = _quickest(once)
    path.write_text(text, encoding="utf-8")
    return quickest


def _plot(preview: Preview, page: str, figure: str) -> float:
    path = preview.notes.root / f"snippets/figures/{page}.py"
    text = path.read_text(encoding="utf-8")
    opening = re.search(rf"def figure_{figure}\(.*\n(?:.*\n)*?    return fig\n", text)
    assert opening
    drawing = f"generated/{page}/{figure}-light.svg"

    def once(n: int) -> float:
        more = f"    fig.text(0.{n}, 0.5, 'x')\n    return fig\n"
        edited = opening[0].replace("    return fig\n", more)
        before = preview.get(drawing)
        path.write_text(text.replace(opening[0], edited), encoding="utf-8")
        return wait_until(lambda: preview.get(drawing) not in ("", before))

    return _quickest(once)


def _knob(preview: Preview, page: str) -> float:
    path = preview.notes.root / f"snippets/runs/{page}.py"
    text = path.read_text(encoding="utf-8")

    def once(n: int) -> float:
        path.write_text(text.replace("n=3", f"n={10 + n}"), encoding="utf-8")
        return wait_until(lambda: f"값은 {10 + n}입니다" in preview.get(f"{page}.html"))

    return _quickest(once)


def _quickest(once: Callable[[int], float]) -> float:
    found = []
    for n in range(1, ROUNDS + 1):
        found.append(once(n))
        time.sleep(1)  # what follows a save is over
    return min(found)


def real_notes(folder: Path) -> Sandbox:
    """Return a copy of the notes as they are, drawings and memory included."""
    root = folder / "real"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    for name in ("docs/generated", ".cache"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    return _with_plain(Sandbox(root))


def small_notes(folder: Path) -> Sandbox:
    notes = Sandbox(folder / "small")
    names = [f"page{n}" for n in range(1, PAGES + 1)]
    files = ", ".join(f"{name}.md" for name in names)
    nav = SETTINGS.replace("index.md, page.md", f"index.md, {files}")
    notes.write("mkdocs.yml", nav.replace(", hold.py", ""))
    notes.write("docs/index.md", "# 처음\n")
    for name in names:
        page = PAGE.replace("page.a", f"{name}.a").replace("/page/", f"/{name}/")
        notes.write(f"docs/{name}.md", page)
        notes.write(f"snippets/figures/{name}.py", FIGURES)
        notes.write(f"snippets/runs/{name}.py", QUICK)
    notes.with_scripts()
    built = [sys.executable, "scripts/build.py", "site"]
    subprocess.run(built, cwd=notes.root, check=True, capture_output=True)
    return _with_plain(notes)


def _with_plain(notes: Sandbox) -> Sandbox:
    """Add settings without anything of ours."""
    text = (notes.root / "mkdocs.yml").read_text(encoding="utf-8")
    for pattern in OURS:
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    notes.write(PLAIN, f"{text}\nwatch: [snippets]\n")
    return notes

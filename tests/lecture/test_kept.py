"""The site of a later build is the site of a first one, to the byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sandbox import Sandbox

SCRIPTS = Path(__file__).parents[2] / "scripts"
SETTINGS = """
site_name: 노트
use_directory_urls: false
exclude_docs: /generated/**/*.md
theme: {name: material, language: ko, font: false}
validation: {absolute_links: warn}
plugins:
  - search: {lang: en}
  - mkdocs-jupyter: {include: ["*.ipynb"], ignore: ["*.md"]}
hooks: [scripts/hooks.py]
markdown_extensions:
  - attr_list
  - md_in_html
  - toc
  - pymdownx.snippets: {base_path: [docs, .], check_paths: true}
  - lecture.numbers
  - lecture.glossary
"""
LAB = """
'''실습입니다.'''
# %% [markdown]
# ## 더하기

# %%
print(1 + 1)
"""
CLAIM = """
def claim_small(a):
    '''작습니다.'''
    return a["n"] < 9, f"{a['n']}"
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "snippets/lab.py": LAB,
    "snippets/runs/page.py": "def experiment_a():\n    return {'n': 3}\n",
    "snippets/claims/page.py": CLAIM,
    "docs/index.md": "# 처음\n\n손실은 {{ page.a.n }}입니다. [쪽](page.md#two)\n",
    "docs/page.md": '# 쪽\n\n## 둘 {#two}\n\n--8<-- "generated/page/small.md"\n',
    "docs/lab.md": '# 실습\n\n--8<-- "generated/lab/lab.md"\n',
    "docs/glossary.md": "# 용어집\n\n**손실**(loss) { #loss }\n:   틀린 정도입니다.\n",
}
EDITS: dict[str, tuple[str, str, str]] = {
    "sentence": ("docs/page.md", "# 쪽", "# 다른 쪽\n\n손실."),
    "glossary": ("docs/glossary.md", "틀린 정도", "빗나간 정도"),
    "number": ("snippets/runs/page.py", "'n': 3", "'n': 4"),
    "heading": ("docs/page.md", "## 둘", "## 셋"),
    "settings": ("mkdocs.yml", "노트", "공책"),
    "link": ("docs/index.md", "page.md#two", "/nowhere.html"),
}


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path / "강의 노트")
    for name, text in FILES.items():
        sandbox.write(name, text)
    for name in ("build.py", "hooks.py"):
        shutil.copy(SCRIPTS / name, sandbox.write(f"scripts/{name}", ""))
    return sandbox


def site(notes: Sandbox) -> tuple[dict[str, str], list[str]]:
    """Build; return the files of the site by their digests, and what MkDocs warned."""
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=notes.root,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    said = [line for line in ran.stderr.splitlines() if line.startswith("WARNING")]
    files = notes.files("site")
    return {n: d for n, d in files.items() if "sitemap" not in n}, said


def forget(notes: Sandbox) -> None:
    (notes.root / ".cache/lecture/pages").unlink()


def test_later_build_gives_the_bytes_of_a_first_one_whatever_was_edited(
    notes: Sandbox,
) -> None:
    assert notes.build().code == 0
    before = site(notes)
    assert site(notes) == before
    for name, edit in EDITS.items():
        notes.edit(*edit)
        if edit[0].startswith("snippets"):
            assert notes.build().code == 0
        later = site(notes)
        forget(notes)
        first = site(notes)
        assert later == first == site(notes), name
        assert later != before, name
        before = later
    assert "nowhere.html" in before[1][0]

"""A small site on disk, made by the real MkDocs with our hooks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from sandbox import SCRIPTS, Sandbox

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


def small_site(root: Path, **files: str) -> Sandbox:
    """Write the site's sources, and the scripts that an author starts."""
    notes = Sandbox(root)
    for name, text in (FILES | files).items():
        notes.write(name, text)
    return notes.with_scripts()


def published_site(root: Path, **files: str) -> Sandbox:
    """Write a small site with the settings and the templates of the notes."""
    home = SCRIPTS.parent
    ours = (home / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^nav:\n(?: .*\n)+", "", ours, flags=re.M)  # other pages
    shutil.copytree(home / "theme", root / "theme")
    return small_site(root, **{"mkdocs.yml": settings}, **files)


def started(
    notes: Sandbox, *command: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python in the site's folder, as an author does."""
    known = {"PYTHONPATH": str(SCRIPTS)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=notes.root,
        env=os.environ | known | environment,
        capture_output=True,
        text=True,
    )


def mkdocs(notes: Sandbox, **environment: str) -> subprocess.CompletedProcess[str]:
    """Have MkDocs make the site."""
    return started(notes, "-m", "mkdocs", "build", **environment)

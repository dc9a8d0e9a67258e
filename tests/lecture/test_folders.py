"""A page in a sub-folder shows what a page beside it shows: a real MkDocs build."""

import os
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lecture.base.products import Drawing, Product, Table, Verdict
from lecture.base.project import Project
from lecture.collect.artefact import Artefact
from lecture.publish.downloads import downloads_fragment
from lecture.publish.fragments import claim_fragment, figure_fragment, table_fragment
from lecture.publish.pages import doc_pages
from lecture.publish.provenance import Provenance
from lecture.publish.runs_table import runs_page
from test_as_text import frozen

WriteProject = Callable[[dict[str, str]], Project]
SETTINGS = """
site_name: 노트
use_directory_urls: false
strict: true
exclude_docs: /generated/**/*.md
validation: {links: {anchors: warn}}
plugins: []
theme: {name: null, custom_dir: theme}
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - lecture.numbers
  - pymdownx.snippets: {base_path: [docs, .], check_paths: true}
"""
NAMES = ("curve", "losses", "falls", "downloads")
PAGE = "# 쪽\n\n" + "\n\n".join(f'--8<-- "generated/cifar/{n}.md"' for n in NAMES)
RUNS = '\n\n--8<-- "generated/runs.md"\n'


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value or "" for name, value in attrs if name in ("src", "href")}


def links(page: Path) -> set[str]:
    parser = _Links()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.found


@pytest.fixture
def notes(project: WriteProject) -> Project:
    """Write two pages with the same text, one of them in a sub-folder."""
    notes = project(
        {
            "mkdocs.yml": SETTINGS,
            "theme/main.html": "{{ page.content }}",
            "docs/cifar.md": PAGE + RUNS,
            "docs/part 1/깊이/cifar.md": PAGE + RUNS,
            "docs/sources.md": '# 출처\n\n<span id="C01"></span>\n',
            "docs/generated/cifar/cifar.py": "",
            "docs/generated/cifar/fit.json": "{}",
            "docs/generated/cifar/l.svg": "<svg/>",
            "docs/generated/cifar/d.svg": "<svg/>",
            "docs/generated/cifar/t.csv": "a",
        }
    )
    path = notes.snippets / "cifar.py"
    doc = "그림.\n\n원문: (C01) 하나."
    figure = Artefact("cifar", "cifar", "figure", "curve", path, 1, doc)
    table = Artefact("cifar", "cifar", "table", "losses", path, 1, doc)
    claim = Artefact("cifar", "cifar", "claim", "falls", path, 1, doc)
    drawing, rows = Drawing("l.svg", "d.svg", 1, 1), Table("t.csv", "| a |\n| - |\n")
    products: dict[str, Product] = {"curve": drawing, "losses": rows}
    pages = {"cifar": doc_pages(notes)[1]}
    fragments = {
        "cifar/curve": figure_fragment(figure, drawing, Provenance()),
        "cifar/losses": table_fragment(table, rows, Provenance()),
        "cifar/falls": claim_fragment(claim, Verdict(True, "1"), Provenance()),
        "cifar/downloads": downloads_fragment(
            "cifar",
            (figure, table),
            products,
            results=("fit.json",),
            modules=("cifar.py",),
        ),
        "runs": runs_page([frozen({})], pages),
    }
    for name, text in fragments.items():
        (notes.generated / f"{name}.md").write_text(text, encoding="utf-8")
    return notes


def build(notes: Project) -> subprocess.CompletedProcess[str]:
    scripts = Path(__file__).parents[2] / "scripts"
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=notes.root,
        env=os.environ | {"PYTHONPATH": str(scripts)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_link_of_a_fragment_leads_to_a_file_from_either_page(
    notes: Project,
) -> None:
    ran = build(notes)
    assert ran.returncode == 0, ran.stderr
    site = notes.root / "site"
    pages = (site / "cifar.html", site / "part 1/깊이/cifar.html")
    for page in pages:
        found = {unquote(urldefrag(link)[0]) for link in links(page)} - {""}
        assert len(found) == 6
        for link in found:
            assert (page.parent / link).is_file(), link


def test_mistake_on_either_of_two_like_pages_is_named_with_its_own_place(
    notes: Project,
) -> None:
    text = "---\ntitle: 쪽\n---\n\n\n# 쪽\n\n{{ cifar }}\n"
    (notes.docs / "part 1/깊이/cifar.md").write_text(text, encoding="utf-8")
    assert "docs/part 1/깊이/cifar.md:8: `{{ cifar }}`" in build(notes).stderr

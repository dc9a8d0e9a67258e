"""Labs as a reader takes them away: the code shown, the notebook, the file."""

import json
import re
from pathlib import Path

import pytest
from lecture.collect.cells import code_cells, is_lab, parse

ROOT = Path(__file__).parents[2]
SOURCES = {
    path.stem: path.read_text("utf-8")
    for path in sorted((ROOT / "snippets").glob("*.py"))
    if is_lab(path.read_text("utf-8"))
}


@pytest.fixture(params=SOURCES)
def lab(request: pytest.FixtureRequest) -> str:
    """Return the slug of each lab in turn."""
    return str(request.param)


def sources(lab):
    """Return the code cells of a lab."""
    return [cell.source for cell in code_cells(parse(SOURCES[lab]))]


def test_every_page_called_a_lab_is_a_program_that_runs():
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    section = re.search(r"- 실습:\n((?: {6}.*\n)+)", navigation)
    assert section
    assert set(re.findall(r"(\w+)\.md", section[1])) == set(SOURCES)


def test_code_shown_is_the_code_that_runs(documents, lab):
    """The smoke run executes the cells; what a reader copies must be the same."""
    cells = sources(lab)
    blocks = documents[f"{lab}.html"].select("article .highlight code")
    shown = [block.get_text().rstrip() for block in blocks]
    assert [code for code in shown if code in cells] == cells


def test_notebook_holds_the_same_cells_and_their_outputs(site, lab):
    text = (site / "generated" / lab / f"{lab}.ipynb").read_text("utf-8")
    code = [c for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    first, *others = ["".join(cell["source"]) for cell in code]
    assert others == sources(lab)
    assert "font.family" in first
    assert any(cell["outputs"] for cell in code)


def test_lab_and_notebook_are_one_click_apart(documents, lab):
    edition = f"generated/{lab}/{lab}"
    there = [a["href"] for a in documents[f"{lab}.html"].select("article a[href]")]
    back = [a["href"] for a in documents[f"{edition}.html"].select("article a[href]")]
    assert {f"{edition}.html", f"{edition}.ipynb", f"generated/{lab}/{lab}.py"} <= {
        *there
    }
    assert any(href.endswith(f"../{lab}.html") for href in back)

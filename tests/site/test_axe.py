"""What axe-core finds on a page: nothing, by day and at night, notebooks included.

tests/site/axe holds axe-core 4.14.1 (Mozilla Public License 2.0).
"""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
SCHEMES = {  # at night only the colours are others
    "light": {"rules": {"td-has-header": {"enabled": True}}},
    "dark": {"runOnly": ["color-contrast", "link-in-text-block", "target-size"]},
}
FOUND = """async (options) => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...options});
  return found.violations.map(({id, nodes}) => [id, nodes.map((node) => node.html)]);
}"""
NOTEBOOKS = [
    f"generated/{page}/{page}.html"
    for page in sorted(
        p.stem for p in (Path(__file__).parents[2] / "docs").glob("*.md")
    )
]


def violations(visited) -> dict[str, list]:
    if not visited.page.evaluate("'axe' in window"):
        visited.page.evaluate(AXE)
    found = {}
    for scheme, options in SCHEMES.items():
        visited.meet(scheme)
        found[scheme] = visited.page.evaluate(FOUND, options)
    return found


def test_page_is_clean(visit, address, name):
    assert violations(visit(address + name)) == {"light": [], "dark": []}


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_page_of_a_notebook_is_clean(visit, address, documents, notebook):
    if notebook not in documents:
        pytest.skip("the page has no notebook")
    assert violations(visit(address + notebook)) == {"light": [], "dark": []}


def test_missing_page_is_clean(visit, address):
    assert violations(visit(f"{address}404.html")) == {"light": [], "dark": []}

"""What axe-core finds: nothing, by day and at night, notebooks included.

At night only the colours are others: one text of each kind is looked at. Pages of
notebooks are alike: the fewest that show all kinds of elements between them are read.
tests/site/axe holds axe-core 4.14.1 (Mozilla Public License 2.0).
"""

from pathlib import Path

from visits import opened

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
BY_DAY = """async () => {
  const rules = {"td-has-header": {enabled: true}, "target-size": {enabled: true}};
  const found = await axe.run(document, {resultTypes: ["violations"], rules});
  return found.violations.map(({id, nodes}) => [id, nodes.map((node) => node.html)]);
}"""
AT_NIGHT = """async () => {
  const kinds = new Map();
  const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  for (const element of document.querySelectorAll("body *:not(.katex-html *)")) {
    if (![...element.childNodes].some(isText)) continue;
    const above = element.parentElement;
    const around = [element, above, above.parentElement];
    const kind = around.map((one) => `${one.nodeName}.${one.className}`).join();
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  const runOnly = ["color-contrast", "link-in-text-block"];
  const found = await axe.run({include: [...kinds.values()]}, {runOnly});
  return found.violations.map(({id, nodes}) => [id, nodes.map((node) => node.html)]);
}"""


def violations(chromium, url):
    """Return what axe says of a page by day, and of its colours at night."""
    visited = opened(chromium, url)
    visited.page.evaluate(AXE)
    found = visited.page.evaluate(BY_DAY)
    visited.meet("dark")
    found += visited.page.evaluate(AT_NIGHT)
    visited.page.close()
    return found


def telling(notebooks):
    """Return the names of few documents that hold every kind of element of all."""
    kinds = {
        name: {(e.name, *e.get("class", ())) for e in document.select("article *")}
        for name, document in notebooks.items()
    }
    left = set().union(*kinds.values())
    while left:
        name = max(kinds, key=lambda name: len(kinds[name] & left))
        left -= kinds[name]
        yield name


def test_page_is_clean(chromium, address, name):
    assert violations(chromium, address + name) == []


def test_missing_page_is_clean(chromium, address):
    assert violations(chromium, f"{address}404.html") == []


def test_pages_of_notebooks_are_clean(chromium, address, documents):
    notebooks = {n: d for n, d in documents.items() if d.select(".jp-Notebook")}
    assert len(notebooks) > 10
    found = {name: violations(chromium, address + name) for name in telling(notebooks)}
    assert found == dict.fromkeys(found, [])

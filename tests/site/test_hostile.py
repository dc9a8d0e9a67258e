"""Whatever an author's strings hold, a page shows it and never runs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sandbox import Sandbox
from small_site import mkdocs, small_site

# What a snippet may say anywhere, and a browser or Markdown could take for its own.
HOSTILE = {
    "tag": "<script>hacked=1</script><img src=x onerror=hacked=1> 끝",
    "closing": """</p></figure></details></table><svg onload=hacked=1> 끝""",
    "attribute": """" onmouseover="hacked=1" x='> <style>*{display:none}</style> 끝""",
    "markdown": "**a** `b` # 제목 | 줄 | [^1] !!! ``` ~~c~~ - 1. > 끝",
    "include": '--8<-- "docs/index.md" {% raw %} { #id onclick=hacked=1 } 끝',
    "cut": "&lt;b&gt; &amp; <!-- <![CDATA[ ]]> <?php ?> $5 \\\\(x\\\\) 끝",
    "odd": "\u202e뒤집힘\u202c \u0627\u0644 a\x07b\x1b[31m 끝",
    "long": "가나다라" * 500 + " 끝",
}
RUNS = """
S = {text!r}
cases_c = [dict(name=S), dict(name="b")]

def experiment_a():
    return {{"n": 3, "text": S, S: 1.5}}

def experiment_c(name="b"):
    return {{"size": len(name)}}
"""
FIGURES = """
import matplotlib.pyplot as plt
import pandas as pd

def figure_line(a):
    {text!r}
    fig, ax = plt.subplots()
    ax.plot([0, a["n"]])
    return fig

def table_words(a):
    {text!r}
    return pd.DataFrame({{a["text"]: [a["text"], "x"], "v": [1.0, 2.0]}})

def table_cases(c):
    {text!r}
    return c
"""
CLAIMS = """
def claim_said(a):
    {text!r}
    return a["n"] < 9, a["text"]
"""
SHOWN = ("line", "words", "cases", "said")
LAB = """
'''실습입니다.'''
# %%
import pandas as pd

words = {texts!r}
for word in words:
    print(word)

# %%
pd.DataFrame({{word: [word] for word in words}})

# %% raises="ValueError"
raise ValueError(words[0])
"""
DANGERS = """() => [...document.querySelectorAll("*")].flatMap((element) =>
  [...element.attributes]
    .filter(({ name, value }) => /^on/.test(name) || /^\\s*javascript:/i.test(value))
    .map(({ name, value }) => `${element.tagName} ${name}=${value}`))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    notes = small_site(tmp_path_factory.mktemp("hostile") / "노트")
    for name, text in HOSTILE.items():
        write_page(notes, name, text)
    notes.write("snippets/lab.py", LAB.format(texts=[*HOSTILE.values()]))
    ran = notes.build()
    assert ran.code == 0, ran.err
    assert mkdocs(notes).returncode == 0
    return notes.root / "site"


def write_page(notes: Sandbox, name: str, text: str) -> None:
    for room, module in {"runs": RUNS, "figures": FIGURES, "claims": CLAIMS}.items():
        notes.write(f"snippets/{room}/{name}.py", module.format(text=text))
    shown = (f'--8<-- "generated/{name}/{one}.md"' for one in SHOWN)
    value = f"{{{{ {name}.a.text }}}}"
    notes.write(f"docs/{name}.md", "\n\n".join([f"# {name}", value, *shown]))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)  # the machine may be busy
    yield page
    context.close()


@pytest.mark.parametrize("kind", HOSTILE)
def test_strings_of_a_snippet_are_shown_and_do_nothing(
    folder: Path, page: Page, kind: str
) -> None:
    page.goto((folder / f"{kind}.html").as_uri())
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(DANGERS) == []
    assert page.locator(":is(article, table) :is(script, style, iframe)").count() == 0
    assert page.locator("article").inner_text().count(" 끝") >= 4
    assert page.locator("figure").count() == 3  # a drawing and two tables, whole


@pytest.mark.parametrize("file", ["lab.html", "generated/lab/lab.html"])
def test_output_of_a_lab_is_shown_and_does_nothing(
    folder: Path, page: Page, file: str
) -> None:
    page.goto((folder / file).as_uri())
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(DANGERS) == []
    said = page.locator("article").inner_text()
    assert all(text[:9].strip("\x07") in said for text in HOSTILE.values())

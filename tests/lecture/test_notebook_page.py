import base64

import pytest
from bs4 import BeautifulSoup
from lecture.base.errors import PageError
from lecture.render.notebook_page import improve_notebook


def text_cell(body):
    return f'<div class="jp-RenderedMarkdown">{body}</div>'


def improve(content):
    page, headings = improve_notebook(content)
    return BeautifulSoup(page, "html.parser"), headings


def test_hangul_heading_gets_an_id_and_a_place_in_the_contents():
    heading = '<h2 id="">과적합이란<a class="anchor-link" href="#">¶</a></h2>'
    page, headings = improve(text_cell(heading * 2))
    assert [h["id"] for h in page.find_all("h2")] == ["과적합이란", "과적합이란_1"]
    assert headings[0] == {"id": "과적합이란", "name": "과적합이란", "level": 2}


def test_styles_and_scripts_of_jupyterlab_are_left_behind():
    page, _ = improve("<style>a{}</style><script src=''></script><p>글</p>")
    assert str(page) == "<p>글</p>"


def test_code_gets_the_structure_of_the_other_pages():
    page, _ = improve(
        '<div class="highlight-ipynb hl-python"><pre><span class="kn">import</span> x'
        "</pre></div>"
    )
    assert page.select_one("div.highlight > pre > code").get_text() == "import x"


def test_figure_takes_name_and_size_from_its_svg():
    svg = '<svg role="img" aria-label="곡선" viewBox="0 0 432 216"></svg>'
    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    page, _ = improve(f'<img alt="No description" src="{source}"/>')
    assert page.img["alt"] == "곡선"
    assert (page.img["width"], page.img["height"]) == ("576", "288")


def test_formulas_are_drawn_but_not_those_in_code():
    page, _ = improve(text_cell("<p>$a &lt; b$는 <code>$c$</code></p><p>$$d$$</p>"))
    assert len(page.select("p > x-math .katex-html")) == 1
    assert len(page.select("div.arithmatex .katex-display")) == 1
    assert page.code.get_text() == "$c$"


def test_bad_formula_stops_the_build():
    with pytest.raises(PageError, match="수식을 읽을 수 없습니다"):
        improve(text_cell(r"<p>$\foo$</p>"))

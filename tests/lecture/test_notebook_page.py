import base64

import pytest
from bs4 import BeautifulSoup
from lecture.base.errors import PageError
from lecture.render.notebook_page import improve_notebook
from lecture.render.notebook_pictures import drawn_pictures

SVG = '<svg role="img" aria-label="곡선" viewBox="0 0 432 216"></svg>'


def text_cell(body):
    return f'<div class="jp-RenderedMarkdown">{body}</div>'


def improve(content):
    mended = improve_notebook(content, {})
    return BeautifulSoup(mended.content, "html.parser"), mended.headings


def with_picture(content, folder, kind="svg+xml"):
    data = base64.b64encode(content).decode()
    image = f'<img alt="No description" src="data:image/{kind};base64,{data}"/>'
    mended = improve_notebook(image, drawn_pictures(folder))
    return BeautifulSoup(mended.content, "html.parser"), mended


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


def test_code_in_a_text_cell_does_too():
    page, _ = improve(text_cell('<div class="highlight"><pre>x = 1</pre></div>'))
    assert page.select_one("div.highlight > pre > code").get_text() == "x = 1"


def test_figure_takes_name_and_size_from_its_svg(tmp_path):
    page, _ = with_picture(SVG.encode(), tmp_path)
    assert page.img["alt"] == "곡선"
    assert (page.img["width"], page.img["height"]) == ("576", "288")


def test_figure_drawn_in_both_schemes_shows_the_files_beside_the_notebook(tmp_path):
    drawn = SVG.replace(' role="img" aria-label="곡선"', "")
    (tmp_path / "cell-7-light.svg").write_text(f"<?xml version='1.0'?>\n{drawn}")
    (tmp_path / "cell-7-dark.svg").write_text(drawn.replace("432", "433"))
    page, mended = with_picture(SVG.encode(), tmp_path)
    sources = ["cell-7-light.svg#only-light", "cell-7-dark.svg#only-dark"]
    assert [image["src"] for image in page.select("img")] == sources
    assert {image["alt"] for image in page.select("img")} == {"곡선"}
    assert mended.pictures == {}


def test_picture_that_only_the_notebook_has_becomes_a_file(tmp_path):
    page, mended = with_picture(b"\x89PNG", tmp_path, "png")
    assert page.img["src"] == "picture-1.png"
    assert mended.pictures == {"picture-1.png": b"\x89PNG"}


def test_formulas_are_drawn_but_not_those_in_code():
    page, _ = improve(text_cell("<p>$a &lt; b$는 <code>$c$</code></p><p>$$d$$</p>"))
    assert len(page.select("p > x-math .katex-html")) == 1
    assert len(page.select("div.arithmatex .katex-display")) == 1
    assert page.code.get_text() == "$c$"


def test_bad_formula_stops_the_build():
    with pytest.raises(PageError, match="수식을 읽을 수 없습니다"):
        improve(text_cell(r"<p>$\foo$</p>"))

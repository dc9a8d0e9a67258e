import pytest
from lecture.base.errors import PageError
from markdown import Markdown


def convert(text, root="."):
    return Markdown(
        extensions=[
            "pymdownx.arithmatex",
            "pymdownx.superfences",
            "lecture.mathematics",
        ],
        extension_configs={
            "pymdownx.arithmatex": {"generic": True},
            "lecture.mathematics": {"root": str(root)},
        },
    ).convert(text)


def test_formula_is_drawn_and_spoken():
    page = convert("기울기 $a < b$는 작습니다.")
    assert '<span class="katex-html" aria-hidden="true">' in page
    assert "<mo>&lt;</mo>" in page
    assert "</span>는 작습니다." in page


def test_formula_on_a_line_of_its_own_is_displayed():
    page = convert("$$\n\\begin{aligned} a &= b \\\\ c &< d \\end{aligned}\n$$")
    assert '<div class="arithmatex"><x-math data-search-exclude>' in page
    assert "katex-display" in page


def test_hangul_may_stand_in_a_formula():
    assert "학습률" in convert(r"$\eta = \text{학습률}$")


def test_long_formula_arrives_whole():
    page = convert("$" + " + ".join(f"x_{{{number}}}" for number in range(200)) + "$")
    assert page.count("<mn>199</mn>") == 1 and page.endswith("</x-math></span></p>")


def test_double_braces_of_tex_survive():
    assert "katex-html" in convert(r"${{\mathbf{x}}_i}$")


def test_code_is_left_alone():
    page = convert("`$x$`\n\n```python\nprice = '$5$'\n```")
    assert "katex" not in page and "$x$" in page and "$5$" in page


def test_bad_formula_stops_with_its_place_and_its_source(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("# 제목\n\n식 $\\foo{x}$입니다.\n")
    with pytest.raises(PageError) as caught:
        convert("# 제목\n\n식 $\\foo{x}$입니다.", root=tmp_path)
    message = str(caught.value)
    assert message.startswith(r"docs/page.md:3: 수식을 읽을 수 없습니다: \foo{x}")
    assert "Undefined control sequence" in message


def test_bad_formula_of_a_caption_is_placed_in_a_module(tmp_path):
    place = tmp_path / "snippets" / "figures" / "page.py"
    place.parent.mkdir(parents=True)
    place.write_text('def figure_a(a):\n    """곡선 $\\foo{x}$."""\n')
    with pytest.raises(PageError, match=r"^snippets/figures/page.py:2: "):
        convert("곡선 $\\foo{x}$.", root=tmp_path)


def test_formula_in_a_heading_is_refused():
    with pytest.raises(PageError, match="제목에는 수식을 쓸 수 없습니다: x"):
        convert("## 변수 $x$")

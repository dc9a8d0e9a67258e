"""Small labs, executed for real."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from lecture.base.lab_run import LabRun, Output, as_result, from_result
from lecture.collect.artefact import Artefact
from lecture.collect.cell_marker import LabError
from lecture.collect.cells import Cell, is_lab, parse
from lecture.collect.sheet import read_sheet
from lecture.collect.sheets import SheetFolder
from lecture.collect.source import Source
from lecture.draw.style import PALETTES, recolour
from lecture.publish.lab_page import page_fragment, picture_files
from lecture.publish.notebook import notebook_json
from lecture.publish.provenance import Provenance
from lecture.render.binding import NumbersExtension
from lecture.task.lab_client import started
from lecture.task.lab_notebook import execute
from lecture.task.lab_text import Settler, on_screen, shortened
from markdown import Markdown
from sandbox import Sandbox

LAB = '''"""작은 실습."""

time_limit = 30

# %% [markdown]
# ## 시작
#
# $y = x^2$을 그립니다.

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

total = np.float32(1.5)
for i in range(3):
    print(f"진행 {i}", end="\\r")
print("\\x1b[1m끝\\x1b[0m\\x1b[K")
total

# %% 포물선 id="parabola"
name, _hidden = "포물선", 1
plt.plot([0, 1, 4], label=name)
plt.legend()
plt.show()

# %%
pd.DataFrame({"값": [seeded]})
'''


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LabRun, list[int]]:
    folder = tmp_path_factory.mktemp("lab")
    path = folder / "small.py"
    path.write_text(LAB, encoding="utf-8")
    heard: list[int] = []
    run, files = execute(
        parse(LAB, path),
        path=path,
        cwd=folder,
        setup="seeded = 7",
        time_limit=60,
        on_cell=lambda done, total: heard.append(done),
    )
    freeze(folder / "results", files)
    return path, run, heard


def freeze(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def small(path: Path) -> Artefact:
    return Artefact("small", "small", "lab", "lab", path, 1, "작은 실습.")


def run_source(source: str, folder: Path, time_limit: float = 60) -> LabRun:
    return run_with_files(source, folder, time_limit)[0]


def run_with_files(
    source: str, folder: Path, time_limit: float = 60
) -> tuple[LabRun, dict[str, bytes]]:
    path = folder / "broken.py"
    path.write_text(source, encoding="utf-8")
    cwd = folder / "cwd"
    cwd.mkdir()
    cells = parse(source, path)
    return execute(cells, path=path, cwd=cwd, setup="", time_limit=time_limit)


def page_of(source: str, run: LabRun, path: Path) -> str:
    return shown(parse(source), run, path)


def shown(cells: tuple[Cell, ...], run: LabRun, path: Path) -> str:
    results = path.parent / "results"
    return page_fragment(cells, run, small(path), Provenance(), results)


def rendered(fragment: str, folder: Path) -> BeautifulSoup:
    """Return a page that includes a fragment, as the site's Markdown shows it."""
    (folder / "docs").mkdir()
    (folder / "docs/lab.md").write_text(fragment, encoding="utf-8")
    markdown = Markdown(
        extensions=[
            "attr_list",
            "md_in_html",
            "tables",
            "pymdownx.arithmatex",
            "pymdownx.highlight",
            "pymdownx.snippets",
            "pymdownx.superfences",
            NumbersExtension(root=str(folder)),
        ],
        extension_configs={"pymdownx.snippets": {"base_path": [str(folder)]}},
    )
    return BeautifulSoup(markdown.convert('--8<-- "docs/lab.md"'), "html.parser")


def cells_of(source: str) -> tuple[str, ...] | None:
    """Return what a lab's result depends on, cell by cell."""
    return read_sheet(Source("small", Path("small.py"), source)).cells


def test_only_a_percent_module_is_a_lab():
    assert is_lab(LAB)
    assert not is_lab("x = 100 % 3  # %% 아님\n")


def test_cells_know_their_kind_title_and_line():
    cells = parse(LAB)
    assert [cell.kind for cell in cells] == ["markdown", "code", "code", "code"]
    assert cells[0] == Cell("markdown", "", "## 시작\n\n$y = x^2$을 그립니다.", 6)
    assert (cells[2].title, cells[2].id) == ("포물선", "parabola")
    for cell in cells[1:]:
        assert LAB.splitlines()[cell.line - 1] == cell.source.splitlines()[0]


def test_titles_and_texts_are_not_among_the_sources():
    retold = LAB.replace("포물선 id", "곡선 id").replace("## 시작", "## 처음")
    assert cells_of(retold) == cells_of(LAB)


def test_code_outside_code_cells_is_refused():
    with pytest.raises(LabError, match="첫 칸보다 앞에 코드"):
        parse('"""글."""\nimport os\n# %%\nos.getcwd()\n')
    with pytest.raises(LabError, match="x.py:3: 글 칸에 주석이 아닌"):
        parse("# %% [markdown]\n# 글\nprint(1)\n", Path("x.py"))


@pytest.mark.parametrize(
    "text", ["!!! note", "[](#curve)", "[활성화](activations.md)", "{{ a.b.c:.2f }}"]
)
def test_text_that_a_notebook_cannot_show_is_refused(text: str):
    with pytest.raises(LabError, match="x.py:3: 노트북이 모르는 문법"):
        parse(f"# %% [markdown]\n# 글\n# {text}\n", Path("x.py"))


def test_tex_with_double_braces_is_no_site_syntax():
    assert parse("# %% [markdown]\n# ${{\\mathbf{x}}_i}$\n")[0].source


def test_values_are_the_scalars_that_the_lab_assigned(ran):
    _, run, _ = ran
    assert run.values == {"total": 1.5, "name": "포물선"}


def test_each_code_cell_is_reported_once(ran):
    assert ran[2] == [1, 2, 3]


def test_outputs_are_tidy_and_hidden_cells_leave_none(ran):
    path, run, _ = ran
    (text,), (figure,), (table,) = run.outputs
    assert text.text == "끝\nnp.float32(1.5)"
    assert figure.kind == "figure"
    assert 500 < figure.width < 700
    assert table.kind == "html"
    assert "<td>7</td>" in table.text
    assert "<style" not in table.text


def test_figure_is_frozen_once_and_shown_light_and_dark(ran):
    path, run, _ = ran
    frozen = path.parent / "results"
    shown = {n: c.decode() for n, c in picture_files(run, frozen)}
    assert [file.name for file in frozen.iterdir()] == ["cell-2.svg"]
    assert [*shown] == ["cell-2-light.svg", "cell-2-dark.svg"]
    light, dark = shown.values()
    assert "#3060d8" in light
    assert "#3060d8" not in dark
    assert light.count("<path") == dark.count("<path")


def test_changed_palette_recolours_what_is_frozen(ran, monkeypatch):
    path, run, _ = ran
    green = replace(PALETTES["light"], cycle=("#008000",) * 8)
    monkeypatch.setitem(PALETTES, "light", green)
    light = dict(picture_files(run, path.parent / "results"))["cell-2-light.svg"]
    assert b"#008000" in light
    assert b"#3060d8" not in light


def test_neutral_colours_are_those_of_the_frozen_figures():
    assert recolour("#3060d8", "dark") == PALETTES["dark"].cycle[0]
    assert len({*PALETTES["neutral"].codes}) == len(PALETTES["neutral"].codes) == 12


def test_run_survives_json(ran):
    run = ran[1]
    result = as_result(run)
    assert result["total"] == 1.5
    assert from_result(json.loads(json.dumps(result))) == run


def test_page_shows_text_code_and_outputs_in_order(ran):
    path, run, _ = ran
    page = shown(parse(LAB), run, path)
    marks = [
        "## 시작",
        "import numpy",
        "\n끝\n",
        'id="parabola"',
        "pd.DataFrame",
        "<td>7",
    ]
    assert sorted(marks, key=page.index) == marks
    assert "![포물선](docs://generated/small/cell-2-light.svg#only-light)" in page


def test_figure_without_title_is_an_error(ran):
    path, run, _ = ran
    untitled = parse(LAB.replace('# %% 포물선 id="parabola"', "# %%"), path)
    with pytest.raises(LabError, match=r"small.py:22: 그림을 보여 주는 칸에 제목"):
        shown(untitled, run, path)


def test_text_below_the_title_says_what_a_figure_shows_and_is_no_code(ran):
    path, run, _ = ran
    said = "# 대체 텍스트: 아래로 볼록한\n# 곡선입니다.\n"
    source = LAB.replace('id="parabola"\n', f'id="parabola"\n{said}')
    page = shown(parse(source), run, path)
    assert "![아래로 볼록한 곡선입니다.](" in page
    assert "대체 텍스트" not in page
    assert cells_of(source) == cells_of(LAB)
    assert [c.source for c in parse(source)] == [c.source for c in parse(LAB)]


def test_wide_figure_is_not_shrunk_until_nobody_can_read_it(tmp_path: Path):
    source = (
        "# %% 넓음\nimport matplotlib.pyplot as plt\n"
        "plt.figure(figsize=(8, 2))\nplt.text(0, 0, 'a', fontsize=9)\nplt.show()\n"
    )
    run, files = run_with_files(source, tmp_path)
    freeze(tmp_path / "results", files)
    soup = rendered(page_of(source, run, tmp_path / "broken.py"), tmp_path)
    least = int(re.fullmatch(r"min-width: (\d+)px", soup.img["style"])[1])
    assert 12 * least / int(soup.img["width"]) == pytest.approx(9, abs=0.1)


def test_fence_is_longer_than_any_in_the_output(ran):
    path, _, _ = ran
    cells = parse("# %%\nprint('```')\n")
    run = LabRun({}, ((Output("text", "```"),),))
    page = shown(cells, run, path)
    assert "\n```` { .text .output }\n```\n````\n" in page


def test_notebook_is_valid_and_the_same_each_time(ran):
    path, run, _ = ran
    folder = path.parent / "results"
    written = notebook_json(parse(LAB), run, folder, title="작은 실습")
    assert written == notebook_json(parse(LAB), run, folder, title="작은 실습")
    notebook = nbformat.reads(written, 4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source == "# 작은 실습"
    svg = notebook.cells[3].outputs[0].data["image/svg+xml"]
    assert svg.startswith('<svg role="img" aria-label="포물선"')


def test_failing_cell_is_named_with_the_students_own_lines(tmp_path: Path):
    source = "# %%\ndef f(x):\n    return 1 / x\n\n\n# %%\nb = 1\n\nf(0)\n"
    with pytest.raises(LabError) as caught:
        run_source(source, tmp_path)
    assert (caught.value.line, caught.value.message) == (
        3,
        "ZeroDivisionError: division by zero",
    )
    assert caught.value.hint == "9행 `f(0)` → 3행 `return 1 / x`"


def test_lab_that_takes_too_long_is_stopped(tmp_path: Path):
    with pytest.raises(LabError, match="broken.py:4: 시간 제한 8초"):
        run_source("# %%\nimport time\n# %%\ntime.sleep(60)\n", tmp_path, 8)


def test_several_figures_of_a_cell_share_its_title(tmp_path: Path):
    source = (
        '# %% 두 그림 id="pair"\nimport matplotlib.pyplot as plt\n'
        "plt.figure()\nplt.show()\nplt.figure()\nplt.show()\n"
    )
    run, files = run_with_files(source, tmp_path)
    assert [*files] == ["cell-1.svg", "cell-1-2.svg"]
    freeze(tmp_path / "results", files)
    soup = rendered(page_of(source, run, tmp_path / "broken.py"), tmp_path)
    assert [figure["id"] for figure in soup("figure")] == ["pair", "pair-2"]
    assert [image["alt"] for image in soup("img")][::2] == [
        "두 그림 (1)",
        "두 그림 (2)",
    ]
    written = notebook_json(parse(source), run, tmp_path / "results", title="")
    assert 'aria-label=\\"두 그림 (2)\\"' in written


def test_failing_lab_leaves_all_of_its_last_good_run(tmp_path: Path):
    box = Sandbox(tmp_path / "노트")
    box.write("docs/walk.md", '--8<-- "generated/walk/lab.md"\n')
    box.write("snippets/data.txt", "3")
    box.write(
        "snippets/walk.py",
        """
        \"\"\"걷기.\"\"\"
        # %% 그림
        import matplotlib.pyplot as plt
        plt.plot([0, int(open("data.txt").read())])
        plt.show()
        # %%
        open("left.txt", "w").close()
        last = 1
        """,
    )
    assert box.build().code == 0, box.build().err
    good = box.files("snippets")
    assert [*good][1:] == [
        "snippets/results/walk/cell-1.svg",
        "snippets/results/walk/lab.json",
        "snippets/walk.py",
    ]
    shown = [path.split("/")[-1] for path in box.files("docs/generated/walk")]
    assert {"cell-1-light.svg", "cell-1-dark.svg", "walk.ipynb"} < {*shown}
    box.edit("snippets/walk.py", "plt.plot([0,", "plt.plot([9,")
    box.edit("snippets/walk.py", "last = 1", "last = 1 / 0")
    ran = box.build()
    assert "ZeroDivisionError" in ran.about("walk.lab")
    kept = box.files("snippets")
    assert {n for n in good if kept[n] != good[n]} == {"snippets/walk.py"}
    assert [*kept] == [*good]


def test_lab_whose_picture_came_out_another_is_fresh(tmp_path: Path):
    sandbox = Sandbox(tmp_path)
    drawn = "import time\nimport matplotlib.pyplot as plt\n"
    drawn += "plt.title(str(time.time_ns()))\nplt.show()\n"
    sandbox.write("snippets/small.py", f"# %% 때\n{drawn}")
    sandbox.write("docs/small.md", '--8<-- "generated/small/lab.md"\n')
    sandbox.build()
    picture = sandbox.root / "snippets/results/small/cell-1.svg"
    was = picture.read_bytes()
    again = sandbox.build("build", "--rerun", "small.lab")
    assert picture.read_bytes() != was
    assert again.code == 0, again.err
    assert "낡음" not in again.err


def test_failing_lab_writes_nothing(tmp_path: Path):
    source = (
        "# %% 그림\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n"
        "open('left.txt', 'w').close()\n# %%\n1 / 0\n"
    )
    with pytest.raises(LabError, match="ZeroDivisionError"):
        run_source(source, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.py", "cwd"]
    assert [path.name for path in (tmp_path / "cwd").iterdir()] == ["left.txt"]


RICH = """
# %% 그림
import pandas as pd
from IPython.display import HTML, Image, Latex, Markdown, display
table = pd.DataFrame({"값": [0.1, 0.9], "글": ["{{ a.b.c }}", "<b>x</b>"]})
display(table.style.background_gradient())
# %%
display(HTML("<p class='x'>굵은 <b>문단</b></div> `[](#x)`"), table)
display(Markdown("**굵게** $x^2$"))
display(Latex(r"\\begin{align} y &= x \\end{align}"))
# %% 점
display(Image(data=bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082")))
# %%
print('--8<-- "broken.py"')
print("  ;--8<--")
print("x --8<-- [start:y]")
print("{{ a.b.c }} [](#x) <i>기울임</i> ```")
"""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LabRun]:
    folder = tmp_path_factory.mktemp("rich")
    run, files = run_with_files(RICH, folder)
    freeze(folder / "results", files)
    return folder, run


def test_every_kind_of_output_is_kept(rich):
    folder, run = rich
    kinds = [[output.kind for output in cell] for cell in run.outputs]
    assert kinds == [
        ["html"],
        ["html", "html", "markdown", "markdown"],
        ["image"],
        ["text"],
    ]
    assert (run.outputs[2][0].file, run.outputs[2][0].width) == ("cell-3.png", 1)
    written = notebook_json(parse(RICH), run, folder / "results", title="")
    notebook = nbformat.reads(written, 4)
    nbformat.validate(notebook)
    kinds = [[*o.get("data", {"": 0})] for c in notebook.cells[1:] for o in c.outputs]
    assert [kind for (kind,) in kinds] == [
        *("text/html", "text/html", "text/html", "text/markdown", "text/markdown"),
        *("image/png", ""),
    ]
    assert notebook.cells[3].outputs[0].metadata["image/png"]["alt"] == "점"


def test_page_shows_every_kind_of_output_as_it_came(rich):
    folder, run = rich
    soup = rendered(page_of(RICH, run, folder / "broken.py"), folder)
    styled, html, table, strong, formula = soup.select("div.output:not(.highlight)")
    cells = [cell.get_text() for cell in styled("td")]
    assert cells == ["0.100000", "{{ a.b.c }}", "0.900000", "x"]
    assert "background-color" in styled("td")[0]["style"]
    assert str(html.p) == "<p>굵은 <b>문단</b> `[](#x)`</p>"
    assert [cell.get_text() for cell in table("td")][3] == "<b>x</b>"
    assert strong.strong.get_text() == "굵게"
    assert "begin{align}" in formula.get_text()
    assert soup.img["src"].startswith("generated/small/cell-3.png")
    assert soup.select(".output code")[-1].get_text().rstrip() == (
        '--8<-- "broken.py"\n  ;--8<--\nx --8<-- [start:y]\n'
        "{{ a.b.c }} [](#x) <i>기울임</i> ```"
    )


@pytest.mark.parametrize(
    ("shown", "named"),
    [
        ("HTML('<script>1</script>')", "text/html의 <script>"),
        ("HTML('<p onclick=1>x</p>')", "text/html의 onclick="),
        ("HTML('<img src=a.png>')", 'text/html의 src="a.png"'),
        ("Markdown('{{ a.b.c }}')", "text/markdown의"),
        ("Markdown('<u>밑줄</u>')", "text/markdown의 <u>"),
        ("Javascript('1')", "application/javascript"),
    ],
)
def test_output_that_a_page_cannot_show_is_refused(tmp_path, shown, named):
    source = f"# %%\nfrom IPython.display import *\n# %%\ndisplay({shown})\n"
    with pytest.raises(LabError, match="broken.py:4: 이 칸의 출력을") as caught:
        run_source(source, tmp_path)
    assert named in caught.value.message
    assert "print" in caught.value.hint


def test_object_whose_html_needs_scripts_is_shown_as_text(tmp_path: Path):
    source = (
        "# %%\nclass Model:\n    def __repr__(self): return 'Model()'\n"
        "    def _repr_html_(self): return '<input>'\n# %%\nModel()\n"
    )
    run = run_source(source, tmp_path)
    assert run.outputs[1] == (Output("text", "Model()"),)


def test_what_is_frozen_names_no_folder_and_no_address(tmp_path: Path):
    source = """# %%
import os, pathlib, sys, tempfile, warnings
import nbformat
class Thing: pass
def f(): pass
where = str(pathlib.Path.home() / "data")
# %%
print(Thing(), f, hex(255))
print(nbformat.__file__, os.getcwd(), where, tempfile.mkdtemp())
print("/home/someone/x.py:3", f"at {hex(id(f))}")
warnings.warn("조심")
[f]
"""
    run = run_source(source, tmp_path)
    text = run.outputs[1][0].text
    assert "<__main__.Thing object> <function f> 0xff" in text
    assert "…/nbformat/__init__.py … …/data …/tmp" in text
    assert "…/x.py:3 at 0x…" in text
    assert "broken.py[2]:11: UserWarning: 조심" in text
    assert text.endswith("[<function __main__.f()>]")
    assert run.values == {"where": "…/data"}


def test_folders_are_shortened_only_as_a_whole():
    settle = Settler.of(Path("/srv/notes"))
    assert settle("/srv/notes/snippets/a.py /srv/notes-2 /mnt/srv/notes") == (
        "…/snippets/a.py /srv/notes-2 /mnt/srv/notes"
    )
    assert settle("file:///home/kim/a C:\\Users\\kim\\a") == "file://…/a …\\a"


def test_long_output_keeps_its_beginning_and_its_end(tmp_path: Path):
    source = "# %%\nfor i in range(3000):\n    print(i)\n"
    run = run_source(source, tmp_path)
    lines = run.outputs[0][0].text.split("\n")
    assert lines[39:42] == ["39", "… (2,940줄 줄임) …", "2980"]
    assert lines[-1] == "2999"
    assert shortened("\n".join("x" * 60)) == "\n".join("x" * 60)
    assert len(shortened("x" * 100_000)) < 2000


ERROR = """# %%
def f(x):
    return int(x)
# %% raises="ValueError"
print("먼저")
f("둘")
# %%
done = True
"""


def test_expected_error_is_shown_and_the_lab_goes_on(tmp_path: Path):
    run = run_source(ERROR, tmp_path)
    before, error = run.outputs[1]
    assert (before.text, run.values) == ("먼저", {"done": True})
    assert error == Output(
        "error",
        "Traceback (most recent call last):\n"
        '  File "broken.py", line 6, in <module>\n    f("둘")\n'
        '  File "broken.py", line 3, in f\n    return int(x)\n'
        "ValueError: invalid literal for int() with base 10: '둘'",
    )
    page = page_of(ERROR, run, tmp_path / "broken.py")
    assert "``` { .text .output .output-error }\nTraceback" in page
    cell = json.loads(notebook_json(parse(ERROR), run, tmp_path, title=""))["cells"][2]
    assert cell["metadata"] == {"tags": ["raises-exception"]}
    assert cell["outputs"][1]["ename"] == "ValueError"
    assert cell["outputs"][1]["evalue"].startswith("invalid literal")


def test_failing_lab_says_how_an_error_is_shown(tmp_path: Path):
    with pytest.raises(LabError) as caught:
        run_source("# %%\n1 / 0\n", tmp_path)
    assert 'raises="ZeroDivisionError"' in caught.value.hint


def test_expected_error_that_does_not_come_is_an_error(tmp_path: Path):
    for code, wanted in (("1", "칸이 KeyError를 내지"), ("1 / 0", "ZeroDivisionError")):
        folder = tmp_path / wanted[:4]
        folder.mkdir()
        with pytest.raises(LabError, match=f"broken.py:2: {wanted}"):
            run_source(f'# %% raises="KeyError"\n{code}\n', folder)


def test_expected_error_is_a_part_of_what_a_result_depends_on():
    plain_cell = ERROR.replace(' raises="ValueError"', "")
    assert cells_of(ERROR) != cells_of(plain_cell)


@pytest.mark.parametrize("title", ["힣똠 ＀", r"$가$"])
def test_character_that_the_font_lacks_is_an_error(tmp_path: Path, title: str):
    source = (
        "# %% 그림\nimport matplotlib.pyplot as plt\n"
        f"plt.title({title!r})\nplt.show()\n"
    )
    message = "broken.py:2: 그림 cell-1: 그림 글꼴에 없는 글자"
    with pytest.raises(LabError, match=message) as caught:
        run_source(source, tmp_path)
    assert "README.md" in caught.value.hint


def test_lab_runs_in_its_own_folder_and_finds_its_siblings(tmp_path: Path):
    (tmp_path / "sibling.py").write_text("answer = 42\n")
    source = "# %%\nfrom sibling import answer as a\nb = a\nopen('x', 'w').close()\n"
    assert run_source(source, tmp_path).values == {"b": 42}
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["broken.py", "cwd", "sibling.py"]


def test_values_are_plain_numbers_whatever_their_class(tmp_path: Path):
    source = (
        "# %%\nimport numpy as np\na = np.int64(3)\nb = np.array(2.5)\n"
        "c = np.bool_(True)\nd = np.arange(2)\n"
    )
    assert run_source(source, tmp_path).values == {"a": 3, "b": 2.5, "c": True}


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("# %% [raw]", r"모르는 종류의 칸입니다: \[raw\]"),
        ("# %% 제목 [raw]", r"모르는 종류의 칸입니다: \[raw\]"),
        ("# %%time", "`%%` 뒤에 빈칸이 없습니다"),
        ("# +", "Jupytext의 light 형식"),
        ('# + {"tags": []}', "Jupytext의 light 형식"),
        ('# %% x ids="a"', "칸이 모르는 표시입니다: ids"),
        ('# %% x tags=["a"]', "칸이 모르는 표시입니다: tags"),
        ('# %% id="A b"', "id의 값을"),
        ("# %% raises=ValueError", "raises의 값을"),
        ('# %% [markdown] id="x"', "글 칸에는 id와"),
    ],
)
def test_marker_that_we_do_not_know_is_refused_with_words(marker: str, said: str):
    with pytest.raises(LabError, match=f"x.py:2: {said}"):
        parse(f"# %%\n{marker}\n", Path("x.py"))


@pytest.mark.parametrize(
    ("marker", "kind", "title"),
    [
        ("# %% [markdown]  ", "markdown", ""),
        ("# %% [md] 들어가며", "markdown", "들어가며"),
        ("# %% 들어가며 [markdown]", "markdown", "들어가며"),
        ("#%% 곡선", "code", "곡선"),
        ("# %% 구간 [0, 1]에서 lr=0.1", "code", "구간 [0, 1]에서 lr=0.1"),
        ("# %%\t", "code", ""),
    ],
)
def test_markers_of_other_tools_are_understood(marker: str, kind: str, title: str):
    (cell,) = parse(f"{marker}\n# 글\n")
    assert (cell.kind, cell.title) == (kind, title)


def test_text_may_stand_in_a_string():
    source = '# %% [markdown]\n"""\n## 시작\n\n# %% 아님\n$\\alpha$\n"""\n# %%\n1\n'
    cells = parse(source)
    assert [cell.source for cell in cells] == [
        "## 시작\n\n# %% 아님\n$\\alpha$",
        "1",
    ]
    with pytest.raises(LabError, match="x.py:4: 노트북이 모르는"):
        parse('# %% [markdown]\n"""\n글\n!!! note\n"""\n', Path("x.py"))


def test_marker_inside_a_string_opens_no_cell():
    assert not is_lab('"""\n# %%\n"""\n')
    assert len(parse('# %%\na = """\n# %%\n"""\n')) == 1


def test_two_cells_cannot_have_one_id():
    with pytest.raises(LabError, match="x.py:3: 같은 id가 두 번 있습니다: a"):
        parse('# %% id="a"\n1\n# %% id="a"\n2\n', Path("x.py"))


def test_line_ends_and_byte_order_marks_make_no_difference():
    assert parse("\ufeff" + LAB.replace("\n", "\r\n")) == parse(LAB)


@pytest.mark.parametrize("command", ["!pip install x", "%matplotlib inline", "a = !ls"])
def test_commands_of_ipython_are_refused_with_words(tmp_path: Path, command: str):
    source = f"# %%\n1\n\n# %%\n2\n{command}\n"
    with pytest.raises(LabError, match=r"x.py:6: IPython의 명령은 .*") as caught:
        parse(source, Path("x.py"))
    assert command in caught.value.message
    (tmp_path / "x.py").write_text("\ufeff" + source, encoding="utf-8")
    with pytest.raises(LabError, match="x.py:6: IPython의 명령은"):
        SheetFolder(tmp_path)["x"]


def test_escapes_and_moves_are_resolved_as_a_terminal_does():
    assert (
        on_screen("\x1b]8;;http://a.b\x07링크\x1b]8;;\x07 \x1b[1;31m빨강\x1b[0m")
        == "링크 빨강"
    )
    assert on_screen("100%\b\b\b\b 50%") == " 50%"
    assert on_screen("abcdef\rxy") == "xycdef"
    assert on_screen("abcdef\rxy\x1b[K") == "xy"
    assert on_screen("\x00a\x0cb") == "ab"


def test_overwritten_lines_show_what_came_last():
    assert on_screen("1/2\r2/2\r\n\x1b[31m붉은\x1b[0m") == "2/2\n붉은"


@pytest.mark.skipif(sys.platform == "win32", reason="sockets there have ports alone")
def test_kernels_share_no_port_and_leave_no_file(tmp_path: Path):
    """Of two that started at once, one died: both had been told the same free port."""
    with started(tmp_path) as client:
        assert client.km.transport == "ipc"
        sockets = [*Path(client.km.ip).parent.iterdir()]
        assert sockets
    assert not any(socket.exists() for socket in sockets)

"""Small labs, executed for real."""

import json
from pathlib import Path

import nbformat
import pytest
from lecture.collect.artefact import Artefact
from lecture.collect.cells import Cell, LabError, cell_sources, is_lab, parse
from lecture.publish.lab_page import figure_files, page_fragment
from lecture.publish.notebook import notebook_json
from lecture.publish.provenance import Provenance
from lecture.task.lab_notebook import execute
from lecture.task.lab_output import plain
from lecture.task.lab_run import LabRun, Output, as_result, from_result

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
print("\\x1b[1m끝  \\x1b[0m")
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
    run = execute(
        parse(LAB, path),
        path=path,
        folder=folder / "results",
        setup="seeded = 7",
        time_limit=60,
        on_cell=lambda done, total: heard.append(done),
    )
    return path, run, heard


def small(path: Path) -> Artefact:
    return Artefact("small", "lab", "lab", path, 1, "작은 실습.")


def run_source(source: str, folder: Path, time_limit: float = 60) -> LabRun:
    path = folder / "broken.py"
    path.write_text(source, encoding="utf-8")
    return execute(
        parse(source, path), path=path, folder=folder, setup="", time_limit=time_limit
    )


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
    assert cell_sources(parse(retold)) == cell_sources(parse(LAB))


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


def test_figure_is_drawn_light_and_dark(ran):
    path, run, _ = ran
    light, dark = (
        (path.parent / "results" / name).read_text(encoding="utf-8")
        for name in figure_files(run)
    )
    assert "#3060d8" in light
    assert "#3060d8" not in dark
    assert light.count("<path") == dark.count("<path")


def test_run_survives_json(ran):
    run = ran[1]
    result = as_result(run)
    assert result["total"] == 1.5
    assert from_result(json.loads(json.dumps(result))) == run


def test_page_shows_text_code_and_outputs_in_order(ran):
    path, run, _ = ran
    page = page_fragment(parse(LAB), run, small(path), Provenance())
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
        page_fragment(untitled, run, small(path), Provenance())


def test_fence_is_longer_than_any_in_the_output(ran):
    path, _, _ = ran
    cells = parse("# %%\nprint('```')\n")
    run = LabRun({}, ((Output("text", "```"),),))
    page = page_fragment(cells, run, small(path), Provenance())
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


def test_two_figures_in_a_cell_are_an_error(tmp_path: Path):
    source = (
        "# %% 두 그림\nimport matplotlib.pyplot as plt\n"
        "plt.figure()\nplt.show()\nplt.figure()\nplt.show()\n"
    )
    with pytest.raises(LabError, match="broken.py:2: 한 칸이 그림을 둘 이상"):
        run_source(source, tmp_path)


def test_overwritten_lines_show_what_came_last():
    assert plain("1/2\r2/2\r\n\x1b[31m붉은\x1b[0m") == "2/2\n붉은"

"""A teacher's notebook becomes a lab that builds, or its author is told what to do."""

import base64
import json
from pathlib import Path

import pytest
from lecture.base.lab_run import from_result
from lecture.base.project import Project
from lecture.begin.captions import caption
from lecture.begin.commands import without_commands, without_gaps
from lecture.begin.convert import Converted, convert
from lecture.begin.foreign import Foreign
from lecture.begin.notebook import NotebookCell
from lecture.begin.seeds import seed_cell, with_seeds
from lecture.begin.strict import strict
from lecture.begin.syntax import names_of, nodes_of
from lecture.book.reading import read_book
from lecture.collect.cells import parse
from lecture.run.stand_ins import stand_ins
from lecture.task.lab_text import Settler
from notebooks import KERAS, SIX, Notebook, code, notebook, png, text, write, write_all
from sandbox import Sandbox

RUN = sorted({*SIX} - {"input_shape"})  # two with Keras are enough to wait for


def made(folder: Path, *cells: Notebook) -> Converted:
    """Return what becomes of a notebook of some cells and one of code."""
    path = write(folder, "week.ipynb", notebook(*cells, code("done = True")))
    return convert(path, "week")


def told(lab: Converted) -> list[tuple[int, int, str]]:
    return [(one.cell, one.line, one.what) for one in lab.remarks]


# ------------------------------------------------------------------ six notebooks


def test_five_of_six_textbook_notebooks_build_without_an_edit(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    books, notes = write_all(tmp_path / "books"), Sandbox(tmp_path / "노트")
    notes.root.mkdir()
    for name in RUN:
        begun = notes.build("new", name, "--from", str(books[name]))
        assert begun.code == 0, begun.err
    data = str(stand_ins(tmp_path / "data"))
    built = notes.build("build", NOTES_DATA=data)
    assert built.code == 0, built.err
    assert notes.build("check", NOTES_DATA=data).code == 0

    results = {
        path.parent.name: json.loads(path.read_text("utf-8"))["runs"][0]["result"]
        for path in notes.root.glob("snippets/results/*/lab.json")
    }
    assert sorted(results) == RUN
    assert results["fish"]["score"] == 1
    assert results["callbacks"]["val_loss"] > 0  # of the model that was loaded
    assert results["table"]["mean"] == pytest.approx(4.95)
    shown = {n: from_result(result).outputs for n, result in results.items()}
    plots = [len([o for o in cell if o.is_picture]) for cell in shown["plots"]]
    assert plots == [2, 1, 1]
    bars = shown["progress"][-1][0].text
    assert "Epoch 3/3\n" in bars and "/step" not in bars  # nor any other time
    edition = notes.root / "docs/generated/plots/plots.ipynb"
    assert edition.read_text("utf-8").count("data:image/png;base64,") == 2


@pytest.mark.parametrize("name", SIX)
def test_each_of_six_is_a_lab_that_may_be_run(tmp_path: Path, name: str) -> None:
    lab = convert(write_all(tmp_path / "books")[name], name)
    cells = parse(lab.module)
    assert not any(cell.source.startswith(("%", "!")) for cell in cells)
    assert lab.title in SIX[name]["cells"][name == "fish"]["source"][0]
    assert lab.is_seeded == (name in KERAS | {"fish"})
    write(tmp_path, f"snippets/{name}.py", lab.module)
    book = read_book(Project(tmp_path))
    assert not book.collection.faults
    (artefact,) = book.artefacts
    assert book.status(artefact).error is None


def test_what_is_not_carried_over_is_told_by_cell_and_line(tmp_path: Path) -> None:
    lab = convert(write_all(tmp_path)["callbacks"], "callbacks")
    assert told(lab) == [
        (3, 1, "`!pip install -q tensorflow`"),
        (3, 2, "`!wget https://bit.ly/model.h5`"),
        (4, 3, "`from google.colab import drive`"),
        (4, 4, "`drive.mount('/content/drive')`"),
        (5, 3, "옛 방식입니다: `input_shape=`"),
        (9, 1, "`!ls -al *.keras`"),
    ]
    assert all(remark.hint for remark in lab.remarks)
    assert "# !pip install -q tensorflow\n# !wget" in lab.module
    assert lab.data == {}  # it saves the model that lies there itself


def test_author_reads_what_was_made_and_what_to_look_at(tmp_path: Path) -> None:
    books, notes = write_all(tmp_path / "books"), Sandbox(tmp_path / "노트")
    notes.write("mkdocs.yml", "nav:\n  - 실습:\n      - 하나: a.md\n")
    ran = notes.build("new", "week3", "--from", str(books["plots"]), "--title", "3주")
    assert ran.code == 0, ran.err
    assert {*notes.files()} == {
        *("mkdocs.yml", "docs/week3.md", "snippets/week3.py"),
        *("docs/images/week3/shape.png", "docs/images/week3/뉴런-그림.png"),
    }
    assert "만들었습니다: docs/images/week3/shape.png\n" in ran.out
    assert "노트북에서 살펴볼 곳이 1군데 있습니다.\n" in ran.out
    assert "plots.ipynb 2번째 칸 3행: 그림에 설명이 없어 `그림으로 보기`라고" in ran.out
    assert "      - 3주: week3.md\n" in (notes.root / "mkdocs.yml").read_text("utf-8")
    assert "# 실습: 3주\n" in (notes.root / "docs/week3.md").read_text("utf-8")


# --------------------------------------------------------------- files that are none


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "주피터 노트북으로 읽지 못했습니다"),
        ("# %%\nx = 1\n", "주피터 노트북으로 읽지 못했습니다"),
        ("[]", "주피터 노트북으로 읽지 못했습니다"),
        ("{}", "주피터 노트북으로 읽지 못했습니다"),
        (json.dumps(SIX["fish"])[:-40], "주피터 노트북으로 읽지 못했습니다"),
        (b"\xff\xfe\x00", "주피터 노트북으로 읽지 못했습니다"),
        ('{"nbformat": 4, "nbformat_minor": 5, "cells": 3, "metadata": {}}', "읽지 못"),
        (notebook(code("1"), language="R"), "파이썬이 아니라 r의 노트북"),
        (notebook(text("# 글만")), "코드 칸이 하나도 없습니다"),
    ],
)
def test_file_that_is_no_notebook_is_refused_in_korean(
    tmp_path: Path, content: str | bytes | Notebook, said: str
) -> None:
    path = write(tmp_path, "week.ipynb", content)
    notes = Sandbox(tmp_path / "노트")
    notes.root.mkdir()
    ran = notes.build("new", "week", "--from", str(path))
    assert ran.code == 2
    assert said in ran.err and "  → " in ran.err
    assert "Traceback" not in ran.err
    assert notes.files() == {}


def test_missing_notebook_is_told(tmp_path: Path) -> None:
    ran = Sandbox(tmp_path).build("new", "week", "--from", "없는.ipynb")
    assert ran.code == 2
    assert "없는.ipynb: 파일을 읽거나 쓰지 못했습니다: 파일이 없습니다." in ran.err


def test_notebook_of_an_old_format_is_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": "x = 1", "outputs": [], "language": "python"}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}}
    path = write(tmp_path, "old.ipynb", {**old, "worksheets": [{"cells": [cell]}]})
    assert "# %%\nx = 1\n" in convert(path, "old").module


# --------------------------------------------------------------------------- code


@pytest.mark.parametrize(
    ("source", "python", "remarks"),
    [
        ("%matplotlib inline\nx = 1", "x = 1", 0),
        ("x = 1\n%config A.b = 'retina'", "x = 1", 0),
        ("%%time\nx = 1", "x = 1", 0),
        ("%time x = f(1)", "x = f(1)", 0),
        ("for i in a:\n    !ls {i}", "for i in a:\n    pass  # !ls {i}", 1),
        ("found = !ls", "# found = !ls", 1),
        ("!pip install a \\\n  b\nx = 1", "# !pip install a \\\n# b\nx = 1", 1),
        ("print('%d'\n  % 3)\n%cd /tmp", "print('%d'\n  % 3)\n# %cd /tmp", 1),
        ("s = '''\n!ls\n'''", "s = '''\n!ls\n'''", 0),
        ("%%bash\nls", "# %%bash\n# ls", 1),
        ("df.head?", "# df.head?", 1),
        ("print 'a'", "print 'a'", 1),
        ("await f()", "await f()", 0),
    ],
)
def test_commands_go_or_become_comments(source: str, python: str, remarks: int) -> None:
    found, said = without_commands(NotebookCell("code", source, 7))
    assert without_gaps(found) == python
    assert len(said) == remarks
    assert all(remark.cell == 7 for remark in said)


def test_comment_that_would_open_a_cell_opens_none(tmp_path: Path) -> None:
    lab = made(tmp_path, code("%%bash\nls"), text("%% 표시\n글"), code("#%% 칸\nx = 1"))
    kinds = [cell.kind for cell in parse(lab.module)]
    assert kinds == ["code", "markdown", "code", "code"]


IN_TRY = "try:\n    import google.colab\n    C = 1\nexcept ImportError:\n    C = 0"
MOUNT = "from google.colab import drive\nif x:\n    drive.mount('/a')\n    y = 1"
PLAIN = "import matplotlib.font_manager\nimport matplotlib\nmatplotlib.rc('axes')"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("from google.colab import files\na = files.upload()", []),
        (IN_TRY, [1, 2, 3, 4, 5]),
        (MOUNT, [2, 4]),
        ("import matplotlib.pyplot as plt\nplt.rc('font', family='NanumGothic')", [1]),
        ("plt.rcParams['font.family'] = 'Malgun Gothic'\nx = 1", [2]),
        ("plt.rcParams['axes.unicode_minus'] = False", [1]),
        ("import matplotlib.font_manager as fm\nf = fm.FontProperties(fname='a')", [1]),
        (PLAIN, [1, 2, 3]),
    ],
)
def test_what_only_colab_or_a_teachers_machine_has_becomes_a_comment(
    source: str, kept: list[int]
) -> None:
    lines = source.split("\n")
    cell = NotebookCell("code", source, 1)
    found, remarks = Foreign.of([source]).removed(source, cell)
    after = found.split("\n")
    assert [n for n, line in enumerate(after, 1) if line == lines[n - 1]] == kept
    assert [remark.line for remark in remarks] == [
        n for n in range(1, len(lines) + 1) if n not in kept
    ]
    compile(found, "cell", "exec")


@pytest.mark.parametrize(
    ("sources", "seeding"),
    [
        (["import keras"], "keras.utils.set_random_seed(0)"),
        (["import tensorflow as tf\ntf.random.set_seed(42)"], "set_random_seed(42)"),
        (["from tensorflow import keras\nkeras.utils.set_random_seed(1)"], ""),
        (["import numpy as np", "np.random.rand(3)"], "np.random.seed(0)"),
        (["import numpy as np\nnp.random.seed(3)", "np.random.rand(3)"], ""),
        (["import random\nrandom.random()"], "random.seed(0)\nnp.random.seed(0)"),
        (["from sklearn.svm import SVC"], "np.random.seed(0)"),
        (["import numpy as np\nnp.zeros(3)"], ""),
        (["import numpy as np\nnp.random.default_rng(0).random()"], ""),
    ],
)
def test_notebook_that_draws_and_seeds_nothing_gets_a_cell_that_does(
    sources: list[str], seeding: str
) -> None:
    cell = seed_cell(sources)
    assert cell.endswith(seeding) and bool(cell) == bool(seeding)
    compile(cell, "cell", "exec")


def test_generator_without_a_seed_is_given_one() -> None:
    source = "import numpy as np\n가 = np.random.default_rng() or np.random.PCG64()"
    names = names_of(nodes_of([source]))
    assert with_seeds(source, names) == source.replace("()", "(0)")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("plt.plot(x)\nplt.title('손실 \"곡선\" [1]')", "손실 곡선 1"),
        ("a.set_title('가')\nb.set_title('나')", "제목"),
        ("fig.suptitle('둘')\na.set_title('가')\nb.set_title('나')", "둘"),
        ("# 정확도 그리기\nplt.plot(x)", "정확도 그리기"),
        ("# !ls\nplt.plot(x)", "제목"),
        ("plt.title(f'{x}')", "제목"),
    ],
)
def test_figure_is_captioned_by_its_title_a_comment_or_the_heading(
    source: str, shown: str
) -> None:
    assert caption(source, "제목") == shown


# -------------------------------------------------------------------------- texts

TABLE = (
    '<table align="left">\n <td>\n  <a href="https://colab.research.google.com/x">'
    '<img src="https://x/logo.png"/>구글 코랩에서 실행하기</a>\n </td>\n</table>'
)


@pytest.mark.parametrize(
    "button",
    [
        TABLE,
        '<a href="https://colab.research.google.com/x"><img src="https://x/a.svg"/></a>',
        "[![Open In Colab](https://x/colab-badge.svg)](https://x)",
    ],
)
def test_buttons_of_colab_are_gone(tmp_path: Path, button: str) -> None:
    lab = made(tmp_path, text(button), text(f"# 제목\n{button}"), text("글"))
    assert (lab.title, lab.remarks) == ("제목", ())
    assert [cell.source for cell in parse(lab.module)] == ["글", "done = True"]


def test_first_heading_is_the_title_and_others_stand_below_it(tmp_path: Path) -> None:
    lab = made(
        tmp_path,
        text("[![Colab](https://x/colab-badge.svg)](https://x)\n\n# 1장. **층** 쌓기"),
        text(
            "# 데이터\n```\n# 주석\n```\n## 나누기 $n$\n[데이터](#data) [K](http://k)"
        ),
    )
    assert lab.title == "1장. 층 쌓기"
    assert parse(lab.module)[0].source.split("\n") == [
        *("## 데이터", "```", "# 주석", "```", "### 나누기 `n`", "데이터 [K](http://k)")
    ]
    assert [line for _, line, _ in told(lab)] == [5, 6]


def test_notebook_without_a_title_is_called_as_its_page(tmp_path: Path) -> None:
    lab = made(tmp_path, text("글\n\n# 제목"))
    assert lab.title == "week"
    assert "# ## 제목" in lab.module


@pytest.mark.parametrize(
    ("text", "strictly"),
    [
        ("글:\n- 가\n  - 나\n- 다", "글:\n\n- 가\n    - 나\n- 다"),
        ("1. 가\n   - 나\n     - 다", "1. 가\n    - 나\n        - 다"),
        ("1) 가\n\n   이어서", "1. 가\n\n    이어서"),
        ("식\n$$\na\n$$\n끝", "식\n\n$$\na\n$$\n\n끝"),
        ("표\n| a |\n|---|\n| 1 |", "표\n\n| a |\n|---|\n| 1 |"),
        ("```\n- a\n$$\n```", "```\n- a\n$$\n```"),
        ("a - b\n\n--- 끝", "a - b\n\n--- 끝"),
    ],
)
def test_lists_tables_and_formulas_stand_as_python_markdown_wants(
    text: str, strictly: str
) -> None:
    assert strict(text) == strictly
    assert strict(strictly) == strictly


def test_pictures_are_brought_along_with_their_size(tmp_path: Path) -> None:
    write(tmp_path, "a b.png", png(600, 300))
    write(tmp_path, "other/a b.png", png(6, 3))
    inside = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    lab = made(
        tmp_path,
        text(
            "## 층\n![](a%20b.png)\n<img src='other/a b.png' width=\"60\" alt='작은'>"
        ),
        text(f"![속]({inside}) `![x](x.png)` ![없음](no.png) ![밖](https://x/y.png)"),
    )
    first, second, *_ = (cell.source for cell in parse(lab.module))
    assert '<img src="images/week/a-b.png" alt="층" width="600" height="300">' in first
    assert (
        '<img src="images/week/a-b-2.png" alt="작은" width="60" height="30">' in first
    )
    assert 'src="images/week/cell-2.png" alt="속" width="3" height="2"' in second
    assert " `![x](x.png)` 없음 <img src" in second
    assert lab.pictures["a-b.png"] == png(600, 300)
    assert [what.split(":")[0] for _, _, what in told(lab)] == [
        "그림에 설명이 없어 `층`이라고 적었습니다",
        "그림이 없습니다",
        "바깥 그림입니다",
    ]


# --------------------------------------------------------------------------- data


def test_data_that_code_names_are_brought_along(tmp_path: Path) -> None:
    for name in ("a.csv", "data/b.npy", "out.csv", "log.txt", "../far.csv", "own.py"):
        write(tmp_path / "books", name, "1,2\n")
    lab = made(
        tmp_path / "books",
        code("pd.read_csv('a.csv')\nnp.load('data/b.npy')\nopen('none.csv')"),
        code("d.to_csv('out.csv')\npd.read_csv('out.csv')\nopen('log.txt', 'w')"),
        code("pd.read_csv('../far.csv')\npd.read_csv('https://x/a.csv')\nf('data/')"),
        code("import own, sklearn.svm, nothing_such"),
    )
    assert {*lab.data} == {"a.csv", "data/b.npy"}
    assert told(lab) == [
        (3, 1, "노트북의 폴더 밖에 있는 파일입니다: ../far.csv"),
        (3, 1, "폴더는 옮기지 않았습니다: data/"),
        (3, 2, "내려받습니다: https://x/a.csv"),
        (4, 1, "`own`이 설치되어 있지 않습니다."),
        (4, 1, "`nothing_such`가 설치되어 있지 않습니다."),
    ]
    assert "곁의 own.py를 snippets/에 두세요." in {one.hint for one in lab.remarks}


def test_times_of_progress_bars_are_no_part_of_a_result() -> None:
    settle = Settler.of()
    bar = "7/7 ━━━━ {} - loss: 0.7578"
    assert settle(bar.format("0s 9ms/step")) == settle(bar.format("12s 1s/step"))
    assert settle("10/10 - 1s - 88ms/step - acc: 1") == "10/10 - … - acc: 1"
    half = "50%|██   | 1/2 [00:00<00:01, {}]"
    assert settle(half.format("9.5it/s")) == settle(half.format("1.2s/it"))
    assert settle("1s 2ms") == "1s 2ms"


def test_data_of_another_lab_are_shared_or_refused(tmp_path: Path) -> None:
    books, notes = write_all(tmp_path / "books"), Sandbox(tmp_path / "노트")
    (tmp_path / "노트/snippets/data").mkdir(parents=True)
    same = (tmp_path / "books/data/iris.csv").read_bytes()
    shared = notes.root / "snippets/data/iris.csv"
    shared.write_bytes(same)
    ran = notes.build("new", "table", "--from", str(books["table"]))
    assert ran.code == 0 and "iris.csv" not in ran.out

    shared.write_text("다른 것\n", encoding="utf-8")
    before = notes.files()
    ran = notes.build("new", "again", "--from", str(books["table"]))
    assert ran.code == 2
    assert "새로 만들지 않았습니다: snippets/data/iris.csv\n" in ran.err
    assert notes.files() == before


def test_what_is_gone_from_libraries_is_told_with_what_is_there(tmp_path: Path) -> None:
    old = (
        "from keras.utils import np_utils\nm.predict_classes(x)\n"
        "keras.optimizers.Adam(lr=0.1)\nload_boston()\nm.compile(metrics='accuracy')"
    )
    hints = {(one.line, one.hint) for one in made(tmp_path, code(old)).remarks}
    assert (1, "`keras.utils.to_categorical`을 쓰세요.") in hints
    assert (3, "`lr=` 대신 `learning_rate=`로 적으세요.") in hints
    assert [line for line, _ in sorted(hints)] == [1, 2, 3, 4, 5]

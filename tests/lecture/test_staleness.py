"""What an edit makes stale, and nothing else."""

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import which

import lecture
import pytest
from freezing import freeze_everything
from lecture.base.project import Project
from lecture.book.book import Book
from lecture.book.reading import read_book
from lecture.book.status import tasks_of
from lecture.book.surroundings import Surroundings
from lecture.cli.report import explain_lines
from lecture.collect.syntax import canonical

CURVES = '''
"""손실 곡선."""

import math
import os
import warnings

import matplotlib.pyplot as plt
import settings
import toolbox as t
from keras.datasets import mnist
from losses import squared, absolute as distance

time_limit = 60
STEPS = 10
LIMIT = 3
TABLE = {}
for i in range(3):
    TABLE[i] = i * 2
warnings.simplefilter("always")


def descend(lr, steps):
    """한 걸음씩 내려갑니다."""
    # 걸음마다 손실을 적는다
    STEPS = 4
    return [lr * k for k in range(min(steps, LIMIT, STEPS))]


def double(x: float) -> float:
    return 2 * x


def old_helper(x):
    return x


cases_fit = [dict(lr=0.1, seed=0), dict(lr=0.2, seed=0), dict(seed=1)]


def experiment_fit(lr=0.5, seed=0, epochs=3):
    data = mnist.load_data()
    return {"loss": squared(t.scale(descend(lr, epochs)))}


def experiment_summary(fit, digits=3):
    return {"best": math.floor(fit["loss"].min()), "how": "a" + 'b'}


def experiment_verdict(summary):
    return {"good": summary["best"] < 1}


def experiment_alone(width=4):
    return {"width": double(width), "far": distance(TABLE[width]) - squared(1)}


def figure_curve(fit):
    """손실."""
    return plt.plot(fit["loss"])


if __name__ == "__main__":
    print(experiment_alone())
'''

MODELS = '''
"""모형."""

from functools import lru_cache
from math import *

from shapes import *

DEPTH = 2
area = lambda side: side * WIDTH
WIDTH = 7


def cached(function):
    return lru_cache(function)


class Layer:
    """층 하나."""

    units = DEPTH

    def build(self):
        """만듭니다."""
        return Block(self.units)


class Block:
    def __init__(self, units):
        self.units = units


@cached
def count(n):
    def inner(m):
        return m + OFFSET

    return inner(n)


OFFSET = 1


def experiment_layer():
    return {"units": Layer().build().units}


def experiment_count(n=3):
    return {"count": count(n)}


def experiment_area():
    return {"area": area(3), "circle": circle(2)}


def experiment_local():
    import losses

    return {"loss": losses.squared(3)}
'''

SIBLINGS = {
    "toolbox": '''
"""도구."""

FACTOR = 2.0


def scale(x):
    """FACTOR배로 늘립니다."""
    return x * FACTOR


def shift(x):
    return x + 1
''',
    "losses": """
def squared(error):
    return error ** power()


def absolute(error):
    return abs(error)


def power():
    return 2
""",
    "settings": """
import random

random.seed(1)
""",
    "shapes": """
PI = 3.14


def circle(radius):
    return PI * radius


def square(side):
    return side * side
""",
}

WALK = '''
"""실습."""

time_limit = 60

# %% [markdown]
# ## 시작

# %%
import toolbox as t
from losses import absolute

# %% [markdown]
# 값을 봅니다.

# %% 결과
answer = absolute(t.scale(-3))  # 양수
answer

# %%
"끝났습니다."
'''

FILES = {"curves": CURVES, "models": MODELS, "walk": WALK, **SIBLINGS}

LR_1 = "curves.experiment_fit(lr=0.1, seed=0)"
LR_2 = "curves.experiment_fit(lr=0.2, seed=0)"
SEED_1 = "curves.experiment_fit(seed=1)"
LR_3 = "curves.experiment_fit(lr=0.3, seed=0)"
SEED_2 = "curves.experiment_fit(seed=2)"
FIT = {LR_1, LR_2, SEED_1}
VERDICT = {"curves.experiment_verdict"}
SUMMARY = {"curves.experiment_summary"} | VERDICT
ALONE = {"curves.experiment_alone"}
LAYER = {"models.experiment_layer"}
COUNT = {"models.experiment_count"}
AREA = {"models.experiment_area"}
LOCAL = {"models.experiment_local"}
LAB = {"walk.lab"}
NOTHING: set[str] = set()

AT_HAND = {"mnist": "0123456789abcdef"}


@dataclass(frozen=True)
class Edit:
    """A change to one file, and the tasks that it makes stale."""

    kind: str
    file: str  # from snippets/
    stale: set[str]
    old: str
    new: str


# fmt: off
EDITS = [
    # What is not code
    Edit("comment", "curves.py", NOTHING,
         "걸음마다 손실을", "매번 손실을"),
    Edit("new comment", "curves.py", NOTHING,
         "LIMIT = 3", "LIMIT = 3  # 걸음"),
    Edit("docstring", "curves.py", NOTHING,
         "한 걸음씩 내려갑니다", "내려갑니다"),
    Edit("docstring removed", "toolbox.py", NOTHING,
         '    """FACTOR배로 늘립니다."""\n', ""),
    Edit("class docstring", "models.py", NOTHING,
         "층 하나", "층 하나입니다"),
    Edit("method docstring", "models.py", NOTHING,
         "만듭니다", "짓습니다"),
    Edit("module docstring", "curves.py", NOTHING,
         "손실 곡선", "학습 곡선"),
    Edit("formatting", "curves.py", NOTHING,
         "min(steps, LIMIT, STEPS)",
         "min(\n        steps,\n        LIMIT, STEPS,\n    )"),
    Edit("quotes", "curves.py", NOTHING,
         "\"a\" + 'b'", "'a' + \"b\""),
    Edit("number spelt otherwise", "toolbox.py", NOTHING,
         "2.0", "2.00"),
    # What nothing reaches
    Edit("neighbour's figure", "curves.py", NOTHING,
         "plt.plot", "plt.semilogy"),
    Edit("neighbour's caption", "curves.py", NOTHING,
         '"""손실."""', '"""다른 손실."""'),
    Edit("unused helper", "curves.py", NOTHING,
         "return x\n", "return -x\n"),
    Edit("unused helper renamed", "curves.py", NOTHING,
         "old_helper", "new_helper"),
    Edit("unused import added", "curves.py", NOTHING,
         "import os\n", "import os\nimport re\n"),
    Edit("unused import changed", "curves.py", NOTHING,
         "import os\n", "import sys\n"),
    Edit("unread sibling helper", "toolbox.py", NOTHING,
         "x + 1", "x + 2"),
    Edit("unread name of a star import", "shapes.py", NOTHING,
         "side * side", "side"),
    Edit("global under a local name", "curves.py", NOTHING,
         "STEPS = 10", "STEPS = 99"),
    Edit("main block", "curves.py", NOTHING,
         "print(exp", "print(1, exp"),
    Edit("time limit", "curves.py", NOTHING,
         "time_limit = 60", "time_limit = 90"),
    Edit("order of definitions", "models.py", NOTHING,
         "DEPTH = 2\narea = lambda side: side * WIDTH\n",
         "area = lambda side: side * WIDTH\nDEPTH = 2\n"),
    # What an experiment reaches in its module
    Edit("neighbour's experiment", "curves.py", ALONE,
         '"width": d', '"wide": d'),
    Edit("helper", "curves.py", FIT | SUMMARY,
         "lr * k", "lr + k"),
    Edit("local variable", "curves.py", FIT | SUMMARY,
         "STEPS = 4", "STEPS = 5"),
    Edit("constant read by a helper", "curves.py", FIT | SUMMARY,
         "LIMIT = 3", "LIMIT = 4"),
    Edit("annotation", "curves.py", ALONE,
         "-> float", "-> int"),
    Edit("library import", "curves.py", SUMMARY,
         "import math\n", "import cmath as math\n"),
    Edit("loop that fills a table", "curves.py", FIT | SUMMARY | ALONE,
         "i * 2", "i * 3"),
    Edit("statement on import", "curves.py", FIT | SUMMARY | ALONE,
         '"always"', '"error"'),
    Edit("lambda's constant", "models.py", AREA,
         "WIDTH = 7", "WIDTH = 8"),
    Edit("lambda", "models.py", AREA,
         "side * WIDTH", "side + WIDTH"),
    Edit("decorator", "models.py", COUNT,
         "lru_cache(function)", "function"),
    Edit("decorator taken away", "models.py", COUNT,
         "@cached\n", ""),
    Edit("library's decorator", "models.py", COUNT,
         "import lru_cache", "import cache as lru_cache"),
    Edit("nested function", "models.py", COUNT,
         "m + OFFSET", "m - OFFSET"),
    Edit("nested function's constant", "models.py", COUNT,
         "OFFSET = 1", "OFFSET = 2"),
    Edit("class attribute", "models.py", LAYER,
         "units = DEPTH", "units = -DEPTH"),
    Edit("class attribute's constant", "models.py", LAYER,
         "DEPTH = 2", "DEPTH = 3"),
    Edit("class that a method uses", "models.py", LAYER,
         "= units", "= units + 1"),
    # What it reaches in sibling modules
    Edit("from import", "losses.py", FIT | SUMMARY | ALONE | LOCAL,
         "error **", "-error **"),
    Edit("helper behind a from import", "losses.py", FIT | SUMMARY | ALONE | LOCAL,
         "return 2", "return 3"),
    Edit("from import as", "losses.py", ALONE | LAB,
         "abs(error)", "-abs(error)"),
    Edit("aliased sibling", "toolbox.py", FIT | SUMMARY | LAB,
         "x * F", "x + F"),
    Edit("aliased sibling's constant", "toolbox.py", FIT | SUMMARY | LAB,
         "2.0", "3.0"),
    Edit("star import", "shapes.py", AREA,
         "PI * radius", "PI + radius"),
    Edit("star import's constant", "shapes.py", AREA,
         "3.14", "3.1416"),
    Edit("library's star import", "models.py", AREA,
         "from math", "from cmath"),
    Edit("sibling's statement on import", "settings.py", FIT | SUMMARY | ALONE,
         "seed(1)", "seed(2)"),
    Edit("sibling's names swapped", "curves.py", FIT | SUMMARY | ALONE,
         "squared, absolute as distance", "absolute as squared, squared as distance"),
    # Knobs and cases
    Edit("knob that no case sets", "curves.py", FIT | SUMMARY,
         "epochs=3", "epochs=4"),
    Edit("knob that some cases set", "curves.py", {SEED_1} | SUMMARY,
         "lr=0.5", "lr=0.6"),
    Edit("knob that all cases set", "curves.py", NOTHING,
         "seed=0, epochs", "seed=7, epochs"),
    Edit("knob without cases", "curves.py", ALONE,
         "width=4", "width=5"),
    Edit("new knob", "curves.py", SUMMARY,
         "digits=3", "digits=3, base=2"),
    Edit("case added", "curves.py", {SEED_2} | SUMMARY,
         "dict(seed=1)", "dict(seed=1), dict(seed=2)"),
    Edit("case removed", "curves.py", SUMMARY,
         "dict(lr=0.2, seed=0), ", ""),
    Edit("case changed", "curves.py", {LR_3} | SUMMARY,
         "lr=0.2", "lr=0.3"),
    Edit("case spelt otherwise", "curves.py", NOTHING,
         "dict(lr=0.2, seed=0)", "{'seed': 0, 'lr': 0.20}"),
    Edit("cases computed", "curves.py", NOTHING,
         "dict(lr=0.1, seed=0), dict(lr=0.2, seed=0)",
         "*[dict(lr=lr, seed=0) for lr in (0.1, 0.2)]"),
    # Labs
    Edit("lab's text", "walk.py", NOTHING,
         "값을 봅니다", "값을 살펴봅니다"),
    Edit("lab's text cell added", "walk.py", NOTHING,
         "# %% 결과", "# %% [markdown]\n# 끝\n\n# %% 결과"),
    Edit("lab's comment", "walk.py", NOTHING,
         "  # 양수", ""),
    Edit("lab's title", "walk.py", NOTHING,
         "# %% 결과", "# %% 답"),
    Edit("lab's code", "walk.py", LAB,
         "t.scale(-3)", "t.scale(-4)"),
    Edit("lab's last word", "walk.py", LAB,
         "끝났", "마쳤"),
    Edit("lab's code cell added", "walk.py", LAB,
         "# %% 결과", "# %%\n1 + 1\n\n# %% 결과"),
]
# fmt: on


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the files of the project with every result frozen."""
    root = tmp_path_factory.mktemp("frozen")
    (root / "snippets").mkdir()
    for name, source in FILES.items():
        (root / "snippets" / f"{name}.py").write_text(
            source.lstrip("\n"), encoding="utf-8"
        )
    freeze_everything(Project(root))
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def book_of(project: Project, at_hand: Mapping[str, str] = AT_HAND) -> Book:
    """Return a project as it stands beside some data sets."""
    book = read_book(project)
    surroundings = Surroundings(project.root, at_hand)
    return replace(book, judge=replace(book.judge, surroundings=surroundings))


def stale_ids(project: Project, at_hand: Mapping[str, str] = AT_HAND) -> set[str]:
    book = book_of(project, at_hand)
    statuses = map(book.status, book.runs.values())
    return {task.id for status in statuses for task in tasks_of(status)}


def edited(frozen: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    text = frozen[f"snippets/{file}"]
    assert old in text, "the edit changes nothing"
    return {**frozen, f"snippets/{file}": text.replace(old, new, 1)}


def reasons(project: Project, artefact: str) -> list[str]:
    """Return why the first stale task of an experiment would run."""
    book = book_of(project)
    found = next(a for a in book.runs.values() if a.id == artefact)
    return [change.sentence for change in book.status(found).stale[0].changes]


def test_frozen_project_is_fresh(project, frozen):
    assert stale_ids(project(frozen)) == NOTHING


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.kind)
def test_edit_makes_exactly_its_dependents_stale(project, frozen, edit):
    changed = edited(frozen, edit.file, edit.old, edit.new)

    assert stale_ids(project(changed)) == edit.stale


def test_lost_results_make_stale_what_lost_them_and_what_receives_them(project, frozen):
    left = {name: text for name, text in frozen.items() if "fit.json" not in name}

    assert stale_ids(project(left)) == FIT | SUMMARY


def test_data_that_changed_make_stale_what_loaded_them(project, frozen):
    assert stale_ids(project(frozen), {"mnist": "f" * 16}) == FIT | SUMMARY


def test_data_that_are_not_at_hand_are_trusted(project, frozen):
    assert stale_ids(project(frozen), {"cifar10": "f" * 16}) == NOTHING
    assert stale_ids(project(frozen), {}) == NOTHING


@pytest.mark.parametrize(
    ("artefact", "edit", "reason"),
    [
        (
            "curves.experiment_fit",
            ("losses.py", "return 2", "return 3"),
            "`snippets/losses.py`의 `power`가 바뀌었습니다",
        ),
        (
            "models.experiment_layer",
            ("models.py", "units = DEPTH", "units = 2"),
            "`snippets/models.py`의 `DEPTH`가 빠졌습니다",
        ),
        (
            "models.experiment_count",
            ("models.py", "m + OFFSET", "m + OFFSET + WIDTH"),
            "`snippets/models.py`의 `WIDTH`가 더해졌습니다",
        ),
        (
            "curves.experiment_alone",
            ("curves.py", "width=4", "width=5"),
            "하이퍼파라미터 `width`: 4 → 5",
        ),
        (
            "curves.experiment_fit",
            ("curves.py", "dict(lr=0.1, seed=0)", "dict(lr=0.3, seed=0)"),
            "새 사례입니다",
        ),
        (
            "curves.experiment_summary",
            ("curves.py", "dict(lr=0.2, seed=0), ", ""),
            "받는 결과 `fit`가 바뀌었습니다",
        ),
        (
            "curves.experiment_summary",
            ("curves.py", "epochs=3", "epochs=4"),
            "받는 결과 `fit`를 다시 만들어야 합니다",
        ),
        (
            "walk.lab",
            ("walk.py", "t.scale(-3)", "t.scale(-4)"),
            "`snippets/walk.py`의 셀 2가 바뀌었습니다",
        ),
    ],
)
def test_reason_names_what_changed(project, frozen, artefact, edit, reason):
    changed = project(edited(frozen, *edit))

    assert reason in reasons(changed, artefact)


def test_knob_that_a_case_sets_is_no_reason(project, frozen):
    changed = project(edited(frozen, "curves.py", "lr=0.5, seed=0", "lr=0.6, seed=7"))

    assert stale_ids(changed) == {SEED_1} | SUMMARY
    assert reasons(changed, "curves.experiment_fit") == [
        "하이퍼파라미터 `lr`: 0.5 → 0.6"
    ]


def test_explanation_joins_cases_with_the_same_reasons(project, frozen):
    changed = project(edited(frozen, "curves.py", "lr * k", "lr + k"))
    book = book_of(changed)
    lines = list(explain_lines(tuple(map(book.status, book.runs.values()))))

    assert lines[:2] == [
        f"낡음    {LR_1} 외 2개",
        "          - `snippets/curves.py`의 `descend`가 바뀌었습니다",
    ]
    assert "그대로  curves.experiment_alone" in lines


def test_explaining_imports_no_heavy_library(project, frozen):
    heavy = ["keras", "tensorflow", "numpy", "pandas", "matplotlib"]
    code = (
        "import sys; from pathlib import Path; from lecture.cli.command import main\n"
        "main(Path(sys.argv[1]), ['explain'])\n"
        f"print('imported:', *[name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(project(frozen).root)],
        env={name: value for name, value in os.environ.items() if name != "NOTES_DATA"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "그대로  walk.lab" in ran.stdout
    assert ran.stdout.splitlines()[-1] == "imported:"


def test_canonical_text_is_the_same_in_every_python_version():
    source = """
def f(a, *, b: int = 1):
    '설명.'
    return f"{a!r:>{b}}" or u"한"
"""

    assert canonical(ast.parse(source).body[0]) == (
        "FunctionDef(name='f',args=arguments(args=[arg(arg='a')],"
        "kwonlyargs=[arg(arg='b',annotation=Name(id='int'))],"
        "kw_defaults=[Constant(value=1)]),"
        "body=[Return(value=BoolOp(op=Or(),values=[JoinedStr(values=["
        "FormattedValue(value=Name(id='a'),conversion=114,"
        "format_spec=JoinedStr(values=[Constant(value='>'),"
        "FormattedValue(value=Name(id='b'),conversion=-1)]))]),"
        "Constant(value='한')]))])"
    )


def test_canonical_text_is_blind_to_empty_fields_of_newer_versions():
    old = ast.parse("def f():\n    return None").body[0]
    new = ast.parse("def f():\n    return None").body[0]
    new._fields = (*new._fields, "type_params")
    new.type_params = []  # a function has them since Python 3.12

    assert canonical(new) == canonical(old)


def test_empty_field_that_one_python_puts_into_a_format_makes_no_difference():
    """Python 3.12.1 ends a format that ends in a field with an empty text."""
    plain = ast.parse('f"{v:>{W}}"', mode="eval").body
    other = ast.parse('f"{v:>{W}}"', mode="eval").body
    assert isinstance(other, ast.JoinedStr)
    (field,) = other.values
    assert isinstance(field, ast.FormattedValue)
    assert isinstance(field.format_spec, ast.JoinedStr)
    field.format_spec.values.append(ast.Constant(""))

    assert canonical(other) == canonical(plain)
    assert canonical(ast.parse('""', mode="eval").body) == "Constant(value='')"


def test_every_python_at_hand_gives_the_same_keys(project, frozen):
    """A key is as good on one machine as on another."""
    code = (
        "import sys; from pathlib import Path\n"
        "from lecture.collect.sheets import SheetFolder\n"
        "from lecture.collect.collection import collect\n"
        "from lecture.collect.code import artefact_code\n"
        "from lecture.collect.links import Links\n"
        "sheets = SheetFolder(Path(sys.argv[1]))\n"
        "for a in collect(sheets).artefacts:\n"
        "    print(a.id, artefact_code(Links(sheets), a).key)\n"
    )
    root = project({**frozen, "snippets/formats.py": FORMATS})
    found = {which(f"python3.{minor}") for minor in range(11, 16)} - {None}
    told = {
        subprocess.run(
            [str(python), "-c", code, str(root.snippets)],
            env=os.environ | {"PYTHONPATH": str(Path(lecture.__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for python in {sys.executable, *found}
        if _is_python(str(python))
    }

    assert len(told) == 1
    assert "formats.experiment_x" in told.pop()


FORMATS = """
W = 3


LAST = [w for v in range(3) for w in range(v) if (u := v)]
TABLE = {k: (lambda: k) for k in LAST}
SUM = sum(k * W for k in TABLE)


class Shape:
    sides = {k for k in range(3)}
    area = W


def helper(v):
    rows = [(x, y) for x in range(v) for y in LAST if SUM and Shape.sides]
    with open("a") as one, open("b") as two:
        pass
    try:
        return f"{v:>{W}} {v!r:{W}.{W}f}{v}" f"{'a' 'b'}"
    except* ValueError:
        pass
    match v:
        case {"a": [1, *_], **rest}:
            return -1j, rest


def experiment_x():
    return {"value": helper(1)}
"""


def _is_python(path: str) -> bool:
    """Tell whether an interpreter works: the shim of a tool may not."""
    ran = subprocess.run([path, "-c", "1"], capture_output=True, check=False)
    return ran.returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("width=4", "width=4.0"),
        ("width=4", "width='4'"),
        ("width=4", "width=[4]"),
        ("width=4", "width=None"),
        ("width=4", "width=True"),
        ("width=4", "wide=4"),
        ("width=4", "width=4, more=None"),
        ("width=4", "width={'a': 4}"),
        ("width=4", "width=-4"),
    ],
)
def test_knob_of_another_type_or_name_is_stale(project, frozen, old, new):
    name = "experiment_alone"
    changed = edited(frozen, "curves.py", f"{name}({old})", f"{name}({new})")

    assert stale_ids(project(changed)) == ALONE


def test_default_that_becomes_a_list_is_stale_though_json_has_no_tuples(project):
    source = "def experiment_half(sizes=(1, 2)):\n    return {}\n"
    notes = project({"snippets/half.py": source})
    freeze_everything(notes)
    project({"snippets/half.py": source.replace("(1, 2)", "[1, 2]")})

    assert stale_ids(notes) == {"half.experiment_half"}


def test_truth_is_not_one_and_three_is_not_three_point_nought(project):
    source = "def experiment_half(n=3, flag=True):\n    return {}\n"
    notes = project({"snippets/half.py": source})
    freeze_everything(notes)
    project({"snippets/half.py": source.replace("=3", "=3.0").replace("True", "1")})

    assert stale_ids(notes) == {"half.experiment_half"}
    assert reasons(notes, "half.experiment_half") == [
        "하이퍼파라미터 `flag`: true → 1",
        "하이퍼파라미터 `n`: 3 → 3.0",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("seed=0)", "seed=0.0)"), ("seed=0)", "seed=False)"), ("seed=0)", "seed=None)")],
)
def test_case_of_another_type_is_another_case(project, frozen, old, new):
    changed = project(edited(frozen, "curves.py", f"lr=0.2, {old}", f"lr=0.2, {new}"))

    assert len(stale_ids(changed) - SUMMARY) == 1
    assert reasons(changed, "curves.experiment_fit") == ["새 사례입니다"]


CELL = """
# %%
{head}
answer = {value}
answer
"""


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("import tools", "tools.f()"),
        ("import tools as t", "t.f()"),
        ("from tools import f", "f()"),
        ("from tools import *", "f()"),
        ("def g():\n    from tools import f\n    return f()", "g()"),
        ("import tools\nt = tools", "t.f()"),
        ("import acting\nfrom tools import K", "K"),
        ("import acting", "1"),
        ("import parts.net", "parts.net.g()"),
        ("from parts import net", "net.g()"),
    ],
)
def test_lab_follows_what_it_uses_of_siblings(project, head, value):
    siblings = {
        "snippets/tools.py": "K = [1]\n\n\ndef f():\n    return K\n",
        "snippets/acting.py": "import tools\n\ntools.K.append(2)\n",
        "snippets/parts/net.py": "import tools\n\n\ndef g():\n    return tools.f()\n",
    }
    lab = CELL.format(head=head, value=value)
    notes = project({**siblings, "snippets/walk.py": f'"""실습."""\n{lab}'})
    freeze_everything(notes)
    assert stale_ids(notes) == NOTHING

    changed = {name: text.replace("[1]", "[3]") for name, text in siblings.items()}
    assert "acting" in head or stale_ids(project(changed)) == LAB
    changed = {name: text.replace("(2)", "(4)") for name, text in siblings.items()}
    assert "acting" not in head or stale_ids(project(changed)) == LAB


def test_lab_is_blind_to_what_it_does_not_use_of_a_sibling(project):
    tools = "def f():\n    return 1\n\n\ndef g():\n    return 2\n"
    lab = CELL.format(head="import tools", value="tools.f()")
    notes = project(
        {"snippets/tools.py": tools, "snippets/walk.py": f'"""글."""\n{lab}'}
    )
    freeze_everything(notes)

    assert stale_ids(project({"snippets/tools.py": tools.replace("2", "3")})) == NOTHING
    assert stale_ids(project({"snippets/tools.py": tools.replace("1", "3")})) == LAB

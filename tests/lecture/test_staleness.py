"""What an edit makes stale, and nothing else."""

from dataclasses import dataclass

import pytest
from lecture.artefact import DataSet
from lecture.execute import Settings, keep, ready_tasks
from lecture.job import Success
from lecture.notes import read_notes, survey
from lecture.project import Project
from lecture.report import explain_lines

CURVES = '''
"""손실 곡선."""

import math
import os

import losses
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
settings.OPTIONS["depth"] = 5


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
    return {"width": double(width), "far": distance(TABLE[width])}


def figure_curve(fit):
    """손실."""
    return plt.plot(fit["loss"])


if __name__ == "__main__":
    print(experiment_alone())
'''

MODELS = '''
"""모형."""

from functools import lru_cache
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
    "losses": '''
def squared(error):
    return error ** power()


def absolute(error):
    return abs(error)


def power():
    return 2
''',
    "settings": '''
import warnings

OPTIONS = {}
warnings.simplefilter("ignore")
''',
    "shapes": '''
PI = 3.14


def circle(radius):
    return PI * radius


def square(side):
    return side * side
''',
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
'''

FILES = {"curves": CURVES, "models": MODELS, "walk": WALK, **SIBLINGS}

LR_1 = "curves.experiment_fit(lr=0.1, seed=0)"
LR_2 = "curves.experiment_fit(lr=0.2, seed=0)"
SEED_1 = "curves.experiment_fit(seed=1)"
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
    old: str
    new: str
    stale: set[str]


EDITS = [
    # What is not code
    Edit("comment", "curves.py", "걸음마다 손실을", "매번 손실을", NOTHING),
    Edit("new comment", "curves.py", "LIMIT = 3", "LIMIT = 3  # 걸음", NOTHING),
    Edit("docstring", "curves.py", "한 걸음씩 내려갑니다", "내려갑니다", NOTHING),
    Edit("docstring removed", "toolbox.py", '    """FACTOR배로 늘립니다."""\n', "", NOTHING),
    Edit("class docstring", "models.py", "층 하나", "층 하나입니다", NOTHING),
    Edit("method docstring", "models.py", "만듭니다", "짓습니다", NOTHING),
    Edit("module docstring", "curves.py", "손실 곡선", "학습 곡선", NOTHING),
    Edit("formatting", "curves.py", "min(steps, LIMIT, STEPS)", "min(\n        steps,\n        LIMIT, STEPS,\n    )", NOTHING),  # noqa: E501
    Edit("quotes", "curves.py", """"a" + 'b'""", """'a' + "b\"""", NOTHING),
    Edit("number spelt otherwise", "toolbox.py", "2.0", "2.00", NOTHING),
    # What nothing reaches
    Edit("figure", "curves.py", "plt.plot", "plt.semilogy", NOTHING),
    Edit("figure's caption", "curves.py", '"""손실."""', '"""다른 손실."""', NOTHING),
    Edit("unused helper", "curves.py", "return x\n", "return -x\n", NOTHING),
    Edit("unused helper renamed", "curves.py", "old_helper", "new_helper", NOTHING),
    Edit("unused import", "curves.py", "import os\n", "import os\nimport re\n", NOTHING),
    Edit("import unused", "curves.py", "import os\n", "import sys\n", NOTHING),
    Edit("unread sibling helper", "toolbox.py", "x + 1", "x + 2", NOTHING),
    Edit("unread name of a star import", "shapes.py", "side * side", "side", NOTHING),
    Edit("global under a local name", "curves.py", "STEPS = 10", "STEPS = 99", NOTHING),
    Edit("main block", "curves.py", "print(exp", "print(1, exp", NOTHING),
    Edit("time limit", "curves.py", "time_limit = 60", "time_limit = 90", NOTHING),
    Edit("order of definitions", "models.py", "DEPTH = 2\narea = lambda side: side * WIDTH\n", "area = lambda side: side * WIDTH\nDEPTH = 2\n", NOTHING),  # noqa: E501
    # What an experiment reaches in its module
    Edit("its own body", "curves.py", '"width": d', '"wide": d', ALONE),
    Edit("helper", "curves.py", "lr * k", "lr + k", FIT | SUMMARY),
    Edit("local variable", "curves.py", "STEPS = 4", "STEPS = 5", FIT | SUMMARY),
    Edit("constant read by a helper", "curves.py", "LIMIT = 3", "LIMIT = 4", FIT | SUMMARY),  # noqa: E501
    Edit("annotation", "curves.py", "-> float", "-> int", ALONE),
    Edit("library import", "curves.py", "import math\n", "import cmath as math\n", SUMMARY),  # noqa: E501
    Edit("loop that fills a table", "curves.py", "i * 2", "i * 3", ALONE),
    Edit("statement on import", "curves.py", '["depth"] = 5', '["depth"] = 6', FIT | SUMMARY | ALONE),  # noqa: E501
    Edit("lambda's constant", "models.py", "WIDTH = 7", "WIDTH = 8", AREA),
    Edit("lambda", "models.py", "side * WIDTH", "side + WIDTH", AREA),
    Edit("decorator", "models.py", "lru_cache(function)", "function", COUNT),
    Edit("decorator taken away", "models.py", "@cached\n", "", COUNT),
    Edit("library's decorator", "models.py", "import lru_cache", "import cache as lru_cache", COUNT),  # noqa: E501
    Edit("nested function", "models.py", "m + OFFSET", "m - OFFSET", COUNT),
    Edit("nested function's constant", "models.py", "OFFSET = 1", "OFFSET = 2", COUNT),
    Edit("class attribute", "models.py", "units = DEPTH", "units = -DEPTH", LAYER),
    Edit("class attribute's constant", "models.py", "DEPTH = 2", "DEPTH = 3", LAYER),
    Edit("class used by a method", "models.py", "= units", "= units + 1", LAYER),
    # What it reaches in sibling modules
    Edit("from import", "losses.py", "error **", "-error **", FIT | SUMMARY | LOCAL),
    Edit("helper behind a from import", "losses.py", "return 2", "return 3", FIT | SUMMARY | LOCAL),  # noqa: E501
    Edit("from import as", "losses.py", "abs(error)", "-abs(error)", ALONE | LAB),
    Edit("aliased sibling", "toolbox.py", "x * F", "x + F", FIT | SUMMARY | LAB),
    Edit("aliased sibling's constant", "toolbox.py", "2.0", "3.0", FIT | SUMMARY | LAB),
    Edit("star import", "shapes.py", "PI * radius", "PI + radius", AREA),
    Edit("star import's constant", "shapes.py", "3.14", "3.1416", AREA),
    Edit("sibling's statement on import", "settings.py", '"ignore"', '"error"', FIT | SUMMARY | ALONE),  # noqa: E501
    Edit("sibling that takes another's name", "curves.py", "squared, absolute as distance", "absolute as squared, squared as distance", FIT | SUMMARY | ALONE),  # noqa: E501
    # Knobs and cases
    Edit("knob that no case sets", "curves.py", "epochs=3", "epochs=4", FIT | SUMMARY),
    Edit("knob that some cases set", "curves.py", "lr=0.5", "lr=0.6", {SEED_1} | SUMMARY),  # noqa: E501
    Edit("knob that all cases set", "curves.py", "seed=0, epochs", "seed=7, epochs", NOTHING),  # noqa: E501
    Edit("knob without cases", "curves.py", "width=4", "width=5", ALONE),
    Edit("new knob", "curves.py", "digits=3", "digits=3, base=2", SUMMARY),
    Edit("case added", "curves.py", "dict(seed=1)", "dict(seed=1), dict(seed=2)", {"curves.experiment_fit(seed=2)"} | SUMMARY),  # noqa: E501
    Edit("case removed", "curves.py", "dict(lr=0.2, seed=0), ", "", {"curves.experiment_summary", *VERDICT}),  # noqa: E501
    Edit("case changed", "curves.py", "lr=0.2", "lr=0.3", {"curves.experiment_fit(lr=0.3, seed=0)"} | SUMMARY),  # noqa: E501
    Edit("case spelt otherwise", "curves.py", "dict(lr=0.2, seed=0)", "{'seed': 0, 'lr': 0.20}", NOTHING),  # noqa: E501
    Edit("cases computed", "curves.py", "dict(lr=0.1, seed=0), dict(lr=0.2, seed=0)", "*[dict(lr=lr, seed=0) for lr in (0.1, 0.2)]", NOTHING),  # noqa: E501
    # Results and data
    Edit("result received", "results/curves/fit.json", '"loss": 2.0', '"loss": 2.5', SUMMARY),  # noqa: E501
    Edit("seconds of a run", "results/curves/fit.json", '"seconds": 2', '"seconds": 3', NOTHING),  # noqa: E501
    Edit("data that it loaded", "results/curves/fit.json", '"0123456789abcdef"', '"fedcba9876543210"', FIT | SUMMARY),  # noqa: E501
    Edit("library version of a run", "results/curves/fit.json", '"3.15.1"', '"3.16.0"', NOTHING),  # noqa: E501
    # Labs
    Edit("lab's text", "walk.py", "값을 봅니다", "값을 살펴봅니다", NOTHING),
    Edit("lab's text cell added", "walk.py", "# %% 결과", "# %% [markdown]\n# 끝\n\n# %% 결과", NOTHING),  # noqa: E501
    Edit("lab's comment", "walk.py", "  # 양수", "", NOTHING),
    Edit("lab's title", "walk.py", "# %% 결과", "# %% 답", NOTHING),
    Edit("lab's code", "walk.py", "t.scale(-3)", "t.scale(-4)", LAB),
    Edit("lab's code cell added", "walk.py", "# %% 결과", "# %%\n1 + 1\n\n# %% 결과", LAB),  # noqa: E501
]


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the files of the project with every result frozen."""
    root = tmp_path_factory.mktemp("frozen")
    (root / "snippets").mkdir()
    for name, source in FILES.items():
        (root / "snippets" / f"{name}.py").write_text(source.lstrip("\n"))
    freeze_everything(Project(root))
    return {
        str(path.relative_to(root)): path.read_text()
        for path in root.rglob("*")
        if path.is_file()
    }


def freeze_everything(project: Project) -> None:
    """Keep a result for every task, as runs would that give 1.0, 2.0, 3.0 …"""
    value = 0.0
    notes = read_notes(project)
    while tasks := ready_tasks(notes, Settings(workers=1), {}):
        for task in tasks:
            value += 1
            loads = task.artefact.function == "experiment_fit"
            data = {"mnist": DataSet("MNIST", AT_HAND["mnist"])} if loads else {}
            versions = {"keras": "3.15.1"}
            keep(notes, task, Success({"loss": value}, 2, 100, data, versions))


def stale_ids(project: Project) -> set[str]:
    surveys = survey(read_notes(project), AT_HAND)
    return {task.id for one in surveys for task in one.stale}


def edited(frozen: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    text = frozen[f"snippets/{file}"]
    assert old in text, "the edit changes nothing"
    return {**frozen, f"snippets/{file}": text.replace(old, new, 1)}


def explained(project: Project) -> str:
    return "\n".join(explain_lines(survey(read_notes(project), AT_HAND)))


def test_frozen_project_is_fresh(project, frozen):
    assert stale_ids(project(frozen)) == NOTHING


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.kind)
def test_edit_makes_exactly_its_dependents_stale(project, frozen, edit):
    changed = edited(frozen, edit.file, edit.old, edit.new)

    assert stale_ids(project(changed)) == edit.stale

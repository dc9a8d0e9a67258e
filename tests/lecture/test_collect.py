"""From the names in a module to artefacts, and what breaks the rules of names."""

import pytest
from lecture.base.errors import CollectError
from lecture.base.project import Project
from lecture.collect.artefact import Artefact, Place
from lecture.collect.collection import Collection, collect
from lecture.collect.sheets import SheetFolder

GOOD = '''
"""곡선."""

raise SystemExit("모듈을 불러오면 안 됩니다")

time_limit = 1200
LRS = (0.1, 0.01)
cases_fit = [dict(lr=lr, seed=s) for lr in LRS for s in range(2)]


def stable_loss(fit):
    return fit


def load():
    return 1


def experiment_fit(lr=0.1, *, seed=0, layers=(64, 64), data=load()):
    return {"loss": lr}


def experiment_best(fit, *, floor=-1.0):
    return {"best": min(fit["loss"])}


def figure_curve(fit, best):
    """손실이
    줄어듭니다.

    둘째 문단.
    """


def table_loss(fit):
    """손실."""


def claim_steady(best):
    """손실은 줄어듭니다."""
'''


def collection(project: Project) -> Collection:
    return collect(SheetFolder(project.snippets))


def collected(project: Project) -> tuple[Artefact, ...]:
    found = collection(project)
    assert not found.faults, found.faults
    return found.artefacts


@pytest.fixture
def refused(project):
    """Return a function that collects a module and returns what is wrong in it."""

    def collect_broken(source: str) -> CollectError:
        found = collection(project({"snippets/broken.py": source}))
        assert found.broken == {"broken"}
        error = found.faults[0].error
        assert error.path.name == "broken.py"
        return error

    return collect_broken


def test_functions_become_artefacts_by_their_prefix(project):
    found = collected(project({"snippets/curves.py": GOOD}))

    assert [a.id for a in found] == [
        "curves.experiment_fit",
        "curves.experiment_best",
        "curves.figure_curve",
        "curves.table_loss",
        "curves.claim_steady",
    ]


def test_parameters_are_results_received_or_knobs(project):
    fit, best, curve, *_ = collected(project({"snippets/curves.py": GOOD}))

    assert fit.needs == {}
    assert fit.knobs["lr"] == 0.1
    assert fit.knobs["seed"] == 0
    assert (best.needs, best.knobs) == (
        {"fit": Place("curves", "fit")},
        {"floor": -1.0},
    )
    assert [*curve.needs] == ["fit", "best"]


def test_knob_is_held_as_json_holds_it(project):
    fit, *_ = collected(project({"snippets/curves.py": GOOD}))

    assert fit.knobs["layers"] == [64, 64]
    assert fit.knobs["data"] == "Call(func=Name(id='load'))"


def test_constant_as_knob_is_held_by_its_value(project):
    source = """
        SEEDS = (0, 1, 2)


        def experiment_fit(seeds=SEEDS[:2], layers=2 * [64]):
            return {}
    """
    (fit,) = collected(project({"snippets/constants.py": source}))

    assert fit.knobs == {"seeds": [0, 1], "layers": [64, 64]}


def test_set_as_knob_does_not_depend_on_the_order_of_its_hashes(project):
    source = 'def experiment_fit(names={"나", "가", "다"}):\n    return {}\n'
    (fit,) = collected(project({"snippets/sets.py": source}))

    assert "나" in fit.knobs["names"].split("가")[0]


def test_caption_is_the_first_paragraph_on_one_line(project):
    _, _, curve, *_ = collected(project({"snippets/curves.py": GOOD}))

    assert curve.caption == "손실이 줄어듭니다."


def test_cases_are_read_without_importing_the_module(project):
    fit, best, *_ = collected(project({"snippets/curves.py": GOOD}))

    assert fit.cases == (
        {"lr": 0.1, "seed": 0},
        {"lr": 0.1, "seed": 1},
        {"lr": 0.01, "seed": 0},
        {"lr": 0.01, "seed": 1},
    )
    assert best.cases is None


def test_cases_may_use_constants_unpacked_or_looked_up(project):
    source = """
        FEW, (MANY, _) = 10, (40, 0)
        EPOCHS = {FEW: 8, MANY: 2}
        cases_fit = [dict(n=n, epochs=EPOCHS[n]) for n in (FEW, MANY)]


        def experiment_fit(n=1, epochs=1):
            return {"loss": n}
    """
    (fit,) = collected(project({"snippets/sizes.py": source}))

    assert fit.cases == ({"n": 10, "epochs": 8}, {"n": 40, "epochs": 2})


def test_time_limit_is_read_from_the_module(project):
    files = {"snippets/curves.py": GOOD, "snippets/quick.py": "x = 1\n"}
    sheets = SheetFolder(project(files).snippets)

    assert sheets["curves"].limits == {"time_limit": 1200}
    assert sheets["quick"].limits == {}


@pytest.mark.parametrize("value", ["-1", "'ten'", "f()", "1e999", "0", "[1]"])
def test_limit_that_is_no_time_is_refused(refused, value):
    error = refused(f"x = 1\ntime_limit = {value}\n")

    assert error.line == 2
    assert "`time_limit`에는 0보다 큰 숫자" in error.message


def test_percent_module_is_one_artefact(project):
    source = '"""실습."""\n\n# %%\nfigur_x = 1\n'
    (lab,) = collected(project({"snippets/walk.py": source}))

    assert (lab.id, lab.kind, lab.doc) == ("walk.lab", "lab", "실습.")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("figur_curve", "figure_"),
        ("fig_curve", "figure_"),
        ("figures_curve", "figure_"),
        ("tabel_loss", "table_"),
        ("tab_loss", "table_"),
        ("claims_steady", "claim_"),
        ("experimnet_fit", "experiment_"),
        ("cases_fit", "cases_"),
        ("exp_fit", "experiment_"),
    ],
)
def test_near_miss_of_a_prefix_is_refused(refused, name, meant):
    error = refused(f'x = 1\n\n\ndef {name}():\n    """설명."""\n')

    assert error.line == 4
    assert f"`{name}`" in error.message
    assert f"`{meant}`를 쓰려 했나요?" in error.hint


def test_near_miss_of_cases_is_refused(refused):
    error = refused(
        "case_fit = [dict(lr=0.1)]\n\n\ndef experiment_fit(lr=1):\n    return {}\n"
    )

    assert error.line == 1
    assert "`cases_`를 쓰려 했나요?" in error.hint


@pytest.mark.parametrize(
    "source",
    [
        "def stable_loss(x):\n    return x\n",
        "def tidy_up(x):\n    return x\n",
        "def clip_gradient(x):\n    return x\n",
        "def fit_line(x):\n    return x\n",
        "def figure():\n    return 1\n",
        "def _figur_x():\n    return 1\n",
        "fig_size = (6, 4)\n",
        "case_names = ['0', '1']\n",
        "class_colours = [dict(name='red')]\n",
        "def class_means(x):\n    return x\n",
        "def outer():\n    def fig_inner():\n        return 1\n",
    ],
)
def test_ordinary_name_is_no_near_miss(project, source):
    assert collected(project({"snippets/plain.py": source})) == ()


def test_unknown_result_is_refused_with_the_name_that_is_near(refused):
    error = refused("""
        def experiment_sweep(lr=0.1):
            return {}


        def figure_curve(swep):
            '''손실.'''
        """)

    assert error.line == 5
    assert "`figure_curve`가 받는 `swep`" in error.message
    assert error.hint == "비슷한 이름: sweep"


def test_unknown_result_of_a_keyword_parameter_is_refused(refused):
    error = refused("def table_loss(*, fit):\n    '''손실.'''\n")

    assert "`experiment_fit`" in error.message
    assert error.hint == "쓸 수 있는 이름이 없습니다."


RUNS = "def experiment_fit():\n    return {}\n"
CLAIM = """
from other import experiment_fit


def claim_steady(fit):
    '''손실은 줄어듭니다.'''
"""


def found_in(project, **sources: str) -> Collection:
    files = {f"snippets/{name}.py": source for name, source in sources.items()}
    return collection(project(files))


def test_modules_of_one_name_in_the_rooms_are_of_one_page(project):
    rooms = {
        "snippets/curves.py": "def fall(x):\n    return x\n",
        "snippets/runs/curves.py": RUNS,
        "snippets/figures/curves.py": "def figure_fit(fit):\n    '손실'\n",
        "snippets/claims/curves.py": "def claim_falls(fit):\n    '손실'\n",
        "snippets/helpers/curves.py": "",
    }
    found = collection(project(rooms))

    assert found.pages == ("curves", "helpers/curves")
    assert {(a.id, a.module) for a in found.artefacts} == {
        ("curves.experiment_fit", "runs.curves"),
        ("curves.figure_fit", "figures.curves"),
        ("curves.claim_falls", "claims.curves"),
    }
    needs = [a.needs for a in found.artefacts if not a.is_run]
    assert needs == [{"fit": Place("curves", "fit")}] * 2


def test_two_of_one_name_in_two_rooms_are_refused_with_both_places(project):
    files = {"snippets/curves.py": RUNS, "snippets/runs/curves.py": f"#\n#\n{RUNS}"}
    found = collection(project(files))
    (fault,) = found.faults

    assert "(curves.py 1행, runs/curves.py 3행)" in fault.error.message
    assert fault.error.path.parent.name == "runs"
    assert fault.error.line == 3


def test_parameter_may_name_an_experiment_of_a_module_that_is_imported(project):
    *_, claim = found_in(project, other=RUNS, told=CLAIM).artefacts

    assert claim.needs == {"fit": Place("other", "fit")}


def test_own_experiment_comes_before_an_imported_one(project):
    _, claim, _ = found_in(project, other=RUNS, told=CLAIM + RUNS).artefacts

    assert claim.needs == {"fit": Place("told", "fit")}


def test_experiment_of_a_neighbour_that_is_not_imported_is_unknown(project):
    told = CLAIM.replace("from other", "# from other")
    (fault,) = found_in(project, other=RUNS, told=told).faults

    assert "`experiment_fit`가 없습니다." in fault.error.message
    assert (fault.page, fault.artefact) == ("told", "told.claim_steady")


def test_experiment_of_two_imported_pages_is_refused(project):
    (fault,) = found_in(
        project, other=RUNS, more=RUNS, told="import more\n" + CLAIM
    ).faults

    assert "`experiment_fit`가 여러 쪽에 있습니다." in fault.error.message
    assert "more, other" in fault.error.hint


def test_experiments_of_two_modules_that_receive_each_other_are_refused(project):
    one = "import two\n\n\ndef experiment_a(b):\n    return {}\n"
    two = "import one\n\n\ndef experiment_b(a):\n    return {}\n"
    found = found_in(project, one=one, two=two, apart=RUNS)

    assert all("a → b → a" in f.error.message for f in found.faults)
    assert found.broken == {"one", "two"}
    assert [a.id for a in found.artefacts] == ["apart.experiment_fit"]


def test_mistake_in_one_module_hides_no_other(project):
    found = found_in(
        project, a="def f(:\n", b="def fig_x(): ...\n", c="cases_x = []\n", d=RUNS
    )

    assert [fault.page for fault in found.faults] == ["a", "b", "c"]
    assert [artefact.id for artefact in found.artefacts] == ["d.experiment_fit"]


def test_experiments_that_receive_each_other_are_refused(refused):
    error = refused("""
        def experiment_start(a):
            return {}


        def experiment_a(b):
            return {}


        def experiment_b(a):
            return {}
        """)

    assert "a → b → a" in error.message
    assert error.line == 5


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("figure_loss", "table_loss"),
        ("claim_loss", "figure_loss"),
        ("table_loss", "table_loss"),
    ],
)
def test_two_things_of_a_page_with_one_name_are_refused(refused, first, second):
    error = refused(f"""
        def {first}():
            '''하나.'''


        def {second}():
            '''둘.'''
        """)

    assert "`loss`" in error.message
    assert "(broken.py 1행, broken.py 5행)" in error.message
    assert error.line == 5


def test_experiment_may_share_its_name_with_its_figure(project):
    source = (
        "def experiment_fit():\n    return {}\n\n\ndef figure_fit(fit):\n    '손실'\n"
    )

    assert len(collected(project({"snippets/shared.py": source}))) == 2


def test_two_experiments_with_one_name_are_refused(refused):
    error = refused("def experiment_fit():\n    1\n\n\ndef experiment_fit():\n    2\n")

    assert "(broken.py 1행, broken.py 5행)" in error.message


@pytest.mark.parametrize("kind", ["figure", "table", "claim"])
def test_missing_docstring_is_refused(refused, kind):
    error = refused(f"x = 1\n\n\ndef {kind}_loss():\n    return 1\n")

    assert error.line == 4
    assert f"{kind}_loss에 설명글(docstring)이 없습니다." in error.message


def test_cases_of_no_experiment_are_refused(refused):
    error = refused("""
        LR = 0.1
        cases_fits = [dict(lr=LR)]


        def experiment_fit(lr=0.5):
            return {}
        """)

    assert error.line == 2
    assert "`experiment_fits`" in error.message
    assert error.hint == "비슷한 이름: fit"


def test_case_that_sets_no_knob_is_refused(refused):
    error = refused("""
        cases_fit = [dict(lr=0.1), dict(epoch=3)]


        def experiment_fit(lr=0.5, epochs=1):
            return {}
        """)

    assert error.line == 1
    assert "`epoch`" in error.message
    assert error.hint == "비슷한 이름: epochs"


def test_case_that_sets_a_result_received_is_refused(refused):
    error = refused("""
        cases_b = [dict(a=1)]


        def experiment_a():
            return {}


        def experiment_b(a, lr=1):
            return {}
        """)

    assert "`cases_b`의 `a`" in error.message


def test_same_case_twice_is_refused_however_it_is_spelt(refused):
    error = refused("""
        cases_fit = [dict(lr=0.1, seed=0), {"seed": 0, "lr": 1e-1}]


        def experiment_fit(lr=0.5, seed=0):
            return {}
        """)

    assert error.line == 1
    assert '같은 사례가 두 번 있습니다: {"lr": 0.1, "seed": 0}' in error.message


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("[dict(lr=np.exp(1))]", "np.exp"),
        ("[dict(lr=(lambda: 1)())]", "lambda"),
        ("[dict(lr=().__class__)]", "__class__"),
        ("[dict(lr=f'{1}')]", "1"),
        ("[dict(lr=open('x'))]", "open"),
        ("[dict(lr=__import__('os'))]", "__import__"),
        ("[dict(lr=missing)]", "missing"),
        ("[dict(lr=LOADED)]", "load"),
        ("[dict(lr=0.1 / 0)]", "division by zero"),
        ("[dict(lr=float('nan'))]", "float"),
        ("[dict(lr={1, 2})]", "set"),
    ],
)
def test_cases_that_need_more_than_constants_are_refused(refused, rows, what):
    error = refused(f"""
        import numpy as np
        LOADED = load()
        cases_fit = {rows}


        def experiment_fit(lr=0.5):
            return {{}}
        """)

    assert error.line in (2, 3)
    assert what in error.message
    assert "cases_fit = [dict(" in error.hint


@pytest.mark.parametrize("rows", ["dict(lr=0.1)", "[0.1, 0.2]", "0.1"])
def test_cases_that_are_no_list_of_dicts_are_refused(refused, rows):
    error = refused(f"""
        cases_fit = {rows}


        def experiment_fit(lr=0.5):
            return {{}}
        """)

    assert "dict(…)의 리스트" in error.message


def test_wrong_syntax_is_refused_with_its_line(refused):
    error = refused("x = 1\ndef experiment_fit(:\n    return {}\n")

    assert error.line == 2
    assert "파이썬 문법에 어긋납니다" in error.message


def test_error_reads_place_then_what_then_remedy(refused):
    error = refused("def fig_x():\n    return 1\n")
    first, second = str(error).splitlines()

    assert first.endswith("broken.py:1: `fig_x`: 알 수 없는 접두어 `fig_`입니다.")
    assert second.startswith("  → `figure_`를 쓰려 했나요?")

"""From the names in a module to artefacts, and what breaks the rules of names."""

import pytest
from lecture.base.errors import CollectError
from lecture.base.project import Project
from lecture.collect.declarations import collect, time_limit
from lecture.collect.module import ModuleFolder

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


def modules_of(project: Project) -> ModuleFolder:
    return ModuleFolder(project.snippets)


@pytest.fixture
def refused(project):
    """Return a function that collects a module and returns the error that it raises."""

    def collect_broken(source: str) -> CollectError:
        with pytest.raises(CollectError) as caught:
            collect(modules_of(project({"snippets/broken.py": source})))
        assert caught.value.path.name == "broken.py"
        return caught.value

    return collect_broken


def test_functions_become_artefacts_by_their_prefix(project):
    found = collect(modules_of(project({"snippets/curves.py": GOOD})))

    assert [a.id for a in found] == [
        "curves.experiment_fit",
        "curves.experiment_best",
        "curves.figure_curve",
        "curves.table_loss",
        "curves.claim_steady",
    ]


def test_parameters_are_results_received_or_knobs(project):
    fit, best, curve, *_ = collect(modules_of(project({"snippets/curves.py": GOOD})))

    assert fit.needs == {}
    assert fit.knobs["lr"] == 0.1
    assert fit.knobs["seed"] == 0
    assert (best.needs, best.knobs) == ({"fit": "curves"}, {"floor": -1.0})
    assert curve.needs == {"fit": "curves", "best": "curves"}


def test_knob_is_held_as_json_holds_it(project):
    fit, *_ = collect(modules_of(project({"snippets/curves.py": GOOD})))

    assert fit.knobs["layers"] == [64, 64]
    assert fit.knobs["data"] == "Call(func=Name(id='load'))"


def test_constant_as_knob_is_held_by_its_value(project):
    source = """
        SEEDS = (0, 1, 2)


        def experiment_fit(seeds=SEEDS[:2], layers=2 * [64]):
            return {}
    """
    (fit,) = collect(modules_of(project({"snippets/constants.py": source})))

    assert fit.knobs == {"seeds": [0, 1], "layers": [64, 64]}


def test_set_as_knob_does_not_depend_on_the_order_of_its_hashes(project):
    source = 'def experiment_fit(names={"나", "가", "다"}):\n    return {}\n'
    (fit,) = collect(modules_of(project({"snippets/sets.py": source})))

    assert "나" in fit.knobs["names"].split("가")[0]


def test_caption_is_the_first_paragraph_on_one_line(project):
    _, _, curve, *_ = collect(modules_of(project({"snippets/curves.py": GOOD})))

    assert curve.caption == "손실이 줄어듭니다."


def test_cases_are_read_without_importing_the_module(project):
    fit, best, *_ = collect(modules_of(project({"snippets/curves.py": GOOD})))

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
    (fit,) = collect(modules_of(project({"snippets/sizes.py": source})))

    assert fit.cases == ({"n": 10, "epochs": 8}, {"n": 40, "epochs": 2})


def test_time_limit_is_read_from_the_module(project):
    modules = modules_of(
        project({"snippets/curves.py": GOOD, "snippets/quick.py": "x = 1\n"})
    )

    assert time_limit(modules["curves"], 600) == 1200
    assert time_limit(modules["quick"], 600) == 600


def test_percent_module_is_one_artefact(project):
    source = '"""실습."""\n\n# %%\nfigur_x = 1\n'
    (lab,) = collect(modules_of(project({"snippets/walk.py": source})))

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
    assert collect(modules_of(project({"snippets/plain.py": source}))) == ()


def test_unknown_result_is_refused_with_the_name_that_is_near(refused):
    error = refused("""
        def experiment_sweep(lr=0.1):
            return {}


        def figure_curve(swep):
            '''손실.'''
        """)

    assert error.line == 5
    assert "`figure_curve`이(가) 받는 `swep`" in error.message
    assert error.hint == "비슷한 이름: sweep"


def test_unknown_result_of_a_keyword_parameter_is_refused(refused):
    error = refused("def table_loss(*, fit):\n    '''손실.'''\n")

    assert "`experiment_fit`" in error.message
    assert error.hint == "쓸 수 있는 이름이 없습니다."


RUNS = "def experiment_fit():\n    return {}\n"
CLAIM = """
from runs import experiment_fit


def claim_steady(fit):
    '''손실은 줄어듭니다.'''
"""


def found_in(project, **sources: str):
    files = {f"snippets/{name}.py": source for name, source in sources.items()}
    return collect(modules_of(project(files)))


def test_parameter_may_name_an_experiment_of_a_module_that_is_imported(project):
    _, claim = found_in(project, runs=RUNS, told=CLAIM)

    assert claim.needs == {"fit": "runs"}
    assert claim.received == (("runs", "fit"),)


def test_own_experiment_comes_before_an_imported_one(project):
    _, claim, _ = found_in(project, runs=RUNS, told=CLAIM + RUNS)

    assert claim.needs == {"fit": "told"}


def test_experiment_of_a_neighbour_that_is_not_imported_is_unknown(project):
    with pytest.raises(CollectError) as caught:
        found_in(project, runs=RUNS, told=CLAIM.replace("from runs", "# from runs"))

    assert "`experiment_fit`가 없습니다." in caught.value.message


def test_experiment_of_two_imported_modules_is_refused(project):
    with pytest.raises(CollectError) as caught:
        found_in(project, runs=RUNS, more=RUNS, told="import more\n" + CLAIM)

    assert "`experiment_fit`가 여러 모듈에 있습니다." in caught.value.message
    assert "more, runs" in caught.value.hint


def test_experiments_of_two_modules_that_receive_each_other_are_refused(project):
    one = "import two\n\n\ndef experiment_a(b):\n    return {}\n"
    two = "import one\n\n\ndef experiment_b(a):\n    return {}\n"
    with pytest.raises(CollectError) as caught:
        found_in(project, one=one, two=two)

    assert "a → b → a" in caught.value.message


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
    assert "(줄 1, 5)" in error.message
    assert error.line == 5


def test_experiment_may_share_its_name_with_its_figure(project):
    source = (
        "def experiment_fit():\n    return {}\n\n\ndef figure_fit(fit):\n    '손실'\n"
    )

    assert len(collect(modules_of(project({"snippets/shared.py": source})))) == 2


def test_two_experiments_with_one_name_are_refused(refused):
    error = refused("def experiment_fit():\n    1\n\n\ndef experiment_fit():\n    2\n")

    assert "(줄 1, 5)" in error.message


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

"""The command line, as an author and as CI use it."""

import json
from pathlib import Path

import pytest
from lecture.run.smoke import _filled
from sandbox import Sandbox

GROW = '''
from pathlib import Path

SCALE = 2

cases_fit = [dict(n=n) for n in (1, 2)]


def note(text):
    with open(Path(__file__).parents[1] / "ran.txt", "a") as file:
        print(text, file=file)


def scaled(n):
    return SCALE * n


def experiment_fit(n=0):
    note(f"fit{n}")
    return {"height": scaled(n)}


def experiment_summary(fit):
    note("summary")
    return {"highest": fit["height"].max()}


def table_heights(fit):
    """심은 씨앗마다의 높이."""
    return fit


def claim_grows(fit):
    """씨앗이 많을수록 높이 자란다."""
    return bool(fit["height"].is_monotonic_increasing), f"높이 {list(fit['height'])}"
'''
OTHER = """
def experiment_answer(base=40):
    return {"answer": base + 2}
"""
MEMORY = ".cache/lecture/memory"
PAGE = """
# 자라기

가장 높이 자란 것은 {{ grow.summary.highest }}입니다.

--8<-- "generated/grow/heights.md"

--8<-- "generated/grow/grows.md"
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/grow.py", GROW)
    sandbox.write("snippets/other.py", OTHER)
    sandbox.write("docs/grow.md", PAGE)
    return sandbox


def told(files: dict[str, str]) -> dict[str, str]:
    """Return files without what commands remember, which changes nothing but time."""
    return {name: digest for name, digest in files.items() if name != MEMORY}


def test_author_builds_looks_and_edits(sandbox: Sandbox) -> None:
    heavy = sandbox.write("snippets/heavy.py", "import keras\n" + OTHER)
    empty = sandbox.files()
    look = sandbox.build("check")
    assert look.code == 1
    assert "다시 실행할 것이 5개 있습니다" in look.out
    assert "실행하려면: python scripts/build.py" in look.out
    assert "IMPORTED\n" in look.err  # none of TensorFlow, Keras, pandas, Matplotlib
    assert told(sandbox.files()) == empty
    heavy.unlink()

    assert sandbox.build().code == 0
    assert sorted(sandbox.said()[:2]) == ["fit1", "fit2"]
    assert sandbox.said()[2:] == ["summary"]
    built = told(sandbox.files())
    look = sandbox.build("check")
    assert (look.code, look.out) == (0, "낡은 것이 없습니다.\n")
    assert told(sandbox.files()) == built

    # A caption, a comment and the page's prose: drawn anew, nothing runs.
    sandbox.edit("snippets/grow.py", "심은 씨앗마다의 높이.", "씨앗마다 잰 높이.")
    sandbox.edit(
        "snippets/grow.py", "    return SCALE", "    # 두 배\n    return SCALE"
    )
    sandbox.edit("docs/grow.md", "가장 높이", "제일 높이")
    assert sandbox.build("check").code == 0
    assert sandbox.build().code == 0
    assert len(sandbox.said()) == 3
    fragment = (sandbox.root / "docs/generated/grow/heights.md").read_text("utf-8")
    assert "씨앗마다 잰 높이." in fragment

    # A helper: the look says which and why.
    sandbox.edit("snippets/grow.py", "SCALE = 2", "SCALE = 3")
    why = sandbox.build("explain", "grow")
    assert why.code == 1
    assert "낡음    grow.experiment_fit(n=1) 외 1개" in why.out
    assert "- `snippets/grow.py`의 `SCALE`가 바뀌었습니다" in why.out
    assert "받는 결과 `fit`를 다시 만들어야 합니다" in why.out
    assert "other" not in why.out
    assert "실행하려면: python scripts/build.py grow" in why.out
    assert "그대로  other.experiment_answer" in sandbox.build("explain").out
    assert len(sandbox.said()) == 3


def test_reader_that_has_seen_enough_is_no_error(sandbox: Sandbox) -> None:
    process = sandbox.start("explain")
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.wait() == 1
    assert "Traceback" not in (err := process.stderr.read())
    assert "BrokenPipeError" not in err


def test_rerun_jobs_and_cold(sandbox: Sandbox) -> None:
    assert sandbox.build("--jobs", "1").code == 0
    assert sandbox.said() == ["fit1", "fit2", "summary"]
    results = sandbox.files("snippets/results")

    # Run again, in new interpreters, by name: the same results, so nothing follows.
    again = sandbox.build("--rerun", "grow.fit", "--cold", "--jobs", "1")
    assert again.code == 0, again.err
    assert sandbox.said() == ["fit1", "fit2", "summary", "fit1", "fit2"]
    assert set(sandbox.files("snippets/results")) == set(results)
    assert sandbox.build("check").code == 0

    wrong = sandbox.build("--rerun", "grow.fitt")
    assert wrong.code == 2
    assert "다시 실행할 것이 없습니다: grow.fitt" in wrong.err
    assert "비슷한 이름: grow.fit" in wrong.err
    wrong = sandbox.build("growth")
    assert wrong.code == 2
    assert "그런 쪽이나 명령이 없습니다: growth" in wrong.err
    assert "→ 비슷한 이름: grow" in wrong.err
    wrong = sandbox.build("--jobs", "0")
    assert wrong.code == 2
    assert "1 이상의 정수를 적으세요: 0" in wrong.err


def test_result_of_a_removed_experiment_is_named_until_tidied(sandbox: Sandbox) -> None:
    assert sandbox.build().code == 0
    results = set(sandbox.files("snippets/results"))
    sandbox.edit("snippets/other.py", "answer(base=40", "question(base=41")
    orphan = "주인 없는 결과: snippets/results/other/answer.json"
    look = sandbox.build("check")
    assert look.code == 1
    assert orphan in look.out
    assert set(sandbox.files("snippets/results")) == results

    built = sandbox.build("other")
    assert built.code == 0
    assert orphan in built.err
    added = {"snippets/results/other/question.json"}
    assert set(sandbox.files("snippets/results")) == results | added
    assert not (sandbox.root / "docs/generated/other/answer.json").exists()

    tidied = sandbox.build("tidy", "--yes")
    assert tidied.code == 0
    assert "지울 파일: snippets/results/other/answer.json" in tidied.out
    removed = {"snippets/results/other/answer.json"}
    assert set(sandbox.files("snippets/results")) == results - removed | added


def test_frozen_never_runs_and_names_the_claims_in_doubt(sandbox: Sandbox) -> None:
    never = sandbox.build("draw")
    assert never.code == 1
    told = never.about("grow.claim_grows")
    assert "결과가 아직 없는 주장입니다: “씨앗이 많을수록 높이 자란다.”" in told
    assert sandbox.said() == []

    assert sandbox.build().code == 0
    results = sandbox.files("snippets/results")
    sandbox.edit("snippets/grow.py", "SCALE = 2", "SCALE = 3")
    stale = sandbox.build("draw")
    assert stale.code == 1
    assert "낡음: grow.experiment_fit (2개 실행 필요)" in stale.err
    told = stale.about("grow.claim_grows")
    assert "snippets/grow.py:" in told
    assert "낡은 결과에 기대는 주장입니다: “씨앗이 많을수록 높이 자란다.”" in told
    assert len(sandbox.said()) == 3
    assert sandbox.files("snippets/results") == results


def test_smoke_runs_each_choice_once_and_keeps_nothing(sandbox: Sandbox) -> None:
    sandbox.edit("snippets/grow.py", "(1, 2)]", "(1, 2) for kind in ('a', 'b')]")
    sandbox.edit("snippets/grow.py", "dict(n=n)", "dict(n=n, kind=kind)")
    sandbox.edit("snippets/grow.py", "fit(n=0)", "fit(n=0, kind='a')")
    sandbox.edit("snippets/grow.py", '"summary")', 'f"summary{len(fit)}")')
    before = sandbox.files()
    smoke = sandbox.build("smoke")
    assert smoke.code == 0, smoke.err
    assert sandbox.said() == ["fit1", "fit1", "summary4"]
    left = set(sandbox.files()) - set(before)
    assert all(name.startswith((".cache", "ran.txt")) for name in left)

    sandbox.edit("snippets/grow.py", "cases_fit", "smoke_fit = dict(n=9)\ncases_fit")
    sandbox.write("ran.txt", "")
    assert sandbox.build("smoke", "grow").code == 0
    assert sandbox.said() == ["fit9", "fit9", "summary4"]

    sandbox.edit("snippets/other.py", "base + 2", "base / 0")
    smoke = sandbox.build("smoke", "other")
    assert smoke.code == 1
    told = smoke.about("other.experiment_answer")
    assert "snippets/other.py:2" in told
    assert "ZeroDivisionError" in told


BORROWING = '''
from grow import experiment_fit, note


def experiment_lowest(fit):
    note("lowest")
    return {"lowest": fit["height"].min()}


def claim_sprouts(fit):
    """심은 씨앗은 모두 싹이 텄다."""
    return bool((fit["height"] > 0).all()), f"높이 {list(fit['height'])}"
'''


def test_module_receives_what_a_module_that_it_imports_has_run(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/told.py", BORROWING)
    smoke = sandbox.build("smoke", "told")
    assert smoke.code == 0, smoke.err
    sandbox.write("ran.txt", "")

    built = sandbox.build("told", "--jobs", "1")
    assert "낡음: other.experiment_answer" in built.err  # not asked for, as others
    assert set(sandbox.said()) == {"fit1", "fit2", "lowest", "summary"}
    assert sandbox.said().index("lowest") > sandbox.said().index("fit2")
    evidence = (sandbox.root / "docs/generated/told/sprouts.md").read_text("utf-8")
    assert "--rerun grow.fit" in evidence

    sandbox.edit("snippets/grow.py", "SCALE = 2", "SCALE = 3")
    why = sandbox.build("explain", "told")
    assert "`snippets/grow.py`의 `SCALE`가 바뀌었습니다" in why.out
    assert "낡음    told.experiment_lowest" in why.out


LUCKY = '''
import numpy as np

SEEDS = (0, 1)
cases_fit = [dict(seed=seed) for seed in SEEDS]


def experiment_fit(seed=0):
    return {"drawn": float(np.random.default_rng(seed).random())}


def claim_known(fit):
    """첫 시드는 0.637을 뽑습니다."""
    return abs(fit["drawn"][0] - 0.637) < 0.001, f"뽑은 수 {fit['drawn'][0]}"


def claim_range(fit):
    """뽑은 수는 모두 0과 1 사이입니다."""
    return bool(fit["drawn"].between(0, 1).all()), "뽑은 수 둘"
'''


def test_reseeding_finds_the_claim_that_hangs_on_its_seeds(sandbox: Sandbox) -> None:
    sandbox.write("snippets/lucky.py", LUCKY)
    assert sandbox.build().code == 0
    before = sandbox.files("snippets") | sandbox.files("docs")

    again = sandbox.build("reseed", "1000", "lucky")
    assert again.code == 1
    told = again.about("lucky.claim_known")
    assert "주장이 성립하지 않습니다: “첫 시드는 0.637을 뽑습니다.”" in told
    assert again.err.count("어긋남: ") == 1
    assert sandbox.files("snippets") | sandbox.files("docs") == before

    sandbox.edit("snippets/lucky.py", "def claim_known", "def known")
    assert sandbox.build("reseed", "1000", "lucky").code == 0


CLAIMS = '''
def experiment_fit():
    return {"loss": 0.5}


def claim_true(fit):
    """손실은 1보다 작다."""
    return fit["loss"] < 1, f"손실 {fit['loss']}"


def claim_false(fit):
    """손실은 0.1보다 작다."""
    return fit["loss"] < 0.1, f"손실 {fit['loss']}"


def claim_lost(fit):
    """정확도는 반이 넘는다."""
    return fit["accuracy"] > 0.5, "정확도"


def claim_silent(fit):
    """말없이 맞는다."""
'''


def test_claims_that_do_not_hold_turn_the_build_red(sandbox: Sandbox) -> None:
    sandbox.write("snippets/told.py", CLAIMS)
    sandbox.write("docs/told.md", '--8<-- "generated/told/true.md"\n')
    sandbox.edit("docs/grow.md", "summary.highest", "summary.higest")
    ran = sandbox.build()
    assert ran.code == 1
    told = {
        "told.claim_false": [
            "snippets/told.py:10",
            "주장이 성립하지 않습니다: “손실은 0.1보다 작다.”",
            "손실 0.5",
        ],
        "told.claim_lost": [
            "snippets/told.py:17",
            "주장을 확인하지 못했습니다: “정확도는 반이 넘는다.”",
            "KeyError: 'accuracy'",
        ],
        "told.claim_silent": [
            "snippets/told.py:20",
            "주장을 확인하지 못했습니다: “말없이 맞는다.”",
            "돌아온 값: None",
        ],
    }
    for claim, expected in told.items():
        assert all(part in ran.about(claim) for part in expected), (claim, ran.err)
    assert "told.claim_true" not in ran.err
    # A number that does not exist: the page, its line, and what was meant.
    assert "docs/grow.md:3: `{{ grow.summary.higest }}`" in ran.err
    assert "비슷한 이름: highest" in ran.err
    assert sandbox.build("draw").code == 1  # nor is anything forgiven without runs


def test_values_of_smoke_runs_are_written_where_they_are_asked_for(
    sandbox: Sandbox,
) -> None:
    sandbox.write("snippets/wrong.py", "def experiment_no():\n    return 1 / 0\n")
    ran = sandbox.build("smoke", "--values", "out/values.json")
    assert ran.code == 1  # what failed has no value, and takes none from the others
    found = json.loads((sandbox.root / "out/values.json").read_text("utf-8"))
    assert found == {
        "grow.experiment_fit(n=1)": {"height": 2},
        "grow.experiment_summary": {"highest": 2},
        "other.experiment_answer": {"answer": 42},
    }


def test_value_that_a_case_borrows_does_not_hang_on_which_run_ended_first() -> None:
    cases = tuple({"kind": kind} for kind in "abc")
    done = [({"kind": "b"}, {"n": 2}), ({"kind": "a"}, {"n": 1})]
    rows = _filled(cases, done)
    assert rows == _filled(cases, done[::-1])
    assert [row["n"] for row in rows] == [1, 2, 1]

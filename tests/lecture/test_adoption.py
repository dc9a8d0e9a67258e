"""Code that only moves keeps its results; what they have left is named, and stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Ran, Sandbox

CURVES = """
    from pathlib import Path

    from helper import half

    cases_fit = [dict(n=2), dict(n=3)]


    def note(what):
        above = Path(__file__).resolve().parents
        root = next(path for path in above if (path / "docs").exists())
        with (root / "ran.txt").open("a") as file:
            file.write(f"{what}\\n")


    def experiment_fit(n=1):
        note(f"fit{n}")
        return {"value": half(n)}


    def experiment_best(fit):
        note("best")
        return {"value": max(fit["value"])}
"""
HELPER = "def half(n):\n    return n / 2\n"
FIT, BEST = "results/curves/fit.json", "results/curves/best.json"
ALL = ["best", "fit2", "fit3"]
KEPT = "(옮겨 온 코드의 결과를 이어받음)"


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    """Return a project that has been built, with three runs."""
    box = Sandbox(tmp_path / "노트")
    box.write("docs/index.md", "# 노트\n")
    box.write("snippets/curves.py", CURVES)
    box.write("snippets/helper.py", HELPER)
    assert box.build().code == 0
    assert said(box) == ALL
    yield box
    box.end()


def said(box: Sandbox) -> list[str]:
    """Return which runs there have been, whichever ended first."""
    return sorted(box.said())


def move(box: Sandbox, old: str, new: str) -> None:
    path = box.root / "snippets" / new
    path.parent.mkdir(parents=True, exist_ok=True)
    (box.root / "snippets" / old).rename(path)


def rebuilt(box: Sandbox) -> Ran:
    """Build, and make sure that nothing has run and nothing is lost."""
    before = box.files("snippets/results")
    explained = box.build("explain")
    assert explained.code == 0, explained.out
    assert box.files("snippets/results") == before  # to look writes nothing
    ran = box.build()
    assert ran.code == 0, ran.err
    assert said(box) == ALL
    after = box.files("snippets/results")
    assert {name: after.get(name) for name in before} == before
    assert box.build("check").code == 0
    return explained


def orphans(box: Sandbox) -> set[str]:
    said = box.build("check").out.splitlines()
    return {
        line.split()[3].removeprefix("snippets/")
        for line in said
        if line.startswith("주인 없는 결과: ")
    }


def test_renamed_page_keeps_its_results(box: Sandbox) -> None:
    move(box, "curves.py", "descent.py")
    explained = rebuilt(box)

    assert f"그대로  descent.experiment_fit {KEPT}" in explained.out
    assert f"그대로  descent.experiment_best {KEPT}" in explained.out
    assert {*box.files("snippets/results/descent")} == {
        "snippets/results/descent/fit.json",
        "snippets/results/descent/best.json",
    }
    assert orphans(box) == {FIT, BEST}


def test_renamed_helper_module_changes_nothing(box: Sandbox) -> None:
    move(box, "helper.py", "halves.py")
    box.edit("snippets/curves.py", "from helper", "from halves")
    explained = rebuilt(box)

    assert KEPT not in explained.out
    assert orphans(box) == set()


def test_helper_moved_into_a_package_changes_nothing(box: Sandbox) -> None:
    move(box, "helper.py", "parts/halves.py")
    box.edit("snippets/curves.py", "from helper", "from parts.halves")

    assert KEPT not in rebuilt(box).out


def test_module_moved_into_its_room_changes_nothing(box: Sandbox) -> None:
    move(box, "curves.py", "runs/curves.py")

    assert KEPT not in rebuilt(box).out
    assert orphans(box) == set()


def test_experiment_moved_into_its_room_changes_nothing(box: Sandbox) -> None:
    text = (box.root / "snippets/curves.py").read_text("utf-8")
    start = text.index("def experiment_fit")
    cases = "cases_fit = [dict(n=2), dict(n=3)]\n"
    box.write("snippets/curves.py", text[:start].replace(cases, ""))
    runs = f"from curves import half, note\n\n{cases}\n\n{text[start:]}"
    box.write("snippets/runs/curves.py", runs)

    assert KEPT not in rebuilt(box).out
    assert orphans(box) == set()


def test_experiment_moved_to_another_page_keeps_its_results(box: Sandbox) -> None:
    text = (box.root / "snippets/curves.py").read_text("utf-8")
    start = text.index("def experiment_best")
    box.write("snippets/curves.py", text[:start])
    other = f"from curves import experiment_fit, note\n\n\n{text[start:]}"
    box.write("snippets/other.py", other)
    explained = rebuilt(box)

    assert f"그대로  other.experiment_best {KEPT}" in explained.out
    assert "그대로  curves.experiment_fit\n" in explained.out
    assert orphans(box) == {BEST}


def test_renamed_experiment_keeps_its_results(box: Sandbox) -> None:
    box.edit("snippets/curves.py", "cases_fit", "cases_train")
    box.edit("snippets/curves.py", "experiment_fit", "experiment_train")
    box.edit("snippets/curves.py", "experiment_best(fit)", "experiment_best(train)")
    box.edit("snippets/curves.py", 'max(fit["', 'max(train["')
    explained = box.build("explain")
    assert f"그대로  curves.experiment_train {KEPT}" in explained.out
    ran = box.build()

    assert ran.code == 0, ran.err
    assert said(box) == ["best", *ALL]  # its code has changed
    assert orphans(box) == {FIT}
    assert (box.root / "snippets" / FIT).exists()


def test_adopted_result_is_what_receivers_receive(box: Sandbox) -> None:
    move(box, "curves.py", "descent.py")
    box.edit("snippets/descent.py", "max(fit", "min(fit")
    ran = box.build()

    assert ran.code == 0, ran.err
    assert said(box) == ["best", *ALL]


def test_orphan_without_the_wanted_key_is_not_adopted(box: Sandbox) -> None:
    move(box, "curves.py", "descent.py")
    box.edit("snippets/helper.py", "n / 2", "n / 3")
    explained = box.build("explain")

    assert explained.code == 1
    assert KEPT not in explained.out
    assert orphans(box) == {FIT, BEST}


def test_orphan_edited_by_hand_is_not_adopted(box: Sandbox) -> None:
    move(box, "curves.py", "descent.py")
    box.edit(f"snippets/{FIT}", '"result": {"value": 1.0}', '"result": {"value": 9.0}')
    explained = box.build("explain")

    assert "낡음    descent.experiment_fit(n=2)\n" in explained.out
    assert "외" not in explained.out  # the other case is adopted


def test_results_of_a_broken_module_are_no_orphans(box: Sandbox) -> None:
    box.edit("snippets/curves.py", "def experiment_fit", "def experimnet_fit")
    before = box.files("snippets/results")

    assert box.build().code == 1
    assert orphans(box) == set()
    assert box.files("snippets/results") == before


def test_results_of_a_module_that_is_away_stay_and_are_named(box: Sandbox) -> None:
    move(box, "curves.py", "../curves.py")
    before = box.files("snippets/results")
    ran = box.build()

    assert ran.code == 0, ran.err
    assert orphans(box) == {FIT, BEST}
    assert box.files("snippets/results") == before
    move(box, "../curves.py", "curves.py")
    assert KEPT not in rebuilt(box).out


def test_foreign_file_among_results_is_none_of_ours(box: Sandbox) -> None:
    box.write("snippets/results/curves/README.md", "읽어 보세요\n")
    box.write("snippets/results/curves/more/notes.txt", "글\n")
    rebuilt(box)

    assert orphans(box) == set()

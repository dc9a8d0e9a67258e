"""Results files: what they hold, and that they stay as they are."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from freezing import MADE, freeze_everything, frozen_of, record_of, save
from lecture.base.errors import FreezeError
from lecture.base.project import Project
from lecture.book.reading import read_book
from lecture.book.record import Frozen
from lecture.book.shelf import Shelf
from lecture.collect.artefact import Place

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "snippets/results"
REAL = sorted(path.relative_to(RESULTS).as_posix() for path in RESULTS.glob("*/*.json"))
LIMIT = 300_000  # bytes, of 150 rows at most: a diff of more is read by nobody
FIT = Place("curves", "fit")
LOSSES = {0.1: 0.3, 0.2: 0.2, 0.3: 0.25}
SNIPPET = """
    cases_fit = [dict(lr=0.1), dict(lr=0.2), dict(lr=0.3)]


    def experiment_fit(lr=0.5):
        return {"loss": lr}


    def experiment_best(fit):
        return {"loss": min(fit["loss"])}


    def experiment_apart():
        return {"loss": 0.5}
    """
EDITED = "결과 파일이 손으로 고쳐졌거나 잘못 합쳐졌습니다"


def three_cases() -> Frozen:
    cases = [({"lr": lr}, {"loss": loss}) for lr, loss in LOSSES.items()]
    return frozen_of(FIT, *cases, seed=0)


def path_of(project: Project, place: Place = FIT) -> Path:
    return project.results / place.page / f"{place.name}.json"


def saved(project: Project, frozen: Frozen) -> str:
    save(project, frozen)
    return path_of(project).read_text(encoding="utf-8")


def loaded(project: Project) -> Frozen:
    found = Shelf(project).find(FIT)
    assert found
    return found


def frozen_cases(project: Project) -> list[float]:
    cases = (record.case for record in loaded(project).records)
    return [case["lr"] for case in cases if case]


def standing(project: Project) -> dict[str, list[str]]:
    """Return why each run of a project is stale, by its name and its case."""
    book = read_book(project)
    return {
        f"{place.name} {(row.case or {}).get('lr', '')}".strip(): [
            change.sentence for change in row.changes
        ]
        for place, artefact in book.runs.items()
        for row in book.status(artefact).stale
    }


def change(project: Project, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change what a results file says, and nothing of how it says it."""
    data = json.loads(path_of(project).read_text(encoding="utf-8"))
    edit(data)
    path_of(project).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_saved_runs_are_loaded_as_they_were(project):
    frozen = three_cases()
    save(project({}), frozen)

    assert loaded(project({})) == frozen
    assert loaded(project({})).results == frozen.results


def test_nothing_is_loaded_where_nothing_is_frozen(project):
    assert Shelf(project({})).find(FIT) is None


def test_result_of_a_case_takes_one_line(project):
    text = saved(project({}), three_cases())
    lines = [line.strip() for line in text.splitlines() if '"result"' in line]

    assert lines == [f'"result": {{"loss": {loss}}},' for loss in LOSSES.values()]


def changed_lines(project: Project, before: Frozen, after: Frozen) -> list[str]:
    old, new = (saved(project, one).splitlines() for one in (before, after))
    return [now.strip() for was, now in zip(old, new, strict=True) if now != was]


def test_case_that_moved_changes_its_result_and_its_seal(project):
    result, case = {"loss": 0.9}, {"lr": 0.2}
    moved = three_cases().with_record(
        record_of(result, case, knobs={"seed": 0}), result
    )
    changed = changed_lines(project({}), three_cases(), moved)

    assert [line.split('"')[1] for line in changed] == ["result", "digest"]
    assert changed[0] == '"result": {"loss": 0.9},'


def test_what_differs_between_like_runs_is_not_on_the_line_of_the_result(project):
    slower = replace(MADE, seconds=99, date="2027-01-01", memory_mb=1)
    runs = [({"lr": 0.1}, {"loss": 0.3})]
    before, after = frozen_of(FIT, *runs), frozen_of(FIT, *runs, made=slower)
    changed = changed_lines(project({}), before, after)

    assert [line.split('"')[1] for line in changed] == ["made", "digest"]


def test_single_run_is_laid_open(project):
    frozen = frozen_of(FIT, (None, {"loss": [1, 2], "best": 0.1}))

    assert '\n    "loss": [1, 2],\n    "best": 0.1\n' in saved(project({}), frozen)


@pytest.mark.parametrize("case", [None, {"lr": 0.1}])
def test_result_keeps_the_order_in_which_the_experiment_built_it(project, case):
    result = {"rows": [{"top": 1, "loss": 2}], "answer": 3}
    save(project({}), frozen_of(FIT, (case, result)))

    (found,) = loaded(project({})).results
    assert list(found) == ["rows", "answer"]
    assert list(found["rows"][0]) == ["top", "loss"]


def test_knobs_and_circumstances_are_sorted(project):
    made = replace(MADE, versions={"b": "2", "a": "1"})
    text = saved(project({}), frozen_of(FIT, (None, {}), made=made, seed=0, lr=0.5))

    assert '"knobs": {"lr": 0.5, "seed": 0}' in text
    assert '"versions": {"a": "1", "b": "2"}' in text


def test_korean_is_written_as_korean(project):
    assert "스레드 1개" in saved(project({}), three_cases())


def test_runs_on_two_machines_stand_side_by_side(project):
    other = record_of({"loss": 9}, {"lr": 0.4}, made=replace(MADE, hardware="M4"))
    save(project({}), three_cases().with_record(other, {"loss": 9}))

    found = [record.made.hardware for record in loaded(project({})).records]
    assert found == [MADE.hardware] * 3 + ["M4"]


def test_saving_the_same_again_writes_nothing(project):
    assert save(project({}), three_cases())
    before = path_of(project({})).stat()

    assert not save(project({}), three_cases())
    assert path_of(project({})).stat().st_mtime_ns == before.st_mtime_ns
    assert path_of(project({})).stat().st_ino == before.st_ino


def test_saving_leaves_no_other_file(project):
    saved(project({}), three_cases())

    assert list(path_of(project({})).parent.iterdir()) == [path_of(project({}))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        '{"page": "a", "experiment": "b", "runs": [1]}',
        '{"page": "a", "experiment": "b", "runs": [{}]}',
        '{"page": "a", "experiment": "b", "has_cases": true, "origins": [], "runs": '
        '[{"key": "k", "case": {}, "result": {}, "seconds": 1, "memory_mb": 1, '
        '"date": "", "origin": 0}]}',
    ],
)
def test_broken_file_is_named_and_stays(project, text):
    broken = project({"snippets/results/curves/fit.json": text})
    before = path_of(broken).read_bytes()

    with pytest.raises(FreezeError) as caught:
        loaded(broken)
    assert caught.value.path == Path("snippets/results/curves/fit.json")
    assert "git" in caught.value.hint
    assert path_of(broken).read_bytes() == before


@pytest.mark.parametrize("part", ["data", "versions", "seconds"])
def test_run_without_its_circumstances_is_a_broken_file(project, part):
    save(project({}), three_cases())
    change(project({}), lambda data: data["runs"][0]["made"].pop(part))

    with pytest.raises(FreezeError):
        loaded(project({}))


def test_file_that_git_could_not_merge_is_told_so(project):
    conflict = '<<<<<<< HEAD\n{"page": "curves"}\n=======\n{}\n>>>>>>> other\n'
    broken = project({"snippets/results/curves/fit.json": conflict})

    with pytest.raises(FreezeError, match="git이 합치지 못한 곳이 있습니다"):
        loaded(broken)


@pytest.mark.parametrize("text", ["{", "<<<<<<< HEAD\n", '{"runs": [{"key": 1}]}'])
def test_broken_file_stops_nothing_but_what_rests_on_it(project, text):
    notes = project({"snippets/curves.py": SNIPPET})
    freeze_everything(notes)
    path_of(notes).write_text(text, encoding="utf-8")
    found = standing(notes)

    assert [*found] == ["fit 0.1", "fit 0.2", "fit 0.3", "best"]
    assert found["fit 0.1"][0].startswith("결과 파일을 읽지 못했습니다: ")
    assert found["best"] == ["받는 결과 `fit`가 바뀌었습니다"]


def test_folder_in_the_place_of_a_file_is_told(project):
    notes = project({"snippets/curves.py": SNIPPET})
    freeze_everything(notes)
    path_of(notes).unlink()
    path_of(notes).mkdir()

    assert "같은 이름의 폴더가 있습니다" in standing(notes)["fit 0.1"][0]


def test_value_of_cases_is_one_row_a_case():
    assert three_cases().value[1] == {"lr": 0.2, "loss": 0.2}


def test_digest_is_of_the_results_alone():
    frozen = three_cases()
    slower = tuple(
        replace(r, key="new", made=replace(r.made, seconds=99)) for r in frozen.records
    )
    worse = frozen.with_record(record_of({"loss": 1.0}, {"lr": 0.1}), {"loss": 1.0})

    assert replace(frozen, records=slower).digest == frozen.digest
    assert worse.digest != frozen.digest


# --- what is edited by hand, or merged wrongly


@pytest.fixture
def notes(project) -> Project:
    notes: Project = project({"snippets/curves.py": SNIPPET})
    freeze_everything(notes)
    assert standing(notes) == {}
    return notes


def test_file_may_be_laid_out_otherwise(notes):
    change(notes, lambda data: None)

    assert standing(notes) == {}


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "key of zeros": lambda run: run.update(key="0" * 12),
    "number": lambda run: run["result"].update(loss=0.5),
    "number in another form": lambda run: run["result"].update(loss=1),
    "name added": lambda run: run["result"].update(more=1),
    "case": lambda run: run.update(case={"lr": 0.1, "seed": 1}),
    "code": lambda run: run["code"].clear(),
    "code of one name": lambda run: run["code"].update({"curves.f": "0" * 12}),
    "knobs": lambda run: run["knobs"].update(lr=0.9),
    "results received": lambda run: run["upstream"].update(other="0" * 12),
    "date": lambda run: run["made"].update(date="2020-01-01"),
    "seconds": lambda run: run["made"].update(seconds=0.1),
    "hardware": lambda run: run["made"].update(hardware="M4"),
    "version": lambda run: run["made"]["versions"].update(keras="9"),
    "data": lambda run: run["made"]["data"].clear(),
    "files": lambda run: run["made"]["files"].update({"snippets/a.csv": "0" * 16}),
    "seal": lambda run: run.update(digest="0" * 12),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_run_edited_by_hand_is_stale_and_says_so(notes, edit):
    change(notes, lambda data: edit(data["runs"][0]))
    found = standing(notes)
    name = next(iter(found))

    assert found[name] == ["새 사례입니다" if edit is EDITS["case"] else EDITED]
    assert [*found] == ["fit 0.1", "best"]


def test_run_with_a_field_of_another_edition_is_not_read_and_so_not_lost(notes):
    change(notes, lambda data: data["runs"][0].update(note="좋음"))

    assert "모르는 항목이 있습니다 (note)" in standing(notes)["fit 0.1"][0]


def test_results_swapped_between_two_runs_are_stale(notes):
    def swap(data: dict[str, Any]) -> None:
        one, other, _ = data["runs"]
        one["result"], other["result"] = other["result"], one["result"]

    change(notes, swap)

    found = standing(notes)
    assert [*found] == ["fit 0.1", "fit 0.2", "best"]
    assert found["fit 0.1"] == found["fit 0.2"] == [EDITED]


def test_cases_swapped_between_two_runs_are_stale(notes):
    def swap(data: dict[str, Any]) -> None:
        one, other, _ = data["runs"]
        one["case"], other["case"] = other["case"], one["case"]

    change(notes, swap)

    found = standing(notes)
    assert [*found] == ["fit 0.1", "fit 0.2", "best"]
    assert found["fit 0.1"] == found["fit 0.2"] == [EDITED]


def test_whole_runs_may_stand_in_any_order(notes):
    change(notes, lambda data: data["runs"].reverse())

    assert standing(notes) == {}
    assert [row["lr"] for row in read_book(notes).frozen(FIT).value] == [0.1, 0.2, 0.3]


def test_what_receives_an_edited_result_waits_for_it(notes):
    change(notes, lambda data: data["runs"][0]["result"].update(loss=9))
    book = read_book(notes)
    status = book.status(book.runs[Place("curves", "best")])

    assert status.waits_for == (FIT,)
    assert status.is_red


def test_edited_result_is_run_again_and_then_what_receives_it(notes):
    change(notes, lambda data: data["runs"][0]["result"].update(loss=9))
    book = freeze_everything(notes, loss=1)

    assert standing(notes) == {}
    assert book.frozen(FIT).value[0] == {"lr": 0.1, "loss": 1.0}


def test_key_alone_decides_and_says_so_where_nothing_explains_it(notes):
    """A sealed run with the key of other code: as an engine of tomorrow may leave."""
    found = loaded(notes)
    runs = [replace(r, key="0" * 12) for r in found.records]
    save(notes, replace(found, records=tuple(runs)))
    sentences = standing(notes)

    assert [*sentences] == ["fit 0.1", "fit 0.2", "fit 0.3", "best"]
    key = loaded_key(notes, {"lr": 0.1})
    assert sentences["fit 0.1"] == [
        f"무엇이 달라졌는지 말할 수 없지만, 열쇠가 다릅니다 ({'0' * 12} → {key})"
    ]


def loaded_key(project: Project, case: dict[str, Any]) -> str:
    book = read_book(project)
    return book.wanted(book.runs[FIT]).key(case)


# --- what a run writes


def test_cases_stand_in_the_order_of_the_module_whichever_ended_first(project):
    cases = "dict(lr=0.1), dict(lr=0.2), dict(lr=0.3)"
    notes = project({"snippets/curves.py": SNIPPET.replace(cases, "dict(lr=0.3)")})
    freeze_everything(notes)
    project({"snippets/curves.py": SNIPPET})
    freeze_everything(notes)

    assert frozen_cases(notes) == [0.1, 0.2, 0.3]
    assert [row["lr"] for row in read_book(notes).frozen(FIT).value] == [0.1, 0.2, 0.3]


def test_case_of_yesterday_stays_in_the_file_and_is_shown_nowhere(notes, project):
    project({"snippets/curves.py": SNIPPET.replace("dict(lr=0.2)", "dict(lr=0.4)")})
    freeze_everything(notes)

    assert frozen_cases(notes) == [0.1, 0.4, 0.3, 0.2]
    assert [row["lr"] for row in read_book(notes).frozen(FIT).value] == [0.1, 0.4, 0.3]


def test_case_that_comes_back_is_not_run_again(notes, project):
    project({"snippets/curves.py": SNIPPET.replace("dict(lr=0.2), ", "")})
    freeze_everything(notes)
    project({"snippets/curves.py": SNIPPET})

    assert [*standing(notes)] == ["best"]


def test_interrupted_run_keeps_the_cases_that_ended(notes):
    change(notes, lambda data: data["runs"].pop(1))

    assert standing(notes)["fit 0.2"] == ["새 사례입니다"]
    assert [*standing(notes)] == ["fit 0.2", "best"]


def test_identical_run_changes_nothing_of_the_book(notes):
    change(notes, lambda data: None)  # laid out as no engine does
    book = read_book(notes)
    frozen = book.frozen(FIT)
    for record, result in zip(frozen.records, frozen.results, strict=True):
        again = replace(record, made=replace(record.made, seconds=9, date="now"))
        assert book.with_result(FIT, again, result) is book


# --- the results of this project


def test_every_real_result_is_small_enough_to_review():
    files = [path for path in RESULTS.rglob("*") if path.is_file()]

    assert files
    assert [path.name for path in files if path.stat().st_size > LIMIT] == []


@pytest.mark.parametrize("name", REAL)
def test_real_result_is_sealed_and_written_as_the_engine_writes_it(project, name):
    real, copy = Project(ROOT), project({})
    place = Place(name.rpartition("/")[0], Path(name).stem)
    frozen = Shelf(real).find(place)
    save(copy, frozen)

    assert all(record.is_intact for record in frozen.records)
    assert path_of(copy, place).read_bytes() == (RESULTS / name).read_bytes()

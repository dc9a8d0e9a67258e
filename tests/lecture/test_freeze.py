"""Results files: what they hold, and that they stay as they are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lecture.base.errors import FreezeError
from lecture.base.project import Project
from lecture.book import results as freeze
from lecture.book.book import read_notes
from lecture.collect.artefact import DataSet, Frozen, Origin, Record
from lecture.run.schedule import Settings, keep, ready_tasks
from lecture.task.job import Success

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "snippets/results"
REAL = sorted(str(path.relative_to(RESULTS)) for path in RESULTS.glob("*/*.json"))
LIMIT = 200_000  # bytes: a diff of more is read by nobody

ORIGIN = Origin(
    code={"curves.experiment_fit": "0" * 12},
    knobs={"seed": 0, "lr": 0.5},
    upstream={},
    data={"mnist": DataSet("MNIST", "f" * 16)},
    versions={"keras": "3.15.1"},
    hardware="EPYC, 스레드 1개",
)

SNIPPET = """
    cases_fit = [dict(lr=0.1), dict(lr=0.2), dict(lr=0.3)]


    def experiment_fit(lr=0.5):
        return {"loss": lr}
    """


def record(result: object, case: dict[str, object] | None = None) -> Record:
    return Record("abc", result, ORIGIN, 1.5, 200, "2026-11-21", case)


def three_cases() -> Frozen:
    losses = {0.1: 0.3, 0.2: 0.2, 0.3: 0.25}
    records = (record({"loss": loss}, {"lr": lr}) for lr, loss in losses.items())
    return Frozen("curves", "fit", tuple(records), has_cases=True)


def saved(project: Project, frozen: Frozen) -> str:
    freeze.save(project, frozen)
    return path_of(project).read_text(encoding="utf-8")


def path_of(project: Project) -> Path:
    return project.results / "curves" / "fit.json"


def keep_cases(project: Project, *wanted: float) -> None:
    notes = read_notes(project)
    tasks = {t.case["lr"]: t for t in ready_tasks(notes, Settings(workers=1), {})}
    for lr in wanted:
        keep(notes, tasks[lr], Success({"loss": lr}, 1, 100))


def frozen_cases(project: Project) -> list[float]:
    found = freeze.load(project, "curves", "fit")
    return [record.case["lr"] for record in found.records]


def test_saved_runs_are_loaded_as_they_were(project):
    frozen = three_cases()
    freeze.save(project({}), frozen)

    assert freeze.load(project({}), "curves", "fit") == frozen


def test_nothing_is_loaded_where_nothing_is_frozen(project):
    assert freeze.load(project({}), "curves", "fit") is None


def test_case_takes_one_line(project):
    text = saved(project({}), three_cases())
    runs = [line for line in text.splitlines() if '"loss"' in line]

    assert [json.loads(run.rstrip(","))["case"]["lr"] for run in runs] == [
        0.1,
        0.2,
        0.3,
    ]


def test_case_that_moved_changes_one_line(project):
    frozen = three_cases()
    before = saved(project({}), frozen).splitlines()
    first, second, third = frozen.records
    moved = replace(second, result={"loss": 0.9})
    after = saved(project({}), replace(frozen, records=(first, moved, third)))

    changed = [a for a, b in zip(after.splitlines(), before, strict=True) if a != b]
    assert len(changed) == 1
    assert '"loss": 0.9' in changed[0]


def test_single_run_is_laid_open(project):
    frozen = Frozen("curves", "fit", (record({"loss": [1, 2], "best": 0.1}),))

    assert '\n    "loss": [1, 2],\n    "best": 0.1\n' in saved(project({}), frozen)


@pytest.mark.parametrize("case", [None, {"lr": 0.1}])
def test_result_keeps_the_order_in_which_the_experiment_built_it(project, case):
    result = {"rows": [{"top": 1, "loss": 2}], "answer": 3}
    frozen = Frozen("curves", "fit", (record(result, case),), has_cases=bool(case))
    folder = project({})
    freeze.save(folder, frozen)

    loaded = freeze.load(folder, "curves", "fit").records[0].result
    assert list(loaded) == ["rows", "answer"]
    assert list(loaded["rows"][0]) == ["top", "loss"]


def test_other_keys_are_sorted(project):
    text = saved(project({}), three_cases())

    def assert_sorted(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert names == sorted(names)
        return dict(pairs)

    json.loads(text, object_pairs_hook=assert_sorted)


def test_korean_is_written_as_korean(project):
    assert "스레드 1개" in saved(project({}), three_cases())


def test_shared_origin_is_written_once(project):
    frozen = three_cases()
    other = replace(frozen.records[2], origin=replace(ORIGIN, hardware="M4"))
    frozen = replace(frozen, records=(*frozen.records[:2], other))
    data = json.loads(saved(project({}), frozen))

    assert [origin["hardware"] for origin in data["origins"]] == [ORIGIN.hardware, "M4"]
    assert [run["origin"] for run in data["runs"]] == [0, 0, 1]


def test_saving_the_same_again_writes_nothing(project):
    assert freeze.save(project({}), three_cases())
    before = path_of(project({})).stat()

    assert not freeze.save(project({}), three_cases())
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
        '<<<<<<< HEAD\n{"page": "curves"}\n=======\n',
        '{"page": "curves", "experiment": "fit", "has_cases": false, "runs": []}',
        '{"page": "a", "experiment": "b", "has_cases": 0, "origins": [1], "runs": []}',
        '{"page": "a", "experiment": "b", "has_cases": true, "origins": [], "runs": '
        '[{"key": "k", "case": {}, "result": {}, "seconds": 1, "memory_mb": 1, '
        '"date": "", "origin": 0}]}',
    ],
)
def test_broken_file_is_named_and_stays(project, text):
    broken = project({"snippets/results/curves/fit.json": text})
    before = path_of(broken).read_bytes()

    with pytest.raises(FreezeError) as caught:
        freeze.load(broken, "curves", "fit")
    assert caught.value.path == Path("snippets/results/curves/fit.json")
    assert "git" in caught.value.hint
    assert path_of(broken).read_bytes() == before


def test_origin_whose_data_is_no_table_is_a_broken_file(project):
    text = saved(project({}), three_cases())
    data = json.loads(text)
    data["origins"][0]["data"] = []
    broken = project({"snippets/results/curves/fit.json": json.dumps(data)})

    with pytest.raises(FreezeError):
        freeze.load(broken, "curves", "fit")


def test_value_of_cases_is_one_row_a_case():
    assert three_cases().value[1] == {"lr": 0.2, "loss": 0.2}


def test_digest_is_of_the_results_alone():
    frozen = three_cases()
    slower = tuple(replace(r, seconds=99, key="new") for r in frozen.records)
    worse = tuple(replace(r, result={"loss": 1.0}) for r in frozen.records)

    same = freeze.result_digest(replace(frozen, records=slower))
    assert same == freeze.result_digest(frozen)
    assert freeze.result_digest(replace(frozen, records=worse)) != same


def test_cases_stand_in_the_order_of_the_module_whichever_ended_first(project):
    notes = project({"snippets/curves.py": SNIPPET})
    keep_cases(notes, 0.3, 0.1, 0.2)

    assert frozen_cases(notes) == [0.1, 0.2, 0.3]


def test_interrupted_run_keeps_the_cases_that_ended(project):
    notes = project({"snippets/curves.py": SNIPPET})
    keep_cases(notes, 0.2)

    assert frozen_cases(notes) == [0.2]


def test_orphaned_case_is_dropped_when_another_is_kept(project):
    notes = project({"snippets/curves.py": SNIPPET})
    keep_cases(notes, 0.1, 0.2, 0.3)
    project({"snippets/curves.py": SNIPPET.replace("dict(lr=0.2)", "dict(lr=0.4)")})
    keep_cases(notes, 0.4)

    assert frozen_cases(notes) == [0.1, 0.4, 0.3]


def test_rerun_case_replaces_its_record(project):
    notes = project({"snippets/curves.py": SNIPPET})
    keep_cases(notes, 0.1, 0.2, 0.3)
    project({"snippets/curves.py": SNIPPET.replace('"loss": lr', '"loss": -lr')})
    keep_cases(notes, 0.2)
    first, second, third = freeze.load(notes, "curves", "fit").records

    assert frozen_cases(notes) == [0.1, 0.2, 0.3]
    assert first.origin == third.origin != second.origin


def test_every_real_result_is_small_enough_to_review():
    files = [path for path in RESULTS.rglob("*") if path.is_file()]

    assert files
    assert [path.name for path in files if path.stat().st_size > LIMIT] == []


@pytest.mark.parametrize("name", REAL)
def test_real_result_is_written_as_the_engine_writes_it(project, name):
    path = RESULTS / name
    freeze.save(project({}), freeze.load(Project(ROOT), path.parent.name, path.stem))

    assert (project({}).results / name).read_bytes() == path.read_bytes()

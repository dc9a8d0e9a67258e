"""The errata with tiny knobs: every error is raised, every mended line passes."""

import markdown
import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def broken(page):
    return page.experiment_broken()


@pytest.fixture(scope="module")
def silent(page):
    return page.experiment_silent()


# ------------------------------------------------------------ tables and matrices


def test_relu_of_the_worked_matrix_ends_in_one(page):
    matrix = page.experiment_matrix()

    assert matrix["relu"] == [[0, 3, 2], [0, 2, 0], [0, 0, 1]]
    assert page.claim_relu(matrix)[0]
    assert page.claim_tanh(matrix)[0]
    assert page.claim_range(matrix)[0]
    assert not page.claim_relu(matrix | {"relu": page.PRINTED_RELU})[0]


def test_coincidence_agrees_with_drawn_pairs(page):
    rng = np.random.default_rng(0)
    accuracy = rng.normal(0, 0.01, 200_000)
    loss = -2 * accuracy + rng.normal(0, 0.01, 200_000)

    step = 5e-3  # coarse, so that drawn pairs agree often enough to count
    a, b = np.round(accuracy / step), np.round(loss / step)
    drawn = np.mean((a[::2] == a[1::2]) & (b[::2] == b[1::2]))

    assert page.coincidence(accuracy, loss, step) == pytest.approx(drawn, rel=0.15)


def test_two_adam_rows_are_twins_and_only_one_sgd_row_ends_in_eight(page):
    rows = page.experiment_rows()
    copies = page.experiment_copies(rows)

    assert page.claim_copied(rows, copies)[0]
    assert list(page.table_adam(rows)["같은 줄"]) == ["★", "", "★", "", "", ""]
    assert page.claim_eight(rows)[0]
    assert page.claim_no_pair(rows)[0]
    assert not page.claim_eight(page.experiment_rows(total=40_000))[0]


def test_the_mean_of_means_lags_behind_the_mean(page):
    rows = pd.DataFrame(
        [{"history": 0.81, "old_bar": 0.765, "evaluate": 0.84, "bar_today": 0.84}] * 3
    )

    assert page.claim_bar(rows)[0]
    assert page.claim_bar_today(rows)[0]
    assert not page.claim_bar(
        rows.rename(columns={"history": "old_bar", "old_bar": "history"})
    )[0]
    assert not page.claim_bar_today(rows.assign(bar_today=0.85))[0]


# ------------------------------------------------------------------- broken code


def test_every_broken_line_stops_and_every_mended_one_passes(page, broken):
    assert all(broken["errors"].values())
    assert not any(broken["fixed"].values())
    for claim in (page.claim_syntax, page.claim_runtime):
        assert claim(broken)[0]
        assert not claim(broken | {"errors": broken["fixed"]})[0]
    assert page.claim_name(broken)[0]
    assert page.claim_saved(broken)[0]


def test_tables_show_the_lines_and_the_errors(page, broken):
    unread, stopped = page.table_unread(broken), page.table_stopped(broken)

    assert list(unread["번호"]) == ["E02", "E05", "E07", "E08"]
    assert len(stopped) == 8
    assert unread["오늘의 오류"].str.contains("SyntaxError").all()


def test_backends_are_judged_by_what_they_said(page):
    said = {"qt": "ImportError: no Qt", "blind": [], "screen": ["UserWarning: Agg"]}

    assert page.claim_qt(said)[0]
    assert page.claim_agg(said)[0]
    assert not page.claim_qt(said | {"qt": ""})[0]
    assert not page.claim_agg(said | {"screen": []})[0]


def test_fenced_code_inside_a_table_cell_is_no_code_block():
    fence = "| a | b |\n|---|---|\n| ```python\nx = 1\n``` | ```python\ny = 2\n``` |\n"
    html = markdown.markdown(fence, extensions=["tables", "fenced_code"])

    assert html.count("<pre>") < 2
    assert "<td><pre>" not in html
    assert html.count("<td>") != 2


# ------------------------------------------------------------------ silent traps


def test_warnings_are_what_the_page_says(page):
    found = page.experiment_warnings()

    assert page.claim_input_shape(found)[0]
    assert page.claim_fromarray(found)[0]
    assert not page.claim_input_shape(found | {"input_layer": ["UserWarning: x"]})[0]


def test_silent_traps_are_what_the_page_says(page, silent):
    names = "default last_expression comma legend grid weights typo"
    for name in names.split():
        assert getattr(page, f"claim_{name}")(silent)[0], name
    assert not page.claim_default(silent | {"optimizer": "SGD"})[0]
    assert not page.claim_grid(silent | {"grid": 25})[0]
    assert not page.claim_typo(silent | {"typos": silent["typos"] | {"sqd": ""}})[0]


def test_arrays_are_what_the_page_says(page):
    arrays = page.experiment_arrays(draws=20_000, images=100)

    for name in ("randint", "float64", "swapped", "repeated"):
        assert getattr(page, f"claim_{name}")(arrays)[0], name
    assert not page.claim_randint(arrays | {"largest": 255})[0]


def test_compile_forgets_steps_but_not_weights(page, monkeypatch):
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(300) % 10
    images = (rng.integers(0, 255, (10, 28, 28))[labels]).astype("uint8")
    data = images, labels
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (data, data))

    continued = page.experiment_continued(samples=300, epochs=2)

    assert page.claim_continued(continued)[0]
    steps = continued["iterations"] | {"compile하고 fit": 99}
    assert not page.claim_continued(continued | {"iterations": steps})[0]


def test_a_seed_makes_every_epoch_alike(page):
    seeded = page.orders(seed=0)

    assert page.distinct(seeded) == 1
    assert all(sorted(row) == list(range(8)) for row in seeded)
    rows = {"free": seeded[:1] + [list(range(8))], "seeded": seeded, "again": seeded}
    assert page.claim_orders(rows)[0]
    assert not page.claim_orders(rows | {"seeded": rows["free"]})[0]


def test_words_are_what_keras_does(page):
    words = page.experiment_words()

    for name in ("softmax", "sgd", "dropout"):
        assert getattr(page, f"claim_{name}")(words)[0], name
    assert not page.claim_softmax(words | {"bend": 0})[0]


def test_stated_counts_are_compared_one_by_one(page):
    for claim in (page.claim_shapes, page.claim_parameters, page.claim_steps):
        assert claim(page.STATED)[0]
    assert not page.claim_steps(page.STATED | {"steps": 1501})[0]
    matrix = page.experiment_matrix()
    table = page.table_numbers(page.STATED, matrix)
    assert (table["적힌 수"] == table["다시 얻은 수"]).all()


# -------------------------------------------------------------------- exercises


def test_answers_of_the_exercises(page):
    rows = page.experiment_rows()
    answers = page.experiment_answers(rows, page.experiment_copies(rows))

    assert answers["rests"] == [4, 4, 12, 12, 60, 124]
    assert sum(rest < 16 for rest in answers["rests"]) == 4
    assert answers["three_digits"] == pytest.approx(0.0101, abs=1e-4)
    assert answers["loop"] == 24

"""The lab on deep networks: what its measures, splits and claims say."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

LAB = Path(__file__).parents[2] / "snippets" / "fashion_deep.py"


def images(n=96):
    rng = np.random.default_rng(0)
    return rng.random((n, 28, 28), dtype="float32"), np.arange(n) % 10


def fits(page, shift=0.0):
    """Return `fit` as if every run had given the source's log, moved by `shift`."""
    rows = []
    for program in page.PROGRAMS:
        for seed in page.SEEDS:
            near = 0.001 * (seed - 2) + shift
            bar = [value + near for value in page.SOURCE[program]["accuracy"]]
            if program == "relu":  # the source reads low in its last two epochs
                bar[3:] = [value + 0.005 for value in bar[3:]]
            true = [bar[0] + 0.05, *bar[1:]]
            rows.append(
                {
                    "program": program,
                    "seed": seed,
                    "bar_accuracy": bar,
                    "accuracy": true,
                    "val_accuracy": [0.8, 0.87133 + near + 0.0003 * seed],
                    "val_loss": [0.5, 0.37257 + near],
                    "test_accuracy": 0.86 + near - 0.0003 * seed,
                    "test_loss": 0.39,
                    "parameters": [78_500, 1_010],
                    "steps": 1500,
                    "evaluation_steps": 375,
                    "gap_accuracy": 0.002,
                    "gap_loss": 0.004,
                }
            )
    return pd.DataFrame(rows)


def test_own_epoch_gives_the_weights_and_averages_of_fit(page):
    import keras

    x, y = images()
    seen = []

    class BatchLog(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            seen.append(logs["accuracy"])

    keras.utils.set_random_seed(0)
    theirs = page.build("relu")
    ours = keras.models.clone_model(theirs)
    ours.set_weights(theirs.get_weights())
    theirs.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = theirs.fit(
        x, y, batch_size=32, shuffle=False, verbose=0, callbacks=[BatchLog()]
    ).history
    ours.compile(optimizer="adam")
    losses, rights = page.make_epoch(ours, x, y, 32)(np.arange(len(x)))
    so_far, bar, mean = page.running(rights.numpy())

    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)
    assert losses.numpy().mean() == pytest.approx(history["loss"][0], abs=1e-4)
    np.testing.assert_allclose(so_far, seen, atol=1e-6)
    assert mean == pytest.approx(history["accuracy"][0], abs=1e-6)
    assert bar == pytest.approx(np.mean(seen), abs=1e-6)


def test_the_lab_chooses_by_loss_in_any_order_and_tells_a_tie(monkeypatch, capsys):
    import keras

    labels = (np.arange(200) % 10).astype("uint8")
    patterns = np.random.default_rng(0).integers(0, 255, (10, 28, 28))
    data = patterns[labels].astype("uint8"), labels
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))
    monkeypatch.setattr(plt, "show", plt.close)
    lab = runpy.run_path(str(LAB))
    losses = {name: log["val_loss"][-1] for name, log in lab["logs"].items()}
    assert lab["chosen"] == [min(losses, key=losses.get)]

    last_cell = LAB.read_text(encoding="utf-8").split("# %%\n")[-1]
    turned = dict(reversed(lab["logs"].items()))
    exec(last_cell, again := lab | {"logs": turned})
    assert again["chosen"] == lab["chosen"]

    tied = dict.fromkeys(lab["logs"], lab["sigmoid_log"])
    capsys.readouterr()
    exec(last_cell, lab | {"logs": tied})
    out = capsys.readouterr().out
    assert f"비긴 모델: {', '.join(tied)}" in out
    assert out.count("테스트 정확도") == 3


def test_network_has_the_parameters_that_are_counted_by_hand(page):
    counts = [layer.count_params() for layer in page.build("sigmoid").layers]

    assert counts == [0, 78_500, 1_010]
    assert page.dense_parameters(784, 100, 10) == sum(counts)
    assert page.experiment_answers()["deeper"] == 235_500 + 30_100 + 1_010


def test_old_bar_is_the_weighted_mean_that_the_exercise_finds(page):
    values = np.random.default_rng(0).random(50)
    weights = page.old_bar_weights(50)

    assert weights.sum() == pytest.approx(1)
    assert (weights * values).sum() == pytest.approx(page.running(values)[1])


def test_old_bar_reads_low_where_accuracy_rises(page):
    _, bar, mean = page.running(np.linspace(0.1, 0.9, 100))
    assert bar < mean
    assert page.running(np.full(100, 0.5))[1] == pytest.approx(0.5)


def test_split_takes_every_image_once_and_the_seed_decides(page):
    where = np.arange(1000)
    train, _, val, _ = page.split(where, where)

    assert sorted([*train, *val]) == list(where) and len(val) == 200
    np.testing.assert_array_equal(val, page.split(where, where)[2])
    assert (val != page.split(where, where, seed=1)[2]).any()


def test_stratified_split_takes_the_same_share_of_each_class(page):
    y = np.repeat([0, 1, 2], [100, 50, 10])
    _, y_train, _, y_val = page.stratified_split(np.arange(160), y)

    assert np.bincount(y_val).tolist() == [20, 10, 2]
    assert np.bincount(y_train).tolist() == [80, 40, 8]


def test_steps_count_the_small_last_batch(page):
    answers = page.experiment_answers()
    assert (answers["steps_64"], answers["steps_all"]) == (750, 1688)
    assert answers["last_batch"] == 54_000 - 1687 * 32


def test_log_claims_hold_for_the_source_and_fall_when_runs_move(page):
    for claim in (page.claim_sigmoid_log, page.claim_relu_log, page.claim_adam_log):
        assert claim(fits(page))[0], claim.__name__
        assert not claim(fits(page, shift=0.02))[0], claim.__name__
    assert page.claim_history_high(fits(page))[0]
    assert not page.claim_history_high(fits(page, shift=-0.05))[0]
    assert page.claim_evaluation(fits(page))[0]
    assert not page.claim_evaluation(fits(page, shift=0.02))[0]


def test_two_numbers_may_differ_no_more_than_order_explains(page):
    fit = fits(page)
    assert page.claim_two_numbers(fit)[0]
    assert not page.claim_two_numbers(fit.assign(gap_accuracy=0.0001))[0]


def rates(page, boost=None, noise=0.0):
    """Accuracies where the middle rate is best on validation data."""
    rows = []
    for program in page.RATES:
        for place, lr in enumerate(page.RATES[program]):
            for seed in range(5):
                lift = (boost or {}).get(program, 0) + noise * (seed - 2) * (
                    program == "relu"
                )
                row = {"program": program, "lr": lr, "seed": seed}
                row |= {"val_accuracy": 0.87 - 0.01 * (place != 1)}
                rows.append(row | {"test_accuracy": 0.86 + lift + place / 50})
    return pd.DataFrame(rows)


def test_comparisons_turn_with_the_data(page):
    for claim, program in (
        (page.claim_relu_or_sigmoid, "relu"),
        (page.claim_adam_or_rmsprop, "adam"),
    ):
        assert claim(rates(page, noise=0.002))[0]
        assert not claim(rates(page, noise=0.02))[0]
        assert not claim(rates(page, boost={program: 0.02}))[0]


def test_learning_rates_are_chosen_on_validation_data(page):
    tuned = page.experiment_tuned(rates(page))

    assert {row["lr"] for row in tuned.values()} == {0.001, 0.003}
    assert tuned["relu"]["mean"] == pytest.approx(0.88)
    assert (page.table_rates(rates(page))["고름"] == "★").sum() == 3


def test_counts_are_those_of_the_source(page):
    fit = fits(page)
    assert page.claim_parameters(fit)[0] and page.claim_steps(fit)[0]
    assert not page.claim_steps(fit.assign(steps=750))[0]


def test_claims_on_repeated_fits_and_names_can_fail(page):
    losses = {"first": 2.4, "again": 0.7, "recompiled": 0.5, "cloned": 2.4}
    steps = {"first": 0, "again": 157, "recompiled": 0, "cloned": 0}
    row = {f"{k}_before": v for k, v in losses.items()}
    row |= {f"{k}_steps": v for k, v in steps.items()}
    again = pd.DataFrame([row, row])
    name = {"plain": "ok", "plain_parameters": 9, "blank_parameters": 9}

    assert page.claim_goes_on(again)[0]
    assert not page.claim_goes_on(again.assign(recompiled_before=2.4))[0]
    assert page.claim_blank_name({**name, "blank": "not a valid root scope name"})[0]
    assert not page.claim_blank_name({**name, "blank": "ok"})[0]

"""The lab on Fashion-MNIST: what its tables, rules and claims say."""

import numpy as np
import pandas as pd
import pytest


def fits(page, **changes):
    """Return `fit` as if runs over-fitted and took shirts for T-shirts."""
    confusion = np.diag([1000] * 10)
    rows = []
    for part in ("whole", "split"):
        for seed in page.SEEDS:
            near = 0.001 * seed
            lost = 300 + 100 * seed
            confusion[6] = [lost, 0, 0, 0, 0, 0, 1000 - lost, 0, 0, 0]
            row = {
                "part": part,
                "seed": seed,
                "parameters": 101_770,
                "loss": [0.5, 0.4, 0.3],
                "accuracy": [0.8, 0.9, 0.95 + near],
                "test_loss": [0.5, 0.4, 0.45],
                "test_accuracy": [0.8, 0.85, 0.88],
                "confusion": confusion.tolist(),
            }
            if part == "split":
                row |= {"val_loss": [0.5, 0.4, 0.45 + near]}
                row |= {"val_accuracy": [0.8, 0.85, 0.88]}
            rows.append(row | changes)
    return pd.DataFrame(rows)


def test_own_epoch_gives_the_weights_and_averages_of_fit(page):
    import keras

    rng = np.random.default_rng(0)
    x, y = rng.random((80, 28, 28), dtype="float32"), np.arange(80) % 10
    keras.utils.set_random_seed(0)
    theirs = page.build()
    ours = keras.models.clone_model(theirs)
    ours.set_weights(theirs.get_weights())
    theirs.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = theirs.fit(x, y, batch_size=32, shuffle=False, verbose=0).history
    ours.compile(optimizer="adam")
    loss, accuracy = page.make_epoch(ours, x, y, 32)(np.arange(len(x)))

    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)
    assert float(loss) == pytest.approx(history["loss"][0], abs=1e-4)
    assert float(accuracy) == pytest.approx(history["accuracy"][0], abs=1e-6)


def test_confusion_matrix_has_the_truth_in_rows(page):
    counts = page.confusion_matrix(np.array([6, 6, 0]), np.array([0, 6, 0]))

    assert counts[6, 0] == counts[6, 6] == counts[0, 0] == 1 and counts.sum() == 3
    recall, precision = page.recall_and_precision(counts[:7:6, :7:6])
    assert recall.tolist() == [1, 0.5] and precision.tolist() == [0.5, 1]


def test_best_epoch_is_counted_from_one(page):
    assert page.best_epoch([0.5, 0.3, 0.4]) == 2


def test_answers_equal_the_network_and_the_rule(page):
    answers = page.experiment_answers(fits(page))

    assert answers["parameters"] == page.build().count_params()
    largest = answers["largest_hidden"]
    assert page.parameters(largest) <= 50_000 < page.parameters(largest + 1)
    assert answers["steps"] == 37_500 and answers["hardest"] == "셔츠"


def test_claims_hold_and_turn_with_the_data(page):
    fit = fits(page)
    identity = np.diag([1000] * 10).tolist()

    assert page.claim_parameters(fit)[0]
    assert page.claim_gap(fit)[0]
    assert not page.claim_gap(fits(page, accuracy=[0.8, 0.88, 0.88]))[0]
    assert page.claim_too_long(fit)[0]
    assert not page.claim_too_long(fits(page, val_loss=[0.5, 0.4, 0.3]))[0]
    assert page.claim_tops(fit)[0]
    assert not page.claim_tops(fits(page, confusion=identity))[0]
    assert page.claim_argument_order(fit)[0]
    assert not page.claim_argument_order(fits(page, confusion=identity))[0]


def test_most_confused_pair_comes_first(page):
    first = page.table_confused(fits(page)).iloc[0]
    assert (first["정답"], first["예측"], first["장수"]) == ("셔츠", "티셔츠", 400)
    assert first["거꾸로"] == 0

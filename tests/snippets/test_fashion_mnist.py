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
            lost = 200 + 100 * seed
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


@pytest.mark.parametrize("part", ["whole", "split"])
def test_training_is_judged_after_every_epoch(page, monkeypatch, part):
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(200) % 10
    images = rng.integers(0, 190, (10, 28, 28))[labels] + rng.integers(0, 60)
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))

    result = page.experiment_fit(part=part, epochs=3)

    kinds = ("loss", "accuracy", "test_loss", "test_accuracy")
    kinds += ("val_loss", "val_accuracy") if part == "split" else ()
    assert {name for name in result if len(np.shape(result[name])) == 1} == {*kinds}
    assert all(len(result[name]) == 3 for name in kinds)
    right = np.trace(result["confusion"]) / 200
    assert right == pytest.approx(result["test_accuracy"][-1], abs=1e-5)
    assert result["test_loss"][-1] < result["test_loss"][0]


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

    assert page.claim_gap(fit)[0]
    assert not page.claim_gap(fits(page, accuracy=[0.8, 0.88, 0.88]))[0]
    assert page.claim_too_long(fit)[0]
    assert not page.claim_too_long(fits(page, val_loss=[0.5, 0.4, 0.3]))[0]
    assert page.claim_tops(fit)[0]
    assert not page.claim_tops(fits(page, confusion=identity))[0]


def test_most_confused_pair_comes_first(page):
    first = page.table_confused(fits(page)).iloc[0]
    assert (first["정답"], first["예측"], first["장수"]) == ("셔츠", "티셔츠", 400)
    assert first["거꾸로"] == 0

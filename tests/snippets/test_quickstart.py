"""The quick start with tiny knobs: what its sentences and answers promise."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"


def fits(logged, train, test=(0.2, 0.2), accuracy=0.955):
    """A fit frame of three seeds a rate: pairs are (with dropout, without)."""
    return pd.DataFrame(
        {
            "dropout": rate,
            "seed": seed,
            "logged_loss": logged[i],
            "train_loss": train[i] + seed / 1000,
            "test_loss": test[i],
            "logged_accuracy": accuracy,
            "train_accuracy": accuracy,
            "test_accuracy": accuracy + seed / 1000,
        }
        for i, rate in enumerate((0.2, 0.0))
        for seed in (0, 1, 2)
    )


def test_the_lab_runs_and_its_numbers_hang_together(digits, monkeypatch, capsys):
    monkeypatch.setattr(plt, "show", plt.close)

    lab = runpy.run_path(str(SNIPPETS / "quickstart.py"))

    assert lab["parameters"] == 407_050
    assert lab["round_trip"] == 0
    assert lab["error_type"] == "TypeError"
    assert "could not be deserialized" in capsys.readouterr().out
    assert lab["stored"]["config"] == "softmax_v2"
    assert lab["same"]
    assert lab["probabilities"].shape == (1, 10)


def test_the_model_has_the_parameters_the_answer_counts(page):
    assert page.build().count_params() == page.answer_parameters((784, 512, 10))
    assert page.build(0).count_params() == page.build(0.2).count_params()
    half = page.build(units=256).count_params()
    assert half == page.experiment_answers()["half"]


def test_a_fit_reports_loss_and_accuracy_three_ways(page, digits):
    row = page.experiment_fit(samples=200, epochs=2)

    assert row["train_accuracy"] > 0.9
    assert row["logged_loss"] > row["train_loss"]


def test_logged_loss_claim_turns_when_the_log_is_turned_round(page):
    assert page.claim_logged(fits((0.3, 0.15), (0.1, 0.1)))[0]
    assert not page.claim_logged(fits((0.05, 0.15), (0.1, 0.1)))[0]
    assert not page.claim_logged(fits((0.3, 0.05), (0.1, 0.1)))[0]


def test_gain_claim_turns_when_dropout_gains_much(page):
    fit = fits((0.3, 0.2), (0.1, 0.1))
    better = fit.assign(test_accuracy=fit["test_accuracy"] + (fit["dropout"] > 0) / 50)
    mixed = fit.assign(test_accuracy=[0.941, 0.939, 0.94, 0.94, 0.94, 0.94])
    wild = fit.assign(test_accuracy=[0.95, 0.93, 0.94, 0.94, 0.94, 0.94])

    assert page.claim_gain(mixed)[0]
    assert not page.claim_gain(better)[0]
    assert not page.claim_gain(wild)[0]


def test_dropout_left_on_raises_the_loss_of_the_same_weights(page, digits):
    row = page.experiment_switched(samples=200, epochs=2)

    assert row["on"] > row["off"]
    frame = pd.DataFrame([row] * 3)
    assert page.claim_switched(frame)[0]
    assert not page.claim_switched(frame.rename(columns={"on": "off", "off": "on"}))[0]


def test_mask_claim_holds_and_turns_with_another_rate(page):
    mask = page.experiment_mask()

    assert page.claim_mask(mask)[0]
    assert not page.claim_mask(mask | {"rate": 0.3})[0]


def test_dropout_that_stays_on_would_turn_the_mask_claim(page):
    mask = page.experiment_mask(images=50)
    mask["rows"][0]["unchanged"] = False

    assert not page.claim_mask(mask)[0]


def test_only_the_function_of_tensorflow_cannot_be_read_back(page, digits):
    saving = page.experiment_saving(samples=64)

    assert page.claim_saving(saving)[0]
    assert saving["tf"]["stored"] == "softmax_v2"
    assert list(page.table_written(saving)["읽기"]) == ["됨", "됨", "TypeError", "됨"]
    saving["tf"] |= {"error": None, "difference": 0.0}
    assert not page.claim_saving(saving)[0]


def test_answers_are_those_of_the_lab(page):
    answers = page.experiment_answers()

    assert answers["parameters"] == 407_050
    assert answers["steps"] == 1875 * 5
    assert answers["integer"] == pytest.approx(-np.log(0.7), abs=1e-5)
    assert answers["one_hot"] == pytest.approx(answers["integer"])


def test_one_image_without_its_batch_axis_is_refused(page):
    with pytest.raises(ValueError):
        page.build().predict(np.zeros((28, 28), dtype="float32"), verbose=0)

"""The softmax lab: its claims turn with the data, its answers are right."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


def runs(page, *, train=0.913, val=0.916, few=0.909, gains=(0.008, 0.008, 0.009)):
    """What six trainings gave, with the numbers that a test asks for."""
    return pd.DataFrame(
        {
            "samples": samples,
            "epochs": page.EPOCHS[samples],
            "seed": seed,
            "parameters": 7850,
            "steps": 22_500,
            "train_accuracy": train + seed / 10_000,
            "val_accuracy": [0.9, val],
            "test_accuracy": few + (gains[seed] if samples == page.ALL else 0),
        }
        for samples in (page.ALL, page.FEW)
        for seed in page.SEEDS
    )


def test_memorised_images_are_noticed(page):
    assert page.claim_not_memorised(runs(page))[0]
    assert not page.claim_not_memorised(runs(page, train=0.99))[0]


def test_more_images_are_said_to_help_when_they_do(page):
    assert page.claim_more_images(runs(page))[0]
    assert not page.claim_more_images(runs(page, gains=(0.03, 0.031, 0.03)))[0]


def test_gains_that_scatter_decide_nothing(page):
    assert not page.claim_more_images(runs(page, gains=(-0.02, 0.0, 0.02)))[0]


def test_figure_shows_what_the_summary_tells(page):
    fit = runs(page)

    assert page.experiment_summary(fit)["gain"] == pytest.approx(0.025 / 3)
    with style("light"):
        few, many, means = page.figure_more(fit).axes[0].lines
    assert means.get_ydata()[1] - means.get_ydata()[0] == pytest.approx(0.025 / 3)
    assert len(few.get_ydata()) == len(many.get_ydata()) == 3


def test_equal_steps_need_four_times_the_epochs(page):
    few, many = (
        page.answer_steps(round(0.8 * n), 64, page.EPOCHS[n])
        for n in (page.FEW, page.ALL)
    )
    assert few == pytest.approx(many, rel=0.01)


def test_training_counts_its_steps(page, digits):
    result = page.experiment_fit(samples=300, epochs=2, batch_size=50)

    assert result["parameters"] == 7850
    assert result["steps"] == page.answer_steps(240, 50, 2) == 10
    assert len(result["val_accuracy"]) == 2


def test_answers_are_what_keras_says(page):
    import keras

    answers = page.experiment_answers()
    wide = keras.Sequential([keras.Input((3072,)), keras.layers.Dense(10)])
    scores = np.linspace(-1, 2, 10)[None]

    assert answers["parameters"] == wide.count_params()
    assert answers["shifted"] < 1e-15 and answers["large"] == pytest.approx(1)
    assert answers["steps"] == 22_500 and answers["full_steps"] == 30
    assert page.answer_softmax(scores[0]) == pytest.approx(
        np.asarray(keras.ops.softmax(scores))[0]
    )

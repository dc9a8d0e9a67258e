"""The multilayer perceptron lab: its verdicts turn with the data, its answers count."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


def runs(page, *, sgd=0.966, adam=0.978, longer=0.978, effect=(0.0,) * 5):
    """What twenty trainings gave, with the means that a test asks for."""
    rows = []
    for dropout, optimizer in page.CONFIGS:
        for seed in page.SEEDS:
            accuracy = {"sgd": sgd, "adam": adam}[optimizer] + 0.001 * (seed - 2)
            accuracy += effect[seed] if dropout else 0
            first = (dropout, optimizer, seed) == (0.5, "sgd", 0)
            rows.append(
                {
                    "dropout": dropout,
                    "optimizer": optimizer,
                    "seed": seed,
                    "test_accuracy": accuracy,
                    "val_accuracy": [0.9, accuracy],
                    "train_accuracy": [0.9, 0.99],
                    "val_loss": [0.3, 0.1],
                    "longer_accuracy": longer if first else None,
                }
            )
    return pd.DataFrame(rows)


def test_number_of_the_source_is_out_of_reach_only_while_sgd_stays_below(page):
    assert page.claim_slides(runs(page))[0]
    assert not page.claim_slides(runs(page, sgd=0.978))[0]


def test_number_of_the_source_fits_adam_only_when_it_reaches(page):
    assert page.claim_compatible(runs(page))[0]
    assert not page.claim_compatible(runs(page, adam=0.97))[0]


def test_dropout_is_said_to_help_when_it_does(page):
    assert page.claim_dropout(runs(page))[0]
    assert not page.claim_dropout(runs(page, effect=(0.02, 0.021, 0.02, 0.02, 0.02)))[0]


def test_dropout_is_not_acquitted_by_runs_that_scatter(page):
    assert not page.claim_dropout(runs(page, effect=(-0.02, 0.0, 0.02, 0.01, -0.01)))[0]


def test_optimizer_deserves_the_gain_only_when_it_is_the_larger(page):
    assert page.claim_optimizer(runs(page))[0]
    assert not page.claim_optimizer(runs(page, adam=0.966))[0]
    assert not page.claim_optimizer(runs(page, effect=(0.013,) * 5))[0]


def test_prediction_counts_the_spread_of_one_more_run(page):
    mean, half = page.prediction(np.array([0.1, 0.2, 0.3]))

    assert mean == pytest.approx(0.2)
    assert half == pytest.approx(4.303 * 0.1 * np.sqrt(1 + 1 / 3))


def test_one_longer_run_decides_nothing(page):
    assert page.prediction(np.array([0.97]))[1] == np.inf


def test_table_and_figures_show_every_setting(page):
    fit = runs(page)

    assert len(page.table_source(fit)) == 4
    with style("light"):
        assert len(page.figure_reach(fit).axes[0].get_yticks()) == 5
        assert len(page.figure_validation(fit).axes) == 2
    assert page.experiment_summary(fit)["plain_adam"]["lowest_epoch"] == 2


def test_training_can_go_on_after_it_was_measured(page, digits):
    settings = {"samples": 300, "epochs": 2, "batch_size": 50, "dropout": 0.5}

    short = page.experiment_fit(**settings)
    long = page.experiment_fit(**settings, more=2)

    assert short["longer_accuracy"] is None
    assert long["longer_accuracy"] > 0.1
    assert len(long["val_loss"]) == 2
    assert long["test_accuracy"] == pytest.approx(short["test_accuracy"], abs=0.05)


def test_errors_say_what_the_page_quotes(page):
    model = page.build()
    x, y = np.zeros((4, 784)), np.zeros(4)

    with pytest.raises(ValueError, match=r"You must call `?compile\(\)`? before using"):
        model.fit(x, y, verbose=0)
    assert model.predict(x, verbose=0).shape == (4, 10)
    wrong_name = "sparse _ categorical _ crossentropy"
    with pytest.raises(ValueError, match="to be a list, tuple, or dict"):
        model.compile(loss=wrong_name, metrics="acc")
    model.compile(loss=wrong_name, metrics=["accuracy"])
    with pytest.raises(ValueError, match="Could not interpret loss identifier"):
        model.fit(x, y, verbose=0)


def test_answers_count_what_keras_counts(page):
    answers = page.experiment_answers()

    assert answers["parameters"] == page.build().count_params() == 109386
    assert page.build(0.5).count_params() == 109386
    assert (answers["steps"], answers["longer_steps"]) == (22_500, 90_000)


def test_answer_about_living_units_equals_a_simulation(page):
    mean, deviation, few = page.answer_alive()
    alive = np.random.default_rng(0).binomial(64, 0.5, 200_000)

    assert (mean, deviation) == (32, 4)
    assert few == pytest.approx((alive <= 24).mean(), abs=0.002)


def test_answer_about_the_error_is_that_of_a_share(page):
    hits = np.random.default_rng(0).binomial(10_000, 0.9785, 20_000) / 10_000

    assert page.answer_error() == pytest.approx(hits.std(), rel=0.03)

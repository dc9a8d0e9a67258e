"""What the page on CIFAR-10 rests on, checked with invented runs and tiny data."""

import inspect
import runpy
import zlib
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from claims import cifar10_linear as claims
from figures import cifar10_linear as figures
from runs import cifar10_linear as page

SNIPPETS = Path(__file__).parents[2] / "snippets"


def curve(rng, level, epochs, noise=0.008, start=0.3):
    rise = level - (level - start) * np.exp(-np.arange(epochs) / 3)
    return np.round(rise + rng.normal(0, noise, epochs), 4).tolist()


def invented_runs(case, seeds, invent, *numbers):
    """One case as its experiment gives it: a list over seeds under each name."""
    return case | page.each_seed(seeds, lambda s: invent({**case, "seed": s}, *numbers))


def invented_run(case, epochs, level, noise=0.008):
    rng = np.random.default_rng(zlib.crc32(str(case).encode()))
    run = {
        "accuracy": curve(rng, level + 0.02, epochs, noise=0.001),
        "val_accuracy": curve(rng, level, epochs, noise),
        "test_accuracy": curve(rng, level, epochs, noise),
        "test_loss": 1.75,
        "seen_accuracy": level + 0.03 + rng.normal(0, 0.002),
    }
    if case["seed"] == 0:
        run["loss"] = run["val_loss"] = np.linspace(2, 1.75, epochs).tolist()
    return run


def invented_nested(case):
    rng = np.random.default_rng(zlib.crc32(str(case).encode()))
    test = np.array(curve(rng, 0.38, 30))
    noise = [rng.normal(0, 0.01 / np.sqrt(k), 30) for k in range(1, 7)]
    return {
        "val_accuracy": (test + noise).tolist(),
        "test_accuracy": list(test),
    }


@pytest.fixture(scope="module")
def results():
    """Results shaped like the frozen ones, with numbers made up."""
    few = page.FEW_SEEDS
    small = {0: 0.386, 32: 0.375, 8: 0.32, 4: 0.28, 1: 0.17}
    return {
        "fit": pd.DataFrame(
            invented_runs(c, page.SEEDS, invented_run, 30, 0.38) for c in page.cases_fit
        ),
        "last_batch": pd.DataFrame(
            invented_runs(c, few, invented_run, 15, small[page.RESTS[c["images"]]])
            for c in page.cases_last_batch
        ),
        "rates": pd.DataFrame(
            invented_runs(c, few, invented_run, 30, 0.39) for c in page.cases_rates
        ),
        "network": pd.DataFrame(
            invented_runs(c, few, invented_run, 10, 0.45) for c in page.cases_network
        ),
        "one_hidden": pd.DataFrame(
            invented_runs(c, few, invented_run, 30, 0.46) for c in page.cases_one_hidden
        ),
        "nested": pd.DataFrame(
            invented_runs(c, few, invented_nested) for c in page.cases_nested
        ),
        "pixels": {
            "raw": {"norm2": 880.0, "eigenvalue": 740.0, "mean": 0.47},
            "centred": {"norm2": 190.0, "eigenvalue": 55.0, "mean": 0.0},
        },
    }


def artefacts(module, prefix):
    """Return the functions of a kind."""
    return [
        function for name, function in vars(module).items() if name.startswith(prefix)
    ]


def call(function, results):
    return function(
        *(results[needed] for needed in inspect.signature(function).parameters)
    )


@pytest.fixture
def tiny_data(monkeypatch):
    """Serve 640 noise images in place of CIFAR-10."""
    rng = np.random.default_rng(0)
    part = [
        (rng.integers(0, 256, (n, 32, 32, 3), "uint8"), np.arange(n)[:, None] % 10)
        for n in (640, 128)
    ]
    monkeypatch.setattr(keras.datasets.cifar10, "load_data", lambda: part)


@pytest.mark.parametrize("figure", artefacts(figures, "figure_"))
def test_every_figure_draws(figure, results):
    drawn = call(figure, results)
    assert drawn.axes
    plt.close(drawn)


@pytest.mark.parametrize("table", artefacts(figures, "table_"))
def test_every_table_has_rows(table, results):
    assert len(call(table, results)) > 1


@pytest.mark.parametrize("claim", artefacts(claims, "claim_"))
def test_every_claim_answers_with_a_bool_and_evidence(claim, results):
    holds, evidence = call(claim, results)
    assert isinstance(holds, bool)
    assert "nan" not in evidence


def test_grid_pairs_both_optimizers_on_every_setting():
    settings = {
        name: {
            (case["batch_size"], case["validation_split"])
            for case in page.cases_fit
            if case["optimizer"] == name
        }
        for name in ("SGD", "Adam")
    }
    assert len(page.cases_fit) * len(page.SEEDS) == 120
    assert settings["SGD"] == settings["Adam"]


def test_source_rows_are_all_in_the_grid():
    grid = {
        (c["optimizer"], c["batch_size"], c["validation_split"]) for c in page.cases_fit
    }
    assert {row[:3] for row in page.SOURCE} <= grid


def test_copied_row_repeats_another_row_exactly():
    numbers = [
        row[3:] for row in page.SOURCE if row[:3] in (page.COPIED, ("Adam", 64, 0.15))
    ]
    assert len(numbers) == 2 and numbers[0] == numbers[1]


def test_answers_are_what_keras_and_the_grid_say(results):
    answers = page.experiment_answers()
    assert answers["parameters"] == page.classifier().count_params() == 30_730
    assert (answers["steps_64"], answers["steps_128"]) == (704, 352)
    assert answers["rests"] == [12, 8, 4, 0, 60, 56]
    assert answers["rests"] == [page.rest(split, 64) for split in page.SPLITS]
    draws = np.random.default_rng(0).binomial(2_500, 0.4, 20_000) / 2_500
    assert answers["error"] == pytest.approx(draws.std(), rel=0.02)


def test_leftovers_are_what_the_batch_size_leaves():
    assert page.rest(0.1, 128) == 72
    assert {images: images % 64 for images in page.RESTS} == page.RESTS


def test_steps_per_epoch_are_counted_up(results):
    holds, evidence = claims.claim_steps(results["fit"])
    assert holds and "625" in evidence and "313" in evidence


def test_answer_whole_batches_leave_no_rest():
    x, y = page.whole_batches(np.zeros((45_000, 1)), np.zeros(45_000), 64)
    assert len(x) == len(y) == 44_992


def test_planted_reversal_refutes_a_claim(results):
    rates = results["rates"].copy()
    slow = (rates["optimizer"] == "Adam") & (rates["lr"] == 0.0001)
    rates.loc[slow, "test_accuracy"] = rates.loc[slow, "test_accuracy"].map(
        lambda runs: (np.array(runs) - 0.1).tolist()
    )
    holds, _ = claims.claim_adam_rate(rates)
    assert not holds


def test_predicted_range_holds_most_new_runs():
    rng = np.random.default_rng(0)
    inside = []
    for values in rng.normal(0.4, 0.01, (400, 6)):
        runs = pd.DataFrame(
            {
                "optimizer": "SGD",
                "batch_size": 64,
                "validation_split": 0.2,
                "seed": range(5),
                "test_accuracy": [[value] for value in values[:5]],
            }
        )
        mean, half = page.predicted(runs, "SGD", 64, 0.2)
        inside.append(abs(values[5] - mean) < half)
    assert 0.92 < np.mean(inside) < 0.98


def test_rate_is_chosen_on_validation(results):
    rates = results["rates"].copy()
    lifted = (rates["optimizer"] == "SGD") & (rates["lr"] == 0.003)
    for name, change in (("val_accuracy", 0.1), ("test_accuracy", -0.1)):
        rates.loc[lifted, name] = rates.loc[lifted, name].map(
            lambda runs, change=change: (np.array(runs) + change).tolist()
        )
    holds, evidence = claims.claim_rate_matters_more(rates)
    assert "SGD(0.003)" in evidence
    assert not holds


def test_slope_is_the_rise_over_ten_epochs():
    assert claims.slope(list(np.arange(30) * 0.001)) == pytest.approx(0.01)


def test_plain_keras_repeats_one_order_after_set_random_seed():
    orders = page.epoch_orders()
    assert sorted(orders[0]) == list(range(8))
    assert (orders == orders[0]).all()


def test_judge_agrees_with_keras():
    rng = np.random.default_rng(0)
    x = rng.random((50, 3072), "float32")
    y = np.arange(50) % 10
    model = page.classifier()
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    assert page.judge(model, x, y) == pytest.approx(
        model.evaluate(x, y, verbose=0), rel=1e-4
    )


@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
def test_fit_keeps_one_value_per_epoch(tiny_data, optimizer):
    result = page.experiment_fit(optimizer=optimizer, epochs=2, seeds=(0, 1))
    assert np.shape(result["accuracy"]) == np.shape(result["test_accuracy"]) == (2, 2)
    assert len(result["test_loss"]) == 2
    for name in ("loss", "val_loss"):
        assert len(result[name][0]) == 2 and result[name][1] is None


def test_run_does_not_depend_on_the_seeds_before_it(tiny_data):
    both = page.experiment_fit(epochs=2, seeds=(0, 1))
    alone = page.experiment_fit(epochs=2, seeds=(1,))
    for name in ("accuracy", "val_accuracy", "test_accuracy", "test_loss"):
        assert both[name][1] == alone[name][0]


@pytest.mark.parametrize("change", ["small", "cosine", "centred"])
def test_remedies_run(tiny_data, change):
    result = page.experiment_last_batch(change=change, images=600, epochs=1, seeds=(0,))
    assert np.shape(result["test_accuracy"]) == (1, 1)


@pytest.mark.parametrize("change", ["cosine", "centred", "dropout", "l2"])
def test_changes_run(tiny_data, change):
    result = page.experiment_rates(
        "Adam", 0.001, change, images=512, epochs=1, seeds=(0,)
    )
    assert 0 <= result["seen_accuracy"][0] <= 1


def test_nested_accuracy_of_all_blocks_is_the_mean_of_all_images(tiny_data):
    result = page.experiment_nested(images=512, epochs=1, seeds=(0, 1))
    assert np.shape(result["val_accuracy"]) == (2, 6, 1)


def test_remaining_experiments_run(tiny_data):
    network = page.experiment_network(images=512, epochs=1, seeds=(0,))
    assert np.shape(network["test_accuracy"]) == (1, 1)
    hidden = page.experiment_one_hidden(images=512, epochs=1, seeds=(0,))
    assert np.shape(hidden["test_accuracy"]) == (1, 1)


def test_the_lab_drops_the_rest_folds_the_weights_and_shuffles_anew(monkeypatch):
    rng = np.random.default_rng(0)
    labels = np.arange(650) % 10
    images = rng.integers(0, 200, (10, 32, 32, 3))[labels] + rng.integers(0, 50)
    part = images.astype("uint8"), labels[:, None]
    monkeypatch.setattr(keras.datasets.cifar10, "load_data", lambda: (part, part))
    monkeypatch.setattr(plt, "show", plt.close)

    lab = runpy.run_path(str(SNIPPETS / "cifar10_linear.py"))

    assert (lab["kept"], lab["rest"], lab["whole"]) == (585, 9, 576)
    assert lab["parameters"] == 30_730 and lab["deeper_parameters"] == 98_666
    assert len(lab["log"]["val_accuracy"]) == 30
    assert lab["W"].shape == (3072, 10)
    assert lab["W"].min(axis=0) == pytest.approx(0)
    assert lab["W"].max(axis=0) == pytest.approx(1)
    assert lab["steady_accuracy"] > 0.9 and lab["deeper_accuracy"] > 0.9

    def orders():
        keras.utils.set_random_seed(0)
        data = lab["shuffled"](650)
        return [[y.tolist() for _, y in data.as_numpy_iterator()] for _ in range(2)]

    first, second = orders()
    assert first != second
    assert [len(batch) for batch in first] == 10 * [64] + [10]
    assert orders() == [first, second]


def test_largest_eigenvalue_agrees_with_numpy():
    x = np.random.default_rng(0).random((200, 20)).astype("float32")
    expected = np.linalg.eigvalsh(x.T @ x / len(x))[-1]
    assert page.largest_eigenvalue(x) == pytest.approx(expected, rel=1e-4)


def test_summary_has_numbers_for_the_prose(results):
    summary = page.experiment_summary(
        *(results[name] for name in ("fit", "last_batch", "rates", "nested", "pixels"))
    )
    assert summary["rest"]["0"]["mean"] > summary["rest"]["8"]["mean"]
    assert summary["largest_rate"]["raw"][0] < 0.01 < summary["largest_rate"]["raw"][1]

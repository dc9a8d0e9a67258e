"""The dropout chapter with tiny knobs: what its formulas and claims promise."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture
def images(monkeypatch):
    """Sixty easy images a class, served where the snippet asks for either data set."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(600) % 10
    noise = rng.integers(0, 60, (600, 28, 28))
    pictures = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = pictures.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (data, data))
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))


TINY = {"samples": 200, "seen": 1200, "batch_size": 50}


def frame(rows):
    return pd.DataFrame([{"loss": 0.5, **row} for row in rows])


# ------------------------------------------------------------------- what dropout does


def test_dropout_keeps_or_zeroes_and_scales_what_it_keeps(page):
    h = np.full((400, 10), 3.0)

    dropped = page.dropout(h, 0.25, np.random.default_rng(0))

    assert set(np.unique(dropped)) == {0.0, 4.0}
    assert dropped.mean() == pytest.approx(3, rel=0.05)


def test_numpy_and_keras_agree_in_mean_and_in_square(page):
    scaling = page.experiment_scaling(draws=20000)

    assert page.claim_scaling(scaling)[0]
    assert page.table_scaled(scaling)["1/(1 − p)"].tolist() == pytest.approx(
        [1.25, 2, 5]
    )


def test_claim_about_scaling_turns_when_nothing_is_scaled(page):
    scaling = page.experiment_scaling(draws=2000)
    for row in scaling["rows"]:
        row["mean_ratio"] *= 1 - row["p"]

    assert not page.claim_scaling(scaling)[0]


def test_share_of_dropped_units_is_the_rate_only_on_average(page):
    mask = page.experiment_mask(images=500)

    assert page.claim_dropped(mask)[0]
    assert mask["lowest"] < 0.2 * 512 < mask["highest"]
    assert mask["different_masks"] == 500
    assert sum(mask["times"]) == 500


def test_claim_about_the_share_turns_when_exactly_a_fifth_is_dropped(page):
    mask = page.experiment_mask(images=500)

    assert not page.claim_dropped(mask | {"spread": 0.0})[0]


def test_dropout_rests_at_inference_and_adds_no_parameter(page, images):
    modes = page.experiment_modes(images=50)

    assert page.claim_modes(modes)[0]
    assert modes["parameters_with"] == 109386
    assert not page.claim_modes(modes | {"rest_difference": 1e-3})[0]


def test_network_figure_takes_the_lines_of_dropped_units_away(page):
    with style("light"):
        left, right = page.figure_network().axes

    assert len(left.lines) == 4 * 6 + 6 * 5 + 5 * 3 + 1
    assert len(right.lines) == 4 * 3 + 3 * 3 + 3 * 3 + 2


# ---------------------------------------------------------------------- augmentation


def test_augmenting_layers_rest_at_inference(page, images):
    grid = page.experiment_grid(columns=2)

    assert page.claim_still(grid)[0]
    assert not page.claim_still(grid | {"changed_at_rest": 0.1})[0]
    assert all(
        np.any(np.array(row) != grid["original"]) for row in grid["rows"].values()
    )
    with style("light"):
        assert len(page.figure_grid(grid).axes) == 12


def test_pictures_are_mirrored_and_turned_by_half(page, images):
    pictures = page.experiment_pictures()
    original = np.array(pictures["original"])

    assert original.shape == (2, 28, 28)
    np.testing.assert_array_equal(pictures["mirror"], original[:, :, ::-1])
    np.testing.assert_array_equal(pictures["half"], np.rot90(original, 2, (1, 2)))


# -------------------------------------------------------------------------- training


def test_every_condition_trains(page, images):
    for knobs in ({"rate": 0.2}, {"augment": "shift_rotation"}, {"augment": "flip"}):
        result = page.experiment_fit(**knobs, **TINY)

        assert 0.05 <= result["accuracy"] <= 1
        assert result["parameters"] == 109386


def test_dropout_after_the_last_hidden_layer_only_is_one_layer_less(page):
    both, last = page.build(0.5), page.build(0.5, where="last")

    assert len(both.layers) == len(last.layers) + 1
    assert both.count_params() == last.count_params()


@pytest.mark.parametrize(("samples", "steps"), [(100, 8), (200, 8), (600, 12)])
def test_training_sees_the_same_number_of_images_in_whole_epochs(
    page, images, samples, steps
):
    (x, y), _ = page.load_mnist(samples)
    model = page.build(0.2, width=8)

    logged = page.train(model, x, y, seen=400, batch_size=50, lr=0.01, seed=0)

    assert int(model.optimizer.iterations) == steps  # 600 images: one whole epoch
    assert 0 <= logged <= 1


def test_thinned_networks_are_averaged(page, images):
    ensemble = page.experiment_ensemble(
        samples=200, seeds=(0,), members=(1, 3), images=100, seen=800, batch_size=50
    )

    assert len(ensemble["thinned"][0]) == 2
    assert len(ensemble["whole"]) == 1
    with style("light"):
        assert len(page.figure_averaged(ensemble).axes[0].lines) == 2


def test_picking_fills_in_the_defaults_of_cases(page):
    fit = frame(
        [
            {"samples": 1000, "rate": 0.0, "seed": 1, "accuracy": 0.9},
            {"samples": 1000, "rate": 0.0, "seed": 0, "accuracy": 0.8},
            {"samples": 1000, "rate": 0.0, "seed": 0, "accuracy": 0.1, "width": 16},
        ]
    )

    assert page.of(fit).tolist() == [0.8, 0.9]
    assert page.of(fit, width=16).tolist() == [0.1]


def test_rate_is_chosen_on_validation_and_reported_on_test(page):
    tuned = pd.DataFrame(
        case
        | {
            "val_accuracy": 0.9 - abs(case["lr"] - 0.004),
            "test_accuracy": case["lr"] + 0.001 * case["seed"],
        }
        for case in page.cases_tuned
    )

    lr, accuracy = page.tuned_accuracy(tuned, samples=300, augment="shift_rotation")

    assert lr == 0.004
    assert accuracy.tolist() == [0.004, 0.005, 0.006]


def tuned_runs(page, dropped):
    """Runs in which dropout scores so much and everything else 0.9."""
    rows = []
    for case in page.cases_tuned:
        score = dropped if case.get("rate") else 0.9
        score += 0.001 * case["seed"] * (1 if case.get("rate") else 2)
        rows.append(case | {"val_accuracy": score, "test_accuracy": score})
    return pd.DataFrame(rows)


def test_claims_about_tuned_runs_turn_when_dropout_wins(page):
    for claim in (page.claim_tuned_rate, page.claim_tuned_compare):
        assert claim(tuned_runs(page, 0.8))[0], claim.__name__
        assert not claim(tuned_runs(page, 0.95))[0], claim.__name__


# ---------------------------------------------------------------------------- claims


def runs(page, change):
    """Every case of the page with a plain outcome, which `change(case)` moves."""
    rows = []
    for case in page.cases_fit:
        plain = {"logged": 0.99, "train_accuracy": 0.995, "accuracy": 0.9, "loss": 0.4}
        moved = change(page.DEFAULTS | case)
        noise = 0.0005 * case["seed"] ** 2 * (1 if "rate" in case else 2)
        rows.append(
            case | {key: v + noise + moved.get(key, 0) for key, v in plain.items()}
        )
    return pd.DataFrame(rows)


def test_claim_about_the_right_rate_turns_when_dropout_does_harm(page):
    def mild(case):
        return {
            0.0: {},
            0.2: {"loss": -0.03},
            0.5: {"accuracy": -0.02},
        }[case["rate"]]

    assert page.claim_cure(runs(page, mild))[0]
    assert not page.claim_cure(runs(page, lambda case: {"loss": case["rate"]}))[0]


def test_claim_about_the_logged_accuracy_turns_when_it_equals_the_other(page):
    def lower(case):
        return {"logged": -0.1 if case["rate"] else 0}

    assert page.claim_logged(runs(page, lower))[0]
    assert not page.claim_logged(runs(page, lambda case: {"logged": 0.1}))[0]


def test_claim_about_the_small_network_turns_when_it_loses_little(page):
    def starved(case):
        lost = (-0.2 if case["width"] == 16 else -0.01) if case["rate"] else 0
        return {"accuracy": lost, "train_accuracy": lost}

    assert page.claim_small(runs(page, starved))[0]
    assert not page.claim_small(runs(page, lambda case: {}))[0]


def test_claim_about_the_last_layer_turns_when_it_gains_much(page):
    def gain(case):
        return {"accuracy": 0.02 if case["where"] == "last" else 0}

    assert page.claim_last(runs(page, lambda case: {}))[0]
    assert not page.claim_last(runs(page, gain))[0]


def test_claims_about_augmentation_turn_with_its_effect(page):
    gains = {300: 0.06, 1000: 0.03, 5000: 0.0}

    def helpful(case):
        gain = gains.get(case["samples"], 0)
        if case["augment"] == "flip":
            return {"accuracy": -0.03}
        return {"accuracy": gain if case["augment"] != "none" else 0}

    def harmful(case):
        return {key: -value for key, value in helpful(case).items()}

    for claim in (page.claim_shift, page.claim_flip, page.claim_compare):
        assert claim(runs(page, helpful))[0], claim.__name__
        assert not claim(runs(page, harmful))[0], claim.__name__


def test_tables_show_every_size_and_rate(page):
    fit = runs(page, lambda case: {})

    assert len(page.table_rates(fit)) == 12
    assert page.table_cures(fit)["300장"].notna().sum() == 4
    assert page.experiment_summary(fit)["n1000_none"] == pytest.approx(0.9, abs=0.01)
    with style("light"):
        assert len(page.figure_gap(fit).axes) == 2
        assert len(page.figure_effect(fit).axes) == 1


def test_claims_about_turned_digits_turn_with_the_answers(page):
    upright = 10 * np.eye(10, dtype=int)
    turned = upright[[0, 1, 2, 3, 4, 5, 9, 7, 8, 6]]
    blind = np.diag([5, 5, 1, 1, 9, 1, 1, 1, 6, 7]) + 1

    assert page.claim_half_turn({"half": [turned] * 3})[0]
    assert not page.claim_half_turn({"half": [upright] * 3})[0]
    seen = {"original": [upright] * 3, "mirror": [blind] * 3}
    assert page.claim_eyes(seen)[0]
    assert not page.claim_eyes(seen | {"mirror": [upright] * 3})[0]
    names = ("original", "mirror", "half")
    assert len(page.table_mirrored(dict.fromkeys(names, [turned] * 3))) == 10


# --------------------------------------------------------------------------- answers


def test_answers_are_those_of_the_formula(page):
    h, p = 3.0, 0.2
    dropped = page.dropout(np.full(200_000, h), p, np.random.default_rng(0))

    assert page.answer_expected(h, p) == pytest.approx(h)
    assert dropped.mean() == pytest.approx(page.answer_expected(h, p), rel=0.01)
    assert dropped.var() == pytest.approx(page.answer_variance(h, p), rel=0.02)
    assert page.answer_variance(h, p) == pytest.approx(h**2 * p / (1 - p))
    assert page.answer_square(p) == pytest.approx(1 / (1 - p))


def test_answer_counts_a_mask_for_every_choice_of_units(page):
    masks = {tuple(m) for m in np.ndindex(2, 2, 2, 2, 2)}

    assert page.answer_subnetworks((3, 2)) == len(masks)
    assert len(str(page.answer_subnetworks())) == 58


def test_answer_lists_digits_that_survive_the_mirror(page):
    table = np.diag([1, 2, 3, 9, 8, 4, 1, 2, 3, 7]) + 1

    assert page.answer_mirrored(table) == [3, 4, 9]
    assert page.answer_mirrored(table, count=1) == [3]

"""The learning-curve page with tiny knobs: what its measures, rules and claims say."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture
def clothes(monkeypatch):
    """Sixty easy images a class, served where the snippet asks for Fashion-MNIST."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(600) % 10
    noise = rng.integers(0, 60, (600, 28, 28))
    images = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))


def runs(page, **given):
    """Return `fit` with the given curves, each shifted a little from seed to seed."""
    rows = []
    for run, curves in given.items():
        for seed in page.SEEDS:
            row = {"run": run, "seed": seed}
            for key, curve in curves.items():
                row[key] = [value * (1 + 0.01 * seed) for value in curve]
            rows.append(row)
    return pd.DataFrame(rows)


# ------------------------------------------------------------------ measuring


def test_measure_equals_keras_evaluate(page, clothes):
    (x, y), _, _ = page.load(100, validation=50)
    model = page.build_mlp(units=(8,))

    loss, accuracy = page.measure(model, x, y)

    theirs = model.evaluate(x, y, verbose=0, return_dict=True)
    assert loss == pytest.approx(theirs["loss"], abs=1e-4)
    assert accuracy == pytest.approx(theirs["accuracy"])


def test_copies_stand_in_validation_and_are_found_again(page, clothes):
    train, val, test = page.load(100, validation=80, copies=30)

    found = page.is_copy(val[0], train[0])

    assert found[:30].all() and found.sum() == 30
    assert not page.is_copy(train[0][:5], val[0][30:]).any()


def test_leak_does_not_change_the_training_itself(page, clothes):
    knobs = {"samples": 60, "epochs": 2, "units": (8,), "lr": 0.01}

    plain = page.experiment_fit(**knobs)
    leaky = page.experiment_fit(**knobs, copies=40)

    assert plain["train_loss"] == leaky["train_loss"]
    assert len(leaky["clean_loss"]) == len(leaky["val_loss"]) == 3
    assert len(leaky["loss"]) == 2  # nothing is logged before the first epoch


def test_switch_lowers_the_rate_from_the_next_epoch_on(page, clothes):
    knobs = {"samples": 100, "epochs": 3, "units": (8,), "lr": 0.01}

    kept = page.experiment_fit(**knobs)["train_loss"]
    frozen = page.experiment_fit(**knobs, switch_at=1, factor=0.0)["train_loss"]

    assert frozen[1] == kept[1]
    assert frozen[2] == frozen[3] == frozen[1]
    assert kept[3] < kept[1]


def test_smoothed_curve_lags_behind(page):
    smoothed = page.smooth(np.array([4.0, 3.0, 2.0, 1.0]), keep=0.5)

    np.testing.assert_allclose(smoothed, [4, 3.5, 2.75, 1.875])


# ------------------------------------------------------------ before training


def test_first_loss_is_ln_10_for_tiny_weights(page, clothes):
    first = page.experiment_first_loss(samples=100, seeds=(0,))

    assert first["tiny"][0] == pytest.approx(np.log(10), abs=0.01)
    assert page.claim_first_loss({**first, "pixels": [200.0]})[0]
    assert not page.claim_first_loss({**first, "pixels": [2.5]})[0]


def test_twenty_images_are_memorised_by_good_weights_only(page, clothes):
    (x, y), _, _ = page.load(20, validation=10)

    good, accuracy = page.memorise(x, y, steps=60)
    bad, _ = page.memorise(x, y, scale=0.001, steps=5)

    assert accuracy == 1 and good[-1] < good[0] / 4
    assert bad[-1] > 0.95 * bad[0]


# -------------------------------------------------------- small validation sets


def test_same_weights_on_the_same_images_have_no_zigzag(page):
    rng = np.random.default_rng(0)
    right = (rng.random((1, 5000)) < 0.8).repeat(6, axis=0).astype(float)

    part = page.in_parts(right, 1 - right, 50)

    assert len(part["last"]) == 100
    assert np.std(part["last"]) == pytest.approx(page.standard_error(0.8, 50), rel=0.2)
    assert part["zigzag"] == 0


def levels(page, shared):
    """Curves of disjoint validation sets, of which a share moves together."""
    rows = []
    for seed in page.SEEDS:
        rng = np.random.default_rng(seed)
        common, own = rng.normal(size=40), rng.normal(size=(4, 40))
        curves = 0.8 + 0.01 * (shared * common + (1 - shared) * own)
        part = {"zigzag": 0.02 + 0.001 * seed, "curves": curves.tolist()}
        rows.append(
            {
                "seed": seed,
                "whole": (0.8 + 0.008 * common).tolist(),
                "parts": {"50": part, "1000": part},
            }
        )
    return pd.DataFrame(rows)


def test_claim_about_zigzag_turns_when_disjoint_sets_move_alone(page):
    assert page.together(levels(page, 1.0), 1000) == pytest.approx(1)
    assert page.claim_zigzag(levels(page, 0.8))[0]
    assert not page.claim_zigzag(levels(page, 0.0))[0]


def test_zigzag_is_the_spread_of_neighbouring_differences(page):
    assert page.zigzag([9, 9, 1, 3, 1, 3]) == 2  # of -2 and 2
    assert page.zigzag([5.0]) == 0


# ---------------------------------------------------------------------- claims


def test_early_stopping_takes_the_epoch_of_the_lowest_validation_loss(page):
    fit = runs(
        page,
        over={
            "val_loss": [2.0, 0.5, 1.0],
            "test_loss": [2.1, 0.6, 1.1],
            "test_accuracy": [0.1, 0.8, 0.7],
        },
    )

    best, loss, accuracy = page.early(fit)

    assert best.tolist() == [1] * 5
    assert loss[0] == 0.6 and accuracy[0] == 0.8


def test_claim_about_simple_models_turns_when_more_units_do_not_help(page):
    def fit(cured):
        return runs(
            page,
            under={"train_loss": [2.3, 1.2], "val_loss": [2.3, 1.3]},
            wide={"train_loss": [2.3, 0.2], "val_loss": [2.3, cured]},
        )

    assert page.claim_simple(fit(0.6))[0]
    assert not page.claim_simple(fit(1.5))[0]


def test_claim_about_stalling_turns_when_the_lower_rate_hurts(page):
    def fit(dropped):
        levels = {"stall": 0.8, "stall_drop": dropped, "low": 1.1}
        levels |= {"low_drop": 1.5, "low_raise": 0.7}
        return runs(page, **{k: {"val_loss": [2.3, v]} for k, v in levels.items()})

    assert page.claim_stall(fit(0.5))[0]
    assert not page.claim_stall(fit(0.9))[0]


def test_claim_about_cures_turns_when_smaller_is_more_accurate_too(page):
    def fit(gain):
        over = {"val_loss": [2.0, 0.6, 0.9], "test_loss": [2.1, 0.6, 0.9]}
        over["test_accuracy"] = [0.1, 0.795, 0.8]
        more = {"test_loss": [0.5], "test_accuracy": [0.84]}
        small = {"test_loss": [0.7], "test_accuracy": [0.8]}
        fit = runs(page, over=over, more=more, small=small)
        noise = iter([0.01, -0.01, 0.005, -0.005, 0.001])
        for row in fit.index[fit["run"] == "small"]:
            right = fit.at[row, "test_accuracy"][0]
            fit.at[row, "test_accuracy"] = [right + gain + next(noise)]
        return fit

    assert page.claim_complex(fit(0.0))[0]
    assert not page.claim_complex(fit(0.02))[0]


def test_claim_about_order_turns_when_the_logged_loss_is_honest(page):
    def fit(again):
        healthy = {"val_loss": np.linspace(2.3, 0.5, 17)}
        bad = {"loss": [0.5], "train_loss": [2.3, again], "val_loss": [2.3, 1.5]}
        return runs(page, healthy=healthy, sorted=bad)

    assert page.claim_order(fit(1.4))[0]
    assert not page.claim_order(fit(0.6))[0]


# --------------------------------------------------------------------- answers


def test_answers_follow_the_formula_and_the_running_average(page):
    answers = page.experiment_answers()

    assert answers["size_1"] == 1600 and answers["size_half"] == 6400
    assert answers["logged"] == pytest.approx(1.5) and answers["end"] == 1
    assert answers["error_50"] == pytest.approx(0.0566, abs=1e-4)


@pytest.mark.parametrize(
    ("loss", "val_loss", "name"),
    [
        ([2.303] * 12, [2.303] * 12, "나쁜 처음 가중치"),
        (np.geomspace(1.4, 0.01, 12), [0.9, 0.6, *np.linspace(0.6, 1.2, 10)], "과적합"),
        ([1.2] + [0.6] * 11, [2.5] + [1.5] * 11, "섞지 않음"),
        ([1.6] * 12, [1.65] * 12, "과소적합"),
        (np.linspace(2.2, 1.2, 12), np.linspace(2.2, 1.2, 12), "작은 학습률"),
        ([1.5] * 12, [1.5, 3.0] * 6, "큰 학습률"),
        ([1.0] + [0.5] * 11, [0.6, 0.9] * 6, "큰 학습률"),
        (np.linspace(1.4, 0.35, 12), np.linspace(0.9, 0.5, 12), "이상 없음"),
    ],
)  # fmt: skip
def test_answer_names_what_the_two_curves_show(page, loss, val_loss, name):
    assert page.diagnose({"loss": loss, "val_loss": val_loss}) == name


def test_claim_about_the_rule_turns_when_a_sick_curve_goes_unnoticed(page):
    def rows(wrong):
        return {
            "rows": [
                {
                    "run": name,
                    "seed": seed,
                    "truth": page.NAMES[name],
                    "answer": page.NAMES["fine" if name in wrong else name],
                }
                for name in page.SICK
                for seed in page.SEEDS
            ]
        }

    assert page.claim_named(rows({"small_val", "leak"}))[0]
    assert not page.claim_named(rows({"small_val", "leak", "over"}))[0]


def test_gallery_shows_eight_panels(page):
    curve = {"loss": [1.0, 0.8], "val_loss": [2.3, 1.0, 0.9]}
    fit = runs(page, **{name: curve for name in page.SICK if name != "small_val"})
    part = {"loss_curves": [[1.0, 0.9]]}
    levels = pd.DataFrame([{"seed": 0, "loss": [1.0, 0.8], "parts": {"50": part}}])

    with style("light"):
        assert len(page.figure_gallery(fit, levels).axes) == 8

"""The chapter on batch normalisation: its formula, its answers, claims that turn."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style

TINY = {"samples": 200, "epochs": 2, "seeds": (0,)}


def cases(page, knob, values, score, **more):
    """A frame as runs would give it: five seeds that barely differ, one rate a row."""
    return pd.DataFrame(
        {
            knob: value,
            "norm": norm,
            "rows": [
                {
                    "lr": lr,
                    "seed": seed,
                    "loss": 0.5,
                    "val_accuracy": score(value, norm) - lr / 100 + 0.001 * seed,
                    "test_accuracy": score(value, norm) + 0.001 * seed,
                    "batch_accuracy": score(value, norm) - 0.1 * norm + 0.001 * seed,
                }
                for lr in page.LRS
                for seed in page.SEEDS
            ],
            **more,
        }
        for value in values
        for norm in (False, True)
    )


# ------------------------------------------------------------------------- formula


def test_numpy_and_keras_normalise_and_remember_alike(page):
    import keras

    z = np.random.default_rng(0).normal(3, 2, (32, 4)).astype("float32")  # (32, 4)
    layer = keras.layers.BatchNormalization(momentum=0.9)
    theirs = np.asarray(layer(z, training=True))
    gamma, beta, start = np.ones(4), np.zeros(4), (np.zeros(4), np.ones(4))
    ours, running = page.batch_norm(z, gamma, beta, start, training=True)

    assert ours == pytest.approx(theirs, abs=1e-4)
    assert running[0] == pytest.approx(np.asarray(layer.moving_mean), abs=1e-4)
    assert running[1] == pytest.approx(np.asarray(layer.moving_variance), abs=1e-3)

    at_rest, _ = page.batch_norm(z, gamma, beta, running, training=False)
    assert at_rest == pytest.approx(np.asarray(layer(z, training=False)), abs=1e-3)


@pytest.mark.parametrize("norm", [False, True])
def test_numpy_forward_equals_that_of_keras(page, norm):
    x = np.random.default_rng(0).normal(size=(6, 784)).astype("float32")  # (6, 784)
    model = page.build(3, norm)
    scores, entering = page.forward(page.layers_of(model), x)

    assert scores == pytest.approx(np.asarray(model(x)), abs=1e-3)
    assert len(entering) == 3
    grouped, _ = page.forward(page.layers_of(model), x, size=6)
    theirs = np.asarray(model(x, training=True))
    assert grouped == pytest.approx(theirs, abs=1e-3)


def test_bias_before_the_normalisation_changes_nothing(page):
    z = np.random.default_rng(0).normal(size=(16, 3))  # (16, 3)
    start = np.zeros(3), np.ones(3)
    one, _ = page.batch_norm(z, 1.0, 0.0, start, training=True)
    other, _ = page.batch_norm(z + 7, 1.0, 0.0, start, training=True)

    assert one == pytest.approx(other)


# --------------------------------------------------------------------- experiments


def test_arms_start_from_the_same_matrices(page):
    plain, batch = (
        [
            w
            for w in page.fresh_weights(page.build(2, norm).get_weights(), 0)
            if w.ndim > 1
        ]
        for norm in (False, True)
    )

    assert all(np.array_equal(a, b) for a, b in zip(plain, batch, strict=True))


def test_same_seed_learns_the_same_again(page, digits):
    data, _, _ = page.load_digits(200)
    learn = page.trainer(2, True, data)
    first, _ = learn(0.1, 2, 50, seed=0)
    learn(0.3, 1, 50, seed=1)
    again, _ = learn(0.1, 2, 50, seed=0)

    assert first == again
    assert first[-1] < first[0]


def test_experiments_return_a_row_for_each_rate_and_seed(page, digits):
    depth = page.experiment_depth(depth=2, norm=True, lrs=(0.1, 0.3), **TINY)
    small = page.experiment_small(batch_size=8, norm=True, lrs=(0.1,), **TINY)

    assert [row["lr"] for row in depth["rows"]] == [0.1, 0.3]
    assert small["rows"][0]["test_accuracy"] > 0.1
    scale = page.experiment_scale(norm=True, depth=3, **TINY)
    assert np.array(scale["before"]) == pytest.approx(1, abs=0.05)


# -------------------------------------------------------------------------- claims


@pytest.mark.parametrize(("gain", "holds"), [(0.05, True), (0.0, False)])
def test_claim_of_depth_turns_with_the_scores(page, gain, holds):
    found = cases(page, "depth", page.DEPTHS, lambda _, norm: 0.8 + gain * norm)

    assert page.claim_deep(found)[0] is holds


@pytest.mark.parametrize(("loss", "holds"), [(0.2, True), (-0.2, False)])
def test_claim_of_small_batches_turns_with_the_scores(page, loss, holds):
    found = cases(page, "batch_size", page.SIZES, lambda _, norm: 0.7 - loss * norm)

    assert page.claim_small(found)[0] is holds


def test_figures_and_table_show_what_was_measured(page):
    depth = cases(page, "depth", page.DEPTHS, lambda _, norm: 0.8 + 0.1 * norm)
    small = cases(page, "batch_size", page.SIZES, lambda _, norm: 0.8 - 0.1 * norm)
    spread = {"before": [[1.0] * 16] * 5, "after": [[2.0] * 16] * 5}
    scale = pd.DataFrame({"norm": norm, **spread} for norm in (False, True))

    assert len(page.table_tuned(depth)) == 2 * len(page.DEPTHS)
    with style("light"):
        assert len(page.figure_rates(depth).axes) == len(page.DEPTHS)
        assert len(page.figure_sizes(small).axes[0].containers) == 3
        assert len(page.figure_scales(scale).axes[0].lines) == 2


# ------------------------------------------------------------------------- answers


def test_answers_are_those_of_the_formulas(page):
    assert page.answer_steps(0.9) == int(np.ceil(np.log(0.01) / np.log(0.9)))
    assert page.answer_pair(3, 5) == pytest.approx([-1, 1])
    assert page.answer_pair(-100, 900) == pytest.approx([-1, 1])

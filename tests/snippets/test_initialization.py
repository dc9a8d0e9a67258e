"""The initialisation chapter with tiny knobs: what its formulas and answers promise."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture
def digits(monkeypatch):
    """Sixty easy images a class, served where the snippet asks for MNIST."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(600) % 10
    noise = rng.integers(0, 60, (600, 28, 28))
    images = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (data, data))


TINY = {"samples": 400, "epochs": 2, "batch_size": 50, "seeds": (0,)}


def one_run(init, accuracy, loss, **more):
    """A row of a cases frame: five seeds that barely differ."""
    jitter = 0.001 * np.arange(5)
    return {
        "init": init,
        "accuracy": (accuracy + jitter).tolist(),
        "loss": [list(loss)] * 5,
        **more,
    }


# ---------------------------------------------------------------------- first weights


def test_drawn_deviations_equal_those_of_keras(page):
    import keras

    rng = np.random.default_rng(0)
    for init in ("lecun", "glorot", "he"):
        ours = page.draw(init, 300, 500, rng).std()
        theirs = np.asarray(keras.initializers.get(f"{init}_normal")((300, 500))).std()

        assert ours == pytest.approx(theirs, rel=0.02)


def test_constant_weights_leave_all_units_alike(page, digits):
    alike = page.experiment_fit(init="constant", **TINY)
    different = page.experiment_fit(init="he", **TINY)

    assert alike["apart"][0] < 1e-3 < different["apart"][0]


def test_zero_weights_start_at_ln_10_without_gradients(page, digits):
    result = page.experiment_fit(init="zeros", **TINY)

    assert result["first"][0] == pytest.approx(np.log(10), abs=1e-4)
    assert result["gradients"][0] == [0, 0, 0]


def test_wide_weights_start_far_above_ln_10(page, digits):
    result = page.experiment_fit(init="normal_1", **TINY)

    assert result["first"][0] > 50


def test_restart_replaces_matrices_and_keeps_the_rest(page):
    model = page.build((6, 5, 4), 0.1, normalize=True)
    blank = model.get_weights()

    page.restart(model, blank, "he", seed=1)

    for before, after in zip(blank, model.get_weights(), strict=True):
        assert np.array_equal(before, after) == (before.ndim == 1)


def test_deep_network_with_batch_normalisation_trains(page, digits):
    result = page.experiment_deep(init="normal_001", normalize=True, **TINY)

    assert result["loss"][0][-1] < result["loss"][0][0]


# -------------------------------------------------------------------------- variance


def test_variance_grows_by_n_times_that_of_the_weights(page):
    spread = page.experiment_spread(depth=10, width=96, seeds=(0, 1, 2))
    growth = page.experiment_growth(spread, width=96)

    assert growth["he"]["theory"] == pytest.approx(1)
    assert growth["glorot"]["theory"] == pytest.approx(np.sqrt(1 / 2))
    for row in growth.values():
        assert row["measured"] == pytest.approx(row["theory"], rel=0.15)
        assert row["backward"] == pytest.approx(row["theory"], rel=0.15)
    with style("light"):
        assert len(page.figure_forward(spread).axes) == 2


def test_claim_about_growth_turns_without_the_half(page):
    def rows(measured):
        row = {"measured": measured, "backward": 1.0, "theory": 1.0}
        return {"he": row}

    assert page.claim_growth(rows(1.01))[0]
    assert not page.claim_growth(rows(1.41))[0]


def test_saturated_tanh_forgets_likeness_and_relu_does_not(page):
    likeness = page.experiment_likeness()

    assert page.claim_unrelated(likeness)[0]
    with style("light"):
        assert page.figure_cosines(likeness).axes
    same = {"first": [0.9] * 3, "last": [0.9] * 3}
    assert not page.claim_unrelated(likeness | {"tanh_normal_1": same})[0]
    assert not page.claim_unrelated(likeness | {"relu_he": same})[0]


def test_cosine_of_a_vector_with_itself_is_one(page):
    a = np.array([3.0, -4.0])

    assert page.cosine(a, 5 * a) == pytest.approx(1)
    assert page.cosine(a, np.array([4.0, 3.0])) == pytest.approx(0)


# ---------------------------------------------------------------------------- claims


def test_claim_about_depth_turns_when_small_weights_learn(page):
    def frame(small):
        runs = [
            one_run("normal_001", small, [1.0], normalize=False),
            one_run("glorot", 0.9, [1.0], normalize=False),
            one_run("he", 0.9, [1.0], normalize=False),
        ]
        runs[2]["accuracy"] = runs[1]["accuracy"][::-1]
        return pd.DataFrame(runs)

    assert page.claim_deep(frame(0.11))[0]
    assert not page.claim_deep(frame(0.9))[0]


def test_claim_about_diagnosis_turns_when_redrawing_helps(page):
    slow, quick = [2.3, 2.3, 2.3], [1.0, 0.8, 0.5]
    stuck = pd.DataFrame(
        [
            one_run("normal_0001", 0.1, slow, lr=2.0),
            one_run("he", 0.1, slow, lr=0.0002),
            one_run("he", 0.8, quick, lr=0.02),
        ]
    )

    def fit(redrawn):
        rows = [one_run("normal_0001", 0.1, redrawn), one_run("he", 0.9, quick)]
        return pd.DataFrame(rows)

    assert page.claim_diagnosis(fit(slow), stuck)[0]
    assert not page.claim_diagnosis(fit(quick), stuck)[0]


def test_compiling_again_keeps_weights_and_resets_the_optimizer(page, digits):
    rerun = page.experiment_rerun(
        samples=600, epochs=1, batch_size=20, lr=0.01, seeds=(0,)
    )

    assert rerun["kept"]
    assert rerun["before"] == [60] and rerun["after"] == [0]
    assert rerun["compiled"][0] < rerun["new"][0]


def test_keras_starts_dense_with_glorot_uniform_and_zero_bias(page):
    assert page.claim_keras_default(page.experiment_keras_default())[0]


# --------------------------------------------------------------------------- answers


def test_answer_limit_is_that_of_the_uniform_distribution(page):
    scales = page.answer_scales()

    assert scales["limit"] == pytest.approx(np.sqrt(3) * scales["glorot"])
    assert scales["he"] == pytest.approx(np.sqrt(2) * scales["lecun"])


def test_answer_fades_as_measured(page):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(64, 256))
    for _ in range(10):
        x = np.tanh(x @ rng.normal(0, 0.01, (256, 256)))

    assert page.answer_fade()["tanh"] == pytest.approx(0.16**10)
    assert x.std() == pytest.approx(page.answer_fade()["tanh"], rel=0.3)


def test_answer_zero_output_layer_moves_first(page):
    first, second = page.answer_zero_output()

    assert first[0] == 0 and first[1] > 0
    assert second[0] > 0

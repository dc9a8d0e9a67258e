"""The linear classifier with tiny knobs: what its formulas and answers promise."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture
def clothes(monkeypatch):
    """Forty easy images a class, served where the snippet asks for Fashion-MNIST."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(400) % 10
    noise = rng.integers(0, 60, (400, 28, 28))
    images = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))


# ------------------------------------------------------------------ vectors, scores


def test_flattened_image_lists_its_rows_one_after_another(page):
    vector = page.experiment_vector()

    assert vector["flatten"] == vector["reshape"] == sum(vector["image"], [])
    assert vector["batch"] == [60, 784]
    with style("light"):
        assert len(page.figure_vector(vector).axes[0].texts) > 32


def test_old_randint_never_gives_255(page):
    draws = page.experiment_draws(draws=100_000)

    assert page.claim_draws(draws)[0]
    assert not page.claim_draws({"randint": 255, "integers": 255})[0]


def test_dense_layer_maps_only_the_last_axis_of_a_square_image(page):
    dense = page.experiment_dense()

    assert dense["square"] == {"output": [28, 10], "parameters": 290}
    assert dense["flat"] == {"output": [10], "parameters": 7850}
    assert page.claim_dense(dense)[0]


def test_both_conventions_and_keras_give_the_same_scores(page, clothes):
    conventions = page.experiment_conventions(samples=10)

    assert page.claim_conventions(conventions)[0]
    assert not page.claim_conventions({**conventions, "keras": 1.0})[0]


# --------------------------------------------------------------- softmax and the loss


def test_softmax_equals_that_of_keras_and_sums_to_one(page):
    import keras

    s = np.random.default_rng(0).normal(size=(6, 10)).astype("float32")
    theirs = np.asarray(keras.ops.softmax(s))

    np.testing.assert_allclose(page.softmax(s), theirs, atol=1e-6)
    np.testing.assert_allclose(page.softmax(s).sum(axis=1), 1, atol=1e-6)


def test_definition_overflows_where_the_stable_softmax_does_not(page):
    overflow = page.experiment_overflow()
    stored = {"rows": [dict(sorted(row.items())) for row in overflow["rows"]]}
    table = page.table_overflow_rows(stored)

    assert list(table["점수 s"]) == [1, 88, 89, 1000]
    assert page.claim_overflow(overflow)[0]
    assert list(table["정의대로"])[-1] == "nan"
    assert not page.claim_overflow({**overflow, "shift": 0.1})[0]


def test_loss_from_scores_is_minus_log_of_the_true_probability(page):
    s = np.random.default_rng(0).normal(size=(5, 10))
    y = np.array([3, 1, 4, 1, 5])
    p = page.softmax(s)[np.arange(5), y]

    assert page.cross_entropy(s, y) == pytest.approx(-np.log(p).mean())
    assert np.isfinite(page.cross_entropy(1e5 * s, y))


def test_small_loss_keeps_its_digits_in_float32(page):
    s = np.array([[0, 10, 0, 0, 0, 0, 0, 0, 0, 0]], "float32")
    exact = np.log1p(9 * np.exp(-10.0))

    assert page.cross_entropy(s, np.array([1])) == pytest.approx(exact, rel=1e-3)


def test_worked_example_is_what_a_calculator_says(page):
    example = page.experiment_example()

    assert example["scores"] == [1.5, 0.5, 0.0]
    assert sum(example["p"]) == pytest.approx(1)
    assert example["p"][0] == pytest.approx(4.4817 / 7.1304, rel=1e-4)
    assert example["losses"][0] == pytest.approx(-np.log(example["p"][0]))


def test_untaught_weights_lose_the_logarithm_of_ten(page, clothes):
    zeros = page.experiment_first(samples=100)
    usual = page.experiment_first(start="keras", samples=100)

    assert zeros["loss"] == pytest.approx(np.log(10))
    assert usual["loss"] == pytest.approx(usual["keras"], rel=1e-4)


# ------------------------------------------------------------------------- gradient


def test_hand_made_gradient_equals_both_others(page, clothes):
    slopes = page.experiment_slopes(samples=5)

    assert page.claim_slopes(slopes)[0]
    assert not page.claim_slopes({**slopes, "tape": 1e-3})[0]


def test_central_difference_of_a_square_is_its_slope(page):
    weights = np.array([[1.0, -2.0], [3.0, 0.5]])

    slope = page.central_difference(lambda w: (w**2).sum(), weights)

    np.testing.assert_allclose(slope, 2 * weights, atol=1e-8)


# ------------------------------------------------------------------------- training


def test_twelve_lines_learn_easy_images(page, clothes):
    x, y = page.load_images(200)["train"]

    weights, b = page.train(x / 255, y, lr=0.05, epochs=5, batch_size=20)

    assert page.loss_and_accuracy(weights, b, x / 255, y)[1] > 0.9


def test_training_is_that_of_keras(page, clothes):
    import keras

    x, y = page.load_images(100)["train"]
    x = x / 255
    keras.utils.set_random_seed(0)  # the images are shuffled, though in one batch
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, kernel_initializer="zeros")]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.1), loss)
    model.fit(x, y, batch_size=100, epochs=3, verbose=0)

    weights, b = page.train(x, y, lr=0.1, epochs=3, batch_size=100)

    np.testing.assert_allclose(weights, model.get_weights()[0], atol=1e-5)
    np.testing.assert_allclose(b, model.get_weights()[1], atol=1e-5)


def test_first_step_is_the_difference_of_mean_images(page, clothes):
    learn = page.experiment_learn(samples=200, epochs=2, batch_size=20)

    assert min(learn["first_step"]) > 0.999
    assert learn["epochs"][0] == pytest.approx(np.log(10), rel=1e-5)
    with style("light"):
        assert len(page.figure_templates(learn).axes) == 10
        assert len(page.figure_opening(learn).axes) == 10


def test_claim_about_likeness_turns_when_the_first_step_is_another(page):
    learned = {"first_step": [0.999] * 10, "learned": [0.6] * 10}

    assert page.claim_likeness(learned)[0]
    assert not page.claim_likeness({**learned, "first_step": [0.9] * 10})[0]


def race(mini_end, mini_late):
    rows = []
    for size, cost in ((10000, 20.0), (50, 0.1), (1, 0.05)):
        for seed in (0, 1, 2):
            end = {10000: 1.4, 50: mini_end, 1: 0.45}[size] + 0.01 * (seed % 2 - 1)
            end += 0.04 * (size == 1) * seed
            late = {10000: 0.8, 50: mini_late, 1: 0.45}[size] + 0.0012 * seed
            curve = [[0, 0, 2.3], [5, 0.1, end], [60, 1.2, late]]
            row = {"batch_size": size, "lr": 0.1, "seed": seed, "curve": curve}
            rows.append({**row, "milliseconds": cost})
    return pd.DataFrame(rows)


def test_claims_about_batches_turn_with_the_losses(page):
    assert page.claim_race(race(0.5, 0.3))[0]
    assert not page.claim_race(race(1.3, 0.3))[0]
    assert page.claim_single(race(0.5, 0.3))[0]
    assert not page.claim_single(race(0.5, 0.46))[0]
    assert not page.claim_single(race(0.9, 0.3))[0]


def test_race_sees_every_image_as_often_whatever_the_batch(page, clothes):
    small = page.experiment_race(batch_size=20, samples=200, passes=1)
    single = page.experiment_race(batch_size=1, lr=0.003, samples=200, passes=1)

    assert page.loss_after(small["curve"], 1) < np.log(10)
    assert [row[0] for row in single["curve"]] == pytest.approx(np.arange(6) / 5)
    assert small["curve"][-1][0] == 12


def test_full_batch_with_a_small_step_never_rises(page, clothes):
    wobble = page.experiment_wobble(batch_size=200, lr=0.001, samples=200, steps=10)

    assert wobble["rises"] == 0


# ------------------------------------------------------------------------- scaling


def test_raw_pixels_with_a_rate_over_255_squared_learn_the_same_weights(page, clothes):
    x, y = page.load_images(200)["train"]

    weights, b = page.train(x / 255, y, lr=0.01, epochs=1)
    raw, c = page.train(x, y, lr=0.01 / 255**2, epochs=1)

    np.testing.assert_allclose(255 * raw, weights, atol=0.02 * np.abs(weights).max())
    assert np.abs(c).max() < np.abs(b).max() / 1000


def test_scaling_experiment_finds_its_rates_again(page, clothes):
    rows = [
        {**case, **page.experiment_scaling(**case, samples=100, epochs=1)}
        for case in page.cases_scaling
        if case["seed"] == 0
    ]
    frame = pd.DataFrame(rows)

    assert len(page.at_rate(frame, "0–255", 0.01 / 255**2)) == 1
    assert len(page.at_rate(frame, "표준화", 0.01)) == 1


def scaling(page, standard, unit=0.80):
    """Every rate alike but the best of each; accuracies that scatter by 0.004."""
    rows = []
    for case in page.cases_scaling:
        level = {"0–255": 0.80, "0–1": unit, "표준화": standard}[case["pixels"]]
        score = level + 0.002 * [0, 1, -1, 2, -2][case["seed"]]
        loss = 500.0 if (case["pixels"], case["lr"]) == ("0–255", 0.01) else 1 - level
        rows.append({**case, "loss": loss, "accuracy": score, "val_accuracy": score})
    return pd.DataFrame(rows)


def test_claims_about_pixels_turn_with_the_accuracies(page):
    assert page.claim_scaling_rate(scaling(page, 0.85))[0]
    assert not page.claim_scaling_rate(scaling(page, 0.85, unit=0.83))[0]
    assert page.claim_scaling(scaling(page, 0.85))[0]
    assert not page.claim_scaling(scaling(page, 0.80))[0]
    assert page.claim_standardised(scaling(page, 0.85))[0]
    assert not page.claim_standardised(scaling(page, 0.80))[0]


def test_rate_is_chosen_on_validation_and_told_on_test_images(page):
    frame = scaling(page, 0.80)
    seen = np.isclose(frame["lr"], 0.03)
    frame.loc[seen, "val_accuracy"] += 0.05
    frame.loc[seen, "accuracy"] -= 0.05

    lr, accuracy = page.best_pixels(frame)["표준화"]

    assert lr == 0.03 and accuracy.mean() == pytest.approx(0.75)


# ---------------------------------------------------------- logistic regression, limits


def test_newton_and_descent_reach_the_same_minimum(page, clothes):
    logistic = page.experiment_logistic(samples=100, ridge=0.1, steps=500)

    assert page.claim_logistic(logistic)[0]
    assert not page.claim_logistic({**logistic, "same": 0.9})[0]


def test_no_weights_pass_the_bound_when_images_come_inverted_too(page, clothes):
    x, y = page.with_inverted(*page.load_images(200)["train"])
    rng = np.random.default_rng(0)

    for _ in range(20):
        weights, b = rng.normal(size=(784, 10)), rng.normal(size=10)
        assert page.loss_and_accuracy(weights, b, x, y)[1] <= 0.55

    trained = page.experiment_inverted(samples=200, epochs=2)
    assert trained["accuracy"] <= 0.55


def test_zero_weights_are_the_bottom_when_images_come_inverted_too(page, clothes):
    balanced = page.experiment_balanced(per_class=10)

    assert page.claim_balanced(balanced)[0]
    assert not page.claim_balanced({**balanced, "both": balanced["plain"]})[0]
    assert balanced["loss"] == pytest.approx(np.log(10))


def test_claim_about_inverted_images_turns_when_guessing_is_beaten(page):
    def frame(both):
        rows = [("linear", "plain", 3, 0.8), ("linear", "both", 10, both)]
        return pd.DataFrame(
            {
                "model": model,
                "data": data,
                "seed": seed,
                "accuracy": level + 0.01 * (-1) ** seed,
            }
            for model, data, seeds, level in (*rows, ("hidden", "both", 3, 0.78))
            for seed in range(seeds)
        )

    assert page.claim_inverted(frame(0.1))[0]
    assert not page.claim_inverted(frame(0.3))[0]


# ------------------------------------------------------------------------- answers


def test_answers_are_those_of_the_page(page):
    answers = page.experiment_answers()

    assert (answers["mnist"], answers["cifar"]) == (7850, 30730)
    assert answers["p"] == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert answers["loss"] == pytest.approx(np.log(8 / 5))
    assert answers["images"] == [100, 3072]
    assert answers["colours"] == [102400, 3]
    assert answers["gradient"] == [[0.25, -1.5, 1.25], [0, 0, 0]]

"""The activations chapter with tiny knobs: what its formulas and answers promise."""

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


TINY = {"samples": 500, "epochs": 3, "batch_size": 50}


# ------------------------------------------------------------------------ formulas


def test_derivatives_equal_finite_differences(page):
    x = np.array([-6.3, -2.1, -0.4, 0.3, 1.7, 5.2])
    for name, f in page.FUNCTIONS.items():
        slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5

        np.testing.assert_allclose(page.DERIVATIVES[name](x), slope, atol=1e-8)


def test_functions_equal_those_of_keras(page):
    import keras

    x = np.linspace(-5, 5, 101)
    for name, f in page.FUNCTIONS.items():
        theirs = np.asarray(keras.activations.get(name)(x))

        np.testing.assert_allclose(f(x), theirs, atol=1e-6, err_msg=name)


def test_derivative_formulas_equal_automatic_ones(page):
    shapes = page.experiment_shapes(points=401)

    assert page.claim_formulas(shapes)[0]
    assert shapes["sigmoid"]["slope_max"] == pytest.approx(0.25)
    assert shapes["relu"]["slope_at_zero"] == 0
    assert shapes["tanh"]["flat_from"] == pytest.approx(3, abs=0.05)


def test_relu_of_the_worked_matrix_ends_in_one_not_four(page):
    example = page.experiment_example()

    assert example["relu"] == [[0, 3, 2], [0, 2, 0], [0, 0, 1]]
    with style("light"):
        assert len(page.figure_example(example).axes) == 3


# ------------------------------------------------------------ what separates layers


def test_two_linear_layers_are_one_matrix(page):
    product = page.experiment_product()

    assert product["two_layers"] == product["one_layer"] == [1, 3]
    assert product["with_relu"] == [2, 2]
    assert page.claim_product(product)[0]


def test_collapsed_layers_give_the_same_scores(page):
    rng = np.random.default_rng(0)
    sizes = [(5, 4), (4,), (4, 3), (3,), (3, 2), (2,)]
    weights = [rng.normal(size=size) for size in sizes]
    x = rng.normal(size=(7, 5))

    weight, bias = page.collapse(weights)

    np.testing.assert_allclose(x @ weight + bias, page.forward(weights, "linear", x))


def test_trained_linear_layers_collapse(page, clothes):
    result = page.experiment_layers(model="linear", **TINY)

    assert result["difference"] < 1e-4
    assert result["rank"] <= 10
    assert result["parameters"] == 109386


def test_claim_about_layers_turns_when_relu_does_not_help(page):
    def frame(gain):
        return pd.DataFrame(
            {
                "model": model,
                "seed": seed,
                "accuracy": 0.8 + 0.001 * seed + (gain if model == "relu" else 0),
                "parameters": 1,
                "difference": 1e-6,
            }
            for model in ("softmax", "linear", "relu")
            for seed in (0, 1, 2)
        )

    assert page.claim_layers(frame(0.02))[0]
    assert not page.claim_layers(frame(-0.02))[0]


def test_straight_line_cannot_follow_the_moons_but_relu_can(page):
    border = page.experiment_border(samples=600, epochs=8)

    assert border["relu"]["accuracy"] > border["linear"]["accuracy"]
    with style("light"):
        assert len(page.figure_border(border).axes) == 3


# -------------------------------------------------------------------------- depth


def test_sigmoid_gradient_shrinks_by_about_a_quarter_a_layer(page, clothes):
    norms = page.experiment_norms(depth=8, images=64, seeds=(0, 1))
    summary = page.experiment_norms_summary(norms)

    assert 0.15 < summary["sigmoid"]["per_layer"] < 0.35
    assert summary["tanh"]["per_layer"] > 0.7
    assert summary["relu"]["per_layer"] > 0.7


def test_depth_experiment_learns(page, clothes):
    result = page.experiment_depth(activation="tanh", depth=2, **TINY)

    assert result["accuracy"] > 0.3


def test_shifted_and_steeper_sigmoid_is_half_a_tanh(page):
    x = np.linspace(-3, 3, 31)

    np.testing.assert_allclose(page.sigmoid(4 * x) - 0.5, np.tanh(2 * x) / 2)


# --------------------------------------------------------------- dead units, values


def test_unit_is_dead_only_when_every_image_is_negative(page):
    z = np.array([[-1.0, -2.0, 3.0], [4.0, -5.0, 6.0]])  # (2 images, 3 units)

    assert page.count_dead(z) == {
        "negative": pytest.approx(0.5),
        "dead": pytest.approx(1 / 3),
    }


def test_diverged_training_is_told_apart_from_dead_units(page, clothes):
    burnt = page.experiment_dead(activation="leaky_relu", lr=1e6, **TINY)
    healthy = page.experiment_dead(lr=0.01, **TINY)

    assert burnt["diverged"] and burnt["dead"] is None
    assert not healthy["diverged"] and healthy["dead"] < 0.5


def test_preactivations_lead_to_the_scores(page):
    model = page.build_mlp("tanh", widths=(6, 5))
    x = np.random.default_rng(0).random((3, 784), dtype="float32")

    first, second = page.preactivations(model, x)

    assert first.shape == (3, 6) and second.shape == (3, 5)
    weight, bias = model.layers[-1].get_weights()
    scores = np.tanh(second) @ weight + bias
    np.testing.assert_allclose(scores, model(x), atol=1e-5)


def test_compared_activations_train(page, clothes):
    for name in ("sigmoid", "selu", "mish"):
        result = page.experiment_compare(activation=name, **(TINY | {"epochs": 1}))

        assert 0 <= result["flat"] <= 1
        assert np.isfinite(result["accuracy"])


def compare_frame(page, **accuracy):
    return pd.DataFrame(
        {
            "activation": name,
            "optimizer": optimizer,
            "seed": seed,
            "accuracy": accuracy.get(name, 0.84) + 0.001 * seed,
        }
        for name in page.NAMES
        for optimizer in page.OPTIMIZERS
        for seed in (0, 1, 2)
    )


def test_claim_about_the_best_turns_when_relu_beats_every_other(page):
    assert page.claim_best(compare_frame(page, relu=0.83))[0]
    assert page.claim_best(compare_frame(page, relu=0.85, mish=0.85))[0]
    assert not page.claim_best(compare_frame(page, relu=0.85))[0]


def tuned_frames(page, **accuracy):
    """What each function reaches at its best rate; other rates look worse."""
    rows = [
        {
            **where,
            "lr": lr,
            "seed": seed,
            "val_accuracy": 0.8 - lr / 10,
            "accuracy": accuracy.get(key, 0.8) + 0.001 * seed + (lr > 0.3),
        }
        for key, where in (
            ("sigmoid", page.SHIFTS["σ(x)"]),
            ("centred", page.SHIFTS["σ(x) − ½"]),
            ("steep", page.SHIFTS["σ(4x)"]),
            ("both", page.SHIFTS["σ(4x) − ½"]),
            ("tanh", {"activation": "tanh"}),
            ("relu", {"activation": "relu"}),
        )
        for lr in (0.3, 1.0)
        for seed in (0, 1, 2)
    ]
    frame = pd.DataFrame(rows)
    return frame[frame["activation"].isna()], frame[frame["steepness"].isna()]


def test_claim_about_tanh_turns_when_sigmoid_catches_up_or_adam_tells_them_apart(page):
    alike, apart = compare_frame(page), compare_frame(page, sigmoid=0.8)
    centre, tuned = tuned_frames(page, sigmoid=0.75)
    caught, _ = tuned_frames(page, sigmoid=0.8)

    assert page.claim_tanh(centre, tuned, alike)[0]
    assert not page.claim_tanh(caught, tuned, alike)[0]
    assert not page.claim_tanh(centre, tuned, apart)[0]


def test_claim_about_relu_turns_when_sgd_tells_it_from_sigmoid_or_adam_does_not(page):
    alike, apart = compare_frame(page), compare_frame(page, sigmoid=0.8)
    centre, tuned = tuned_frames(page)

    assert page.claim_relu_or_sigmoid(centre, tuned, apart)[0]
    assert not page.claim_relu_or_sigmoid(centre, tuned, alike)[0]
    behind, _ = tuned_frames(page, sigmoid=0.75)
    assert not page.claim_relu_or_sigmoid(behind, tuned, apart)[0]


def test_claim_about_the_centre_needs_both_changes_to_help(page):
    def holds(**accuracy):
        return page.claim_centre(tuned_frames(page, sigmoid=0.75, **accuracy)[0])[0]

    assert holds()
    assert not holds(centred=0.75)
    assert not holds(steep=0.75)


def test_rate_is_chosen_on_validation_and_reported_on_test(page):
    centre, tuned = tuned_frames(page)

    lr, accuracy = page.at_best_rate(tuned, activation="relu")

    assert lr == 0.3 and accuracy.max() < 1
    summary = page.experiment_centre_summary(centre, tuned)
    assert not summary["centred"]["higher"]
    assert len(page.table_rates(centre, tuned)) == 6
    with style("light"):
        assert page.figure_centre_effect(centre, tuned).axes


def test_tuned_networks_are_scored_on_validation_and_test(page, clothes):
    for result in (
        page.experiment_centre(steepness=4, shift=0.5, **TINY),
        page.experiment_tuned(activation="tanh", **TINY),
    ):
        assert set(result) == {"val_accuracy", "accuracy"}


# --------------------------------------------------------------------------- cost


def test_cost_is_relative_to_relu(page, clothes):
    cost = page.experiment_cost(elements=10_000, rounds=4)
    epochs = page.experiment_epochs(rounds=2, samples=200)

    assert cost["relu"]["both_ratio"] == epochs["relu"]["ratio"] == 1
    assert set(cost) == set(page.NAMES)
    with style("light"):
        assert len(page.figure_cost_bars(cost, epochs).axes) == 2


# ------------------------------------------------------------------------- output


def test_stable_loss_survives_large_scores(page):
    stability = page.experiment_stability()

    assert page.claim_stability(stability)[0]
    table = page.table_scores(stability)
    assert len(table) == 2 * len(stability["rows"])
    np.testing.assert_allclose(table["s를 빼고"], table["참값"], rtol=2e-7, atol=1.2e-7)


def test_claim_about_stability_turns_with_the_error_of_subtracting_late(page):
    stability = page.experiment_stability()
    stability["rows"][0]["error_right"] = 1.98e-7  # 10 + log(...) - 10 cancels

    assert not page.claim_stability(stability)[0]


def test_stable_loss_equals_the_definition(page):
    scores = np.array([0.3, -1.2, 2.0])

    assert page.stable_loss(scores, 1) == pytest.approx(page.naive_loss(scores, 1))


# ------------------------------------------------------------------------ answers


def test_answer_counts_parameters_as_keras_does(page):
    assert page.answer_parameters((784, 128, 64, 10)) == 109386
    assert page.build_mlp("relu").count_params() == 109386


def test_answer_shrinks_by_a_quarter_a_layer(page):
    assert page.answer_shrink(10) == pytest.approx(1 / 4**10)


def test_answer_turns_a_tanh_network_into_a_sigmoid_network(page):
    rng = np.random.default_rng(0)
    sizes = [(4, 3), (3,), (3, 2), (2,)]
    weights = [rng.normal(size=size) for size in sizes]
    x = rng.normal(size=(5, 4))

    converted = page.answer_tanh_weights(*weights)

    np.testing.assert_allclose(page.answer_tanh(x), np.tanh(x), atol=1e-12)
    np.testing.assert_allclose(
        page.forward(list(converted), "sigmoid", x), page.forward(weights, "tanh", x)
    )


def test_answer_makes_the_absolute_value(page):
    x = np.linspace(-2, 2, 9)

    np.testing.assert_array_equal(page.answer_absolute(x), np.abs(x))
    assert page.experiment_answers()["collapsed"] == 7850

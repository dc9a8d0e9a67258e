"""The network chapter with tiny knobs: what formulas, claims and answers promise."""

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


def small_network(page, sizes=(5, 4, 3, 2), n=6):
    rng = np.random.default_rng(0)
    params = [p + rng.normal(0, 0.1, p.shape) for p in page.he_normal(sizes, rng)]
    return params, rng.normal(size=(n, sizes[0])), np.arange(n) % sizes[-1]


# ------------------------------------------------------------ forward and backward


def test_loss_is_the_mean_negative_log_of_the_softmax(page):
    scores, y = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]), np.array([1, 0])
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)

    loss, ds = page.softmax_loss(scores, y)

    assert loss == pytest.approx(-np.log(p[[0, 1], y]).mean())
    np.testing.assert_allclose(ds, (p - np.eye(3)[y]) / 2)


def test_loss_survives_large_scores(page):
    loss, ds = page.softmax_loss(np.array([[1000.0, 0.0]]), np.array([1]))

    assert loss == pytest.approx(1000)
    np.testing.assert_allclose(ds, [[1, -1]])


def test_three_layer_code_equals_the_loop_over_layers(page):
    params, x, y = small_network(page)
    h1, h2, scores = page.forward(params, x)
    loss, ds = page.softmax_loss(scores, y)

    looped_loss, looped = page.gradients(params, x, y)

    assert looped_loss == loss
    for ours, theirs in zip(page.backward(params, x, h1, h2, ds), looped, strict=True):
        np.testing.assert_allclose(ours, theirs)


@pytest.mark.parametrize("relu", [True, False])
@pytest.mark.parametrize("sizes", [(3, 2), (3, 4, 2), (3, 4, 4, 2)])
def test_gradients_equal_central_differences_at_any_depth(page, sizes, relu):
    params, x, y = small_network(page, sizes)
    _, grads = page.gradients(params, x, y, relu)

    for i, grad in enumerate(grads):

        def loss(p, i=i):
            moved = [*params[:i], p, *params[i + 1 :]]
            return page.gradients(moved, x, y, relu)[0]

        np.testing.assert_allclose(grad, page.slopes(loss, params[i]), atol=1e-8)


def test_backward_equals_keras_on_images(page, clothes):
    check = page.experiment_check(samples=8, entries=3)

    assert page.claim_gradients(check)[0]
    assert list(page.table_gradient_check(check)["기울기"][:2]) == ["dW1", "db1"]
    check["rows"]["W1"]["keras"] = 1e-3
    assert not page.claim_gradients(check)[0]


def test_numpy_and_keras_train_alike(page, clothes):
    twins = pd.DataFrame(
        {**case, **page.experiment_twins(**case, samples=120, epochs=1)}
        for case in page.cases_twins
    )

    assert page.claim_twins(twins)[0]
    assert page.experiment_twins_summary(twins)["float64"]["steps"] == 3
    twins.at[0, "gap"] = [0.1] * 12
    assert not page.claim_twins(twins)[0]


# ------------------------------------------------------------- the worked example


def test_worked_numbers_are_those_of_the_page(page):
    worked = page.experiment_worked()

    assert worked["z"] == [3, -1] and worked["h"] == [3, 0]
    assert worked["dz"] == [4, 0] and worked["dW"] == [[8, 0], [4, 0]]
    assert worked["loss_after"] < worked["loss"]
    assert page.claim_by_hand(worked)[0]
    with style("light"):
        assert page.figure_graph(worked).axes


def test_claim_by_hand_turns_when_the_closed_gate_is_forgotten(page):
    worked = page.experiment_worked()
    worked["dW"] = np.outer(worked["x"], worked["dh"]).tolist()

    assert not page.claim_by_hand(worked)[0]


# --------------------------------------------------------------------- the spiral


def test_collapsed_layers_give_the_same_scores(page):
    params, x, _ = small_network(page)

    weight, bias = page.collapse(params)

    np.testing.assert_allclose(x @ weight + bias, page.run_layers(params, x, False)[1])


def test_spiral_has_three_arms_of_equal_size(page):
    x, y = page.make_spiral(300, 1.0, np.random.default_rng(0), noise=0)

    assert np.bincount(y).tolist() == [100, 100, 100]
    angle = np.arctan2(x[:, 1], x[:, 0]) / (2 * np.pi)
    turned = (angle - np.hypot(*x.T) - y / 3) % 1
    np.testing.assert_allclose(np.minimum(turned, 1 - turned), 0, atol=1e-9)


def test_wide_network_has_as_many_parameters_as_the_deep_one(page):
    wide, deep = (page.NETWORKS[key][0] for key in ("2층, 넓게", "3층"))

    assert page.count_parameters(wide) == page.count_parameters(deep) == 1251


def test_layers_help_only_where_something_bends(page):
    x, y = page.make_spiral(600, 1.0, np.random.default_rng(5))
    accuracy = {}
    for network in ("1층", "3층"):
        params, relu = page.train_spiral(network, 1.0, seed=0, epochs=30)
        accuracy[network] = page.accuracy_of(params, x, y, relu)

    assert accuracy["1층"] < 0.5 < 0.8 < accuracy["3층"]


def spiral_frame(page, fixed=(0.35, 0.6, 0.95, 0.7), best=(0.4, 0.99, 0.995, 0.99)):
    """One layer, two, three and wide at 0.1, and at the rate that validation picks."""
    names = ("1층", "2층", "3층", "2층, 넓게")
    levels = {
        0.1: dict(zip(names, fixed, strict=True)),
        1.0: dict(zip(names, best, strict=True)),
    }
    return pd.DataFrame(
        {
            "network": network,
            "turns": turns,
            "lr": lr,
            "seed": seed,
            "val_accuracy": lr / 10,
            "accuracy": levels[lr].get(network, fixed[0]) + 0.001 * seed,
            "parameters": 9,
            "difference": None if "없음" not in network else 1e-15,
        }
        for network in page.NETWORKS
        for turns in (1.0, 0.4)
        for lr in levels
        for seed in (0, 1, 2)
    )


def test_claims_about_layers_turn_when_tuning_does_not_close_the_gap(page):
    spiral = spiral_frame(page)
    far = spiral_frame(page, best=(0.4, 0.9, 0.995, 0.9))

    assert page.claim_more_layers(spiral)[0] and page.claim_same_size(spiral)[0]
    assert not page.claim_more_layers(far)[0] and not page.claim_same_size(far)[0]


def test_claims_about_layers_turn_when_depth_does_not_help_at_one_rate(page):
    flat = spiral_frame(page, fixed=(0.35, 0.7, 0.7, 0.8))

    assert not page.claim_more_layers(flat)[0] and not page.claim_same_size(flat)[0]


def test_claim_about_linear_layers_turns_when_they_differ_from_one(page):
    spiral = spiral_frame(page)
    better = spiral.copy()
    better.loc[better["network"] == "3층, ReLU 없음", "accuracy"] += 0.1

    assert page.claim_linear_layers(spiral)[0]
    assert not page.claim_linear_layers(better)[0]


def test_spiral_rate_is_chosen_on_validation(page):
    spiral = spiral_frame(page)
    summary = page.experiment_spiral_summary(spiral)

    assert page.at_best_rate(spiral, "2층", 1.0)[0] == 1.0
    assert summary["fixed"]["two"] == pytest.approx(0.601)
    assert summary["tight"]["two"] == pytest.approx(0.991)
    assert "(1)" in page.table_spiral_accuracy(spiral)["한 바퀴, 고른 것"][1]


def test_border_holds_one_digit_a_cell(page):
    border = page.experiment_border(side=7, epochs=1)

    assert all(len(row) == 7 for row in border["3층"])
    with style("light"):
        assert len(page.figure_border(border, spiral_frame(page)).axes) == 4


# ------------------------------------------------------------- building and counting


def test_formula_counts_parameters_as_keras_does(page):
    counts, ways = page.experiment_counts(), page.experiment_ways()

    assert page.claim_counted(counts, ways)[0] and page.claim_ways_equal(ways)[0]
    assert counts["784-128-64-10"]["keras"] == 109386
    assert counts["784-512-256-128-10"]["formula"] == 567434
    assert ways["layers"][0]["shape"] == "(None, 784)"


# ---------------------------------------------------------------------- real images


def test_network_learns_and_fixed_layer_learns_less(page, clothes, monkeypatch):
    images = page.load_images(400)[0]
    monkeypatch.setattr(page, "load_images", lambda samples: (images, images))

    learned = page.experiment_fit(width=16, epochs=20, last=1)
    fixed = page.experiment_fit(width=16, features="random", epochs=20, last=1)

    assert learned["accuracy"] > 0.5
    assert learned["loss"][-1] < fixed["loss"][-1]


def fit_frame(page, one=0.02, two=0.0, small=-0.03, learned=0.1, falls=1):
    gains = {(0, 0): 0, (1, 128): one, (2, 128): one + two, (1, 8): small}
    rows = []
    for case in page.cases_fit:
        gain = gains.get((case["hidden"], case["width"]), 0)
        gain -= learned if case["features"] == "random" else 0
        jitter = 0.001 * (case["seed"] % 2) * (case["hidden"] == 2)
        epochs = np.arange(21)
        rows.append(
            {
                **case,
                "accuracy": 0.8 + gain + jitter - 0.0004 * (case["hidden"] == 2),
                "loss": (2 - 0.05 * falls * epochs).tolist(),
                "val_loss": (2 - 0.01 * epochs - 0.1 * (epochs % 2)).tolist(),
            }
        )
    return pd.DataFrame(rows)


def random_frame(page, accuracy=0.7):
    rows = [
        {**case, "accuracy": accuracy + 0.001 * (case["seed"] % 2)}
        for case in page.cases_random
    ]
    return pd.DataFrame(rows)


def test_claims_about_images_turn_with_their_data(page):
    fit = fit_frame(page)

    assert page.claim_hidden_layer(fit)[0]
    assert page.claim_gradual(fit)[0]
    assert page.claim_features(fit, random_frame(page))[0]
    assert not page.claim_features(fit, random_frame(page, 0.9))[0]
    assert not page.claim_hidden_layer(fit_frame(page, small=0.015))[0]
    assert not page.claim_hidden_layer(fit_frame(page, two=0.05))[0]
    assert not page.claim_hidden_layer(fit_frame(page, one=-0.02))[0]
    assert not page.claim_gradual(fit_frame(page, falls=-1))[0]


def narrow_frame(gone=0.75, alive=0.799, flat=0.8):
    rows = []
    for seed in range(8):
        dead = int(seed > 1)
        accuracy = (gone if dead else alive) + 0.0001 * seed
        rows += [
            {"relu": True, "seed": seed, "dead": dead, "accuracy": accuracy},
            {"relu": False, "seed": seed, "dead": 0, "accuracy": flat + 0.0001 * seed},
        ]
    return pd.DataFrame(rows)


def test_claim_about_eight_units_turns_with_each_of_its_parts(page):
    fit = fit_frame(page)

    assert page.claim_narrow(narrow_frame(), fit)[0]
    assert not page.claim_narrow(narrow_frame(gone=0.81), fit)[0]
    assert not page.claim_narrow(narrow_frame(alive=0.78), fit)[0]
    assert not page.claim_narrow(narrow_frame(flat=0.77), fit)[0]
    with style("light"):
        assert page.figure_narrow_runs(narrow_frame(), fit).axes


def test_narrow_and_random_layers_train(page, clothes, monkeypatch):
    images = page.load_images(400)[0]
    monkeypatch.setattr(page, "load_images", lambda samples: (images, images))

    assert page.experiment_narrow(relu=False, epochs=2)["dead"] == 0
    assert 0 <= page.experiment_narrow(epochs=2)["dead"] <= 8
    assert 0 < page.experiment_random(width=16, epochs=2)["accuracy"] <= 1


def test_first_weights_are_small_integers(page, clothes):
    filters = page.experiment_filters(samples=200, epochs=1)

    assert np.abs(filters["images"]).max() == 127
    assert len(filters["likes"]) == len(filters["images"]) == 12


# -------------------------------------------------------------------------- answers


def test_answer_width_is_the_nearest(page):
    width = page.answer_width(109386)
    gaps = [
        abs(page.count_parameters((784, h, 10)) - 109386)
        for h in (width - 1, width, width + 1)
    ]

    assert min(gaps) == gaps[1]


def test_answer_relu_passes_only_where_the_unit_is_on(page):
    z, dh = np.array([3.0, -1.0, 0.5]), np.array([2.0, 5.0, -4.0])

    slope = page.slopes(lambda z: np.maximum(z, 0) @ dh, z)

    np.testing.assert_allclose(page.answer_relu(z, dh), slope, atol=1e-9)


def test_answer_xor_tells_equal_from_different(page):
    assert page.experiment_answers()["xor"] == [0, 1, 1, 0]


def test_answer_shapes_are_those_of_what_is_differentiated(page):
    assert page.answer_shapes(n=7, d=5, k=3) == [(5, 3), (3,), (7, 5)]

"""The optimizers chapter with tiny knobs: its rules are Keras's, its claims fail."""

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
    pictures[:, :, :4] = 0  # four columns that never light up
    data = pictures.astype("uint8"), labels.astype("uint8")
    for name in ("mnist", "fashion_mnist"):
        dataset = getattr(keras.datasets, name)
        monkeypatch.setattr(dataset, "load_data", lambda: (data, data))


# --------------------------------------------------------------------------- rules


def test_seven_rules_walk_with_keras(page):
    same = page.experiment_same(steps=20)

    assert set(same) == set(page.RULES)
    assert page.claim_same(same)[0]
    assert [same[name]["state"] for name in page.RULES] == [0, 1, 1, 1, 1, 2, 2]


def test_claim_about_keras_turns_when_one_rule_strays(page):
    same = page.experiment_same(steps=2)
    same["adam"]["difference"] = 2e-6

    assert not page.claim_same(same)[0]


def test_looking_ahead_is_the_rule_keras_writes(page):
    forms = page.experiment_forms()

    assert page.claim_forms(forms)[0]


def test_first_step_of_adam_is_the_rate_whatever_the_gradient(page):
    for g in (100.0, 1.0, -0.01):
        step = page.adam(0.0, g, {}, 0.001)

        assert step == pytest.approx(-0.001 * np.sign(g), rel=1e-3)


def test_states_of_adam_are_first_and_second_moments(page):
    moments = page.experiment_moments(steps=1500)

    assert page.claim_moments(moments)[0]
    assert moments["first_uncorrected"] == pytest.approx(1e-4 / 0.001**0.5, rel=1e-3)
    assert not page.claim_moments(moments | {"r": moments["m"]})[0]


def test_epsilon_inside_the_root_slows_tiny_gradients_more(page):
    tiny = page.experiment_tiny()
    at = tiny["size"].index(1e-6)

    assert tiny["rmsprop"][at] < 0.01 < 0.4 < tiny["adam"][at] < tiny["adam_small"][at]


def test_silent_compile_and_shared_optimizer_do_as_the_page_says(page):
    habits = page.experiment_habits()

    assert page.claim_habits(habits)[0]
    assert not page.claim_habits(habits | {"silent": "SGD"})[0]


# ------------------------------------------------------------------------- network


def test_gradient_equals_finite_differences(page):
    rng, sizes = np.random.default_rng(0), (5, 4, 3)
    theta = page.initial(sizes, rng).astype(float)
    x, y = rng.normal(size=(6, 5)), np.array([0, 1, 2, 0, 1, 2])

    _, g = page.backward(theta, x, y, sizes)

    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = 1e-6
        up, down = (page.backward(theta + s * step, x, y, sizes)[0] for s in (1, -1))
        assert g[i] == pytest.approx((up - down) / 2e-6, abs=1e-6)


def test_network_learns_easy_images(page, images):
    result = page.experiment_fit("adam", 0.003, samples=500, epochs=3, seeds=(0, 1))

    assert np.shape(result["accuracy"]) == (2, 3)
    assert np.mean(result["accuracy"], axis=0)[-1] > 0.5


def test_clipped_gradient_is_never_longer_than_the_limit(page):
    g = np.array([3.0, 4.0])

    assert np.linalg.norm(page.clip(g, 1.0)) == pytest.approx(1)
    np.testing.assert_array_equal(page.clip(g, 10.0), g)


def test_decoupled_decay_ignores_the_size_of_gradients(page):
    coupled = page.experiment_coupled(copies=50)

    assert page.claim_coupled(coupled)[0]
    assert coupled["noisy"]["adamw"] == pytest.approx(np.exp(-0.1), abs=0.01)


# ------------------------------------------------------------------ ravine, saddle


def test_momentum_beats_descent_in_the_ravine(page):
    ravine = page.experiment_ravine(steps=200, tries=30)

    assert page.claim_speed(ravine)[0]
    assert page.claim_turned(ravine)[0]
    with style("light"):
        assert len(page.figure_paths(ravine).axes) == 2


def test_settling_means_staying_below(page):
    path = np.array([[1.0, 0.0], [0.01, 0.0], [0.5, 0.0], [0.01, 0.0], [0.0, 0.0]])

    assert page.settle(path, np.eye(2), 0.001) == 3


def test_saddle_holds_descent_but_not_adam(page):
    saddle = page.experiment_saddle(starts=(1e-1, 1e-3, 1e-5))

    steps = {name: np.diff(saddle[name]["steps"]) for name in page.NAMES}
    assert max(steps["adam"]) < 4 < min(steps["sgd"])


def test_momentum_smooths_steps_not_the_loss(page):
    noise = page.experiment_noise(copies=1000)

    assert page.claim_damping(noise)[0]
    assert noise["same_rate"]["loss"] > 5 * noise["sgd"]["loss"]
    assert noise["sgd"]["loss"] == pytest.approx(0.1 / 1.9 / 2, rel=0.05)


# ------------------------------------------------------------------ adaptive rates


def test_rare_pixels_get_larger_rates(page, images):
    frames = [
        {"name": name, "lr": 0.01}
        | page.experiment_steps(name, 0.01, samples=300, steps=20, seeds=(0,))
        for name in page.ADAPTIVE
    ]
    steps = pd.DataFrame(frames)

    assert page.drift(steps, "adagrad")["late"] < 1
    assert len(steps["map"].iloc[0]) == 784
    with style("light"):
        assert page.figure_pixels(steps).axes
        assert page.figure_drifts(steps).axes


def test_claim_about_the_schedule_turns_when_adam_keeps_shrinking(page):
    def frame(last):
        rates = {
            "adagrad": (1, 0.9, 0.8),
            "rmsprop": (1, 0.3, 2),
            "adam": (1, 0.5, last),
        }
        return pd.DataFrame(
            {
                "name": name,
                "rate": [a] * 3 + [b] + [c] * 6,
                "rank": -0.99,
                "rare": 2.0,
                "often": 1.0,
            }
            for name, (a, b, c) in rates.items()
        )

    assert page.claim_schedule(frame(3))[0]
    assert not page.claim_schedule(frame(0.4))[0]


# -------------------------------------------------------------------------- claims


def grid(page, level, scatter=0.002):
    """A fit whose accuracy is level[name] at the middle rate, less at the others.

    The seeds of each rule scatter in an order of their own, so that differences do too.
    """
    noise = scatter * np.array([0.0, 0.5, -0.5, 1.0, -1.0])
    rows = []
    for number, name in enumerate(page.NAMES):
        for i, lr in enumerate(page.GRID[name]):
            top = level.get(name, 0.83) - 0.05 * abs(i - 2) + np.roll(noise, number)
            accuracy = (top[:, None] * np.ones(8)).tolist()
            row = {"name": name, "lr": lr, "train": (top + 0.03).tolist()}
            rows.append({**row, "accuracy": accuracy, "val_accuracy": accuracy})
    return pd.DataFrame(rows)


def test_best_rate_is_the_one_with_the_best_mean(page):
    fit = grid(page, {})

    assert page.best_lr(fit, "adam") == page.GRID["adam"][2]
    assert page.usable(fit, "adam") == 1
    assert page.best(fit, "adam").mean() == pytest.approx(0.83)


def test_rate_is_chosen_on_validation_and_told_on_test_images(page):
    fit = grid(page, {})
    first = (fit["name"] == "adam") & (fit["lr"] == page.GRID["adam"][0])
    fit["val_accuracy"] = [
        (np.array(values) + 0.3 * lucky).tolist()
        for values, lucky in zip(fit["val_accuracy"], first, strict=True)
    ]

    assert page.best_lr(fit, "adam") == page.GRID["adam"][0]
    assert page.best(fit, "adam").mean() == pytest.approx(0.73)


def test_claim_about_rmsprop_turns_when_adam_wins(page):
    assert page.claim_rmsprop(grid(page, {}))[0]
    assert not page.claim_rmsprop(grid(page, {"adam": 0.86}))[0]


def test_claim_about_nesterov_turns_when_it_is_no_better(page):
    ravine = {name: {"straight": {"steps": 17}} for name in page.NAMES}

    assert page.claim_nesterov(ravine, grid(page, {"nesterov": 0.84}))[0]
    assert not page.claim_nesterov(ravine, grid(page, {}))[0]
    assert not page.claim_nesterov(ravine, grid(page, {"nesterov": 0.87}))[0]


def test_claim_about_tuning_turns_when_every_range_is_alike(page):
    assert not page.claim_tuning(grid(page, {}))[0]


def test_claim_about_speed_turns_when_adam_is_not_ahead_at_first(page):
    level = {"adam": 0.85, "nesterov": 0.85}

    assert page.claim_fast(grid(page, level))[0]
    assert not page.claim_fast(grid(page, level | {"sgd": 0.85}))[0]
    assert not page.claim_fast(grid(page, level | {"nesterov": 0.83}))[0]


def test_claim_about_the_default_turns_when_it_loses_much(page):
    assert page.claim_default(grid(page, {}))[0]
    fit = grid(page, {})
    best = (fit["name"] == "adam") & (fit["lr"] == 0.01)
    for key in ("accuracy", "val_accuracy"):
        fit[key] = [
            (np.array(values) + 0.2 * lucky).tolist()
            for values, lucky in zip(fit[key], best, strict=True)
        ]

    assert not page.claim_default(fit)[0]


def test_claim_about_clipping_turns_when_it_rescues_nothing(page):
    def frame(cut):
        rows = [(0.03, 0.0, 0.83), (0.03, 1.0, 0.83), (0.3, 0.0, 0.25), (0.3, 1.0, cut)]
        return pd.DataFrame(
            {
                "lr": lr,
                "limit": limit,
                "accuracy": [[level + 0.01 * seed] * 5 for seed in range(3)],
            }
            for lr, limit, level in rows
        )

    assert page.claim_clipped(frame(0.65))[0]
    assert not page.claim_clipped(frame(0.25))[0]
    assert not page.claim_clipped(frame(0.85))[0]


def test_claim_about_decay_turns_when_accuracy_rises(page):
    def frame(accuracy):
        rows = [(0.0, 0.85, 0.92), (0.3, accuracy, accuracy + 0.04)]
        return pd.DataFrame(
            {
                "decay": decay,
                "accuracy": [[level + 0.001 * seed] * 3 for seed in range(3)],
                "val_accuracy": [[level + 0.001 * seed] * 3 for seed in range(3)],
                "train": [train + 0.001 * seed for seed in range(3)],
            }
            for decay, level, train in rows
        )

    assert page.claim_shrunk(frame(0.845))[0]
    assert not page.claim_shrunk(frame(0.86))[0]


# ------------------------------------------------------------------------- answers


def test_answer_walks_two_steps_of_adam_as_the_rule_does(page):
    w, state = 1.0, {}
    for g, expected in zip((0.5, -0.1), page.answer_adam(), strict=True):
        w = page.adam(w, g, state, 0.001)

        assert w == pytest.approx(expected, abs=1e-8)
    assert page.answer_adam()[1] < page.answer_adam()[0] == pytest.approx(0.999)


def test_answer_about_the_effective_rate_is_what_steps_grow_to(page):
    w, state = 0.0, {}
    for _ in range(300):
        before, w = w, page.momentum(w, 1.0, state, 0.01)

    assert before - w == pytest.approx(page.answer_effective(0.01, 0.9))


def test_answer_counts_the_states_of_adam(page):
    answers = page.experiment_answers()

    assert answers["states"] == 2 * 109386
    assert answers["megabytes"] == pytest.approx(3 * 109386 * 4 / 1e6)


def test_answer_about_steps_is_the_worst_start(page):
    bowl, _ = page.valley(0)
    path = page.descend("sgd", bowl, np.array([50.0, 1.0]), 2 / 51, 200)

    assert page.settle(path, bowl, 0.001) == pytest.approx(page.answer_steps(), abs=1)

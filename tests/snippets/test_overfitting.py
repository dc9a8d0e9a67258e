"""The overfitting chapter with tiny knobs: what its formulas and claims promise."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture
def clothes(monkeypatch):
    """A hundred easy images a class, served where the snippet asks for them."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(1000) % 10
    noise = rng.integers(0, 60, (1000, 28, 28))
    images = rng.integers(0, 190, (10, 28, 28))[labels] + noise
    data = images.astype("uint8"), labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.fashion_mnist, "load_data", lambda: (data, data))


# -------------------------------------------------------------------- polynomials


def test_train_error_never_rises_with_the_degree(page):
    fits = page.experiment_fits(degrees=10, tests=50)

    assert (np.diff(fits["train"]) <= 1e-12).all()
    assert len(fits["thetas"][4]) == 5


def test_bias_and_variance_add_up_to_the_distance(page):
    resampled = page.experiment_resampled(degrees=13, repeats=200)

    assert page.claim_decomposition(resampled)[0]
    assert page.claim_turns(resampled)[0]
    resampled["rows"][3]["variance"] += 0.01
    assert not page.claim_decomposition(resampled)[0]


def test_variance_at_the_data_is_noise_times_parameters_over_samples(page):
    resampled = page.experiment_resampled(degrees=5, repeats=2000)

    for degree in (1, 4):
        measured = resampled["rows"][degree]["variance_at_data"]
        assert page.answer_variance(degree) == pytest.approx(0.09 * (degree + 1) / 30)
        assert measured == pytest.approx(page.answer_variance(degree), rel=0.1)


# ------------------------------------------------------------ the network in NumPy


def test_numpy_network_takes_the_steps_that_keras_takes(page, clothes):
    data = page.load_images(200)
    theta, _, _ = page.train_network(data, width=8, steps=8, decay=0.01, seed=3)

    model = page.build_model(8, decay=0.01)
    model.set_weights(page.initial_weights(8, 3))
    rng = np.random.default_rng(3)
    (x, y), order = data[0], None
    for step in range(8):
        if step % 4 == 0:
            order = rng.permutation(200)
        batch = order[step % 4 * 50 : step % 4 * 50 + 50]
        model.train_on_batch(x[batch], y[batch])

    for ours, theirs in zip(theta, model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_gradient_equals_a_finite_difference(page):
    rng = np.random.default_rng(0)
    theta = [w.astype("float64") for w in page.initial_weights(4, 0, 6, 3)]
    x, y, decay = rng.normal(size=(5, 6)), np.array([0, 1, 2, 0, 1]), 0.1

    def loss():
        penalty = sum((W**2).sum() for W in theta[::2])
        return page.measure(theta, (x, y))["loss"] + decay * penalty

    slopes = page.gradients(theta, x, y, decay)
    for w, slope in zip(theta, slopes, strict=True):
        w.flat[1] += 1e-6
        above = loss()
        w.flat[1] -= 2e-6
        below = loss()
        w.flat[1] += 1e-6
        assert slope.flat[1] == pytest.approx((above - below) / 2e-6, abs=1e-6)


def test_best_weights_are_those_of_the_lowest_validation_loss(page, clothes):
    data = page.load_images(60)
    _, history, best = page.train_network(data, width=8, steps=60, every=10)

    assert best["loss"] == min(score["loss"] for score in history)
    assert page.measure(best["theta"], data[1])["loss"] == best["loss"]


def test_halved_images_keep_their_mean(page):
    images = np.random.default_rng(0).integers(0, 256, (3, 28, 28))

    small = page.shrink(images)

    assert small.shape == (3, 196)
    np.testing.assert_allclose(small.mean(axis=1), images.mean(axis=(1, 2)) / 255, 1e-5)
    assert small[0, 1] == pytest.approx(images[0, :2, 2:4].mean() / 255)


def test_training_images_and_validation_images_do_not_meet(page, clothes):
    (x, _), (x_validation, _), _ = page.load_images(10_000)

    assert len(x) == 800 and len(x_validation) == 200
    together = np.unique(np.concatenate([x, x_validation]), axis=0)
    assert len(together) == 1000


# ------------------------------------------------------- what validation does


def test_watching_changes_no_weight(page, clothes):
    watched = page.experiment_watched(samples=300, epochs=2)
    rows = pd.DataFrame([watched])

    assert page.claim_watched(rows)[0]
    assert page.claim_last(rows)[0]
    changed = watched | {"differences": watched["differences"] | {"split": 1e-7}}
    assert not page.claim_watched(pd.DataFrame([watched, changed]))[0]


def test_split_is_reproducible_and_stratified_split_keeps_the_classes(page, clothes):
    splits = page.experiment_splits()

    assert page.claim_reproducible(splits)[0]
    assert splits["counts"]["stratified"] == [20] * 10
    assert splits["counts"]["sorted"] == [0] * 8 + [100] * 2
    assert not page.claim_reproducible(splits | {"same_seed": False})[0]


def test_chosen_guesser_is_flattered_more_among_more(page):
    rows = page.experiment_guessers(repeats=300)["rows"]

    inflation = [row["optimism"] for row in rows]
    assert abs(inflation[0]) < 0.004
    assert (np.diff(inflation) > 0).all()


def test_early_stopping_follows_the_full_training_until_it_stops(page, clothes):
    knobs = {"samples": 60, "epochs": 4, "patience": 1, "lr": 0.1}
    runs = pd.DataFrame(
        {"stop": stop, "seed": 0, **page.experiment_training(stop=stop, **knobs)}
        for stop in (False, True)
    )

    full, stopped = runs["history"]
    count = len(stopped["val_loss"])
    assert full["val_loss"][:count] == stopped["val_loss"]
    losses = full["val_loss"]
    assert page.answer_stop(losses, 1)[0] == count
    assert runs["validation_loss"][1] == pytest.approx(min(losses[:count]), rel=1e-3)


def test_claim_about_early_stopping_turns_when_it_raises_the_loss(page):
    def frame(gain, better=0.0):
        return pd.DataFrame(
            {
                "stop": stop,
                "seed": seed,
                "test_loss": 0.6 + 0.001 * seed * (1 + stop) - gain * stop,
                "test_accuracy": 0.8 + (0.001 * (seed - 2) + better) * (1 - stop),
                "history": {"val_loss": [0.6]},
            }
            for stop in (False, True)
            for seed in range(5)
        )

    assert page.claim_halted(frame(0.1))[0]
    assert not page.claim_halted(frame(-0.1))[0]
    assert not page.claim_halted(frame(0.1, better=0.1))[0]


def sizes(**values):
    """Runs of every width, whose value at a seed is a function of the width."""
    return pd.DataFrame(
        {"samples": samples, "width": width, "seed": seed}
        | {key: of(width) + 0.001 * seed * width / 512 for key, of in values.items()}
        for samples in (500, 2000, 8000)
        for width in (2, 8, 32, 128, 512)
        for seed in (0, 1, 2)
    )


def test_claim_about_smaller_networks_turns_when_they_win(page):
    def frame(accuracy):
        return sizes(
            test_loss=lambda width: width / 512,
            test_accuracy=lambda width: accuracy if width == 32 else 0.8,
        )

    assert page.claim_simpler(frame(0.79))[0]
    assert not page.claim_simpler(frame(0.81))[0]


def test_claims_about_stopping_turn_when_the_small_network_has_the_lower_loss(page):
    def frame(stopped):
        return sizes(
            test_loss=lambda width: 0.9, best_test_loss=lambda width: stopped(width)
        )

    good = frame(lambda w: 0.8 if w < 128 else 0.7)
    bad = frame(lambda w: 0.7 + w / 512)
    for claim in (page.claim_stop_or_shrink, page.claim_stopped_sizes):
        assert claim(good)[0]
        assert not claim(bad)[0]


def test_decay_is_chosen_on_validation_and_judged_on_test(page):
    def frame(loss):
        return pd.DataFrame(
            {
                "decay": decay,
                "seed": seed,
                "norm": 30 - place + 0.01 * seed,
                "train_accuracy": 0.9,
                "validation_accuracy": 0.8,
                "validation_loss": 0.6 - 0.05 * (decay == 1e-3),
                "best_test_loss": 0.6 + 0.001 * seed,
                "test_loss": 0.6 + (loss + 0.001 * seed) * (decay == 1e-3),
                "test_accuracy": 0.8 - (0.01 + 0.001 * seed) * (decay == 1e-3),
            }
            for place, decay in enumerate(page.DECAYS)
            for seed in range(5)
        )

    assert page.claim_decay(frame(-0.05))[0]
    assert not page.claim_decay(frame(0.05))[0]
    assert page.experiment_decay_summary(frame(0.05))["chosen"] == 1e-3


def test_candidates_are_measured_and_drawn(page, clothes):
    candidates = page.experiment_candidates(
        candidates=3, samples=100, steps=20, pool=200, repeats=20
    )

    assert len(candidates["test"]) == 3
    with style("light"):
        guessers = page.experiment_guessers(repeats=10)
        assert len(page.figure_optimism(guessers, candidates).axes) == 2


def test_shuffled_labels_are_learned_by_heart(page, clothes):
    result = page.experiment_shuffled(samples=60, width=128, steps=1500)

    assert result["train_accuracy"] > 0.95
    assert result["test_accuracy"] < 0.4


# ------------------------------------------------------------------------ answers


def test_answer_needs_enough_images(page):
    n = page.answer_images(0.85, 0.01)

    assert 1.96 * np.sqrt(0.85 * 0.15 / n) <= 0.01
    assert 1.96 * np.sqrt(0.85 * 0.15 / (n - 1)) > 0.01


def test_answer_stops_where_keras_stops(page):
    import keras

    losses = [0.9, 0.7, 0.6, 0.62, 0.58, 0.61, 0.6, 0.59, 0.5]
    callback = keras.callbacks.EarlyStopping(patience=3)
    model = page.build_model(2)
    callback.set_model(model)
    callback.on_train_begin()
    model.stop_training = False
    for epoch, loss in enumerate(losses):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            break

    assert page.answer_stop(losses, 3) == (epoch + 1, callback.best_epoch + 1) == (8, 5)


def test_answer_shrinks_as_the_penalised_step_does(page):
    weight, slope = np.array([[1.0, -2.0]]), np.array([[0.3, 0.1]])

    shrunk, stepped = page.answer_shrunk(weight, slope, lr=0.1, decay=0.001)

    np.testing.assert_allclose(shrunk, stepped)
    assert page.experiment_answers()["factor"] == pytest.approx(0.9998)

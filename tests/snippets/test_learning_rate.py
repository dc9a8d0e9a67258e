"""The learning-rate chapter with tiny knobs: what its formulas and answers promise."""

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


TINY = {"samples": 400, "epochs": 2, "batch_size": 50, "seeds": (0,)}


def five(value):
    """Five seeds that barely differ."""
    return (value + 0.001 * np.arange(5)).tolist()


# ----------------------------------------------------------------------- the valley


def test_largest_stable_rate_is_two_over_the_largest_curvature(page):
    border = page.experiment_border(curvatures=((1.0, 10.0), (3.0, 40.0)))

    assert page.claim_border(border)[0]
    border["theory"] = [theory / 2 for theory in border["theory"]]
    assert not page.claim_border(border)[0]


def test_descent_diverges_just_above_the_border(page):
    below, above = page.descend(0.0799, steps=400), page.descend(0.0801, steps=400)

    assert below[-1] < below[1]
    assert above[-1] > above[1]


# -------------------------------------------------------------------------- training


def test_seed_alone_decides_a_training(page, clothes):
    data = page.load_clothes(200)
    knobs = {"epochs": 1, "batch_size": 50, "optimizer": "adam"}

    first = page.run(data, 0.003, seed=1, **knobs)
    other = page.run(data, 0.003, seed=2, **knobs)
    again = page.run(data, 0.003, seed=1, **knobs)

    assert first["loss"] == pytest.approx(again["loss"], rel=1e-4)
    assert first["loss"] != pytest.approx(other["loss"], rel=1e-4)


def test_model_walks_with_the_optimizer_and_the_rate_it_was_given(page):
    adam, sgd = page.build(0.003, 0, "adam"), page.build(0.1, 0, scale=2)

    assert type(adam.optimizer).__name__ == "Adam"
    assert float(adam.optimizer.learning_rate) == pytest.approx(0.003)
    assert type(sgd.optimizer).__name__ == "SGD"
    np.testing.assert_allclose(sgd.get_weights()[0], 2 * adam.get_weights()[0], 1e-4)


def test_diverged_loss_is_written_as_none(page):
    assert page.finite(np.inf) is None and page.finite(float("nan")) is None
    assert page.finite(1) == 1.0


def test_rate_finder_raises_the_rate_and_stops_when_it_blows_up(page, clothes):
    finder = page.experiment_finder(samples=300, seeds=(0,))
    rates, losses = finder["rates"][0], finder["losses"][0]

    assert len(rates) == len(losses)
    assert np.all(np.diff(rates) > 0)
    assert min(v for v in losses if v is not None) < losses[0]


def test_warmup_begins_at_zero_and_ends_at_the_rate(page, clothes):
    result = page.experiment_warmup(scale=2, warmup=5, **TINY)

    assert len(result["accuracy"]) == 1 and len(result["loss"][0]) == 2


def test_plateau_branches_share_their_first_part(page, clothes):
    result = page.experiment_plateau(
        lr=0.01, before=1, after=1, samples=250, seeds=(0,)
    )

    lower, same, higher = result["after"][0]
    assert lower[0] > same[0] > higher[0]  # a small rate gains from a larger one


# ------------------------------------------------------------------------- schedules


def test_schedules_start_at_the_rate_and_only_fall(page):
    rates = page.experiment_schedules(lr=0.2, steps=80, points=9)

    for name in page.SCHEDULES:
        assert rates[name][0] == pytest.approx(0.2)
        assert np.all(np.diff(rates[name]) <= 1e-9)
    assert rates["cosine"][-1] == pytest.approx(0, abs=1e-8)
    assert rates["step"][-1] == pytest.approx(0.002)
    assert rates["exponential"][-1] == pytest.approx(0.002)
    with style("light"):
        assert page.figure_schedules(rates).axes


def test_answer_cosine_equals_that_of_keras(page):
    rule = page.schedule("cosine", 0.2, 800)

    for t in (0, 100, 400, 720, 800):
        assert page.answer_cosine(t) == pytest.approx(float(rule(t)), abs=1e-6)


# ---------------------------------------------------------------------------- claims


def test_claim_about_stalls_turns_when_lowering_helps_everywhere(page):
    def frame(slow):
        rows = [(0.3, (0.47, 0.55, 2.30)), (0.0003, slow)]
        return pd.DataFrame(
            {
                "lr": lr,
                "after": [
                    [[loss] * 3 for loss in each] for each in zip(*values, strict=True)
                ],
                "accuracy": [
                    [1 - loss / 3 for loss in each]
                    for each in zip(*values, strict=True)
                ],
            }
            for lr, values in ((lr, [*map(five, losses)]) for lr, losses in rows)
        )

    assert page.claim_stalled(frame((1.99, 1.90, 1.40)))[0]
    assert not page.claim_stalled(frame((1.40, 1.90, 1.99)))[0]


def runs(rows, names):
    """Accuracies that rise from seed to seed, or fall where a row says so."""
    return pd.DataFrame(
        {
            **dict(zip(names, case, strict=True)),
            "lr": lr,
            "accuracy": five(level)[::order],
            "val_accuracy": five(level)[::order],
            "loss": [[loss]] * 5,
        }
        for *case, lr, level, loss, order in rows
    )


def test_claim_about_warmup_turns_when_it_rescues_nothing(page):
    def frame(rescued):
        rows = [
            *((1, 0, 0.1, 0.80, 0, 1), (1, 100, 0.1, 0.80, 0, -1)),
            *((2, 0, 0.01, 0.50, 0, 1), (2, 0, 0.1, 0.30, 0, 1)),
            (2, 100, 0.1, rescued, 0, 1),
        ]
        return runs(rows, ("scale", "warmup"))

    assert page.claim_rescue(frame(0.75))[0]
    assert not page.claim_rescue(frame(0.45))[0]


def test_claim_about_decay_turns_when_cosine_wins_nothing(page):
    def frame(cosine):
        rows = [
            *(("constant", 0.1, 0.83, 0.42, 1), ("constant", 0.2, 0.82, 0.39, 1)),
            *(("step", 0.2, 0.84, 0.38, 1), ("exponential", 0.2, 0.815, 0.46, 1)),
            ("cosine", 0.2, cosine, 0.37, -1),
        ]
        return runs(rows, ("name",))

    assert page.claim_decayed(frame(0.86))[0]
    assert not page.claim_decayed(frame(0.831))[0]


def test_rate_is_chosen_on_validation_images_alone(page):
    frame = runs(
        [("cosine", 0.1, 0.80, 0.4, 1), ("cosine", 0.2, 0.90, 0.4, 1)], ("name",)
    )
    frame["val_accuracy"] = [five(0.9), five(0.8)]

    lr, accuracy = page.tuned(frame, name="cosine")

    assert lr == 0.1 and accuracy.mean() == pytest.approx(0.802)


def test_claim_about_batches_turns_when_scaling_does_not_help(page):
    def frame(scaled):
        rows = [(50, 0.05, 0.55), (250, 0.05, 0.75), (250, 0.25, scaled)]
        return pd.DataFrame(
            {"batch_size": size, "lr": lr, "loss": [[value]] * 3}
            for size, lr, value in rows
        )

    assert page.claim_batch(frame(0.57))[0]
    assert not page.claim_batch(frame(0.76))[0]


# --------------------------------------------------------------------------- answers


def test_answer_largest_is_the_border(page):
    assert page.answer_largest() == pytest.approx(0.08)


def test_answer_steps_is_the_first_step_below_the_target(page):
    for lr in (0.0769, 0.005):
        steps = page.answer_steps(lr)

        assert (1 - lr) ** steps < 0.01 <= (1 - lr) ** (steps - 1)

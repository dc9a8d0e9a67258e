"""Softmax regression by hand, with tiny knobs: what its sentences promise."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

SNIPPETS = Path(__file__).parents[2] / "snippets"


def test_the_lab_runs_and_its_gradient_is_the_formula(digits, monkeypatch, capsys):
    monkeypatch.setattr(plt, "show", plt.close)

    lab = runpy.run_path(str(SNIPPETS / "lowlevel_softmax.py"))
    out = capsys.readouterr().out

    assert lab["gradient_error"] < 1e-5
    assert lab["first_loss"] == pytest.approx(np.log(10), abs=1e-4)
    assert lab["switch_error"] == "AttributeError"
    assert out.count("파이썬이 이 줄을 지나갑니다") == 1
    assert "그대로 nan, 먼저 풀기 100.0000, TensorFlow 100.0000" in out


def test_three_forms_agree_on_small_scores_and_only_one_survives_large_ones(page):
    y = np.eye(3, dtype="float32")[[1]]  # (1, 3)
    small, large = np.float32([[1, 2, 3]]), np.float32([[100, 200, 300]])

    forms = list(page.FORMS)
    assert np.ptp([float(page.cost(form, small, y)) for form in forms]) < 1e-6
    finite = [bool(np.isfinite(page.cost(form, large, y))) for form in forms]
    assert finite == [False, False, True]


def test_hand_written_steps_are_those_of_keras(page, digits):
    row = page.experiment_same(start="normal", samples=200, steps=8)

    assert row["steps"] == 8
    assert row["difference"] < 1e-5
    assert row["weights"] < 1e-5


def test_sameness_claim_turns_when_one_step_differs(page):
    row = {"difference": 1e-7, "weights": 1e-7, "steps": 100}

    assert page.claim_same(pd.DataFrame([row, row]))[0]
    assert not page.claim_same(pd.DataFrame([row, row | {"difference": 1e-3}]))[0]


def counts(naive, logits):
    return pd.DataFrame(
        {"scale": s, "seeds": 10, "naive": n, "log_softmax": n, "logits": bad}
        for s, n, bad in zip((0.1, 1.0, 2.0), naive, logits, strict=True)
    )


def test_start_claim_turns_when_logits_break_or_nothing_does(page):
    assert page.claim_start(counts((0, 1, 10), (0, 0, 0)))[0]
    assert not page.claim_start(counts((0, 1, 10), (0, 0, 1)))[0]
    assert not page.claim_start(counts((0, 0, 9), (0, 0, 0)))[0]


def test_wide_weights_break_the_logarithm_of_probabilities(page, digits):
    row = page.experiment_start(scale=20.0, seeds=(0, 1), samples=100)

    assert row["naive"] == row["log_softmax"] == 2
    assert row["logits"] == 0


def test_descent_claim_holds_on_fake_digits_and_turns_when_exchanged(page, digits):
    rows = []
    for form, scale in page.PAIRS:
        knobs = {"form": form, "scale": scale * 10, "seed": 0}
        result = page.experiment_descent(**knobs, samples=400, lr=5.0, steps=20)
        rows.append(knobs | {"scale": scale} | result)
    descent = pd.DataFrame(rows)

    assert page.claim_descent(descent)[0]
    assert descent["nan_weights"].iloc[-1] > 0
    turned = descent.replace(
        {"form": {"logits": "log_softmax", "log_softmax": "logits"}}
    )
    assert not page.claim_descent(turned)[0]


def test_graph_mode_calls_python_once_and_eager_mode_every_step(page, digits):
    graph = page.experiment_graph(samples=200, rounds=1)

    assert graph["graph"]["calls"] < graph["steps"] <= graph["eager"]["calls"]
    assert graph["graph"]["losses"] == pytest.approx(graph["eager"]["losses"], abs=1e-5)


def test_graph_claim_turns_when_times_or_losses_are_turned_round(page):
    def run(calls, eagerly, seconds, loss=0.5):
        times = [seconds] * 2
        losses = [loss] * 2
        return {
            "calls": calls,
            "called_eagerly": eagerly,
            "seconds": times,
            "losses": losses,
        }

    graph = {
        "eager_on": True,
        "steps": 100,
        "graph": run(1, False, 1.0),
        "eager": run(100, True, 5.0),
    }
    assert page.claim_graph(graph)[0]
    assert not page.claim_graph(graph | {"eager": run(100, True, 2.5)})[0]
    assert not page.claim_graph(graph | {"eager": run(100, True, 5.0, 0.6)})[0]


def test_the_switch_of_tensorflow_1_is_gone(page):
    switch = page.experiment_switch()

    assert page.claim_switch(switch)[0]
    assert not page.claim_switch(switch | {"error": None})[0]


def test_large_start_claim_turns_when_the_start_does_not_matter(page):
    def descent(accuracy):
        rows = (
            {"seed": seed, "test_accuracy": accuracy + seed / 100} for seed in range(3)
        )
        return pd.DataFrame(rows).assign(form="logits", scale=1.0)

    same = pd.DataFrame([{"start": "zeros", "seed": 0, "test_accuracy": 0.89}])

    assert page.claim_large_start(same, descent(0.73))[0]
    assert not page.claim_large_start(same, descent(0.87))[0]


def test_answers_shift_scores_and_take_the_first_step(page, digits):
    answers = page.experiment_answers()

    assert answers["shift"] == pytest.approx([0.09003, 0.24473, 0.66524], abs=1e-5)
    x = np.linspace(0, 1, 784, dtype="float32")
    first_weights, first_biases = page.answer_gradient(x, 3)
    zeros = np.zeros((784, 10), dtype="float32")
    _, weights, biases = page.descend(x[None], np.array([3]), zeros, steps=1)
    np.testing.assert_allclose(weights, first_weights, atol=1e-6)
    np.testing.assert_allclose(biases, first_biases, atol=1e-6)
    assert (answers["own"], answers["other"]) == pytest.approx((0.45, -0.05))
    assert (answers["tensors"], answers["numbers"]) == (1, 5)


def test_two_mistakes_of_the_page_leave_no_gradient():
    import tensorflow as tf

    w = tf.Variable([1.0])
    outside = w * w
    with tf.GradientTape() as tape:
        tf.identity(outside)
    assert tape.gradient(outside, w) is None
    w = w - 0.1 * w
    with tf.GradientTape() as tape:
        loss = w * w
    assert tape.gradient(loss, w) is None

"""The rules of comparison: paired by seed, with an interval, chosen on validation."""

import comparison
import numpy as np
import pandas as pd
import pytest

TABLE = pd.DataFrame(
    {
        "lr": [0.1, 0.1, 0.2, 0.2, 0.3, 0.3],
        "seed": [1, 0, 0, 1, 0, 1],
        "val_accuracy": [0.7, 0.8, 0.9, 0.8, 0.9, 0.8],
        "val_loss": [0.1, 0.2, 0.3, 0.3, 0.3, 0.3],
    }
)


def test_values_come_in_the_order_of_seeds():
    assert comparison.pick(TABLE, "val_accuracy", lr=0.1).tolist() == [0.8, 0.7]


def test_interval_is_students():
    mean, half = comparison.interval([1.0, 2.0, 3.0])
    assert mean == 2.0
    assert half == pytest.approx(4.303 * 1.0 / np.sqrt(3))


@pytest.mark.parametrize("n", range(3, 31))
def test_interval_holds_the_mean_nineteen_times_of_twenty(n):
    draws = np.random.default_rng(n).normal(size=(4000, n))
    inside = [abs(m) < h for m, h in map(comparison.interval, draws)]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.015)


def test_two_seeds_decide_nothing():
    assert comparison.interval([0.5, 0.5]) == (0.5, float("inf"))
    assert comparison.is_open([0.9, 0.9], [0.1, 0.1])


def test_seeds_are_paired():
    a, b = np.array([0.5, 0.6, 0.7]), np.array([0.4, 0.5, 0.6])
    mean, half = comparison.difference(a, b)
    assert mean == pytest.approx(0.1)
    assert half == pytest.approx(0, abs=1e-12)
    with pytest.raises(ValueError, match="시드의 수가 다릅니다"):
        comparison.difference(a, b[:2])


@pytest.mark.parametrize(
    "shift, higher, tie, open_",
    [(0.1, True, False, False), (0.0, False, True, True), (0.004, False, True, True)],
)
def test_verdicts_need_the_whole_interval(shift, higher, tie, open_):
    noise = np.array([-0.01, 0.0, 0.01, 0.004, -0.004])
    a, b = 0.5 + shift + noise, np.full(5, 0.5)
    assert comparison.is_higher(a, b) is higher
    assert not comparison.is_higher(b, a)
    assert comparison.is_tie(a, b, margin=0.02) is tie
    assert comparison.is_open(a, b) is open_


def test_difference_that_is_too_small_is_not_higher_by_more():
    a, b = [0.51, 0.52, 0.51], [0.50, 0.51, 0.50]
    assert comparison.is_higher(a, b)
    assert not comparison.is_higher(a, b, by=0.05)


def test_knob_is_chosen_on_validation_and_a_tie_takes_the_smaller():
    assert comparison.chosen(TABLE, "lr") == 0.2
    assert comparison.chosen(TABLE, "lr", by="val_loss", lowest=True) == 0.1


def test_numbers_are_written_with_a_sign_and_without_a_negative_zero():
    assert comparison.with_sign((-0.01234, 0.005), 3) == "−0.012 ± 0.005"
    assert comparison.with_sign((-0.00001, 0.005), 3) == "+0.000 ± 0.005"
    assert comparison.mean_and_sd([0.5, 0.7], 2) == "0.60 ± 0.14"

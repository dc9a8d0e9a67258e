"""What the page promises: its formula, and a claim that turns with the data."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


def noise_of(page, *, power=0.5):
    """Return what runs would give if the noise fell with a power of the batch size."""
    sizes = np.repeat(page.SIZES, len(page.SEEDS))
    return pd.DataFrame({"batch_size": sizes, "noise": 2 / sizes**power})


def test_noise_is_that_of_the_formula(page):
    assert page.experiment_noise(batch_size=16)["noise"] == pytest.approx(0.5, rel=0.1)


def test_claim_turns_when_the_noise_falls_more_slowly(page):
    assert page.claim_halves(noise_of(page))[0]
    assert not page.claim_halves(noise_of(page, power=0.3))[0]


def test_figure_and_table_show_every_size(page):
    noise = noise_of(page)
    assert list(page.table_sizes(noise)["미니배치"]) == list(page.SIZES)
    with style("light"):
        assert len(page.figure_falls(noise).axes[0].lines) == 2


def test_answer_is_what_shrinks_the_noise(page):
    assert np.sqrt(page.answer_times(shrink=10)) == 10

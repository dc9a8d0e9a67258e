"""The lab that sets two programs side by side: its table, its ladder, its answers."""

import numpy as np
import pandas as pd
import pytest
from lecture.draw.style import style


@pytest.fixture(scope="module")
def programs(page):
    return page.experiment_programs()


def full(page, last=0.09):
    """What two trainings gave; the loss of the larger ends where a test asks."""
    return pd.DataFrame(
        {
            "program": program,
            "loss": [0.5, 0.2, 0.1, 0.1],
            "accuracy": [0.8, 0.9, 0.95, 0.97],
            "val_loss": [0.4, 0.08, 0.085, last],
            "val_accuracy": [0.8, 0.9, 0.95, 0.96],
            "test_loss": 0.1,
            "test_accuracy": {"mnist": 0.92, "op_mnist": 0.98}[program],
        }
        for program in page.FILES
    )


def ladder(page, means=(0.9, 0.95, 0.95, 0.951), given=(0.88, 0.92, 0.95, 0.95)):
    """Runs with the rates of the programs, and better ones that validation prefers."""
    rows = []
    for rung, mean, low in zip(page.RUNGS, means, given, strict=True):
        for lr in page.RATES[rung]:
            best = lr == page.RATES[rung][2]
            accuracy = low if lr == page.GIVEN[rung] and not best else mean
            for seed in page.SEEDS:
                row = {"rung": rung, "lr": lr, "seed": seed, "parameters": 7850}
                row |= {"train_accuracy": 0.99, "val_accuracy": 0.9 + best / 20}
                wobble = (-0.003, 0.0, 0.004)[seed] * (rung == "dropout")
                rows.append(row | {"test_accuracy": accuracy + seed / 2000 + wobble})
    return pd.DataFrame(rows)


def test_table_is_what_the_two_models_say(page, programs):
    table = page.table_programs(programs).set_index("다른 점")

    assert table.loc["모델 구조", "op_mnist.py"] == "784 → 512 → 256 → 128 → 10"
    assert table.loc["드롭아웃"].tolist() == ["–", "0.3 · 0.3 · 0.3"]
    assert table.loc["옵티마이저"].tolist() == ["SGD(0.01)", "Adam(0.0003)"]
    assert table.loc["매개변수"].tolist() == ["7,850", "567,434"]


def test_programs_share_their_loss_and_last_activation(programs):
    first, second = programs.values()

    assert first["loss"] == second["loss"] == "sparse_categorical_crossentropy"
    assert first["activations"][-1] == second["activations"][-1] == "softmax"


def test_ladder_leads_from_one_program_to_the_other(page, programs):
    for rung, program in (("softmax", "mnist"), ("dropout", "op_mnist")):
        model, batch_size = page.build_rung(rung, page.GIVEN[rung])
        described = page.describe(model)

        assert described == {key: programs[program][key] for key in described}
        assert batch_size == page.BATCH_SIZES[program]


def test_softmax_regression_is_straight_and_the_large_model_is_not(page, digits):
    bends = {
        name: page.experiment_bend(program=name, samples=300, pairs=50)["bend"]
        for name in page.FILES
    }

    assert bends["mnist"] < 1e-4
    assert bends["op_mnist"] > 100 * bends["mnist"]


def test_claim_about_complexity_turns_when_the_programs_change_places(page, programs):
    def frame(mnist, op_mnist):
        return pd.DataFrame(
            {"program": ["mnist", "op_mnist"], "bend": [mnist, op_mnist]}
        )

    assert page.claim_complexity(programs, frame(1e-6, 0.5))[0]
    assert not page.claim_complexity(programs, frame(0.5, 1e-6))[0]


def test_claim_about_the_minimum_turns_when_the_loss_goes_on_falling(page):
    assert page.claim_minimum(full(page))[0]
    assert not page.claim_minimum(full(page, last=0.05))[0]


def test_claims_about_the_ladder_turn_with_the_data(page):
    assert page.claim_given(ladder(page))[0]
    assert not page.claim_given(ladder(page, given=(0.88, 0.95, 0.95, 0.95)))[0]
    assert page.claim_steps(ladder(page))[0]
    assert not page.claim_steps(ladder(page, (0.9, 0.9, 0.96, 0.96)))[0]
    assert not page.claim_steps(ladder(page, (0.9, 0.94, 0.96, 0.96)))[0]
    assert page.claim_dropout_open(ladder(page))[0]
    assert not page.claim_dropout_open(ladder(page, (0.9, 0.95, 0.95, 0.99)))[0]


def test_learning_rates_are_chosen_on_validation_data(page):
    summary = page.experiment_ladder_summary(ladder(page))

    assert summary["hidden"]["lr"] == page.RATES["hidden"][2]
    assert summary["hidden"]["gain"] == pytest.approx(0.05)
    assert summary["adam"]["given_gain"] == pytest.approx(0.03)


def test_pictures_show_two_programs_and_four_steps(page):
    with style("light"):
        assert len(page.figure_full_curves(full(page)).axes) == 2
        assert len(page.figure_ladder(ladder(page)).axes[0].get_xticks()) == 4
    assert len(page.table_rungs(ladder(page))) == 4
    assert page.experiment_full_summary(full(page))["error_ratio"] == pytest.approx(4)


def test_every_step_of_the_ladder_learns(page, digits):
    for rung in ("hidden", "dropout"):
        result = page.experiment_ladder(rung=rung, samples=300, epochs=2)

        assert result["parameters"] == 567_434
        assert result["test_accuracy"] > 0.1


def test_answers_count_what_keras_counts(page, programs):
    answers = page.experiment_answers()

    assert answers["mnist_parameters"] == programs["mnist"]["parameters"]
    assert answers["op_parameters"] == programs["op_mnist"]["parameters"]
    assert (answers["mnist_steps"], answers["op_steps"]) == (22_500, 13_125)


def test_answer_about_the_path_equals_a_simulation(page):
    kept = np.random.default_rng(0).random((100_000, 3)) > 0.3

    assert page.answer_all_alive() == pytest.approx(kept.all(axis=1).mean(), abs=0.01)

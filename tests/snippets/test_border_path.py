"""The frames of the border end where the page's first figure stands."""

import json
from pathlib import Path

import figures.neural_network as figures
import runs.neural_network as runs

RESULTS = Path(runs.__file__).parents[1] / "results" / "neural_network"


def frozen(name):
    text = (RESULTS / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)["runs"][0]["result"]


def test_last_frame_is_the_border_of_three_layers_to_the_cell():
    path = runs.experiment_border_path(side=12, epochs=(0, 100))
    whole = runs.experiment_border(side=12)
    assert path["classes"][-1] == whole["3층"]
    assert path["points"] == whole["points"]


def test_frozen_path_ends_at_the_frozen_border():
    assert frozen("border_path")["classes"][-1] == frozen("border")["3층"]


def test_a_frame_is_yielded_for_each_epoch_that_was_kept():
    path = runs.experiment_border_path(side=12, epochs=(0, 1, 2))
    labels = [label for label, _ in figures.frames_border_path(path)]
    assert [label.split("에폭")[0] for label in labels] == ["0", "1", "2"]

"""The handwriting lab with tiny knobs: its formulas, claims and answers."""

import copy
import json
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def digits(monkeypatch):
    """Sixty easy images a class, served where the snippet asks for MNIST."""
    import keras

    rng = np.random.default_rng(0)
    labels = np.arange(600) % 10
    images = np.zeros((600, 28, 28), "uint8")
    for image, label in zip(images, labels, strict=True):
        image[4 + label : 14 + label // 2, 5:22] = rng.integers(150, 255)
        image[6:24, 4 + 2 * label] = 255
    data = images, labels.astype("uint8")
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (data, data))


def frozen(name):
    path = ROOT / "snippets" / "results" / "handwriting" / f"{name}.json"
    return json.loads(path.read_text("utf-8"))["runs"][0]["result"]


def blob(row, column, count=1):
    """Squares of 5 × 5 pixels around a pixel."""
    images = np.zeros((count, 28, 28), "float32")
    images[:, row - 2 : row + 3, column - 2 : column + 3] = 1
    return images.reshape(count, -1)


def test_the_lab_tidies_what_is_written_anywhere(digits, monkeypatch):
    monkeypatch.setattr(plt, "show", plt.close)

    lab = runpy.run_path(str(ROOT / "snippets" / "handwriting.py"))

    assert lab["test_accuracy"] > 0.3  # few images, few steps
    assert lab["numpy_difference"] < 1e-5
    assert abs(lab["small_accuracy"] - lab["test_accuracy"]) < 0.05
    assert lab["tidied_accuracy"] > lab["squeezed_accuracy"]

    blot = np.zeros((200, 200))
    blot[10:70, 5:30] = 255  # heavy above, thin below
    blot[70:90, 5:8] = 255
    picture = lab["as_mnist"](blot)
    assert picture.shape == (28, 28)
    assert np.abs(lab["centre_of_mass"](picture) - 14).max() <= 0.5
    assert max(np.ptp(np.argwhere(picture > 0), axis=0) + 1) == 20
    # Every pixel is the mean of what it covers: 16 square pixels of the pad.
    assert picture.sum() == pytest.approx(blot.sum() / 16, rel=0.05)


# ------------------------------------------------------------------- moved pictures


def test_warp_by_nothing_changes_nothing(page):
    images = np.random.default_rng(0).random((3, 784), "float32")
    same = page.warp(images, np.tile(np.eye(2), (3, 1, 1)), np.zeros((3, 2)))

    np.testing.assert_allclose(same, images, atol=1e-4)


def test_warp_shifts_turns_and_zooms(page):
    image = blob(8, 13)
    shifted = page.warp(image, np.eye(2)[None], np.array([[5.0, 3.0]]))
    assert page.centres_of_mass(shifted)[0] == pytest.approx([13, 16], abs=0.01)

    quarter = np.array([[[0.0, -1.0], [1.0, 0.0]]])
    turned = page.warp(image, quarter, np.zeros((1, 2)))
    assert page.centres_of_mass(turned)[0] == pytest.approx([14, 8], abs=0.01)

    larger = page.warp(blob(13, 13), 2 * np.eye(2)[None], np.zeros((1, 2)))
    assert larger.sum() == pytest.approx(4 * 25, rel=0.05)


def test_thicken_adds_and_takes_ink(page):
    image = blob(14, 14, count=3)
    ink = page.thicken(image, np.array([-0.5, 0.0, 1.0])).sum(axis=1)

    assert ink[0] < ink[1] == 25 < ink[2]


def test_augmented_images_stay_images_and_come_again_with_the_seed(page):
    images = blob(14, 14, count=20)
    once = page.augment(images, np.random.default_rng(3))
    again = page.augment(images, np.random.default_rng(3))

    np.testing.assert_array_equal(once, again)
    assert once.min() >= 0 and once.max() <= 1 + 1e-6
    assert len({image.tobytes() for image in once}) == 20


def test_moved_fills_with_zeros_and_centring_takes_it_back(page):
    image = blob(14, 14)
    away = page.moved_all(image, -4, 6)

    assert page.centres_of_mass(away)[0] == pytest.approx([10, 20], abs=0.01)
    np.testing.assert_array_equal(page.centred(away), image)
    assert page.moved_all(image, 0, 28 - 12).sum() == 0


def test_blank_picture_can_be_centred(page):
    assert page.centred(np.zeros((1, 784), "float32")).sum() == 0


def test_extent_counts_from_the_first_inked_pixel_to_the_last(page):
    rows = np.zeros((1, 28), bool)
    rows[0, [4, 10, 23]] = True

    assert page.extent(rows)[0] == 20


# ------------------------------------------------------------------- small numbers


def test_quantised_weights_are_off_by_half_a_step_at_most(page):
    weight = np.random.default_rng(0).normal(size=(50, 4)) * [0.1, 1, 5, 20]
    for bits in (8, 4, 2):
        q, scale = page.quantise(weight, bits)

        assert np.abs(q).max() == 2 ** (bits - 1) - 1
        assert (np.abs(q * scale - weight) <= scale / 2 + 1e-12).all()


def test_weights_survive_their_way_through_the_page(page):
    weight = np.random.default_rng(0).normal(size=(784, 3))
    q, scale = page.quantise(weight)
    bias = np.array([0.5, -1.25, 3.0])
    words = {"w": page.pack(q), "s": page.in_words(scale), "b": page.in_words(bias)}
    network = {key + layer: text for key, text in words.items() for layer in "12"}

    first, b1, second, b2 = page.unpack(network)

    np.testing.assert_allclose(first, q * scale, rtol=1e-5)
    np.testing.assert_array_equal(b2, bias)
    images = np.arange(784 * 2, dtype="uint8").reshape(2, 28, 28)
    np.testing.assert_array_equal(page.unpack_images(page.pack_images(images)), images)


def test_forward_pass_equals_keras(page, digits):
    rng = np.random.default_rng(1)
    network = {"hidden": 5}
    for layer, (d, k) in {"1": (784, 5), "2": (5, 10)}.items():
        q, scale = page.quantise(rng.normal(size=(d, k)))
        network["w" + layer] = page.pack(q)
        network["s" + layer] = page.in_words(scale)
        network["b" + layer] = page.in_words(rng.normal(size=k))

    reference = page.experiment_reference(network, count=20)

    assert reference["numpy_difference"] < 1e-4
    assert page.claim_same_forward(reference)[0]
    assert np.sum(reference["probabilities"], axis=1) == pytest.approx(1)


def test_training_learns_and_small_weights_answer_as_well(page, digits):
    network = page.experiment_network(hidden=32, epochs=12, batch_size=50, lr=0.01)

    assert network["float_accuracy"] > 0.5
    assert network["accuracy"] == pytest.approx(network["float_accuracy"], abs=0.02)
    assert network["parameters"] == 784 * 32 + 32 + 320 + 10
    assert network["wrong"] == round(600 * (1 - network["accuracy"]))
    assert [row["bits"] for row in network["bits"]] == list(page.BITS)


# --------------------------------------------------------------------- what is kept


def test_network_that_is_kept_fits_into_the_page(page):
    network = frozen("network")

    assert [array.shape for array in page.unpack(network)] == [
        (784, network["hidden"]),
        (network["hidden"],),
        (network["hidden"], 10),
        (10,),
    ]
    assert network["text_bytes"] < 150_000
    path = ROOT / "snippets" / "results" / "handwriting" / "network.json"
    assert path.stat().st_size < 200_000


CLAIMS = {
    "accuracy": ("network", lambda r: r.update(accuracy=0.95)),
    "quantised": ("network", lambda r: r.update(accuracy=r["float_accuracy"] - 0.01)),
    "same_forward": ("reference", lambda r: r.update(numpy_difference=0.01)),
    "mnist_is_centred": ("centre", lambda r: r.update(farthest=2.0)),
    "shift_hurts": (
        "shift_summary",
        lambda r: r.update(plain=r["augmented"], augmented=r["plain"]),
    ),
    "centring_restores": ("moved", lambda r: r.update(restored=r["shift"])),
    "sure_of_clothes": ("strangers", lambda r: r["clothes"].update(over_90=0.01)),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claim_holds_and_turns_when_its_data_are_turned(page, name):
    experiment, spoil = CLAIMS[name]
    claim, result = getattr(page, f"claim_{name}"), frozen(experiment)
    assert claim(result)[0]

    spoilt = copy.deepcopy(result)
    spoil(spoilt)
    assert not claim(spoilt)[0]


def test_prose_about_bits_is_what_was_measured(page):
    rows = {row["bits"]: row for row in frozen("network")["bits"]}

    for bits in (8, 6, 5):
        assert rows[bits]["whole"] == pytest.approx(rows[bits]["column"], abs=0.002)
    assert rows[4]["whole"] > rows[4]["column"]
    assert rows[3]["whole"] < rows[3]["column"] - 0.1


def test_prose_about_confidence_is_what_was_measured(page):
    mistakes, network = frozen("mistakes"), frozen("network")

    assert mistakes["mean_confidence"] < network["accuracy"]
    assert mistakes["sure_accuracy"] > network["accuracy"]


def test_figures_draw_from_what_is_kept(page):
    figure = page.figure_mistakes(frozen("mistakes"))

    assert len(figure.axes) == 10
    assert all("정답" in ax.get_title() for ax in figure.axes)
    page.plt.close(figure)


# ------------------------------------------------------------------ exercises


def test_blank_picture_leaves_the_biases(page):
    weights = page.unpack(frozen("network"))
    blank = page.blank_answer(weights)

    _, b1, second, b2 = weights
    s = np.maximum(b1, 0) @ second + b2
    np.testing.assert_allclose(blank, np.exp(s) / np.exp(s).sum(), rtol=1e-5)
    assert blank.argmax() == frozen("answers")["blank_digit"]
    assert blank.max() - blank.min() > 0.01


def test_softmax_overflows_unless_the_largest_score_is_taken_away(page):
    with np.errstate(all="ignore"):
        assert np.isnan(page.naive_softmax(np.array([1000.0, 1001.0, 1002.0]))).all()
    s = np.array([-1.0, 0.5, 2.0])
    np.testing.assert_allclose(page.stable_softmax(s + 1000), page.naive_softmax(s))


def test_bytes_of_the_answer_are_those_of_the_network(page):
    network, answers = frozen("network"), frozen("answers")

    assert answers["bytes_8"] == network["int8_bytes"]
    assert answers["bytes_4"] == (784 * 96 + 960) // 2 + 4 * 2 * 106

"""Data for runs: where they come from, what they are called, and their stand-ins."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from lecture.base import datasets
from lecture.base.datasets import describe, read_npz
from lecture.base.memory import Memory
from lecture.book.surroundings import surroundings
from lecture.run.stand_ins import stand_in, stand_ins
from sandbox import Sandbox

SHAPES = {"mnist": (28, 28), "fashion_mnist": (28, 28), "cifar10": (32, 32, 3)}
PARTS = ("x_test", "x_train", "y_test", "y_train")


def write_data(folder: Path, name: str, value: int) -> Path:
    """Write a data file of four small arrays, in Keras's layout."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {part: np.full((3, 2), value, dtype="uint8") for part in PARTS}
    np.savez(folder / f"{name}.npz", **arrays)  # type: ignore[arg-type]
    return folder / f"{name}.npz"


@pytest.mark.parametrize("name", SHAPES)
def test_stand_ins_have_the_shapes_and_types_of_the_data(name: str) -> None:
    arrays = stand_in(name)
    assert sorted(arrays) == list(PARTS)
    for part in ("train", "test"):
        images, labels = arrays[f"x_{part}"], arrays[f"y_{part}"]
        assert images.shape[1:] == SHAPES[name]
        assert labels.shape == (
            (len(images), 1) if name == "cifar10" else (len(images),)
        )
        assert images.dtype == labels.dtype == np.uint8
        assert set(labels.ravel()) == set(range(10))


@pytest.mark.parametrize("name", SHAPES)
def test_stand_ins_are_the_same_every_time(name: str) -> None:
    assert describe(name, stand_in(name)) == describe(name, stand_in(name))


def test_stand_ins_are_written_once(tmp_path: Path) -> None:
    folder = stand_ins(tmp_path / "data")
    assert sorted(path.stem for path in folder.iterdir()) == sorted(SHAPES)
    (folder / "mnist.npz").write_bytes(b"as it was")
    stand_ins(folder)
    assert (folder / "mnist.npz").read_bytes() == b"as it was"


@pytest.mark.parametrize("name", SHAPES)
def test_stand_ins_can_be_learnt(name: str) -> None:
    arrays = stand_in(name)
    x_train, x_test = (arrays[p][:640].astype(float) for p in ("x_train", "x_test"))
    y_train, y_test = (arrays[p][:640].ravel() for p in ("y_train", "y_test"))
    means = np.array([x_train[y_train == c].mean(axis=0) for c in range(10)])
    distances = ((x_test[:, None] - means) ** 2).reshape(len(x_test), 10, -1).sum(2)
    assert (distances.argmin(axis=1) == y_test).mean() > 0.8


def test_fingerprint_follows_the_arrays_alone(tmp_path: Path) -> None:
    one = describe("mnist", read_npz(write_data(tmp_path / "a", "mnist", 1)))
    same = describe("mnist", read_npz(write_data(tmp_path / "b", "mnist", 1)))
    other = describe("mnist", read_npz(write_data(tmp_path / "c", "mnist", 2)))
    assert one == same
    assert one.name == other.name == "MNIST"
    assert one.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 16


def test_data_that_only_resemble_the_original_are_named_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = read_npz(write_data(tmp_path, "cifar10", 1))
    found = describe("cifar10", arrays)
    assert found.name == "CIFAR-10"
    monkeypatch.setitem(datasets.KNOWN, found.fingerprint, "CIFAR-10 (JPEG)")
    assert describe("cifar10", arrays).name == "CIFAR-10 (JPEG)"
    assert set(datasets.KNOWN.values()) == {"CIFAR-10 (JPEG)"}


def fingerprints(root: Path) -> Mapping[str, str]:
    """Return the fingerprints at hand, as a command with that root finds them."""
    memory = Memory(root / "memory", "salt")
    found = surroundings(root, memory).fingerprints
    memory.save()
    return found


def test_fingerprints_are_remembered_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_data(tmp_path / "data", "mnist", 1)
    os.utime(path, ns=(1, 1))
    monkeypatch.setenv("NOTES_DATA", str(tmp_path / "data"))
    first = fingerprints(tmp_path)
    assert first == {"mnist": describe("mnist", read_npz(path)).fingerprint}
    write_data(tmp_path / "data", "mnist", 2)
    os.utime(path, ns=(1, 1))  # as if nothing had been written: it is not read again
    assert fingerprints(tmp_path) == first
    os.utime(path, ns=(2, 2))
    second = fingerprints(tmp_path)
    assert second == {"mnist": describe("mnist", read_npz(path)).fingerprint} != first


@pytest.mark.parametrize("content", [b"", b"{}", b"\x80\x04."])
def test_damaged_memory_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    write_data(tmp_path / "data", "mnist", 1)
    monkeypatch.setenv("NOTES_DATA", str(tmp_path / "data"))
    first = fingerprints(tmp_path)
    (tmp_path / "memory").write_bytes(content)
    assert fingerprints(tmp_path) == first


def test_without_data_nothing_is_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTES_DATA", raising=False)
    assert fingerprints(tmp_path) == {}
    assert not list(tmp_path.iterdir())


LOADING = """
import keras
import tensorflow as tf

ROUND = 1


def experiment_pixels():
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    (colours, _), _ = tf.keras.datasets.cifar10.load_data()
    return {"first": x_train[0, 0], "colour": colours[0, 0], "round": ROUND}
"""


def test_data_come_from_the_folder_and_missing_ones_are_named_with_a_remedy(
    tmp_path: Path,
) -> None:
    sandbox = Sandbox(tmp_path / "notes")
    sandbox.write("snippets/data.py", LOADING)
    write_data(tmp_path / "data", "cifar10", 8)
    path = write_data(tmp_path / "data", "mnist", 9)
    fingerprint = describe("mnist", read_npz(path)).fingerprint
    nowhere = "http://127.0.0.1:9"  # no server: a download fails at once
    environment = {
        "NOTES_DATA": str(tmp_path / "data"),
        "KERAS_HOME": str(tmp_path / "keras"),
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }
    ran = sandbox.build(**environment)
    assert ran.code == 0, ran.err
    frozen = sandbox.root / "snippets/results/data/pixels.json"
    before = frozen.read_bytes()
    run = json.loads(before)
    assert run["runs"][0]["result"] == {"first": 9, "colour": 8, "round": 1}
    loaded = run["runs"][0]["made"]["data"]
    assert set(loaded) == {"mnist", "cifar10"}
    assert loaded["mnist"] == {"name": "MNIST", "fingerprint": fingerprint}

    path.unlink()
    sandbox.edit("snippets/data.py", "ROUND = 1", "ROUND = 2")
    ran = sandbox.build(**environment)
    assert ran.code == 1
    told = ran.about("data.experiment_pixels")
    assert "URL fetch failure" in told, ran.err
    assert "mnist.npz 같은 데이터 파일이 든 폴더를 환경 변수 NOTES_DATA로" in told
    assert frozen.read_bytes() == before


READING = '''
from pathlib import Path

import numpy as np


def experiment_mean():
    return {"mean": float(np.loadtxt(Path(__file__).parent / "points.csv").mean())}


def claim_small(mean):
    """평균은 5보다 작습니다."""
    return mean["mean"] < 5, f"{mean['mean']:g}"
'''


LISTING = """
from pathlib import Path


def experiment_count():
    return {"files": len([*Path(__file__).parent.glob("data/*.txt")])}
"""


def test_changed_data_file_is_read_again_and_told(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "notes")
    sandbox.write("snippets/points.py", READING)
    sandbox.write("snippets/folder.py", LISTING)
    sandbox.write("snippets/points.csv", "1\n2\n3\n")
    sandbox.write("snippets/data/a.txt", "")
    sandbox.write("docs/index.md", "# 글\n")
    assert sandbox.build().code == 0

    sandbox.write("snippets/points.csv", "1000\n1001\n1002\n")
    explained = sandbox.build("explain")
    assert explained.code == 1
    assert "읽은 파일 `snippets/points.csv`가 바뀌었습니다" in explained.out
    assert "그대로  folder.experiment_count" in explained.out
    ran = sandbox.build()
    assert ran.code == 1
    assert "1001" in ran.about("points.claim_small")

    (sandbox.root / "snippets/points.csv").unlink()
    lost = "읽은 파일 `snippets/points.csv`가 없습니다"
    assert lost in sandbox.build("explain").out

    sandbox.write("snippets/points.csv", "1\n2\n3\n")
    sandbox.write("snippets/data/b.txt", "")
    assert sandbox.build().code == 0
    result = (sandbox.root / "snippets/results/folder/count.json").read_text("utf-8")
    assert '"files": 2' in result

"""The live preview notices what an author saves, however the editor saves it."""

import threading
from pathlib import Path

import pytest
from lecture.render.preview import _Note
from watchdog.observers import Observer


@pytest.fixture
def changed(tmp_path: Path) -> threading.Event:
    event = threading.Event()
    observer = Observer()
    observer.schedule(_Note(event), str(tmp_path), recursive=True)
    observer.daemon = True
    observer.start()
    return event


def test_written_snippet_is_noticed(tmp_path: Path, changed: threading.Event) -> None:
    (tmp_path / "toy.py").write_text("x = 1\n")
    assert changed.wait(5)


def test_snippet_moved_into_place_is_noticed(
    tmp_path: Path, changed: threading.Event
) -> None:
    (tmp_path / "sed1234").write_text("x = 1\n")
    assert not changed.wait(0.5)
    (tmp_path / "sed1234").rename(tmp_path / "toy.py")
    assert changed.wait(5)


def test_read_snippet_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "toy.py").write_text("x = 1\n")
    event = threading.Event()
    observer = Observer()
    observer.schedule(_Note(event), str(tmp_path), recursive=True)
    observer.daemon = True
    observer.start()
    (tmp_path / "toy.py").read_text()
    assert not event.wait(0.5)

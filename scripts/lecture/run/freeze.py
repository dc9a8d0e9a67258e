"""Freezing: the results of runs, written beside the code, with the files of a lab."""

import datetime
from dataclasses import replace
from pathlib import Path

from lecture.base.errors import in_words
from lecture.base.files import digest_of, write_if_changed
from lecture.base.lab_run import pictures
from lecture.book.book import Book
from lecture.book.record import Frozen, Made, Record
from lecture.book.results import as_read, result_digest, save_results
from lecture.book.status import Task
from lecture.collect.artefact import Artefact
from lecture.task.job import Failure, Success


def unwritten(error: OSError, path: Path) -> Failure:
    """Return why a result could not be written, in words."""
    told = in_words(error)
    return Failure(f"결과를 쓰지 못했습니다. {told.message}\n  → {told.hint}", path)


def save_adopted(book: Book, artefact: Artefact) -> None:
    """Give an experiment a file of its own for the results that it has adopted."""
    if any(row.is_adopted for row in book.status(artefact).rows):
        frozen = book.kept(artefact.place)
        assert frozen, "what is adopted is there"
        if artefact.kind == "lab":
            frozen = _with_pictures(book, artefact, frozen)
        save_results(book.shelf.path(artefact.place), frozen)


def _with_pictures(book: Book, lab: Artefact, frozen: Frozen) -> Frozen:
    """Copy the pictures of a lab that has moved; return its run with their places."""
    old, new = (book.shelf.path(place).parent for place in (book.home(lab), lab.place))
    record, moved = frozen.records[0], {}
    for name in pictures(frozen.value):
        write_if_changed(new / name, (old / name).read_bytes())
        moved[book.project.relative(old / name)] = book.project.relative(new / name)
    files = {
        moved.get(Path(name), Path(name)).as_posix(): digest
        for name, digest in record.made.files.items()
    }
    made = replace(record.made, files=files)
    return frozen.with_record(replace(record, made=made), frozen.value)


def freeze(book: Book, task: Task, success: Success) -> Book:
    """Write a result and its files; return the book that has it."""
    place = task.artefact.place
    path = book.shelf.path(place)
    before = book.kept(place)
    for name, content in success.files.items():
        write_if_changed(path.parent / name, content)
    record, value = as_read(_record(book, task, success), success.value)
    after = book.with_result(place, record, value)
    kept = after.kept(place)
    if after is not book and kept:
        save_results(path, kept)
    if before and task.artefact.kind == "lab":
        _remove_pictures(path.parent, {*pictures(before.value)} - {*success.files})
    return after


def _remove_pictures(folder: Path, names: set[str]) -> None:
    """Remove what an earlier run of a lab has left; what an author put there stays."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def _record(book: Book, task: Task, success: Success) -> Record:
    folder = book.shelf.path(task.artefact.place).parent
    own = {
        book.project.relative(folder / name).as_posix(): digest_of(content)
        for name, content in success.files.items()
    }
    return Record(
        key=task.wanted.key(task.case),
        case=task.case,
        digest=result_digest(success.value),
        code=task.wanted.code,
        knobs=task.wanted.knobs,
        upstream=task.wanted.upstream,
        made=Made(
            date=datetime.date.today().isoformat(),
            seconds=success.seconds,
            memory_mb=success.memory_mb,
            hardware=success.hardware,
            versions=success.versions,
            data=success.data,
            files={**success.inputs, **own},
        ),
    )

"""Objects that follow each other through a pipe, each after its length."""

import pickle
from typing import Any, BinaryIO

_DIGITS = 8  # bytes of a length


def write_frame(pipe: BinaryIO, value: Any) -> None:
    """Send one value."""
    content = pickle.dumps(value)
    pipe.write(len(content).to_bytes(_DIGITS, "big") + content)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> Any:
    """Wait for one value; raises EOFError where the other side has ended."""
    length = pipe.read(_DIGITS)
    content = (
        pipe.read(int.from_bytes(length, "big")) if len(length) == _DIGITS else b""
    )
    if not content:
        raise EOFError
    return pickle.loads(content)

"""What the server imports before it forks, when a task needs Keras.

TensorFlow greets on standard error, below Python's reach; here nobody wants to read it.
"""

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Send standard error, C libraries' too, nowhere for a while."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


with quiet():
    import keras  # noqa: F401
    import tensorflow  # noqa: F401

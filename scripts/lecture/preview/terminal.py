"""What an author says in the terminal of a live preview."""

import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress


def on_enter(work: Callable[[], None]) -> None:
    """Do a piece of work whenever the author presses Enter, as long as we live."""
    if hasattr(signal, "SIGTTIN"):  # in the background, reading is refused instead
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    threading.Thread(target=_listen, args=(work,), daemon=True).start()


def _listen(work: Callable[[], None]) -> None:
    with suppress(OSError, ValueError):  # no terminal, or a closed one
        while sys.stdin.readline():
            work()

"""What a bare interpreter runs: functions of snippets, with nothing of ours around.

This file imports nothing but Python's own modules, so that no engine is at hand. It is
given a folder with `calls.pickle`, and leaves `values.pickle` there.
"""

import importlib
import os
import pickle
import runpy
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    """Make each call in turn; a value that has come back is pickled on its own."""
    sys.modules["lecture"] = None  # type: ignore[assignment]  # importing it fails
    calls = pickle.loads((folder / "calls.pickle").read_bytes())
    sys.path.insert(0, str(folder / "snippets"))
    if calls["served"]:
        runpy.run_path(calls["served"])["serve"](os.environ.get("NOTES_DATA"))
    made = [_made(*call) for call in calls["calls"]]
    (folder / "values.pickle").write_bytes(pickle.dumps(made))


def _made(module: str, function: str, arguments: Mapping[str, Any]) -> bytes | str:
    """Return a call's value, pickled, or the text of what it has raised."""
    try:
        value = getattr(importlib.import_module(module), function)(**arguments)
        return pickle.dumps(value)
    except BaseException:
        return traceback.format_exc()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

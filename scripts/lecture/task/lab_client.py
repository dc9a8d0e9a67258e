"""The kernel of a lab: this very interpreter, bare, in a folder of its own."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_notebook

import lecture

_LONGEST = 90  # bytes of a socket's path: macOS takes 104, and "-1" is added
_ENGINE = Path(lecture.__file__).parents[1]


@contextmanager
def started(
    cwd: Path, bare: Mapping[str, str] | None = None
) -> Iterator[NotebookClient]:
    """Yield a client whose kernel runs in a folder, and end both afterwards.

    bare: the whole environment of a kernel that must know nothing of us.
    """
    client = NotebookClient(
        new_notebook(),  # type: ignore[no-untyped-call]
        resources={"metadata": {"path": str(cwd)}},
        shutdown_kernel="immediate",
        extra_arguments=["--log-level=ERROR"],  # it warns that TCP is not encrypted
    )
    manager = client.create_kernel_manager()
    # No folder to search: only the native kernel is left, this very interpreter's.
    manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    with tempfile.TemporaryDirectory() as profile:
        _apart(manager, Path(profile))
        environment = _environment(profile) if bare is None else dict(bare)
        with client.setup_kernel(env=environment):
            yield client


def _apart(manager: KernelManager, folder: Path) -> None:
    """Have a kernel talk through files of its own, where the system can.

    Of two kernels that start at the same moment, both may be given one free port.
    """
    place = str(folder / "kernel")
    if sys.platform != "win32" and len(place.encode()) < _LONGEST:
        manager.transport, manager.ip = "ipc", place


def _environment(profile: str) -> dict[str, str]:
    paths = (str(_ENGINE), os.environ.get("PYTHONPATH", ""))
    return {
        "PYTHONHASHSEED": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",  # nothing stays beside the module
        "IPYTHONDIR": profile,  # a user's own start-up files stay out
    }

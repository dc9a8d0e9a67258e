"""A small notes project on disk, built by the real command line."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import psutil

COMMAND = """
import os
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
exec(os.environ.pop("SANDBOX_BEFORE", ""))
from lecture.cli.command import main
code = main(Path.cwd(), sys.argv[1:])
heavy = {"keras", "tensorflow", "pandas", "matplotlib"} & set(sys.modules)
print("IMPORTED", *sorted(heavy), file=sys.stderr)
sys.exit(code)
"""
SCRIPTS = Path(__file__).parents[1] / "scripts"
PATIENCE = 120  # seconds: the machine may be busy
_MARK = "NOTES_SANDBOX"  # in the environment of every process of a sandbox


@dataclass(frozen=True)
class Ran:
    """A finished command: its exit code, and what it has said."""

    code: int
    out: str
    err: str

    def about(self, task: str) -> str:
        """Return the paragraph of the final report that is about a task."""
        titles = ("실패: ", "어긋남: ", "미확인: ", "낡음: ", "쪽: ", "알림: ")
        titles += ("IMPORTED",)
        told, telling = [], False
        for line in self.err.splitlines():
            if line.startswith(titles):
                telling = line.split(": ", 1)[-1].split(" (")[0] == task
            if telling:
                told.append(line)
        return "\n".join(told)


@dataclass(frozen=True)
class Sandbox:
    """A project in a folder with a Korean name, as an author may have it."""

    root: Path
    before: str = ""  # Python that each command executes before it does anything

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def with_scripts(self) -> "Sandbox":
        """Add the scripts that an author starts."""
        for name in ("build.py", "hooks.py"):
            shutil.copy(SCRIPTS / name, self.write(f"scripts/{name}", ""))
        return self

    def edit(self, name: str, before: str, after: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert before in text
        (self.root / name).write_text(text.replace(before, after), encoding="utf-8")

    def build(self, *arguments: str, **environment: str) -> Ran:
        process = self.start(*arguments, **environment)
        try:
            out, err = process.communicate(timeout=10 * PATIENCE)
        except subprocess.TimeoutExpired:
            self.end()
            raise
        return Ran(process.returncode, out, err)

    def start(
        self, *arguments: str, stdin: int | None = None, **environment: str
    ) -> subprocess.Popen[str]:
        mark = {_MARK: str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        mark |= {"SANDBOX_BEFORE": self.before, "PYTHONUNBUFFERED": ""}
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            cwd=self.root,
            env=os.environ | mark | environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C reaches a whole process group, not pytest
        )

    def files(self, folder: str = ".") -> dict[str, str]:
        """Return the digest of each file in a folder, by its path from the root."""
        paths = sorted(p for p in (self.root / folder).rglob("*") if p.is_file())
        return {
            str(p.relative_to(self.root)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in paths
        }

    def said(self, name: str = "ran.txt") -> list[str]:
        """Return the lines that snippets have appended to a file of the root."""
        path = self.root / name
        return path.read_text(encoding="utf-8").split() if path.exists() else []

    def processes(self) -> list[psutil.Process]:
        """Return the living processes of this sandbox, whoever their parents are."""
        return [p for p in psutil.process_iter() if self._owns(p)]

    def end(self) -> None:
        """End all processes of this sandbox, where a test has left any."""
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()

    def _owns(self, process: psutil.Process) -> bool:
        try:
            mark = process.environ().get(_MARK)
            return mark == str(self.root) and process.status() != "zombie"
        except psutil.Error:
            return False


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait until a condition holds; return the seconds that it took."""
    start = time.monotonic()
    while not condition():
        waited = time.monotonic() - start
        assert waited < seconds, f"nothing after {seconds} s: {condition}"
        time.sleep(0.05)
    return time.monotonic() - start

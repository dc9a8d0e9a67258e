"""The built site, and a real browser to read it with."""

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chromium import find as chromium_path
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright
from visits import Visit, opened

ROOT = Path(__file__).parents[2]
PAGES = sorted(f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md"))
_OPEN = 4  # pages
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `name` once for each page of the notes."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", PAGES)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the real site, built once as a reader gets it.

    Where the tests run in several processes, the first to come builds it for all.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not folder.exists():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert build.returncode == 0, (build.stdout + build.stderr)[-4000:]


@pytest.fixture(scope="session")
def documents(site: Path) -> dict[str, BeautifulSoup]:
    """Return every HTML file of the site, by its path."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(
            path.read_bytes(), "html.parser"
        )
        for path in sorted(site.rglob("*.html"))
    }


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the site, and return the address of its front folder."""
    handler = functools.partial(_QuietHandler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = chromium_path()
    if executable is None:
        missing = "Chromium이 없어 브라우저 검사를 할 수 없습니다."
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visit(chromium: Browser) -> Callable[..., Visit]:
    """Return a function that opens an address and reads it to the end.

    The last few stay open: a hundred open pages are a hundred processes of Chromium.
    """
    visits: dict[tuple[str, int], Visit] = {}

    def read(url: str, width: int = 1280) -> Visit:
        if (url, width) not in visits:
            if len(visits) == _OPEN:
                visits.pop(next(iter(visits))).page.close()
            visits[url, width] = opened(chromium, url, width)
        return visits[url, width]

    return read

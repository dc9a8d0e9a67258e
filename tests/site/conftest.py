"""The built site, and a real browser to read it with."""

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chromium import find as chromium_path
from filelock import FileLock
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PAGES = sorted(f"{path.stem}.html" for path in (ROOT / "docs").glob("*.md"))
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


@dataclass
class Visit:
    """One page open in the browser, and what happened since."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def meet(self, scheme: str) -> None:
        """Read the page in a colour scheme: by day "light", at night "dark"."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(_IS_IN_SCHEME, arg=scheme)  # the theme listens
        self.page.evaluate(_READ_TO_THE_END)

    def search(self, words: str) -> str:
        """Type into the search box, and return the text of what it finds."""
        box = self.page.locator(".md-search__input")
        box.fill(words)
        box.press("End")  # the theme listens to keys, which fill does not press
        self.page.locator(".md-search-result__item").first.wait_for(timeout=120_000)
        return self.page.locator(".md-search-result__list").inner_text()


_IS_IN_SCHEME = """(scheme) =>
  (document.body.dataset.mdColorScheme === "slate") === (scheme === "dark")"""
_READ_TO_THE_END = """async () => {
  const pause = (ms) => new Promise((over) => setTimeout(over, ms));
  const soon = (promise) => Promise.race([promise, pause(10_000)]);
  const frame = () => // a window that nobody paints has none
    Promise.race([new Promise(requestAnimationFrame), pause(1_000)]);
  document.querySelectorAll("article details").forEach((d) => (d.open = true));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y); // what is far from the screen is not laid out
    await frame(); // that it is near is seen in this frame,
    await frame(); // and it is laid out in the next
  }
  scrollTo(0, 0);
  const shown = [...document.images].filter((image) => image.offsetParent);
  shown.forEach((image) => (image.loading = "eager"));
  await soon(Promise.allSettled(shown.map((image) => image.decode())));
  await soon(document.fonts.ready);
  await pause(500); // the theme changes its colours slowly
  await frame();
}"""


def opened(chromium: Browser, url: str, width: int = 1280) -> Visit:
    """Open an address and read it to the end; whoever asks closes the page."""
    window = {"width": width, "height": 900}
    page = chromium.new_page(viewport=window, locale="ko-KR")
    page.set_default_timeout(120_000)  # ms: the machine may be busy
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    page.on("console", lambda said: _note_error(visit, said))
    page.goto(url)
    page.evaluate(_READ_TO_THE_END)
    return visit


@pytest.fixture(scope="session")
def visit(chromium: Browser) -> Callable[..., Visit]:
    """Return a function that opens an address and reads it to the end, once."""
    return functools.cache(functools.partial(opened, chromium))


def _note_error(visit: Visit, said: ConsoleMessage) -> None:
    if said.type == "error":
        visit.errors.append(f"{said.text} ({said.location.get('url')})")

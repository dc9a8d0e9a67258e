"""A page that a browser has read to its end, and what happened on the way."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page


@dataclass
class Visit:
    """One page open in the browser, and what happened since."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def meet(self, scheme: str) -> None:
        """Read the page in a colour scheme: by day "light", at night "dark"."""
        self.page.emulate_media(color_scheme=scheme)
        # The theme listens; a window that nobody paints has no frames to ask at.
        self.page.wait_for_function(_IS_IN_SCHEME, arg=scheme, polling=100)
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


def _note_error(visit: Visit, said: ConsoleMessage) -> None:
    if said.type == "error":
        visit.errors.append(f"{said.text} ({said.location.get('url')})")

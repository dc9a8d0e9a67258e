"""Frames on a page: stepped through by keyboard, played, printed, without scripts."""

import json
import re

import pytest

PAGE, NAME = "neural_network.html", "border_path"
PHONE = 390
PICTURE = re.compile(rf"{NAME}-(\d\d)-(light|dark)")


class Figure:
    """The frames of one page, open in a browser of their own."""

    def __init__(self, browser, url, *, width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        self.page = context.new_page()
        self.loaded, self.errors = [], []
        self.page.on("request", lambda r: self.loaded.extend(PICTURE.findall(r.url)))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self._note(said))
        self.page.goto(url)
        self.root = self.page.locator(f"#{NAME}")
        self.slider = self.root.locator("input")
        self.button = self.root.locator(".frames-controls button")
        self.labels = json.loads(
            self.root.locator(".frames-controls").get_attribute("data-labels")
        )

    def _note(self, said):
        if said.type == "error":
            self.errors.append(said.text)

    @property
    def shown(self):
        """Return number, scheme and label of each frame that can be seen."""
        frames = self.root.locator(".frames-frame").all()
        seen = [frame for frame in frames if frame.is_visible()]
        return [(*self._picture(f), f.text_content().strip()) for f in seen]

    def _picture(self, frame):
        image = frame.locator("img:visible")
        assert image.count() == 1
        return PICTURE.search(image.get_attribute("src")).groups()

    def wait(self, condition):
        element = self.root.element_handle()
        self.page.wait_for_function(f"figure => {condition}", arg=element, polling=100)

    def wait_until_drawn(self):
        self.root.scroll_into_view_if_needed()
        self.wait(
            "[...figure.querySelectorAll('img')].filter(i => i.offsetParent)"
            ".every(i => i.complete && i.naturalWidth > 0)"
        )


@pytest.fixture
def read(chromium, address):
    """Return a function that opens the frames, and find no error at the end."""
    figures = []

    def opened(url=address + PAGE, **how):
        figures.append(Figure(chromium, url, **how))
        return figures[-1]

    yield opened
    for figure in figures:
        figure.page.context.close()
    assert [error for figure in figures for error in figure.errors] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slider_shows_one_frame_after_another_by_keyboard(read, scheme):
    figure = read(scheme=scheme)
    last = len(figure.labels) - 1
    assert figure.shown == [("00", scheme, figure.labels[0])]

    for key, number in (("ArrowRight", 1), ("ArrowRight", 2), ("End", last)):
        figure.slider.press(key)
        label = figure.labels[number]
        assert figure.shown == [(f"{number:02}", scheme, label)]
        assert figure.slider.get_attribute("aria-valuetext") == label
    figure.wait_until_drawn()


def test_frames_are_loaded_when_they_are_wanted_and_in_one_scheme(read):
    figure = read()
    assert figure.loaded == []
    figure.wait_until_drawn()
    ends = {("00", "light"), (f"{len(figure.labels) - 1:02}", "light")}
    assert set(figure.loaded) == ends

    figure.slider.focus()
    figure.wait_until_drawn()
    every = {(f"{number:02}", "light") for number in range(len(figure.labels))}
    assert set(figure.loaded) == every


def test_play_goes_on_by_itself_and_stops_when_told(read):
    figure = read()
    assert figure.button.get_attribute("aria-label") == "재생"
    figure.button.click()
    assert figure.button.get_attribute("aria-label") == "멈춤"
    figure.wait("figure.querySelector('input').valueAsNumber >= 2")

    figure.button.click()
    assert figure.button.get_attribute("aria-label") == "재생"
    number = int(figure.slider.input_value())
    figure.page.wait_for_timeout(1500)  # two steps, were it still playing
    assert figure.shown == [(f"{number:02}", "light", figure.labels[number])]


def test_play_ends_with_the_last_frame_and_starts_again_from_the_first(read):
    figure = read()
    figure.slider.press("End")
    figure.slider.press("ArrowLeft")
    figure.button.click()
    play = "figure.querySelector('.frames-controls button')"
    figure.wait(f"{play}.textContent.includes('재생')")
    assert int(figure.slider.input_value()) == len(figure.labels) - 1

    figure.button.click()
    assert int(figure.slider.input_value()) < len(figure.labels) - 1


def test_a_hand_on_the_slider_stops_the_play(read):
    figure = read()
    figure.button.click()
    figure.slider.press("ArrowRight")
    assert figure.button.get_attribute("aria-label") == "재생"


def test_text_below_stays_where_it_is(read):
    figure = read(width=PHONE)
    figure.wait_until_drawn()
    before = figure.root.bounding_box()
    figure.slider.press("End")
    assert figure.root.bounding_box() == before


def test_frames_fit_a_phone(read):
    figure = read(width=PHONE)
    figure.slider.press("End")
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= PHONE
    box = figure.slider.bounding_box()
    assert box["width"] > 150 and box["x"] + box["width"] <= PHONE


def first_and_last(figure):
    last = len(figure.labels) - 1
    ends = [("00", figure.labels[0]), (f"{last:02}", figure.labels[-1])]
    return [(number, "light", label) for number, label in ends]


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_without_scripts_first_and_last_stand_with_their_labels(read, width):
    figure = read(width=width, scripts=False)
    assert figure.shown == first_and_last(figure)
    assert not figure.slider.is_visible()


def test_paper_shows_first_and_last_wherever_the_slider_was(read):
    figure = read()
    figure.slider.press("ArrowRight")
    figure.page.emulate_media(media="print")
    assert figure.shown == first_and_last(figure)
    assert not figure.button.is_visible()


def test_frames_work_in_a_folder_without_a_server(read, site):
    figure = read((site / PAGE).as_uri())
    figure.slider.press("ArrowRight")
    figure.wait_until_drawn()
    assert figure.shown == [("01", "light", figure.labels[1])]


def test_each_of_several_on_a_page_goes_its_own_way(
    chromium, site, documents, tmp_path
):
    figure = str(documents[PAGE].find(id=NAME))
    script = (site / "javascripts" / "frames.js").read_text("utf-8")
    page = chromium.new_page()
    twice = f"{figure}{figure.replace(NAME, 'other')}<script>{script}</script>"
    (tmp_path / "two.html").write_text(f"<meta charset=utf-8>{twice}", "utf-8")
    page.goto((tmp_path / "two.html").as_uri())
    sliders = page.locator("input").all()
    sliders[1].press("ArrowRight")
    assert [slider.input_value() for slider in sliders] == ["0", "1"]
    numbers = [
        PICTURE.search(i.get_attribute("src"))
        for i in page.locator(f"#{NAME} .frames-now img").all()
    ]
    assert [found[1] for found in numbers] == ["00", "00"]
    page.close()


def test_script_is_small(site):
    assert (site / "javascripts" / "frames.js").stat().st_size <= 2500

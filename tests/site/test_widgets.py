"""The widgets compute what the lecture's NumPy computes, for whoever uses them."""

import gzip
import importlib
import math

import numpy as np
import pytest

PAGES = {
    "activations.html": "activation-explorer",
    "optimizers.html": "optimizer-race",
    "initialization.html": "initialization-ruler",
}
EXACT = 1e-6  # the lecture's own arithmetic, in another language


@pytest.fixture
def widget(chromium, site):
    """Return a function that opens the page of a widget from a folder."""
    pages = []

    def open_page(name, width=390, scheme="light"):
        window = {"width": width, "height": 900}
        page = chromium.new_page(viewport=window, color_scheme=scheme, locale="ko-KR")
        page.said = []
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto((site / name).as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        assert page.said == []
        page.close()


def part(page, name):
    return page.locator(f'.widget [data-part="{name}"]')


def said(page):
    return part(page, "said").inner_text()


# ------------------------------------------------------------------ the same numbers


def test_explorer_has_the_functions_and_slopes_of_the_lecture(widget):
    lecture = importlib.import_module("runs.activations")
    x = np.linspace(-6, 6, 121)
    ours = widget("activations.html").evaluate(
        """xs => Object.fromEntries(Object.entries(ActivationExplorer.FUNCTIONS)
          .map(([name, both]) => [name, both.map(f => xs.map(f))]))""",
        x.tolist(),
    )
    assert ours.keys() == lecture.FUNCTIONS.keys()
    for name, (value, slope) in ours.items():
        np.testing.assert_allclose(value, lecture.FUNCTIONS[name](x), atol=EXACT)
        np.testing.assert_allclose(slope, lecture.DERIVATIVES[name](x), atol=EXACT)


def test_explorer_multiplies_the_slope_layer_by_layer(widget):
    lecture = importlib.import_module("activations")
    page = widget("activations.html")
    ours = page.evaluate("ActivationExplorer.shrink(0.25, 10)")
    assert ours[-1] == pytest.approx(lecture.answer_shrink(10), rel=EXACT)
    assert "9.1×10⁻¹³" in said(page)  # of twenty layers, where the page begins


@pytest.mark.parametrize("surface", ["ravine", "turned", "saddle"])
def test_race_goes_as_the_rules_of_the_lecture(widget, surface):
    lecture = importlib.import_module("optimizers")
    page = widget("optimizers.html")
    ours = page.evaluate(
        """([surface, names]) => {
          const { H, start } = OptimizerRace.SURFACES[surface];
          const go = (name, knobs) => OptimizerRace.descend(name, H, start, 0.03, 60, knobs);
          const paths = names.map(name => go(name));
          const known = { momentum: "beta", nesterov: "beta", rmsprop: "rho", adam: "beta1" };
          const turned = names.map(n => n in known ? go(n, { [known[n]]: 0.6 }) : null);
          return { H, start, paths, turned, known };
        }""",  # noqa: E501
        [surface, [*lecture.RULES]],
    )
    H, start = np.array(ours["H"]), np.array(ours["start"])  # noqa: N806
    for name, path, turned in zip(
        lecture.RULES, ours["paths"], ours["turned"], strict=True
    ):
        theirs = lecture.descend(name, H, start, 0.03, 60)
        np.testing.assert_allclose(path, theirs, rtol=EXACT, atol=EXACT)
        if turned:
            knobs = {ours["known"][name]: 0.6}
            theirs = lecture.descend(name, H, start, 0.03, 60, **knobs)
            np.testing.assert_allclose(turned, theirs, rtol=EXACT, atol=EXACT)


def test_race_runs_in_the_valleys_of_the_lecture(widget):
    lecture = importlib.import_module("runs.optimizers")
    page = widget("optimizers.html")
    for surface, angle in (("ravine", 0), ("turned", 30)):
        ours = page.evaluate("name => OptimizerRace.SURFACES[name].H", surface)
        np.testing.assert_allclose(ours, lecture.valley(angle)[0], atol=EXACT)


class Normals:
    """The random numbers of the widget, with the method that `flow` asks for."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647

    def one(self):
        radius = math.sqrt(-2 * math.log(self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def normal(self, mean=0.0, deviation=1.0, size=()):
        drawn = np.array([self.one() for _ in range(math.prod(size))])
        return mean + deviation * drawn.reshape(size)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_ruler_flows_as_the_lecture(widget, activation):
    lecture = importlib.import_module("initialization")
    page = widget("initialization.html")
    depth, width, images = 20, 64, 32
    for init in ("normal_001", "glorot", "he", "normal_1"):
        sigma = float(lecture.deviation(init, width, width))
        zs, gradients = lecture.flow(
            activation, init, depth, width, Normals(1), images=images
        )
        ours = page.evaluate(
            """([activation, sigma]) => {
              const { forward, backward } = InitializationRuler.flow(activation, sigma);
              return { forward, backward };
            }""",
            [activation, sigma],
        )
        for mine, theirs in (("forward", zs), ("backward", gradients)):
            expected = [values.std() for values in theirs]
            np.testing.assert_allclose(ours[mine], expected, rtol=EXACT)


# ------------------------------------------------------------------ by keys, by ear


def press(page, name, *keys):
    part(page, name).focus()
    for key in keys:
        page.keyboard.press(key)


def test_keys_move_the_explorer(widget):
    page = widget("activations.html")
    press(page, "x", "Home")
    assert "x = −6" in said(page)
    press(page, "layers", "Home", "ArrowRight")
    assert "2개 층" in said(page)
    press(page, "function", "ArrowDown")
    assert said(page).startswith("Tanh")
    assert part(page, "x").get_attribute("aria-valuetext") == "−6"


def test_keys_step_the_race_and_a_divergence_is_named(widget):
    page = widget("optimizers.html")
    press(page, "step", "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    assert said(page).startswith("3걸음 뒤의 손실: 가(SGD)")
    press(page, "next", "Enter")
    assert said(page).startswith("4걸음")
    press(page, "lr-a", "End")
    press(page, "step", "End")
    assert "가(SGD) 발산" in said(page)


def test_a_rule_begins_with_the_rate_that_the_lecture_found(widget):
    page = widget("optimizers.html")
    part(page, "rule-a").select_option("adam")
    best = part(page, "rule-a").evaluate("s => s.selectedOptions[0].dataset.lr")
    rate = 10 ** float(part(page, "lr-a").input_value())
    assert rate == pytest.approx(float(best), rel=0.02)  # a slider has notches
    assert part(page, "knob-a").is_enabled()
    part(page, "rule-a").select_option("adagrad")
    assert part(page, "knob-a").is_disabled()


def test_race_runs_to_its_end_silently_and_says_it_there(widget):
    page = widget("optimizers.html")
    press(page, "step", "End", *["ArrowLeft"] * 3)
    press(page, "run", "Enter")
    assert part(page, "said").get_attribute("aria-live") == "off"
    page.wait_for_function(
        "document.querySelector('.widget [data-part=said]').ariaLive === 'polite'",
        polling=100,
    )
    assert said(page).startswith("100걸음")


def test_ruler_tells_what_becomes_of_the_values(widget):
    page = widget("initialization.html")
    told = {}
    for at in ("-12", "0", "12"):
        button = page.locator(f'.widget [data-at="{at}"]')
        button.focus()
        page.keyboard.press("Enter")
        told[at] = said(page)
    assert "사라집니다" in told["-12"]
    assert "그대로인 편" in told["0"]
    assert "−1과 1에 몰립니다" in told["12"]
    part(page, "activation").select_option("relu")
    assert "넘칩니다" in said(page)


@pytest.mark.parametrize("place", PAGES)
def test_everything_in_a_widget_has_a_name(documents, place):
    widget = documents[place].find(id=PAGES[place])
    assert widget["aria-label"]
    assert widget.select_one('[role="status"]')["aria-live"] == "polite"
    for control in widget.select("input, select, button"):
        assert control.get("aria-label") or control.find_parent("label") or control.text
    for picture in widget.select("svg"):
        assert picture["role"] == "img" and picture["aria-label"]


# ------------------------------------------------------------------------- the page


@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_widget_fits_and_moves_nothing_below(widget, place, scheme):
    page = widget(place, scheme=scheme)
    box = page.locator(".widget").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    before = box["height"]
    for slider in page.locator(".widget input").all():
        if slider.is_enabled():
            slider.press("End")
    assert page.locator(".widget").bounding_box()["height"] == before
    ink = page.locator(".widget svg text").first.evaluate(
        "t => getComputedStyle(t).fill"
    )
    assert ink == {"light": "rgb(35, 39, 47)", "dark": "rgb(227, 230, 236)"}[scheme]


@pytest.mark.parametrize("place", PAGES)
def test_without_scripts_the_figures_stand_alone(chromium, site, place):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / place).as_uri())
    assert not page.locator(".widget").is_visible()
    assert page.locator("figure.artefact img").count() > 0
    context.close()


def test_scripts_are_small_and_loaded_where_they_are_used(site, documents):
    for name, id in PAGES.items():
        script = f"javascripts/{id.replace('-', '_')}.js"
        for file in (script, "javascripts/widgets.js"):
            assert len(gzip.compress((site / file).read_bytes())) <= 4096
        users = {n for n, d in documents.items() if script in d.decode()}
        assert users == {name}
    users = {n for n, d in documents.items() if "widgets.js" in d.decode()}
    assert users == {*PAGES}

"""Frames: figures that a reader steps through, alike in all but what they show."""

import io
import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from lecture.base.errors import DrawError
from lecture.base.products import Frames
from lecture.collect.artefact import DRAWN, Artefact
from lecture.draw.frames import draw_frames
from lecture.draw.kinds import PRODUCE
from lecture.draw.style import PALETTES
from lecture.publish.frames import frames_fragment
from lecture.publish.kinds import SHOWN
from lecture.publish.provenance import Provenance
from markdown import Markdown
from PIL import Image
from sandbox import Sandbox


def frames_fall():
    """Yield a curve that grows, under a title that grows with it."""
    for step in (1, 10, 100):
        fig, ax = plt.subplots(figsize=(4, 3))
        ax.plot(np.arange(step), np.linspace(1, 1 / step, step))
        ax.set(title="\n".join(["손실"] * len(str(step))), xlabel="걸음")
        yield f"{step}걸음, 손실 {1 / step:.2f}", fig


def frames_noise():
    """Yield images of noise, which no vector file holds well."""
    for step in range(3):
        fig, ax = plt.subplots(figsize=(2, 2))
        ax.imshow(np.random.rand(60, 60), extent=(0, 1 + step, 0, 1))
        yield f"{step}", fig


def sizes(files):
    """Return the sizes of drawn files: points of an SVG, pixels of an image."""
    return {
        re.search(rb'width="[\d.]+pt" height="[\d.]+pt"', content)[0]
        if name.endswith("svg")
        else Image.open(io.BytesIO(content)).size
        for name, content in files.items()
    }


def test_every_kind_that_is_drawn_can_be_produced_and_shown():
    assert set(DRAWN) == set(PRODUCE) == set(SHOWN)


def test_frames_become_a_file_for_each_frame_and_scheme():
    frames, files = draw_frames(frames_fall, name="fall")

    assert frames.labels == (
        *("1걸음, 손실 1.00", "10걸음, 손실 0.10", "100걸음, 손실 0.01"),
    )
    assert frames.light == tuple(f"fall-0{n}-light.svg" for n in range(3))
    assert frames.dark == tuple(f"fall-0{n}-dark.svg" for n in range(3))
    assert set(files) == set(frames.files)
    assert PALETTES["dark"].text.encode() in files["fall-02-dark.svg"]


@pytest.mark.parametrize("function", [frames_fall, frames_noise])
def test_frames_are_of_one_size_whatever_they_show(function):
    assert len(sizes(draw_frames(function, name="x")[1])) == 1


def test_frames_that_vectors_hold_badly_become_webp_of_the_stated_size():
    frames, files = draw_frames(frames_noise, name="noise")

    assert frames.light[0] == "noise-00-light.webp"
    width, height = Image.open(io.BytesIO(files[frames.light[0]])).size
    assert width / 200 * 96 == pytest.approx(frames.width, abs=1.5)
    assert height / 200 * 96 == pytest.approx(frames.height, abs=1.5)


@pytest.mark.parametrize("function", [frames_fall, frames_noise])
def test_frames_are_the_same_to_the_byte_each_time(function):
    assert draw_frames(function, name="x") == draw_frames(function, name="x")


def drawn(*settings):
    """Draw a frame for each pair of data and limits; return the light ones' axes."""
    axes = []

    def frames():
        for number, (x, limits) in enumerate(settings):
            fig, ax = plt.subplots()
            ax.plot(x, [0, 1])
            ax.set(**limits)
            axes.append(ax)
            yield f"{number}", fig

    draw_frames(frames, name="x")
    return axes[: len(settings)]


def test_axes_share_the_limits_that_hold_the_data_of_all_frames():
    first, last = drawn(([0, 1], {}), ([5, 9], {}))

    assert first.get_xlim() == last.get_xlim()
    low, high = first.get_xlim()
    assert low <= 0 and high >= 9
    assert first.get_position().bounds == last.get_position().bounds


def test_limits_that_the_author_has_set_stay():
    first, last = drawn(([0, 1], {"xlim": (0, 2)}), ([0, 1], {"xlim": (7, 8)}))

    assert (first.get_xlim(), last.get_xlim()) == ((0, 2), (7, 8))


def test_an_axis_that_points_the_other_way_still_does():
    def frames():
        for size in (4, 8):
            fig, ax = plt.subplots()
            ax.imshow(np.eye(size))
            shown.append(ax)
            yield f"{size}", fig

    shown = []
    draw_frames(frames, name="x")
    assert shown[0].get_ylim() == shown[1].get_ylim() == (7.5, -0.5)


def figures(*sizes, axes=(1, 1)):
    for size, count in zip(sizes, axes, strict=True):
        yield "장면", plt.subplots(count, figsize=size)[0]


def one_figure_twice():
    fig, ax = plt.subplots()
    for step in range(3):
        ax.plot([0, step])
        yield f"{step}", fig


def labels_that_change():
    for step in range(2):
        labels_that_change.calls += 1
        yield f"{labels_that_change.calls}", plt.figure(num=step)


labels_that_change.calls = 0


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda: plt.figure(), "내놓지 않고"),
        (lambda: None, "내놓지 않고"),
        (lambda: "장면", "내놓지 않고"),
        (lambda: iter([plt.figure()]), "(이름표, Figure)가 아닌 것"),
        (lambda: iter([(1, plt.figure())]), "(이름표, Figure)가 아닌 것"),
        (lambda: iter([(" ", plt.figure())]), "(이름표, Figure)가 아닌 것"),
        (lambda: iter([("1", plt.gca())]), "(이름표, Figure)가 아닌 것"),
        (lambda: iter([]), "0개"),
        (lambda: iter([("1", plt.figure())]), "1개"),
        (lambda: figures(*[(1, 1)] * 41, axes=[1] * 41), "40개를 넘습니다"),
        (lambda: figures((4, 3), (4, 4)), "크기"),
        (lambda: figures((4, 3), (4, 3), axes=(1, 2)), "1개와 2개"),
        (one_figure_twice, "같은 Figure"),
        (labels_that_change, "이름표가 달라졌습니다"),
    ],
)
def test_what_no_reader_could_step_through_is_refused(function, words):
    with pytest.raises(DrawError) as refused:
        draw_frames(function, name="path")
    assert "path" in str(refused.value) and words in str(refused.value)
    assert refused.value.hint
    assert plt.get_fignums() == []


def test_endless_frames_are_refused():
    def frames():
        while True:
            yield "장면", plt.figure(figsize=(1, 1))

    with pytest.raises(DrawError, match="40개를 넘습니다"):
        draw_frames(frames, name="x")


def test_missing_glyph_of_any_frame_is_an_error():
    def frames():
        for text in ("손실", "🎉"):
            fig = plt.figure(figsize=(2, 1))
            fig.text(0, 0, text)
            yield text, fig

    with pytest.raises(DrawError, match=r"U\+1F389"):
        draw_frames(frames, name="x")


LABELS = ("0걸음, `손실` <1.10>", '1걸음 "둘째"', "2걸음, 손실 0.04")
FRAMES = Frames(
    LABELS,
    light=tuple(f"path-0{n}-light.webp" for n in range(3)),
    dark=tuple(f"path-0{n}-dark.webp" for n in range(3)),
    width=384,
    height=300,
)


@pytest.fixture
def figure():
    path = Path("/notes/snippets/net.py")
    said = "경계가 움직입니다."
    artefact = Artefact("net", "figures.net", "frames", "path", path, 12, said)
    fragment = frames_fragment(artefact, FRAMES, Provenance())
    html = Markdown(extensions=["md_in_html", "attr_list"]).convert(fragment)
    return BeautifulSoup(html, "html.parser").select_one("figure.artefact-frames")


def test_without_scripting_the_first_and_the_last_frame_stand_with_labels(figure):
    shown = figure.select(".frames-stage > .frames-frame")
    assert [frame.get_text(strip=True) for frame in shown] == [LABELS[0], LABELS[2]]
    assert [[image["src"] for image in frame.select("img")] for frame in shown] == [
        [f"docs://generated/net/path-0{n}-{s}.webp#only-{s}" for s in ("light", "dark")]
        for n in (0, 2)
    ]
    assert all(
        (image["width"], image["height"], image["loading"]) == ("384", "300", "lazy")
        and image["alt"] == "경계가 움직입니다."
        for image in figure.select("img")
    )


def test_controls_are_hidden_until_a_script_shows_them(figure):
    controls = figure.select_one(".frames-controls")
    assert controls.has_attr("hidden")
    assert tuple(json.loads(controls["data-labels"])) == LABELS
    button, slider = controls.find_all(recursive=False)
    assert (button.name, slider["type"], slider["max"]) == ("button", "range", "2")
    assert slider["aria-valuetext"] == LABELS[0]


def test_frames_are_numbered_as_a_figure(figure):
    number = figure.select_one("figcaption .artefact-number")
    assert number["data-kind"] == "그림"


FALL = '''
    """내려가는 손실."""

    import matplotlib.pyplot as plt


    def experiment_fall(steps=3):
        return {"losses": [1 / (step + 1) for step in range(steps)]}


    def frames_curve(fall):
        """손실이 내려갑니다."""
        for step, loss in enumerate(fall["losses"]):
            fig, ax = plt.subplots(figsize=(2, 2))
            ax.bar(["손실"], [loss])
            yield f"{step}걸음, 손실 {loss:.2f}", fig
'''


def test_a_module_with_frames_builds_and_is_drawn_once(tmp_path):
    sandbox = Sandbox(tmp_path)
    sandbox.write("snippets/fall.py", FALL)
    sandbox.write("docs/fall.md", '# 손실\n\n--8<-- "generated/fall/curve.md"\n')
    ran = sandbox.build()
    assert ran.code == 0, ran.err
    built = sandbox.files("docs/generated/fall")
    pictures = {Path(name).name for name in built if name.endswith(".svg")}
    assert pictures == {
        f"curve-0{n}-{s}.svg" for n in range(3) for s in ("light", "dark")
    }
    downloads = (tmp_path / "docs/generated/fall/downloads.md").read_text("utf-8")
    assert "그림: 손실이 내려갑니다." in downloads

    again = sandbox.build()
    assert "frames_curve" not in again.out
    assert sandbox.files("docs/generated/fall") == built


def test_a_mistake_in_frames_is_told_with_its_line_and_a_remedy(tmp_path):
    sandbox = Sandbox(tmp_path)
    sandbox.write("snippets/fall.py", FALL.replace("yield f", "return f"))
    ran = sandbox.build()
    assert ran.code == 1
    said = ran.about("fall.frames_curve")
    assert "fall.py:10" in said and "내놓지 않고" in said, ran.err


def test_a_plural_that_is_no_kind_names_the_one_that_is_meant(tmp_path):
    sandbox = Sandbox(tmp_path)
    sandbox.write("snippets/fall.py", FALL.replace("frames_curve", "frame_curve"))
    ran = sandbox.build()
    assert "`frames_`를 쓰려 했나요?" in ran.err

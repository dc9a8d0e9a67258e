"""Figures, tables and claims: what a page receives from a snippet's function."""

import base64
import os
import re
import struct
import subprocess
import sys
from html import unescape
from itertools import combinations
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from lecture.base.errors import DrawError
from lecture.base.files import write_if_changed
from lecture.draw import figures
from lecture.draw.figures import check_claim
from lecture.draw.legible import smallest_text
from lecture.draw.style import FONT, PALETTES, SCHEMES, recolour, style


def draw_figure(function, *, folder, name):
    """Draw, and write the files as a build does."""
    drawing, files = figures.draw_figure(function, name=name)
    write_all(folder, files)
    return drawing


def draw_table(frame, *, folder, name):
    table, files = figures.draw_table(frame, name=name)
    write_all(folder, files)
    return table


def write_all(folder, files):
    for name, content in files.items():
        write_if_changed(folder / name, content)


def figure_curve():
    fig, ax = plt.subplots()
    epochs = np.arange(1, 21)
    for rate in (0.1, 0.01):
        ax.plot(epochs, np.exp(-epochs * rate) - 0.05, label=f"학습률 {rate}")
    ax.set_xlabel("에폭")
    ax.set_ylabel("손실 − 최솟값")
    ax.set_title(r"$\eta \leq 10^{-1}$ → $\nabla \mathcal{L}(\mathbf{w})$")
    ax.set_yscale("log")
    ax.legend()
    return fig


def figure_grid():
    fig, grid = plt.subplots(2, 5, figsize=(6.4, 3))
    pixels = np.random.default_rng(0).random((10, 32, 32, 3))
    for ax, image in zip(grid.flat, pixels, strict=True):
        ax.imshow(image)
        ax.axis("off")
    return fig


def figure_labelled(text):
    fig = plt.figure()
    fig.text(0, 0, text)
    return fig


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# --- figures


def test_curve_becomes_two_transparent_svgs_with_text_as_paths(tmp_path):
    drawing = draw_figure(figure_curve, folder=tmp_path / "new", name="curve")

    assert (drawing.light, drawing.dark) == ("curve-light.svg", "curve-dark.svg")
    light, dark = (
        (tmp_path / "new" / file).read_text(encoding="utf-8")
        for file in (drawing.light, drawing.dark)
    )
    for svg, scheme in ((light, "light"), (dark, "dark")):
        assert "<text" not in svg and "<metadata" not in svg
        assert "DejaVu" not in svg
        assert PALETTES[scheme].cycle[0] in svg
        assert PALETTES[scheme].text in svg
    assert not {code for code in PALETTES["light"].codes if code in dark}


def test_drawing_states_the_css_size_of_the_saved_file(tmp_path):
    drawing = draw_figure(figure_curve, folder=tmp_path, name="curve")

    svg = (tmp_path / drawing.light).read_text(encoding="utf-8")
    width, height = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
    assert drawing.width == round(float(width) * 96 / 72)
    assert drawing.height == round(float(height) * 96 / 72)


def test_image_grid_becomes_png_of_the_same_css_size(tmp_path):
    drawing = draw_figure(figure_grid, folder=tmp_path, name="grid")

    assert (drawing.light, drawing.dark) == ("grid-light.png", "grid-dark.png")
    png = (tmp_path / drawing.light).read_bytes()
    width, height = struct.unpack(">II", png[16:24])
    assert width / 200 * 96 == pytest.approx(drawing.width, abs=1.5)
    assert height / 200 * 96 == pytest.approx(drawing.height, abs=1.5)
    assert b"Software" not in png


def test_unchanged_figure_leaves_its_files_alone(tmp_path):
    draw_figure(figure_curve, folder=tmp_path, name="curve")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    draw_figure(figure_curve, folder=tmp_path, name="curve")

    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_two_processes_draw_the_same_bytes(tmp_path):
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "import test_draw as t\n"
        "for f in (t.figure_curve, t.figure_grid):\n"
        "    t.draw_figure(f, folder=Path(sys.argv[2]), name=f.__name__)\n"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, Path(__file__).parent, tmp_path / seed],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )

    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert len(contents(tmp_path / "1")) == 4


def test_random_jitter_is_the_same_in_both_schemes(tmp_path):
    seen = []

    def figure_jitter():
        seen.append(np.random.rand())
        return figure_labelled("흔들림")

    draw_figure(figure_jitter, folder=tmp_path, name="jitter")

    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("정확도 😀", "'😀' (U+1F600)"),
        ("뷁", "'뷁' (U+BDC1)"),
        (r"$\mathrm{손}$", "'손'"),
    ],
)
def test_missing_glyph_is_an_error_that_names_figure_and_character(
    tmp_path, text, character
):
    with pytest.raises(DrawError, match="그림 curve") as caught:
        draw_figure(lambda: figure_labelled(text), folder=tmp_path, name="curve")

    assert character in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "가나다 힝 ㄱㅎㅏㅣ 뷔페 꽝 훼손 읽었습니다",
        "−1 ± 2 × 3 · 4 ÷ 5 ≤ 6 ≥ 7 ≠ ≈ ∞ ² ³ °",
        "∂ ∇ ∑ √ ∫ ∈ → ← ↑ ↓ ⇒ αβγδεηθλμνπρστφψω ΔΣΩ",
        "“큰따옴표” ‘작은따옴표’ … – — ① ● ■ ▲ ★ ✓",
        r"$\hat{y} = \sum_i w_i x_i$, $\|\nabla f\| \geq 0$, $\mathbb{R}^n$",
    ],
)
def test_font_has_what_lecture_notes_need(tmp_path, text):
    draw_figure(lambda: figure_labelled(text), folder=tmp_path, name="text")


@pytest.mark.parametrize("returned", [None, "그림", (1, 2)])
def test_function_that_returns_no_figure_is_told_what_came_back(tmp_path, returned):
    with pytest.raises(DrawError, match=type(returned).__name__) as caught:
        draw_figure(lambda: returned, folder=tmp_path, name="curve")

    assert "그림 curve" in str(caught.value)
    assert "return" in caught.value.hint


def test_all_figures_are_closed_even_after_an_error(tmp_path):
    draw_figure(figure_curve, folder=tmp_path, name="curve")
    assert plt.get_fignums() == []

    with pytest.raises(DrawError):
        draw_figure(lambda: figure_labelled("😀"), folder=tmp_path, name="bad")
    assert plt.get_fignums() == []


def test_rc_params_and_warnings_of_others_are_left_as_they_were(tmp_path):
    before = dict(matplotlib.rcParams)

    draw_figure(figure_curve, folder=tmp_path, name="curve")

    after = dict(matplotlib.rcParams)
    assert {key for key in before if before[key] != after[key]} <= {"backend"}


def test_black_error_bars_and_arrows_can_be_seen_on_a_dark_page(tmp_path):
    def figure_bars():
        fig, ax = plt.subplots()
        ax.bar(["가", "나"], [1, 2], yerr=0.1)
        ax.quiver([0, 1], [1, 1], [1, 1], [1, -1])
        ax.axhline(1.5, color="black")
        return fig

    seen = []

    def remembering():
        seen.append(figure_bars())
        return seen[-1]

    draw_figure(remembering, folder=tmp_path, name="bars")

    for figure, scheme in zip(seen, SCHEMES, strict=True):
        axes = figure.axes[0]
        text = matplotlib.colors.to_rgba(PALETTES[scheme].text)
        assert axes.lines[-1].get_color() == pytest.approx(text)
        for collection in axes.collections:
            drawn = [*collection.get_edgecolor(), *collection.get_facecolor()]
            assert any(tuple(colour) == pytest.approx(text) for colour in drawn)


def test_grid_does_not_lie_over_an_image(tmp_path):
    def figure_heat():
        fig, axes = plt.subplots(1, 2)
        axes[0].imshow([[0, 1], [2, 3]])
        axes[1].plot([0, 1])
        seen.append(axes)
        return fig

    seen = []
    draw_figure(figure_heat, folder=tmp_path, name="heat")

    image, plot = seen[0]
    assert not image.xaxis.get_gridlines()[0].get_visible()
    assert plot.xaxis.get_gridlines()[0].get_visible()


# --- palette


def linear(code):
    channels = np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    low = channels <= 0.04045
    return np.where(low, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    lights = (linear(code) @ [0.2126, 0.7152, 0.0722] + 0.05 for code in (one, other))
    dark, light = sorted(lights)
    return light / dark


def oklab(rgb):
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(to_lab) @ np.cbrt(np.array(to_cones) @ np.clip(rgb, 0, 1))


VISION = {  # Machado, Oliveira and Fernandes (2009), severity 1
    "ordinary": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_have_contrast_and_text_more(scheme):
    palette = PALETTES[scheme]

    assert all(contrast(code, palette.page) >= 3 for code in palette.cycle)
    assert contrast(palette.line, palette.page) >= 3
    assert contrast(palette.text, palette.page) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_colour_blind_readers_can_tell_the_cycle_apart(scheme, vision):
    seen = [oklab(np.array(VISION[vision]) @ linear(c)) for c in PALETTES[scheme].cycle]

    def nearest(colours):
        return min(np.linalg.norm(a - b) for a, b in combinations(colours, 2))

    assert nearest(seen) > 0.07
    assert nearest(seen[:4]) > 0.11


def test_recoloured_light_figure_is_the_dark_one(tmp_path):
    drawing = draw_figure(figure_curve, folder=tmp_path, name="curve")
    light, dark = (
        (tmp_path / file).read_text(encoding="utf-8")
        for file in (drawing.light, drawing.dark)
    )

    def without_ids(svg):  # they are digests of what they name, colours included
        return re.sub(r"(?<=[#\"])[mp][0-9a-f]{10}", "id", svg)

    assert without_ids(recolour(light, "dark")) == without_ids(dark)


def test_recolour_leaves_all_else_alone():
    image = base64.b64encode(b"pixels").decode()
    svg = f'<use xlink:href="#ffffff-1"/><path fill="#123456"/>{image}&#8722;'

    assert recolour(svg, "dark") == svg
    colours = "stroke: #3060d8; fill:#d7700a"
    assert recolour(colours, "dark") == "stroke: #5a86ff; fill:#f5643a"
    assert recolour(colours, "light") == colours


def test_style_does_not_depend_on_what_was_set_before():
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 9}), style("light"):
        assert matplotlib.rcParams["font.size"] == 12
        assert matplotlib.rcParams["lines.linewidth"] == 2
        assert matplotlib.rcParams["font.family"] == ["Lecture Sans KR"]


def test_font_comes_with_its_licence():
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL.txt").read_text()
    assert FONT.stat().st_size < 400_000


@pytest.mark.parametrize(
    ("inches", "points", "text"),
    [(6.4, 11, "0.5"), (4.6, 8, "가"), (4.6, 11, "$10^{-3}$")],
)
def test_text_too_small_for_a_phone_is_an_error(tmp_path, inches, points, text):
    def wide():
        fig, ax = plt.subplots(figsize=(inches, 3))
        ax.text(0.5, 0.5, text, fontsize=points)
        return fig

    with pytest.raises(DrawError, match=r"그림 small: 휴대전화에서 .*px입니다") as told:
        draw_figure(wide, folder=tmp_path, name="small")
    assert "figsize" in told.value.hint


def test_figure_as_wide_as_by_default_can_be_read_with_its_exponents(tmp_path):
    drawing = draw_figure(figure_curve, folder=tmp_path, name="curve")
    svg = (tmp_path / drawing.light).read_bytes()
    assert smallest_text(svg) * 358 / drawing.width >= 9
    assert smallest_text(b"<svg></svg>") == float("inf")


# --- tables


def test_table_is_markdown_for_the_page_and_csv_in_full_precision(tmp_path):
    frame = pd.DataFrame(
        {
            "최적화": ["SGD", "Adam | AMSGrad"],
            "손실": [0.123456789012, np.nan],
            "정확도": [0.91234, 0.5],
            "매개변수": [1234567, 10],
        }
    )
    frame.attrs["format"] = {"정확도": ".1%"}

    table = draw_table(frame, folder=tmp_path, name="loss")

    assert table.markdown.splitlines() == [
        "| 최적화 | 손실 | 정확도 | 매개변수 |",
        "| :--- | ---: | ---: | ---: |",
        "| SGD | 0.1235 | 91.2% | 1234567 |",
        "| Adam &#124; AMSGrad | – | 50.0% | 10 |",
    ]
    assert table.csv == "loss.csv"
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "loss.csv"), frame)


def test_mixed_column_is_shown_value_by_value(tmp_path):
    frame = pd.DataFrame({"값": [1, 2.5, None, "없음", True, [1, 2], "둘\n줄"]})

    table = draw_table(frame, folder=tmp_path, name="mixed")

    cells = [unescape(line.strip("| ")) for line in table.markdown.splitlines()]
    assert cells[1:] == [
        ":---",
        "1",
        "2.5",
        "–",
        "없음",
        "True",
        "[1, 2]",
        "둘<br>줄",
    ]


def test_csv_opens_in_excel_with_hangul_intact(tmp_path):
    draw_table(pd.DataFrame({"열": [1]}), folder=tmp_path, name="t")

    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbf\xec\x97\xb4\n1\n"


def test_numbers_that_a_table_shows_as_text_are_numbers_in_its_file(tmp_path):
    frame = pd.DataFrame(
        {
            "정확도": ["0.91 ± 0.02", "–", "−0.5 ± 0.1"],
            "구간": ["0.3–0.4", "0.1–0.2", ""],
            "앞뒤": ["1 → 2", "3 → 4", "5 → 6"],
            "고른 것": ["0.9 (3)", "0.8 (1)", "1 (0.3)"],
            "비율": ["12%", "3.5%", "0%"],
            "매개변수": ["1,024", "7", "1e-3"],
            "이름": ["1번 시드", "SGD 64", "784-10"],
        }
    )
    draw_table(frame, folder=tmp_path, name="t")
    read = pd.read_csv(tmp_path / "t.csv")
    assert {name: column.tolist() for name, column in read.fillna(-1).items()} == {
        "정확도": [0.91, -1, -0.5],
        "정확도 ±": [0.02, -1, 0.1],
        "구간": [0.3, 0.1, -1],
        "구간 (끝)": [0.4, 0.2, -1],
        "앞뒤": [1, 3, 5],
        "앞뒤 (뒤)": [2, 4, 6],
        "고른 것": [0.9, 0.8, 1],
        "고른 것 (괄호)": [3, 1, 0.3],
        "비율 (%)": [12, 3.5, 0],
        "매개변수": [1024, 7, 0.001],
        "이름": ["1번 시드", "SGD 64", "784-10"],
    }


def test_table_whose_index_says_something_is_an_error(tmp_path):
    frame = pd.DataFrame({"손실": [1.0]}, index=["SGD"])

    with pytest.raises(DrawError, match="색인") as caught:
        draw_table(frame, folder=tmp_path, name="loss")
    assert "reset_index()" in caught.value.hint

    draw_table(frame.reset_index(), folder=tmp_path, name="loss")


def test_filtered_frame_may_keep_its_numbering(tmp_path):
    frame = pd.DataFrame({"손실": [1.0, 2.0, 3.0]})

    table = draw_table(frame[frame["손실"] > 1], folder=tmp_path, name="loss")

    assert len(table.markdown.splitlines()) == 4


@pytest.mark.parametrize(
    ("formats", "said"), [({"정획도": ".2f"}, "정확도"), ({"정확도": ".4q"}, ".4q")]
)
def test_wrong_format_is_an_error_that_helps(tmp_path, formats, said):
    frame = pd.DataFrame({"정확도": [0.9]})
    frame.attrs["format"] = formats

    with pytest.raises(DrawError, match=re.escape(said)):
        draw_table(frame, folder=tmp_path, name="loss")


def test_something_else_than_a_frame_is_told_what_it_is(tmp_path):
    with pytest.raises(DrawError, match="표 loss.*NoneType"):
        draw_table(None, folder=tmp_path, name="loss")


# --- claims


@pytest.mark.parametrize("holds", [True, False, np.True_, np.float64(0.3) < 0.2])
def test_claim_gives_a_plain_verdict(holds):
    verdict = check_claim((holds, "차이 0.01, 시드 5개"))

    assert verdict.holds is bool(holds)
    assert verdict.evidence == "차이 0.01, 시드 5개"


@pytest.mark.parametrize(
    "returned",
    [
        None,
        True,
        "참",
        (True,),
        (1, "근거"),
        ("yes", "근거"),
        (np.nan, "근거"),
        (True, ""),
        (True, None),
        [True, "근거"],
        (True, "근거", 1),
        (np.array([True]), "근거"),
    ],
)
def test_whatever_else_a_claim_returns_fails(returned):
    with pytest.raises(DrawError, match="주장"):
        check_claim(returned)


# --- files


def test_write_if_changed_writes_once_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "new" / "page" / "a.md"

    assert write_if_changed(path, "가")
    assert not write_if_changed(path, "가".encode())
    assert write_if_changed(path, "나")
    assert path.read_text(encoding="utf-8") == "나"
    assert list(path.parent.iterdir()) == [path]


def test_engine_modules_import_without_matplotlib_and_pandas():
    code = (
        "import sys, lecture.draw.figures\n"
        "assert not {'matplotlib', 'pandas', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_value_and_deviation_stay_on_one_line(tmp_path: Path) -> None:
    frame = pd.DataFrame({"정확도": ["0.3874 ± 0.0093"]})
    table = draw_table(frame, folder=tmp_path, name="t")
    assert "0.3874\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}0.0093" in table.markdown

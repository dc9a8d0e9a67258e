"""The handwriting lab, used as a reader uses it: with a mouse, a finger or the keys."""

import base64
import json
import re
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "snippets" / "results" / "handwriting"
PAGE = "handwriting.html"
FRONT = "index.html"
PAD = 280

# Written on the pad as people write, stroke by stroke: each digit once large, upright,
# and once in another hand (smaller, slanted, off the centre, or of another shape).
STROKES = {
    "0, 크고 둥글게": [
        [(150, 44), (118, 52), (94, 84), (84, 128), (88, 176), (108, 216), (142, 232)]
        + [(178, 218), (200, 180), (206, 132), (198, 88), (178, 56), (148, 45)]
    ],
    "0, 기울여 좁게": [
        [(122, 70), (100, 84), (82, 116), (70, 152), (70, 182), (84, 198), (104, 190)]
        + [(124, 162), (138, 126), (144, 94), (136, 74), (118, 70), (106, 80)]
    ],
    "1, 곧은 막대": [[(142, 42), (141, 90), (140, 140), (138, 190), (139, 236)]],
    "1, 깃발과 기울기": [
        [(130, 96), (150, 82), (168, 62), (162, 104), (153, 150), (144, 206)]
    ],
    "2, 둥근 목": [
        [(82, 92), (94, 62), (124, 46), (158, 50), (182, 74), (180, 106), (160, 140)]
        + [(130, 172), (100, 202), (80, 226), (120, 224), (164, 226), (206, 224)]
    ],
    "2, 아래를 꼬아서": [
        [(96, 100), (108, 80), (132, 72), (154, 82), (156, 108), (140, 140), (112, 170)]
        + [(88, 186), (78, 176), (92, 166), (116, 176), (140, 190), (170, 188)]
    ],
    "3, 둥근 두 배": [
        [(88, 72), (110, 50), (146, 46), (176, 64), (182, 94), (164, 120), (128, 132)]
        + [(166, 140), (190, 164), (192, 196), (168, 224), (128, 234), (90, 216)]
    ],
    "3, 평평한 머리": [
        [
            (104, 78),
            (140, 76),
            (178, 74),
            (154, 100),
            (130, 124),
            (160, 128),
            (178, 146),
        ]
        + [(176, 174), (154, 194), (124, 198), (98, 186)]
    ],
    "4, 열린 머리": [
        [(98, 54), (94, 90), (88, 136), (128, 140), (168, 138), (204, 136)],
        [(170, 50), (168, 96), (164, 150), (162, 198), (160, 238)],
    ],
    "4, 닫힌 머리": [
        [
            (146, 66),
            (124, 98),
            (100, 130),
            (78, 156),
            (118, 158),
            (158, 156),
            (190, 154),
        ],
        [(146, 66), (148, 108), (148, 156), (146, 212)],
    ],
    "5, 한 번에": [
        [(186, 52), (148, 54), (106, 56), (102, 90), (98, 126), (128, 114), (162, 118)]
        + [(188, 144), (190, 180), (170, 214), (134, 230), (92, 218)]
    ],
    "5, 모자를 나중에": [
        [(118, 84), (114, 106), (108, 130), (134, 124), (156, 134), (164, 158)]
        + [(152, 184), (126, 196), (98, 188)],
        [(118, 84), (144, 82), (172, 78)],
    ],
    "6, 긴 목": [
        [(170, 46), (134, 72), (106, 112), (92, 156), (96, 200), (124, 230), (162, 226)]
        + [(186, 198), (182, 164), (152, 146), (120, 158), (98, 186)]
    ],
    "6, 기울여 작게": [
        [(158, 72), (130, 98), (110, 132), (102, 166), (114, 192), (140, 194)]
        + [(158, 174), (152, 150), (128, 146), (108, 164)]
    ],
    "7, 한 번에": [
        [(80, 62), (122, 60), (164, 60), (202, 58), (184, 96), (162, 142), (144, 188)]
        + [(132, 236)]
    ],
    "7, 왼쪽을 내려긋고": [
        [(98, 110), (100, 76), (136, 74), (176, 72), (170, 108), (156, 152), (148, 204)]
    ],
    "8, 한 번에 꼬아서": [
        [(180, 68), (148, 46), (110, 56), (100, 86), (124, 114), (160, 140), (184, 172)]
        + [(180, 212), (146, 234), (106, 222), (94, 186), (116, 152), (152, 124)]
        + [(178, 98), (182, 70)]
    ],
    "8, 동그라미 둘": [
        [
            (138, 68),
            (116, 82),
            (116, 108),
            (138, 124),
            (160, 110),
            (160, 82),
            (139, 68),
        ],
        [(138, 124), (110, 142), (106, 174), (134, 198), (164, 180), (164, 146)]
        + [(139, 125)],
    ],
    "9, 곧은 꼬리": [
        [(180, 78), (152, 52), (114, 58), (94, 92), (106, 126), (142, 134), (174, 112)]
        + [(182, 78), (180, 128), (176, 184), (172, 236)]
    ],
    "9, 굽은 꼬리": [
        [(164, 92), (144, 74), (118, 84), (108, 112), (124, 132), (150, 122), (164, 96)]
        + [(162, 132), (152, 172), (132, 198), (106, 200)]
    ],
}


@pytest.fixture
def lab(chromium, site):
    """The lab, opened from a folder; what it asks for and complains of is noted."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1000}, locale="ko-KR")
    page.said = []
    page.asked = []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto((site / PAGE).as_uri())
    page.on("request", lambda request: page.asked.append(request.url))
    part(page, "pad").scroll_into_view_if_needed()
    yield page
    page.close()


def part(page, name):
    return page.locator(f'#handwriting [data-part="{name}"]')


def draw(page, strokes):
    """Press, move and release the mouse: the browser makes pointer events of it."""
    box = part(page, "pad").bounding_box()
    for stroke in strokes:
        places = [
            (box["x"] + x * box["width"] / PAD, box["y"] + y * box["height"] / PAD)
            for x, y in stroke
        ]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


def answer(page):
    return part(page, "answer").inner_text()


def answered_digit(page):
    found = re.match(r"(\d)일 가능성이 \d+%", answer(page))
    return found and int(found[1])


def shown_picture(page):
    return part(page, "seen").evaluate(
        "c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data]"
        ".filter((_, i) => i % 4 === 0)"
    )


def result(name):
    text = (RESULTS / f"{name}.json").read_text("utf-8")
    return json.loads(text)["runs"][0]["result"]


# ---------------------------------------------------------------------- the network


def test_forward_pass_of_the_page_equals_keras(lab):
    reference = result("reference")
    raw = zlib.decompress(base64.b64decode(reference["images"]))
    images = [list(raw[i : i + 784]) for i in range(0, len(raw), 784)]
    assert len(images) == 100

    ours = lab.evaluate(
        """images => {
          const part = document.querySelector('#handwriting [data-part="network"]');
          const network = Handwriting.readNetwork(part);
          return images.map(x => Handwriting.forward(x.map(v => v / 255), network));
        }""",
        images,
    )

    pairs = zip(sum(ours, []), sum(reference["probabilities"], []), strict=True)
    difference = max(abs(mine - keras) for mine, keras in pairs)
    print(f"max |JavaScript - Keras| = {difference:.1e}")
    assert difference < 1e-4


def test_at_least_eighteen_of_twenty_drawn_digits_are_read(lab):
    wrong = {}
    for name, strokes in STROKES.items():
        part(lab, "clear").click()
        draw(lab, strokes)
        if answered_digit(lab) != int(name[0]):
            wrong[name] = answer(lab)
    print(f"{len(STROKES) - len(wrong)} of {len(STROKES)}; wrong: {wrong}")
    assert len(STROKES) == 20
    assert len(wrong) <= 2, wrong
    assert lab.said == []


def test_nothing_is_asked_of_any_server(lab):
    """What still comes is the site's own: its icon and figures that come into view."""
    draw(lab, STROKES["3, 둥근 두 배"])

    assert answered_digit(lab) is not None
    own = re.compile(r"file:.*\.(svg|png)")
    assert [url for url in lab.asked if not own.fullmatch(url)] == []


# ----------------------------------------------------------------- what it is shown


def test_picture_is_as_mnist_makes_it(lab):
    """The longer side is 20 pixels and the centre of mass is in row and column 14."""
    draw(lab, [[(x / 2 + 10, y / 2 + 120) for x, y in STROKES["2, 둥근 목"][0]]])
    picture = shown_picture(lab)

    inked = [(i // 28, i % 28, value) for i, value in enumerate(picture) if value]
    rows, columns = [r for r, _, _ in inked], [c for _, c, _ in inked]
    sides = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
    total = sum(value for _, _, value in inked)
    middle = [sum(place[axis] * place[2] for place in inked) / total for axis in (0, 1)]
    assert max(sides) == 20
    assert middle == pytest.approx([14, 14], abs=0.51)


def test_without_centring_and_fitting_the_pad_is_only_made_smaller(lab):
    part(lab, "centre").uncheck()
    part(lab, "fit").uncheck()
    draw(lab, [[(40, 200), (60, 200)]])
    inked = [(i // 28, i % 28) for i, value in enumerate(shown_picture(lab)) if value]

    assert {row for row, _ in inked} <= {18, 19, 20, 21}
    assert {column for _, column in inked} <= {2, 3, 4, 5, 6, 7}

    part(lab, "centre").check()
    inked = [(i // 28, i % 28) for i, value in enumerate(shown_picture(lab)) if value]
    assert {row for row, _ in inked} <= {12, 13, 14, 15, 16}


# -------------------------------------------------------------------- the controls


def test_answer_is_said_in_a_live_region_and_in_ten_bars(lab):
    live = part(lab, "answer")
    assert live.get_attribute("aria-live") == "polite"
    before = answer(lab)

    draw(lab, STROKES["7, 한 번에"])

    assert answer(lab) != before
    values = part(lab, "bars").locator("li").all_inner_texts()
    shares = [float(re.search(r"([\d.]+)%", value)[1]) for value in values]
    assert len(shares) == 10
    assert sum(shares) == pytest.approx(100, abs=0.6)
    assert max(range(10), key=shares.__getitem__) == answered_digit(lab)


def test_clear_and_undo_take_strokes_away(lab):
    empty, blank = answer(lab), shown_picture(lab)
    first, second = STROKES["4, 열린 머리"]
    draw(lab, [first])
    one = shown_picture(lab)
    draw(lab, [second])
    assert shown_picture(lab) != one

    part(lab, "undo").click()
    assert shown_picture(lab) == one

    part(lab, "clear").click()
    assert shown_picture(lab) == blank == [0] * 784
    assert answer(lab) == empty
    assert "–" in part(lab, "bars").locator("li").first.inner_text()


def test_a_digit_can_be_written_with_the_keys_alone(lab):
    part(lab, "pad").focus()
    keys = ["ArrowUp"] * 8 + ["ArrowLeft"] * 5 + [" "]
    keys += ["ArrowRight"] * 9 + ["ArrowDown"] * 4
    keys += ["ArrowLeft", "ArrowDown", "ArrowDown"] * 5
    for key in keys:
        lab.keyboard.press(key)
    assert answer(lab).startswith("펜을 댔습니다")

    lab.keyboard.press(" ")
    assert answered_digit(lab) == 7

    lab.keyboard.press("Backspace")
    assert answered_digit(lab) is None


def test_every_control_is_reached_by_tab(lab):
    draw(lab, STROKES["1, 곧은 막대"])
    part(lab, "pad").focus()
    reached = []
    for _ in range(6):
        lab.keyboard.press("Tab")
        reached.append(lab.evaluate("document.activeElement.dataset.part"))
    assert reached == ["undo", "clear", "example", "wrong", "fit", "centre"]


def test_a_wrong_answer_is_kept_with_what_the_network_was_given(lab):
    """The stroke, the 28 × 28 input and the ten probabilities stay as they were."""
    assert part(lab, "wrong").is_disabled()
    draw(lab, STROKES["7, 한 번에"])
    given, told = shown_picture(lab), part(lab, "bars").inner_text()
    part(lab, "wrong").press("Enter")
    assert answer(lab).startswith("아래에 남겼습니다")

    part(lab, "clear").click()
    draw(lab, STROKES["1, 곧은 막대"])

    cards = part(lab, "mistakes").locator("> li")
    assert cards.count() == 1
    pixels = cards.locator('[data-part="given"]').evaluate(
        "c => [...c.getContext('2d').getImageData(0, 0, 28, 28).data]"
        ".filter((_, i) => i % 4 === 0)"
    )
    assert pixels == given
    assert cards.locator("ul").inner_text() == told
    inked = cards.locator('[data-part="written"]').evaluate(
        "c => c.getContext('2d').getImageData(0, 0, 280, 280).data.some(v => v > 0)"
    )
    assert inked


def test_kept_answer_is_set_against_the_right_digit(lab):
    draw(lab, STROKES["7, 한 번에"])
    part(lab, "wrong").click()
    part(lab, "wrong").click()
    card = part(lab, "mistakes").locator("> li")
    assert card.count() == 1  # the same stroke is kept once
    card.locator("select").select_option("1")
    why = card.locator('[data-part="why"]').inner_text()
    assert re.fullmatch(
        r"정답 1일 확률 [\d.]+%\(\d+위\), 신경망의 답 7일 확률 [\d.]+%\.", why
    )


def test_examples_are_read_right(lab):
    read = []
    for _ in range(5):
        part(lab, "example").click()
        read.append(answered_digit(lab))
    assert read == [3, 7, 4, 2, 5]


def test_a_finger_draws_on_the_pad(chromium, site):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto((site / PAGE).as_uri())
    pad = part(page, "pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390

    protocol = context.new_cdp_session(page)
    for kind, points in finger(box, STROKES["1, 곧은 막대"][0]):
        protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    assert answered_digit(page) == 1
    context.close()


def finger(box, stroke):
    scale = box["width"] / PAD
    places = [{"x": box["x"] + x * scale, "y": box["y"] + y * scale} for x, y in stroke]
    yield "touchStart", places[:1]
    yield from (("touchMove", [place]) for place in places[1:])
    yield "touchEnd", []


# ------------------------------------------------------------------------ the page


def test_nothing_moves_when_the_answer_comes(lab):
    def place():
        return lab.locator("#handwriting ~ h2").first.bounding_box()

    before = place()
    draw(lab, STROKES["9, 굽은 꼬리"])
    assert place() == before


def test_weights_are_neither_read_nor_searched(site, documents):
    weights = result("network")["w1"]
    page = documents[PAGE]
    assert page.select_one('[data-part="network"]')["data-w1"] == weights
    assert weights[:60] not in page.get_text()
    index = (site / "search" / "entries.js").read_text("utf-8")
    assert weights[1000:1040] not in index
    assert "되돌리기" not in index


def test_script_is_loaded_by_the_lab_and_the_front_page_only(documents):
    users = {
        name for name, page in documents.items() if "handwriting.js" in page.decode()
    }
    assert users == {PAGE, FRONT}


def test_front_page_reads_a_digit_that_is_drawn_there(chromium, site):
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale="ko-KR")
    page.goto((site / FRONT).as_uri())
    draw(page, STROKES["3, 둥근 두 배"])
    assert answered_digit(page) == 3
    page.close()


def test_page_says_what_to_do_without_javascript(documents):
    assert (
        "JavaScript" in documents[PAGE].select_one("noscript.needs-script").get_text()
    )

"""Evidence and provenance are out of the way, and one key or touch away."""

import pytest

OPTIMIZERS = "optimizers.html"
LINES = """(selector) => [...document.querySelectorAll(selector)].map((e) => {
  const fold = e.querySelector("details.provenance");
  fold.open = false;
  const closed = e.getBoundingClientRect().height;
  const sign = fold.querySelector(".fold-mark").getBoundingClientRect();
  const lines = e.querySelector("p:not(.claim-heading)").getClientRects();
  const last = [...lines].at(-1);
  fold.open = true;
  const alone = sign.top >= last.bottom || sign.bottom <= last.top;
  return { alone, grew: e.offsetHeight - closed };
})"""


@pytest.fixture
def reader(chromium, address):
    """Return a function that opens a page for a reader, by default without scripts."""
    contexts = []

    def open_page(name, *, scripts=False):
        context = chromium.new_context(
            viewport={"width": 390, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address + name)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("selector", [".claim", "figure.artefact figcaption"])
def test_sign_stands_in_the_last_line_of_what_it_belongs_to(
    visit, address, name, selector
):
    page = visit(address + name, width=390).page
    page.add_style_tag(content="* { content-visibility: visible !important }")
    found = page.evaluate(LINES, f"article {selector}")
    assert not any(one["alone"] for one in found), found
    assert all(one["grew"] > 30 for one in found), found


def test_evidence_unfolds_by_keyboard_and_without_a_script(reader):
    page = reader(OPTIMIZERS)
    sign = page.locator(".claim summary").first
    evidence = page.locator(".claim .facts").first
    assert sign.text_content().strip().endswith("확인됨: 근거 보기")
    assert not evidence.is_visible()
    sign.focus()
    page.keyboard.press("Enter")
    assert evidence.is_visible()


def test_sign_has_a_name_and_room_for_a_finger(reader):
    page = reader(OPTIMIZERS)
    for name in ("확인됨: 근거 보기", "재현 정보"):
        sign = page.locator("summary", has_text=name).first
        box = sign.bounding_box()
        assert min(box["width"], box["height"]) >= 24, (name, box)
        assert sign.locator("[aria-hidden=true]").count() == 1


def test_paper_shows_what_is_folded_neither_open_nor_closed(reader):
    page = reader(OPTIMIZERS, scripts=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.emulate_media(media="print")
    assert page.locator("article .claim-sentence").first.is_visible()
    for folded in page.locator("article .provenance > .facts").all():
        assert not folded.is_visible()


def test_lessons_do_not_speak_of_the_source_notes(documents):
    for name, document in documents.items():
        if name not in ("sources.html", "errata.html", "cifar10_linear.html"):
            assert not document.select("article .chip"), name


def test_page_has_three_boxes_at_most(documents):
    for name, document in documents.items():
        assert len(document.select("article .claim-boxed")) <= 3, name

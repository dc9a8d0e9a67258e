"""How long a page takes to read is measured from what a reader sees."""

from pathlib import Path

import pytest
from lecture.base.memory import Memory
from lecture.render.reading_time import ReadingTimes, minutes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>짧다</p>", 1),
        (f"<p>{'가 ' * 1500}</p>", 3),
        (f"<pre>{'x = 1' + chr(10)}</pre>" * 40, 2),
        ("<figure><table></table></figure>" * 6, 2),
        ('<table></table><div class="arithmatex">x</div>' * 3, 2),
    ],
)
def test_text_code_and_pictures_count(html, expected):
    assert minutes(html) == expected


@pytest.mark.parametrize("aside", ["details", "section", "template"])
def test_what_is_folded_or_tried_out_does_not_count(aside):
    text = f"<p>{'가' * 1000}</p>"
    assert minutes(f"{text}<{aside}>{text}<pre>x</pre></{aside}>") == 2


def test_time_is_written_where_a_page_asks_for_it(tmp_path: Path):
    times = ReadingTimes(Memory(tmp_path / "pages", "salt"))
    times.know("a.md", f"<p>{'가' * 2000}</p>")
    asked = '<span data-minutes="a.md"></span><span data-minutes="b.md"></span>'
    told = '<span data-minutes="a.md">약 4분</span><span data-minutes="b.md"></span>'
    assert times.told(asked) == told

"""How long a page takes to read is measured from what a reader sees."""

from pathlib import Path

import pytest
from lecture.base.project import Project
from lecture.render.kept import Kept, Opened
from lecture.render.reading_time import ReadingTimes, minutes, with_times


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>짧다</p>", 1),
        (f"<p>{'가 ' * 1500}</p>", 3),
        ("<pre>x = 1\n</pre>" * 40, 2),
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


def test_only_the_article_of_a_whole_page_counts():
    text = f"<p>{'가' * 1000}</p>"
    assert minutes(f"<nav>{text}</nav><article>{text}</article>{text}") == 2


def test_time_is_written_where_a_page_asks_for_it():
    asked = '<span data-minutes="a.md"></span><span data-minutes="b.md"></span>'
    told = '<span data-minutes="a.md">약 4분</span><span data-minutes="b.md"></span>'
    assert with_times(asked, {"a.md": 4}.get) == told


def test_time_is_that_of_this_build(tmp_path: Path):
    project = Project(tmp_path)
    times = ReadingTimes(Kept(project, Opened((project.docs,))))
    times.know("a.md", f"<p>{'가' * 2000}</p>")
    assert times.minutes("a.md") == 4
    assert times.minutes("b.md") is None

"""The site of a later build is the site of a first one, to the byte."""

from pathlib import Path

import pytest
from lecture.render.kept import resolved
from previewing import served
from sandbox import Sandbox
from small_site import mkdocs, small_site

EDITS: dict[str, tuple[str, str, str]] = {
    "sentence": ("docs/page.md", "# 쪽", "# 다른 쪽\n\n손실."),
    "glossary": ("docs/glossary.md", "틀린 정도", "빗나간 정도"),
    "number": ("snippets/runs/page.py", "'n': 3", "'n': 4"),
    "heading": ("docs/page.md", "## 둘", "## 셋"),
    "settings": ("mkdocs.yml", "노트", "공책"),
    "link": ("docs/index.md", "page.md#two", "/nowhere.html"),
}


@pytest.fixture
def notes(tmp_path: Path) -> Sandbox:
    return small_site(tmp_path / "강의 노트")


def site(notes: Sandbox, **environment: str) -> tuple[dict[str, str], list[str]]:
    """Build; return the files of the site by their digests, and what MkDocs warned."""
    ran = mkdocs(notes, **environment)
    assert ran.returncode == 0, ran.stderr
    said = [line for line in ran.stderr.splitlines() if line.startswith("WARNING")]
    files = notes.files("site")
    return {n: d for n, d in files.items() if "sitemap" not in n}, said


def forget(notes: Sandbox) -> None:
    (notes.root / ".cache/lecture/pages").unlink()


def test_later_build_gives_the_bytes_of_a_first_one_whatever_was_edited(
    notes: Sandbox,
) -> None:
    assert notes.build().code == 0
    before = site(notes)
    assert site(notes) == before
    for name, edit in EDITS.items():
        notes.edit(*edit)
        if edit[0].startswith("snippets"):
            assert notes.build().code == 0
        later = site(notes)
        forget(notes)
        first = site(notes)
        assert later == first == site(notes), name
        assert later != before, name
        before = later
    assert "nowhere.html" in before[1][0]


# Notes each page that Python-Markdown renders.
COUNTING = """
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Count(Preprocessor):
    def run(self, lines):
        open("rendered.txt", "a").write("x")
        return lines

class Counting(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Count(md), "count", 100)

def on_config(config):
    config.markdown_extensions.append(Counting())
"""


def test_preview_shows_pages_as_a_build_has_left_them(notes: Sandbox) -> None:
    notes.write("counting.py", COUNTING)
    settings = (notes.root / "mkdocs.yml").read_text(encoding="utf-8")
    notes.write("mkdocs.yml", f"{settings}\nhooks: [scripts/hooks.py, counting.py]\n")
    assert notes.build().code == 0
    site(notes)
    count = (notes.root / "rendered.txt").read_text()
    assert len(count) >= 4
    with served(notes) as preview:
        preview.shows("쪽")
    assert (notes.root / "rendered.txt").read_text() == count


def test_setting_that_comes_from_the_environment_changes_pages_as_an_edit_does(
    notes: Sandbox,
) -> None:
    notes.edit("mkdocs.yml", "- toc", '- toc: {permalink: !ENV [NOTES_MARK, "¶"]}')
    assert notes.build().code == 0
    before = site(notes)
    marked = site(notes, NOTES_MARK="§")
    assert "§" in (notes.root / "site/page.html").read_text("utf-8")
    forget(notes)
    assert site(notes, NOTES_MARK="§") == marked != before == site(notes)


@pytest.mark.parametrize(
    "tag", ["!ENV A", "!ENV [B, A]", '!ENV [A, "글"]', "!ENV\n  [\n    A,\n    0]"]
)
def test_settings_are_another_where_a_variable_that_they_name_is(tag: str) -> None:
    texts = [resolved(f"x: {tag}\ny: C\n", environment) for environment in (
        {}, {"A": ""}, {"A": "1"}, {"A": "1", "C": "2"}
    )]  # fmt: skip
    assert texts[0] != texts[1] != texts[2] == texts[3]

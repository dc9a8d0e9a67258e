"""The live preview: what an author saves is on its page, and nothing ever blanks it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from previewing import Preview, previewed
from sandbox import wait_until

# File, what stands there, what is written instead, and what the page then says.
MISTAKES = {
    "syntax error": ("snippets/figures/page.py", "line(a)", "line(a", "실패"),
    "unknown number": ("docs/page.md", "# 쪽", "# 쪽\n\n{{ page.a.m }}", "page.a.m"),
    "unbound number": ("docs/page.md", "# 쪽", "# 쪽\n\n정확도는 0.123입니다.", "실패"),
    "no such fragment": (
        "docs/page.md",
        "# 쪽",
        '# 쪽\n\n--8<-- "generated/page/lin.md"',
        "lin.md",
    ),
}
HALF_WRITTEN = {
    "link": ("docs/index.md", "[쪽](page.md)", "[쪽](pag"),
    "nav": ("mkdocs.yml", "page.md]", "page.md, nothing.md]"),
    "YAML": ("mkdocs.yml", "theme: {", "theme: {{"),
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with previewed(tmp_path_factory.mktemp("preview")) as shown:
        yield shown


def _shows(preview: Preview, text: str) -> bool:
    return text in preview.get()


def svg(preview: Preview) -> str:
    return preview.get("generated/page/line-light.svg")


def test_saved_sentence_comes_with_one_reload(preview: Preview) -> None:
    edit = ("docs/page.md", "# 쪽", "# 다른 쪽")
    count = preview.reloads(
        lambda: preview.notes.edit(*edit), lambda: "다른 쪽" in preview.get()
    )
    assert count == 1
    preview.notes.edit(edit[0], edit[2], edit[1])
    preview.hides("다른 쪽")


def test_edited_plot_comes_with_one_reload(preview: Preview) -> None:
    old, edit = svg(preview), ("snippets/figures/page.py", '"one"', '"two"')
    count = preview.reloads(
        lambda: preview.notes.edit(*edit), lambda: svg(preview) != old
    )
    assert count == 1
    preview.notes.edit(edit[0], edit[2], edit[1])
    wait_until(lambda: svg(preview) == old)


def test_quick_experiment_runs_by_itself_and_text_comes_first(
    preview: Preview,
) -> None:
    slow = preview.notes.root / "slow"
    slow.touch()
    with preview.edited("snippets/runs/page.py", "n=3", "n=4"):
        assert "값은 3입니다" in preview.shows("실행 중")
        assert (
            preview.reloads(slow.unlink, lambda: "값은 4입니다" in preview.get()) == 1
        )
        assert "실행 중" not in preview.get()
    preview.shows("값은 3입니다")


def test_dear_experiment_waits_for_a_word_of_the_author(preview: Preview) -> None:
    result = preview.notes.root / "snippets/results/page/a.json"
    text = result.read_text(encoding="utf-8")
    seconds = re.search(r'"seconds": [\d.e-]+', text)
    assert seconds
    result.write_text(text.replace(seconds[0], '"seconds": 60.0'), encoding="utf-8")
    with preview.edited("snippets/runs/page.py", "n=3", "n=5"):
        page = preview.shows("오래됨")
        assert "값은 3입니다" in page
        assert "python scripts/build.py build page" in page
        assert preview.process.stdin
        preview.process.stdin.write("\n")
        preview.process.stdin.flush()
        preview.shows("값은 5입니다")
        preview.hides("오래됨")
    preview.shows("값은 3입니다")


def test_failing_figure_is_told_in_its_place_until_it_is_mended(
    preview: Preview,
) -> None:
    with preview.edited("snippets/figures/page.py", 'a["n"]', 'a["m"]'):
        page = preview.shows("실패")
        place = page.index("preview-mark-failed")
        assert page.index("값은 3입니다") < place < page.index('id="line"')
        assert "snippets/figures/page.py:" in page
        assert "KeyError" in page
    preview.hides("실패")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_on_its_page_and_the_rest_stays(
    preview: Preview, mistake: str
) -> None:
    name, before, after, told = MISTAKES[mistake]
    with preview.edited(name, before, after):
        assert "값은 3입니다" in preview.shows(told)
    preview.hides(told)


@pytest.mark.parametrize("half", HALF_WRITTEN)
def test_half_written_file_hangs_and_blanks_nothing(
    preview: Preview, half: str
) -> None:
    sentence = ("docs/page.md", "# 쪽", f"# 쪽 {half}")
    with preview.edited(*HALF_WRITTEN[half]), preview.edited(*sentence):
        assert "값은 3입니다" in preview.get()
        if half != "YAML":
            preview.shows(f"쪽 {half}")
    with preview.edited("docs/page.md", "# 쪽", f"# 고친 쪽 {half}"):
        preview.shows(f"고친 쪽 {half}")
    preview.hides(f"쪽 {half}")


def test_request_while_a_site_is_built_gets_the_last_good_page(
    preview: Preview,
) -> None:
    root = preview.notes.root
    (root / "built").unlink()
    (root / "hold").touch()
    with preview.edited("docs/page.md", "# 쪽", "# 기다린 쪽"):
        wait_until((root / "built").exists)
        assert "기다린 쪽" not in preview.get()
        assert "값은 3입니다" in preview.get()
        (root / "hold").unlink()
        preview.shows("기다린 쪽")
    preview.hides("기다린 쪽")


def test_switched_branch_ends_right(preview: Preview) -> None:
    notes = preview.notes

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *who, *arguments], cwd=notes.root, check=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "three")
    git("checkout", "-qb", "other")
    notes.edit("snippets/runs/page.py", "n=3", "n=7")
    notes.edit("docs/page.md", "# 쪽", "# 가지")
    preview.shows("값은 7입니다")
    preview.hides("실행 중")
    git("commit", "-qam", "seven")
    git("checkout", "-q", "main")
    preview.hides("가지")
    preview.shows("값은 3입니다")
    git("checkout", "-q", "other")
    preview.shows("가지")
    preview.shows("값은 7입니다")
    git("checkout", "-q", "main")
    preview.shows("값은 3입니다")
    assert "preview-mark" not in preview.get()


def test_killed_preview_leaves_no_process(tmp_path: Path) -> None:
    with previewed(tmp_path) as preview:
        (preview.notes.root / "slow").touch()
        preview.notes.edit("snippets/runs/page.py", "n=3", "n=4")
        preview.shows("실행 중")
        preview.process.kill()
        preview.process.wait()
        wait_until(lambda: not preview.notes.processes())

"""A new page or lab is made of files that build, and of nothing that was there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lecture.base.errors import LectureError
from lecture.begin.naming import refuse_name, refuse_title
from lecture.begin.navigation import with_page
from lecture.begin.skeleton import skeleton
from lecture.cli.choosing import COMMANDS
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]
MKDOCS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_new_page_and_new_lab_build_as_they_are(tmp_path: Path) -> None:
    notes = Sandbox(tmp_path)
    notes.write("mkdocs.yml", MKDOCS)
    page = notes.build("new", "momentum", "--title", "모멘텀 2.0")
    lab = notes.build("new", "line", "--lab", "--title", "직선: 맞추기")
    assert (page.code, lab.code) == (0, 0), page.err + lab.err
    assert "만들었습니다: snippets/runs/momentum.py" in page.out
    assert "python scripts/build.py line" in lab.out

    built = notes.build()
    assert built.code == 0, built.err
    assert "알림" not in built.err  # all that is drawn is shown
    assert notes.build("check").code == 0
    text = (tmp_path / "docs/momentum.md").read_text("utf-8")
    assert "\n# 모멘텀 `2.0`\n" in text
    shown = ("prepare.md", "falls.md", "sizes.md", "halves.md", '??? success "정답"')
    assert [text.count(one) for one in shown] == [1] * len(shown)
    frozen = {path.name for path in tmp_path.glob("snippets/results/*/*")}
    assert {"noise.json", "answers.json", "lab.json", "program.ipynb"} <= frozen


def test_test_of_a_new_page_passes_and_python_is_formatted(tmp_path: Path) -> None:
    notes = Sandbox(tmp_path)
    assert notes.build("new", "optimisation_by_momentum_and_averages").code == 0
    conftest = ROOT / "tests/snippets/conftest.py"
    notes.write("tests/snippets/conftest.py", conftest.read_text("utf-8"))
    paths = [tmp_path / "snippets", ROOT / "scripts"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    config = str(ROOT / "pyproject.toml")
    for command in (
        ["pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "tests"],
        ["ruff", "format", "--check", "--config", config, "snippets"],
        ["ruff", "check", "--config", config, "snippets"],
    ):
        ran = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "there",
    [
        "docs/momentum.md",
        "docs/part1/momentum.md",
        "snippets/claims/momentum.py",
        "snippets/results/momentum/noise.json",
        "tests/lecture/test_momentum.py",
    ],
)
@pytest.mark.parametrize("kind", [(), ("--lab",)])
def test_what_is_there_is_named_and_left_alone(
    tmp_path: Path, there: str, kind: tuple[str, ...]
) -> None:
    notes = Sandbox(tmp_path)
    notes.write(there, "내가 쓴 것\n")
    before = notes.files()
    refused = notes.build("new", "momentum", *kind)
    assert refused.code == 2
    named = there.removesuffix("/noise.json")
    assert f"이미 있어서 새로 만들지 않았습니다: {named}\n" in refused.err
    assert "→ 다른 이름을 적으세요" in refused.err
    assert notes.files() == before


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("1st", "글자로 시작하고"),
        ("batch-norm", "글자, 숫자, 밑줄만"),
        ("../up", "글자, 숫자, 밑줄만"),
        ("", "글자로 시작하고"),
        ("_hidden", "글자로 시작하고"),
        ("class", "예약어"),
        ("check", "명령의 이름"),
        ("random", "이미 쓰는 이름"),
        ("keras", "이미 쓰는 이름"),
        ("yaml", "이미 쓰는 이름"),
        ("pytest", "이미 쓰는 이름"),
        ("claims", "이미 쓰는 이름"),
    ],
)
def test_name_that_python_or_the_project_has_is_refused(name: str, why: str) -> None:
    with pytest.raises(LectureError, match=why) as refused:
        refuse_name(name, COMMANDS)
    example = refused.value.hint.rpartition("예: ")[2]
    refuse_name(example, COMMANDS)  # what is proposed would do


@pytest.mark.parametrize("name", ["momentum", "batch_norm2", "정규화", "lstm"])
def test_other_names_are_free(name: str) -> None:
    refuse_name(name, COMMANDS)


@pytest.mark.parametrize("title", ["", "  ", "두\n줄", "$x^2$", "{{ a.b.c }}"])
def test_title_that_no_heading_can_be_is_refused(title: str) -> None:
    with pytest.raises(LectureError, match="제목으로 쓸 수 없습니다"):
        refuse_title(title)


def test_numeral_in_a_title_is_written_as_a_setting() -> None:
    files = skeleton("page", "x", "텐서플로 2.0 판, `lr=0.1`, 90%")
    assert "# 텐서플로 `2.0` 판, `lr=0.1`, `90%`\n" in files[Path("docs/x.md")]


def added(before: str, after: str | None) -> list[tuple[int, str]]:
    """Return the lines that are new, by their numbers; all others must be the same."""
    assert after is not None
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    numbers = [n for n in range(len(new)) if [*new[:n], *new[n + 1 :]] == old]
    assert len(new) == len(old) + 1 and numbers
    return [(numbers[-1], new[numbers[-1]])]


def test_navigation_gains_one_line_and_keeps_its_comments_and_tags() -> None:
    (place, line) = added(MKDOCS, with_page(MKDOCS, "강의", "momentum"))[0]
    assert line == "      - momentum.md\n"
    assert MKDOCS.splitlines()[place] == "  - 실습:"
    (_, line) = added(MKDOCS, with_page(MKDOCS, "실습", "line", "직선: 맞추기"))[0]
    assert line == "      - '직선: 맞추기': line.md\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nav:\n- 강의:\n  - a.md # 하나\n  # 둘\n- b.md\n", "  - new.md\n"),
        ("nav:\r\n  - 강의:\r\n    - 하나:\r\n      - a.md\r\n", "    - new.md\r\n"),
        ("nav:\n  - a.md\nsite_name: x\n", "  - new.md\n"),
        ("nav:\n  - 강의: a.md\n", "  - new.md\n"),
    ],
)
def test_line_is_indented_as_its_neighbours_are(text: str, line: str) -> None:
    assert added(text, with_page(text, "강의", "new"))[0][1] == line


def test_last_line_of_a_file_may_lack_its_end() -> None:
    assert with_page("nav:\n  - a.md", "강의", "b") == "nav:\n  - a.md\n  - b.md\n"


@pytest.mark.parametrize("text", ["site_name: x\n", "nav:\n  - 강의: [new.md]\n"])
def test_navigation_that_needs_no_line_stays(text: str) -> None:
    assert with_page(text, "강의", "new") == text


@pytest.mark.parametrize(
    "text", ["nav: [a.md]\n", "nav:\n  - 실습: [a.md]\n", "a: [\n"]
)
def test_navigation_that_cannot_be_changed_is_left_to_its_author(
    tmp_path: Path, text: str
) -> None:
    assert with_page(text, "실습", "line") is None
    notes = Sandbox(tmp_path)
    notes.write("mkdocs.yml", text)
    made = notes.build("new", "line", "--lab")
    assert made.code == 0
    assert "mkdocs.yml의 nav에 적으세요: - line.md" in made.out
    assert (tmp_path / "mkdocs.yml").read_text("utf-8") == text

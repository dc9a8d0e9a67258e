"""What has moved since a revision of git, on a small project that is in git."""

import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from lecture.base.project import Project
from lecture.book.moves import Moves
from lecture.cli.diff_lines import Diff
from lecture.cli.diff_page import diff_page
from lecture.collect.artefact import Artefact
from lecture.publish.quotes import Quotes
from lecture.run.redrawn import Exhibition, Look, Picture, Redrawn
from sandbox import Sandbox

RUNS = """
from pathlib import Path

LAST = 0.0123


def experiment_drop(steps=3):
    with open(Path(__file__).parents[2] / "ran.txt", "a") as file:
        print("drop", file=file)
    return {"last": LAST, "losses": [4.0, 1.0, LAST], "steps": steps}
"""
FIGURES = '''
import matplotlib.pyplot as plt
import pandas as pd


def figure_curve(drop):
    """손실입니다."""
    fig, ax = plt.subplots()
    ax.plot(drop["losses"])
    return fig


def figure_steps(drop):
    """걸음입니다."""
    fig, ax = plt.subplots()
    ax.bar([0], [drop["steps"]])
    return fig


def table_losses(drop):
    """걸음마다의 손실입니다."""
    return pd.DataFrame({"loss": drop["losses"]})
'''
CLAIMS = '''
def claim_falls(drop):
    """마지막 손실은 {{ fall.drop.last:.3f }}이고, 0보다 조금 큽니다."""
    return drop["last"] < 0.02, f"마지막 {drop['last']}"
'''
PAGE = """
---
description: 떨어집니다.
---

# 떨어지기

첫 손실은 {{ fall.drop.losses.0:.1f }}입니다. 마지막 손실은
{{ fall.drop.last:.3f }}이고 {{ fall.drop.steps }}걸음 뒤입니다. 끝입니다.

어림하면 {{ fall.drop.last:.1f }}입니다.

--8<-- "generated/fall/curve.md"
--8<-- "generated/fall/steps.md"
--8<-- "generated/fall/losses.md"
--8<-- "generated/fall/falls.md"
"""
GIT = ("git", "-c", "user.name=저자", "-c", "user.email=a@example.org")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit(notes: Sandbox, message: str = "고침") -> None:
    git(notes.root, "add", ".")
    git(notes.root, "commit", "-q", "-m", message)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that is built and committed."""
    notes = Sandbox(tmp_path_factory.mktemp("built"))
    notes.write("snippets/runs/fall.py", RUNS)
    notes.write("snippets/figures/fall.py", FIGURES)
    notes.write("snippets/claims/fall.py", CLAIMS)
    notes.write("docs/fall.md", PAGE)
    notes.write(".gitignore", ".cache/\n/docs/generated/\nran.txt\n")
    ran = notes.build()
    assert ran.code == 0, ran.err
    git(notes.root, "init", "-q")
    commit(notes)
    return notes.root


@pytest.fixture
def notes(built: Path, tmp_path: Path) -> Sandbox:
    return Sandbox(Path(shutil.copytree(built, tmp_path / "강의 노트", symlinks=True)))


def moved_to(notes: Sandbox, last: float) -> str:
    """Build with another last loss; return the build's last line."""
    notes.edit("snippets/runs/fall.py", "LAST = 0.0123", f"LAST = {last}")
    return notes.build().out.splitlines()[-1]


def test_moved_value_is_told_with_the_sentences_that_quote_it(notes: Sandbox) -> None:
    moved_to(notes, 0.0164)
    ran = notes.build("diff")
    assert ran.code == 0, ran.err
    assert "  fall.drop: 2개\n    last: 0.0123 → 0.0164  +33.3%\n" in ran.out
    assert "    losses.2: 0.0123 → 0.0164  +33.3%\n" in ran.out
    sentence = "마지막 손실은 [0.012 → 0.016]이고 3걸음 뒤입니다."
    assert f"\n  docs/fall.md:8\n    {sentence}\n" in ran.out
    docstring = "마지막 손실은 [0.012 → 0.016]이고, 0보다 조금 큽니다."
    assert f"\n  snippets/claims/fall.py:1\n    {docstring}\n" in ran.out
    assert "첫 손실은" not in ran.out
    assert "어림하면" not in ran.out


def test_value_that_moved_out_of_sight_names_no_sentence(notes: Sandbox) -> None:
    line = moved_to(notes, 0.01231)
    assert "움직인 값 2개" in line
    assert "문장" not in line
    ran = notes.build("diff")
    assert "last: 0.0123 → 0.01231  +0.0813%" in ran.out
    assert "움직였지만 적힌 자리까지는 그대로인 값: 1개" in ran.out
    assert "docs/fall.md" not in ran.out


def test_claim_that_turns_is_told_with_its_evidence(notes: Sandbox) -> None:
    moved_to(notes, 0.5)
    ran = notes.build("diff")
    assert ran.code == 0
    assert "\n  fall.claim_falls (snippets/claims/fall.py:1)\n" in ran.out
    assert "    성립 → 어긋남\n" in ran.out
    assert "    근거: 마지막 0.0123\n       → 마지막 0.5\n" in ran.out


def test_changed_drawings_stand_side_by_side_in_one_file(notes: Sandbox) -> None:
    drawn = notes.root / "docs/generated/fall/curve-light.svg"
    before = drawn.read_bytes()
    moved_to(notes, 2.5)
    ran = notes.build("diff")
    path = notes.root / re.findall(r"나란히 보기: (.*)", ran.out)[0]
    page = path.read_text(encoding="utf-8")
    pictures = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert [b64decode(one) for one in pictures] == [before, drawn.read_bytes()]
    assert "figure_steps" not in page + ran.out
    assert "<td><mark>0.0123</mark>" in page
    assert "<td><mark>2.5</mark>" in page
    assert "<del>0.012</del> <ins>2.500</ins>" in page
    assert not re.search(r'(src|href)="(?!data:)', page)


def test_looking_back_runs_nothing_and_touches_no_file_of_the_author(
    notes: Sandbox,
) -> None:
    moved_to(notes, 0.5)
    notes.edit("docs/fall.md", "끝입니다.", "정말 끝입니다.")
    git(notes.root, "add", "docs")

    def state() -> tuple[dict[str, str], str]:
        status = git(notes.root, "status", "--porcelain")  # which may write the index
        files = notes.files().items()
        return {n: d for n, d in files if not n.startswith(".cache")}, status

    before = state()
    assert len(notes.said()) == 2
    first, second = notes.build("diff"), notes.build("diff")
    assert state() == before
    assert first.out == second.out
    assert "완료 fall.figure_curve" in first.err
    assert "완료" not in second.err  # drawn before, and kept


def test_where_nothing_has_changed_one_line_says_so(notes: Sandbox) -> None:
    ran = notes.build("diff")
    head = git(notes.root, "rev-parse", "HEAD")[:7]
    assert (ran.code, ran.out) == (0, f"HEAD({head})에서 바뀐 것이 없습니다.\n")


def test_any_revision_can_be_looked_back_to(notes: Sandbox) -> None:
    git(notes.root, "tag", "v1")
    moved_to(notes, 0.0164)
    commit(notes)
    assert "바뀐 것이 없습니다." in notes.build("diff").out
    for revision in ("v1", "HEAD~1", git(notes.root, "rev-parse", "v1").strip()):
        assert "0.0123 → 0.0164" in notes.build("diff", "--since", revision).out


def test_pages_limit_what_is_told(notes: Sandbox) -> None:
    other = "def experiment_size():\n    return {'n': N}\n"
    notes.write("snippets/runs/other.py", f"N = 1\n\n\n{other}")
    notes.write(
        "docs/other.md", "# 다른 쪽\n\n마지막은 {{ fall.drop.last:.3f }}입니다.\n"
    )
    notes.write("docs/third.md", "# 셋째\n\n수는 {{ other.size.n }}입니다.\n")
    assert notes.build().code == 0
    commit(notes)
    notes.edit("snippets/runs/other.py", "N = 1", "N = 2")
    moved_to(notes, 0.0164)
    told = notes.build("diff", "other").out
    assert "other.size" in told
    assert "docs/third.md:3" in told  # quotes a value of the page
    assert "docs/other.md:3" in told  # stands on it
    assert not {"docs/fall.md:8", "fall.drop:"} & {*told.split()}
    assert "figure_curve" not in told
    assert "docs/third.md:3" in notes.build("diff", "third").out
    wrong = notes.build("diff", "othr")
    assert (wrong.code, wrong.out) == (2, "")
    assert "그런 쪽이 없습니다: othr\n  → 비슷한 이름: other" in wrong.err
    assert "diff --since othr" in wrong.err


def test_new_experiment_counts_as_new_and_removed_one_as_gone(notes: Sandbox) -> None:
    more = "\n\ndef experiment_more():\n    return {'a': 1, 'b': [2, 3]}\n"
    path = notes.root / "snippets/runs/fall.py"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    table = '\n\ndef table_more(more):\n    """셋입니다."""\n    return more\n'
    figures = notes.root / "snippets/figures/fall.py"
    before = figures.read_text("utf-8")
    made = table.replace("return more", "return pd.DataFrame(more)")
    figures.write_text(before + made, encoding="utf-8")
    notes.edit("docs/fall.md", "끝입니다.", "{{ fall.more.a }}로 끝납니다.")
    built = notes.build()
    assert built.out.splitlines()[-1] == "새 값 3개"
    ran = notes.build("diff")
    assert ran.code == 0
    assert "새 값: fall.more 3개" in ran.out
    assert "새로 생김: fall.table_more" in ran.out
    assert not {"움직인", "문장"} & {*ran.out.split()}
    commit(notes)

    path.write_text(path.read_text("utf-8").replace(more, ""), encoding="utf-8")
    figures.write_text(before, encoding="utf-8")
    notes.edit("docs/fall.md", "{{ fall.more.a }}로 끝납니다.", "끝입니다.")
    assert notes.build().code == 0
    ran = notes.build("diff")
    assert "없어진 값: fall.more 3개" in ran.out
    assert "없어짐: fall.table_more" in ran.out


def test_build_ends_with_what_it_has_moved(notes: Sandbox) -> None:
    assert moved_to(notes, 0.0164) == (
        "움직인 값 2개, 바뀐 문장 2곳, 바뀐 주장 1개, 바뀐 그림 1장, 바뀐 표 1개"
        " — 자세히: python scripts/build.py diff"
    )
    assert "움직인" not in notes.build().out
    again = notes.build("build", "--rerun", "all")
    assert len(notes.said()) == 3
    assert "움직인" not in again.out
    notes.edit("snippets/figures/fall.py", "ax.bar([0]", "ax.bar([1]")
    said = notes.build("draw").out.splitlines()[-1]
    assert said == "바뀐 그림 1장 — 자세히: python scripts/build.py diff"


def test_what_a_build_has_yet_to_do_is_told(notes: Sandbox) -> None:
    notes.edit("snippets/runs/fall.py", "LAST = 0.0123", "LAST = 0.5")
    notes.edit("snippets/figures/fall.py", "ax.bar([0]", "ax.bar([1]")
    ran = notes.build("diff")
    assert ran.code == 0
    assert "바뀐 것이 없습니다." in ran.out
    assert "다시 실행할 것이 1개 있습니다." in ran.out
    assert "아직 새로 그리지 않아 견주지 못한 것이 1개 있습니다." in ran.out
    assert "→ 실행하려면: python scripts/build.py\n" in ran.out


def test_figure_that_is_not_drawn_any_more_as_it_was_is_told(notes: Sandbox) -> None:
    """Old code need not run in the libraries of today."""
    figures = notes.root / "snippets/figures/fall.py"
    good = figures.read_text(encoding="utf-8")
    notes.edit("snippets/figures/fall.py", "ax.bar([0]", "ax.barr([0]")
    commit(notes)
    figures.write_text(good, encoding="utf-8")
    assert notes.build().code == 0
    ran = notes.build("diff")
    assert ran.code == 0
    assert "\n예전 것을 그리지 못해 견주지 못함\n  fall.figure_steps: " in ran.out
    assert "barr" in ran.out


LAB_PAGE = """
# 실습

높이는 {{ lab.lab.height }}입니다.

--8<-- "generated/lab/lab.md"
"""
LAB = """
'''실습입니다.'''
# %% 높이
height = 3
print("높이", height)

# %% 넓이
print("넓이", 5)
"""


def test_cell_of_a_lab_that_prints_something_else_is_told(notes: Sandbox) -> None:
    notes.write("snippets/lab.py", LAB)
    notes.write("docs/lab.md", LAB_PAGE)
    assert notes.build().code == 0
    commit(notes)
    notes.edit("snippets/lab.py", "height = 3", "height = 4")
    assert notes.build().code == 0
    ran = notes.build("diff")
    assert "  lab.lab: 1개\n    height: 3 → 4  +33.3%\n" in ran.out
    assert "높이는 [3 → 4]입니다." in ran.out
    assert "lab.lab[1] (snippets/lab.py:1)" in ran.out
    assert "lab.lab[2]" not in ran.out
    page = (notes.root / ".cache/lecture/diff.html").read_text(encoding="utf-8")
    assert "<pre>높이 3</pre>" in page
    assert "<pre>높이 4</pre>" in page


def test_of_many_frames_those_that_differ_are_shown(tmp_path: Path) -> None:
    def look(*signs: bytes) -> Look:
        frames = enumerate(signs, start=1)
        return Look(pictures=tuple(Picture(".webp", s, f"{n}걸음") for n, s in frames))

    artefact = Artefact("p", "figures.p", "frames", "x", tmp_path / "p.py", 3, "<글>")
    redrawn = Redrawn("p.frames_x", artefact, look(b"a", b"b", b"c"), look(b"a", b"d"))
    drawn = Exhibition((redrawn,), (), (), (), {})
    diff = Diff("HEAD", Moves((), {}, {}), Quotes((), frozenset()), drawn)
    page = diff_page(Project(tmp_path), diff)
    pictures = re.findall(r'src="data:image/webp;base64,([^"]+)" alt="">([^/]*)', page)
    shown = [(b64decode(data), label) for data, label in pictures]
    labels = [(b"b", "<br>2걸음<"), (b"c", "<br>3걸음<"), (b"d", "<br>2걸음<")]
    assert shown == labels
    assert "&lt;글&gt;" in page


WRONG = {
    "nowhere": "git에 그런 판이 없습니다: nowhere\n  → ",
    "mastr": "→ 비슷한 이름: master 모두 보려면: git log --oneline",
    "HEAD~9": "git에 그런 판이 없습니다: HEAD~9",
    "-x": "git에 그런 판이 없습니다: -x",
    "HEAD:docs": "git에 그런 판이 없습니다: HEAD:docs",
    "before": "`before`에는 snippets/ 폴더가 없어 견줄 것이 없습니다.\n  → ",
}


@pytest.mark.parametrize("revision", WRONG)
def test_revision_that_cannot_be_had_is_told_with_a_remedy(
    notes: Sandbox, revision: str
) -> None:
    git(notes.root, "branch", "-M", "master")
    git(notes.root, "checkout", "-q", "--orphan", "before")
    git(notes.root, "rm", "-rq", "--cached", ".")
    git(notes.root, "add", "docs/fall.md")
    git(notes.root, "commit", "-q", "-m", "쪽만")
    git(notes.root, "symbolic-ref", "HEAD", "refs/heads/master")
    ran = notes.build("diff", "--since", revision)
    assert (ran.code, ran.out) == (2, "")
    assert WRONG[revision] in ran.err


def test_without_git_or_its_repository_or_a_commit_a_remedy_is_told(
    notes: Sandbox, tmp_path: Path
) -> None:
    assert "git을 찾지 못해" in notes.build("diff", PATH=str(tmp_path)).err
    shutil.rmtree(notes.root / ".git")
    ceiling = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    lacking = notes.build("diff", **ceiling)
    assert lacking.code == 2
    assert "git 저장소가 아니어서 견줄 예전 결과가 없습니다.\n  → " in lacking.err
    git(notes.root, "init", "-q")
    assert "아직 커밋이 없습니다." in notes.build("diff").err


def test_project_may_be_a_folder_of_a_repository(built: Path, tmp_path: Path) -> None:
    notes = Sandbox(Path(shutil.copytree(built, tmp_path / "저장소/강의 노트")))
    shutil.rmtree(notes.root / ".git")
    git(notes.root.parent, "init", "-q")
    commit(notes)
    moved_to(notes, 0.0164)
    assert "0.0123 → 0.0164" in notes.build("diff").out

"""What is typed: commands that fit, and Korean words for those that do not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lecture.cli.choosing import COMMANDS
from lecture.cli.command import cli
from sandbox import Ran, Sandbox

RUNS = """
from grow import scaled

cases_fit = [dict(seed=seed) for seed in (1, 2)]


def experiment_fit(seed=0):
    return {"height": scaled(seed)}
"""
CLAIMS = '''
def claim_grows(fit):
    """씨앗이 많을수록 높이 자랍니다."""
    return bool(fit["height"].is_monotonic_increasing), "높이 둘"


def claim_sprouts(fit):
    """모두 싹이 틉니다."""
    return bool((fit["height"] > 0).all()), "높이 둘"
'''
TAUGHT = """
def scaled(n):
    return 2 * n
"""
QUIET = """
def experiment_answer(base=40):
    return {"answer": base + 2}
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "강의 노트")
    sandbox.write("snippets/grow.py", TAUGHT)
    sandbox.write("snippets/runs/grow.py", RUNS)
    sandbox.write("snippets/claims/grow.py", CLAIMS)
    sandbox.write("snippets/quiet.py", QUIET)
    sandbox.write("snippets/words.py", "WORD = 1\n")
    yield sandbox
    sandbox.end()


WRONG = {
    "option": ("check --rerun grow", "그런 선택지가 없습니다: --rerun", "check"),
    "near option": ("build --job 2", "→ 비슷한 이름: --jobs", "build"),
    "old command": ("--check", "명령은 `--` 없이 먼저 적습니다: check", "build"),
    "old command late": ("grow --smoke", "`--` 없이 먼저 적습니다: smoke", "build"),
    "two commands": ("check --smoke", "`--` 없이 먼저 적습니다: smoke", "check"),
    "no number": ("build --jobs many", "`--jobs`: 1 이상의 정수를 적으세요: many",
                  "build"),
    "zero": ("build --jobs 0", "`--jobs`: 1 이상의 정수를 적으세요: 0", "build"),
    "no value": ("build --jobs", "`--jobs` 뒤에 값을 적어야 합니다.", ""),
    "value": ("build --cold=3", "`--cold`에는 값을 적지 않습니다.", ""),
    "no seed": ("reseed", "`N`을 적어야 합니다.", "reseed"),
    "page for seed": ("reseed grow", "`N`: 1 이상의 정수를 적으세요: grow", "reseed"),
    "page of all": ("draw grow", "더 받지 않는 말입니다: grow", "draw"),
    "page of site": ("site grow quiet", "더 받지 않는 말입니다: grow quiet", "site"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said", "command"), WRONG.values(), ids=[*WRONG])
def test_wrong_command_line_is_told_in_korean_with_its_help(
    sandbox: Sandbox, line: str, said: str, command: str
) -> None:
    before = sandbox.files()
    ran = sandbox.build(*line.split())
    assert ran.code == 2
    assert said in ran.err
    words = ["도움말: python scripts/build.py", command, "--help"]
    assert " ".join(filter(None, words)) in ran.err
    assert not {"Error", "Usage", "Try", "Invalid"} & {*ran.err.split()}
    assert sandbox.files() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chek", "→ 비슷한 이름: check"),
        ("grw", "→ 비슷한 이름: grow"),
        ("check grw", "→ 비슷한 이름: grow"),
        ("build grow gow", "그런 쪽이나 명령이 없습니다: gow"),
        ("smoke 없는쪽", "→ 쓸 수 있는 이름: build, check"),
        ("reseed 1 grw", "→ 비슷한 이름: grow"),
        ("--rerun grow.fitt", "→ 비슷한 이름: grow.fit"),
    ],
)
def test_unknown_page_is_told_with_the_names_that_are_close(
    sandbox: Sandbox, line: str, said: str
) -> None:
    ran = sandbox.build(*line.split())
    assert ran.code == 2
    assert said in ran.err


def test_names_that_are_no_page_include_every_command() -> None:
    assert sorted(cli.commands) == sorted(COMMANDS)


def test_help_is_korean_and_names_every_command(sandbox: Sandbox) -> None:
    shown = sandbox.build("--help")
    assert shown.code == 0
    assert all(f"  {name} " in shown.out for name in COMMANDS)
    for name in COMMANDS:
        shown = sandbox.build(name, "-h")
        assert shown.code == 0
        assert cli.commands[name].help in " ".join(shown.out.split())


def test_edit_in_a_module_of_a_page_shows_on_that_page(sandbox: Sandbox) -> None:
    assert sandbox.build().code == 0
    for name in ("snippets/grow.py", "snippets/runs/grow.py"):
        sandbox.edit(name, "2" if name == "snippets/grow.py" else "(1, 2)", "(3)")
        assert sandbox.build("check", "grow").code == 1, name
        assert sandbox.build("check", "quiet").code == 0
        sandbox.edit(name, "(3)", "2" if name == "snippets/grow.py" else "(1, 2)")
        assert sandbox.build("check", "grow").code == 0
    sandbox.edit("snippets/runs/grow.py", "def experiment_fit", "def experimnt_fit")
    look = sandbox.build("check", "grow")
    assert "snippets/runs/grow.py:6: " in look.out
    assert sandbox.build("check", "quiet").code == 0


def test_reseed_says_what_it_looked_at(sandbox: Sandbox) -> None:
    ran = sandbox.build("reseed", "7", "grow")
    assert ran.code == 0, ran.err
    assert ran.out == "실행 2번의 시드를 옮기고 주장 2개를 확인했습니다.\n"
    ran = sandbox.build("reseed", "7")
    assert "실행 3번의 시드를 옮기고 주장 2개를" in ran.out
    none = sandbox.build("reseed", "7", "quiet")
    assert none.code == 2
    assert "확인할 주장이 하나도 없습니다." in none.err
    assert none.out == ""
    assert not (sandbox.root / "snippets/results").exists()


def test_smoke_says_what_it_looked_at(sandbox: Sandbox) -> None:
    ran = sandbox.build("smoke", "grow")
    assert (ran.code, ran.out) == (0, "실행 1번을 작은 데이터로 돌려 보았습니다.\n")
    none = sandbox.build("smoke", "words")
    assert none.code == 2
    assert "돌려 볼 실험이 하나도 없습니다." in none.err


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("build.py ch", ["check"]),
        ("build.py check g", ["grow"]),
        ("build.py build --j", ["--jobs"]),
        ("build.py reseed 3 q", ["quiet"]),
    ],
)
def test_shell_completes_commands_pages_and_options(
    sandbox: Sandbox, words: str, offered: list[str]
) -> None:
    asked = {
        "_BUILD_PY_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    out, _ = sandbox.start(**asked).communicate(timeout=60)
    assert [line.partition(",")[2] for line in out.splitlines()] == offered


def test_output_that_nobody_reads_is_no_error(sandbox: Sandbox) -> None:
    for n in range(400):
        sandbox.write(f"snippets/page_number_{n}.py", QUIET)
    process = sandbox.start("explain")
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 1
    assert "Traceback" not in (err := process.stderr.read())
    assert "BrokenPipe" not in err


def test_script_says_the_same_as_the_command(sandbox: Sandbox) -> None:
    """`scripts/build.py` of a project is all that an author starts."""
    script = Path(__file__).parents[2] / "scripts/build.py"
    sandbox.write("scripts/build.py", script.read_text("utf-8"))
    done = subprocess.run(
        [sys.executable, "scripts/build.py", "check", "quiet"],
        cwd=sandbox.root,
        env=os.environ | {"PYTHONPATH": str(script.parent)},
        capture_output=True,
        text=True,
    )
    ran = Ran(done.returncode, done.stdout, done.stderr)
    assert ran.code == 1, ran
    assert "다시 실행할 것이 1개 있습니다" in ran.out

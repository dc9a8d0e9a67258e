"""What GitHub runs for us exists here: its targets, its commands, its versions."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lecture.cli.command import cli
from lecture.render.colab import colab_url

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / ".github").rglob("*.yml"))
JOBS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
AUTHOR = ("-c", "user.name=kim", "-c", "user.email=kim@example.org")

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def git(*words: str, cwd: Path) -> str:
    done = subprocess.run(
        ["git", *words], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps of a workflow's jobs, or of an action."""
    content = read(path)
    for job in content.get("jobs", {"": content.get("runs")}).values():
        yield from job["steps"]


def commands(path: Path) -> Iterator[list[str]]:
    """Yield the words of each command that a file runs."""
    for step in steps(path):
        for line in step.get("run", "").replace("\\\n", " ").splitlines():
            words: list[str] = []
            for word in shlex.shlex(line, posix=True, punctuation_chars=True):
                if not {*word} <= {*"();<>|&"}:
                    words.append(word)
                elif words:
                    yield [one for one in words if not one.isdigit()]  # 2>&1
                    words = []
            if words:
                yield words


def ours(words: list[str]) -> list[str]:
    return [word for word in words if word.startswith("scripts/")]


def unknown(words: list[str]) -> str:
    """Return what of a command does not exist here; "" where all does."""
    if words[0] == "make":
        targets = [word for word in words[1:] if "=" not in word]
        dry = ["make", "--dry-run", *targets]
        made = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True)
        return made.stderr if made.returncode or not targets else ""
    if lost := [name for name in ours(words) if not (ROOT / name).is_file()]:
        return f"{lost}"
    if "scripts/build.py" in words:
        name, *rest = words[words.index("scripts/build.py") + 1 :]
        try:
            cli.commands[name].make_context(name, rest)
        except Exception as error:  # whatever Click finds wrong
            return f"{name} {rest}: {error!r}"
    return ""


@every_file
def test_every_command_of_ours_exists_with_its_options(path: Path) -> None:
    found = [words for words in commands(path) if "make" in words or ours(words)]
    assert found
    assert [told for words in found if (told := unknown(words))] == []


@pytest.mark.parametrize(
    "line",
    [
        "make sit",
        "python scripts/bulid.py site",
        "python scripts/build.py sit",
        "python scripts/build.py smoke --value x",
    ],
)
def test_command_that_does_not_exist_is_noticed(line: str) -> None:
    assert unknown(line.split())


@every_file
def test_every_action_has_a_version_or_lies_here(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    for name in used:
        if name.startswith("./"):
            assert (ROOT / name / "action.yml").is_file(), name
        else:
            assert re.fullmatch(r"[\w-]+(/[\w-]+)+@v\d+", name), name


def test_jobs_may_write_only_what_they_are_for() -> None:
    for name in JOBS:
        settings = read(ROOT / f".github/workflows/{name}.yml")
        assert settings["permissions"] == {"contents": "read"}, name
    written = {
        f"{name}.{job}": {p for p, may in one.get("permissions", {}).items()
                          if may == "write"}
        for name, jobs in JOBS.items() for job, one in jobs.items()
    }  # fmt: skip
    assert {job: found for job, found in written.items() if found} == {
        "publish.deploy": {"pages", "id-token"},
        "publish.notebooks": {"contents"},
        "upgrades.look": {"issues"},
    }


def test_only_main_is_published_and_only_when_tests_and_build_are_green() -> None:
    deploy = JOBS["publish"]["deploy"]
    assert {*deploy["needs"]} == {"test", "build"}
    assert deploy["if"] == "github.ref == 'refs/heads/main'"
    assert JOBS["publish"]["notebooks"]["needs"] == "deploy"


def test_what_is_drawn_is_kept_under_the_key_by_which_it_is_found() -> None:
    caches = [
        step["with"]
        for path in FILES
        for step in steps(path)
        if "docs/generated" in step.get("with", {}).get("path", "").split()
    ]
    found, kept = sorted(caches, key=len, reverse=True)
    assert (found["path"], found["key"]) == (kept["path"], kept["key"])
    assert found["key"].startswith(found["restore-keys"])


def test_colab_opens_the_notebooks_where_they_are_put() -> None:
    address = colab_url("https://github.com/kim/notes", "mnist")
    branch, folder = re.findall(r"/blob/([\w-]+)/(\w+)/mnist/mnist\.ipynb$", address)[0]
    runs = "\n".join(
        step.get("run", "") for step in JOBS["publish"]["notebooks"]["steps"]
    )
    assert f"git switch --orphan {branch}" in runs
    assert f"git push --force origin {branch}" in runs
    assert f"git add {folder}" in runs


def test_every_address_that_the_settings_ask_for_is_told() -> None:
    asked = re.findall(r"!ENV \[(\w+)", (ROOT / "mkdocs.yml").read_text("utf-8"))
    made = (s for s in JOBS["publish"]["build"]["steps"] if s.get("run") == "make site")
    assert asked and [{*step["env"]} for step in made] == [{*asked}]


def test_notebooks_are_put_on_a_branch_of_their_own_and_replaced(
    tmp_path: Path,
) -> None:
    runs = [s["run"] for s in JOBS["publish"]["notebooks"]["steps"] if "run" in s]
    home, work = tmp_path / "home.git", tmp_path / "work"
    git("init", "--quiet", "--bare", str(home), cwd=tmp_path)
    for text in ("1", "2"):
        git("clone", "--quiet", str(home), str(work), cwd=tmp_path)
        (work / "README.md").write_text(text)
        git("add", ".", cwd=work)
        git(*AUTHOR, "commit", "--quiet", "--message", text, cwd=work)
        for run in runs:
            (work / "generated/lab").mkdir(parents=True, exist_ok=True)
            (work / "generated/lab/lab.ipynb").write_text(text)
            subprocess.run(["bash", "-ec", run], cwd=work, check=True)
        shutil.rmtree(work)
    assert git("ls-tree", "-r", "--name-only", "notebooks", cwd=home).split() == [
        "generated/lab/lab.ipynb"
    ]
    assert git("show", "notebooks:generated/lab/lab.ipynb", cwd=home) == "2"
    assert git("rev-list", "--count", "notebooks", cwd=home).strip() == "1"

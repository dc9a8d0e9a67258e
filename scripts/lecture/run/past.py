"""The past: a project's snippets and results as git has them, laid out in the cache.

Neither the working tree nor the index is touched. A folder is named by its commit, so
what was read and drawn in it is found again by the next command.
"""

import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lecture.base.errors import LectureError, suggest
from lecture.base.project import Project

_SHORT = 7  # signs of a commit that people are shown


@dataclass(frozen=True)
class Past:
    """A project as it was at one commit."""

    project: Project  # with its snippets and their results, and no page
    revision: str  # as an author has written it: "HEAD~2"
    commit: str

    @property
    def name(self) -> str:
        """The revision and its commit, for people: `HEAD~2(1a2b3c4)`."""
        short = self.commit[:_SHORT]
        named = not self.commit.startswith(self.revision)
        return f"{self.revision}({short})" if named else short


def past(project: Project, revision: str) -> Past:
    """Return a project as it was at a revision; raises LectureError where git cannot.

    What was laid out of other commits goes.
    """
    commit = _commit(project.root, revision)
    room = project.cache / "past"
    folder = room / commit
    if not folder.is_dir():
        archive = _archive(project.root, revision, commit)
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=room, prefix=".") as fresh:
            _extract(archive, Path(fresh) / commit)
            (Path(fresh) / commit).rename(folder)
    return Past(Project(folder), revision, commit)


def _commit(root: Path, revision: str) -> str:
    found = _git(root, "rev-parse", "--git-dir")
    if found.returncode:
        raise _no_repository(found.stderr.decode(errors="replace"))
    asked = f"{revision}^{{commit}}"
    found = _git(root, "rev-parse", "--verify", "--quiet", asked)
    if found.returncode or revision.startswith("-"):
        raise _unknown(root, revision)
    return found.stdout.decode().strip()


def _archive(root: Path, revision: str, commit: str) -> bytes:
    found = _git(root, "archive", "--format=tar", commit, "--", "snippets")
    if found.returncode:
        raise LectureError(
            f"`{revision}`에는 snippets/ 폴더가 없어 견줄 것이 없습니다.",
            hint="언제부터 있었는지 보려면: git log --oneline -- snippets",
        )
    return found.stdout


def _extract(archive: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter=_harmless)


def _harmless(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Return what lies in the folder when it is extracted; links that lead out do not.

    They would lead to what is no part of the past.
    """
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command, english = ["git", *arguments], os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(command, cwd=root, env=english, capture_output=True)
    except FileNotFoundError:
        raise LectureError(
            "git을 찾지 못해 예전 결과를 읽을 수 없습니다.",
            hint="git을 설치한 뒤 터미널을 다시 엽니다.",
        ) from None


def _no_repository(said: str) -> LectureError:
    if "not a git repository" in said:
        return LectureError(
            "git 저장소가 아니어서 견줄 예전 결과가 없습니다.",
            hint='처음이면: git init && git add . && git commit -m "처음"',
        )
    message = f"git이 이 폴더를 읽지 못했습니다: {said.strip().splitlines()[0]}"
    return LectureError(message, hint="git status가 되는지 살펴보세요.")


def _unknown(root: Path, revision: str) -> LectureError:
    message = f"git에 그런 판이 없습니다: {revision}"
    if _git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return LectureError(message, hint="아직 커밋이 없습니다. 먼저 커밋합니다.")
    listed = _git(root, "for-each-ref", "--format=%(refname:short)").stdout.decode()
    hint = (
        f"{suggest(revision, ['HEAD', *listed.split()])} 모두 보려면: git log --oneline"
    )
    return LectureError(message, hint=hint)

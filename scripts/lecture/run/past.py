"""The past: a project's snippets and results as git has them, laid out in the cache.

Neither the working tree nor the index is touched. There is one such folder: what was
read and drawn in it stands by its keys, and serves for the next commit as well.
"""

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lecture.base.errors import LectureError, suggest
from lecture.base.files import remove_others
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

    It stands until the next call.
    """
    commit = _commit(project.root, revision)
    root = project.cache / "past"
    mark = root / "commit"
    if not mark.is_file() or mark.read_text() != commit:
        files = dict(_files(_archive(project.root, revision, commit)))
        mark.unlink(missing_ok=True)
        _lay_out({root / name: content for name, content in files.items()}, root)
        mark.write_text(commit)
    return Past(Project(root), revision, commit)


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


def _files(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive; a link as what it leads to, if that is there."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            try:
                file = tar.extractfile(member)
            except (KeyError, RecursionError):  # a link to elsewhere, or to itself
                continue
            if file:
                yield member.name, file.read()


def _lay_out(files: dict[Path, bytes], root: Path) -> None:
    remove_others(Project(root).snippets, files)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


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

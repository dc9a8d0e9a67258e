"""The command line of the build."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from lecture.base.errors import LectureError, suggest
from lecture.base.project import Project
from lecture.book.book import Notes, forced, orphans, read_notes, survey
from lecture.book.fingerprints import at_hand
from lecture.cli.report import explain_lines, report_lines

GREEN, RED, USAGE, INTERRUPTED = 0, 1, 2, 130
_FLAGS = {
    "--check": "아무것도 쓰지 않고 낡은 것이 있는지만 봅니다",
    "--explain": "무엇이 왜 낡았는지 말하고 끝냅니다",
    "--frozen": "실행하지 않고 있는 결과로만 그립니다",
    "--smoke": "작은 가짜 데이터로 한 에폭씩 돌려만 봅니다 (결과는 남기지 않습니다)",
    "--site": "끝나면 mkdocs로 site/를 만듭니다",
    "--cold": "실행마다 파이썬을 새로 띄웁니다 (느립니다)",
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="낡은 실험을 다시 실행하고, 그림과 표를 그리고, 주장을 확인합니다.",
        epilog="예: python scripts/build.py cifar10_linear --explain",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="이 도움말을 보여 줍니다")
    parser.add_argument(
        "pages", nargs="*", metavar="쪽", help="다시 실행할 쪽 (없으면 모두)"
    )
    for name, help_text in _FLAGS.items():
        parser.add_argument(name, action="store_true", help=help_text)
    parser.add_argument(
        "--rerun",
        action="append",
        default=[],
        metavar="이름",
        help="낡지 않았어도 다시 실행합니다: 쪽, 쪽.실험, all",
    )
    parser.add_argument(
        "--reseed",
        type=_positive,
        metavar="N",
        help="모든 시드에 N을 더해 따로 돌리고, 그래도 주장이 성립하는지 봅니다",
    )
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="동시에 돌릴 실행의 수"
    )
    return parser


def _positive(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"1 이상의 정수를 적으세요: {text}")


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 when green, 1 when not, 2 for wrong usage."""
    signal.signal(signal.SIGTERM, _interrupt)
    chosen = parser().parse_args(arguments)
    try:
        notes = read_notes(Project(root))
        _refuse_unknown_pages(notes, chosen.pages)
        if chosen.check or chosen.explain:
            return _look(notes, chosen)
        return _build(notes, chosen)
    except LectureError as error:
        print(error, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("멈췄습니다. 끝난 실행의 결과는 남아 있습니다.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # who reads has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return RED


def _look(notes: Notes, chosen: argparse.Namespace) -> int:
    """Say what is stale, without writing anything."""
    gc.disable()  # syntax trees are many small objects, and none of them garbage
    again = forced(notes, tuple(chosen.rerun))
    pages = notes.with_lenders(chosen.pages)
    surveys = tuple(
        one
        for one in survey(notes, at_hand(notes.project.cache, write=False), again)
        if not pages or one.artefact.page in pages
    )
    stale = sum(len(one.stale) for one in surveys)
    if chosen.explain:
        print("\n".join(explain_lines(surveys)))
    for path in orphans(notes):
        print(f"주인 없는 결과: {notes.project.relative(path)}")
    if not stale and not orphans(notes):
        print("낡은 것이 없습니다.", flush=True)
        return GREEN
    command = " ".join(["python scripts/build.py", *chosen.pages])
    print(f"다시 실행할 것이 {stale}개 있습니다. 실행하려면: {command}", flush=True)
    return RED


def _build(notes: Notes, chosen: argparse.Namespace) -> int:
    from lecture.cli.console import run_aside, run_build

    if chosen.smoke or chosen.reseed:
        return GREEN if run_aside(notes, chosen) else RED
    report = run_build(notes, chosen)
    for line in report_lines(notes.project, report):
        print(line, file=sys.stderr)
    if not report.is_green:
        return RED
    print(f"본문의 숫자 {report.bound}개가 모두 결과에 묶여 있습니다.")
    return _site(notes.project) if chosen.site else GREEN


def _site(project: Project) -> int:
    import subprocess

    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NOTES_BUILT": "1"}  # the hook need not draw again
    return subprocess.run(command, cwd=project.root, env=environment).returncode


def _refuse_unknown_pages(notes: Notes, pages: Sequence[str]) -> None:
    for page in pages:
        if page not in notes.pages:
            raise LectureError(
                f"그런 쪽이 없습니다: {page}", hint=suggest(page, notes.pages)
            )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt

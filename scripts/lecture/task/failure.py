"""Why a task gave no result, with the student's own frames and nobody else's."""

import re
import signal
import traceback
from pathlib import Path

from lecture.base.errors import LectureError
from lecture.base.particles import particle
from lecture.task.job import Failure, Job

_ESCAPED = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


_FETCHING = "URL fetch failure"  # Keras's words
_DATA = (
    "인터넷에 연결해 다시 실행하거나, mnist.npz 같은 데이터 파일이 든 폴더를 "
    "환경 변수 NOTES_DATA로 알려 주세요. 지난 결과는 그대로 남아 있습니다."
)


def data_remedy(said: str) -> str:
    """Return what helps where Keras could not fetch a data set; else ""."""
    return _DATA if _FETCHING in said else ""


def from_error(job: Job, error: BaseException) -> Failure:
    """Return what a student's function has raised."""
    if isinstance(error, LectureError):
        path = Path(error.path) if error.path else job.artefact.path
        message = f"{error.message}\n  → {error.hint}" if error.hint else error.message
        return Failure(message, path, error.line or job.artefact.line)
    folder = snippets_of(job)
    report = traceback.TracebackException.from_exception(error)
    frames = [f for f in report.stack if Path(f.filename).is_relative_to(folder)]
    message = "".join(report.format_exception_only()).strip()
    if hint := data_remedy(message):
        message = f"{message}\n  → {hint}"
    if not frames:
        return Failure(message, job.artefact.path, job.artefact.line)
    text = "".join(traceback.StackSummary.from_list(frames).format())
    return Failure(message, Path(frames[-1].filename), frames[-1].lineno, text)


def from_exit(job: Job, code: int | None) -> Failure:
    """Say how a process ended that never reported; a negative code is a signal's."""
    if code is None or code >= 0:
        return from_log(
            job, f"프로세스가 결과를 내지 않고 끝났습니다 (종료 코드 {code})."
        )
    name = _signal_name(-code)
    message = f"프로세스가 신호 {name}{particle(name, '으로')} 죽었습니다."
    if name == "SIGKILL":
        message += " 메모리가 모자라면 운영 체제가 이렇게 합니다."
    return from_log(job, message)


def from_log(job: Job, message: str) -> Failure:
    """Return a failure with the frames that faulthandler left in the process's log."""
    frames = _logged_frames(job)
    if not frames:
        return Failure(message, job.artefact.path, job.artefact.line)
    text = "".join(f'  File "{p}", line {n}, in {f}\n' for p, n, f in reversed(frames))
    path, line, _ = frames[0]
    return Failure(message, Path(path), int(line), text)


def snippets_of(job: Job) -> Path:
    """Return the folder below which a student's code stands."""
    snippets = job.root / "snippets"
    path = job.artefact.path
    return snippets if path.is_relative_to(snippets) else path.parent


def _logged_frames(job: Job) -> list[tuple[str, str, str]]:
    """Return (file, line, function) of the student's frames, the innermost first."""
    if not job.log.exists():
        return []
    log = job.log.read_text(encoding="utf-8", errors="replace")
    # faulthandler writes ASCII only: 강 as \uac15
    log = _ESCAPED.sub(lambda match: chr(int(match[0][2:], 16)), log)
    folder = re.escape(str(snippets_of(job)))
    return re.findall(rf'File "({folder}[^"]*)", line (\d+) in (.*)', log)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return str(number)

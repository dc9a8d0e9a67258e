"""What helps with an error that a lab's cell has raised."""

from pathlib import Path

from lecture.task.failure import data_remedy

_RAISES = '보여 주려는 오류이면 칸을 `# %% raises="{}"`로 여십시오.'
_INPUT = '빌드에는 물을 사람이 없습니다. `name = "값"`처럼 적으십시오.'
_FILE = "노트북에는 `__file__`이 없습니다. 곁의 파일은 이름만으로 읽습니다."


def remedy(name: str, said: str) -> str:
    """Return what helps with an error, given by its class and message, in Korean."""
    if name == "StdinNotImplementedError":
        return _INPUT
    if name == "NameError" and "'__file__'" in said:
        return _FILE
    return data_remedy(said) or _RAISES.format(name)


def trace(numbers: list[int], path: Path) -> str:
    """Return the way to a failing line as one Korean line, outermost call first."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return " → ".join(f"{n}행 `{lines[n - 1].strip()}`" for n in numbers)

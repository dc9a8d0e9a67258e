"""What an author is told about an error in a lab's cell."""

import pytest
from lecture.task.lab_hints import remedy


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("StdinNotImplementedError", "raw_input was called", "물을 사람이 없습니다"),
        ("NameError", "name '__file__' is not defined", "이름만으로 읽습니다"),
        ("NameError", "name 'x' is not defined", 'raises="NameError"'),
    ],
)
def test_error_in_a_cell_comes_with_what_helps(name: str, said: str, told: str) -> None:
    assert told in remedy(name, said)

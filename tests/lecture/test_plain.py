"""What a task returns, made plain, and what a figure receives of it."""

import datetime
import enum
import math

import numpy as np
import pandas as pd
import pytest
from lecture.base.errors import LectureError
from lecture.task.plain import plain, restored

NAN, INF = math.nan, math.inf


class Colour(enum.Enum):
    RED = 1


class Word(enum.StrEnum):
    RED = "red"


class Number(enum.IntEnum):
    ONE = 1


class Text(str):
    def __str__(self) -> str:
        return "other"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (0.123456789, 0.123457),
        (1234567.89, 1234570.0),
        (1.23456789e-9, 1.23457e-9),
        (3.0, 3.0),
        (123456789, 123456789),
        (True, True),
        (None, None),
        ((1, 2.00000001), [1, 2.0]),
        (np.float32(0.1), 0.1),
        (np.int64(7), 7),
        (np.bool_(True), True),
        (np.str_("글"), "글"),
        (Text("글"), "글"),
        (np.array(3), 3),
        (np.array([[1.5, 2.5]]), [[1.5, 2.5]]),
        ({"loss": [np.float64(0.1)]}, {"loss": [0.1]}),
        (pd.Series([1.0, 2.0]), [1.0, 2.0]),
        (pd.Index(["가", "나"]), ["가", "나"]),
    ],
    ids=repr,
)
def test_result_is_kept_as_plain_values(value: object, kept: object) -> None:
    assert repr(plain(value)) == repr(kept)
    assert plain(plain(value)) == plain(value)


@pytest.mark.parametrize(
    "value",
    [
        {"loss": [1.0, NAN, INF, -INF]},
        {"best": NAN, "nothing": None},
        {"a": [{"b": NAN}]},
    ],
    ids=repr,
)
def test_loss_that_diverges_comes_back_as_it_was(value: object) -> None:
    assert repr(restored(plain(value))) == repr(value)
    assert repr(restored(plain(np.array([NAN])))) == "[nan]"


REFUSED = [
    ({"s": pd.Series([1], index=["a"])}, "`s`의 `Series`", "`.to_dict()`"),
    ({"h": {"d": pd.DataFrame({"a": [1]})}}, "`h.d`의 `DataFrame`", "`.to_dict("),
    ({"h": {"loss": [0, {1, 2}]}}, "`h.loss[1]`의 `set`", "sorted"),
    ({"a": b"x"}, "`a`의 `bytes`", "hex"),
    ({"a": 1j}, "`a`의 `complex`", ".real"),
    ({"a": np.complex64(1j)}, "`a`의 `complex`", ".real"),
    ({"a": datetime.date(2026, 1, 1)}, "`a`의 `date`", "isoformat"),
    ({"a": np.datetime64("2026-01-01")}, "`a`의 `date`", "isoformat"),
    ({"a": pd.NA}, "`a`의 `NAType`", "None"),
    ({"a": object()}, "`a`의 `object`", "수, 글"),
    ({"a": lambda: 1}, "`a`의 `function`", "수, 글"),
    ({"a": range(3)}, "`a`의 `range`", "list"),
    ({"a": Colour.RED}, "`a`의 `Colour`", ".value"),
    ({"a": Word.RED}, "`a`의 `Word`", ".value"),
    ({"a": [Number.ONE]}, "`a[0]`의 `Number`", ".value"),
    ({"acc": {16: 0.5}}, "`acc`의 열쇠 16의 타입이 `int`", "str(k)"),
    ({"acc": {1: "하나", "1": "둘"}}, "`acc`의 열쇠 1의", "str(k)"),
    ({Word.RED: 1}, "타입이 `Word`", "str(k)"),
    ({"a": {None: 1}}, "열쇠 None의 타입이 `NoneType`", "str(k)"),
    ({"a": "NaN"}, '`a` "NaN"', "float"),
    ({"a": "\ud800"}, "UTF-8", "replace"),
    ({"w": np.random.rand(300_000)}, "너무 큽니다: ", "요약해서"),
]


@pytest.mark.parametrize(
    ("value", "said", "hint"), REFUSED, ids=[said for _, said, _ in REFUSED]
)
def test_what_would_not_come_back_is_refused_with_its_place_and_a_remedy(
    value: object, said: str, hint: str
) -> None:
    with pytest.raises(LectureError) as caught:
        plain(value)
    assert said in caught.value.message
    assert hint in caught.value.hint


def test_what_holds_itself_is_refused() -> None:
    around: list[object] = []
    around.append({"again": around})
    with pytest.raises(LectureError, match="자기 자신을 담고"):
        plain({"a": around})


def test_one_value_may_stand_in_two_places() -> None:
    shared = [1, 2]
    assert plain({"a": shared, "b": shared}) == {"a": [1, 2], "b": [1, 2]}

"""Arithmetic that ends: what a list of cases may compute, within bounds.

`9**9**9` or a comprehension over a billion rows would hold every command for ever.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

_LARGEST = 10**30  # of a number
_LONGEST = 100_000  # of a list, a text or a loop

BUILTINS: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (dict, list, tuple, zip, enumerate, len, round)
}


_GUARDS: dict[type[ast.operator], str] = {
    ast.Pow: "_power",
    ast.Mult: "_times",
    ast.LShift: "_shift",
    ast.Mod: "_rest",
}


class Guarded(ast.NodeTransformer):
    """Replaces what can grow without end by functions that refuse to."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        name = _GUARDS.get(type(node.op))
        return _call(name, node.left, node.right) if name else node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = _call("_each", node.iter)
        return node


def guards() -> Mapping[str, Callable[..., Any]]:
    """Return the functions that `Guarded` calls, which count one evaluation's steps."""
    steps = iter(range(_LONGEST))

    def each(items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            if next(steps, None) is None:
                raise ValueError(f"{_LONGEST:,}번 넘게 되풀이합니다")
            yield item

    return {
        "_each": each,
        "_power": _power,
        "_times": _times,
        "_shift": _shift,
        "_rest": _rest,
        "round": _round,
        "range": _range,
    }


def weigh(value: Any, room: int = _LONGEST) -> int:
    """Return how much more fits beside a value; raises ValueError where it does not.

    Lists may hold one another many times over: each is counted wherever it stands.
    """
    room -= len(value) if isinstance(value, str) else 1
    if room < 0:
        raise ValueError(f"{_LONGEST:,}개가 넘습니다")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    for item in value if isinstance(value, list | tuple | set) else ():
        room = weigh(item, room)
    return room


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [*arguments], [])


def _power(base: Any, exponent: Any) -> Any:
    whole = isinstance(base, int) and isinstance(exponent, int)
    if whole and abs(base) > 1 and exponent * len(str(abs(base))) > 60:
        raise ValueError(f"수가 너무 큽니다: {base}**{exponent}")
    return base**exponent


def _times(one: Any, other: Any) -> Any:
    for items, count in ((one, other), (other, one)):
        if hasattr(items, "__len__") and len(items) * abs(count) > _LONGEST:
            raise ValueError(f"{_LONGEST:,}개가 넘습니다")
    if isinstance(one, int) and isinstance(other, int) and abs(one * other) > _LARGEST:
        raise ValueError(f"수가 너무 큽니다: {one} * {other}")
    return one * other


def _shift(number: int, places: int) -> int:
    if places > 100:
        raise ValueError(f"수가 너무 큽니다: {number} << {places}")
    return number << places


def _rest(one: Any, other: Any) -> Any:
    if isinstance(one, str):  # '%1000000000d' % 1
        raise ValueError("글자를 `%`로 채울 수 없습니다")
    return one % other


def _round(number: Any, digits: int | None = None) -> Any:
    if digits is not None and abs(digits) > 100:
        raise ValueError(f"자릿수가 너무 많습니다: {digits}")
    return round(number, digits)


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > _LONGEST:
        raise ValueError(f"{_LONGEST:,}개가 넘습니다: {found}")
    return found

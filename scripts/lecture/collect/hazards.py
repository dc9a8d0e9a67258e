"""Code that reading cannot follow: what it does depends on more than the code says."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lecture.collect.imports import full_name

_ENVIRONMENT = "환경 변수를 읽습니다. 값이 달라져도 결과가 낡은 줄 모릅니다."
_IMPORT = "글자로 적은 모듈을 가져옵니다. 그 모듈을 고쳐도 낡은 줄 모릅니다."
_SOURCE = "함수의 소스 글을 읽습니다. 주석만 고쳐도 결과가 달라집니다."
_HIDDEN = "이름을 적지 않고 찾습니다. 찾은 것을 고쳐도 결과가 낡은 줄 모릅니다."
_AS_NAME = "쓸 함수나 클래스의 이름을 코드에 적으세요. 예: {'relu': relu}"
_AS_KNOB = "하이퍼파라미터로 받으세요. 예: def experiment_fit(epochs=10)"
_AS_IMPORT = "파일 맨 위에 `import 모듈`이라고 적으세요."
_AS_VALUE = "읽을 글을 모듈 상수로 적으세요."


_HAZARDS = {
    **dict.fromkeys(
        ("os.environ", "os.environb", "os.getenv"), (_ENVIRONMENT, _AS_KNOB)
    ),
    **dict.fromkeys(
        ("importlib.import_module", "__import__", "runpy.run_module", "runpy.run_path")
        + ("importlib.util.spec_from_file_location",),
        (_IMPORT, _AS_IMPORT),
    ),
    **dict.fromkeys(
        ("inspect.getsource", "inspect.getsourcelines", "inspect.getcomments"),
        (_SOURCE, _AS_VALUE),
    ),
}
_CLOCKS = (
    *("time.time", "time.perf_counter", "time.process_time", "time.monotonic"),
    *("time.thread_time", "datetime.datetime.now", "datetime.date.today"),
)
_ATTRIBUTES = {  # of whatever object
    **dict.fromkeys(("__globals__", "f_globals", "__subclasses__"), (_HIDDEN, _AS_NAME))
}


@dataclass(frozen=True)
class Hazard:
    """One place whose meaning cannot be read off the code, and what helps."""

    line: int
    what: str
    hint: str


def hazards(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> Iterator[Hazard]:
    """Yield the places of a statement, given by its nodes, that are such.

    names: what the imports of the module mean.
    """
    written = {id(part) for node in nodes for part in _written(node)}
    for node in nodes:
        found = _HAZARDS.get(_meaning(node, names))
        if isinstance(node, ast.Attribute):
            found = found or _ATTRIBUTES.get(node.attr)
        if found and id(node) not in written:
            yield Hazard(getattr(node, "lineno", 0), *found)


def reads_everything(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> bool:
    """Tell whether a statement may read any name of its module, by a text."""
    return any(
        (isinstance(node, ast.Call) and _looks_up(node))
        or _meaning(node, names) == "sys.modules"
        for node in nodes
    )


def reads_clock(nodes: Sequence[ast.AST], names: Mapping[str, str]) -> bool:
    """Tell whether a statement reads a clock: what it measures is new in every run."""
    found = (_meaning(node, names) for node in nodes)
    return any(full in _CLOCKS or full.startswith("timeit.") for full in found)


def _meaning(node: ast.AST, names: Mapping[str, str]) -> str:
    """Return the full name of what a node names: os.environ; "" for a value."""
    if isinstance(node, ast.Name) and node.id == "__import__":
        return node.id
    return full_name(node, names) if isinstance(node, ast.Attribute | ast.Name) else ""


def _looks_up(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in ("globals", "vars"):
        return not call.args
    return name in ("eval", "exec") and len(call.args) + len(call.keywords) == 1


def _written(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the objects that a node only writes a part of: os.environ["A"] = "1"."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        yield node.value
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        if isinstance(function, ast.Attribute) and function.attr in (
            *("setdefault", "update", "pop"),
        ):
            yield function.value

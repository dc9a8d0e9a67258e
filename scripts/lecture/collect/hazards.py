"""Code that reading cannot follow: what it does depends on more than the code says."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENVIRONMENT = "환경 변수를 읽습니다. 값이 달라져도 결과가 낡은 줄 모릅니다."
_IMPORT = "글자로 적은 모듈을 가져옵니다. 그 모듈을 고쳐도 낡은 줄 모릅니다."
_SOURCE = "함수의 소스 글을 읽습니다. 주석만 고쳐도 결과가 달라집니다."
_AS_KNOB = "하이퍼파라미터로 받으세요. 예: def experiment_fit(epochs=10)"
_AS_IMPORT = "파일 맨 위에 `import 모듈`이라고 적으세요."
_AS_VALUE = "읽을 글을 모듈 상수로 적으세요."


_HAZARDS = {
    **dict.fromkeys(("os.environ", "environ", "os.environb"), (_ENVIRONMENT, _AS_KNOB)),
    **dict.fromkeys(("os.getenv", "getenv"), (_ENVIRONMENT, _AS_KNOB)),
    **dict.fromkeys(
        ("importlib.import_module", "import_module"), (_IMPORT, _AS_IMPORT)
    ),
    "__import__": (_IMPORT, _AS_IMPORT),
    **dict.fromkeys(("inspect.getsource", "getsource"), (_SOURCE, _AS_VALUE)),
}
_SUSPECT = re.compile(r"environ|getenv|import_module|__import__|getsource")
_LOOK_UP = re.compile(r"globals|vars|eval|exec|sys\.modules")


@dataclass(frozen=True)
class Hazard:
    """One place whose meaning cannot be read off the code, and what helps."""

    line: int
    what: str
    hint: str


def hazards(nodes: Sequence[ast.AST], text: str) -> Iterator[Hazard]:
    """Yield the places of a statement, given by its nodes and text, that are such."""
    if not _SUSPECT.search(text):
        return
    written = {id(part) for node in nodes for part in _written(node)}
    for node in nodes:
        name = _dotted(node)
        if name in _HAZARDS and id(node) not in written:
            what, hint = _HAZARDS[name]
            yield Hazard(getattr(node, "lineno", 0), what, hint)


def reads_everything(nodes: Sequence[ast.AST], text: str) -> bool:
    """Tell whether a statement may read any name of its module, by a text."""
    return bool(_LOOK_UP.search(text)) and any(
        (isinstance(node, ast.Call) and _looks_up(node))
        or _dotted(node) == "sys.modules"
        for node in nodes
    )


def _dotted(node: ast.AST) -> str:
    return ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""


def _looks_up(call: ast.Call) -> bool:
    name = ast.unparse(call.func) if isinstance(call.func, ast.Name) else ""
    if name in ("globals", "vars", "locals") and not call.args:
        return name != "locals"
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
